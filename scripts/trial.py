"""The files of a trial, and the program that reads them: what ml-100k and prior share."""

import csv
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / os.environ.get("CARGO_TARGET_DIR", "target")
sys.path.insert(0, str(ROOT / "models"))

RATINGS = ["userId", "movieId", "rating", "timestamp"]


def write(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="") as opened:
        out = csv.writer(opened, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def laid_out(folder, lay_out):
    """The folder of a trial, in which `lay_out` has written every file or none."""
    if not folder.exists():
        part = folder.with_name(f"{folder.name}.part")
        part.mkdir(parents=True, exist_ok=True)
        lay_out(part)
        part.rename(folder)
    return folder


def named(folder, *names):
    """The options that name files of a trial."""
    return [part for name in names for part in (f"--{name}", folder / f"{name}.csv")]


def curio(data, *arguments):
    """Builds the program and runs it over a data folder."""
    subprocess.run(["cargo", "build", "--release", "--locked", "--package", "curio-cli"], cwd=ROOT, check=True)
    program = TARGET / "release" / ("curio.exe" if os.name == "nt" else "curio")
    models = os.environ.get("CURIO_MODELS", ROOT / "models")
    subprocess.run([program, "--data", data, "--models", models, *arguments], check=True)

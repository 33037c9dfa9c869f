#!/usr/bin/env python3
"""Compares rankers choice by choice: compare.py CHOICES.csv … --ours NAME … [--json]

Reads where every choice stood, as `curio evaluate --choices` and peers.py write it, refuses files that are not about
the same choices, and prints for each ranker NDCG@10, HR@10, MRR and HR@50, NDCG@10 by length of history, and what ours
gains on it in NDCG@10: the mean of the paired differences, and its 95% interval by percentile bootstrap over users
(Efron and Tibshirani 1993), as the choices of one user are not independent of each other.
"""

import argparse
import csv
import json
import sys

import numpy as np

BANDS = [0, 1, 6, 21, 101, sys.maxsize]
DRAWS = 1000
SEED = 95


def read(paths):
    """For each ranker a map from (user, history, item) to a place."""
    rankers = {}
    for path in paths:
        with open(path, encoding="utf-8", newline="") as opened:
            for row in csv.DictReader(opened):
                # Curio calls user 11 of a MovieLens file "movielens 11".
                key = (row["user"].removeprefix("movielens "), int(row["history"]), row["item"])
                rankers.setdefault(row["ranker"], {})[key] = int(row["place"])
    first, *others = rankers.items()
    for name, places in others:
        odd = first[1].keys() ^ places.keys()
        if odd:
            raise SystemExit(f"{first[0]} and {name} are not about the same choices: {len(odd)} differ, such as {min(odd)}")
    keys = sorted(first[1])
    return keys, {name: np.array([places[key] for key in keys]) for name, places in rankers.items()}


def ndcg(places):
    return np.where(places < 10, 1 / np.log2(places + 2), 0)


def interval(differences, users):
    """95% of the means over redrawn users, each with all their choices."""
    names, at = np.unique(users, return_inverse=True)
    sums, counts = np.bincount(at, weights=differences), np.bincount(at)
    drawn = np.random.default_rng(SEED).integers(0, len(names), (DRAWS, len(names)))
    means = sums[drawn].sum(1) / counts[drawn].sum(1)
    return np.quantile(means, [0.025, 0.975]).tolist()


def summary(name, keys, places, ours):
    history = np.array([key[1] for key in keys])
    users = np.array([key[0] for key in keys])
    gains = ndcg(places)
    row = {"ranker": name, "ndcg@10": gains.mean(), "hr@10": (places < 10).mean(), "mrr": (1 / (places + 1)).mean(),
           "hr@50": (places < 50).mean()}
    for low, high in zip(BANDS, BANDS[1:]):
        inside = (history >= low) & (history < high)
        row[f"ndcg@10 {low}+"] = gains[inside].mean() if inside.any() else None
    row["gains"] = {}
    for mine, theirs in ours.items():
        if mine != name:
            difference = ndcg(theirs) - gains
            row["gains"][mine] = [difference.mean(), *interval(difference, users)]
    return {key: round(value, 5) if isinstance(value, float) else value for key, value in row.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", metavar="CHOICES.csv")
    parser.add_argument("--ours", nargs="+", required=True, metavar="NAME", help="rankers that are compared with all others")
    parser.add_argument("--json", action="store_true", help="answer with JSON")
    args = parser.parse_args()
    keys, rankers = read(args.files)
    for name in args.ours:
        if name not in rankers:
            raise SystemExit(f"no ranker called {name!r}; there are: {', '.join(rankers)}")
    ours = {name: rankers[name] for name in args.ours}
    rows = [summary(name, keys, places, ours) for name, places in rankers.items()]
    if args.json:
        print(json.dumps({"choices": len(keys), "users": len({key[0] for key in keys}), "rankers": rows}, indent=1))
        return
    print(f"{len(keys)} choices of {len({key[0] for key in keys})} users")
    for row in rows:
        figures = " ".join(f"{value:.4f}" if value is not None else "     -" for name, value in row.items()
                           if name not in ("ranker", "gains"))
        print(f"{row['ranker']:30} {figures}")
    print("       NDCG@10, HR@10, MRR, HR@50, and NDCG@10 with " + ", ".join(f"{b}+" for b in BANDS[:-1]))
    for mine in ours:
        print(f"\nNDCG@10 that {mine} gains, with 95% intervals, on")
        for row in rows:
            if mine in row["gains"]:
                gain, low, high = row["gains"][mine]
                print(f"{row['ranker']:30} {gain:+.4f} ({low:+.4f} to {high:+.4f})")


if __name__ == "__main__":
    main()

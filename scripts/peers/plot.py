#!/usr/bin/env python3
"""Draws what `curio evaluate --json` answers: … --turn 80 --json | plot.py OUT.svg, or … --lists --json | plot.py OUT.svg

How ranking recovers when taste turns, by scope; or what lists gain and lose as a slider goes from 0 to 1.
"""

import json
import sys

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams.update({"svg.hashsalt": "curio", "svg.fonttype": "none", "font.size": 9})
import matplotlib.pyplot as plt  # noqa: E402

LINES = {
    "fixed": ("fixed prior", "#8a8f98", "o"),
    "online": ("weights that learn", "#b3541e", "s"),
    "fresh": ("only ever the second taste", "#2f6f8f", "^"),
}
SLIDERS = {"variety": ("#b3541e", "s"), "balance": ("#2f6f8f", "^"), "surprise": ("#6b7f3a", "o")}
GAINED = ("diversity", "novelty", "serendipity", "coverage")


def turned(turn):
    """NDCG@10 by interactions since the turn, a line for each way to rank, a scope beside the other."""
    figure, axes = plt.subplots(1, len(turn["scopes"]), figsize=(3.6 * len(turn["scopes"]), 3.2), sharey=True)
    for axis, scope in zip(axes if len(turn["scopes"]) > 1 else [axes], turn["scopes"]):
        steps = scope["steps"]
        names = [f"{step['from']}–{step['until'] - 1}" for step in steps]
        axis.axhline(scope["before"], color="#cfd3d8", linewidth=1)
        axis.annotate("before", (len(steps) - 1, scope["before"]), ha="right", va="bottom", color="#8a8f98")
        for key, (label, colour, marker) in LINES.items():
            axis.plot(names, [step[key] for step in steps], color=colour, marker=marker, markersize=4, label=label)
        axis.set_title(scope["scope"].replace("_", " "))
        axis.set_xlabel("interactions since the turn")
    return figure


def curve(lists):
    """NDCG@10 against each of what is gained, a line for each slider; where they meet is the plain ranking."""
    figure, axes = plt.subplots(1, len(GAINED), figsize=(2.9 * len(GAINED), 3.2), sharey=True)
    plain, *shaped = lists["points"]
    for axis, gained in zip(axes, GAINED):
        for slider, (colour, marker) in SLIDERS.items():
            others = [name for name in SLIDERS if name != slider]
            alone = [point for point in shaped if point["per_creator"] is None and not any(point[o] for o in others)]
            line = [plain, *alone]
            axis.plot([point[gained] for point in line], [point["ndcg@10"] for point in line], color=colour,
                      marker=marker, markersize=4, label=slider)
        axis.set_xlabel(gained)
    return figure


def main():
    told = json.load(sys.stdin)
    figure = turned(told) if "scopes" in told else curve(told)
    for axis in figure.axes:
        axis.spines[["top", "right"]].set_visible(False)
    figure.axes[0].set_ylabel("NDCG@10")
    figure.axes[0].set_ylim(bottom=0)
    figure.legend(*figure.axes[0].get_legend_handles_labels(), loc="lower center", ncols=3, frameon=False)
    figure.tight_layout(rect=(0, 0.08, 1, 1))
    figure.savefig(sys.argv[1], metadata={"Date": None})


if __name__ == "__main__":
    main()

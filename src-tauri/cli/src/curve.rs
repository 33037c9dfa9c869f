//! The curve of lists on a terminal: one shape a line.

use std::fmt::Write as _;

use console::style;
use curio_engine::view::{Curve, Gain, Point};

use crate::columns::{counted, left, right, row};

const NAME_WIDTH: usize = 38;
const NUMBER_WIDTH: usize = 11;
const HEAD: [&str; 7] = [
    "NDCG@10",
    "relevant",
    "diversity",
    "novelty",
    "serendipity",
    "imbalance",
    "coverage",
];

/// What lists gain and lose, and whether what they lose is more than noise.
pub fn page(curve: &Curve) -> String {
    let mut page = format!(
        "lists of ten at {} of {} among {}, {}\n\n",
        counted(curve.choices as u64, "choice"),
        counted(curve.users as u64, "profile"),
        counted(curve.items as u64, "item"),
        curve.scope.label()
    );
    let _ = writeln!(
        page,
        "{}",
        style(table_row("", &HEAD.map(str::to_owned))).dim()
    );
    for point in &curve.points {
        let figures = [
            point.ndcg_10,
            point.relevant,
            point.diversity,
            point.novelty,
            point.serendipity,
            point.imbalance,
            point.coverage,
        ];
        let figures = figures.map(|figure| format!("{figure:.4}"));
        let _ = writeln!(page, "{}", table_row(&name(point), &figures));
    }
    let _ = writeln!(
        page,
        "\n{}",
        style("NDCG@10 gained on the plain ranking, with 95% intervals").dim()
    );
    for point in &curve.points {
        if let Some(gain) = &point.gain {
            let _ = writeln!(page, "{}", gained(&name(point), gain));
        }
    }
    page
}

/// What was asked for, as the flags of `recommend` say it.
fn name(point: &Point) -> String {
    let shares = [
        ("variety", point.variety),
        ("balance", point.balance),
        ("surprise", point.surprise),
    ];
    let asked = shares.iter().filter(|(_, share)| *share > 0.0);
    let bound = point.per_creator.map(|most| format!("per creator {most}"));
    let parts: Vec<String> = asked
        .map(|(what, share)| format!("{what} {share}"))
        .chain(bound)
        .collect();
    if parts.is_empty() {
        "plain".to_owned()
    } else {
        parts.join(", ")
    }
}

fn gained(name: &str, gain: &Gain) -> String {
    let sure = gain.ndcg_10_interval.map_or_else(
        || "too few profiles to tell".to_owned(),
        |[low, high]| format!("{low:+.4} to {high:+.4}"),
    );
    let figure = right(&format!("{:+.4}", gain.ndcg_10), NUMBER_WIDTH);
    format!("{} {figure} ({sure})", left(name, NAME_WIDTH))
}

fn table_row(name: &str, cells: &[String]) -> String {
    row((name, NAME_WIDTH), (cells, NUMBER_WIDTH))
}

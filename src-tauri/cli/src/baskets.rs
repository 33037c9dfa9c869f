//! The page of a shop's trial: what was found of baskets, and of what customers bought next.

use std::fmt::Write as _;

use console::style;
use curio_engine::view::{HeldOut, Recalled};

use crate::columns::{counted, grouped, row};
use crate::trials::left_out;

const NAME_WIDTH: usize = 12;
const NUMBER_WIDTH: usize = 26;

/// Two tables: baskets, and customers where there are any.
pub fn page(held: &HeldOut) -> String {
    let how = if held.by_time {
        "the last by time"
    } else {
        "drawn by the seed"
    };
    let mut page = format!(
        "{} learned from, {} held out ({how}), {}\n",
        counted(held.learned as u64, "basket"),
        grouped(held.held as u64),
        counted(held.items as u64, "item")
    );
    left_out(
        &mut page,
        [
            (held.skipped as u64, "row", "not used"),
            (held.unencoded, "text", "without a vector"),
        ],
    );
    table(
        &mut page,
        &format!(
            "what goes with a basket: {} taken out",
            counted(held.choices as u64, "item")
        ),
        &held.baskets,
    );
    if held.purchases > 0 {
        table(
            &mut page,
            &format!(
                "what {} bought next: {} not bought before",
                counted(held.customers as u64, "customer"),
                counted(held.purchases as u64, "item")
            ),
            &held.next,
        );
    }
    page
}

fn table(page: &mut String, title: &str, rankers: &[Recalled]) {
    let names = [
        "recall@10",
        "NDCG@10",
        "coverage@10",
        "recall@10: Curio gains",
        "NDCG@10: Curio gains",
    ];
    let head = row(("", NAME_WIDTH), (&names.map(str::to_owned), NUMBER_WIDTH));
    let _ = writeln!(page, "\n{title}\n{}", style(head).dim());
    for held in rankers {
        let gained = |value: Option<(f64, Option<[f64; 2]>)>| match value {
            Some((mean, sure)) => format!("{mean:+.4}{}", between(sure, true)),
            None => String::new(),
        };
        let plain = |mean: f64, sure| format!("{mean:.4}{}", between(sure, false));
        let ours = held.ours.as_ref();
        let cells = [
            plain(held.recall_10, held.recall_10_interval),
            plain(held.ndcg_10, held.ndcg_10_interval),
            plain(held.coverage_10, held.coverage_10_interval),
            gained(ours.map(|o| (o.recall_10, o.recall_10_interval))),
            gained(ours.map(|o| (o.ndcg_10, o.ndcg_10_interval))),
        ];
        let _ = writeln!(
            page,
            "{}",
            row((&held.name, NAME_WIDTH), (&cells, NUMBER_WIDTH))
        );
    }
}

fn between(interval: Option<[f64; 2]>, signed: bool) -> String {
    match interval {
        Some([low, high]) if signed => format!(" ({low:+.3} to {high:+.3})"),
        Some([low, high]) => format!(" ({low:.3} to {high:.3})"),
        None => String::new(),
    }
}

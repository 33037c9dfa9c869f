//! A profile as a whole: less of something, entries forgotten, its taste as a map, and how that moved.

use std::fmt::Write as _;

use clap::{Subcommand, ValueEnum};
use curio_engine::Engine;
use curio_engine::behaviour::Trait;
use curio_engine::view::{Drift, TasteMap};

use crate::args::sequence;
use crate::columns::{counted, plain, right};
use crate::failure::Failure;
use crate::mix;
use crate::print::answer;

/// The verbs on a profile as a whole.
#[derive(Debug, Subcommand)]
pub enum Portrait {
    /// Asks for less of a genre, a person or a tag
    Less {
        #[arg(long, value_name = "NAME")]
        profile: String,
        #[arg(value_enum)]
        what: What,
        name: String,
    },
    /// Erases entries of a profile's log for good
    Forget {
        #[arg(long, value_name = "NAME")]
        profile: String,
        /// Their numbers, as `activity` shows them
        #[arg(required = true, value_parser = sequence)]
        sequences: Vec<u64>,
    },
    /// Lays the library out by its texts, with where each item stands for a profile
    TasteMap {
        #[arg(long, value_name = "NAME")]
        profile: String,
    },
    /// Shows how a profile's weights and taste moved over time
    Drift {
        #[arg(long, value_name = "NAME")]
        profile: String,
    },
}

/// What less can be asked of.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum What {
    Genre,
    Person,
    Tag,
}

/// Does what was asked.
pub fn perform(engine: &Engine, asked: Portrait, now: i64, json: bool) -> Result<(), Failure> {
    match asked {
        Portrait::Less {
            profile,
            what,
            name,
        } => {
            let of = match what {
                What::Genre => Trait::Genre { name },
                What::Person => Trait::Person { name },
                What::Tag => Trait::Tag { name },
            };
            let recorded = engine.less(engine.find_profile(&profile)?, of, now)?;
            answer(json, &recorded, mix::recorded)
        }
        Portrait::Forget { profile, sequences } => {
            let gone = engine.forget(engine.find_profile(&profile)?, &sequences)?;
            answer(json, &gone, |gone| {
                let is = if *gone == 1 { "is" } else { "are" };
                format!("{} {is} gone for good", counted(*gone, "entry"))
            })
        }
        Portrait::TasteMap { profile } => {
            let map = engine.taste_map(engine.find_profile(&profile)?, now)?;
            answer(json, &map, mapped)
        }
        Portrait::Drift { profile } => {
            let drift = engine.drift(engine.find_profile(&profile)?, now)?;
            answer(json, &drift, drifted)
        }
    }
}

fn mapped(map: &TasteMap) -> String {
    let mut best: Vec<_> = map.points.iter().collect();
    best.sort_by(|a, b| b.place.total_cmp(&a.place));
    let mut page = format!(
        "{} on a map of two directions, which keep {:.0}% of what tells the texts apart\n\n",
        counted(map.points.len() as u64, "item"),
        100.0 * map.kept
    );
    for point in best.into_iter().take(20) {
        let _ = writeln!(
            page,
            "{:+.2} {:+.2}  {}",
            point.x,
            point.y,
            plain(&point.item.title)
        );
    }
    page
}

fn drifted(drift: &Drift) -> String {
    let mut page = format!(
        "variety of the first ten {:.2}, genres in the first fifty {:.0}%\n\n",
        drift.variety,
        100.0 * drift.breadth
    );
    let every = drift.steps.len().div_ceil(20).max(1);
    for step in drift.steps.iter().step_by(every) {
        let _ = writeln!(
            page,
            "{}  weights moved {:.3}, lately as always {:+.2}",
            right(&format!("#{}", step.sequence), 6),
            step.moved,
            step.steady
        );
    }
    page
}

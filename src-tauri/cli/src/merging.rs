//! Records of the catalogue that are one item, and those that look it.

use std::fmt::Write as _;

use clap::Subcommand;
use console::style;
use curio_engine::Engine;
use curio_engine::catalogue::ItemId;
use curio_engine::view::{Alike, ItemView, Matches};
use curio_engine::watch::Watch;

use crate::columns::{counted, plain};
use crate::failure::Failure;
use crate::print::answer;

/// The verbs on what is one item.
#[derive(Debug, Subcommand)]
pub enum Merging {
    /// Lists pairs of items that look alike and may be one
    Matches {
        /// How many
        #[arg(short, default_value_t = 20)]
        n: usize,
    },
    /// Shows the records that an item is made of, as their files gave them
    Records {
        /// An id, a key or a title
        item: String,
    },
    /// Says that items are one; the log of each stays and counts for it
    Merge {
        /// An id, a key or a title
        item: String,
        /// Likewise
        #[arg(required = true)]
        others: Vec<String>,
    },
    /// Says that items are not one, whatever they look like
    Part {
        /// An id, a key or a title
        item: String,
        /// Likewise, or ids of its records
        #[arg(required = true)]
        others: Vec<String>,
    },
    /// Takes back what was said of items: that they are one, or are not
    Unsay {
        /// An id, a key or a title
        item: String,
        /// Likewise, or ids of its records
        #[arg(required = true)]
        others: Vec<String>,
    },
}

/// Does what was asked.
pub fn perform(engine: &Engine, asked: Merging, json: bool) -> Result<(), Failure> {
    let pairs = |item: &str, others: &[String]| -> Result<Vec<(ItemId, ItemId)>, Failure> {
        let item = record(engine, item)?;
        let others = others
            .iter()
            .map(|other| Ok((item, record(engine, other)?)));
        others.collect()
    };
    match asked {
        Merging::Matches { n } => answer(json, &engine.matches(n)?, matches),
        Merging::Records { item } => {
            let records = engine.records(engine.find_item(&item)?)?;
            answer(json, &records, |all| lines(all))
        }
        Merging::Merge { item, others } => {
            let merged = engine.merge(&pairs(&item, &others)?, &Watch::NONE)?;
            answer(json, &merged, |all| lines(all))
        }
        Merging::Part { item, others } => {
            let parted = engine.part(&pairs(&item, &others)?, &Watch::NONE)?;
            answer(json, &parted, |all| lines(all))
        }
        Merging::Unsay { item, others } => {
            let after = engine.unsay(&pairs(&item, &others)?, &Watch::NONE)?;
            answer(json, &after, |all| lines(all))
        }
    }
}

/// The record that was named: `#12` is that one, even where another leads it.
fn record(engine: &Engine, name: &str) -> Result<ItemId, Failure> {
    let number = name
        .strip_prefix('#')
        .and_then(|digits| digits.parse().ok());
    if let Some(id) = number.map(ItemId)
        && engine.show(id).is_ok()
    {
        return Ok(id);
    }
    Ok(engine.find_item(name)?)
}

fn matches(found: &Matches) -> String {
    let mut page = String::new();
    for pair in &found.pairs {
        let why = match pair.alike {
            Alike::Creator => "the same title and year",
            Alike::Year => "the same title and creator, a year apart",
            Alike::Edition => "another edition",
            Alike::Unknown => "the same title, a year is not known",
            Alike::Spelling => "nearly the same title",
        };
        let _ = write!(page, "{}", lines(&[pair.one.clone(), pair.other.clone()]));
        let _ = writeln!(page, "  {}\n", style(why).dim());
    }
    let _ = writeln!(
        page,
        "{} may be one; `merge` or `part` them",
        counted(found.total as u64, "pair")
    );
    page
}

fn lines(items: &[ItemView]) -> String {
    let mut page = String::new();
    for item in items {
        let year = item.year.as_ref().filter(|year| !year.filled);
        let year = year.map_or(String::new(), |year| format!(" ({})", year.value));
        let _ = writeln!(
            page,
            "{} {}{year}  {}  {}",
            item.id,
            plain(&item.title),
            plain(&item.creators.join(", ")),
            style(plain(&item.key)).dim(),
        );
    }
    page
}

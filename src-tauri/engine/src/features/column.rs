//! A column: one number of every item, the missing ones filled and marked; and how many those are.

use std::collections::BTreeMap;

use crate::catalogue::{Item, Kind};

/// A number per item, complete, with a mark on those that the catalogue did not say.
#[derive(Debug, Clone, Default)]
pub struct Column {
    pub values: Vec<f64>,
    /// The catalogue did not say; the value was filled for the arithmetic.
    pub filled: Vec<bool>,
    /// The value stands on something: a fact of this item or of others of its kind.
    pub known: Vec<bool>,
}

impl Column {
    /// Reads one number from every item and fills the missing ones by linear interpolation between
    /// the nearest known items of the same kind, in order of arrival; at the ends the nearest known
    /// value serves. A kind in which nothing is known gets `fallback`.
    pub fn read(items: &[Item], fallback: f64, read: impl Fn(&Item) -> Option<f64>) -> Self {
        let mut column = Self {
            values: vec![fallback; items.len()],
            filled: vec![true; items.len()],
            known: vec![false; items.len()],
        };
        for kind in Kind::ALL {
            let mut last: Option<(usize, f64)> = None;
            let mut waiting: Vec<usize> = Vec::new();
            for (row, item) in items.iter().enumerate().filter(|(_, i)| i.kind == kind) {
                let Some(value) = read(item) else {
                    waiting.push(row);
                    continue;
                };
                let (from, start) = last.unwrap_or((row, value));
                for gap in waiting.drain(..) {
                    let share = if row == from {
                        1.0
                    } else {
                        (gap - from) as f64 / (row - from) as f64
                    };
                    column.values[gap] = start + (value - start) * share;
                }
                column.values[row] = value;
                column.filled[row] = false;
                last = Some((row, value));
            }
            let Some((_, value)) = last else { continue };
            for gap in waiting {
                column.values[gap] = value;
            }
            for (row, _) in items.iter().enumerate().filter(|(_, i)| i.kind == kind) {
                column.known[row] = true;
            }
        }
        column
    }
}

/// Counts, item by item, the numbers that [`Column::read`] fills from others of their kind.
#[derive(Debug, Default)]
pub struct Gaps {
    /// By kind and field: how many items say it, and how many do not.
    counts: BTreeMap<(Kind, &'static str), (u64, u64)>,
}

impl Gaps {
    /// Counts one item.
    pub fn add(&mut self, item: &Item) {
        for (field, said) in [
            ("year", item.year.is_some()),
            ("popularity", item.popularity.is_some()),
            ("rating", item.rating.is_some()),
            ("price", item.price.is_some()),
        ] {
            let (known, missing) = self.counts.entry((item.kind, field)).or_default();
            *known += u64::from(said);
            *missing += u64::from(!said);
        }
    }

    /// How many are filled, by field; none in a kind of which nothing is known.
    pub fn filled(&self) -> BTreeMap<String, u64> {
        let mut filled = BTreeMap::new();
        for ((_, field), (known, missing)) in &self.counts {
            if *known > 0 && *missing > 0 {
                *filled.entry((*field).to_owned()).or_default() += missing;
            }
        }
        filled
    }
}

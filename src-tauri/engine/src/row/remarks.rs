//! What must be said of a file's rows without being a reason to reject them, counted over all of them.

use std::collections::BTreeMap;

use super::Line;
use crate::clean;
use crate::plan::Plan;
use crate::samples::cut;
use crate::words::many;

/// What a word in a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Remark {
    /// A kind that is not known.
    Kind,
    /// A state that is not known, or an act.
    Action,
    /// An identifier of that column, of which a spreadsheet kept some digits only.
    Shortened(usize),
    /// The state of a product that is not for sale.
    Withdrawn,
}

impl Line<'_> {
    /// Notes a word of the row; an identifier only where it was shortened.
    pub(super) fn remark(&self, remark: Remark, word: &str) {
        if matches!(remark, Remark::Shortened(_)) && !clean::is_shortened(word) {
            return;
        }
        let word = cut(&clean::line(word), 40);
        self.remarks.borrow_mut().push((remark, word));
    }
}

/// How often what was remarked.
#[derive(Debug, Default)]
pub(crate) struct Remarks {
    counts: BTreeMap<Remark, Count>,
}

#[derive(Debug, Default)]
struct Count {
    rows: u64,
    /// Of the words that are counted one by one.
    words: BTreeMap<String, u64>,
}

/// Different words that are counted one by one …
const COUNTED: usize = 1_000;
/// … and of them those that are named.
const NAMED: usize = 8;

impl Remarks {
    pub fn add(&mut self, remarks: Vec<(Remark, String)>) {
        for (remark, word) in remarks {
            let Count { rows, words } = self.counts.entry(remark).or_default();
            *rows += 1;
            if words.len() < COUNTED || words.contains_key(&word) {
                *words.entry(word).or_default() += 1;
            }
        }
    }

    /// What was remarked, in words.
    pub fn notes(&self, plan: &Plan) -> Vec<String> {
        let note = |(remark, Count { rows, words }): (&Remark, &Count)| {
            let count = *rows;
            let mut often: Vec<(&String, &u64)> = words.iter().collect();
            often.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
            let named = often.iter().take(NAMED);
            let mut named: Vec<String> = named.map(|(word, n)| format!("{word:?} ({n})")).collect();
            if often.len() > NAMED {
                named.push("…".to_owned());
            }
            let named = named.join(", ");
            match remark {
                Remark::Kind => {
                    let rows = many(count, "row has a kind", "rows have kinds");
                    format!(
                        "{rows} that Curio does not know, taken as {}: {named}",
                        plan.kind
                    )
                }
                Remark::Action => {
                    let rows = many(count, "row tells a state", "rows tell states");
                    format!("{rows} that Curio does not know, and only its item counts: {named}")
                }
                Remark::Shortened(column) => {
                    let cells = many(count, "number in", "numbers in");
                    let column = &plan.header[*column];
                    format!(
                        "{cells} {column} lost digits to a spreadsheet and can name nothing; export \
                         the file anew: {named}"
                    )
                }
                Remark::Withdrawn => {
                    let rows = many(count, "product is", "products are");
                    format!("{rows} not for sale and counted as out of stock: {named}")
                }
            }
        };
        self.counts.iter().map(note).collect()
    }
}

//! Examples: the first few of what an import would add, change and note, for a person to look at before
//! anything is written.

use std::collections::BTreeSet;

use crate::behaviour::Action;
use crate::catalogue::Item;
use crate::samples::cut;
use crate::sheet::{self, ITEM_HEADER, item_record};
use crate::view::{Change, Changed, Examples, Noted};

/// Examples of each sort.
const SHOWN: usize = 20;
/// Characters of a value that is shown.
const LONGEST: usize = 120;

impl Examples {
    /// Shows an item that would be added.
    pub(crate) fn add(&mut self, item: &Item) {
        if self.added.len() < SHOWN {
            self.added.push(item.title.clone());
        }
    }

    /// Shows an item that would say something else.
    pub(crate) fn change(&mut self, before: &Item, after: &Item) {
        if self.changed.len() < SHOWN {
            self.changed.push(Changed {
                title: before.title.clone(),
                changes: changes(before, after),
            });
        }
    }

    /// Shows what another part of the file would do.
    pub(crate) fn extend(&mut self, more: &Self) {
        self.added.extend_from_slice(&more.added);
        self.changed.extend_from_slice(&more.changed);
        self.noted.extend_from_slice(&more.noted);
        self.added.truncate(SHOWN);
        self.changed.truncate(SHOWN);
        self.noted.truncate(SHOWN);
    }

    /// Whether one more entry of a log is shown.
    pub(crate) fn notes_more(&self) -> bool {
        self.noted.len() < SHOWN
    }

    /// Shows an entry that would be added to a log.
    pub(crate) fn note(&mut self, profile: String, action: Action, title: String) {
        self.noted.push(Noted {
            profile,
            action,
            title,
        });
    }
}

/// The fields in which two tellings of an item differ.
fn changes(before: &Item, after: &Item) -> Vec<Change> {
    let change = |field: &str, before: &str, after: &str| Change {
        field: field.to_owned(),
        before: cut(before, LONGEST),
        after: cut(after, LONGEST),
    };
    let known = ITEM_HEADER.iter().filter(|field| **field != "extra");
    let cells = item_record(before).into_iter().zip(item_record(after));
    let known = known
        .zip(cells)
        .filter(|(_, (before, after))| before != after)
        .map(|(field, (before, after))| change(field, &shown(&before), &shown(&after)));
    let columns: BTreeSet<&String> = before.extra.keys().chain(after.extra.keys()).collect();
    let cell = |item: &Item, column: &String| item.extra.get(column).cloned().unwrap_or_default();
    let kept = columns
        .into_iter()
        .map(|column| (column, cell(before, column), cell(after, column)))
        .filter(|(_, before, after)| before != after)
        .map(|(column, before, after)| change(column, &before, &after));
    known.chain(kept).collect()
}

/// A cell of an export as a person reads it.
fn shown(cell: &str) -> String {
    let cell = sheet::plain(cell);
    if cell.contains('|') {
        sheet::parts(&cell).join(", ")
    } else {
        cell.into_owned()
    }
}

//! Marks: what an item or an interaction is known by while a file is compared with what is there.
//!
//! Hashes, so that a log of any length and a catalogue of any size can be compared with.

use xxhash_rust::xxh3::xxh3_128;

use crate::behaviour::{Action, Deed, Entry, is_import};
use crate::catalogue::{Item, ItemId};

/// What an interaction is known by, its basket among it: the same one twice is a duplicate. A hash, so
/// that a log of any length can be compared with.
pub(super) type Mark = u128;

/// What was done, and for a comment what it says: two of a moment are two.
pub(super) fn said(action: Action, note: &str) -> String {
    match action {
        Action::Comment => format!("comment {note}"),
        action => action.to_string(),
    }
}

pub(super) fn mark(item: ItemId, said: &str, at: i64, basket: &str) -> Mark {
    xxh3_128(format!("{item} {at} {basket:?} {said}").as_bytes())
}

/// What says of an item that there was a rating or a finish, and that rating, on whatever day: a file that
/// knows only when they were entered tells nothing new beside one that knows when they were done.
pub(super) fn verdicts(item: ItemId, action: Action) -> impl Iterator<Item = Mark> {
    let some = matches!(action, Action::Rate(_) | Action::Finish);
    let told = some.then(|| ["verdict".to_owned(), action.to_string()]);
    let marks = told.into_iter().flatten();
    marks.map(move |said| mark(item, &said, i64::MAX, ""))
}

/// What a rating or a finish that was entered on some day is held against.
pub(super) fn verdict(item: ItemId, action: Action) -> Option<Mark> {
    match action {
        Action::Rate(_) => verdicts(item, action).nth(1),
        Action::Finish => verdicts(item, action).next(),
        _ => None,
    }
}

/// An interaction with its own time, and the same without one: a file may tell it either way.
pub(super) fn marks(entry: &Entry) -> Vec<Mark> {
    match &entry.deed {
        Deed::Act {
            item,
            action,
            surface,
            note,
            basket,
        } if is_import(surface) => {
            let mut told = vec![said(*action, note)];
            if !note.is_empty() {
                told.push(said(Action::Comment, note));
            }
            let either =
                |told: String| [entry.at, i64::MIN].map(|at| mark(*item, &told, at, basket));
            let told = told.into_iter().flat_map(either);
            told.collect()
        }
        _ => Vec::new(),
    }
}

/// The verdict in an entry.
pub(super) fn judged(entry: &Entry) -> Vec<Mark> {
    match &entry.deed {
        Deed::Act {
            item,
            action,
            surface,
            ..
        } if is_import(surface) => verdicts(*item, *action).collect(),
        _ => Vec::new(),
    }
}

pub(super) fn hash(key: &str) -> u128 {
    xxh3_128(key.as_bytes())
}

/// A hash of what an item says.
pub(super) fn content(item: &Item) -> u128 {
    xxh3_128(&serde_json::to_vec(item).unwrap_or_default())
}

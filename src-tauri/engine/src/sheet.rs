//! Curio's own CSV: what it writes of items and interactions, and reads back as it was.
//!
//! A cell that a spreadsheet would run as a formula gets a leading `'`, and loses it again on the way
//! in; [`neutral`] and [`plain`] undo each other on every text.

use std::borrow::Cow;

use chrono::{DateTime, Datelike};

use crate::behaviour::{Deed, Entry, Profile};
use crate::catalogue::Item;
use crate::logged::{PROFILE, words_of};

/// The columns of an exported catalogue.
pub const ITEM_HEADER: [&str; 22] = [
    "key",
    "kind",
    "title",
    "year",
    "creators",
    "people",
    "genres",
    "tags",
    "languages",
    "countries",
    "description",
    "popularity",
    "rating",
    "price",
    "stock",
    "identifiers",
    "series",
    "number",
    "same",
    "apart",
    "edited",
    "extra",
];

/// The columns of exported interactions.
pub const INTERACTION_HEADER: [&str; 9] = [
    "profile", "key", "action", "at", "note", "basket", "of", "surface", "again",
];

/// An item as one row under [`ITEM_HEADER`], ready to be written.
pub fn item_record(item: &Item) -> Vec<String> {
    let extra = if item.extra.is_empty() {
        String::new()
    } else {
        serde_json::to_string(&item.extra).unwrap_or_default()
    };
    let ids: Vec<String> = item.ids.iter().map(|(k, v)| format!("{k}:{v}")).collect();
    let text = |value: Option<String>| value.unwrap_or_default();
    [
        item.key.clone(),
        item.kind.to_string(),
        item.title.clone(),
        text(item.year.map(|y| y.to_string())),
        joined(&item.creators),
        joined(&item.people),
        joined(&item.genres),
        joined(&item.tags),
        joined(&item.languages),
        joined(&item.countries),
        item.description.clone(),
        text(item.popularity.map(|p| p.to_string())),
        text(item.rating.map(|r| r.to_string())),
        text(item.price.map(|p| p.to_string())),
        text(item.stock.map(|s| s.to_string())),
        joined(&ids),
        text(item.series.clone()),
        text(item.number.map(|n| n.to_string())),
        joined(&item.same),
        joined(&item.apart),
        joined(&item.edited),
        extra,
    ]
    .into_iter()
    .map(|cell| neutral(&cell).into_owned())
    .collect()
}

/// An entry as one row under [`INTERACTION_HEADER`], ready to be written; `key` is that of its item,
/// and `again` how often the log says the very same before. An undo is no row.
pub fn entry_record(profile: &str, key: &str, entry: &Entry, again: u32) -> Option<Vec<String>> {
    let at = moment(entry.at);
    let again = match again {
        0 => String::new(),
        again => again.to_string(),
    };
    let cells = match &entry.deed {
        Deed::Act {
            action,
            surface,
            note,
            basket,
            ..
        } => {
            let action = action.to_string();
            [
                profile, key, &action, &at, note, basket, "", surface, &again,
            ]
            .map(|cell| neutral(cell).into_owned())
        }
        deed => {
            let [action, of] = words_of(deed)?;
            [profile, "", &action, &at, "", "", &of, "", &again]
                .map(|cell| neutral(cell).into_owned())
        }
    };
    Some(cells.to_vec())
}

/// A profile as one row under [`INTERACTION_HEADER`], ready to be written.
pub fn profile_record(profile: &Profile) -> Vec<String> {
    let number = profile.id.0.to_string();
    [&profile.name, "", PROFILE, "", "", "", &number, "", ""]
        .into_iter()
        .map(|cell| neutral(cell).into_owned())
        .collect()
}

/// A time in milliseconds since 1970-01-01 UTC as a date, or as it is where it lies in no year of four digits.
fn moment(at: i64) -> String {
    let date = DateTime::from_timestamp_millis(at).filter(|t| (1..=9999).contains(&t.year()));
    date.map_or_else(
        || at.to_string(),
        |t| t.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string(),
    )
}

/// Parts of a list in one cell, parted by `|`; `|` and `\` inside a part get a `\`.
fn joined(parts: &[String]) -> String {
    let escaped = parts
        .iter()
        .map(|part| part.replace('\\', "\\\\").replace('|', "\\|"));
    escaped.collect::<Vec<_>>().join("|")
}

/// Takes apart what a list was joined to.
pub(crate) fn parts(cell: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = cell.chars();
    while let Some(c) = chars.next() {
        let (part, c) = match c {
            '|' => (true, c),
            '\\' => (false, chars.next().unwrap_or('\\')),
            c => (false, c),
        };
        match parts.last_mut() {
            Some(last) if !part => last.push(c),
            _ => parts.push(String::new()),
        }
    }
    parts
        .into_iter()
        .map(|part| crate::clean::line(&part))
        .filter(|part| !part.is_empty())
        .collect()
}

/// Whether a spreadsheet would take a cell for more than text.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0'])
}

/// A cell that no spreadsheet runs.
pub fn neutral(cell: &str) -> Cow<'_, str> {
    if is_formula(cell) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The cell that [`neutral`] was given.
pub fn plain(cell: &str) -> Cow<'_, str> {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => Cow::Borrowed(rest),
        _ => Cow::Borrowed(cell),
    }
}

//! Curio's own CSV: what it writes of items and interactions, and reads back as it was.
//!
//! A cell that a spreadsheet would run as a formula gets a leading `'`, and loses it again on the way
//! in; [`neutral`] and [`plain`] undo each other on every text.

use std::borrow::Cow;

use chrono::DateTime;

use crate::behaviour::Action;
use crate::catalogue::Item;

/// The columns of an exported catalogue.
pub const ITEM_HEADER: [&str; 21] = [
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
    "extra",
];

/// The columns of exported interactions.
pub const INTERACTION_HEADER: [&str; 6] = ["profile", "key", "action", "at", "note", "basket"];

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
        extra,
    ]
    .into_iter()
    .map(|cell| neutral(&cell).into_owned())
    .collect()
}

/// An interaction as one row under [`INTERACTION_HEADER`], ready to be written; `at` in milliseconds
/// since 1970-01-01 UTC.
pub fn interaction_record(
    profile: &str,
    key: &str,
    action: Action,
    at: i64,
    note: &str,
    basket: &str,
) -> Vec<String> {
    let when = DateTime::from_timestamp_millis(at).map_or_else(String::new, |t| {
        t.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
    });
    [profile, key, &action.to_string(), &when, note, basket]
        .into_iter()
        .map(|cell| neutral(cell).into_owned())
        .collect()
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

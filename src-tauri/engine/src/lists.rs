//! A list in one cell: parted by separators, or written the way programs write one.
//!
//! Which sign parts the lists of a file is decided from its whole columns by [`Marks`] before a list is
//! read.

use serde_json::Value;

use crate::clean;

/// Takes a list apart: `[...]` as JSON or Python writes it, else at any of the separators.
pub(crate) fn parts(cell: &str, separators: &str) -> Vec<String> {
    match literal(cell) {
        Some(parts) => clean::distinct(parts.iter().map(|part| clean::plain(part))),
        None => clean::list(cell, separators),
    }
}

/// Takes a list of names apart likewise; `King, Jr.` is one name, whatever parts the list.
pub(crate) fn names(cell: &str, separators: &str) -> Vec<String> {
    const AFTER: [&str; 9] = ["jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d."];
    if !separators.contains(',') || literal(cell).is_some() {
        return parts(cell, separators);
    }
    let mut names: Vec<String> = Vec::new();
    for part in cell.split(|c| separators.contains(c)) {
        let after = AFTER
            .iter()
            .any(|word| part.trim().eq_ignore_ascii_case(word));
        match names.last_mut().filter(|_| after) {
            Some(name) => *name = format!("{name}, {}", part.trim()),
            None => names.extend(clean::list(part, "")),
        }
    }
    clean::distinct(names)
}

/// The texts, or the names of the objects, in `["a", "b"]`, `['a']` or `[{"id": 1, "name": "a"}]`; the keys
/// of an object of objects, `{"a": {"url": "u"}}`.
fn literal(cell: &str) -> Option<Vec<String>> {
    let cell = cell.trim();
    let within = |open, close| cell.starts_with(open) && cell.ends_with(close);
    if !within('[', ']') && !within('{', '}') {
        return None;
    }
    let value: Value = serde_json::from_str(cell)
        .or_else(|_| serde_json::from_str(&json(cell)))
        .ok()?;
    let values = match value {
        Value::Array(values) => values,
        Value::Object(all) if all.values().all(Value::is_object) => {
            return Some(all.into_iter().map(|(name, _)| name).collect());
        }
        value => vec![value],
    };
    let name = |value: Value| match value {
        Value::String(text) => Some(text),
        Value::Object(object) => Some(object.get("name")?.as_str()?.to_owned()),
        _ => None,
    };
    values.into_iter().map(name).collect()
}

/// What Python writes of a list, as JSON.
fn json(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut chars = cell.chars();
    let mut quote = None;
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some(_), '\\') => match chars.next() {
                Some('\'') => out.push('\''),
                Some('x') => out.push_str("\\u00"),
                Some(c) => out.extend(['\\', c]),
                None => {}
            },
            (Some(open), c) if c == open => {
                quote = None;
                out.push('"');
            }
            (Some(_), '"') => out.push_str("\\\""),
            (None, '\'' | '"') => {
                quote = Some(c);
                out.push('"');
            }
            (_, c) => out.push(c),
        }
    }
    if quote.is_none() {
        for (word, json) in [("None", "null"), ("True", "true"), ("False", "false")] {
            out = out.replace(&format!(": {word}"), &format!(": {json}"));
        }
    }
    out
}

/// Signs that surely part a list.
const SURE: &str = "|;；、";

/// How often each sign stands in the lists of a file.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Marks {
    sure: u64,
    commas: u64,
    slashes: u64,
    dashes: u64,
}

impl Marks {
    /// Takes note of one cell.
    pub fn observe(&mut self, cell: &str) {
        if cell.starts_with(['[', '{']) {
            return;
        }
        let holds = |signs: &str| u64::from(cell.contains(|c| signs.contains(c)));
        self.sure += holds(SURE);
        self.commas += holds(",，");
        self.slashes += u64::from(cell.contains(" / "));
        self.dashes += holds("-");
    }

    /// The signs that part lists, of those that may.
    pub fn separators(&self, may: &str) -> String {
        let sure: String = may.chars().filter(|c| SURE.contains(*c)).collect();
        if self.sure > 0 && self.sure >= self.commas {
            return sure;
        }
        if self.commas == 0 && self.slashes > 0 {
            return format!("{sure}/");
        }
        if may.contains('-') && self.dashes > self.commas {
            return format!("{sure}-");
        }
        format!("{sure},，")
    }
}

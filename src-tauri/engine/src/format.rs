//! Recognising a format: from the header of a file to the plan by which its rows are read.
//!
//! A plan is made from the header alone, by names and never by position. Reading a row by a plan is
//! [`crate::import`]'s work.

use std::path::Path;

use crate::catalogue::Kind;
use crate::columns::COLUMNS;
use crate::error::{Error, Result};
use crate::field::{Field, KEPT, begins, same};
use crate::generic;
use crate::glossary::in_english;
use crate::plan::{Implied, Plan};
use crate::specs::{Format, SPECS, Spec};

/// Makes the plan for a file by its header; `map` overrides what is recognised.
///
/// # Errors
/// When `map` names a field or a column that does not exist.
pub fn plan(path: &Path, header: &[String], map: &[(String, String)]) -> Result<Plan> {
    let names = in_english(header);
    let spec = recognise(header);
    let mut plan = Plan::by(spec, header);
    for (name, field) in spec.columns {
        let begin = name.strip_suffix('*');
        let called = |column: &str| begin.map_or_else(|| same(column, name), |b| begins(column, b));
        let free = |plan: &Plan| {
            let mut columns = names.iter().enumerate();
            columns.position(|(i, column)| plan.fields[i].is_none() && called(column))
        };
        while let Some(column) = free(&plan) {
            plan.bind(*field, column);
            if begin.is_none() {
                break;
            }
        }
    }
    rejected_again(header, &mut plan);
    if spec.format == Format::Generic {
        generic::settle(path, &names, &mut plan);
    }
    for (field, column) in map {
        override_with(&mut plan, header, field, column)?;
    }
    plan.implied = implication(&plan, path, header);
    Ok(plan)
}

fn override_with(plan: &mut Plan, header: &[String], field: &str, column: &str) -> Result<()> {
    let exact = header.iter().position(|name| name == column);
    let index = exact.or_else(|| header.iter().position(|name| same(name, column)));
    if let (Some(index), KEPT) = (index, field.trim()) {
        plan.keep(index);
        return Ok(());
    }
    let Some(field) = Field::from_name(field) else {
        let names: Vec<&str> = Field::ALL.iter().map(|f| f.name()).collect();
        return Err(Error::Invalid(format!(
            "no field called {field:?}; the fields are {} and {KEPT}",
            names.join(", ")
        )));
    };
    if let Some(index) = index {
        // Any number of columns can be left out.
        if field != Field::Ignored {
            plan.release(field);
        }
        plan.bind(field, index);
        return Ok(());
    }
    if let (Field::Kind, Some(kind)) = (field, Kind::from_word(column)) {
        plan.release(field);
        plan.kind = kind;
        return Ok(());
    }
    Err(Error::Invalid(format!(
        "no column called {column:?}; the columns are {}",
        header.join(", ")
    )))
}

fn implication(plan: &Plan, path: &Path, header: &[String]) -> Implied {
    let stem = path.file_stem().map(|s| s.to_string_lossy().to_lowercase());
    let stem = stem.unwrap_or_default();
    let folder = path.parent().and_then(Path::file_name);
    let folder = folder.map(|s| s.to_string_lossy().to_lowercase());
    let has = |name: &str| header.iter().any(|column| same(column, name));
    let wanted = ["watchlist", "wishlist", "to-read", "want"]
        .iter()
        .any(|word| stem.contains(word));
    match plan.format {
        Format::Letterboxd | Format::Imdb | Format::Trakt | Format::TmdbAccount if wanted => {
            Implied::Want
        }
        Format::TmdbAccount if stem.contains("favo") => Implied::Like,
        Format::Letterboxd if stem.contains("likes") || folder.as_deref() == Some("likes") => {
            Implied::Like
        }
        // A list says no more than that its maker thought of the film.
        Format::Letterboxd if has("Position") => Implied::Nothing,
        Format::Letterboxd | Format::Lastfm => Implied::Finish,
        Format::Trakt if has("listed_at") => Implied::Want,
        Format::Trakt if has("watched_at") || has("last_watched_at") => Implied::Finish,
        Format::ShopOrders => Implied::Buy,
        Format::MovielensTags => Implied::Comment,
        Format::Generic if plan.has(Field::Quantity) || plan.has(Field::Basket) => Implied::Buy,
        // Exports of Douban are a file for each state.
        Format::Generic if plan.has(Field::Stars) && !plan.has(Field::Action) => {
            let says = |words: [&str; 4]| words.iter().any(|word| stem.contains(word));
            if says(["想看", "想读", "想听", "想玩"]) {
                Implied::Want
            } else if says(["看过", "读过", "听过", "玩过"]) {
                Implied::Finish
            } else {
                Implied::Nothing
            }
        }
        _ => Implied::Nothing,
    }
}

/// The first format all of whose columns are in the header, as it is or else in English.
fn recognise(header: &[String]) -> &'static Spec {
    match matching(header) {
        spec if spec.format == Format::Generic => matching(&in_english(header)),
        spec => spec,
    }
}

/// The first format all of whose columns are so named.
fn matching(header: &[impl AsRef<str>]) -> &'static Spec {
    let has = |names: &str| {
        names
            .split('|')
            .any(|name| header.iter().any(|column| same(column.as_ref(), name)))
    };
    SPECS
        .iter()
        .find(|spec| spec.needs.iter().all(|names| has(names)))
        .unwrap_or(&SPECS[SPECS.len() - 1])
}

/// How surely a row is a header: 2 of a known format, 1 of something that has titles or items, 0 not.
pub fn header_likeness(row: &[String]) -> u8 {
    let english = in_english(row);
    let known = |spec: &Spec| spec.format != Format::Generic;
    if known(matching(row)) || known(matching(&english)) {
        return 2;
    }
    let named = |field: Field| {
        let mut names = COLUMNS.iter().filter(|(_, f)| *f == field);
        names.any(|(name, _)| english.iter().any(|column| same(column, name)))
    };
    let some = Field::ALL.iter().filter(|f| named(**f)).count();
    u8::from(some > 1 && (named(Field::Title) || named(Field::Item) || named(Field::Id)))
}

/// A file of rejected rows that was put right: what was added to it falls away again.
fn rejected_again(header: &[String], plan: &mut Plan) {
    if let Some(original) = before_rejects(header) {
        for column in original.len()..header.len() {
            plan.bind(Field::Ignored, column);
        }
    }
}

/// The columns of the original, where these are those of its rejected rows.
pub fn before_rejects(header: &[String]) -> Option<&[String]> {
    let (original, added) =
        header.split_at_checked(header.len().checked_sub(REJECT_COLUMNS.len())?)?;
    (added == REJECT_COLUMNS).then_some(original)
}

/// What a file of rejected rows has behind the columns of the original.
pub const REJECT_COLUMNS: [&str; 3] = ["line", "column", "reason"];

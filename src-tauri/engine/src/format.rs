//! Recognising a format: from the header of a file to the plan by which its rows are read.
//!
//! A plan is made from the header alone, by names and never by position. Reading a row by a plan is
//! [`crate::import`]'s work.

mod rows;

use std::path::Path;

use crate::catalogue::Kind;
use crate::columns::COLUMNS;
use crate::error::{Error, Result};
use crate::field::{Field, KEPT, begins, same};
use crate::generic;
use crate::glossary::in_english;
use crate::plan::Plan;
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
        let free = |plan: &Plan| {
            let mut columns = names.iter().enumerate();
            columns.position(|(i, column)| plan.fields[i].is_none() && is_called(column, name))
        };
        while let Some(column) = free(&plan) {
            plan.bind(*field, column);
            if !name.ends_with('*') {
                break;
            }
        }
    }
    rejected_again(header, &mut plan);
    if spec.format == Format::Generic {
        generic::settle(path, &names, &mut plan);
    }
    if matches!(spec.format, Format::Generic | Format::Douban) && plan.kind == Kind::Other {
        plan.kind = rows::kind(path).unwrap_or(plan.kind);
    }
    for (field, column) in map {
        override_with(&mut plan, header, field, column)?;
    }
    plan.implied = rows::implied(&plan, path);
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

/// Whether a column is called by a name of a format; `Name*` is that of all that begin so.
fn is_called(column: &str, name: &str) -> bool {
    let begin = name.strip_suffix('*');
    begin.map_or_else(|| same(column, name), |begin| begins(column, begin))
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
            .any(|name| header.iter().any(|column| is_called(column.as_ref(), name)))
    };
    SPECS
        .iter()
        .find(|spec| spec.needs.iter().all(|names| has(names)))
        .unwrap_or(&SPECS[SPECS.len() - 1])
}

/// How surely a row is a header: 2 of a known format, 1 of something that has titles or items, 0 not.
pub fn header_likeness(row: &[String]) -> u8 {
    let english = in_english(row);
    match recognise(row).format {
        Format::Generic => {}
        // What is known to hold no items is no table of ours.
        Format::Unfit => return 0,
        _ => return 2,
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

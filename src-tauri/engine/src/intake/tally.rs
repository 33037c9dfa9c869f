//! The tally of an import: what each row came to, counted, and the rejected ones kept with their reasons.
//!
//! read = stored + updated + duplicates + rejected, whatever the rows came from.

use std::path::Path;

use super::REJECTED;
use crate::jsonlines::Fault;
use crate::rejects::Rejects;
use crate::transcript::{self, Merged};
use crate::view::{Content, Imported, Progress, Reject, Stage};
use crate::words::many;

/// What a row came to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Came {
    Duplicate,
    Updated,
    Stored,
}

/// Rejected rows that the answer itself carries.
const SHOWN: usize = 100;

pub(super) fn count(came: Came, imported: &mut Imported) {
    match came {
        Came::Stored => imported.stored += 1,
        Came::Updated => imported.updated += 1,
        Came::Duplicate => imported.duplicates += 1,
    }
}

/// What came of a transcript, its bad lines in a file as those of a table are.
pub(crate) fn imported(
    data: &Path,
    path: &Path,
    dry_run: bool,
    faults: Vec<Fault>,
    merged: Merged,
) -> Imported {
    let mut imported = Imported {
        file: path.display().to_string(),
        format: transcript::NAME.to_owned(),
        dry_run,
        stored: merged.stored,
        updated: merged.updated,
        duplicates: merged.duplicates,
        rejected: merged.rejected,
        notes: merged.notes,
        ..empty()
    };
    let header = ["record".to_owned()];
    let mut rejects = (!dry_run).then(|| Rejects::of(path, &header, &data.join(REJECTED)));
    for Fault { line, reason, text } in faults {
        reject(&mut imported, &mut rejects, line, None, reason, &[text]);
    }
    if let Some(rejects) = rejects {
        let (file, note) = rejects.finish(true);
        imported.rejected_file = file.map(|path| path.display().to_string());
        imported.notes.extend(note);
    }
    // What stands in for a lost record is no row of the file.
    imported.read = imported.stored + imported.updated + imported.duplicates + imported.rejected;
    imported
}

pub(super) fn reject(
    imported: &mut Imported,
    rejects: &mut Option<Rejects>,
    line: u64,
    column: Option<String>,
    reason: String,
    record: &[String],
) {
    if let Some(rejects) = rejects {
        rejects.add(line, column.as_deref(), &reason, record);
    }
    imported.rejected += 1;
    if imported.rejects.len() < SHOWN {
        imported.rejects.push(Reject {
            line,
            column,
            reason,
        });
    }
}

/// How many rows were passed over because a row above told of the same item.
pub(super) fn repeated(rows: u64) -> Option<String> {
    let rows_name = many(rows, "row names", "rows name");
    (rows > 0)
        .then(|| format!("{rows_name} an item that a row above tells otherwise; the first counts"))
}

/// Rows done, and the rows there will be by the bytes read so far.
pub(super) fn progress(rows: u64, bytes: u64, size: u64) -> Progress {
    let total = (rows as f64 * size as f64 / bytes.max(1) as f64).round() as u64;
    Progress {
        stage: Stage::Store,
        done: rows,
        total: Some(total.max(rows)),
    }
}

/// The answer of a source that cannot be read.
pub fn unread(path: &Path, dry_run: bool, problem: String) -> Imported {
    Imported {
        file: path.display().to_string(),
        dry_run,
        problem: Some(problem),
        ..empty()
    }
}

pub(crate) fn empty() -> Imported {
    Imported {
        file: String::new(),
        format: String::new(),
        content: Content::Catalogue,
        mapping: Vec::new(),
        dry_run: false,
        read: 0,
        stored: 0,
        updated: 0,
        duplicates: 0,
        rejected: 0,
        rejects: Vec::new(),
        rejected_file: None,
        notes: Vec::new(),
        habits: Vec::new(),
        saved: None,
        filled: std::collections::BTreeMap::new(),
        encoded: 0,
        unencoded: 0,
        cancelled: false,
        fields: Vec::new(),
        examples: None,
        problem: None,
        parts: Vec::new(),
    }
}

//! The parts of an import: what came of each table of a file, and of all of them together.

use std::path::Path;

use crate::view::{Content, Examples, Imported};

/// Sums up what came of the tables of a file; rejected rows are told with their own table.
pub(crate) fn together(path: &Path, parts: Vec<Imported>, notes: Vec<String>) -> Imported {
    let sum = |count: fn(&Imported) -> u64| parts.iter().map(count).sum();
    let first = parts.first();
    let format = first.map_or("", |part| part.format.as_str());
    let alike = parts.iter().all(|part| part.format == format);
    let holds_items = parts.iter().any(|p| p.content == Content::Catalogue);
    let examples = parts.iter().filter_map(|part| part.examples.as_ref());
    let dry_run = first.is_some_and(|part| part.dry_run);
    let mut shown = Examples::default();
    examples.for_each(|more| shown.extend(more));
    Imported {
        file: path.display().to_string(),
        format: if alike { format } else { "several" }.to_owned(),
        content: if holds_items {
            Content::Catalogue
        } else {
            Content::Interactions
        },
        dry_run,
        read: sum(|p| p.read),
        stored: sum(|p| p.stored),
        updated: sum(|p| p.updated),
        duplicates: sum(|p| p.duplicates),
        rejected: sum(|p| p.rejected),
        notes,
        cancelled: parts.iter().any(|p| p.cancelled),
        fields: first.map(|p| p.fields.clone()).unwrap_or_default(),
        examples: dry_run.then_some(shown),
        parts,
        ..crate::intake::empty()
    }
}

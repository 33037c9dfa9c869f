//! The tables of a file taken in, one after the other, and what of them could not be.

use std::path::Path;

use super::{Before, Intake};
use crate::error::{Error, Result};
use crate::parts::together;
use crate::source::TableReader;
use crate::tables::{Table, Tables};
use crate::view::{Content, Imported};
use crate::watch::Watch;

impl Intake<'_> {
    /// Reads every table of a file, each to its end, or until one is cancelled. One of several that
    /// cannot be read is left out, and said.
    pub fn read_tables(
        &mut self,
        path: &Path,
        tables: &Tables,
        watch: &Watch,
        before: &Before,
    ) -> Result<Imported> {
        if let [only] = &tables.all[..] {
            let mut imported = self.read_table(only, watch, before)?;
            imported.notes.extend(tables.notes.iter().cloned());
            return Ok(imported);
        }
        self.catalogues = 0;
        let (mut parts, mut notes) = (Vec::new(), Vec::new());
        for table in &tables.all {
            let name = table.shown.strip_prefix(path).unwrap_or(&table.shown);
            let why = match self.read_table(table, watch, before) {
                Ok(part) if part.problem.is_some() => part.problem.unwrap_or_default(),
                Ok(part) => {
                    let stopped = part.cancelled;
                    self.catalogues += u32::from(part.content == Content::Catalogue);
                    parts.push(part);
                    if stopped {
                        break;
                    }
                    continue;
                }
                Err(Error::Import { reason, .. } | Error::Invalid(reason)) => reason,
                Err(error) => return Err(error),
            };
            notes.push(format!("{} is left out: {why}", name.display()));
        }
        notes.extend(tables.notes.iter().cloned());
        if parts.is_empty() {
            return Err(Error::Import {
                path: path.to_owned(),
                reason: format!("nothing in it can be taken in: {}", notes.join("; ")),
            });
        }
        Ok(together(path, parts, notes))
    }

    /// Reads a table to its end, or until it is cancelled.
    fn read_table(&mut self, table: &Table, watch: &Watch, before: &Before) -> Result<Imported> {
        let source = TableReader::open(table, self.options).and_then(|mut source| {
            self.settle_numbers(table, &mut source)?;
            Ok(source)
        });
        let read = source.and_then(|s| self.read(&table.shown, Box::new(s), watch, before));
        read.map_err(|error| match error {
            // What a person knows is what the table came from.
            Error::Import { reason, .. } => Error::Import {
                path: table.shown.clone(),
                reason,
            },
            other => other,
        })
    }
}

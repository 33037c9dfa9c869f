//! The sheets of a workbook or a spreadsheet as tables: those with columns of ours, or the first that holds
//! anything.
//!
//! A part is opened by what trusts it only after it was seen to be small enough.

use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use super::xml::Xml;
use super::{Table, Tables, part_of, stop};
use crate::archive::{Archive, Member};
use crate::error::{Error, Result};
use crate::opendocument;
use crate::tablefile::{BYTES_MAX, LINES_BEFORE, TableFile, Written};
use crate::watch::Watch;
use crate::workbook::{SHEETS_MAX, Workbook};

/// The most bytes of the content of a spreadsheet.
const CONTENT_BYTES_MAX: u64 = 2 << 30;

impl Tables {
    pub(super) fn workbook(
        &mut self,
        path: &Path,
        archive: &mut Archive,
        members: &[Member],
        watch: &Watch,
    ) -> Result<()> {
        for member in members {
            if member.name.eq_ignore_ascii_case("xl/workbook.bin") {
                return Err(Error::Invalid(
                    "it is a binary workbook; save it as .xlsx or CSV first".to_owned(),
                ));
            }
            refuse(member)?;
            look_through(archive, member)?;
            stop(watch)?;
        }
        let mut book = Workbook::open(path)?;
        let mut sheets = Vec::new();
        let mut room = BYTES_MAX;
        for (n, name) in book.sheets().into_iter().take(SHEETS_MAX).enumerate() {
            let mut table = TableFile::begin(&self.sheet(n, path, &name)?, room)?;
            book.write(&name, &mut table, watch)?;
            let written = table.finish()?;
            room = room.saturating_sub(written.bytes);
            sheets.push((name, written));
        }
        self.choose(path, sheets)
    }

    pub(super) fn spreadsheet(
        &mut self,
        path: &Path,
        archive: &mut Archive,
        members: &[Member],
        watch: &Watch,
    ) -> Result<()> {
        let called = |name: &str| members.iter().find(|m| m.name == name);
        if let Some(manifest) = called("META-INF/manifest.xml") {
            let mut text = String::new();
            // One that cannot be read says nothing.
            let _ = archive.stream(manifest, 1 << 20)?.read_to_string(&mut text);
            if text.contains("encryption-data") {
                return Err(Error::Invalid("it is protected by a password".to_owned()));
            }
        }
        let content = called("content.xml")
            .ok_or_else(|| Error::Invalid("the spreadsheet has no content".to_owned()))?;
        refuse(content)?;
        look_through(archive, content)?;
        let stream = BufReader::new(archive.stream(content, CONTENT_BYTES_MAX)?);
        let mut sheets: Vec<(String, Written)> = Vec::new();
        let mut places = 0;
        let room = std::cell::Cell::new(BYTES_MAX);
        let this = &*self;
        opendocument::read(
            stream,
            watch,
            &mut |name| {
                let place = this.sheet(places, path, name)?;
                places += 1;
                TableFile::begin(&place, room.get())
            },
            &mut |name, table| {
                let written = table.finish()?;
                room.set(room.get().saturating_sub(written.bytes));
                sheets.push((name, written));
                Ok(())
            },
        )?;
        self.choose(path, sheets)
    }

    /// Takes the sheets that look like tables of ours; the first that holds anything where none does.
    fn choose(&mut self, path: &Path, mut sheets: Vec<(String, Written)>) -> Result<()> {
        sheets.retain(|(_, written)| written.filled > 0);
        let known = sheets.iter().filter(|(_, w)| w.likeness > 0).count();
        if known == 0 {
            sheets.truncate(1);
        }
        let (taken, left): (Vec<_>, Vec<_>) = sheets
            .into_iter()
            .partition(|(_, written)| known == 0 || written.likeness > 0);
        if taken.is_empty() {
            return Err(Error::Invalid("its sheets are empty".to_owned()));
        }
        for (name, _) in &left {
            self.notes
                .push(format!("the sheet {name:?} is left out: no known columns"));
        }
        let alone = taken.len() == 1;
        for (name, written) in taken {
            let (shown, beside) = if alone {
                self.notes.push(format!("read from the sheet {name:?}"));
                (path.to_owned(), path.to_owned())
            } else {
                (path.join(&name), part_of(path, &name))
            };
            self.all.push(Table {
                path: written.path,
                shown,
                beside,
                before: Some(LINES_BEFORE),
                faults: Vec::new(),
            });
        }
        self.first_things_first();
        Ok(())
    }

    /// A path for a sheet, named as the sheet and then the file, which may say of what kind its items are and
    /// what was done with them.
    fn sheet(&self, n: usize, path: &Path, name: &str) -> Result<PathBuf> {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        self.place(n, Path::new(&format!("{name} {stem}.csv")))
    }
}

fn refuse(member: &Member) -> Result<()> {
    match member.problem {
        Some(problem) => Err(Error::Invalid(format!(
            "{:?} in it: {problem}",
            member.name
        ))),
        None => Ok(()),
    }
}

/// Unpacks a part of a workbook into nothing: only what was seen to be small enough is opened by what
/// trusts it.
fn look_through(archive: &mut Archive, member: &Member) -> Result<()> {
    let mut xml = Xml::default();
    archive.unpack(member, &mut xml)?;
    match xml.problem(&member.name) {
        Some(problem) => Err(Error::Invalid(format!(
            "the workbook is damaged: {problem}"
        ))),
        None => Ok(()),
    }
}

//! The file of rejected rows: `FILE.rejected.csv` beside the file that was imported.
//!
//! It has the original's columns and cells, and behind them line, column and reason. It appears whole or
//! not at all, and only when a row was rejected; once its cells are put right it can be imported itself.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::format::REJECT_COLUMNS;
use crate::sheet::neutral;

/// Collects rejected rows.
pub struct Rejects {
    path: PathBuf,
    header: Vec<String>,
    /// Cells that a row of the source should have.
    cells: usize,
    writer: Option<csv::Writer<BufWriter<File>>>,
    part: PathBuf,
}

impl Rejects {
    /// Rejected rows of the file at `source`, whose columns are `header`. Nothing is written yet.
    pub fn beside(source: &Path, header: &[String]) -> Self {
        let stem = source.file_stem().unwrap_or(source.as_os_str());
        let named = |ending: &str| {
            let mut name = stem.to_os_string();
            name.push(ending);
            source.with_file_name(name)
        };
        let cells = header.len();
        let mut header = header.to_vec();
        if header.ends_with(&REJECT_COLUMNS.map(str::to_owned)) {
            header.truncate(header.len() - REJECT_COLUMNS.len());
        }
        Self {
            path: named(".rejected.csv"),
            part: named(".rejected.csv.part"),
            cells,
            header,
            writer: None,
        }
    }

    /// Adds a row.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add(
        &mut self,
        line: u64,
        column: Option<&str>,
        reason: &str,
        record: &[String],
    ) -> Result<()> {
        let width = self.header.len();
        let mut cells: Vec<String> = record.iter().take(width).cloned().collect();
        cells.resize(width, String::new());
        // What is too much is kept in the last cell.
        if let (Some(last), true) = (cells.last_mut(), record.len() > self.cells) {
            *last = record[width - 1..].join(",");
        }
        cells.extend([line.to_string(), column.unwrap_or("").into(), reason.into()]);
        self.write(&cells)
    }

    /// Puts the file in its place; answers with its path if there is one.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn finish(mut self) -> Result<Option<PathBuf>> {
        let Some(writer) = self.writer.take() else {
            return Ok(None);
        };
        let failed = |source| Error::file("write", &self.path)(source);
        let buffer = writer.into_inner().map_err(|e| failed(e.into_error()))?;
        let file = buffer.into_inner().map_err(|e| failed(e.into_error()))?;
        file.sync_all().map_err(failed)?;
        fs::rename(&self.part, &self.path).map_err(failed)?;
        Ok(Some(self.path.clone()))
    }

    fn write(&mut self, cells: &[String]) -> Result<()> {
        if self.writer.is_none() {
            let file = File::create(&self.part).map_err(Error::file("write", &self.part))?;
            let mut writer = csv::Writer::from_writer(BufWriter::new(file));
            let names = self.header.iter().map(String::as_str).chain(REJECT_COLUMNS);
            Self::put(&mut writer, names, &self.part)?;
            self.writer = Some(writer);
        }
        match &mut self.writer {
            Some(writer) => Self::put(writer, cells.iter().map(String::as_str), &self.part),
            None => Ok(()),
        }
    }

    fn put<'a>(
        writer: &mut csv::Writer<impl Write>,
        cells: impl Iterator<Item = &'a str>,
        path: &Path,
    ) -> Result<()> {
        writer
            .write_record(cells.map(|cell| neutral(cell).into_owned()))
            .map_err(|error| Error::file("write", path)(error.into()))
    }
}

impl Drop for Rejects {
    fn drop(&mut self) {
        if self.writer.take().is_some() {
            // Given up half way: leave nothing behind; if that fails the next import overwrites it.
            let _ = fs::remove_file(&self.part);
        }
    }
}

//! A table file: a table that was no CSV, written as CSV for the one importer there is.
//!
//! It begins with a line that names its delimiter; row n of the source is line n below that, and what
//! breaks a line within a cell is a blank. It is bounded, and lies in a folder that goes away with the
//! import. Where the rows come from is not known here.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::format::header_likeness;
use crate::sheet::neutral;

/// The most bytes that the tables of one file may take as CSV.
pub const BYTES_MAX: u64 = 4 << 30;
/// Lines before the first row.
pub const LINES_BEFORE: u64 = 1;
/// Rows of the beginning that may be a header.
const HEADERS: u64 = 40;

/// A table in the making.
pub struct TableFile {
    path: PathBuf,
    writer: BufWriter<File>,
    rows: u64,
    filled: u64,
    likeness: u8,
    room: u64,
    line: Vec<u8>,
}

/// A table that was written.
#[derive(Debug, Clone)]
pub struct Written {
    pub path: PathBuf,
    /// Rows that are not blank.
    pub filled: u64,
    /// How surely one of the first rows is a header, as [`header_likeness`] has it.
    pub likeness: u8,
    /// Bytes.
    pub bytes: u64,
}

impl TableFile {
    /// Begins a table at a path, of at most `room` bytes.
    pub fn begin(path: &Path, room: u64) -> Result<Self> {
        let file = File::create(path).map_err(Error::file("write", path))?;
        let mut table = Self {
            path: path.to_owned(),
            writer: BufWriter::new(file),
            rows: 0,
            filled: 0,
            likeness: 0,
            room,
            line: Vec::new(),
        };
        table.line.extend_from_slice(b"sep=,\n");
        table.put()?;
        Ok(table)
    }

    /// Adds blank rows until there are so many.
    pub fn reach(&mut self, rows: u64) -> Result<()> {
        while self.rows < rows {
            self.line.push(b'\n');
            self.put()?;
            self.rows += 1;
        }
        Ok(())
    }

    /// Adds a row.
    pub fn row<S: AsRef<str>>(&mut self, cells: &[S]) -> Result<()> {
        if self.filled < HEADERS {
            let names: Vec<String> = cells.iter().map(|c| c.as_ref().trim().to_owned()).collect();
            self.likeness = self.likeness.max(header_likeness(&names));
        }
        for (n, cell) in cells.iter().enumerate() {
            if n > 0 {
                self.line.push(b',');
            }
            push_cell(&mut self.line, cell.as_ref());
        }
        if cells.iter().any(|cell| !cell.as_ref().trim().is_empty()) {
            self.filled += 1;
        } else {
            self.line.clear();
        }
        self.line.push(b'\n');
        self.rows += 1;
        self.put()
    }

    /// Ends the table.
    pub fn finish(mut self) -> Result<Written> {
        self.writer
            .flush()
            .map_err(Error::file("write", &self.path))?;
        let bytes = self.writer.get_ref().metadata().map_or(0, |m| m.len());
        Ok(Written {
            path: self.path,
            filled: self.filled,
            likeness: self.likeness,
            bytes,
        })
    }

    fn put(&mut self) -> Result<()> {
        let bytes = self.line.len() as u64;
        self.room = self.room.checked_sub(bytes).ok_or_else(|| {
            Error::Invalid("its tables are too large to be taken in from this format".to_owned())
        })?;
        self.writer
            .write_all(&self.line)
            .map_err(Error::file("write", &self.path))?;
        self.line.clear();
        self.line.shrink_to(1 << 20);
        Ok(())
    }
}

/// Writes a cell so that the importer reads what it says. What looks like a formula that was made
/// harmless is what somebody wrote, and is made harmless once more.
fn push_cell(line: &mut Vec<u8>, cell: &str) {
    let kept = if cell.starts_with('\'') {
        neutral(cell)
    } else {
        cell.into()
    };
    let breaks = |c: char| matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let quoted = kept.contains(['"', ',', ';', '\t', '|']) || kept.contains(breaks);
    if !quoted {
        line.extend_from_slice(kept.as_bytes());
        return;
    }
    line.push(b'"');
    let mut after_return = false;
    for c in kept.chars() {
        match c {
            '\n' if after_return => {}
            '"' => line.extend_from_slice(b"\"\""),
            c if breaks(c) => line.push(b' '),
            c => {
                let mut bytes = [0; 4];
                line.extend_from_slice(c.encode_utf8(&mut bytes).as_bytes());
            }
        }
        after_return = c == '\r';
    }
    line.push(b'"');
}

//! The records of a file, one after the other, each with the line on which it begins.
//!
//! A quote that went wrong is found out by the width of the rows, and looked ahead for within a bound.

use super::ROW_LIMIT;
use crate::cells::{Cells, Quotes, Scan, line_end, lines, scan};
use crate::decode::Text;
use crate::error::Result;

/// How far ahead a broken quote may make the reader look in vain, in bytes.
const LOOKAHEAD: usize = 4 * ROW_LIMIT;

/// One record of a file.
#[derive(Debug, Default, Clone)]
pub struct Record {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Why it could not be read as a row; the cells are then a best guess.
    pub problem: Option<String>,
    cells: Cells,
}

impl Record {
    /// How many cells it has.
    pub fn len(&self) -> usize {
        self.cells.ends.len()
    }

    /// Whether it has no cells at all.
    pub fn is_empty(&self) -> bool {
        self.cells.ends.is_empty()
    }

    /// A cell; empty when the row is too short.
    pub fn get(&self, index: usize) -> &str {
        let start = match index {
            0 => 0,
            _ => self.cells.ends.get(index - 1).copied().unwrap_or(0),
        };
        self.cells
            .ends
            .get(index)
            .map_or("", |end| &self.cells.text[start..*end])
    }

    /// The record with these cells filled in.
    pub(crate) fn filled(&self, fill: &dyn Fn(usize, &str) -> Option<String>) -> Self {
        let mut cells = Cells::default();
        for (column, cell) in self.iter().enumerate() {
            match fill(column, cell) {
                Some(other) => cells.text.push_str(&other),
                None => cells.text.push_str(cell),
            }
            cells.ends.push(cells.text.len());
        }
        Self {
            line: self.line,
            problem: self.problem.clone(),
            cells,
        }
    }

    /// The cells in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.cells.iter()
    }
}

/// The rows of a file, one after the other.
pub struct Records {
    text: Text,
    delimiter: u8,
    /// Cells that a row should have; 0 while not known.
    pub(super) width: usize,
    line: u64,
    lookahead: usize,
}

impl Records {
    /// Begins at the front of a text.
    pub(super) fn of(text: Text, delimiter: u8) -> Self {
        Self {
            text,
            delimiter,
            width: 0,
            line: 1,
            lookahead: LOOKAHEAD,
        }
    }

    /// Bytes of the file read so far.
    pub fn bytes(&self) -> u64 {
        self.text.read()
    }

    /// Reads the next record; false at the end of the file. Blank lines are no records.
    pub fn next(&mut self, record: &mut Record) -> Result<bool> {
        loop {
            if self.text.window().is_empty() && !self.text.ended() {
                self.text.grow()?;
            }
            if self.text.window().is_empty() {
                return Ok(false);
            }
            record.line = self.line;
            record.problem = None;
            let bytes = self.read(record)?;
            self.line += lines(&self.text.window().as_bytes()[..bytes]);
            self.text.consume(bytes);
            self.lookahead = LOOKAHEAD.min(self.lookahead + bytes);
            if record.problem.is_some() || !record.cells.is_blank() {
                return Ok(true);
            }
        }
    }

    /// Reads the record at the front of the window; answers with its length.
    fn read(&mut self, record: &mut Record) -> Result<usize> {
        let first = if self.width == 0 {
            Quotes::Loose
        } else {
            Quotes::Strict
        };
        match self.scan(first, &mut record.cells)? {
            Scan::Record(bytes) if bytes > ROW_LIMIT => {
                record.cells.clear();
                record.problem = Some(too_large());
                Ok(bytes)
            }
            Scan::Record(bytes) if self.swallowed(bytes, record) => self.recover(0, true, record),
            Scan::Record(bytes) => Ok(bytes),
            Scan::Broken { opened, seen } => {
                self.lookahead = self.lookahead.saturating_sub(seen);
                self.recover(opened, false, record)
            }
            Scan::More(_) => self.skip_line(record),
        }
    }

    /// Scans from the front of the window, reading on as long as that may help. `More` is left when the
    /// row is beyond the limit.
    fn scan(&mut self, quotes: Quotes, cells: &mut Cells) -> Result<Scan> {
        loop {
            let window = self.text.window().as_bytes();
            let quotes = if self.lookahead < ROW_LIMIT {
                Quotes::Line
            } else {
                quotes
            };
            match scan(window, self.text.ended(), self.delimiter, quotes, cells) {
                Scan::More(opened) if window.len() > ROW_LIMIT => {
                    return Ok(match opened {
                        Some(opened) if line_end(window, opened, false).is_some() => {
                            let seen = window.len();
                            Scan::Broken { opened, seen }
                        }
                        _ => Scan::More(opened),
                    });
                }
                Scan::More(_) => self.text.grow()?,
                done => return Ok(done),
            }
        }
    }

    /// Whether a record over several lines is of the wrong width while its second line alone is a row:
    /// then a stray quote has swallowed what follows it.
    fn swallowed(&self, bytes: usize, record: &Record) -> bool {
        if self.width < 2 || record.len() == self.width {
            return false;
        }
        let whole = &self.text.window().as_bytes()[..bytes];
        line_end(whole, 0, true).is_some_and(|end| end < bytes && self.is_row(&whole[end..]))
    }

    /// Whether the first line of a text, taken alone, has the width of a row.
    fn is_row(&self, text: &[u8]) -> bool {
        let line = &text[..line_end(text, 0, true).unwrap_or(text.len())];
        let mut cells = Cells::default();
        scan(line, true, self.delimiter, Quotes::Line, &mut cells);
        cells.ends.len() == self.width
    }

    /// Makes the best of a record in which the quote at `opened` has gone wrong.
    fn recover(&mut self, opened: usize, sure: bool, record: &mut Record) -> Result<usize> {
        let end = loop {
            let (window, ended) = (self.text.window().as_bytes(), self.text.ended());
            match line_end(window, opened, ended) {
                Some(end) => break end,
                None if ended => break window.len(),
                None if window.len() > ROW_LIMIT => return self.skip_line(record),
                None => self.text.grow()?,
            }
        };
        let window = self.text.window().as_bytes();
        let line = &window[..end];
        for quotes in [Quotes::Literal, Quotes::Loose] {
            let found = scan(line, true, self.delimiter, quotes, &mut record.cells);
            if matches!(found, Scan::Record(n) if n == end) && record.len() == self.width {
                return Ok(end);
            }
        }
        if !sure && end < window.len() && !self.is_row(&window[end..]) {
            let found = self.scan(Quotes::Literal, &mut record.cells)?;
            let seen = match found {
                Scan::Record(bytes) if record.len() == self.width => return Ok(bytes),
                Scan::Record(bytes) => bytes,
                _ => self.text.window().len(),
            };
            self.lookahead = self.lookahead.saturating_sub(seen);
        }
        let window = self.text.window().as_bytes();
        let on = self.line + lines(&window[..opened]);
        record.problem = Some(format!("the quote opened on line {on} is never closed"));
        scan(
            &window[..end],
            true,
            self.delimiter,
            Quotes::Line,
            &mut record.cells,
        );
        Ok(end)
    }

    /// Passes over a line that is too long to be kept; answers with the length of what is left of it.
    fn skip_line(&mut self, record: &mut Record) -> Result<usize> {
        record.cells.clear();
        record.problem = Some(too_large());
        loop {
            let (window, ended) = (self.text.window(), self.text.ended());
            if let Some(end) = line_end(window.as_bytes(), 0, ended) {
                return Ok(end);
            }
            // A final \r may be half of a line's end.
            let keep = usize::from(!ended && window.ends_with('\r'));
            let bytes = window.len() - keep;
            if ended {
                return Ok(bytes);
            }
            self.text.consume(bytes);
            self.text.grow()?;
        }
    }
}

fn too_large() -> String {
    format!("the row is larger than {} MB", ROW_LIMIT >> 20)
}

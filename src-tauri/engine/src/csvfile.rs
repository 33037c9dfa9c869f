//! A CSV file: records with the lines they begin on, from a file of any size.
//!
//! Every physical line of the file ends up in exactly one record, good or broken, and memory stays
//! below a few times [`ROW_LIMIT`] whatever the file holds. A quote that is never closed costs the line
//! on which it was opened and no other. What the columns mean is not known here.

use std::path::{Path, PathBuf};

use crate::cells::{Cells, Quotes, Scan, line_end, lines, scan};
use crate::decode::{Charset, Text};
use crate::error::{Error, Result};
use crate::manner::Manner;

/// The longest row, in bytes of UTF-8; a longer one is broken.
pub const ROW_LIMIT: usize = 16 << 20;
/// How far ahead a broken quote may make the reader look in vain, in bytes.
const LOOKAHEAD: usize = 4 * ROW_LIMIT;
const SAMPLE: usize = 256 << 10;
/// Of a hundred rows those that are most of them.
const HALF: usize = 50;
const DELIMITERS: [u8; 4] = *b",;\t|";

/// A file whose encoding, delimiter and header are known.
#[derive(Debug, Clone)]
pub struct CsvFile {
    path: PathBuf,
    pub charset: Charset,
    pub delimiter: u8,
    /// The names of the columns as the file spells them.
    pub header: Vec<String>,
    /// The line on which the header begins, from 1.
    pub header_line: u64,
    /// Whether there is none, and the rows begin on that line.
    headless: bool,
    /// Whether most of the first rows below the header have the cells of a row of it.
    pub even: bool,
}

impl CsvFile {
    /// Decides encoding, delimiter and header, where `manner` does not tell. `known` says how surely a row is a header, 0 for not at
    /// all; where none is, the first row as wide as the rows that follow it is taken.
    ///
    /// # Errors
    /// When the file cannot be read, is empty, is no text, or has the names of columns only in the middle of
    /// what is no table.
    pub fn open(path: &Path, manner: &Manner, known: &dyn Fn(&[String]) -> u8) -> Result<Self> {
        let charset = match manner.encoding {
            Some(encoding) => Charset::told(path, encoding)?,
            None => Charset::detect(path)?,
        };
        let mut text = Text::open(path, charset)?;
        while !text.ended() && text.window().len() < SAMPLE {
            text.grow()?;
        }
        let (sample, ended) = (text.window(), text.ended());
        let declared = manner.delimiter.or_else(|| declared(sample));
        let choices: Vec<u8> = declared.map_or_else(|| DELIMITERS.to_vec(), |d| vec![d]);
        let best = choices
            .iter()
            .filter_map(|d| Layout::find(sample, ended, *d, known))
            .reduce(|best, next| if next.score > best.score { next } else { best })
            .ok_or_else(|| Error::Import {
                path: path.to_path_buf(),
                reason: "the file is empty".to_owned(),
            })?;
        if best.sure > 0 && !best.stands {
            return Err(Error::Import {
                path: path.to_path_buf(),
                reason: format!(
                    "it is no table: line {} has the names of columns, but most of the lines below it have \
                     other numbers of cells; if it is one after all, delete what stands above that line",
                    best.line
                ),
            });
        }
        Ok(Self {
            path: path.to_path_buf(),
            charset,
            even: best.even >= HALF,
            delimiter: best.delimiter,
            header: best.header,
            header_line: best.line,
            headless: false,
        })
    }

    /// Takes the first row for a row, and these for the names of the columns.
    pub fn name_columns(&mut self, names: &[&str]) {
        self.header = names.iter().map(|name| (*name).to_owned()).collect();
        self.headless = true;
    }

    /// Whether the file has no header.
    pub fn is_headless(&self) -> bool {
        self.headless
    }

    /// Starts reading the rows below the header.
    pub fn records(&self) -> Result<Records> {
        let mut records = Records {
            text: Text::open(&self.path, self.charset)?,
            delimiter: self.delimiter,
            width: 0,
            line: 1,
            lookahead: LOOKAHEAD,
        };
        let mut header = Record::default();
        while !self.headless && records.next(&mut header)? {
            if header.line >= self.header_line {
                break;
            }
        }
        records.width = self.header.len();
        Ok(records)
    }
}

/// The delimiter that a first line `sep=;` names.
fn declared(sample: &str) -> Option<u8> {
    let line = sample.lines().next()?.trim_start_matches('\u{feff}');
    let line = line.trim_matches('"');
    let rest = line.get(..4).filter(|s| s.eq_ignore_ascii_case("sep="));
    let delimiter = *line.as_bytes().get(rest?.len())?;
    (delimiter.is_ascii() && !matches!(delimiter, b'"' | b'\r' | b'\n')).then_some(delimiter)
}

/// What a sample looks like under one delimiter.
struct Layout {
    delimiter: u8,
    header: Vec<String>,
    line: u64,
    /// How surely the header is one.
    sure: u8,
    /// Whether it can be the header of what is below it.
    stands: bool,
    /// How many of a hundred rows below it have the cells of a row of it; all, where there is none.
    even: usize,
    score: (u8, usize),
}

impl Layout {
    fn find(
        sample: &str,
        ended: bool,
        delimiter: u8,
        known: &dyn Fn(&[String]) -> u8,
    ) -> Option<Self> {
        let (rows, short) = sample_rows(sample, ended, delimiter);
        let mut widths: Vec<usize> = rows.iter().skip(1).map(|(_, r)| r.len()).collect();
        widths.retain(|w| *w > 1);
        widths.sort_unstable();
        // The most frequent width; of two, the smaller.
        let usual = widths
            .chunk_by(|a, b| a == b)
            .rev()
            .max_by_key(|run| run.len())
            .map_or(1, |run| run[0]);
        let even = |at: usize, fit: fn((&[String], bool), usize) -> bool| {
            let (below, width) = (&rows[at + 1..], rows[at].1.len());
            let even = below.iter().zip(&short[at + 1..]);
            let even = even.filter(|((_, row), short)| fit((row, **short), width));
            match below.len() {
                0 => 100,
                rows => even.count() * 100 / rows,
            }
        };
        // The names of columns may also stand in the middle of a text. A mapping that somebody saved is sure.
        let stands = |at: usize, sure: u8| at == 0 || sure > 2 || even(at, fits) >= HALF;
        let sure_at = |(at, (_, row)): (usize, &(u64, Vec<String>))| match known(row) {
            sure if stands(at, sure) => sure,
            _ => 0,
        };
        let first = || rows.iter().take(40).enumerate();
        let sure = first().map(sure_at).max().unwrap_or(0);
        let recognised = first().position(|row| sure > 0 && sure_at(row) == sure);
        let wide = |(_, row): &(u64, Vec<String>)| row.len() >= usual.max(2);
        let at = recognised
            .or_else(|| rows.iter().take(40).position(wide))
            .or(if rows.is_empty() { None } else { Some(0) })?;
        let (line, header) = &rows[at];
        let width = header.len();
        let (same, even) = (
            even(at, |(row, _), width| row.len() == width),
            even(at, fits),
        );
        let named = known(header);
        let stands = stands(at, named);
        let mut header = header.clone();
        if let Some(first) = header.first_mut() {
            // Some writers encode the byte-order mark twice.
            *first = first.trim_start_matches("ï»¿").to_owned();
        }
        Some(Self {
            delimiter,
            header,
            line: *line,
            sure: named,
            stands,
            even,
            score: (
                sure,
                if width < 2 {
                    0
                } else {
                    same * 100 + width.min(99)
                },
            ),
        })
    }
}

/// Whether a row, by its raw cells, can stand below a header that is wider or narrower: cells may be missing
/// at its end, and be empty beyond it. Prose and code have blanks behind their commas, or one at the end.
fn is_short(row: &[String]) -> bool {
    let told = row.iter().filter(|cell| !cell.trim().is_empty()).count();
    told > 1 && !row.iter().skip(1).any(|cell| cell.starts_with(' '))
}

/// Whether a row can stand below a header of some width.
fn fits((row, short): (&[String], bool), width: usize) -> bool {
    row.len() == width || short && row.iter().skip(width).all(String::is_empty)
}

/// The first rows of a sample, blank lines and a `sep=` line left out, and whether each can be a short one.
fn sample_rows(sample: &str, ended: bool, delimiter: u8) -> (Vec<(u64, Vec<String>)>, Vec<bool>) {
    let (mut rows, mut short) = (Vec::new(), Vec::new());
    let mut cells = Cells::default();
    let (mut from, mut line) = (0, 1);
    while rows.len() < 200 && from < sample.len() {
        let rest = &sample.as_bytes()[from..];
        let bytes = match scan(rest, ended, delimiter, Quotes::Loose, &mut cells) {
            Scan::Record(bytes) => bytes,
            Scan::Broken { opened, .. } => {
                let bytes = line_end(rest, opened, ended).unwrap_or(rest.len());
                scan(&rest[..bytes], true, delimiter, Quotes::Line, &mut cells);
                bytes
            }
            Scan::More(_) => break,
        };
        let raw: Vec<String> = cells.iter().map(str::to_owned).collect();
        let row: Vec<String> = raw.iter().map(|cell| clean_name(cell)).collect();
        let declares = line == 1 && declared(sample).is_some();
        if !cells.is_blank() && !declares {
            rows.push((line, row));
            short.push(is_short(&raw));
        }
        line += lines(&rest[..bytes]);
        from += bytes;
    }
    (rows, short)
}

fn clean_name(cell: &str) -> String {
    cell.trim_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}')
        .to_owned()
}

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
    width: usize,
    line: u64,
    lookahead: usize,
}

impl Records {
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

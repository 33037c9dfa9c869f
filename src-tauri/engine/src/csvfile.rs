//! A CSV file: records with the lines they begin on, from a file of any size.
//!
//! Every physical line of the file ends up in exactly one record, good or broken, and memory stays
//! below a few times [`ROW_LIMIT`] whatever the file holds. A quote that is never closed costs the line
//! on which it was opened and no other. What the columns mean is not known here.

mod layout;
mod records;

use std::path::{Path, PathBuf};

use crate::decode::{Charset, Text};
use crate::error::{Error, Result};
use crate::manner::Manner;

pub use records::{Record, Records};

use layout::{Layout, declared};

/// The longest row, in bytes of UTF-8; a longer one is broken.
pub const ROW_LIMIT: usize = 16 << 20;
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
        let mut records = Records::of(Text::open(&self.path, self.charset)?, self.delimiter);
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

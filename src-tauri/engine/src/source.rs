//! A source: where the rows of an import come from, whether a table or a folder of media.
//!
//! Rows come one at a time. What an item's own file has as its picture comes beside its row.

use std::path::{Path, PathBuf};

use crate::error::Result;
use crate::import::{ImportOptions, Outcome, Reader, Reading, Row};
use crate::tables::Table;

/// The picture of the latest row's item.
#[derive(Debug)]
pub enum Art {
    /// The row says nothing of it, or that it is what it was.
    Same,
    /// There is none.
    None,
    /// A picture file as it is, whatever it may be.
    Picture(Vec<u8>),
}

/// Gives rows.
pub trait Source {
    /// How it is read, so far.
    fn reading(&self) -> &Reading;

    /// Reads the next row; nothing at the end.
    fn next_row(&mut self) -> Result<Option<Row>>;

    /// The cells of the latest row as they stand in the source.
    fn cells(&self) -> Vec<String>;

    /// How much there is, in the unit of [`Row::bytes`].
    fn size(&self, path: &Path) -> u64 {
        std::fs::metadata(path).map_or(0, |data| data.len())
    }

    /// The file that rejected rows would lie beside; `elsewhere` is a folder that is Curio's own.
    fn rejects_beside(&self, path: &Path, _elsewhere: &Path) -> PathBuf {
        path.to_owned()
    }

    /// Whether its items only complete what is known of them.
    fn completes(&self) -> bool {
        false
    }

    /// Whether a further row of an item is no news of it.
    fn repeats(&self) -> bool {
        false
    }

    /// Whether its items go by numbers that every list gives out for itself.
    fn is_numbered(&self) -> bool {
        false
    }

    /// The picture of the latest row's item.
    fn art(&mut self) -> Art {
        Art::Same
    }

    /// Hears what must be said of the latest row without being a reason to reject it.
    fn remark(&mut self, _said: String) {}

    /// Hears that the latest row was taken in.
    fn taken(&mut self) {}

    /// Whether it was stopped before it could give its rows.
    fn stopped(&self) -> bool {
        false
    }

    /// Ends the reading; every row that was taken in is stored by now.
    fn finish(self: Box<Self>) -> Result<Reading>;
}

/// A table that is being read.
pub struct TableReader<'t> {
    table: &'t Table,
    reader: Reader,
    /// How many of the lines that are no rows were given.
    faults: usize,
}

impl<'t> TableReader<'t> {
    /// Opens a table.
    ///
    /// # Errors
    /// As [`Reader::open`].
    pub fn open(table: &'t Table, options: &ImportOptions) -> Result<Self> {
        const OURS: [&str; 2] = ["encoding", "delimiter"];
        let mut options = options.clone();
        // How it is written was our doing.
        let made = table.before.is_some();
        options
            .map
            .retain(|(field, _)| !made || !OURS.contains(&field.as_str()));
        let mut reader = Reader::open(&table.path, &options)?;
        if made {
            reader.leave_out(&OURS);
        }
        Ok(Self {
            reader,
            table,
            faults: 0,
        })
    }

    /// The reader of its rows.
    pub(crate) fn reader(&mut self) -> &mut Reader {
        &mut self.reader
    }
}

impl Source for TableReader<'_> {
    fn reading(&self) -> &Reading {
        self.reader.reading()
    }

    fn next_row(&mut self) -> Result<Option<Row>> {
        if let Some(fault) = self.table.faults.get(self.faults) {
            self.faults += 1;
            return Ok(Some(Row {
                line: fault.line,
                bytes: 0,
                outcome: Outcome::Bad {
                    column: None,
                    reason: fault.reason.clone(),
                    record: vec![fault.text.clone()],
                },
            }));
        }
        let row = self.reader.next_row()?;
        let before = self.table.before.unwrap_or(0);
        Ok(row.map(|row| Row {
            line: row.line.saturating_sub(before),
            ..row
        }))
    }

    fn cells(&self) -> Vec<String> {
        self.reader.cells()
    }

    fn size(&self, _: &Path) -> u64 {
        std::fs::metadata(&self.table.path).map_or(0, |data| data.len())
    }

    fn rejects_beside(&self, _: &Path, _: &Path) -> PathBuf {
        self.table.beside.clone()
    }

    fn completes(&self) -> bool {
        self.reader.completes()
    }

    fn repeats(&self) -> bool {
        self.reader.repeats()
    }

    fn is_numbered(&self) -> bool {
        self.reader.is_numbered()
    }

    fn finish(self: Box<Self>) -> Result<Reading> {
        let mut reading = self.reader.finish();
        reading.notes = self.table.notes(reading.notes);
        Ok(reading)
    }
}

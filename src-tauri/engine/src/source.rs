//! A source: where the rows of an import come from, whether a table or a folder of media.
//!
//! Rows come one at a time. What an item's own file has as its picture comes beside its row.

use std::path::{Path, PathBuf};

use crate::error::Result;
use crate::import::{Reader, Reading, Row};
use crate::watch::Watch;

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

/// Opens a source, and stops when it is told to.
pub type Open<'s> = dyn Fn(&Path, &Watch) -> Result<Box<dyn Source + 's>> + 's;

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

impl Source for Reader {
    fn reading(&self) -> &Reading {
        self.reading()
    }

    fn next_row(&mut self) -> Result<Option<Row>> {
        self.next_row()
    }

    fn cells(&self) -> Vec<String> {
        self.cells()
    }

    fn completes(&self) -> bool {
        self.completes()
    }

    fn finish(self: Box<Self>) -> Result<Reading> {
        Ok((*self).finish())
    }
}

//! A workbook: the sheets of an Excel file, streamed out cell by cell as tables.
//!
//! Dates become ISO text, numbers their shortest text, booleans `true` and `false`; a formula is what
//! it last came to. Only this module knows calamine. That the archive around the sheets unpacks to a
//! size fit to be read is for the caller to have made sure of.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, Xlsx};

use crate::error::{Error, Result};
use crate::tablefile::TableFile;
use crate::watch::Watch;

/// The most sheets that are looked at.
pub const SHEETS_MAX: usize = 100;
/// Columns that a sheet can have.
pub(crate) const COLUMNS_MAX: u32 = 16_384;
/// Rows that a sheet can have.
pub(crate) const ROWS_MAX: u32 = 1_048_576;

/// An open workbook.
pub struct Workbook {
    book: Xlsx<BufReader<File>>,
}

impl Workbook {
    /// Opens a workbook.
    pub fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(Error::file("open", path))?;
        let book = Xlsx::new(BufReader::new(file)).map_err(damaged)?;
        Ok(Self { book })
    }

    /// The names of its sheets.
    pub fn sheets(&self) -> Vec<String> {
        let sheets = self.book.sheets_metadata().iter();
        let sheets = sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet);
        sheets.map(|sheet| sheet.name.clone()).collect()
    }

    /// Writes a sheet into a table, each row in its place.
    pub fn write(&mut self, sheet: &str, table: &mut TableFile, watch: &Watch) -> Result<()> {
        let mut cells = self.book.worksheet_cells_reader(sheet).map_err(damaged)?;
        let mut row: Vec<String> = Vec::new();
        let mut at = 0;
        while let Some(cell) = cells.next_cell().map_err(damaged)? {
            let (line, column) = cell.get_position();
            if line >= ROWS_MAX || column >= COLUMNS_MAX || line < at {
                return Err(damaged("a cell is not in its place"));
            }
            if line > at {
                flush(table, at, &mut row)?;
                at = line;
                if (watch.cancelled)() {
                    return Err(Error::Cancelled);
                }
            }
            let column = column as usize;
            if row.len() <= column {
                row.resize(column + 1, String::new());
            }
            row[column] = text(cell.get_value());
        }
        flush(table, at, &mut row)
    }
}

/// Writes a row where it stands in the source, unless nothing is in it.
pub(crate) fn flush(table: &mut TableFile, at: u32, row: &mut Vec<String>) -> Result<()> {
    while row.last().is_some_and(String::is_empty) {
        row.pop();
    }
    if !row.is_empty() {
        table.reach(u64::from(at))?;
        table.row(row)?;
        row.clear();
    }
    Ok(())
}

fn text(value: &DataRef) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(when) => moment(when),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        // What a formula could not compute is not known.
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// A date as ISO text, without a time at midnight; a duration as days.
fn moment(when: &ExcelDateTime) -> String {
    // Outside the years that spreadsheets know it is a number that only looks like a date.
    if !when.is_datetime() || !(0.0..2_958_466.0).contains(&when.as_f64()) {
        return when.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, milli) = when.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second, milli) {
        (0, 0, 0, 0) => date,
        (.., 0) => format!("{date}T{hour:02}:{minute:02}:{second:02}"),
        _ => format!("{date}T{hour:02}:{minute:02}:{second:02}.{milli:03}"),
    }
}

fn damaged(cause: impl std::fmt::Display) -> Error {
    Error::Invalid(format!("the workbook is damaged: {cause}"))
}

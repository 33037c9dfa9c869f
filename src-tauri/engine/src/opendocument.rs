//! An OpenDocument spreadsheet: the sheets of an ODS file, streamed out row by row as tables.
//!
//! A cell says what its typed value says, so that a date is ISO text and a number has no thousands
//! separators, whatever the sheet shows. Repeated rows and cells are repeated as far as a sheet may
//! reach; what is empty is not. Only this module knows quick-xml.

use std::io::BufRead;

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::error::{Error, Result};
use crate::tablefile::TableFile;
use crate::watch::Watch;
use crate::workbook::{COLUMNS_MAX, ROWS_MAX, SHEETS_MAX, flush};

/// Bytes that the cells of one row may have.
const ROW_BYTES_MAX: usize = 16 << 20;

/// Reads the content of a spreadsheet; `begin` makes the table of a sheet by its name, and `end` takes
/// it when it is written.
pub fn read(
    content: impl BufRead,
    watch: &Watch,
    begin: &mut dyn FnMut(&str) -> Result<TableFile>,
    end: &mut dyn FnMut(String, TableFile) -> Result<()>,
) -> Result<()> {
    let mut xml = Reader::from_reader(content);
    let mut buffer = Vec::new();
    let mut open: Option<Open> = None;
    let mut sheets = 0;
    // How deep within a sheet that is within a cell, or in a note or drawing.
    let mut aside = 0_u32;
    loop {
        buffer.clear();
        let event = xml.read_event_into(&mut buffer).map_err(damaged)?;
        let empty = matches!(event, Event::Empty(_));
        match event {
            Event::Eof => break,
            Event::Start(start) | Event::Empty(start) => {
                let name = start.name();
                let name = name.as_ref();
                let passed = matches!(
                    name,
                    "office:annotation" | "table:shapes" | "draw:frame" | "draw:g"
                ) || (name == "table:table" && open.is_some());
                if aside > 0 || passed {
                    aside += u32::from(!empty);
                    continue;
                }
                if name == "table:table" && !empty {
                    sheets += 1;
                    if sheets > SHEETS_MAX {
                        break;
                    }
                    let name = attribute(&start, "table:name")?.unwrap_or_default();
                    open = Some(Open::new(begin(&name)?, name));
                } else if let Some(sheet) = &mut open {
                    sheet.start(&start)?;
                    if empty {
                        sheet.end(name, watch)?;
                    }
                }
            }
            Event::End(tag) => {
                let name = tag.name();
                let name = name.as_ref();
                if aside > 0 {
                    aside -= 1;
                } else if name == "table:table" {
                    if let Some(sheet) = open.take() {
                        end(sheet.name, sheet.table)?;
                    }
                } else if let Some(sheet) = &mut open {
                    sheet.end(name, watch)?;
                }
            }
            Event::Text(text) => {
                if let (Some(sheet), 0) = (&mut open, aside) {
                    sheet.text(&text.xml10_content())?;
                }
            }
            Event::CData(text) => {
                if let (Some(sheet), 0) = (&mut open, aside) {
                    sheet.text(&text.xml10_content())?;
                }
            }
            Event::GeneralRef(name) => {
                if let (Some(sheet), 0) = (&mut open, aside) {
                    let c = match name.resolve_char_ref().map_err(damaged)? {
                        Some(c) => c.to_string(),
                        None => entity(&name.into_inner()).to_owned(),
                    };
                    sheet.text(&c)?;
                }
            }
            _ => {}
        }
    }
    match open {
        Some(_) => Err(damaged("it ends within a sheet")),
        None => Ok(()),
    }
}

/// The sheet that is being read.
struct Open {
    name: String,
    table: TableFile,
    at: u32,
    rows: u32,
    row: Vec<String>,
    column: u32,
    bytes: usize,
    cell: Option<CellParts>,
    in_text: bool,
}

/// The cell that is being read.
struct CellParts {
    /// What its type says, where that is more than its text.
    value: Option<String>,
    text: String,
    paragraphs: u32,
    columns: u32,
}

impl Open {
    fn new(table: TableFile, name: String) -> Self {
        Self {
            name,
            table,
            at: 0,
            rows: 1,
            row: Vec::new(),
            column: 0,
            bytes: 0,
            cell: None,
            in_text: false,
        }
    }

    fn start(&mut self, tag: &BytesStart) -> Result<()> {
        match tag.name().as_ref() {
            "table:table-row" => {
                self.rows = repeated(tag, "table:number-rows-repeated")?;
                self.row.clear();
                (self.column, self.bytes) = (0, 0);
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let value = match attribute(tag, "office:value-type")?.as_deref() {
                    Some("float" | "percentage" | "currency") => attribute(tag, "office:value")?,
                    Some("date") => attribute(tag, "office:date-value")?,
                    Some("boolean") => attribute(tag, "office:boolean-value")?,
                    Some("string") => attribute(tag, "office:string-value")?,
                    _ => None,
                };
                self.cell = Some(CellParts {
                    value,
                    text: String::new(),
                    paragraphs: 0,
                    columns: repeated(tag, "table:number-columns-repeated")?,
                });
            }
            "text:p" => {
                self.in_text = true;
                if let Some(cell) = &mut self.cell {
                    if cell.paragraphs > 0 {
                        cell.text.push(' ');
                    }
                    cell.paragraphs += 1;
                }
            }
            "text:s" => {
                let count = repeated(tag, "text:c")?.min(1_000);
                self.text(&" ".repeat(count as usize))?;
            }
            "text:tab" | "text:line-break" => self.text(" ")?,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<()> {
        if let (Some(cell), true) = (&mut self.cell, self.in_text) {
            cell.text.push_str(text);
            if cell.text.len() > ROW_BYTES_MAX {
                return Err(self.too_large());
            }
        }
        Ok(())
    }

    fn end(&mut self, name: &str, watch: &Watch) -> Result<()> {
        match name {
            "text:p" => self.in_text = false,
            "table:table-cell" | "table:covered-table-cell" => {
                let Some(cell) = self.cell.take() else {
                    return Ok(());
                };
                let value = cell.value.unwrap_or(cell.text);
                let until = self.column.saturating_add(cell.columns).min(COLUMNS_MAX);
                if !value.is_empty() {
                    let times = until.saturating_sub(self.column) as usize;
                    self.bytes = self.bytes.saturating_add(value.len().saturating_mul(times));
                    if self.bytes > ROW_BYTES_MAX {
                        return Err(self.too_large());
                    }
                    self.row.resize(self.column as usize, String::new());
                    self.row.resize(until as usize, value);
                }
                self.column = until;
            }
            "table:table-row" => {
                if (watch.cancelled)() {
                    return Err(Error::Cancelled);
                }
                let until = self.at.saturating_add(self.rows).min(ROWS_MAX);
                if self.row.is_empty() {
                    self.at = until;
                }
                while self.at < until {
                    let mut row = self.row.clone();
                    flush(&mut self.table, self.at, &mut row)?;
                    self.at += 1;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn too_large(&self) -> Error {
        let (row, mb) = (self.at + 1, ROW_BYTES_MAX >> 20);
        Error::Invalid(format!(
            "row {row} of {:?} is larger than {mb} MB",
            self.name
        ))
    }
}

fn attribute(tag: &BytesStart, name: &str) -> Result<Option<String>> {
    let found = tag.try_get_attribute(name).map_err(damaged)?;
    let value = found.map(|attribute| {
        let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
        value.map(std::borrow::Cow::into_owned).map_err(damaged)
    });
    value.transpose()
}

fn repeated(tag: &BytesStart, name: &str) -> Result<u32> {
    let count = attribute(tag, name)?.map(|count| count.parse().unwrap_or(1));
    Ok(count.unwrap_or(1))
}

fn entity(name: &str) -> &'static str {
    match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "\u{fffd}",
    }
}

fn damaged(cause: impl std::fmt::Display) -> Error {
    Error::Invalid(format!("the spreadsheet is damaged: {cause}"))
}

//! JSON Lines, and JSON that holds one list of objects: one object a row, its keys the columns.
//!
//! The columns are the keys of the whole file in the order in which they first appear. Objects in an
//! object are flattened twice, as `a.b` and `a.b.c`; a list of plain values is joined by `|`; what is deeper stays as
//! JSON. A line that is no object is a fault with its reason, and costs no other line.

mod whole;

use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;

use crate::csvfile::ROW_LIMIT;
use crate::error::{Error, Result};
use crate::tablefile::{TableFile, Written};
use crate::watch::Watch;

use whole::Shape;

/// The most different keys.
const COLUMNS_MAX: usize = 1_000;
/// Faults that are told one by one.
const FAULTS_MAX: usize = 10_000;
/// Lines that are looked at for an object of their own.
const LINES: usize = 20;
/// Characters of a bad line that are kept.
const KEPT: usize = 1_000;

/// A line that is no row.
#[derive(Debug, Clone)]
pub struct Fault {
    /// From 1; in an array, the place of the element.
    pub line: u64,
    pub reason: String,
    /// How it begins.
    pub text: String,
}

/// Whether a file is JSON, by its name or by how it begins.
pub fn is_json(path: &Path) -> bool {
    let ending = path.extension().and_then(|e| e.to_str());
    let ending = ending.unwrap_or_default().to_lowercase();
    let Ok(begin) = beginning(path) else {
        return false;
    };
    match begin.first() {
        Some(b'{') => ["json", "jsonl", "ndjson"].contains(&&*ending) || begin.contains(&b':'),
        Some(b'[') => ["json", "jsonl", "ndjson"].contains(&&*ending),
        _ => ["jsonl", "ndjson"].contains(&&*ending) && !begin.is_empty(),
    }
}

/// Writes the rows of a file into a table at `to`, below a row of its keys.
pub fn write(path: &Path, to: &Path, room: u64, watch: &Watch) -> Result<(Written, Vec<Fault>)> {
    let shape = shape(path)?;
    let mut columns = Columns::default();
    let mut faults = Vec::new();
    each(path, shape.as_ref(), watch, &mut |line, row| {
        match row {
            Ok(row) => columns.add(row)?,
            Err((reason, text)) if faults.len() < FAULTS_MAX => {
                let text = String::from_utf8_lossy(&text);
                let text = text.trim().chars().take(KEPT).collect();
                faults.push(Fault { line, reason, text });
            }
            Err(_) => {
                return Err(Error::Invalid(format!(
                    "more than {FAULTS_MAX} of its lines are no JSON objects"
                )));
            }
        }
        Ok(())
    })?;
    if columns.names.is_empty() {
        let why = faults
            .first()
            .map(|f| format!("line {}: {}", f.line, f.reason));
        return Err(Error::Invalid(match why {
            Some(why) => format!("none of it is a JSON object; {why}"),
            None => "it holds no JSON objects".to_owned(),
        }));
    }
    let mut table = TableFile::begin(to, room)?;
    table.row(&columns.names)?;
    each(path, shape.as_ref(), watch, &mut |line, row| {
        table.reach(line)?;
        match row {
            Ok(row) => table.row(&columns.cells(row)),
            Err(_) => table.reach(line + 1),
        }
    })?;
    Ok((table.finish()?, faults))
}

/// The keys that were seen.
#[derive(Default)]
struct Columns {
    names: Vec<String>,
    places: HashMap<String, usize>,
}

impl Columns {
    fn add(&mut self, row: Row) -> Result<()> {
        for (name, _) in row.flat() {
            if !self.places.contains_key(&name) {
                if self.names.len() == COLUMNS_MAX {
                    return Err(Error::Invalid(format!(
                        "its objects have more than {COLUMNS_MAX} different keys"
                    )));
                }
                self.places.insert(name.clone(), self.names.len());
                self.names.push(name);
            }
        }
        Ok(())
    }

    fn cells(&self, row: Row) -> Vec<String> {
        let mut cells = vec![String::new(); self.names.len()];
        for (name, value) in row.flat() {
            let cell = self
                .places
                .get(&name)
                .and_then(|place| cells.get_mut(*place));
            if let Some(cell) = cell {
                *cell = text(&value);
            }
        }
        cells
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(parts) if !parts.iter().any(|p| p.is_array() || p.is_object()) => {
            let parts: Vec<String> = parts.iter().map(text).collect();
            parts.join("|")
        }
        other => other.to_string(),
    }
}

/// An object, its keys in their order.
struct Row(Vec<(String, Value)>);

impl Row {
    /// Its keys and values with objects in it flattened.
    fn flat(self) -> impl Iterator<Item = (String, Value)> {
        self.0.into_iter().flat_map(flat).flat_map(flat)
    }
}

/// A key and its value, or those of the object that it is.
fn flat((name, value): (String, Value)) -> Vec<(String, Value)> {
    match value {
        Value::Object(inner) if !inner.is_empty() => {
            let inner = inner.into_iter();
            let inner = inner.map(|(key, value)| (format!("{name}.{key}"), value));
            inner.collect()
        }
        value => vec![(name, value)],
    }
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Row;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(
                self,
                mut map: A,
            ) -> std::result::Result<Row, A::Error> {
                let mut row = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    row.push(pair);
                }
                Ok(Row(row))
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

/// A row, or why it is none and what stands there.
type Read1 = std::result::Result<Row, (String, Vec<u8>)>;
type Take<'a> = dyn FnMut(u64, Read1) -> Result<()> + 'a;

/// Hands over every row of a file with its line.
fn each(path: &Path, shape: Option<&Shape>, watch: &Watch, take: &mut Take) -> Result<()> {
    let mut take = |line: u64, row: Read1| {
        if line.is_multiple_of(256) && (watch.cancelled)() {
            return Err(Error::Cancelled);
        }
        take(line, row)
    };
    match shape {
        Some(shape) => whole::elements(path, shape, &mut take),
        None => lines(path, &mut take),
    }
}

/// The shape of a file that is one value, or several over more than a line each; nothing where every line is
/// an object of its own.
fn shape(path: &Path) -> Result<Option<Shape>> {
    match beginning(path)?.first() {
        Some(b'{') => {}
        Some(b'[') => return Ok(Some(Shape::List)),
        _ => return Ok(None),
    }
    let mut file = reader(path)?;
    let mut bytes = Vec::new();
    let limit = ROW_LIMIT as u64;
    let read = (&mut file).take(limit).read_until(b'\n', &mut bytes);
    read.map_err(Error::file("read", path))?;
    let lined =
        |bytes: &[u8]| serde_json::from_slice::<Row>(bytes).is_ok_and(|row| !row.0.is_empty());
    if lined(&bytes) {
        let mut rest = file.bytes().map_while(std::result::Result::ok);
        if rest.any(|byte| !byte.is_ascii_whitespace()) {
            return Ok(None);
        }
        return whole::shape(path).map(Some);
    }
    whole::shape(path).map(Some).or_else(|error| {
        // The first of some lines may be the broken one.
        let mut lines = file
            .take(limit)
            .split(b'\n')
            .map_while(std::result::Result::ok);
        let any = lines.by_ref().take(LINES).any(|line| lined(&line));
        any.then_some(None).ok_or(error)
    })
}

fn lines(path: &Path, take: &mut Take) -> Result<()> {
    let mut file = reader(path)?;
    let mut bytes = Vec::new();
    let mut line = 0;
    loop {
        bytes.clear();
        line += 1;
        let limit = ROW_LIMIT as u64;
        let read = (&mut file).take(limit).read_until(b'\n', &mut bytes);
        if read.map_err(Error::file("read", path))? == 0 {
            return Ok(());
        }
        if bytes.len() as u64 == limit && bytes.last() != Some(&b'\n') {
            file.skip_until(b'\n').map_err(Error::file("read", path))?;
            bytes.truncate(4 * KEPT);
            let reason = format!("the row is larger than {} MB", ROW_LIMIT >> 20);
            take(line, Err((reason, bytes.clone())))?;
            continue;
        }
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        let row = serde_json::from_slice::<Row>(&bytes);
        take(line, judged(row, || bytes.clone()))?;
    }
}

fn judged(row: serde_json::Result<Row>, text: impl FnOnce() -> Vec<u8>) -> Read1 {
    match row {
        Ok(row) if row.0.is_empty() => Err(("the object is empty".to_owned(), text())),
        Ok(row) => Ok(row),
        Err(error) => {
            let column = error.column();
            let reason = error.to_string();
            let reason = reason.split(" at line ").next().unwrap_or_default();
            Err((format!("{reason} at character {column}"), text()))
        }
    }
}

/// A reader of a file that begins behind its byte-order mark.
fn reader(path: &Path) -> Result<BufReader<File>> {
    let mut file = File::open(path).map_err(Error::file("open", path))?;
    let mut mark = Vec::new();
    (&mut file)
        .take(3)
        .read_to_end(&mut mark)
        .map_err(Error::file("read", path))?;
    if mark != b"\xef\xbb\xbf" {
        file.seek(SeekFrom::Start(0))
            .map_err(Error::file("read", path))?;
    }
    Ok(BufReader::new(file))
}

/// The first bytes of a file behind its mark and blanks.
fn beginning(path: &Path) -> Result<Vec<u8>> {
    let mut begin = Vec::new();
    reader(path)?
        .take(4096)
        .read_to_end(&mut begin)
        .map_err(Error::file("read", path))?;
    Ok(begin.trim_ascii_start().to_vec())
}

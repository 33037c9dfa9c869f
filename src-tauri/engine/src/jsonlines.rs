//! JSON Lines, and a JSON array of objects, alone or in an object: one object a row, its keys the columns.
//!
//! The columns are the keys of the whole file in the order in which they first appear. Objects in an
//! object are flattened twice, as `a.b` and `a.b.c`; a list of plain values is joined by `|`; what is deeper stays as
//! JSON. A line that is no object is a fault with its reason, and costs no other line.

mod within;

use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use crate::csvfile::ROW_LIMIT;
use crate::error::{Error, Result};
use crate::tablefile::{TableFile, Written};
use crate::watch::Watch;
use within::{Within, list_in};

/// The most different keys.
const COLUMNS_MAX: usize = 1_000;
/// Faults that are told one by one.
const FAULTS_MAX: usize = 10_000;
/// Characters of a bad line that are kept.
const KEPT: usize = 1_000;
/// The most bytes of a file that is one array.
const ARRAY_BYTES_MAX: u64 = 1 << 30;

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
    let mut columns = Columns::default();
    let mut faults = Vec::new();
    each(path, watch, &mut |line, row| {
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
        let why = why.unwrap_or_else(|| "the file is empty".to_owned());
        return Err(Error::Invalid(format!("it holds no JSON objects; {why}")));
    }
    let mut table = TableFile::begin(to, room)?;
    table.row(&columns.names)?;
    each(path, watch, &mut |line, row| {
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
fn each(path: &Path, watch: &Watch, take: &mut Take) -> Result<()> {
    let mut take = |line: u64, row: Read1| {
        if line.is_multiple_of(256) && (watch.cancelled)() {
            return Err(Error::Cancelled);
        }
        take(line, row)
    };
    if beginning(path)?.first() == Some(&b'[') {
        return elements(path, None, &mut take);
    }
    match list_in(path)? {
        Some(key) => elements(path, Some(key), &mut take),
        None => lines(path, &mut take),
    }
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

/// The elements of an array, one at a time; of the one under a key, where it is in an object.
fn elements(path: &Path, key: Option<String>, take: &mut Take) -> Result<()> {
    let size = std::fs::metadata(path).map_or(0, |m| m.len());
    if size > ARRAY_BYTES_MAX {
        return Err(Error::Invalid(
            "it is one JSON array of more than 1 GB; make JSON Lines of it".to_owned(),
        ));
    }
    let mut failed = None;
    let mut json = serde_json::Deserializer::from_reader(reader(path)?);
    let elements = Elements {
        take,
        failed: &mut failed,
    };
    let read = match key {
        Some(key) => Within { key, elements }.deserialize(&mut json),
        None => elements.deserialize(&mut json),
    };
    match (failed, read) {
        (Some(error), _) => Err(error),
        (None, Err(error)) => Err(Error::Invalid(format!("it is broken JSON: {error}"))),
        (None, Ok(())) => Ok(()),
    }
}

struct Elements<'a, 'b> {
    take: &'a mut Take<'b>,
    failed: &'a mut Option<Error>,
}

impl<'de> DeserializeSeed<'de> for Elements<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> std::result::Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Elements<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> std::result::Result<(), A::Error> {
        let mut line = 0;
        while let Some(element) = seq.next_element::<Element>()? {
            line += 1;
            let row = match element {
                Element::Row(row) if row.0.is_empty() => {
                    Err(("the object is empty".to_owned(), b"{}".to_vec()))
                }
                Element::Row(row) => Ok(row),
                Element::Other(value) => Err((
                    "it is no JSON object".to_owned(),
                    value.to_string().into_bytes(),
                )),
            };
            if let Err(error) = (self.take)(line, row) {
                *self.failed = Some(error);
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}

/// What may stand in an array.
#[derive(Deserialize)]
#[serde(untagged)]
enum Element {
    Row(Row),
    Other(Value),
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

//! The journal: a plain text file to which every record is appended and synced before it counts.
//!
//! One record is one line: eight hex digits of CRC-32, a space, JSON. The state of a store is the
//! fold of its two journals (`made.jsonl`: what people made; `catalogue.jsonl`: items), so that any
//! store can be rebuilt from them. Invariant: a line that was acknowledged is never changed.
//! This file knows lines and bytes; what to do about a damaged journal is the store's business.

use std::borrow::Cow;
use std::fs::{File, OpenOptions};
use std::io::{BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::behaviour::{Entry, Profile, ProfileId};
use crate::catalogue::{Item, ItemId};
use crate::error::{Error, Result};
use crate::friend::Opinion;

/// One thing that was stored. The same JSON stands in the journal, in the store and in backups.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    clippy::large_enum_variant,
    reason = "most records are items or pass by one at a time"
)]
pub enum Record<'a> {
    /// The first line of every journal.
    Format { version: u32, generation: u64 },
    /// An item as it is from here on.
    Item(ItemId, Cow<'a, Item>),
    /// A profile as it is from here on; `removed` also ends its log.
    Profile(Cow<'a, Profile>),
    /// One more entry of a profile's log.
    Entry(ProfileId, Cow<'a, Entry>),
    /// A small value by name.
    Setting(Cow<'a, str>, Cow<'a, str>),
    /// One opinion of the friend with a name, by its key.
    Opinion(Cow<'a, str>, Cow<'a, Opinion>),
}

/// How far a journal reaches, and the CRC-32 of everything up to there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Extent {
    pub bytes: u64,
    pub lines: u64,
    pub crc: u32,
}

impl Extent {
    /// The extent after some more whole lines.
    #[must_use]
    pub fn with(self, lines: &[u8], count: u64) -> Self {
        let mut hasher = crc32fast::Hasher::new_with_initial_len(self.crc, self.bytes);
        hasher.update(lines);
        Self {
            bytes: self.bytes + lines.len() as u64,
            lines: self.lines + count,
            crc: hasher.finalize(),
        }
    }
}

/// Writes JSON as a checksummed line.
pub fn push_line(out: &mut Vec<u8>, json: &[u8]) {
    out.extend_from_slice(format!("{:08x} ", crc32fast::hash(json)).as_bytes());
    out.extend_from_slice(json);
    out.push(b'\n');
}

/// The JSON of a line without its newline, if the checksum holds.
pub fn line_json(line: &[u8]) -> Option<&[u8]> {
    let (crc, json) = (line.get(..8)?, line.get(9..)?);
    let crc = u32::from_str_radix(std::str::from_utf8(crc).ok()?, 16).ok()?;
    (line[8] == b' ' && crc == crc32fast::hash(json)).then_some(json)
}

/// A record as JSON, without the line around it.
pub fn encode(record: &Record) -> Result<Vec<u8>> {
    serde_json::to_vec(record).map_err(Error::store("write to"))
}

/// A journal that is open for appending.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
    extent: Extent,
}

impl Journal {
    /// Makes a new journal with its first line, synced. The folder is for the caller to sync.
    pub fn create(path: &Path, version: u32, generation: u64) -> Result<Self> {
        let file = OpenOptions::new()
            .create_new(true)
            .append(true)
            .open(path)
            .map_err(Error::file("create", path))?;
        let mut journal = Self {
            path: path.to_path_buf(),
            file,
            extent: Extent::default(),
        };
        let mut line = Vec::new();
        push_line(
            &mut line,
            &encode(&Record::Format {
                version,
                generation,
            })?,
        );
        journal.append(&line, 1)?;
        Ok(journal)
    }

    /// Opens a journal that was found good up to `extent`, and cuts off what follows.
    pub fn resume(path: &Path, extent: Extent) -> Result<Self> {
        let file = OpenOptions::new()
            .append(true)
            .open(path)
            .map_err(Error::file("open", path))?;
        let journal = Self {
            path: path.to_path_buf(),
            file,
            extent,
        };
        let length = journal
            .file
            .metadata()
            .map_err(Error::file("read", path))?
            .len();
        if length > extent.bytes {
            journal.cut(extent)?;
        }
        Ok(journal)
    }

    /// How far it reaches.
    pub fn extent(&self) -> Extent {
        self.extent
    }

    /// Appends whole lines and syncs them. After an error the file is as it was before.
    pub fn append(&mut self, lines: &[u8], count: u64) -> Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        let written = self
            .file
            .write_all(lines)
            .and_then(|()| self.file.sync_data());
        if let Err(source) = written {
            self.cut(self.extent)?;
            return Err(Error::file("write", &self.path)(source));
        }
        self.extent = self.extent.with(lines, count);
        Ok(())
    }

    /// Goes back to an earlier extent.
    pub fn rewind(&mut self, extent: Extent) -> Result<()> {
        if extent != self.extent {
            self.cut(extent)?;
            self.extent = extent;
        }
        Ok(())
    }

    fn cut(&self, extent: Extent) -> Result<()> {
        self.file
            .set_len(extent.bytes)
            .and_then(|()| self.file.sync_data())
            .map_err(Error::file("shorten", &self.path))
    }
}

/// CRC-32 of a file's first bytes for each of some lengths (ascending); `None` where it is shorter.
pub fn prefix_crcs(path: &Path, lengths: &[u64]) -> Result<Vec<Option<u32>>> {
    let mut crcs = vec![None; lengths.len()];
    let file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(crcs),
        Err(e) => return Err(Error::file("open", path)(e)),
    };
    let mut reader = BufReader::with_capacity(1 << 20, file);
    let (mut hasher, mut at) = (crc32fast::Hasher::new(), 0u64);
    let mut buffer = vec![0; 1 << 16];
    for (length, crc) in lengths.iter().zip(&mut crcs) {
        while at < *length {
            let want = buffer.len().min((*length - at) as usize);
            let got = reader
                .read(&mut buffer[..want])
                .map_err(Error::file("read", path))?;
            if got == 0 {
                return Ok(crcs);
            }
            hasher.update(&buffer[..got]);
            at += got as u64;
        }
        *crc = Some(hasher.clone().finalize());
    }
    Ok(crcs)
}

/// What a journal file holds, from some extent on.
#[derive(Debug, Default)]
pub struct Reading {
    /// The good records, in order.
    pub records: Vec<Record<'static>>,
    /// How many of them nothing bad stands before.
    pub sure: usize,
    /// Where those end.
    pub good: Extent,
    /// Lines (or stretches of bytes) that are not good.
    pub bad: u64,
}

impl Reading {
    /// The generation that the first line states, if the reading began there.
    pub fn generation(&self) -> Option<u64> {
        match self.records.first() {
            Some(Record::Format { generation, .. }) => Some(*generation),
            _ => None,
        }
    }
}

/// Reads a journal after `from`, which the caller has found good. A missing file reads as empty.
pub fn read(path: &Path, from: Extent) -> Result<Reading> {
    let mut reading = Reading {
        good: from,
        ..Reading::default()
    };
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(reading),
        Err(e) => return Err(Error::file("open", path)(e)),
    };
    let mut rest = Vec::new();
    file.seek(SeekFrom::Start(from.bytes))
        .and_then(|_| file.read_to_end(&mut rest))
        .map_err(Error::file("read", path))?;
    for line in rest.split_inclusive(|b| *b == b'\n') {
        let record = line
            .strip_suffix(b"\n")
            .and_then(line_json)
            .and_then(|json| serde_json::from_slice::<Record<'static>>(json).ok());
        match record {
            Some(record) => {
                if reading.bad == 0 {
                    reading.good = reading.good.with(line, 1);
                    reading.sure += 1;
                }
                reading.records.push(record);
            }
            None => reading.bad += 1,
        }
    }
    Ok(reading)
}

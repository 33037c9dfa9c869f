//! The high-water mark: how much a store held when it last acknowledged something.
//!
//! The same mark is written into the store itself, in the batch that it describes, and into a small
//! file beside it that is replaced by rename. Whatever disagrees with its mark has lost something.
//! A mark counts and fingerprints; it holds nothing that anyone made.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::journal::{self, Extent};
use crate::replace::replace;

/// The version of everything that the store writes. 2 added the opinions of friends, 3 the blocks of the
/// database, 4 packed them, and widened them. A database of an earlier format is laid out anew when it is opened.
pub const FORMAT: u32 = 4;

const FILE: &str = "highwater";

/// What a store holds, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mark {
    pub format: u32,
    /// Goes up when a store is written anew from its contents.
    pub generation: u64,
    pub made: Extent,
    pub catalogue: Extent,
    pub items: u64,
    /// Removed ones too.
    pub profiles: u64,
    pub entries: u64,
    pub settings: u64,
    /// Of all friends; none in format 1.
    #[serde(default)]
    pub opinions: u64,
    /// Sum over every record, the secondary keys too, of the 64-bit hash of key and value.
    pub fingerprint: u64,
    /// Size of the database right after it was written anew.
    pub built_bytes: u64,
}

impl Mark {
    /// Whether it stands at least as high as another.
    pub fn reaches(&self, other: &Self) -> bool {
        self.generation > other.generation
            || self.generation == other.generation
                && self.made.bytes >= other.made.bytes
                && self.catalogue.bytes >= other.catalogue.bytes
    }

    /// How much there is, in words.
    pub fn described(&self) -> String {
        format!(
            "{} items, {} profiles, {} interactions",
            self.items, self.profiles, self.entries
        )
    }

    /// The JSON of the mark.
    pub fn encode(&self) -> Result<Vec<u8>> {
        serde_json::to_vec(self).map_err(Error::store("write to"))
    }

    /// Reads a mark; `None` when it is none.
    ///
    /// # Errors
    /// A mark of a newer format.
    pub fn decode(json: &[u8]) -> Result<Option<Self>> {
        #[derive(Deserialize)]
        struct Version {
            format: u32,
        }
        match serde_json::from_slice::<Version>(json) {
            Ok(version) => check_format(version.format)?,
            Err(_) => return Ok(None),
        }
        Ok(serde_json::from_slice(json).ok())
    }
}

/// Refuses what a newer program wrote.
pub fn check_format(format: u32) -> Result<()> {
    if format > FORMAT {
        return Err(Error::Invalid(format!(
            "this data was written by a newer version of Curio (format {format}; \
             this version reads up to {FORMAT})"
        )));
    }
    Ok(())
}

/// What stands in the high-water file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Highwater {
    Missing,
    Damaged,
    Mark(Mark),
}

impl Highwater {
    /// Reads the file in a store's folder.
    ///
    /// # Errors
    /// The file cannot be read, or is of a newer format.
    pub fn load(folder: &Path) -> Result<Self> {
        let path = folder.join(FILE);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Self::Missing),
            Err(e) => return Err(Error::file("read", &path)(e)),
        };
        let json = bytes.strip_suffix(b"\n").and_then(journal::line_json);
        let mark = json.map_or(Ok(None), Mark::decode)?;
        Ok(mark.map_or(Self::Damaged, Self::Mark))
    }

    /// The mark, if there is a good one.
    pub fn mark(self) -> Option<Mark> {
        match self {
            Self::Mark(mark) => Some(mark),
            Self::Missing | Self::Damaged => None,
        }
    }
}

/// Replaces the high-water file; durable when it returns.
pub fn save(folder: &Path, mark: &Mark) -> Result<()> {
    let mut line = Vec::new();
    journal::push_line(&mut line, &mark.encode()?);
    replace(&folder.join(FILE), &line)
}

/// Whether the folder has a high-water file, which is the last thing a new store gets.
pub fn is_there(folder: &Path) -> bool {
    folder.join(FILE).exists()
}

//! An archive that is looked into: one entry at a time, in memory, up to a bound.
//!
//! Nothing is ever unpacked onto the disk, so that a name leads nowhere but to an entry of the archive.

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::Path;

use zip::ZipArchive;

/// More entries than a book or a comic has.
const ENTRIES_MAX: usize = 50_000;

/// A ZIP archive, open to be read.
pub struct Archive(ZipArchive<BufReader<File>>);

impl Archive {
    /// Opens an archive.
    ///
    /// # Errors
    /// It is none, or cannot be read: why, in words.
    pub fn open(path: &Path) -> Result<Self, String> {
        let file = File::open(path).map_err(|error| format!("it cannot be read: {error}"))?;
        let archive = ZipArchive::new(BufReader::new(file))
            .map_err(|error| format!("it is no archive that can be read: {error}"))?;
        if archive.len() > ENTRIES_MAX {
            return Err(format!("its archive has more than {ENTRIES_MAX} entries"));
        }
        Ok(Self(archive))
    }

    /// The names of its files, sorted.
    pub fn names(&self) -> Vec<String> {
        let names = self.0.file_names().flatten();
        let mut names: Vec<String> = names.map(Into::into).collect();
        names.sort_unstable();
        names
    }

    /// The bytes of an entry; nothing where there is none of that name.
    ///
    /// # Errors
    /// It cannot be unpacked, or would be larger than `most` bytes.
    pub fn bytes(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, String> {
        let Some(index) = self.0.index_for_name(name) else {
            return Ok(None);
        };
        let entry = self.0.by_index(index);
        let entry = entry.map_err(|error| format!("{name} in it cannot be unpacked: {error}"))?;
        let mut bytes = Vec::new();
        entry
            .take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| format!("{name} in it cannot be unpacked: {error}"))?;
        if bytes.len() as u64 > most {
            return Err(format!("{name} in it is larger than {} MB", most >> 20));
        }
        Ok(Some(bytes))
    }
}

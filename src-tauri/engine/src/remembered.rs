//! What was read of a media folder: the facts of every file with its size and time, so that what is
//! unchanged is not opened again.
//!
//! ```text
//! DATA/folders/5f3a9c01.json     one folder; its name is made of the folder's path
//! ```
//!
//! It is derived: where it is missing or cannot be read, everything is read again.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::media::{Facts, Seen};
use crate::replace::Replacement;

const VERSION: u32 = 1;

/// What a file told when it was read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Told {
    Facts(Box<Facts>),
    /// Too little to be an item.
    Nothing,
    /// It is broken, and why.
    Broken(String),
}

/// A file that was read, with its side-cars.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Known {
    pub files: Vec<Seen>,
    pub told: Told,
    /// The key of the item that it went into; empty before it did.
    pub key: String,
    /// Whether that item says what it told.
    pub taken: bool,
    /// Whether the item's picture is from it.
    pub art: bool,
}

/// What is remembered of one folder, by the names of its files.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Remembered {
    version: u32,
    /// Names of files may share a name of ours: then it is the other's.
    root: PathBuf,
    pub files: BTreeMap<String, Known>,
}

impl Remembered {
    /// What is remembered of a folder; nothing where it never was read.
    pub fn load(data: &Path, root: &Path) -> Self {
        let file = File::open(place(data, root)).ok().map(BufReader::new);
        let read: Option<Self> = file.and_then(|file| serde_json::from_reader(file).ok());
        read.filter(|read| read.version == VERSION && read.root == root)
            .unwrap_or_default()
    }

    /// What is to be remembered of a folder.
    pub fn of(root: &Path, files: BTreeMap<String, Known>) -> Self {
        Self {
            version: VERSION,
            root: root.to_owned(),
            files,
        }
    }

    /// Keeps it for the next time.
    pub fn save(&self, data: &Path) -> Result<()> {
        let path = place(data, &self.root);
        let folder = folder(data);
        fs::create_dir_all(&folder).map_err(Error::file("create", &folder))?;
        let mut file = BufWriter::new(Replacement::begin(&path)?);
        let written = serde_json::to_writer(&mut file, self).map_err(std::io::Error::from);
        written
            .and_then(|()| file.flush())
            .map_err(Error::file("write", &path))?;
        let file = file.into_inner();
        let file = file.map_err(std::io::IntoInnerError::into_error);
        file.map_err(Error::file("write", &path))?.finish()
    }
}

/// Forgets one folder; what cannot be removed only takes room.
pub fn forget(data: &Path, root: &Path) {
    let _ = fs::remove_file(place(data, root));
}

/// Forgets every folder.
///
/// # Errors
/// It cannot be: then unchanged files would not be read again.
pub fn forget_all(data: &Path) -> Result<()> {
    let folder = folder(data);
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Error::file("remove", &folder)(error))
        }
        _ => Ok(()),
    }
}

fn folder(data: &Path) -> PathBuf {
    data.join("folders")
}

fn place(data: &Path, root: &Path) -> PathBuf {
    let sum = crc32fast::hash(root.as_os_str().as_encoded_bytes());
    folder(data).join(format!("{sum:08x}.json"))
}

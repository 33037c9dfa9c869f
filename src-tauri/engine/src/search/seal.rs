//! Seal: what an index was filled for and which files make it up, so that damage is noticed.
//!
//! tantivy's own checksums cover the contents of segment files, not which of them there are nor
//! its list of segments; the seal covers those. It is written last and replaced by rename.

use std::path::Path;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::error::{Error, Result, Source};
use crate::replace::replace;

const NAME: &str = "seal.json";
const META: &str = "meta.json";

/// The description of one filled index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// The state of the catalogue that the index stands for.
    pub stamp: String,
    /// Where in the index's folder it lives.
    pub subfolder: String,
    /// Hash of tantivy's list of segments.
    meta: u64,
    /// Names of the segment files, sorted.
    files: Vec<String>,
}

impl Seal {
    /// Describes an index as it is on the disk now.
    pub fn of(
        index: &tantivy::Index,
        path: &Path,
        subfolder: &str,
        stamp: String,
    ) -> std::result::Result<Self, Source> {
        Ok(Self {
            stamp,
            subfolder: subfolder.to_owned(),
            meta: xxh3_64(&std::fs::read(path.join(META))?),
            files: segment_files(index, path)?,
        })
    }

    /// Reads the seal in a folder; nothing when there is none that can be read.
    pub fn read(folder: &Path) -> Option<Self> {
        let text = std::fs::read(folder.join(NAME)).ok()?;
        let seal: Self = serde_json::from_slice(&text).ok()?;
        // Only names that this module gives: a seal never leads out of its folder.
        ["a", "b"]
            .contains(&seal.subfolder.as_str())
            .then_some(seal)
    }

    /// Writes the seal into a folder, in place of the one that is there.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let text = serde_json::to_vec(self).map_err(Error::search("seal"))?;
        replace(&folder.join(NAME), &text)
    }

    /// Opens the index in a folder if every file is there and as it was written.
    pub fn verified(&self, path: &Path) -> Option<tantivy::Index> {
        let meta = std::fs::read(path.join(META)).ok()?;
        if xxh3_64(&meta) != self.meta {
            return None;
        }
        let index = tantivy::Index::open_in_dir(path).ok()?;
        if segment_files(&index, path).ok()? != self.files {
            return None;
        }
        let directory = index.directory();
        let sound = |file: &String| directory.validate_checksum(Path::new(file)).ok() == Some(true);
        self.files.iter().all(sound).then_some(index)
    }
}

fn segment_files(index: &tantivy::Index, path: &Path) -> std::result::Result<Vec<String>, Source> {
    let named = index.load_metas()?.list_segment_files();
    let mut files: Vec<String> = named
        .into_iter()
        .filter(|file| path.join(file).exists())
        .filter_map(|file| file.to_str().map(str::to_owned))
        .collect();
    files.sort();
    Ok(files)
}

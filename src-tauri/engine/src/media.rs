//! Media: what lies in a folder of music, films, series, books and comics, as its files say themselves.
//!
//! A walk lists the folder as units, each one file with what lies beside it; a reader for each sort turns a
//! unit into [`Facts`]; facts of one group, such as the tracks of an album, become one item. Files are only
//! ever opened to be read, everything that is read has a bound, and nothing is unpacked onto the disk. What
//! is stored, and what was read before, is not known here.

mod archive;
mod audio;
mod book;
mod comic;
mod name;
mod thing;
mod video;
mod walk;
mod xml;

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::catalogue::Item;

pub use thing::{key, merged};
pub use walk::{Listing, Seen, Unit, list};

/// A side-car may have so many bytes …
const SIDECAR_BYTES_MAX: u64 = 4 << 20;
/// … and a picture so many.
const PICTURE_BYTES_MAX: u64 = 32 << 20;

/// What sort of file a unit is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Audio,
    Video,
    /// A `tvshow.nfo`, which tells of all the videos below it.
    Show,
    Epub,
    /// A `metadata.opf`, which tells of the books beside it.
    Opf,
    Comic,
    /// A book of which only its name tells.
    Named,
}

/// What a unit says of the thing that it is, or is a part of.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Without a key.
    pub item: Item,
    /// Units of the same group are one thing.
    pub group: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<Part>,
    /// Whether there is a picture inside the file itself.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub pictured: bool,
}

/// What a unit is of its thing, where it is not all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    Track,
    Episode { season: u32 },
}

/// Reads a unit; nothing where it says too little of what it is.
///
/// # Errors
/// The file is broken or cannot be read: why, in words.
pub fn read(unit: &Unit) -> Result<Option<Facts>, String> {
    let facts = match unit.sort {
        Sort::Audio => audio::read(unit),
        Sort::Video | Sort::Show => video::read(unit),
        Sort::Epub => book::read_epub(unit),
        Sort::Opf => book::read_opf(unit),
        Sort::Comic => comic::read(unit),
        Sort::Named => Ok(name::book(unit)),
    }?;
    Ok(facts.map(|facts| Facts {
        item: thing::tidied(facts.item),
        ..facts
    }))
}

/// The picture of a unit: that which lies beside it, or else that inside it.
///
/// # Errors
/// There is one and it cannot be read: why, in words. Whether it is a picture is not known here.
pub fn picture(unit: &Unit) -> Result<Option<Vec<u8>>, String> {
    if let Some(beside) = unit.art() {
        return bytes(&beside.path, PICTURE_BYTES_MAX).map(Some);
    }
    match unit.sort {
        Sort::Audio => audio::picture(&unit.main.path),
        Sort::Epub => book::picture(&unit.main.path),
        Sort::Comic => comic::picture(&unit.main.path),
        _ => Ok(None),
    }
}

/// All of a small file.
fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(most + 1).read_to_end(&mut bytes))
        .map_err(|error| format!("it cannot be read: {error}"))?;
    if bytes.len() as u64 > most {
        return Err(format!("it is larger than {} MB", most >> 20));
    }
    Ok(bytes)
}

//! The last import as the settings of a store hold it: its files, its backup and what it brought.
//!
//! What it brought is held in pieces, in one of two sets of settings, so that one set stays as it is until the
//! other stands.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::brought::{Brought, Places};
use crate::behaviour::ProfileId;
use crate::error::{Error, Result};
use crate::store::Contents;

/// The setting that names the last import.
pub(super) const LAST: &str = "last_import";

/// The most bytes of what it brought that one setting holds.
const PIECE_BYTES: usize = 100_000;

/// The setting that holds a part of what it brought.
pub(super) fn piece_of(set: u8, n: usize) -> String {
    format!("{LAST}_{set}_{n}")
}

/// The last import, as its setting holds it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Last {
    /// The names of its files.
    pub(super) file: String,
    pub(super) at: i64,
    /// The name of the backup that was made before it.
    pub(super) backup: String,
    /// Whether it was read to its end; if not, the same file again is the same import.
    pub(super) whole: bool,
    /// As [`Brought::logs`], read from folders written before they were kept in pieces.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) brought: BTreeMap<u32, Places>,
    /// In how many settings it is kept what it brought, and in which of two sets of them.
    #[serde(default)]
    pub(super) pieces: usize,
    #[serde(default)]
    pub(super) set: u8,
}

impl Last {
    /// What it brought, by its settings.
    pub(super) fn brought(
        &self,
        setting: &dyn Fn(&str) -> Result<Option<String>>,
    ) -> Result<Brought> {
        let pieces = (0..self.pieces).map(|n| setting(&piece_of(self.set, n)));
        let json: String = pieces
            .map(|piece| Ok(piece?.unwrap_or_default()))
            .collect::<Result<_>>()?;
        let mut brought: Brought = match json.as_str() {
            "" => Brought::default(),
            json => serde_json::from_str(json).map_err(Error::store("read"))?,
        };
        brought.extend(Brought {
            logs: self.brought.clone(),
            ..Brought::default()
        });
        Ok(brought)
    }

    /// The same import with what it brought, and the settings that hold that: those of the other set, since
    /// the one that is read stays as it is until they stand.
    pub(super) fn with(self, brought: &Brought) -> Result<(Self, Vec<(String, String)>)> {
        let json = serde_json::to_string(brought).map_err(Error::store("write to"))?;
        let set = 1 - self.set.min(1);
        let (mut rest, mut pieces) = (json.as_str(), Vec::new());
        while !rest.is_empty() {
            let (piece, more) = rest.split_at(rest.floor_char_boundary(PIECE_BYTES));
            pieces.push((piece_of(set, pieces.len()), piece.to_owned()));
            rest = more;
        }
        let last = Self {
            brought: BTreeMap::new(),
            pieces: pieces.len(),
            set,
            ..self
        };
        Ok((last, pieces))
    }
}

/// Has what is noted of the last import follow the entries of a log to where they move.
///
/// # Errors
/// None that comes of the notes: those that cannot be read are left as they are.
pub(crate) fn follow(
    contents: &mut Contents,
    profile: ProfileId,
    to: &BTreeMap<u64, u64>,
) -> Result<()> {
    let settings = &mut contents.settings;
    let last = settings.get(LAST);
    let Some(last) = last.and_then(|json| serde_json::from_str::<Last>(json).ok()) else {
        return Ok(());
    };
    let Ok(mut brought) = last.brought(&|name| Ok(settings.get(name).cloned())) else {
        return Ok(());
    };
    let Some(places) = brought.logs.get_mut(&profile.0) else {
        return Ok(());
    };
    *places = places.moved(to);
    let (last, pieces) = last.with(&brought)?;
    settings.retain(|name, _| !name.starts_with(LAST));
    settings.extend(pieces);
    let json = serde_json::to_string(&last).map_err(Error::store("write to"))?;
    settings.insert(LAST.to_owned(), json);
    Ok(())
}

//! A reversal: what a data folder holds without its last import.
//!
//! Before an import writes anything, everything is backed up and a setting names that backup. To undo
//! the import, what the backup holds is compared with what there is now, and the store is written
//! anew at once: a crash leaves it with the import or without. What was recorded, pinned, added or
//! edited by hand since stays.
//!
//! Items and entries are dense, so what stays closes ranks behind what was there before: an item that
//! the import had added and that something was done with since moves up to the next free number, an
//! entry of a log to the next free place, and whatever names them goes along. Numbers below those of
//! the import never change. A profile that the import made leaves its number taken, as when it is
//! removed by hand. A friend that it brought goes, or is as before, unless another file of that name came
//! since; and what a file says that a hand did is no reason to stay. What [`Brought`] does not note and what
//! does not show that it was imported was done by hand.
//!
//! With the import goes its setting, and the one that the backup holds takes its place: the import
//! before it can then be undone too, for as long as its backup is kept.

mod brought;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::backup;
use crate::behaviour::{Deed, Entry, ProfileId, is_import};
use crate::catalogue::{Item, ItemId};
use crate::engine::{CATALOGUE, Engine};
use crate::error::{Error, Result};
use crate::friend::Friend;
use crate::store::Contents;
use crate::view::{ImportUndone, LastImport};
use crate::watch::Watch;

pub(crate) use self::brought::Brought;
use self::brought::{Places, by_hand, hash};

/// The setting that names the last import.
const LAST: &str = "last_import";

/// The most bytes of what it brought that one setting holds.
const PIECE_BYTES: usize = 100_000;

/// The setting that holds a part of what it brought.
fn piece_of(set: u8, n: usize) -> String {
    format!("{LAST}_{set}_{n}")
}

/// The last import, as its setting holds it.
#[derive(Debug, Serialize, Deserialize)]
struct Last {
    /// The names of its files.
    file: String,
    at: i64,
    /// The name of the backup that was made before it.
    backup: String,
    /// Whether it was read to its end; if not, the same file again is the same import.
    whole: bool,
    /// As [`Brought::logs`]; an earlier Curio kept them here.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    brought: BTreeMap<u32, Places>,
    /// In how many settings it is kept what it brought, and in which of two sets of them.
    #[serde(default)]
    pieces: usize,
    #[serde(default)]
    set: u8,
}

impl Last {
    /// What it brought, by its settings.
    fn brought(&self, setting: &dyn Fn(&str) -> Result<Option<String>>) -> Result<Brought> {
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
    fn with(self, brought: &Brought) -> Result<(Self, Vec<(String, String)>)> {
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

impl Engine {
    /// Undoes the last import: what it added is gone, what it changed is as before. What was done by
    /// hand since stays, and so does every item that it was done with. Everything is backed up first.
    ///
    /// # Errors
    /// There is no import to undo, or the backup that was made before it is no longer there.
    pub fn undo_import(&self, at: i64) -> Result<ImportUndone> {
        let _alone = self.alone();
        let last = self
            .last()?
            .ok_or_else(|| Error::Invalid("there is no import that could be undone".to_owned()))?;
        let before = backup::read(&self.backup_of(&last))?;
        let brought = self.brought(&last)?;
        backup::before(self.store(), &self.settings().data, "undo-import", at)?;
        self.forget_scans(&last.file)?;
        let undone = self.store().change(|now| {
            let undone = reverse(&before, now, &brought)?;
            count_up(now);
            Ok(undone)
        })?;
        self.refresh()?;
        self.fill_index(&Watch::NONE)?;
        Ok(ImportUndone {
            file: last.file,
            ..undone
        })
    }

    /// The import that can be undone.
    pub(crate) fn last_import(&self) -> Option<LastImport> {
        let Last { file, at, .. } = self.last().ok()??;
        Some(LastImport { file, at })
    }

    /// Backs everything up before an import writes anything, unless it goes on with one that was
    /// stopped; the caller is [`Engine::alone`].
    pub(crate) fn begin_import(&self, files: &[PathBuf], at: i64) -> Result<()> {
        let names = files.iter().filter_map(|file| file.file_name());
        let names: Vec<_> = names.map(|name| name.to_string_lossy()).collect();
        let file = names.join(", ");
        if self
            .last()?
            .is_some_and(|last| !last.whole && last.file == file)
        {
            return Ok(());
        }
        let backup = backup::before(self.store(), &self.settings().data, "import", at)?;
        let name = backup.file_name().unwrap_or_default();
        let last = Last {
            file,
            at,
            backup: name.to_string_lossy().into_owned(),
            whole: false,
            brought: BTreeMap::new(),
            pieces: 0,
            set: 0,
        };
        self.set_last(&last)?;
        self.sweep(&last)
    }

    /// Notes that an import was read to its end.
    pub(crate) fn end_import(&self) -> Result<()> {
        let _alone = self.alone();
        let Some(last) = self.last()? else {
            return Ok(());
        };
        let last = Last {
            whole: true,
            ..last
        };
        self.set_last(&last)?;
        self.sweep(&last)
    }

    /// Empties the settings that hold what another import brought, or this one at an earlier moment: the
    /// store has no way to remove one by itself, and the next to be filled are the same.
    fn sweep(&self, last: &Last) -> Result<()> {
        for set in [0, 1] {
            let from = if set == last.set { last.pieces } else { 0 };
            for name in (from..).map(|n| piece_of(set, n)) {
                match self.store().get_setting(&name)? {
                    None => break,
                    Some(held) if held.is_empty() => {}
                    Some(_) => self.store().set_setting(&name, "")?,
                }
            }
        }
        Ok(())
    }

    /// Notes of the last import what else it brought.
    pub(crate) fn bring(&self, more: Brought) -> Result<()> {
        let Some(last) = self.last()?.filter(|_| !more.is_empty()) else {
            return Ok(());
        };
        let mut brought = self.brought(&last)?;
        brought.extend(more);
        let (last, pieces) = last.with(&brought)?;
        for (name, piece) in &pieces {
            self.store().set_setting(name, piece)?;
        }
        self.set_last(&last)
    }

    fn brought(&self, last: &Last) -> Result<Brought> {
        last.brought(&|name| self.store().get_setting(name))
    }

    /// The last import, if the backup that was made before it is there.
    fn last(&self) -> Result<Option<Last>> {
        let json = self.store().get_setting(LAST)?;
        // What cannot be read was written by another version, and cannot be undone by this one.
        let last = json.and_then(|json| serde_json::from_str(&json).ok());
        Ok(last.filter(|last| self.backup_of(last).is_file()))
    }

    fn set_last(&self, last: &Last) -> Result<()> {
        let json = serde_json::to_string(last).map_err(Error::store("write to"))?;
        self.store().set_setting(LAST, &json)
    }

    fn backup_of(&self, last: &Last) -> PathBuf {
        // A name, and never a way out of the folder, whatever a restored setting says.
        let name = Path::new(&last.backup).file_name().unwrap_or_default();
        backup::folder(&self.settings().data).join(name)
    }
}

/// Marks the catalogue as changed, so that an index that missed it is found stale at the next open.
fn count_up(contents: &mut Contents) {
    let count = contents.settings.get(CATALOGUE);
    let count: u64 = count.and_then(|n| n.parse().ok()).unwrap_or(0);
    let next = (count + 1).to_string();
    contents.settings.insert(CATALOGUE.to_owned(), next);
}

/// Takes out of `now` what was imported since `before`.
///
/// # Errors
/// The one does not follow from the other.
fn reverse(before: &Contents, now: &mut Contents, brought: &Brought) -> Result<ImportUndone> {
    if !follows(before, now) {
        return Err(Error::Invalid(
            "the backup that was made before the import does not go with what is here; restore a \
             backup instead"
                .to_owned(),
        ));
    }
    let mut undone = ImportUndone {
        file: String::new(),
        removed: 0,
        restored: 0,
        kept: 0,
        entries: 0,
        profiles: 0,
        friends: 0,
    };
    for profile in &mut now.profiles {
        let told = brought.logs.get(&profile.id.0);
        if !now.logs.contains_key(&profile.id) && told.is_none() {
            continue;
        }
        let log = now.logs.entry(profile.id).or_default();
        let first = before.logs.get(&profile.id).map_or(0, Vec::len);
        let made = profile.id.0 as usize >= before.profiles.len()
            && (told.is_some() || log.first().is_some_and(is_imported));
        undone.entries += strike(log, first, told);
        if made && log.is_empty() && !profile.removed {
            undone.profiles += 1;
            profile.removed = true;
            profile.name.clear();
            now.logs.remove(&profile.id);
        }
    }
    let touched = touched(now);
    let added = now.items.split_off(before.items.len());
    for (item, was) in now.items.iter_mut().zip(&before.items) {
        let back = put_back(was, item)?;
        undone.restored += u64::from(back != *item);
        *item = back;
    }
    let mut moved = HashMap::new();
    for (id, item) in (before.items.len() as u32..).map(ItemId).zip(added) {
        if touched.contains(&id) || by_hand(&item) && !brought.has_marked(id, &item) {
            moved.insert(id, ItemId(now.items.len() as u32));
            now.items.push(item);
            undone.kept += 1;
        } else {
            undone.removed += 1;
        }
    }
    for entry in now.logs.values_mut().flatten() {
        if let Deed::Act { item, .. } = &mut entry.deed
            && let Some(new) = moved.get(item)
        {
            *item = *new;
        }
    }
    undone.friends = put_friends_back(before, now, brought);
    now.settings.retain(|name, _| !name.starts_with(LAST));
    let last = before
        .settings
        .iter()
        .filter(|(name, _)| name.starts_with(LAST));
    now.settings
        .extend(last.map(|(name, value)| (name.clone(), value.clone())));
    Ok(undone)
}

/// Takes back the friends that were brought and are still as they came. Says how many.
fn put_friends_back(before: &Contents, now: &mut Contents, brought: &Brought) -> u64 {
    let place = |friends: &[Friend], name: &str| friends.iter().position(|f| f.name == name);
    let mut back = 0;
    for (name, as_brought) in &brought.friends {
        let Some(at) = place(&now.friends, name) else {
            continue;
        };
        if hash(&now.friends[at]) != *as_brought {
            continue;
        }
        match place(&before.friends, name) {
            Some(was) => now.friends[at] = before.friends[was].clone(),
            None => drop(now.friends.remove(at)),
        }
        back += 1;
    }
    back
}

/// Whether `before` is how `now` once was, for all that an import builds on.
fn follows(before: &Contents, now: &Contents) -> bool {
    let items = before.items.len() <= now.items.len()
        && before
            .items
            .iter()
            .zip(&now.items)
            .all(|(a, b)| a.key == b.key);
    let logs = now.profiles.iter().filter(|profile| !profile.removed);
    let mut logs = logs.map(|profile| {
        let log = |of: &Contents| of.logs.get(&profile.id).map_or(0, Vec::len);
        log(before) <= log(now)
    });
    items
        && before.profiles.len() <= now.profiles.len()
        && logs.all(|longer| longer)
        && before.goes_with(now)
}

fn is_imported(entry: &Entry) -> bool {
    matches!(&entry.deed, Deed::Act { surface, .. } if is_import(surface))
}

/// Strikes what was imported out of a log, from a place on, and what took any of it back: what stands at
/// the `told` places, and what shows it by itself. The rest closes ranks. Says how many entries are gone.
fn strike(log: &mut Vec<Entry>, first: usize, told: Option<&Places>) -> u64 {
    let long = log.len();
    let mut places: HashMap<u64, u64> = HashMap::new();
    let mut next = 0;
    log.retain_mut(|entry| {
        let old = entry.sequence;
        let gone = old >= first as u64
            && (told.is_some_and(|told| told.holds(old))
                || match entry.deed {
                    // What stands in for a lost entry takes back itself.
                    Deed::Undo { sequence } => sequence != old && !places.contains_key(&sequence),
                    _ => is_imported(entry),
                });
        if gone {
            return false;
        }
        places.insert(old, next);
        entry.sequence = next;
        if let Deed::Undo { sequence } = &mut entry.deed {
            *sequence = places.get(sequence).copied().unwrap_or(*sequence);
        }
        next += 1;
        true
    });
    (long - log.len()) as u64
}

/// The items that entries name.
fn touched(contents: &Contents) -> BTreeSet<ItemId> {
    let entries = contents.logs.values().flatten();
    entries
        .filter_map(|entry| match entry.deed {
            Deed::Act { item, .. } => Some(item),
            _ => None,
        })
        .collect()
}

/// An item as it was, with what was edited by hand as it is now.
fn put_back(was: &Item, now: &Item) -> Result<Item> {
    let mut back = Item {
        edited: now.edited.clone(),
        cover: now.cover.clone(),
        same: now.same.clone(),
        apart: now.apart.clone(),
        ..was.clone()
    };
    if !now.edited.is_empty() {
        let json = |item: &Item| serde_json::to_value(item).map_err(Error::store("read"));
        let (mut fields, edits) = (json(&back)?, json(now)?);
        for name in &now.edited {
            // A field that is not there is empty.
            if let Some(fields) = fields.as_object_mut() {
                fields.remove(name);
                let edit = edits.get(name).map(|value| (name.clone(), value.clone()));
                fields.extend(edit);
            }
        }
        back = serde_json::from_value(fields).map_err(Error::store("read"))?;
    }
    Ok(back)
}

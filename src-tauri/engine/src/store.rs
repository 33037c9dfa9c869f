//! The store: items, profiles, behaviour logs, friends and small settings of one data folder, on disk.
//!
//! Invariant: what a method acknowledged by returning is there at the next open, or the open says in
//! words what is missing. A store is a database (sled) that is the fold of two plain journals, and a
//! high-water mark that both are held against. Only this module and its parts know sled, and no type
//! of it leaves. The store decides nothing about what items or entries mean.
//!
//! ```text
//! DATA/lock                         held while open
//! DATA/store/journal/made.jsonl     profiles, entries, settings, opinions: a checksummed line each
//! DATA/store/journal/catalogue.jsonl
//! DATA/store/sled/                  the same by key
//! DATA/store/highwater              how much there is
//! DATA/damaged/store-N/             what was found not whole, kept
//! DATA/backups/                     see [`crate::backup`]
//! ```

mod contents;
mod fresh;
mod highwater;
mod recover;
mod state;
mod tree;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use crate::behaviour::{Action, Deed, Entry, Profile, ProfileId};
use crate::catalogue::{Item, ItemId, RECORD_BYTES_MAX};
use crate::error::{Error, Result, Source};
use crate::friend::Friend;
use crate::journal::Record;

pub use contents::{Contents, Draft};
pub use highwater::{FORMAT, check_format};

use state::{State, profile_record};
use tree::{BATCH_BYTES, key};

/// Items that are read at once.
const BLOCK: u32 = 512;
/// How often a folder that is open elsewhere is asked for, and how long to wait between.
const LOCK_ATTEMPTS: u32 = 20;
const LOCK_PAUSE: Duration = Duration::from_millis(10);

/// An open store. One at a time may be open on a data folder, in this program or any other.
pub struct Store {
    data: PathBuf,
    state: RwLock<Option<State>>,
    /// Held, and let go when this is dropped, after the state.
    _lock: File,
}

impl Store {
    /// Opens the store of a data folder, making both when missing. What had to be done to a store
    /// that was not whole is said in words, fit to be shown.
    ///
    /// # Errors
    /// The folder is open elsewhere, was written by a newer version, or cannot be read or written.
    pub fn open(data: &Path) -> Result<(Self, Vec<String>)> {
        fs::create_dir_all(data).map_err(Error::file("create", data))?;
        let lock = lock(data)?;
        let (state, notices) = recover::open(data)?;
        let store = Self {
            data: data.to_path_buf(),
            state: RwLock::new(Some(state)),
            _lock: lock,
        };
        Ok((store, notices))
    }

    /// Stores items under the next free numbers, or anew under numbers that exist.
    ///
    /// # Errors
    /// Nothing of the group at fault is stored when an item leaves a gap in the numbers, takes a key
    /// that another item has, is too large, or holds a number that is not finite.
    pub fn put_items(&self, items: &[(ItemId, Item)]) -> Result<()> {
        for (_, item) in items {
            check_item(item)?;
        }
        let records = items
            .iter()
            .map(|(id, item)| Record::Item(*id, Cow::Borrowed(item)));
        self.write(|state| put_all(state, records))
    }

    /// One item.
    pub fn item(&self, id: ItemId) -> Result<Option<Item>> {
        self.read(|state| {
            let json = state.tree.get(&key::item(id))?;
            json.map(|json| item_of(&json)).transpose()
        })
    }

    /// The items by number, a block at a time, so that nobody waits for all of them.
    pub fn records(&self) -> impl Iterator<Item = Result<(ItemId, Item)>> + '_ {
        let mut next = 0;
        let blocks = std::iter::from_fn(move || {
            let block = self.block(ItemId(next)).map_or_else(
                |error| vec![Err(error)],
                |block| block.into_iter().map(Ok).collect(),
            );
            next += BLOCK;
            (!block.is_empty()).then_some(block)
        });
        blocks.flatten()
    }

    fn block(&self, first: ItemId) -> Result<Vec<(ItemId, Item)>> {
        let range = key::item(first)..key::item(ItemId(first.0.saturating_add(BLOCK)));
        self.read(|state| {
            let mut block = Vec::new();
            state.tree.each_of(range, |key, json| {
                let number = key[1..].try_into()?;
                block.push((ItemId(u32::from_be_bytes(number)), item_of(json)?));
                Ok(())
            })?;
            Ok(block)
        })
    }

    /// All items by number.
    pub fn items(&self) -> Result<Vec<Item>> {
        self.read(|state| {
            let mut items = Vec::with_capacity(state.mark.items as usize);
            state.tree.each(&[key::ITEM], |_, json| {
                items.push(item_of(json)?);
                Ok(())
            })?;
            Ok(items)
        })
    }

    /// How many items there are, which is also the next free number.
    pub fn items_len(&self) -> usize {
        self.read(|state| Ok(state.mark.items as usize))
            .unwrap_or_default()
    }

    /// The item with a key.
    pub fn find_key(&self, key: &str) -> Result<Option<ItemId>> {
        self.read(|state| {
            let Some(id) = state.tree.get(&key::name(key))? else {
                return Ok(None);
            };
            let id: [u8; 4] = id.as_slice().try_into().map_err(Error::store("read"))?;
            Ok(Some(ItemId(u32::from_be_bytes(id))))
        })
    }

    /// The profiles that were not removed, oldest first.
    pub fn profiles(&self) -> Result<Vec<Profile>> {
        self.read(|state| {
            let living = state.people.profiles.iter().filter(|p| !p.removed);
            Ok(living.cloned().collect())
        })
    }

    /// Adds a profile.
    ///
    /// # Errors
    /// The name is empty or taken.
    pub fn add_profile(&self, name: &str) -> Result<Profile> {
        let mut added = self.add_profiles(&[name])?;
        added
            .pop()
            .ok_or_else(|| Error::Invalid("no profile was named".into()))
    }

    /// Adds many profiles; all or none.
    pub fn add_profiles(&self, names: &[&str]) -> Result<Vec<Profile>> {
        self.write(|state| {
            let mut profiles: Vec<Profile> = state.people.profiles.to_vec();
            let first = profiles.len();
            let mut taken: std::collections::HashSet<String> = profiles
                .iter()
                .filter(|p| !p.removed)
                .map(|p| p.name.clone())
                .collect();
            for name in names {
                let name = checked_name(name)?;
                if !taken.insert(name.clone()) {
                    return Err(name_taken(&name));
                }
                let id = ProfileId(profiles.len() as u32);
                profiles.push(Profile {
                    id,
                    name,
                    removed: false,
                });
            }
            let added = profiles.split_off(first);
            put_all(state, added.iter().map(profile_record))?;
            Ok(added)
        })
    }

    /// Has the next profile get this number or the next free one after it; those before it that nobody
    /// has stay taken, as of profiles that were removed.
    pub fn pass_over(&self, until: ProfileId) -> Result<()> {
        self.write(|state| {
            let first = state.people.profiles.len() as u32;
            let passed: Vec<Profile> = (first..until.0)
                .map(|id| Profile {
                    id: ProfileId(id),
                    name: String::new(),
                    removed: true,
                })
                .collect();
            put_all(state, passed.iter().map(profile_record))
        })
    }

    /// Gives a profile another name.
    pub fn rename_profile(&self, id: ProfileId, name: &str) -> Result<Profile> {
        let name = checked_name(name)?;
        self.write(|state| {
            let mut profile = living(state, id)?.clone();
            let mut others = state.people.profiles.iter().filter(|p| p.id != id);
            if others.any(|p| !p.removed && p.name == name) {
                return Err(name_taken(&name));
            }
            profile.name = name;
            put_all(state, [profile_record(&profile)].into_iter())?;
            Ok(profile)
        })
    }

    /// Removes a profile: its name and its log. Its number stays taken. The store is written anew,
    /// so that neither database nor journal keeps a copy; backups made earlier still do.
    pub fn remove_profile(&self, id: ProfileId) -> Result<()> {
        let gone = Profile {
            id,
            name: String::new(),
            removed: true,
        };
        // Under one guard, or an entry that is acknowledged in between would not be written anew.
        let mut slot = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let state = slot.as_mut().ok_or_else(closed)?;
        living(state, id)?;
        put_all(state, [profile_record(&gone)].into_iter())?;
        let contents = recover::contents(&state.tree)?;
        fresh::replace(&self.data, &mut slot, &contents)
    }

    /// Appends to a profile's log, in order; `at` in milliseconds since 1970-01-01 UTC.
    pub fn append(&self, profile: ProfileId, deeds: &[(i64, Deed)]) -> Result<Vec<Entry>> {
        let deeds: Vec<(ProfileId, i64, Deed)> = deeds
            .iter()
            .map(|(at, deed)| (profile, *at, deed.clone()))
            .collect();
        self.append_all(&deeds)
    }

    /// Appends to the logs of several profiles. The entries come back in the order of the deeds.
    ///
    /// # Errors
    /// Nothing is stored when a profile does not exist or a deed is not sound. When a disk error
    /// strikes midway, whole groups before it are stored: ask [`Self::log_len`].
    pub fn append_all(&self, deeds: &[(ProfileId, i64, Deed)]) -> Result<Vec<Entry>> {
        for (.., deed) in deeds {
            check_deed(deed)?;
        }
        self.write(|state| {
            let mut lengths = state.people.lengths.clone();
            let mut entries = Vec::with_capacity(deeds.len());
            for (profile, at, deed) in deeds {
                living(state, *profile)?;
                let length = &mut lengths[profile.0 as usize];
                entries.push(Entry {
                    sequence: *length,
                    at: *at,
                    deed: deed.clone(),
                });
                *length += 1;
            }
            let records = deeds
                .iter()
                .zip(&entries)
                .map(|((profile, ..), entry)| Record::Entry(*profile, Cow::Borrowed(entry)));
            put_all(state, records)?;
            Ok(entries)
        })
    }

    /// A profile's log, oldest first.
    pub fn log(&self, profile: ProfileId) -> Result<Vec<Entry>> {
        self.read(|state| {
            living(state, profile)?;
            let mut log = Vec::with_capacity(state.people.length(profile) as usize);
            state.tree.each(&key::log(profile), |_, json| {
                match serde_json::from_slice(json)? {
                    Record::Entry(_, entry) => log.push(entry.into_owned()),
                    _ => return Err("an entry's place holds something else".into()),
                }
                Ok(())
            })?;
            Ok(log)
        })
    }

    /// The length of a profile's log, which is also the next sequence.
    pub fn log_len(&self, profile: ProfileId) -> u64 {
        self.read(|state| Ok(state.people.length(profile)))
            .unwrap_or_default()
    }

    /// Entries of all logs together.
    pub fn entries(&self) -> u64 {
        self.read(|state| Ok(state.mark.entries))
            .unwrap_or_default()
    }

    /// A small value by name.
    pub fn get_setting(&self, name: &str) -> Result<Option<String>> {
        self.read(|state| {
            let Some(json) = state.tree.get(&key::setting(name))? else {
                return Ok(None);
            };
            match serde_json::from_slice(&json).map_err(Error::store("read"))? {
                Record::Setting(_, value) => Ok(Some(value.into_owned())),
                _ => Err(Error::store("read")(
                    "a setting's place holds something else",
                )),
            }
        })
    }

    /// Keeps a small value under a name.
    pub fn set_setting(&self, name: &str, value: &str) -> Result<()> {
        check_size("setting", name.len() + value.len())?;
        let record = Record::Setting(Cow::Borrowed(name), Cow::Borrowed(value));
        self.write(|state| put_all(state, [record].into_iter()))
    }

    /// The friends, by name.
    pub fn friends(&self) -> Result<Vec<Friend>> {
        self.read(|state| {
            let mut opinions: BTreeMap<String, BTreeMap<_, _>> = BTreeMap::new();
            state.tree.each(&[key::OPINION], |_, json| {
                match serde_json::from_slice(json)? {
                    Record::Opinion(friend, opinion) => {
                        let opinions = opinions.entry(friend.into_owned()).or_default();
                        opinions.insert(opinion.key.clone(), opinion.into_owned());
                        Ok(())
                    }
                    _ => Err("an opinion's place holds something else".into()),
                }
            })?;
            Ok(contents::friends(opinions))
        })
    }

    /// Keeps a friend, whole, in the place of one with that name. Says whether there was one.
    ///
    /// # Errors
    /// The friend has no opinion, or one that is too large.
    pub fn put_friend(&self, friend: &Friend) -> Result<bool> {
        if friend.opinions.is_empty() {
            return Err(Error::Invalid("the friend has no opinion".into()));
        }
        for opinion in &friend.opinions {
            check_size("opinion", friend.name.len() + opinion.bytes())?;
        }
        self.change_friends(|friends| {
            let place = friends.binary_search_by(|other| other.name.cmp(&friend.name));
            match place {
                Ok(place) => friends[place] = friend.clone(),
                Err(place) => friends.insert(place, friend.clone()),
            }
            Ok(place.is_ok())
        })
    }

    /// Removes a friend. Neither database nor journal keeps a copy; backups made earlier still do.
    pub fn remove_friend(&self, name: &str) -> Result<()> {
        self.change_friends(|friends| {
            let place = friends.iter().position(|friend| friend.name == name);
            let place = place.ok_or_else(|| Error::NotFound {
                what: "friend",
                name: name.to_owned(),
            })?;
            friends.remove(place);
            Ok(())
        })
    }

    /// Erases entries of a profile's log, and the undoing of any; what follows moves up. Neither database
    /// nor journal keeps a copy; backups made earlier still do. `follow` hears, by what they were before,
    /// where those that stay stand now. Gives how many entries are gone.
    ///
    /// # Errors
    /// The profile or one of the entries is not there, or `follow` fails.
    pub fn forget(
        &self,
        profile: ProfileId,
        sequences: &BTreeSet<u64>,
        follow: impl FnOnce(&mut Contents, &BTreeMap<u64, u64>) -> Result<()>,
    ) -> Result<u64> {
        self.change(|contents| {
            let log = contents.logs.entry(profile).or_default();
            let length = log.len() as u64;
            if sequences.is_empty() || sequences.iter().any(|s| *s >= length) {
                return Err(Error::NotFound {
                    what: "entry",
                    name: format!("{sequences:?}"),
                });
            }
            log.retain(|entry| match entry.deed {
                Deed::Undo { sequence } if sequences.contains(&sequence) => false,
                _ => !sequences.contains(&entry.sequence),
            });
            let moved: BTreeMap<u64, u64> = log.iter().map(|e| e.sequence).zip(0..).collect();
            for entry in log.iter_mut() {
                entry.sequence = moved[&entry.sequence];
                if let Deed::Undo { sequence } = &mut entry.deed {
                    *sequence = moved[sequence];
                }
            }
            let gone = length - log.len() as u64;
            follow(contents, &moved)?;
            Ok(gone)
        })
    }

    /// Writes the store anew with other friends, so that a change is in it whole or not at all.
    fn change_friends<T>(&self, change: impl FnOnce(&mut Vec<Friend>) -> Result<T>) -> Result<T> {
        self.change(|contents| change(&mut contents.friends))
    }

    /// Writes the store anew with other contents, so that a change is in it whole or not at all. No
    /// entry is acknowledged in between.
    pub fn change<T>(&self, change: impl FnOnce(&mut Contents) -> Result<T>) -> Result<T> {
        let mut slot = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let state = slot.as_ref().ok_or_else(closed)?;
        let mut contents = recover::contents(&state.tree)?;
        let done = change(&mut contents)?;
        fresh::replace(&self.data, &mut slot, &contents)?;
        Ok(done)
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Visits every record, in the order of [`Record`]'s kinds, none of them kept. Nothing is written
    /// meanwhile.
    ///
    /// # Errors
    /// The store is damaged, or the visitor fails.
    pub fn each_record(
        &self,
        visit: &mut dyn FnMut(Record<'static>) -> std::result::Result<(), Source>,
    ) -> Result<()> {
        let kinds = [
            key::ITEM,
            key::PROFILE,
            key::ENTRY,
            key::SETTING,
            key::OPINION,
        ];
        self.read(|state| {
            for kind in kinds {
                state
                    .tree
                    .each(&[kind], |_, json| visit(serde_json::from_slice(json)?))?;
            }
            Ok(())
        })
    }

    /// Everything, in memory.
    pub fn contents(&self) -> Result<Contents> {
        self.read(|state| recover::contents(&state.tree))
    }

    /// Becomes a store that holds exactly `contents`. The old one stays until the new one stands.
    pub fn restore(&self, contents: &Contents) -> Result<()> {
        let mut slot = self.state.write().unwrap_or_else(PoisonError::into_inner);
        fresh::replace(&self.data, &mut slot, contents)
    }

    fn read<T>(&self, work: impl FnOnce(&State) -> Result<T>) -> Result<T> {
        let slot = self.state.read().unwrap_or_else(PoisonError::into_inner);
        work(slot.as_ref().ok_or_else(closed)?)
    }

    fn write<T>(&self, work: impl FnOnce(&mut State) -> Result<T>) -> Result<T> {
        let mut slot = self.state.write().unwrap_or_else(PoisonError::into_inner);
        work(slot.as_mut().ok_or_else(closed)?)
    }
}

/// Commits records in groups that are small enough to survive a power cut.
fn put_all<'a>(state: &mut State, records: impl Iterator<Item = Record<'a>>) -> Result<()> {
    let mut group = state.group();
    for record in records {
        group.put(&state.tree, &record)?;
        if group.bytes() >= BATCH_BYTES {
            state.commit(group)?;
            group = state.group();
        }
    }
    state.commit(group)
}

fn item_of(json: &[u8]) -> Result<Item> {
    match serde_json::from_slice(json).map_err(Error::store("read"))? {
        Record::Item(_, item) => Ok(item.into_owned()),
        _ => Err(Error::store("read")("an item's place holds something else")),
    }
}

fn lock(data: &Path) -> Result<File> {
    let path = data.join("lock");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(Error::file("open", &path))?;
    // A program that is being started holds for a moment what its parent held.
    for _ in 0..LOCK_ATTEMPTS {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => std::thread::sleep(LOCK_PAUSE),
            Err(TryLockError::Error(source)) => return Err(Error::file("lock", &path)(source)),
        }
    }
    Err(Error::InUse(data.to_owned()))
}

fn closed() -> Error {
    Error::store("use")("it could not be opened again after it was written anew")
}

fn living(state: &State, id: ProfileId) -> Result<&Profile> {
    state.people.living(id).ok_or_else(|| Error::NotFound {
        what: "profile",
        name: format!("#{}", id.0),
    })
}

fn checked_name(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Error::Invalid("a profile needs a name".into()));
    }
    check_size("profile", name.len())?;
    Ok(name.to_string())
}

fn name_taken(name: &str) -> Error {
    Error::Invalid(format!("there is already a profile called {name:?}"))
}

fn check_size(what: &str, bytes: usize) -> Result<()> {
    if bytes > RECORD_BYTES_MAX {
        return Err(Error::Invalid(format!(
            "the {what} takes {bytes} bytes; at most {RECORD_BYTES_MAX} can be stored"
        )));
    }
    Ok(())
}

fn check_item(item: &Item) -> Result<()> {
    let numbers = [item.popularity, item.rating, item.price];
    if numbers.into_iter().flatten().any(|n| !n.is_finite()) {
        return Err(Error::Invalid(format!(
            "item {:?} holds a number that is not finite",
            item.key
        )));
    }
    check_size("item", item.bytes())
}

fn check_deed(deed: &Deed) -> Result<()> {
    match deed {
        Deed::Act {
            action: Action::Rate(number),
            ..
        }
        | Deed::Pin { weight: number, .. }
            if !number.is_finite() =>
        {
            Err(Error::Invalid("a number is not finite".into()))
        }
        Deed::Act {
            surface,
            note,
            basket,
            ..
        } => check_size("entry", surface.len() + note.len() + basket.len()),
        _ => Ok(()),
    }
}

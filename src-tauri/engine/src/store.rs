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

mod batch;
mod block;
mod contents;
mod finding;
mod fresh;
mod friends;
mod guard;
mod highwater;
mod key;
mod logs;
mod people;
mod profiles;
mod recover;
mod state;
mod survey;
mod tree;

use std::borrow::Cow;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use crate::behaviour::{Profile, ProfileId};
use crate::catalogue::{Item, ItemId, RECORD_BYTES_MAX};
use crate::error::{Error, Result, Source};
use crate::journal::Record;

pub use contents::{Contents, Draft};
pub use highwater::{FORMAT, check_format};

use batch::BATCH_BYTES;
use state::State;

/// Items that are read at once.
const STRETCH: u32 = 512;
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

    /// The items by number, a stretch at a time, so that nobody waits for all of them.
    pub fn records(&self) -> impl Iterator<Item = Result<(ItemId, Item)>> + '_ {
        let mut next = 0;
        let stretches = std::iter::from_fn(move || {
            let stretch = self.stretch(ItemId(next)).map_or_else(
                |error| vec![Err(error)],
                |items| items.into_iter().map(Ok).collect(),
            );
            next += STRETCH;
            (!stretch.is_empty()).then_some(stretch)
        });
        stretches.flatten()
    }

    fn stretch(&self, first: ItemId) -> Result<Vec<(ItemId, Item)>> {
        let range = key::item(first)..key::item(ItemId(first.0.saturating_add(STRETCH)));
        self.read(|state| {
            let mut stretch = Vec::new();
            state.tree.each_of(range, |key, json| {
                let number = key[1..].try_into()?;
                stretch.push((ItemId(u32::from_be_bytes(number)), item_of(json)?));
                Ok(())
            })?;
            Ok(stretch)
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
        self.read(|state| state.tree.each_record(visit))
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

    /// Opens again, as [`Store::open`] does, so that the database lets go of the pages that were written, and of
    /// where their pieces stand. All of it is read, and everybody waits meanwhile.
    /// What had to be done to a store that was not whole is said in words.
    ///
    /// # Errors
    /// It cannot be opened again; it stays closed then.
    pub fn reopen(&self) -> Result<Vec<String>> {
        let mut slot = self.state.write().unwrap_or_else(PoisonError::into_inner);
        drop(slot.take());
        let (state, notices) = recover::open(&self.data)?;
        *slot = Some(state);
        Ok(notices)
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
    Error::store("use")("it could not be opened again")
}

fn living(state: &State, id: ProfileId) -> Result<&Profile> {
    let profile = state.people.get(id).filter(|p| !p.removed);
    profile.ok_or_else(|| Error::NotFound {
        what: "profile",
        name: format!("#{}", id.0),
        near: Vec::new(),
    })
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

//! The state of an open store, and the one way in which it changes: a group of records.
//!
//! A group goes to the journals (synced), then to the tree as one batch (flushed and synced), then
//! the high-water file follows; only then is it acknowledged. After a failure the journals are as
//! they were; if the tree is in doubt the state is broken and takes nothing more until reopened.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::behaviour::Profile;
use crate::catalogue::Item;
use crate::error::{Error, Result};
use crate::journal::{self, Extent, Journal, Record};

use super::batch::Batch;
use super::highwater::{self, FORMAT, Mark};
use super::key;
use super::people::{Changes, People};
use super::survey::fingerprint;
use super::tree::Tree;

/// An open store.
pub struct State {
    pub folder: PathBuf,
    pub tree: Tree,
    pub made: Journal,
    pub catalogue: Journal,
    pub mark: Mark,
    pub people: Arc<People>,
    pub broken: Option<String>,
}

impl State {
    /// Brings together what was opened; tree and journals are at `mark`.
    pub fn new(folder: &Path, tree: Tree, people: Arc<People>, mark: Mark) -> Result<Self> {
        Ok(Self {
            made: Journal::resume(&made_path(folder), mark.made)?,
            catalogue: Journal::resume(&catalogue_path(folder), mark.catalogue)?,
            folder: folder.to_path_buf(),
            tree,
            mark,
            people,
            broken: None,
        })
    }

    /// An empty group on top of this state.
    pub fn group(&self) -> Group {
        Group::on(self.mark, self.people.clone())
    }

    /// Puts a group in; it is acknowledged when this returns.
    pub fn commit(&mut self, group: Group) -> Result<()> {
        if group.is_empty() {
            return Ok(());
        }
        self.put_in(group)?;
        if let Err(error) = highwater::save(&self.folder, &self.mark) {
            self.broken = Some(error.chain());
            return Err(error);
        }
        Ok(())
    }

    /// Everything of [`Self::commit`] but the high-water file.
    pub fn put_in(&mut self, group: Group) -> Result<()> {
        if let Some(reason) = &self.broken {
            return Err(Error::Store {
                doing: "write to",
                source: format!("an earlier write failed, and it must be reopened: {reason}")
                    .into(),
            });
        }
        let before = (self.made.extent(), self.catalogue.extent());
        let mut mark = group.mark;
        let written = self
            .catalogue
            .append(&group.catalogue.bytes, group.catalogue.count)
            .and_then(|()| self.made.append(&group.made.bytes, group.made.count));
        if let Err(error) = written {
            self.rewind(before);
            return Err(error);
        }
        mark.made = self.made.extent();
        mark.catalogue = self.catalogue.extent();
        if let Err(error) = self.tree.commit(group.batch, &mark) {
            self.broken = Some(error.chain());
            self.rewind(before);
            return Err(error);
        }
        self.mark = mark;
        let changed = group.people.into_changed();
        Arc::make_mut(&mut self.people).apply(changed);
        Ok(())
    }

    fn rewind(&mut self, (made, catalogue): (Extent, Extent)) {
        let rewound = self
            .made
            .rewind(made)
            .and_then(|()| self.catalogue.rewind(catalogue));
        if let Err(error) = rewound {
            self.broken = Some(error.chain());
        }
    }
}

/// The journal of what people made.
pub fn made_path(folder: &Path) -> PathBuf {
    folder.join("journal").join("made.jsonl")
}

/// The journal of items.
pub fn catalogue_path(folder: &Path) -> PathBuf {
    folder.join("journal").join("catalogue.jsonl")
}

/// The database's folder.
pub fn tree_path(folder: &Path) -> PathBuf {
    folder.join("sled")
}

#[derive(Debug, Default)]
struct Lines {
    bytes: Vec<u8>,
    count: u64,
}

impl Lines {
    fn push(&mut self, json: &[u8]) {
        journal::push_line(&mut self.bytes, json);
        self.count += 1;
    }
}

/// Changes that go in together.
pub struct Group {
    batch: Batch,
    made: Lines,
    catalogue: Lines,
    mark: Mark,
    people: Changes,
}

impl Group {
    /// An empty group on top of what a mark describes.
    pub fn on(mark: Mark, people: Arc<People>) -> Self {
        let mark = Mark {
            format: FORMAT,
            ..mark
        };
        Self {
            batch: Batch::default(),
            made: Lines::default(),
            catalogue: Lines::default(),
            mark,
            people: Changes::on(people),
        }
    }

    /// Puts the group into a tree only: its journals hold it already, up to the given extents.
    pub fn settle(
        mut self,
        tree: &mut Tree,
        made: Extent,
        catalogue: Extent,
        people: &mut Arc<People>,
    ) -> Result<Mark> {
        self.mark.made = made;
        self.mark.catalogue = catalogue;
        tree.commit(self.batch, &self.mark)?;
        let changed = self.people.into_changed();
        Arc::make_mut(people).apply(changed);
        Ok(self.mark)
    }

    /// Bytes that it carries for the tree.
    pub fn bytes(&self) -> usize {
        self.batch.bytes()
    }

    fn is_empty(&self) -> bool {
        self.made.count == 0 && self.catalogue.count == 0
    }

    /// Adds a record. One that changes nothing leaves no trace.
    ///
    /// # Errors
    /// The record does not follow on what there is: a gap in the numbers, or a key used twice.
    pub fn put(&mut self, tree: &Tree, record: &Record) -> Result<()> {
        match record {
            Record::Format { .. } => Ok(()),
            Record::Item(id, item) => {
                if u64::from(id.0) > self.mark.items {
                    return Err(does_not_follow("item", u64::from(id.0)));
                }
                self.put_item(tree, record, item, &key::item(*id))
            }
            Record::Profile(profile) => self.put_profile(tree, record, profile),
            Record::Entry(profile, entry) => {
                let length = self.people.length(*profile);
                let living = self.people.get(*profile).is_some_and(|p| !p.removed);
                if !living || entry.sequence != length {
                    return Err(does_not_follow("entry", entry.sequence));
                }
                let json = journal::encode(record)?;
                self.made.push(&json);
                let key = key::entry(*profile, entry.sequence);
                self.write(tree, &key, None, Some(&json))?;
                self.mark.entries += 1;
                self.people.lengthen(*profile, length + 1);
                Ok(())
            }
            Record::Setting(name, _) => {
                let new = self.put_made(tree, record, &key::setting(name))?;
                self.mark.settings += u64::from(new);
                Ok(())
            }
            Record::Opinion(friend, opinion) => {
                let key = key::opinion(friend, &opinion.key);
                let new = self.put_made(tree, record, &key)?;
                self.mark.opinions += u64::from(new);
                Ok(())
            }
        }
    }

    /// Puts a record that may come again under the same key. Says whether there was none before.
    fn put_made(&mut self, tree: &Tree, record: &Record, key: &[u8]) -> Result<bool> {
        let (json, old) = (journal::encode(record)?, self.batch.get(tree, key)?);
        if old.as_deref() != Some(&json) {
            self.made.push(&json);
            self.write(tree, key, old.as_deref(), Some(&json))?;
        }
        Ok(old.is_none())
    }

    fn put_item(&mut self, tree: &Tree, record: &Record, item: &Item, key: &[u8]) -> Result<()> {
        let json = journal::encode(record)?;
        let old = self.batch.get(tree, key)?;
        if old.as_deref() == Some(&json) {
            return Ok(());
        }
        let (name, id) = (key::name(&item.key), &key[1..]);
        let holder = self.batch.get(tree, &name)?;
        if holder.as_deref().is_some_and(|holder| holder != id) {
            return Err(Error::Invalid(format!(
                "two items cannot share the key {:?}",
                item.key
            )));
        }
        if let Some(old) = &old {
            let old = super::item_of(old)?;
            let old_name = key::name(&old.key);
            if old_name != name {
                self.write(tree, &old_name, Some(id), None)?;
            }
        }
        if holder.is_none() {
            self.write(tree, &name, None, Some(id))?;
        }
        self.catalogue.push(&json);
        self.mark.items += u64::from(old.is_none());
        self.write(tree, key, old.as_deref(), Some(&json))
    }

    fn put_profile(&mut self, tree: &Tree, record: &Record, profile: &Profile) -> Result<()> {
        let (number, count) = (u64::from(profile.id.0), self.people.len() as u64);
        if number > count {
            return Err(does_not_follow("profile", number));
        }
        if self.people.get(profile.id) == Some(profile) {
            return Ok(());
        }
        let key = key::profile(profile.id);
        let (json, old) = (journal::encode(record)?, self.batch.get(tree, &key)?);
        self.made.push(&json);
        self.write(tree, &key, old.as_deref(), Some(&json))?;
        self.mark.profiles += u64::from(number == count);
        self.people.put(profile.clone());
        if profile.removed {
            for sequence in 0..self.people.length(profile.id) {
                let key = key::entry(profile.id, sequence);
                if let Some(old) = self.batch.get(tree, &key)? {
                    self.write(tree, &key, Some(&old), None)?;
                    self.mark.entries -= 1;
                }
            }
            self.people.lengthen(profile.id, 0);
        }
        Ok(())
    }

    fn write(
        &mut self,
        tree: &Tree,
        key: &[u8],
        old: Option<&[u8]>,
        new: Option<&[u8]>,
    ) -> Result<()> {
        let sum = &mut self.mark.fingerprint;
        if let Some(old) = old {
            *sum = sum.wrapping_sub(fingerprint(key, old));
        }
        match new {
            Some(new) => {
                *sum = sum.wrapping_add(fingerprint(key, new));
                self.batch.put(tree, key, new, old.is_some())
            }
            None => self.batch.remove(tree, key),
        }
    }
}

fn does_not_follow(what: &str, number: u64) -> Error {
    Error::Invalid(format!("{what} {number} does not follow on what is stored"))
}

/// A profile record.
pub fn profile_record(profile: &Profile) -> Record<'_> {
    Record::Profile(Cow::Borrowed(profile))
}

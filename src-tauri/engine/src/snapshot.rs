//! The snapshot: the library that answers now, and how another takes its place.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use crate::catalogue::{Item, ItemId};
use crate::covers;
use crate::encoders::SERVING;
use crate::engine::Engine;
use crate::error::Result;
use crate::library::Library;
use crate::links::Links;

/// The snapshot that answers, and what building the next one takes.
#[derive(Default)]
pub struct Snapshots {
    /// None until it is first asked for.
    now: RwLock<Option<Arc<Library>>>,
    /// How many were built.
    built: AtomicU64,
    /// One is built at a time.
    building: Mutex<()>,
}

impl Snapshots {
    /// Held by whoever builds.
    fn alone(&self) -> MutexGuard<'_, ()> {
        self.building.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Engine {
    /// The snapshot that answers now, built when it is first asked for.
    pub(crate) fn library(&self) -> Result<Arc<Library>> {
        if let Some(library) = self.snapshot() {
            return Ok(library);
        }
        let _building = self.snapshots.alone();
        match self.snapshot() {
            Some(library) => Ok(library),
            None => self.build(self.store().items()),
        }
    }

    /// The snapshot, if it was asked for.
    pub(crate) fn snapshot(&self) -> Option<Arc<Library>> {
        let now = &self.snapshots.now;
        let now = now.read().unwrap_or_else(PoisonError::into_inner);
        now.clone()
    }

    /// Computes a new snapshot from the store and the vectors where there is one, the one moment at
    /// which another encoder may begin to serve; the caller is [`Engine::alone`].
    pub(crate) fn refresh(&self) -> Result<()> {
        let _building = self.snapshots.alone();
        if self.snapshot().is_some() {
            self.build(self.store().items())?;
        }
        self.household.clear();
        Ok(())
    }

    /// The same where the store holds what the snapshot `before` does, but for some items: nothing else is
    /// read from it again.
    pub(crate) fn refresh_after(
        &self,
        before: &Library,
        changed: &[(ItemId, Item)],
    ) -> Result<Arc<Library>> {
        let _building = self.snapshots.alone();
        let records = || {
            let mut records = before.items.clone();
            // The snapshot has leaders with what all of their records know.
            for leader in before.links.leaders() {
                records[leader.row()] = self.stored(leader)?;
            }
            for (id, item) in changed {
                records[id.row()].clone_from(item);
            }
            Ok(records)
        };
        let after = self.build(records())?;
        self.household.clear();
        Ok(after)
    }

    /// Has a snapshot of these records answer; where they cannot be had none does, until it is asked for.
    fn build(&self, records: Result<Vec<Item>>) -> Result<Arc<Library>> {
        let snapshots = &self.snapshots;
        let version = snapshots.built.fetch_add(1, Ordering::Relaxed);
        // Built before the lock is taken: nobody waits for it.
        let built = records
            .and_then(|records| self.compute(records, version))
            .map(Arc::new);
        let now = &snapshots.now;
        let mut now = now.write().unwrap_or_else(PoisonError::into_inner);
        *now = built.as_ref().ok().map(Arc::clone);
        built
    }

    /// What the store holds now, as the encoder reads it that is to serve from now on.
    fn compute(&self, mut items: Vec<Item>, version: u64) -> Result<Library> {
        let links = Links::of(&items)?;
        links.join(&mut items);
        let (encoding, change) = self.texts().settle(&items);
        if change && self.settings().encoder.is_none() {
            self.store().set_setting(SERVING, encoding.name())?;
        }
        let vectors = encoding.vectors_of(&items);
        Ok(Library {
            covers: covers::folder(&self.settings().data),
            ..Library::new(items, vectors, encoding.name(), version).linked(links)
        })
    }
}

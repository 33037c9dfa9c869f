//! Indexing: how what is searched keeps up with the catalogue.
//!
//! A setting counts the changes of the catalogue. It is counted up before a change is made, and the search
//! index is sealed for the count that it was filled at: one that missed a change is found stale.

use std::collections::BTreeSet;

use crate::catalogue::{Item, ItemId};
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::library::Library;
use crate::links::{Links, complete};
use crate::search::Change;
use crate::view::{Progress, Stage};
use crate::watch::Watch;

/// The setting that counts the changes of the catalogue; the search index carries it as its stamp.
pub(crate) const CATALOGUE: &str = "catalogue";

impl Engine {
    /// Marks the catalogue as changed before it is, so that an index that missed the change is
    /// found stale at the next open.
    pub(crate) fn change_catalogue(&self) -> Result<()> {
        self.store().set_setting(CATALOGUE, &next(&self.stamp()?))
    }

    /// The state of the catalogue that the search index must stand for.
    pub(crate) fn stamp(&self) -> Result<String> {
        Ok(self.store().get_setting(CATALOGUE)?.unwrap_or_default())
    }

    /// Stores items anew, and has them seen and found; the caller is [`Engine::alone`] since it read them.
    pub(crate) fn put_items(&self, items: &[(ItemId, Item)], watch: &Watch) -> Result<()> {
        let (before, stamp) = (self.library()?, self.stamp()?);
        self.change_catalogue()?;
        self.store().put_items(items)?;
        let after = self.refresh_after(&before, items)?;
        // What leads a record that changed, or that has another leader now, reads otherwise.
        let moved = after.links.moved_since(&before.links);
        let concerned: BTreeSet<ItemId> = moved
            .chain(items.iter().map(|(id, _)| *id))
            .flat_map(|id| [before.links.leader(id), after.links.leader(id)])
            .collect();
        let item = |library: &'_ Library, id: ItemId| -> Option<Item> {
            library
                .links
                .leads(id)
                .then(|| library.items[id.row()].clone())
        };
        let changes = concerned.into_iter().map(|id| Change {
            id,
            before: item(&before, id),
            after: item(&after, id),
        });
        let changes: Vec<Change> = changes.collect();
        match self.index.update(&changes, &stamp, &self.stamp()?) {
            Ok(true) => Ok(()),
            // What cannot be changed is filled again.
            Ok(false) | Err(_) => self.fill_index(watch),
        }
    }

    /// Fills the search index from the snapshot, or where there is none record by record from the store;
    /// the caller is [`Engine::alone`], or opens the engine, so that both say the same.
    pub(crate) fn fill_index(&self, watch: &Watch) -> Result<()> {
        *self.census_kept() = None;
        if let Some(library) = self.snapshot() {
            let items = library.features.ids();
            let mut items = items.map(|id| Ok((id, library.items[id.row()].clone())));
            return self.fill_index_with(&mut items, library.items_len(), watch);
        }
        let count = self.store().items_len();
        let (stamp, mut census) = (self.stamp()?, self.census());
        let records = self.store().records().inspect(|record| {
            if let Ok((_, item)) = record {
                census.add(item);
            }
        });
        let store = self.store();
        let folder = self.settings().data.clone();
        let links = Links::read(folder, records, &|id| store.item(id), &|key| {
            store.find_key(key)
        })?;
        *self.census_kept() = Some((stamp, census.counted()));
        let leads = |record: &Result<(ItemId, Item)>| match record {
            Ok((id, _)) => links.leads(*id),
            Err(_) => true,
        };
        let mut items = self.store().records().filter(leads).map(|record| {
            let (id, mut item) = record?;
            for follower in links.followers(id) {
                complete(&mut item, &self.stored(follower)?);
            }
            Ok((id, item))
        });
        self.fill_index_with(&mut items, count - links.len(), watch)
    }

    fn fill_index_with(
        &self,
        items: &mut dyn Iterator<Item = Result<(ItemId, Item)>>,
        total: usize,
        watch: &Watch,
    ) -> Result<()> {
        let stamp = self.stamp()?;
        let total = Some(total as u64);
        let filled = self.index.rebuild(items, &stamp, &|done| {
            (watch.progress)(Progress {
                stage: Stage::Index,
                done,
                total,
            });
            !(watch.cancelled)()
        });
        match filled {
            // The index stays stale and is filled at the next import or open.
            Err(Error::Cancelled) => Ok(()),
            other => other,
        }
    }
}

/// The stamp that follows one.
pub(crate) fn next(stamp: &str) -> String {
    let count: u64 = stamp.parse().unwrap_or(0);
    (count + 1).to_string()
}

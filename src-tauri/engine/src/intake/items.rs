//! The items of a file taken in: which is new, which says something else, and what a file must not change.

use std::path::Path;

use super::marks::{content, hash};
use super::tally::Came;
use super::{ASKED, Intake};
use crate::catalogue::{Item, ItemId};
use crate::covers;
use crate::edit::keep_edits;
use crate::error::Result;
use crate::links::complete;
use crate::source::{Art, Source};
use crate::view::Imported;

impl Intake<'_> {
    /// Takes an item in; one that only completes what is known changes nothing of it.
    pub(super) fn take_item(&mut self, item: Item, source: &mut dyn Source) -> Result<Came> {
        if !source.repeats() {
            return Ok(self.hold_item(item, source)?.1);
        }
        if self.is_repeated(&item)? {
            return Ok(Came::Duplicate);
        }
        let (id, came) = self.hold_item(item, source)?;
        self.told.insert(id.row());
        Ok(came)
    }

    /// Holds an item until it is stored, where it says something new.
    fn hold_item(&mut self, mut item: Item, source: &mut dyn Source) -> Result<(ItemId, Came)> {
        let folder = covers::folder(self.store.data());
        let completes = source.completes();
        if let Some((id, waiting)) = self.waiting.get_mut(&item.key) {
            keep(waiting, &mut item, completes);
            item.art = art(&folder, *id, waiting, source);
            if *waiting == item {
                return Ok((*id, Came::Duplicate));
            }
            *waiting = item;
            return Ok((*id, Came::Updated));
        }
        if let Some((id, before)) = self.passed.get_mut(&hash(&item.key)) {
            let (id, now) = (*id, content(&item));
            if completes || *before == now {
                return Ok((id, Came::Duplicate));
            }
            *before = now;
            self.waiting.insert(item.key.clone(), (id, item));
            return Ok((id, Came::Updated));
        }
        let (id, came) = if let Some((id, known)) = self.stored_item(&item.key)? {
            keep(&known, &mut item, completes);
            item.art = art(&folder, id, &known, source);
            if known == item {
                return Ok((id, Came::Duplicate));
            }
            (id, Came::Updated)
        } else {
            let id = ItemId(self.next_item);
            self.next_item += 1;
            item.art = art(&folder, id, &Item::default(), source);
            (id, Came::Stored)
        };
        self.waiting.insert(item.key.clone(), (id, item));
        Ok((id, came))
    }

    /// Whether a row above told of the item. What it said counts: otherwise the two would go on changing it
    /// for ever.
    fn is_repeated(&mut self, item: &Item) -> Result<bool> {
        let waits = self.waiting.get(&item.key).map(|(id, _)| *id);
        let passed = || self.passed.get(&hash(&item.key)).map(|(id, _)| *id);
        let id = match waits.or_else(passed) {
            None => self.stored_item(&item.key)?.map(|(id, _)| id),
            id => id,
        };
        if !id.is_some_and(|id| self.told.contains(id.row())) {
            return Ok(false);
        }
        if let Some(known) = self.known_item(&item.key)? {
            let mut said = item.clone();
            keep(&known, &mut said, false);
            said.art.clone_from(&known.art);
            self.otherwise += u64::from(said != known);
        }
        Ok(true)
    }

    /// An item as it is here, or waits to be stored.
    pub(super) fn known_item(&self, key: &str) -> Result<Option<Item>> {
        if let Some((_, item)) = self.waiting.get(key) {
            return Ok(Some(item.clone()));
        }
        Ok(self.stored_item(key)?.map(|(_, item)| item))
    }

    /// An item as it is stored. The last answer is held, as a row asks for its own item more than once.
    fn stored_item(&self, key: &str) -> Result<Option<(ItemId, Item)>> {
        let mut last = self.last.borrow_mut();
        if let Some((_, answer)) = last.as_ref().filter(|(asked, _)| asked == key) {
            return Ok(answer.clone());
        }
        let id = self.store.find_key(key)?;
        let item = id.map(|id| self.store.item(id)).transpose()?.flatten();
        let answer = id.zip(item);
        *last = Some((key.to_owned(), answer.clone()));
        Ok(answer)
    }

    /// On a dry run, shows what taking an item in would do.
    pub(super) fn show_item(&self, came: Came, key: &str, imported: &mut Imported) -> Result<()> {
        let Some(examples) = &mut imported.examples else {
            return Ok(());
        };
        let Some((id, after)) = self.waiting.get(key) else {
            return Ok(());
        };
        match (came, self.store.item(*id)?) {
            (Came::Updated, Some(before)) => examples.change(&before, after),
            (Came::Stored, _) => examples.add(after),
            _ => {}
        }
        Ok(())
    }

    /// Why a row says nothing whose item is not here.
    pub(super) fn missing(&self, key: &str) -> String {
        let first = if self.catalogues > 0 {
            ""
        } else {
            "; import the catalogue first"
        };
        format!("no item {key:?} in the catalogue{first}")
    }

    pub(super) fn item_id(&self, key: &str) -> Result<Option<ItemId>> {
        if let Some((id, _)) = self.waiting.get(key) {
            return Ok(Some(*id));
        }
        let hash = hash(key);
        if let Some((id, _)) = self.passed.get(&hash) {
            return Ok(Some(*id));
        }
        let mut found = self.found.borrow_mut();
        if let Some(id) = found.get(&hash) {
            return Ok(Some(*id));
        }
        let id = self.store.find_key(key)?;
        if found.len() > ASKED {
            found.clear();
        }
        found.extend(id.map(|id| (hash, id)));
        Ok(id)
    }
}

/// Keeps of a known item what a file must not change: what a hand has set, identifiers that the file does
/// not tell, and all that is known where the file only completes it.
fn keep(known: &Item, item: &mut Item, completes: bool) {
    if completes {
        let told = std::mem::replace(item, known.clone());
        complete(item, &told);
    }
    for (namespace, id) in &known.ids {
        let own = item.ids.entry(namespace.clone());
        own.or_insert_with(|| id.clone());
    }
    keep_edits(known, item);
}

/// The picture that an item's own file gives it, made small and kept. One that cannot be read is said.
fn art(folder: &Path, id: ItemId, known: &Item, source: &mut dyn Source) -> Option<String> {
    match source.art() {
        Art::Same => known.art.clone(),
        Art::None => None,
        Art::Picture(picture) => match covers::keep_bytes(folder, id, picture) {
            Ok(name) => Some(name),
            Err(error) => {
                source.remark(error.chain());
                None
            }
        },
    }
}

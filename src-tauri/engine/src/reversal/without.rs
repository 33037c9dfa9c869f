//! What a store holds without what was imported since a moment before.
//!
//! It works on contents in memory; nothing is read or written here.

use std::collections::{BTreeSet, HashMap};

use super::brought::{Brought, Places, by_hand, hash};
use super::last::LAST;
use crate::behaviour::{Deed, Entry, is_import};
use crate::catalogue::{Item, ItemId};
use crate::error::{Error, Result};
use crate::friend::Friend;
use crate::store::Contents;
use crate::view::ImportUndone;

/// Takes out of `now` what was imported since `before`.
///
/// # Errors
/// The one does not follow from the other.
pub(super) fn reverse(
    before: &Contents,
    now: &mut Contents,
    brought: &Brought,
) -> Result<ImportUndone> {
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
        backup: String::new(),
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

//! Merging: the owner's word on which records are one item, and which are not.
//!
//! Nothing is thrown together: a record only notes the keys of those that it is the same as, or is not.

use std::collections::BTreeMap;

use crate::alike;
use crate::catalogue::{Item, ItemId};
use crate::engine::{Engine, LONGEST};
use crate::error::{Error, Result};
use crate::view::{ItemView, Match, Matches};
use crate::watch::Watch;

impl Engine {
    /// Pairs of items that look alike and may be one, the surest first, at most `n` of them.
    pub fn matches(&self, n: usize) -> Result<Matches> {
        let library = self.library()?;
        let pairs = alike::pairs(&library.items, &library.links);
        let first = pairs.iter().take(n.min(LONGEST));
        let show = |(one, other, alike): &(ItemId, ItemId, _)| {
            Ok(Match {
                one: library.view(*one)?,
                other: library.view(*other)?,
                alike: *alike,
            })
        };
        Ok(Matches {
            total: pairs.len(),
            pairs: first.map(show).collect::<Result<_>>()?,
        })
    }

    /// The records that are one with an item, as their files gave them, the item's own first.
    pub fn records(&self, item: ItemId) -> Result<Vec<ItemView>> {
        let library = self.library()?;
        let leader = library.links.leader(item);
        let all = std::iter::once(leader).chain(library.links.followers(leader));
        all.map(|id| library.record(id, self.stored(id)?)).collect()
    }

    /// Says of each pair that it is one item. The interactions of both stay, and count for the first.
    ///
    /// # Errors
    /// An item is not there, or is paired with itself; then nothing has changed.
    pub fn merge(&self, pairs: &[(ItemId, ItemId)], watch: &Watch) -> Result<Vec<ItemView>> {
        self.say(pairs, watch, |one, key| {
            one.apart.retain(|other| *other != key);
            if !one.same.contains(&key) {
                one.same.push(key);
            }
        })
    }

    /// Says of each pair that it is two items, whatever their files or the owner said before.
    ///
    /// # Errors
    /// As [`Engine::merge`].
    pub fn part(&self, pairs: &[(ItemId, ItemId)], watch: &Watch) -> Result<Vec<ItemView>> {
        self.say(pairs, watch, |one, key| {
            one.same.retain(|other| *other != key);
            if !one.apart.contains(&key) {
                one.apart.push(key);
            }
        })
    }

    /// Takes back what was said of each pair: what their files say holds again, and those that only look
    /// alike are proposed again.
    ///
    /// # Errors
    /// As [`Engine::merge`].
    pub fn unsay(&self, pairs: &[(ItemId, ItemId)], watch: &Watch) -> Result<Vec<ItemView>> {
        self.say(pairs, watch, |one, key| {
            one.same.retain(|other| *other != key);
            one.apart.retain(|other| *other != key);
        })
    }

    /// Notes something of both items of each pair; gives the items that lead them after.
    fn say(
        &self,
        pairs: &[(ItemId, ItemId)],
        watch: &Watch,
        note: impl Fn(&mut Item, String),
    ) -> Result<Vec<ItemView>> {
        let alone = self.alone();
        let mut changed: BTreeMap<ItemId, Item> = BTreeMap::new();
        for (one, other) in pairs {
            if one == other {
                return Err(Error::Invalid(
                    "both are the same item; of what it is made of, name each record by its number \
                     (records tells them on a terminal)"
                        .to_owned(),
                ));
            }
            for (item, beside) in [(*one, *other), (*other, *one)] {
                let key = self.stored(beside)?.key;
                let mut kept = match changed.remove(&item) {
                    Some(kept) => kept,
                    None => self.stored(item)?,
                };
                note(&mut kept, key);
                changed.insert(item, kept);
            }
        }
        let changed: Vec<(ItemId, Item)> = changed.into_iter().collect();
        self.put_items(&changed, watch)?;
        drop(alone);
        self.encode_new(watch)?;
        let library = self.library()?;
        let mut leaders: Vec<ItemId> = changed
            .iter()
            .map(|(id, _)| library.links.leader(*id))
            .collect();
        leaders.sort_unstable();
        leaders.dedup();
        leaders.into_iter().map(|id| library.view(id)).collect()
    }
}

//! The friends of a store, each kept whole or not at all.

use std::collections::BTreeMap;

use super::key;
use super::{Store, check_size, contents};
use crate::error::{Error, Result};
use crate::friend::Friend;
use crate::journal::Record;
use crate::nearest::not_found;

impl Store {
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
            let names = friends.iter().map(|friend| friend.name.as_str());
            let place = place.ok_or_else(|| not_found("friend", name, names))?;
            friends.remove(place);
            Ok(())
        })
    }

    /// Writes the store anew with other friends, so that a change is in it whole or not at all.
    fn change_friends<T>(&self, change: impl FnOnce(&mut Vec<Friend>) -> Result<T>) -> Result<T> {
        self.change(|contents| change(&mut contents.friends))
    }
}

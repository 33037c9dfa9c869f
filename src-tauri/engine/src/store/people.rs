//! The people of a store: its profiles, found by number and by name, and how long their logs are.
//!
//! A library may know tens of thousands of customers, so that nobody copies them: a group of records holds
//! only what it changes of them ([`Changes`]), over what there was before.

use std::collections::BTreeMap;
use std::sync::Arc;

use hashbrown::HashTable;
use xxhash_rust::xxh3::xxh3_64;

use crate::behaviour::{Profile, ProfileId};

/// The profiles of a store and how long their logs are.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// By number, removed ones too.
    profiles: Vec<Profile>,
    /// By number.
    lengths: Vec<u64>,
    /// The numbers of those that were not removed, by name.
    names: HashTable<u32>,
}

impl People {
    /// Those of a survey; logs are as long as told, or empty.
    pub fn new(profiles: Vec<Profile>, mut lengths: Vec<u64>) -> Self {
        lengths.resize(profiles.len().max(lengths.len()), 0);
        let mut people = Self {
            lengths,
            ..Self::default()
        };
        for profile in profiles {
            people.set(profile);
        }
        people
    }

    /// How many numbers are taken, removed profiles among them.
    pub fn len(&self) -> usize {
        self.profiles.len()
    }

    /// The profile that has a number, a removed one too.
    pub fn get(&self, id: ProfileId) -> Option<&Profile> {
        self.profiles.get(id.0 as usize)
    }

    /// The profiles that were not removed, oldest first.
    pub fn living(&self) -> impl Iterator<Item = &Profile> {
        self.profiles.iter().filter(|profile| !profile.removed)
    }

    /// The profile of a name that was not removed.
    pub fn named(&self, name: &str) -> Option<ProfileId> {
        let found = self.names.find(xxh3_64(name.as_bytes()), |number| {
            self.profiles[*number as usize].name == name
        });
        found.copied().map(ProfileId)
    }

    /// The length of a profile's log.
    pub fn length(&self, id: ProfileId) -> u64 {
        self.lengths.get(id.0 as usize).copied().unwrap_or_default()
    }

    /// Takes over what a group changed.
    pub fn apply(&mut self, changes: Changed) {
        for profile in changes.profiles.into_values() {
            self.set(profile);
        }
        for (id, length) in changes.lengths {
            self.lengths[id.0 as usize] = length;
        }
    }

    /// Puts a profile in the place of its number, or behind the last.
    fn set(&mut self, profile: Profile) {
        let (number, place) = (profile.id.0, profile.id.0 as usize);
        if let Some(before) = self.profiles.get(place) {
            let hash = xxh3_64(before.name.as_bytes());
            if let Ok(entry) = self.names.find_entry(hash, |other| *other == number) {
                entry.remove();
            }
        }
        let living = !profile.removed;
        let hash = xxh3_64(profile.name.as_bytes());
        if place < self.profiles.len() {
            self.profiles[place] = profile;
        } else {
            self.profiles.push(profile);
            self.lengths
                .resize(self.profiles.len().max(self.lengths.len()), 0);
        }
        if living {
            let profiles = &self.profiles;
            self.names.insert_unique(hash, number, |number| {
                xxh3_64(profiles[*number as usize].name.as_bytes())
            });
        }
    }
}

/// People as a group will leave them.
pub struct Changes {
    before: Arc<People>,
    changed: Changed,
}

/// What a group changes of people.
#[derive(Debug, Default)]
pub struct Changed {
    profiles: BTreeMap<ProfileId, Profile>,
    lengths: BTreeMap<ProfileId, u64>,
}

impl Changes {
    /// None yet.
    pub fn on(before: Arc<People>) -> Self {
        Self {
            before,
            changed: Changed::default(),
        }
    }

    /// How many numbers will be taken.
    pub fn len(&self) -> usize {
        let last = self.changed.profiles.last_key_value();
        let new = last.map_or(0, |(id, _)| id.0 as usize + 1);
        self.before.len().max(new)
    }

    pub fn get(&self, id: ProfileId) -> Option<&Profile> {
        let changed = self.changed.profiles.get(&id);
        changed.or_else(|| self.before.get(id))
    }

    pub fn length(&self, id: ProfileId) -> u64 {
        let changed = self.changed.lengths.get(&id).copied();
        changed.unwrap_or_else(|| self.before.length(id))
    }

    /// Puts a profile in the place of its number, or behind the last.
    pub fn put(&mut self, profile: Profile) {
        self.changed.profiles.insert(profile.id, profile);
    }

    /// Has the log of a profile be so long.
    pub fn lengthen(&mut self, id: ProfileId, length: u64) {
        self.changed.lengths.insert(id, length);
    }

    /// What was changed, letting go of what there was before.
    pub fn into_changed(self) -> Changed {
        self.changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(number: u32, name: &str) -> Profile {
        Profile {
            id: ProfileId(number),
            name: name.to_owned(),
            removed: name.is_empty(),
        }
    }

    #[test]
    fn a_group_sees_its_changes_and_people_only_once_it_is_in() {
        let mut people = Arc::new(People::new(
            vec![profile(0, "Ada"), profile(1, ""), profile(2, "Bob")],
            vec![3],
        ));
        let mut changes = Changes::on(people.clone());
        changes.put(profile(0, "Bo"));
        changes.put(profile(2, ""));
        changes.put(profile(3, "Ada"));
        changes.lengthen(ProfileId(3), 5);
        let name = |id: u32| changes.get(ProfileId(id)).map(|p| p.name.as_str());
        assert_eq!([0, 1, 2, 3].map(name), ["Bo", "", "", "Ada"].map(Some));
        assert_eq!((name(4), changes.len(), people.len()), (None, 4, 3));
        assert_eq!(
            [0, 3].map(|id| changes.length(ProfileId(id))),
            [3, 5],
            "one is as it was, one is new"
        );
        let named = |people: &People, name: &str| people.named(name).map(|id| id.0);
        assert_eq!(
            ["Ada", "Bo", "Bob", ""].map(|name| named(&people, name)),
            [Some(0), None, Some(2), None]
        );
        let changed = changes.into_changed();
        Arc::get_mut(&mut people).unwrap().apply(changed);
        assert_eq!(
            ["Ada", "Bo", "Bob", ""].map(|name| named(&people, name)),
            [Some(3), Some(0), None, None]
        );
        assert_eq!(people.living().count(), 2);
        assert_eq!(people.length(ProfileId(3)), 5);
    }

    #[test]
    fn each_of_many_is_found_by_name() {
        let names: Vec<String> = (0..1_000).map(|n| format!("reader {n}")).collect();
        let profiles = names.iter().zip(0..).map(|(name, n)| profile(n, name));
        let people = People::new(profiles.collect(), Vec::new());
        for (name, n) in names.iter().zip(0..) {
            assert_eq!(people.named(name), Some(ProfileId(n)));
        }
        assert_eq!(people.named("reader 1000"), None);
    }
}

//! A survey: what a tree was found to hold, to be compared with what its mark says.

use std::sync::Arc;

use super::highwater::Mark;
use super::key;
use super::people::People;
use crate::behaviour::Profile;
use crate::error::Source;
use crate::journal::Record;

/// What a tree was found to hold.
#[derive(Debug, Default)]
pub struct Survey {
    pub mark: Option<Mark>,
    /// Bytes of keys and values.
    pub live_bytes: u64,
    /// Why the tree is not to be trusted.
    pub problem: Option<String>,
    profiles: Vec<Profile>,
    lengths: Vec<u64>,
    items: u64,
    entries: u64,
    settings: u64,
    opinions: u64,
    fingerprint: u64,
}

impl Survey {
    /// What is said of a tree that could not be read.
    pub fn unusable(problem: String) -> Self {
        Self {
            problem: Some(problem),
            ..Self::default()
        }
    }

    /// The profiles and how long their logs are, once.
    pub fn take_people(&mut self) -> Arc<People> {
        let lengths = std::mem::take(&mut self.lengths);
        Arc::new(People::new(std::mem::take(&mut self.profiles), lengths))
    }

    pub(super) fn agrees(&self, mark: &Mark) -> bool {
        self.items == mark.items
            && self.profiles.len() as u64 == mark.profiles
            && self.entries == mark.entries
            && self.settings == mark.settings
            && self.opinions == mark.opinions
            && self.fingerprint == mark.fingerprint
    }

    pub(super) fn add(&mut self, key: &[u8], value: &[u8]) -> std::result::Result<(), Source> {
        self.live_bytes += (key.len() + value.len()) as u64;
        self.fingerprint = self.fingerprint.wrapping_add(fingerprint(key, value));
        match key.first() {
            Some(&key::ITEM) => self.items += 1,
            Some(&key::SETTING) => self.settings += 1,
            Some(&key::OPINION) => self.opinions += 1,
            Some(&key::PROFILE) => match serde_json::from_slice::<Record<'static>>(value)? {
                Record::Profile(profile) if profile.id.0 as usize == self.profiles.len() => {
                    self.profiles.push(profile.into_owned());
                }
                _ => return Err("a profile's place holds something else".into()),
            },
            Some(&key::ENTRY) => {
                self.entries += 1;
                let profile = key.get(1..5).ok_or("a key is too short")?;
                let profile = u32::from_be_bytes(profile.try_into()?) as usize;
                // Entries stand before profiles in the tree, so the table grows here.
                if self.lengths.len() <= profile {
                    self.lengths.resize(profile + 1, 0);
                }
                self.lengths[profile] += 1;
            }
            Some(&key::NAME) => {}
            _ => return Err("an unknown key".into()),
        }
        Ok(())
    }
}

/// What one record adds to the fingerprint of a store.
pub fn fingerprint(key: &[u8], value: &[u8]) -> u64 {
    let mut hasher = xxhash_rust::xxh3::Xxh3::new();
    hasher.update(&(key.len() as u64).to_le_bytes());
    hasher.update(key);
    hasher.update(value);
    hasher.digest()
}

//! The profiles of a store: named, numbered, and never numbered again.

use std::collections::HashSet;
use std::sync::PoisonError;

use super::state::profile_record;
use super::{Store, check_size, closed, fresh, living, put_all, recover};
use crate::behaviour::{Profile, ProfileId};
use crate::error::{Error, Result};

impl Store {
    /// The profiles that were not removed, oldest first.
    pub fn profiles(&self) -> Result<Vec<Profile>> {
        self.read(|state| Ok(state.people.living().cloned().collect()))
    }

    /// How many profiles were not removed.
    pub fn profiles_len(&self) -> usize {
        self.read(|state| Ok(state.people.living().count()))
            .unwrap_or_default()
    }

    /// The profile with a number, which was not removed.
    pub fn profile(&self, id: ProfileId) -> Result<Profile> {
        self.read(|state| living(state, id).cloned())
    }

    /// The profile of a name.
    pub fn find_profile(&self, name: &str) -> Result<Option<ProfileId>> {
        self.read(|state| Ok(state.people.named(name)))
    }

    /// Adds a profile.
    ///
    /// # Errors
    /// The name is empty or taken.
    pub fn add_profile(&self, name: &str) -> Result<Profile> {
        let mut added = self.add_profiles(&[name])?;
        added
            .pop()
            .ok_or_else(|| Error::Invalid("no profile was named".into()))
    }

    /// Adds many profiles; all or none.
    pub fn add_profiles(&self, names: &[&str]) -> Result<Vec<Profile>> {
        self.write(|state| {
            let mut added = Vec::with_capacity(names.len());
            let mut new = HashSet::new();
            for (name, number) in names.iter().zip(state.people.len() as u32..) {
                let name = checked_name(name)?;
                if state.people.named(&name).is_some() || !new.insert(name.clone()) {
                    return Err(name_taken(&name));
                }
                added.push(Profile {
                    id: ProfileId(number),
                    name,
                    removed: false,
                });
            }
            put_all(state, added.iter().map(profile_record))?;
            Ok(added)
        })
    }

    /// Has the next profile get this number or the next free one after it; those before it that nobody
    /// has stay taken, as of profiles that were removed.
    pub fn pass_over(&self, until: ProfileId) -> Result<()> {
        self.write(|state| {
            let first = state.people.len() as u32;
            let passed: Vec<Profile> = (first..until.0)
                .map(|id| Profile {
                    id: ProfileId(id),
                    name: String::new(),
                    removed: true,
                })
                .collect();
            put_all(state, passed.iter().map(profile_record))
        })
    }

    /// Gives a profile another name.
    pub fn rename_profile(&self, id: ProfileId, name: &str) -> Result<Profile> {
        let name = checked_name(name)?;
        self.write(|state| {
            let mut profile = living(state, id)?.clone();
            if state.people.named(&name).is_some_and(|other| other != id) {
                return Err(name_taken(&name));
            }
            profile.name = name;
            put_all(state, [profile_record(&profile)].into_iter())?;
            Ok(profile)
        })
    }

    /// Removes a profile: its name and its log. Its number stays taken. The store is written anew,
    /// so that neither database nor journal keeps a copy; backups made earlier still do.
    pub fn remove_profile(&self, id: ProfileId) -> Result<()> {
        let gone = Profile {
            id,
            name: String::new(),
            removed: true,
        };
        // Under one guard, or an entry that is acknowledged in between would not be written anew.
        let mut slot = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let state = slot.as_mut().ok_or_else(closed)?;
        living(state, id)?;
        put_all(state, [profile_record(&gone)].into_iter())?;
        let contents = recover::contents(&state.tree)?;
        fresh::replace(&self.data, &mut slot, &contents)
    }
}

fn checked_name(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Error::Invalid("a profile needs a name".into()));
    }
    check_size("profile", name.len())?;
    Ok(name.to_string())
}

fn name_taken(name: &str) -> Error {
    Error::Invalid(format!("there is already a profile called {name:?}"))
}

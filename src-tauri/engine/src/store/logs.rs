//! The logs of a store: one a profile, only ever appended to, except where its owner has something forgotten.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::key;
use super::{Contents, Store, check_size, living, put_all};
use crate::behaviour::{Action, Deed, Entry, ProfileId};
use crate::error::{Error, Result};
use crate::journal::Record;

impl Store {
    /// Appends to a profile's log, in order; `at` in milliseconds since 1970-01-01 UTC.
    pub fn append(&self, profile: ProfileId, deeds: &[(i64, Deed)]) -> Result<Vec<Entry>> {
        let deeds: Vec<(ProfileId, i64, Deed)> = deeds
            .iter()
            .map(|(at, deed)| (profile, *at, deed.clone()))
            .collect();
        self.append_all(&deeds)
    }

    /// Appends to the logs of several profiles. The entries come back in the order of the deeds.
    ///
    /// # Errors
    /// Nothing is stored when a profile does not exist or a deed is not sound. When a disk error
    /// strikes midway, whole groups before it are stored: ask [`Self::log_len`].
    pub fn append_all(&self, deeds: &[(ProfileId, i64, Deed)]) -> Result<Vec<Entry>> {
        for (.., deed) in deeds {
            check_deed(deed)?;
        }
        self.write(|state| {
            let mut lengths = BTreeMap::new();
            let mut entries = Vec::with_capacity(deeds.len());
            for (profile, at, deed) in deeds {
                living(state, *profile)?;
                let length = lengths.entry(*profile);
                let length = length.or_insert_with(|| state.people.length(*profile));
                entries.push(Entry {
                    sequence: *length,
                    at: *at,
                    deed: deed.clone(),
                });
                *length += 1;
            }
            let records = deeds
                .iter()
                .zip(&entries)
                .map(|((profile, ..), entry)| Record::Entry(*profile, Cow::Borrowed(entry)));
            put_all(state, records)?;
            Ok(entries)
        })
    }

    /// A profile's log, oldest first.
    pub fn log(&self, profile: ProfileId) -> Result<Vec<Entry>> {
        self.read(|state| {
            living(state, profile)?;
            let mut log = Vec::with_capacity(state.people.length(profile) as usize);
            state.tree.each(&key::log(profile), |_, json| {
                match serde_json::from_slice(json)? {
                    Record::Entry(_, entry) => log.push(entry.into_owned()),
                    _ => return Err("an entry's place holds something else".into()),
                }
                Ok(())
            })?;
            Ok(log)
        })
    }

    /// The length of a profile's log, which is also the next sequence.
    pub fn log_len(&self, profile: ProfileId) -> u64 {
        self.read(|state| Ok(state.people.length(profile)))
            .unwrap_or_default()
    }

    /// Entries of all logs together.
    pub fn entries(&self) -> u64 {
        self.read(|state| Ok(state.mark.entries))
            .unwrap_or_default()
    }

    /// Erases entries of a profile's log, and the undoing of any; what follows moves up. Neither database
    /// nor journal keeps a copy; backups made earlier still do. `follow` hears, by what they were before,
    /// where those that stay stand now. Gives how many entries are gone.
    ///
    /// # Errors
    /// The profile or one of the entries is not there, or `follow` fails.
    pub fn forget(
        &self,
        profile: ProfileId,
        sequences: &BTreeSet<u64>,
        follow: impl FnOnce(&mut Contents, &BTreeMap<u64, u64>) -> Result<()>,
    ) -> Result<u64> {
        self.change(|contents| {
            let log = contents.logs.entry(profile).or_default();
            let length = log.len() as u64;
            if sequences.is_empty() || sequences.iter().any(|s| *s >= length) {
                return Err(Error::not_found("entry", format!("{sequences:?}")));
            }
            log.retain(|entry| match entry.deed {
                Deed::Undo { sequence } if sequences.contains(&sequence) => false,
                _ => !sequences.contains(&entry.sequence),
            });
            let moved: BTreeMap<u64, u64> = log.iter().map(|e| e.sequence).zip(0..).collect();
            for entry in log.iter_mut() {
                entry.sequence = moved[&entry.sequence];
                if let Deed::Undo { sequence } = &mut entry.deed {
                    *sequence = moved[sequence];
                }
            }
            let gone = length - log.len() as u64;
            follow(contents, &moved)?;
            Ok(gone)
        })
    }
}

fn check_deed(deed: &Deed) -> Result<()> {
    match deed {
        Deed::Act {
            action: Action::Rate(number),
            ..
        }
        | Deed::Pin { weight: number, .. }
            if !number.is_finite() =>
        {
            Err(Error::Invalid("a number is not finite".into()))
        }
        Deed::Act {
            surface,
            note,
            basket,
            ..
        } => check_size("entry", surface.len() + note.len() + basket.len()),
        _ => Ok(()),
    }
}

//! A profile's log: what a profile does is recorded in it; its owner reads it, takes back, forgets.

use std::collections::BTreeSet;

use crate::behaviour::{Action, Deed, Entry, ProfileId, live, undone};
use crate::catalogue::ItemId;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::mix::changes;
use crate::reversal;
use crate::view::{Activity, Look, Recorded, What};

impl Engine {
    /// Records what a profile did with an item. When it returns, the entry is on the disk and the
    /// weights have moved.
    pub fn record(
        &self,
        profile: ProfileId,
        item: ItemId,
        action: Action,
        surface: &str,
        note: &str,
        at: i64,
    ) -> Result<Recorded> {
        self.library()?.item(item)?;
        if let Action::Rate(stars) = action
            && !(0.5..=5.0).contains(&stars)
        {
            return Err(Error::Invalid(format!(
                "a rating is 0.5 to 5 stars, not {stars}"
            )));
        }
        let (surface, note) = (surface.to_owned(), note.to_owned());
        self.write(
            profile,
            Deed::Act {
                item,
                action,
                surface,
                note,
                basket: String::new(),
            },
            at,
        )
    }

    /// Takes back one entry, the latest that counts unless a sequence is given.
    ///
    /// # Errors
    /// There is nothing to take back, or the entry is no longer there to be.
    pub fn undo(&self, profile: ProfileId, sequence: Option<u64>, at: i64) -> Result<Recorded> {
        let log = self.log(profile)?;
        let mut entries = live(&log);
        let entry = match sequence {
            Some(sequence) => entries.find(|e| e.sequence == sequence),
            None => entries.last(),
        };
        let entry = entry.ok_or_else(|| Error::Invalid("there is nothing to undo".to_owned()))?;
        let sequence = entry.sequence;
        let library = self.library()?;
        let item = item_of(&entry.deed).and_then(|id| library.reference(id));
        let recorded = self.write(profile, Deed::Undo { sequence }, at)?;
        Ok(Recorded { item, ..recorded })
    }

    /// Takes back several entries at once; the answers are in their order, and the last one carries every
    /// weight that moved.
    ///
    /// # Errors
    /// One of them is no longer there to be taken back; then none is.
    pub fn undo_all(
        &self,
        profile: ProfileId,
        sequences: &[u64],
        at: i64,
    ) -> Result<Vec<Recorded>> {
        let log = self.log(profile)?;
        let counting: BTreeSet<u64> = live(&log).map(|entry| entry.sequence).collect();
        let wanted: BTreeSet<u64> = sequences.iter().copied().collect();
        if wanted.is_empty() || !wanted.is_subset(&counting) {
            return Err(Error::Invalid(
                "not all of these entries are there to be taken back".to_owned(),
            ));
        }
        let deeds = wanted.iter().map(|sequence| Deed::Undo {
            sequence: *sequence,
        });
        let mut recorded = self.write_all(profile, deeds.collect(), at)?;
        let library = self.library()?;
        for (recorded, sequence) in recorded.iter_mut().zip(wanted) {
            let about = item_of(&log[sequence as usize].deed);
            recorded.item = about.and_then(|id| library.reference(id));
        }
        Ok(recorded)
    }

    /// Erases entries from the log for good, and whatever took them back; later ones move up. The store
    /// is written anew, so that neither database nor journal keeps a copy; backups made earlier still
    /// do. Gives how many entries are gone.
    ///
    /// # Errors
    /// There is no such profile, or no such entry; then nothing is erased.
    pub fn forget(&self, profile: ProfileId, sequences: &[u64]) -> Result<u64> {
        let wanted = sequences.iter().copied().collect();
        self.rewrite(|store| {
            store.forget(profile, &wanted, |contents, moved| {
                reversal::follow(contents, profile, moved)
            })
        })
    }

    /// The entries of the log that are asked for, newest first.
    pub fn activity(&self, profile: ProfileId, look: &Look) -> Result<Vec<Activity>> {
        let log = self.log(profile)?;
        let library = self.library()?;
        let undone = undone(&log);
        let query = look.query.trim().to_lowercase();
        let line = |entry: &Entry| {
            let taken = match entry.deed {
                Deed::Undo { sequence } => log.get(sequence as usize),
                _ => None,
            };
            let item = item_of(&taken.unwrap_or(entry).deed);
            if look.item.is_some() && look.item != item {
                return None;
            }
            let item = item.and_then(|id| library.reference(id));
            if !query.is_empty()
                && !item
                    .as_ref()
                    .is_some_and(|i| i.title.to_lowercase().contains(&query))
            {
                return None;
            }
            let did = look.did.as_deref();
            did.is_none_or(|did| did == name_of(&entry.deed))
                .then(|| Activity {
                    sequence: entry.sequence,
                    at: entry.at,
                    what: What::from(&entry.deed),
                    took_back: taken.map(|entry| What::from(&entry.deed)),
                    item,
                    undone: undone.contains(&entry.sequence),
                })
        };
        Ok(log.iter().rev().filter_map(line).take(look.limit).collect())
    }

    /// A profile's whole log, in order, by the records that lead.
    pub(crate) fn log(&self, profile: ProfileId) -> Result<Vec<Entry>> {
        self.profile(profile)?;
        Ok(self.library()?.led(self.store().log(profile)?))
    }

    /// Writes one deed and takes it in.
    pub(crate) fn write(&self, profile: ProfileId, deed: Deed, at: i64) -> Result<Recorded> {
        let mut recorded = self.write_all(profile, vec![deed], at)?;
        recorded
            .pop()
            .ok_or_else(|| Error::Invalid("nothing was written".to_owned()))
    }

    /// Writes deeds in one go and takes them in; the last answer carries every weight that moved.
    pub(crate) fn write_all(
        &self,
        profile: ProfileId,
        deeds: Vec<Deed>,
        at: i64,
    ) -> Result<Vec<Recorded>> {
        self.profile(profile)?;
        self.back_up_daily(at);
        self.with(profile, |member| {
            let before = member.portrait.learner.weights;
            let deeds: Vec<(i64, Deed)> = deeds.into_iter().map(|deed| (at, deed)).collect();
            let entries = member.library.led(self.store().append(profile, &deeds)?);
            member.follow(&entries, self.store(), &self.prior())?;
            let told = entries.iter().map(|entry| Recorded {
                profile,
                sequence: entry.sequence,
                what: What::from(&entry.deed),
                item: item_of(&entry.deed).and_then(|id| member.library.reference(id)),
                changes: Vec::new(),
            });
            let mut told: Vec<Recorded> = told.collect();
            if let Some(last) = told.last_mut() {
                let after = &member.portrait.learner.weights;
                last.changes = changes(&self.prior(), &before, after);
            }
            Ok(told)
        })
    }
}

impl From<&Deed> for What {
    fn from(deed: &Deed) -> Self {
        match deed.clone() {
            Deed::Act { action, .. } => Self::Act { action },
            Deed::Pin { signal, weight } => Self::Pin { signal, weight },
            Deed::Unpin { signal } => Self::Unpin { signal },
            Deed::Less { of } => Self::Less { of },
            Deed::Reset => Self::Reset,
            Deed::Undo { sequence } => Self::Undo { sequence },
        }
    }
}

/// The item that something was done with.
pub(crate) fn item_of(deed: &Deed) -> Option<ItemId> {
    match deed {
        Deed::Act { item, .. } => Some(*item),
        _ => None,
    }
}

/// What a deed is called where logs are looked through.
fn name_of(deed: &Deed) -> String {
    match deed {
        Deed::Act {
            action: Action::Rate(_),
            ..
        } => "rate".to_owned(),
        Deed::Act { action, .. } => action.to_string(),
        Deed::Pin { .. } => "pin".to_owned(),
        Deed::Unpin { .. } => "unpin".to_owned(),
        Deed::Less { .. } => "less".to_owned(),
        Deed::Reset => "reset".to_owned(),
        Deed::Undo { .. } => "undo".to_owned(),
    }
}

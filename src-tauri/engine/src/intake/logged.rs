//! What a log that Curio wrote changes in a store: its entries as they stood, its settings, its profiles.
//!
//! The same file again adds nothing, wherever each entry was made. Into an empty store comes the same
//! log, so that taste, weights and lists are the same to the last bit.

use std::collections::HashSet;

use super::Intake;
use super::marks::{Mark, marks};
use super::tally::Came;
use crate::behaviour::{Deed, Entry, ProfileId, is_import};
use crate::catalogue::ItemId;
use crate::error::Result;
use crate::logged::{Logged, Said, Statement, identity};
use crate::reversal::Brought;
use crate::row::Interaction;

/// The highest number of a profile that is followed: those before it that nobody has stay taken.
const NUMBER_MAX: u32 = 200_000;

impl Intake<'_> {
    /// Takes in what a log says of no item.
    pub(super) fn take_statement(&mut self, told: Statement) -> Result<Came> {
        match told.said {
            Said::Deed(deed) => {
                let at = told.at.unwrap_or(self.at);
                self.take_entry(told.profile, at, deed, told.again)
            }
            Said::Profile(number) => {
                let number = number.filter(|number| number.0 <= NUMBER_MAX);
                Ok(if self.announce(&told.profile, number, true)? {
                    Came::Stored
                } else {
                    Came::Duplicate
                })
            }
        }
    }

    /// Takes in an act as it stood in a log.
    pub(super) fn take_act(
        &mut self,
        name: String,
        item: ItemId,
        told: Interaction,
        logged: Logged,
    ) -> Result<Came> {
        let deed = Deed::Act {
            item,
            action: told.action,
            surface: logged.surface,
            note: told.note,
            basket: told.basket,
        };
        self.take_entry(name, told.at.unwrap_or(self.at), deed, logged.again)
    }

    fn take_entry(&mut self, name: String, at: i64, deed: Deed, again: u32) -> Result<Came> {
        self.announce(&name, None, false)?;
        let Some(identity) = identity(at, &deed) else {
            return Ok(Came::Duplicate);
        };
        if !self.logged(&name)?.insert((identity, again)) {
            return Ok(Came::Duplicate);
        }
        // A table beside this one may tell the same.
        if let Some(known) = self.known.get_mut(&name) {
            let sequence = 0;
            let deed = deed.clone();
            known.extend(marks(&Entry { sequence, at, deed }));
        }
        self.deeds.push((name, at, deed));
        Ok(Came::Stored)
    }

    /// Has a profile made in its turn, if it is not there yet. Says whether it was not.
    fn announce(&mut self, name: &str, number: Option<ProfileId>, alone: bool) -> Result<bool> {
        if self.store.find_profile(name)?.is_some() || !self.announced.insert(name.to_owned()) {
            return Ok(false);
        }
        self.coming.push((name.to_owned(), number, alone));
        self.new.add(name);
        Ok(true)
    }

    /// Makes the profiles that were announced, in their order; answers with those that came without an
    /// entry.
    pub(super) fn make_announced(&mut self) -> Result<Vec<ProfileId>> {
        let mut alone = Vec::new();
        let coming = std::mem::take(&mut self.coming);
        for run in coming.chunk_by(|_, next| next.1.is_none()) {
            if let Some((_, Some(number), _)) = run.first() {
                self.store.pass_over(*number)?;
            }
            let names: Vec<&str> = run.iter().map(|(name, ..)| name.as_str()).collect();
            let made = self.store.add_profiles(&names)?;
            for (profile, (.., by_itself)) in made.into_iter().zip(run) {
                alone.extend(by_itself.then_some(profile.id));
            }
        }
        Ok(alone)
    }

    /// What a profile's log holds, each entry with how often the same was said before, with what waits.
    fn logged(&mut self, name: &str) -> Result<&mut HashSet<(Mark, u32)>> {
        if !self.logged.contains_key(name) {
            let log = self.log_of(name)?;
            let mut held = HashSet::new();
            let waiting = self.deeds.iter().filter(|(whose, ..)| whose == name);
            let waiting = waiting.filter_map(|(_, at, deed)| identity(*at, deed));
            // What was taken back here does not come again.
            let stored = log.iter();
            let stored = stored.filter_map(|entry| identity(entry.at, &entry.deed));
            for identity in stored.chain(waiting) {
                hold(&mut held, identity);
            }
            self.logged.insert(name.to_owned(), held);
        }
        Ok(self.logged.entry(name.to_owned()).or_default())
    }

    /// Hears of an act that came by a row of another sort.
    pub(super) fn hear(&mut self, name: &str, at: i64, deed: &Deed) {
        if let (Some(held), Some(identity)) = (self.logged.get_mut(name), identity(at, deed)) {
            hold(held, identity);
        }
    }
}

/// Where the deeds stand that lengthened logs by what does not show that it was imported, by the entries that
/// the store made of them; and the profiles that came without any.
pub(super) fn lengthened(
    alone: Vec<ProfileId>,
    deeds: &[(ProfileId, i64, Deed)],
    entries: &[Entry],
) -> Brought {
    let unseen = deeds
        .iter()
        .filter(|(.., deed)| !matches!(deed, Deed::Act { surface, .. } if is_import(surface)));
    let unseen: HashSet<ProfileId> = unseen.map(|(profile, ..)| *profile).collect();
    // All of such a log, so that one range is enough.
    let told = deeds.iter().zip(entries);
    let told = told.filter(|((profile, ..), _)| unseen.contains(profile));
    let told = told.map(|((profile, ..), entry)| (*profile, entry.sequence..entry.sequence + 1));
    Brought::logs(alone.into_iter().map(|profile| (profile, 0..0)).chain(told))
}

fn hold(held: &mut HashSet<(Mark, u32)>, identity: Mark) {
    let mut again = 0;
    while !held.insert((identity, again)) {
        again += 1;
    }
}

//! Friends: a profile's taste is shared as a file, and a friend's file counts as a neighbour's log.
//!
//! Files are the only way between two machines; nothing is sent. What a friend thinks weighs by how
//! far a profile agrees with it, as any neighbour's does.

use std::path::Path;

use crate::behaviour::ProfileId;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::friend::{Finder, Friend, Known, Verdict, agreement, checked_name};
use crate::household::traces;
use crate::library::Library;
use crate::neighbours::Trace;
use crate::tastefile;
use crate::view::{FriendAdded, FriendView, ProfileView, TasteShared, Tie};

impl Engine {
    /// Writes a profile's taste to a file for others to add, under a name of the owner's choice: for
    /// each item judged its key, title, year, kind and creators, and whether it is loved, liked or
    /// disliked. It tells no date, order, note, glance or undone entry.
    ///
    /// # Errors
    /// There is no such profile, it has judged nothing, the name cannot be, or a file is there that
    /// is no taste file, or cannot be written.
    pub fn share_taste(&self, profile: ProfileId, name: &str, path: &Path) -> Result<TasteShared> {
        let friend = Friend::of(name, &self.log(profile)?, &self.library()?.items)?;
        if friend.opinions.is_empty() {
            return Err(Error::Invalid(
                "this profile has liked or disliked nothing yet, so there is no taste to share"
                    .to_owned(),
            ));
        }
        tastefile::write(path, &friend)?;
        Ok(TasteShared {
            path: path.display().to_string(),
            loved: friend.count(Verdict::Loved),
            liked: friend.count(Verdict::Liked),
            disliked: friend.count(Verdict::Disliked),
            name: friend.name,
        })
    }

    /// Adds a friend from a taste file, in the place of the friend of that name if there is one.
    ///
    /// # Errors
    /// The file is not a taste file that can be read, or the store cannot be written; then nothing
    /// has changed.
    pub fn add_friend(&self, path: &Path) -> Result<FriendAdded> {
        let friend = tastefile::read(path)?;
        let replaced = self.rewrite(|store| store.put_friend(&friend))?;
        let library = self.library()?;
        let known = Finder::new(&library.items).known(&friend);
        Ok(FriendAdded {
            replaced,
            by_key: known.by_key,
            by_title: known.by_title,
            missing: friend.opinions.len() - known.by_key - known.by_title,
            friend: shown(&friend, &known, &self.judged(&library)?),
        })
    }

    /// The friends by name, each with how far every profile agrees.
    pub fn friends(&self) -> Result<Vec<FriendView>> {
        let friends = self.store().friends()?;
        let library = self.library()?;
        let finder = Finder::new(&library.items);
        let judged = self.judged(&library)?;
        let show = |friend: &Friend| shown(friend, &finder.known(friend), &judged);
        Ok(friends.iter().map(show).collect())
    }

    /// Removes a friend; every list is then as if they had never been added. Backups made earlier
    /// still hold the taste.
    ///
    /// # Errors
    /// There is no friend of that name, or the store cannot be written.
    pub fn remove_friend(&self, name: &str) -> Result<()> {
        let name = checked_name(name)?;
        self.rewrite(|store| store.remove_friend(&name))
    }

    /// What every profile has judged, oldest profile first.
    fn judged(&self, library: &Library) -> Result<Vec<(ProfileView, Vec<Trace>)>> {
        let profiles = self.profiles()?.into_iter();
        profiles
            .map(|profile| {
                let own = traces(&self.log(profile.id)?, library);
                Ok((profile, own))
            })
            .collect()
    }
}

/// A friend as the profiles' owner sees them.
fn shown(friend: &Friend, known: &Known, judged: &[(ProfileView, Vec<Trace>)]) -> FriendView {
    let tie = |(profile, own): &(ProfileView, Vec<Trace>)| {
        let (common, agreement) = agreement(own, &known.traces)?;
        Some(Tie {
            profile: profile.id,
            name: profile.name.clone(),
            common,
            agreement,
        })
    };
    FriendView {
        name: friend.name.clone(),
        items: friend.opinions.len(),
        known: known.by_key + known.by_title,
        ties: judged.iter().filter_map(tie).collect(),
    }
}

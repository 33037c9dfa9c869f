//! The profiles: found, added, renamed, removed.

use crate::behaviour::{Profile, ProfileId, counting};
use crate::engine::Engine;
use crate::error::Result;
use crate::nearest::not_found;
use crate::view::ProfileView;

impl Engine {
    /// The profiles, oldest first.
    pub fn profiles(&self) -> Result<Vec<ProfileView>> {
        let profiles = self.store().profiles()?;
        profiles.into_iter().map(|p| self.shown(p)).collect()
    }

    /// Finds a profile by its name.
    pub fn find_profile(&self, name: &str) -> Result<ProfileId> {
        if let Some(found) = self.store().find_profile(name.trim())? {
            return Ok(found);
        }
        let profiles = self.store().profiles()?;
        let names = profiles.iter().map(|p| p.name.as_str());
        Err(not_found("profile", name, names))
    }

    /// Adds a profile.
    ///
    /// # Errors
    /// The name is empty or taken.
    pub fn add_profile(&self, name: &str) -> Result<ProfileView> {
        self.shown(self.store().add_profile(name)?)
    }

    /// Gives a profile another name.
    pub fn rename_profile(&self, profile: ProfileId, name: &str) -> Result<ProfileView> {
        self.shown(self.store().rename_profile(profile, name)?)
    }

    /// Removes a profile and its log.
    pub fn remove_profile(&self, profile: ProfileId) -> Result<()> {
        self.rewrite(|store| store.remove_profile(profile))
    }

    /// The profile with a number, or an error that names it.
    pub(crate) fn profile(&self, id: ProfileId) -> Result<Profile> {
        self.store().profile(id)
    }

    /// A profile as its owner sees it.
    pub(crate) fn shown_profile(&self, id: ProfileId) -> Result<ProfileView> {
        self.shown(self.profile(id)?)
    }

    fn shown(&self, profile: Profile) -> Result<ProfileView> {
        Ok(ProfileView {
            id: profile.id,
            entries: counting(&self.store().log(profile.id)?).count(),
            name: profile.name,
        })
    }
}

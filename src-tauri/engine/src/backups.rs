//! The backups of a data folder: one when it is asked for, one a day before the first change, and back again.

use std::path::Path;
use std::sync::PoisonError;

use crate::backup;
use crate::engine::Engine;
use crate::error::Result;
use crate::indexing::{CATALOGUE, next};
use crate::remembered;
use crate::view::{BackedUp, Written};
use crate::watch::Watch;

const DAY_MS: i64 = 86_400_000;

impl Engine {
    /// Writes everything into one readable archive.
    ///
    /// # Errors
    /// A file of that name is there and is no backup, or it cannot be written.
    pub fn backup(&self, file: &Path, at: i64) -> Result<Written> {
        backup::spare_others(file)?;
        backup::write_with_covers(self.store(), file, at)?;
        self.written(file, None)
    }

    /// Says what an archive holds, after reading all of it; nothing is changed.
    ///
    /// # Errors
    /// The file is no backup, is damaged, or is of a newer version.
    pub fn check_backup(&self, file: &Path) -> Result<BackedUp> {
        backup::check(file)
    }

    /// Replaces everything by what an archive holds, after a backup of what is there.
    pub fn restore(&self, file: &Path, at: i64) -> Result<Written> {
        let _alone = self.alone();
        let mut contents = backup::read(file)?;
        // The count of changes goes on, so that the index of what is replaced is found stale.
        let stamp = next(&self.stamp()?);
        contents.settings.insert(CATALOGUE.to_owned(), stamp);
        let before = backup::before(self.store(), &self.settings().data, "restore", at)?;
        remembered::forget_all(&self.settings().data)?;
        backup::restore_covers(file, &self.settings().data)?;
        self.store().restore(&contents)?;
        self.restored()?;
        self.fill_index(&Watch::NONE)?;
        self.written(file, Some(&before))
    }

    /// Puts in use what the store holds now, where its contents were replaced: encoder, prior, catalogue.
    pub(crate) fn restored(&self) -> Result<()> {
        self.restore_encoder()?;
        self.restore_prior()?;
        self.refresh()
    }

    /// Writes the automatic backup of a day before the first change of that day. A backup that fails
    /// is a notice and never in the way of the change.
    pub(crate) fn back_up_daily(&self, at: i64) {
        let today = at.div_euclid(DAY_MS);
        let mut day = self
            .backed_up
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if day.replace(today) == Some(today) {
            return;
        }
        if let Err(error) = backup::daily(self.store(), &self.settings().data, at) {
            let notice = format!("there is no backup of today: {}", error.chain());
            self.note(vec![notice]);
        }
    }

    fn written(&self, path: &Path, before: Option<&Path>) -> Result<Written> {
        Ok(Written {
            path: path.display().to_string(),
            items: self.library()?.items_len() as u64,
            profiles: self.store().profiles_len() as u64,
            entries: self.store().entries(),
            friends: self.store().friends()?.len() as u64,
            before: before.map(|path| path.display().to_string()),
        })
    }
}

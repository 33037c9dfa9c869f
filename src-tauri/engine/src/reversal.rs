//! A reversal: what a data folder holds without its last import.
//!
//! Before an import writes anything, everything is backed up and a setting names that backup. To undo
//! the import, what the backup holds is compared with what there is now, and the store is written
//! anew at once: a crash leaves it with the import or without. What was recorded, pinned, added or
//! edited by hand since stays.
//!
//! Items and entries are dense, so what stays closes ranks behind what was there before: an item that
//! the import had added and that something was done with since moves up to the next free number, an
//! entry of a log to the next free place, and whatever names them goes along. Numbers below those of
//! the import never change. A profile that the import made leaves its number taken, as when it is
//! removed by hand. A friend that it brought goes, or is as before, unless another file of that name came
//! since; and what a file says that a hand did is no reason to stay. What [`Brought`] does not note and what
//! does not show that it was imported was done by hand.
//!
//! With the import goes its setting, and the one that the backup holds takes its place: the import
//! before it can then be undone too, for as long as its backup is kept.

mod brought;
mod last;
mod without;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::backup;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::indexing::{CATALOGUE, next};
use crate::store::Contents;
use crate::view::{ImportUndone, LastImport};
use crate::watch::Watch;

pub(crate) use self::brought::Brought;
pub(crate) use self::last::follow;
use self::last::{LAST, Last, piece_of};
use self::without::reverse;

impl Engine {
    /// Undoes the last import: what it added is gone, what it changed is as before. What was done by
    /// hand since stays, and so does every item that it was done with. Everything is backed up first.
    ///
    /// # Errors
    /// There is no import to undo, or the backup that was made before it is no longer there.
    pub fn undo_import(&self, at: i64) -> Result<ImportUndone> {
        let _alone = self.alone();
        let last = self
            .last()?
            .ok_or_else(|| Error::Invalid("there is no import that could be undone".to_owned()))?;
        let before = backup::read(&self.backup_of(&last))?;
        let brought = self.brought(&last)?;
        let backup = backup::before(self.store(), &self.settings().data, "undo-import", at)?;
        self.forget_scans(&last.file)?;
        let undone = self.store().change(|now| {
            let undone = reverse(&before, now, &brought)?;
            count_up(now);
            Ok(undone)
        })?;
        self.refresh()?;
        self.fill_index(&Watch::NONE)?;
        Ok(ImportUndone {
            file: last.file,
            backup: backup.display().to_string(),
            ..undone
        })
    }

    /// The import that can be undone.
    pub(crate) fn last_import(&self) -> Option<LastImport> {
        let Last { file, at, .. } = self.last().ok()??;
        Some(LastImport { file, at })
    }

    /// Backs everything up before an import writes anything, unless it goes on with one that was
    /// stopped; the caller is [`Engine::alone`].
    pub(crate) fn begin_import(&self, files: &[PathBuf], at: i64) -> Result<()> {
        let names = files.iter().filter_map(|file| file.file_name());
        let names: Vec<_> = names.map(|name| name.to_string_lossy()).collect();
        let file = names.join(", ");
        if self
            .last()?
            .is_some_and(|last| !last.whole && last.file == file)
        {
            return Ok(());
        }
        let backup = backup::before(self.store(), &self.settings().data, "import", at)?;
        let name = backup.file_name().unwrap_or_default();
        let last = Last {
            file,
            at,
            backup: name.to_string_lossy().into_owned(),
            whole: false,
            brought: BTreeMap::new(),
            pieces: 0,
            set: 0,
        };
        self.set_last(&last)?;
        self.sweep(&last)
    }

    /// Notes that an import was read to its end.
    pub(crate) fn end_import(&self) -> Result<()> {
        let _alone = self.alone();
        let Some(last) = self.last()? else {
            return Ok(());
        };
        let last = Last {
            whole: true,
            ..last
        };
        self.set_last(&last)?;
        self.sweep(&last)
    }

    /// Empties the settings that hold what another import brought, or this one at an earlier moment: the
    /// store has no way to remove one by itself, and the next to be filled are the same.
    fn sweep(&self, last: &Last) -> Result<()> {
        for set in [0, 1] {
            let from = if set == last.set { last.pieces } else { 0 };
            for name in (from..).map(|n| piece_of(set, n)) {
                match self.store().get_setting(&name)? {
                    None => break,
                    Some(held) if held.is_empty() => {}
                    Some(_) => self.store().set_setting(&name, "")?,
                }
            }
        }
        Ok(())
    }

    /// Notes of the last import what else it brought.
    pub(crate) fn bring(&self, more: Brought) -> Result<()> {
        let Some(last) = self.last()?.filter(|_| !more.is_empty()) else {
            return Ok(());
        };
        let mut brought = self.brought(&last)?;
        brought.extend(more);
        let (last, pieces) = last.with(&brought)?;
        for (name, piece) in &pieces {
            self.store().set_setting(name, piece)?;
        }
        self.set_last(&last)
    }

    fn brought(&self, last: &Last) -> Result<Brought> {
        last.brought(&|name| self.store().get_setting(name))
    }

    /// The last import, if the backup that was made before it is there.
    fn last(&self) -> Result<Option<Last>> {
        let json = self.store().get_setting(LAST)?;
        // What cannot be read was written by another version, and cannot be undone by this one.
        let last = json.and_then(|json| serde_json::from_str(&json).ok());
        Ok(last.filter(|last| self.backup_of(last).is_file()))
    }

    fn set_last(&self, last: &Last) -> Result<()> {
        let json = serde_json::to_string(last).map_err(Error::store("write to"))?;
        self.store().set_setting(LAST, &json)
    }

    fn backup_of(&self, last: &Last) -> PathBuf {
        // A name, and never a way out of the folder, whatever a restored setting says.
        let name = Path::new(&last.backup).file_name().unwrap_or_default();
        backup::folder(&self.settings().data).join(name)
    }
}

/// Marks the catalogue as changed, so that an index that missed it is found stale at the next open.
fn count_up(contents: &mut Contents) {
    let stamp = contents.settings.entry(CATALOGUE.to_owned()).or_default();
    *stamp = next(stamp);
}

//! Imports: files taken in one after the other, each read into the store, then indexed and encoded.
//!
//! What the rows of a file change is [`crate::intake`]'s to say; that it can be undone, [`crate::reversal`]'s.

use std::cell::Cell;
use std::path::{Path, PathBuf};

use crate::catalogue::ItemId;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::import::ImportOptions;
use crate::intake::{Before, Intake, imported};
use crate::reversal::Brought;
use crate::tables::Tables;
use crate::transcript;
use crate::view::Imported;
use crate::watch::Watch;
use crate::words::many;

/// Where in the data folder the tables of a file lie while it is imported.
const UNPACKED: &str = "unpacked";
/// What an intake takes in.
pub(crate) type Read<'r> = Box<dyn FnOnce(&mut Intake, &Watch, &Before) -> Result<Imported> + 'r>;
/// Makes ready what stands at a path, while nothing waits for it.
pub(crate) type Open<'r> = dyn Fn(PathBuf, &Watch) -> Result<Read<'r>> + 'r;

impl Engine {
    /// Imports a file of tables (CSV, a workbook, JSON Lines, or a zip of such): cleans and stores its
    /// rows, indexes and encodes what is new. Importing the same file again changes nothing; an import
    /// that was stopped goes on.
    ///
    /// # Errors
    /// Only when the file as a whole cannot be read, or the store cannot be written; bad rows are
    /// counted, and kept in a file beside it.
    pub fn import(
        &self,
        path: &Path,
        options: &ImportOptions,
        at: i64,
        watch: &Watch,
    ) -> Result<Imported> {
        let mut all = self.import_all(&[path.to_owned()], options, at, watch)?;
        all.pop()
            .ok_or_else(|| Error::Invalid("no file was named".to_owned()))
    }

    /// Imports files one after the other, each with its own answer, until one is stopped. They are
    /// one import to [`Engine::undo_import`].
    ///
    /// # Errors
    /// As [`Engine::import`]; what was stored before stays.
    pub fn import_all(
        &self,
        files: &[PathBuf],
        options: &ImportOptions,
        at: i64,
        watch: &Watch,
    ) -> Result<Vec<Imported>> {
        let unpacked = self.settings().data.join(UNPACKED);
        let open = |path: PathBuf, _: &Watch| -> Result<Read<'_>> {
            let unpacked = &unpacked;
            Ok(Box::new(move |intake, watch, before| {
                let tables = Tables::of(&path, unpacked, watch)?;
                intake.read_tables(&path, &tables, watch, before)
            }))
        };
        self.import_from(files, options, at, watch, &open)
    }

    /// Imports what `open` makes of each file.
    pub(crate) fn import_from(
        &self,
        files: &[PathBuf],
        options: &ImportOptions,
        at: i64,
        watch: &Watch,
        open: &Open<'_>,
    ) -> Result<Vec<Imported>> {
        let begun = Cell::new(false);
        let begin = || {
            if begun.get() {
                return Ok(());
            }
            if self.store().items_len() > 0 {
                self.back_up_daily(at);
            }
            self.begin_import(files, at)?;
            begun.set(true);
            Ok(())
        };
        let mut all = Vec::with_capacity(files.len());
        for (n, file) in files.iter().enumerate() {
            let read = open(file.clone(), watch)?;
            let here = ItemId(self.store().items_len() as u32);
            let mut imported = self.take_in(file, read, options, at, watch, &begin)?;
            if !options.dry_run {
                if begun.get() && !imported.cancelled && n + 1 == files.len() {
                    self.end_import()?;
                }
                if !imported.cancelled {
                    (imported.encoded, imported.unencoded) = self.encode_new(watch)?;
                    imported.cancelled = (watch.cancelled)();
                }
                imported.filled = self.counted()?.filled;
                imported.notes.extend(self.joined(here));
            }
            let stopped = imported.cancelled;
            all.push(imported);
            if stopped {
                break;
            }
        }
        Ok(all)
    }

    /// Says how many of the records that came after the first so many are one with others, where that is known
    /// without reading all.
    fn joined(&self, here: ItemId) -> Option<String> {
        let joined = self.snapshot()?.links.led_from(here) as u64;
        let one = "new row is of an item that was here already, and joined with it";
        let more = "new rows are of items that were here already, and joined with them";
        (joined > 0).then(|| many(joined, one, more))
    }

    /// Imports a source up to its encoding.
    fn take_in(
        &self,
        path: &Path,
        read: Read<'_>,
        options: &ImportOptions,
        at: i64,
        watch: &Watch,
        begin: &dyn Fn() -> Result<()>,
    ) -> Result<Imported> {
        let _alone = self.alone();
        let options = &self.with_mappings(options)?;
        if transcript::is_one(path) {
            return self.take_in_transcript(path, options.dry_run, watch, begin);
        }
        let mut intake = Intake::new(self.store(), options, at);
        let before = Before {
            writing: begin,
            items: &|| self.change_catalogue(),
            more: &|brought| self.bring(brought),
        };
        let read = read(&mut intake, watch, &before);
        let (items, logs) = (intake.items_changed(), intake.logs_changed());
        drop(intake);
        // What is stored must be seen, however the reading ended.
        if items {
            // What the database keeps of what was written is what grows; beside a snapshot it hardly counts. A
            // store that failed to write may not open again, and can still be read.
            if read.is_ok() && self.snapshot().is_none() {
                self.note(self.store().reopen()?);
            }
            self.refresh()?;
            self.fill_index(watch)?;
        } else if logs {
            self.household.clear();
        }
        read
    }

    /// Imports what [`Engine::export`] wrote as JSON Lines.
    fn take_in_transcript(
        &self,
        path: &Path,
        dry_run: bool,
        watch: &Watch,
        begin: &dyn Fn() -> Result<()>,
    ) -> Result<Imported> {
        let read = transcript::read(path, watch)?;
        let tried = transcript::merge(read.contents.clone(), &mut self.store().contents()?);
        let mut merged = if dry_run || tried.stored + tried.updated == 0 {
            // What brings nothing is no import that could be undone.
            tried
        } else {
            begin()?;
            if tried.items_changed {
                self.change_catalogue()?;
            }
            let (merged, brought) = self.store().change(|now| {
                let (first, friends) = (now.items.len(), now.friends.clone());
                let merged = transcript::merge(read.contents, now);
                let added = (0..).map(ItemId).zip(&now.items).skip(first);
                let mut brought = Brought::items(added);
                brought.extend(Brought::logs(merged.logs.clone()));
                brought.extend(Brought::friends(&friends, &now.friends));
                Ok((merged, brought))
            })?;
            self.bring(brought)?;
            self.restored()?;
            if merged.items_changed {
                self.fill_index(watch)?;
            }
            merged
        };
        merged.notes.splice(0..0, read.lost);
        Ok(imported(
            self.store().data(),
            path,
            dry_run,
            read.faults,
            merged,
        ))
    }
}

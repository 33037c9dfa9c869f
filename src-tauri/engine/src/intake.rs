//! The intake: what the rows of a file change in the store, counted.
//!
//! Every row is counted once: stored (something new), updated (a known item says something else),
//! duplicate (nothing new) or rejected. Rows go in by small groups, each acknowledged before the
//! next, so that a stop at any moment leaves a whole store and a second run resumes.

mod acts;
mod items;
mod logged;
mod marks;
mod newcomers;
mod numbering;
mod parts;
mod tally;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::path::Path;

use bit_set::BitSet;
use itertools::Itertools;

use crate::behaviour::{Deed, ProfileId};
use crate::catalogue::{Item, ItemId};
use crate::error::{Error, Result};
use crate::field::Field;
use crate::import::{ImportOptions, Outcome, Row};
use crate::rejects::Rejects;
use crate::reversal::Brought;
use crate::source::Source;
use crate::store::Store;
use crate::view::{Examples, Imported};
use crate::watch::Watch;

pub use tally::unread;
pub(crate) use tally::{empty, imported};

use marks::{Mark, content, hash};
use newcomers::Newcomers;
use tally::{Came, count, progress, reject, repeated};

/// Rows that are stored in one group …
const GROUP: u64 = 2_048;
/// … and after which it is told how far it is.
const REPORT: u64 = 256;
/// Marks of the logs that are held; beyond them they are read again when asked for.
const HELD: usize = 450_000;
/// Items that were asked for and are held.
const ASKED: usize = 100_000;
/// Items that a dry run holds whole; of those before them it knows only a hash.
const WAITING: usize = 100_000;
/// Where in the data folder rejected rows go that cannot lie beside their file.
const REJECTED: &str = "rejected";

/// A key, and what is stored under it.
type Asked = (String, Option<(ItemId, Item)>);

/// One import into a store.
pub struct Intake<'a> {
    store: &'a Store,
    options: &'a ImportOptions,
    /// The time of what has no time of its own.
    at: i64,
    /// Items that wait to be stored, by key.
    waiting: HashMap<String, (ItemId, Item)>,
    /// Items that a dry run saw and no longer holds: the hash of what was said of each, by that of its key.
    passed: HashMap<u128, (ItemId, u128)>,
    /// Items that were asked for, by the hash of their key.
    found: RefCell<HashMap<u128, ItemId>>,
    /// The key that was asked for last, and what is stored under it.
    last: RefCell<Option<Asked>>,
    first_item: u32,
    next_item: u32,
    new: Newcomers,
    /// The items that the file told of so far, by number.
    told: BitSet,
    /// Rows of it that say something else of an item that a row above told of.
    otherwise: u64,
    /// Purchases without an order that the file tells, which are none of those with one.
    orderless: HashSet<Mark>,
    /// What each profile's log already holds.
    known: HashMap<String, HashSet<Mark>>,
    /// The verdicts in it, once a file is read that knows when a thing was entered and not when it was done.
    judged: HashMap<String, HashSet<Mark>>,
    /// What it holds by entries as they stand in a log of Curio's, once one is read.
    logged: HashMap<String, HashSet<(Mark, u32)>>,
    deeds: Vec<(String, i64, Deed)>,
    /// Profiles that wait to be made, by what number, and whether they came without an entry.
    coming: Vec<(String, Option<ProfileId>, bool)>,
    announced: HashSet<String>,
    begun: bool,
    /// Tables of this file that held items.
    catalogues: u32,
    items_changed: bool,
    logs_changed: bool,
}

/// What is to be done when an intake writes, the first two once.
pub struct Before<'b> {
    /// Before it writes anything.
    pub writing: &'b dyn Fn() -> Result<()>,
    /// Before it stores the first item.
    pub items: &'b dyn Fn() -> Result<()>,
    /// Before it stores items, and after it stored entries, that do not show that they were imported, each
    /// time.
    pub more: &'b dyn Fn(Brought) -> Result<()>,
}

impl<'a> Intake<'a> {
    /// Begins an import.
    pub fn new(store: &'a Store, options: &'a ImportOptions, at: i64) -> Self {
        Self {
            store,
            options,
            at,
            waiting: HashMap::new(),
            passed: HashMap::new(),
            found: RefCell::default(),
            last: RefCell::default(),
            first_item: store.items_len() as u32,
            next_item: store.items_len() as u32,
            new: Newcomers::default(),
            told: BitSet::new(),
            otherwise: 0,
            orderless: HashSet::new(),
            known: HashMap::new(),
            judged: HashMap::new(),
            logged: HashMap::new(),
            deeds: Vec::new(),
            coming: Vec::new(),
            announced: HashSet::new(),
            begun: false,
            catalogues: 0,
            items_changed: false,
            logs_changed: false,
        }
    }

    /// Whether an item was added or changed.
    pub fn items_changed(&self) -> bool {
        self.items_changed
    }

    /// Whether an entry was added to a log.
    pub fn logs_changed(&self) -> bool {
        self.logs_changed
    }

    /// Reads a source to its end, or until it is cancelled.
    pub fn read(
        &mut self,
        path: &Path,
        mut source: Box<dyn Source + '_>,
        watch: &Watch,
        before: &Before,
    ) -> Result<Imported> {
        let reading = source.reading();
        let mut imported = Imported {
            file: path.display().to_string(),
            format: reading.format.to_owned(),
            content: reading.content,
            mapping: reading.mapping.clone(),
            habits: reading.habits.clone(),
            saved: reading.saved.clone(),
            dry_run: self.options.dry_run,
            problem: reading.problem.clone(),
            ..empty()
        };
        if self.options.dry_run {
            imported.fields = Field::offered().map(|f| f.name().to_owned()).collect();
            imported.examples = Some(Examples::default());
        }
        if imported.problem.is_some() {
            imported.notes = source.finish()?.notes;
            return Ok(imported);
        }
        let elsewhere = self.store.data().join(REJECTED);
        let wanted = !self.options.dry_run;
        let beside = source.rejects_beside(path, &elsewhere);
        let mut rejects = wanted.then(|| Rejects::of(&beside, &reading.header, &elsewhere));
        let size = source.size(path).max(1);
        self.told.clear();
        self.orderless.clear();
        self.otherwise = 0;
        self.new.begin();
        let mut bytes = 0;
        while let Some(row) = source.next_row()? {
            if (watch.cancelled)() {
                imported.cancelled = true;
                break;
            }
            bytes = row.bytes;
            self.take(row, &mut *source, &mut imported, &mut rejects)?;
            source.taken();
            if imported.read.is_multiple_of(GROUP) {
                self.flush(before)?;
            }
            if imported.read.is_multiple_of(REPORT) {
                (watch.progress)(progress(imported.read, bytes, size));
            }
        }
        self.flush(before)?;
        imported.cancelled |= source.stopped();
        (watch.progress)(progress(imported.read, bytes.max(size), size));
        imported.notes = source.finish()?.notes;
        imported.notes.extend(repeated(self.otherwise));
        imported.notes.extend(self.new.note());
        if let Some(rejects) = rejects {
            let (file, note) = rejects.finish(!imported.cancelled);
            imported.rejected_file = file.map(|path| path.display().to_string());
            imported.notes.extend(note);
        }
        Ok(imported)
    }

    fn take(
        &mut self,
        row: Row,
        source: &mut dyn Source,
        imported: &mut Imported,
        rejects: &mut Option<Rejects>,
    ) -> Result<()> {
        imported.read += 1;
        let (item, interactions) = match row.outcome {
            Outcome::Good { item, interactions } => (item, interactions),
            Outcome::Said(told) => {
                count(self.take_statement(*told)?, imported);
                return Ok(());
            }
            Outcome::Bad {
                column,
                reason,
                record,
            } => {
                reject(imported, rejects, row.line, column, reason, &record);
                return Ok(());
            }
        };
        if let Some(item) = item.as_deref().filter(|item| item.title.is_empty())
            && self.item_id(&item.key)?.is_none()
        {
            let record = source.cells();
            reject(
                imported,
                rejects,
                row.line,
                None,
                self.missing(&item.key),
                &record,
            );
            return Ok(());
        }
        if let Some(item) = item.as_deref()
            && let Some(reason) = self.replaces(item, source)?
        {
            let record = source.cells();
            reject(imported, rejects, row.line, None, reason, &record);
            return Ok(());
        }
        for told in &interactions {
            if let Some(reason) = self.refusal(told, item.as_deref())? {
                let record = source.cells();
                reject(imported, rejects, row.line, None, reason, &record);
                return Ok(());
            }
        }
        let mut came = Came::Duplicate;
        if let Some(item) = item {
            let key = item.key.clone();
            let taken = self.take_item(*item, source)?;
            self.show_item(taken, &key, imported)?;
            came = came.max(taken);
        }
        for interaction in interactions {
            let told = self.options.dry_run.then(|| interaction.clone());
            let taken = self.take_interaction(interaction)?;
            if let Some(told) = told {
                self.show_interaction(taken, &told, imported)?;
            }
            came = came.max(taken);
        }
        count(came, imported);
        Ok(())
    }

    /// Stores what waits: items first, then profiles, then what they did.
    fn flush(&mut self, before: &Before) -> Result<()> {
        if self.options.dry_run {
            // What was seen must still be found when it comes again.
            self.deeds.clear();
            self.coming.clear();
            if self.waiting.len() > WAITING {
                let waiting = self.waiting.drain();
                self.passed
                    .extend(waiting.map(|(key, (id, item))| (hash(&key), (id, content(&item)))));
            }
            return Ok(());
        }
        let nothing = self.waiting.is_empty() && self.deeds.is_empty() && self.coming.is_empty();
        if !self.begun && !nothing {
            (before.writing)()?;
            self.begun = true;
        }
        if !self.waiting.is_empty() {
            if !self.items_changed {
                (before.items)()?;
                self.items_changed = true;
            }
            let mut items: Vec<(ItemId, Item)> = self.waiting.drain().map(|(_, i)| i).collect();
            items.sort_unstable_by_key(|(id, _)| *id);
            let added = items.iter().filter(|(id, _)| id.0 >= self.first_item);
            let marked = Brought::items(added.map(|(id, item)| (*id, item)));
            if !marked.is_empty() {
                (before.more)(marked)?;
            }
            self.store.put_items(&items)?;
            self.last.take();
        }
        let alone = self.make_announced()?;
        let deeds = std::mem::take(&mut self.deeds);
        let mut new: Vec<&str> = Vec::new();
        for (name, ..) in deeds.iter().unique_by(|(name, ..)| name) {
            if self.store.find_profile(name)?.is_none() {
                new.push(name);
            }
        }
        self.store.add_profiles(&new)?;
        // Who is new is in the store by now.
        self.new.settle();
        self.announced.clear();
        let mut written = Vec::with_capacity(deeds.len());
        for (name, at, deed) in deeds {
            let profile = self.store.find_profile(&name)?;
            let profile = profile.ok_or_else(|| Error::not_found("profile", name))?;
            written.push((profile, at, deed));
        }
        self.logs_changed |= !written.is_empty();
        let entries = self.store.append_all(&written)?;
        let lengthened = logged::lengthened(alone, &written, &entries);
        if !lengthened.is_empty() {
            (before.more)(lengthened)?;
        }
        // All of them are in the store by now.
        for held in [&mut self.known, &mut self.judged] {
            if held.values().map(HashSet::len).sum::<usize>() > HELD {
                held.clear();
            }
        }
        if self.logged.values().map(HashSet::len).sum::<usize>() > HELD {
            self.logged.clear();
        }
        Ok(())
    }
}

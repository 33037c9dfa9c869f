//! The intake: what the rows of a file change in the store, counted.
//!
//! Every row is counted once: stored (something new), updated (a known item says something else),
//! duplicate (nothing new) or rejected. Rows go in by small groups, each acknowledged before the
//! next, so that a stop at any moment leaves a whole store and a second run resumes.

mod logged;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::path::Path;

use xxhash_rust::xxh3::xxh3_128;

use crate::behaviour::{Action, Deed, Entry, IMPORT, ProfileId, UNDATED, is_anonymous, is_import};
use crate::catalogue::{Item, ItemId};
use crate::covers;
use crate::edit::keep_edits;
use crate::error::{Error, Result};
use crate::field::Field;
use crate::import::{ImportOptions, Interaction, Outcome, Row};
use crate::jsonlines::Fault;
use crate::links::complete;
use crate::parts::together;
use crate::rejects::Rejects;
use crate::reversal::Brought;
use crate::source::{Art, Source, TableReader};
use crate::store::Store;
use crate::tables::{Table, Tables};
use crate::transcript::{self, Merged};
use crate::view::{Content, Examples, Imported, Progress, Reject, Stage};
use crate::watch::Watch;

/// Rows that are stored in one group …
const GROUP: u64 = 2_048;
/// … and after which it is told how far it is.
const REPORT: u64 = 256;
/// Marks of the logs, and items, that are held; beyond them they are read again when asked for.
const HELD: usize = 450_000;
/// Items that a dry run holds whole; of those before them it knows only a hash.
const WAITING: usize = 100_000;
/// Where in the data folder rejected rows go that cannot lie beside their file.
const REJECTED: &str = "rejected";
/// Rejected rows that the answer itself carries.
const SHOWN: usize = 100;

/// Whose the purchases are that a till tells of, where nobody said otherwise.
const TILL: &str = "Till";

/// What an interaction is known by, its basket among it: the same one twice is a duplicate. A hash, so
/// that a log of any length can be compared with.
type Mark = u128;

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
    first_item: u32,
    next_item: u32,
    profiles: HashMap<String, Option<ProfileId>>,
    /// What each profile's log already holds.
    known: HashMap<String, HashSet<Mark>>,
    /// What it holds by entries as they stand in a log of Curio's, once one is read.
    logged: HashMap<String, HashSet<(Mark, u32)>>,
    deeds: Vec<(String, i64, Deed)>,
    /// Profiles that wait to be made, by what number, and whether they came without an entry.
    coming: Vec<(String, Option<ProfileId>, bool)>,
    announced: HashSet<String>,
    begun: bool,
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

/// What a row came to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Came {
    Duplicate,
    Updated,
    Stored,
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
            first_item: store.items_len() as u32,
            next_item: store.items_len() as u32,
            profiles: HashMap::new(),
            known: HashMap::new(),
            logged: HashMap::new(),
            deeds: Vec::new(),
            coming: Vec::new(),
            announced: HashSet::new(),
            begun: false,
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

    /// Reads every table of a file, each to its end, or until one is cancelled. One of several that
    /// cannot be read is left out, and said.
    pub fn read_tables(
        &mut self,
        path: &Path,
        tables: &Tables,
        watch: &Watch,
        before: &Before,
    ) -> Result<Imported> {
        if let [only] = &tables.all[..] {
            let mut imported = self.read_table(only, watch, before)?;
            imported.notes.extend(tables.notes.iter().cloned());
            return Ok(imported);
        }
        let (mut parts, mut notes) = (Vec::new(), Vec::new());
        for table in &tables.all {
            let name = table.shown.strip_prefix(path).unwrap_or(&table.shown);
            let why = match self.read_table(table, watch, before) {
                Ok(part) if part.problem.is_some() => part.problem.unwrap_or_default(),
                Ok(part) => {
                    let stopped = part.cancelled;
                    parts.push(part);
                    if stopped {
                        break;
                    }
                    continue;
                }
                Err(Error::Import { reason, .. } | Error::Invalid(reason)) => reason,
                Err(error) => return Err(error),
            };
            notes.push(format!("{} is left out: {why}", name.display()));
        }
        notes.extend(tables.notes.iter().cloned());
        if parts.is_empty() {
            return Err(Error::Import {
                path: path.to_owned(),
                reason: format!("nothing in it can be taken in: {}", notes.join("; ")),
            });
        }
        Ok(together(path, parts, notes))
    }

    /// Reads a table to its end, or until it is cancelled.
    fn read_table(&mut self, table: &Table, watch: &Watch, before: &Before) -> Result<Imported> {
        let source = TableReader::open(table, self.options);
        let read = source.and_then(|s| self.read(&table.shown, Box::new(s), watch, before));
        read.map_err(|error| match error {
            // What a person knows is what the table came from.
            Error::Import { reason, .. } => Error::Import {
                path: table.shown.clone(),
                reason,
            },
            other => other,
        })
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
                missing(&item.key),
                &record,
            );
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

    /// Takes an item in; one that only completes what is known changes nothing of it.
    fn take_item(&mut self, mut item: Item, source: &mut dyn Source) -> Result<Came> {
        let folder = covers::folder(self.store.data());
        let completes = source.completes();
        if let Some((id, waiting)) = self.waiting.get_mut(&item.key) {
            keep(waiting, &mut item, completes);
            item.art = art(&folder, *id, waiting, source);
            if *waiting == item {
                return Ok(Came::Duplicate);
            }
            *waiting = item;
            return Ok(Came::Updated);
        }
        if let Some((id, before)) = self.passed.get_mut(&hash(&item.key)) {
            let now = content(&item);
            if completes || *before == now {
                return Ok(Came::Duplicate);
            }
            *before = now;
            let id = *id;
            self.waiting.insert(item.key.clone(), (id, item));
            return Ok(Came::Updated);
        }
        let (id, came) = if let Some(id) = self.store.find_key(&item.key)? {
            let known = self.store.item(id)?.unwrap_or_default();
            keep(&known, &mut item, completes);
            item.art = art(&folder, id, &known, source);
            if known == item {
                return Ok(Came::Duplicate);
            }
            (id, Came::Updated)
        } else {
            let id = ItemId(self.next_item);
            self.next_item += 1;
            item.art = art(&folder, id, &Item::default(), source);
            (id, Came::Stored)
        };
        self.waiting.insert(item.key.clone(), (id, item));
        Ok(came)
    }

    /// Why an interaction cannot be taken in, beside the item of its row.
    fn refusal(&self, told: &Interaction, beside: Option<&Item>) -> Result<Option<String>> {
        let own = beside.is_some_and(|item| item.key == told.item_key);
        if !own && self.item_id(&told.item_key)?.is_none() {
            return Ok(Some(missing(&told.item_key)));
        }
        let nobody = self.whose(told).is_empty();
        Ok(nobody.then(|| {
            "the row names no profile; say whose it is (--profile NAME on a terminal)".to_owned()
        }))
    }

    /// The name of the profile that an interaction belongs to; empty when nobody said.
    fn whose<'b>(&'b self, told: &'b Interaction) -> &'b str {
        let named = told.profile.as_ref().or(self.options.profile.as_ref());
        let nobody = if is_anonymous(&told.basket) { TILL } else { "" };
        // The store trims names too.
        named.map_or(nobody, |name| name.trim())
    }

    fn take_interaction(&mut self, mut told: Interaction) -> Result<Came> {
        let name = self.whose(&told).to_owned();
        let item = self.item_id(&told.item_key)?.ok_or(Error::NotFound {
            what: "item",
            name: told.item_key.clone(),
        })?;
        if let Some(logged) = told.logged.take() {
            return self.take_act(name, item, told, logged);
        }
        let dated = told.at.unwrap_or(i64::MIN);
        let words = told.note.as_str();
        let mark = |said: &str, basket: &str| mark(item, said, dated, basket);
        let known = self.known(&name)?;
        let deed = said(told.action, words);
        let mut action = told.action;
        // A log of before baskets were read holds the same purchases without them.
        let unnamed =
            told.at.is_some() && !told.basket.is_empty() && known.contains(&mark(&deed, ""));
        let mut new = !unnamed && known.insert(mark(&deed, &told.basket));
        // Another file, or a later one, tells the same with words: these are new.
        if !words.is_empty()
            && known.insert(mark(&said(Action::Comment, words), &told.basket))
            && !new
        {
            (new, action) = (true, Action::Comment);
        }
        if !new {
            return Ok(Came::Duplicate);
        }
        let surface = if told.at.is_some() { IMPORT } else { UNDATED };
        let deed = Deed::Act {
            item,
            action,
            surface: surface.to_owned(),
            note: told.note,
            basket: told.basket,
        };
        let at = told.at.unwrap_or(self.at);
        self.hear(&name, at, &deed);
        self.deeds.push((name, at, deed));
        Ok(Came::Stored)
    }

    /// On a dry run, shows what taking an item in would do.
    fn show_item(&self, came: Came, key: &str, imported: &mut Imported) -> Result<()> {
        let Some(examples) = &mut imported.examples else {
            return Ok(());
        };
        let Some((id, after)) = self.waiting.get(key) else {
            return Ok(());
        };
        match (came, self.store.item(*id)?) {
            (Came::Updated, Some(before)) => examples.change(&before, after),
            (Came::Stored, _) => examples.add(after),
            _ => {}
        }
        Ok(())
    }

    /// On a dry run, shows what taking an interaction in would do.
    fn show_interaction(
        &self,
        came: Came,
        told: &Interaction,
        imported: &mut Imported,
    ) -> Result<()> {
        let examples = imported.examples.as_mut();
        let Some(examples) = examples.filter(|e| came == Came::Stored && e.notes_more()) else {
            return Ok(());
        };
        let title = if let Some((_, item)) = self.waiting.get(&told.item_key) {
            Some(item.title.clone())
        } else {
            let id = self.store.find_key(&told.item_key)?;
            let item = id.map(|id| self.store.item(id)).transpose()?.flatten();
            item.map(|item| item.title)
        };
        let profile = self.whose(told).to_owned();
        examples.note(profile, told.action, title.unwrap_or_default());
        Ok(())
    }

    fn item_id(&self, key: &str) -> Result<Option<ItemId>> {
        if let Some((id, _)) = self.waiting.get(key) {
            return Ok(Some(*id));
        }
        let hash = hash(key);
        if let Some((id, _)) = self.passed.get(&hash) {
            return Ok(Some(*id));
        }
        let mut found = self.found.borrow_mut();
        if let Some(id) = found.get(&hash) {
            return Ok(Some(*id));
        }
        let id = self.store.find_key(key)?;
        if found.len() > HELD {
            found.clear();
        }
        found.extend(id.map(|id| (hash, id)));
        Ok(id)
    }

    /// What a profile's log holds from imports, with what waits to be written.
    fn known(&mut self, name: &str) -> Result<&mut HashSet<Mark>> {
        if !self.known.contains_key(name) {
            let log = match self.profile(name)? {
                Some(id) => self.store.log(id)?,
                None => Vec::new(),
            };
            let marks = log.iter().flat_map(marks).collect();
            self.known.insert(name.to_owned(), marks);
        }
        Ok(self.known.entry(name.to_owned()).or_default())
    }

    fn profile(&mut self, name: &str) -> Result<Option<ProfileId>> {
        if self.profiles.is_empty() {
            let profiles = self.store.profiles()?;
            self.profiles = profiles.into_iter().map(|p| (p.name, Some(p.id))).collect();
        }
        Ok(self.profiles.get(name).copied().flatten())
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
        }
        let alone = self.make_announced()?;
        let deeds = std::mem::take(&mut self.deeds);
        let mut new: Vec<&str> = Vec::new();
        for (name, ..) in &deeds {
            if self.profile(name)?.is_none() && !new.contains(&name.as_str()) {
                new.push(name);
            }
        }
        if !new.is_empty() {
            for profile in self.store.add_profiles(&new)? {
                self.profiles.insert(profile.name, Some(profile.id));
            }
        }
        let mut written = Vec::with_capacity(deeds.len());
        for (name, at, deed) in deeds {
            let profile = self.profile(&name)?;
            let profile = profile.ok_or(Error::NotFound {
                what: "profile",
                name,
            })?;
            written.push((profile, at, deed));
        }
        self.logs_changed |= !written.is_empty();
        let entries = self.store.append_all(&written)?;
        let lengthened = logged::lengthened(alone, &written, &entries);
        if !lengthened.is_empty() {
            (before.more)(lengthened)?;
        }
        // All of them are in the store by now.
        if self.known.values().map(HashSet::len).sum::<usize>() > HELD {
            self.known.clear();
        }
        if self.logged.values().map(HashSet::len).sum::<usize>() > HELD {
            self.logged.clear();
        }
        Ok(())
    }
}

fn count(came: Came, imported: &mut Imported) {
    match came {
        Came::Stored => imported.stored += 1,
        Came::Updated => imported.updated += 1,
        Came::Duplicate => imported.duplicates += 1,
    }
}

fn hash(key: &str) -> u128 {
    xxh3_128(key.as_bytes())
}

/// A hash of what an item says.
fn content(item: &Item) -> u128 {
    xxh3_128(&serde_json::to_vec(item).unwrap_or_default())
}

/// What was done, and for a comment what it says: two of a moment are two.
fn said(action: Action, note: &str) -> String {
    match action {
        Action::Comment => format!("comment {note}"),
        action => action.to_string(),
    }
}

fn mark(item: ItemId, said: &str, at: i64, basket: &str) -> Mark {
    xxh3_128(format!("{item} {at} {basket:?} {said}").as_bytes())
}

/// What came of a transcript, its bad lines in a file as those of a table are.
pub(crate) fn imported(
    data: &Path,
    path: &Path,
    dry_run: bool,
    faults: Vec<Fault>,
    merged: Merged,
) -> Imported {
    let mut imported = Imported {
        file: path.display().to_string(),
        format: transcript::NAME.to_owned(),
        dry_run,
        stored: merged.stored,
        updated: merged.updated,
        duplicates: merged.duplicates,
        rejected: merged.rejected,
        notes: merged.notes,
        ..empty()
    };
    let header = ["record".to_owned()];
    let mut rejects = (!dry_run).then(|| Rejects::of(path, &header, &data.join(REJECTED)));
    for Fault { line, reason, text } in faults {
        reject(&mut imported, &mut rejects, line, None, reason, &[text]);
    }
    if let Some(rejects) = rejects {
        let (file, note) = rejects.finish(true);
        imported.rejected_file = file.map(|path| path.display().to_string());
        imported.notes.extend(note);
    }
    // What stands in for a lost record is no row of the file.
    imported.read = imported.stored + imported.updated + imported.duplicates + imported.rejected;
    imported
}

/// An interaction with its own time, and the same without one: a file may tell it either way.
fn marks(entry: &Entry) -> Vec<Mark> {
    match &entry.deed {
        Deed::Act {
            item,
            action,
            surface,
            note,
            basket,
        } if is_import(surface) => {
            let mut told = vec![said(*action, note)];
            if !note.is_empty() {
                told.push(said(Action::Comment, note));
            }
            let either =
                |told: String| [entry.at, i64::MIN].map(|at| mark(*item, &told, at, basket));
            told.into_iter().flat_map(either).collect()
        }
        _ => Vec::new(),
    }
}

/// Keeps of a known item what a file must not change: what a hand has set, identifiers that the file does
/// not tell, and all that is known where the file only completes it.
fn keep(known: &Item, item: &mut Item, completes: bool) {
    if completes {
        let told = std::mem::replace(item, known.clone());
        complete(item, &told);
    }
    for (namespace, id) in &known.ids {
        let own = item.ids.entry(namespace.clone());
        own.or_insert_with(|| id.clone());
    }
    keep_edits(known, item);
}

fn missing(key: &str) -> String {
    format!("no item {key:?} in the catalogue; import the catalogue first")
}

fn reject(
    imported: &mut Imported,
    rejects: &mut Option<Rejects>,
    line: u64,
    column: Option<String>,
    reason: String,
    record: &[String],
) {
    if let Some(rejects) = rejects {
        rejects.add(line, column.as_deref(), &reason, record);
    }
    imported.rejected += 1;
    if imported.rejects.len() < SHOWN {
        imported.rejects.push(Reject {
            line,
            column,
            reason,
        });
    }
}

/// Rows done, and the rows there will be by the bytes read so far.
fn progress(rows: u64, bytes: u64, size: u64) -> Progress {
    let total = (rows as f64 * size as f64 / bytes.max(1) as f64).round() as u64;
    Progress {
        stage: Stage::Store,
        done: rows,
        total: Some(total.max(rows)),
    }
}

/// The answer of a source that cannot be read.
pub fn unread(path: &Path, dry_run: bool, problem: String) -> Imported {
    Imported {
        file: path.display().to_string(),
        dry_run,
        problem: Some(problem),
        ..empty()
    }
}

/// The picture that an item's own file gives it, made small and kept. One that cannot be read is said.
fn art(folder: &Path, id: ItemId, known: &Item, source: &mut dyn Source) -> Option<String> {
    match source.art() {
        Art::Same => known.art.clone(),
        Art::None => None,
        Art::Picture(picture) => match covers::keep_bytes(folder, id, picture) {
            Ok(name) => Some(name),
            Err(error) => {
                source.remark(error.chain());
                None
            }
        },
    }
}

pub(crate) fn empty() -> Imported {
    Imported {
        file: String::new(),
        format: String::new(),
        content: Content::Catalogue,
        mapping: Vec::new(),
        dry_run: false,
        read: 0,
        stored: 0,
        updated: 0,
        duplicates: 0,
        rejected: 0,
        rejects: Vec::new(),
        rejected_file: None,
        notes: Vec::new(),
        habits: Vec::new(),
        saved: None,
        filled: std::collections::BTreeMap::new(),
        encoded: 0,
        unencoded: 0,
        cancelled: false,
        fields: Vec::new(),
        examples: None,
        problem: None,
        parts: Vec::new(),
    }
}

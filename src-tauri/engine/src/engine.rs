//! The engine: one data folder, and the verbs of Curio over it.
//!
//! Every verb has the same name here, on the command line, in the window's commands and in its
//! `api.ts`. The engine reads no clock, no environment and no terminal: time (`at`, milliseconds
//! since 1970-01-01 UTC) and paths are passed in, so that everything replays.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use crate::backup;
use crate::behaviour::{Action, Deed, Entry, Profile, ProfileId, counting};
use crate::browse::Shelf;
use crate::catalogue::{Item, ItemId, Kind};
use crate::census::{Census, Counted};
use crate::counter::Counter;
use crate::covers;
use crate::error::{Error, Result};
use crate::export;
use crate::features::unit;
use crate::friend::Friend;
use crate::fusion::fuse;
use crate::household::{Everyone, Household, Member, Tastes, shoppers};
use crate::import::ImportOptions;
use crate::intake::{Before, Intake, imported};
use crate::library::Library;
use crate::links::{Links, complete};
use crate::mix::changes;
use crate::prior::Prior;
use crate::reason::in_common;
use crate::reversal::Brought;
use crate::search::{Change, Index};
use crate::shoppers::Shoppers;
use crate::store::Store;
use crate::tables::Tables;
use crate::texts::Texts;
use crate::tracker;
use crate::training::open_prior;
use crate::transcript;
use crate::view::{
    ExportFormat, Found, Hit, Imported, ItemView, Matched, Near, ProfileView, Progress, Recorded,
    Stage, Status, What, Written,
};
use crate::watch::Watch;

/// Where an engine keeps its data and finds its models.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The data folder; made when missing.
    pub data: PathBuf,
    /// The folder with `manifest.json`, the encoders and ONNX Runtime.
    pub models: PathBuf,
    /// An encoder of the manifest for as long as the folder is open, whatever was chosen in it with
    /// [`Engine::choose_encoder`]; it serves with the vectors that it has.
    pub encoder: Option<String>,
}

/// How many word hits and meaning hits are fused.
const DEPTH: usize = 200;
/// A text is called close to a search only above this cosine.
const CLOSE: f32 = 0.2;
const DAY_MS: i64 = 86_400_000;
/// Where in the data folder the tables of a file lie while it is imported.
const UNPACKED: &str = "unpacked";
/// What an intake takes in.
pub(crate) type Read<'r> = Box<dyn FnOnce(&mut Intake, &Watch, &Before) -> Result<Imported> + 'r>;
/// Makes ready what stands at a path, while nothing waits for it.
pub(crate) type Open<'r> = dyn Fn(PathBuf, &Watch) -> Result<Read<'r>> + 'r;
/// The longest list that may be asked for.
pub(crate) const LONGEST: usize = 1_000;
/// The setting that names the encoder that was chosen in this folder …
pub(crate) const CHOSEN: &str = "encoder";
/// … and the one that names the encoder that served when the choice was made or came true.
pub(crate) const SERVING: &str = "encoder_serving";
/// The encoder of a folder in which none was chosen.
const ENCODER: &str = "multilingual";
/// The setting that counts the changes of the catalogue; the search index carries it as its stamp.
pub(crate) const CATALOGUE: &str = "catalogue";

/// One data folder, open. Share it behind an `Arc`; every method takes `&self`.
pub struct Engine {
    settings: Settings,
    prior: RwLock<Arc<Prior>>,
    store: Store,
    index: Index,
    texts: Texts,
    /// The snapshot that answers; none until it is first asked for.
    library: RwLock<Option<Arc<Library>>>,
    /// How many snapshots were built.
    versions: AtomicU64,
    /// One snapshot is built at a time.
    building: Mutex<()>,
    household: Household,
    /// What was last counted of the records, and the state of the catalogue then.
    counted: Mutex<Option<(String, Counted)>>,
    /// What was browsed last.
    pub(crate) shelf: Mutex<Option<Arc<Shelf>>>,
    /// One change of the catalogue, of the chosen encoder or of the snapshot at a time; never held
    /// while texts are encoded.
    writing: Mutex<()>,
    /// One encoding at a time. Whoever takes both takes this first.
    pub(crate) encoding: Mutex<()>,
    notices: Mutex<Vec<String>>,
    /// The last day, counted from 1970-01-01 UTC, on which the daily backup was seen to.
    backed_up: Mutex<Option<i64>>,
}

impl Engine {
    /// Opens a data folder, repairing or rebuilding what is not whole; [`Engine::status`] says what.
    ///
    /// # Errors
    /// The folder is open elsewhere, was written by a newer version, or cannot be read or written.
    pub fn open(settings: Settings) -> Result<Self> {
        let (store, mut notices) = Store::open(&settings.data)?;
        let [serving, chosen] = roles(&settings, &store)?;
        let (texts, said) = Texts::open(&settings.data, &settings.models, &serving, &chosen)?;
        notices.extend(said);
        let (prior, said) = open_prior(&settings.data)?;
        notices.extend(said);
        let stamp = store.get_setting(CATALOGUE)?.unwrap_or_default();
        let (index, must_fill) = Index::open(&settings.data.join("search"), &stamp)?;
        let engine = Self {
            prior: RwLock::new(Arc::new(prior)),
            library: RwLock::default(),
            versions: AtomicU64::new(0),
            building: Mutex::new(()),
            household: Household::default(),
            counted: Mutex::default(),
            shelf: Mutex::default(),
            writing: Mutex::new(()),
            encoding: Mutex::new(()),
            settings,
            store,
            index,
            texts,
            notices: Mutex::new(notices),
            backed_up: Mutex::default(),
        };
        if must_fill {
            engine.fill_index(&Watch::NONE)?;
        }
        Ok(engine)
    }

    /// How everything stands; that the catalogue cannot be read is a notice.
    pub fn status(&self) -> Status {
        let library = self.library().unwrap_or_else(|error| {
            self.note(vec![error.chain()]);
            Arc::default()
        });
        let mut kinds = BTreeMap::new();
        for id in library.features.ids() {
            *kinds.entry(library.items[id.row()].kind).or_default() += 1;
        }
        Status {
            items: library.items_len(),
            linked: library.links.len(),
            kinds,
            profiles: self.store.profiles().map_or(0, |p| p.len()),
            entries: self.store.entries(),
            encoder: self.texts.status(library.encoded()),
            notices: self.notices(),
            trained: self.trained(),
            last_import: self.last_import(),
            data: self.settings.data.display().to_string(),
        }
    }

    /// What had to be done to what was not whole, in words, as far as it is known by now.
    pub fn notices(&self) -> Vec<String> {
        self.noticed().clone()
    }

    /// Imports a file of tables (CSV, a workbook, JSON Lines, or a zip of such): cleans and stores its
    /// rows, indexes and encodes what is new. Importing
    /// the same file again changes nothing; an import that was stopped goes on.
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
        let mut intake = Intake::new(&self.store, options, at);
        let before = Before {
            writing: begin,
            items: &|| self.change_catalogue(),
            more: &|brought| self.bring(brought),
        };
        let read = read(&mut intake, watch, &before);
        // What is stored must be seen, however the reading ended.
        if intake.items_changed() {
            self.refresh()?;
        } else if intake.logs_changed() {
            self.household.clear();
        }
        if intake.items_changed() {
            self.fill_index(watch)?;
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
        let tried = transcript::merge(read.contents.clone(), &mut self.store.contents()?);
        let mut merged = if dry_run || tried.stored + tried.updated == 0 {
            // What brings nothing is no import that could be undone.
            tried
        } else {
            begin()?;
            self.change_catalogue()?;
            let (merged, brought) = self.store.change(|now| {
                let (first, friends) = (now.items.len(), now.friends.clone());
                let merged = transcript::merge(read.contents, now);
                let added = (0..).map(ItemId).zip(&now.items).skip(first);
                let mut brought = Brought::items(added);
                brought.extend(Brought::logs(merged.logs.clone()));
                brought.extend(Brought::friends(&friends, &now.friends));
                Ok((merged, brought))
            })?;
            self.bring(brought)?;
            self.restore_encoder()?;
            self.refresh()?;
            if merged.items_changed {
                self.fill_index(watch)?;
            }
            merged
        };
        merged.notes.splice(0..0, read.lost);
        Ok(imported(
            self.store.data(),
            path,
            dry_run,
            read.faults,
            merged,
        ))
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
        let unpacked = self.settings.data.join(UNPACKED);
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
            if self.store.items_len() > 0 {
                self.back_up_daily(at);
            }
            self.begin_import(files, at)?;
            begun.set(true);
            Ok(())
        };
        let mut all = Vec::with_capacity(files.len());
        for (n, file) in files.iter().enumerate() {
            let read = open(file.clone(), watch)?;
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
            }
            let stopped = imported.cancelled;
            all.push(imported);
            if stopped {
                break;
            }
        }
        Ok(all)
    }

    /// Finds an item by `#12`, its key, its title or `12`.
    pub fn find_item(&self, name: &str) -> Result<ItemId> {
        self.library()?.find(name)
    }

    /// Finds a profile by its name.
    pub fn find_profile(&self, name: &str) -> Result<ProfileId> {
        let profiles = self.store.profiles()?;
        let found = profiles.iter().find(|p| p.name == name.trim());
        found.map(|p| p.id).ok_or_else(|| Error::NotFound {
            what: "profile",
            name: name.to_owned(),
        })
    }

    /// Searches by words and by meaning, fused.
    pub fn search(&self, query: &str, kind: Option<Kind>, limit: usize) -> Result<Found> {
        let library = self.library()?;
        let hits = self.hits(query, kind, &library)?.into_iter();
        Ok(Found {
            query: query.to_owned(),
            hits: hits
                .take(limit.min(LONGEST))
                .map(|(id, score, matched)| {
                    let item = library.view(id)?;
                    Ok(Hit {
                        item,
                        score,
                        matched,
                    })
                })
                .collect::<Result<_>>()?,
        })
    }

    /// What a search finds, best first, with the fused score and where it matched.
    pub(crate) fn hits(
        &self,
        query: &str,
        kind: Option<Kind>,
        library: &Library,
    ) -> Result<Vec<(ItemId, f64, Vec<Matched>)>> {
        let mut words = self.index.search(query, kind, DEPTH)?;
        // An import may have filled the index since this snapshot was taken.
        words.retain(|hit| hit.item.row() < library.items.len());
        let close: Vec<ItemId> = self
            .meaning_of(query, library)
            .map(|vector| library.nearest(&vector, kind, DEPTH))
            .unwrap_or_default()
            .into_iter()
            .filter(|(_, cosine)| *cosine >= CLOSE)
            .map(|(id, _)| id)
            .collect();
        let order: Vec<ItemId> = words.iter().map(|hit| hit.item).collect();
        let told = fuse(&order, &close).into_iter().map(|(id, score)| {
            let word = words.iter().find(|hit| hit.item == id);
            let mut matched = word.map(|hit| hit.matched.clone()).unwrap_or_default();
            if close.contains(&id) {
                matched.push(Matched::Meaning);
            }
            (id, score, matched)
        });
        Ok(told.collect())
    }

    /// Everything about an item.
    pub fn show(&self, item: ItemId) -> Result<ItemView> {
        self.library()?.view(item)
    }

    /// The items whose text is nearest, best first, with what they have in common.
    pub fn similar(&self, item: ItemId, n: usize) -> Result<Vec<Near>> {
        let library = self.library()?;
        library.item(item)?;
        let row = library.features.meaning.row(item.row());
        library
            .nearest(row.as_slice().unwrap_or_default(), None, n.min(LONGEST) + 1)
            .into_iter()
            .filter(|(other, _)| *other != item)
            .take(n)
            .map(|(other, similarity)| {
                Ok(Near {
                    item: library.view(other)?,
                    similarity: f64::from(similarity),
                    reasons: in_common(&library, item, other),
                })
            })
            .collect()
    }

    /// The profiles, oldest first.
    pub fn profiles(&self) -> Result<Vec<ProfileView>> {
        let profiles = self.store.profiles()?;
        profiles.into_iter().map(|p| self.shown(p)).collect()
    }

    /// Adds a profile.
    ///
    /// # Errors
    /// The name is empty or taken.
    pub fn add_profile(&self, name: &str) -> Result<ProfileView> {
        self.shown(self.store.add_profile(name)?)
    }

    /// Gives a profile another name.
    pub fn rename_profile(&self, profile: ProfileId, name: &str) -> Result<ProfileView> {
        self.shown(self.store.rename_profile(profile, name)?)
    }

    /// Removes a profile and its log.
    pub fn remove_profile(&self, profile: ProfileId) -> Result<()> {
        self.rewrite(|store| store.remove_profile(profile))
    }

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

    /// Writes everything into a folder, as CSV or as JSON Lines, either of which imports to the same
    /// again; or what a profile says of its films or books, as another program imports it.
    ///
    /// # Errors
    /// A file of such a name is there and is no export, they cannot be written, or no profile is named
    /// for a format that is of one.
    pub fn export(
        &self,
        folder: &Path,
        format: ExportFormat,
        profile: Option<ProfileId>,
    ) -> Result<Written> {
        match format {
            ExportFormat::Csv => export::write(&self.store, folder),
            ExportFormat::Jsonl => export::write_transcript(&self.store, folder),
            ExportFormat::Letterboxd | ExportFormat::Goodreads => {
                let profile = profile.ok_or_else(|| {
                    Error::Invalid(
                        "say whose films or books these are (--profile NAME on a terminal)"
                            .to_owned(),
                    )
                })?;
                let log = self.log(profile)?;
                tracker::write(&*self.library()?, &log, folder, format)
            }
        }
    }

    /// Writes some items, in their order, into a CSV file of the same columns; gives how many.
    ///
    /// # Errors
    /// An item is not there, or a file of that name is and is no export, or it cannot be written.
    pub fn save_list(&self, items: &[ItemId], file: &Path) -> Result<u64> {
        export::save_list(&*self.library()?, items, file)
    }

    /// Writes everything into one readable archive.
    ///
    /// # Errors
    /// A file of that name is there and is no backup, or it cannot be written.
    pub fn backup(&self, file: &Path, at: i64) -> Result<Written> {
        backup::spare_others(file)?;
        backup::write_with_covers(&self.store, file, at)?;
        self.written(file)
    }

    /// Replaces everything by what an archive holds, after a backup of what is there.
    pub fn restore(&self, file: &Path, at: i64) -> Result<Written> {
        let _alone = self.alone();
        let contents = backup::read(file)?;
        backup::before(&self.store, &self.settings.data, "restore", at)?;
        crate::remembered::forget_all(&self.settings.data)?;
        backup::restore_covers(file, &self.settings.data)?;
        self.store.restore(&contents)?;
        self.change_catalogue()?;
        self.restore_encoder()?;
        self.refresh()?;
        self.fill_index(&Watch::NONE)?;
        self.written(file)
    }

    /// The snapshot that answers now, built when it is first asked for.
    pub(crate) fn library(&self) -> Result<Arc<Library>> {
        if let Some(library) = self.snapshot() {
            return Ok(library);
        }
        let _building = self.building.lock().unwrap_or_else(PoisonError::into_inner);
        match self.snapshot() {
            Some(library) => Ok(library),
            None => self.build(self.store.items()),
        }
    }

    /// The snapshot, if it was asked for.
    pub(crate) fn snapshot(&self) -> Option<Arc<Library>> {
        let library = self.library.read().unwrap_or_else(PoisonError::into_inner);
        library.clone()
    }

    /// Has a snapshot of these records answer; where they cannot be had none does, until it is asked for.
    fn build(&self, records: Result<Vec<Item>>) -> Result<Arc<Library>> {
        let version = self.versions.fetch_add(1, Ordering::Relaxed);
        // Built before the lock is taken: nobody waits for it.
        let built = records
            .and_then(|records| {
                snapshot(&self.settings, &self.store, &self.texts, records, version)
            })
            .map(Arc::new);
        let mut library = self.library.write().unwrap_or_else(PoisonError::into_inner);
        *library = built.as_ref().ok().map(Arc::clone);
        built
    }

    pub(crate) fn texts(&self) -> &Texts {
        &self.texts
    }

    pub(crate) fn prior(&self) -> Arc<Prior> {
        Arc::clone(&self.prior.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn set_prior(&self, prior: Prior) {
        *self.prior.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(prior);
        self.household.clear();
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Held by whoever changes the catalogue, the chosen encoder or the snapshot.
    pub(crate) fn alone(&self) -> MutexGuard<'_, ()> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Computes a new snapshot from the store and the vectors where there is one, the one moment at
    /// which another encoder may begin to serve; the caller is [`Engine::alone`].
    pub(crate) fn refresh(&self) -> Result<()> {
        let _building = self.building.lock().unwrap_or_else(PoisonError::into_inner);
        if self.snapshot().is_some() {
            self.build(self.store.items())?;
        }
        self.household.clear();
        Ok(())
    }

    /// The same where the store holds what the snapshot `before` does, but for some items: nothing else is
    /// read from it again.
    pub(crate) fn refresh_after(
        &self,
        before: &Library,
        changed: &[(ItemId, Item)],
    ) -> Result<Arc<Library>> {
        let _building = self.building.lock().unwrap_or_else(PoisonError::into_inner);
        let records = || {
            let mut records = before.items.clone();
            // The snapshot has leaders with what all of their records know.
            for leader in before.links.leaders() {
                records[leader.row()] = self.stored(leader)?;
            }
            for (id, item) in changed {
                records[id.row()].clone_from(item);
            }
            Ok(records)
        };
        let after = self.build(records())?;
        self.household.clear();
        Ok(after)
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
        if let Err(error) = backup::daily(&self.store, &self.settings.data, at) {
            let notice = format!("there is no backup of today: {}", error.chain());
            self.noticed().push(notice);
        }
    }

    /// Adds to what the status says.
    pub(crate) fn note(&self, notices: Vec<String>) {
        self.noticed().extend(notices);
    }

    fn noticed(&self) -> MutexGuard<'_, Vec<String>> {
        self.notices.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Marks the catalogue as changed before it is, so that an index that missed the change is
    /// found stale at the next open.
    fn change_catalogue(&self) -> Result<()> {
        let count: u64 = self.stamp()?.parse().unwrap_or(0);
        self.store.set_setting(CATALOGUE, &(count + 1).to_string())
    }

    /// The state of the catalogue that the search index must stand for.
    fn stamp(&self) -> Result<String> {
        Ok(self.store.get_setting(CATALOGUE)?.unwrap_or_default())
    }

    /// Stores items anew, and has them seen and found; the caller is [`Engine::alone`] since it read them.
    pub(crate) fn put_items(&self, items: &[(ItemId, Item)], watch: &Watch) -> Result<()> {
        let (before, stamp) = (self.library()?, self.stamp()?);
        self.change_catalogue()?;
        self.store.put_items(items)?;
        let after = self.refresh_after(&before, items)?;
        // What leads a record that changed, or that has another leader now, reads otherwise.
        let moved = after.links.moved_since(&before.links);
        let concerned: BTreeSet<ItemId> = moved
            .chain(items.iter().map(|(id, _)| *id))
            .flat_map(|id| [before.links.leader(id), after.links.leader(id)])
            .collect();
        let item = |library: &'_ Library, id: ItemId| -> Option<Item> {
            library
                .links
                .leads(id)
                .then(|| library.items[id.row()].clone())
        };
        let changes = concerned.into_iter().map(|id| Change {
            id,
            before: item(&before, id),
            after: item(&after, id),
        });
        let changes: Vec<Change> = changes.collect();
        match self.index.update(&changes, &stamp, &self.stamp()?) {
            Ok(true) => Ok(()),
            // What cannot be changed is filled again.
            Ok(false) | Err(_) => self.fill_index(watch),
        }
    }

    /// A record as its file and its owner gave it.
    pub(crate) fn stored(&self, id: ItemId) -> Result<Item> {
        self.store.item(id)?.ok_or_else(|| Error::NotFound {
            what: "item",
            name: id.to_string(),
        })
    }

    /// Fills the search index from the snapshot, or where there is none record by record from the store;
    /// the caller is [`Engine::alone`], or opens the engine, so that both say the same.
    pub(crate) fn fill_index(&self, watch: &Watch) -> Result<()> {
        *self.census_kept() = None;
        if let Some(library) = self.snapshot() {
            let items = library.features.ids();
            let mut items = items.map(|id| Ok((id, library.items[id.row()].clone())));
            return self.fill_index_with(&mut items, library.items_len(), watch);
        }
        let count = self.store.items_len();
        let (stamp, mut census) = (self.stamp()?, self.census());
        let records = self.store.records().inspect(|record| {
            if let Ok((_, item)) = record {
                census.add(item);
            }
        });
        let links = Links::read(count, records, &|id| self.store.item(id))?;
        *self.census_kept() = Some((stamp, census.counted()));
        let leads = |record: &Result<(ItemId, Item)>| match record {
            Ok((id, _)) => links.leads(*id),
            Err(_) => true,
        };
        let mut items = self.store.records().filter(leads).map(|record| {
            let (id, mut item) = record?;
            for follower in links.followers(id) {
                complete(&mut item, &self.stored(follower)?);
            }
            Ok((id, item))
        });
        self.fill_index_with(&mut items, count - links.len(), watch)
    }

    fn fill_index_with(
        &self,
        items: &mut dyn Iterator<Item = Result<(ItemId, Item)>>,
        total: usize,
        watch: &Watch,
    ) -> Result<()> {
        let stamp = self.stamp()?;
        let total = Some(total as u64);
        let filled = self.index.rebuild(items, &stamp, &|done| {
            (watch.progress)(Progress {
                stage: Stage::Index,
                done,
                total,
            });
            !(watch.cancelled)()
        });
        match filled {
            // The index stays stale and is filled at the next import or open.
            Err(Error::Cancelled) => Ok(()),
            other => other,
        }
    }

    /// What is counted of the records, in one pass where they were not when something else read them all.
    pub(crate) fn counted(&self) -> Result<Counted> {
        let stamp = self.stamp()?;
        if let Some((of, counted)) = self.census_kept().as_ref()
            && *of == stamp
            && (counted.texts.is_some() || !self.counts_texts())
        {
            return Ok(counted.clone());
        }
        let mut census = self.census();
        for record in self.store.records() {
            census.add(&record?.1);
        }
        let counted = census.counted();
        *self.census_kept() = Some((stamp, counted.clone()));
        Ok(counted)
    }

    fn census(&self) -> Census {
        Census::new(self.store.items_len(), self.counts_texts())
    }

    /// Texts are counted only where no encoder does.
    fn counts_texts(&self) -> bool {
        !self.texts.serving().is_installed()
    }

    fn census_kept(&self) -> MutexGuard<'_, Option<(String, Counted)>> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn meaning_of(&self, query: &str, library: &Library) -> Option<Vec<f32>> {
        if query.trim().is_empty() {
            return None;
        }
        // Only the encoder that made these vectors can read what is compared with them.
        let encoding = self.texts.named(&library.encoder).ok()?;
        let vector = encoding.query(query)?;
        Some(unit(&vector, &library.features.meaning_mean).to_vec())
    }

    /// The profile with a number, or an error that names it.
    fn profile(&self, id: ProfileId) -> Result<Profile> {
        let mut profiles = self.store.profiles()?.into_iter();
        profiles
            .find(|p| p.id == id)
            .ok_or_else(|| Error::NotFound {
                what: "profile",
                name: format!("#{}", id.0),
            })
    }

    /// A profile as its owner sees it.
    pub(crate) fn shown_profile(&self, id: ProfileId) -> Result<ProfileView> {
        self.shown(self.profile(id)?)
    }

    fn shown(&self, profile: Profile) -> Result<ProfileView> {
        Ok(ProfileView {
            id: profile.id,
            entries: counting(&self.store.log(profile.id)?).count(),
            name: profile.name,
        })
    }

    /// What all profiles together say.
    pub(crate) fn everyone(&self, library: &Library) -> Result<Arc<Everyone>> {
        self.household.everyone(&self.store, library)
    }

    /// What the purchases of all say of baskets.
    pub(crate) fn counter(&self, library: &Library) -> Result<Arc<Counter>> {
        self.household.counter(&self.store, library, &self.prior())
    }

    /// What each profile's log says to others.
    pub(crate) fn shoppers(&self, library: &Library) -> Result<Shoppers> {
        shoppers(&self.store, library, None)
    }

    /// What the friends think of the items that are here, each in no order.
    pub(crate) fn tastes(&self, library: &Library) -> Result<Tastes> {
        self.household.tastes(&self.store, library)
    }

    /// The friends, whatever of their taste is here.
    pub(crate) fn stored_friends(&self) -> Result<Vec<Friend>> {
        self.store.friends()
    }

    /// Writes the store while no import, restore or removal does, and has everything folded again.
    pub(crate) fn rewrite<T>(&self, write: impl FnOnce(&Store) -> Result<T>) -> Result<T> {
        let _alone = self.alone();
        let done = write(&self.store)?;
        self.household.clear();
        Ok(done)
    }

    /// A profile's whole log, in order, by the records that lead.
    pub(crate) fn log(&self, profile: ProfileId) -> Result<Vec<Entry>> {
        self.profile(profile)?;
        Ok(self.library()?.led(self.store.log(profile)?))
    }

    pub(crate) fn with<T>(
        &self,
        profile: ProfileId,
        run: impl FnOnce(&mut Member) -> Result<T>,
    ) -> Result<T> {
        self.household
            .with(&self.store, &self.library()?, &self.prior(), profile, run)
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
            let entries = member.library.led(self.store.append(profile, &deeds)?);
            member.follow(&entries, &self.store, &self.prior())?;
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

    fn written(&self, path: &Path) -> Result<Written> {
        Ok(Written {
            path: path.display().to_string(),
            items: self.store.items_len() as u64,
            profiles: self.store.profiles()?.len() as u64,
            entries: self.store.entries(),
            friends: self.store.friends()?.len() as u64,
        })
    }
}

/// The encoder that serves in a data folder and the one that was chosen in it, which are one unless
/// there was a change of mind.
pub(crate) fn roles(settings: &Settings, store: &Store) -> Result<[String; 2]> {
    if let Some(only) = &settings.encoder {
        return Ok([only.clone(), only.clone()]);
    }
    let chosen = store.get_setting(CHOSEN)?;
    let chosen = chosen.unwrap_or_else(|| ENCODER.to_owned());
    let serving = store.get_setting(SERVING)?;
    Ok([serving.unwrap_or_else(|| chosen.clone()), chosen])
}

/// What the store holds now, as the encoder reads it that is to serve from now on.
fn snapshot(
    settings: &Settings,
    store: &Store,
    texts: &Texts,
    mut items: Vec<Item>,
    version: u64,
) -> Result<Library> {
    let links = Links::of(&items);
    links.join(&mut items);
    let (encoding, change) = texts.settle(&items);
    if change && settings.encoder.is_none() {
        store.set_setting(SERVING, encoding.name())?;
    }
    let vectors = encoding.vectors_of(&items);
    Ok(Library {
        covers: covers::folder(&settings.data),
        ..Library::new(items, vectors, encoding.name(), version).linked(links)
    })
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

pub(crate) fn item_of(deed: &Deed) -> Option<ItemId> {
    match deed {
        Deed::Act { item, .. } => Some(*item),
        _ => None,
    }
}

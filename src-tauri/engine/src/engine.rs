//! The engine: one data folder, and the verbs of Curio over it.
//!
//! Here is what is open, how it stands, and what every verb is made of. The verbs themselves are methods
//! of [`Engine`] in the module of their noun: `imports`, `mappings`, `folders` and `friends` take in, and
//! `reversal` takes back; `profiles` and `activity` keep what is done; `recommend`, `together`, `basket` and
//! `picks` serve; `lookup` and `browse` find; `edit`, `merge` and `mix` set by hand; `explain` and `insight`
//! say why; `encoders` and `training` choose what is ranked by; `trial` and `shop` evaluate; `export` and
//! `backups` give back.
//!
//! Every verb has the same name here, on the command line, in the window's commands and in its
//! `api.ts`. The engine reads no clock, no environment and no terminal: time (`at`, milliseconds
//! since 1970-01-01 UTC) and paths are passed in, so that everything replays.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use crate::browse::Shelf;
use crate::catalogue::{Item, ItemId};
use crate::census::Counted;
use crate::encoders::roles;
use crate::error::{Error, Result};
use crate::household::Household;
use crate::indexing::CATALOGUE;
use crate::prior::Prior;
use crate::search::Index;
use crate::snapshot::Snapshots;
use crate::store::Store;
use crate::texts::Texts;
use crate::training::adopted;
use crate::view::{ItemView, Status};
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

/// The longest list that may be asked for.
pub(crate) const LONGEST: usize = 1_000;

/// One data folder, open. Share it behind an `Arc`; every method takes `&self`.
pub struct Engine {
    settings: Settings,
    prior: RwLock<Arc<Prior>>,
    store: Store,
    pub(crate) index: Index,
    texts: Texts,
    pub(crate) snapshots: Snapshots,
    pub(crate) household: Household,
    /// What was last counted of the records, and the state of the catalogue then.
    pub(crate) counted: Mutex<Option<(String, Counted)>>,
    /// What was browsed last.
    pub(crate) shelf: Mutex<Option<Arc<Shelf>>>,
    /// One change of the catalogue, of the chosen encoder or of the snapshot at a time; never held
    /// while texts are encoded.
    writing: Mutex<()>,
    /// One encoding at a time. Whoever takes both takes this first.
    pub(crate) encoding: Mutex<()>,
    notices: Mutex<Vec<String>>,
    /// The last day, counted from 1970-01-01 UTC, on which the daily backup was seen to.
    pub(crate) backed_up: Mutex<Option<i64>>,
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
        let (prior, said) = adopted(&store)?;
        notices.extend(said);
        let stamp = store.get_setting(CATALOGUE)?.unwrap_or_default();
        let (index, must_fill) = Index::open(&settings.data.join("search"), &stamp)?;
        let engine = Self {
            prior: RwLock::new(Arc::new(prior)),
            snapshots: Snapshots::default(),
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
            profiles: self.store.profiles_len(),
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

    /// Finds an item by `#12`, its key, its title or `12`.
    pub fn find_item(&self, name: &str) -> Result<ItemId> {
        self.library()?.find(name)
    }

    /// Everything about an item.
    pub fn show(&self, item: ItemId) -> Result<ItemView> {
        self.library()?.view(item)
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
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

    /// Held by whoever changes the catalogue, the chosen encoder or the snapshot.
    pub(crate) fn alone(&self) -> MutexGuard<'_, ()> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes the store while no import, restore or removal does, and has everything folded again.
    pub(crate) fn rewrite<T>(&self, write: impl FnOnce(&Store) -> Result<T>) -> Result<T> {
        let _alone = self.alone();
        let done = write(&self.store)?;
        self.household.clear();
        Ok(done)
    }

    /// A record as its file and its owner gave it.
    pub(crate) fn stored(&self, id: ItemId) -> Result<Item> {
        self.store
            .item(id)?
            .ok_or_else(|| Error::not_found("item", id.to_string()))
    }

    /// Adds to what the status says.
    pub(crate) fn note(&self, notices: Vec<String>) {
        let mut noticed = self.noticed();
        for notice in notices {
            if !noticed.contains(&notice) {
                noticed.push(notice);
            }
        }
    }

    fn noticed(&self) -> MutexGuard<'_, Vec<String>> {
        self.notices.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

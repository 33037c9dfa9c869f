//! A trial: files read into a world of their own, to train a prior or to evaluate rankers, beside
//! the store and without touching it.
//!
//! Only text vectors are shared with the data folder, as the same text has the same vector.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::catalogue::{Item, ItemId};
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::evaluate::evaluate;
use crate::features::Features;
use crate::import::{ImportOptions, Outcome, Reader};
use crate::neighbours::{Neighbours, Reach, Trace};
use crate::taste::World;
use crate::train::{Trained, train};
use crate::view::{Content, Evaluation};
use crate::watch::Watch;

/// The files of a trial.
#[derive(Debug, Clone)]
pub struct Trial {
    pub catalog: PathBuf,
    /// Each profile in it is fresh: to be evaluated, or trained on.
    pub interactions: PathBuf,
    /// Other profiles, whose company may be used.
    pub neighbours: Option<PathBuf>,
    /// Profiles to fit the prior on, instead of the shipped one.
    pub prior: Option<PathBuf>,
    /// How much of each log is replayed.
    pub limit: usize,
    /// Draws the samples that training compares with.
    pub seed: u64,
}

/// The catalogue of a trial.
struct Shelf {
    features: Features,
    ids: HashMap<String, ItemId>,
    /// Texts that have no vector.
    unencoded: u64,
}

/// The logs of a trial, each in order of time, and how many rows could not be used.
#[derive(Default)]
struct Logs {
    logs: Vec<Vec<Trace>>,
    skipped: usize,
}

impl Engine {
    /// Evaluates the rankers prequentially on files; see [`crate::evaluate`].
    ///
    /// # Errors
    /// A file cannot be read, or the trial was cancelled while texts were encoded.
    pub fn evaluate(&self, trial: &Trial, watch: &Watch) -> Result<Evaluation> {
        let shelf = self.shelf(&trial.catalog, watch)?;
        let others = shelf.others(trial)?;
        let neighbours = Neighbours::fit(&shelf.features, &others.logs, Reach::FULL);
        let world = World::new(&shelf.features, &neighbours);
        let prior = match &trial.prior {
            Some(file) => train(world, &shelf.logs(file)?.logs, trial.seed).prior,
            None => self.prior().clone(),
        };
        let own = shelf.logs(&trial.interactions)?;
        let rankers = evaluate(world, &own.logs, &prior, trial.limit);
        Ok(Evaluation {
            choices: rankers.choices,
            users: own.logs.len(),
            items: shelf.features.len(),
            skipped: own.skipped + others.skipped,
            unencoded: shelf.unencoded,
            rankers: rankers.scored,
        })
    }

    /// Fits a prior on files; see [`crate::train`].
    ///
    /// # Errors
    /// A file cannot be read, nothing in the logs is a choice, or the trial was cancelled while
    /// texts were encoded.
    pub fn train(&self, trial: &Trial, watch: &Watch) -> Result<Trained> {
        let shelf = self.shelf(&trial.catalog, watch)?;
        let neighbours = Neighbours::fit(&shelf.features, &shelf.others(trial)?.logs, Reach::FULL);
        let world = World::new(&shelf.features, &neighbours);
        let own = shelf.logs(&trial.interactions)?;
        let trained = train(world, &own.logs, trial.seed);
        if trained.choices[0] == 0 {
            return Err(Error::Invalid(format!(
                "{} holds no choice of an item in {}",
                trial.interactions.display(),
                trial.catalog.display()
            )));
        }
        Ok(trained)
    }

    fn shelf(&self, catalog: &Path, watch: &Watch) -> Result<Shelf> {
        let options = ImportOptions {
            content: Some(Content::Catalogue),
            ..Default::default()
        };
        let mut reader = Reader::open(catalog, &options)?;
        let mut items: Vec<Item> = Vec::new();
        let mut ids = HashMap::new();
        while let Some(row) = reader.next_row()? {
            let Outcome::Good {
                item: Some(item), ..
            } = row.outcome
            else {
                continue;
            };
            let id = *ids
                .entry(item.key.clone())
                .or_insert(ItemId(items.len() as u32));
            if id.row() == items.len() {
                items.push(*item);
            } else {
                items[id.row()] = *item;
            }
        }
        let (_, unencoded) = self.texts().encode(&items, watch)?;
        if (watch.cancelled)() {
            return Err(Error::Cancelled);
        }
        Ok(Shelf {
            features: Features::build(&items, self.texts().vectors_of(&items)),
            ids,
            unencoded,
        })
    }
}

impl Shelf {
    fn others(&self, trial: &Trial) -> Result<Logs> {
        let file = trial.neighbours.as_deref();
        file.map_or_else(|| Ok(Logs::default()), |file| self.logs(file))
    }

    /// The profiles of a file in order of appearance, what each did in order of time.
    fn logs(&self, file: &Path) -> Result<Logs> {
        let options = ImportOptions {
            content: Some(Content::Interactions),
            ..Default::default()
        };
        let mut reader = Reader::open(file, &options)?;
        let mut place: HashMap<String, usize> = HashMap::new();
        let mut read = Logs::default();
        while let Some(row) = reader.next_row()? {
            let Outcome::Good { interactions, .. } = row.outcome else {
                read.skipped += 1;
                continue;
            };
            for told in interactions {
                let Some(item) = self.ids.get(&told.item_key) else {
                    read.skipped += 1;
                    continue;
                };
                let name = told.profile.unwrap_or_default();
                let at = *place.entry(name).or_insert(read.logs.len());
                if at == read.logs.len() {
                    read.logs.push(Vec::new());
                }
                read.logs[at].push(Trace {
                    item: *item,
                    action: told.action,
                    at: told.at,
                });
            }
        }
        for log in &mut read.logs {
            log.sort_by_key(|trace| trace.at.unwrap_or_default());
        }
        Ok(read)
    }
}

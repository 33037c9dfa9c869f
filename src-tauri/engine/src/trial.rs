//! A trial: files read into a world of their own, to train a prior or to evaluate rankers, beside
//! the store and without touching it.
//!
//! Only text vectors are shared with the data folder, as the same text has the same vector.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::catalogue::{Item, ItemId};
use crate::engine::Engine;
use crate::error::Result;
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
}

impl Engine {
    /// Evaluates the rankers prequentially on files; see [`crate::evaluate`].
    pub fn evaluate(&self, trial: &Trial, watch: &Watch) -> Result<Evaluation> {
        let shelf = self.shelf(&trial.catalog, watch)?;
        let neighbours = shelf.neighbours(trial.neighbours.as_deref())?;
        let world = World::new(&shelf.features, &neighbours);
        let prior = match &trial.prior {
            Some(file) => train(world, &shelf.logs(file)?, trial.seed).prior,
            None => self.prior().clone(),
        };
        Ok(evaluate(
            world,
            &shelf.logs(&trial.interactions)?,
            &prior,
            trial.limit,
        ))
    }

    /// Fits a prior on files; see [`crate::train`].
    pub fn train(&self, trial: &Trial, watch: &Watch) -> Result<Trained> {
        let shelf = self.shelf(&trial.catalog, watch)?;
        let neighbours = shelf.neighbours(trial.neighbours.as_deref())?;
        let world = World::new(&shelf.features, &neighbours);
        Ok(train(world, &shelf.logs(&trial.interactions)?, trial.seed))
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
        self.texts().encode(&items, watch)?;
        let features = Features::build(&items, self.texts().vectors_of(&items));
        Ok(Shelf { features, ids })
    }
}

impl Shelf {
    fn neighbours(&self, file: Option<&Path>) -> Result<Neighbours> {
        let logs = file.map_or(Ok(Vec::new()), |file| self.logs(file))?;
        Ok(Neighbours::fit(&self.features, &logs, Reach::FULL))
    }

    /// The profiles of a file in order of appearance, what each did in order of time.
    fn logs(&self, file: &Path) -> Result<Vec<Vec<Trace>>> {
        let options = ImportOptions {
            content: Some(Content::Interactions),
            ..Default::default()
        };
        let mut reader = Reader::open(file, &options)?;
        let mut place: HashMap<String, usize> = HashMap::new();
        let mut logs: Vec<Vec<(i64, Trace)>> = Vec::new();
        while let Some(row) = reader.next_row()? {
            let Outcome::Good { interactions, .. } = row.outcome else {
                continue;
            };
            for told in interactions {
                let Some(item) = self.ids.get(&told.item_key) else {
                    continue;
                };
                let name = told.profile.unwrap_or_default();
                let at = *place.entry(name).or_insert(logs.len());
                if at == logs.len() {
                    logs.push(Vec::new());
                }
                let trace = Trace {
                    item: *item,
                    action: told.action,
                    at: told.at,
                };
                logs[at].push((told.at.unwrap_or_default(), trace));
            }
        }
        let in_time = |mut log: Vec<(i64, Trace)>| {
            log.sort_by_key(|(at, _)| *at);
            log.into_iter().map(|(_, trace)| trace).collect()
        };
        Ok(logs.into_iter().map(in_time).collect())
    }
}

//! A trial: files read into a world of their own, to train a prior or to evaluate rankers, beside
//! the store and without touching it.
//!
//! Only text vectors are shared with the data folder, as the same text has the same vector.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::behaviour::ProfileId;
use crate::calibration::calibration;
use crate::catalogue::{Item, ItemId};
use crate::curve::curve;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::evaluate::{Rankers, evaluate, evaluate_own};
use crate::features::Features;
use crate::household::traces;
use crate::import::{ImportOptions, Outcome, Reader};
use crate::lessons::Lessons;
use crate::neighbours::{Neighbours, Reach, Trace};
use crate::prior::Prior;
use crate::replace::Replacement;
use crate::scales::Scales;
use crate::signal::Signal;
use crate::taste::World;
use crate::train::{train, train_without};
use crate::turn::turn;
use crate::view::{Calibration, Content, Curve, Evaluation, Turn};
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
    /// Also evaluate without each signal in turn.
    pub ablate: bool,
    /// Where the place of every choice is written, as CSV.
    pub choices: Option<PathBuf>,
}

/// The catalogue of a trial.
pub(crate) struct Shelf {
    pub features: Features,
    pub ids: HashMap<String, ItemId>,
    /// Texts that have no vector.
    pub unencoded: u64,
}

/// A catalogue, the company, and the logs that a prior is fitted on.
pub(crate) struct School {
    features: Features,
    neighbours: Neighbours,
    pub logs: Vec<Vec<Trace>>,
}

impl School {
    /// The choices in the first so many logs, their evidence at some scales.
    pub fn lessons(&self, scales: Scales, seed: u64, people: usize) -> Lessons {
        let world = World::new(&self.features, &self.neighbours).scaled(scales);
        Lessons::draw(world, &self.logs[..people.min(self.logs.len())], seed)
    }
}

/// The logs of a trial, each in order of time, and how many rows could not be used.
#[derive(Default)]
struct Users {
    logs: Vec<Vec<Trace>>,
    /// The profile's name in the file, by log.
    names: Vec<String>,
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
        let world = World::new(&shelf.features, &neighbours).scaled(self.prior().scales());
        let (prior, without) = self.priors(world, &shelf, trial)?;
        let own = shelf.own(trial)?;
        let rankers = evaluate(world, &own.logs, &prior, &without);
        if let Some(path) = &trial.choices {
            shelf.write_choices(path, &own, &rankers)?;
        }
        Ok(Evaluation {
            choices: rankers.choices(),
            users: own.logs.len(),
            items: shelf.features.len(),
            skipped: own.skipped + others.skipped,
            unencoded: shelf.unencoded,
            rankers: rankers.scored,
        })
    }

    /// Evaluates on files how ranking recovers when taste turns after so many interactions; see
    /// [`crate::turn`].
    ///
    /// # Errors
    /// As [`Engine::evaluate`]; also when fewer than two logs are that long.
    pub fn evaluate_turn(&self, trial: &Trial, after: usize, watch: &Watch) -> Result<Turn> {
        let shelf = self.shelf(&trial.catalog, watch)?;
        let neighbours = Neighbours::fit(&shelf.features, &shelf.others(trial)?.logs, Reach::FULL);
        let world = World::new(&shelf.features, &neighbours).scaled(self.prior().scales());
        let (prior, _) = self.priors(world, &shelf, trial)?;
        let turn = turn(world, &shelf.own(trial)?.logs, &prior, after);
        if turn.users < 2 {
            return Err(Error::Invalid(format!(
                "fewer than two profiles in {} have {after} interactions",
                trial.interactions.display()
            )));
        }
        Ok(turn)
    }

    /// Evaluates on files what lists gain and lose by how they are put together; see
    /// [`crate::curve`].
    ///
    /// # Errors
    /// As [`Engine::evaluate`].
    pub fn evaluate_lists(&self, trial: &Trial, watch: &Watch) -> Result<Curve> {
        let shelf = self.shelf(&trial.catalog, watch)?;
        let others = shelf.others(trial)?.logs;
        let neighbours = Neighbours::fit(&shelf.features, &others, Reach::FULL);
        let world = World::new(&shelf.features, &neighbours).scaled(self.prior().scales());
        let (prior, _) = self.priors(world, &shelf, trial)?;
        let own = shelf.own(trial)?.logs;
        Ok(curve(world, &own, &others, &prior, trial.seed))
    }

    /// Evaluates on files whether the intervals of weights hold what they claim; see
    /// [`crate::calibration`]. The profiles are simulated, as many as have a log.
    ///
    /// # Errors
    /// As [`Engine::evaluate`].
    pub fn evaluate_intervals(&self, trial: &Trial, watch: &Watch) -> Result<Calibration> {
        let shelf = self.shelf(&trial.catalog, watch)?;
        let neighbours = Neighbours::fit(&shelf.features, &shelf.others(trial)?.logs, Reach::FULL);
        let world = World::new(&shelf.features, &neighbours).scaled(self.prior().scales());
        let (prior, _) = self.priors(world, &shelf, trial)?;
        let profiles = shelf.own(trial)?.logs.len();
        Ok(calibration(world, &prior, profiles, trial.seed))
    }

    /// The prior of a trial, and those without each signal where they are asked for.
    fn priors(
        &self,
        world: World,
        shelf: &Shelf,
        trial: &Trial,
    ) -> Result<(Prior, Vec<(Signal, Prior)>)> {
        let asked = if trial.ablate { &Signal::ALL[..] } else { &[] };
        let Some(file) = &trial.prior else {
            let current = self.prior();
            let same = asked.iter().map(|s| (*s, (*current).clone()));
            return Ok(((*current).clone(), same.collect()));
        };
        let lessons = Lessons::draw(world, &shelf.logs(file)?.logs, trial.seed);
        let trained = train(&lessons, None, None);
        let without = asked
            .iter()
            .map(|s| (*s, train_without(&lessons, &trained, *s)));
        Ok((trained.prior.clone(), without.collect()))
    }

    /// Evaluates the rankers prequentially on a profile's own log, over what the other profiles add.
    ///
    /// # Errors
    /// There is no such profile, or the store cannot be read.
    pub fn evaluate_profile(&self, profile: ProfileId) -> Result<Evaluation> {
        let (log, prior) = (self.log(profile)?, self.prior());
        // The member is let go first: a long log takes seconds, and a list must not wait for it.
        let (library, neighbours, scope) = self.with(profile, |member| {
            let library = Arc::clone(&member.library);
            Ok((library, member.neighbours(), member.portrait.scope()))
        })?;
        let world = World::new(&library.features, &neighbours).scaled(prior.scales());
        let own = traces(&log, &library);
        let mut rankers = evaluate_own(world, profile, &own, &prior, scope);
        let items = library.items_len();
        // A record that another leads is no item that a list could cover.
        for ranker in &mut rankers {
            ranker.coverage *= library.items.len() as f64 / items.max(1) as f64;
        }
        Ok(Evaluation {
            choices: rankers[0].by_history.iter().map(|band| band.choices).sum(),
            users: 1,
            items,
            skipped: 0,
            unencoded: (items - library.encoded()) as u64,
            rankers,
        })
    }

    /// What a prior is fitted on.
    ///
    /// # Errors
    /// A file cannot be read, nothing in the logs is a choice, or the trial was cancelled while
    /// texts were encoded.
    pub(crate) fn school(&self, trial: &Trial, watch: &Watch) -> Result<School> {
        let shelf = self.shelf(&trial.catalog, watch)?;
        let neighbours = Neighbours::fit(&shelf.features, &shelf.others(trial)?.logs, Reach::FULL);
        let logs = shelf.logs(&trial.interactions)?.logs;
        if !logs.iter().flatten().any(|t| t.action.is_choice()) {
            return Err(Error::Invalid(format!(
                "{} holds no choice of an item in {}",
                trial.interactions.display(),
                trial.catalog.display()
            )));
        }
        Ok(School {
            features: shelf.features,
            neighbours,
            logs,
        })
    }

    pub(crate) fn shelf(&self, catalog: &Path, watch: &Watch) -> Result<Shelf> {
        let options = ImportOptions {
            content: Some(Content::Catalogue),
            ..Default::default()
        };
        let mut reader = Reader::open(catalog, &options)?;
        let mut items: Vec<Item> = Vec::new();
        let mut ids = HashMap::new();
        while let Some(row) = reader.next_row()? {
            if (watch.cancelled)() {
                return Err(Error::Cancelled);
            }
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
        let encoding = self.texts().serving();
        let missing = encoding.missing(&items);
        let mut unencoded = missing.len() as u64;
        if encoding.is_ready() {
            unencoded -= encoding.encode(&missing, watch)?;
        }
        if (watch.cancelled)() {
            return Err(Error::Cancelled);
        }
        Ok(Shelf {
            features: Features::build(&items, encoding.vectors_of(&items)),
            ids,
            unencoded,
        })
    }
}

impl Shelf {
    fn others(&self, trial: &Trial) -> Result<Users> {
        let file = trial.neighbours.as_deref();
        file.map_or_else(|| Ok(Users::default()), |file| self.logs(file))
    }

    /// The profiles that are evaluated, each log as far as it is replayed.
    fn own(&self, trial: &Trial) -> Result<Users> {
        let mut own = self.logs(&trial.interactions)?;
        own.logs
            .iter_mut()
            .for_each(|log| log.truncate(trial.limit));
        Ok(own)
    }

    /// Writes where every choice stood in every list, one a line; signals alone are left out.
    fn write_choices(&self, path: &Path, own: &Users, rankers: &Rankers) -> Result<()> {
        let mut keys = vec![""; self.features.len()];
        for (key, id) in &self.ids {
            // As the file has it, without the namespace.
            keys[id.row()] = key.split_once(':').map_or(key.as_str(), |(_, id)| id);
        }
        let failed = |error: csv::Error| Error::file("write", path)(error.into());
        let mut file = Replacement::begin(path)?;
        let mut out = csv::Writer::from_writer(&mut file);
        out.write_record(["ranker", "user", "history", "item", "place"])
            .map_err(failed)?;
        for (at, name) in rankers.names.iter().enumerate() {
            if name.starts_with("signal: ") {
                continue;
            }
            for (user, outcomes) in own.names.iter().zip(&rankers.outcomes) {
                for o in &outcomes[at] {
                    let (history, place) = (o.history.to_string(), o.place.to_string());
                    out.write_record([name, user, &history, keys[o.item.row()], &place])
                        .map_err(failed)?;
                }
            }
        }
        out.flush().map_err(Error::file("write", path))?;
        drop(out);
        file.finish()
    }

    /// The profiles of a file in order of appearance, what each did in order of time.
    fn logs(&self, file: &Path) -> Result<Users> {
        let options = ImportOptions {
            content: Some(Content::Interactions),
            ..Default::default()
        };
        let mut reader = Reader::open(file, &options)?;
        let mut place: HashMap<String, usize> = HashMap::new();
        let mut read = Users::default();
        while let Some(row) = reader.next_row()? {
            let interactions = match row.outcome {
                Outcome::Good { interactions, .. } => interactions,
                Outcome::Said(_) => continue,
                Outcome::Bad { .. } => {
                    read.skipped += 1;
                    continue;
                }
            };
            for told in interactions {
                let Some(item) = self.ids.get(&told.item_key) else {
                    read.skipped += 1;
                    continue;
                };
                let name = told.profile.unwrap_or_default();
                let at = *place.entry(name.clone()).or_insert(read.logs.len());
                if at == read.logs.len() {
                    read.logs.push(Vec::new());
                    read.names.push(name);
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

//! Training on this machine: a prior is fitted on the profiles that live here, or on files, and takes
//! the place of the one there is only where it predicts better by more than noise.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::interval::{interval, mean};
use crate::lessons::Lessons;
use crate::neighbours::{Neighbours, Reach, Trace};
use crate::prior::Prior;
use crate::replace::write_whole;
use crate::taste::World;
use crate::train::{Fitted, Trained, saved, train};
use crate::trial::Trial;
use crate::view::{Progress, Stage, TrainedScope, Training};
use crate::watch::Watch;

/// The prior that was adopted, in the data folder.
const PRIOR: &str = "prior.json";
/// Profiles of this machine that are learned from at most, those with the longest logs.
const PROFILES: usize = 40;

impl Engine {
    /// Fits a prior on files and writes it to a file, whatever it is worth.
    ///
    /// # Errors
    /// A file cannot be read or written, nothing in the logs is a choice, or it was cancelled.
    pub fn train_files(&self, trial: &Trial, out: &Path, watch: &Watch) -> Result<Training> {
        let lessons = self.lessons(trial, watch)?;
        let trained = train(&lessons, None);
        write_whole(out, &trained.prior.to_json())?;
        let mut training = judge(&lessons, &trained, &self.prior());
        training.path = Some(out.display().to_string());
        Ok(training)
    }

    /// Fits a prior on the profiles of this machine, from the prior that there is, and adopts it
    /// where it predicts the validation choices better by more than noise.
    ///
    /// # Errors
    /// The profiles have made no choice, the store cannot be read or written, or it was cancelled.
    pub fn train(&self, seed: u64, watch: &Watch) -> Result<Training> {
        let lessons = self.own_lessons(seed, watch)?;
        let current = self.prior();
        let trained = train(&lessons, Some(&current));
        let mut training = judge(&lessons, &trained, &current);
        if training.better {
            self.adopt(Some(trained.prior))?;
            training.adopted = true;
        }
        Ok(training)
    }

    /// Goes back to the prior that ships with Curio.
    pub fn forget_training(&self) -> Result<()> {
        self.adopt(None)
    }

    /// Puts a prior in the place of the one there is, or goes back to the one that ships.
    fn adopt(&self, prior: Option<Prior>) -> Result<()> {
        let path = self.settings().data.join(PRIOR);
        let prior = match prior {
            Some(prior) => {
                write_whole(&path, &prior.to_json())?;
                prior
            }
            None => match fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(Error::file("remove", path)(error));
                }
                _ => Prior::shipped()?,
            },
        };
        self.set_prior(prior);
        Ok(())
    }

    /// Choices of the profiles of this machine, each over what the others and friends add.
    fn own_lessons(&self, seed: u64, watch: &Watch) -> Result<Lessons> {
        let library = self.library();
        let logs = self.logs(&library)?;
        let tastes = self.tastes(&library)?;
        let mut longest: Vec<usize> = (0..logs.len()).collect();
        longest.sort_by_key(|at| (std::cmp::Reverse(logs[*at].len()), *at));
        longest.truncate(PROFILES);
        let mut lessons = Lessons::default();
        for (done, at) in longest.iter().enumerate() {
            if (watch.cancelled)() {
                return Err(Error::Cancelled);
            }
            (watch.progress)(Progress {
                stage: Stage::Train,
                done: done as u64,
                total: Some(longest.len() as u64),
            });
            let others = logs.iter().enumerate().filter(|(other, _)| other != at);
            let others: Vec<Vec<Trace>> = others.map(|(_, log)| log.clone()).collect();
            let neighbours = Neighbours::fit_with(&library.features, &others, &tastes, Reach::LIVE);
            let world = World::new(&library.features, &neighbours);
            lessons.add(Lessons::draw(world, &logs[*at..=*at], seed));
        }
        if lessons.choices()[0] == 0 {
            return Err(Error::Invalid(
                "there is no choice to learn from".to_owned(),
            ));
        }
        Ok(lessons)
    }
}

/// The prior that was adopted in a data folder, else the one that ships; and a notice where the file
/// that is there cannot be used.
pub fn open_prior(data: &Path) -> Result<(Prior, Option<String>)> {
    let path = data.join(PRIOR);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok((Prior::shipped()?, None)),
        Err(error) => return Err(Error::file("read", path)(error)),
    };
    Ok(match Prior::from_json(&text) {
        Ok(prior) => (prior, None),
        Err(error) => {
            let said = format!("{}: {error}; the prior that ships is used", path.display());
            (Prior::shipped()?, Some(said))
        }
    })
}

/// Says how a trained prior does beside the one there is.
fn judge(lessons: &Lessons, trained: &Trained, current: &Prior) -> Training {
    let [fit, validation, test] = lessons.choices();
    let scopes: Vec<TrainedScope> = trained
        .scopes
        .iter()
        .map(|fitted| judge_scope(lessons, fitted, &trained.prior, current))
        .collect();
    let surely = |sign: f64| {
        move |scope: &TrainedScope| {
            let range = scope.saved_interval;
            range.is_some_and(|[low, high]| (sign * low).min(sign * high) > 0.0)
        }
    };
    Training {
        train: fit,
        validation,
        test,
        better: scopes.iter().any(surely(1.0)) && !scopes.iter().any(surely(-1.0)),
        scopes,
        adopted: false,
        path: None,
    }
}

fn judge_scope(lessons: &Lessons, fitted: &Fitted, prior: &Prior, current: &Prior) -> TrainedScope {
    let (ours, theirs) = (prior.weights(fitted.scope), current.weights(fitted.scope));
    let on_validation = saved(&lessons.validation, &ours, &theirs);
    let on_test = saved(&lessons.test, &ours, &theirs);
    TrainedScope {
        scope: fitted.scope,
        ridge: fitted.ridge,
        validation_loss: fitted.validation_loss,
        saved: mean(&on_validation),
        saved_interval: interval(&on_validation),
        test_loss: fitted.test_loss,
        test_saved: mean(&on_test),
    }
}

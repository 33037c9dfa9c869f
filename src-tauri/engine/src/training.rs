//! Training on this machine: a prior is fitted on the profiles that live here, or on files, and takes
//! the place of the one there is only where it predicts better by more than noise.

use std::cell::Cell;
use std::path::Path;

use crate::behaviour::Action;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::interval::{interval, mean};
use crate::lessons::Lessons;
use crate::neighbours::{Neighbours, Reach, Trace};
use crate::prior::Prior;
use crate::replace::write_whole;
use crate::scales::Scale;
use crate::store::Store;
use crate::taste::World;
use crate::train::{Fitted, Trained, saved, train};
use crate::trial::Trial;
use crate::tune::tune;
use crate::view::{Progress, Stage, TrainedScale, TrainedScope, Training};
use crate::watch::Watch;

/// The setting that keeps the prior that was adopted, so that it goes wherever the logs go; empty where the
/// one that ships is in use again.
pub(crate) const PRIOR: &str = "prior";
/// Profiles of this machine that are learned from at most, those with the longest logs.
const PROFILES: usize = 40;
/// Of these, those that the scales are fitted on.
const TUNED: usize = 12;
/// And of those in files.
const TUNED_IN_FILES: usize = 60;

impl Engine {
    /// Fits a prior on files and writes it to a file, whatever it is worth.
    ///
    /// # Errors
    /// A file cannot be read or written, nothing in the logs is a choice, or it was cancelled.
    pub fn train_files(&self, trial: &Trial, out: &Path, watch: &Watch) -> Result<Training> {
        let school = self.school(trial, watch)?;
        let steps = Steps::new(watch);
        let draw = |scales| {
            steps.next()?;
            Ok(school.lessons(scales, trial.seed, TUNED_IN_FILES))
        };
        // From nothing, so that the same files give the same prior whichever is in use.
        let scales = tune(&Prior::default(), &actions(&school.logs), draw)?;
        let lessons = school.lessons(scales, trial.seed, usize::MAX);
        let current = self.prior();
        let trained = train(&lessons, None, None);
        write_whole(out, &trained.prior.to_json())?;
        let other = (scales != current.scales())
            .then(|| school.lessons(current.scales(), trial.seed, usize::MAX));
        let before = other.as_ref().unwrap_or(&lessons);
        let mut training = judge((&lessons, &trained), (before, &current));
        training.path = Some(out.display().to_string());
        Ok(training)
    }

    /// Fits a prior on the profiles of this machine, from the prior that there is, and adopts it
    /// where it predicts the validation choices better by more than noise.
    ///
    /// # Errors
    /// The profiles have made no choice, the store cannot be read or written, or it was cancelled.
    pub fn train(&self, seed: u64, watch: &Watch) -> Result<Training> {
        let library = self.library()?;
        let shoppers = self.shoppers(&library)?;
        let tastes = shoppers.strangers_and(&self.tastes(&library)?);
        let logs = shoppers.logs;
        if !logs.iter().flatten().any(|t| t.action.is_choice()) {
            return Err(Error::Invalid(
                "there is no choice to learn from".to_owned(),
            ));
        }
        let mut longest: Vec<usize> = (0..logs.len()).collect();
        longest.sort_by_key(|at| (std::cmp::Reverse(logs[*at].len()), *at));
        longest.truncate(PROFILES);
        let steps = Steps::new(watch);
        let current = self.prior();
        let pupil = |at: &usize| {
            steps.next()?;
            let others = logs.iter().enumerate().filter(|(other, _)| other != at);
            let others: Vec<Vec<Trace>> = others.map(|(_, log)| log.clone()).collect();
            let neighbours = Neighbours::fit_with(&library.features, &others, &tastes, Reach::LIVE);
            Ok((neighbours, &logs[*at..=*at]))
        };
        let lessons = |(neighbours, log): &(Neighbours, &[Vec<Trace>]), scales| {
            Lessons::draw(
                World::new(&library.features, neighbours).scaled(scales),
                log,
                seed,
            )
        };
        let scales = {
            let pupils = longest.iter().take(TUNED).map(pupil);
            let pupils: Vec<_> = pupils.collect::<Result<_>>()?;
            let draw = |scales| {
                steps.next()?;
                Ok(Lessons::all(pupils.iter().map(|p| lessons(p, scales))))
            };
            tune(&current, &actions(&logs), draw)?
        };
        let changed = scales != current.scales();
        let (mut now, mut other) = (Vec::new(), Vec::new());
        for at in &longest {
            let pupil = pupil(at)?;
            now.push(lessons(&pupil, scales));
            if changed {
                other.push(lessons(&pupil, current.scales()));
            }
        }
        let (now, other) = (Lessons::all(now), Lessons::all(other));
        let before = if changed { &other } else { &now };
        let trained = train(&now, Some(&current), Some(&Prior::shipped()?));
        let mut training = judge((&now, &trained), (before, &current));
        if training.better {
            self.adopt(Some(&trained.prior))?;
            training.adopted = true;
        }
        Ok(training)
    }

    /// Goes back to the prior that ships with Curio.
    pub fn forget_training(&self) -> Result<()> {
        self.adopt(None)
    }

    /// Whether the prior in use was learned on this machine.
    pub(crate) fn trained(&self) -> bool {
        Prior::shipped().is_ok_and(|shipped| shipped != *self.prior())
    }

    /// Puts a prior in the place of the one there is, or goes back to the one that ships.
    fn adopt(&self, prior: Option<&Prior>) -> Result<()> {
        let kept = prior.map(Prior::to_json).unwrap_or_default();
        self.store().set_setting(PRIOR, &kept)?;
        self.restore_prior()
    }

    /// Puts the prior that the store keeps in use.
    pub(crate) fn restore_prior(&self) -> Result<()> {
        let (prior, said) = adopted(self.store())?;
        self.note(said);
        self.set_prior(prior);
        Ok(())
    }
}

/// What is done in all logs.
fn actions(logs: &[Vec<Trace>]) -> Vec<Action> {
    logs.iter().flatten().map(|trace| trace.action).collect()
}

/// The steps of a training, of which nobody knows how many there will be.
struct Steps<'a> {
    watch: &'a Watch<'a>,
    done: Cell<u64>,
}

impl<'a> Steps<'a> {
    fn new(watch: &'a Watch) -> Self {
        Self {
            watch,
            done: Cell::new(0),
        }
    }

    /// Reports the next step.
    fn next(&self) -> Result<()> {
        if (self.watch.cancelled)() {
            return Err(Error::Cancelled);
        }
        (self.watch.progress)(Progress {
            stage: Stage::Train,
            done: self.done.replace(self.done.get() + 1),
            total: None,
        });
        Ok(())
    }
}

/// The prior that a store keeps, else the one that ships; and a notice where what it keeps cannot be used.
pub(crate) fn adopted(store: &Store) -> Result<(Prior, Vec<String>)> {
    let kept = store.get_setting(PRIOR)?.unwrap_or_default();
    if kept.is_empty() {
        return Ok((Prior::shipped()?, Vec::new()));
    }
    Ok(match Prior::from_json(&kept) {
        Ok(prior) => (prior, Vec::new()),
        Err(error) => {
            let said =
                format!("what was trained here is lost: {error}; the prior that ships is used");
            (Prior::shipped()?, vec![said])
        }
    })
}

/// Says how a trained prior does beside the one there is, on the same choices, each at its scales.
fn judge(
    (lessons, trained): (&Lessons, &Trained),
    (before, current): (&Lessons, &Prior),
) -> Training {
    let [fit, validation, test] = lessons.choices();
    let scope = |fitted: &Fitted| {
        let ours = trained.prior.weights(fitted.scope);
        let theirs = current.weights(fitted.scope);
        let on_validation = saved((&lessons.validation, &ours), (&before.validation, &theirs));
        let on_test = saved((&lessons.test, &ours), (&before.test, &theirs));
        TrainedScope {
            scope: fitted.scope,
            ridge: fitted.ridge,
            validation_loss: fitted.validation_loss,
            saved: mean(&on_validation),
            saved_interval: interval(&on_validation),
            test_loss: fitted.test_loss,
            test_saved: mean(&on_test),
        }
    };
    let scopes: Vec<TrainedScope> = trained.scopes.iter().map(scope).collect();
    let surely = |sign: f64| {
        move |scope: &TrainedScope| {
            let range = scope.saved_interval;
            range.is_some_and(|[low, high]| (sign * low).min(sign * high) > 0.0)
        }
    };
    let value = |scale: &Scale| TrainedScale {
        scale: scale.name.to_owned(),
        before: scale.of(current.scales()),
        after: scale.of(lessons.scales),
    };
    Training {
        train: fit,
        validation,
        test,
        better: scopes.iter().any(surely(1.0)) && !scopes.iter().any(surely(-1.0)),
        scopes,
        scales: Scale::ALL.iter().map(value).collect(),
        adopted: false,
        path: None,
    }
}

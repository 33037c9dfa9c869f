//! The prior, fitted: on the choices that train, chosen on those that validate, reported on the test.
//!
//! The weights are the ridge estimate of a conditional logit (McFadden 1974) over sampled candidates,
//! whose odds are scaled up to the whole catalogue; Newton's method, as the objective is convex. How
//! far a fit may go is decided on the validation choices, by the ridge. The ridge pulls to zero, or to
//! the prior that there is, where few choices are to move it. How far people differ from the weights is
//! fitted after them, in [`crate::deviation`].

use faer::linalg::solvers::Solve;
use faer::{Col, Mat, Side};
use rayon::prelude::*;

use crate::deviation::fit_deviations;
use crate::interval::{Share, interval};
use crate::lessons::{Choice, Lessons};
use crate::logit::moments;
use crate::prior::Prior;
use crate::signal::{K, Scope, Signal};
use crate::taste::Evidence;

/// Ridge penalties on w_k · σ_k that validation chooses from.
const RIDGES: [f64; 3] = [1e-4, 1e-3, 1e-2];
/// The same on how far w_k · σ_k goes from the prior that there is.
const RIDGES_FROM_HOME: [f64; 4] = [1e-3, 1e-2, 1e-1, 1.0];

/// The same where scales are compared, from the weights at the scales before.
const RIDGE_OF_SCALES: f64 = 1e-3;

/// The same where few choices move weights, for one choice: as if w_k · σ_k were known to within 1.
const RIDGE_OF_ONE: f64 = 0.5;

/// What speaks of an item without a log: for good …
const LASTING: [Signal; 2] = [Signal::Fresh, Signal::Upcoming];
/// … and beside a part that fades as the log grows.
const FADING: [[Signal; 2]; 2] = [
    [Signal::Popularity, Signal::PopularityNewcomer],
    [Signal::Quality, Signal::QualityNewcomer],
];

/// What training found.
#[derive(Debug, Clone)]
pub struct Trained {
    pub prior: Prior,
    pub scopes: Vec<Fitted>,
}

/// One scope of a trained prior.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fitted {
    pub scope: Scope,
    /// Chosen on validation.
    pub ridge: f64,
    /// Mean negative log-likelihood of a choice.
    pub validation_loss: f64,
    pub test_loss: f64,
}

/// Fits the prior weights of every scope, from nothing or from a prior that there is, and how far people
/// lie from them, as a prior that never saw these people believes.
pub fn train(lessons: &Lessons, home: Option<&Prior>, unseen: Option<&Prior>) -> Trained {
    let task = Task::new(lessons, home, None);
    let ridges: &[f64] = if home.is_some() {
        &RIDGES_FROM_HOME
    } else {
        &RIDGES
    };
    let mut weights = [[0.0; K]; 3];
    let mut scopes = Vec::new();
    for scope in Scope::ALL {
        let fits = ridges.iter().map(|ridge| {
            let w = task.fit(scope, *ridge, &weights[0], &task.home[scope as usize]);
            (*ridge, loss(&lessons.validation, &w), w)
        });
        let Some((ridge, validation_loss, w)) = fits.min_by(|a, b| a.1.total_cmp(&b.1)) else {
            continue;
        };
        scopes.push(Fitted {
            scope,
            ridge,
            validation_loss,
            test_loss: loss(&lessons.test, &w),
        });
        weights[scope as usize] = w;
    }
    let prior = Prior::new(weights, task.spread, lessons.scales);
    let varied = lessons.spread();
    let deviations = Scope::ALL.map(|scope| {
        let part: Vec<Signal> = varying(scope, &varied).collect();
        let believed = unseen.unwrap_or(&prior).deviations(scope);
        fit_deviations(&lessons.train, &part, &prior.weights(scope), believed)
    });
    Trained {
        prior: prior.with_deviations(deviations),
        scopes,
    }
}

/// Fits the prior as if there were no such signal, at the ridges that were chosen with it and with
/// people who differ as they do with it.
pub fn train_without(lessons: &Lessons, trained: &Trained, signal: Signal) -> Prior {
    let task = Task::new(lessons, None, Some(signal));
    let mut weights = [[0.0; K]; 3];
    for fitted in &trained.scopes {
        let mut start = trained.prior.weights(fitted.scope);
        start[signal.index()] = 0.0;
        weights[fitted.scope as usize] = task.fit(fitted.scope, fitted.ridge, &weights[0], &start);
    }
    let deviations = Scope::ALL.map(|scope| *trained.prior.deviations(scope));
    Prior::new(weights, task.spread, lessons.scales).with_deviations(deviations)
}

/// Fits every signal there is, near given weights: how well the choices can be predicted at all.
pub fn fit_freely(lessons: &Lessons, start: &[f64; K]) -> [f64; K] {
    let spread = lessons.spread();
    let objective = Objective {
        choices: &lessons.train,
        ridge: spread.map(|s| RIDGE_OF_SCALES * s * s),
        home: start,
    };
    let part = varying(Scope::InOrder, &spread).collect();
    fit(&objective, part, &spread, *start)
}

/// Fits the signals of a scope to few choices, near given weights: the more choices, the further.
pub fn fit_near(lessons: &Lessons, scope: Scope, home: &[f64; K]) -> [f64; K] {
    let spread = lessons.spread();
    let ridge = RIDGE_OF_ONE / lessons.train.len().max(1) as f64;
    let objective = Objective {
        choices: &lessons.train,
        ridge: spread.map(|s| ridge * s * s),
        home,
    };
    let part = varying(scope, &spread).collect();
    fit(&objective, part, &spread, *home)
}

/// Choices, and the weights under which they are judged.
type Judged<'a> = (&'a [Choice], &'a [f64; K]);

/// How much less a choice costs one way than another, the same choices by weights and scales of their
/// own; by user, or by choice where fewer than ten users chose.
pub fn saved(ours: Judged, theirs: Judged) -> Vec<Share> {
    let choices = ours.0;
    let differences: Vec<f64> = choices
        .par_iter()
        .zip(theirs.0)
        .map(|(own, other)| other.loss(theirs.1) - own.loss(ours.1))
        .collect();
    let users = choices
        .iter()
        .map(|choice| choice.user + 1)
        .max()
        .unwrap_or(0);
    let mut by_user = vec![Share::default(); users];
    let mut by_choice = Vec::with_capacity(choices.len());
    for (choice, saved) in choices.iter().zip(differences) {
        by_user[choice.user].sum += saved;
        by_user[choice.user].choices += 1;
        by_choice.push(Share {
            sum: saved,
            choices: 1,
        });
    }
    if interval(&by_user).is_some() {
        by_user
    } else {
        by_choice
    }
}

/// What a fit has to go by.
struct Task<'a> {
    choices: &'a [Choice],
    exceeding: Vec<Choice>,
    spread: [f64; K],
    /// Where the ridge pulls to, by scope; signals that never varied stay there.
    home: [[f64; K]; 3],
    without: Option<Signal>,
}

impl<'a> Task<'a> {
    fn new(lessons: &'a Lessons, home: Option<&Prior>, without: Option<Signal>) -> Self {
        let mut spread = lessons.spread();
        let mut weights = [[0.0; K]; 3];
        if let Some(prior) = home {
            weights = Scope::ALL.map(|scope| prior.weights(scope));
            for (own, known) in spread.iter_mut().zip(prior.spread()) {
                if *own <= 0.0 {
                    *own = *known;
                }
            }
        }
        Self {
            choices: &lessons.train,
            exceeding: exceeding(&lessons.train),
            spread,
            home: weights,
            without,
        }
    }

    /// Fits one scope from given weights, in company so that an empty log is weighed as alone does.
    fn fit(&self, scope: Scope, ridge: f64, alone: &[f64; K], start: &[f64; K]) -> [f64; K] {
        let home = &self.home[scope as usize];
        let part: Vec<Signal> = varying(scope, &self.spread)
            .filter(|s| Some(*s) != self.without)
            .collect();
        let ridge = self.spread.map(|s| ridge * s * s);
        let fit = |choices, part, start| {
            let objective = Objective {
                choices,
                ridge,
                home,
            };
            fit(&objective, part, &self.spread, start)
        };
        if scope == Scope::Alone {
            fit(self.choices, part, *start)
        } else {
            fit_in_company(
                |part, start| fit(&self.exceeding, part, start),
                part,
                alone,
                start,
            )
        }
    }
}

/// Mean negative log-likelihood of a choice.
fn loss(choices: &[Choice], weights: &[f64; K]) -> f64 {
    let losses: Vec<f64> = choices.par_iter().map(|c| c.loss(weights)).collect();
    losses.iter().sum::<f64>() / choices.len().max(1) as f64
}

/// The signals that a scope's fit may use: a signal that never varied stays at zero.
fn varying(scope: Scope, spread: &[f64; K]) -> impl Iterator<Item = Signal> {
    Signal::ALL
        .into_iter()
        .filter(move |s| scope.includes(*s) && spread[s.index()] > 0.0)
}

/// The same choices, where what speaks for good is told by how far it exceeds its part that fades:
/// w·p + (sum − w)·p_fading = w·(p − p_fading) + sum·p_fading.
fn exceeding(choices: &[Choice]) -> Vec<Choice> {
    let exceed = |e: &Evidence| {
        let mut e = *e;
        for [usual, fading] in FADING {
            e[usual.index()] -= e[fading.index()];
        }
        e
    };
    choices
        .iter()
        .map(|choice| Choice {
            evidence: choice.evidence.iter().map(exceed).collect(),
            scale: choice.scale,
            user: choice.user,
        })
        .collect()
}

/// Fits a scope with company over [`exceeding`] choices so that it weighs an empty log as alone does,
/// and company never costs a first list: what speaks without a log keeps its weight, or keeps its sum
/// with its part that fades.
fn fit_in_company(
    fit: impl Fn(Vec<Signal>, [f64; K]) -> [f64; K],
    mut part: Vec<Signal>,
    alone: &[f64; K],
    start: &[f64; K],
) -> [f64; K] {
    let mut held = *start;
    for signal in LASTING {
        held[signal.index()] = alone[signal.index()];
    }
    for [usual, fading] in FADING {
        held[fading.index()] = alone[usual.index()] + alone[fading.index()];
    }
    part.retain(|s| !LASTING.contains(s) && FADING.iter().all(|[_, fading]| fading != s));
    loop {
        let mut weights = fit(part.clone(), held);
        let beyond = |[usual, fading]: &[Signal; 2]| {
            part.contains(usual) && weights[usual.index()] > held[fading.index()]
        };
        let Some([usual, fading]) = FADING.into_iter().find(beyond) else {
            for [usual, fading] in FADING {
                weights[fading.index()] -= weights[usual.index()];
            }
            return weights;
        };
        // No part that fades is left then, rather than one that speaks against its signal.
        held[usual.index()] = held[fading.index()];
        part.retain(|s| *s != usual);
    }
}

/// Fits with every weight on its own side of zero: a signal that would cross leaves, the one that
/// crosses furthest first, and the rest is fitted again. Signals outside `part` keep their weight.
fn fit(
    objective: &Objective,
    mut part: Vec<Signal>,
    spread: &[f64; K],
    mut weights: [f64; K],
) -> [f64; K] {
    loop {
        weights = newton(objective, &part, weights);
        let across = |s: &Signal| -s.side() * weights[s.index()] * spread[s.index()];
        match part
            .iter()
            .copied()
            .max_by(|a, b| across(a).total_cmp(&across(b)))
        {
            Some(worst) if across(&worst) > 0.0 => {
                part.retain(|s| *s != worst);
                weights[worst.index()] = 0.0;
            }
            _ => return weights,
        }
    }
}

/// Mean loss + Σ ridge_k (w_k − home_k)².
struct Objective<'a> {
    choices: &'a [Choice],
    ridge: [f64; K],
    home: &'a [f64; K],
}

impl Objective<'_> {
    fn at(&self, weights: &[f64; K]) -> f64 {
        let away = weights.iter().zip(self.home).map(|(w, home)| w - home);
        let penalty: f64 = away.zip(self.ridge).map(|(w, r)| r * w * w).sum();
        loss(self.choices, weights) + penalty
    }

    fn derivatives(&self, weights: &[f64; K]) -> ([f64; K], [[f64; K]; K]) {
        let mut gradient = [0.0; K];
        let mut curvature = [[0.0; K]; K];
        let share = 1.0 / self.choices.len().max(1) as f64;
        // The moments in parallel, the sums in a fixed order, so that training replays.
        let moments: Vec<_> = self
            .choices
            .par_iter()
            .map(|choice| moments(&choice.likely(weights), choice.evidence.iter()))
            .collect();
        for (choice, (mean, second)) in self.choices.iter().zip(moments) {
            for a in 0..K {
                gradient[a] += share * (mean[a] - choice.evidence[0][a]);
                for b in 0..=a {
                    curvature[a][b] += share * (second[a][b] - mean[a] * mean[b]);
                }
            }
        }
        for a in 0..K {
            gradient[a] += 2.0 * self.ridge[a] * (weights[a] - self.home[a]);
            curvature[a][a] += 2.0 * self.ridge[a];
            for b in 0..a {
                curvature[b][a] = curvature[a][b];
            }
        }
        (gradient, curvature)
    }
}

/// Newton's method from given weights, with step halving.
fn newton(objective: &Objective, part: &[Signal], mut weights: [f64; K]) -> [f64; K] {
    let part: Vec<usize> = part.iter().map(|s| s.index()).collect();
    let mut value = objective.at(&weights);
    for _ in 0..50 {
        let (gradient, curvature) = objective.derivatives(&weights);
        let g = Col::<f64>::from_fn(part.len(), |a| gradient[part[a]]);
        let h = Mat::<f64>::from_fn(part.len(), part.len(), |a, b| curvature[part[a]][part[b]]);
        let Ok(factor) = h.llt(Side::Lower) else {
            break;
        };
        let step = factor.solve(&g);
        let mut length = 1.0;
        let before = value;
        while length > 1e-6 {
            let mut next = weights;
            for (a, k) in part.iter().enumerate() {
                next[*k] -= length * step[a];
            }
            let at = objective.at(&next);
            if at < value {
                (weights, value) = (next, at);
                break;
            }
            length /= 2.0;
        }
        if before - value < 1e-10 {
            break;
        }
    }
    weights
}

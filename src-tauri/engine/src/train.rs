//! The prior, fitted: split by time, fit on the first part, choose on the second, report on the
//! third.
//!
//! Every positive of a profile is a choice among the items it had not settled yet. The weights are
//! the ridge estimate of a conditional logit (McFadden 1974) over sampled candidates, whose odds
//! are scaled up to the whole catalogue; Newton's method, as the objective is convex.

use faer::linalg::solvers::Solve;
use faer::{Col, Mat, Side};
use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;

use crate::candidates::{Candidates, below};
use crate::catalogue::ItemId;
use crate::logit::{moments, probabilities};
use crate::neighbours::Trace;
use crate::prior::Prior;
use crate::signal::{K, Scope, Signal};
use crate::taste::{Evidence, Taste, World};

/// Positives of a profile that are always used, so that newcomers count.
const FIRST: usize = 6;
/// Further positives drawn from each profile.
const DRAWN: usize = 60;
/// Candidates that a positive is compared with.
const RIVALS: usize = 200;
/// Ridge penalties on w_k · σ_k that validation chooses from.
const RIDGES: [f64; 3] = [1e-4, 1e-3, 1e-2];

/// What speaks of an item without a log: for good …
const LASTING: [Signal; 2] = [Signal::Fresh, Signal::Upcoming];
/// … and beside a part that fades as the log grows.
const FADING: [[Signal; 2]; 2] = [
    [Signal::Popularity, Signal::PopularityNewcomer],
    [Signal::Quality, Signal::QualityNewcomer],
];

/// A choice: the evidence of what was chosen, then of the sampled rivals.
struct Choice {
    evidence: Vec<Evidence>,
    /// candidates / sampled: how many a rival stands for.
    scale: f64,
}

impl Choice {
    fn likely(&self, weights: &[f64; K]) -> Vec<f64> {
        probabilities(weights, self.evidence.iter(), self.scale)
    }
}

/// What training found.
#[derive(Debug, Clone)]
pub struct Trained {
    pub prior: Prior,
    /// Choices in train, validation and test.
    pub choices: [usize; 3],
    /// By scope: the ridge that validation chose, and the mean negative log-likelihood of a choice
    /// in validation and in test.
    pub scopes: Vec<(Scope, f64, f64, f64)>,
}

/// The choices that a prior is fitted to.
pub struct Lessons {
    /// Train, validation, test.
    parts: [Vec<Choice>; 3],
    /// Those of train as [`exceeding`] tells them.
    exceeding: Vec<Choice>,
    spread: [f64; K],
}

impl Lessons {
    /// Draws choices from the logs of profiles that serve nothing else.
    pub fn draw(world: World, logs: &[Vec<Trace>], seed: u64) -> Self {
        let parts = sample(world, logs, seed);
        Self {
            spread: spread(&parts[0]),
            exceeding: exceeding(&parts[0]),
            parts,
        }
    }

    /// Fits the prior weights of every scope.
    pub fn fit(&self) -> Trained {
        let mut weights = [[0.0; K]; 3];
        let mut scopes = Vec::new();
        for scope in Scope::ALL {
            let fits = RIDGES.map(|ridge| {
                let w = self.weights(scope, ridge, &weights[0], None);
                (ridge, loss(&self.parts[1], &w), w)
            });
            let Some((ridge, validation, w)) = fits.into_iter().min_by(|a, b| a.1.total_cmp(&b.1))
            else {
                continue;
            };
            scopes.push((scope, ridge, validation, loss(&self.parts[2], &w)));
            weights[scope as usize] = w;
        }
        Trained {
            prior: Prior::new(weights, self.spread),
            choices: [0, 1, 2].map(|part| self.parts[part].len()),
            scopes,
        }
    }

    /// Fits the prior weights of every scope as if there were no such signal, at the ridges that
    /// were chosen with it.
    pub fn fit_without(&self, signal: Signal, trained: &Trained) -> Prior {
        let mut weights = [[0.0; K]; 3];
        for (scope, ridge, _, _) in &trained.scopes {
            weights[*scope as usize] = self.weights(*scope, *ridge, &weights[0], Some(signal));
        }
        Prior::new(weights, self.spread)
    }

    fn weights(
        &self,
        scope: Scope,
        ridge: f64,
        alone: &[f64; K],
        without: Option<Signal>,
    ) -> [f64; K] {
        let part: Vec<Signal> = varying(scope, &self.spread)
            .filter(|s| Some(*s) != without)
            .collect();
        if scope == Scope::Alone {
            fit(&self.parts[0], part, &self.spread, ridge, [0.0; K])
        } else {
            fit_in_company(&self.exceeding, part, &self.spread, ridge, alone)
        }
    }
}

/// Fits the prior weights of every scope on the logs of profiles that serve nothing else.
pub fn train(world: World, logs: &[Vec<Trace>], seed: u64) -> Trained {
    Lessons::draw(world, logs, seed).fit()
}

/// Draws choices from every log: the first 80% of its positives train, the next 10% validate, the
/// last 10% test.
fn sample(world: World, logs: &[Vec<Trace>], seed: u64) -> [Vec<Choice>; 3] {
    let drawn: Vec<[Vec<Choice>; 3]> = logs
        .par_iter()
        .enumerate()
        .map(|(at, log)| {
            let mut random = Pcg64Mcg::new((u128::from(seed) << 64) | at as u128);
            sample_log(world, log, &mut random)
        })
        .collect();
    let mut parts = [Vec::new(), Vec::new(), Vec::new()];
    for log in drawn {
        for (part, choices) in parts.iter_mut().zip(log) {
            part.extend(choices);
        }
    }
    parts
}

fn sample_log(world: World, log: &[Trace], random: &mut Pcg64Mcg) -> [Vec<Choice>; 3] {
    let positives: Vec<usize> = (0..log.len())
        .filter(|t| log[*t].action.is_choice())
        .collect();
    let mut picked: Vec<bool> = (0..positives.len()).map(|p| p < FIRST).collect();
    let mut rest: Vec<usize> = (FIRST.min(positives.len())..positives.len()).collect();
    for drawn in 0..DRAWN.min(rest.len()) {
        let at = drawn + below(random, rest.len() - drawn);
        rest.swap(drawn, at);
        picked[rest[drawn]] = true;
    }
    let mut parts = [Vec::new(), Vec::new(), Vec::new()];
    let mut taste = Taste::new(world);
    let mut open = Candidates::all(world.features.len());
    let mut positive = 0;
    for trace in log {
        let world = world.at(trace.at);
        if trace.action.is_choice() {
            if picked[positive] && open.is_open(trace.item) {
                let part = match positive * 10 / positives.len() {
                    ..8 => 0,
                    8 => 1,
                    _ => 2,
                };
                parts[part].push(choice(world, &taste, trace.item, &open, random));
            }
            positive += 1;
        }
        taste.add(world, trace.item, trace.action.reward());
        if trace.action.settles() {
            open.settle(trace.item);
        }
    }
    parts
}

/// What was chosen and rivals drawn from the open items.
fn choice(
    world: World,
    taste: &Taste,
    chosen: ItemId,
    open: &Candidates,
    random: &mut Pcg64Mcg,
) -> Choice {
    let rivals = RIVALS.min(open.len());
    let drawn = (0..rivals).filter_map(|_| open.draw(random));
    let items = std::iter::once(chosen).chain(drawn.filter(|rival| *rival != chosen));
    let evidence: Vec<Evidence> = items.map(|item| taste.evidence(world, item)).collect();
    Choice {
        scale: (open.len() - 1) as f64 / (evidence.len() - 1).max(1) as f64,
        evidence,
    }
}

/// The standard deviation of each signal's evidence over all sampled items.
fn spread(choices: &[Choice]) -> [f64; K] {
    let (mut count, mut sum, mut square) = (0.0, [0.0; K], [0.0; K]);
    for e in choices.iter().flat_map(|c| &c.evidence) {
        count += 1.0;
        for k in 0..K {
            sum[k] += e[k];
            square[k] += e[k] * e[k];
        }
    }
    std::array::from_fn(|k| {
        let mean = sum[k] / f64::max(count, 1.0);
        (square[k] / f64::max(count, 1.0) - mean * mean)
            .max(0.0)
            .sqrt()
    })
}

/// Mean negative log-likelihood of a choice.
fn loss(choices: &[Choice], weights: &[f64; K]) -> f64 {
    let losses: Vec<f64> = choices
        .par_iter()
        .map(|c| -c.likely(weights)[0].max(f64::MIN_POSITIVE).ln())
        .collect();
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
        })
        .collect()
}

/// Fits a scope with company over [`exceeding`] choices so that it weighs an empty log as alone does,
/// and company never costs a first list: what speaks without a log keeps its weight, or keeps its sum
/// with its part that fades.
fn fit_in_company(
    choices: &[Choice],
    part: Vec<Signal>,
    spread: &[f64; K],
    ridge: f64,
    alone: &[f64; K],
) -> [f64; K] {
    let mut held = [0.0; K];
    for signal in LASTING {
        held[signal.index()] = alone[signal.index()];
    }
    for [usual, fading] in FADING {
        held[fading.index()] = alone[usual.index()] + alone[fading.index()];
    }
    let is_held = |s: &Signal| LASTING.contains(s) || FADING.iter().any(|[_, fading]| fading == s);
    let mut part: Vec<Signal> = part.into_iter().filter(|s| !is_held(s)).collect();
    loop {
        let mut weights = fit(choices, part.clone(), spread, ridge, held);
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
    choices: &[Choice],
    mut part: Vec<Signal>,
    spread: &[f64; K],
    ridge: f64,
    mut weights: [f64; K],
) -> [f64; K] {
    loop {
        weights = newton(choices, &part, &spread.map(|s| ridge * s * s), weights);
        let across = |s: &Signal| -side(*s) * weights[s.index()] * spread[s.index()];
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

/// The sign that a prior weight must have to mean what its signal says; 0 where both are sensible.
/// Without it the fit plays correlated signals off against each other, which says nothing to a
/// person and does not carry over to another catalogue.
fn side(signal: Signal) -> f64 {
    match signal {
        Signal::Newness => 0.0,
        Signal::NearestDisliked | Signal::Upcoming => -1.0,
        _ => 1.0,
    }
}

/// Newton's method on mean loss + Σ ridge_k w_k² from given weights, with step halving.
fn newton(
    choices: &[Choice],
    part: &[Signal],
    ridge: &[f64; K],
    mut weights: [f64; K],
) -> [f64; K] {
    let part: Vec<usize> = part.iter().map(|s| s.index()).collect();
    let penalty = |w: &[f64; K]| -> f64 { w.iter().zip(ridge).map(|(w, r)| r * w * w).sum() };
    let objective = |w: &[f64; K]| loss(choices, w) + penalty(w);
    let mut value = objective(&weights);
    for _ in 0..50 {
        let (gradient, curvature) = derivatives(choices, &weights, ridge);
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
            let at = objective(&next);
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

fn derivatives(
    choices: &[Choice],
    weights: &[f64; K],
    ridge: &[f64; K],
) -> ([f64; K], [[f64; K]; K]) {
    let mut gradient = [0.0; K];
    let mut curvature = [[0.0; K]; K];
    let share = 1.0 / choices.len().max(1) as f64;
    // The moments in parallel, the sums in a fixed order, so that training replays.
    let moments: Vec<_> = choices
        .par_iter()
        .map(|choice| moments(&choice.likely(weights), choice.evidence.iter()))
        .collect();
    for (choice, (mean, second)) in choices.iter().zip(moments) {
        for a in 0..K {
            gradient[a] += share * (mean[a] - choice.evidence[0][a]);
            for b in 0..=a {
                curvature[a][b] += share * (second[a][b] - mean[a] * mean[b]);
            }
        }
    }
    for a in 0..K {
        gradient[a] += 2.0 * ridge[a] * weights[a];
        curvature[a][a] += 2.0 * ridge[a];
        for b in 0..a {
            curvature[b][a] = curvature[a][b];
        }
    }
    (gradient, curvature)
}

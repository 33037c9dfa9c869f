//! The choices that a prior is fitted to, drawn from logs and split by time.
//!
//! Every positive of a profile is a choice among the items it had not settled yet, compared with a
//! sample of them. Of each log the first 80% of its positives train, the next 10% validate and the
//! last 10% test.

use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;

use crate::candidates::{Candidates, below};
use crate::catalogue::ItemId;
use crate::logit::probabilities;
use crate::neighbours::Trace;
use crate::scales::Scales;
use crate::signal::K;
use crate::taste::{Evidence, Taste, World};

/// Positives of a profile that are always used, so that newcomers count.
const FIRST: usize = 6;
/// Further positives drawn from each profile.
const DRAWN: usize = 60;
/// Candidates that a positive is compared with.
const RIVALS: usize = 200;

/// A choice: the evidence of what was chosen, then of the sampled rivals.
#[derive(Debug, Clone)]
pub struct Choice {
    pub evidence: Vec<Evidence>,
    /// candidates / sampled: how many a rival stands for.
    pub scale: f64,
    /// Whose it was.
    pub user: usize,
}

impl Choice {
    /// The probability of what was chosen, and of each rival.
    pub fn likely(&self, weights: &[f64; K]) -> Vec<f64> {
        probabilities(weights, self.evidence.iter(), self.scale)
    }

    /// Negative log-likelihood.
    pub fn loss(&self, weights: &[f64; K]) -> f64 {
        -self.likely(weights)[0].max(f64::MIN_POSITIVE).ln()
    }
}

/// Choices to fit, to choose and to report on.
#[derive(Debug, Clone, Default)]
pub struct Lessons {
    pub train: Vec<Choice>,
    pub validation: Vec<Choice>,
    pub test: Vec<Choice>,
    /// What evidence is made at.
    pub scales: Scales,
    users: usize,
}

impl Lessons {
    /// Draws choices from the logs of profiles.
    pub fn draw(world: World, logs: &[Vec<Trace>], seed: u64) -> Self {
        let drawn: Vec<Self> = logs
            .par_iter()
            .enumerate()
            .map(|(at, log)| {
                let mut random = Pcg64Mcg::new((u128::from(seed) << 64) | at as u128);
                sample_log(world, log, &mut random)
            })
            .collect();
        Self {
            scales: world.scales,
            ..Self::all(drawn)
        }
    }

    /// Choices to fit alone.
    pub fn to_fit(train: Vec<Choice>, scales: Scales) -> Self {
        let users = train.iter().map(|choice| choice.user + 1).max();
        Self {
            users: users.unwrap_or(0),
            train,
            scales,
            ..Self::default()
        }
    }

    /// The choices of several profiles or groups of profiles, at the same scales.
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::default();
        for part in parts {
            let first = all.users;
            let moved = |mut choice: Choice| {
                choice.user += first;
                choice
            };
            all.train.extend(part.train.into_iter().map(moved));
            all.validation
                .extend(part.validation.into_iter().map(moved));
            all.test.extend(part.test.into_iter().map(moved));
            all.users += part.users;
            all.scales = part.scales;
        }
        all
    }

    /// Choices in train, validation and test.
    pub fn choices(&self) -> [usize; 3] {
        [&self.train, &self.validation, &self.test].map(Vec::len)
    }

    /// The standard deviation of each signal's evidence over the items sampled to train.
    pub fn spread(&self) -> [f64; K] {
        spread(&self.train)
    }
}

fn sample_log(world: World, log: &[Trace], random: &mut Pcg64Mcg) -> Lessons {
    let positives: Vec<usize> = (0..log.len())
        .filter(|t| log[*t].action.is_choice())
        .collect();
    let mut picked: Vec<bool> = (0..positives.len()).map(|p| p < FIRST).collect();
    let mut rest: Vec<usize> = (FIRST.min(positives.len())..positives.len()).collect();
    for count in 0..DRAWN.min(rest.len()) {
        let at = count + below(random, rest.len() - count);
        rest.swap(count, at);
        picked[rest[count]] = true;
    }
    let mut drawn = Lessons {
        users: 1,
        scales: world.scales,
        ..Lessons::default()
    };
    let mut taste = Taste::new(world);
    let mut open = Candidates::all(world.features);
    let mut positive = 0;
    for trace in log {
        let world = world.at(trace.at);
        if trace.action.is_choice() {
            if picked[positive] && open.is_open(trace.item) {
                let part = match positive * 10 / positives.len() {
                    ..8 => &mut drawn.train,
                    8 => &mut drawn.validation,
                    _ => &mut drawn.test,
                };
                part.push(choice(world, &taste, trace.item, &open, random));
            }
            positive += 1;
        }
        taste.add(world, trace.item, trace.action);
        if trace.action.settles() {
            open.settle(trace.item);
        }
    }
    drawn
}

/// What was chosen and rivals drawn from the open items.
pub fn choice(
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
        user: 0,
    }
}

/// The standard deviation of each signal's evidence over all items of some choices.
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

//! The replay of a log: before each choice every contender ranks all open items, and then learns.
//!
//! Full ranking: no item that is still open is left out, so a place is exact. What the places are
//! worth is told in [`crate::evaluate`].

use rayon::prelude::*;

use crate::behaviour::ProfileId;
use crate::candidates::Candidates;
use crate::catalogue::ItemId;
use crate::learn::Learner;
use crate::neighbours::Trace;
use crate::portrait::rivals;
use crate::rank::score;
use crate::signal::{K, Signal};
use crate::taste::{Evidence, Taste, World};

/// The list length that coverage and NDCG look at.
pub const TOP: usize = 10;

/// What gives a contender its scores.
#[derive(Debug, Clone)]
pub enum Ranker {
    Fixed(Box<[f64; K]>),
    Online(Box<Learner>),
    One(Signal),
}

impl Ranker {
    fn judge(&self, evidence: &Evidence) -> f64 {
        match self {
            Self::Fixed(weights) => score(weights.as_slice(), evidence),
            Self::Online(learner) => score(&learner.weights, evidence),
            Self::One(signal) => evidence[signal.index()],
        }
    }

    /// Whether its scores are utilities of a conditional logit.
    fn has_weights(&self) -> bool {
        !matches!(self, Self::One(_))
    }
}

/// A ranker as it stands before the first choice, and the place in the list of contenders of the one
/// that it is compared with.
#[derive(Debug, Clone)]
pub struct Contender {
    pub name: String,
    pub over: Option<usize>,
    pub ranker: Ranker,
}

/// One choice in one contender's list.
#[derive(Debug, Clone, Copy)]
pub struct Outcome {
    /// How many interactions came before.
    pub history: usize,
    pub item: ItemId,
    /// From 0; ties count half.
    pub place: usize,
    /// The logarithm of the probability that the weights gave to the choice among all open items; of a
    /// ranker that has no weights, nothing.
    pub log_likelihood: Option<f64>,
    /// The best ten, by row.
    pub top: [u32; TOP],
}

/// Replays every log as a fresh profile; outcomes by log, then by contender.
pub fn replay_all(
    world: World,
    logs: &[Vec<Trace>],
    contenders: &[Contender],
) -> Vec<Vec<Vec<Outcome>>> {
    logs.par_iter()
        .enumerate()
        .map(|(at, log)| replay(world, ProfileId(at as u32), log, contenders))
        .collect()
}

/// Replays one log; outcomes by contender.
pub fn replay(
    world: World,
    profile: ProfileId,
    log: &[Trace],
    contenders: &[Contender],
) -> Vec<Vec<Outcome>> {
    let mut rankers: Vec<Ranker> = contenders.iter().map(|c| c.ranker.clone()).collect();
    let mut outcomes: Vec<Vec<Outcome>> = rankers.iter().map(|_| Vec::new()).collect();
    let mut taste = Taste::new(world);
    let mut open = Candidates::all(world.features);
    for (history, trace) in log.iter().enumerate() {
        let world = world.at(trace.at);
        if trace.action.is_choice() && open.is_open(trace.item) {
            let evidence: Vec<Evidence> = world
                .features
                .rows()
                .map(|i| taste.evidence(world, i))
                .collect();
            let rivals = rivals(profile, history as u64, &open, trace.item);
            let rivals: Vec<Evidence> = rivals.iter().map(|r| evidence[r.row()]).collect();
            for (ranker, out) in rankers.iter_mut().zip(&mut outcomes) {
                out.push(rank(ranker, &evidence, trace.item, &open, history));
                if let Ranker::Online(learner) = ranker {
                    learner.choose(&evidence[trace.item.row()], &rivals, open.len() - 1);
                }
            }
        }
        taste.add(world, trace.item, trace.action);
        if trace.action.settles() {
            open.settle(trace.item);
        }
    }
    outcomes
}

fn rank(
    ranker: &Ranker,
    evidence: &[Evidence],
    chosen: ItemId,
    open: &Candidates,
    history: usize,
) -> Outcome {
    let chosen_score = ranker.judge(&evidence[chosen.row()]);
    let (mut above, mut at_least) = (0, 0);
    let mut top = [(f64::NEG_INFINITY, u32::MAX); TOP];
    let has_weights = ranker.has_weights();
    // Σ exp(score − best), with the best so far.
    let (mut total, mut best) = (0.0, f64::NEG_INFINITY);
    for item in open.iter() {
        let score = ranker.judge(&evidence[item.row()]);
        if has_weights {
            let so_far = best;
            best = so_far.max(score);
            total = total * (so_far - best).exp() + (score - best).exp();
        }
        above += usize::from(score > chosen_score);
        at_least += usize::from(score >= chosen_score);
        if score > top[TOP - 1].0 {
            let at = top.partition_point(|(better, _)| *better >= score);
            top[at..].rotate_right(1);
            top[at] = (score, item.0);
        }
    }
    // The chosen one is among the equals.
    let equal: usize = at_least - above;
    Outcome {
        history,
        item: chosen,
        place: above + equal.saturating_sub(1) / 2,
        log_likelihood: has_weights.then(|| chosen_score - best - total.ln()),
        top: top.map(|(_, row)| row),
    }
}

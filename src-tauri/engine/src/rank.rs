//! The formula, and the list that follows from it.
//!
//! R(u, i) = Σ_k w_k · φ_k(u) · ψ_k(i). [`score`] is the only place where it is summed; a ranking is
//! an argsort of the scores, best first, and an explanation is the same summands before the sum.

use std::cmp::Ordering;

use rayon::prelude::*;

use crate::catalogue::ItemId;
use crate::signal::{Scope, Signal};
use crate::taste::{Evidence, Taste, World};
use crate::view::Term;

/// The score: Σ_k w_k · e_k, summed in the signals' order.
pub fn score(weights: &[f64], evidence: &[f64]) -> f64 {
    weights.iter().zip(evidence).map(|(w, e)| w * e).sum()
}

/// The positions of the scores, best first; equal scores keep their order.
pub fn argsort(scores: &[f64]) -> Vec<usize> {
    let mut order: Vec<(usize, f64)> = scores.iter().copied().enumerate().collect();
    order.sort_unstable_by(best_first);
    order.into_iter().map(|(position, _)| position).collect()
}

/// The order of a ranking: higher scores first, equal ones by what they belong to.
fn best_first<T: Ord>(a: &(T, f64), b: &(T, f64)) -> Ordering {
    b.1.total_cmp(&a.1).then(a.0.cmp(&b.0))
}

/// The summands of a score, for the signals that take part, in their order.
pub fn terms(scope: Scope, weights: &[f64], evidence: &Evidence) -> Vec<Term> {
    Signal::ALL
        .into_iter()
        .filter(|s| scope.includes(*s))
        .map(|signal| {
            let (weight, evidence) = (weights[signal.index()], evidence[signal.index()]);
            Term {
                signal,
                weight,
                evidence,
                value: weight * evidence,
            }
        })
        .collect()
}

/// Ranks the candidates by the formula and returns the best `n` with their scores.
pub fn top(
    world: World,
    taste: &Taste,
    weights: &[f64],
    candidates: &[ItemId],
    n: usize,
) -> Vec<(ItemId, f64)> {
    top_by(candidates, n, |item| {
        score(weights, &taste.evidence(world, item))
    })
}

/// Ranks the candidates by scores that the caller makes of them.
pub fn top_by(
    candidates: &[ItemId],
    n: usize,
    judge: impl Fn(ItemId) -> f64 + Sync,
) -> Vec<(ItemId, f64)> {
    let mut scored: Vec<(ItemId, f64)> = candidates
        .par_iter()
        .with_min_len(1_024)
        .map(|item| (*item, judge(*item)))
        .collect();
    if n < scored.len() {
        scored.select_nth_unstable_by(n, best_first);
        scored.truncate(n);
    }
    scored.sort_unstable_by(best_first);
    scored
}

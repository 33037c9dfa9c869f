//! The item-item models: what goes with what, and what comes after what, in the logs of others.

use std::collections::HashMap;

use faer::linalg::solvers::DenseSolveCore;
use faer::{Mat, Side};
use ndarray::Array2;

use super::{Rows, Trace};
use crate::behaviour::Action;

const FOLLOW_STEPS: usize = 8;
const FOLLOW_DECAY: f32 = 0.85;
const FOLLOW_SHRINK: f32 = 5.0;

/// How many profiles did such a thing with both, over the items with a place.
pub fn co_occurrence<'a>(
    logs: impl Iterator<Item = &'a Vec<Trace>>,
    place: &[Option<u32>],
    size: usize,
    such: impl Fn(Action) -> bool,
) -> Array2<f32> {
    let mut gram = Array2::<f32>::zeros((size, size));
    for log in logs {
        let mut them: Vec<usize> = log
            .iter()
            .filter(|t| such(t.action))
            .filter_map(|t| place[t.item.row()])
            .map(|p| p as usize)
            .collect();
        them.sort_unstable();
        them.dedup();
        for a in &them {
            let mut row = gram.row_mut(*a);
            for b in &them {
                row[*b] += 1.0;
            }
        }
    }
    gram
}

/// How alike two items are by who did such a thing with both: a cosine, shrunk, with a zero diagonal.
pub fn together(gram: &Array2<f32>, shrink: f32) -> Array2<f32> {
    let root: Vec<f32> = gram.diag().iter().map(|d| d.sqrt()).collect();
    let mut cosine = gram.clone();
    for ((a, b), value) in cosine.indexed_iter_mut() {
        *value = if a == b {
            0.0
        } else {
            *value / (root[a] * root[b] + shrink)
        };
    }
    cosine
}

/// B = I − P · diag(1 / diag(P)), P = (XᵀX + λI)⁻¹, with a zero diagonal.
pub fn ease(gram: Array2<f32>, ridge: f64) -> Array2<f32> {
    let size = gram.nrows();
    if size == 0 {
        return gram;
    }
    let ridged = Mat::<f64>::from_fn(size, size, |a, b| {
        f64::from(gram[[a, b]]) + if a == b { ridge } else { 0.0 }
    });
    let Ok(factor) = ridged.llt(Side::Lower) else {
        return Array2::zeros((size, size));
    };
    let inverse = factor.inverse();
    let mut weights = gram;
    for ((a, b), value) in weights.indexed_iter_mut() {
        *value = if a == b {
            0.0
        } else {
            (-inverse[(a, b)] / inverse[(b, b)]) as f32
        };
    }
    weights
}

/// What was taken up, or only what was `liked`, within [`FOLLOW_STEPS`] after each item and, for
/// `both`, before it.
pub fn follows(logs: &[Vec<Trace>], n: usize, both: bool, liked: bool) -> Rows {
    let mut rows: Vec<HashMap<u32, f32>> = vec![HashMap::new(); n];
    for log in logs {
        for (at, trace) in log.iter().enumerate() {
            let mut share = 1.0;
            for next in log.iter().skip(at + 1).take(FOLLOW_STEPS) {
                if next.action.is_choice() || !liked {
                    *rows[trace.item.row()].entry(next.item.0).or_default() += share;
                }
                if both && trace.action.is_choice() {
                    *rows[next.item.row()].entry(trace.item.0).or_default() += share;
                }
                share *= FOLLOW_DECAY;
            }
        }
    }
    let normalise = |row: HashMap<u32, f32>| {
        let mut row: Vec<(u32, f32)> = row.into_iter().collect();
        row.sort_unstable_by_key(|(item, _)| *item);
        let sum = row.iter().map(|(_, v)| v).sum::<f32>() + FOLLOW_SHRINK;
        row.iter_mut().for_each(|(_, v)| *v /= sum);
        row
    };
    rows.into_iter().map(normalise).collect()
}

//! The conditional logit of one choice: how likely each candidate was, and the moments of their
//! evidence.
//!
//! p(i) ∝ exp R(u, i) (McFadden 1974). The prior is fitted and the weights of a profile move by these
//! same numbers; what is done with them is decided in [`crate::train`] and [`crate::learn`].

use crate::rank::score;
use crate::signal::K;
use crate::taste::Evidence;

/// The probability of what was chosen, which comes first, and of each rival. The rivals are a
/// sample: the odds of each count `scale` times, for as many candidates as it stands for.
pub fn probabilities<'a>(
    weights: &[f64; K],
    evidence: impl Iterator<Item = &'a Evidence>,
    scale: f64,
) -> Vec<f64> {
    let mut odds: Vec<f64> = evidence.map(|e| score(weights, e)).collect();
    let top = odds.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    for (at, odd) in odds.iter_mut().enumerate() {
        *odd = (*odd - top).exp() * if at == 0 { 1.0 } else { scale };
    }
    let total: f64 = odds.iter().sum();
    odds.iter_mut().for_each(|p| *p /= total);
    odds
}

/// ē = Σ p_j e_j, and the lower triangle of Σ p_j e_j e_jᵀ.
pub fn moments<'a>(
    likely: &[f64],
    evidence: impl Iterator<Item = &'a Evidence>,
) -> ([f64; K], [[f64; K]; K]) {
    let mut mean = [0.0; K];
    let mut second = [[0.0; K]; K];
    for (p, e) in likely.iter().zip(evidence) {
        for a in 0..K {
            let pa = p * e[a];
            mean[a] += pa;
            for b in 0..=a {
                second[a][b] += pa * e[b];
            }
        }
    }
    (mean, second)
}

//! τ: how far people's weights lie from the prior, as the standard deviation of each among people.
//!
//! A mixed logit with independent normal weights (Train 2009, chapters 6 and 14): the weights of a
//! person are drawn from N(w⁰, diag τ²), and each of their choices is a conditional logit at them. τ is
//! fitted by EM, where what a person's choices say of their weights is taken by Laplace's method:
//!
//! ```text
//! m_u = argmax Σ log p(choice | w) − ½ Σ_k ((w_k − w⁰_k) / τ_k)²      C_u = (H_u + diag τ⁻²)⁻¹
//! τ_k² ← (ν τ'_k² + Σ_u ((m_uk − w⁰_k)² + C_u,kk)) / (ν + people)
//! ```
//!
//! τ' is what was believed before, held as if ν people had told it. The weights w⁰ stay as they are. A
//! person's weights stop at zero, as everywhere; C_u is taken where their last step began.

use faer::linalg::solvers::{DenseSolveCore, Solve};
use faer::{Col, Mat, Side};
use rayon::prelude::*;

use crate::lessons::Choice;
use crate::logit::moments;
use crate::signal::{K, Signal};

/// ν.
const PRIOR_PEOPLE: f64 = 10.0;
/// Rounds of EM, whose first ones go nearly all the way.
const ROUNDS: usize = 8;
/// Newton's steps that a person's weights take, in the first round and in each that goes on from it.
const STEPS: [usize; 2] = [8, 4];

/// Fits τ of the signals in `part` to the choices of people who start from weights w⁰; the others keep
/// what was believed.
pub fn fit_deviations(
    choices: &[Choice],
    part: &[Signal],
    weights: &[f64; K],
    believed: &[f64; K],
) -> [f64; K] {
    let mut people: Vec<Person> = Vec::new();
    for choice in choices {
        if people.len() <= choice.user {
            people.resize_with(choice.user + 1, || Person::new(weights));
        }
        people[choice.user].choices.push(choice);
    }
    people.retain(|person| !person.choices.is_empty());
    let mut deviations = *believed;
    for round in 0..ROUNDS {
        let steps = STEPS[round.min(1)];
        let squares: Vec<[f64; K]> = people
            .par_iter_mut()
            .filter_map(|person| person.estimate(part, weights, &deviations, steps))
            .collect();
        for k in part.iter().map(|s| s.index()) {
            let told: f64 = squares.iter().map(|square| square[k]).sum();
            let sum = PRIOR_PEOPLE * believed[k].powi(2) + told;
            deviations[k] = (sum / (PRIOR_PEOPLE + squares.len() as f64)).sqrt();
        }
    }
    deviations
}

/// What one person chose, and the weights that say it best so far.
struct Person<'a> {
    choices: Vec<&'a Choice>,
    weights: [f64; K],
}

impl Person<'_> {
    fn new(weights: &[f64; K]) -> Self {
        Self {
            choices: Vec::new(),
            weights: *weights,
        }
    }

    /// Moves the weights to where they say the choices best, by damped steps of Newton's method; the
    /// expected square of how far each lies from w⁰.
    fn estimate(
        &mut self,
        part: &[Signal],
        home: &[f64; K],
        deviations: &[f64; K],
        steps: usize,
    ) -> Option<[f64; K]> {
        let mut curved = None;
        for _ in 0..steps {
            let (gradient, curvature) = self.derivatives(part, home, deviations);
            // A sum of covariances and a positive diagonal; it fails only on evidence that is not finite.
            let factor = curvature.llt(Side::Lower).ok()?;
            let step = factor.solve(&gradient);
            // Damped as for a self-concordant function (Nesterov 2004): the decrement says how far a step goes.
            let decrement = (0..part.len()).map(|a| step[a] * gradient[a]);
            let length = 1.0 / (1.0 + decrement.sum::<f64>().max(0.0).sqrt());
            for (a, signal) in part.iter().enumerate() {
                let k = signal.index();
                let weight = self.weights[k] + length * step[a];
                let across = weight * signal.side() < 0.0;
                self.weights[k] = if across { 0.0 } else { weight };
            }
            curved = Some(factor);
        }
        let covariance = curved?.inverse();
        let mut squares = [0.0; K];
        for (a, signal) in part.iter().enumerate() {
            let k = signal.index();
            squares[k] = (self.weights[k] - home[k]).powi(2) + covariance[(a, a)];
        }
        Some(squares)
    }

    /// The gradient of the log-posterior, and minus its curvature, over some signals.
    fn derivatives(
        &self,
        part: &[Signal],
        home: &[f64; K],
        deviations: &[f64; K],
    ) -> (Col<f64>, Mat<f64>) {
        let of = |a: usize| part[a].index();
        let precision = |k: usize| deviations[k].powi(-2);
        let mut gradient = Col::<f64>::from_fn(part.len(), |a| {
            precision(of(a)) * (home[of(a)] - self.weights[of(a)])
        });
        let mut curvature = Mat::<f64>::zeros(part.len(), part.len());
        for a in 0..part.len() {
            curvature[(a, a)] = precision(of(a));
        }
        for choice in &self.choices {
            let (mean, second) = moments(&choice.likely(&self.weights), choice.evidence.iter());
            for a in 0..part.len() {
                gradient[a] += choice.evidence[0][of(a)] - mean[of(a)];
                for b in 0..part.len() {
                    let (high, low) = (of(a).max(of(b)), of(a).min(of(b)));
                    curvature[(a, b)] += second[high][low] - mean[high] * mean[low];
                }
            }
        }
        (gradient, curvature)
    }
}

#[cfg(test)]
mod tests {
    use rand_distr::{Distribution, StandardNormal};
    use rand_pcg::Pcg64Mcg;

    use super::*;
    use crate::candidates::below;
    use crate::logit::probabilities;

    /// People who differ by 3 in one weight and hardly in another are told apart from the same guess.
    #[test]
    fn how_far_people_differ_is_found() {
        let mut random = Pcg64Mcg::new(1);
        let mut normal =
            |s: f64| -> f64 { s * Distribution::<f64>::sample(&StandardNormal, &mut random) };
        let mut weights = [0.0; K];
        weights[Signal::Popularity.index()] = 6.0;
        weights[Signal::Newness.index()] = 1.0;
        let mut choices = Vec::new();
        for user in 0..120 {
            let mut own = weights;
            own[Signal::Popularity.index()] += normal(0.1);
            own[Signal::Newness.index()] += normal(3.0);
            for _ in 0..40 {
                let mut evidence = vec![[0.0; K]; 30];
                for e in &mut evidence {
                    e[Signal::Popularity.index()] = normal(0.3);
                    e[Signal::Newness.index()] = normal(1.0);
                }
                let likely = probabilities(&own, evidence.iter(), 1.0);
                let mut left = below(&mut Pcg64Mcg::new(choices.len() as u128), 1 << 30) as f64
                    / f64::from(1 << 30);
                let chosen = likely.iter().position(|p| {
                    left -= p;
                    left < 0.0
                });
                evidence.swap(0, chosen.unwrap_or(0));
                choices.push(Choice {
                    evidence,
                    scale: 1.0,
                    user,
                });
            }
        }
        let part = [Signal::Popularity, Signal::Newness];
        let found = fit_deviations(&choices, &part, &weights, &[1.0; K]);
        let of = |signal: Signal| found[signal.index()];
        assert!((2.4..3.3).contains(&of(Signal::Newness)), "{found:?}");
        assert!(of(Signal::Popularity) < 0.8, "{found:?}");
        assert!(
            (of(Signal::Genre) - 1.0).abs() < 1e-12,
            "what takes no part stays"
        );
    }
}

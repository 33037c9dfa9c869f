//! w: how much each signal counts for one profile — a mean and a precision that move with every
//! choice.
//!
//! A choice is a conditional logit over the candidates, p(i) ∝ exp R(u, i) (McFadden 1974), and the
//! update is one Newton step of an online Laplace approximation that forgets toward the prior:
//!
//! ```text
//! ē = Σ p_j e_j      g = e⁺ − ē      H = Σ p_j e_j e_jᵀ − ē ēᵀ
//! P ← γP + (1−γ)P⁰ + H
//! w ← w + (P + κP⁰)⁻¹( g + (1−γ)P⁰(w⁰ − w) )
//! ```
//!
//! It starts at w⁰ with P = P⁰ = diag τ⁻²; κ holds a newcomer's steps short and fades with γ. A weight that would
//! cross zero stops there: it may come to count for nothing, but not against what its signal says.
//!
//! A weight that the person set is a pin: it takes part in scores and leaves the update. Which
//! candidates are compared is decided by the caller; nothing here is random.

use faer::linalg::solvers::{DenseSolveCore, Solve};
use faer::linalg::triangular_solve::solve_upper_triangular_in_place;
use faer::{Col, Mat, Par, Side};
use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64Mcg;

use crate::logit::{moments, probabilities};
use crate::prior::Prior;
use crate::signal::{K, Scope, Signal};
use crate::taste::Evidence;

/// How much of what was learned survives one choice.
const GAMMA: f64 = 0.95;

/// κ of a newcomer, as a few choices say little. Of 1, 2, 3 and 7, on two folds of profiles that no
/// reported figure comes from, 3 is the least with which no length of history from six choices on
/// loses to fixed weights.
const CAUTION: f64 = 3.0;

/// The weights of one profile.
#[derive(Debug, Clone, PartialEq)]
pub struct Learner {
    pub weights: [f64; K],
    pub pinned: [bool; K],
    prior: [f64; K],
    /// Diagonal of P⁰.
    prior_precision: [f64; K],
    /// P, symmetric.
    precision: [[f64; K]; K],
    /// κ, what is left of it.
    caution: f64,
    takes_part: [bool; K],
}

impl Learner {
    /// Starts at the prior.
    pub fn new(prior: &Prior, scope: Scope) -> Self {
        let takes_part = Signal::ALL.map(|s| scope.includes(s));
        let weights = prior.weights(scope);
        let prior_precision = prior.deviations(scope).map(|deviation| deviation.powi(-2));
        let mut precision = [[0.0; K]; K];
        for k in 0..K {
            precision[k][k] = prior_precision[k];
        }
        Self {
            weights,
            pinned: [false; K],
            prior: weights,
            prior_precision,
            precision,
            caution: CAUTION,
            takes_part,
        }
    }

    /// Learns from one choice: the evidence of what was chosen and of a sample of the other
    /// candidates, which stands for `others` of them.
    pub fn choose(&mut self, chosen: &Evidence, sample: &[Evidence], others: usize) {
        if sample.is_empty() {
            return;
        }
        let evidence = || std::iter::once(chosen).chain(sample);
        let scale = others as f64 / sample.len() as f64;
        let likely = probabilities(&self.weights, evidence(), scale);
        let (mean, second) = moments(&likely, evidence());
        for a in 0..K {
            for b in 0..=a {
                let forgotten = if a == b {
                    (1.0 - GAMMA) * self.prior_precision[a]
                } else {
                    0.0
                };
                let value =
                    GAMMA * self.precision[a][b] + forgotten + second[a][b] - mean[a] * mean[b];
                self.precision[a][b] = value;
                self.precision[b][a] = value;
            }
        }
        self.caution *= GAMMA;
        let free = self.free();
        let mut steep = self.free_precision(&free);
        for (a, k) in free.iter().enumerate() {
            steep[(a, a)] += self.caution * self.prior_precision[*k];
        }
        let pull = |k: usize| {
            let home = (1.0 - GAMMA) * self.prior_precision[k] * (self.prior[k] - self.weights[k]);
            chosen[k] - mean[k] + home
        };
        let gradient = Col::<f64>::from_fn(free.len(), |a| pull(free[a]));
        // P is a sum of a positive diagonal and covariances; it fails only on evidence that is not finite.
        if let Ok(factor) = steep.llt(Side::Lower) {
            let step = factor.solve(&gradient);
            for (a, k) in free.iter().enumerate() {
                let weight = self.weights[*k] + step[a];
                let across = weight * Signal::ALL[*k].side() < 0.0;
                self.weights[*k] = if across { 0.0 } else { weight };
            }
        }
    }

    /// Sets a weight by hand; it no longer learns.
    pub fn pin(&mut self, signal: Signal, weight: f64) {
        self.weights[signal.index()] = weight;
        self.pinned[signal.index()] = true;
    }

    /// Lets a weight learn again, from where it stands.
    pub fn unpin(&mut self, signal: Signal) {
        self.pinned[signal.index()] = false;
    }

    /// Back to the prior, without pins.
    pub fn reset(&mut self, prior: &Prior, scope: Scope) {
        *self = Self::new(prior, scope);
    }

    /// Where the weights started.
    pub fn prior(&self) -> &[f64; K] {
        &self.prior
    }

    /// One standard deviation of each weight's posterior; 0 for pinned and absent ones.
    pub fn deviations(&self) -> [f64; K] {
        let free = self.free();
        let mut deviations = [0.0; K];
        if let Ok(factor) = self.free_precision(&free).llt(Side::Lower) {
            let covariance = factor.inverse();
            for (a, k) in free.iter().enumerate() {
                deviations[*k] = covariance[(a, a)].max(0.0).sqrt();
            }
        }
        deviations
    }

    /// Weights drawn from N(w, s²·P⁻¹), s in 0..=1, as Thompson sampling does (Chapelle and Li 2011);
    /// pinned and absent ones stay as they are.
    pub fn sample(&self, s: f64, random: &mut Pcg64Mcg) -> [f64; K] {
        let free = self.free();
        let mut weights = self.weights;
        let drawn: Vec<f64> = free.iter().map(|_| StandardNormal.sample(random)).collect();
        // With P = LLᵀ, x = L⁻ᵀz has covariance P⁻¹.
        if let Ok(factor) = self.free_precision(&free).llt(Side::Lower) {
            let mut x = Col::<f64>::from_fn(free.len(), |a| drawn[a]);
            solve_upper_triangular_in_place(factor.L().transpose(), x.as_mat_mut(), Par::Seq);
            for (a, k) in free.iter().enumerate() {
                weights[*k] += s * x[a];
            }
        }
        weights
    }

    fn free(&self) -> Vec<usize> {
        (0..K)
            .filter(|k| self.takes_part[*k] && !self.pinned[*k])
            .collect()
    }

    fn free_precision(&self, free: &[usize]) -> Mat<f64> {
        Mat::from_fn(free.len(), free.len(), |a, b| {
            self.precision[free[a]][free[b]]
        })
    }
}

//! The learned prior w⁰: where the weights of every profile start, and how freely they move.
//!
//! A prior is made by [`crate::train`] and shipped as `models/prior.json`; this file only reads it.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::scales::Scales;
use crate::signal::{K, Scope, Signal};

/// Weights per scope, how much each signal's evidence varies over the candidates, and the scales that
/// evidence is made at.
#[derive(Debug, Clone, PartialEq)]
pub struct Prior {
    weights: [[f64; K]; 3],
    spread: [f64; K],
    scales: Scales,
}

/// The file: one line per signal, so that a person can read it.
#[derive(Serialize, Deserialize)]
struct File {
    version: u32,
    #[serde(default)]
    scales: Scales,
    signals: Vec<Row>,
}

#[derive(Serialize, Deserialize)]
struct Row {
    signal: Signal,
    spread: f64,
    alone: f64,
    company: f64,
    in_order: f64,
}

/// A weight that has forgotten all it learned may move by about this share of its prior size. Of 0.3, 0.36,
/// 0.42 and 0.5, on three folds of profiles that no reported figure comes from, 0.5 gains most in the mean
/// and is the only one that loses to fixed weights at no length of history …
const FREEDOM: f64 = 0.5;
/// … and a weight near zero as if it moved scores by this much.
const LEAST_PULL: f64 = 0.3;

impl Default for Prior {
    /// Nothing counts, at the usual scales.
    fn default() -> Self {
        Self::new([[0.0; K]; 3], [1.0; K], Scales::default())
    }
}

impl Prior {
    /// Puts a prior together: weights by [`Scope::ALL`], the spread of each signal's evidence, and the
    /// scales that it is made at.
    pub fn new(weights: [[f64; K]; 3], spread: [f64; K], scales: Scales) -> Self {
        Self {
            weights,
            spread,
            scales,
        }
    }

    /// The prior that ships with Curio.
    pub fn shipped() -> Result<Self> {
        Self::from_json(include_str!("../../../models/prior.json"))
    }

    /// Reads a prior file; signals that it does not name get weight 0.
    pub fn from_json(text: &str) -> Result<Self> {
        let file: File = serde_json::from_str(text)
            .map_err(|e| Error::Invalid(format!("the prior cannot be read: {e}")))?;
        let mut prior = Self {
            scales: file.scales.checked()?,
            ..Self::default()
        };
        for row in file.signals {
            let k = row.signal.index();
            prior.spread[k] = row.spread;
            prior.weights[0][k] = row.alone;
            prior.weights[1][k] = row.company;
            prior.weights[2][k] = row.in_order;
        }
        Ok(prior)
    }

    /// Writes the prior as its file.
    pub fn to_json(&self) -> String {
        let row = |signal: Signal| Row {
            signal,
            spread: self.spread[signal.index()],
            alone: self.weights[0][signal.index()],
            company: self.weights[1][signal.index()],
            in_order: self.weights[2][signal.index()],
        };
        let file = File {
            version: 1,
            scales: self.scales,
            signals: Signal::ALL.map(row).into(),
        };
        let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
        text.push('\n');
        text
    }

    /// w⁰, 0 where a signal takes no part.
    pub fn weights(&self, scope: Scope) -> [f64; K] {
        let row = self.weights[scope as usize];
        Signal::ALL.map(|s| {
            if scope.includes(s) {
                row[s.index()]
            } else {
                0.0
            }
        })
    }

    /// The scales that evidence is made at.
    pub fn scales(&self) -> Scales {
        self.scales
    }

    /// σ_k: the standard deviation of each signal's evidence over candidates.
    pub fn spread(&self) -> &[f64; K] {
        &self.spread
    }

    /// The diagonal of P⁰ = 1 / (0.5 · max(|w⁰|, 0.3 / σ_k))².
    pub fn precision(&self, scope: Scope) -> [f64; K] {
        let weights = self.weights(scope);
        std::array::from_fn(|k| {
            let size = weights[k].abs().max(LEAST_PULL / self.spread[k].max(1e-9));
            (FREEDOM * size).powi(-2)
        })
    }
}

//! The learned prior N(w⁰, diag τ²): where the weights of every profile start, and how freely they move.
//!
//! A prior is made by [`crate::train`] and shipped as `models/prior.json`; this file only reads it.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::scales::Scales;
use crate::signal::{K, Scope, Signal};

/// Weights per scope and how far people's lie from them, how much each signal's evidence varies over the
/// candidates, and the scales that evidence is made at.
#[derive(Debug, Clone, PartialEq)]
pub struct Prior {
    weights: [[f64; K]; 3],
    deviations: [[f64; K]; 3],
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
    /// τ in the three scopes; the usual guess in files that do not tell it.
    #[serde(default)]
    deviations: Option<[f64; 3]>,
}

/// τ where nothing tells it, as a share of the weight's size …
const USUAL: f64 = 0.5;
/// … where a weight near zero counts as one that moves scores by this much.
const LEAST_PULL: f64 = 0.3;

impl Default for Prior {
    /// Nothing counts, at the usual scales.
    fn default() -> Self {
        Self::new([[0.0; K]; 3], [1.0; K], Scales::default())
    }
}

impl Prior {
    /// Puts a prior together: weights by [`Scope::ALL`], the spread of each signal's evidence, and the
    /// scales that it is made at. How far people differ is the usual guess.
    pub fn new(weights: [[f64; K]; 3], spread: [f64; K], scales: Scales) -> Self {
        let usual = |weights: [f64; K]| {
            std::array::from_fn(|k| USUAL * weights[k].abs().max(LEAST_PULL / spread[k].max(1e-9)))
        };
        Self {
            weights,
            deviations: weights.map(usual),
            spread,
            scales,
        }
    }

    /// The same, where it is known how far people differ, by [`Scope::ALL`].
    #[must_use]
    pub fn with_deviations(mut self, deviations: [[f64; K]; 3]) -> Self {
        self.deviations = deviations;
        self
    }

    /// The prior that ships with Curio.
    pub fn shipped() -> Result<Self> {
        Self::from_json(include_str!("../../../models/prior.json"))
    }

    /// Reads a prior file; signals that it does not name get weight 0.
    ///
    /// # Errors
    /// It is no such file, or a deviation in it is not above zero.
    pub fn from_json(text: &str) -> Result<Self> {
        let file: File = serde_json::from_str(text)
            .map_err(|e| Error::Invalid(format!("the prior cannot be read: {e}")))?;
        let (mut weights, mut spread) = ([[0.0; K]; 3], [1.0; K]);
        for row in &file.signals {
            let k = row.signal.index();
            spread[k] = row.spread;
            weights[0][k] = row.alone;
            weights[1][k] = row.company;
            weights[2][k] = row.in_order;
        }
        let mut prior = Self::new(weights, spread, file.scales.checked()?);
        for row in &file.signals {
            let told = row.deviations.iter().flatten();
            for (own, deviation) in prior.deviations.iter_mut().zip(told) {
                if *deviation <= 0.0 || !deviation.powi(-2).is_finite() {
                    return Err(Error::Invalid(format!(
                        "the prior cannot be read: the deviation of {} is not above zero",
                        row.signal
                    )));
                }
                own[row.signal.index()] = *deviation;
            }
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
            deviations: Some(self.deviations.map(|scope| scope[signal.index()])),
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

    /// τ: how far people's weights lie from w⁰, one standard deviation.
    pub fn deviations(&self, scope: Scope) -> &[f64; K] {
        &self.deviations[scope as usize]
    }
}

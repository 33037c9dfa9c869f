//! A profile's mix: its weights, how they came to be, and setting them by hand.

use crate::activity::item_of;
use crate::behaviour::{Deed, ProfileId, Trait};
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::prior::Prior;
use crate::signal::{K, Signal};
use crate::view::{Recorded, WeightChange, WeightStep, WeightView, Weights, What};

impl Engine {
    /// The weights of a profile, and how they came to be.
    pub fn weights(&self, profile: ProfileId, history: bool) -> Result<Weights> {
        let view = self.shown_profile(profile)?;
        self.with(profile, |member| {
            let (portrait, learner) = (&member.portrait, &member.portrait.learner);
            let prior = self.prior();
            let deviations = learner.deviations();
            let weight = |signal: Signal| {
                let k = signal.index();
                WeightView {
                    signal,
                    weight: learner.weights[k],
                    prior: learner.prior()[k],
                    deviation: deviations[k],
                    spread: prior.spread()[k],
                    pinned: learner.pinned[k],
                }
            };
            let signals = Signal::ALL
                .into_iter()
                .filter(|s| portrait.scope().includes(*s));
            let steps = portrait
                .steps
                .iter()
                .filter(|_| history)
                .map(|step| WeightStep {
                    sequence: step.entry.sequence,
                    at: step.entry.at,
                    what: What::from(&step.entry.deed),
                    item: item_of(&step.entry.deed).and_then(|id| member.library.reference(id)),
                    weights: step.weights.to_vec(),
                });
            Ok(Weights {
                profile: view,
                scope: portrait.scope(),
                weights: signals.map(weight).collect(),
                history: steps.collect(),
            })
        })
    }

    /// Sets a weight by hand; it no longer learns until it is unpinned.
    pub fn pin(
        &self,
        profile: ProfileId,
        signal: Signal,
        weight: f64,
        at: i64,
    ) -> Result<Recorded> {
        if !weight.is_finite() {
            return Err(Error::Invalid("a weight is a finite number".to_owned()));
        }
        self.write(profile, Deed::Pin { signal, weight }, at)
    }

    /// Lets a weight learn again, from where it stands.
    pub fn unpin(&self, profile: ProfileId, signal: Signal, at: i64) -> Result<Recorded> {
        self.write(profile, Deed::Unpin { signal }, at)
    }

    /// Puts all weights back to the prior and lifts the pins; the taste stays.
    pub fn reset(&self, profile: ProfileId, at: i64) -> Result<Recorded> {
        self.write(profile, Deed::Reset, at)
    }

    /// Asks for less of something that items have: what was shown of it counts half, less one dislike.
    ///
    /// # Errors
    /// No item here has it.
    pub fn less(&self, profile: ProfileId, of: Trait, at: i64) -> Result<Recorded> {
        let library = self.library()?;
        let f = &library.features;
        let (field, name) = match &of {
            Trait::Genre { name } => (&f.genre, name),
            Trait::Person { name } => (&f.people, name),
            Trait::Tag { name } => (&f.keyword, name),
        };
        if field.word(name).is_none() {
            return Err(Error::Invalid(format!("nothing here has {name:?}")));
        }
        self.write(profile, Deed::Less { of }, at)
    }
}

/// The weights that moved, largest effect on scores first.
pub(crate) fn changes(prior: &Prior, before: &[f64; K], after: &[f64; K]) -> Vec<WeightChange> {
    let effect = |c: &WeightChange| ((c.after - c.before) * prior.spread()[c.signal.index()]).abs();
    let mut changes: Vec<WeightChange> = Signal::ALL
        .into_iter()
        .map(|signal| {
            let k = signal.index();
            WeightChange {
                signal,
                before: before[k],
                after: after[k],
            }
        })
        .filter(|c| c.before.to_bits() != c.after.to_bits())
        .collect();
    changes.sort_by(|a, b| effect(b).total_cmp(&effect(a)));
    changes
}

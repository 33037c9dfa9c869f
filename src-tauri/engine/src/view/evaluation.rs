//! What an evaluation measured: rankers, lists, intervals, and a taste that turns.

use serde::{Deserialize, Serialize};

use crate::signal::Scope;

views! {
    /// A prequential evaluation.
    pub struct Evaluation {
        pub choices: usize,
        pub users: usize,
        pub items: usize,
        /// Rows of the logs that could not be used: broken, or of an item that the catalogue lacks.
        pub skipped: usize,
        /// Texts without a vector, as the encoder is missing: meaning took less part than it could.
        pub unencoded: u64,
        pub rankers: Vec<Scored>,
    }

    /// One ranker of an evaluation.
    pub struct Scored {
        pub name: String,
        #[serde(rename = "ndcg@10")]
        pub ndcg_10: f64,
        /// 95% interval of the mean, by bootstrap over users; nothing where they are too few.
        #[serde(rename = "ndcg@10 95%")]
        pub ndcg_10_interval: Option<[f64; 2]>,
        #[serde(rename = "hr@10")]
        pub hr_10: f64,
        pub mrr: f64,
        #[serde(rename = "hr@50")]
        pub hr_50: f64,
        #[serde(rename = "recall@50")]
        pub recall_50: f64,
        /// Share of the catalogue that stood in some top ten.
        pub coverage: f64,
        /// Over popularity for a fixed prior, over the fixed prior for online weights.
        pub gain: Option<Gain>,
        pub by_history: Vec<Band>,
    }

    /// The choices made after a given length of history.
    pub struct Band {
        pub from: usize,
        pub choices: usize,
        #[serde(rename = "ndcg@10")]
        pub ndcg_10: f64,
        pub gain: Option<Gain>,
    }

    /// How much one ranker gains on another, paired by choice.
    pub struct Gain {
        pub over: String,
        #[serde(rename = "ndcg@10")]
        pub ndcg_10: f64,
        /// 95% interval of the difference, likewise.
        #[serde(rename = "ndcg@10 95%")]
        pub ndcg_10_interval: Option<[f64; 2]>,
        /// How many nats more likely a choice was, where both are weights and every item is ranked.
        pub log_likelihood: Option<f64>,
        #[serde(rename = "log_likelihood 95%")]
        pub log_likelihood_interval: Option<[f64; 2]>,
    }

    /// What lists of ten gain and lose by how they are put together; see [`crate::curve`].
    pub struct Curve {
        pub scope: Scope,
        /// At how many choices lists were made.
        pub choices: usize,
        pub users: usize,
        pub items: usize,
        /// The plain ranking first.
        pub points: Vec<Point>,
    }

    /// Lists of one shape, as a request asks for it.
    pub struct Point {
        pub variety: f64,
        pub balance: f64,
        pub surprise: f64,
        pub per_creator: Option<usize>,
        #[serde(rename = "ndcg@10")]
        pub ndcg_10: f64,
        /// Over the plain ranking.
        pub gain: Option<Gain>,
        /// Share of the listed items that the profile chooses later.
        pub relevant: f64,
        /// 1 − the mean similarity of all pairs.
        pub diversity: f64,
        /// Mean −log2 of the share of other profiles that settled an item.
        pub novelty: f64,
        /// Share of the listed items that are chosen later and not among the ten most popular.
        pub serendipity: f64,
        /// Divergence of the list's genres from the profile's own mix; 0 is the same mix.
        pub imbalance: f64,
        /// Share of the catalogue that stood in some list.
        pub coverage: f64,
    }

    /// Whether the intervals of weights are honest; see [`crate::calibration`].
    pub struct Calibration {
        /// Simulated in each scope.
        pub profiles: usize,
        pub items: usize,
        pub scopes: Vec<Calibrated>,
    }

    /// One scope of it.
    pub struct Calibrated {
        pub scope: Scope,
        pub steps: Vec<Held>,
    }

    /// How often the intervals held the true weight after so many choices.
    #[derive(Copy)]
    pub struct Held {
        pub choices: usize,
        /// Share of the 80% intervals.
        pub within_80: f64,
        /// Share of the 95% intervals.
        pub within_95: f64,
        /// Root mean square of the errors in claimed standard deviations: 1 is honest, more is too
        /// sure.
        pub off: f64,
    }

    /// How ranking recovers when taste turns.
    pub struct Turn {
        /// Interactions before the turn.
        pub after: usize,
        pub users: usize,
        pub scopes: Vec<Turned>,
    }

    /// One scope around the turn. NDCG@10 throughout.
    pub struct Turned {
        pub scope: Scope,
        /// Online weights, in the twenty interactions before the turn.
        pub before: f64,
        /// Everything after the turn.
        pub all: TurnStep,
        pub steps: Vec<TurnStep>,
    }

    /// Some choices after the turn.
    pub struct TurnStep {
        /// Interactions since the turn.
        pub from: usize,
        pub until: usize,
        pub choices: usize,
        /// At the fixed prior.
        pub fixed: f64,
        /// With online weights.
        pub online: f64,
        /// With online weights, in a profile that has only had the second taste.
        pub fresh: f64,
        pub over_fixed: Gain,
        pub over_fresh: Gain,
    }
}

//! A profile: its weights, its log, and what one entry did.

use serde::{Deserialize, Serialize};

use super::ItemRef;
use crate::behaviour::{Action, ProfileId, Trait};
use crate::catalogue::ItemId;
use crate::signal::{Scope, Signal};

views! {
    /// A profile as its owner sees it.
    pub struct ProfileView {
        pub id: ProfileId,
        pub name: String,
        /// Entries that count: interactions, pins and resets not undone.
        pub entries: usize,
    }

    /// What an entry of the log did, as typed parts; the reader's language puts them together.
    #[serde(tag = "did", rename_all = "snake_case")]
    pub enum What {
        Act { action: Action },
        Pin { signal: Signal, weight: f64 },
        Unpin { signal: Signal },
        /// Asked for less of something.
        Less { of: Trait },
        Reset,
        /// Took back the entry with this sequence.
        Undo { sequence: u64 },
    }

    /// How one weight moved.
    pub struct WeightChange {
        pub signal: Signal,
        pub before: f64,
        pub after: f64,
    }

    /// What an interaction, an undo or a pin did.
    pub struct Recorded {
        pub profile: ProfileId,
        /// The entry that was written.
        pub sequence: u64,
        pub what: What,
        /// The item that it is about; for an undo, that of the entry taken back.
        pub item: Option<ItemRef>,
        /// Weights that moved, largest effect on scores first.
        pub changes: Vec<WeightChange>,
    }

    /// One weight of a profile.
    pub struct WeightView {
        pub signal: Signal,
        pub weight: f64,
        /// Where it started.
        pub prior: f64,
        /// One standard deviation of the weight's posterior.
        pub deviation: f64,
        /// How much the signal's evidence varies over the catalogue; weight · spread is its pull on scores.
        pub spread: f64,
        pub pinned: bool,
    }

    /// One step in the history of a profile's weights.
    pub struct WeightStep {
        pub sequence: u64,
        /// Milliseconds since 1970-01-01 UTC.
        pub at: i64,
        pub what: What,
        pub item: Option<ItemRef>,
        /// All weights after the step, in the signals' order.
        pub weights: Vec<f64>,
    }

    /// The weights of a profile.
    pub struct Weights {
        pub profile: ProfileView,
        pub scope: Scope,
        /// The signals that take part, in order.
        pub weights: Vec<WeightView>,
        /// Oldest first; empty unless asked for.
        pub history: Vec<WeightStep>,
    }

    /// One line of the log as it is shown.
    pub struct Activity {
        pub sequence: u64,
        pub at: i64,
        pub what: What,
        /// What an undo took back.
        pub took_back: Option<What>,
        /// The item that it is about; for an undo, that of the entry taken back.
        pub item: Option<ItemRef>,
        pub undone: bool,
    }

    /// What is asked of a log.
    #[derive(Default)]
    pub struct Look {
        /// Part of the title of the item; empty for all.
        pub query: String,
        /// What was done, by its name: `like`, `rate`, `pin`, `undo`, …; nothing for all.
        pub did: Option<String>,
        pub item: Option<ItemId>,
        /// How many lines at most, newest first.
        pub limit: usize,
    }
}

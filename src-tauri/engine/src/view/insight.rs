//! What a profile's taste looks like from further away.

use serde::{Deserialize, Serialize};

use super::ItemRef;
use crate::behaviour::Action;
use crate::catalogue::Kind;

views! {
    /// The library laid out by what its texts say: near on the map is near in meaning.
    pub struct TasteMap {
        /// Share of the texts' variance that the two directions keep, 0 to 1.
        pub kept: f64,
        /// Every item, or an even sample of a large library; always with what was acted on.
        pub points: Vec<MapPoint>,
    }

    /// One item on it.
    pub struct MapPoint {
        pub item: ItemRef,
        pub kind: Kind,
        /// −1 to 1, either direction.
        pub x: f64,
        pub y: f64,
        /// Its place in the profile's ranking: 1 for the best, 0 for the last.
        pub place: f64,
        /// What the profile last did with it.
        pub action: Option<Action>,
    }

    /// How a profile changed over time.
    pub struct Drift {
        /// Oldest first, one for each entry that moved taste or weights; at most 400, evenly taken.
        pub steps: Vec<DriftStep>,
        /// Of a plain list of ten now: 1 − the mean similarity of all pairs.
        pub variety: f64,
        /// Share of the genres of the catalogue that a plain list of 50 now has.
        pub breadth: f64,
    }

    /// After one entry.
    #[derive(Copy)]
    pub struct DriftStep {
        pub sequence: u64,
        /// Milliseconds since 1970-01-01 UTC.
        pub at: i64,
        /// How far the weights have moved from where they started: the root mean square of weight
        /// times spread, moved.
        pub moved: f64,
        /// How alike what was chosen lately and the whole of what was liked are: cosine, −1 to 1.
        pub steady: f64,
    }
}

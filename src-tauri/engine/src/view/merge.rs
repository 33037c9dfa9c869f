//! Records that may be one item.

use serde::{Deserialize, Serialize};

use super::ItemView;

views! {
    /// How two items look alike, the surer first.
    #[derive(Copy, Eq, PartialOrd, Ord)]
    #[serde(rename_all = "snake_case")]
    pub enum Alike {
        /// The same title and year; one of them names no creator.
        Creator,
        /// The same title and creator, one year apart.
        Year,
        /// Another edition of one work.
        Edition,
        /// The same title; a year is not known.
        Unknown,
        /// The same creator and year, and nearly the same title.
        Spelling,
    }

    /// Two items that may be one.
    pub struct Match {
        pub one: ItemView,
        pub other: ItemView,
        pub alike: Alike,
    }

    /// The pairs of items that may be one.
    pub struct Matches {
        /// How many there are.
        pub total: usize,
        /// The first of them, the surest first.
        pub pairs: Vec<Match>,
    }
}

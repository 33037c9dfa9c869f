//! Ranked lists: what is asked of one, and what it holds for one profile, for several and for a basket.

use serde::{Deserialize, Serialize};

use super::{ItemRef, ItemView, ProfileView, Reason, Term};
use crate::behaviour::ProfileId;
use crate::catalogue::Kind;
use crate::signal::Scope;

impl Default for Request {
    /// Ten of everything, ranked plainly.
    fn default() -> Self {
        Self {
            n: 10,
            kind: None,
            in_stock: false,
            prices: None,
            variety: 0.0,
            balance: 0.0,
            surprise: 0.0,
            seed: 0,
            per_creator: None,
            per_series: None,
        }
    }
}

views! {
    /// What is asked of a list.
    pub struct Request {
        /// How many, 1 to 1000.
        pub n: usize,
        pub kind: Option<Kind>,
        /// Leave out what is out of stock.
        pub in_stock: bool,
        /// From and to, both included; leaves out what has no price.
        pub prices: Option<[f64; 2]>,
        /// 0 for the plain ranking, to 1 for items as unlike each other as can be.
        pub variety: f64,
        /// 0 for the plain ranking, to 1 for genres in the profile's own proportions.
        pub balance: f64,
        /// 0 for what is best known to please, to 1 for weights drawn from all they may be.
        pub surprise: f64,
        /// Draws the surprise.
        pub seed: u32,
        /// At most so many by one creator.
        pub per_creator: Option<usize>,
        /// At most so many of one series, collection or album.
        pub per_series: Option<usize>,
    }

    /// One line of a ranked list.
    pub struct Ranked {
        /// From 1.
        pub rank: usize,
        pub item: ItemView,
        /// The exact sum of the terms' values.
        pub score: f64,
        /// Every signal that takes part, in the signals' order.
        pub terms: Vec<Term>,
        /// Strongest first; never empty.
        pub reasons: Vec<Reason>,
    }

    /// A ranked list for a profile.
    pub struct Recommendations {
        pub profile: ProfileView,
        pub scope: Scope,
        /// How many items were ranked.
        pub candidates: usize,
        /// What the weights were drawn by, where surprise was asked for; the terms are at those.
        pub sampled: Option<u32>,
        pub items: Vec<Ranked>,
    }

    /// Rows for a profile; no item is in two of them.
    pub struct Rows {
        pub profile: ProfileView,
        /// As in [`Recommendations`].
        pub sampled: Option<u32>,
        pub rows: Vec<Row>,
    }

    /// One row, best first.
    pub struct Row {
        pub kind: RowKind,
        pub items: Vec<Ranked>,
    }

    /// Why a row is there.
    #[serde(tag = "row", rename_all = "snake_case")]
    pub enum RowKind {
        ForYou,
        /// What follows from something liked.
        Because { item: ItemRef },
        /// From the latest years.
        New,
        /// Liked long ago.
        Forgotten,
    }

    /// One list for several profiles.
    pub struct Together {
        pub profiles: Vec<ProfileView>,
        /// How many items are open for all of them.
        pub candidates: usize,
        pub items: Vec<Shared>,
    }

    /// One line of it.
    pub struct Shared {
        /// From 1.
        pub rank: usize,
        pub item: ItemView,
        /// Half the mean of what the profiles think, and half the least.
        pub score: f64,
        /// In the profiles' order.
        pub shares: Vec<Share>,
    }

    /// What one profile thinks of an item.
    pub struct Share {
        pub profile: ProfileId,
        /// Its score, in deviations from the mean over the candidates.
        pub liking: f64,
        /// From 1, the item's place among the candidates by this profile alone.
        pub place: usize,
        pub reasons: Vec<Reason>,
    }

    /// What goes with some items.
    pub struct Basket {
        pub basket: Vec<ItemRef>,
        pub scope: Scope,
        pub candidates: usize,
        pub items: Vec<Ranked>,
    }
}

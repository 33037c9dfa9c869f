//! What a trial on a shop's baskets measured.

use serde::{Deserialize, Serialize};

views! {
    /// How rankers find what was taken out of baskets that were not learned from.
    pub struct HeldOut {
        /// Baskets that were learned from, and those that items were taken out of.
        pub learned: usize,
        pub held: usize,
        pub items: usize,
        /// Rows that could not be used.
        pub skipped: usize,
        pub unencoded: u64,
        /// Whether the later baskets were held out; else they were drawn.
        pub by_time: bool,
        /// Items that were taken out of baskets.
        pub choices: usize,
        /// Ours last.
        pub baskets: Vec<Recalled>,
        /// Customers with a held-out purchase, and what they had not bought before.
        pub customers: usize,
        pub purchases: usize,
        pub next: Vec<Recalled>,
    }

    /// One ranker of held-out purchases.
    pub struct Recalled {
        pub name: String,
        #[serde(rename = "recall@10")]
        pub recall_10: f64,
        /// 95% interval, by bootstrap over baskets or customers; nothing where they are too few.
        #[serde(rename = "recall@10 95%")]
        pub recall_10_interval: Option<[f64; 2]>,
        #[serde(rename = "ndcg@10")]
        pub ndcg_10: f64,
        #[serde(rename = "ndcg@10 95%")]
        pub ndcg_10_interval: Option<[f64; 2]>,
        /// Share of the catalogue that stood in some top ten.
        #[serde(rename = "coverage@10")]
        pub coverage_10: f64,
        #[serde(rename = "coverage@10 95%")]
        pub coverage_10_interval: Option<[f64; 2]>,
        /// What ours gains on it.
        pub ours: Option<Advantage>,
    }

    /// How much one ranker gains on another, paired by what was taken out.
    pub struct Advantage {
        #[serde(rename = "recall@10")]
        pub recall_10: f64,
        #[serde(rename = "recall@10 95%")]
        pub recall_10_interval: Option<[f64; 2]>,
        #[serde(rename = "ndcg@10")]
        pub ndcg_10: f64,
        #[serde(rename = "ndcg@10 95%")]
        pub ndcg_10_interval: Option<[f64; 2]>,
    }
}

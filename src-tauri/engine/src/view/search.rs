//! What a search found, and what is near an item.

use serde::{Deserialize, Serialize};

use super::{ItemView, Reason};

views! {
    /// Why a search result is there.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum Matched {
        Title,
        People,
        Tags,
        Description,
        /// The encoder found the meaning close.
        Meaning,
        /// It is of a kind that the text names.
        Kind,
    }

    /// One search result.
    pub struct Hit {
        pub item: ItemView,
        /// Reciprocal-rank fusion of word and meaning ranks; one more where it is of a kind that the text
        /// names, two more where the text is its title.
        pub score: f64,
        pub matched: Vec<Matched>,
    }

    /// The answer to a search.
    pub struct Found {
        pub query: String,
        pub hits: Vec<Hit>,
    }

    /// An item near another.
    pub struct Near {
        pub item: ItemView,
        /// Cosine of the centred text vectors, −1 to 1.
        pub similarity: f64,
        /// What both have in common.
        pub reasons: Vec<Reason>,
    }
}

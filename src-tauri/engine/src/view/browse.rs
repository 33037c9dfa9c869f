//! What is asked of the catalogue as a whole, and what it answers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ItemView, Matched};
use crate::catalogue::Kind;

impl Default for Browse {
    /// Everything, in the order in which it came, a hundred at a time.
    fn default() -> Self {
        Self {
            query: String::new(),
            kind: None,
            genres: Vec::new(),
            people: Vec::new(),
            tags: Vec::new(),
            languages: Vec::new(),
            years: None,
            prices: None,
            in_stock: false,
            standing: None,
            sort: Sort::Added,
            descending: false,
            reader: String::new(),
            from: 0,
            n: 100,
        }
    }
}

views! {
    /// What is asked of the catalogue. Empty lists and `None` ask for everything.
    pub struct Browse {
        /// Words or meaning to find; empty for none.
        pub query: String,
        pub kind: Option<Kind>,
        /// An item must have all of them.
        pub genres: Vec<String>,
        /// Creators or others who took part; likewise.
        pub people: Vec<String>,
        pub tags: Vec<String>,
        /// One of them is enough.
        pub languages: Vec<String>,
        /// From and to, both included; an item of no known year is in no such range.
        pub years: Option<[i32; 2]>,
        /// Likewise.
        pub prices: Option<[f64; 2]>,
        pub in_stock: bool,
        pub standing: Option<Standing>,
        pub sort: Sort,
        pub descending: bool,
        /// The language in whose order titles are sorted, as a BCP 47 tag; empty for what most share.
        pub reader: String,
        /// How many to skip.
        pub from: usize,
        /// How many to answer, at most 1000.
        pub n: usize,
    }

    /// How items are put in order; what is not known comes last either way.
    #[derive(Copy, Eq, Default)]
    #[serde(rename_all = "snake_case")]
    pub enum Sort {
        /// As they came in.
        #[default]
        Added,
        Title,
        Year,
        Rating,
        Popularity,
        Price,
        /// The profile's own ranking.
        Score,
        /// How well they match the query.
        Match,
    }

    /// How an item stands with a profile.
    #[derive(Copy, Eq, PartialOrd, Ord)]
    #[serde(rename_all = "snake_case")]
    pub enum Standing {
        /// Nothing was said of it, and it may be recommended.
        Open,
        Wanted,
        Liked,
        Disliked,
        Hidden,
    }

    /// Some of what was found, in order.
    pub struct Browsed {
        /// How many there are in all.
        pub total: usize,
        pub from: usize,
        pub items: Vec<Placed>,
        /// What all that was found has, to narrow it down by.
        pub facets: Facets,
    }

    /// An item in its place.
    pub struct Placed {
        pub item: ItemView,
        pub standing: Standing,
        /// Where the query was found; empty without one.
        pub matched: Vec<Matched>,
    }

    /// What the items have in common, most frequent first; long lists are cut to the first sixty.
    #[derive(Default)]
    pub struct Facets {
        pub kinds: BTreeMap<Kind, usize>,
        pub genres: Vec<Count>,
        pub people: Vec<Count>,
        pub tags: Vec<Count>,
        pub languages: Vec<Count>,
        /// The first and the last year.
        pub years: Option<[i32; 2]>,
        /// The lowest and the highest price.
        pub prices: Option<[f64; 2]>,
        /// How many are known to be in stock; nothing where no stock is known.
        pub in_stock: Option<usize>,
        pub standings: BTreeMap<Standing, usize>,
    }

    /// How many items have something.
    pub struct Count {
        pub name: String,
        pub count: usize,
    }
}

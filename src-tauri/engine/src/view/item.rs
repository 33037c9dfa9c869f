//! An item as its owner sees it, and what its owner can set.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalogue::{ItemId, Kind};

views! {
    /// A number and whether it is a fact or was filled in for the arithmetic.
    pub struct Figure {
        pub value: f64,
        /// True when the catalogue did not say; must be shown as such.
        pub filled: bool,
    }

    /// The least that names an item to a person.
    pub struct ItemRef {
        pub id: ItemId,
        pub title: String,
    }

    /// Everything that is known of an item.
    pub struct ItemView {
        pub id: ItemId,
        pub key: String,
        pub kind: Kind,
        pub title: String,
        pub year: Option<Figure>,
        pub creators: Vec<String>,
        pub people: Vec<String>,
        pub genres: Vec<String>,
        pub tags: Vec<String>,
        pub languages: Vec<String>,
        pub countries: Vec<String>,
        pub description: String,
        pub popularity: Option<Figure>,
        /// 0–5.
        pub rating: Option<Figure>,
        pub price: Option<Figure>,
        pub stock: Option<i64>,
        /// What it is called elsewhere, by namespace.
        pub ids: BTreeMap<String, String>,
        pub series: Option<String>,
        /// Its place in the series.
        pub number: Option<f64>,
        pub extra: BTreeMap<String, String>,
        /// How many records of the catalogue it is made of.
        pub records: usize,
        /// The keys of the records that its owner said it is one with.
        pub same: Vec<String>,
        /// The fields that were changed by hand; files no longer change them.
        pub edited: Vec<String>,
        /// The path of its cover, where it has one.
        pub cover: Option<String>,
    }

    /// The fields of an item that its owner can change; all of them are set.
    pub struct Edit {
        pub kind: Kind,
        pub title: String,
        pub year: Option<i32>,
        pub creators: Vec<String>,
        pub people: Vec<String>,
        pub genres: Vec<String>,
        pub tags: Vec<String>,
        pub languages: Vec<String>,
        pub countries: Vec<String>,
        pub description: String,
        pub price: Option<f64>,
        pub stock: Option<i64>,
    }
}

impl From<ItemView> for Edit {
    /// The fields of an item as they are; what is filled in is not set.
    fn from(item: ItemView) -> Self {
        let fact = |figure: Option<Figure>| figure.filter(|f| !f.filled).map(|f| f.value);
        Self {
            kind: item.kind,
            title: item.title,
            year: fact(item.year).map(|year| year as i32),
            creators: item.creators,
            people: item.people,
            genres: item.genres,
            tags: item.tags,
            languages: item.languages,
            countries: item.countries,
            description: item.description,
            price: fact(item.price),
            stock: item.stock,
        }
    }
}

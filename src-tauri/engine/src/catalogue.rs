//! An item of the catalogue: what its owner's file said about it, cleaned, and nothing else.
//!
//! An [`Item`] holds facts only. Values that were missing and had to be filled for the arithmetic
//! live in [`crate::features`] and are marked as filled wherever they are shown.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The most bytes that one item, one entry of a log or one setting may take.
pub const RECORD_BYTES_MAX: usize = 256 * 1024;

/// Names an item: dense, from 0, in order of arrival, never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(export))]
#[serde(transparent)]
pub struct ItemId(pub u32);

impl ItemId {
    /// The item's row in every matrix.
    pub fn row(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// What sort of thing an item is. Numbers are normalised within a kind.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Film,
    Series,
    Book,
    Music,
    Game,
    Product,
    #[default]
    Other,
}

impl Kind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::Film,
        Self::Series,
        Self::Book,
        Self::Music,
        Self::Game,
        Self::Product,
        Self::Other,
    ];

    /// The kind's name as it is stored and typed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Film => "film",
            Self::Series => "series",
            Self::Book => "book",
            Self::Music => "music",
            Self::Game => "game",
            Self::Product => "product",
            Self::Other => "other",
        }
    }

    /// Reads a kind from a catalogue's own word for it, in English or Chinese.
    pub fn from_word(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase();
        Some(match word.trim_end_matches('s') {
            "film" | "movie" | "电影" | "影片" | "纪录片" => Self::Film,
            "serie" | "tv" | "show" | "tvserie" | "tv serie" | "剧集" | "电视剧" => {
                Self::Series
            }
            "book" | "novel" | "书" | "书籍" | "图书" => Self::Book,
            "music" | "album" | "song" | "track" | "artist" | "音乐" | "专辑" => Self::Music,
            "game" | "videogame" | "video game" | "游戏" => Self::Game,
            "product" | "article" | "good" | "商品" | "产品" => Self::Product,
            "other" | "其他" => Self::Other,
            _ => return None,
        })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One thing that can be recommended. Empty lists, empty text and `None` mean "not known".
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Item {
    /// Identity across files: `namespace:identifier`, or title, year and creator folded.
    pub key: String,
    pub kind: Kind,
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Those who made it: director, author, artist, studio or brand. Also in no other list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub creators: Vec<String>,
    /// Others who took part: cast, writers, performers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub genres: Vec<String>,
    /// Keywords and tags.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// How many people chose it elsewhere; any non-negative scale, compared within a kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub popularity: Option<f64>,
    /// Mean rating elsewhere, brought to 0–5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stock: Option<i64>,
    /// What it is called elsewhere, by namespace, normalised: `isbn`, `imdb`, `tmdb`, `mbid`, `ean`, …
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub ids: BTreeMap<String, String>,
    /// The series of books, collection of films or album that it belongs to …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// … and its place there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<f64>,
    /// Columns that Curio does not know, kept as they were.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
    /// The fields that its owner changed by hand, by name; files no longer change them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub edited: Vec<String>,
    /// Keys of items that its owner said are the same thing …
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub same: Vec<String>,
    /// … and of those that are not, however alike they look.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub apart: Vec<String>,
    /// The name of the file, in the folder of covers, of the cover that its owner gave it …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cover: Option<String>,
    /// … and of the picture that its own file has, which is its cover where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub art: Option<String>,
}

impl Item {
    /// About how many bytes it takes to keep, at most [`RECORD_BYTES_MAX`] for one that can be stored.
    pub fn bytes(&self) -> usize {
        let lists = [
            &self.creators,
            &self.people,
            &self.genres,
            &self.tags,
            &self.languages,
            &self.countries,
            &self.same,
            &self.apart,
        ];
        let listed: usize = lists.into_iter().flatten().map(|text| text.len() + 3).sum();
        let named = self.extra.iter().chain(&self.ids);
        let named: usize = named.map(|(k, v)| k.len() + v.len() + 6).sum();
        let series = self.series.as_ref().map_or(0, String::len);
        self.key.len() + self.title.len() + self.description.len() + series + listed + named
    }
}

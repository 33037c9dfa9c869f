//! ψ: what an item is, as numbers — the catalogue's side of every signal.
//!
//! Features are a pure function of the items and their text vectors. What other profiles add to an
//! item (popularity, quality, company) is in [`crate::neighbours`]. Missing numbers are filled here,
//! and here only, and [`Features::year`] and friends say so.

mod column;
mod field;

use std::collections::HashMap;

use ndarray::{Array2, ArrayView1};
use rayon::prelude::*;

use crate::catalogue::{Item, ItemId, Kind};
use crate::centre::Centre;
use crate::text::{full_text, theme_text};
use crate::writing::Writing;
pub use column::{Column, Gaps};
pub use field::Field;

/// The raw text vectors of a catalogue, one row per item; all zero where there is none yet.
#[derive(Debug, Clone)]
pub struct TextVectors {
    pub full: Array2<f32>,
    pub theme: Array2<f32>,
}

impl TextVectors {
    /// No vector for any of `n` items.
    pub fn none(n: usize) -> Self {
        Self {
            full: Array2::zeros((n, 0)),
            theme: Array2::zeros((n, 0)),
        }
    }
}

/// ψ of every item.
#[derive(Debug, Clone, Default)]
pub struct Features {
    /// Records that another leads; empty where none is.
    pub led: Vec<bool>,
    /// The first edition of each item's work; empty where each item is its own.
    pub work: Vec<ItemId>,
    /// The series, collection or album of each item, by its first item.
    pub series: Vec<Option<ItemId>>,
    pub kinds: Vec<Kind>,
    /// Full text, centred over the catalogue, unit rows: N × dimensions.
    pub meaning: Array2<f32>,
    /// What was taken off every full-text vector.
    pub centre: Centre,
    /// Keywords and description only, likewise.
    pub theme: Array2<f32>,
    pub genre: Field,
    /// Creators and everyone else who took part.
    pub people: Field,
    pub creator: Field,
    pub keyword: Field,
    /// The telling words of the title: parts of a series share them.
    pub title: Field,
    pub language: Field,
    pub year: Column,
    /// Where the year stands among the years of its kind: −1 the oldest, 1 the newest, 0 unknown.
    pub newness: Vec<f32>,
    /// The catalogue's own count of how many chose it.
    pub popularity: Column,
    /// The catalogue's own mean rating, 0–5.
    pub rating: Column,
    pub price: Column,
}

/// The year of an item of a kind in which no year is known.
const MIDDLE_YEAR: f64 = 1990.0;

impl Features {
    /// Computes the features of a whole catalogue.
    pub fn build(items: &[Item], vectors: TextVectors) -> Self {
        let described: Vec<Option<Writing>> = if vectors.full.ncols().max(vectors.theme.ncols()) > 0
        {
            let described = items.par_iter().map(|i| Writing::of(&i.description));
            described.collect()
        } else {
            Vec::new()
        };
        let (centre, meaning) = centred(vectors.full, items, &described, full_text);
        let (_, theme) = centred(vectors.theme, items, &described, theme_text);
        let kinds: Vec<Kind> = items.iter().map(|i| i.kind).collect();
        let (words, [genre, creator, keyword, language]) = rayon::join(
            || {
                let titles = title_words(items);
                let title = Field::build(&titles, |words| words.iter());
                let people = Field::build(items, |i| i.creators.iter().chain(&i.people));
                (title, people)
            },
            || {
                [
                    Field::build(items, |i| i.genres.iter()),
                    Field::build(items, |i| i.creators.iter()),
                    Field::build(items, |i| i.tags.iter()),
                    Field::build(items, |i| i.languages.iter()),
                ]
            },
        );
        let (title, people) = words;
        let year = Column::read(items, MIDDLE_YEAR, |i| i.year.map(f64::from));
        Self {
            led: Vec::new(),
            work: Vec::new(),
            series: series(items),
            newness: standing(&kinds, &year),
            kinds,
            year,
            meaning,
            centre,
            theme,
            genre,
            people,
            creator,
            keyword,
            title,
            language,
            popularity: Column::read(items, 0.0, |i| i.popularity),
            rating: Column::read(items, 0.0, |i| i.rating),
            price: Column::read(items, 0.0, |i| i.price),
        }
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    /// Whether the catalogue is empty.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// Every item, in order; a record that another leads is none.
    pub fn ids(&self) -> impl Iterator<Item = ItemId> {
        self.rows().filter(|id| !self.led(*id))
    }

    /// Every record in order, be it an item or led by one: for what is looked up by row.
    pub fn rows(&self) -> impl Iterator<Item = ItemId> + use<> {
        (0..self.len() as u32).map(ItemId)
    }

    /// The work that an item is an edition of, named by its first edition.
    pub fn work(&self, id: ItemId) -> ItemId {
        self.work.get(id.row()).copied().unwrap_or(id)
    }

    /// Whether a record only adds to another one.
    pub fn led(&self, id: ItemId) -> bool {
        self.led.get(id.row()).is_some_and(|led| *led)
    }
}

/// The series of each item, however it is written in capitals; those of two kinds are two.
fn series(items: &[Item]) -> Vec<Option<ItemId>> {
    let mut first: HashMap<(Kind, String), ItemId> = HashMap::new();
    let mut of = |(row, item): (u32, &Item)| {
        let name = item.series.as_ref()?.to_lowercase();
        Some(*first.entry((item.kind, name)).or_insert(ItemId(row)))
    };
    (0..).zip(items).map(&mut of).collect()
}

/// The telling words of each title: neither short nor in many titles.
fn title_words(items: &[Item]) -> Vec<Vec<String>> {
    let words: Vec<Vec<String>> = items
        .iter()
        .map(|item| {
            let words = item.title.split(|c: char| !c.is_alphanumeric());
            words.filter(|w| w.len() > 2).map(str::to_owned).collect()
        })
        .collect();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for word in words.iter().flatten() {
        *seen.entry(word.to_lowercase()).or_default() += 1;
    }
    let most = (items.len() / COMMON_WORD).max(LEAST_COMMON);
    let telling = |title: Vec<String>| {
        let rare = title.into_iter();
        rare.filter(|w| seen[&w.to_lowercase()] <= most).collect()
    };
    words.into_iter().map(telling).collect()
}

/// A word that more than one title in so many has says nothing …
const COMMON_WORD: usize = 100;
/// … unless only so few have it.
const LEAST_COMMON: usize = 5;

/// The standing of each value among the facts of its kind, −1 to 1; halfway through equal ones. A
/// catalogue of films and one of antiquity spread alike.
fn standing(kinds: &[Kind], column: &Column) -> Vec<f32> {
    let mut standing = vec![0.0; kinds.len()];
    for kind in Kind::ALL {
        let rows = || {
            kinds
                .iter()
                .enumerate()
                .filter(|(_, k)| **k == kind)
                .map(|(row, _)| row)
        };
        let mut facts: Vec<f64> = rows()
            .filter(|row| !column.filled[*row])
            .map(|row| column.values[row])
            .collect();
        facts.sort_unstable_by(f64::total_cmp);
        for row in rows().filter(|row| column.known[*row]) {
            let below = facts.partition_point(|v| *v < column.values[row]);
            let to = facts.partition_point(|v| *v <= column.values[row]);
            let share = (below + to) as f64 / (2 * facts.len()).max(1) as f64;
            standing[row] = (2.0 * share - 1.0) as f32;
        }
    }
    standing
}

/// Vectors of the items' texts without their centre, each by the writing of what describes the item, or else
/// of the text that was encoded; `described` is empty where there are no vectors.
fn centred(
    rows: Array2<f32>,
    items: &[Item],
    described: &[Option<Writing>],
    text: impl Fn(&Item) -> String + Sync,
) -> (Centre, Array2<f32>) {
    let both = items.par_iter().zip(described);
    let writing = both.map(|(item, described)| described.or_else(|| Writing::of(&text(item))));
    let writings: Vec<Option<Writing>> = writing.collect();
    let centre = Centre::of(&rows, &writings);
    let rows = centre.take_off(rows, &writings);
    (centre, rows)
}

/// The inner product of two vectors of the same length, summed in sixteen fixed lanes so that it is
/// fast and has the same bits everywhere it is used.
#[allow(clippy::needless_pass_by_value)] // a view is passed as a slice would be
pub fn dot(a: ArrayView1<f32>, b: &[f32]) -> f32 {
    let Some(a) = a.to_slice() else {
        return a.iter().zip(b).map(|(x, y)| x * y).sum();
    };
    let mut lanes = [0.0f32; 16];
    let (a_blocks, b_blocks) = (a.chunks_exact(16), b.chunks_exact(16));
    let rest: f32 = a_blocks
        .remainder()
        .iter()
        .zip(b_blocks.remainder())
        .map(|(x, y)| x * y)
        .sum();
    for (x, y) in a_blocks.zip(b_blocks) {
        for lane in 0..16 {
            lanes[lane] += x[lane] * y[lane];
        }
    }
    lanes.iter().sum::<f32>() + rest
}

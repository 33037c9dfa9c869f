//! What other profiles add to an item: popularity, quality, and the company it keeps.
//!
//! Fitted from the logs of the *other* profiles (the household, the shop's customers), never from
//! the log of the profile that is being served. With no other profiles only the catalogue's own
//! popularity and ratings remain, and every company term is zero.

mod models;

use std::collections::HashMap;

use ndarray::Array2;

use crate::behaviour::Action;
use crate::catalogue::ItemId;
use crate::features::{Column, Features};
use models::{co_occurrence, ease, follows, together};

/// One thing another profile did, in the order in which it did it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trace {
    pub item: ItemId,
    pub action: Action,
    /// When, in milliseconds since 1970-01-01 UTC, where it is known.
    pub at: Option<i64>,
}

/// Choices of other profiles and friends from which their company counts.
pub const ENOUGH_FOR_COMPANY: usize = 50;

/// The item-item models cover at most so many items, the most liked ones; the inverse behind the
/// linear autoencoder costs the cube of it.
#[derive(Debug, Clone, Copy)]
pub struct Reach {
    pub items: usize,
    /// Whether what tells the order of things is fitted too.
    pub in_order: bool,
    /// How much company two items need to be believed half.
    pub shrink: f32,
    /// The ridge of the linear autoencoder, and where it is less: so much for each log.
    pub ridge: f64,
    pub ridge_each: f64,
}

impl Reach {
    /// For a window that must answer at once.
    pub const LIVE: Self = Self {
        items: 1_500,
        in_order: true,
        shrink: TOGETHER_SHRINK,
        ridge: EASE_RIDGE,
        ridge_each: f64::INFINITY,
    };
    /// For an evaluation that may take its time.
    pub const FULL: Self = Self {
        items: 8_000,
        in_order: true,
        shrink: TOGETHER_SHRINK,
        ridge: EASE_RIDGE,
        ridge_each: f64::INFINITY,
    };
    /// For baskets, which are short and, in a small shop, few.
    pub const BASKETS: Self = Self {
        in_order: false,
        shrink: BASKET_SHRINK,
        ridge_each: BASKET_RIDGE,
        ..Self::LIVE
    };
}

/// Sparse rows: (column, value).
type Rows = Vec<Vec<(u32, f32)>>;

/// Popularity and quality of every item, and who goes with whom.
#[derive(Debug, Clone)]
pub struct Neighbours {
    /// log(1 + count) / log(1 + largest count of the kind), 0 to 1.
    pub popularity: Vec<f32>,
    /// Whether anything is known of how many chose what.
    pub counted: bool,
    /// Shrunken mean rating minus the mean of all ratings, in stars.
    pub quality: Vec<f32>,
    /// The mean genres of what people choose, each item by how many chose it.
    pub usual_genre: Vec<f32>,
    /// Rows of the item-item models, by item.
    place: Vec<Option<u32>>,
    items: Vec<u32>,
    /// Cosine co-occurrence over likes, shrunk.
    together: Array2<f32>,
    /// EASE: Steck 2019, "Embarrassingly Shallow Autoencoders for Sparse Data".
    ease: Array2<f32>,
    /// The same over everything that was taken up, liked or not.
    seen: Array2<f32>,
    /// What was liked within a few steps after an item, as shares.
    follows: Rows,
    /// What was taken up within a few steps after an item, as shares.
    next: Rows,
    /// What was liked within a few steps before or after an item, as shares.
    beside: Rows,
    /// What each of the other profiles thought: item and signed reward.
    verdicts: Rows,
    /// Who thought what of an item: profile and signed reward.
    voters: Rows,
}

/// Ratings that the global mean counts for in an item's shrunken mean.
const QUALITY_SHRINK: f64 = 5.0;
/// Ratings that the catalogue's own mean rating counts for.
const CATALOGUE_VOTES: f64 = 10.0;
const TOGETHER_SHRINK: f32 = 10.0;
const EASE_RIDGE: f64 = 200.0;
const BASKET_SHRINK: f32 = 1.0;
const BASKET_RIDGE: f64 = 0.05;

impl Neighbours {
    /// Fits everything that other profiles' logs say about the items.
    pub fn fit(features: &Features, logs: &[Vec<Trace>], reach: Reach) -> Self {
        Self::fit_with(features, logs, &[], reach)
    }

    /// The same with `tastes` beside the logs: what others think, known in no order. They count in
    /// everything but what follows what.
    pub fn fit_with(
        features: &Features,
        logs: &[Vec<Trace>],
        tastes: &[Vec<Trace>],
        reach: Reach,
    ) -> Self {
        let n = features.len();
        let all = || logs.iter().chain(tastes);
        let mut counts = vec![0.0f64; n];
        let mut stars = vec![(0.0f64, 0.0f64); n];
        let mut likes = vec![0usize; n];
        for trace in all().flatten() {
            let row = trace.item.row();
            if trace.action.settles() {
                counts[row] += 1.0;
                stars[row].0 += as_stars(trace.action);
                stars[row].1 += 1.0;
            }
            likes[row] += usize::from(trace.action.is_choice());
        }
        let mut items: Vec<u32> = (0..n as u32).filter(|i| likes[*i as usize] > 0).collect();
        items.sort_by_key(|i| (std::cmp::Reverse(likes[*i as usize]), *i));
        items.truncate(reach.items);
        items.sort_unstable();
        let mut place = vec![None; n];
        for (at, item) in items.iter().enumerate() {
            place[*item as usize] = Some(at as u32);
        }
        let verdicts: Rows = all().map(|log| verdicts(log)).collect();
        let size = items.len();
        let ridge = reach
            .ridge
            .min(reach.ridge_each * verdicts.len().max(1) as f64);
        let gram = co_occurrence(all(), &place, size, Action::is_choice);
        let seen = if reach.in_order {
            ease(co_occurrence(all(), &place, size, |_| true), ridge)
        } else {
            Array2::zeros((0, 0))
        };
        let step = |both, liked| {
            if reach.in_order {
                follows(logs, n, both, liked)
            } else {
                vec![Vec::new(); n]
            }
        };
        let popularity = popularity(features, &counts);
        Self {
            counted: popularity.iter().any(|p| *p > 0.0),
            popularity,
            quality: quality(&features.rating, &stars),
            together: together(&gram, reach.shrink),
            ease: ease(gram, ridge),
            usual_genre: usual_genre(features, &counts),
            seen,
            follows: step(false, true),
            next: step(false, false),
            beside: step(true, true),
            voters: transposed(&verdicts, n),
            verdicts,
            place,
            items,
        }
    }

    /// Whether there are no other profiles.
    pub fn is_empty(&self) -> bool {
        self.verdicts.is_empty()
    }

    /// Visits the items that are liked together with `item`, with their similarity.
    pub fn each_together(&self, item: ItemId, visit: impl FnMut(usize, f32)) {
        self.each(&self.together, item, visit);
    }

    /// Visits the items that the autoencoder predicts from `item`, with their weight.
    pub fn each_ease(&self, item: ItemId, visit: impl FnMut(usize, f32)) {
        self.each(&self.ease, item, visit);
    }

    /// Visits the items that the same autoencoder over everything taken up predicts from `item`.
    pub fn each_seen(&self, item: ItemId, visit: impl FnMut(usize, f32)) {
        self.each(&self.seen, item, visit);
    }

    fn each(&self, model: &Array2<f32>, item: ItemId, mut visit: impl FnMut(usize, f32)) {
        if let Some(row) = self.place[item.row()].filter(|row| (*row as usize) < model.nrows()) {
            for (other, value) in self.items.iter().zip(model.row(row as usize)) {
                visit(*other as usize, *value);
            }
        }
    }

    /// Visits what others went on to like after `item`, with its share.
    pub fn each_follow(&self, item: ItemId, mut visit: impl FnMut(usize, f32)) {
        for (other, share) in &self.follows[item.row()] {
            visit(*other as usize, *share);
        }
    }

    /// Visits what others went on to after `item`, liked or not, with its share.
    pub fn each_next(&self, item: ItemId, mut visit: impl FnMut(usize, f32)) {
        for (other, share) in &self.next[item.row()] {
            visit(*other as usize, *share);
        }
    }

    /// Visits what others liked shortly before or after `item`, with its share.
    pub fn each_beside(&self, item: ItemId, mut visit: impl FnMut(usize, f32)) {
        for (other, share) in &self.beside[item.row()] {
            visit(*other as usize, *share);
        }
    }

    /// What each of the other profiles thought: item and signed reward.
    pub fn verdicts(&self) -> &[Vec<(u32, f32)>] {
        &self.verdicts
    }

    /// Who thought what of an item: profile and signed reward.
    pub fn voters(&self, item: ItemId) -> &[(u32, f32)] {
        &self.voters[item.row()]
    }
}

/// A verdict on the scale of ratings: 1 to 5.
fn as_stars(action: Action) -> f64 {
    match action {
        Action::Rate(stars) => stars,
        other => 3.0 + 2.0 * other.reward(),
    }
}

fn popularity(features: &Features, counts: &[f64]) -> Vec<f32> {
    let total = |row: usize| features.popularity.values[row].max(0.0) + counts[row];
    let mut largest: HashMap<_, f64> = HashMap::new();
    for (row, kind) in features.kinds.iter().enumerate() {
        let most = largest.entry(*kind).or_default();
        *most = most.max(total(row));
    }
    let share = |(row, kind)| {
        let most: f64 = largest[kind];
        if most > 0.0 {
            (total(row).ln_1p() / most.ln_1p()) as f32
        } else {
            0.0
        }
    };
    features.kinds.iter().enumerate().map(share).collect()
}

fn quality(catalogue: &Column, stars: &[(f64, f64)]) -> Vec<f32> {
    let votes = |row: usize| {
        let (sum, count) = stars[row];
        if catalogue.filled[row] {
            (sum, count)
        } else {
            (
                sum + CATALOGUE_VOTES * catalogue.values[row],
                count + CATALOGUE_VOTES,
            )
        }
    };
    let (sum, count) = (0..stars.len())
        .map(votes)
        .fold((0.0, 0.0), |(s, c), (sum, count)| (s + sum, c + count));
    let mean = if count > 0.0 { sum / count } else { 0.0 };
    let shrunken = |row| {
        let (sum, count) = votes(row);
        ((sum + QUALITY_SHRINK * mean) / (count + QUALITY_SHRINK) - mean) as f32
    };
    (0..stars.len()).map(shrunken).collect()
}

/// The mean genres of what is chosen; of the whole catalogue where nothing is known of that.
fn usual_genre(features: &Features, counts: &[f64]) -> Vec<f32> {
    let chosen = |row: usize| features.popularity.values[row].max(0.0) + counts[row];
    let total: f64 = (0..counts.len()).map(chosen).sum();
    let mut mean = vec![0.0; features.genre.names.len()];
    for id in features.ids() {
        let share = if total > 0.0 {
            chosen(id.row()) / total
        } else {
            1.0 / counts.len() as f64
        };
        features.genre.add_to(id, share as f32, &mut mean);
    }
    mean
}

fn verdicts(log: &[Trace]) -> Vec<(u32, f32)> {
    let reward = |t: &Trace| (t.item.0, t.action.reward() as f32);
    log.iter().map(reward).collect()
}

fn transposed(rows: &Rows, n: usize) -> Rows {
    let mut columns = vec![Vec::new(); n];
    for (at, row) in rows.iter().enumerate() {
        for (column, value) in row {
            columns[*column as usize].push((at as u32, *value));
        }
    }
    columns
}

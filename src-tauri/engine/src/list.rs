//! The list: what a ranking becomes when its items stand side by side.
//!
//! Picked one by one from the best candidates, each for its score, for how unlike it is to what is
//! already there (maximal marginal relevance, Carbonell and Goldstein 1998), and for how close it
//! brings the list to the profile's own mix of genres (calibration, Steck 2018). With nothing asked
//! for, the list is the ranking itself. Scores are never changed, only the order. Of the editions of one
//! work, the first that is picked stands for all.
//!
//! With variety v, balance b, the score z in deviations over the candidates, the largest similarity s
//! to what is picked, and the divergence d of the list's genres, the next one has the largest
//!
//! ```text
//! (1 − max(v, b)) · z  −  3v · s  −  b · d
//! ```
//!
//! What that costs and brings is measured in `docs/lists.md`.

use std::collections::{HashMap, HashSet};

use crate::catalogue::ItemId;
use crate::features::{Features, dot};

/// How a list is put together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// 0 for the ranking as it is, to 1 for the most unlike of the candidates.
    pub variety: f64,
    /// 0 for no regard to the mix of genres, to 1 for a list in the profile's own proportions.
    pub balance: f64,
    /// At most so many by one creator, or nothing for no bound.
    pub per_creator: Option<usize>,
    /// At most so many of one series, collection or album, or nothing for no bound.
    pub per_series: Option<usize>,
}

impl Shape {
    /// The ranking as it is.
    pub const PLAIN: Self = Self {
        variety: 0.0,
        balance: 0.0,
        per_creator: None,
        per_series: None,
    };
}

/// Candidates that a list of `n` is picked from.
pub fn pool(n: usize) -> usize {
    (10 * n).max(200)
}

/// How much the largest similarity counts against one deviation of the candidates' scores at half
/// variety. Of 0.75 to 24, on profiles that no reported figure comes from, the most that costs nothing
/// that can be measured.
const UNLIKE: f64 = 3.0;
/// How much the divergence of genres counts likewise at half balance. On the same profiles so much costs
/// little, and three times as much a lot.
const BALANCED: f64 = 1.0;
/// The share of the profile's own mix that every list is taken to have, so that no divergence is
/// infinite (Steck's α).
const SMOOTH: f64 = 0.01;

/// Picks `n` of the ranked candidates, best first. `mix` is the profile's weight of each genre; it
/// need not sum to one.
pub fn arrange(
    features: &Features,
    ranked: &[(ItemId, f64)],
    mix: &[f32],
    shape: Shape,
    n: usize,
) -> Vec<(ItemId, f64)> {
    if shape == Shape::PLAIN {
        let mut works = HashSet::new();
        let firsts = ranked
            .iter()
            .filter(|(id, _)| works.insert(features.work(*id)));
        return firsts.take(n).copied().collect();
    }
    let relevance = standardised(ranked);
    let relevant = 1.0 - shape.variety.max(shape.balance);
    let mut mix = Mix::new(mix, shape.balance);
    // The largest similarity of each candidate to what was picked.
    let mut likeness = vec![0.0f64; ranked.len()];
    let mut left: Vec<usize> = (0..ranked.len()).collect();
    let mut bounds = Bounds::new(shape);
    let mut picked = Vec::with_capacity(n);
    while picked.len() < n {
        let worth = |at: usize| {
            relevant * relevance[at]
                - shape.variety * UNLIKE * likeness[at]
                - shape.balance * BALANCED * mix.divergence_with(features, ranked[at].0)
        };
        let Some(at) = take_best(&mut left, worth) else {
            break;
        };
        let item = ranked[at].0;
        picked.push(ranked[at]);
        mix.add(features, item);
        for other in &left {
            likeness[*other] = likeness[*other].max(similarity(features, item, ranked[*other].0));
        }
        bounds.add(features, item);
        left.retain(|at| bounds.admit(features, ranked[*at].0));
    }
    picked
}

/// What a list has already, of what it may have only so much.
struct Bounds {
    shape: Shape,
    works: HashSet<ItemId>,
    creators: HashMap<u32, usize>,
    series: HashMap<ItemId, usize>,
}

impl Bounds {
    fn new(shape: Shape) -> Self {
        Self {
            shape,
            works: HashSet::new(),
            creators: HashMap::new(),
            series: HashMap::new(),
        }
    }

    fn add(&mut self, features: &Features, item: ItemId) {
        self.works.insert(features.work(item));
        for (creator, _) in features.creator.row(item) {
            *self.creators.entry(*creator).or_default() += 1;
        }
        if let Some(series) = features.series[item.row()] {
            *self.series.entry(series).or_default() += 1;
        }
    }

    fn admit(&self, features: &Features, item: ItemId) -> bool {
        let full = |count: Option<&usize>, most: Option<usize>| {
            most.is_some_and(|most| count.is_some_and(|count| *count >= most))
        };
        let mut creators = features.creator.row(item).iter();
        let series = features.series[item.row()].and_then(|series| self.series.get(&series));
        !(self.works.contains(&features.work(item))
            || creators.any(|(c, _)| full(self.creators.get(c), self.shape.per_creator))
            || full(series, self.shape.per_series))
    }
}

/// Takes out what is worth most; of equals the first, so that they keep the order of the ranking.
pub fn take_best(left: &mut Vec<usize>, worth: impl Fn(usize) -> f64) -> Option<usize> {
    let worths = left.iter().map(|at| worth(*at)).enumerate();
    let best = worths.reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map(|(place, _)| left.remove(place))
}

/// How alike two items are, 0 to 1: the mean of the cosines of their texts and of their genres; of the
/// genres alone where a text has no vector.
pub fn similarity(features: &Features, a: ItemId, b: ItemId) -> f64 {
    let genres: f32 = {
        let (a, b) = (features.genre.row(a), features.genre.row(b));
        let shared = |(id, value): &(u32, f32)| {
            let other = b.iter().find(|(other, _)| other == id);
            other.map_or(0.0, |(_, other)| value * other)
        };
        a.iter().map(shared).sum()
    };
    let (x, y) = (features.meaning.row(a.row()), features.meaning.row(b.row()));
    let text = y.to_slice().map_or(0.0, |y| dot(x, y));
    let known = |row: ndarray::ArrayView1<f32>| row.iter().any(|v| *v != 0.0);
    let alike = if known(x) && known(y) {
        f32::midpoint(text, genres)
    } else {
        genres
    };
    f64::from(alike.clamp(0.0, 1.0))
}

/// Scores in deviations from their mean; all 0 where they are equal.
pub fn standardised(ranked: &[(ItemId, f64)]) -> Vec<f64> {
    let n = ranked.len().max(1) as f64;
    let mean = ranked.iter().map(|(_, score)| score).sum::<f64>() / n;
    let square = ranked.iter().map(|(_, s)| (s - mean).powi(2)).sum::<f64>();
    let deviation = (square / n).sqrt();
    let scale = if deviation > 1e-12 {
        1.0 / deviation
    } else {
        0.0
    };
    ranked.iter().map(|(_, s)| (s - mean) * scale).collect()
}

/// The genres of a list so far, beside those of the profile.
struct Mix {
    /// Shares of the profile, summing to one; empty where it has shown none or balance is not asked.
    wanted: Vec<f64>,
    listed: Vec<f64>,
    total: f64,
}

impl Mix {
    fn new(mix: &[f32], balance: f64) -> Self {
        let positive: Vec<f64> = mix.iter().map(|w| f64::from(w.max(0.0))).collect();
        let sum: f64 = positive.iter().sum();
        let wanted = if balance > 0.0 && sum > 0.0 {
            positive.iter().map(|w| w / sum).collect()
        } else {
            Vec::new()
        };
        Self {
            listed: vec![0.0; wanted.len()],
            wanted,
            total: 0.0,
        }
    }

    fn add(&mut self, features: &Features, item: ItemId) {
        if self.wanted.is_empty() {
            return;
        }
        for (genre, share) in shares(features, item) {
            self.listed[genre] += share;
            self.total += share;
        }
    }

    /// KL(wanted ‖ listed) with one more item in the list.
    fn divergence_with(&self, features: &Features, item: ItemId) -> f64 {
        if self.wanted.is_empty() {
            return 0.0;
        }
        let mut listed = self.listed.clone();
        let mut total = self.total;
        for (genre, share) in shares(features, item) {
            listed[genre] += share;
            total += share;
        }
        divergence(&self.wanted, &listed, total)
    }
}

/// The genres of an item, as shares of one.
fn shares(features: &Features, item: ItemId) -> impl Iterator<Item = (usize, f64)> {
    let row = features.genre.row(item);
    let share = 1.0 / row.len().max(1) as f64;
    row.iter().map(move |(genre, _)| (*genre as usize, share))
}

fn divergence(wanted: &[f64], listed: &[f64], total: f64) -> f64 {
    let terms = wanted.iter().zip(listed).filter(|(p, _)| **p > 0.0);
    terms
        .map(|(p, count)| {
            let q = (1.0 - SMOOTH) * count / total.max(1e-12) + SMOOTH * p;
            p * (p / q).ln()
        })
        .sum()
}

/// KL(mix ‖ list) of a finished list: 0 where it has the profile's own mix of genres.
pub fn imbalance(features: &Features, list: &[ItemId], mix: &[f32]) -> f64 {
    let mut own = Mix::new(mix, 1.0);
    if own.wanted.is_empty() {
        return 0.0;
    }
    list.iter().for_each(|item| own.add(features, *item));
    divergence(&own.wanted, &own.listed, own.total)
}

/// 1 − the mean similarity of all pairs; 0 for fewer than two items.
pub fn diversity(features: &Features, list: &[ItemId]) -> f64 {
    let pairs = list.len() * list.len().saturating_sub(1) / 2;
    if pairs == 0 {
        return 0.0;
    }
    let mut alike = 0.0;
    for (at, a) in list.iter().enumerate() {
        for b in &list[at + 1..] {
            alike += similarity(features, *a, *b);
        }
    }
    1.0 - alike / pairs as f64
}

//! φ: what a profile has shown, kept up to date one interaction at a time.
//!
//! [`Taste::add`] folds one interaction in; [`Taste::evidence`] gives e_k(u, i) = φ_k(u)·ψ_k(i) for
//! every signal. It is the only place where evidence is computed: scores, explanations and learning
//! all read it. Weights do not appear here.

use chrono::{DateTime, Datelike};
use ndarray::Axis;

use crate::catalogue::ItemId;
use crate::features::{Features, dot};
use crate::neighbours::Neighbours;
use crate::signal::K;

/// e_k(u, i), in the signals' order.
pub type Evidence = [f64; K];

/// How much evidence is needed before a sum is believed half: q = 1 / (κ + Σ|a|).
const KAPPA: f32 = 2.0;
/// What an earlier interaction still counts after one more, for what was meant lately.
const MEANING_DECAY: f32 = 0.85;
const ERA_DECAY: f32 = 0.8;
const COMPANY_DECAY: f32 = 0.9;
const FOLLOWS_DECAY: f32 = 0.7;
/// Widths of the bells over years.
const ERA_YEARS: f32 = 6.0;
const ERA_LATELY_YEARS: f32 = 4.0;
/// The age at which an item is a third as fresh as a new one.
const FRESH_YEARS: f32 = 2.0;

/// What both sides of the evidence are computed over.
#[derive(Clone, Copy)]
pub struct World<'a> {
    pub features: &'a Features,
    pub neighbours: &'a Neighbours,
    /// The calendar year in which the choice is made; nothing where it is not known.
    pub today: Option<i32>,
}

impl World<'_> {
    /// The same world at a time, in milliseconds since 1970-01-01 UTC.
    pub fn at(self, at: Option<i64>) -> Self {
        let today = at.and_then(DateTime::from_timestamp_millis);
        Self {
            today: today.map(|t| t.year()),
            ..self
        }
    }

    /// How many years ago an item came out, negative for one that is still to come; nothing unless
    /// both years are facts.
    fn age(self, row: usize) -> Option<f32> {
        let year = &self.features.year;
        let today = self.today.filter(|_| !year.filled[row])?;
        Some((f64::from(today) - year.values[row]) as f32)
    }
}

/// The state that the evidence of a profile is computed from.
#[derive(Debug, Clone, PartialEq)]
pub struct Taste {
    /// Interactions so far.
    count: f32,
    weight: f32,
    weight_lately: f32,
    era_weight: f32,
    /// Running mean of the popularity of what was chosen.
    popularity: Option<f32>,
    meaning: Vec<f32>,
    meaning_lately: Vec<f32>,
    theme: Vec<f32>,
    pub(crate) genre: Vec<f32>,
    pub(crate) people: Vec<f32>,
    pub(crate) creator: Vec<f32>,
    pub(crate) keyword: Vec<f32>,
    pub(crate) language: Vec<f32>,
    nearest_liked: Vec<f32>,
    nearest_disliked: Vec<f32>,
    era: Vec<f32>,
    era_lately: Vec<f32>,
    company_item: Vec<f32>,
    company_item_lately: Vec<f32>,
    company_ease: Vec<f32>,
    company_ease_lately: Vec<f32>,
    company_follows: Vec<f32>,
}

impl Taste {
    /// Nothing shown yet: every personal term is zero.
    pub fn new(world: World) -> Self {
        let f = world.features;
        let per_item = || vec![0.0; f.len()];
        Self {
            count: 0.0,
            weight: 0.0,
            weight_lately: 0.0,
            era_weight: 0.0,
            popularity: None,
            meaning: vec![0.0; f.meaning.ncols()],
            meaning_lately: vec![0.0; f.meaning.ncols()],
            theme: vec![0.0; f.theme.ncols()],
            genre: vec![0.0; f.genre.names.len()],
            people: vec![0.0; f.people.names.len()],
            creator: vec![0.0; f.creator.names.len()],
            keyword: vec![0.0; f.keyword.names.len()],
            language: vec![0.0; f.language.names.len()],
            nearest_liked: per_item(),
            nearest_disliked: per_item(),
            era: per_item(),
            era_lately: per_item(),
            company_item: per_item(),
            company_item_lately: per_item(),
            company_ease: per_item(),
            company_ease_lately: per_item(),
            company_follows: per_item(),
        }
    }

    /// Folds in an interaction with signed reward `a` in −1..=1.
    pub fn add(&mut self, world: World, item: ItemId, a: f64) {
        let (f, n) = (world.features, world.neighbours);
        let a = a as f32;
        let row = item.row();
        self.count += 1.0;
        self.weight += a.abs();
        self.weight_lately = MEANING_DECAY * self.weight_lately + a.abs();
        let (x, t) = (f.meaning.row(row), f.theme.row(row));
        for (sum, x) in self.meaning.iter_mut().zip(x) {
            *sum += a * x;
        }
        for (sum, x) in self.meaning_lately.iter_mut().zip(x) {
            *sum = MEANING_DECAY * *sum + a * x;
        }
        for (sum, t) in self.theme.iter_mut().zip(t) {
            *sum += a * t;
        }
        let (nearest, trust) = if a > 0.0 {
            (&mut self.nearest_liked, (a + 0.5).min(1.0))
        } else {
            (&mut self.nearest_disliked, 1.0)
        };
        if let Some(x) = x.to_slice() {
            for (best, y) in nearest.iter_mut().zip(f.meaning.axis_iter(Axis(0))) {
                *best = best.max(trust * dot(y, x));
            }
        }
        for (field, sum) in [
            (&f.genre, &mut self.genre),
            (&f.people, &mut self.people),
            (&f.creator, &mut self.creator),
            (&f.keyword, &mut self.keyword),
            (&f.language, &mut self.language),
        ] {
            field.add_to(item, a, sum);
        }
        self.add_era(f, row, a);
        self.add_company(n, item, a);
        let popularity = n.popularity[row];
        self.popularity = Some(match self.popularity {
            None => popularity,
            Some(mean) => 0.8 * mean + 0.2 * popularity,
        });
    }

    fn add_era(&mut self, f: &Features, row: usize, a: f32) {
        self.era_weight = ERA_DECAY * self.era_weight + 1.0;
        let year = f.year.values[row];
        for (i, other) in f.year.values.iter().enumerate() {
            let gap = (other - year) as f32;
            if a > 0.0 {
                self.era[i] += a * (-(gap / ERA_YEARS).powi(2)).exp();
            }
            self.era_lately[i] =
                ERA_DECAY * self.era_lately[i] + (-(gap / ERA_LATELY_YEARS).powi(2)).exp();
        }
    }

    fn add_company(&mut self, n: &Neighbours, item: ItemId, a: f32) {
        if n.is_empty() {
            return;
        }
        for lately in [&mut self.company_item_lately, &mut self.company_ease_lately] {
            lately.iter_mut().for_each(|x| *x *= COMPANY_DECAY);
        }
        self.company_follows
            .iter_mut()
            .for_each(|x| *x *= FOLLOWS_DECAY);
        if a > 0.0 {
            n.each_together(item, |other, s| {
                self.company_item[other] += a * s;
                self.company_item_lately[other] += a * s;
            });
        }
        if a >= 0.5 {
            n.each_ease(item, |other, b| {
                self.company_ease[other] += b;
                self.company_ease_lately[other] += b;
            });
        }
        n.each_follow(item, |other, share| self.company_follows[other] += share);
    }

    /// e_k(u, i) for one item, in the signals' order.
    pub fn evidence(&self, world: World, item: ItemId) -> Evidence {
        let (f, n) = (world.features, world.neighbours);
        let row = item.row();
        let q = 1.0 / (KAPPA + self.weight);
        let q_lately = 1.0 / (KAPPA + self.weight_lately);
        let r = q.sqrt();
        let sure_of_era = 1.0 / (1.0 + self.era_weight);
        let popularity = n.popularity[row];
        let off_usual = self.popularity.map_or(0.0, |mean| popularity - mean);
        let x = f.meaning.row(row);
        let age = world.age(row);
        [
            dot(x, &self.meaning) * q,
            dot(x, &self.meaning_lately) * q_lately,
            self.nearest_liked[row],
            self.nearest_disliked[row],
            dot(f.theme.row(row), &self.theme) * q,
            f.genre.dot(item, &self.genre) * q,
            f.people.dot(item, &self.people) * r,
            f.creator.dot(item, &self.creator) * r,
            f.keyword.dot(item, &self.keyword) * r,
            f.language.dot(item, &self.language) * q,
            self.era[row] * q,
            self.era_lately[row] * sure_of_era,
            popularity,
            popularity * 2.0 / (2.0 + self.count),
            -(off_usual * off_usual) * self.era_weight * sure_of_era,
            n.quality[row],
            f.newness[row],
            age.filter(|a| *a >= 0.0).map_or(0.0, |a| (-a / FRESH_YEARS).exp()),
            age.map_or(0.0, |a| f32::from(a < 0.0)),
            self.company_item[row] * r,
            self.company_ease[row],
            self.company_follows[row].sqrt(),
            self.company_item_lately[row],
            self.company_ease_lately[row],
        ]
        .map(f64::from)
    }
}

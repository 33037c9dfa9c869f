//! The world: what both sides of the evidence are computed over, and when.

use chrono::{DateTime, Datelike};

use crate::features::Features;
use crate::neighbours::Neighbours;
use crate::scales::Scales;

/// What both sides of the evidence are computed over.
#[derive(Clone, Copy)]
pub struct World<'a> {
    pub features: &'a Features,
    pub neighbours: &'a Neighbours,
    pub scales: Scales,
    /// The calendar year in which the choice is made; nothing where it is not known.
    pub today: Option<i32>,
}

impl<'a> World<'a> {
    /// The world at no known time, at the usual scales.
    pub fn new(features: &'a Features, neighbours: &'a Neighbours) -> Self {
        Self {
            features,
            neighbours,
            scales: Scales::default(),
            today: None,
        }
    }

    /// The same world at other scales.
    #[must_use]
    pub fn scaled(self, scales: Scales) -> Self {
        Self { scales, ..self }
    }

    /// The same world at a time, in milliseconds since 1970-01-01 UTC.
    #[must_use]
    pub fn at(self, at: Option<i64>) -> Self {
        let today = at.and_then(DateTime::from_timestamp_millis);
        Self {
            today: today.map(|t| t.year()),
            ..self
        }
    }

    /// How many years ago an item came out, negative for one that is still to come; nothing unless
    /// both years are facts.
    pub(crate) fn age(self, row: usize) -> Option<f32> {
        let year = &self.features.year;
        let today = self.today.filter(|_| !year.filled[row])?;
        Some((f64::from(today) - year.values[row]) as f32)
    }
}

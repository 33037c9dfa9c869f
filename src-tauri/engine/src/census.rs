//! Census: what is counted of a catalogue's records as they pass by — the numbers that are filled, and the texts.
//!
//! Whoever reads all records anyway counts them too, so that an import reads them no more often than it
//! must. No record is kept.

use std::collections::{BTreeMap, HashSet};
use std::sync::{MutexGuard, PoisonError};

use crate::catalogue::Item;
use crate::encoding::keys_of;
use crate::engine::Engine;
use crate::error::Result;
use crate::features::Gaps;

/// A count under way.
pub struct Census {
    gaps: Gaps,
    /// Nothing where nobody asks.
    texts: Option<Distinct>,
}

/// How many different values passed by, in bounded memory: exactly up to [`Distinct::HELD`], beyond that to
/// about 0.3%, by the adaptive sampling of Flajolet (On adaptive sampling, Computing 43, 1990).
#[derive(Default)]
struct Distinct {
    /// Those hashes that end in at least so many zeros.
    sample: HashSet<u64>,
    zeros: u32,
}

impl Distinct {
    const HELD: usize = 100_000;

    fn add(&mut self, hash: u64) {
        if hash.trailing_zeros() < self.zeros {
            return;
        }
        self.sample.insert(hash);
        while self.sample.len() > Self::HELD {
            self.zeros += 1;
            let zeros = self.zeros;
            self.sample.retain(|hash| hash.trailing_zeros() >= zeros);
        }
    }

    fn count(&self) -> u64 {
        (self.sample.len() as u64) << self.zeros
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// How many numbers are filled for the arithmetic, by field.
    pub filled: BTreeMap<String, u64>,
    /// How many different texts there are, where that was asked: to about 0.3% where there are many.
    pub texts: Option<u64>,
}

impl Census {
    /// Begins to count records, and their texts where somebody asks.
    pub fn new(texts: bool) -> Self {
        Self {
            gaps: Gaps::default(),
            texts: texts.then(Distinct::default),
        }
    }

    /// Counts one record.
    pub fn add(&mut self, record: &Item) {
        self.gaps.add(record);
        if let Some(texts) = &mut self.texts {
            for key in keys_of(std::slice::from_ref(record)) {
                texts.add(key as u64);
            }
        }
    }

    /// What was counted.
    pub fn counted(self) -> Counted {
        Counted {
            filled: self.gaps.filled(),
            texts: self.texts.as_ref().map(Distinct::count),
        }
    }
}

impl Engine {
    /// What is counted of the records, in one pass where they were not when something else read them all;
    /// nobody writes meanwhile.
    pub(crate) fn counted(&self) -> Result<Counted> {
        let _alone = self.alone();
        let stamp = self.stamp()?;
        if let Some((of, counted)) = self.census_kept().as_ref()
            && *of == stamp
            && (counted.texts.is_some() || !self.counts_texts())
        {
            return Ok(counted.clone());
        }
        let mut census = self.census();
        for record in self.store().records() {
            census.add(&record?.1);
        }
        let counted = census.counted();
        *self.census_kept() = Some((stamp, counted.clone()));
        Ok(counted)
    }

    /// A count of all records, about to begin.
    pub(crate) fn census(&self) -> Census {
        Census::new(self.counts_texts())
    }

    /// Texts are counted only where no encoder does.
    fn counts_texts(&self) -> bool {
        !self.texts().serving().is_installed()
    }

    pub(crate) fn census_kept(&self) -> MutexGuard<'_, Option<(String, Counted)>> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use xxhash_rust::xxh3::xxh3_64;

    use super::*;

    #[test]
    fn different_values_are_counted_exactly_while_they_are_few_and_closely_when_many() {
        let count = |values: u64| {
            let mut distinct = Distinct::default();
            for value in (0..values).chain(0..values / 2) {
                distinct.add(xxh3_64(&value.to_le_bytes()));
            }
            assert!(distinct.sample.len() <= Distinct::HELD);
            distinct.count()
        };
        assert_eq!(count(0), 0);
        assert_eq!(count(90_000), 90_000);
        let counted = count(1_000_000) as f64;
        assert!((counted / 1e6 - 1.0).abs() < 0.015, "{counted}");
    }
}

//! Census: what is counted of a catalogue's records as they pass by — the numbers that are filled, and the texts.
//!
//! Whoever reads all records anyway counts them too, so that an import reads them no more often than it
//! must. No record is kept.

use std::collections::BTreeMap;
use std::sync::{MutexGuard, PoisonError};

use crate::catalogue::Item;
use crate::encoding::keys_of;
use crate::engine::Engine;
use crate::error::Result;
use crate::features::Gaps;

/// A count under way.
pub struct Census {
    gaps: Gaps,
    /// Half of a hash tells so many texts apart well enough to count them; nothing where nobody asks.
    texts: Option<Vec<u64>>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// How many numbers are filled for the arithmetic, by field.
    pub filled: BTreeMap<String, u64>,
    /// How many texts there are, where that was asked.
    pub texts: Option<u64>,
}

impl Census {
    /// Begins to count about so many records, and their texts where somebody asks.
    pub fn new(records: usize, texts: bool) -> Self {
        Self {
            gaps: Gaps::default(),
            texts: texts.then(|| Vec::with_capacity(2 * records)),
        }
    }

    /// Counts one record.
    pub fn add(&mut self, record: &Item) {
        self.gaps.add(record);
        if let Some(texts) = &mut self.texts {
            let keys = keys_of(std::slice::from_ref(record));
            texts.extend(keys.iter().map(|key| *key as u64));
        }
    }

    /// What was counted.
    pub fn counted(self) -> Counted {
        let count = |mut texts: Vec<u64>| {
            texts.sort_unstable();
            texts.dedup();
            texts.len() as u64
        };
        Counted {
            filled: self.gaps.filled(),
            texts: self.texts.map(count),
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
        Census::new(self.store().items_len(), self.counts_texts())
    }

    /// Texts are counted only where no encoder does.
    fn counts_texts(&self) -> bool {
        !self.texts().serving().is_installed()
    }

    pub(crate) fn census_kept(&self) -> MutexGuard<'_, Option<(String, Counted)>> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

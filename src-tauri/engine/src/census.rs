//! Census: what is counted of a catalogue's records as they pass by — the numbers that are filled, and the texts.
//!
//! Whoever reads all records anyway counts them too, so that an import reads them no more often than it
//! must. No record is kept.

use std::collections::BTreeMap;

use crate::catalogue::Item;
use crate::encoding::keys_of;
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

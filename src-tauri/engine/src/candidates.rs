//! The candidates of a profile: the items that it has not settled yet, and samples of them.

use std::collections::HashSet;

use rand_core::Rng;
use rand_pcg::Pcg64Mcg;

use crate::catalogue::ItemId;
use crate::features::Features;

/// Which items of a catalogue are still open.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidates {
    settled: Vec<bool>,
    open: usize,
}

impl Candidates {
    /// All items of a catalogue.
    pub fn all(features: &Features) -> Self {
        let rows = (0..features.len() as u32).map(ItemId);
        let settled: Vec<bool> = rows.map(|id| features.led(id)).collect();
        Self {
            open: settled.iter().filter(|settled| !**settled).count(),
            settled,
        }
    }

    /// How many are open.
    pub fn len(&self) -> usize {
        self.open
    }

    /// Whether none is open.
    pub fn is_empty(&self) -> bool {
        self.open == 0
    }

    /// Whether the catalogue has the item at all.
    pub fn knows(&self, item: ItemId) -> bool {
        item.row() < self.settled.len()
    }

    /// Whether an item is still open.
    pub fn is_open(&self, item: ItemId) -> bool {
        !self.settled[item.row()]
    }

    /// Takes an item out for good.
    pub fn settle(&mut self, item: ItemId) {
        if !std::mem::replace(&mut self.settled[item.row()], true) {
            self.open -= 1;
        }
    }

    /// The open items, in order.
    pub fn iter(&self) -> impl Iterator<Item = ItemId> {
        (0..self.settled.len() as u32)
            .map(ItemId)
            .filter(|item| self.is_open(*item))
    }

    /// One open item, each as likely; nothing when none is open.
    pub fn draw(&self, random: &mut Pcg64Mcg) -> Option<ItemId> {
        while !self.is_empty() {
            let item = ItemId(below(random, self.settled.len()) as u32);
            if self.is_open(item) {
                return Some(item);
            }
        }
        None
    }

    /// Up to `n` different open items: all in order when there are no more, else in the order drawn.
    pub fn sample(&self, n: usize, random: &mut Pcg64Mcg) -> Vec<ItemId> {
        if self.open <= n {
            return self.iter().collect();
        }
        let mut drawn = HashSet::with_capacity(n);
        let mut sample = Vec::with_capacity(n);
        while sample.len() < n {
            let Some(item) = self.draw(random) else { break };
            if drawn.insert(item) {
                sample.push(item);
            }
        }
        sample
    }
}

/// A number below `bound`.
pub fn below(random: &mut Pcg64Mcg, bound: usize) -> usize {
    ((u128::from(random.next_u64()) * bound as u128) >> 64) as usize
}

//! A batch: changes that go into the tree together, laid out as they will stand there.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::error::Result;

use super::block::{Block, Home};
use super::tree::{Tree, opened, seal};

/// Bytes that a batch may carry; larger ones did not survive power cuts.
pub const BATCH_BYTES: usize = 448 * 1024;

/// A group of changes that go in together.
#[derive(Debug, Default)]
pub struct Batch {
    /// The blocks that it touches, as they will be.
    blocks: BTreeMap<Home, Block>,
    /// What stands alone, or no longer does.
    alone: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
    bytes: usize,
}

impl Batch {
    /// Puts a value in the place of none, or of the one that is `known` to be there.
    pub fn put(&mut self, tree: &Tree, key: &[u8], value: &[u8], known: bool) -> Result<()> {
        self.change(tree, key, Some(seal(key, value)), known)
    }

    /// Takes a value away that is there.
    pub fn remove(&mut self, tree: &Tree, key: &[u8]) -> Result<()> {
        self.change(tree, key, None, true)
    }

    fn change(&mut self, tree: &Tree, key: &[u8], new: Option<Vec<u8>>, known: bool) -> Result<()> {
        let home = Home::of(key);
        let (mut alone, mut stood_there) = (new, false);
        if let Some(home) = &home {
            let end = home.end(key);
            let block = match self.blocks.entry(home.clone()) {
                Entry::Occupied(block) => block.into_mut(),
                Entry::Vacant(place) => {
                    let block = tree.block(home)?;
                    self.bytes += home.key.len() + block.bytes();
                    place.insert(block)
                }
            };
            let before = block.bytes();
            stood_there = block.remove(end);
            alone = alone.and_then(|sealed| block.put(end, sealed));
            self.bytes = self.bytes + block.bytes() - before;
        }
        // Nothing is to be taken away where nothing can stand.
        if alone.is_some() || known && !stood_there {
            self.bytes += key.len() + alone.as_ref().map_or(0, Vec::len);
            self.alone.insert(key.to_vec(), alone);
        }
        Ok(())
    }

    /// What will stand under a key.
    pub fn get(&self, tree: &Tree, key: &[u8]) -> Result<Option<Vec<u8>>> {
        let home = Home::of(key);
        let block = home.as_ref().and_then(|home| self.blocks.get(home));
        let sealed = match (&home, block) {
            (Some(home), Some(block)) => block.get(home.end(key)),
            _ => None,
        };
        match (sealed, self.alone.get(key).map(Option::as_deref), block) {
            (Some(sealed), ..) | (None, Some(Some(sealed)), _) => opened(key, sealed).map(Some),
            (None, Some(None), _) => Ok(None),
            (None, None, Some(_)) => tree.alone(key),
            (None, None, None) => tree.get(key),
        }
    }

    /// What is to be written: every key with its value, or with none where it goes.
    pub fn changes(self) -> impl Iterator<Item = (Vec<u8>, Option<Vec<u8>>)> {
        let blocks = self.blocks.into_iter();
        let blocks = blocks.map(|(home, block)| (home.key, block.encode()));
        blocks.chain(self.alone)
    }

    /// The most bytes that it writes, about.
    pub fn bytes(&self) -> usize {
        self.bytes
    }
}

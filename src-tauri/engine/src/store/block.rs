//! Blocks: small records that are neighbours stand together under one key of the database.
//!
//! sled keeps a place in memory for each of its pages, and a page holds some ten values whatever their
//! size: with a value a record, opening a large library took memory for every record of it. A block is one
//! value; it holds a few items or entries that follow on one another, or the secondary keys that begin
//! alike. What is large, and what is of other kinds, stands alone under its own key, as everything did before
//! format 3.
//!
//! ```text
//! block = { length of end: u8, end of key, length of value: u32 little end first, value }, in order of key
//! ```

use std::collections::BTreeMap;

use super::key;
use crate::error::Source;

/// The largest item, and the largest other value, that stands in a block: sixteen full blocks must fit into a
/// quarter of one of the database's segments, or they go into a file of their own.
const ITEM_BYTES_MAX: usize = 1_536;
const VALUE_BYTES_MAX: usize = 240;

/// The first byte of the keys of blocks of items.
const ITEMS: u8 = key::ITEM.to_ascii_uppercase();

/// Where a record's block stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Home {
    /// The key of the block.
    pub key: Vec<u8>,
    /// How many bytes of the record's own key the block's key stands for.
    shared: usize,
}

impl Home {
    /// The block in which the record of a key may stand, if its kind has any: four items, 32 entries of one
    /// log, and the names that agree in their first 18 bits.
    pub fn of(key: &[u8]) -> Option<Self> {
        let (shared, mask) = match *key.first()? {
            key::ITEM => (4, 0b1111_1100),
            key::ENTRY => (12, 0b1110_0000),
            key::NAME => (3, 0b1100_0000),
            _ => return None,
        };
        let mut home = key.get(..=shared)?.to_vec();
        home[0].make_ascii_uppercase();
        home[shared] &= mask;
        Some(Self { key: home, shared })
    }

    /// Whether a value of a record is small enough to stand in its block.
    pub fn fits(&self, value: &[u8]) -> bool {
        let most = match self.key[0] {
            ITEMS => ITEM_BYTES_MAX,
            _ => VALUE_BYTES_MAX,
        };
        value.len() <= most
    }

    /// What tells a record from the others of its block.
    pub fn end<'k>(&self, key: &'k [u8]) -> &'k [u8] {
        &key[self.shared..]
    }
}

/// Whether a key is that of a block.
pub fn is_block(key: &[u8]) -> bool {
    key.len() > 1 && key[0].is_ascii_uppercase()
}

/// The records of a block, by their whole keys, in order.
pub fn records<'b>(
    key: &'b [u8],
    block: &'b [u8],
) -> impl Iterator<Item = std::result::Result<(Vec<u8>, &'b [u8]), Source>> {
    ends(block).map(|pair| {
        let (end, value) = pair?;
        let mut whole = key[..key.len() - 1].to_vec();
        whole[0].make_ascii_lowercase();
        whole.extend_from_slice(end);
        Ok((whole, value))
    })
}

/// The value in a block that belongs to the end of a key.
pub fn find<'b>(block: &'b [u8], end: &[u8]) -> std::result::Result<Option<&'b [u8]>, Source> {
    for pair in ends(block) {
        let (other, value) = pair?;
        if other == end {
            return Ok(Some(value));
        }
    }
    Ok(None)
}

/// The ends of keys and the values of a block; it ends after the first that is broken.
fn ends(mut rest: &[u8]) -> impl Iterator<Item = std::result::Result<(&[u8], &[u8]), Source>> {
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let pair = take(&mut rest).ok_or_else(|| Source::from("a block is broken off"));
        if pair.is_err() {
            rest = &[];
        }
        Some(pair)
    })
}

fn take<'b>(rest: &mut &'b [u8]) -> Option<(&'b [u8], &'b [u8])> {
    let (&length, after) = rest.split_first()?;
    let (end, after) = after.split_at_checked(length.into())?;
    let (length, after) = after.split_first_chunk::<4>()?;
    let (value, after) = after.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    *rest = after;
    Some((end, value))
}

/// A block that is being changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Block(BTreeMap<Vec<u8>, Vec<u8>>);

impl Block {
    /// Reads one as it is stored.
    ///
    /// # Errors
    /// It is broken.
    pub fn decode(block: &[u8]) -> std::result::Result<Self, Source> {
        let pairs = ends(block).map(|pair| pair.map(|(end, value)| (end.to_vec(), value.to_vec())));
        Ok(Self(pairs.collect::<std::result::Result<_, _>>()?))
    }

    /// It as it is stored; nothing where it holds nothing.
    pub fn encode(&self) -> Option<Vec<u8>> {
        if self.0.is_empty() {
            return None;
        }
        let mut bytes = Vec::with_capacity(self.bytes());
        for (end, value) in &self.0 {
            bytes.push(end.len() as u8);
            bytes.extend_from_slice(end);
            bytes.extend_from_slice(&(value.len() as u32).to_le_bytes());
            bytes.extend_from_slice(value);
        }
        Some(bytes)
    }

    /// Bytes that it takes.
    pub fn bytes(&self) -> usize {
        let records = self.0.iter();
        records
            .map(|(end, value)| 5 + end.len() + value.len())
            .sum()
    }

    pub fn get(&self, end: &[u8]) -> Option<&[u8]> {
        self.0.get(end).map(Vec::as_slice)
    }

    /// Puts a value in; says whether there was one.
    pub fn put(&mut self, end: &[u8], value: Vec<u8>) -> bool {
        self.0.insert(end.to_vec(), value).is_some()
    }

    /// Takes a value out; says whether there was one.
    pub fn remove(&mut self, end: &[u8]) -> bool {
        self.0.remove(end).is_some()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::behaviour::ProfileId;
    use crate::catalogue::ItemId;

    #[test]
    fn neighbours_share_a_block_and_keep_their_order() {
        let homes = |keys: Vec<Vec<u8>>| -> Vec<Home> {
            let mut homes: Vec<Home> = keys.iter().filter_map(|key| Home::of(key)).collect();
            assert_eq!(homes.len(), keys.len());
            assert!(homes.is_sorted());
            homes.dedup();
            homes
        };
        assert_eq!(
            homes((0..256).map(|n| key::item(ItemId(n))).collect()).len(),
            64
        );
        let log = |person| (0..64).map(move |n| key::entry(ProfileId(person), n));
        assert_eq!(homes(log(0).chain(log(1)).collect()).len(), 4);
        assert_eq!(Home::of(&key::setting("stamp")), None);
        assert_eq!(Home::of(&key::profile(ProfileId(0))), None);
    }

    proptest! {
        #[test]
        fn a_block_holds_what_was_put_in(names in prop::collection::btree_map("[a-z]{1,4}", "[a-z]{0,9}", 0..9)) {
            let mut block = Block::default();
            for (name, value) in &names {
                let end = Home::of(&key::name(name)).unwrap().end(&key::name(name)).to_vec();
                block.put(&end, value.clone().into_bytes());
            }
            let bytes = block.encode().unwrap_or_default();
            prop_assert_eq!(bytes.len(), block.bytes());
            prop_assert_eq!(&Block::decode(&bytes).unwrap(), &block);
            for (name, value) in &names {
                let key = key::name(name);
                let home = Home::of(&key).unwrap();
                prop_assert_eq!(find(&bytes, home.end(&key)).unwrap(), Some(value.as_bytes()));
                let mut whole = records(&home.key, &bytes).map(|pair| pair.unwrap().0.len());
                prop_assert!(whole.all(|length| length == key.len()));
            }
        }

        #[test]
        fn any_bytes_are_a_block_or_an_error(
            key in prop::collection::vec(any::<u8>(), 0..9),
            bytes in prop::collection::vec(any::<u8>(), 0..200),
        ) {
            let _ = Block::decode(&bytes);
            if is_block(&key) {
                prop_assert!(records(&key, &bytes).count() <= bytes.len());
            }
        }
    }
}

//! Blocks: small records that are neighbours stand together under one key of the database, packed.
//!
//! sled keeps a place in memory for each of its pages, some 300 bytes, and a page holds at most sixteen values
//! whatever their size: with a value a record, a large library took memory for every record of it. A block is
//! one value; it holds items or entries that follow on one another, or the secondary keys that begin alike. It
//! takes what has room in it, and the rest stands alone under its own key, as do records of other kinds, and
//! as all did before format 3.
//!
//! ```text
//! block = pairs | 0, length of the pairs: u32 little end first, the pairs packed by LZ4     whichever is shorter
//! pairs = { length of end: u8 > 0, end of key, length of value: u32 little end first, value }, in order of key
//! ```

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use lz4_flex::block::{compress_prepend_size, decompress, uncompressed_size};

use super::key;
use crate::error::Source;

/// The most that a block takes, but for some tens of bytes that packing may add: seventeen of them, of which a page
/// is split into two, must fit into a quarter of one of the database's segments, or they go into a file of their own.
const BYTES_MAX: usize = 7_500;
/// The most that its pairs take when they are not packed.
const PAIRS_BYTES_MAX: usize = 64 << 10;
/// The first byte of a block that is packed.
const PACKED: u8 = 0;

/// Where a record's block stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Home {
    /// The key of the block.
    pub key: Vec<u8>,
    /// How many bytes of the record's own key the block's key stands for.
    shared: usize,
}

impl Home {
    /// The block in which the record of a key may stand, if its kind has any: 16 items, 128 entries of one
    /// log, and the names that agree in their first 16 bits.
    pub fn of(key: &[u8]) -> Option<Self> {
        let (shared, mask) = match *key.first()? {
            key::ITEM => (4, 0b1111_0000),
            key::ENTRY => (12, 0b1000_0000),
            key::NAME => (3, 0),
            _ => return None,
        };
        let mut home = key.get(..=shared)?.to_vec();
        home[0].make_ascii_uppercase();
        home[shared] &= mask;
        Some(Self { key: home, shared })
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

/// A record by its whole key, or why it cannot be read.
pub type Sealed = std::result::Result<(Vec<u8>, Vec<u8>), Source>;

/// The records of a block, in order. They end after the first that is broken.
pub fn records(key: &[u8], block: &[u8]) -> Vec<Sealed> {
    let pairs = match unpacked(block) {
        Ok(pairs) => pairs,
        Err(error) => return vec![Err(error)],
    };
    let records = ends(&pairs).map(|pair| {
        let (end, value) = pair?;
        let mut whole = key[..key.len() - 1].to_vec();
        whole[0].make_ascii_lowercase();
        whole.extend_from_slice(end);
        Ok((whole, value.to_vec()))
    });
    records.collect()
}

/// The value in a block that belongs to the end of a key.
pub fn find(block: &[u8], end: &[u8]) -> std::result::Result<Option<Vec<u8>>, Source> {
    for pair in ends(&unpacked(block)?) {
        let (other, value) = pair?;
        if other == end {
            return Ok(Some(value.to_vec()));
        }
    }
    Ok(None)
}

/// The pairs of a block.
fn unpacked(block: &[u8]) -> std::result::Result<Cow<'_, [u8]>, Source> {
    let Some((&PACKED, packed)) = block.split_first() else {
        return Ok(Cow::Borrowed(block));
    };
    let (length, packed) = uncompressed_size(packed)?;
    if length > PAIRS_BYTES_MAX {
        return Err("a block is longer than any".into());
    }
    let pairs = decompress(packed, length)?;
    if pairs.len() != length {
        return Err("a block is broken off".into());
    }
    Ok(Cow::Owned(pairs))
}

/// The ends of keys and the values of pairs; it ends after the first that is broken.
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
    let (&length, after) = rest.split_first().filter(|(length, _)| **length > 0)?;
    let (end, after) = after.split_at_checked(length.into())?;
    let (length, after) = after.split_first_chunk::<4>()?;
    let (value, after) = after.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    *rest = after;
    Some((end, value))
}

/// A block that is being changed.
#[derive(Debug, Clone, Default)]
pub struct Block {
    records: BTreeMap<Vec<u8>, Vec<u8>>,
    /// What its pairs take.
    pairs_bytes: usize,
    /// The most that it takes as it is stored, about: what it took, and what came since.
    bytes: usize,
}

impl Block {
    /// Reads one as it is stored.
    ///
    /// # Errors
    /// It is broken.
    pub fn decode(block: &[u8]) -> std::result::Result<Self, Source> {
        let pairs = unpacked(block)?;
        let records = ends(&pairs).map(|pair| pair.map(|(end, value)| (end.into(), value.into())));
        Ok(Self {
            records: records.collect::<std::result::Result<_, _>>()?,
            pairs_bytes: pairs.len(),
            bytes: block.len(),
        })
    }

    /// It as it is stored; nothing where it holds nothing.
    pub fn encode(&self) -> Option<Vec<u8>> {
        if self.records.is_empty() {
            return None;
        }
        let mut pairs = Vec::with_capacity(self.pairs_bytes);
        for (end, value) in &self.records {
            pairs.push(end.len() as u8);
            pairs.extend_from_slice(end);
            pairs.extend_from_slice(&(value.len() as u32).to_le_bytes());
            pairs.extend_from_slice(value);
        }
        let mut packed = vec![PACKED];
        packed.append(&mut compress_prepend_size(&pairs));
        Some(if packed.len() < pairs.len() {
            packed
        } else {
            pairs
        })
    }

    /// The most bytes that it takes, about.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    pub fn get(&self, end: &[u8]) -> Option<&[u8]> {
        self.records.get(end).map(Vec::as_slice)
    }

    /// Puts a value in that was not there, or gives it back where there is no room for it.
    pub fn put(&mut self, end: &[u8], value: Vec<u8>) -> Option<Vec<u8>> {
        let (bytes, length) = (self.bytes, pair_bytes(end, &value));
        if self.pairs_bytes + length > PAIRS_BYTES_MAX {
            return Some(value);
        }
        self.records.insert(end.to_vec(), value);
        self.pairs_bytes += length;
        self.bytes += length;
        if self.bytes > BYTES_MAX {
            // Packed anew it may take less than it did, and what came.
            self.bytes = self.encode().map_or(0, |block| block.len());
        }
        if self.bytes <= BYTES_MAX {
            return None;
        }
        self.bytes = bytes;
        self.pairs_bytes -= length;
        self.records.remove(end)
    }

    /// Takes a value out; says whether there was one.
    pub fn remove(&mut self, end: &[u8]) -> bool {
        let Entry::Occupied(record) = self.records.entry(end.to_vec()) else {
            return false;
        };
        self.pairs_bytes -= pair_bytes(end, &record.remove());
        true
    }
}

/// Bytes that a pair takes.
fn pair_bytes(end: &[u8], value: &[u8]) -> usize {
    5 + end.len() + value.len()
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
            16
        );
        let log = |person| (0..256).map(move |n| key::entry(ProfileId(person), n));
        assert_eq!(homes(log(0).chain(log(1)).collect()).len(), 4);
        assert_eq!(Home::of(&key::setting("stamp")), None);
        assert_eq!(Home::of(&key::profile(ProfileId(0))), None);
    }

    /// What does not fit is given back, and nothing is changed by it.
    #[test]
    fn a_block_takes_no_more_than_it_may() {
        let mut dice = 1u64;
        let mut noise = |length: usize| -> Vec<u8> {
            let mut byte = || {
                dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (dice >> 56) as u8
            };
            (0..length).map(|_| byte()).collect()
        };
        let mut block = Block::default();
        let took = (0..=255u8).filter(|end| block.put(&[*end], noise(300)).is_none());
        let took: Vec<u8> = took.collect();
        assert_eq!(took, (0..24).collect::<Vec<u8>>());
        let stored = block.encode().unwrap();
        assert!(stored.len() <= BYTES_MAX, "{}", stored.len());
        // What repeats itself is packed as it comes.
        let mut block = Block::default();
        for end in 0..=255u8 {
            assert_eq!(block.put(&[end], vec![end / 16; 200]), None);
        }
        let stored = block.encode().unwrap();
        assert!(stored.len() <= BYTES_MAX, "{}", stored.len());
        let value = vec![0; PAIRS_BYTES_MAX];
        assert_eq!(block.put(b"long", value.clone()), Some(value));
        assert!(block.remove(&[7]) && !block.remove(&[7]));
        let block = Block::decode(&block.encode().unwrap()).unwrap();
        assert_eq!(block.records.len(), 255);
        assert_eq!(block.get(&[255]), Some(&[15; 200][..]));
    }

    proptest! {
        #[test]
        fn a_block_holds_what_was_put_in(names in prop::collection::btree_map("[a-z]{1,4}", "[a-z]{0,90}", 0..9)) {
            let mut block = Block::default();
            for (name, value) in &names {
                let end = Home::of(&key::name(name)).unwrap().end(&key::name(name)).to_vec();
                prop_assert_eq!(block.put(&end, value.clone().into_bytes()), None);
            }
            let bytes = block.encode().unwrap_or_default();
            prop_assert!(bytes.len() <= block.bytes());
            prop_assert_eq!(&Block::decode(&bytes).unwrap().records, &block.records);
            for (name, value) in &names {
                let key = key::name(name);
                let home = Home::of(&key).unwrap();
                let found = find(&bytes, home.end(&key)).unwrap();
                prop_assert_eq!(found.as_deref(), Some(value.as_bytes()));
                let whole = records(&home.key, &bytes).into_iter();
                prop_assert!(whole.map(|record| record.unwrap().0.len()).all(|length| length == key.len()));
            }
        }

        #[test]
        fn any_bytes_are_a_block_or_an_error(
            key in prop::collection::vec(any::<u8>(), 0..9),
            bytes in prop::collection::vec(any::<u8>(), 0..200),
            packed in any::<bool>(),
        ) {
            let mut bytes = bytes;
            if packed {
                bytes.splice(0..0, [PACKED, 200, 0, 0, 0]);
            }
            let _ = Block::decode(&bytes);
            if is_block(&key) {
                let _ = records(&key, &bytes);
            }
        }
    }
}

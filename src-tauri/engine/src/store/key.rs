//! Keys: where each record stands in the tree.
//!
//! A byte for the kind, then numbers, big end first, so that records of one kind come in order; what may be long
//! is hashed.

use crate::behaviour::ProfileId;
use crate::catalogue::ItemId;

/// The first byte of every key.
pub const ITEM: u8 = b'i';
pub const NAME: u8 = b'k';
pub const PROFILE: u8 = b'p';
pub const ENTRY: u8 = b'e';
pub const SETTING: u8 = b's';
pub const OPINION: u8 = b'o';
/// Those of records, in the order of [`Record`](crate::journal::Record)'s kinds.
pub const KINDS: [u8; 5] = [ITEM, PROFILE, ENTRY, SETTING, OPINION];

pub fn item(id: ItemId) -> Vec<u8> {
    join(ITEM, &id.0.to_be_bytes())
}

/// The secondary key of an item: a hash, since an item's own key may be long.
pub fn name(key: &str) -> Vec<u8> {
    join(NAME, &hash(key))
}

pub fn profile(id: ProfileId) -> Vec<u8> {
    join(PROFILE, &id.0.to_be_bytes())
}

pub fn log(profile: ProfileId) -> Vec<u8> {
    join(ENTRY, &profile.0.to_be_bytes())
}

pub fn entry(profile: ProfileId, sequence: u64) -> Vec<u8> {
    let mut key = log(profile);
    key.extend_from_slice(&sequence.to_be_bytes());
    key
}

pub fn setting(name: &str) -> Vec<u8> {
    join(SETTING, name.as_bytes())
}

/// A friend's opinion: hashes of both names, since either may be long.
pub fn opinion(friend: &str, item: &str) -> Vec<u8> {
    let mut key = join(OPINION, &hash(friend));
    key.extend_from_slice(&hash(item));
    key
}

fn hash(text: &str) -> [u8; 16] {
    xxhash_rust::xxh3::xxh3_128(text.as_bytes()).to_be_bytes()
}

fn join(kind: u8, rest: &[u8]) -> Vec<u8> {
    let mut key = Vec::with_capacity(1 + rest.len());
    key.push(kind);
    key.extend_from_slice(rest);
    key
}

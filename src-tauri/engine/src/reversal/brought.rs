//! What an import brought that does not show by itself: entries of logs, items with marks that are a
//! hand's else, friends.
//!
//! Entries are noted by their places, and only once the store has acknowledged them there: what somebody
//! does by hand while a file is read stands between them and is none of them. What was stored but not
//! noted, because of a crash in between, counts as done by hand, and stays.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::behaviour::ProfileId;
use crate::catalogue::{Item, ItemId};
use crate::friend::Friend;

/// What an import brought that does not show by itself.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Brought {
    /// Places in logs that it has lengthened by entries of any sort, by the number of the profile; none
    /// where it made the profile only.
    pub logs: BTreeMap<u32, Places>,
    /// Items that it added with marks that are a hand's else, by number: a hash of each.
    pub(super) marked: BTreeMap<u32, u64>,
    /// Friends that it added or changed: a hash of each.
    pub friends: BTreeMap<String, u64>,
}

impl Brought {
    /// Entries at these places of logs; an empty range for a profile without any.
    pub fn logs(ranges: impl IntoIterator<Item = (ProfileId, Range<u64>)>) -> Self {
        let mut brought = Self::default();
        for (profile, range) in ranges {
            brought.logs.entry(profile.0).or_default().add(range);
        }
        brought
    }

    /// Of these items those that would be taken for touched by a hand.
    pub fn items<'i>(items: impl Iterator<Item = (ItemId, &'i Item)>) -> Self {
        let marked = items.filter(|(_, item)| by_hand(item));
        Self {
            marked: marked.map(|(id, item)| (id.0, hash(item))).collect(),
            ..Self::default()
        }
    }

    /// Of these friends those that were not there before, or not so.
    pub fn friends(before: &[Friend], now: &[Friend]) -> Self {
        let new = now.iter().filter(|friend| !before.contains(friend));
        Self {
            friends: new
                .map(|friend| (friend.name.clone(), hash(friend)))
                .collect(),
            ..Self::default()
        }
    }

    /// Whether it is nothing.
    pub fn is_empty(&self) -> bool {
        self.logs.is_empty() && self.marked.is_empty() && self.friends.is_empty()
    }

    /// Adds more.
    pub fn extend(&mut self, more: Self) {
        for (profile, places) in more.logs {
            let known = self.logs.entry(profile).or_default();
            for (first, end) in places.0 {
                known.add(first..end);
            }
        }
        self.marked.extend(more.marked);
        self.friends.extend(more.friends);
    }

    /// Whether an item is still as it was brought, marks and all.
    pub fn has_marked(&self, id: ItemId, item: &Item) -> bool {
        self.marked.get(&id.0) == Some(&hash(item))
    }
}

/// Places in a log: ranges with gaps between them, in order, each from its first to before its end.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "Noted")]
pub(crate) struct Places(Vec<(u64, u64)>);

/// Places as a setting has them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Noted {
    /// An earlier Curio noted how long the log was then.
    Until(u64),
    Ranges(Vec<(u64, u64)>),
}

impl From<Noted> for Places {
    fn from(noted: Noted) -> Self {
        let ranges = match noted {
            Noted::Until(end) => vec![(0, end)],
            Noted::Ranges(ranges) => ranges,
        };
        let mut places = Self::default();
        for (first, end) in ranges {
            places.add(first..end);
        }
        places
    }
}

impl Places {
    /// Whether a place is one of them.
    pub fn holds(&self, place: u64) -> bool {
        let after = self.0.partition_point(|(first, _)| *first <= place);
        after > 0 && place < self.0[after - 1].1
    }

    /// The same entries once they have moved, those that are gone left out.
    pub fn moved(&self, to: &BTreeMap<u64, u64>) -> Self {
        let mut moved = Self::default();
        for (_, new) in to.iter().filter(|(old, _)| self.holds(**old)) {
            moved.add(*new..new + 1);
        }
        moved
    }

    /// Adds a range; those that touch become one.
    fn add(&mut self, range: Range<u64>) {
        if range.is_empty() {
            return;
        }
        let (mut first, mut end) = (range.start, range.end);
        let from = self.0.partition_point(|(_, end)| *end < first);
        let to = self.0.partition_point(|(first, _)| *first <= end);
        if let [lowest, ..] = &self.0[from..to] {
            first = first.min(lowest.0);
            end = end.max(self.0[to - 1].1);
        }
        self.0.splice(from..to, [(first, end)]);
    }
}

/// A hash of all that is said of something.
pub(super) fn hash(what: &impl std::fmt::Debug) -> u64 {
    xxh3_64(format!("{what:?}").as_bytes())
}

/// Whether something of an item is its owner's doing, not a file's.
pub(super) fn by_hand(item: &Item) -> bool {
    let said = [&item.edited, &item.same, &item.apart];
    item.cover.is_some() || said.iter().any(|said| !said.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_that_touch_are_one_range() {
        let mut places = Places::default();
        for (first, end) in [(5, 7), (0, 2), (9, 9), (7, 8), (3, 4), (2, 3)] {
            places.add(first..end);
        }
        assert_eq!(places.0, [(0, 4), (5, 8)]);
        let held: Vec<u64> = (0..10).filter(|place| places.holds(*place)).collect();
        assert_eq!(held, [0, 1, 2, 3, 5, 6, 7]);
        // The entries at 1 and 4 are erased.
        let to = [0, 2, 3, 5, 6, 7, 8].into_iter().zip(0..).collect();
        assert_eq!(places.moved(&to).0, [(0, 6)]);
    }

    #[test]
    fn what_an_earlier_curio_noted_is_read() {
        let read = |json: &str| serde_json::from_str::<BTreeMap<u32, Places>>(json).unwrap();
        assert_eq!(read("{\"3\":7}")[&3].0, [(0, 7)]);
        assert_eq!(
            read("{\"3\":[[4,6],[1,2]],\"4\":[]}")[&3].0,
            [(1, 2), (4, 6)]
        );
    }
}

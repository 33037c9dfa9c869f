//! Contents: everything that a store holds, in memory; what backups carry and rebuilding needs.
//!
//! Contents are dense: item n stands at place n, profile n at place n, entry n of a log at place n.
//! A [`Draft`] is the way there from records that may have gaps. Neither touches a file.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use crate::behaviour::{Deed, Entry, Profile, ProfileId};
use crate::catalogue::{Item, ItemId};
use crate::error::Result;
use crate::friend::{Friend, Opinion};
use crate::journal::Record;

use super::fresh::Put;

/// Everything that a store holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Contents {
    pub items: Vec<Item>,
    /// Removed ones too; they keep their number.
    pub profiles: Vec<Profile>,
    /// Profiles without entries may be absent.
    pub logs: BTreeMap<ProfileId, Vec<Entry>>,
    pub settings: BTreeMap<String, String>,
    /// By name, none without an opinion.
    pub friends: Vec<Friend>,
}

impl Contents {
    /// Entries of all logs.
    pub fn entries(&self) -> u64 {
        self.logs.values().map(|log| log.len() as u64).sum()
    }

    /// Profiles that were not removed.
    pub fn living(&self) -> usize {
        self.profiles.iter().filter(|p| !p.removed).count()
    }

    /// Every record, each after those that it follows on.
    pub fn each_record(&self, put: Put) -> Result<()> {
        let mut records = self.item_records().chain(self.made_records());
        records.try_for_each(|record| put(&record))
    }

    /// What the catalogue's journal would say.
    pub fn item_records(&self) -> impl Iterator<Item = Record<'_>> {
        let numbered = (0..).map(ItemId).zip(&self.items);
        numbered.map(|(id, item)| Record::Item(id, Cow::Borrowed(item)))
    }

    /// What the journal of what people made would say.
    pub fn made_records(&self) -> impl Iterator<Item = Record<'_>> {
        let profiles = self
            .profiles
            .iter()
            .map(|profile| Record::Profile(Cow::Borrowed(profile)));
        let entries = self.logs.iter().flat_map(|(profile, log)| {
            log.iter()
                .map(|entry| Record::Entry(*profile, Cow::Borrowed(entry)))
        });
        let settings = self.settings.iter().map(|(name, value)| {
            Record::Setting(Cow::Borrowed(name.as_str()), Cow::Borrowed(value.as_str()))
        });
        let opinions = self.friends.iter().flat_map(|friend| {
            let name = Cow::Borrowed(friend.name.as_str());
            friend
                .opinions
                .iter()
                .map(move |opinion| Record::Opinion(name.clone(), Cow::Borrowed(opinion)))
        });
        profiles.chain(entries).chain(settings).chain(opinions)
    }
}

impl Contents {
    /// Whether no entry of a log stands differently in both.
    pub fn goes_with(&self, other: &Self) -> bool {
        self.logs.iter().all(|(profile, log)| {
            let theirs = other.logs.get(profile).map_or(&[][..], Vec::as_slice);
            log.iter()
                .zip(theirs)
                .all(|(a, b)| a == b || is_stand_in(a) || is_stand_in(b))
        })
    }
}

/// Contents in the making. Later records win.
#[derive(Debug, Default)]
pub struct Draft {
    items: BTreeMap<u32, Item>,
    profiles: BTreeMap<u32, Profile>,
    logs: BTreeMap<u32, BTreeMap<u64, Entry>>,
    settings: BTreeMap<String, String>,
    opinions: BTreeMap<String, BTreeMap<String, Opinion>>,
}

impl Draft {
    /// Adds one record.
    pub fn apply(&mut self, record: Record<'_>) {
        match record {
            Record::Format { .. } => {}
            Record::Item(id, item) => {
                self.items.insert(id.0, item.into_owned());
            }
            Record::Profile(profile) => {
                if profile.removed {
                    self.logs.remove(&profile.id.0);
                }
                self.profiles.insert(profile.id.0, profile.into_owned());
            }
            Record::Entry(profile, entry) => {
                let gone = self.profiles.get(&profile.0).is_some_and(|p| p.removed);
                if !gone {
                    let log = self.logs.entry(profile.0).or_default();
                    log.insert(entry.sequence, entry.into_owned());
                }
            }
            Record::Setting(name, value) => {
                self.settings.insert(name.into_owned(), value.into_owned());
            }
            Record::Opinion(friend, opinion) => {
                let opinions = self.opinions.entry(friend.into_owned()).or_default();
                opinions.insert(opinion.key.clone(), opinion.into_owned());
            }
        }
    }

    /// Adds everything that some contents hold.
    pub fn apply_contents(&mut self, contents: &Contents) {
        for record in contents.item_records().chain(contents.made_records()) {
            self.apply(record);
        }
    }

    /// Closes the gaps. What had to be filled with a stand-in is said in words, one line each.
    ///
    /// A lost entry becomes an undoing of itself, which counts for nothing, so that later entries
    /// keep their sequence; a lost item or profile becomes one with a telling name.
    pub fn finish(mut self) -> (Contents, Vec<String>) {
        let mut lost = Vec::new();
        let items = filled(&mut self.items, |n| Item {
            key: format!("lost:{n}"),
            title: format!("(lost item {n})"),
            ..Item::default()
        });
        say_lost(&mut lost, "item", "", &items.1);
        let mut items = items.0;
        let mut keys = HashSet::new();
        for (n, item) in items.iter_mut().enumerate() {
            if !keys.insert(item.key.clone()) {
                lost.push(format!("item {n} has lost its key to an older one"));
                item.key = format!("lost:{n}");
            }
        }
        if let Some(last) = self.logs.keys().next_back().copied() {
            self.profiles
                .entry(last)
                .or_insert_with(|| lost_profile(last));
        }
        let profiles = filled(&mut self.profiles, lost_profile);
        say_lost(&mut lost, "profile", "", &profiles.1);
        let mut logs = BTreeMap::new();
        for (profile, mut log) in self.logs {
            let name = &profiles.0[profile as usize].name;
            let log = filled(&mut log, |sequence| Entry {
                sequence,
                at: 0,
                deed: Deed::Undo { sequence },
            });
            say_lost(&mut lost, "entry", &format!(" of {name:?}"), &log.1);
            logs.insert(ProfileId(profile), log.0);
        }
        let contents = Contents {
            items,
            profiles: profiles.0,
            logs,
            settings: self.settings,
            friends: friends(self.opinions),
        };
        (contents, lost)
    }
}

/// The friends whose opinions these are, by name.
pub fn friends(opinions: BTreeMap<String, BTreeMap<String, Opinion>>) -> Vec<Friend> {
    let friend = |(name, opinions): (String, BTreeMap<_, _>)| Friend {
        name,
        opinions: opinions.into_values().collect(),
    };
    opinions.into_iter().map(friend).collect()
}

/// A lost entry's place is held by an undoing of itself.
fn is_stand_in(entry: &Entry) -> bool {
    matches!(entry.deed, Deed::Undo { sequence } if sequence == entry.sequence)
}

fn lost_profile(n: u32) -> Profile {
    Profile {
        id: ProfileId(n),
        name: format!("(lost profile {n})"),
        removed: false,
    }
}

/// The values in order with stand-ins in the gaps, and where those stand.
fn filled<N, T>(values: &mut BTreeMap<N, T>, stand_in: impl Fn(N) -> T) -> (Vec<T>, Vec<u64>)
where
    N: Copy + Into<u64> + Ord + TryFrom<u64>,
{
    let (mut whole, mut gaps) = (Vec::with_capacity(values.len()), Vec::new());
    while let Some((n, value)) = values.pop_first() {
        while (whole.len() as u64) < n.into() {
            let Ok(gap) = N::try_from(whole.len() as u64) else {
                break;
            };
            gaps.push(gap.into());
            whole.push(stand_in(gap));
        }
        whole.push(value);
    }
    (whole, gaps)
}

fn say_lost(lost: &mut Vec<String>, what: &str, whose: &str, gaps: &[u64]) {
    if gaps.is_empty() {
        return;
    }
    let mut numbers: Vec<String> = gaps.iter().take(20).map(ToString::to_string).collect();
    if gaps.len() > numbers.len() {
        numbers.push("…".into());
    }
    lost.push(format!(
        "missing: {count} × {what}{whose}, number {numbers}",
        count = gaps.len(),
        numbers = numbers.join(", ")
    ));
}

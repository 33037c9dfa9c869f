//! A friend: someone elsewhere who shared what they love, like and dislike, and nothing of when.
//!
//! A friend's taste is a set of opinions, each about one item and each item once, by key. It has no
//! dates, no order and no words of theirs. An opinion names its item well enough to be found in
//! another catalogue; one that is not found waits, and counts as soon as the catalogue has it.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::behaviour::{Action, CHOICE, Deed, Entry, counting};
use crate::catalogue::{Item, ItemId, Kind};
use crate::clean;
use crate::error::{Error, Result};
use crate::identity::{folded, is_local, titled};
use crate::neighbours::Trace;

/// The longest name that a friend may have, in characters.
const NAME_CHARS_MAX: usize = 100;
/// The least reward that is told as love; a like of the usual strength is.
const LOVE: f64 = 0.75;

/// What somebody thinks of an item, in coarse steps. Everything in between is not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Liked, bought, finished, or rated 4.5 and more.
    Loved,
    /// Rated 4 and more.
    Liked,
    /// Disliked, abandoned, or rated 2 and less.
    Disliked,
}

impl Verdict {
    /// What an action says, where it says as much. A glance does not, nor does hiding: it may only
    /// mean "not now".
    pub fn of(action: Action) -> Option<Self> {
        if !action.settles() || action == Action::Hide {
            return None;
        }
        match action.reward() {
            LOVE.. => Some(Self::Loved),
            CHOICE.. => Some(Self::Liked),
            ..=-0.5 => Some(Self::Disliked),
            _ => None,
        }
    }

    /// The action that a neighbour's verdict counts as.
    pub fn action(self) -> Action {
        match self {
            Self::Loved => Action::Like,
            Self::Liked => Action::Rate(4.0),
            Self::Disliked => Action::Dislike,
        }
    }
}

/// What a friend thinks of one item, and what that item is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opinion {
    /// The item's key in the friend's catalogue.
    pub key: String,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    pub kind: Kind,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub creators: Vec<String>,
    pub verdict: Verdict,
}

impl Opinion {
    /// About how many bytes it takes to keep.
    pub fn bytes(&self) -> usize {
        let creators: usize = self.creators.iter().map(|name| name.len() + 3).sum();
        self.key.len() + self.title.len() + creators
    }
}

/// Someone whose taste is known here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Friend {
    /// As the friend chose it; one friend a name.
    pub name: String,
    /// By key, each key once.
    pub opinions: Vec<Opinion>,
}

impl Friend {
    /// What a profile's log says of it to others: the verdicts that count, out of all order.
    ///
    /// # Errors
    /// The name is empty or too long.
    pub fn of(name: &str, log: &[Entry], items: &[Item]) -> Result<Self> {
        let mut opinions: Vec<Opinion> = counting(log)
            .filter_map(|entry| match entry.deed {
                Deed::Act { item, action, .. } => {
                    Some((items.get(item.row())?, Verdict::of(action)?))
                }
                _ => None,
            })
            .map(|(item, verdict)| Opinion {
                key: item.key.clone(),
                title: item.title.clone(),
                year: item.year,
                kind: item.kind,
                creators: item.creators.clone(),
                verdict,
            })
            .collect();
        opinions.sort_by(|a, b| a.key.cmp(&b.key));
        Ok(Self {
            name: checked_name(name)?,
            opinions,
        })
    }

    /// How many opinions there are of a sort.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.opinions
            .iter()
            .filter(|opinion| opinion.verdict == verdict)
            .count()
    }
}

/// A name that a friend can have: one clean line.
///
/// # Errors
/// It is empty or too long.
pub fn checked_name(name: &str) -> Result<String> {
    let name = clean::line(name);
    match name.chars().count() {
        0 => Err(Error::Invalid("a friend needs a name".to_owned())),
        1..=NAME_CHARS_MAX => Ok(name),
        long => Err(Error::Invalid(format!(
            "a friend's name has at most {NAME_CHARS_MAX} characters, not {long}"
        ))),
    }
}

/// Finds the items of a catalogue that opinions are about.
pub struct Finder<'a> {
    items: &'a [Item],
    keys: HashMap<&'a str, ItemId>,
    titles: HashMap<String, Vec<ItemId>>,
}

/// What of a friend's taste is about items that are here.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Known {
    /// What the friend thinks of them, by item, each once; no time, and the order says nothing.
    pub traces: Vec<Trace>,
    /// Opinions whose item has the very key here.
    pub by_key: usize,
    /// Opinions whose item was found by kind, title, year and creator.
    pub by_title: usize,
}

impl<'a> Finder<'a> {
    /// Over the items of a catalogue, by number.
    pub fn new(items: &'a [Item]) -> Self {
        let mut finder = Self {
            items,
            keys: HashMap::with_capacity(items.len()),
            titles: HashMap::with_capacity(items.len()),
        };
        for (id, item) in (0..).map(ItemId).zip(items) {
            finder.keys.insert(&item.key, id);
            let title = titled(item.kind, &item.title);
            finder.titles.entry(title).or_default().push(id);
        }
        finder
    }

    /// What of a friend's taste is known here. Where two opinions are about one item, the one with
    /// the item's key counts, else the first by key.
    pub fn known(&self, friend: &Friend) -> Known {
        let mut known = Known::default();
        let mut found = BTreeMap::new();
        let mut others = Vec::new();
        for opinion in &friend.opinions {
            match self.by_key(opinion) {
                Some(id) => {
                    known.by_key += 1;
                    found.insert(id, opinion.verdict);
                }
                None => others.push(opinion),
            }
        }
        for opinion in others {
            if let Some(id) = self.by_title(opinion) {
                known.by_title += 1;
                found.entry(id).or_insert(opinion.verdict);
            }
        }
        let trace = |(item, verdict): (ItemId, Verdict)| Trace {
            item,
            action: verdict.action(),
            at: None,
        };
        known.traces = found.into_iter().map(trace).collect();
        known
    }

    /// The item with the opinion's key. A number that every catalogue gives out for itself names the
    /// same thing only if the title agrees.
    fn by_key(&self, opinion: &Opinion) -> Option<ItemId> {
        let id = *self.keys.get(opinion.key.as_str())?;
        let item = &self.items[id.row()];
        let agrees = || titled(item.kind, &item.title) == titled(opinion.kind, &opinion.title);
        (!is_local(&opinion.key) || agrees()).then_some(id)
    }

    /// The one item of that kind and title with which year and creators agree.
    fn by_title(&self, opinion: &Opinion) -> Option<ItemId> {
        let titled = self.titles.get(&titled(opinion.kind, &opinion.title))?;
        let mut same = titled
            .iter()
            .filter(|id| is_same(&self.items[id.row()], opinion));
        match (same.next(), same.next()) {
            (Some(id), None) => Some(*id),
            _ => None,
        }
    }
}

/// Whether year and creators agree where both sides know them, and one of the two is known to both.
fn is_same(item: &Item, opinion: &Opinion) -> bool {
    let year = item.year.zip(opinion.year).map(|(a, b)| a == b);
    let both_named = !item.creators.is_empty() && !opinion.creators.is_empty();
    let creator = both_named.then(|| {
        let theirs: Vec<String> = opinion.creators.iter().map(|name| folded(name)).collect();
        let mut ours = item.creators.iter().map(|name| folded(name));
        ours.any(|name| theirs.contains(&name))
    });
    match (year, creator) {
        (None, None) => false,
        (year, creator) => year.unwrap_or(true) && creator.unwrap_or(true),
    }
}

/// How many items two have judged both, and how far they agree: Σ a·b / Σ |a·b| over the signed
/// rewards, from −1 to 1. Nothing where there is no such item.
pub fn agreement(own: &[Trace], friend: &[Trace]) -> Option<(usize, f64)> {
    let settled = own.iter().filter(|trace| trace.action.settles());
    let own: HashMap<ItemId, f64> = settled.map(|t| (t.item, t.action.reward())).collect();
    let (mut common, mut sum, mut most) = (0, 0.0, 0.0);
    for trace in friend {
        if let Some(reward) = own.get(&trace.item) {
            let product = reward * trace.action.reward();
            common += 1;
            sum += product;
            most += product.abs();
        }
    }
    (most > 0.0).then(|| (common, sum / most))
}

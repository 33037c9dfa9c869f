//! What would change a place in the list, and what an act would do before it is done.
//!
//! Nothing here is estimated: a weight is taken away and everything ranked again, a log is folded
//! again without an entry, a portrait is copied and given the act.

use std::cmp::{Ordering, Reverse};
use std::collections::HashSet;

use crate::activity::item_of;
use crate::behaviour::{Action, Deed, Entry, ProfileId, counting};
use crate::catalogue::ItemId;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::features::Features;
use crate::household::Member;
use crate::library::Library;
use crate::list::{Shape, arrange, pool, similarity};
use crate::mix::changes;
use crate::portrait::Portrait;
use crate::prior::Prior;
use crate::rank::{score, top};
use crate::recommend::{open, told};
use crate::signal::{K, Signal};
use crate::taste::{Evidence, World};
use crate::view::{Explained, Moved, Preview, What, WithoutEntry, WithoutSignal};

/// Entries that are tried at most, as each takes a new fold of the log.
const TRIED: usize = 6;
/// How much of the list a preview looks at.
const LOOKED_AT: usize = 20;

impl Engine {
    /// Explains an item's place for a profile as of a time: the terms of its score, and what would
    /// change it, each most effective first.
    ///
    /// # Errors
    /// There is no such profile or item, or the profile is done with the item.
    pub fn explain(&self, profile: ProfileId, item: ItemId, at: i64) -> Result<Explained> {
        let log = self.log(profile)?;
        let prior = self.prior();
        self.with(profile, |member| {
            let (library, portrait) = (&member.library, &member.portrait);
            library.item(item)?;
            if !portrait.is_open(item) {
                return Err(Error::Invalid(
                    "the profile is done with this item; it is in no list".to_owned(),
                ));
            }
            let world = member.world().at(Some(at));
            let weights = &portrait.learner.weights;
            let standing = Standing::of(world, portrait, item);
            let own = score(weights, &portrait.taste.evidence(world, item));
            let mut ranked = told(world, library, portrait, weights, &[(item, own)])?;
            let Some(mut ranked) = ranked.pop() else {
                return Err(Error::Invalid("nothing to explain".to_owned()));
            };
            ranked.rank = standing.rank(item, weights);
            Ok(Explained {
                candidates: standing.items.len(),
                without_signals: standing.without_signals(item, portrait),
                without_entries: without_entries(member, &log, &prior, item, at),
                ranked,
            })
        })
    }

    /// What recording an action would do to the weights and to the top of the list, written nowhere.
    ///
    /// # Errors
    /// There is no such profile or item.
    pub fn preview(
        &self,
        profile: ProfileId,
        item: ItemId,
        action: Action,
        at: i64,
    ) -> Result<Preview> {
        self.library()?.item(item)?;
        let deed = Deed::Act {
            item,
            action,
            surface: String::new(),
            note: String::new(),
            basket: String::new(),
        };
        self.preview_deed(profile, deed, at)
    }

    /// What pinning a weight would do likewise.
    ///
    /// # Errors
    /// There is no such profile, or the weight is not finite.
    pub fn preview_pin(
        &self,
        profile: ProfileId,
        signal: Signal,
        weight: f64,
        at: i64,
    ) -> Result<Preview> {
        if !weight.is_finite() {
            return Err(Error::Invalid("a weight is a finite number".to_owned()));
        }
        self.preview_deed(profile, Deed::Pin { signal, weight }, at)
    }

    fn preview_deed(&self, profile: ProfileId, deed: Deed, at: i64) -> Result<Preview> {
        let mut log = self.log(profile)?;
        let prior = self.prior();
        self.with(profile, |member| {
            let (world, portrait) = (member.world(), &member.portrait);
            let entry = Entry {
                sequence: log.len() as u64,
                at,
                deed,
            };
            let after = if portrait.rewrites(&entry.deed) {
                log.push(entry);
                Portrait::of(profile, &log, world, &prior, portrait.scope())
            } else {
                let mut after = portrait.clone();
                after.add(&entry, world, &prior);
                after
            };
            let world = world.at(Some(at));
            let (was, is) = (first(world, portrait), first(world, &after));
            let place = |list: &[ItemId], id: &ItemId| {
                list.iter().position(|other| other == id).map(|at| at + 1)
            };
            let moved = is.iter().enumerate().filter_map(|(at, id)| {
                Some(Moved {
                    item: member.library.reference(*id)?,
                    from: place(&was, id),
                    to: at + 1,
                })
            });
            let left = was.iter().filter(|id| place(&is, id).is_none());
            Ok(Preview {
                changes: changes(&prior, &portrait.learner.weights, &after.learner.weights),
                list: moved.collect(),
                left: left
                    .filter_map(|id| member.library.reference(*id))
                    .collect(),
            })
        })
    }
}

/// The top of a profile's list.
fn first(world: World, portrait: &Portrait) -> Vec<ItemId> {
    let (open, n) = (open(world.features, portrait), pool(LOOKED_AT));
    let best = top(world, &portrait.taste, &portrait.learner.weights, &open, n);
    let list = arrange(world.features, &best, &[], Shape::PLAIN, LOOKED_AT);
    list.into_iter().map(|(id, _)| id).collect()
}

/// Every open item and the one that is asked for, with its evidence.
struct Standing<'a> {
    features: &'a Features,
    items: Vec<(ItemId, Evidence)>,
}

impl<'a> Standing<'a> {
    fn of(world: World<'a>, portrait: &Portrait, item: ItemId) -> Self {
        let mut open = open(world.features, portrait);
        if let Err(at) = open.binary_search(&item) {
            open.insert(at, item);
        }
        let open = open.into_iter();
        Self {
            features: world.features,
            items: open
                .map(|id| (id, portrait.taste.evidence(world, id)))
                .collect(),
        }
    }

    /// The item's place from 1, in the order of the list, in which a work has one place.
    fn rank(&self, item: ItemId, weights: &[f64; K]) -> usize {
        let own = self.items.iter().find(|(id, _)| *id == item);
        let mark = own.map_or(0.0, |(_, evidence)| score(weights, evidence));
        let above = self.items.iter().filter(|(id, evidence)| {
            match score(weights, evidence).total_cmp(&mark) {
                Ordering::Greater => true,
                Ordering::Equal => *id < item,
                Ordering::Less => false,
            }
        });
        if self.features.work.is_empty() {
            return above.count() + 1;
        }
        let works: HashSet<ItemId> = above.map(|(id, _)| self.features.work(*id)).collect();
        works.len() + 1
    }

    fn without_signals(&self, item: ItemId, portrait: &Portrait) -> Vec<WithoutSignal> {
        let rank = self.rank(item, &portrait.learner.weights);
        let mut effects: Vec<WithoutSignal> = Signal::ALL
            .into_iter()
            .filter(|signal| portrait.learner.weights[signal.index()] != 0.0)
            .map(|signal| {
                let mut weights = portrait.learner.weights;
                weights[signal.index()] = 0.0;
                WithoutSignal {
                    signal,
                    rank: self.rank(item, &weights),
                }
            })
            .filter(|effect| effect.rank != rank)
            .collect();
        effects.sort_by_key(|effect| Reverse(effect.rank.abs_diff(rank)));
        effects
    }
}

/// The item's place in logs without one entry, for those that are likely to matter: what it is most
/// like, and what was done last.
fn without_entries(
    member: &Member,
    log: &[Entry],
    prior: &Prior,
    item: ItemId,
    at: i64,
) -> Vec<WithoutEntry> {
    let portrait = &member.portrait;
    let rank = |portrait: &Portrait| {
        let world = member.world().at(Some(at));
        Standing::of(world, portrait, item).rank(item, &portrait.learner.weights)
    };
    let now = rank(portrait);
    let mut effects = Vec::new();
    for entry in likely(log, &member.library, item) {
        let without: Vec<Entry> = log
            .iter()
            .filter(|other| other.sequence != entry.sequence)
            .cloned()
            .collect();
        let folded = Portrait::of(
            portrait.profile(),
            &without,
            member.world(),
            prior,
            portrait.scope(),
        );
        let rank = rank(&folded);
        if rank != now {
            effects.push(WithoutEntry {
                sequence: entry.sequence,
                what: What::from(&entry.deed),
                item: item_of(&entry.deed).and_then(|id| member.library.reference(id)),
                rank,
            });
        }
    }
    effects.sort_by_key(|effect| Reverse(effect.rank.abs_diff(now)));
    effects
}

fn likely<'a>(log: &'a [Entry], library: &Library, item: ItemId) -> Vec<&'a Entry> {
    let known = |id: ItemId| id.row() < library.items.len();
    let acts: Vec<&Entry> = counting(log)
        .filter(|entry| item_of(&entry.deed).is_none_or(known))
        .collect();
    let alike = |entry: &Entry| {
        item_of(&entry.deed).map_or(0.0, |id| similarity(&library.features, id, item))
    };
    let mut by_likeness: Vec<(&Entry, f64)> = acts.iter().map(|e| (*e, alike(e))).collect();
    by_likeness.sort_by(|a, b| b.1.total_cmp(&a.1));
    let alikes = by_likeness.into_iter().map(|(entry, _)| entry);
    let mut likely: Vec<&Entry> = alikes.take(TRIED / 2).collect();
    for entry in acts.into_iter().rev() {
        if likely.len() < TRIED && likely.iter().all(|one| one.sequence != entry.sequence) {
            likely.push(entry);
        }
    }
    likely
}

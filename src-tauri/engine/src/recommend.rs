//! Lists for one profile: the ranking with its reasons, and rows that each have one.

use std::collections::HashSet;

use rand_pcg::Pcg64Mcg;

use crate::behaviour::{Action, Deed, ProfileId};
use crate::catalogue::{Item, ItemId, Kind};
use crate::engine::{Engine, LONGEST};
use crate::error::{Error, Result};
use crate::features::Features;
use crate::household::Member;
use crate::library::Library;
use crate::list::{Shape, arrange, pool};
use crate::portrait::Portrait;
use crate::rank::{score, terms, top, top_by};
use crate::reason::{in_common, of_item, reasons, usual};
use crate::signal::{K, Signal};
use crate::taste::{Evidence, Taste, World};
use crate::view::{Ranked, Reason, Recommendations, Request, Row, RowKind, Rows, Term};

/// Rows that follow from one liked item.
const BECAUSE: usize = 3;
/// A favourite is forgotten after so long.
const FORGOTTEN_MS: i64 = 90 * 86_400_000;
/// The share of the catalogue that counts as new, by year.
const NEW: f32 = 0.1;

impl Engine {
    /// Ranks what the profile has not settled yet, as of a time, and says why.
    ///
    /// # Errors
    /// There is no such profile, or the request asks for what cannot be.
    pub fn recommend(
        &self,
        profile: ProfileId,
        request: &Request,
        at: i64,
    ) -> Result<Recommendations> {
        check(request)?;
        let view = self.shown_profile(profile)?;
        self.with(profile, |member| {
            let world = member.world().at(Some(at));
            let candidates = candidates(&member.library, &member.portrait, request);
            let weights = weights(&member.portrait, request);
            let list = for_you(world, &member.portrait, &weights, &candidates, request);
            Ok(Recommendations {
                profile: view,
                scope: member.portrait.scope(),
                candidates: candidates.len(),
                sampled: (request.surprise > 0.0).then_some(request.seed),
                items: told(world, &member.library, &member.portrait, &weights, &list)?,
            })
        })
    }

    /// Rows for a profile, each with one reason to be there and none with an item of another: for
    /// you, because you liked this, new, and favourites that are long past. Empty ones are left out.
    ///
    /// # Errors
    /// As [`Engine::recommend`].
    pub fn rows(&self, profile: ProfileId, request: &Request, at: i64) -> Result<Rows> {
        check(request)?;
        let view = self.shown_profile(profile)?;
        self.with(profile, |member| {
            let world = member.world().at(Some(at));
            let (library, portrait) = (&member.library, &member.portrait);
            let weights = weights(portrait, request);
            let mut left = candidates(&member.library, &member.portrait, request);
            let mut rows = Vec::new();
            let mut add = |kind, items: Vec<Ranked>, left: &mut Vec<ItemId>| {
                let work = |id: ItemId| library.features.work(id);
                let listed: HashSet<ItemId> = items.iter().map(|r| work(r.item.id)).collect();
                left.retain(|id| !listed.contains(&work(*id)));
                if !items.is_empty() {
                    rows.push(Row { kind, items });
                }
            };
            let list = for_you(world, portrait, &weights, &left, request);
            let items = told(world, library, portrait, &weights, &list)?;
            add(RowKind::ForYou, items, &mut left);
            for liked in recent_likes(portrait) {
                let Some(item) = library.reference(liked) else {
                    continue;
                };
                let items = because(world, member, &weights, liked, &left, request)?;
                add(RowKind::Because { item }, items, &mut left);
            }
            let new: Vec<ItemId> = left
                .iter()
                .copied()
                .filter(|id| is_new(world, *id))
                .collect();
            let list = for_you(world, portrait, &weights, &new, request);
            let items = told(world, library, portrait, &weights, &list)?;
            add(RowKind::New, items, &mut left);
            let past: Vec<ItemId> = forgotten(portrait, at)
                .filter(|id| wanted(&library.items[id.row()], request))
                .collect();
            let list = for_you(world, portrait, &weights, &past, request);
            let items = told(world, library, portrait, &weights, &list)?;
            add(RowKind::Forgotten, items, &mut left);
            Ok(Rows {
                profile: view,
                sampled: (request.surprise > 0.0).then_some(request.seed),
                rows,
            })
        })
    }
}

/// Refuses what cannot be asked of a list.
pub fn check(request: &Request) -> Result<()> {
    if !(1..=LONGEST).contains(&request.n) {
        return Err(Error::Invalid(format!("a list has 1 to {LONGEST} items")));
    }
    for (name, share) in [
        ("variety", request.variety),
        ("balance", request.balance),
        ("surprise", request.surprise),
    ] {
        if !(0.0..=1.0).contains(&share) {
            return Err(Error::Invalid(format!("{name} is 0 to 1, not {share}")));
        }
    }
    if request.per_creator == Some(0) || request.per_series == Some(0) {
        return Err(Error::Invalid(
            "a list has at least one item by a creator and of a series".to_owned(),
        ));
    }
    Ok(())
}

/// What is open to a profile and asked for.
pub fn candidates(library: &Library, portrait: &Portrait, request: &Request) -> Vec<ItemId> {
    let mut candidates = open(&library.features, portrait);
    candidates.retain(|id| wanted(&library.items[id.row()], request));
    candidates
}

/// What a profile is not done with, in this or in another edition.
pub fn open(features: &Features, portrait: &Portrait) -> Vec<ItemId> {
    let (mut open, done): (Vec<ItemId>, Vec<ItemId>) =
        features.ids().partition(|id| portrait.is_open(*id));
    if !features.work.is_empty() {
        let mut works = vec![false; features.len()];
        for id in done {
            works[features.work(id).row()] = true;
        }
        open.retain(|id| !works[features.work(*id).row()]);
    }
    open
}

/// Whether an item is of the kind that is asked for and to be had.
pub fn wanted(item: &Item, request: &Request) -> bool {
    request.kind.is_none_or(|kind| item.kind == kind)
        && !(is_sold_out(item) || request.in_stock && item.stock.is_some_and(|stock| stock <= 0))
        && request
            .prices
            .is_none_or(|[from, to]| item.price.is_some_and(|price| (from..=to).contains(&price)))
}

/// Whether it is a product of which the stock is known to be gone; none such is recommended. A film or
/// a book of one's own is none the less for being out of stock.
pub fn is_sold_out(item: &Item) -> bool {
    item.kind == Kind::Product && item.stock.is_some_and(|stock| stock <= 0)
}

/// The profile's weights or, where surprise is asked for, a draw of what they may be; seeded by the
/// request, the profile and the length of its log, so that it replays.
fn weights(portrait: &Portrait, request: &Request) -> [f64; K] {
    if request.surprise <= 0.0 {
        return portrait.learner.weights;
    }
    let (profile, steps) = (portrait.profile().0, portrait.steps.len() as u64);
    let seed = (u128::from(request.seed) << 64) | (u128::from(profile) << 32) | u128::from(steps);
    portrait
        .learner
        .sample(request.surprise, &mut Pcg64Mcg::new(seed))
}

fn for_you(
    world: World,
    portrait: &Portrait,
    weights: &[f64; K],
    candidates: &[ItemId],
    request: &Request,
) -> Vec<(ItemId, f64)> {
    let best = top(world, &portrait.taste, weights, candidates, pool(request.n));
    shaped(world, portrait, &best, request)
}

fn shaped(
    world: World,
    portrait: &Portrait,
    best: &[(ItemId, f64)],
    request: &Request,
) -> Vec<(ItemId, f64)> {
    let mix = &portrait.taste.genre;
    arrange(world.features, best, mix, shape(request), request.n)
}

/// How the list that is asked for is put together.
pub fn shape(request: &Request) -> Shape {
    Shape {
        variety: request.variety,
        balance: request.balance,
        per_creator: request.per_creator,
        per_series: request.per_series,
    }
}

/// The list as it is shown: every item with the terms of its score and its reasons.
pub fn told(
    world: World,
    library: &Library,
    portrait: &Portrait,
    weights: &[f64; K],
    list: &[(ItemId, f64)],
) -> Result<Vec<Ranked>> {
    let usual = usual(world, portrait);
    list.iter()
        .enumerate()
        .map(|(at, (id, score))| {
            let evidence = portrait.taste.evidence(world, *id);
            Ok(Ranked {
                rank: at + 1,
                item: library.view(*id)?,
                score: *score,
                terms: terms(portrait.scope(), weights, &evidence),
                reasons: reasons(world, library, portrait, weights, *id, &evidence, &usual),
            })
        })
        .collect()
}

/// What follows from some items: the formula over a taste that has shown them alone, by the personal
/// signals only, so that nothing is there for being popular or new.
pub struct Following<'a> {
    pub world: World<'a>,
    /// A taste that has shown the items and nothing else.
    pub shown: &'a Taste,
}

impl Following<'_> {
    /// The candidates that follow most.
    pub fn best(&self, weights: &[f64; K], candidates: &[ItemId], n: usize) -> Vec<(ItemId, f64)> {
        top_by(candidates, n, |id| score(weights, &self.evidence(id)))
    }

    /// The evidence that the items are.
    pub fn evidence(&self, id: ItemId) -> Evidence {
        let mut evidence = self.shown.evidence(self.world, id);
        for signal in Signal::ALL {
            if !signal.is_personal() {
                evidence[signal.index()] = 0.0;
            }
        }
        evidence
    }
}

/// The row of what follows from one liked item.
fn because(
    world: World,
    member: &Member,
    weights: &[f64; K],
    liked: ItemId,
    candidates: &[ItemId],
    request: &Request,
) -> Result<Vec<Ranked>> {
    let (library, portrait) = (&member.library, &member.portrait);
    let mut shown = Taste::new(world);
    shown.add(world, liked, Action::Like);
    let following = Following {
        world,
        shown: &shown,
    };
    let mut best = following.best(weights, candidates, pool(request.n));
    // What is no more like it than anything else does not follow from it.
    best.retain(|(_, score)| *score > 0.0);
    let list = shaped(world, portrait, &best, request);
    let item = library.reference(liked);
    let lines = list.iter().enumerate().map(|(at, (id, score))| {
        let because = item.clone().map(|item| Reason::Liked { item });
        let terms = terms(portrait.scope(), weights, &following.evidence(*id));
        let shared = shared(library, liked, *id, &terms);
        Ok(Ranked {
            rank: at + 1,
            item: library.view(*id)?,
            score: *score,
            terms,
            reasons: because.into_iter().chain(shared).collect(),
        })
    });
    lines.collect()
}

/// What two items have in common by their words; else what the strongest term says of them.
fn shared(library: &Library, liked: ItemId, id: ItemId, terms: &[Term]) -> Vec<Reason> {
    let common = in_common(library, liked, id);
    if common != [Reason::Meaning] {
        return common;
    }
    let strongest = terms.iter().max_by(|a, b| a.value.total_cmp(&b.value));
    let reason = strongest.and_then(|term| match term.signal {
        Signal::Meaning | Signal::MeaningLately | Signal::NearestLiked | Signal::NearestLately => {
            Some(Reason::Meaning)
        }
        signal => of_item(signal, &library.features, id),
    });
    reason.into_iter().collect()
}

/// The items liked last, latest first.
fn recent_likes(portrait: &Portrait) -> Vec<ItemId> {
    let mut likes: Vec<ItemId> = Vec::new();
    for step in portrait.steps.iter().rev() {
        if let Deed::Act { item, action, .. } = step.entry.deed
            && action.reward() >= 0.75
            && !likes.contains(&item)
        {
            likes.push(item);
            if likes.len() == BECAUSE {
                break;
            }
        }
    }
    likes
}

/// What was liked and is long past, oldest first.
fn forgotten(portrait: &Portrait, at: i64) -> impl Iterator<Item = ItemId> {
    portrait
        .steps
        .iter()
        .filter_map(move |step| match step.entry.deed {
            Deed::Act { item, action, .. }
                if action.settles()
                    && action.is_choice()
                    && step.entry.at <= at - FORGOTTEN_MS
                    && portrait.verdict(item) == Some(action) =>
            {
                Some(item)
            }
            _ => None,
        })
}

/// Whether an item is of the latest years of its kind, as a fact.
fn is_new(world: World, item: ItemId) -> bool {
    let f = world.features;
    !f.year.filled[item.row()] && f.newness[item.row()] >= 1.0 - 2.0 * NEW
}

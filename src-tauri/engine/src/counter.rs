//! The counter of a shop: what its purchases say of what goes with a basket.
//!
//! Company is what was bought together, and the weights are fitted to baskets: from what everyone
//! starts with, by how well the rest of a basket tells an item of it, on the latest quarter of the
//! baskets with the company of the older ones. Where there are few baskets the weights stay where
//! they start, and nothing goes with a basket for being popular. A basket has no order.

use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;

use crate::behaviour::Action;
use crate::candidates::{Candidates, below};
use crate::catalogue::ItemId;
use crate::features::Features;
use crate::lessons::{Choice, Lessons, choice};
use crate::neighbours::{ENOUGH_FOR_COMPANY, Neighbours, Reach, Trace};
use crate::portrait::Portrait;
use crate::prior::Prior;
use crate::scales::Scales;
use crate::shoppers::Shoppers;
use crate::signal::{K, Scope, Signal};
use crate::taste::{Taste, World};
use crate::train::fit_near;

/// Baskets of at least two items from which weights are fitted.
const ENOUGH_BASKETS: usize = 40;
/// One basket in so many is learned from, the others are its company.
const ONE_IN: usize = 4;
/// Items that are taken out of baskets to learn from, at most; fewer where each takes longer …
const LESSONS: usize = 300;
const LEAST_LESSONS: usize = 60;
/// … than in a catalogue of so many.
const ITEMS: usize = 5_000;

/// What is known of baskets, and the weights that rank what goes with one.
#[derive(Debug, Clone)]
pub struct Counter {
    pub neighbours: Neighbours,
    pub scope: Scope,
    pub weights: [f64; K],
    scales: Scales,
}

impl Counter {
    /// Fits company and weights; `tastes` are those of friends.
    pub fn fit(
        features: &Features,
        shoppers: &Shoppers,
        tastes: &[Vec<Trace>],
        prior: &Prior,
    ) -> Self {
        let baskets = shoppers.together();
        let company = |logs: &[Vec<Trace>], baskets: &[Vec<Trace>]| {
            let tastes = [baskets, tastes].concat();
            Neighbours::fit_with(features, logs, &tastes, Reach::BASKETS)
        };
        let neighbours = company(&shoppers.logs, &baskets);
        let all = shoppers.logs.iter().chain(&baskets).chain(tastes).flatten();
        let scope = if all.filter(|t| t.action.is_choice()).count() < ENOUGH_FOR_COMPANY {
            Scope::Alone
        } else {
            Scope::Company
        };
        let mut weights = personal(prior.weights(scope));
        let (latest, older) = baskets.split_at(baskets.len() / ONE_IN);
        let several = baskets.iter().filter(|basket| basket.len() > 1).count();
        if scope == Scope::Company && several >= ENOUGH_BASKETS {
            // What known customers did before the first of the baskets that are learned from.
            let since = latest.iter().flatten().filter_map(|t| t.at).min();
            let before = |log: &Vec<Trace>| -> Vec<Trace> {
                let log = log.iter().copied();
                log.filter(|t| t.at < since).collect()
            };
            let logs: Vec<Vec<Trace>> = shoppers.logs.iter().map(before).collect();
            let earlier = company(&logs, older);
            let world = World::new(features, &earlier).scaled(prior.scales());
            weights = fit_near(&lessons(world, latest), scope, &weights);
        }
        Self {
            neighbours,
            scope,
            weights,
            scales: prior.scales(),
        }
    }

    /// What evidence is computed over.
    pub fn world<'a>(&'a self, features: &'a Features) -> World<'a> {
        World::new(features, &self.neighbours).scaled(self.scales)
    }

    /// Of a shopper of whom nothing is known but what is in the basket.
    pub fn portrait(&self, items: &[ItemId], world: World, prior: &Prior) -> Portrait {
        Portrait::holding(items, world, prior, self.scope)
    }
}

/// The weights of what a basket shows, so that nothing goes with it for being popular or new.
fn personal(mut weights: [f64; K]) -> [f64; K] {
    for signal in Signal::ALL.into_iter().filter(|s| !s.is_personal()) {
        weights[signal.index()] = 0.0;
    }
    weights
}

/// Items taken out of baskets, each to be told by the rest of its basket.
fn lessons(world: World, baskets: &[Vec<Trace>]) -> Lessons {
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (at, basket) in baskets.iter().enumerate().filter(|(_, b)| b.len() > 1) {
        places.extend((0..basket.len()).map(|out| (at, out)));
    }
    let items = world.features.len();
    let most = (LESSONS * ITEMS / items.max(ITEMS)).max(LEAST_LESSONS);
    let mut random = Pcg64Mcg::new(0);
    for at in 0..most.min(places.len()) {
        let other = at + below(&mut random, places.len() - at);
        places.swap(at, other);
    }
    places.truncate(most);
    let take_out = |(at, out): &(usize, usize)| -> Option<Choice> {
        let basket = baskets.get(*at)?;
        let wanted = basket.get(*out)?.item;
        let mut taste = Taste::new(world);
        let mut open = Candidates::all(world.features);
        for trace in basket.iter().filter(|trace| trace.item != wanted) {
            taste.add(world, trace.item, Action::Buy);
            open.settle(trace.item);
        }
        let mut random = Pcg64Mcg::new((*at as u128) << 64 | *out as u128);
        let choice = choice(world, &taste, wanted, &open, &mut random);
        Some(Choice {
            user: *at,
            ..choice
        })
    };
    let train = places.par_iter().filter_map(take_out).collect();
    Lessons::to_fit(train, world.scales)
}

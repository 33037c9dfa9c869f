//! Shoppers: what a profile's log says to others, by who did it.
//!
//! A profile is one shopper, and its log has an order. The purchases of a till are not one taste: each
//! of its baskets is a shopper of its own, of whom nothing more is known. What was bought together is
//! told beside that by every basket, whoever filled it. Nothing is fitted here.

use std::collections::HashMap;

use crate::behaviour::{Deed, Entry, counting, is_anonymous, live};
use crate::catalogue::ItemId;
use crate::neighbours::Trace;

/// Baskets that are learned from at most, the latest ones.
const BASKETS_MAX: usize = 20_000;

/// What logs say to others.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shoppers {
    /// Of each profile the verdicts and glances that count, in order, without what a till sold.
    pub logs: Vec<Vec<Trace>>,
    /// Each basket of a till.
    pub tills: Vec<Basket>,
    /// Each basket of those who are known.
    pub orders: Vec<Basket>,
}

/// What was bought at once, each item once, in no order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Basket {
    pub traces: Vec<Trace>,
}

impl Basket {
    /// When it was filled, where that is known.
    pub fn at(&self) -> Option<i64> {
        self.traces.iter().filter_map(|trace| trace.at).max()
    }

    /// What is in it.
    pub fn items(&self) -> Vec<ItemId> {
        self.traces.iter().map(|trace| trace.item).collect()
    }

    /// Puts an item in, if it is not there.
    pub fn add(&mut self, trace: Trace) {
        if self.traces.iter().all(|known| known.item != trace.item) {
            self.traces.push(trace);
        }
    }
}

impl Shoppers {
    /// Adds what a profile's log says; `leader` tells which item stands for one, or that it is not
    /// there.
    pub fn add(&mut self, log: &[Entry], leader: impl Fn(ItemId) -> Option<ItemId>) {
        let trace = |entry| told(entry, &leader);
        let own = counting(log).filter_map(trace);
        let own = own.filter(|(_, basket)| !is_anonymous(basket));
        self.logs.push(own.map(|(trace, _)| trace).collect());
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut baskets: Vec<(bool, Basket)> = Vec::new();
        for (trace, basket) in live(log).filter_map(trace) {
            if basket.is_empty() || !trace.action.is_choice() {
                continue;
            }
            let anonymous = is_anonymous(basket);
            let place = *places.entry(basket).or_insert(baskets.len());
            if place == baskets.len() {
                baskets.push((anonymous, Basket::default()));
            }
            if let Some((_, basket)) = baskets.get_mut(place) {
                basket.add(trace);
            }
        }
        for (anonymous, basket) in baskets {
            if anonymous {
                self.tills.push(basket);
            } else {
                self.orders.push(basket);
            }
        }
    }

    /// What each till's shopper liked, in no order.
    pub fn strangers(&self) -> Vec<Vec<Trace>> {
        traces(latest(self.tills.iter().collect()))
    }

    /// The same with the tastes of friends, which have no order either.
    pub fn strangers_and(&self, friends: &[Vec<Trace>]) -> Vec<Vec<Trace>> {
        let mut tastes = self.strangers();
        tastes.extend_from_slice(friends);
        tastes
    }

    /// What was bought together, whoever bought it, in no order.
    pub fn together(&self) -> Vec<Vec<Trace>> {
        traces(latest(self.tills.iter().chain(&self.orders).collect()))
    }
}

/// What an entry says, and the basket that it is of.
fn told<'e>(
    entry: &'e Entry,
    leader: &impl Fn(ItemId) -> Option<ItemId>,
) -> Option<(Trace, &'e str)> {
    let Deed::Act {
        item,
        action,
        basket,
        ..
    } = &entry.deed
    else {
        return None;
    };
    let item = leader(*item)?;
    let (action, at) = (*action, Some(entry.at));
    Some((Trace { item, action, at }, basket))
}

fn latest(mut baskets: Vec<&Basket>) -> Vec<&Basket> {
    baskets.sort_by_key(|basket| std::cmp::Reverse(basket.at()));
    baskets.truncate(BASKETS_MAX);
    baskets
}

fn traces(baskets: Vec<&Basket>) -> Vec<Vec<Trace>> {
    baskets
        .into_iter()
        .map(|basket| basket.traces.clone())
        .collect()
}

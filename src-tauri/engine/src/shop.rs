//! A shop's trial: what its formula for baskets and customers finds of purchases that it has not
//! learned from, beside popularity and item-kNN; on files, without touching the store.
//!
//! The last fifth of the baskets by time is held out; where no time is told, a fifth drawn by the seed.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use rand_pcg::Pcg64Mcg;

use crate::behaviour::{Deed, Entry, ProfileId, is_anonymous};
use crate::candidates::below;
use crate::catalogue::ItemId;
use crate::counter::Counter;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::features::Features;
use crate::heldout::{Case, ItemKnn, compare, one_out};
use crate::household::company;
use crate::import::{ImportOptions, Outcome, Reader};
use crate::portrait::Portrait;
use crate::rank::score;
use crate::shoppers::{Basket, Shoppers};
use crate::taste::World;
use crate::trial::{Shelf, Trial};
use crate::view::{Content, HeldOut, Recalled};
use crate::watch::Watch;
use crate::words::many;

/// One basket in so many is held out.
const HELD_ONE_IN: usize = 5;

/// A purchase of a file.
struct Purchase {
    profile: usize,
    entry: Entry,
    basket: Option<usize>,
}

/// The purchases of a file, in the order of the file.
#[derive(Default)]
struct Sales {
    purchases: Vec<Purchase>,
    baskets: usize,
    dated: bool,
    skipped: usize,
}

impl Engine {
    /// Evaluates on files how well it is told what goes with a basket and what customers buy next;
    /// see [`crate::heldout`].
    ///
    /// # Errors
    /// A file cannot be read, it tells of fewer than five baskets, or the trial was cancelled.
    pub fn evaluate_baskets(&self, trial: &Trial, watch: &Watch) -> Result<HeldOut> {
        let shelf = self.shelf(&trial.catalog, watch)?;
        let mut sales = Sales::read(&trial.interactions, &shelf, watch)?;
        let held = sales.held(trial.seed);
        if held.is_empty() {
            return Err(Error::Invalid(format!(
                "{} tells of {}; at least {HELD_ONE_IN} are needed, of which one is held out; they are \
                 told apart by an order or a receipt",
                trial.interactions.display(),
                many(sales.baskets as u64, "basket", "baskets")
            )));
        }
        let is_held = |p: &Purchase| p.basket.is_some_and(|b| held.contains(&b));
        let (later, earlier): (Vec<_>, Vec<_>) = sales.purchases.drain(..).partition(is_held);
        let (learned, tested) = (shoppers(&earlier), shoppers(&later));
        let features = &shelf.features;
        let items = features.len();
        let prior = self.prior();

        let counter = Counter::fit(features, &learned, &[], &prior);
        stop(watch)?;
        let world = counter.world(features);
        let baskets: Vec<Vec<ItemId>> = learned
            .tills
            .iter()
            .chain(&learned.orders)
            .map(Basket::items)
            .collect();
        let count = counts(&baskets, items);
        let knn = ItemKnn::fit(&baskets, items);
        stop(watch)?;
        let ours = |case: &Case| {
            let taste = counter.portrait(&case.shown, world, &prior).taste;
            let evidence = features.rows().map(|id| taste.evidence(world, id));
            let scores = evidence.map(|evidence| score(&counter.weights, &evidence));
            scores.collect()
        };
        let both: Vec<_> = tested.tills.into_iter().chain(tested.orders).collect();
        let cases = one_out(&both);
        let judged = compare(
            &cases,
            items,
            &[
                ("popularity", &|_: &Case| count.clone()),
                ("item-kNN", &|case: &Case| knn.judge(&case.shown)),
                ("Curio", &ours),
            ],
            watch,
        )?;
        let (customers, next) = self.next_purchases(&earlier, &later, &learned, features, watch)?;
        Ok(HeldOut {
            learned: baskets.len(),
            held: held.len(),
            items,
            skipped: sales.skipped,
            unencoded: shelf.unencoded,
            by_time: sales.dated,
            choices: cases.len(),
            baskets: judged,
            customers: customers.1,
            purchases: customers.0,
            next,
        })
    }

    /// What each known customer bought next that they had not bought before, ranked by their own
    /// weights over what the others bought: cases and customers, and the rankers.
    fn next_purchases(
        &self,
        earlier: &[Purchase],
        later: &[Purchase],
        learned: &Shoppers,
        features: &Features,
        watch: &Watch,
    ) -> Result<((usize, usize), Vec<Recalled>)> {
        let prior = self.prior();
        let items = features.len();
        let known = by_profile(earlier);
        let mut cases: Vec<Case> = Vec::new();
        for (profile, log) in by_profile(later) {
            let Some(before) = known.get(&profile) else {
                continue;
            };
            if log.iter().any(|e| basket(e).is_some_and(is_anonymous)) {
                continue;
            }
            let mut shown: Vec<ItemId> = before.iter().filter_map(item).collect();
            shown.sort_unstable();
            shown.dedup();
            let mut wanted: Vec<ItemId> = log.iter().filter_map(item).collect();
            wanted.sort_unstable();
            wanted.dedup();
            wanted.retain(|id| shown.binary_search(id).is_err());
            let shown: Arc<[ItemId]> = shown.into();
            for wanted in wanted {
                cases.push(Case {
                    group: profile,
                    shown: Arc::clone(&shown),
                    wanted,
                });
            }
        }
        let mut customers: Vec<usize> = cases.iter().map(|case| case.group).collect();
        customers.dedup();
        let counts_of = (cases.len(), customers.len());
        let logs: Vec<Vec<ItemId>> = learned
            .logs
            .iter()
            .map(|log| {
                let mut items: Vec<ItemId> = log.iter().map(|t| t.item).collect();
                items.sort_unstable();
                items.dedup();
                items
            })
            .chain(learned.tills.iter().map(Basket::items))
            .collect();
        let count = counts(&logs, items);
        let knn = ItemKnn::fit(&logs, items);
        stop(watch)?;
        // Each customer is served over what the others say.
        let ours = |case: &Case| {
            let customer = case.group;
            let others = earlier.iter().filter(|p| p.profile != customer);
            let others = shoppers_of(others);
            let (near, scope) = company(features, &others.logs, &others.strangers());
            let world = World::new(features, &near).scaled(prior.scales());
            let log = known.get(&customer).map_or(&[][..], Vec::as_slice);
            let portrait = Portrait::of(ProfileId(customer as u32), log, world, &prior, scope);
            let at = log.last().map(|e| e.at);
            let scores = features.rows().map(|id| {
                let evidence = portrait.taste.evidence(world.at(at), id);
                score(&portrait.learner.weights, &evidence)
            });
            scores.collect()
        };
        let judged = compare(
            &cases,
            items,
            &[
                ("popularity", &|_: &Case| count.clone()),
                ("item-kNN", &|case: &Case| knn.judge(&case.shown)),
                ("Curio", &ours),
            ],
            watch,
        )?;
        Ok((counts_of, judged))
    }
}

impl Sales {
    fn read(file: &Path, shelf: &Shelf, watch: &Watch) -> Result<Self> {
        let options = ImportOptions {
            content: Some(Content::Interactions),
            ..Default::default()
        };
        let mut reader = Reader::open(file, &options)?;
        let mut sales = Self {
            dated: true,
            ..Self::default()
        };
        let (mut profiles, mut baskets) = (HashMap::new(), HashMap::new());
        while let Some(row) = reader.next_row()? {
            stop(watch)?;
            let interactions = match row.outcome {
                Outcome::Good { interactions, .. } => interactions,
                Outcome::Said(_) => continue,
                Outcome::Bad { .. } => {
                    sales.skipped += 1;
                    continue;
                }
            };
            for told in interactions {
                let Some(item) = shelf.ids.get(&told.item_key) else {
                    sales.skipped += 1;
                    continue;
                };
                sales.dated &= told.at.is_some();
                let next = profiles.len();
                let profile = *profiles.entry(told.profile).or_insert(next);
                let next = baskets.len();
                let basket = (!told.basket.is_empty()).then(|| {
                    *baskets
                        .entry((profile, told.basket.clone()))
                        .or_insert(next)
                });
                sales.purchases.push(Purchase {
                    profile,
                    basket,
                    entry: Entry {
                        sequence: 0,
                        at: told.at.unwrap_or_default(),
                        deed: Deed::Act {
                            item: *item,
                            action: told.action,
                            surface: String::new(),
                            note: String::new(),
                            basket: told.basket,
                        },
                    },
                });
            }
        }
        sales.baskets = baskets.len();
        Ok(sales)
    }

    /// The baskets that are held out.
    fn held(&mut self, seed: u64) -> HashSet<usize> {
        let mut order: Vec<(i64, usize)> = (0..self.baskets).map(|b| (i64::MIN, b)).collect();
        if self.dated {
            for purchase in &self.purchases {
                if let Some((at, _)) = purchase.basket.and_then(|b| order.get_mut(b)) {
                    *at = (*at).max(purchase.entry.at);
                }
            }
            order.sort_unstable();
        } else {
            let mut random = Pcg64Mcg::new(u128::from(seed));
            for at in (1..order.len()).rev() {
                order.swap(at, below(&mut random, at + 1));
            }
        }
        let first = order.len() - order.len() / HELD_ONE_IN;
        self.purchases.sort_by_key(|p| p.entry.at);
        order[first..].iter().map(|(_, basket)| *basket).collect()
    }
}

fn stop(watch: &Watch) -> Result<()> {
    if (watch.cancelled)() {
        return Err(Error::Cancelled);
    }
    Ok(())
}

fn item(entry: &Entry) -> Option<ItemId> {
    match &entry.deed {
        Deed::Act { item, action, .. } if action.is_choice() => Some(*item),
        _ => None,
    }
}

fn basket(entry: &Entry) -> Option<&str> {
    match &entry.deed {
        Deed::Act { basket, .. } => Some(basket),
        _ => None,
    }
}

fn by_profile<'a>(
    purchases: impl IntoIterator<Item = &'a Purchase>,
) -> BTreeMap<usize, Vec<Entry>> {
    let mut logs: BTreeMap<usize, Vec<Entry>> = BTreeMap::new();
    for purchase in purchases {
        let log = logs.entry(purchase.profile).or_default();
        log.push(Entry {
            sequence: log.len() as u64,
            ..purchase.entry.clone()
        });
    }
    logs
}

fn shoppers(purchases: &[Purchase]) -> Shoppers {
    shoppers_of(purchases.iter())
}

fn shoppers_of<'a>(purchases: impl Iterator<Item = &'a Purchase>) -> Shoppers {
    let mut shoppers = Shoppers::default();
    for log in by_profile(purchases).into_values() {
        shoppers.add(&log, Some);
    }
    shoppers
}

fn counts(shoppers: &[Vec<ItemId>], items: usize) -> Vec<f64> {
    let mut counts = vec![0.0; items];
    for item in shoppers.iter().flatten() {
        counts[item.row()] += 1.0;
    }
    counts
}

//! Recalled-out purchases: each item of a basket that was not learned from is taken out in turn, and its
//! place among everything that is not in the rest of the basket counts (ties at half).
//!
//! As each list has one relevant item, recall@10 is the share of places below 10; NDCG@10 is
//! 1/log2(place + 2) for these; coverage@10 is the share of the catalogue that stood in some top ten.
//! Intervals are 95%, by bootstrap over baskets; what one ranker gains on another is paired by item.

use std::collections::HashMap;
use std::sync::Arc;

use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;

use crate::candidates::below;
use crate::catalogue::ItemId;
use crate::error::{Error, Result};
use crate::evaluate::ndcg;
use crate::interval::{DRAWS, LEAST_USERS, SEED, Share, interval, mean};
use crate::replay::TOP;
use crate::shoppers::Basket;
use crate::view::{Advantage, Recalled};
use crate::watch::Watch;

/// One item that was taken out.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Whose it was: the basket's number, or the customer's.
    pub group: usize,
    /// What the ranker sees; cases of one customer share it.
    pub shown: Arc<[ItemId]>,
    pub wanted: ItemId,
}

/// What scores every item by what is shown, in the order of the catalogue.
pub type Judge<'a> = dyn Fn(&Case) -> Vec<f64> + Sync + 'a;

/// Where the wanted item stood, from 0, and the best ten.
#[derive(Debug, Clone)]
struct Place {
    place: usize,
    top: Vec<u32>,
}

/// Takes each item out of each basket of at least two.
pub fn one_out(baskets: &[Basket]) -> Vec<Case> {
    let cases = baskets.iter().enumerate().flat_map(|(group, basket)| {
        let items = basket.items();
        (0..items.len()).map(move |at| {
            let mut shown = items.clone();
            let wanted = shown.remove(at);
            Case {
                group,
                shown: shown.into(),
                wanted,
            }
        })
    });
    cases.filter(|case| !case.shown.is_empty()).collect()
}

/// Ranks every case by every judge, the last of which is ours, and compares. Neighbouring cases of which
/// the same is shown are judged once, and no more than one list of scores a thread is held.
///
/// # Errors
/// It was cancelled.
pub fn compare(
    cases: &[Case],
    items: usize,
    judges: &[(&str, &Judge)],
    watch: &Watch,
) -> Result<Vec<Recalled>> {
    let alike = |a: &Case, b: &Case| Arc::ptr_eq(&a.shown, &b.shown);
    let runs: Vec<&[Case]> = cases.chunk_by(alike).collect();
    let cancelled = watch.cancelled;
    let places = |judge: &Judge| -> Result<Vec<Place>> {
        let runs = runs.par_iter().map(|run| {
            if cancelled() {
                return Err(Error::Cancelled);
            }
            let scores = run.first().map(judge).unwrap_or_default();
            Ok(run.iter().map(|case| place(case, &scores)).collect())
        });
        let placed: Vec<Vec<Place>> = runs.collect::<Result<_>>()?;
        Ok(placed.into_iter().flatten().collect())
    };
    let places: Vec<Vec<Place>> = judges
        .iter()
        .map(|(_, judge)| places(judge))
        .collect::<Result<_>>()?;
    let recall = |place: &Place| f64::from(u8::from(place.place < TOP));
    let gained = |place: &Place| ndcg(place.place);
    let last = places.len().saturating_sub(1);
    let held = judges.iter().zip(&places).enumerate();
    let recalled = held.map(|(at, ((name, _), own))| {
        let recalls = shares(cases, own, recall);
        let ndcgs = shares(cases, own, gained);
        let coverage = coverage(cases, own, items);
        Recalled {
            name: (*name).to_owned(),
            recall_10: mean(&recalls),
            recall_10_interval: interval(&recalls),
            ndcg_10: mean(&ndcgs),
            ndcg_10_interval: interval(&ndcgs),
            coverage_10: coverage.0,
            coverage_10_interval: coverage.1,
            ours: (at < last).then(|| {
                let less = |of: &dyn Fn(&Place) -> f64| -> Vec<Share> {
                    let ours = shares(cases, &places[last], of);
                    let theirs = shares(cases, own, of);
                    ours.iter()
                        .zip(theirs)
                        .map(|(ours, theirs)| Share {
                            sum: ours.sum - theirs.sum,
                            choices: ours.choices,
                        })
                        .collect()
                };
                let (recalls, ndcgs) = (less(&recall), less(&gained));
                Advantage {
                    recall_10: mean(&recalls),
                    recall_10_interval: interval(&recalls),
                    ndcg_10: mean(&ndcgs),
                    ndcg_10_interval: interval(&ndcgs),
                }
            }),
        }
    });
    Ok(recalled.collect())
}

fn place(case: &Case, scores: &[f64]) -> Place {
    let mark = scores.get(case.wanted.row()).copied().unwrap_or_default();
    let mut open: Vec<(u32, f64)> = (0u32..).zip(scores.iter().copied()).collect();
    let shown: Vec<u32> = case.shown.iter().map(|id| id.0).collect();
    open.retain(|(item, _)| !shown.contains(item));
    let above = open.iter().filter(|(_, score)| *score > mark).count();
    let equal = open
        .iter()
        .filter(|(_, score)| score.total_cmp(&mark).is_eq());
    let equal = equal.count().saturating_sub(1);
    open.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    Place {
        place: above + equal / 2,
        top: open.iter().take(TOP).map(|(item, _)| *item).collect(),
    }
}

fn shares(cases: &[Case], places: &[Place], of: impl Fn(&Place) -> f64) -> Vec<Share> {
    let groups = cases.iter().map(|case| case.group + 1).max().unwrap_or(0);
    let mut shares = vec![Share::default(); groups];
    for (case, place) in cases.iter().zip(places) {
        shares[case.group].sum += of(place);
        shares[case.group].choices += 1;
    }
    shares
}

/// The share of the items that stand in some top ten, and its interval.
fn coverage(cases: &[Case], places: &[Place], items: usize) -> (f64, Option<[f64; 2]>) {
    let mut by_group: HashMap<usize, Vec<u32>> = HashMap::new();
    for (case, place) in cases.iter().zip(places) {
        by_group.entry(case.group).or_default().extend(&place.top);
    }
    let mut groups: Vec<(usize, Vec<u32>)> = by_group.into_iter().collect();
    groups.sort_unstable();
    for (_, tops) in &mut groups {
        tops.sort_unstable();
        tops.dedup();
    }
    let share = |drawn: &mut dyn Iterator<Item = &(usize, Vec<u32>)>| {
        let mut seen = vec![false; items];
        for item in drawn.flat_map(|(_, tops)| tops) {
            if let Some(seen) = seen.get_mut(*item as usize) {
                *seen = true;
            }
        }
        seen.iter().filter(|seen| **seen).count() as f64 / items.max(1) as f64
    };
    let all = share(&mut groups.iter());
    if groups.len() < LEAST_USERS {
        return (all, None);
    }
    let mut random = Pcg64Mcg::new(SEED);
    let mut drawn: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let places: Vec<usize> = groups
                .iter()
                .map(|_| below(&mut random, groups.len()))
                .collect();
            share(&mut places.iter().map(|at| &groups[*at]))
        })
        .collect();
    drawn.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| drawn[(share * (DRAWS - 1) as f64).round() as usize];
    (all, Some([at(0.025), at(0.975)]))
}

/// Item-kNN: Σ over what is shown of the cosine over shoppers, |a ∩ b| / √(|a|·|b|), with all
/// neighbours and no shrinking.
pub struct ItemKnn {
    cosine: Vec<HashMap<u32, f64>>,
}

impl ItemKnn {
    /// Counts who bought what with what; each shopper's items once.
    pub fn fit(shoppers: &[Vec<ItemId>], items: usize) -> Self {
        let mut both = vec![HashMap::<u32, f64>::new(); items];
        let mut alone = vec![0.0f64; items];
        for shopper in shoppers {
            for a in shopper {
                alone[a.row()] += 1.0;
                for b in shopper.iter().filter(|b| *b != a) {
                    *both[a.row()].entry(b.0).or_default() += 1.0;
                }
            }
        }
        for (a, row) in both.iter_mut().enumerate() {
            for (b, count) in row {
                *count /= (alone[a] * alone[*b as usize]).sqrt();
            }
        }
        Self { cosine: both }
    }

    /// How well every item goes with some.
    pub fn judge(&self, shown: &[ItemId]) -> Vec<f64> {
        let mut scores = vec![0.0; self.cosine.len()];
        for item in shown {
            for (other, cosine) in &self.cosine[item.row()] {
                scores[*other as usize] += cosine;
            }
        }
        scores
    }
}

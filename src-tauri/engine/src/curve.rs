//! The curve: what lists of ten gain and lose by variety, balance, surprise and a bound by creator.
//!
//! Every log is replayed as a fresh profile whose weights learn online, in the widest scope that there
//! is data for. Before each of up to twenty of its choices, drawn by a seed, a list of every shape is
//! made from the same open items. Figures are means over these choices. An item is relevant to a list
//! when the profile chooses it later in its log.
//!
//! - NDCG@10 is that of the next choice alone, as in [`crate::evaluate`].
//! - Relevant is the share of the listed items that are relevant: precision at ten.
//! - Diversity is 1 − the mean similarity of all pairs, as [`crate::list`] counts it.
//! - Novelty is the mean of −log2 p(i), p(i) the share of the other profiles that settled the item,
//!   with one more who did (Vargas and Castells 2011); 0 where there are no other profiles.
//! - Serendipity is the share of the listed items that are relevant and not among the ten most
//!   popular open ones, which nobody needs Curio for (Ge et al. 2010).
//! - Imbalance is KL(the profile's own mix of genres ‖ the list's) (Steck 2018).
//! - Coverage is the share of the catalogue that stood in some list.

use std::collections::HashSet;

use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;

use crate::behaviour::ProfileId;
use crate::candidates::{Candidates, below};
use crate::catalogue::ItemId;
use crate::evaluate::{ndcg, paired, scopes};
use crate::features::Features;
use crate::interval::{Share, mean};
use crate::learn::Learner;
use crate::list::{Shape, arrange, diversity, imbalance, pool};
use crate::neighbours::Trace;
use crate::portrait::rivals;
use crate::prior::Prior;
use crate::rank::{score, top_by};
use crate::replay::TOP;
use crate::signal::{Scope, Signal};
use crate::taste::{Evidence, Taste, World};
use crate::view::{Curve, Point};

/// At how many choices of one profile lists are made.
const MOST: usize = 20;
const PLAIN: Shape = Shape::PLAIN;
const STEPS: [f64; 4] = [0.25, 0.5, 0.75, 1.0];

/// Weights that are drawn with so much surprise, and the shapes of the lists that are made with them.
type Forms = Vec<(f64, Vec<Shape>)>;

/// The plain ranking first, then one thing at a time, then what the window asks for together.
fn forms() -> Forms {
    let varied = STEPS.map(|variety| Shape { variety, ..PLAIN });
    let balanced = STEPS.map(|balance| Shape { balance, ..PLAIN });
    let bounded = [2, 1].map(|most| Shape {
        per_creator: Some(most),
        ..PLAIN
    });
    let together = [0.25, 0.5].map(|share| Shape {
        variety: share,
        balance: share,
        per_creator: Some(2),
        ..PLAIN
    });
    let shapes = [PLAIN]
        .into_iter()
        .chain(varied)
        .chain(balanced)
        .chain(bounded)
        .chain(together);
    let surprised = STEPS.map(|surprise| (surprise, vec![PLAIN]));
    [(0.0, shapes.collect())]
        .into_iter()
        .chain(surprised)
        .collect()
}

/// One list, and what it is worth.
struct Listed {
    items: Vec<ItemId>,
    ndcg: f64,
    relevant: f64,
    diversity: f64,
    novelty: f64,
    serendipity: f64,
    imbalance: f64,
}

/// Makes the lists of every form at a sample of the choices in the logs. `others` are the profiles
/// whose company the world knows.
pub fn curve(
    world: World,
    logs: &[Vec<Trace>],
    others: &[Vec<Trace>],
    prior: &Prior,
    seed: u64,
) -> Curve {
    let scope = scopes(world).last().copied().unwrap_or(Scope::Alone);
    let bench = Bench {
        world,
        forms: forms(),
        rarity: rarity(world.features.len(), others),
        learner: Learner::new(prior, scope),
        seed,
    };
    let users: Vec<Vec<Vec<Listed>>> = logs
        .par_iter()
        .enumerate()
        .map(|(at, log)| bench.replay(ProfileId(at as u32), log))
        .collect();
    let of_form = |at: usize| -> Vec<&[Listed]> { users.iter().map(|u| &u[at][..]).collect() };
    let flat: Vec<(f64, Shape)> = bench
        .forms
        .iter()
        .flat_map(|(surprise, shapes)| shapes.iter().map(|shape| (*surprise, *shape)))
        .collect();
    let points = flat.iter().enumerate().map(|(at, (surprise, shape))| {
        let plain = (at > 0).then(|| of_form(0));
        let items = world.features.len();
        point(*surprise, *shape, &of_form(at), plain.as_deref(), items)
    });
    Curve {
        scope,
        choices: of_form(0).iter().map(|lists| lists.len()).sum(),
        users: logs.len(),
        items: world.features.len(),
        points: points.collect(),
    }
}

/// −log2 of the share of profiles that settled each item, with one more who settled everything.
fn rarity(items: usize, others: &[Vec<Trace>]) -> Vec<f64> {
    let mut counts = vec![1.0f64; items];
    for log in others {
        let settled = log.iter().filter(|trace| trace.action.settles());
        let once: HashSet<ItemId> = settled.map(|trace| trace.item).collect();
        once.iter().for_each(|item| counts[item.row()] += 1.0);
    }
    let profiles = others.len() as f64 + 1.0;
    counts.iter().map(|c| (profiles / c).log2()).collect()
}

/// What every replay has in common.
struct Bench<'a> {
    world: World<'a>,
    forms: Forms,
    rarity: Vec<f64>,
    learner: Learner,
    seed: u64,
}

impl Bench<'_> {
    /// The lists of one profile, by form and then by choice.
    fn replay(&self, profile: ProfileId, log: &[Trace]) -> Vec<Vec<Listed>> {
        let choices = choices(self.world.features, log);
        let drawn = self.draw(profile, &choices);
        let mut lists: Vec<Vec<Listed>> = self
            .forms
            .iter()
            .flat_map(|(_, shapes)| shapes.iter().map(|_| Vec::new()))
            .collect();
        let mut learner = self.learner.clone();
        let mut taste = Taste::new(self.world);
        let mut open = Candidates::all(self.world.features);
        for (history, trace) in log.iter().enumerate() {
            let world = self.world.at(trace.at);
            if choices.binary_search(&history).is_ok() {
                if drawn.contains(&history) {
                    let later = choices.iter().filter(|at| **at >= history);
                    let moment = Moment {
                        world,
                        taste: &taste,
                        open: open.iter().collect(),
                        chosen: trace.item,
                        later: later.map(|at| log[*at].item).collect(),
                    };
                    let seed =
                        u128::from(self.seed) << 64 | u128::from(profile.0) << 32 | history as u128;
                    self.list(&moment, &learner, seed, &mut lists);
                }
                let chosen = taste.evidence(world, trace.item);
                let rivals: Vec<Evidence> = rivals(profile, history as u64, &open, trace.item)
                    .into_iter()
                    .map(|rival| taste.evidence(world, rival))
                    .collect();
                learner.choose(&chosen, &rivals, open.len() - 1);
            }
            taste.add(world, trace.item, trace.action);
            if trace.action.settles() {
                open.settle(trace.item);
            }
        }
        lists
    }

    /// Up to twenty of the choices, in order.
    fn draw(&self, profile: ProfileId, choices: &[usize]) -> Vec<usize> {
        let mut left = choices.to_vec();
        let mut random = Pcg64Mcg::new(u128::from(self.seed) << 64 | u128::from(profile.0));
        while left.len() > MOST {
            left.remove(below(&mut random, left.len()));
        }
        left
    }

    /// Adds the list of every form.
    fn list(&self, moment: &Moment, learner: &Learner, seed: u128, lists: &mut [Vec<Listed>]) {
        let f = moment.world.features;
        let mut evidence: Vec<Option<Evidence>> = vec![None; f.len()];
        for item in &moment.open {
            evidence[item.row()] = Some(moment.taste.evidence(moment.world, *item));
        }
        let best = |n: usize, judge: &(dyn Fn(&Evidence) -> f64 + Sync)| {
            top_by(&moment.open, n, |item| {
                evidence[item.row()].as_ref().map_or(f64::MIN, judge)
            })
        };
        let popular = best(TOP, &|e| e[Signal::Popularity.index()]);
        let popular: HashSet<ItemId> = popular.into_iter().map(|(item, _)| item).collect();
        let mut form = 0;
        for (surprise, shapes) in &self.forms {
            let weights = learner.sample(*surprise, &mut Pcg64Mcg::new(seed));
            let ranked = best(pool(TOP), &|e| score(&weights, e));
            for shape in shapes {
                let list = arrange(f, &ranked, &moment.taste.genre, *shape, TOP);
                let list = list.into_iter().map(|(item, _)| item).collect();
                lists[form].push(self.judge(moment, list, &popular));
                form += 1;
            }
        }
    }

    fn judge(&self, moment: &Moment, list: Vec<ItemId>, popular: &HashSet<ItemId>) -> Listed {
        let f = moment.world.features;
        let share = |wanted: &dyn Fn(&ItemId) -> bool| {
            list.iter().filter(|item| wanted(item)).count() as f64 / list.len().max(1) as f64
        };
        let place = list.iter().position(|item| *item == moment.chosen);
        let rare: f64 = list.iter().map(|item| self.rarity[item.row()]).sum();
        Listed {
            ndcg: place.map_or(0.0, ndcg),
            relevant: share(&|item| moment.later.contains(item)),
            diversity: diversity(f, &list),
            novelty: rare / list.len().max(1) as f64,
            serendipity: share(&|item| moment.later.contains(item) && !popular.contains(item)),
            imbalance: imbalance(f, &list, &moment.taste.genre),
            items: list,
        }
    }
}

/// One choice, before it is learned from.
struct Moment<'a> {
    world: World<'a>,
    taste: &'a Taste,
    open: Vec<ItemId>,
    chosen: ItemId,
    /// What the profile chooses from here on.
    later: HashSet<ItemId>,
}

/// Where in a log an item that is still open is chosen.
fn choices(features: &Features, log: &[Trace]) -> Vec<usize> {
    let mut open = Candidates::all(features);
    let mut choices = Vec::new();
    for (history, trace) in log.iter().enumerate() {
        if trace.action.is_choice() && open.is_open(trace.item) {
            choices.push(history);
        }
        if trace.action.settles() {
            open.settle(trace.item);
        }
    }
    choices
}

fn point(
    surprise: f64,
    shape: Shape,
    users: &[&[Listed]],
    plain: Option<&[&[Listed]]>,
    items: usize,
) -> Point {
    let lists: Vec<&Listed> = users.iter().copied().flatten().collect();
    let count = lists.len().max(1) as f64;
    let mean_of = |of: &dyn Fn(&Listed) -> f64| lists.iter().map(|l| of(l)).sum::<f64>() / count;
    let shown: HashSet<ItemId> = lists.iter().flat_map(|l| l.items.iter().copied()).collect();
    let own = shares(users);
    let gain = plain.map(|plain| paired("the plain ranking", &own, shares(plain)));
    Point {
        variety: shape.variety,
        balance: shape.balance,
        surprise,
        per_creator: shape.per_creator,
        ndcg_10: mean(&own),
        gain,
        relevant: mean_of(&|l| l.relevant),
        diversity: mean_of(&|l| l.diversity),
        novelty: mean_of(&|l| l.novelty),
        serendipity: mean_of(&|l| l.serendipity),
        imbalance: mean_of(&|l| l.imbalance),
        coverage: shown.len() as f64 / items.max(1) as f64,
    }
}

fn shares(users: &[&[Listed]]) -> Vec<Share> {
    let share = |lists: &&[Listed]| Share {
        sum: lists.iter().map(|list| list.ndcg).sum(),
        choices: lists.len(),
    };
    users.iter().map(share).collect()
}

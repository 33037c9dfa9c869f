//! Prequential evaluation by full ranking: each choice is predicted before it is learned from.
//!
//! Every log is a fresh profile whose interactions arrive in order. Before each choice all items
//! that the profile has not settled are ranked, none left out, and the place of the chosen one
//! counts (ties at half). Metrics are means over choices:
//! NDCG@10 = 1/log2(place + 2) for places 0 to 9, HR@k and recall@k = share of places below k (they
//! coincide, as each list has one relevant item), MRR = mean of 1/(place + 1), coverage = share of
//! the catalogue that stood in some top ten. Intervals are 95%, by bootstrap over users; gains are
//! paired by choice.

use std::ops::Range;

use rayon::prelude::*;

use crate::behaviour::ProfileId;
use crate::candidates::Candidates;
use crate::interval::{Share, interval, mean};
use crate::learn::Learner;
use crate::neighbours::Trace;
use crate::portrait::rivals;
use crate::prior::Prior;
use crate::rank::score;
use crate::signal::{K, Scope, Signal};
use crate::taste::{Evidence, Taste, World};
use crate::view::{Band, Gain, Scored};

/// Lengths of history at which a band begins.
const BANDS: [usize; 5] = [0, 1, 6, 21, 101];
/// The list length that coverage and NDCG look at.
const TOP: usize = 10;

/// What gives a ranker its weights.
enum Ranker {
    Fixed(Box<[f64; K]>),
    Online(Box<Learner>),
    One(Signal),
}

impl Ranker {
    fn judge(&self, evidence: &Evidence) -> f64 {
        match self {
            Self::Fixed(weights) => score(weights.as_slice(), evidence),
            Self::Online(learner) => score(&learner.weights, evidence),
            Self::One(signal) => evidence[signal.index()],
        }
    }
}

/// The place of one choice in one ranker's list, and the top ten of that list.
struct Outcome {
    history: usize,
    place: usize,
    top: [u32; TOP],
}

/// How every ranker did on the same choices.
#[derive(Debug, Clone, PartialEq)]
pub struct Rankers {
    pub choices: usize,
    pub scored: Vec<Scored>,
}

/// Evaluates popularity, each scope's fixed prior and online weights, and every signal alone.
/// `limit` bounds how much of each log is replayed.
pub fn evaluate(world: World, logs: &[Vec<Trace>], prior: &Prior, limit: usize) -> Rankers {
    let replayed: Vec<Vec<Vec<Outcome>>> = logs
        .par_iter()
        .enumerate()
        .map(|(at, log)| {
            let log = &log[..limit.min(log.len())];
            replay(world, ProfileId(at as u32), log, prior)
        })
        .collect();
    let by_user =
        |at: usize| -> Vec<&[Outcome]> { replayed.iter().map(|user| &user[at][..]).collect() };
    let rankers = rankers(world, prior);
    let scored = rankers.iter().enumerate().map(|(at, (name, over, _))| {
        let rival = over.map(|over| Rival {
            name: &rankers[over].0,
            users: by_user(over),
        });
        let items = world.features.len();
        summary(name.clone(), &by_user(at), rival.as_ref(), items)
    });
    Rankers {
        choices: replayed.iter().map(|user| user[0].len()).sum(),
        scored: scored.collect(),
    }
}

fn scopes(world: World) -> &'static [Scope] {
    if world.neighbours.is_empty() {
        &Scope::ALL[..1]
    } else {
        &Scope::ALL
    }
}

/// Every ranker in the order of the answer: its name, and the place of the one it is compared with.
fn rankers(world: World, prior: &Prior) -> Vec<(String, Option<usize>, Ranker)> {
    let popularity = Ranker::One(Signal::Popularity);
    let mut rankers = vec![("popularity".to_owned(), None, popularity)];
    for scope in scopes(world) {
        let fixed = Ranker::Fixed(Box::new(prior.weights(*scope)));
        let online = Ranker::Online(Box::new(Learner::new(prior, *scope)));
        let place = rankers.len();
        rankers.push((format!("{}: fixed prior", scope.label()), Some(0), fixed));
        rankers.push((
            format!("{}: online weights", scope.label()),
            Some(place),
            online,
        ));
    }
    rankers.extend(Signal::ALL.map(|s| (format!("signal: {s}"), None, Ranker::One(s))));
    rankers
}

/// Replays one log; outcomes by ranker.
fn replay(world: World, profile: ProfileId, log: &[Trace], prior: &Prior) -> Vec<Vec<Outcome>> {
    let mut rankers = rankers(world, prior);
    let mut outcomes: Vec<Vec<Outcome>> = rankers.iter().map(|_| Vec::new()).collect();
    let mut taste = Taste::new(world);
    let mut open = Candidates::all(world.features.len());
    for (history, trace) in log.iter().enumerate() {
        let world = world.at(trace.at);
        if trace.action.is_choice() && open.is_open(trace.item) {
            let evidence: Vec<Evidence> = world
                .features
                .ids()
                .map(|i| taste.evidence(world, i))
                .collect();
            let chosen = trace.item.row();
            let rivals = rivals(profile, history as u64, &open, trace.item);
            let rivals: Vec<Evidence> = rivals.iter().map(|r| evidence[r.row()]).collect();
            for ((_, _, ranker), out) in rankers.iter_mut().zip(&mut outcomes) {
                out.push(rank(ranker, &evidence, chosen, &open, history));
                if let Ranker::Online(learner) = ranker {
                    learner.choose(&evidence[chosen], &rivals, open.len() - 1);
                }
            }
        }
        taste.add(world, trace.item, trace.action.reward());
        if trace.action.settles() {
            open.settle(trace.item);
        }
    }
    outcomes
}

fn rank(
    ranker: &Ranker,
    evidence: &[Evidence],
    chosen: usize,
    open: &Candidates,
    history: usize,
) -> Outcome {
    let mark = ranker.judge(&evidence[chosen]);
    let (mut above, mut at_least) = (0, 0);
    let mut top = [(f64::NEG_INFINITY, u32::MAX); TOP];
    for item in open.iter() {
        let score = ranker.judge(&evidence[item.row()]);
        above += usize::from(score > mark);
        at_least += usize::from(score >= mark);
        if score > top[TOP - 1].0 {
            let at = top.partition_point(|(better, _)| *better >= score);
            top[at..].rotate_right(1);
            top[at] = (score, item.0);
        }
    }
    // The chosen one is among the equals.
    let equal: usize = at_least - above;
    Outcome {
        history,
        place: above + equal.saturating_sub(1) / 2,
        top: top.map(|(_, row)| row),
    }
}

/// What a ranker is compared with, user by user and choice by choice.
struct Rival<'a> {
    name: &'a str,
    users: Vec<&'a [Outcome]>,
}

fn summary(name: String, users: &[&[Outcome]], rival: Option<&Rival>, items: usize) -> Scored {
    let outcomes: Vec<&Outcome> = users.iter().copied().flatten().collect();
    let count = outcomes.len().max(1) as f64;
    let mean_of =
        |value: &dyn Fn(&Outcome) -> f64| outcomes.iter().map(|o| value(o)).sum::<f64>() / count;
    let mut shown = vec![false; items];
    for row in outcomes.iter().flat_map(|o| o.top) {
        if let Some(seen) = shown.get_mut(row as usize) {
            *seen = true;
        }
    }
    let within = |k: usize| move |o: &Outcome| f64::from(u8::from(o.place < k));
    let all = Band::of(users, rival, 0..usize::MAX);
    Scored {
        name,
        ndcg_10: all.ndcg_10,
        ndcg_10_interval: interval(&shares(users, &|_| true)),
        hr_10: mean_of(&within(10)),
        mrr: mean_of(&|o| 1.0 / (o.place as f64 + 1.0)),
        hr_50: mean_of(&within(50)),
        recall_50: mean_of(&within(50)),
        coverage: shown.iter().filter(|s| **s).count() as f64 / items.max(1) as f64,
        gain: all.gain,
        by_history: bands(users, rival),
    }
}

/// NDCG@10 of a list with one relevant item.
fn ndcg(outcome: &Outcome) -> f64 {
    if outcome.place < TOP {
        1.0 / (outcome.place as f64 + 2.0).log2()
    } else {
        0.0
    }
}

fn bands(users: &[&[Outcome]], rival: Option<&Rival>) -> Vec<Band> {
    let ends = BANDS[1..].iter().copied().chain([usize::MAX]);
    BANDS
        .into_iter()
        .zip(ends)
        .map(|(from, until)| Band::of(users, rival, from..until))
        .collect()
}

impl Band {
    /// The choices made after as many interactions as the range says.
    fn of(users: &[&[Outcome]], rival: Option<&Rival>, history: Range<usize>) -> Self {
        let inside = |o: &Outcome| history.contains(&o.history);
        let own = shares(users, &inside);
        let gain = rival.map(|rival| {
            let theirs = shares(&rival.users, &inside);
            let differences: Vec<Share> = own.iter().zip(theirs).map(less).collect();
            Gain {
                over: rival.name.to_owned(),
                ndcg_10: mean(&differences),
                ndcg_10_interval: interval(&differences),
            }
        });
        Self {
            from: history.start,
            choices: own.iter().map(|user| user.choices).sum(),
            ndcg_10: mean(&own),
            gain,
        }
    }
}

/// What each user adds to the mean NDCG@10 of some choices.
fn shares(users: &[&[Outcome]], inside: &dyn Fn(&Outcome) -> bool) -> Vec<Share> {
    let share = |user: &&[Outcome]| {
        let inside: Vec<f64> = user.iter().filter(|o| inside(o)).map(ndcg).collect();
        Share {
            sum: inside.iter().sum(),
            choices: inside.len(),
        }
    };
    users.iter().map(share).collect()
}

/// The difference on the same choices.
fn less((own, theirs): (&Share, Share)) -> Share {
    Share {
        sum: own.sum - theirs.sum,
        choices: own.choices,
    }
}

//! Prequential evaluation by full ranking: each choice is predicted before it is learned from.
//!
//! Every log is a fresh profile whose interactions arrive in order. Before each choice all items
//! that the profile has not settled are ranked, none left out, and the place of the chosen one
//! counts (ties at half). Metrics are means over choices:
//! NDCG@10 = 1/log2(place + 2) for places 0 to 9, HR@k and recall@k = share of places below k (they
//! coincide, as each list has one relevant item), MRR = mean of 1/(place + 1), coverage = share of
//! the catalogue that stood in some top ten. The log-likelihood of a choice is the logarithm of its
//! probability among all open items, in nats. Intervals are 95%, by bootstrap over users; gains are
//! paired by choice.

use std::ops::Range;

use crate::behaviour::ProfileId;
use crate::interval::{Share, interval, mean};
use crate::learn::Learner;
use crate::neighbours::Trace;
use crate::prior::Prior;
use crate::replay::{Contender, Outcome, Ranker, TOP, replay, replay_all};
use crate::signal::{Scope, Signal};
use crate::taste::World;
use crate::view::{Band, Gain, Scored};

/// Lengths of history at which a band begins.
const BANDS: [usize; 5] = [0, 1, 6, 21, 101];

/// How every ranker did on the same choices.
#[derive(Debug, Clone)]
pub struct Rankers {
    pub scored: Vec<Scored>,
    /// The contenders' names, and their outcomes by log.
    pub names: Vec<String>,
    pub outcomes: Vec<Vec<Vec<Outcome>>>,
}

impl Rankers {
    /// How many choices were predicted.
    pub fn choices(&self) -> usize {
        self.outcomes.iter().map(|user| user[0].len()).sum()
    }
}

/// Evaluates popularity, each scope's fixed prior and online weights, and every signal alone; and,
/// for each prior that was fitted without a signal, the online weights without it.
pub fn evaluate(
    world: World,
    logs: &[Vec<Trace>],
    prior: &Prior,
    without: &[(Signal, Prior)],
) -> Rankers {
    let mut contenders = contenders(prior, scopes(world));
    contenders.extend(Signal::ALL.map(|signal| Contender {
        name: format!("signal: {signal}"),
        over: None,
        ranker: Ranker::One(signal),
    }));
    ablations(world, without, &mut contenders);
    let outcomes = replay_all(world, logs, &contenders);
    let by_user =
        |at: usize| -> Vec<&[Outcome]> { outcomes.iter().map(|user| &user[at][..]).collect() };
    Rankers {
        scored: scored(&contenders, by_user, world.features.len()),
        names: contenders.iter().map(|c| c.name.clone()).collect(),
        outcomes,
    }
}

/// Evaluates popularity, the fixed prior and online weights on one profile's own log. As there is one
/// user, intervals are by bootstrap over choices.
pub fn evaluate_own(
    world: World,
    profile: ProfileId,
    log: &[Trace],
    prior: &Prior,
    scope: Scope,
) -> Vec<Scored> {
    let contenders = contenders(prior, &[scope]);
    let outcomes = replay(world, profile, log, &contenders);
    let by_choice = |at: usize| -> Vec<&[Outcome]> { outcomes[at].chunks(1).collect() };
    scored(&contenders, by_choice, world.features.len())
}

fn scored<'a>(
    contenders: &[Contender],
    outcomes: impl Fn(usize) -> Vec<&'a [Outcome]>,
    items: usize,
) -> Vec<Scored> {
    let scored = contenders.iter().enumerate().map(|(at, contender)| {
        let rival = contender.over.map(|over| Rival {
            name: &contenders[over].name,
            users: outcomes(over),
        });
        summary(contender.name.clone(), &outcomes(at), rival.as_ref(), items)
    });
    scored.collect()
}

/// The scopes that there is data for.
pub fn scopes(world: World) -> &'static [Scope] {
    if world.neighbours.is_empty() {
        &Scope::ALL[..1]
    } else {
        &Scope::ALL
    }
}

fn contenders(prior: &Prior, scopes: &[Scope]) -> Vec<Contender> {
    let mut all = vec![Contender {
        name: "popularity".to_owned(),
        over: None,
        ranker: Ranker::One(Signal::Popularity),
    }];
    for scope in scopes {
        let fixed = all.len();
        all.push(Contender {
            name: format!("{}: fixed prior", scope.label()),
            over: Some(0),
            ranker: Ranker::Fixed(Box::new(prior.weights(*scope))),
        });
        all.push(Contender {
            name: format!("{}: online weights", scope.label()),
            over: Some(fixed),
            ranker: Ranker::Online(Box::new(Learner::new(prior, *scope))),
        });
    }
    all
}

/// Online weights that never see a signal, compared with those of the same scope that do.
fn ablations(world: World, without: &[(Signal, Prior)], contenders: &mut Vec<Contender>) {
    for (at, scope) in scopes(world).iter().enumerate() {
        for (signal, prior) in without.iter().filter(|(s, _)| scope.includes(*s)) {
            let mut learner = Learner::new(prior, *scope);
            learner.pin(*signal, 0.0);
            contenders.push(Contender {
                name: format!("{} without {signal}", scope.label()),
                over: Some(2 + 2 * at),
                ranker: Ranker::Online(Box::new(learner)),
            });
        }
    }
}

/// What a ranker is compared with, user by user and choice by choice.
pub struct Rival<'a> {
    pub name: &'a str,
    pub users: Vec<&'a [Outcome]>,
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

/// NDCG@10 of a list with one relevant item, by its place from 0.
pub fn ndcg(place: usize) -> f64 {
    if place < TOP {
        1.0 / (place as f64 + 2.0).log2()
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
        Self {
            from: history.start,
            choices: choosing(users, &inside),
            ndcg_10: mean(&shares(users, &inside)),
            gain: rival.map(|rival| gain(users, rival, &inside)),
        }
    }
}

/// What is gained on a rival by some choices, the same of both.
pub fn gain(users: &[&[Outcome]], rival: &Rival, inside: &dyn Fn(&Outcome) -> bool) -> Gain {
    let both = likelihoods(users, inside).zip(likelihoods(&rival.users, inside));
    let log_likelihoods = both.map(|(own, theirs)| differences(&own, theirs));
    Gain {
        log_likelihood: log_likelihoods.as_deref().map(mean),
        log_likelihood_interval: log_likelihoods.as_deref().and_then(interval),
        ..paired(
            rival.name,
            &shares(users, inside),
            shares(&rival.users, inside),
        )
    }
}

/// What is gained on another in NDCG@10 by the same choices.
pub fn paired(over: &str, own: &[Share], theirs: Vec<Share>) -> Gain {
    let differences = differences(own, theirs);
    Gain {
        over: over.to_owned(),
        ndcg_10: mean(&differences),
        ndcg_10_interval: interval(&differences),
        log_likelihood: None,
        log_likelihood_interval: None,
    }
}

/// How many of the choices are inside.
pub fn choosing(users: &[&[Outcome]], inside: &dyn Fn(&Outcome) -> bool) -> usize {
    users
        .iter()
        .copied()
        .flatten()
        .filter(|o| inside(o))
        .count()
}

/// What each user adds to the mean NDCG@10 of some choices.
pub fn shares(users: &[&[Outcome]], inside: &dyn Fn(&Outcome) -> bool) -> Vec<Share> {
    sums(users, inside, &|o| ndcg(o.place))
}

/// What each user adds to the mean log-likelihood; nothing where a ranker has no weights.
fn likelihoods(users: &[&[Outcome]], inside: &dyn Fn(&Outcome) -> bool) -> Option<Vec<Share>> {
    let first = users.iter().copied().flatten().next();
    let has_weights = first.is_some_and(|o| o.log_likelihood.is_some());
    has_weights.then(|| sums(users, inside, &|o| o.log_likelihood.unwrap_or_default()))
}

fn sums(
    users: &[&[Outcome]],
    inside: &dyn Fn(&Outcome) -> bool,
    value: &dyn Fn(&Outcome) -> f64,
) -> Vec<Share> {
    let share = |user: &&[Outcome]| {
        let values: Vec<f64> = user.iter().filter(|o| inside(o)).map(value).collect();
        Share {
            sum: values.iter().sum(),
            choices: values.len(),
        }
    };
    users.iter().map(share).collect()
}

/// What each user adds to the mean difference on the same choices.
fn differences(own: &[Share], theirs: Vec<Share>) -> Vec<Share> {
    let less = |(own, theirs): (&Share, Share)| Share {
        sum: own.sum - theirs.sum,
        choices: own.choices,
    };
    own.iter().zip(theirs).map(less).collect()
}

//! The taste turn: how ranking recovers when a profile suddenly wants something else.
//!
//! A log turns when the first interactions of one user are followed by those of another. The choices
//! after the turn are judged three ways: at fixed weights, with weights that learn online, and with
//! weights that learn online in a profile that has only ever had the second taste, which is what
//! there is to recover.

use std::collections::HashSet;
use std::ops::Range;

use crate::evaluate::{Rival, choosing, gain, scopes, shares};
use crate::interval::mean;
use crate::learn::Learner;
use crate::neighbours::Trace;
use crate::prior::Prior;
use crate::replay::{Contender, Outcome, Ranker, replay_all};
use crate::signal::Scope;
use crate::taste::World;
use crate::view::{Turn, TurnStep, Turned};

/// Interactions after the turn at which a step begins; the last ends at [`LONGEST`].
const STEPS: [usize; 5] = [0, 5, 10, 20, 40];
/// How much of the second taste is replayed.
const LONGEST: usize = 80;

/// Evaluates every scope around a turn after so many interactions. Each log that is long enough turns
/// into the next such one.
pub fn turn(world: World, logs: &[Vec<Trace>], prior: &Prior, after: usize) -> Turn {
    let (turned, fresh) = turning(logs, after);
    let contenders: Vec<Contender> = scopes(world)
        .iter()
        .flat_map(|scope| contenders(prior, *scope))
        .collect();
    let before_and_after = replay_all(world, &turned, &contenders);
    let only_after = replay_all(world, &fresh, &contenders);
    let pick = |all: &[Vec<Vec<Outcome>>], at: usize, from: usize| -> Vec<Vec<Outcome>> {
        all.iter().map(|user| since(&user[at], from)).collect()
    };
    let scoped = scopes(world).iter().enumerate().map(|(at, scope)| {
        let fixed = pick(&before_and_after, 2 * at, after);
        let online = pick(&before_and_after, 2 * at + 1, after);
        let fresh = pick(&only_after, 2 * at + 1, 0);
        Turned {
            scope: *scope,
            before: before(&before_and_after, 2 * at + 1, after),
            all: step(&fixed, &online, &fresh, 0..LONGEST),
            steps: steps()
                .map(|range| step(&fixed, &online, &fresh, range))
                .collect(),
        }
    });
    Turn {
        after,
        users: turned.len(),
        scopes: scoped.collect(),
    }
}

fn contenders(prior: &Prior, scope: Scope) -> [Contender; 2] {
    let named = |name: &str, ranker| Contender {
        name: format!("{}: {name}", scope.label()),
        over: None,
        ranker,
    };
    [
        named("fixed prior", Ranker::Fixed(Box::new(prior.weights(scope)))),
        named(
            "online weights",
            Ranker::Online(Box::new(Learner::new(prior, scope))),
        ),
    ]
}

/// The logs that turn, and what comes after the turn in each by itself.
fn turning(logs: &[Vec<Trace>], after: usize) -> (Vec<Vec<Trace>>, Vec<Vec<Trace>>) {
    let long: Vec<&Vec<Trace>> = logs.iter().filter(|log| log.len() >= after).collect();
    let next = long.iter().cycle().skip(1);
    long.iter()
        .zip(next)
        .map(|(first, second)| {
            let first = &first[..after];
            let known: HashSet<_> = first.iter().map(|trace| trace.item).collect();
            let second: Vec<Trace> = second
                .iter()
                .filter(|trace| !known.contains(&trace.item))
                .take(LONGEST)
                .copied()
                .collect();
            ([first, &second].concat(), second)
        })
        .unzip()
}

/// The outcomes from a length of history on, counted from there.
fn since(outcomes: &[Outcome], from: usize) -> Vec<Outcome> {
    outcomes
        .iter()
        .filter(|o| o.history >= from)
        .map(|o| Outcome {
            history: o.history - from,
            ..*o
        })
        .collect()
}

/// NDCG@10 in the twenty interactions before the turn.
fn before(outcomes: &[Vec<Vec<Outcome>>], at: usize, after: usize) -> f64 {
    let users: Vec<&[Outcome]> = outcomes.iter().map(|user| &user[at][..]).collect();
    mean(&shares(&users, &|o| {
        (after.saturating_sub(20)..after).contains(&o.history)
    }))
}

fn steps() -> impl Iterator<Item = Range<usize>> {
    let ends = STEPS[1..].iter().copied().chain([LONGEST]);
    STEPS.into_iter().zip(ends).map(|(from, until)| from..until)
}

fn step(
    fixed: &[Vec<Outcome>],
    online: &[Vec<Outcome>],
    fresh: &[Vec<Outcome>],
    range: Range<usize>,
) -> TurnStep {
    let inside = |o: &Outcome| range.contains(&o.history);
    let [fixed, online, fresh] =
        [fixed, online, fresh].map(|users| users.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let over = |name, users: &[&[Outcome]]| {
        gain(
            &online,
            &Rival {
                name,
                users: users.to_vec(),
            },
            &inside,
        )
    };
    TurnStep {
        from: range.start,
        until: range.end,
        choices: choosing(&online, &inside),
        fixed: mean(&shares(&fixed, &inside)),
        online: mean(&shares(&online, &inside)),
        fresh: mean(&shares(&fresh, &inside)),
        over_fixed: over("fixed prior", &fixed),
        over_fresh: over("only the second taste", &fresh),
    }
}

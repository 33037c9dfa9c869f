//! Priors that are trained on planted files: what is learned, and what holds of any of them.

use std::fmt::Write as _;
use std::path::Path;

use curio_engine::Watch;
use curio_engine::prior::Prior;
use curio_engine::signal::{Scope, Signal};
use curio_engine::trial::Trial;

use super::{Bench, catalogue, log, near};

#[test]
fn a_planted_taste_is_learned() {
    // Eighty people who like comedies only, from the least popular up.
    let people: Vec<String> = (0..80).map(|n| format!("p{n}")).collect();
    let mut rows: Vec<(&str, usize, f64)> = Vec::new();
    for (n, person) in people.iter().enumerate() {
        for step in 0..10 {
            rows.push((person, 29 - 2 * ((step + n) % 13), 5.0));
        }
    }
    let bench = Bench::new(&catalogue(), &log(&rows));
    let (training, prior) = bench.train(&bench.trial());
    let (fit, choosing) = (training.train, training.validation);
    assert_eq!(fit + choosing + training.test, 800);
    assert!(fit > 4 * choosing && choosing > 0 && training.test > 0);
    assert!(training.better, "than the shipped prior: {training:?}");
    assert!(
        !training.adopted,
        "what is written to a file is not adopted"
    );
    let weights = prior.weights(Scope::Alone);
    let alone = |signal: Signal| weights[signal.index()];
    let genre = alone(Signal::Genre) + alone(Signal::GenreLately);
    assert!(genre > 1.0, "they choose by genre: {genre}");
    assert_eq!(
        alone(Signal::Popularity),
        0.0,
        "and against what is popular"
    );
    assert_eq!(
        alone(Signal::Language),
        0.0,
        "nothing speaks for a language"
    );
    assert_eq!(bench.train(&bench.trial()).1, prior, "training replays");
    let refused = Bench::new(&catalogue(), &log(&[("ann", 99, 5.0)]));
    assert!(
        refused
            .engine
            .train_files(&refused.trial(), Path::new("nowhere"), &Watch::NONE)
            .is_err()
    );
}

/// What a prior gives an empty log: the signals that speak for good, and the sums of those that fade.
fn newcomer(prior: &Prior, scope: Scope) -> [f64; 4] {
    let w = prior.weights(scope);
    let weight = |signal: Signal| w[signal.index()];
    [
        weight(Signal::Popularity) + weight(Signal::PopularityNewcomer),
        weight(Signal::Quality) + weight(Signal::QualityNewcomer),
        weight(Signal::Fresh),
        weight(Signal::Upcoming),
    ]
}

fn same_for_newcomers(prior: &Prior) {
    for scope in Scope::ALL {
        let alone = newcomer(prior, Scope::Alone);
        for (here, alone) in newcomer(prior, scope).into_iter().zip(alone) {
            near(here, alone);
        }
        let weights = prior.weights(scope);
        for signal in [Signal::PopularityNewcomer, Signal::QualityNewcomer] {
            assert!(weights[signal.index()] >= 0.0, "{scope:?}: {signal}");
        }
    }
}

#[test]
fn company_weighs_an_empty_log_as_alone_does() {
    same_for_newcomers(&Prior::shipped().unwrap());
    // Popular films first, and then, against what is popular, what the neighbours like together.
    let people: Vec<String> = (0..60).map(|n| format!("p{n}")).collect();
    let mut rows: Vec<(&str, usize, f64)> = Vec::new();
    for (n, person) in people.iter().enumerate() {
        for step in 0..8 {
            let popular = (step + n % 3) % 10;
            let apart = 10 + (n % 4) * 5 + step % 5;
            rows.push((person, if step < 3 { popular } else { apart }, 5.0));
        }
    }
    let shunned: Vec<_> = rows.iter().map(|(p, i, s)| (*p, 29 - i, *s)).collect();
    for (popularity, rows) in [("rewarded", &rows), ("shunned", &shunned)] {
        let bench = Bench::new(&catalogue(), &log(rows));
        let trial = Trial {
            neighbours: Some(bench.folder.path().join("log.csv")),
            ..bench.trial()
        };
        let (_, prior) = bench.train(&trial);
        let company = prior.weights(Scope::Company);
        let together =
            company[Signal::CompanyItem.index()] + company[Signal::CompanyKindred.index()];
        assert!(together > 0.0, "popularity {popularity}: {company:?}");
        same_for_newcomers(&prior);
    }
}

#[test]
fn what_an_action_is_worth_is_learned_where_it_is_done_often() {
    // Everyone opens two films of a genre, likes one of that genre, and turns to the other.
    let mut log = "profile,item_id,action,at\n".to_owned();
    for person in 0..40 {
        for step in 0..10 {
            let day = format!("2024-{:02}-{:02}", 1 + step, 1 + person % 28);
            for (hour, action) in ["open", "open", "like"].into_iter().enumerate() {
                let of_genre = (step * 7 + person * 11 + 4 * hour) % 15;
                let item = (step + person) % 2 + 2 * of_genre;
                let _ = writeln!(log, "p{person},{item},{action},{day}T0{hour}:00:00Z");
            }
        }
    }
    let bench = Bench::new(&catalogue(), &log);
    let (training, prior) = bench.train(&bench.trial());
    let scale = |name: &str| training.scales.iter().find(|s| s.scale == name).unwrap();
    assert!(scale("open").after > scale("open").before, "{training:?}");
    assert!((prior.scales().open - scale("open").after).abs() < 1e-6);
    for nobody in ["view", "comment", "finish"] {
        assert!((scale(nobody).after - scale(nobody).before).abs() < 1e-6);
    }
}

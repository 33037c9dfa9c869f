//! Evaluation and training on planted files, whose places, metrics and signs are known beforehand.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use curio_engine::prior::Prior;
use curio_engine::signal::{Scope, Signal};
use curio_engine::trial::Trial;
use curio_engine::view::{Evaluation, Scored};
use curio_engine::{Engine, Settings, Watch};
use tempfile::TempDir;

struct Bench {
    engine: Engine,
    folder: TempDir,
}

impl Bench {
    fn new(catalogue: &str, log: &str) -> Self {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("catalogue.csv"), catalogue).unwrap();
        fs::write(folder.path().join("log.csv"), log).unwrap();
        let engine = Engine::open(Settings {
            data: folder.path().join("data"),
            models: folder.path().join("models"),
            encoder: "english".to_owned(),
        });
        Self {
            engine: engine.unwrap(),
            folder,
        }
    }

    fn trial(&self) -> Trial {
        let file = |name: &str| -> PathBuf { self.folder.path().join(name) };
        Trial {
            catalog: file("catalogue.csv"),
            interactions: file("log.csv"),
            neighbours: None,
            prior: None,
            limit: usize::MAX,
            seed: 1,
            ablate: false,
            choices: None,
        }
    }

    fn evaluate(&self) -> Evaluation {
        self.engine.evaluate(&self.trial(), &Watch::NONE).unwrap()
    }
}

/// Thirty films, each less popular than the one before, alternately drama and comedy.
fn catalogue() -> String {
    let mut text = "id,title,genres,popularity\n".to_owned();
    for n in 0..30 {
        let genre = if n % 2 == 0 { "Drama" } else { "Comedy" };
        let _ = writeln!(text, "{n},Film {n},{genre},{}", 1_000 - 30 * n);
    }
    text
}

fn log(rows: &[(&str, usize, f64)]) -> String {
    let mut text = "profile,item_id,rating,timestamp\n".to_owned();
    for (second, (who, item, stars)) in rows.iter().enumerate() {
        let _ = writeln!(text, "{who},{item},{stars},{}", 1_000_000_000 + second);
    }
    text
}

fn ranker<'a>(evaluation: &'a Evaluation, name: &str) -> &'a Scored {
    let found = evaluation.rankers.iter().find(|r| r.name == name);
    found.unwrap_or_else(|| panic!("no ranker {name}"))
}

fn near(is: f64, should: f64) {
    assert!((is - should).abs() < 1e-12, "{is} is not {should}");
}

#[test]
fn metrics_are_those_of_known_places() {
    // The third of thirty, then the fifteenth, which one that is gone stood before: places 2 and 13.
    let bench = Bench::new(&catalogue(), &log(&[("ann", 2, 5.0), ("ann", 14, 4.5)]));
    let evaluation = bench.evaluate();
    assert_eq!((evaluation.choices, evaluation.users), (2, 1));
    assert_eq!((evaluation.items, evaluation.skipped), (30, 0));
    let popularity = ranker(&evaluation, "popularity");
    near(popularity.ndcg_10, 0.5 / 2.0);
    near(popularity.hr_10, 0.5);
    near(popularity.mrr, f64::midpoint(1.0 / 3.0, 1.0 / 14.0));
    near(popularity.hr_50, 1.0);
    near(popularity.recall_50, 1.0);
    near(popularity.coverage, 11.0 / 30.0);
    let first = &popularity.by_history[0];
    assert_eq!((first.from, first.choices), (0, 1));
    near(first.ndcg_10, 0.5);
    near(popularity.by_history[1].ndcg_10, 0.0);
    assert_eq!(popularity.ndcg_10_interval, None, "one user tells nothing");
    assert_eq!(popularity.gain, None);
}

#[test]
fn a_gain_is_the_difference_on_the_same_choices() {
    let rows = log(&[("ann", 2, 5.0), ("ann", 14, 4.5), ("bob", 20, 5.0)]);
    let evaluation = Bench::new(&catalogue(), &rows).evaluate();
    let (fixed, online) = (
        ranker(&evaluation, "alone: fixed prior"),
        ranker(&evaluation, "alone: online weights"),
    );
    let gain = fixed.gain.as_ref().unwrap();
    assert_eq!(gain.over, "popularity");
    near(
        gain.ndcg_10,
        fixed.ndcg_10 - ranker(&evaluation, "popularity").ndcg_10,
    );
    let gain = online.gain.as_ref().unwrap();
    assert_eq!(gain.over, fixed.name);
    near(gain.ndcg_10, online.ndcg_10 - fixed.ndcg_10);
    // Nothing is learned before the first choice.
    near(online.by_history[0].gain.as_ref().unwrap().ndcg_10, 0.0);
}

#[test]
fn equal_scores_count_half_of_those_they_share_a_place_with() {
    let bench = Bench::new(&catalogue(), &log(&[("ann", 2, 5.0)]));
    let evaluation = bench.evaluate();
    // Nothing is known of languages: all thirty are equal, and fourteen stand before.
    near(ranker(&evaluation, "signal: language").mrr, 1.0 / 15.0);
}

#[test]
fn what_was_not_liked_is_no_choice_but_leaves_the_candidates() {
    let bench = Bench::new(&catalogue(), &log(&[("ann", 0, 1.0), ("ann", 1, 5.0)]));
    let evaluation = bench.evaluate();
    assert_eq!(evaluation.choices, 1);
    near(ranker(&evaluation, "popularity").mrr, 1.0);
}

#[test]
fn rows_that_cannot_be_used_are_counted() {
    let rows = log(&[("ann", 99, 5.0), ("ann", 1, 5.0)]);
    let evaluation = Bench::new(&catalogue(), &rows).evaluate();
    assert_eq!((evaluation.choices, evaluation.skipped), (1, 1));
}

#[test]
fn a_planted_taste_is_learned() {
    // Forty people who like comedies only, from the least popular up.
    let people: Vec<String> = (0..40).map(|n| format!("p{n}")).collect();
    let mut rows: Vec<(&str, usize, f64)> = Vec::new();
    for (n, person) in people.iter().enumerate() {
        for step in 0..10 {
            rows.push((person, 29 - 2 * ((step + n) % 13), 5.0));
        }
    }
    let bench = Bench::new(&catalogue(), &log(&rows));
    let trained = bench.engine.train(&bench.trial(), &Watch::NONE).unwrap();
    let [fit, choosing, reporting] = trained.choices;
    assert_eq!(fit + choosing + reporting, 400);
    assert!(fit > 4 * choosing && choosing > 0 && reporting > 0);
    let weights = trained.prior.weights(Scope::Alone);
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
    let again = bench.engine.train(&bench.trial(), &Watch::NONE).unwrap();
    assert_eq!(again.prior, trained.prior, "training replays");
    let refused = Bench::new(&catalogue(), &log(&[("ann", 99, 5.0)]));
    assert!(
        refused
            .engine
            .train(&refused.trial(), &Watch::NONE)
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
        let trained = bench.engine.train(&trial, &Watch::NONE).unwrap();
        let company = trained.prior.weights(Scope::Company);
        let together =
            company[Signal::CompanyItem.index()] + company[Signal::CompanyKindred.index()];
        assert!(together > 0.0, "popularity {popularity}: {company:?}");
        same_for_newcomers(&trained.prior);
    }
}

//! Evaluation and training on planted files, whose places, metrics and signs are known beforehand.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

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
    // One user drawn again and again is always the same one.
    assert_eq!(popularity.ndcg_10_interval, [0.25, 0.25]);
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
    let [low, high] = gain.ndcg_10_interval;
    assert!(low <= gain.ndcg_10 && gain.ndcg_10 <= high);
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
    let json: serde_json::Value = serde_json::from_str(&trained.prior.to_json()).unwrap();
    let alone = |signal: &str| {
        let rows = json["signals"].as_array().unwrap();
        let row = rows.iter().find(|row| row["signal"] == signal).unwrap();
        row["alone"].as_f64().unwrap()
    };
    let genre = alone("genre") + alone("genre_lately");
    assert!(genre > 1.0, "they choose by genre: {genre}");
    assert_eq!(alone("popularity"), 0.0, "and against what is popular");
    assert_eq!(alone("language"), 0.0, "nothing speaks for a language");
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

//! Evaluation on planted files, whose places, metrics and signs are known beforehand.

mod priors;

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use curio_engine::prior::Prior;
use curio_engine::trial::Trial;
use curio_engine::view::{Evaluation, Scored, Training};
use curio_engine::{Engine, ImportOptions, Watch};
use tempfile::TempDir;

use crate::opened::open;

struct Bench {
    engine: Engine,
    folder: TempDir,
}

impl Bench {
    fn new(catalogue: &str, log: &str) -> Self {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("catalogue.csv"), catalogue).unwrap();
        fs::write(folder.path().join("log.csv"), log).unwrap();
        let engine = open(folder.path());
        Self { engine, folder }
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

    fn train(&self, trial: &Trial) -> (Training, Prior) {
        let out = self.folder.path().join("prior.json");
        let training = self.engine.train_files(trial, &out, &Watch::NONE).unwrap();
        let prior = Prior::from_json(&fs::read_to_string(out).unwrap()).unwrap();
        (training, prior)
    }

    fn evaluate(&self) -> Evaluation {
        self.engine.evaluate(&self.trial(), &Watch::NONE).unwrap()
    }
}

/// Thirty films, each less popular than the one before, alternately drama and comedy.
pub fn catalogue() -> String {
    let mut text = "id,title,genres,popularity\n".to_owned();
    for n in 0..30 {
        let genre = if n % 2 == 0 { "Drama" } else { "Comedy" };
        let _ = writeln!(text, "{n},Film {n},{genre},{}", 1_000 - 30 * n);
    }
    text
}

pub fn log(rows: &[(&str, usize, f64)]) -> String {
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

/// People who like one genre: comedies where `comedy` says so, else dramas.
fn devoted(people: &[String], comedy: impl Fn(usize) -> bool) -> Vec<(&str, usize, f64)> {
    let mut rows = Vec::new();
    for (n, person) in people.iter().enumerate() {
        for step in 0..10 {
            let film = 2 * ((step * 7 + n) % 15) + usize::from(comedy(n));
            rows.push((person.as_str(), film, 5.0));
        }
    }
    rows
}

#[test]
fn every_choice_is_written_with_its_place() {
    let bench = Bench::new(&catalogue(), &log(&[("ann", 2, 5.0), ("ann", 14, 4.5)]));
    let choices = bench.folder.path().join("choices.csv");
    let trial = Trial {
        choices: Some(choices.clone()),
        ..bench.trial()
    };
    bench.engine.evaluate(&trial, &Watch::NONE).unwrap();
    let text = fs::read_to_string(choices).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "ranker,user,history,item,place");
    assert_eq!(
        lines[1..3],
        ["popularity,ann,0,2,2", "popularity,ann,1,14,13"]
    );
    assert_eq!(
        lines.len(),
        1 + 3 * 2,
        "popularity, fixed and online: {text}"
    );
}

#[test]
fn leaving_out_a_signal_tells_what_it_is_worth() {
    let people: Vec<String> = (0..24).map(|n| format!("p{n}")).collect();
    let bench = Bench::new(&catalogue(), &log(&devoted(&people, |n| n % 2 == 0)));
    let trial = Trial {
        ablate: true,
        prior: Some(bench.folder.path().join("log.csv")),
        ..bench.trial()
    };
    let evaluation = bench.engine.evaluate(&trial, &Watch::NONE).unwrap();
    let without = evaluation.rankers.iter().filter_map(|ranker| {
        let signal = ranker.name.strip_prefix("alone without ")?;
        let gain = ranker.gain.as_ref().unwrap();
        assert_eq!(gain.over, "alone: online weights");
        Some((signal, gain.ndcg_10))
    });
    let lost: Vec<(&str, f64)> = without.collect();
    assert_eq!(lost.len(), 27, "the signals that need no company");
    let worst = lost.iter().min_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
    assert!(
        worst.0.starts_with("popularity") && worst.1 < -0.01,
        "{lost:?}"
    );
    for told_nothing in ["language", "keyword", "meaning"] {
        assert!(
            lost.contains(&(told_nothing, 0.0)),
            "{told_nothing}: {lost:?}"
        );
    }
}

#[test]
fn a_turn_is_measured_against_fixed_weights_and_against_who_never_turned() {
    let people: Vec<String> = (0..12).map(|n| format!("p{n}")).collect();
    let bench = Bench::new(&catalogue(), &log(&devoted(&people, |n| n % 2 == 0)));
    let turn = bench
        .engine
        .evaluate_turn(&bench.trial(), 10, &Watch::NONE)
        .unwrap();
    assert_eq!((turn.after, turn.users), (10, 12));
    let [alone] = &turn.scopes[..] else {
        panic!("{turn:?}")
    };
    let choices: usize = alone.steps.iter().map(|step| step.choices).sum();
    assert_eq!(
        (choices, alone.all.choices),
        (120, 120),
        "no film is in both tastes"
    );
    let mean: f64 = alone
        .steps
        .iter()
        .map(|s| s.online * s.choices as f64)
        .sum();
    near(alone.all.online, mean / 120.0);
    near(
        alone.all.over_fixed.ndcg_10,
        alone.all.online - alone.all.fixed,
    );
    near(
        alone.all.over_fresh.ndcg_10,
        alone.all.online - alone.all.fresh,
    );
    let first = &alone.steps[0];
    assert!(
        first.online < first.fresh,
        "the old taste is in the way: {first:?}"
    );
    let too_long = bench.engine.evaluate_turn(&bench.trial(), 11, &Watch::NONE);
    assert!(
        too_long
            .unwrap_err()
            .to_string()
            .contains("11 interactions")
    );
}

#[test]
fn a_profile_is_evaluated_on_its_own_log_as_from_a_file() {
    let rows = log(&[
        ("ann", 1, 5.0),
        ("ann", 3, 5.0),
        ("ann", 5, 2.0),
        ("ann", 7, 4.0),
    ]);
    let bench = Bench::new(&catalogue(), &rows);
    for file in ["catalogue.csv", "log.csv"] {
        let file = bench.folder.path().join(file);
        let options = ImportOptions::default();
        bench
            .engine
            .import(&file, &options, 0, &Watch::NONE)
            .unwrap();
    }
    let ann = bench.engine.find_profile("ann").unwrap();
    let own = bench.engine.evaluate_profile(ann).unwrap();
    assert_eq!((own.choices, own.users, own.items), (3, 1, 30));
    let files = bench.evaluate();
    for scored in &own.rankers {
        let from_files = ranker(&files, &scored.name);
        near(scored.ndcg_10, from_files.ndcg_10);
        near(scored.mrr, from_files.mrr);
        assert_eq!(scored.ndcg_10_interval, None, "three choices tell nothing");
    }
}

#[test]
fn intervals_hold_the_true_weights_about_as_often_as_they_claim() {
    let mut films = "id,title,year,genres,cast,popularity\n".to_owned();
    for n in 0..300 {
        let genre = ["Drama", "Comedy", "Crime", "Western", "War"][n * 7 % 5];
        let year = 1940 + n * 13 % 80;
        let popularity = 1 + n * 37 % 1_000;
        let _ = writeln!(
            films,
            "{n},Film {n},{year},{genre},Actor {},{popularity}",
            n * 11 % 23
        );
    }
    let mut profiles = "profile,item_id,rating,timestamp\n".to_owned();
    for n in 0..60 {
        let _ = writeln!(profiles, "someone {n},{n},5,1000000000");
    }
    let bench = Bench::new(&films, &profiles);
    let found = bench
        .engine
        .evaluate_intervals(&bench.trial(), &Watch::NONE);
    let found = found.unwrap();
    assert_eq!(
        (found.profiles, found.items, found.scopes.len()),
        (60, 300, 1)
    );
    for held in &found.scopes[0].steps {
        assert!((0.75..0.92).contains(&held.within_80), "{held:?}");
        assert!((0.92..0.995).contains(&held.within_95), "{held:?}");
    }
    let again = bench
        .engine
        .evaluate_intervals(&bench.trial(), &Watch::NONE);
    assert_eq!(
        again.unwrap(),
        found,
        "the same seed draws the same profiles"
    );
}

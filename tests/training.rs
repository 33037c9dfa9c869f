//! Training on the profiles of a machine: adopted where it predicts better, refused where it does not.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use curio_engine::prior::Prior;
use curio_engine::signal::{Scope, Signal};
use curio_engine::store::Store;
use curio_engine::view::{ExportFormat, WeightView};
use curio_engine::{Engine, ImportOptions, Watch};
use tempfile::TempDir;

use crate::opened::open;

/// Sixty films of three genres, none better known than another.
fn catalogue() -> String {
    let mut text = "id,title,genres,year\n".to_owned();
    for n in 0..60 {
        let genre = ["Drama", "Comedy", "Western"][n % 3];
        let _ = writeln!(text, "{n},Film {n},{genre},{}", 1990 + n % 7);
    }
    text
}

/// What the store keeps of a training.
fn kept(folder: &Path) -> Option<String> {
    let (store, _) = Store::open(&folder.join("data")).unwrap();
    store.get_setting("prior").unwrap()
}

fn keep(folder: &Path, prior: &str) {
    let (store, _) = Store::open(&folder.join("data")).unwrap();
    store.set_setting("prior", prior).unwrap();
}

/// A household of `people` who each like twelve films, which one `item` says.
fn household(folder: &Path, people: usize, item: impl Fn(usize, usize) -> usize) -> Engine {
    let mut log = "profile,item_id,action,at\n".to_owned();
    for person in 0..people {
        for step in 0..12 {
            let day = format!("2024-{:02}-{:02}", 1 + step, 1 + person);
            let _ = writeln!(log, "p{person},{},like,{day}", item(person, step));
        }
    }
    let engine = open(folder);
    for (name, text) in [("catalogue.csv", catalogue()), ("log.csv", log)] {
        let file = folder.join(name);
        fs::write(&file, text).unwrap();
        let options = ImportOptions::default();
        let done = engine.import(&file, &options, 0, &Watch::NONE).unwrap();
        assert_eq!(done.rejected, 0, "{done:?}");
    }
    engine
}

/// Each keeps to one genre.
fn of_one_genre(person: usize, step: usize) -> usize {
    person % 3 + 3 * ((step * 7 + person) % 20)
}

fn genre(engine: &Engine) -> WeightView {
    let profile = engine.find_profile("p0").unwrap();
    let weights = engine.weights(profile, false).unwrap().weights;
    weights
        .into_iter()
        .find(|w| w.signal == Signal::Genre)
        .unwrap()
}

#[test]
fn a_prior_that_predicts_better_is_adopted_kept_and_can_be_forgotten() {
    let folder = TempDir::new().unwrap();
    let engine = household(folder.path(), 12, of_one_genre);
    let shipped = genre(&engine);
    let training = engine.train(1, &Watch::NONE).unwrap();
    assert!(training.adopted && engine.status().trained, "{training:?}");
    assert!(training.scopes.iter().any(|scope| scope.saved > 0.1));
    let learned = genre(&engine);
    assert!(
        learned.prior > shipped.prior,
        "{learned:?} after {shipped:?}"
    );

    drop(engine);
    let engine = open(folder.path());
    assert_eq!(genre(&engine), learned, "it is there after a restart");
    assert!(engine.status().trained);
    engine.forget_training().unwrap();
    assert_eq!(genre(&engine), shipped);
    assert!(!engine.status().trained);
    engine.forget_training().unwrap();
    drop(engine);
    assert_eq!(genre(&open(folder.path())), shipped);
}

#[test]
fn people_who_were_learned_from_before_are_counted_once() {
    let folder = TempDir::new().unwrap();
    let engine = household(folder.path(), 12, of_one_genre);
    assert!(engine.train(1, &Watch::NONE).unwrap().adopted);
    drop(engine);

    // The weights of the prior that ships, so that the same is learned again; but how far these people
    // lie from them is believed already.
    let learned = kept(folder.path()).unwrap();
    let prior = Prior::from_json(&learned).unwrap();
    let believed = Scope::ALL.map(|scope| *prior.deviations(scope));
    let shipped = Prior::shipped().unwrap();
    assert_ne!(believed, Scope::ALL.map(|scope| *shipped.deviations(scope)));
    keep(folder.path(), &shipped.with_deviations(believed).to_json());

    let engine = open(folder.path());
    assert!(engine.train(1, &Watch::NONE).unwrap().adopted);
    drop(engine);
    assert_eq!(kept(folder.path()).unwrap(), learned);
}

#[test]
fn what_was_learned_goes_wherever_the_logs_go() {
    let folder = TempDir::new().unwrap();
    let engine = household(folder.path(), 12, of_one_genre);
    let shipped = genre(&engine);
    assert!(engine.train(1, &Watch::NONE).unwrap().adopted);
    let learned = genre(&engine);
    assert_ne!(learned, shipped);
    let archive = folder.path().join("all.zip");
    engine.backup(&archive, 0).unwrap();
    let lines = engine
        .export(folder.path(), ExportFormat::Jsonl, None)
        .unwrap();

    let other = TempDir::new().unwrap();
    let restored = household(other.path(), 2, |_, step| step);
    restored.restore(&archive, 0).unwrap();
    assert_eq!(genre(&restored), learned);
    assert!(restored.status().trained);

    let empty = TempDir::new().unwrap();
    let told = open(empty.path());
    told.import(
        Path::new(&lines.path),
        &ImportOptions::default(),
        0,
        &Watch::NONE,
    )
    .unwrap();
    assert_eq!(genre(&told), learned);

    // And what was not trained takes the place of what was.
    engine.forget_training().unwrap();
    engine.backup(&archive, 1).unwrap();
    restored.restore(&archive, 1).unwrap();
    assert_eq!(genre(&restored), shipped);
}

#[test]
fn what_may_be_noise_is_refused_with_its_figures() {
    let folder = TempDir::new().unwrap();
    let engine = household(folder.path(), 2, |person, step| {
        person + 3 * ((step * 7) % 20)
    });
    let before = genre(&engine);
    let training = engine.train(1, &Watch::NONE).unwrap();
    assert!(!training.better && !training.adopted, "{training:?}");
    assert_eq!(
        (training.train, training.validation, training.scopes.len()),
        (20, 2, 3)
    );
    for scope in &training.scopes {
        assert!(scope.validation_loss > 0.0);
        assert_eq!(scope.saved_interval, None, "two choices tell nothing");
    }
    assert_eq!(genre(&engine), before);
    assert!(!engine.status().trained);
    drop(engine);
    assert_eq!(kept(folder.path()), None);
}

#[test]
fn a_prior_that_cannot_be_read_is_told_and_the_shipped_one_serves() {
    let folder = TempDir::new().unwrap();
    let engine = household(folder.path(), 2, |_, step| step);
    let shipped = genre(&engine);
    drop(engine);
    keep(folder.path(), "{\"version\":");
    let engine = open(folder.path());
    let notices = engine.status().notices;
    assert!(
        notices
            .iter()
            .any(|said| said.contains("what was trained here is lost")),
        "{notices:?}"
    );
    assert_eq!(genre(&engine), shipped);
}

#[test]
fn without_a_choice_there_is_nothing_to_train_on() {
    let folder = TempDir::new().unwrap();
    let engine = household(folder.path(), 0, |_, step| step);
    let refused = engine.train(1, &Watch::NONE).unwrap_err();
    assert!(refused.to_string().contains("no choice"), "{refused}");
}

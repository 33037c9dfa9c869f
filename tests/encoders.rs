//! A change of encoder, made with the real ones: the old serves to the last bit until the new is whole.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use curio_engine::behaviour::Action;
use curio_engine::catalogue::ItemId;
use curio_engine::view::{Encoded, EncoderView, Imported, Making, Progress, Request, Status};
use curio_engine::{Engine, ErrorKind, ImportOptions, Result, Settings, Watch};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::encoder::models;

/// 2026-01-02 03:04:05 UTC.
pub const AT: i64 = 1_767_323_045_000;

/// What a sudden end may lose.
pub const GROUP: u64 = 256;

pub fn open_with(data: &Path, encoder: Option<&str>) -> Engine {
    let settings = Settings {
        data: data.to_owned(),
        models: models(),
        encoder: encoder.map(str::to_owned),
    };
    Engine::open(settings).unwrap_or_else(|error| panic!("{}", error.chain()))
}

pub fn open(data: &Path) -> Engine {
    open_with(data, None)
}

pub fn import(engine: &Engine, file: &Path) -> Imported {
    let imported = engine.import(file, &ImportOptions::default(), AT, &Watch::NONE);
    imported.unwrap_or_else(|error| panic!("{}", error.chain()))
}

/// A CSV file of films with short texts, quickly encoded: two texts each.
pub fn films(folder: &Path, name: &str, numbers: std::ops::Range<usize>) -> PathBuf {
    const ABOUT: [&str; 5] = [
        "trains",
        "the sea",
        "a lost letter",
        "winter",
        "two sisters",
    ];
    let rows: String = numbers
        .map(|n| {
            let (about, year) = (ABOUT[n % 5], 1950 + n % 70);
            format!("f{n},Film {n},{year},Drama,A story of {about} number {n}\n")
        })
        .collect();
    let path = folder.join(name);
    fs::write(&path, format!("id,title,year,genres,description\n{rows}")).unwrap();
    path
}

/// A folder of `n` films that are encoded by the English encoder, chosen in it.
pub fn english(n: usize) -> (TempDir, Engine) {
    let folder = TempDir::new().unwrap();
    let engine = open(&folder.path().join("data"));
    engine.choose_encoder("english").unwrap();
    import(&engine, &films(folder.path(), "films.csv", 0..n));
    furnish(&engine);
    (folder, engine)
}

/// A profile with a few likes.
pub fn furnish(engine: &Engine) {
    let ann = engine.add_profile("Ann").unwrap().id;
    for (n, item) in [3, 40, 77, 101].into_iter().enumerate() {
        let action = if n == 2 {
            Action::Dislike
        } else {
            Action::Like
        };
        let at = AT + n as i64;
        engine
            .record(ann, ItemId(item), action, "test", "", at)
            .unwrap();
    }
}

/// All that an encoder has a say in, to the last bit.
pub fn answers(engine: &Engine) -> String {
    let ann = engine.find_profile("Ann").unwrap();
    let request = Request {
        n: 60,
        ..Request::default()
    };
    // One word each: the index adds up several in an order that its segments decide.
    let searches = ["sea", "machines", "爱情", "winter"];
    let similar = [0, 50, 119].map(|item| engine.similar(ItemId(item), 15).unwrap());
    let searches = searches.map(|words| engine.search(words, None, 20).unwrap());
    json!([
        engine.recommend(ann, &request, AT).unwrap(),
        engine.rows(ann, &request, AT).unwrap(),
        engine.weights(ann, true).unwrap(),
        searches,
        similar,
    ])
    .to_string()
}

/// Encodes; `each` hears of every group and says whether to go on.
pub fn encode(engine: &Engine, each: impl Fn(Progress) -> bool + Sync) -> Result<Encoded> {
    let stop = AtomicBool::new(false);
    engine.encode(&Watch {
        progress: &|progress| {
            if !each(progress) {
                stop.store(true, Ordering::SeqCst);
            }
        },
        cancelled: &|| stop.load(Ordering::SeqCst),
    })
}

pub fn making(engine: &Engine) -> Option<Making> {
    engine.status().encoder.making
}

pub fn serves(engine: &Engine) -> String {
    engine.status().encoder.name
}

pub fn view<'a>(encoders: &'a [EncoderView], name: &str) -> &'a EncoderView {
    encoders.iter().find(|one| one.name == name).unwrap()
}

#[test]
fn the_old_encoder_serves_to_the_last_bit_until_the_new_one_is_whole() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let fill = |engine: &Engine| {
        for file in ["films.csv", "books.csv", "music.csv", "games.csv"] {
            let imported = import(engine, &samples.join(file));
            assert_eq!(imported.unencoded, 0, "{file}");
        }
        furnish(engine);
    };
    let engine = open(&data);
    engine.choose_encoder("english").unwrap();
    fill(&engine);
    let old = answers(&engine);
    assert_eq!(making(&engine), None);

    let encoders = engine.choose_encoder("multilingual").unwrap();
    let texts = view(&encoders, "english").texts;
    let states = ["english", "multilingual"].map(|name| {
        let one = view(&encoders, name);
        (one.installed, one.serves, one.chosen, one.encoded)
    });
    assert_eq!(states, [(true, true, false, texts), (true, false, true, 0)]);
    assert_eq!(answers(&engine), old, "only chosen");

    // Lists are made between the groups, and stopping stops after one more.
    let stopped = encode(&engine, |progress| {
        assert_eq!(progress.total, Some(texts));
        if progress.done.is_multiple_of(GROUP) {
            assert_eq!(answers(&engine), old, "at {} of {texts}", progress.done);
        }
        progress.done < 2 * GROUP
    })
    .unwrap();
    assert!(stopped.cancelled && !stopped.switched, "{stopped:?}");
    assert_eq!(stopped.encoded + stopped.unencoded, texts);
    assert!(
        stopped.encoded >= 2 * GROUP && stopped.unencoded > 0,
        "{stopped:?}"
    );
    assert_eq!(answers(&engine), old, "stopped");

    drop(engine);
    let engine = open(&data);
    assert_eq!(answers(&engine), old, "opened again");
    let half = Making {
        name: "multilingual".into(),
        done: stopped.encoded,
        total: texts,
    };
    assert_eq!(making(&engine), Some(half));

    let done = encode(&engine, |_| true).unwrap();
    assert_eq!(done.encoded, stopped.unencoded, "only what was left");
    assert!(
        done.switched && !done.cancelled && done.unencoded == 0,
        "{done:?}"
    );
    assert_eq!(
        (serves(&engine), making(&engine)),
        ("multilingual".into(), None)
    );
    let new = answers(&engine);
    assert_ne!(new, old);
    let other = TempDir::new().unwrap();
    let fresh = open(&other.path().join("data"));
    fill(&fresh);
    assert_eq!(answers(&fresh), new, "as if it had been so from the start");

    // Going back and forth takes nothing but the choice, and lasts.
    engine.choose_encoder("english").unwrap();
    assert_eq!((serves(&engine), making(&engine)), ("english".into(), None));
    assert_eq!(answers(&engine), old);
    engine.choose_encoder("multilingual").unwrap();
    assert_eq!(answers(&engine), new);
    drop(engine);
    let engine = open(&data);
    assert_eq!(answers(&engine), new);
    assert_eq!(engine.status().notices, Vec::<String>::new());
}

#[test]
fn an_encoder_that_is_not_here_is_refused_with_a_next_step_and_nothing_changes() {
    let folder = TempDir::new().unwrap();
    let own = folder.path().join("models");
    let text = fs::read_to_string(models().join("manifest.json")).unwrap();
    let mut manifest: Value = serde_json::from_str(&text).unwrap();
    let here = |file: &mut Value| *file = json!(models().join(file.as_str().unwrap()));
    let libraries = manifest["runtime"]["libraries"].as_object_mut().unwrap();
    libraries
        .values_mut()
        .for_each(|library| here(&mut library["path"]));
    for part in ["model", "tokenizer"] {
        here(&mut manifest["models"]["english"]["files"][part]["path"]);
    }
    fs::create_dir(&own).unwrap();
    fs::write(own.join("manifest.json"), manifest.to_string()).unwrap();
    let open = || {
        let data = folder.path().join("data");
        let settings = Settings {
            data,
            models: own.clone(),
            encoder: None,
        };
        Engine::open(settings).unwrap()
    };
    let engine = open();
    assert_eq!(
        (serves(&engine), engine.status().encoder.ready),
        ("multilingual".into(), false)
    );
    import(&engine, &films(folder.path(), "films.csv", 0..120));
    furnish(&engine);
    let refused = encode(&engine, |_| true).unwrap_err();
    assert!(refused.chain().contains("fetch.py"), "{}", refused.chain());

    // With nothing encoded by the one that is missing, whatever there is serves at once.
    engine.choose_encoder("english").unwrap();
    let half = encode(&engine, |_| true).unwrap();
    assert_eq!(
        (half.encoded, half.unencoded, half.switched),
        (240, 0, false)
    );
    let before = (answers(&engine), engine.encoders().unwrap());
    for (name, reason) in [
        ("multilingual", "fetch.py` fetches it"),
        ("english-full", "fetch.py english-full` fetches it"),
        ("klingon", "no encoder called \"klingon\""),
    ] {
        let refused = engine.choose_encoder(name).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::User);
        assert!(refused.chain().contains(reason), "{}", refused.chain());
    }
    let after = |engine: &Engine| (answers(engine), engine.encoders().unwrap());
    assert_eq!(after(&engine), before);
    drop(engine);
    assert_eq!(after(&open()), before);
    let missing = view(&before.1, "multilingual");
    assert!(!missing.installed && missing.problem.as_ref().unwrap().contains("is missing"));
    assert!(!folder.path().join("data/vectors-multilingual.bin").exists());
}

#[test]
fn a_change_of_mind_ends_the_encoding_and_costs_nothing() {
    let (_folder, engine) = english(300);
    let old = answers(&engine);
    engine.choose_encoder("multilingual").unwrap();
    let groups = AtomicUsize::new(0);
    let ended = encode(&engine, |_| {
        if groups.fetch_add(1, Ordering::SeqCst) == 0 {
            engine.choose_encoder("english").unwrap();
        }
        true
    })
    .unwrap();
    assert!(
        !ended.cancelled && !ended.switched && ended.unencoded == 0,
        "{ended:?}"
    );
    assert!(ended.encoded < 600, "{ended:?}");
    assert_eq!(answers(&engine), old);
    // What was made is not lost.
    let encoders = engine.encoders().unwrap();
    assert_eq!(view(&encoders, "multilingual").encoded, ended.encoded);
}

#[test]
fn an_encoder_for_this_once_serves_and_leaves_the_choice() {
    let (folder, engine) = english(120);
    let old = answers(&engine);
    drop(engine);
    let data = folder.path().join("data");
    let once = open_with(&data, Some("multilingual"));
    assert_eq!(serves(&once), "multilingual");
    let refused = once.choose_encoder("multilingual").unwrap_err();
    assert!(
        refused.chain().contains("this time only"),
        "{}",
        refused.chain()
    );
    encode(&once, |_| true).unwrap();
    assert_ne!(answers(&once), old);
    drop(once);
    let engine = open(&data);
    assert_eq!((serves(&engine), answers(&engine)), ("english".into(), old));
}

#[test]
fn a_restored_choice_is_followed_once_it_can_serve() {
    let (folder, engine) = english(120);
    let archive = folder.path().join("own.zip");
    engine.backup(&archive, AT).unwrap();
    let old = answers(&engine);
    drop(engine);

    let other = TempDir::new().unwrap();
    let data = other.path().join("data");
    let engine = open(&data);
    import(&engine, &films(other.path(), "films.csv", 0..120));
    furnish(&engine);
    let here = answers(&engine);
    engine.restore(&archive, AT).unwrap();
    assert_eq!(serves(&engine), "multilingual");
    assert_eq!(
        answers(&engine),
        here,
        "the same films, by the encoder that is whole here"
    );
    assert_eq!(making(&engine).unwrap().name, "english");
    drop(engine);
    let engine = open(&data);
    assert_eq!(serves(&engine), "multilingual");
    assert!(encode(&engine, |_| true).unwrap().switched);
    assert_eq!(answers(&engine), old);
}

fn json<T: DeserializeOwned>(output: &std::process::Output) -> T {
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_terminal_lists_chooses_and_encodes() {
    let (folder, engine) = english(120);
    drop(engine);
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_curio"))
            .env("CURIO_DATA", folder.path().join("data"))
            .env("CURIO_MODELS", models())
            .args(arguments)
            .output()
            .unwrap()
    };
    let refused = run(&["encoders", "--choose", "klingon", "--json"]);
    assert_eq!(refused.status.code(), Some(1));
    let chosen: Vec<EncoderView> = json(&run(&["encoders", "--choose", "multilingual", "--json"]));
    assert!(view(&chosen, "multilingual").chosen && view(&chosen, "english").serves);
    let page = String::from_utf8(run(&["encoders"]).stdout).unwrap();
    assert!(page.contains("serves for now, 240 of 240 texts"), "{page}");
    assert!(page.contains("chosen, 0 of 240 texts"), "{page}");
    assert!(page.contains("`curio encode` goes on"), "{page}");
    let page = String::from_utf8(run(&["status"]).stdout).unwrap();
    assert!(page.contains("multilingual, 0 of 240 texts"), "{page}");
    let encoded: Encoded = json(&run(&["encode", "--json"]));
    assert!(encoded.switched && encoded.encoded == 240, "{encoded:?}");
    let page = String::from_utf8(run(&["encode"]).stdout).unwrap();
    assert_eq!(page, "0 texts encoded; multilingual serves\n");
    let once: Status = json(&run(&["--encoder", "english", "status", "--json"]));
    assert_eq!(once.encoder.name, "english");
    let status: Status = json(&run(&["status", "--json"]));
    assert_eq!(
        (status.encoder.name.as_str(), status.encoder.making),
        ("multilingual", None)
    );
}

//! A change of encoder, made with the real ones: the old serves to the last bit until the new is whole.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use curio_engine::behaviour::Action;
use curio_engine::catalogue::ItemId;
use curio_engine::view::{Encoded, EncoderView, Imported, Making, Progress, Request, Status};
use curio_engine::{Engine, ErrorKind, ImportOptions, Result, Settings, Watch};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::encoder::models;

/// 2026-01-02 03:04:05 UTC.
const AT: i64 = 1_767_323_045_000;
/// What a sudden end may lose.
const GROUP: u64 = 256;
const CHILD: &str = "CURIO_ENCODE_CHILD";

fn open_with(data: &Path, encoder: Option<&str>) -> Engine {
    let settings = Settings {
        data: data.to_owned(),
        models: models(),
        encoder: encoder.map(str::to_owned),
    };
    Engine::open(settings).unwrap_or_else(|error| panic!("{}", error.chain()))
}

fn open(data: &Path) -> Engine {
    open_with(data, None)
}

fn import(engine: &Engine, file: &Path) -> Imported {
    let imported = engine.import(file, &ImportOptions::default(), AT, &Watch::NONE);
    imported.unwrap_or_else(|error| panic!("{}", error.chain()))
}

/// A CSV file of films with short texts, quickly encoded: two texts each.
fn films(folder: &Path, name: &str, numbers: std::ops::Range<usize>) -> PathBuf {
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
fn english(n: usize) -> (TempDir, Engine) {
    let folder = TempDir::new().unwrap();
    let engine = open(&folder.path().join("data"));
    engine.choose_encoder("english").unwrap();
    import(&engine, &films(folder.path(), "films.csv", 0..n));
    furnish(&engine);
    (folder, engine)
}

/// A profile with a few likes.
fn furnish(engine: &Engine) {
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
fn answers(engine: &Engine) -> String {
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
fn encode(engine: &Engine, each: impl Fn(Progress) -> bool + Sync) -> Result<Encoded> {
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

fn making(engine: &Engine) -> Option<Making> {
    engine.status().encoder.making
}

fn serves(engine: &Engine) -> String {
    engine.status().encoder.name
}

fn view<'a>(encoders: &'a [EncoderView], name: &str) -> &'a EncoderView {
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
    let heard = AtomicUsize::new(0);
    let stopped = encode(&engine, |progress| {
        assert_eq!(progress.total, Some(texts));
        assert_eq!(answers(&engine), old, "at {} of {texts}", progress.done);
        heard.fetch_add(1, Ordering::SeqCst) < 2
    })
    .unwrap();
    assert!(stopped.cancelled && !stopped.switched, "{stopped:?}");
    assert_eq!(stopped.encoded + stopped.unencoded, texts);
    assert!(
        stopped.encoded >= 3 * GROUP && stopped.unencoded > 0,
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
fn what_is_imported_in_the_middle_soon_has_meaning_and_is_there_after_the_change() {
    let (folder, engine) = english(400);
    let old = engine.similar(ItemId(7), 15).unwrap();
    engine.choose_encoder("multilingual").unwrap();
    let more = films(folder.path(), "more.csv", 400..420);
    let newcomer = ItemId(405);
    let seen = Mutex::new(Vec::new());
    let done = encode(&engine, |progress| {
        let mut seen = seen.lock().unwrap();
        if seen.is_empty() {
            let imported = import(&engine, &more);
            assert_eq!(
                (imported.stored, imported.encoded),
                (20, 0),
                "left to this encoding"
            );
            assert!(imported.unencoded > 0);
        }
        let known = !engine.similar(newcomer, 5).unwrap().is_empty();
        seen.push((progress.total, serves(&engine), known));
        true
    })
    .unwrap();
    assert!(done.switched && done.unencoded == 0, "{done:?}");
    let seen = seen.into_inner().unwrap();
    // Only the first group of the change was made before the newcomers had their vectors.
    let early: Vec<_> = seen.iter().filter(|(_, _, known)| !known).collect();
    assert!(early.len() <= 3, "{seen:?}");
    let served = seen
        .iter()
        .filter(|(_, name, known)| *known && name == "english");
    assert!(served.count() >= 1, "{seen:?}");
    assert!(!engine.similar(newcomer, 5).unwrap().is_empty());

    let encoders = engine.choose_encoder("english").unwrap();
    let states = ["english", "multilingual"].map(|name| view(&encoders, name).encoded);
    assert_eq!(
        states,
        [view(&encoders, "english").texts; 2],
        "both have all"
    );
    assert_ne!(engine.similar(ItemId(7), 15).unwrap(), Vec::new());
    assert_eq!(old.len(), 15);
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
fn an_import_that_was_stopped_while_encoding_is_finished_by_encode() {
    let folder = TempDir::new().unwrap();
    let engine = open(&folder.path().join("data"));
    engine.choose_encoder("english").unwrap();
    let file = films(folder.path(), "films.csv", 0..300);
    let encoding = AtomicBool::new(false);
    let watch = Watch {
        progress: &|progress| {
            let begun = progress.stage == curio_engine::view::Stage::Encode;
            encoding.fetch_or(begun, Ordering::SeqCst);
        },
        cancelled: &|| encoding.load(Ordering::SeqCst),
    };
    let imported = engine
        .import(&file, &ImportOptions::default(), AT, &watch)
        .unwrap();
    assert!(imported.cancelled && imported.unencoded > 0, "{imported:?}");
    let left = making(&engine).unwrap();
    assert_eq!((left.name.as_str(), left.total), ("english", 600));
    assert_eq!(left.total - left.done, imported.unencoded);
    let done = encode(&engine, |_| true).unwrap();
    assert_eq!(
        (done.encoded, done.unencoded, done.switched),
        (imported.unencoded, 0, false)
    );
    furnish(&engine);
    let (_other, whole) = english(300);
    assert_eq!(answers(&engine), answers(&whole));
    let nothing = encode(&engine, |_| panic!("there is nothing to do")).unwrap();
    assert_eq!((nothing.encoded, nothing.cancelled), (0, false));
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

/// Ends the reading however the rest ends.
struct Over<'a>(&'a AtomicBool);
impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

#[test]
fn reading_importing_and_choosing_go_on_while_texts_are_encoded() {
    let (folder, engine) = english(200);
    engine.choose_encoder("multilingual").unwrap();
    let ann = engine.find_profile("Ann").unwrap();
    let over = &AtomicBool::new(false);
    let read = std::thread::scope(|scope| {
        let end = Over(over);
        let (engine, folder) = (&engine, folder.path());
        let reader = scope.spawn(move || {
            let mut read = 0;
            while !over.load(Ordering::SeqCst) {
                engine.recommend(ann, &Request::default(), AT).unwrap();
                engine.search("sea", None, 5).unwrap();
                engine.encoders().unwrap();
                read += 1;
            }
            read
        });
        let importer = scope.spawn(move || {
            for n in 0..4 {
                let numbers = 200 + n * 5..205 + n * 5;
                let file = films(folder, &format!("more-{n}.csv"), numbers);
                import(engine, &file);
                let name = if n % 2 == 0 {
                    "english"
                } else {
                    "multilingual"
                };
                engine.choose_encoder(name).unwrap();
            }
        });
        let mut left = 1;
        while left > 0 || !importer.is_finished() {
            match encode(engine, |_| true) {
                Ok(encoded) => left = encoded.unencoded,
                // An import encodes what it brought.
                Err(error) => assert_eq!(error.chain(), "texts are being encoded already"),
            }
        }
        importer.join().unwrap();
        encode(engine, |_| true).unwrap();
        drop(end);
        reader.join().unwrap()
    });
    assert!(read > 0);
    let status = engine.status();
    assert_eq!(
        (status.encoder.name.as_str(), status.items),
        ("multilingual", 220)
    );
    assert_eq!((status.encoder.encoded, status.encoder.making), (220, None));
}

/// Not a test by itself: the process that is killed while it encodes.
#[test]
#[ignore = "run by the test below"]
fn child() {
    let Ok(data) = std::env::var(CHILD) else {
        return;
    };
    let say = |line: String| {
        let mut out = std::io::stdout().lock();
        // When the parent is gone there is nobody to tell.
        let _ = writeln!(out, "{line}").and_then(|()| out.flush());
    };
    let engine = open(Path::new(&data));
    say("\nopen".to_owned());
    encode(&engine, |progress| {
        say(format!("\nkept {}", progress.done));
        true
    })
    .unwrap();
}

#[test]
fn killed_while_encoding_the_old_serves_on_and_what_was_kept_is_there() {
    let (folder, engine) = english(600);
    let data = folder.path().join("data");
    let old = answers(&engine);
    engine.choose_encoder("multilingual").unwrap();
    drop(engine);
    let mut kept = 0;
    let mut dice = crate::store::Dice(21);
    for _ in 0..3 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "encoders::child", "--ignored", "--nocapture"])
            .env(CHILD, &data)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .map_while(std::result::Result::ok);
        let first = lines.find_map(|line| line.strip_prefix("kept ")?.parse::<u64>().ok());
        assert!(
            first.unwrap() <= kept + GROUP,
            "a group at most is lost by a kill"
        );
        kept = first.unwrap();
        std::thread::sleep(Duration::from_millis(dice.roll() % 300));
        child.kill().unwrap();
        child.wait().unwrap();
        let said = lines.filter_map(|line| line.strip_prefix("kept ")?.parse::<u64>().ok());
        kept = said.last().unwrap_or(kept);
        let engine = open(&data);
        let left = making(&engine).unwrap();
        assert!(
            left.done >= kept && left.done <= kept + GROUP,
            "{left:?}, {kept} were kept"
        );
        kept = left.done;
        assert_eq!(answers(&engine), old);
        assert!(
            engine
                .status()
                .notices
                .iter()
                .all(|notice| notice.contains("unfinished"))
        );
    }
    let engine = open(&data);
    let done = encode(&engine, |_| true).unwrap();
    assert_eq!(done.encoded, 1200 - kept, "no text twice");
    assert!(done.switched);
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

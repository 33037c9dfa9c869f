//! Encoding that is not alone, is stopped or is killed: what was kept is there, and no text is encoded twice.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use curio_engine::catalogue::ItemId;
use curio_engine::view::Request;
use curio_engine::{ImportOptions, Watch};
use tempfile::TempDir;

use crate::encoders::{
    AT, GROUP, answers, encode, english, films, furnish, import, making, open, serves, view,
};

const CHILD: &str = "CURIO_ENCODE_CHILD";

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
    let mut dice = crate::harm::Dice(21);
    for _ in 0..3 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "encoding::child", "--ignored", "--nocapture"])
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
        seen.push((progress.done, serves(&engine), known));
        true
    })
    .unwrap();
    assert!(done.switched && done.unencoded == 0, "{done:?}");
    let seen = seen.into_inner().unwrap();
    // The newcomers, whose vectors are told behind those of the first 800 texts, came before the change went on.
    let early: Vec<_> = seen.iter().filter(|(_, _, known)| !known).collect();
    assert!(
        early
            .iter()
            .all(|(done, ..)| *done <= GROUP || *done >= 800),
        "{seen:?}"
    );
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

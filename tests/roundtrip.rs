//! Everything out, and into an empty store: the same catalogue, logs, weights and lists.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use curio_engine::behaviour::{Action, Deed, ProfileId, Trait};
use curio_engine::catalogue::{Item, ItemId, Kind};
use curio_engine::friend::{Friend, Opinion, Verdict};
use curio_engine::signal::Signal;
use curio_engine::store::Store;
use curio_engine::view::{ExportFormat, Imported, Look, Request};
use curio_engine::{Engine, ImportOptions, Settings, Watch};
use proptest::prelude::*;
use tempfile::TempDir;

const DAY: i64 = 86_400_000;

fn open(folder: &Path) -> Engine {
    let engine = Engine::open(Settings {
        data: folder.join("data"),
        models: folder.join("models"),
        encoder: None,
    });
    engine.unwrap()
}

fn import(engine: &Engine, file: &Path) -> Imported {
    let imported = engine.import(file, &ImportOptions::default(), DAY, &Watch::NONE);
    imported.unwrap_or_else(|error| panic!("{}: {}", file.display(), error.chain()))
}

/// What a person sees of every profile: weights and list, to the last bit.
fn seen(engine: &Engine) -> String {
    let profiles = engine.profiles().unwrap();
    let seen = profiles.iter().map(|profile| {
        let weights = engine.weights(profile.id, true).unwrap();
        let list = engine
            .recommend(profile.id, &Request::default(), 9 * DAY)
            .unwrap();
        serde_json::to_string(&(profile, weights, list)).unwrap()
    });
    seen.collect::<Vec<_>>().join("\n")
}

fn exported(engine: &Engine, folder: &Path, name: &str) -> String {
    engine.export(folder, ExportFormat::Jsonl, None).unwrap();
    fs::read_to_string(folder.join(name)).unwrap()
}

fn item(n: usize, text: &str) -> Item {
    Item {
        key: format!("film:{n}"),
        kind: Kind::Film,
        title: format!("Film {n} {text}"),
        year: Some(1950 + n as i32),
        creators: vec![format!("Maker {}", n % 3), text.to_owned()],
        genres: vec![format!("genre {}", n % 4)],
        description: text.to_owned(),
        popularity: Some(n as f64 + 0.1),
        ids: BTreeMap::from([("imdb".to_owned(), format!("tt{n:07}"))]),
        series: Some(text.to_owned()),
        extra: BTreeMap::from([(text.to_owned(), text.to_owned())]),
        edited: vec!["title".to_owned()],
        same: vec![text.to_owned()],
        ..Item::default()
    }
}

fn act(item: u32, action: Action) -> Deed {
    Deed::Act {
        item: ItemId(item),
        action,
        surface: "for_you".to_owned(),
        note: String::new(),
        basket: "receipt 7".to_owned(),
    }
}

/// A store with some of everything, and with texts as hostile as one likes.
fn fill(folder: &Path, texts: &[String], acts: &[(u8, u8)]) {
    let (store, _) = Store::open(&folder.join("data")).unwrap();
    let text = |n: usize| &texts[n % texts.len()];
    let items: Vec<(ItemId, Item)> = (0..14)
        .map(|n| (ItemId(n as u32), item(n, text(n))))
        .collect();
    store.put_items(&items).unwrap();
    let [gone, ann, ben] = [0, 1, 2].map(ProfileId);
    store.add_profiles(&["Gone", "Ann", "Ben"]).unwrap();
    store.remove_profile(gone).unwrap();
    let mut deeds = vec![
        (1, act(3, Action::Like)),
        (2, act(4, Action::Like)),
        (3, Deed::Undo { sequence: 1 }),
        (
            4,
            Deed::Pin {
                signal: Signal::Quality,
                weight: 0.375,
            },
        ),
        (
            5,
            Deed::Less {
                of: Trait::Genre {
                    name: "genre 1".to_owned(),
                },
            },
        ),
        (6, act(5, Action::Rate(4.5))),
        (
            7,
            Deed::Unpin {
                signal: Signal::Quality,
            },
        ),
        (
            8,
            Deed::Act {
                item: ItemId(6),
                action: Action::Comment,
                surface: "shelf".to_owned(),
                note: text(1).clone(),
                basket: text(2).clone(),
            },
        ),
    ];
    for (n, (item, what)) in acts.iter().enumerate() {
        let action = [
            Action::Like,
            Action::Finish,
            Action::Hide,
            Action::Dislike,
            Action::Want,
        ];
        let action = action[*what as usize % action.len()];
        deeds.push((10 + n as i64, act(u32::from(item % 14), action)));
    }
    store.append(ann, &deeds).unwrap();
    store
        .append(
            ben,
            &[
                (1, act(3, Action::Like)),
                (2, Deed::Reset),
                (3, act(9, Action::Buy)),
            ],
        )
        .unwrap();
    let opinion = Opinion {
        key: "film:5".to_owned(),
        title: text(2).clone(),
        year: None,
        kind: Kind::Film,
        creators: Vec::new(),
        verdict: Verdict::Loved,
    };
    let friend = Friend {
        name: "Cleo".to_owned(),
        opinions: vec![opinion],
    };
    store.put_friend(&friend).unwrap();
}

fn check_transcript(texts: &[String], acts: &[(u8, u8)]) {
    let [from, to] = [TempDir::new().unwrap(), TempDir::new().unwrap()];
    fill(from.path(), texts, acts);
    let engine = open(from.path());
    let before = exported(&engine, from.path(), "curio.jsonl");
    let other = open(to.path());
    let file = from.path().join("curio.jsonl");
    let options = ImportOptions {
        dry_run: true,
        ..ImportOptions::default()
    };
    let looked = other.import(&file, &options, DAY, &Watch::NONE).unwrap();
    assert_eq!(other.status().items, 0, "a dry run writes nothing");
    let imported = import(&other, &file);
    assert_eq!(imported.stored, looked.stored);
    assert_eq!(
        (imported.rejected, imported.duplicates),
        (0, 0),
        "{imported:?}"
    );
    assert_eq!(exported(&other, to.path(), "curio.jsonl"), before);
    assert_eq!(seen(&other), seen(&engine));
    // Once more changes nothing.
    let again = import(&other, &file);
    assert_eq!(
        (again.stored, again.updated, again.rejected),
        (0, 0, 0),
        "{again:?}"
    );
    assert_eq!(exported(&other, to.path(), "curio.jsonl"), before);
    assert_eq!(again.duplicates, imported.stored);
}

#[test]
fn a_transcript_is_the_same_store_again() {
    let texts = [
        "=1+1",
        "@x",
        "-2",
        "'=y",
        "a,\"b\"\r\nc",
        "千と千尋",
        "שלום\u{202e}عربي",
        "\0nul\t",
        "a|b\\c;d",
        "\u{feff}",
    ];
    check_transcript(&texts.map(str::to_owned), &[(1, 0), (2, 1), (12, 2)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_small_library_is_the_same_again(
        texts in prop::collection::vec(".{1,12}", 1..5),
        acts in prop::collection::vec((any::<u8>(), any::<u8>()), 0..12),
    ) {
        check_transcript(&texts, &acts);
    }
}

#[test]
fn an_imported_transcript_is_undone_and_goes_on() {
    let [from, to] = [TempDir::new().unwrap(), TempDir::new().unwrap()];
    fill(from.path(), &["x".to_owned()], &[]);
    let engine = open(from.path());
    exported(&engine, from.path(), "curio.jsonl");
    let file = from.path().join("curio.jsonl");
    let other = open(to.path());
    import(&other, &file);
    let undone = other.undo_import(2 * DAY).unwrap();
    // What the file says that somebody edited by hand is the file's, too.
    assert_eq!((undone.removed, undone.kept), (14, 0));
    assert_eq!((undone.profiles, undone.friends), (2, 1));
    let status = other.status();
    assert_eq!(
        (status.items, status.profiles, status.entries),
        (0, 0, 0),
        "{status:?}"
    );
    assert!(other.friends().unwrap().is_empty());

    import(&other, &file);
    let ann = engine.find_profile("Ann").unwrap();
    engine
        .record(ann, ItemId(7), Action::Like, "test", "", 3 * DAY)
        .unwrap();
    exported(&engine, from.path(), "curio.jsonl");
    let more = import(&other, &file);
    assert_eq!((more.stored, more.rejected), (1, 0), "{more:?}");
    // A log that went another way stays.
    let there = other.find_profile("Ben").unwrap();
    other
        .record(there, ItemId(1), Action::Like, "test", "", 4 * DAY)
        .unwrap();
    let here = engine.find_profile("Ben").unwrap();
    engine
        .record(here, ItemId(2), Action::Like, "test", "", 5 * DAY)
        .unwrap();
    exported(&engine, from.path(), "curio.jsonl");
    let odd = import(&other, &file);
    assert_eq!((odd.stored, odd.rejected), (0, 1), "{odd:?}");
    assert!(odd.notes.join("").contains("\"Ben\""), "{:?}", odd.notes);
}

#[test]
fn what_a_hand_did_since_a_transcript_came_stays_when_it_is_undone() {
    let [from, to] = [TempDir::new().unwrap(), TempDir::new().unwrap()];
    fill(from.path(), &["x".to_owned()], &[]);
    let engine = open(from.path());
    exported(&engine, from.path(), "curio.jsonl");
    let other = open(to.path());
    import(&other, &from.path().join("curio.jsonl"));
    let ann = other.find_profile("Ann").unwrap();
    other
        .record(ann, ItemId(7), Action::Like, "test", "", DAY)
        .unwrap();
    let undone = other.undo_import(2 * DAY).unwrap();
    assert_eq!((undone.removed, undone.kept), (13, 1));
    assert_eq!((undone.profiles, undone.friends), (1, 1));
    let status = other.status();
    assert_eq!(
        (status.items, status.profiles, status.entries),
        (1, 1, 1),
        "{status:?}"
    );
    assert!(other.friends().unwrap().is_empty());
}

#[test]
fn an_import_of_more_than_one_setting_holds_is_undone() {
    let [from, to] = [TempDir::new().unwrap(), TempDir::new().unwrap()];
    fill(from.path(), &["x".to_owned()], &[]);
    let (store, _) = Store::open(&from.path().join("data")).unwrap();
    let names: Vec<String> = (0..30_000).map(|n| format!("Customer {n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let made = store.add_profiles(&names).unwrap();
    let view = |item| act(item, Action::View);
    let deeds: Vec<_> = made
        .iter()
        .map(|profile| (profile.id, 1, view(profile.id.0 % 14)))
        .collect();
    store.append_all(&deeds).unwrap();
    drop(store);
    exported(&open(from.path()), from.path(), "curio.jsonl");
    let other = open(to.path());
    import(&other, &from.path().join("curio.jsonl"));
    assert_eq!(other.undo_import(2 * DAY).unwrap().profiles, 30_002);
    assert_eq!(other.status().entries, 0);
}

#[test]
fn a_damaged_transcript_gives_what_it_has() {
    let [from, to] = [TempDir::new().unwrap(), TempDir::new().unwrap()];
    fill(from.path(), &["x".to_owned()], &[]);
    let text = exported(&open(from.path()), from.path(), "curio.jsonl");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[2].truncate(20);
    lines.push("{\"item\":[4000000000,{\"key\":\"far\",\"title\":\"Far\"}]}".to_owned());
    lines.push(
        "{\"entry\":[1,{\"sequence\":99999999,\"at\":0,\"act\":{\"item\":0,\"action\":\"like\"}}]}"
            .to_owned(),
    );
    let file = to.path().join("hurt.jsonl");
    fs::write(&file, lines.join("\n")).unwrap();
    let engine = open(to.path());
    let imported = import(&engine, &file);
    let bad: Vec<u64> = imported.rejects.iter().map(|reject| reject.line).collect();
    assert_eq!(
        bad,
        [3, lines.len() as u64 - 1, lines.len() as u64],
        "{:?}",
        imported.rejects
    );
    assert_eq!(
        engine.status().items,
        14,
        "with one that stands in for the lost one"
    );
    assert!(
        imported
            .rejected_file
            .unwrap()
            .ends_with("hurt.jsonl.rejected.csv")
    );
}

/// Says where two long texts part, and no more of them.
fn check_same(ours: &str, theirs: &str) {
    let shared = ours.bytes().zip(theirs.bytes()).take_while(|(a, b)| a == b);
    let at = shared.count().saturating_sub(100);
    let near = |text: &str| text.chars().skip(at).take(300).collect::<String>();
    assert!(ours == theirs, "\n{}\n{}", near(ours), near(theirs));
}

/// Without the places of entries in their log, which close ranks where one was taken back.
fn without_places(seen: &str) -> String {
    let mut parts = seen.split("\"sequence\":");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + part.trim_start_matches(|c: char| c.is_ascii_digit())
    })
}

/// Of a transcript what counts: items, profiles by their numbers, and the entries that nobody took back,
/// without their places in the log.
fn counted(text: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
    let (mut items, mut profiles, mut entries) = (Vec::new(), Vec::new(), Vec::new());
    let records = text.lines().skip(1);
    let records: Vec<serde_json::Value> = records
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let undone: Vec<_> = records
        .iter()
        .filter_map(|record| {
            Some((
                &record["entry"][0],
                record["entry"][1]["undo"].get("sequence")?,
            ))
        })
        .collect();
    for record in &records {
        if !record["item"].is_null() {
            items.push(record["item"].to_string());
        } else if !record["profile"].is_null() {
            profiles.push(record["profile"].to_string());
        } else if !record["entry"].is_null() && record["entry"][1]["undo"].is_null() {
            let (whose, mut entry) = (&record["entry"][0], record["entry"][1].clone());
            if !undone.contains(&(whose, &entry["sequence"])) {
                entry["sequence"].take();
                entries.push(format!("{whose} {entry}"));
            }
        }
    }
    (items, profiles, entries)
}

/// A store with more items than a choice is compared with, and with everything in its logs that CSV must hold.
fn fill_for_csv(folder: &Path, texts: &[String], acts: &[(u16, u8, i64)], weight: f64) {
    let (store, _) = Store::open(&folder.join("data")).unwrap();
    let cleaned = |n: usize| match curio_engine::clean::line(&texts[n % texts.len()]) {
        text if text.is_empty() => "x".to_owned(),
        text => text,
    };
    let items: Vec<(ItemId, Item)> = (0..340)
        .map(|n| (ItemId(n as u32), item(n, &cleaned(n))))
        .collect();
    store.put_items(&items).unwrap();
    let [gone, quiet, ann, lost, ben] = [0, 1, 2, 3, 4].map(ProfileId);
    let names = [
        "Gone",
        "Quiet",
        "=Ann  of, \"the\" Hill",
        "Lost",
        "Ben",
        "Last",
    ];
    store.add_profiles(&names).unwrap();
    store.remove_profile(gone).unwrap();
    store.remove_profile(lost).unwrap();
    let said = |item: u32, action: Action, surface: &str| Deed::Act {
        item: ItemId(item),
        action,
        surface: surface.to_owned(),
        note: texts[item as usize % texts.len()].clone(),
        basket: texts[(item as usize + 1) % texts.len()].clone(),
    };
    let less = |of: Trait| Deed::Less { of };
    let name = || cleaned(1);
    let pin = Deed::Pin {
        signal: Signal::Genre,
        weight,
    };
    // Told by a file a finish takes no opinion back; done in the program it does.
    let mut deeds = vec![
        (1, said(3, Action::Rate(4.5), "import")),
        (2, said(3, Action::Finish, "import_undated")),
        (3, said(4, Action::Like, "for_you")),
        (4, said(4, Action::Finish, "")),
        (5, said(9, Action::Dislike, "for_you")),
        (6, Deed::Undo { sequence: 4 }),
        (7, said(30, Action::View, "for_you")),
        (7, said(30, Action::View, "search")),
        (8, pin.clone()),
        (8, pin),
        (
            9,
            less(Trait::Genre {
                name: "genre 1".to_owned(),
            }),
        ),
        (9, less(Trait::Tag { name: name() })),
        (9, less(Trait::Person { name: name() })),
        (10, Deed::Undo { sequence: 6 }),
    ];
    for (n, (item, what, at)) in acts.iter().enumerate() {
        let n = n as u32;
        let item = u32::from(item % 340);
        let signal = Signal::ALL[n as usize % Signal::ALL.len()];
        deeds.push((
            *at,
            match what % 9 {
                0 => said(item, Action::Like, "for_you"),
                1 => said(item, Action::Finish, "import"),
                2 => said(item, Action::Finish, "rows"),
                3 => said(item, Action::Hide, "for_you"),
                4 => said(item, Action::Comment, "shelf"),
                5 => Deed::Pin {
                    signal,
                    weight: weight / 3.0,
                },
                6 => Deed::Unpin { signal },
                7 => Deed::Undo {
                    sequence: u64::from(n),
                },
                _ => said(item, Action::Want, "for_you"),
            },
        ));
    }
    store.append(ann, &deeds).unwrap();
    let deeds = [
        (1, said(3, Action::Like, "for_you")),
        (2, Deed::Reset),
        (3, said(9, Action::Buy, "counter")),
        (4, Deed::Undo { sequence: 1 }),
    ];
    store.append(ben, &deeds).unwrap();
    assert!(store.log(quiet).unwrap().is_empty());
}

fn check_csv(texts: &[String], acts: &[(u16, u8, i64)], weight: f64) {
    let [from, to] = [TempDir::new().unwrap(), TempDir::new().unwrap()];
    fill_for_csv(from.path(), texts, acts, weight);
    let engine = open(from.path());
    let before = counted(&exported(&engine, from.path(), "curio.jsonl"));
    engine.export(from.path(), ExportFormat::Csv, None).unwrap();
    let other = open(to.path());
    let files = ["catalogue.csv", "interactions.csv"].map(|name| from.path().join(name));
    for file in &files {
        let imported = import(&other, file);
        assert_eq!(imported.stored, imported.read, "{imported:?}");
    }
    let after = counted(&exported(&other, to.path(), "curio.jsonl"));
    check_same(&after.0.join("\n"), &before.0.join("\n"));
    // A number after the last one that somebody has is nobody's.
    assert_eq!(after.1, before.1);
    check_same(&after.2.join("\n"), &before.2.join("\n"));
    check_same(
        &without_places(&seen(&other)),
        &without_places(&seen(&engine)),
    );
    // Neither there nor here is anything new in it.
    for engine in [&other, &engine] {
        for file in &files {
            let again = import(engine, file);
            assert_eq!(again.duplicates, again.read, "{again:?}");
        }
    }
    let out = to.path().join("out");
    other.export(&out, ExportFormat::Csv, None).unwrap();
    for file in &files {
        let name = file.file_name().unwrap();
        let [first, second] =
            [file.clone(), out.join(name)].map(|file| fs::read_to_string(file).unwrap());
        assert_eq!(first, second);
    }
}

#[test]
fn csv_gives_the_same_catalogue_log_weights_and_lists() {
    let texts = [
        "=1+1",
        "@x",
        "-2",
        "'=y",
        "a,\"b\"\r\nc",
        "千と千尋",
        "\n",
        "  =\"x\"",
        "a|b\\c;d",
        "\\N",
        "null",
    ];
    let acts = [
        (1, 0, 5),
        (2, 5, -3),
        (12, 2, 300_000_000_000_000),
        (12, 0, -99_999_999_999_999),
    ];
    check_csv(&texts.map(str::to_owned), &acts, 0.1 + 0.2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn any_library_is_the_same_again_by_csv(
        texts in prop::collection::vec(any::<String>(), 1..6),
        acts in prop::collection::vec((any::<u16>(), any::<u8>(), -1_000_000_000_000..4_000_000_000_000_i64), 0..40),
        weight in -3.0..3.0,
    ) {
        check_csv(&texts, &acts, weight);
    }
}

#[test]
fn a_log_that_came_by_csv_is_undone_wherever_its_entries_were_made() {
    let [from, to] = [TempDir::new().unwrap(), TempDir::new().unwrap()];
    fill_for_csv(from.path(), &["x".to_owned()], &[], 0.5);
    let engine = open(from.path());
    engine.export(from.path(), ExportFormat::Csv, None).unwrap();
    let other = open(to.path());
    import(&other, &from.path().join("catalogue.csv"));
    let ben = other.add_profile("Ben").unwrap().id;
    let pin = |weight| other.pin(ben, Signal::Quality, weight, DAY).unwrap();
    pin(0.25);
    let before = exported(&other, to.path(), "curio.jsonl");
    import(&other, &from.path().join("interactions.csv"));
    let status = other.status();
    assert_eq!(
        (status.profiles, status.entries),
        (4, 1 + 10 + 2),
        "{status:?}"
    );
    pin(0.75);
    let undone = other.undo_import(2 * DAY).unwrap();
    assert_eq!((undone.profiles, undone.entries), (3, 10 + 2));
    let status = other.status();
    assert_eq!(
        (status.profiles, status.entries),
        (1, 2),
        "what a hand did stays"
    );
    let after = exported(&other, to.path(), "curio.jsonl");
    assert_eq!(counted(&after).2[..1], counted(&before).2[..]);
}

/// Likes of fourteen films, more of them than are stored in one group, as a log that Curio wrote.
fn long_log(folder: &Path) {
    fill_for_csv(folder, &["x".to_owned()], &[], 0.5);
    let (store, _) = Store::open(&folder.join("data")).unwrap();
    let cleo = store.add_profiles(&["Cleo"]).unwrap()[0].id;
    let like = |n: i64| (DAY + n, act(n as u32 % 14, Action::Like));
    let likes: Vec<_> = (0..5_000).map(like).collect();
    store.append(cleo, &likes).unwrap();
    drop(store);
    let engine = open(folder);
    engine.export(folder, ExportFormat::Csv, None).unwrap();
}

#[test]
fn what_a_hand_does_while_a_log_comes_stays_when_it_is_undone() {
    let [from, to] = [TempDir::new().unwrap(), TempDir::new().unwrap()];
    long_log(from.path());
    let other = open(to.path());
    import(&other, &from.path().join("catalogue.csv"));
    let cleo = other.add_profile("Cleo").unwrap().id;
    let like = |at: i64| {
        let like = other.record(cleo, ItemId(3), Action::Like, "for_you", "by hand", at);
        like.unwrap()
    };
    like(1);
    let seen = AtomicUsize::new(0);
    let watch = Watch {
        progress: &|_| {
            like(2 + seen.fetch_add(1, Ordering::SeqCst) as i64);
        },
        cancelled: &|| false,
    };
    let log = from.path().join("interactions.csv");
    let told = other.import(&log, &ImportOptions::default(), DAY, &watch);
    let told = told.unwrap();
    assert_eq!(told.rejected, 0, "{told:?}");
    like(99);
    let by_hand = 2 + seen.load(Ordering::SeqCst);
    assert!(by_hand > 10);
    let look = Look {
        limit: 9_999,
        ..Look::default()
    };
    // What is erased moves up all that is behind it.
    let lines = other.activity(cleo, &look).unwrap();
    let came = lines.iter().filter(|line| line.at >= DAY);
    let came: Vec<u64> = came.map(|line| line.sequence).collect();
    assert_eq!(other.forget(cleo, &came[came.len() - 20..]).unwrap(), 20);
    other.undo_import(2 * DAY).unwrap();
    let left = other.activity(cleo, &look).unwrap();
    let left: Vec<i64> = left.iter().map(|line| line.at).rev().collect();
    assert_eq!(left.len(), by_hand, "{left:?}");
    assert_eq!((left[0], left[left.len() - 1]), (1, 99), "{left:?}");
}

#[test]
fn nothing_is_kept_of_what_an_earlier_import_brought() {
    let [from, to] = [TempDir::new().unwrap(), TempDir::new().unwrap()];
    long_log(from.path());
    let held = || {
        let (store, _) = Store::open(&to.path().join("data")).unwrap();
        let settings = store.contents().unwrap().settings.into_iter();
        let held =
            settings.filter(|(name, held)| name.starts_with("last_import_") && !held.is_empty());
        held.count()
    };
    let other = open(to.path());
    import(&other, &from.path().join("catalogue.csv"));
    import(&other, &from.path().join("interactions.csv"));
    drop(other);
    assert_eq!(held(), 1, "only what was brought at last");
    let other = open(to.path());
    let one = to.path().join("one.csv");
    fs::write(&one, "title,year\nSolaris,1972\n").unwrap();
    import(&other, &one);
    drop(other);
    assert_eq!(held(), 0);
    let other = open(to.path());
    other.undo_import(2 * DAY).unwrap();
    assert!(
        other.undo_import(3 * DAY).unwrap().entries > 5_000,
        "the backup has it"
    );
}

#[test]
fn films_and_books_go_to_other_trackers() {
    let home = TempDir::new().unwrap();
    let engine = open(home.path());
    let csv = home.path().join("things.csv");
    let things = "id,kind,title,year,creators,genres\n1,film,\"=Stalker, again\",1979,A T,Drama\n2,book,Piranesi,2020,Susanna Clarke,Fantasy\n3,film,Unseen,1990,B,Drama\n";
    fs::write(&csv, things).unwrap();
    import(&engine, &csv);
    let ann = engine.add_profile("Ann").unwrap().id;
    let film = engine.find_item("=Stalker, again").unwrap();
    let book = engine.find_item("Piranesi").unwrap();
    let unseen = engine.find_item("Unseen").unwrap();
    engine
        .record(ann, film, Action::Finish, "test", "", DAY)
        .unwrap();
    engine
        .record(ann, film, Action::Rate(4.5), "test", "so \"slow\"", 2 * DAY)
        .unwrap();
    engine
        .record(ann, book, Action::Want, "test", "", DAY)
        .unwrap();
    engine
        .record(ann, unseen, Action::Want, "test", "", DAY)
        .unwrap();
    let out = home.path().join("out");
    for (format, name, expected) in [
        (
            ExportFormat::Letterboxd,
            "letterboxd.csv",
            "Title,Year,imdbID,tmdbID,Rating,WatchedDate,Rewatch,Tags,Review\n\"'=Stalker, again\",1979,,,4.5,1970-01-02,,,\"so \"\"slow\"\"\"\n",
        ),
        (
            ExportFormat::Goodreads,
            "goodreads.csv",
            "Title,Author,ISBN,My Rating,Average Rating,Publisher,Binding,Year Published,Original Publication Year,Date Read,Date Added,Shelves,Bookshelves,My Review\nPiranesi,Susanna Clarke,,0,,,,2020,2020,,1970-01-02,to-read,,\n",
        ),
    ] {
        let unnamed = engine.export(&out, format, None).unwrap_err();
        assert!(unnamed.to_string().contains("profile"), "{unnamed}");
        let written = engine.export(&out, format, Some(ann)).unwrap();
        assert_eq!(written.items, 1);
        let text = fs::read_to_string(out.join(name)).unwrap();
        assert_eq!(text.trim_start_matches('\u{feff}'), expected);
        fs::write(out.join(name), "mine\n").unwrap();
        let spared = engine.export(&out, format, Some(ann)).unwrap_err();
        assert!(
            spared.to_string().contains("is no export of Curio"),
            "{spared}"
        );
    }
}

#[test]
fn what_other_trackers_import_is_read_back_and_has_no_day_that_nobody_told() {
    let home = TempDir::new().unwrap();
    let engine = open(home.path());
    let write = |name: &str, text: &str| {
        let file = home.path().join(name);
        fs::write(&file, text).unwrap();
        file
    };
    let things = "id,kind,title,year,creators,imdb,isbn\n1,film,Stalker,1979,A T,tt0079944,\n\
                  2,book,Piranesi,2020,Susanna Clarke,,9781526622426\n3,film,Mirror,1975,A T,,\n4,book,Emma,1815,Jane Austen,,\n";
    import(&engine, &write("things.csv", things));
    let seen = "profile,item,action,date\nAnn,1,finish,\nAnn,2,rate=4,\nAnn,3,rate=3.5,2020-05-06\nAnn,4,want,2021-01-02\n";
    import(&engine, &write("seen.csv", seen));
    let ann = engine.find_profile("Ann").unwrap();
    let other = open(&home.path().join("other"));
    let options = ImportOptions {
        profile: Some("Ann".to_owned()),
        ..ImportOptions::default()
    };
    for (format, name, rows) in [
        (
            ExportFormat::Letterboxd,
            "letterboxd",
            [
                "Stalker,1979,tt0079944,,,,,,",
                "Mirror,1975,,,3.5,2020-05-06,,,",
            ],
        ),
        (
            ExportFormat::Goodreads,
            "goodreads",
            [
                "Piranesi,Susanna Clarke,9781526622426,4,,,,2020,2020,,,read,,",
                "Emma,Jane Austen,,0,,,,1815,1815,,2021-01-02,to-read,,",
            ],
        ),
    ] {
        engine.export(home.path(), format, Some(ann)).unwrap();
        let file = home.path().join(format!("{name}.csv"));
        let text = fs::read_to_string(&file).unwrap();
        assert_eq!(text.lines().skip(1).collect::<Vec<_>>(), rows);
        let report = other
            .import(&file, &options, 9 * DAY, &Watch::NONE)
            .unwrap();
        assert_eq!(report.format, format!("{name} import"));
        assert_eq!((report.stored, report.rejected), (2, 0), "{report:?}");
    }
    let again = other.find_profile("Ann").unwrap();
    let mut told: Vec<(String, String)> = other
        .activity(
            again,
            &Look {
                limit: 10,
                ..Look::default()
            },
        )
        .unwrap()
        .into_iter()
        .map(|entry| {
            (
                entry.item.unwrap().title,
                serde_json::to_string(&entry.what).unwrap(),
            )
        })
        .collect();
    told.sort();
    let act = |title: &str, action: &str| {
        (
            title.to_owned(),
            format!("{{\"did\":\"act\",\"action\":{action}}}"),
        )
    };
    assert_eq!(
        told,
        [
            act("Emma", "\"want\""),
            act("Mirror", "{\"rate\":3.5}"),
            act("Piranesi", "{\"rate\":4.0}"),
            act("Stalker", "\"finish\""),
        ]
    );
}

//! Everything out as CSV, and into an empty store: the same catalogue, logs, weights and lists.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use curio_engine::behaviour::{Action, Deed, ProfileId, Trait};
use curio_engine::catalogue::{Item, ItemId};
use curio_engine::signal::Signal;
use curio_engine::store::Store;
use curio_engine::view::{ExportFormat, Look};
use curio_engine::{ImportOptions, Watch};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::opened::open_with;
use crate::roundtrip::{DAY, act, exported, import, item, seen};

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
    let engine = open_with(from.path(), None);
    let before = counted(&exported(&engine, from.path(), "curio.jsonl"));
    engine.export(from.path(), ExportFormat::Csv, None).unwrap();
    let other = open_with(to.path(), None);
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
    let engine = open_with(from.path(), None);
    engine.export(from.path(), ExportFormat::Csv, None).unwrap();
    let other = open_with(to.path(), None);
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
    let engine = open_with(folder, None);
    engine.export(folder, ExportFormat::Csv, None).unwrap();
}

#[test]
fn what_a_hand_does_while_a_log_comes_stays_when_it_is_undone() {
    let [from, to] = [TempDir::new().unwrap(), TempDir::new().unwrap()];
    long_log(from.path());
    let other = open_with(to.path(), None);
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
    let other = open_with(to.path(), None);
    import(&other, &from.path().join("catalogue.csv"));
    import(&other, &from.path().join("interactions.csv"));
    drop(other);
    assert_eq!(held(), 1, "only what was brought at last");
    let other = open_with(to.path(), None);
    let one = to.path().join("one.csv");
    fs::write(&one, "title,year\nSolaris,1972\n").unwrap();
    import(&other, &one);
    drop(other);
    assert_eq!(held(), 0);
    let other = open_with(to.path(), None);
    other.undo_import(2 * DAY).unwrap();
    assert!(
        other.undo_import(3 * DAY).unwrap().entries > 5_000,
        "the backup has it"
    );
}

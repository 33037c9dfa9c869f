//! Everything out as a transcript, and into an empty store: the same catalogue, logs, weights and lists.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use curio_engine::behaviour::{Action, Deed, ProfileId, Trait};
use curio_engine::catalogue::{Item, ItemId, Kind};
use curio_engine::friend::{Friend, Opinion, Verdict};
use curio_engine::signal::Signal;
use curio_engine::store::Store;
use curio_engine::view::{ExportFormat, Imported, Request};
use curio_engine::{Engine, ImportOptions, Watch};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::opened::open_with;

pub const DAY: i64 = 86_400_000;

pub fn import(engine: &Engine, file: &Path) -> Imported {
    let imported = engine.import(file, &ImportOptions::default(), DAY, &Watch::NONE);
    imported.unwrap_or_else(|error| panic!("{}: {}", file.display(), error.chain()))
}

/// What a person sees of every profile: weights and list, to the last bit.
pub fn seen(engine: &Engine) -> String {
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

pub fn exported(engine: &Engine, folder: &Path, name: &str) -> String {
    engine.export(folder, ExportFormat::Jsonl, None).unwrap();
    fs::read_to_string(folder.join(name)).unwrap()
}

pub fn item(n: usize, text: &str) -> Item {
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

pub fn act(item: u32, action: Action) -> Deed {
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
    let engine = open_with(from.path(), None);
    let before = exported(&engine, from.path(), "curio.jsonl");
    let other = open_with(to.path(), None);
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

/// Fills a folder and brings its transcript into another.
fn brought(from: &Path, to: &Path) -> (Engine, Engine) {
    fill(from, &["x".to_owned()], &[]);
    let engine = open_with(from, None);
    exported(&engine, from, "curio.jsonl");
    let other = open_with(to, None);
    import(&other, &from.join("curio.jsonl"));
    (engine, other)
}

#[test]
fn an_imported_transcript_is_undone_and_goes_on() {
    let [from, to] = [TempDir::new().unwrap(), TempDir::new().unwrap()];
    let (engine, other) = brought(from.path(), to.path());
    let file = from.path().join("curio.jsonl");
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
    let (_, other) = brought(from.path(), to.path());
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
    exported(&open_with(from.path(), None), from.path(), "curio.jsonl");
    let other = open_with(to.path(), None);
    import(&other, &from.path().join("curio.jsonl"));
    assert_eq!(other.undo_import(2 * DAY).unwrap().profiles, 30_002);
    assert_eq!(other.status().entries, 0);
}

#[test]
fn a_damaged_transcript_gives_what_it_has() {
    let [from, to] = [TempDir::new().unwrap(), TempDir::new().unwrap()];
    fill(from.path(), &["x".to_owned()], &[]);
    let text = exported(&open_with(from.path(), None), from.path(), "curio.jsonl");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[2].truncate(20);
    lines.push("{\"item\":[4000000000,{\"key\":\"far\",\"title\":\"Far\"}]}".to_owned());
    lines.push(
        "{\"entry\":[1,{\"sequence\":99999999,\"at\":0,\"act\":{\"item\":0,\"action\":\"like\"}}]}"
            .to_owned(),
    );
    let file = to.path().join("hurt.jsonl");
    fs::write(&file, lines.join("\n")).unwrap();
    let engine = open_with(to.path(), None);
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

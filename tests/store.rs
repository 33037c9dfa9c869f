//! What the store promises: what it acknowledged is there, or is said to be missing.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use curio_engine::backup;
use curio_engine::behaviour::{Action, Deed, ProfileId};
use curio_engine::catalogue::{Item, ItemId, Kind};
use curio_engine::friend::{Friend, Opinion, Verdict};
use curio_engine::signal::Signal;
use curio_engine::store::{Contents, Store};
use tempfile::TempDir;

use crate::harm::{bytes_of, files};

/// 2026-01-02 03:04:05 UTC.
pub const AT: i64 = 1_767_323_045_000;

pub fn item(n: u32) -> Item {
    Item {
        key: format!("test:{n}"),
        kind: Kind::ALL[n as usize % Kind::ALL.len()],
        title: format!("Title {n} · 标题"),
        year: Some(1900 + (n % 120) as i32),
        creators: vec![format!("Creator {}", n % 17)],
        genres: vec!["Drama".into(), format!("Genre {}", n % 5)],
        description: "Two plain sentences stand here. They are not long.".repeat(n as usize % 5),
        popularity: Some(f64::from(n) * 0.1 + 0.2),
        rating: Some(f64::from(n % 50) / 7.0 * 0.7),
        extra: BTreeMap::from([("column \"x\"".into(), format!("line\n{n}"))]),
        ..Item::default()
    }
}

pub fn act(item: u32, action: Action) -> Deed {
    Deed::Act {
        item: ItemId(item),
        action,
        surface: "for_you".into(),
        note: String::new(),
        basket: String::new(),
    }
}

/// A friend with an opinion on these items.
pub fn friend(name: &str, range: std::ops::Range<u32>) -> Friend {
    let opinion = |n| Opinion {
        key: format!("test:{n}"),
        title: format!("Title {n} · 标题"),
        year: Some(1900),
        kind: Kind::Film,
        creators: vec!["Creator".into()],
        verdict: Verdict::Liked,
    };
    Friend {
        name: name.into(),
        opinions: range.map(opinion).collect(),
    }
}

pub fn numbered(range: std::ops::Range<u32>) -> Vec<(ItemId, Item)> {
    range.map(|n| (ItemId(n), item(n))).collect()
}

/// Opens a store that must be in order.
pub fn open(data: &Path) -> Store {
    let (store, notices) = Store::open(data).unwrap();
    assert_eq!(notices, Vec::<String>::new());
    store
}

pub fn small(data: &Path) -> Contents {
    let store = open(data);
    store.put_items(&numbered(0..30)).unwrap();
    let anna = store.add_profile("Anna").unwrap().id;
    let bo = store.add_profile("波").unwrap().id;
    for n in 0..20 {
        let deeds = [
            (AT + n, act(n as u32, Action::Like)),
            (
                AT + n,
                act(n as u32 + 1, Action::Rate(0.1 + 0.2 + n as f64 / 9.0)),
            ),
        ];
        store.append(anna, &deeds).unwrap();
    }
    let pin = Deed::Pin {
        signal: Signal::Genre,
        weight: 0.1 + 0.2,
    };
    store.append(bo, &[(AT, pin), (AT, Deed::Reset)]).unwrap();
    store
        .append(bo, &[(AT, Deed::Undo { sequence: 0 })])
        .unwrap();
    store.set_setting("stamp", "7").unwrap();
    store.put_items(&numbered(30..40)).unwrap();
    let contents = store.contents().unwrap();
    assert_eq!(contents.items.len(), 40);
    assert_eq!(contents.entries(), 43);
    contents
}

#[test]
fn what_was_stored_is_read_back() {
    let dir = TempDir::new().unwrap();
    let before = small(dir.path());
    let store = open(dir.path());
    assert_eq!(store.contents().unwrap(), before);
    assert_eq!(store.items_len(), 40);
    assert_eq!(store.items().unwrap(), before.items);
    assert_eq!(store.item(ItemId(7)).unwrap(), Some(item(7)));
    assert_eq!(store.item(ItemId(40)).unwrap(), None);
    assert_eq!(store.find_key("test:39").unwrap(), Some(ItemId(39)));
    assert_eq!(store.find_key("test:40").unwrap(), None);
    assert_eq!(store.entries(), 43);
    assert_eq!(store.log_len(ProfileId(0)), 40);
    assert_eq!(store.log(ProfileId(1)).unwrap(), before.logs[&ProfileId(1)]);
    assert_eq!(store.get_setting("stamp").unwrap().as_deref(), Some("7"));
    assert_eq!(store.get_setting("none").unwrap(), None);
    assert!(store.log(ProfileId(2)).is_err());
}

#[test]
fn what_changes_nothing_writes_nothing() {
    let dir = TempDir::new().unwrap();
    small(dir.path());
    let journal = dir.path().join("store/journal/catalogue.jsonl");
    let before = fs::read(&journal).unwrap();
    open(dir.path()).put_items(&numbered(0..40)).unwrap();
    assert_eq!(fs::read(&journal).unwrap(), before);
}

#[test]
fn what_makes_no_sense_is_refused_and_leaves_no_trace() {
    let dir = TempDir::new().unwrap();
    let before = small(dir.path());
    let store = open(dir.path());
    let gap = [(ItemId(40), item(40)), (ItemId(42), item(42))];
    let same_key = [(ItemId(40), item(3))];
    let mut no_number = item(40);
    no_number.rating = Some(f64::NAN);
    let mut huge = item(40);
    huge.description = "x".repeat(300_000);
    for items in [
        &gap[..],
        &same_key,
        &[(ItemId(40), no_number)],
        &[(ItemId(40), huge)],
    ] {
        assert!(store.put_items(items).is_err(), "{items:?}");
    }
    let nan = act(1, Action::Rate(f64::NAN));
    assert!(
        store
            .append(ProfileId(0), &[(AT, act(1, Action::Like)), (AT, nan)])
            .is_err()
    );
    assert!(store.append(ProfileId(2), &[(AT, Deed::Reset)]).is_err());
    assert!(store.add_profile(" Anna ").is_err());
    assert!(store.add_profile("  ").is_err());
    assert!(store.rename_profile(ProfileId(1), "Anna").is_err());
    assert_eq!(store.contents().unwrap(), before);
    drop(store);
    assert_eq!(open(dir.path()).contents().unwrap(), before);
}

#[test]
fn an_item_under_a_new_key_is_found_by_that_alone() {
    let dir = TempDir::new().unwrap();
    small(dir.path());
    let store = open(dir.path());
    let mut renamed = item(3);
    renamed.key = "other:3".into();
    let freed = [(ItemId(3), renamed), (ItemId(40), item(3))];
    store.put_items(&freed).unwrap();
    assert_eq!(store.find_key("other:3").unwrap(), Some(ItemId(3)));
    assert_eq!(store.find_key("test:3").unwrap(), Some(ItemId(40)));
    drop(store);
    assert_eq!(
        open(dir.path()).find_key("other:3").unwrap(),
        Some(ItemId(3))
    );
}

#[test]
fn a_removed_profile_leaves_nothing_but_its_number() {
    let dir = TempDir::new().unwrap();
    let mut expected = small(dir.path());
    let store = open(dir.path());
    store.remove_profile(ProfileId(1)).unwrap();
    expected.profiles[1].name.clear();
    expected.profiles[1].removed = true;
    expected.logs.remove(&ProfileId(1));
    assert_eq!(store.contents().unwrap(), expected);
    assert_eq!(store.add_profile("波").unwrap().id, ProfileId(2));
    store.remove_profile(ProfileId(2)).unwrap();
    assert!(store.log(ProfileId(1)).is_err());
    drop(store);
    for file in files(&dir.path().join("store")) {
        let bytes = fs::read(&file).unwrap();
        let found = bytes.windows(3).any(|w| w == "波".as_bytes());
        assert!(!found, "{} still holds the name", file.display());
    }
    assert_eq!(open(dir.path()).profiles().unwrap().len(), 1);
}

#[test]
fn what_is_acknowledged_while_a_profile_is_removed_stays() {
    let dir = TempDir::new().unwrap();
    let store = open(dir.path());
    store.put_items(&numbered(0..200)).unwrap();
    let stays = store.add_profile("Stays").unwrap().id;
    let done = AtomicBool::new(false);
    let acknowledged = std::thread::scope(|scope| {
        let recording = scope.spawn(|| {
            let mut count = 0;
            while !done.load(Ordering::SeqCst) {
                store.append(stays, &[(AT, act(0, Action::View))]).unwrap();
                count += 1;
            }
            count
        });
        for n in 0..20 {
            let goes = store.add_profile(&format!("Goes {n}")).unwrap().id;
            store.remove_profile(goes).unwrap();
        }
        done.store(true, Ordering::SeqCst);
        recording.join().unwrap()
    });
    assert_eq!(store.log_len(stays), acknowledged);
}

#[test]
fn one_at_a_time() {
    let dir = TempDir::new().unwrap();
    let first = open(dir.path());
    let error = Store::open(dir.path()).err().unwrap();
    assert!(
        error
            .to_string()
            .ends_with("is open in another window or program"),
        "{error}"
    );
    drop(first);
    open(dir.path());
}

#[test]
fn a_store_opens_again_right_after_it_was_closed() {
    // The faster the disk, the closer the two come.
    let memory = Path::new("/dev/shm");
    let dir = if memory.exists() {
        TempDir::new_in(memory).unwrap()
    } else {
        TempDir::new().unwrap()
    };
    small(dir.path());
    for n in 0..30 {
        let store = open(dir.path());
        store.put_items(&[(ItemId(40 + n), item(40 + n))]).unwrap();
        store.restore(&store.contents().unwrap()).unwrap();
    }
    assert_eq!(open(dir.path()).items_len(), 70);
}

#[test]
fn what_is_acknowledged_between_openings_stays() {
    let dir = TempDir::new().unwrap();
    let before = small(dir.path());
    let store = open(dir.path());
    let (said, heard) = mpsc::sync_channel(0);
    std::thread::scope(|scope| {
        let store = &store;
        scope.spawn(move || {
            for _ in 0..50 {
                let deed = (AT, act(0, Action::View));
                store.append(ProfileId(1), &[deed]).unwrap();
                said.send(()).unwrap();
            }
        });
        for () in heard {
            assert_eq!(store.reopen().unwrap(), Vec::<String>::new());
        }
    });
    assert_eq!(store.items().unwrap(), before.items);
    assert_eq!(store.log_len(ProfileId(1)), 53);
    let now = store.contents().unwrap();
    drop(store);
    assert_eq!(open(dir.path()).contents().unwrap(), now);
}

/// As at every opening: neither what is damaged is taken, nor what is older than what was acknowledged.
#[test]
fn a_database_that_is_opened_again_is_held_against_its_journals() {
    let dir = TempDir::new().unwrap();
    small(dir.path());
    let db = dir.path().join("store/sled/db");
    let old = fs::read(&db).unwrap();
    let store = open(dir.path());
    let deed = (AT, act(0, Action::View));
    store.append(ProfileId(1), &[deed]).unwrap();
    let before = store.contents().unwrap();
    for bytes in [old.clone(), vec![0; old.len()]] {
        fs::write(&db, bytes).unwrap();
        let notices = store.reopen().unwrap();
        assert!(notices[0].contains("built anew"), "{notices:?}");
        assert_eq!(store.contents().unwrap(), before);
    }
}

#[test]
fn a_store_that_grew_is_written_anew() {
    let dir = TempDir::new().unwrap();
    let before = small(dir.path());
    let store = open(dir.path());
    for n in 0..90 {
        store
            .set_setting("large", &format!("{n}").repeat(100_000))
            .unwrap();
    }
    store.set_setting("large", "small again").unwrap();
    drop(store);
    let (store, notices) = Store::open(dir.path()).unwrap();
    assert!(notices[0].contains("written anew"), "{notices:?}");
    let bytes = bytes_of(&dir.path().join("store"));
    assert!(bytes < 4_000_000, "{bytes}");
    assert_eq!(store.items().unwrap(), before.items);
    assert_eq!(
        store.get_setting("large").unwrap().as_deref(),
        Some("small again")
    );
    drop(store);
    open(dir.path());
}

/// Prints what the store costs: `cargo test --test tests store::figures -- --ignored --nocapture`.
#[test]
#[ignore = "measures; run it alone"]
fn figures() {
    let dir =
        TempDir::new_in(std::env::var("CURIO_FIGURES").unwrap_or_else(|_| ".".into())).unwrap();
    let store = open(dir.path());
    let mut items = numbered(0..10_000);
    for (_, item) in &mut items {
        item.description = "Two plain sentences stand here. They are not long. ".repeat(8);
    }
    let bytes: usize = items
        .iter()
        .map(|(_, i)| serde_json::to_vec(i).unwrap().len())
        .sum();
    let clock = std::time::Instant::now();
    store.put_items(&items).unwrap();
    let took = clock.elapsed();
    println!("put_items: 10000 items of {} B in {took:?}", bytes / 10_000);
    let clock = std::time::Instant::now();
    store.put_items(&items).unwrap();
    println!("put_items again, nothing changed: {:?}", clock.elapsed());
    let id = store.add_profile("Anna").unwrap().id;
    let mut times: Vec<_> = (0..300)
        .map(|n| {
            let clock = std::time::Instant::now();
            store.append(id, &[(AT, act(n, Action::Like))]).unwrap();
            clock.elapsed()
        })
        .collect();
    times.sort();
    println!(
        "append one: median {:?}, 99 of 100 within {:?}",
        times[150], times[296]
    );
    let deeds: Vec<_> = (0..100_000)
        .map(|n| (AT, act(n % 10_000, Action::Rate(4.5))))
        .collect();
    let clock = std::time::Instant::now();
    store.append(id, &deeds).unwrap();
    println!("append 100000 at once: {:?}", clock.elapsed());
    let clock = std::time::Instant::now();
    let log = store.log(id).unwrap();
    println!("log of {}: {:?}", log.len(), clock.elapsed());
    let clock = std::time::Instant::now();
    assert_eq!(store.items().unwrap().len(), 10_000);
    println!("items: {:?}", clock.elapsed());
    let file = dir.path().join("all.zip");
    let clock = std::time::Instant::now();
    backup::write(&store, &file, AT).unwrap();
    println!(
        "backup: {:?}, {} KB",
        clock.elapsed(),
        fs::metadata(&file).unwrap().len() >> 10
    );
    let clock = std::time::Instant::now();
    let contents = backup::read(&file).unwrap();
    println!("backup read: {:?}", clock.elapsed());
    let clock = std::time::Instant::now();
    store.restore(&contents).unwrap();
    println!("restore: {:?}", clock.elapsed());
    for part in ["", "sled", "journal"] {
        let bytes = bytes_of(&dir.path().join("store").join(part));
        println!("store/{part}: {} KB", bytes >> 10);
    }
    drop(store);
    let clock = std::time::Instant::now();
    let store = open(dir.path());
    println!("open: {:?}", clock.elapsed());
    drop(store);
    fs::remove_dir_all(dir.path().join("store/sled")).unwrap();
    let clock = std::time::Instant::now();
    Store::open(dir.path()).unwrap();
    println!("open with the database gone: {:?}", clock.elapsed());
}

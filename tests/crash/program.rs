//! The program itself, killed while it imports and while it records.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use curio_engine::behaviour::{Deed, ProfileId};
use curio_engine::catalogue::ItemId;
use curio_engine::store::Store;
use curio_engine::view::{Imported, ProfileView, Recorded};
use serde::de::DeserializeOwned;
use tempfile::TempDir;

use super::rounds;
use crate::harm::Dice;

/// The real program on a data folder, with no encoder.
fn curio(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_curio"));
    command
        .env("CURIO_DATA", folder.join("data"))
        .env("CURIO_MODELS", folder.join("models"))
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

fn answer<T: DeserializeOwned>(folder: &Path, arguments: &[&str]) -> T {
    let output = curio(folder, arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Imports a catalogue.
fn import(file: &Path) -> [&str; 5] {
    [
        "import",
        file.to_str().unwrap(),
        "--as",
        "catalogue",
        "--json",
    ]
}

/// What the program's store holds after a kill; a kill alone must not harm it.
fn reopened(folder: &Path) -> Store {
    let (store, notices) = Store::open(&folder.join("data")).unwrap();
    let harmed = notices.iter().any(|notice| notice.contains("not whole"));
    assert!(!harmed, "{notices:?}");
    store
}

#[test]
fn an_import_that_is_killed_goes_on_where_it_was() {
    const ROWS: usize = 4000;
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("large.csv");
    let rows = (0..ROWS).map(|n| {
        let text = format!("Description {n}. ").repeat(20);
        let (year, genre) = (1900 + n % 120, n % 7);
        format!("{n},Title {n},{year},Drama|Genre {genre},{text}")
    });
    let header = String::from("id,title,year,genres,description");
    let csv: Vec<String> = std::iter::once(header).chain(rows).collect();
    std::fs::write(&file, csv.join("\n")).unwrap();
    let import = import(&file);
    let mut dice = Dice(13);
    let (mut before, mut partial) = (0, 0);
    for _ in 0..rounds() {
        let mut child = curio(dir.path(), &import).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(50 + dice.roll() % 700));
        child.kill().unwrap();
        child.wait().unwrap();
        let items = reopened(dir.path()).items().unwrap();
        assert!(items.len() >= before, "{} of {before}", items.len());
        for (n, item) in items.iter().enumerate() {
            assert_eq!(item.title, format!("Title {n}"));
        }
        partial += usize::from(items.len() > before && items.len() < ROWS);
        before = items.len();
        if before == ROWS {
            std::fs::remove_dir_all(dir.path().join("data")).unwrap();
            before = 0;
        }
    }
    println!("{} kills of an import, {partial} of them midway", rounds());
    let done: Imported = answer(dir.path(), &import);
    assert_eq!((done.read, done.rejected), (ROWS as u64, 0));
    assert_eq!(done.stored + done.updated + done.duplicates, ROWS as u64);
    assert_eq!(reopened(dir.path()).items_len(), ROWS);
    let again: Imported = answer(dir.path(), &import);
    assert_eq!(again.duplicates, ROWS as u64);
}

#[test]
fn what_the_program_printed_as_recorded_is_there_after_a_kill() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("small.csv");
    let rows = (0..500).map(|n| format!("{n},Title {n}"));
    let csv: Vec<String> = std::iter::once("id,title".into()).chain(rows).collect();
    std::fs::write(&file, csv.join("\n")).unwrap();
    let import = import(&file);
    answer::<Imported>(dir.path(), &import);
    answer::<ProfileView>(dir.path(), &["profile", "add", "Ann", "--json"]);
    let mut dice = Dice(14);
    let mut printed: Vec<(u64, ItemId)> = Vec::new();
    for round in 0..rounds() * 2 {
        let item = ItemId((dice.roll() % 500) as u32);
        let name = item.to_string();
        let arguments = ["record", "--profile", "Ann", &name, "view", "--json"];
        let mut child = curio(dir.path(), &arguments).spawn().unwrap();
        if round % 2 == 1 {
            std::thread::sleep(Duration::from_millis(dice.roll() % 150));
            child.kill().unwrap();
        }
        let output = child.wait_with_output().unwrap();
        if let Ok(recorded) = serde_json::from_slice::<Recorded>(&output.stdout) {
            printed.push((recorded.sequence, item));
        }
        if round % 2 == 1 {
            let log = reopened(dir.path()).log(ProfileId(0)).unwrap();
            for (sequence, item) in &printed {
                let kept = log.get(*sequence as usize).map(|entry| &entry.deed);
                let same = matches!(kept, Some(Deed::Act { item: i, .. }) if i == item);
                assert!(same, "{sequence} is {kept:?}, not {item}");
            }
        }
    }
    println!(
        "{} kills while recording, {} printed, none lost",
        rounds(),
        printed.len()
    );
    assert!(printed.len() as u64 >= rounds());
}

//! Harm done to the files of a store: none by itself loses anything, and none loses anything in silence.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use curio_engine::backup;
use curio_engine::behaviour::{Deed, ProfileId};
use curio_engine::store::{Contents, Store};
use tempfile::TempDir;

use crate::store::{AT, open, small};
use crate::storeformat::crc32;

/// One thing that can happen to a file.
#[derive(Debug, Clone, Copy)]
enum Harm {
    Flip(u64),
    Cut(u64),
    Delete,
    Empty,
    Zeros(u64),
}

fn harm(path: &Path, harm: Harm) {
    if path.is_dir() {
        fs::remove_dir_all(path).unwrap();
        return;
    }
    let Ok(mut bytes) = fs::read(path) else {
        return;
    };
    let length = bytes.len().max(1) as u64;
    match harm {
        Harm::Flip(n) if !bytes.is_empty() => {
            bytes[(n / 8 % length) as usize] ^= 1 << (n % 8);
        }
        Harm::Flip(_) => {}
        Harm::Cut(n) => bytes.truncate((n % length) as usize),
        Harm::Delete => return fs::remove_file(path).unwrap(),
        Harm::Empty => bytes.clear(),
        Harm::Zeros(n) => {
            let start = (n % length) as usize;
            let end = (start + 512).min(bytes.len());
            bytes[start..end].fill(0);
        }
    }
    fs::write(path, bytes).unwrap();
}

/// Every file below a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

pub fn bytes_of(folder: &Path) -> u64 {
    let sizes = files(folder).into_iter();
    sizes.map(|file| fs::metadata(file).unwrap().len()).sum()
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// A small generator (splitmix64), so that every run harms the same bits.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    fn harm(&mut self) -> Harm {
        let n = self.roll();
        match self.roll() % 8 {
            0..4 => Harm::Flip(n),
            4 => Harm::Cut(n),
            5 => Harm::Delete,
            6 => Harm::Empty,
            _ => Harm::Zeros(n),
        }
    }
}

/// Harms a copy of a store, opens it, and returns what it then holds and said.
fn harmed(data: &Path, harms: &[(PathBuf, Harm)]) -> (Contents, Vec<String>) {
    let dir = TempDir::new().unwrap();
    copy(data, dir.path());
    for (file, what) in harms {
        harm(&dir.path().join(file), *what);
    }
    let (store, notices) =
        Store::open(dir.path()).unwrap_or_else(|error| panic!("{harms:?}: {}", error.chain()));
    let contents = store.contents().unwrap();
    // It is a working store from here on, and has nothing more to say.
    store.set_setting("after", "x").unwrap();
    drop(store);
    let again = open(dir.path());
    assert_eq!(again.items().unwrap(), contents.items, "{harms:?}");
    assert_eq!(again.entries(), contents.entries(), "{harms:?}");
    (contents, notices)
}

#[test]
fn no_single_damage_loses_anything() {
    let dir = TempDir::new().unwrap();
    let before = small(dir.path());
    let mut dice = Dice(1);
    let mut cases: Vec<(PathBuf, Harm)> = ["store/sled", "store/journal", "store/sled/blobs"]
        .map(|folder| (folder.into(), Harm::Delete))
        .into();
    for file in files(&dir.path().join("store")) {
        let file = file.strip_prefix(dir.path()).unwrap().to_path_buf();
        let rounds = if file.ends_with("db") { 24 } else { 6 };
        cases.push((file.clone(), Harm::Delete));
        cases.push((file.clone(), Harm::Empty));
        for _ in 0..rounds {
            cases.push((file.clone(), Harm::Flip(dice.roll())));
        }
        for _ in 0..rounds / 2 {
            cases.push((file.clone(), Harm::Cut(dice.roll())));
            cases.push((file.clone(), Harm::Zeros(dice.roll())));
        }
    }
    let mut rebuilt = 0;
    for case in cases {
        let (contents, notices) = harmed(dir.path(), std::slice::from_ref(&case));
        assert!(
            contents == before,
            "{case:?} lost something and said {notices:?}"
        );
        let lost = notices
            .iter()
            .any(|notice| notice.contains("missing:") || notice.contains("missing at the end"));
        assert!(!lost, "{case:?} said {notices:?}");
        rebuilt += usize::from(notices.iter().any(|n| n.contains("built anew")));
    }
    assert!(rebuilt > 30, "only {rebuilt} cases harmed anything");
}

#[test]
fn no_double_damage_loses_anything_in_silence() {
    let dir = TempDir::new().unwrap();
    let before = small(dir.path());
    let all: Vec<PathBuf> = files(&dir.path().join("store"))
        .into_iter()
        .map(|file| file.strip_prefix(dir.path()).unwrap().to_path_buf())
        .collect();
    let mut dice = Dice(2);
    let mut lossy = 0;
    for _ in 0..80 {
        let pick = |dice: &mut Dice| all[(dice.roll() % all.len() as u64) as usize].clone();
        let harms = [
            (pick(&mut dice), dice.harm()),
            ("store/sled/db".into(), dice.harm()),
        ];
        let (contents, notices) = harmed(dir.path(), &harms);
        if contents != before {
            lossy += 1;
            assert!(!notices.is_empty(), "{harms:?} lost something in silence");
        }
        // Nothing is invented: what is there was there, or is a marked stand-in.
        for (n, item) in contents.items.iter().enumerate() {
            let known = before.items.get(n) == Some(item) || item.key.starts_with("lost:");
            assert!(known, "{harms:?} made up {item:?}");
        }
    }
    assert!(lossy > 0, "no case lost anything, so nothing was tested");
}

#[test]
fn what_is_missing_after_double_damage_is_named() {
    let dir = TempDir::new().unwrap();
    small(dir.path());
    fs::remove_file(dir.path().join("store/sled/db")).unwrap();
    let made = dir.path().join("store/journal/made.jsonl");
    let text = fs::read_to_string(&made).unwrap();
    fs::write(
        &made,
        text.replacen("\"sequence\":5,", "\"sequence\":6,", 1),
    )
    .unwrap();
    let (store, notices) = Store::open(dir.path()).unwrap();
    assert!(
        notices
            .iter()
            .any(|n| n == "missing: 1 × entry of \"Anna\", number 5"),
        "{notices:?}"
    );
    let log = store.log(ProfileId(0)).unwrap();
    assert_eq!(log.len(), 40);
    assert_eq!(log[5].deed, Deed::Undo { sequence: 5 });
    assert!(
        dir.path()
            .join("damaged/store-1/journal/made.jsonl")
            .exists()
    );
}

#[test]
fn the_last_backup_helps_where_store_and_journal_cannot() {
    let dir = TempDir::new().unwrap();
    let before = small(dir.path());
    backup::daily(&open(dir.path()), dir.path(), AT)
        .unwrap()
        .unwrap();
    fs::remove_dir_all(dir.path().join("store/sled")).unwrap();
    fs::remove_dir_all(dir.path().join("store/journal")).unwrap();
    let (store, notices) = Store::open(dir.path()).unwrap();
    assert_eq!(store.contents().unwrap(), before);
    assert!(
        notices[0].contains("the backup backups/daily-2026-01-02.zip"),
        "{notices:?}"
    );
}

#[test]
fn an_unfinished_last_line_is_cut_off_and_a_late_one_put_in() {
    let dir = TempDir::new().unwrap();
    let mut before = small(dir.path());
    let made = dir.path().join("store/journal/made.jsonl");
    let record = r#"{"setting":["late","yes"]}"#;
    let mut file = fs::OpenOptions::new().append(true).open(&made).unwrap();
    writeln!(file, "{:08x} {record}", crc32(record.as_bytes())).unwrap();
    write!(file, "01234567 {{\"setting\":[\"torn\"").unwrap();
    let (store, notices) = Store::open(dir.path()).unwrap();
    before.settings.insert("late".into(), "yes".into());
    assert_eq!(store.contents().unwrap(), before);
    assert_eq!(notices.len(), 2, "{notices:?}");
    assert!(notices[0].ends_with("(records: 1)"), "{notices:?}");
    assert!(notices[1].contains("was cut off"), "{notices:?}");
    drop(store);
    open(dir.path());
}

#[test]
fn a_swap_that_was_broken_off_is_ended() {
    let dir = TempDir::new().unwrap();
    let before = small(dir.path());
    let at = |name: &str| dir.path().join(name);
    fs::rename(at("store"), at("store.new")).unwrap();
    assert_eq!(open(dir.path()).contents().unwrap(), before);
    copy(&at("store"), &at("store.new"));
    fs::remove_file(at("store.new/highwater")).unwrap();
    fs::rename(at("store"), at("store.old")).unwrap();
    assert_eq!(open(dir.path()).contents().unwrap(), before);
    assert!(!at("store.new").exists() && !at("store.old").exists());
}

//! Backups: what they hold is the same store again, and an archive that is none is refused.

use std::fs;

use curio_engine::backup;
use curio_engine::behaviour::{Action, ProfileId};
use tempfile::TempDir;

use crate::archives::{zipped, zipped_link};
use crate::harm::{Dice, files};
use crate::store::{AT, act, open, small};

#[test]
fn a_restored_backup_is_the_same_store() {
    let (from, to) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let before = small(from.path());
    let file = from.path().join("all.zip");
    backup::write(&open(from.path()), &file, AT).unwrap();
    small(to.path());
    let store = open(to.path());
    store
        .append(ProfileId(0), &[(AT, act(9, Action::Hide))])
        .unwrap();
    let held = backup::check(&file).unwrap();
    assert_eq!((held.at, held.items), (AT, before.items.len() as u64));
    assert_eq!(held.entries, before.entries());
    store.restore(&backup::read(&file).unwrap()).unwrap();
    assert_eq!(store.contents().unwrap(), before);
    store
        .append(ProfileId(0), &[(AT, act(9, Action::Hide))])
        .unwrap();
    drop(store);
    assert_eq!(open(to.path()).log_len(ProfileId(0)), 41);
    let names: Vec<_> = fs::read_dir(to.path())
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn seven_daily_backups_are_kept() {
    let dir = TempDir::new().unwrap();
    small(dir.path());
    let store = open(dir.path());
    let day = 86_400_000;
    for n in 0..10 {
        assert!(
            backup::daily(&store, dir.path(), AT + n * day)
                .unwrap()
                .is_some()
        );
        assert!(
            backup::daily(&store, dir.path(), AT + n * day + 1000)
                .unwrap()
                .is_none()
        );
        backup::before(&store, dir.path(), "import", AT + n * day).unwrap();
    }
    let names: Vec<String> = files(&dir.path().join("backups"))
        .iter()
        .map(|f| f.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names.len(), 14);
    assert_eq!(names[0], "before-import-2026-01-05-030405-000.zip");
    assert_eq!(names[7], "daily-2026-01-05.zip");
    assert_eq!(names[13], "daily-2026-01-11.zip");
}

#[test]
fn an_archive_that_is_no_backup_is_refused() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("x.zip");
    let zeros = vec![b' '; 30 << 20];
    let check = |bytes: &[u8], reason: &str| {
        fs::write(&file, bytes).unwrap();
        let error = backup::read(&file).err().unwrap().chain();
        assert!(error.contains(reason), "{error}");
        assert_eq!(backup::check(&file).unwrap_err().chain(), error);
    };
    check(b"", "is no backup of Curio");
    check(b"no archive", "is no backup of Curio");
    check(&zipped(&[("/etc/cron.d/x", b"x")]), "which no backup has");
    check(
        &zipped(&[("../manifest.json", b"x")]),
        "which no backup has",
    );
    check(&zipped_link("items.jsonl"), "is not a plain file");
    check(&zipped(&[("manifest.json", &zeros)]), "absurd size");
    check(&zipped(&[("manifest.json", b"{}")]), "missing field");
    check(
        &zipped(&[("covers/../../x.jpg", b"x")]),
        "which no backup has",
    );
    let newer =
        br#"{"format":5,"at":0,"written":"","items":0,"profiles":0,"entries":0,"files":{}}"#;
    check(
        &zipped(&[("manifest.json", newer)]),
        "newer version of Curio",
    );
}

#[test]
fn a_damaged_backup_is_refused() {
    let dir = TempDir::new().unwrap();
    let before = small(dir.path());
    let file = dir.path().join("all.zip");
    backup::write(&open(dir.path()), &file, AT).unwrap();
    let good = fs::read(&file).unwrap();
    let mut dice = Dice(3);
    for _ in 0..200 {
        let mut bytes = good.clone();
        let n = dice.roll();
        let place = (n / 8 % bytes.len() as u64) as usize;
        bytes[place] ^= 1 << (n % 8);
        fs::write(&file, &bytes).unwrap();
        // A flip in what a zip does not check (a date, a flag) may pass; then nothing may differ.
        if let Ok(contents) = backup::read(&file) {
            assert!(
                contents == before,
                "a flip at byte {place} changed what was read"
            );
        }
    }
}

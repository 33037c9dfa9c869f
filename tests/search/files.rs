//! The files of the index: filled anew when they are stale, missing or harmed.

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};

use curio_engine::ErrorKind;
use curio_engine::search::Index;

use super::{catalogue, first, found, item, numbered, planted};

#[test]
fn a_stale_or_missing_index_asks_to_be_filled() {
    let (folder, index) = planted();
    drop(index);
    assert!(!Index::open(folder.path(), "1").unwrap().1);
    let (index, must_fill) = Index::open(folder.path(), "2").unwrap();
    assert!(must_fill && index.is_empty());
    assert!(index.search("solaris", None, 5).unwrap().is_empty());
}

#[test]
fn a_cancelled_rebuild_leaves_the_old_index() {
    let (folder, index) = planted();
    let other = vec![item("Other", 2000, "", &[], ""); 1_000];
    let calls = Cell::new(0);
    let go_on = |done| {
        calls.set(calls.get() + 1);
        done < 500
    };
    let error = index
        .rebuild(&mut numbered(&other), "2", &go_on)
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Cancelled);
    assert_eq!(calls.get(), 3);
    assert_eq!(first(&index, "solaris").0, 0);
    drop(index);
    assert!(!Index::open(folder.path(), "1").unwrap().1);
}

#[test]
fn a_rebuild_takes_the_place_of_the_old_index() {
    let (folder, index) = planted();
    let other = [item("Other", 2000, "", &[], "")];
    for stamp in ["2", "3"] {
        index
            .rebuild(&mut numbered(&other), stamp, &|_| true)
            .unwrap();
        assert_eq!(found(&index, "other"), [0]);
        assert!(found(&index, "solaris").is_empty());
    }
    assert!(!Index::open(folder.path(), "3").unwrap().1);
}

/// Every file of an index, the lock files of tantivy left out.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = crate::harm::files(folder);
    found.retain(|path| path.extension().is_none_or(|extension| extension != "lock"));
    found
}

#[test]
fn any_damaged_byte_is_noticed_and_mended_by_filling() {
    let (folder, index) = planted();
    drop(index);
    let sound: Vec<(PathBuf, Vec<u8>)> = files(folder.path())
        .into_iter()
        .map(|path| (path.clone(), fs::read(&path).unwrap()))
        .filter(|(_, bytes)| !bytes.is_empty())
        .collect();
    assert!(
        sound.len() >= 6,
        "the files of a segment, its list and the seal"
    );
    for (path, bytes) in &sound {
        // Which files tantivy may throw away: not part of the content.
        let managed = path.file_name().is_some_and(|name| name == ".managed.json");
        for at in [0, bytes.len() / 2, bytes.len() - 1] {
            let mut harmed = bytes.clone();
            harmed[at] ^= 0x10;
            fs::write(path, harmed).unwrap();
            let (index, must_fill) = Index::open(folder.path(), "1").unwrap();
            assert!(must_fill || managed, "byte {at} of {}", path.display());
            if must_fill {
                index
                    .rebuild(&mut numbered(&catalogue()), "1", &|_| true)
                    .unwrap();
            }
            assert_eq!(first(&index, "solaris").0, 0);
            drop(index);
            restore(folder.path(), &sound);
        }
    }
    assert!(!Index::open(folder.path(), "1").unwrap().1);
}

#[test]
fn a_truncated_or_missing_file_is_noticed() {
    let (folder, index) = planted();
    drop(index);
    let sound: Vec<(PathBuf, Vec<u8>)> = files(folder.path())
        .into_iter()
        .filter(|path| !path.ends_with(".managed.json"))
        .map(|path| (path.clone(), fs::read(&path).unwrap()))
        .filter(|(_, bytes)| !bytes.is_empty())
        .collect();
    for (path, bytes) in &sound {
        fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
        let what = path.display();
        assert!(Index::open(folder.path(), "1").unwrap().1, "half of {what}");
        restore(folder.path(), &sound);
        fs::remove_file(path).unwrap();
        assert!(Index::open(folder.path(), "1").unwrap().1, "without {what}");
        restore(folder.path(), &sound);
    }
}

fn restore(folder: &Path, sound: &[(PathBuf, Vec<u8>)]) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap();
        }
    }
    for (path, bytes) in sound {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

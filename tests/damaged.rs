//! Files that people have, and what a fuzzer made of them: each is read to its end by the rules of an import.
//!
//! `scripts/fuzz` looks for files that break a rule; what it found, and files that it read in ways of their
//! own, are in tests/fixtures/fuzz.

use std::fs;
use std::path::{Path, PathBuf};

use curio_engine::view::Imported;
use curio_engine::{Engine, ErrorKind, ImportOptions, Watch};
use tempfile::TempDir;

use crate::opened::open;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.push(path);
        }
    }
    all
}

fn import(engine: &Engine, file: &Path) -> Option<Imported> {
    let options = ImportOptions {
        profile: Some("Ann".to_owned()),
        ..ImportOptions::default()
    };
    match engine.import(file, &options, 1_704_103_200_000, &Watch::NONE) {
        Ok(imported) => Some(imported),
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::User, "{}: {error}", file.display());
            None
        }
    }
}

#[test]
fn every_row_is_counted_once_and_what_was_accepted_is_there_again() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
    let all = files(&fixtures);
    assert!(all.len() > 90, "{} files", all.len());
    let (mut taken, mut rows) = (0, 0);
    for chunk in all.chunks(16) {
        let folder = TempDir::new().unwrap();
        let engine = open(folder.path());
        for (n, path) in chunk.iter().enumerate() {
            // Beside a copy, so that rejected rows lie with it.
            let place = folder.path().join(n.to_string());
            fs::create_dir(&place).unwrap();
            let file = place.join(path.file_name().unwrap());
            fs::copy(path, &file).unwrap();
            let Some(first) = import(&engine, &file) else {
                continue;
            };
            let counted = first.stored + first.updated + first.duplicates + first.rejected;
            assert_eq!(first.read, counted, "{}", path.display());
            let again = import(&engine, &file).unwrap();
            assert_eq!(again.stored, 0, "{}", path.display());
            assert_eq!(again.rejected, first.rejected, "{}", path.display());
            taken += 1;
            rows += first.read;
        }
    }
    assert!(taken > 70 && rows > 300, "{taken} files, {rows} rows");
}

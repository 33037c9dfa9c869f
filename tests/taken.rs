//! All that a file gives when it is read: items, acts, and each bad row with its reason.

use std::fs;
use std::path::{Path, PathBuf};

use curio_engine::behaviour::Action;
use curio_engine::catalogue::Item;
use curio_engine::import::{Interaction, Outcome, Reader, Reading};
use curio_engine::{Error, ImportOptions};

/// All that a file gave.
pub struct Taken {
    pub items: Vec<Item>,
    pub acts: Vec<Interaction>,
    /// Line, column and reason of each bad row.
    pub bad: Vec<(u64, String, String)>,
    pub reading: Reading,
}

impl Taken {
    pub fn titles(&self) -> Vec<&str> {
        self.items.iter().map(|i| i.title.as_str()).collect()
    }

    pub fn item(&self, title: &str) -> &Item {
        let found = self.items.iter().find(|i| i.title == title);
        found.unwrap_or_else(|| panic!("no {title:?} among {:?}", self.titles()))
    }

    pub fn deeds(&self) -> Vec<(&str, Action)> {
        self.acts
            .iter()
            .map(|a| (a.item_key.as_str(), a.action))
            .collect()
    }

    pub fn rejected(&self) -> Vec<(u64, &str, &str)> {
        let rows = self.bad.iter();
        rows.map(|(l, c, r)| (*l, c.as_str(), r.as_str())).collect()
    }

    pub fn noted(&self, words: &str) -> bool {
        self.reading.notes.iter().any(|note| note.contains(words))
    }
}

pub fn take(path: &Path, options: &ImportOptions) -> Result<Taken, Error> {
    let (mut items, mut acts, mut bad) = (Vec::new(), Vec::new(), Vec::new());
    let mut good = 0;
    let mut reader = Reader::open(path, options)?;
    while let Some(row) = reader.next_row()? {
        match row.outcome {
            Outcome::Good { item, interactions } => {
                good += 1;
                items.extend(item.map(|i| *i));
                acts.extend(interactions);
            }
            Outcome::Said(_) => good += 1,
            Outcome::Bad { column, reason, .. } => {
                bad.push((row.line, column.unwrap_or_default(), reason));
            }
        }
    }
    let reading = reader.finish();
    assert_eq!(reading.read, good + bad.len() as u64, "read = good + bad");
    Ok(Taken {
        items,
        acts,
        bad,
        reading,
    })
}

pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/import")
}

pub fn fixture(name: &str) -> Taken {
    take(&fixtures().join(name), &ImportOptions::default())
        .unwrap_or_else(|error| panic!("{name}: {}", error.chain()))
}

pub fn refusal(name: &str) -> String {
    match take(&fixtures().join(name), &ImportOptions::default()) {
        Ok(_) => panic!("{name} was read"),
        Err(error) => error.chain(),
    }
}

/// Why the engine refuses a text.
pub fn refusal_of(name: &str, text: &str) -> String {
    let library = crate::library::Library::new();
    let path = library.folder.path().join(name);
    fs::write(&path, text).unwrap();
    let options = ImportOptions::default();
    let done = library.engine.import(
        &path,
        &options,
        crate::library::AT,
        &curio_engine::Watch::NONE,
    );
    match done {
        Ok(_) => panic!("{name} was read"),
        Err(error) => error.chain(),
    }
}

/// Reads a file that is written for the occasion.
pub fn written(name: &str, bytes: impl AsRef<[u8]>) -> Result<Taken, Error> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    take(&path, &ImportOptions::default())
}

pub fn mapped(pairs: &[(&str, &str)]) -> ImportOptions {
    ImportOptions {
        map: pairs
            .iter()
            .map(|(f, c)| ((*f).to_owned(), (*c).to_owned()))
            .collect(),
        ..ImportOptions::default()
    }
}

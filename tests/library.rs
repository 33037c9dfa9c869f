//! A library into which files of other programs were imported, and what is kept of them.

use std::fs;
use std::path::PathBuf;

use curio_engine::behaviour::{Action, Deed, Entry};
use curio_engine::catalogue::Item;
use curio_engine::store::Store;
use curio_engine::view::Imported;
use curio_engine::{Engine, ImportOptions, Watch};
use tempfile::TempDir;

use crate::opened::open;

/// 2026-01-02 03:04:05 UTC.
pub const AT: i64 = 1_767_323_045_000;

/// A store into which files were imported.
pub struct Library {
    pub folder: TempDir,
    pub engine: Engine,
}

impl Library {
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let engine = open(folder.path());
        Self { folder, engine }
    }

    pub fn of(files: &[&str]) -> Self {
        let library = Self::new();
        for file in files {
            library.import(file, &[]);
        }
        library
    }

    /// Imports a copy of a fixture, beside which nothing is left.
    pub fn import(&self, name: &str, map: &[(&str, &str)]) -> Imported {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::copy(fixtures().join(name), &path).unwrap();
        let options = ImportOptions {
            map: map
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            profile: Some("Me".to_owned()),
            ..ImportOptions::default()
        };
        self.engine
            .import(&path, &options, AT, &Watch::NONE)
            .unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Closes it and reads what is kept.
    pub fn kept(self) -> Kept {
        let Self { folder, engine } = self;
        drop(engine);
        let (store, _) = Store::open(&folder.path().join("data")).unwrap();
        let profiles = store.profiles().unwrap().into_iter();
        let logs = profiles.map(|p| (p.name, store.log(p.id).unwrap()));
        Kept {
            items: store.items().unwrap(),
            logs: logs.collect(),
        }
    }
}

pub struct Kept {
    pub items: Vec<Item>,
    pub logs: Vec<(String, Vec<Entry>)>,
}

impl Kept {
    pub fn entries(&self) -> usize {
        self.logs.iter().map(|(_, log)| log.len()).sum()
    }

    pub fn item(&self, title: &str) -> &Item {
        let found = self.items.iter().find(|item| item.title == title);
        found.unwrap_or_else(|| {
            let titles: Vec<_> = self.items.iter().map(|item| &item.title).collect();
            panic!("no {title:?} among {titles:?}")
        })
    }

    /// What a profile did with an item, with the day or the moment of each.
    pub fn deeds(&self, profile: &str, title: &str) -> Vec<(Action, String)> {
        let row = self.items.iter().position(|item| item.title == title);
        let log = self.logs.iter().find(|(name, _)| name == profile);
        let acts = log.unwrap().1.iter().filter_map(|entry| match entry.deed {
            Deed::Act { item, action, .. } if Some(item.row()) == row => {
                let at = chrono::DateTime::from_timestamp_millis(entry.at).unwrap();
                Some((action, at.format("%Y-%m-%d").to_string()))
            }
            _ => None,
        });
        acts.collect()
    }

    pub fn mine(&self, title: &str) -> Vec<(Action, String)> {
        self.deeds("Me", title)
    }
}

pub fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/formats")
}

pub fn kept(files: &[&str]) -> Kept {
    Library::of(files).kept()
}

pub fn on(action: Action, day: &str) -> (Action, String) {
    (action, day.to_owned())
}

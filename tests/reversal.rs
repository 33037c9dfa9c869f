//! An import that is undone as a whole.

mod dry;
mod steps;

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use curio_engine::behaviour::{Action, ProfileId};
use curio_engine::catalogue::{Item, ItemId};
use curio_engine::store::{Contents, Store};
use curio_engine::view::{ImportUndone, Imported, Request};
use curio_engine::{Engine, ErrorKind, ImportOptions, Watch};
use tempfile::TempDir;

use crate::opened::open;

/// 2026-01-02 03:04:05 UTC.
const AT: i64 = 1_767_323_045_000;

const FILMS: &str = "id,title,year,genres\n\
                     1,Solaris,1972,Science Fiction\n\
                     2,Stalker,1979,Science Fiction\n\
                     3,Mirror,1975,Drama\n";
/// Solaris again, with more to say, and two that are new.
const MORE: &str = "id,title,year,genres,shelfmark\n\
                    1,Solaris,1972,Drama,A1\n\
                    4,Nostalghia,1983,Drama,B2\n\
                    5,The Sacrifice,1986,Drama,B3\n";
const LOG: &str = "profile,key,action,date\n\
                   Ben,id:2,like,2024-03-01\n\
                   Ann,id:3,like,2024-03-02\n\
                   Ann,id:5,dislike,2024-03-03\n";

struct Home {
    folder: TempDir,
    engine: Option<Engine>,
    clock: i64,
}

impl Home {
    /// A folder with the films, Ann, and what she likes.
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let mut home = Self {
            folder,
            engine: None,
            clock: AT,
        };
        home.open();
        home.import("films.csv", FILMS);
        home.engine().add_profile("Ann").unwrap();
        home.act("Ann", "Stalker", Action::Like);
        home
    }

    fn open(&mut self) {
        self.engine = None;
        self.engine = Some(open(self.folder.path()));
    }

    fn engine(&self) -> &Engine {
        self.engine.as_ref().unwrap()
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    fn run(&mut self, name: &str, text: &str, options: &ImportOptions, watch: &Watch) -> Imported {
        self.clock += 1_000;
        let path = self.file(name, text);
        let imported = self.engine().import(&path, options, self.clock, watch);
        imported.unwrap_or_else(|error| panic!("{name}: {}", error.chain()))
    }

    fn import(&mut self, name: &str, text: &str) -> Imported {
        self.run(name, text, &ImportOptions::default(), &Watch::NONE)
    }

    fn dry(&mut self, text: &str, map: &[(&str, &str)]) -> Imported {
        let map = map.iter().map(|(f, c)| ((*f).into(), (*c).into()));
        let options = ImportOptions {
            map: map.collect(),
            dry_run: true,
            ..ImportOptions::default()
        };
        self.run("more-films.csv", text, &options, &Watch::NONE)
    }

    fn undo(&mut self) -> ImportUndone {
        self.clock += 1_000;
        let undone = self.engine().undo_import(self.clock);
        undone.unwrap_or_else(|error| panic!("{}", error.chain()))
    }

    fn who(&self, name: &str) -> ProfileId {
        self.engine().find_profile(name).unwrap()
    }

    fn act(&mut self, name: &str, title: &str, action: Action) -> u64 {
        self.clock += 1_000;
        let item = self.engine().find_item(title).unwrap();
        let recorded = self
            .engine()
            .record(self.who(name), item, action, "test", "", self.clock);
        recorded.unwrap().sequence
    }

    fn titles(&self) -> Vec<String> {
        let last = self.engine().status().items as u32;
        let show = |n| self.engine().show(ItemId(n)).unwrap();
        (0..last).map(|n| show(n).title).collect()
    }

    /// Items, living profiles and logs, as they stand on the disk, and Ann's list.
    fn all(&mut self) -> (Contents, String) {
        let list = self
            .engine()
            .recommend(self.who("Ann"), &Request::default(), AT * 2);
        let list = serde_json::to_string(&list.unwrap().items).unwrap();
        self.engine = None;
        let (store, notices) = Store::open(&self.folder.path().join("data")).unwrap();
        assert_eq!(notices, Vec::<String>::new());
        let mut contents = store.contents().unwrap();
        drop(store);
        contents.settings.clear();
        contents.profiles.retain(|profile| !profile.removed);
        contents.logs.retain(|_, log| !log.is_empty());
        self.open();
        (contents, list)
    }

    fn refusal(&self) -> String {
        let error = self.engine().undo_import(self.clock).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::User);
        error.chain()
    }
}

/// The newest entries of a log.
fn newest(limit: usize) -> curio_engine::view::Look {
    curio_engine::view::Look {
        limit,
        ..Default::default()
    }
}

#[test]
fn an_import_that_is_undone_leaves_everything_as_it_was() {
    let mut home = Home::new();
    let before = home.all();
    home.import("more.csv", MORE);
    assert_eq!(home.titles().len(), 5);
    assert_eq!(
        home.engine()
            .search("Nostalghia", None, 5)
            .unwrap()
            .hits
            .len(),
        1
    );
    let undone = home.undo();
    assert_eq!(
        (
            undone.file.as_str(),
            undone.removed,
            undone.restored,
            undone.kept
        ),
        ("more.csv", 2, 1, 0)
    );
    assert!(
        home.engine()
            .search("Nostalghia", None, 5)
            .unwrap()
            .hits
            .is_empty()
    );
    assert!(home.engine().show(ItemId(3)).is_err());
    assert_eq!(home.all(), before);
    let again = home.import("more.csv", MORE);
    assert_eq!((again.stored, again.updated), (2, 1), "it can come again");
}

#[test]
fn imported_logs_go_with_the_profiles_that_they_made() {
    let mut home = Home::new();
    home.import("more.csv", MORE);
    let before = home.all();
    let told = home.import("log.csv", LOG);
    assert_eq!((told.stored, told.rejected), (3, 0), "{:?}", told.rejects);
    let undone = home.undo();
    assert_eq!((undone.entries, undone.profiles, undone.removed), (3, 1, 0));
    let names: Vec<_> = home
        .engine()
        .profiles()
        .unwrap()
        .into_iter()
        .map(|p| p.name)
        .collect();
    assert_eq!(names, ["Ann"]);
    assert_eq!(home.all(), before);
}

#[test]
fn what_was_done_by_hand_since_stays() {
    let mut home = Home::new();
    home.import(
        "log.csv",
        "user,id,title,year,action\nAnn,3,Mirror,1975,like\nBen,6,Ivan,1962,like\nBen,7,Andrei,1966,like\n",
    );
    let mirror = home.engine().activity(home.who("Ann"), &newest(1)).unwrap()[0].sequence;
    home.act("Ann", "Andrei", Action::Dislike);
    home.engine()
        .undo(home.who("Ann"), Some(mirror), AT)
        .unwrap();
    let stalker = home.act("Ann", "Solaris", Action::Want);
    home.engine()
        .undo(home.who("Ann"), Some(stalker), AT)
        .unwrap();
    home.act("Ben", "Stalker", Action::Like);
    home.engine().add_profile("Cleo").unwrap();

    let undone = home.undo();
    assert_eq!(
        (undone.removed, undone.kept, undone.entries, undone.profiles),
        (1, 1, 4, 0)
    );
    // Andrei, number 4 of the import's two, closes ranks.
    assert_eq!(home.titles(), ["Solaris", "Stalker", "Mirror", "Andrei"]);
    let log = |home: &Home, name: &str| {
        let log = home.engine().activity(home.who(name), &newest(9)).unwrap();
        let told = log.into_iter().rev().map(|line| {
            let title = line.item.map(|item| item.title).unwrap_or_default();
            (line.sequence, title, line.undone)
        });
        told.collect::<Vec<_>>()
    };
    let lines = |lines: &[(u64, &str, bool)]| -> Vec<(u64, String, bool)> {
        lines
            .iter()
            .map(|(n, title, undone)| (*n, (*title).to_owned(), *undone))
            .collect()
    };
    let ann = lines(&[
        (0, "Stalker", false),
        (1, "Andrei", false),
        (2, "Solaris", true),
        (3, "Solaris", false),
    ]);
    assert_eq!(log(&home, "Ann"), ann);
    assert_eq!(log(&home, "Ben"), lines(&[(0, "Stalker", false)]));
    home.who("Cleo");
    home.open();
    assert_eq!(log(&home, "Ann"), ann, "on the disk too");
}

#[test]
fn what_was_edited_by_hand_since_stays() {
    let mut home = Home::new();
    home.import("more.csv", MORE);
    home.engine = None;
    let (store, _) = Store::open(&home.folder.path().join("data")).unwrap();
    let edit = |n: u32, name: &str, change: &dyn Fn(&mut Item)| {
        let mut item = store.item(ItemId(n)).unwrap().unwrap();
        change(&mut item);
        item.edited.push(name.to_owned());
        store.put_items(&[(ItemId(n), item)]).unwrap();
    };
    edit(0, "title", &|item| item.title = "Solaris, by hand".into());
    edit(0, "year", &|item| item.year = None);
    edit(4, "tags", &|item| item.tags = vec!["fire".into()]);
    drop(store);
    home.open();

    let undone = home.undo();
    assert_eq!((undone.removed, undone.kept, undone.restored), (1, 1, 1));
    assert_eq!(
        home.titles(),
        ["Solaris, by hand", "Stalker", "Mirror", "The Sacrifice"]
    );
    let solaris = home.engine().show(ItemId(0)).unwrap();
    assert_eq!(solaris.genres, ["Science Fiction"], "as before the import");
    assert!(solaris.extra.is_empty() && solaris.year.is_none_or(|year| year.filled));
    assert_eq!(solaris.edited, ["title", "year"]);
    assert_eq!(home.engine().show(ItemId(3)).unwrap().tags, ["fire"]);
}

#[test]
fn imports_are_undone_one_before_the_other() {
    let mut home = Home::new();
    let films = home.all();
    home.import("more.csv", MORE);
    let more = home.all();
    home.import("log.csv", LOG);
    let last = |home: &Home| home.engine().status().last_import.map(|last| last.file);
    assert_eq!(last(&home).as_deref(), Some("log.csv"));
    home.undo();
    assert_eq!(home.all(), more);
    assert_eq!(last(&home).as_deref(), Some("more.csv"));
    home.undo();
    assert_eq!(home.all(), films);
    let undone = home.undo();
    assert_eq!((undone.removed, undone.kept), (2, 1), "Stalker was liked");
    assert_eq!(home.titles(), ["Stalker"]);
    assert_eq!(last(&home), None);
    assert_eq!(home.refusal(), "there is no import that could be undone");
}

#[test]
fn an_import_that_was_stopped_and_went_on_is_undone_as_one() {
    let mut home = Home::new();
    let before = home.all();
    let rows: String = (0..600)
        .map(|n| format!("Film {n},19{:02}\n", n % 90))
        .collect();
    let text = format!("title,year\n{rows}");
    let seen = AtomicUsize::new(0);
    let watch = Watch {
        progress: &|_| (),
        cancelled: &|| seen.fetch_add(1, Ordering::SeqCst) > 300,
    };
    let stopped = home.run("long.csv", &text, &ImportOptions::default(), &watch);
    assert!(stopped.cancelled && stopped.stored > 0);
    home.open();
    let rest = home.import("long.csv", &text);
    assert_eq!(
        (rest.duplicates, rest.stored),
        (stopped.stored, 600 - stopped.stored)
    );
    assert_eq!(home.undo().removed, 600);
    assert_eq!(home.all(), before);
}

#[test]
fn what_changes_nothing_is_no_import_to_undo() {
    let mut home = Home::new();
    home.import("more.csv", MORE);
    home.import("again.csv", MORE);
    home.dry(LOG, &[]);
    assert_eq!(home.undo().file, "more.csv");
}

#[test]
fn without_the_backup_that_was_made_before_it_an_import_stays() {
    let mut home = Home::new();
    home.import("more.csv", MORE);
    let before = home.all();
    fs::remove_dir_all(home.folder.path().join("data/backups")).unwrap();
    assert_eq!(home.engine().status().last_import, None);
    home.refusal();
    assert_eq!(home.all(), before);
}

#[test]
fn a_backup_that_does_not_go_with_what_is_here_undoes_nothing() {
    let mut home = Home::new();
    home.import("more.csv", MORE);
    let backups = home.folder.path().join("data/backups");
    let mut names: Vec<_> = fs::read_dir(&backups)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    names.retain(|path| path.to_string_lossy().contains("before-import"));
    names.sort();
    let other = Home::new();
    other
        .engine()
        .record(
            other.who("Ann"),
            other.engine().find_item("Mirror").unwrap(),
            Action::Like,
            "test",
            "",
            AT,
        )
        .unwrap();
    other
        .engine()
        .record(
            other.who("Ann"),
            other.engine().find_item("Solaris").unwrap(),
            Action::Like,
            "test",
            "",
            AT,
        )
        .unwrap();
    let foreign = other.folder.path().join("foreign.zip");
    other.engine().backup(&foreign, AT).unwrap();
    fs::copy(&foreign, names.last().unwrap()).unwrap();
    let before = home.all();
    assert!(home.refusal().contains("does not go with what is here"));
    assert_eq!(home.all(), before);
}

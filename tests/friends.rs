//! Friends: a taste goes from one folder to another, is found in the catalogue there, kept, replaced and
//! removed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use curio_engine::behaviour::{Action, ProfileId};
use curio_engine::catalogue::ItemId;
use curio_engine::friend::Verdict;
use curio_engine::sheet::ITEM_HEADER;
use curio_engine::store::Store;
use curio_engine::view::{ExportFormat, FriendView, Recommendations, Request};
use curio_engine::{Engine, ImportOptions, Watch, backup, tastefile};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::opened::open;

/// 2026-01-02 03:04:05 UTC.
pub const AT: i64 = 1_767_323_045_000;
pub const GENRES: [&str; 4] = ["Drama", "Comedy", "Western", "Horror"];

/// One machine: a data folder and what lies around it.
pub struct Home {
    pub engine: Engine,
    pub folder: TempDir,
}

impl Home {
    pub fn over(folder: TempDir) -> Self {
        let engine = open(folder.path());
        Self { engine, folder }
    }

    /// A home with so many films of four genres, all known as well.
    pub fn with_films(count: u32) -> Self {
        let home = Self::over(TempDir::new().unwrap());
        let rows = (0..count).map(|n| {
            let (year, by) = (format!("{}", 1900 + n % 100), format!("By {}", n % 16));
            row(
                &format!("imdb:{n:04}"),
                &format!("Film {n}"),
                &year,
                &by,
                GENRES[n as usize % 4],
            )
        });
        let text = catalogue(rows);
        home.import("catalogue.csv", &text);
        home
    }

    pub fn import(&self, name: &str, text: &str) {
        let file = self.write(name, text);
        let done = self
            .engine
            .import(&file, &ImportOptions::default(), AT, &Watch::NONE)
            .unwrap();
        assert_eq!(done.rejected, 0, "{done:?}");
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path
    }

    pub fn profile(&self, name: &str, deeds: &[(u32, Action)]) -> ProfileId {
        let profile = self.engine.add_profile(name).unwrap().id;
        for (n, (item, action)) in deeds.iter().enumerate() {
            self.record(profile, *item, *action, AT + n as i64);
        }
        profile
    }

    pub fn record(&self, profile: ProfileId, item: u32, action: Action, at: i64) {
        self.engine
            .record(profile, ItemId(item), action, "test", "", at)
            .unwrap();
    }

    pub fn list(&self, profile: ProfileId) -> Recommendations {
        let request = Request {
            n: 1000,
            ..Request::default()
        };
        self.engine.recommend(profile, &request, AT).unwrap()
    }

    /// What is closed and opened again.
    pub fn reopened(self) -> Self {
        let Self { engine, folder } = self;
        drop(engine);
        let home = Self::over(folder);
        assert_eq!(home.engine.status().notices, Vec::<String>::new());
        home
    }
}

/// A film as Curio exports it, which is how a key of one's choice comes in.
pub fn row(key: &str, title: &str, year: &str, creators: &str, genre: &str) -> String {
    format!("{key},film,{title},{year},{creators},,{genre},,,,,500,,,,\n")
}

pub fn catalogue(rows: impl Iterator<Item = String>) -> String {
    format!("{}\n{}", ITEM_HEADER.join(","), rows.collect::<String>())
}

/// A taste file of somebody who thinks so of the films with these numbers.
pub fn taste(name: &str, opinions: impl IntoIterator<Item = (u32, &'static str)>) -> String {
    let items: Vec<Value> = opinions
        .into_iter()
        .map(|(n, verdict)| {
            json!({
                "key": format!("imdb:{n:04}"),
                "title": format!("Film {n}"),
                "kind": "film",
                "verdict": verdict,
            })
        })
        .collect();
    json!({ "curio": "taste", "version": 1, "name": name, "items": items }).to_string()
}

pub fn loved(numbers: impl Iterator<Item = u32>) -> impl Iterator<Item = (u32, &'static str)> {
    numbers.map(|n| (n, "loved"))
}

#[test]
fn a_taste_goes_from_one_folder_to_another_and_waits_for_what_is_not_there() {
    let home = Home::with_films(12);
    let likes: Vec<_> = (0..6).map(|n| (n, Action::Like)).collect();
    let ann = home.profile("ann", &likes);
    let file = home.path("ann.json");
    home.engine.share_taste(ann, "Ann", &file).unwrap();

    let there = Home::over(TempDir::new().unwrap());
    // 0 has its key; 1 another key, and "film" in capitals; 2 and 3 are of another year and of
    // another maker; 4 stands there twice; 5 is to come.
    let rows = [
        row("imdb:0000", "Titled otherwise", "1900", "", "Drama"),
        row("tmdb:77", "FILM 1", "1901", "By 1|Another", "Drama"),
        row("tmdb:78", "Film 2", "1972", "By 2", "Drama"),
        row("tmdb:79", "Film 3", "1903", "By somebody else", "Drama"),
        row("tmdb:80", "Film 4", "1904", "", "Drama"),
        row("tmdb:81", "Film 4", "", "By 4", "Drama"),
    ];
    there.import("some.csv", &catalogue(rows.into_iter()));
    let bob = there.profile("bob", &[(0, Action::Like), (1, Action::Dislike)]);
    let added = there.engine.add_friend(&file).unwrap();
    let found = (added.by_key, added.by_title, added.missing);
    assert_eq!((found, added.replaced), ((1, 1, 4), false));
    let friends = there.engine.friends().unwrap();
    assert_eq!(friends, [added.friend]);
    let FriendView {
        name,
        items,
        known,
        ties,
    } = &friends[0];
    assert_eq!((name.as_str(), *items, *known), ("Ann", 6, 2));
    assert_eq!((ties[0].profile, ties[0].common), (bob, 2));
    assert_eq!(ties[0].agreement, 0.0, "once alike, once not");

    let more = row("other:5", "Film 5", "1905", "", "Drama");
    there.import("more.csv", &catalogue([more].into_iter()));
    assert_eq!(there.engine.friends().unwrap()[0].known, 3);

    // What is shared on from there is what was said there, not what the friend said.
    let on = there.path("bob.json");
    there.engine.share_taste(bob, "Bob", &on).unwrap();
    assert_eq!(tastefile::read(&on).unwrap().count(Verdict::Loved), 1);
}

#[test]
fn a_number_of_ones_own_is_no_key_between_two_catalogues() {
    let home = Home::over(TempDir::new().unwrap());
    home.import("a.csv", "id,title,year\n1,Solaris,1972\n2,Stalker,1979\n");
    assert_eq!(
        home.engine.show(ItemId(0)).unwrap().key,
        "id:1",
        "or this says nothing"
    );
    let item = |key: &str, title: &str| json!({ "key": key, "title": title, "year": 1979, "kind": "other", "verdict": "loved" });
    let items = [item("id:1", "Stalker"), item("id:9", "Solaris")];
    let text = json!({ "curio": "taste", "version": 1, "name": "x", "items": items }).to_string();
    let added = home
        .engine
        .add_friend(&home.write("x.json", &text))
        .unwrap();
    assert_eq!((added.by_key, added.by_title, added.missing), (0, 1, 1));
}

#[test]
fn a_friend_is_replaced_by_name_and_survives_restart_backup_and_restore() {
    let home = Home::with_films(20);
    let ann = home.profile("ann", &[(0, Action::Like)]);
    let first = home.write("1.json", &taste("Zoë", loved(0..9)));
    let second = home.write("2.json", &taste("Zoë", [(3, "liked"), (0, "disliked")]));
    let third = home.write("3.json", &taste("Abe", loved(4..6)));
    assert!(!home.engine.add_friend(&first).unwrap().replaced);
    assert!(home.engine.add_friend(&second).unwrap().replaced);
    home.engine.add_friend(&third).unwrap();
    let friends = home.engine.friends().unwrap();
    let told: Vec<_> = friends.iter().map(|f| (f.name.as_str(), f.items)).collect();
    assert_eq!(told, [("Abe", 2), ("Zoë", 2)]);
    assert_eq!(friends[1].ties[0].agreement, -1.0);

    let home = home.reopened();
    assert_eq!(home.engine.friends().unwrap(), friends);
    // A like after the friend is in the same journal.
    home.record(ann, 1, Action::Like, AT);
    let home = home.reopened();
    assert_eq!(home.engine.friends().unwrap(), friends);

    let archive = home.path("all.zip");
    let written = home.engine.backup(&archive, AT).unwrap();
    assert_eq!((written.friends, written.entries), (2, 2));
    home.engine.remove_friend("Zoë").unwrap();
    assert_eq!(home.engine.friends().unwrap().len(), 1);
    home.engine.restore(&archive, AT).unwrap();
    assert_eq!(home.engine.friends().unwrap(), friends);

    // What an export writes of them adds them again.
    let folder = home.path("export");
    assert_eq!(
        home.engine
            .export(&folder, ExportFormat::Csv, None)
            .unwrap()
            .friends,
        2
    );
    home.engine
        .export(&folder, ExportFormat::Csv, None)
        .unwrap();
    let other = Home::with_films(20);
    for file in ["friend-1.json", "friend-2.json"] {
        other.engine.add_friend(&folder.join(file)).unwrap();
    }
    let all = |home: &Home| {
        let file = home.path("contents.zip");
        home.engine.backup(&file, AT).unwrap();
        backup::read(&file).unwrap().friends
    };
    assert_eq!(all(&other), all(&home));
}

#[test]
fn a_removed_friend_leaves_nothing_and_the_database_can_go() {
    let home = Home::with_films(20);
    let file = home.write("1.json", &taste("Zoë", loved(0..9)));
    home.engine.add_friend(&file).unwrap();
    let Home { engine, folder } = home;
    drop(engine);
    // The journal alone gives the friend back.
    let store = folder.path().join("data/store");
    fs::remove_dir_all(store.join("sled")).unwrap();
    let home = Home::over(folder);
    assert_eq!(home.engine.friends().unwrap()[0].items, 9);
    home.engine.remove_friend("Zoë").unwrap();
    assert!(home.engine.remove_friend("Zoë").is_err());
    let Home { engine, folder } = home;
    drop(engine);
    for part in ["journal", "sled"] {
        for file in fs::read_dir(store.join(part)).unwrap() {
            let file = file.unwrap().path();
            if file.is_file() {
                let bytes = fs::read(&file).unwrap();
                let name = "Zoë".as_bytes();
                let found = bytes.windows(name.len()).any(|w| w == name);
                assert!(!found, "{} still holds the name", file.display());
            }
        }
    }
    drop(folder);
}

#[test]
fn what_was_written_before_there_were_friends_still_opens() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden");
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let mut archive =
        zip::ZipArchive::new(fs::File::open(golden.join("store-1.zip")).unwrap()).unwrap();
    archive.extract(&data).unwrap();
    fs::create_dir_all(data.join("store/sled/blobs")).unwrap();
    let (store, notices) = Store::open(&data).unwrap();
    assert_eq!(notices, Vec::<String>::new());
    let contents = store.contents().unwrap();
    drop(store);
    assert_eq!((contents.items.len(), contents.entries()), (11, 4));
    let home = Home::over(folder);
    let ann = home.engine.find_profile("Ann").unwrap();
    home.record(ann, 2, Action::Like, AT);
    let home = home.reopened();
    let file = home.path("ann.json");
    home.engine.share_taste(ann, "Cy", &file).unwrap();
    home.engine.add_friend(&file).unwrap();
    let home = home.reopened();
    assert_eq!(home.engine.friends().unwrap()[0].known, 3);

    home.engine
        .restore(&golden.join("backup-1.zip"), AT)
        .unwrap();
    assert_eq!(home.engine.friends().unwrap(), []);
    let file = home.path("now.zip");
    home.engine.backup(&file, AT).unwrap();
    let mut restored = backup::read(&file).unwrap();
    // The stamp of the catalogue counts on.
    restored.settings.clone_from(&contents.settings);
    assert_eq!(restored, contents);
}

#[test]
fn a_terminal_shares_adds_lists_and_removes() {
    let folder = TempDir::new().unwrap();
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    let catalogue = tests.join("fixtures/journey/catalogue.csv");
    fs::copy(catalogue, folder.path().join("catalogue.csv")).unwrap();
    let run = |data: &str, arguments: &[&str]| -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_curio"));
        command.current_dir(folder.path()).args(arguments);
        command.env("CURIO_DATA", folder.path().join(data));
        command.env("CURIO_MODELS", folder.path().join("models"));
        command.env_remove("COLUMNS").output().unwrap()
    };
    let page = |data: &str, arguments: &[&str]| {
        let output = run(data, arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    };
    for data in ["here", "there"] {
        page(data, &["import", "catalogue.csv"]);
        page(data, &["profile", "add", "Ann"]);
        page(data, &["record", "--profile", "Ann", "#0", "like"]);
    }
    page("here", &["record", "--profile", "Ann", "#1", "rate=4"]);
    let shared = page("here", &["friend", "share", "--profile", "Ann", "ann.json"]);
    insta::assert_snapshot!(shared, @r"
    shared the taste of Ann: 1 loved, 1 liked, 0 disliked: ann.json
      The file holds that name and, in the order of their keys, the key, title, year, kind and
      makers of these items, each with its verdict; no date, order, note, glance or undone entry.
    ");
    let under = [
        "friend",
        "share",
        "--profile",
        "Ann",
        "--as",
        "A.",
        "ann.json",
        "--json",
    ];
    let told: Value = serde_json::from_str(&page("here", &under)).unwrap();
    assert_eq!((&told["name"], &told["liked"]), (&json!("A."), &json!(1)));
    let added = page("there", &["friend", "add", "ann.json"]);
    insta::assert_snapshot!(added, @r"
    added A.: 2 items
      found here: 2 by key, 0 by title, year and maker
      agrees with Ann +1.00 over 1 item
    ");
    insta::assert_snapshot!(page("there", &["friend", "list"]), @r"
    A.                               2 items, 2 of them here
      agrees with Ann +1.00 over 1 item
    ");
    let all: Vec<FriendView> =
        serde_json::from_str(&page("there", &["friend", "list", "--json"])).unwrap();
    assert_eq!(all[0].ties[0].common, 1);
    assert_eq!(page("there", &["friend", "remove", "A."]), "removed A.\n");
    assert_eq!(
        run("there", &["friend", "remove", "A."]).status.code(),
        Some(1)
    );
    let refused = run("there", &["friend", "add", "catalogue.csv"]);
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        said.contains("catalogue.csv is not a taste file of Curio: expected"),
        "{said}"
    );
}

//! The engine's verbs as the window calls them: one open engine, no encoder unless a test brings one.

mod imports;

use std::fs;
use std::path::{Path, PathBuf};

use curio_engine::behaviour::Action;
use curio_engine::catalogue::Kind;
use curio_engine::view::{ExportFormat, Imported};
use curio_engine::{Engine, ErrorKind, ImportOptions, Watch};
use serde_json::json;
use tempfile::TempDir;

use crate::opened::open_with;

/// 2026-01-02 03:04:05 UTC.
const AT: i64 = 1_767_323_045_000;
const DAY: i64 = 86_400_000;

struct Desk {
    engine: Engine,
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self::with("english", |_| ())
    }

    /// A desk whose folder `models` is filled first.
    fn with(encoder: &str, fill: impl FnOnce(&Path)) -> Self {
        let folder = TempDir::new().unwrap();
        fill(&folder.path().join("models"));
        Self::over(folder, encoder)
    }

    fn over(folder: TempDir, encoder: &str) -> Self {
        let engine = open_with(folder.path(), Some(encoder));
        Self { engine, folder }
    }

    /// The same desk after the program was closed and opened again.
    fn reopened(self) -> Self {
        let Self { engine, folder } = self;
        drop(engine);
        Self::over(folder, "english")
    }

    /// A desk with these films and a profile called Ann.
    fn with_films(titles: &[&str]) -> Self {
        let desk = Self::new();
        let rows: String = titles
            .iter()
            .map(|title| format!("{title},1990\n"))
            .collect();
        desk.import("films.csv", &format!("title,year\n{rows}"));
        desk.engine.add_profile("Ann").unwrap();
        desk
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    fn import(&self, name: &str, text: &str) -> Imported {
        self.import_for(None, name, text)
    }

    fn import_for(&self, profile: Option<&str>, name: &str, text: &str) -> Imported {
        let options = ImportOptions {
            profile: profile.map(str::to_owned),
            ..ImportOptions::default()
        };
        let path = self.write(name, text);
        let imported = self.engine.import(&path, &options, AT, &Watch::NONE);
        imported.unwrap_or_else(|error| panic!("{name}: {}", error.chain()))
    }

    fn like(&self, at: i64) {
        let ann = self.engine.find_profile("Ann").unwrap();
        let item = self.engine.find_item("#0").unwrap();
        let liked = self.engine.record(ann, item, Action::Like, "test", "", at);
        liked.unwrap_or_else(|error| panic!("{}", error.chain()));
    }

    fn daily_backups(&self) -> usize {
        let backups = fs::read_dir(self.folder.path().join("data/backups"));
        let names = backups.into_iter().flatten().flatten();
        names
            .filter(|entry| entry.file_name().to_string_lossy().starts_with("daily-"))
            .count()
    }
}

#[test]
fn a_kind_is_found_however_many_others_match() {
    let desk = Desk::new();
    let films: String = (0..400).map(|n| format!("film,War {n}\n")).collect();
    desk.import(
        "all.csv",
        &format!("kind,title\n{films}game,A long game of war and peace\n"),
    );
    let found = desk.engine.search("war", Some(Kind::Game), 10).unwrap();
    let titles: Vec<_> = found
        .hits
        .iter()
        .map(|hit| hit.item.title.as_str())
        .collect();
    assert_eq!(titles, ["A long game of war and peace"]);
    assert_eq!(
        desk.engine
            .search("war", Some(Kind::Book), 10)
            .unwrap()
            .hits,
        []
    );
}

#[test]
fn a_title_that_is_a_number_is_a_title() {
    let desk = Desk::with_films(&["Solaris", "Stalker", "1", "#0"]);
    let find = |name: &str| desk.engine.find_item(name).unwrap().0;
    assert_eq!(find("1"), 2);
    assert_eq!(find("#1"), 1);
    assert_eq!(find("3"), 3, "a number that is no title");
    assert_eq!(find("#0"), 0, "a number with its sign is never a title");
    assert_eq!(
        desk.engine.find_item("9").unwrap_err().kind(),
        ErrorKind::User
    );
}

#[test]
fn nothing_but_our_own_files_is_overwritten() {
    let desk = Desk::with_films(&["Solaris"]);
    let engine = &desk.engine;
    let said = |result: curio_engine::Result<_>| {
        let error = result.map(|_: curio_engine::view::Written| ()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::User);
        error.chain()
    };
    let thesis = desk.write("thesis.zip", "years of work");
    assert!(said(engine.backup(&thesis, AT)).contains("is no backup of Curio"));
    assert_eq!(fs::read_to_string(&thesis).unwrap(), "years of work");
    let own = desk.folder.path().join("own.zip");
    engine.backup(&own, AT).unwrap();
    engine.backup(&own, AT + 1).unwrap();

    let folder = desk.folder.path().join("out");
    let shop = desk.write("out/interactions.csv", "customer,order\n1,2\n");
    assert!(
        said(engine.export(&folder, ExportFormat::Csv, None)).contains("is no export of Curio")
    );
    assert_eq!(fs::read_to_string(&shop).unwrap(), "customer,order\n1,2\n");
    assert!(
        !folder.join("catalogue.csv").exists(),
        "nothing is written by halves"
    );
    fs::remove_file(&shop).unwrap();
    engine.export(&folder, ExportFormat::Csv, None).unwrap();
    engine.export(&folder, ExportFormat::Csv, None).unwrap();
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
}

#[test]
fn the_first_write_of_a_day_makes_a_backup() {
    let desk = Desk::with_films(&["Solaris"]);
    assert_eq!(desk.daily_backups(), 0);
    desk.like(AT);
    desk.like(AT + 1);
    assert_eq!(desk.daily_backups(), 1);
    for day in 1..10 {
        desk.like(AT + day * DAY);
    }
    assert_eq!(desk.daily_backups(), 7);
}

#[test]
fn a_backup_that_fails_is_a_notice_and_never_in_the_way() {
    let desk = Desk::with_films(&["Solaris"]);
    let backups = desk.folder.path().join("data/backups");
    let _ = fs::remove_dir_all(&backups);
    fs::write(&backups, "in the way").unwrap();
    desk.like(AT);
    desk.like(AT + 1);
    let notices = desk.engine.status().notices;
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert!(
        notices[0].starts_with("there is no backup of today: "),
        "{notices:?}"
    );
}

#[test]
fn an_encoder_that_cannot_be_loaded_says_why() {
    let desk = Desk::with("torn", |models| {
        let whole = crate::encoder::models();
        let manifest = fs::read(whole.join("manifest.json")).unwrap();
        let mut manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
        for library in manifest["runtime"]["libraries"]
            .as_object_mut()
            .unwrap()
            .values_mut()
        {
            let path = whole.join(library["path"].as_str().unwrap());
            library["path"] = json!(path);
        }
        let mut torn = manifest["models"]["english"].clone();
        for part in ["model", "tokenizer"] {
            torn["files"][part]["path"] = json!(part);
            torn["files"][part]["size"] = json!(4);
        }
        manifest["models"] = json!({ "torn": torn });
        fs::create_dir_all(models).unwrap();
        fs::write(models.join("manifest.json"), manifest.to_string()).unwrap();
        for part in ["model", "tokenizer"] {
            fs::write(models.join(part), "torn").unwrap();
        }
    });
    assert!(
        desk.engine.status().encoder.ready,
        "every file is there in its size"
    );
    let imported = desk.import("films.csv", "title,year\nSolaris,1972\n");
    assert_eq!(
        (imported.stored, imported.encoded, imported.unencoded),
        (1, 0, 1)
    );
    let encoder = desk.engine.status().encoder;
    assert!(!encoder.ready);
    let problem = encoder.problem.unwrap();
    assert!(problem.contains("tokenizer"), "{problem}");
    assert_eq!(
        desk.engine.search("solaris", None, 5).unwrap().hits.len(),
        1
    );
}

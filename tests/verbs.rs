//! The engine's verbs as the window calls them: one open engine, no encoder unless a test brings one.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

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

fn counts(imported: &Imported) -> [u64; 5] {
    [
        imported.read,
        imported.stored,
        imported.updated,
        imported.duplicates,
        imported.rejected,
    ]
}

const LETTERBOXD: &str = "Date,Name,Year,Letterboxd URI,Rating\n\
                          2024-01-01,Solaris,1972,https://boxd.it/aaaa,4.5\n\
                          2024-01-02,Stalker,1979,https://boxd.it/bbbb,5\n";

#[test]
fn a_row_that_is_refused_stores_nothing_of_itself() {
    let desk = Desk::new();
    let refused = desk.import("ratings.csv", LETTERBOXD);
    assert_eq!(counts(&refused), [2, 0, 0, 0, 2]);
    assert!(refused.rejects[0].reason.contains("names no profile"));
    assert_eq!(desk.reopened().engine.status().items, 0);
}

#[test]
fn an_export_of_one_person_goes_to_the_profile_that_is_named() {
    let desk = Desk::new();
    let taken = desk.import_for(Some(" Ann "), "ratings.csv", LETTERBOXD);
    assert_eq!(counts(&taken), [2, 2, 0, 0, 0]);
    let profiles = desk.engine.profiles().unwrap();
    assert_eq!((profiles[0].name.as_str(), profiles[0].entries), ("Ann", 2));
    let again = desk.import_for(Some("Ann"), "ratings.csv", LETTERBOXD);
    assert_eq!(counts(&again), [2, 0, 0, 2, 0]);
    let nobody = desk.import_for(Some("  "), "more.csv", LETTERBOXD);
    assert_eq!(counts(&nobody), [2, 0, 0, 0, 2]);
}

#[test]
fn a_row_too_large_to_keep_is_rejected_by_line_and_column() {
    let desk = Desk::new();
    let long = "long ".repeat(60_000);
    let mut rows: String = (0..310).map(|n| format!("Film {n},short\n")).collect();
    rows.push_str(&format!("Last,{long}\n"));
    let imported = desk.import("films.csv", &format!("title,description\n{rows}"));
    assert_eq!(counts(&imported), [311, 310, 0, 0, 1]);
    let reject = &imported.rejects[0];
    assert_eq!(
        (reject.line, reject.column.as_deref()),
        (312, Some("description"))
    );
    assert!(
        reject.reason.contains("at most 262144"),
        "{}",
        reject.reason
    );

    let note = format!("title,my rating,review\nFilm 1,4,{long}\n");
    let noted = desk.import_for(Some("Ann"), "notes.csv", &note);
    let column = noted.rejects[0].column.as_deref();
    assert_eq!((noted.rejected, column), (1, Some("review")));
}

#[test]
fn rejected_rows_are_named_by_the_whole_name_and_go_when_nothing_is_rejected() {
    let desk = Desk::new();
    let at = |name: &str| desk.folder.path().join(name);
    let bad = "title,year\nSolaris,1972\nStalker,soon\n";
    desk.import("films.csv", bad);
    desk.import("films.txt", bad);
    desk.import("films.jsonl", "{\"title\":\"Mirror\",\"year\":\"x\"}\n");
    let [csv, txt, json] = ["csv", "txt", "jsonl"].map(|e| at(&format!("films.{e}.rejected.csv")));
    assert!(csv.exists() && txt.exists() && json.exists());
    let mended = "title,year\nSolaris,1972\nStalker,1979\n";
    assert_eq!(desk.import("films.csv", mended).rejected, 0);
    assert!(!csv.exists() && txt.exists() && json.exists());

    // What somebody else called so is never replaced and never removed.
    fs::write(&csv, "mine,all\n1,2\n").unwrap();
    let imported = desk.import("films.csv", bad);
    let elsewhere = PathBuf::from(imported.rejected_file.unwrap());
    assert_eq!(elsewhere.parent(), Some(&*at("data/rejected")));
    desk.import("films.csv", mended);
    assert!(!elsewhere.exists());
    assert_eq!(fs::read_to_string(&csv).unwrap(), "mine,all\n1,2\n");
}

#[test]
fn rejected_rows_that_cannot_lie_beside_their_file_go_to_the_data_folder() {
    let desk = Desk::new();
    let text = "title,year\nSolaris,1972\nStalker,soon\n";
    // A folder of that name keeps the file out wherever the test runs, as whoever it runs.
    fs::create_dir(desk.folder.path().join("films.csv.rejected.csv.part")).unwrap();
    let path = desk.write("films.csv", text);
    let dry = ImportOptions {
        dry_run: true,
        ..ImportOptions::default()
    };
    let imported = desk.engine.import(&path, &dry, AT, &Watch::NONE).unwrap();
    assert_eq!((imported.rejected, imported.rejected_file), (1, None));
    assert!(!desk.folder.path().join("data/rejected").exists());
    let imported = desk.import("films.csv", text);
    assert_eq!(counts(&imported), [2, 1, 0, 0, 1]);
    let file = PathBuf::from(imported.rejected_file.as_ref().unwrap());
    let folder = desk.folder.path().join("data/rejected");
    assert_eq!(file.parent(), Some(&*folder));
    assert!(
        fs::read_to_string(&file)
            .unwrap()
            .contains("Stalker,soon,3,")
    );
    let noted = |imported: &Imported| imported.notes.last().unwrap().clone();
    assert!(
        noted(&imported).contains("the rejected rows are in"),
        "{imported:?}"
    );

    fs::remove_file(&file).unwrap();
    fs::create_dir(file.with_extension("csv.part")).unwrap();
    let imported = desk.import("films.csv", text);
    assert_eq!(counts(&imported), [2, 0, 0, 1, 1]);
    assert_eq!(imported.rejected_file, None);
    assert!(
        noted(&imported).contains("nowhere but in the file"),
        "{imported:?}"
    );
}

#[test]
fn what_an_import_stored_before_it_failed_is_there_at_once() {
    let desk = Desk::new();
    let rows: String = (0..6_000).map(|n| format!("Film {n}\n")).collect();
    let path = desk.write("films.csv", &format!("title\n{rows}"));
    let blocked = desk.folder.path().join("data/store/highwater.part");
    let blocks = AtomicUsize::new(0);
    let watch = Watch {
        progress: &|progress| {
            // From the second group on the store cannot acknowledge anything.
            if progress.done >= 2_048 && blocks.fetch_add(1, Ordering::SeqCst) == 0 {
                fs::create_dir(&blocked).unwrap();
            }
        },
        cancelled: &|| false,
    };
    let error = desk
        .engine
        .import(&path, &ImportOptions::default(), AT, &watch)
        .unwrap_err();
    assert!(error.chain().contains("highwater"), "{}", error.chain());
    assert!(desk.engine.status().items >= 2_048);
    assert_eq!(desk.engine.find_item("Film 7").unwrap().0, 7);
    assert_eq!(desk.engine.search("film 7", None, 1).unwrap().hits.len(), 1);
}

#[test]
fn a_cancelled_import_stops_at_the_next_row_and_the_files_after_it_wait() {
    let desk = Desk::new();
    let rows: String = (0..100).map(|n| format!("Film {n}\n")).collect();
    let files = ["one.csv", "two.csv"].map(|name| desk.write(name, &format!("title\n{rows}")));
    let asked = AtomicUsize::new(0);
    let watch = Watch {
        progress: &|_| (),
        cancelled: &|| asked.fetch_add(1, Ordering::SeqCst) >= 10,
    };
    let all = desk
        .engine
        .import_all(&files, &ImportOptions::default(), AT, &watch)
        .unwrap();
    assert_eq!(all.len(), 1);
    assert!(all[0].cancelled);
    assert_eq!(counts(&all[0]), [10, 10, 0, 0, 0]);
    assert_eq!(desk.engine.status().items, 10);

    let all = desk
        .engine
        .import_all(&files, &ImportOptions::default(), AT, &Watch::NONE)
        .unwrap();
    assert_eq!(
        all.iter().map(|one| one.duplicates).collect::<Vec<_>>(),
        [10, 100]
    );
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

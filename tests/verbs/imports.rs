//! Imports: what is stored, what is rejected and where that is written, and what stops one.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use curio_engine::view::Imported;
use curio_engine::{ImportOptions, Watch};

use super::{AT, Desk};

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
    let new = "new profiles: 1 (\"Ann\")".to_owned();
    assert!(taken.notes.contains(&new), "{:?}", taken.notes);
    let again = desk.import_for(Some("Ann"), "ratings.csv", LETTERBOXD);
    assert_eq!(counts(&again), [2, 0, 0, 2, 0]);
    assert!(!again.notes.contains(&new), "{:?}", again.notes);
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
fn rejected_rows_that_were_put_right_by_hand_are_not_written_over() {
    let desk = Desk::new();
    let bad = "title,year\nSolaris,1972\nStalker,soon\n";
    let beside = PathBuf::from(desk.import("films.csv", bad).rejected_file.unwrap());
    let again = desk.import("films.csv", bad).rejected_file.unwrap();
    assert_eq!(
        PathBuf::from(again),
        beside,
        "as it was written it gives way"
    );

    let mended = fs::read_to_string(&beside).unwrap();
    let mended = mended.replace("soon", "1979");
    fs::write(&beside, &mended).unwrap();
    let other = desk.import("films.csv", &bad.replace("soon", "later"));
    let note = other.notes.last().unwrap();
    assert!(note.contains("may have been changed"), "{note}");
    assert_ne!(PathBuf::from(other.rejected_file.unwrap()), beside);
    assert_eq!(fs::read_to_string(&beside).unwrap(), mended);
    let name = "films.csv.rejected.csv";
    let taken = desk.import(name, &mended);
    assert_eq!((taken.stored, taken.rejected), (1, 0), "{taken:?}");
    desk.import("films.csv", &bad.replace("soon", "1979"));
    assert_eq!(
        fs::read_to_string(&beside).unwrap(),
        mended,
        "it is not ours to remove"
    );
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

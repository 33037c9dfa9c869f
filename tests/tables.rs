//! Files of tables that are no CSV: JSON Lines and archives, friendly and hostile.

mod sheets;

use std::fs;
use std::path::PathBuf;

use curio_engine::view::{Imported, ItemView, Look};
use curio_engine::{Engine, Error, ImportOptions, Watch};
use tempfile::TempDir;

use crate::archives::{zipped, zipped_link};
use crate::opened::open_with;

struct Desk {
    engine: Engine,
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let engine = open_with(folder.path(), None);
        Self { engine, folder }
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    fn try_import(&self, name: &str, bytes: impl AsRef<[u8]>) -> Result<Imported, Error> {
        let options = ImportOptions {
            profile: Some("Ann".to_owned()),
            ..ImportOptions::default()
        };
        let path = self.file(name, bytes);
        let imported = self.engine.import(&path, &options, 0, &Watch::NONE);
        let left = self.folder.path().join("data/unpacked");
        assert!(!left.exists(), "{name} left something behind");
        imported
    }

    fn import(&self, name: &str, bytes: impl AsRef<[u8]>) -> Imported {
        let imported = self.try_import(name, bytes);
        let imported = imported.unwrap_or_else(|error| panic!("{name}: {}", error.chain()));
        let came = imported.stored + imported.updated + imported.duplicates + imported.rejected;
        assert_eq!(imported.read, came, "{name}: every row counts once");
        imported
    }

    fn refusal(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let refused = self.try_import(name, bytes).expect_err(name);
        let said = refused.chain();
        assert!(said.contains(name), "{said}");
        said
    }

    fn item(&self, title: &str) -> ItemView {
        let id = self.engine.find_item(title).unwrap();
        self.engine.show(id).unwrap()
    }
}

#[test]
fn json_lines_are_rows_and_bad_ones_are_told_by_line() {
    let desk = Desk::new();
    let lines = "\u{feff}{\"title\":\"Solaris\",\"year\":1972,\"genres\":[\"Drama\",\"Science Fiction\"]}\n\
        {\"title\": \"broken\n\
        \n\
        {\"title\":\"=1+1\",\"year\":\"1980\",\"about\":{\"length\":90,\"deep\":{\"er\":{\"st\":[1]}}}}\n\
        [1,2]\n\
        {\"title\":\"Mirror\\nagain\",\"year\":\"x\"}\n{}";
    let imported = desk.import("films.jsonl", lines);
    assert_eq!((imported.read, imported.stored), (6, 2), "{imported:?}");
    let mut bad: Vec<u64> = imported.rejects.iter().map(|reject| reject.line).collect();
    bad.sort_unstable();
    assert_eq!(bad, [2, 5, 6, 7], "{:?}", imported.rejects);
    assert_eq!(desk.item("Solaris").genres, ["Drama", "Science Fiction"]);
    let item = desk.item("=1+1");
    assert_eq!(item.extra["about.length"], "90");
    assert_eq!(item.extra["about.deep.er"], "{\"st\":[1]}");
    let rejected = fs::read_to_string(imported.rejected_file.unwrap()).unwrap();
    assert!(
        rejected.contains("broken") && rejected.contains("\"[1,2]\""),
        "{rejected}"
    );

    let array =
        "[{\"title\":\"Nostalghia\",\"year\":1983}, 7,\n {\"title\":\"Stalker\",\"year\":1979}]";
    let imported = desk.import("films.json", array);
    assert_eq!((imported.stored, imported.rejected), (2, 1));
    assert_eq!(imported.rejects[0].line, 2);

    let within = format!(
        "{{\n \"mine\": true,\n \"films\": {}\n}}",
        array.replace("No", "Ne")
    );
    let imported = desk.import("films-within.json", within);
    assert_eq!((imported.stored, imported.duplicates), (1, 1));
    assert_eq!(imported.rejects[0].line, 2);
}

#[test]
fn a_letterboxd_archive_comes_in_whole() {
    let desk = Desk::new();
    let films = "Date,Name,Year,Letterboxd URI\n2022-01-01,Stalker,1979,https://boxd.it/a\n\
                 2022-01-02,Solaris,1972,https://boxd.it/d\n";
    let ratings =
        "Date,Name,Year,Letterboxd URI,Rating\n2022-01-01,Stalker,1979,https://boxd.it/a,4.5\n";
    let gone = "Date,Name,Year,Letterboxd URI\n2022-01-01,Deleted Film,1999,https://boxd.it/b\n";
    let imported = desk.import(
        "letterboxd-ann.zip",
        zipped(&[
            (
                "profile.csv",
                b"Date Joined,Username,Given Name\n2020-01-01,ann,Ann\n",
            ),
            ("watched.csv", films.as_bytes()),
            (
                "watchlist.csv",
                b"Date,Name,Year,Letterboxd URI\n2022-01-03,Mirror,1975,https://boxd.it/c\n",
            ),
            ("ratings.csv", ratings.as_bytes()),
            ("likes/films.csv", films.as_bytes()),
            ("comments.csv", b"Date,Content\n2022-01-01,hello\n"),
            ("deleted/diary.csv", gone.as_bytes()),
            ("readme.md", b"hello"),
        ]),
    );
    let ann = desk.engine.find_profile("Ann").unwrap();
    let look = Look {
        limit: 100,
        ..Look::default()
    };
    let log = serde_json::to_string(&desk.engine.activity(ann, &look).unwrap()).unwrap();
    for word in ["finish", "want", "rate", "like"] {
        assert!(log.contains(word), "{word} in {log}");
    }
    assert_eq!(imported.parts.len(), 4, "{:?}", imported.notes);
    assert!(desk.engine.find_item("Deleted Film").is_err());
    let notes = imported.notes.join("\n");
    for name in [
        "profile.csv",
        "comments.csv",
        "deleted/diary.csv",
        "readme.md",
    ] {
        assert!(notes.contains(name), "{name} in {notes}");
    }
}

#[test]
fn archives_lead_nowhere_and_burst_nothing() {
    let desk = Desk::new();
    let good: &[u8] = b"title,year\nGood,2000\n";
    let imported = desk.import(
        "mixed.zip",
        zipped(&[
            ("../../outside.csv", good),
            ("/root.csv", good),
            ("C:\\windows.csv", good),
            ("inner.zip", b"PK"),
            ("zeros.csv", &vec![b'0'; 64 << 20]),
            ("good.csv", good),
        ]),
    );
    assert_eq!(
        (imported.stored, imported.parts.len()),
        (1, 0),
        "{imported:?}"
    );
    let notes = imported.notes.join("\n");
    assert_eq!(notes.matches("leads out").count(), 3, "{notes}");
    assert!(
        notes.contains("absurd size") && notes.contains("inner.zip"),
        "{notes}"
    );
    assert!(!desk.folder.path().join("outside.csv").exists());

    let whole = zipped(&[("good.csv", good)]);
    desk.refusal("cut.zip", &whole[..whole.len() - 30]);
    let mut locked = whole.clone();
    // The flag of a password, in the local header and in the directory.
    let directory = locked.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    locked[6] |= 1;
    locked[directory + 8] |= 1;
    assert!(desk.refusal("locked.zip", locked).contains("password"));
    assert!(
        desk.refusal("nothing.zip", zipped(&[]))
            .contains("no table")
    );
    let link = zipped_link("link.csv");
    assert!(desk.refusal("link.zip", link).contains("it is a link"));
}

#[test]
fn ten_megabytes_in_a_cell_cost_their_row() {
    let desk = Desk::new();
    let lines = format!(
        "{{\"title\":\"Big\",\"about\":\"{}\"}}\n{{\"title\":\"Small\",\"about\":\"\"}}\n",
        "x".repeat(10 << 20)
    );
    let imported = desk.import("big.jsonl", &lines);
    assert_eq!(
        (imported.stored, imported.rejected),
        (1, 1),
        "{:?}",
        imported.notes
    );
    desk.item("Small");
}

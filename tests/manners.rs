//! How a file is to be read: by the manner in which it is written, as told by hand, and by mappings that are
//! saved and followed.

use std::fs;
use std::path::Path;

use curio_engine::behaviour::Action::{Dislike, Like, Rate};
use curio_engine::catalogue::Kind;
use curio_engine::view::{Habit, Imported};
use curio_engine::{ImportOptions, Watch};
use tempfile::TempDir;

use crate::library::{AT, Library, fixtures, on};

const OWN: &str = "code;what;who;when;grade\n\
                   9780261103573;The Hobbit;Tolkien;1937;3,5\n\
                   9780060853983;Good Omens;Gaiman;1990;4,5\n\
                   9781526622426;Piranesi;Clarke;2020;5,0\n";

#[test]
fn a_mapping_is_guessed_saved_followed_and_forgotten() {
    let library = Library::new();
    let path = library.folder.path().join("own.csv");
    fs::write(&path, OWN).unwrap();
    let dry = ImportOptions {
        dry_run: true,
        ..ImportOptions::default()
    };
    let run = |options: &ImportOptions| library.engine.import(&path, options, AT, &Watch::NONE);
    let looked = run(&dry).unwrap();
    assert_eq!(
        looked.problem.as_deref(),
        Some("no column holds a title or an item")
    );
    let guesses: Vec<_> = looked
        .mapping
        .iter()
        .map(|column| column.guess.as_deref())
        .collect();
    assert_eq!(
        guesses,
        [
            Some("isbn"),
            Some("title"),
            None,
            Some("year"),
            Some("rating")
        ]
    );

    let pairs = [
        ("title", "what"),
        ("isbn", "code"),
        ("creators", "who"),
        ("kind", "book"),
    ];
    let map: Vec<_> = pairs.map(|(f, c)| (f.to_owned(), c.to_owned())).to_vec();
    let columns: Vec<String> = looked.mapping.iter().map(|m| m.column.clone()).collect();
    library
        .engine
        .save_mapping("books", &columns, None, &map)
        .unwrap();
    let followed = run(&dry).unwrap();
    assert_eq!(
        followed.saved.map(|saved| saved.name).as_deref(),
        Some("books")
    );
    assert_eq!((followed.problem, followed.stored), (None, 3));

    let none = ImportOptions {
        map: vec![("mapping".to_owned(), "none".to_owned())],
        ..dry.clone()
    };
    assert!(run(&none).unwrap().problem.is_some());
    library.engine.forget_mapping("books").unwrap();
    assert!(library.engine.forget_mapping("books").is_err());
    assert!(run(&dry).unwrap().problem.is_some());
}

#[test]
fn a_mapping_that_tells_the_delimiter_is_followed_too() {
    let library = Library::new();
    let path = library.folder.path().join("odd.csv");
    fs::write(&path, "what:who\nEmma:Austen\nUlysses:Joyce\n").unwrap();
    let map = [
        ("delimiter", "colon"),
        ("title", "what"),
        ("creators", "who"),
    ];
    let map: Vec<_> = map.map(|(f, c)| (f.to_owned(), c.to_owned())).to_vec();
    let columns = ["what".to_owned(), "who".to_owned()];
    library
        .engine
        .save_mapping("colons", &columns, None, &map)
        .unwrap();
    let options = ImportOptions::default();
    let report = library
        .engine
        .import(&path, &options, AT, &Watch::NONE)
        .unwrap();
    assert_eq!(report.stored, 2);
    assert_eq!(library.kept().item("Emma").creators, ["Austen"]);
}

#[test]
fn rejected_rows_are_read_by_the_mapping_of_their_file() {
    let map = [
        ("delimiter", "semicolon"),
        ("encoding", "windows-1252"),
        ("title", "what"),
        ("year", "when"),
        ("kind", "book"),
    ];
    let map: Vec<_> = map.map(|(f, c)| (f.to_owned(), c.to_owned())).to_vec();
    for saved in [true, false] {
        let library = Library::new();
        let path = library.folder.path().join("own.txt");
        fs::write(&path, b"what;when\nEmma;1815\nJosephine M\xfctze;soon\n").unwrap();
        let mut options = ImportOptions::default();
        if saved {
            let columns = ["what".to_owned(), "when".to_owned()];
            library
                .engine
                .save_mapping("own", &columns, None, &map)
                .unwrap();
        } else {
            options.map.clone_from(&map);
        }
        let run = |path: &Path| {
            library
                .engine
                .import(path, &options, AT, &Watch::NONE)
                .unwrap()
        };
        let report = run(&path);
        assert_eq!((report.stored, report.rejected), (1, 1), "{report:?}");
        let rejected = library.folder.path().join("own.txt.rejected.csv");
        assert_eq!(report.rejected_file.as_deref(), rejected.to_str());
        let text = fs::read_to_string(&rejected).unwrap();
        assert!(text.starts_with("what,when,line,column,reason\n"), "{text}");
        fs::write(&rejected, text.replace("soon", "1998")).unwrap();
        let report = run(&rejected);
        assert_eq!((report.stored, report.rejected), (1, 0), "{report:?}");
        let item = library.engine.find_item("Josephine Mütze").unwrap();
        let item = library.engine.show(item).unwrap();
        assert!(item.extra.is_empty(), "{item:?}");
        assert_eq!(
            (item.year.map(|y| y.value), item.kind),
            (Some(1998.0), Kind::Book)
        );
        // A mapping that is saved for the rows is one for their file.
        let columns: Vec<String> = report.mapping.iter().map(|m| m.column.clone()).collect();
        let kept = library
            .engine
            .save_mapping("again", &columns, None, &map)
            .unwrap();
        assert_eq!(kept.columns, ["what", "when"]);
    }
}

#[test]
fn what_rejected_rows_leave_open_is_told_by_their_file() {
    let library = Library::new();
    let path = library.folder.path().join("seen.csv");
    // Only the whole column tells that the month comes first, and that commas part decimals.
    let text = "profile;title;date;stars;price\nAnn;Emma;03/25/2021;4,5;1,25\nAnn;Ulysses;03/04/2021;four;1.234\n";
    fs::write(&path, text).unwrap();
    let run = |path: &Path| {
        library
            .engine
            .import(path, &ImportOptions::default(), AT, &Watch::NONE)
            .unwrap()
    };
    assert_eq!(run(&path).rejected, 1);
    let rejected = library.folder.path().join("seen.csv.rejected.csv");
    let text = fs::read_to_string(&rejected).unwrap();
    fs::write(&rejected, text.replace("four", "4")).unwrap();
    assert_eq!(run(&rejected).stored, 1);
    let kept = library.kept();
    assert_eq!(kept.item("Ulysses").price, Some(1234.0));
    let (_, log) = kept.logs.iter().find(|(name, _)| name == "Ann").unwrap();
    let day = "2021-03-04T00:00:00Z"
        .parse::<chrono::DateTime<chrono::Utc>>()
        .unwrap();
    assert_eq!(log.last().unwrap().at, day.timestamp_millis());
}

#[test]
fn the_command_line_keeps_mappings_and_follows_them() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("own.csv");
    fs::write(&path, OWN).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_curio"));
        command.env("CURIO_DATA", folder.path().join("data"));
        command.env("CURIO_MODELS", folder.path().join("models"));
        let output = command.args(arguments).output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(text).unwrap())
    };
    let file = path.to_str().unwrap();
    let (done, said) = run(&["import", file]);
    assert!(
        !done && said.contains("they may be isbn=code, title=what"),
        "{said}"
    );
    let map = "title=what,isbn=code,decimals=comma";
    let (done, said) = run(&["import", file, "--map", map, "--save-mapping", "shelf"]);
    assert!(done && said.contains("3 stored"), "{said}");
    let (done, said) = run(&["mappings"]);
    assert!(
        done && said.contains("shelf") && said.contains("title=what"),
        "{said}"
    );
    let (done, said) = run(&["import", file]);
    assert!(done && said.contains("3 duplicates"), "{said}");
    let (done, said) = run(&["forget-mapping", "shelf"]);
    assert!(done && said.contains("shelf"), "{said}");
    let (done, said) = run(&["forget-mapping", "shelf"]);
    assert!(!done && said.contains("shelf"), "{said}");
}

fn habit<'a>(report: &'a Imported, name: &str) -> &'a Habit {
    report
        .habits
        .iter()
        .find(|habit| habit.name == name)
        .unwrap()
}

#[test]
fn how_a_file_is_written_is_shown_and_can_be_told_otherwise() {
    let library = Library::new();
    let found = library.import("catalogue.csv", &[]);
    for (name, value) in [
        ("encoding", "Windows-1252"),
        ("delimiter", "semicolon"),
        ("decimals", "comma"),
    ] {
        let habit = habit(&found, name);
        assert_eq!((habit.value.as_str(), habit.told), (value, false), "{name}");
        assert!(habit.choices.contains(&habit.value), "{name}");
    }
    let told = library.import(
        "catalogue.csv",
        &[
            ("encoding", "GB18030"),
            ("decimals", "point"),
            ("lists", "/"),
        ],
    );
    assert!(habit(&told, "encoding").told && habit(&told, "lists").told);
    let kept = library.kept();
    let momo = kept.item("Momo");
    assert_eq!(momo.price, Some(1200.0));
    let genres: Vec<_> = kept.items.iter().flat_map(|item| &item.genres).collect();
    assert!(
        genres.iter().any(|genre| *genre == "Roman, Klassiker"),
        "{genres:?}"
    );
}

#[test]
fn likes_are_told_by_their_column() {
    let library = Library::new();
    let report = library.import("interactions.csv", &[]);
    assert!(
        report
            .notes
            .iter()
            .any(|note| note.starts_with("thumb holds likes")),
        "{:?}",
        report.notes
    );
    let kept = library.kept();
    assert_eq!(kept.deeds("Ada", "Dune"), [on(Like, "2021-01-02")]);
    assert_eq!(kept.deeds("Ada", "Tron"), [on(Dislike, "2021-01-03")]);
    assert_eq!(kept.deeds("Bob", "Dune"), [on(Like, "2021-01-04")]);
    let library = Library::new();
    let told = library.import("interactions.csv", &[("scale", "5")]);
    assert_eq!(
        (habit(&told, "scale").value.as_str(), told.rejected),
        ("5", 2),
        "0 is no rating"
    );
    assert_eq!(
        library.kept().deeds("Ada", "Dune"),
        [on(Rate(1.0), "2021-01-02")]
    );
}

#[test]
fn what_cannot_be_told_is_refused() {
    let library = Library::new();
    for (name, value, complaint) in [
        ("delimiter", "many", "a delimiter is one sign"),
        ("encoding", "klingon", "no encoding called"),
        ("decimals", "dash", "decimals are comma or point"),
        ("lists", "and", "lists are parted by"),
        ("scale", "7", "a scale is 5, 10, 100 or likes"),
        ("mapping", "unheard", "unheard"),
    ] {
        let options = ImportOptions {
            map: vec![(name.to_owned(), value.to_owned())],
            ..ImportOptions::default()
        };
        let error =
            library
                .engine
                .import(&fixtures().join("curio.csv"), &options, AT, &Watch::NONE);
        let error = error.unwrap_err().to_string();
        assert!(error.contains(complaint), "{error}");
    }
}

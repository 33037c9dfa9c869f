//! Where a table begins, and what is none: headers, preambles, short rows, prose and code.

use std::fs;
use std::path::Path;

use curio_engine::catalogue::Kind;
use curio_engine::{ImportOptions, Watch};

use crate::library::{AT, Library};

#[test]
fn a_column_that_names_its_kind_holds_titles() {
    for (column, kind) in [
        ("Film Name", Kind::Film),
        ("Movie Title", Kind::Film),
        ("book_title", Kind::Book),
        ("Song", Kind::Music),
        ("片名", Kind::Film),
        ("书名", Kind::Book),
        ("歌名", Kind::Music),
        ("游戏名称", Kind::Game),
        ("Item Name", Kind::Other),
    ] {
        let library = Library::new();
        let path = library.folder.path().join("mine.csv");
        // Beside what says whose title it is, a name is a person's.
        let beside = if column == "Song" { "Artist" } else { "Name" };
        fs::write(&path, format!("{beside},{column},Year\nAnn,Solaris,1972\n")).unwrap();
        let report = library
            .engine
            .import(&path, &ImportOptions::default(), AT, &Watch::NONE)
            .unwrap();
        assert_eq!(report.stored, 1, "{column}: {report:?}");
        assert_eq!(library.kept().item("Solaris").kind, kind, "{column}");
    }
}

/// A text that no row of a table is in, however it is named and whatever words it has in a line.
fn check_no_table(name: &str, text: &str) {
    let library = Library::new();
    let path = library.folder.path().join(name);
    fs::write(&path, text).unwrap();
    for dry_run in [true, false] {
        let options = ImportOptions {
            dry_run,
            ..ImportOptions::default()
        };
        let refused = library.engine.import(&path, &options, AT, &Watch::NONE);
        let refused = refused.map(|report| (report.format, report.stored, report.mapping));
        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains("no table"), "{name}: {refused}");
    }
    assert_eq!(library.kept().items.len(), 0);
}

#[test]
fn prose_and_code_are_no_tables() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for name in [
        "README.md",
        "CHANGELOG.md",
        "ARCHITECTURE.md",
        "docs/formats.md",
        "LICENSE-MIT",
    ] {
        let text = fs::read_to_string(root.join(name)).unwrap();
        check_no_table(&name.replace('/', "-"), &text);
        check_no_table("orders.csv", &text);
    }
    for name in [
        "src-tauri/engine/src/export.rs",
        "ui/src/lib/i18n/en/import.ts",
    ] {
        check_no_table("code.txt", &fs::read_to_string(root.join(name)).unwrap());
    }
    check_no_table(
        "till.c",
        "#include <stdio.h>\n\n/* What a row has. */\nenum {\n  title, year,\n  sku, order, customer\n};\n\n\
         int main(int argc, char **argv)\n{\n  int id, title, kind;\n  for (int i = 0; i < argc; i++) {\n    \
         printf(\"%d, %s\\n\", i, argv[i]);\n  }\n  return 0;\n}\n",
    );
    check_no_table(
        "CHANGES",
        "Changes\n=======\n\n- Orders are read by\n  sku, order, customer, date\n  and so are tills.\n\
         - A catalogue needs these columns:\n  id, title, kind\n  and nothing else, if one likes.\n",
    );
}

#[test]
fn a_header_below_a_preamble_is_found() {
    let library = Library::new();
    let path = library.folder.path().join("export.csv");
    let text = "My films, all of them\nmade on 2024-01-02\n\nid,kind,title\n1,film,Alien\n2,film,Solaris\nend\n";
    fs::write(&path, text).unwrap();
    let report = library
        .engine
        .import(&path, &ImportOptions::default(), AT, &Watch::NONE)
        .unwrap();
    assert_eq!((report.format.as_str(), report.stored), ("curio", 2));
    assert!(
        report.notes.contains(&"header on line 4".to_owned()),
        "{:?}",
        report.notes
    );
}

#[test]
fn a_header_with_no_row_below_it_is_an_empty_table() {
    let library = Library::new();
    let path = library.folder.path().join("films.csv");
    fs::write(&path, "My films\ntitle,year\n").unwrap();
    let report = library
        .engine
        .import(&path, &ImportOptions::default(), AT, &Watch::NONE)
        .unwrap();
    assert_eq!((report.read, report.rejected), (0, 0), "{report:?}");
    let columns = report.mapping.iter().map(|m| m.field.as_deref());
    assert!(columns.eq([Some("title"), Some("year")]));
}

#[test]
fn rows_with_cells_missing_or_empty_at_their_end_are_rows_of_a_table() {
    let long = "Titel;Autor;Jahr;Notiz\nMomo;Ende;1973\nDie Wand;Haushofer;1963;gut\n\
                Homo faber;Frisch;1957\nJakob der Lügner;Becker\n";
    let preamble = "Meine Bücher\nTitle;Author;Year;Notes;;\nMomo;Ende;1973\nDie Wand;Haushofer;1963;gut;;;;\n";
    for (text, map, stored) in [
        (long, &[("title", "Titel"), ("creators", "Autor")][..], 4),
        (preamble, &[], 2),
    ] {
        let library = Library::new();
        let path = library.folder.path().join("meine.csv");
        fs::write(&path, text).unwrap();
        let told = map.iter().map(|(f, c)| ((*f).to_owned(), (*c).to_owned()));
        let run = |dry_run: bool, map: Vec<(String, String)>| {
            let options = ImportOptions {
                dry_run,
                map,
                ..ImportOptions::default()
            };
            library.engine.import(&path, &options, AT, &Watch::NONE)
        };
        let looked = run(true, Vec::new()).unwrap();
        assert!(looked.mapping.len() >= 4, "{:?}", looked.mapping);
        let report = run(false, told.collect()).unwrap();
        assert_eq!((report.stored, report.rejected), (stored, 0), "{report:?}");
    }
}

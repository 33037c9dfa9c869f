//! The formats of other programs: each has a fixture, and every row of it is counted once.

mod table;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use curio_engine::specs;

use crate::library::{Library, fixtures, kept};

use table::TABLE;

#[test]
fn every_row_of_every_format_is_counted_once() {
    for (file, before, format, rows, added) in TABLE {
        let (had, had_logs) = {
            let kept = kept(before);
            (kept.items.len(), kept.entries())
        };
        let library = Library::of(before);
        let report = library.import(file, &[]);
        assert_eq!(report.format, *format, "{file}");
        let counted = [
            report.read,
            report.stored,
            report.updated,
            report.duplicates,
            report.rejected,
        ];
        assert_eq!(counted, *rows, "{file}: {:?}", report.rejects);
        assert_eq!(counted[0], counted[1..].iter().sum::<u64>(), "{file}");
        let kept = library.kept();
        let new = [kept.items.len() - had, kept.entries() - had_logs];
        assert_eq!(new, *added, "{file}: items and entries");
    }
}

#[test]
fn a_file_that_comes_again_adds_nothing() {
    for (file, before, _, rows, _) in TABLE {
        let library = Library::of(before);
        library.import(file, &[]);
        let again = library.import(file, &[]);
        let counted = [
            again.stored,
            again.updated,
            again.duplicates,
            again.rejected,
        ];
        assert_eq!(counted, [0, 0, rows[0] - rows[4], rows[4]], "{file}");
    }
}

#[test]
fn every_format_has_a_fixture_and_stands_in_the_table_for_people() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = fs::read_to_string(root.join("docs/formats.md")).unwrap();
    let own = ["curio export", "curio interactions"];
    for name in specs::names() {
        assert!(
            page.contains(&format!("`{name}`")),
            "{name} is not in docs/formats.md"
        );
        let shown = TABLE.iter().any(|(_, _, format, ..)| *format == name);
        assert!(shown || own.contains(&name), "{name} has no fixture");
    }
    let used: BTreeSet<&str> = TABLE.iter().map(|(file, ..)| *file).collect();
    for entry in fs::read_dir(fixtures()).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        assert!(
            entry.path().is_dir() || used.contains(name.as_str()),
            "{name} is not used"
        );
    }
}

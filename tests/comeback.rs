//! What Curio writes of a file comes back: rejected rows put right, and exports cell by cell.

use std::fs;
use std::path::Path;

use curio_engine::behaviour::{Action, Deed, Entry, basket_of};
use curio_engine::catalogue::{Item, ItemId, Kind};
use curio_engine::import::{Interaction, Logged, Outcome, Reader};
use curio_engine::rejects::Rejects;
use curio_engine::{ImportOptions, sheet};
use proptest::prelude::*;

use crate::taken::{fixture, fixtures, take, written};

#[test]
fn rejected_rows_are_written_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("ratings.csv");
    fs::copy(fixtures().join("ratings.csv"), &source).unwrap();
    let write = |source: &Path| {
        let mut reader = Reader::open(source, &ImportOptions::default()).unwrap();
        let elsewhere = folder.path().join("rejected");
        let mut rejects = Rejects::of(source, &reader.reading().header, &elsewhere);
        while let Some(row) = reader.next_row().unwrap() {
            if let Outcome::Bad {
                column,
                reason,
                record,
            } = row.outcome
            {
                let column = column.as_deref();
                rejects.add(row.line, column, &reason, &record);
            }
        }
        let (path, note) = rejects.finish(true);
        assert_eq!(note, None);
        path
    };
    let path = write(&source).unwrap();
    assert_eq!(path.file_name().unwrap(), "ratings.csv.rejected.csv");
    let text = fs::read_to_string(&path).unwrap();
    let mut lines = text.lines();
    assert_eq!(
        lines.next(),
        Some("userId,movieId,rating,timestamp,line,column,reason")
    );
    assert_eq!(
        lines.next(),
        Some("1,1029,7.0,1260759179,3,rating,\"\"\"7.0\"\" is not a rating from 0 to 5\"")
    );
    // Put right, it is a file like any other.
    fs::write(&path, text.replace("7.0", "4.0")).unwrap();
    let again = take(&path, &ImportOptions::default()).unwrap();
    assert_eq!(again.deeds(), [("movielens:1029", Action::Rate(4.0))]);
    let path = write(&path).unwrap();
    let header = fs::read_to_string(path).unwrap();
    assert!(header.starts_with("userId,movieId,rating,timestamp,line,column,reason\n"));

    fs::copy(fixtures().join("watched.csv"), folder.path().join("w.csv")).unwrap();
    assert_eq!(write(&folder.path().join("w.csv")), None);
    assert!(!folder.path().join("w.csv.rejected.csv").exists());
    assert!(!folder.path().join("w.csv.rejected.csv.part").exists());
}

#[test]
fn formulas_are_text() {
    let taken = fixture("formulas.csv");
    assert_eq!(taken.titles(), ["=1+1", "'Salem's Lot", "=SUM(A1)"]);
    assert_eq!(taken.items[0].description, "@home");
    for cell in ["=1+1", "+1", "-1", "@a", "\tx", "\0x", "\rx", "'=1", "''-2"] {
        assert!(sheet::neutral(cell).starts_with('\''), "{cell:?}");
    }
    assert_eq!(sheet::neutral("'Salem's Lot"), "'Salem's Lot");
}

#[test]
fn curios_own_files() {
    let taken = fixture("curio.csv");
    let film = taken.item("Metropolis");
    assert_eq!(film.key, "id:film-metropolis-1927");
    assert_eq!(
        film.people,
        ["Brigitte Helm"],
        "creators are in no other list"
    );
    assert_eq!(film.genres, ["Drama", "Science Fiction"]);
    assert_eq!(film.tags, ["robot", "city"]);
    assert_eq!(film.popularity, Some(88.0));
    let go = taken.item("围棋");
    assert_eq!((go.kind, go.year), (Kind::Game, Some(-548)));
    let david = taken.item("David");
    assert_eq!(david.kind, Kind::Other);
    assert_eq!(david.extra["kind"], "sculpture");

    let log = fixture("log.csv");
    assert_eq!(
        log.deeds(),
        [
            ("id:film-metropolis-1927", Action::Like),
            ("movielens:1", Action::Rate(4.5)),
            ("id:game-go", Action::Comment),
        ]
    );
    assert_eq!(log.acts[2].note, "A fine");
    assert_eq!(
        log.rejected(),
        [
            (4, "action", "\"teleport\" is not a known action"),
            (5, "note", "the comment is missing"),
        ]
    );
}

/// One line of CSV with every cell in quotes.
fn quoted(cells: &[String]) -> String {
    let cells = cells
        .iter()
        .map(|c| format!("\"{}\"", c.replace('"', "\"\"")));
    cells.collect::<Vec<_>>().join(",") + "\n"
}

/// Writes items as an export does and reads them back.
fn round_trip(items: &[Item]) -> Vec<Item> {
    let mut text = sheet::ITEM_HEADER.join(",") + "\n";
    text.extend(items.iter().map(|item| quoted(&sheet::item_record(item))));
    let taken = written("catalogue.csv", text).unwrap();
    assert!(taken.bad.is_empty(), "{:?}", taken.bad);
    taken.items
}

#[test]
fn every_item_of_the_fixtures_survives_an_export() {
    let mut all = Vec::new();
    for name in [
        "movielens.csv",
        "goodreads.csv",
        "storygraph.csv",
        "diary.csv",
        "imdb.csv",
        "trakt.csv",
        "calibre.csv",
        "lastfm.csv",
        "stock.csv",
        "gb18030.csv",
        "quotes.csv",
        "repeated.csv",
        "formulas.csv",
        "curio.csv",
    ] {
        all.extend(fixture(name).items);
    }
    assert!(all.len() > 30);
    assert_eq!(round_trip(&all), all);
}

/// Text as the importer leaves it, with all that a CSV file or a spreadsheet may trip over.
fn cleaned() -> impl Strategy<Value = String> {
    "[-=+@'\"|;,\\\\a-zÉ漢 ]{1,12}".prop_map(|text| curio_engine::clean::line(&text))
}

prop_compose! {
    fn item()(
        key in cleaned(), title in cleaned(), kind in 0..Kind::ALL.len(),
        year in proptest::option::of(-5000..2200i32),
        creators in proptest::collection::vec(cleaned(), 0..4),
        genres in proptest::collection::vec(cleaned(), 0..4),
        description in cleaned(),
        popularity in proptest::option::of(0.0..1e9f64),
        rating in proptest::option::of(0.0..=5.0f64),
        stock in proptest::option::of(any::<i64>()),
        extra in proptest::collection::btree_map(".{0,8}", ".{0,8}", 0..3),
    ) -> Item {
        let list = |parts: Vec<String>| -> Vec<String> {
            parts.into_iter().filter(|p| !p.is_empty()).collect()
        };
        Item {
            key: format!("id:{key}"),
            kind: Kind::ALL[kind],
            title: format!("{title}t"),
            year,
            creators: list(creators),
            genres: list(genres),
            description,
            popularity,
            rating,
            stock,
            extra,
            ..Item::default()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn items_come_back_as_they_went(items in proptest::collection::vec(item(), 1..5)) {
        prop_assert_eq!(round_trip(&items), items);
    }

    #[test]
    fn interactions_come_back_as_they_went(
        profile in cleaned(), note in cleaned(), order in cleaned(), at in 0..4_000_000_000_000i64, stars in 1..=10u8
    ) {
        let action = Action::Rate(f64::from(stars) / 2.0);
        let profile = format!("{profile}p");
        let basket = basket_of(&order, stars > 5);
        let deed = Deed::Act {
            item: ItemId(0), action, surface: "shelf".to_owned(), note: note.clone(), basket: basket.clone(),
        };
        let row = sheet::entry_record(&profile, "id:x", &Entry { sequence: 0, at, deed }, 2).unwrap();
        let text = sheet::INTERACTION_HEADER.join(",") + "\n" + &quoted(&row);
        let taken = written("interactions.csv", text).unwrap();
        let told = Interaction {
            profile: Some(profile), item_key: "id:x".to_owned(), action, at: Some(at), entered: None, note, basket,
            logged: Some(Logged { surface: "shelf".to_owned(), again: 2 }),
        };
        prop_assert_eq!(taken.acts, [told]);
    }

    #[test]
    fn neutral_and_plain_undo_each_other(cell in "['=+@\\-\ta-c]{0,5}") {
        let written = sheet::neutral(&cell).into_owned();
        prop_assert_eq!(sheet::plain(&written), cell.as_str());
    }
}

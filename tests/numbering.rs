//! Numbers of lists: the same number may stand for other things in two files, and neither takes the other's place.

use std::fs;

use curio_engine::behaviour::Action;
use curio_engine::view::Imported;
use curio_engine::{Error, ImportOptions, Watch};

use crate::archives::zipped;
use crate::library::{AT, Kept, Library, on};

const GAMES: &str =
    "id,game,developer,score\n620,Portal 2,Valve,98\n1,Celeste,Matt,94\n7,Hades,Supergiant,93\n";
const BOOKS: &str = "id,book,author,my rating\n620,Dune,Frank Herbert,5\n1,Emma,Jane Austen,2\n";

fn options(map: &[(&str, &str)], dry_run: bool) -> ImportOptions {
    let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    ImportOptions {
        map: map.iter().map(pair).collect(),
        profile: Some("Me".to_owned()),
        dry_run,
        ..ImportOptions::default()
    }
}

impl Library {
    fn take(
        &self,
        name: &str,
        text: impl AsRef<[u8]>,
        map: &[(&str, &str)],
    ) -> Result<Imported, Error> {
        let path = self.folder.path().join(name);
        fs::write(&path, text).unwrap();
        let dry = self
            .engine
            .import(&path, &options(map, true), AT, &Watch::NONE)?;
        let done = self
            .engine
            .import(&path, &options(map, false), AT, &Watch::NONE)?;
        if dry.problem.is_none() {
            let counts = |i: &Imported| [i.read, i.stored, i.updated, i.duplicates, i.rejected];
            assert_eq!(counts(&dry), counts(&done), "{name}: the dry run");
            let own = |i: &Imported| -> Vec<String> {
                let notes = i.notes.iter().filter(|note| note.contains("its numbers"));
                notes.cloned().collect()
            };
            assert_eq!(own(&dry), own(&done), "{name}");
        }
        Ok(done)
    }

    fn took(&self, name: &str, text: impl AsRef<[u8]>) -> [u64; 4] {
        let done = self.take(name, text, &[]).unwrap();
        assert_eq!(
            done.read,
            done.stored + done.updated + done.duplicates + done.rejected
        );
        [done.stored, done.updated, done.duplicates, done.rejected]
    }
}

fn titles(kept: &Kept) -> Vec<&str> {
    kept.items.iter().map(|item| item.title.as_str()).collect()
}

#[test]
fn a_file_that_gives_one_number_twice_is_the_same_list_when_it_comes_again() {
    let library = Library::new();
    let text = "id,title,shelf\n1,Emma,A\n1,Dune,B\n1,Solaris,C\n";
    assert_eq!(library.took("shelves.csv", text), [1, 0, 2, 0]);
    assert_eq!(library.took("shelves.csv", text), [0, 0, 3, 0]);
}

#[test]
fn two_lists_that_count_from_one_keep_their_items_apart() {
    let library = Library::new();
    assert_eq!(library.took("games.csv", GAMES), [3, 0, 0, 0]);
    let books = library.take("books.csv", BOOKS, &[]).unwrap();
    assert_eq!((books.stored, books.updated), (2, 0));
    let said = "its numbers count for it alone, as the list \"books\": 620 is \"Portal 2\" in another list, \
                and \"Dune\" in this one";
    assert!(
        books.notes.iter().any(|note| note == said),
        "{:?}",
        books.notes
    );
    // Each finds its own items again, whatever its copies are called.
    assert_eq!(library.took("games.csv", GAMES), [0, 0, 3, 0]);
    assert_eq!(library.took("books.csv", BOOKS), [0, 0, 2, 0]);
    assert_eq!(
        library.took("books (1) 2024-05-01.csv", BOOKS),
        [0, 0, 2, 0]
    );
    assert_eq!(library.took("renamed.csv", BOOKS), [0, 0, 2, 0]);
    let kept = library.kept();
    assert_eq!(
        titles(&kept),
        ["Portal 2", "Celeste", "Hades", "Dune", "Emma"]
    );
    assert_eq!(kept.item("Dune").key, "id:books#620");
    assert_eq!(kept.mine("Dune"), [on(Action::Rate(5.0), "2026-01-02")]);
    assert_eq!(kept.entries(), 2);
}

#[test]
fn files_of_one_name_may_be_several_lists() {
    let library = Library::new();
    let films = "id,film,director\n620,Heat,Michael Mann\n1,Ran,Akira Kurosawa\n";
    for text in [GAMES, BOOKS, films] {
        library.took("export.csv", text);
    }
    for (text, rows) in [(GAMES, 3), (BOOKS, 2), (films, 2)] {
        assert_eq!(library.took("export.csv", text), [0, 0, rows, 0]);
    }
    let kept = library.kept();
    assert_eq!(kept.items.len(), 7);
    assert_eq!(kept.item("Ran").key, "id:export 2#1");
}

#[test]
fn the_tables_of_one_file_may_be_several_lists() {
    let library = Library::new();
    let both = zipped(&[
        ("games.csv", GAMES.as_bytes()),
        ("books.csv", BOOKS.as_bytes()),
    ]);
    assert_eq!(library.took("lists.zip", &both), [5, 0, 0, 0]);
    assert_eq!(library.took("lists.zip", &both), [0, 0, 5, 0]);
    let kept = library.kept();
    assert_eq!(kept.item("Dune").key, "id:lists books#620");
}

#[test]
fn a_corrected_title_is_an_update_and_another_thing_is_rejected() {
    let library = Library::new();
    let list = |first: &str, last: &str| {
        format!(
            "id,title,year,author\n1,{first}\n2,Emma,1815,Jane Austen\n3,Momo,1973,Michael Ende\n4,{last}\n"
        )
    };
    let before = list("Der Prozess,1925,Franz Kafka", "Heat,1995,Ann");
    assert_eq!(library.took("list.csv", &before), [4, 0, 0, 0]);
    let after = list("The Trial,1925,Franz Kafka", "Ran,1985,Akira Kurosawa");
    let done = library.take("list.csv", &after, &[]).unwrap();
    assert_eq!(
        [done.stored, done.updated, done.duplicates, done.rejected],
        [0, 1, 2, 1]
    );
    assert_eq!(
        done.rejects[0].reason,
        "id:4 is \"Heat\" (1995) already and \"Ran\" (1985) here; nothing was changed"
    );
    let kept = library.kept();
    assert_eq!(titles(&kept), ["The Trial", "Emma", "Momo", "Heat"]);
}

#[test]
fn what_was_done_with_numbers_goes_to_the_list_that_has_them_or_is_asked_about() {
    let library = Library::new();
    library.took("games.csv", GAMES);
    library.took("books.csv", BOOKS);
    let log = |rows: &str| format!("user,item,rating\n{rows}");
    // 7 is in one list alone.
    assert_eq!(
        library.took("played.csv", log("Ann,7,4\nAnn,1,5\n")),
        [2, 0, 0, 0]
    );
    let either = log("Bob,620,3\nBob,1,2\n");
    let refused = library
        .take("read.csv", &either, &[])
        .unwrap_err()
        .to_string();
    assert!(
        refused.contains("may be those of the first list or the list \"books\""),
        "{refused}"
    );
    let done = library
        .take("read.csv", &either, &[("numbers", "books")])
        .unwrap();
    assert_eq!((done.stored, done.rejected), (2, 0));
    let kept = library.kept();
    assert_eq!(kept.deeds("Ann", "Celeste").len(), 1);
    assert_eq!(kept.deeds("Bob", "Emma").len(), 1);
    assert!(kept.deeds("Bob", "Portal 2").is_empty());
}

#[test]
fn the_place_of_a_row_is_no_number_of_its_item() {
    let library = Library::new();
    let list = "序号,书名,作者\n1,活着,余华\n2,三体,刘慈欣\n";
    assert_eq!(library.took("书.csv", list), [2, 0, 0, 0]);
    let sorted = "序号,书名,作者\n1,三体,刘慈欣\n2,活着,余华\n3,围城,钱锺书\n";
    assert_eq!(library.took("书.csv", sorted), [1, 0, 2, 0]);
}

#[test]
fn a_thing_that_a_file_tells_twice_is_as_it_was_told_first_however_often_it_comes() {
    let library = Library::new();
    let stock = "sku,name,price\n1,Mug,9\n1,Mug again,8\n";
    let done = library.take("stock.csv", stock, &[]).unwrap();
    assert_eq!([done.stored, done.updated, done.duplicates], [1, 0, 1]);
    let said = "1 row names an item that a row above tells otherwise; the first counts";
    assert!(
        done.notes.iter().any(|note| note == said),
        "{:?}",
        done.notes
    );
    assert_eq!(library.took("stock.csv", stock), [0, 0, 2, 0]);
    // A later file tells what it is now.
    assert_eq!(
        library.took("stock.csv", "sku,name,price\n1,Mug,7\n"),
        [0, 1, 0, 0]
    );
    assert_eq!(library.kept().item("Mug").price, Some(7.0));
}

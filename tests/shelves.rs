//! Shelves of readers and players: states, kinds and days as other programs and people write them.

use curio_engine::behaviour::Action;
use curio_engine::catalogue::Kind;

use crate::library::{Library, kept, on};
use crate::taken::{refusal_of, written};

#[test]
fn a_book_of_hardcover_was_read_when_it_was_finished() {
    let library = Library::new();
    let report = library.import("hardcover.csv", &[]);
    let said =
        "1 row tells a state that Curio does not know, and only its item counts: \"Somewhere\" (1)";
    assert!(
        report.notes.iter().any(|note| note == said),
        "{:?}",
        report.notes
    );
    let kept = library.kept();
    let dune = kept.item("Dune");
    assert_eq!(
        (dune.series.as_deref(), dune.number),
        (Some("Dune"), Some(1.0))
    );
    assert_eq!(dune.ids["isbn"], "9780441013593");
    assert_eq!(kept.mine("Dune"), [on(Action::Rate(4.5), "2024-02-01")]);
    assert_eq!(kept.mine("Emma"), [on(Action::Want, "2024-01-03")]);
    assert_eq!(kept.mine("Ulysses"), [on(Action::Abandon, "2024-01-04")]);
    assert!(kept.mine("Momo").is_empty());
}

#[test]
fn a_book_of_bookwyrm_has_its_authors_review_and_day() {
    let kept = kept(&["bookwyrm.csv"]);
    assert_eq!(
        kept.item("Dune").creators,
        ["Frank Herbert", "Brian Herbert"]
    );
    assert_eq!(kept.mine("Dune"), [on(Action::Rate(4.0), "2024-02-01")]);
    assert_eq!(kept.mine("Emma"), [on(Action::Abandon, "2024-03-01")]);
}

#[test]
fn states_and_kinds_in_other_words_cost_no_item() {
    let library = Library::new();
    let report = library.import("states.csv", &[]);
    for said in [
        "2 rows have kinds that Curio does not know, taken as other: \"Zine\" (2)",
        "1 row tells a state that Curio does not know, and only its item counts: \"Gathering dust\" (1)",
    ] {
        assert!(
            report.notes.iter().any(|note| note == said),
            "{:?}",
            report.notes
        );
    }
    let kept = library.kept();
    for (title, kind) in [
        ("Dune", Kind::Book),
        ("Celeste", Kind::Game),
        ("Akira", Kind::Series),
        ("Ulysses", Kind::Other),
    ] {
        assert_eq!(kept.item(title).kind, kind, "{title}");
    }
    // A month is its first day.
    assert_eq!(kept.mine("Dune"), [on(Action::Finish, "2020-03-01")]);
    assert_eq!(kept.mine("Hades"), [on(Action::Abandon, "2021-03-01")]);
    assert_eq!(kept.mine("Emma")[0].0, Action::Want);
    assert_eq!(kept.mine("Celeste")[0].0, Action::Open);
    // Of several days the last is that of the verdict.
    assert_eq!(
        kept.mine("Walden"),
        [
            on(Action::Finish, "2010-05-01"),
            on(Action::Rate(4.0), "2015-01-02")
        ]
    );
    assert_eq!(kept.item("Ulysses").extra["Type"], "Zine");
}

#[test]
fn one_file_has_one_order_of_day_and_month() {
    let header = "Book Id,Title,Author,My Rating,Date Read,Date Added,Exclusive Shelf\n";
    let rows = "1,Dune,Herbert,5,3/9/2021,5/1/2019,read\n2,Emma,Austen,4,3/4/2021,5/31/2019,read\n";
    let taken = written("library.csv", format!("{header}{rows}")).unwrap();
    let days: Vec<i64> = taken.acts.iter().filter_map(|act| act.at).collect();
    let day = |month: u32, day: u32| {
        let date = chrono::NaiveDate::from_ymd_opt(2021, month, day).unwrap();
        date.and_time(chrono::NaiveTime::MIN)
            .and_utc()
            .timestamp_millis()
    };
    assert_eq!(days, [day(3, 9), day(3, 4)]);
    let said = "dates in Date Read read month-first: as in its other columns";
    assert!(taken.noted(said), "{:?}", taken.reading.notes);
}

#[test]
fn a_cell_holds_days_and_nothing_else_or_it_is_no_date() {
    let text = "title,author,date read\nDune,Herbert,\"2010-05-01, 2015-01-02\"\nEmma,Austen,\"Feb 30, 2020\"\n";
    let taken = written("mine.csv", text).unwrap();
    assert_eq!(taken.titles(), ["Dune"]);
    assert_eq!(taken.acts.len(), 2);
    let reason = "\"Feb 30, 2020\" is not a date";
    assert_eq!(taken.rejected(), [(3, "date read", reason)]);
}

#[test]
fn words_that_are_not_known_are_counted_however_many_there_are() {
    let rows: String = (0..1_500).map(|n| format!("Zine {n},Kind {n}\n")).collect();
    let taken = written("mine.csv", format!("title,type\n{rows}")).unwrap();
    assert!(
        taken.noted("1500 rows have kinds"),
        "{:?}",
        taken.reading.notes
    );
}

#[test]
fn old_catalogues_of_calibre_count_to_ten_and_a_name_may_end_in_junior() {
    let kept = kept(&["calibre_ten.csv"]);
    let sermons = kept.item("Strength to Love");
    assert_eq!(
        sermons.creators,
        ["Martin Luther King, Jr.", "Clayborne Carson"]
    );
    assert_eq!(sermons.rating, Some(4.0));
    assert_eq!(kept.item("Momo").rating, Some(2.0));
}

#[test]
fn a_reader_is_a_person_whatever_part_they_took() {
    let text = "Title,Authors,Contributors,Read Status,Star Rating\n\
                Dune,Frank Herbert,\"Martin Jarvis (Narrator), Willa Muir (Translator)\",read,4.25\n";
    let taken = written("storygraph.csv", text).unwrap();
    assert_eq!(taken.item("Dune").people, ["Martin Jarvis", "Willa Muir"]);
}

#[test]
fn a_library_in_json_is_an_object_of_books() {
    let kept = kept(&["librarything.json"]);
    let book = kept.item("The Fellowship of the Ring");
    assert_eq!(book.creators, ["J. R. R. Tolkien"]);
    assert_eq!(book.people, ["Alan Lee"]);
    assert_eq!(book.ids["isbn"], "9780395489314");
    assert_eq!(
        (book.year, book.key.as_str()),
        (Some(1988), "librarything:33")
    );
    assert_eq!(
        kept.mine("The Fellowship of the Ring"),
        [on(Action::Rate(4.5), "2009-01-02")]
    );
    assert_eq!(kept.mine("Emma"), [on(Action::Want, "2009-01-03")]);
}

/// The titles of a JSON text, through all that an import does with it.
fn titles(text: &str) -> Vec<String> {
    let library = Library::new();
    let path = library.folder.path().join("list.json");
    std::fs::write(&path, text).unwrap();
    let options = curio_engine::ImportOptions::default();
    let done = library
        .engine
        .import(
            &path,
            &options,
            crate::library::AT,
            &curio_engine::Watch::NONE,
        )
        .unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(done.rejected, 0, "{text}: {:?}", done.rejects);
    let items = library.kept().items.into_iter();
    items.map(|item| item.title).collect()
}

#[test]
fn json_holds_a_list_an_object_of_objects_or_objects_over_several_lines() {
    let (one, two) = (
        r#"{"title": "Dune", "year": 1965}"#,
        r#"{"title": "Emma", "year": 1815}"#,
    );
    let spread = |object: &str| object.replace(", ", ",\n ").replace('{', "{\n");
    for text in [
        format!("{one}\n{two}\n"),
        format!("[{one}, {two}]"),
        format!("{{\n\"count\": 2,\n\"items\": [{one},\n{two}]\n}}"),
        format!("{{\"count\": 2, \"items\": [{one}, {two}]}}"),
        format!("{{\n\"items\": [\n{one},\n{two}\n]\n}}"),
        format!("{{\n\"a\": {one},\n\"b\": {two}\n}}"),
        format!("{}\n{}\n", spread(one), spread(two)),
    ] {
        assert_eq!(titles(&text), ["Dune", "Emma"], "{text}");
    }
    for text in [spread(one), format!("{one}\n")] {
        assert_eq!(titles(&text), ["Dune"], "{text}");
    }
    // What a film has a list of is no list of films.
    let film = r#"{"title": "Ran", "year": 1985, "cast": [{"name": "Tatsuya Nakadai"}]}"#;
    assert_eq!(titles(film), ["Ran"]);
}

#[test]
fn json_that_cannot_be_read_says_why() {
    for (text, said) in [
        (
            "{\n\"films\": [{\"title\": \"Ran\"}],\n\"books\": [{\"title\": \"Emma\"}]\n}",
            "several lists (films, books)",
        ),
        (
            "{\n\"films\": [\n{\"title\": \"Ran\",\n",
            "it is broken JSON: EOF while parsing",
        ),
    ] {
        let refused = refusal_of("list.json", text);
        assert!(refused.contains(said), "{text}: {refused}");
    }
}

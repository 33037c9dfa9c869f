//! What other trackers import: the films and books of a profile, as they read them.

use std::fs;

use curio_engine::behaviour::Action;
use curio_engine::view::{ExportFormat, Look};
use curio_engine::{ImportOptions, Watch};
use tempfile::TempDir;

use crate::opened::open_with;
use crate::roundtrip::{DAY, import};

#[test]
fn films_and_books_go_to_other_trackers() {
    let home = TempDir::new().unwrap();
    let engine = open_with(home.path(), None);
    let csv = home.path().join("things.csv");
    let things = "id,kind,title,year,creators,genres\n1,film,\"=Stalker, again\",1979,A T,Drama\n2,book,Piranesi,2020,Susanna Clarke,Fantasy\n3,film,Unseen,1990,B,Drama\n";
    fs::write(&csv, things).unwrap();
    import(&engine, &csv);
    let ann = engine.add_profile("Ann").unwrap().id;
    let film = engine.find_item("=Stalker, again").unwrap();
    let book = engine.find_item("Piranesi").unwrap();
    let unseen = engine.find_item("Unseen").unwrap();
    engine
        .record(ann, film, Action::Finish, "test", "", DAY)
        .unwrap();
    engine
        .record(ann, film, Action::Rate(4.5), "test", "so \"slow\"", 2 * DAY)
        .unwrap();
    engine
        .record(ann, book, Action::Want, "test", "", DAY)
        .unwrap();
    engine
        .record(ann, unseen, Action::Want, "test", "", DAY)
        .unwrap();
    let out = home.path().join("out");
    for (format, name, expected) in [
        (
            ExportFormat::Letterboxd,
            "letterboxd.csv",
            "Title,Year,imdbID,tmdbID,Rating,WatchedDate,Rewatch,Tags,Review\n\"'=Stalker, again\",1979,,,4.5,1970-01-02,,,\"so \"\"slow\"\"\"\n",
        ),
        (
            ExportFormat::Goodreads,
            "goodreads.csv",
            "Title,Author,ISBN,My Rating,Average Rating,Publisher,Binding,Year Published,Original Publication Year,Date Read,Date Added,Shelves,Bookshelves,My Review\nPiranesi,Susanna Clarke,,0,,,,2020,2020,,1970-01-02,to-read,,\n",
        ),
    ] {
        let unnamed = engine.export(&out, format, None).unwrap_err();
        assert!(unnamed.to_string().contains("profile"), "{unnamed}");
        let written = engine.export(&out, format, Some(ann)).unwrap();
        assert_eq!(written.items, 1);
        let text = fs::read_to_string(out.join(name)).unwrap();
        assert_eq!(text.trim_start_matches('\u{feff}'), expected);
        fs::write(out.join(name), "mine\n").unwrap();
        let spared = engine.export(&out, format, Some(ann)).unwrap_err();
        assert!(
            spared.to_string().contains("is no export of Curio"),
            "{spared}"
        );
    }
}

#[test]
fn what_other_trackers_import_is_read_back_and_has_no_day_that_nobody_told() {
    let home = TempDir::new().unwrap();
    let engine = open_with(home.path(), None);
    let write = |name: &str, text: &str| {
        let file = home.path().join(name);
        fs::write(&file, text).unwrap();
        file
    };
    let things = "id,kind,title,year,creators,imdb,isbn\n1,film,Stalker,1979,A T,tt0079944,\n\
                  2,book,Piranesi,2020,Susanna Clarke,,9781526622426\n3,film,Mirror,1975,A T,,\n4,book,Emma,1815,Jane Austen,,\n";
    import(&engine, &write("things.csv", things));
    let seen = "profile,item,action,date\nAnn,1,finish,\nAnn,2,rate=4,\nAnn,3,rate=3.5,2020-05-06\nAnn,4,want,2021-01-02\n";
    import(&engine, &write("seen.csv", seen));
    let ann = engine.find_profile("Ann").unwrap();
    let other = open_with(&home.path().join("other"), None);
    let options = ImportOptions {
        profile: Some("Ann".to_owned()),
        ..ImportOptions::default()
    };
    for (format, name, rows) in [
        (
            ExportFormat::Letterboxd,
            "letterboxd",
            [
                "Stalker,1979,tt0079944,,,,,,",
                "Mirror,1975,,,3.5,2020-05-06,,,",
            ],
        ),
        (
            ExportFormat::Goodreads,
            "goodreads",
            [
                "Piranesi,Susanna Clarke,9781526622426,4,,,,2020,2020,,,read,,",
                "Emma,Jane Austen,,0,,,,1815,1815,,2021-01-02,to-read,,",
            ],
        ),
    ] {
        engine.export(home.path(), format, Some(ann)).unwrap();
        let file = home.path().join(format!("{name}.csv"));
        let text = fs::read_to_string(&file).unwrap();
        assert_eq!(text.lines().skip(1).collect::<Vec<_>>(), rows);
        let report = other
            .import(&file, &options, 9 * DAY, &Watch::NONE)
            .unwrap();
        assert_eq!(report.format, format!("{name} import"));
        assert_eq!((report.stored, report.rejected), (2, 0), "{report:?}");
    }
    let again = other.find_profile("Ann").unwrap();
    let mut told: Vec<(String, String)> = other
        .activity(
            again,
            &Look {
                limit: 10,
                ..Look::default()
            },
        )
        .unwrap()
        .into_iter()
        .map(|entry| {
            (
                entry.item.unwrap().title,
                serde_json::to_string(&entry.what).unwrap(),
            )
        })
        .collect();
    told.sort();
    let act = |title: &str, action: &str| {
        (
            title.to_owned(),
            format!("{{\"did\":\"act\",\"action\":{action}}}"),
        )
    };
    assert_eq!(
        told,
        [
            act("Emma", "\"want\""),
            act("Mirror", "{\"rate\":3.5}"),
            act("Piranesi", "{\"rate\":4.0}"),
            act("Stalker", "\"finish\""),
        ]
    );
}

//! Files that people have, read as they are: what goes in, what does not, and why.

use curio_engine::ImportOptions;
use curio_engine::behaviour::Action;
use curio_engine::catalogue::Kind;
use curio_engine::view::Content;

use crate::taken::{fixture, fixtures, mapped, take};

#[test]
fn movielens_catalogue() {
    let taken = fixture("movielens.csv");
    assert_eq!(taken.reading.format, "movielens");
    let films: Vec<_> = taken
        .items
        .iter()
        .map(|i| (i.key.as_str(), i.title.as_str(), i.year))
        .collect();
    assert_eq!(
        films,
        [
            ("movielens:1", "Toy Story", Some(1995)),
            ("movielens:2", "The Matrix", Some(1999)),
            (
                "movielens:3",
                "The City of Lost Children (La Cité des enfants perdus)",
                Some(1995)
            ),
            ("movielens:4", "Babylon 5", None),
            ("movielens:6", "I Vitelloni", Some(1953)),
            ("movielens:7", "L'Avventura (L'Avventura)", Some(1960)),
            ("movielens:8", "Twin Peaks", Some(1989)),
            ("movielens:9", "2001", Some(1968)),
        ]
    );
    assert_eq!(taken.item("The Matrix").genres, ["Action", "Sci-Fi"]);
    assert!(taken.item("Babylon 5").genres.is_empty());
    assert_eq!(taken.rejected(), [(6, "title", "the title is missing")]);
}

#[test]
fn movielens_ratings_and_tags() {
    let taken = fixture("ratings.csv");
    assert_eq!(taken.reading.content, Content::Interactions);
    assert_eq!(
        taken.deeds(),
        [
            ("movielens:31", Action::Rate(2.5)),
            ("movielens:17", Action::Rate(5.0)),
            ("movielens:39", Action::Rate(4.0)),
        ]
    );
    let whose: Vec<_> = taken.acts.iter().map(|a| a.profile.as_deref()).collect();
    assert_eq!(
        whose,
        [
            Some("movielens 1"),
            Some("movielens 2"),
            Some("movielens 3")
        ]
    );
    let times: Vec<_> = taken.acts.iter().map(|a| a.at).collect();
    assert_eq!(
        times,
        [Some(1_260_759_144_000), Some(1_460_759_144_123), None]
    );
    assert_eq!(
        taken.rejected(),
        [
            (3, "rating", "\"7.0\" is not a rating from 0 to 5"),
            (4, "rating", "\"abc\" is not a number"),
            (5, "movieId", "the item is missing"),
            (6, "rating", "\"0\" is not a rating from 0.5 to 5"),
            (8, "timestamp", "\"yesterday\" is not a date"),
            (10, "userId", "the user is missing"),
        ]
    );
    let tags = fixture("tags.csv");
    assert_eq!(tags.deeds(), [("movielens:339", Action::Comment)]);
    assert_eq!(tags.acts[0].note, "sandra 'boring' bullock");
    assert_eq!(tags.rejected(), [(3, "tag", "the comment is missing")]);
}

#[test]
fn goodreads_library() {
    let taken = fixture("goodreads.csv");
    assert_eq!(taken.reading.format, "goodreads");
    let book = taken.item("The Left Hand of Darkness");
    assert_eq!(book.key, "goodreads:42");
    assert_eq!((book.kind, book.year), (Kind::Book, Some(1969)));
    assert_eq!(book.creators, ["Ursula K. Le Guin"]);
    assert_eq!(book.people, ["Ana One", "Ben Two"]);
    assert_eq!(book.tags, ["favorites", "sci-fi"]);
    assert_eq!(book.rating, Some(4.08));
    assert_eq!(book.ids["isbn"], "9780441478125");
    assert_eq!(book.extra["Publisher"], "Ace");
    let unrated = taken.item("Unrated");
    assert!(unrated.tags.is_empty(), "the shelf is no tag");
    assert!(!unrated.extra.contains_key("ISBN"), "=\"\" is empty");
    assert_eq!(taken.item("Given up").year, Some(-800));
    assert_eq!(taken.item("Read but unrated").rating, None);
    assert_eq!(
        taken.deeds(),
        [
            ("goodreads:42", Action::Rate(5.0)),
            ("goodreads:43", Action::Want),
            ("goodreads:44", Action::Finish),
            ("goodreads:45", Action::Open),
            ("goodreads:46", Action::Abandon),
        ]
    );
    let first = &taken.acts[0];
    assert_eq!(first.profile, None);
    assert_eq!(first.at, Some(1_614_816_000_000), "read on 2021-03-04");
    assert_eq!(first.note, "Cold & wonderful. Read it twice; I <3 it.");
    assert_eq!(
        taken.acts[1].at,
        Some(1_588_723_200_000),
        "added 2020-05-06"
    );
    assert_eq!(
        taken.rejected(),
        [(7, "My Rating", "\"6\" is not a rating from 0 to 5")]
    );
}

#[test]
fn storygraph_old_and_new() {
    let taken = fixture("storygraph.csv");
    let book = taken.item("Piranesi");
    assert_eq!(book.key, "isbn:9781526622426");
    assert_eq!(book.creators, ["Susanna Clarke"]);
    assert_eq!(book.tags, ["mysterious", "reflective", "medium"]);
    let two = taken.item("Untitled Manuscript");
    assert_eq!(two.creators, ["One Author", "Two Author"]);
    assert_eq!(two.key, "storygraph:0c8a3f6e-1111-2222-3333-444455556666");
    assert_eq!(taken.item("Later").key, "book:later||someone");
    let actions: Vec<_> = taken.acts.iter().map(|a| a.action).collect();
    assert_eq!(actions, [Action::Rate(4.25), Action::Abandon, Action::Want]);
    assert_eq!(taken.acts[0].note, "Lovely");

    let old = fixture("storygraph_old.csv");
    assert_eq!(old.reading.format, "storygraph");
    assert_eq!(old.item("Beloved").creators, ["Toni Morrison"]);
    assert_eq!(old.deeds(), [("isbn:9781400033416", Action::Rate(5.0))]);
}

#[test]
fn letterboxd_files_differ_by_name() {
    let diary = fixture("diary.csv");
    assert_eq!(diary.items[0].key, "film:stalker|1979|");
    assert_eq!(diary.items[0].key, diary.items[1].key);
    assert!(
        diary.items[0].extra.is_empty(),
        "{:?}",
        diary.items[0].extra
    );
    let actions: Vec<_> = diary.acts.iter().map(|a| a.action).collect();
    assert_eq!(
        actions,
        [Action::Rate(4.5), Action::Rate(5.0), Action::Finish]
    );
    assert_eq!(diary.acts[0].at, Some(1_641_081_600_000), "2022-01-02");
    assert_eq!(diary.bad[0].0, 5);

    for (name, key, action) in [
        ("watched.csv", "film:solaris|1972|", Action::Finish),
        ("watchlist.csv", "film:mirror|1975|", Action::Want),
        (
            "likes/films.csv",
            "film:ivans childhood|1962|",
            Action::Like,
        ),
    ] {
        let taken = fixture(name);
        assert_eq!(taken.reading.format, "letterboxd", "{name}");
        assert_eq!(taken.deeds(), [(key, action)], "{name}");
    }

    let list = fixture("letterboxd_list.csv");
    assert_eq!(list.titles(), ["Stalker", "Sátántangó"]);
    assert!(list.acts.is_empty());
    assert!(list.noted("header on line 6"), "{:?}", list.reading.notes);
}

#[test]
fn imdb_ratings_and_watchlist() {
    let taken = fixture("imdb.csv");
    assert!(taken.noted("Windows-1252"), "{:?}", taken.reading.notes);
    let film = taken.item("Amélie");
    assert_eq!(film.key, "imdb:tt0211915");
    assert_eq!(film.rating, Some(4.15));
    assert_eq!(film.popularity, Some(780_000.0));
    assert_eq!(film.genres, ["Comedy", "Romance"]);
    assert_eq!(film.extra["Runtime (mins)"], "122");
    assert_eq!(taken.item("Breaking Bad").kind, Kind::Series);
    assert_eq!(
        taken.deeds(),
        [
            ("imdb:tt0211915", Action::Rate(4.5)),
            ("imdb:tt0903747", Action::Rate(5.0)),
        ]
    );
    assert_eq!(
        taken.rejected(),
        [(4, "Your Rating", "\"11\" is not a rating from 0 to 10")]
    );
    let wanted = fixture("imdb_watchlist.csv");
    assert_eq!(wanted.deeds(), [("imdb:tt0079944", Action::Want)]);
    assert_eq!(wanted.items[0].creators, ["Andrei Tarkovsky"]);
}

#[test]
fn trakt_calibre_and_lastfm() {
    let trakt = fixture("trakt.csv");
    assert_eq!(
        trakt.deeds(),
        [
            ("trakt:movie-295", Action::Rate(4.5)),
            ("trakt:show-295", Action::Rate(0.5)),
        ]
    );
    assert_eq!(trakt.item("Alien").rating, Some(4.2));
    assert_eq!(trakt.item("Dark").kind, Kind::Series);
    assert_eq!(trakt.acts[0].at, Some(1_580_702_706_000));

    let calibre = fixture("calibre.csv");
    assert_eq!(calibre.reading.format, "calibre");
    let book = calibre.item("Good Omens");
    assert_eq!(book.key, "calibre:aaaa-bbbb");
    assert_eq!(book.creators, ["Terry Pratchett", "Neil Gaiman"]);
    assert_eq!((book.year, book.rating), (Some(1990), Some(4.5)));
    assert_eq!(book.description, "The end of the world — nearly.");
    assert_eq!(calibre.item("Undated").year, None);

    let lastfm = fixture("lastfm.csv");
    assert_eq!(
        lastfm.deeds(),
        [
            ("music:joga||bjork", Action::Finish),
            ("music:bachelorette||bjork", Action::Finish),
        ]
    );
    assert_eq!(lastfm.acts[0].at, Some(1_583_971_200_000));
    assert_eq!(lastfm.items[0].extra["album"], "Homogenic");
}

#[test]
fn a_shop_from_a_german_spreadsheet() {
    let taken = fixture("stock.csv");
    assert_eq!(taken.reading.format, "shop stock");
    let pot = taken.item("Teekanne");
    assert_eq!((pot.key.as_str(), pot.price), ("sku:A-1", Some(12.5)));
    assert_eq!(pot.genres, ["Küche", "Tee"]);
    assert_eq!(pot.creators, ["Werk & Sohn"]);
    assert_eq!(pot.description, "Kanne mit \"Griff\"");
    assert_eq!(pot.extra["colour"], "rot");
    let cup = taken.item("Becher");
    assert_eq!((cup.price, cup.stock), (Some(1299.0), Some(0)));
    assert_eq!(
        taken.rejected(),
        [
            (5, "price", "\"drei\" is not a number"),
            (6, "price", "\"-3\" is below zero"),
            (7, "name", "the title is missing"),
        ]
    );
    assert!(taken.noted("commas part decimals"));
}

#[test]
fn a_shops_orders() {
    let taken = fixture("orders.csv");
    assert_eq!(
        taken.deeds(),
        [
            ("sku:A-1", Action::Buy),
            ("sku:A-2", Action::Buy),
            ("sku:A-1", Action::Buy)
        ]
    );
    assert_eq!(taken.acts[0].profile.as_deref(), Some("Ada"));
    assert_eq!(taken.acts[0].basket, "order:1001");
    let [_, _, nobodys] = &taken.acts[..] else {
        panic!("{:?}", taken.acts);
    };
    assert_eq!(
        (nobodys.profile.as_deref(), nobodys.basket.as_str()),
        (None, "till:1002")
    );
    assert_eq!(taken.acts[0].at, Some(1_617_408_000_000), "3 April 2021");
    assert!(taken.noted("date read day-first"));
    assert_eq!(
        taken.rejected(),
        [
            (5, "quantity", "\"-1\" is a return, which is no purchase"),
            (6, "sku", "the item is missing"),
            (7, "quantity", "\"x\" is not a number"),
            (8, "date", "\"04/25/2021\" is not a date"),
        ]
    );
}

#[test]
fn columns_named_by_hand() {
    let path = fixtures().join("nothing.csv");
    let taken = take(
        &path,
        &mapped(&[("title", "b"), ("year", "C"), ("kind", "book")]),
    )
    .unwrap();
    assert_eq!(taken.titles(), ["2"]);
    assert_eq!(
        (taken.items[0].kind, taken.items[0].year),
        (Kind::Book, Some(3))
    );
    assert_eq!(taken.items[0].extra["a"], "1");
    let named: Vec<_> = taken
        .reading
        .mapping
        .iter()
        .map(|m| (m.column.as_str(), m.field.as_deref()))
        .collect();
    assert_eq!(
        named,
        [("a", None), ("b", Some("title")), ("c", Some("year"))]
    );
    for (pairs, complaint) in [
        (
            [("title", "d")],
            "no column called \"d\"; the columns are a, b, c",
        ),
        ([("colour", "a")], "no field called \"colour\""),
        (
            [("dates", "backwards")],
            "dates are day-first or month-first",
        ),
    ] {
        let error = take(&path, &mapped(&pairs)).err().unwrap().to_string();
        assert!(error.contains(complaint), "{error}");
    }
}

#[test]
fn content_as_asked() {
    let path = fixtures().join("goodreads.csv");
    let asked = |content| ImportOptions {
        content: Some(content),
        ..ImportOptions::default()
    };
    let books = take(&path, &asked(Content::Catalogue)).unwrap();
    assert_eq!((books.items.len(), books.acts.len()), (5, 0));
    let acts = take(&path, &asked(Content::Interactions)).unwrap();
    assert_eq!((acts.items.len(), acts.acts.len()), (0, 5));
    let ratings = fixtures().join("ratings.csv");
    let error = take(&ratings, &asked(Content::Catalogue)).err().unwrap();
    assert!(error.to_string().contains("no column holds a title"));
}

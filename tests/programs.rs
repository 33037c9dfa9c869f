//! The files of other programs: what their rows say, program by program.

use std::fs;

use curio_engine::behaviour::Action;
use curio_engine::catalogue::{Item, Kind};
use curio_engine::{ImportOptions, Watch};

use Action::{Abandon, Buy, Dislike, Finish, Like, Open, Rate, Want};

use crate::library::{AT, Library, kept, on};

fn ids(item: &Item) -> Vec<(&str, &str)> {
    item.ids
        .iter()
        .map(|(n, id)| (n.as_str(), id.as_str()))
        .collect()
}

#[test]
fn movielens_films_carry_the_identifiers_of_their_links() {
    let kept = kept(&[
        "movielens_movies.csv",
        "movielens_links.csv",
        "movielens_ratings.csv",
    ]);
    let film = kept.item("The Matrix");
    assert_eq!(film.key, "movielens:2");
    assert_eq!((film.year, film.kind), (Some(1999), Kind::Film));
    assert_eq!(
        ids(film),
        [("imdb", "tt0133093"), ("movielens", "2"), ("tmdb", "603")]
    );
    assert_eq!(kept.item("Babylon 5").ids.len(), 1);
    assert_eq!(
        kept.deeds("movielens 1", "Toy Story"),
        [on(Rate(4.0), "2000-07-30")]
    );
}

#[test]
fn links_stay_when_the_catalogue_comes_again() {
    let library = Library::of(&["movielens_movies.csv", "movielens_links.csv"]);
    let again = library.import("movielens_movies.csv", &[]);
    assert_eq!((again.updated, again.stored), (0, 0));
    assert_eq!(library.kept().item("The Matrix").ids["imdb"], "tt0133093");
}

#[test]
fn goodreads_tells_series_identifiers_and_states() {
    let kept = kept(&["goodreads.csv"]);
    let book = kept.item("The Fellowship of the Ring");
    assert_eq!(
        (book.series.as_deref(), book.number),
        (Some("The Lord of the Rings"), Some(1.0))
    );
    assert_eq!(
        (book.year, book.creators.as_slice()),
        (Some(1954), &["J.R.R. Tolkien".to_owned()][..])
    );
    assert_eq!(ids(book), [("goodreads", "11"), ("isbn", "9780261103573")]);
    assert_eq!(book.extra["Read Count"], "2");
    assert_eq!(
        kept.mine("The Fellowship of the Ring"),
        [on(Rate(5.0), "2021-03-04")]
    );
    assert_eq!(kept.mine("Half Read"), [on(Want, "2020-05-06")]);
    assert_eq!(
        kept.mine("Read Without a Rating"),
        [on(Finish, "2019-12-31")]
    );
    assert_eq!(kept.mine("Given Up"), [on(Abandon, "2022-01-01")]);
    assert_eq!(kept.mine("Resting"), [on(Open, "2022-01-02")]);
    let wrong = kept.item("Read Without a Rating");
    assert!(
        !wrong.ids.contains_key("isbn"),
        "the check digits are wrong"
    );
    assert_eq!(wrong.extra["ISBN13"], "9780441478129");
}

#[test]
fn storygraph_tells_every_reading() {
    let kept = kept(&["storygraph.csv"]);
    assert_eq!(
        kept.mine("Piranesi"),
        [on(Finish, "2021-02-03"), on(Rate(4.25), "2023-05-06")]
    );
    assert_eq!(kept.item("Piranesi").ids["isbn"], "9781526622426");
    assert_eq!(
        kept.item("Now").ids["isbn"],
        "9780306406157",
        "of 10 digits"
    );
    assert_eq!(kept.mine("Now"), [on(Open, "2022-05-01")]);
    assert_eq!(
        kept.mine("Untitled Manuscript"),
        [on(Abandon, "2021-01-01")]
    );
    assert!(kept.item("Untitled Manuscript").ids.is_empty());
}

#[test]
fn letterboxd_files_complete_one_another() {
    let kept = kept(&[
        "letterboxd_ratings.csv",
        "letterboxd_diary.csv",
        "letterboxd_reviews.csv",
        "letterboxd_watched.csv",
    ]);
    let film = kept.item("Stalker");
    assert_eq!(film.tags, ["cinema", "slow"]);
    assert_eq!(
        kept.mine("Stalker"),
        [
            on(Rate(5.0), "2022-02-01"),
            on(Rate(4.5), "2022-01-02"),
            on(Action::Comment, "2022-01-02"),
        ]
    );
    assert_eq!(
        kept.mine("Unrated"),
        [on(Finish, "2022-02-04"), on(Finish, "2023-02-03")],
        "a second viewing has a day of its own"
    );
    assert_eq!(kept.item("Good, the Bad").key, "film:good the bad|1966|");
}

#[test]
fn imdb_old_and_new() {
    let kept = kept(&["imdb_old.csv", "imdb_list.csv"]);
    let film = kept.item("Amélie");
    assert_eq!(ids(film), [("imdb", "tt0211915")]);
    assert_eq!(film.creators, ["Jean-Pierre Jeunet"]);
    assert_eq!(kept.mine("Amélie"), [on(Rate(4.5), "2014-01-02")]);
    assert_eq!(kept.mine("Stalker"), [on(Rate(5.0), "2020-02-03")]);
}

#[test]
fn trakt_and_tmdb_count_films_and_series_apart() {
    let mut found = kept(&["trakt_ratings.csv", "trakt_history.csv"]);
    assert_eq!(
        ids(found.item("Alien")),
        [("imdb", "tt0078748"), ("tmdb", "348")]
    );
    let show = found
        .items
        .iter()
        .find(|item| item.key == "trakt:show-295")
        .unwrap();
    assert_eq!(ids(show), [("imdb", "tt5753856"), ("tmdb", "tv/70523")]);
    let season = found
        .items
        .iter()
        .find(|item| item.key == "trakt:season-77/1")
        .unwrap();
    assert!(season.ids.is_empty(), "they are those of the series");
    assert_eq!(
        found.mine("Alien"),
        [
            on(Rate(4.5), "2020-02-03"),
            on(Finish, "2019-01-01"),
            on(Finish, "2020-01-01"),
        ]
    );
    found = kept(&["tmdb_ratings.csv"]);
    let keys: Vec<_> = found.items.iter().map(|item| item.key.as_str()).collect();
    assert_eq!(keys, ["tmdb:550", "tmdb:tv/550", "tmdb:tv/1396/1/1"]);
    assert_eq!(
        ids(found.item("Fight Club")),
        [("imdb", "tt0137523"), ("tmdb", "550")]
    );
    assert_eq!(found.item("Fight Club").year, Some(1999));
    assert_eq!(found.mine("Fight Club"), [on(Rate(4.5), "2021-05-06")]);
    assert_eq!(found.item("Another Thing").kind, Kind::Series);
}

#[test]
fn lists_of_tmdb_come_parted_by_dashes_and_as_json() {
    let mut found = kept(&["tmdb_catalogue.csv"]);
    let film = found.item("Inception");
    assert_eq!(film.genres, ["Action", "Science Fiction", "Adventure"]);
    assert_eq!(film.tags, ["dream", "subconscious", "heist"]);
    assert_eq!(film.people, ["Leonardo DiCaprio", "Elliot Page"]);
    assert_eq!((film.rating, film.popularity), (Some(4.2), Some(34_495.0)));
    assert_eq!(
        (film.key.as_str(), film.ids["tmdb"].as_str()),
        ("id:27205", "27205")
    );
    found = kept(&["tmdb_json.csv"]);
    let film = found.item("Avatar");
    assert_eq!(film.genres, ["Action", "Science Fiction"]);
    assert_eq!(film.people, ["Sam O'Worthington", "Zoe Saldana"]);
    assert_eq!(film.countries, ["United States of America"]);
    assert!(found.item("Untold").genres.is_empty());
}

#[test]
fn calibre_and_librarything() {
    let mut found = kept(&["calibre.csv"]);
    let book = found.item("Good Omens");
    let known = [
        ("asin", "B000W9399S"),
        ("goodreads", "12067"),
        ("isbn", "9780060853983"),
    ];
    assert_eq!(ids(book), known);
    assert_eq!(
        (book.series.as_deref(), book.number),
        (None, None),
        "a place in no series"
    );
    let guards = found.item("Guards! Guards!");
    assert_eq!(
        (guards.series.as_deref(), guards.number),
        (Some("Discworld"), Some(8.0))
    );
    assert!(guards.ids.is_empty());
    found = kept(&["librarything.tsv"]);
    let book = found.item("The Dispossessed");
    assert_eq!(book.creators, ["Ursula K. Le Guin"]);
    assert_eq!(book.people, ["Ana One", "Ben Two"]);
    assert_eq!(
        (book.year, book.ids["isbn"].as_str()),
        (Some(1974), "9780060125639")
    );
    assert_eq!(book.tags, ["utopia", "anarchism"]);
    assert_eq!(
        found.mine("The Dispossessed"),
        [on(Rate(4.5), "2019-02-03")]
    );
    assert_eq!(found.mine("On the Wish List"), [on(Want, "2018-05-07")]);
    assert_eq!(found.mine("Read, Not Rated"), [on(Finish, "2020-01-02")]);
    assert!(found.mine("Only Owned").is_empty());
}

#[test]
fn plays_with_a_header_and_without() {
    let mut found = kept(&["lastfm.csv"]);
    let song = found.item("Jóga");
    assert_eq!(song.ids["mbid"], "d6d3b1b5-5c5b-4a3e-9b5e-2f9c1f3b8a10");
    assert_eq!(
        (song.kind, song.extra["album"].as_str()),
        (Kind::Music, "Homogenic")
    );
    assert_eq!(found.mine("Jóga").len(), 2);
    found = kept(&["lastfm_headless.csv"]);
    assert_eq!(found.item("September").creators, ["Earth, Wind & Fire"]);
    assert_eq!(found.mine("Jóga"), [on(Finish, "2020-03-12")]);
}

#[test]
fn stock_and_orders_of_shops() {
    let mut found = kept(&["stock.csv", "orders.csv"]);
    let pot = found.item("Teekanne");
    assert_eq!((pot.price, pot.stock), (Some(12.5), Some(7)));
    assert_eq!(pot.description, "Kanne mit \"Griff\", innen glasiert");
    assert_eq!(pot.ids["ean"], "4006381333931");
    let cup = found.item("Becher");
    assert_eq!(
        (cup.price, cup.extra["EAN"].as_str()),
        (Some(1299.0), "4006381333932")
    );
    assert_eq!(found.deeds("Ada", "Teekanne"), [on(Buy, "2021-04-03")]);
    found = kept(&["shopify_products.csv", "shopify_orders.csv"]);
    let blue = found.item("Tea pot, Blue");
    assert_eq!(
        (blue.key.as_str(), blue.price, blue.stock),
        ("sku:POT-B", Some(25.0), Some(0))
    );
    assert_eq!(blue.description, "Holds a litre.");
    assert_eq!(found.item("Mug").key, "sku:mug", "by its handle");
    assert_eq!(
        found.deeds("ada@example.com", "Tea pot, Red"),
        [on(Buy, "2021-04-03")]
    );
    found = kept(&["woocommerce.csv", "square.csv"]);
    assert_eq!(found.item("Woollen hat").price, Some(19.9));
    assert_eq!(found.item("Espresso").price, Some(2.8));
}

#[test]
fn tables_of_no_known_format() {
    let mut found = kept(&["curio.csv"]);
    let book = found.item("Dune");
    assert_eq!(
        (book.series.as_deref(), book.number),
        (Some("Dune"), Some(1.0))
    );
    assert_eq!(found.item("Dune Messiah").extra["isbn"], "9780441172699x");
    found = kept(&["catalogue.csv"]);
    let book = found.item("Der Prozeß");
    assert_eq!((book.kind, book.price), (Kind::Book, Some(9.8)));
    assert_eq!(book.genres, ["Roman", "Klassiker"]);
    assert_eq!(book.ids["isbn"].len(), 13);
    assert_eq!(book.extra["Notes on shelf"], "oben");
}

#[test]
fn percents_grades_thumbs_and_fractions_are_ratings() {
    let library = Library::new();
    let path = library.folder.path().join("mixed.csv");
    let told = ["85%", "B+", "👍", "thumbs down", "7/10", "★★★½", "F", "4"];
    let rows = told
        .iter()
        .enumerate()
        .map(|(n, told)| format!("Film {n},{},{told}\n", 2000 + n));
    let text: String = rows.collect();
    fs::write(&path, format!("title,year,my rating\n{text}")).unwrap();
    let options = ImportOptions {
        profile: Some("Me".to_owned()),
        ..ImportOptions::default()
    };
    let report = library
        .engine
        .import(&path, &options, AT, &Watch::NONE)
        .unwrap();
    assert_eq!(
        (report.stored, report.rejected),
        (8, 0),
        "{:?}",
        report.rejects
    );
    let kept = library.kept();
    let stars: Vec<Action> = (0..8)
        .map(|n| kept.mine(&format!("Film {n}"))[0].0)
        .collect();
    let rated = [
        Rate(4.25),
        Rate(4.33),
        Like,
        Dislike,
        Rate(3.5),
        Rate(3.5),
        Rate(1.0),
        Rate(4.0),
    ];
    assert_eq!(stars, rated);
}

#[test]
fn douban_keeps_a_file_for_each_state() {
    let library = Library::new();
    for (name, film) in [("豆瓣-看过.csv", "活着"), ("豆瓣-想看.csv", "霸王别姬")] {
        let path = library.folder.path().join(name);
        let header = "标题,简介,豆瓣评分,链接,创建时间,我的评分,标签,评论";
        let row = format!("{film},1993 / 剧情,9.6,,2020-01-02 03:04:05,,剧情,");
        fs::write(&path, format!("{header}\n{row}\n")).unwrap();
        let options = ImportOptions {
            profile: Some("Me".to_owned()),
            ..ImportOptions::default()
        };
        let report = library.engine.import(&path, &options, AT, &Watch::NONE);
        assert_eq!(report.unwrap().stored, 1, "{name}");
    }
    let kept = library.kept();
    assert_eq!(kept.mine("活着"), [on(Finish, "2020-01-02")]);
    assert_eq!(kept.mine("霸王别姬"), [on(Want, "2020-01-02")]);
}

#[test]
fn an_updated_export_adds_only_what_is_new() {
    let library = Library::of(&["goodreads.csv"]);
    let path = library.folder.path().join("goodreads.csv");
    let text = fs::read_to_string(&path).unwrap();
    let text = text.replace(
        "1990,,2020/05/06,to-read,to-read (#2),to-read,,,,0,0",
        "1990,2023/01/02,2020/05/06,,,read,,,,1,0",
    );
    fs::write(&path, text).unwrap();
    let options = ImportOptions {
        profile: Some("Me".to_owned()),
        ..ImportOptions::default()
    };
    let report = library
        .engine
        .import(&path, &options, AT, &Watch::NONE)
        .unwrap();
    assert_eq!(
        [
            report.stored,
            report.updated,
            report.duplicates,
            report.rejected
        ],
        [1, 0, 5, 1]
    );
    let kept = library.kept();
    assert_eq!(
        kept.mine("Half Read"),
        [on(Want, "2020-05-06"), on(Finish, "2023-01-02")]
    );
}

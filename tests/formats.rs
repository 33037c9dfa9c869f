//! The formats of other programs: what each file comes to, row by row, and what its rows say.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use curio_engine::behaviour::{Action, Deed, Entry};
use curio_engine::catalogue::{Item, Kind};
use curio_engine::specs;
use curio_engine::store::Store;
use curio_engine::view::{Habit, Imported};
use curio_engine::{Engine, ImportOptions, Settings, Watch};
use tempfile::TempDir;

use Action::{Abandon, Buy, Dislike, Finish, Like, Open, Rate, Want};

/// 2026-01-02 03:04:05 UTC.
const AT: i64 = 1_767_323_045_000;

/// A file, the files it needs before it, its format, and what becomes of its rows: read, stored, updated,
/// duplicates and rejected; and the items and entries of logs that it adds.
type Line = (
    &'static str,
    &'static [&'static str],
    &'static str,
    [u64; 5],
    [usize; 2],
);

const STOCK: &[&str] = &["stock.csv"];
const SHOPIFY: &[&str] = &["shopify_products.csv"];
const MOVIES: &[&str] = &["movielens_movies.csv"];

const TABLE: &[Line] = &[
    (
        "movielens_movies.csv",
        &[],
        "movielens",
        [6, 4, 0, 1, 1],
        [4, 0],
    ),
    (
        "movielens_links.csv",
        MOVIES,
        "movielens links",
        [4, 0, 2, 1, 1],
        [0, 0],
    ),
    (
        "movielens_ratings.csv",
        MOVIES,
        "movielens ratings",
        [5, 2, 0, 1, 2],
        [0, 2],
    ),
    (
        "movielens_tags.csv",
        MOVIES,
        "movielens tags",
        [4, 2, 0, 1, 1],
        [0, 2],
    ),
    ("goodreads.csv", &[], "goodreads", [7, 5, 0, 1, 1], [5, 5]),
    (
        "goodreads_import.csv",
        &[],
        "goodreads import",
        [3, 2, 0, 0, 1],
        [2, 2],
    ),
    (
        "letterboxd_import.csv",
        &[],
        "letterboxd import",
        [4, 2, 0, 1, 1],
        [2, 2],
    ),
    ("storygraph.csv", &[], "storygraph", [5, 4, 0, 0, 1], [4, 5]),
    (
        "storygraph_old.csv",
        &[],
        "storygraph",
        [2, 2, 0, 0, 0],
        [2, 2],
    ),
    (
        "letterboxd_diary.csv",
        &[],
        "letterboxd",
        [5, 4, 0, 0, 1],
        [2, 4],
    ),
    (
        "letterboxd_reviews.csv",
        &[],
        "letterboxd",
        [1, 1, 0, 0, 0],
        [1, 1],
    ),
    (
        "letterboxd_reviews.csv",
        &["letterboxd_diary.csv"],
        "letterboxd",
        [1, 1, 0, 0, 0],
        [0, 1],
    ),
    (
        "letterboxd_ratings.csv",
        &["letterboxd_diary.csv"],
        "letterboxd",
        [2, 1, 0, 1, 0],
        [1, 1],
    ),
    (
        "letterboxd_watched.csv",
        &[],
        "letterboxd",
        [3, 1, 0, 1, 1],
        [1, 1],
    ),
    (
        "letterboxd_watchlist.csv",
        &[],
        "letterboxd",
        [1, 1, 0, 0, 0],
        [1, 1],
    ),
    (
        "likes/films.csv",
        &[],
        "letterboxd",
        [1, 1, 0, 0, 0],
        [1, 1],
    ),
    (
        "letterboxd_list.csv",
        &[],
        "letterboxd",
        [2, 2, 0, 0, 0],
        [2, 0],
    ),
    ("imdb_ratings.csv", &[], "imdb", [3, 2, 0, 0, 1], [2, 2]),
    ("imdb_old.csv", &[], "imdb", [2, 2, 0, 0, 0], [2, 1]),
    ("imdb_list.csv", &[], "imdb", [2, 2, 0, 0, 0], [2, 1]),
    ("imdb_watchlist.csv", &[], "imdb", [1, 1, 0, 0, 0], [1, 1]),
    ("trakt_ratings.csv", &[], "trakt", [4, 3, 0, 0, 1], [3, 3]),
    ("trakt_history.csv", &[], "trakt", [3, 2, 0, 1, 0], [1, 2]),
    ("trakt_watchlist.csv", &[], "trakt", [1, 1, 0, 0, 0], [1, 1]),
    (
        "trakt_collection.csv",
        &[],
        "trakt",
        [1, 1, 0, 0, 0],
        [1, 0],
    ),
    (
        "tmdb_ratings.csv",
        &[],
        "tmdb account",
        [4, 3, 0, 0, 1],
        [3, 3],
    ),
    (
        "tmdb_catalogue.csv",
        &[],
        "tmdb catalogue",
        [3, 2, 0, 0, 1],
        [2, 0],
    ),
    (
        "tmdb_json.csv",
        &[],
        "tmdb catalogue",
        [2, 2, 0, 0, 0],
        [2, 0],
    ),
    ("calibre.csv", &[], "calibre", [3, 2, 0, 0, 1], [2, 0]),
    (
        "librarything.tsv",
        &[],
        "librarything",
        [5, 4, 0, 0, 1],
        [4, 3],
    ),
    ("lastfm.csv", &[], "last.fm", [5, 3, 0, 1, 1], [2, 3]),
    (
        "lastfm_headless.csv",
        &[],
        "last.fm",
        [3, 2, 0, 1, 0],
        [2, 2],
    ),
    ("lastfm_named.csv", &[], "last.fm", [1, 1, 0, 0, 0], [1, 1]),
    ("stock.csv", &[], "shop stock", [4, 2, 0, 1, 1], [2, 0]),
    ("orders.csv", STOCK, "shop orders", [5, 3, 0, 0, 2], [0, 3]),
    (
        "shopify_products.csv",
        &[],
        "shopify products",
        [5, 3, 0, 1, 1],
        [3, 0],
    ),
    (
        "shopify_orders.csv",
        SHOPIFY,
        "shop orders",
        [3, 2, 0, 0, 1],
        [0, 2],
    ),
    (
        "woocommerce.csv",
        &[],
        "shop stock",
        [2, 1, 0, 0, 1],
        [1, 0],
    ),
    ("square.csv", &[], "shop stock", [1, 1, 0, 0, 0], [1, 0]),
    ("curio.csv", &[], "curio", [3, 2, 0, 0, 1], [2, 0]),
    ("catalogue.csv", &[], "generic", [5, 2, 0, 1, 2], [2, 0]),
    ("interactions.csv", &[], "generic", [5, 3, 0, 1, 1], [2, 3]),
    ("douban.csv", &[], "generic", [3, 2, 0, 0, 1], [2, 2]),
];

/// A store into which files were imported.
struct Library {
    folder: TempDir,
    engine: Engine,
}

impl Library {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let engine = Engine::open(Settings {
            data: folder.path().join("data"),
            models: folder.path().join("models"),
            encoder: Some("english".into()),
        });
        Self {
            folder,
            engine: engine.unwrap(),
        }
    }

    fn of(files: &[&str]) -> Self {
        let library = Self::new();
        for file in files {
            library.import(file, &[]);
        }
        library
    }

    /// Imports a copy of a fixture, beside which nothing is left.
    fn import(&self, name: &str, map: &[(&str, &str)]) -> Imported {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::copy(fixtures().join(name), &path).unwrap();
        let options = ImportOptions {
            map: map
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            profile: Some("Me".to_owned()),
            ..ImportOptions::default()
        };
        self.engine
            .import(&path, &options, AT, &Watch::NONE)
            .unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Closes it and reads what is kept.
    fn kept(self) -> Kept {
        let Self { folder, engine } = self;
        drop(engine);
        let (store, _) = Store::open(&folder.path().join("data")).unwrap();
        let profiles = store.profiles().unwrap().into_iter();
        let logs = profiles.map(|p| (p.name, store.log(p.id).unwrap()));
        Kept {
            items: store.items().unwrap(),
            logs: logs.collect(),
        }
    }
}

struct Kept {
    items: Vec<Item>,
    logs: Vec<(String, Vec<Entry>)>,
}

impl Kept {
    fn entries(&self) -> usize {
        self.logs.iter().map(|(_, log)| log.len()).sum()
    }

    fn item(&self, title: &str) -> &Item {
        let found = self.items.iter().find(|item| item.title == title);
        found.unwrap_or_else(|| {
            let titles: Vec<_> = self.items.iter().map(|item| &item.title).collect();
            panic!("no {title:?} among {titles:?}")
        })
    }

    /// What a profile did with an item, with the day or the moment of each.
    fn deeds(&self, profile: &str, title: &str) -> Vec<(Action, String)> {
        let row = self.items.iter().position(|item| item.title == title);
        let log = self.logs.iter().find(|(name, _)| name == profile);
        let acts = log.unwrap().1.iter().filter_map(|entry| match entry.deed {
            Deed::Act { item, action, .. } if Some(item.row()) == row => {
                let at = chrono::DateTime::from_timestamp_millis(entry.at).unwrap();
                Some((action, at.format("%Y-%m-%d").to_string()))
            }
            _ => None,
        });
        acts.collect()
    }

    fn mine(&self, title: &str) -> Vec<(Action, String)> {
        self.deeds("Me", title)
    }
}

fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/formats")
}

fn kept(files: &[&str]) -> Kept {
    Library::of(files).kept()
}

fn on(action: Action, day: &str) -> (Action, String) {
    (action, day.to_owned())
}

fn ids(item: &Item) -> Vec<(&str, &str)> {
    item.ids
        .iter()
        .map(|(n, id)| (n.as_str(), id.as_str()))
        .collect()
}

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
        .find(|item| item.key == "trakt:season-77")
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

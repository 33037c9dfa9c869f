//! The formats of other programs: each has a fixture, and every row of it is counted once.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use curio_engine::specs;

use crate::library::{Library, fixtures, kept};

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
    ("trakt_episodes.csv", &[], "trakt", [3, 3, 0, 0, 0], [3, 3]),
    (
        "trakt_history.json",
        &[],
        "trakt export",
        [6, 4, 0, 1, 1],
        [3, 4],
    ),
    (
        "trakt_watched_movies.json",
        &["trakt_history.json"],
        "trakt export",
        [2, 1, 0, 1, 0],
        [1, 1],
    ),
    (
        "trakt_watched_shows.json",
        &[],
        "trakt export",
        [1, 1, 0, 0, 0],
        [1, 1],
    ),
    (
        "trakt_ratings.json",
        &[],
        "trakt export",
        [3, 3, 0, 0, 0],
        [3, 3],
    ),
    (
        "trakt-watchlist.json",
        &[],
        "trakt export",
        [1, 1, 0, 0, 0],
        [1, 1],
    ),
    (
        "trakt-collection.json",
        &[],
        "trakt export",
        [1, 1, 0, 0, 0],
        [1, 0],
    ),
    ("simkl.csv", &[], "simkl", [4, 4, 0, 0, 0], [4, 4]),
    (
        "movielens_account.csv",
        &[],
        "movielens account",
        [3, 3, 0, 0, 0],
        [3, 2],
    ),
    ("spotify.json", &[], "spotify", [4, 3, 0, 1, 0], [3, 2]),
    (
        "spotify_extended.json",
        &[],
        "spotify",
        [3, 1, 0, 1, 1],
        [1, 1],
    ),
    ("lastfmstats.csv", &[], "last.fm", [2, 2, 0, 0, 0], [2, 2]),
    ("lastfmstats.json", &[], "last.fm", [2, 2, 0, 0, 0], [2, 2]),
    ("lastfm_now.csv", &[], "last.fm", [4, 3, 0, 0, 1], [3, 3]),
    ("netflix.csv", &[], "generic", [4, 3, 0, 1, 0], [3, 3]),
    ("days.csv", &[], "generic", [3, 3, 0, 0, 0], [3, 2]),
    ("douban_marks.csv", &[], "douban", [3, 3, 0, 0, 0], [3, 2]),
    (
        "douban_script.csv",
        &[],
        "douban script",
        [2, 2, 0, 0, 0],
        [2, 2],
    ),
    ("douban_books.csv", &[], "generic", [3, 3, 0, 0, 0], [3, 3]),
    ("grouvee.csv", &[], "generic", [2, 2, 0, 0, 0], [2, 1]),
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
    (
        "shopify_variants.csv",
        &[],
        "shopify products",
        [7, 7, 0, 0, 0],
        [7, 0],
    ),
    (
        "shopify_orders_short.csv",
        &["shopify_variants.csv"],
        "shop orders",
        [7, 5, 0, 0, 2],
        [0, 5],
    ),
    (
        "woocommerce_variations.csv",
        &[],
        "shop stock",
        [5, 5, 0, 0, 0],
        [5, 0],
    ),
    (
        "woocommerce_orders.csv",
        &["woocommerce_variations.csv"],
        "shop orders",
        [5, 4, 0, 0, 1],
        [0, 4],
    ),
    (
        "square_places.csv",
        &[],
        "shop stock",
        [3, 3, 0, 0, 0],
        [3, 0],
    ),
    (
        "stock_german.csv",
        &[],
        "shop stock",
        [5, 3, 0, 1, 1],
        [3, 0],
    ),
    (
        "orders_german.csv",
        &["stock_german.csv"],
        "shop orders",
        [5, 4, 0, 0, 1],
        [0, 4],
    ),
    ("hardcover.csv", &[], "hardcover", [4, 4, 0, 0, 0], [4, 3]),
    ("bookwyrm.csv", &[], "bookwyrm", [2, 2, 0, 0, 0], [2, 2]),
    (
        "librarything.json",
        &[],
        "librarything",
        [3, 2, 0, 0, 1],
        [2, 2],
    ),
    ("calibre_ten.csv", &[], "calibre", [2, 2, 0, 0, 0], [2, 0]),
    ("states.csv", &[], "generic", [7, 7, 0, 0, 0], [7, 7]),
    ("games.csv", &[], "generic", [3, 3, 0, 0, 0], [3, 0]),
    (
        "books.csv",
        &["games.csv"],
        "generic",
        [2, 2, 0, 0, 0],
        [2, 2],
    ),
];

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

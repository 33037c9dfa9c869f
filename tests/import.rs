//! Files that people have, read as they are: what goes in, what does not, and why.

use std::fs;
use std::path::{Path, PathBuf};

use curio_engine::behaviour::{Action, Deed, Entry, basket_of};
use curio_engine::catalogue::{Item, ItemId, Kind};
use curio_engine::import::{Interaction, Logged, Outcome, Reader, Reading};
use curio_engine::rejects::Rejects;
use curio_engine::sheet;
use curio_engine::view::Content;
use curio_engine::{Error, ImportOptions};
use proptest::prelude::*;

/// All that a file gave.
struct Taken {
    items: Vec<Item>,
    acts: Vec<Interaction>,
    /// Line, column and reason of each bad row.
    bad: Vec<(u64, String, String)>,
    reading: Reading,
}

impl Taken {
    fn titles(&self) -> Vec<&str> {
        self.items.iter().map(|i| i.title.as_str()).collect()
    }

    fn item(&self, title: &str) -> &Item {
        let found = self.items.iter().find(|i| i.title == title);
        found.unwrap_or_else(|| panic!("no {title:?} among {:?}", self.titles()))
    }

    fn deeds(&self) -> Vec<(&str, Action)> {
        self.acts
            .iter()
            .map(|a| (a.item_key.as_str(), a.action))
            .collect()
    }

    fn rejected(&self) -> Vec<(u64, &str, &str)> {
        let rows = self.bad.iter();
        rows.map(|(l, c, r)| (*l, c.as_str(), r.as_str())).collect()
    }

    fn noted(&self, words: &str) -> bool {
        self.reading.notes.iter().any(|note| note.contains(words))
    }
}

fn take(path: &Path, options: &ImportOptions) -> Result<Taken, Error> {
    let (mut items, mut acts, mut bad) = (Vec::new(), Vec::new(), Vec::new());
    let mut good = 0;
    let mut reader = Reader::open(path, options)?;
    while let Some(row) = reader.next_row()? {
        match row.outcome {
            Outcome::Good { item, interactions } => {
                good += 1;
                items.extend(item.map(|i| *i));
                acts.extend(interactions);
            }
            Outcome::Said(_) => good += 1,
            Outcome::Bad { column, reason, .. } => {
                bad.push((row.line, column.unwrap_or_default(), reason));
            }
        }
    }
    let reading = reader.finish();
    assert_eq!(reading.read, good + bad.len() as u64, "read = good + bad");
    Ok(Taken {
        items,
        acts,
        bad,
        reading,
    })
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/import")
}

fn fixture(name: &str) -> Taken {
    take(&fixtures().join(name), &ImportOptions::default())
        .unwrap_or_else(|error| panic!("{name}: {}", error.chain()))
}

fn refusal(name: &str) -> String {
    match take(&fixtures().join(name), &ImportOptions::default()) {
        Ok(_) => panic!("{name} was read"),
        Err(error) => error.chain(),
    }
}

/// Reads a file that is written for the occasion.
fn written(name: &str, bytes: impl AsRef<[u8]>) -> Result<Taken, Error> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    take(&path, &ImportOptions::default())
}

fn mapped(pairs: &[(&str, &str)]) -> ImportOptions {
    ImportOptions {
        map: pairs
            .iter()
            .map(|(f, c)| ((*f).to_owned(), (*c).to_owned()))
            .collect(),
        ..ImportOptions::default()
    }
}

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
fn dates_are_read_by_the_whole_column() {
    let month = fixture("month_first.csv");
    assert_eq!(month.acts[0].at, Some(1_614_816_000_000), "4 March 2021");
    assert!(month.noted("month-first"));

    let day = fixture("ambiguous.csv");
    assert_eq!(day.acts[0].at, Some(1_617_408_000_000), "3 April 2021");
    assert!(day.noted("nothing in the column tells"));

    let told = mapped(&[("dates", "month-first")]);
    let told = take(&fixtures().join("ambiguous.csv"), &told).unwrap();
    assert_eq!(told.acts[0].at, Some(1_614_816_000_000), "4 March 2021");

    let many = fixture("dates.csv");
    for act in &many.acts {
        assert_eq!(act.at, Some(1_614_816_000_000), "{}", act.item_key);
    }
    assert_eq!(many.acts.len(), 10);
    assert_eq!(
        many.rejected(),
        [(11, "date", "\"2021-02-30\" is not a date")]
    );
}

#[test]
fn encodings() {
    let taken = fixture("utf16le.csv");
    assert_eq!(taken.titles(), ["Amélie", "千と千尋の神隠し"]);
    assert_eq!(taken.items[1].creators, ["宮崎駿"]);
    assert!(taken.noted("UTF-16LE") && taken.noted("delimiter tab"));
    assert_eq!(fixture("utf16be.csv").titles(), ["Amélie"]);
    assert_eq!(fixture("utf16_unmarked.csv").titles(), ["Metropolis"]);

    let chinese = fixture("gb18030.csv");
    assert!(chinese.noted("GB18030"), "{:?}", chinese.reading.notes);
    let film = chinese.item("霸王别姬");
    assert_eq!((film.kind, film.year), (Kind::Film, Some(1993)));
    assert_eq!(film.creators, ["陈凯歌"]);
    assert_eq!(film.genres, ["剧情", "爱情"]);
}

#[test]
fn columns_by_their_chinese_names() {
    let taken = fixture("douban.csv");
    let film = taken.item("霸王别姬");
    assert_eq!(film.rating, Some(4.8));
    assert_eq!(film.tags, ["剧情", "爱情"]);
    let actions: Vec<_> = taken.acts.iter().map(|a| a.action).collect();
    assert_eq!(actions, [Action::Rate(5.0), Action::Want]);
    assert_eq!(taken.acts[0].at, Some(1_577_934_245_000));
    assert_eq!(
        taken.rejected(),
        [(4, "豆瓣评分", "\"好看\" is not a number")]
    );
    assert!(taken.noted("豆瓣评分 is of 10"));
}

#[test]
fn quotes() {
    let taken = fixture("quotes.csv");
    assert_eq!(
        taken.titles(),
        ["Two lines", "Comma, inside", "\"Quoted\" whole"]
    );
    assert_eq!(taken.items[0].description, "He said \"hi\", twice");
    assert_eq!(taken.items[1].description, "ends with a quote\"");
    assert!(taken.bad.is_empty());
}

#[test]
fn a_broken_quote_costs_its_own_line_only() {
    let taken = fixture("unterminated.csv");
    assert_eq!(taken.titles(), ["First", "Third", "Fourth, quoted"]);
    assert_eq!(taken.items[2].description, "four lines");
    let never = "the quote opened on line 3 is never closed";
    assert_eq!(taken.rejected(), [(3, "", never)]);

    let last = fixture("unterminated_last.csv");
    assert_eq!(last.titles(), ["First"]);
    assert_eq!(last.rejected(), [(3, "", never)]);

    let stray = fixture("stray.csv");
    assert_eq!(
        stray.titles(),
        ["First", "Third, quoted", "Fourth", "12\" vinyl"]
    );
    assert_eq!(stray.item("Fourth").description, "and \"four\"");
    assert_eq!(stray.rejected(), [(3, "", never)]);

    let sloppy = fixture("sloppy.csv");
    assert_eq!(
        sloppy.titles(),
        [
            "The \"best\" of",
            "Great Performances Cats",
            "A review with \"undoubled\" quotes in it"
        ]
    );
    assert_eq!(sloppy.items[1].description, "c, d");
}

#[test]
fn a_quote_open_to_the_end_of_a_long_file() {
    // More than the reader may hold: the rows after the quote are found again, and in linear time.
    let mut text = "id,title,description\n1,\"Open,x\n".to_owned();
    for i in 0..600_000 {
        text.push_str(&format!("{i},Row number {i},some words here\n"));
    }
    let taken = written("long.csv", &text).unwrap();
    assert_eq!(taken.items.len(), 600_000);
    assert_eq!(taken.bad.len(), 1);

    // Every line opens a quote and none is closed.
    let taken = written(
        "worst.csv",
        "id,title\n".to_owned() + &"\"b\n".repeat(700_000),
    )
    .unwrap();
    assert_eq!(taken.bad.len(), 700_000);
}

#[test]
fn ragged_rows_and_blank_ones() {
    let taken = fixture("ragged.csv");
    assert_eq!(taken.titles(), ["Short", "Trailing", "Whole"]);
    assert_eq!(taken.items[0].year, None);
    assert!(taken.noted("fewer cells than the header: 1;"));
    assert_eq!(
        taken.rejected(),
        [
            (3, "", "5 cells where the header has 4"),
            (6, "", "the row is empty"),
            (7, "title", "the title is missing"),
        ]
    );
}

#[test]
fn odd_bytes_and_line_ends() {
    let taken = fixture("nul.csv");
    assert_eq!(taken.titles(), ["Nul inside", "Bell and tab here"]);
    assert_eq!(taken.rejected(), [(3, "title", "the title is missing")]);
    assert_eq!(fixture("cr.csv").titles(), ["One", "Two"]);
    assert_eq!(fixture("no_newline.csv").titles(), ["One", "Two"]);

    let repeated = fixture("repeated.csv");
    let item = repeated.item("First");
    assert_eq!(item.extra["note (2)"], "b");
    assert_eq!(item.extra["column 5"], "c");
    assert_eq!(item.extra["title (2)"], "d");
}

#[test]
fn files_that_are_no_catalogue() {
    assert!(refusal("empty.csv").ends_with("the file is empty"));
    assert!(refusal("blank.csv").ends_with("the file is empty"));
    assert!(refusal("image.csv").ends_with("it is a PNG image, not a CSV file"));
    let nothing = refusal("nothing.csv");
    assert!(
        nothing.contains("no column holds a title or an item; its columns are a, b, c"),
        "{nothing}"
    );
    assert!(refusal("missing.csv").contains("cannot open"));
    assert_eq!(fixture("header_only.csv").reading.read, 0);

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("folder.csv");
    fs::create_dir(&path).unwrap();
    let error = take(&path, &ImportOptions::default()).err().unwrap();
    assert!(
        error
            .to_string()
            .ends_with("it is a folder, not a CSV file")
    );
}

#[test]
fn ten_megabytes_in_a_cell_and_more_than_a_row_may_have() {
    let big = "x".repeat(10 << 20);
    let taken = written(
        "big.csv",
        format!("id,title\n1,{big}\n2,\"{big}\n{big}\"\n3,End\n"),
    );
    let taken = taken.unwrap();
    assert_eq!(taken.titles(), ["End"]);
    let kept = format!(
        "the row takes {} bytes; at most 262144 can be stored",
        (10 << 20) + 4
    );
    assert_eq!(
        taken.rejected(),
        [
            (2, "title", kept.as_str()),
            (3, "", "the row is larger than 16 MB"),
        ]
    );

    let huge = "y".repeat(40 << 20);
    let taken = written(
        "huge.csv",
        format!("id,title\n1,{huge}\n2,\"{huge}\"\n3,End\n"),
    );
    let taken = taken.unwrap();
    assert_eq!(taken.titles(), ["End"]);
    assert_eq!(
        taken.rejected(),
        [
            (2, "", "the row is larger than 16 MB"),
            (3, "", "the row is larger than 16 MB"),
        ]
    );
}

#[test]
fn a_preamble_and_thousands() {
    let taken = fixture("preamble.csv");
    assert_eq!(taken.item("Pot").price, Some(1299.5));
    assert_eq!(taken.item("Cup").price, Some(2.5));
    assert!(taken.noted("header on line 4"));
}

#[test]
fn the_same_thing_is_told_by_title_year_and_creator() {
    let taken = fixture("twins.csv");
    let keys: Vec<_> = taken.items.iter().map(|i| i.key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "book:trial|1925|franz kafka",
            "book:trial|1925|franz kafka",
            "book:trial|1925|franz kafka",
            "book:trial|1925|franz kafka",
            "book:trial|1962|orson welles",
            "book:emile|1762|rousseau",
            "book:emile|1762|rousseau",
            // Nothing but a title would merge strangers.
            "book:Emma||",
            "book:EMMA||",
        ]
    );
}

#[test]
fn years() {
    let taken = fixture("years.csv");
    let years: Vec<_> = taken
        .items
        .iter()
        .map(|i| (i.title.as_str(), i.year))
        .collect();
    assert_eq!(
        years,
        [
            ("A", Some(1995)),
            ("B", None),
            ("E", Some(1994)),
            ("F", Some(-500)),
            ("G", Some(1995)),
            ("H", None),
        ]
    );
    assert_eq!(
        taken.rejected(),
        [
            (4, "year", "\"MCMXC\" is not a year"),
            (5, "year", "\"20222\" is not a year"),
        ]
    );
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
            profile: Some(profile), item_key: "id:x".to_owned(), action, at: Some(at), note, basket,
            logged: Some(Logged { surface: "shelf".to_owned(), again: 2 }),
        };
        prop_assert_eq!(taken.acts, [told]);
    }

    #[test]
    fn neutral_and_plain_undo_each_other(cell in "['=+@\\-\ta-c]{0,5}") {
        let written = sheet::neutral(&cell).into_owned();
        prop_assert_eq!(sheet::plain(&written), cell.as_str());
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let mut file = b"id,title,year\n".to_vec();
        file.extend(&bytes);
        for bytes in [&bytes, &file] {
            // `take` holds that read = good + bad.
            match written("any.csv", bytes) {
                Ok(taken) => prop_assert!(taken.reading.read < 700),
                Err(error) => prop_assert!(matches!(error, Error::Import { .. }), "{}", error),
            }
        }
    }

    #[test]
    fn any_csv_is_read_whole(text in "[a\",;\n\r]{0,80}") {
        let taken = written("any.csv", format!("id,title\n{text}\n9,End\n")).unwrap();
        // Whatever stands before it, the last row is there unless quotes took it in.
        let found = taken.items.iter().any(|i| i.title == "End");
        prop_assert!(found || text.contains('"'), "{:?}", taken.titles());
    }
}

/// Fixtures with a few bytes changed, cut, doubled or put in: never a panic, never a row lost from
/// the count.
#[test]
fn damaged_fixtures_are_read_or_refused() {
    let mut files: Vec<PathBuf> = fs::read_dir(fixtures())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    };
    let mut read = 0;
    for path in files.iter().cycle().take(files.len() * 12) {
        let mut bytes = fs::read(path).unwrap();
        for _ in 0..=next(4) {
            let at = next(bytes.len());
            match next(5) {
                0 if !bytes.is_empty() => bytes[at] = next(256) as u8,
                1 if !bytes.is_empty() => {
                    let end = (at + next(30)).min(bytes.len());
                    bytes.drain(at..end);
                }
                2 => bytes.truncate(at),
                3 => bytes.insert(at, b'"'),
                _ => bytes.insert(at, [b',', b'\n', 0, b'\\', 0xff][next(5)]),
            }
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        read += u64::from(written(name, bytes).is_ok());
    }
    assert!(read > 200, "{read} were read");
}

//! Files however they are written: dates, encodings, quotes, line ends, and bytes that mean nothing.

use std::fs;
use std::path::PathBuf;

use curio_engine::behaviour::Action;
use curio_engine::catalogue::Kind;
use curio_engine::{Error, ImportOptions};
use proptest::prelude::*;

use crate::taken::{fixture, fixtures, mapped, refusal, take, written};

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
    assert!(error.to_string().contains("it is a folder, not a file"));
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

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

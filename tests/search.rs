//! The word index: what is found, in which order, and why.

mod files;
mod languages;

use std::path::Path;

use curio_engine::catalogue::{Item, ItemId, Kind};
use curio_engine::search::{Index, WordHit};
use curio_engine::view::Matched::{self, Description, People, Tags, Title};
use proptest::prelude::*;
use tempfile::TempDir;

fn item(title: &str, year: i32, creator: &str, tags: &[&str], description: &str) -> Item {
    Item {
        kind: Kind::Film,
        title: title.into(),
        year: Some(year),
        creators: vec![creator.into()],
        tags: tags.iter().map(|&tag| tag.into()).collect(),
        description: description.into(),
        ..Item::default()
    }
}

/// Twelve items whose right answers are planted.
fn catalogue() -> Vec<Item> {
    let mut catalogue = vec![
        item(
            "Solaris",
            1972,
            "Andrei Tarkovsky",
            &["science fiction"],
            "A psychologist visits a station above an ocean that thinks.",
        ),
        item(
            "Stalker",
            1979,
            "Andrei Tarkovsky",
            &["zone"],
            "A guide leads two men; one of them has read Solaris.",
        ),
        item(
            "Soldiers of Salamis",
            2003,
            "David Trueba",
            &["war"],
            "A writer looks for a soldier of the civil war.",
        ),
        item(
            "Amélie",
            2001,
            "Jean-Pierre Jeunet",
            &["romance"],
            "A waitress in Montmartre does good in secret.",
        ),
        item(
            "Spider-Man",
            2002,
            "Sam Raimi",
            &["superheroes"],
            "A pupil is bitten in a laboratory full of spiders.",
        ),
        item(
            "千と千尋の神隠し",
            2001,
            "宮崎駿",
            &["ファンタジー"],
            "少女が神々の湯屋で働く。",
        ),
        item(
            "活着",
            1994,
            "张艺谋",
            &["剧情"],
            "一个人和他的家庭经历几十年的变迁，还有一只猫。",
        ),
        item(
            "المدينة",
            1999,
            "يسري نصر الله",
            &["دراما"],
            "شابٌّ يحلم بأن يصبح ممثلاً.",
        ),
        item(
            "Ёжик в тумане",
            1975,
            "Юрий Норштейн",
            &["мультфильм"],
            "Ёжик идёт к другу и теряется в тумане.",
        ),
        item(
            "Heat",
            1995,
            "Michael Mann",
            &["heist"],
            "A policeman and a thief in Los Angeles.",
        ),
        item(
            "In the Heat of the Night",
            1967,
            "Norman Jewison",
            &["crime"],
            "A policeman from the north solves a murder in the south.",
        ),
        item("!!!", 2001, "Nic Offer", &[], ""),
    ];
    catalogue[0].people = vec!["Natalya Bondarchuk".into()];
    catalogue
}

fn numbered(items: &[Item]) -> impl Iterator<Item = curio_engine::Result<(ItemId, Item)>> {
    (0..).map(ItemId).zip(items.iter().cloned()).map(Ok)
}

fn filled(folder: &Path, items: &[Item]) -> Index {
    let (index, must_fill) = Index::open(folder, "1").unwrap();
    assert!(must_fill);
    index.rebuild(&mut numbered(items), "1", &|_| true).unwrap();
    index
}

fn planted() -> (TempDir, Index) {
    let folder = TempDir::new().unwrap();
    let index = filled(folder.path(), &catalogue());
    (folder, index)
}

fn found(index: &Index, words: &str) -> Vec<u32> {
    let hits = index.search(words, None, 20).unwrap();
    hits.iter().map(|hit| hit.item.0).collect()
}

fn sorted(mut items: Vec<u32>) -> Vec<u32> {
    items.sort_unstable();
    items
}

/// What is found first, and in which fields.
fn first(index: &Index, words: &str) -> (u32, Vec<Matched>) {
    let hits = index.search(words, None, 20).unwrap();
    let WordHit { item, matched, .. } = hits
        .first()
        .unwrap_or_else(|| panic!("nothing found for {words:?}"));
    (item.0, matched.clone())
}

#[test]
fn a_title_comes_before_a_description() {
    let (_folder, index) = planted();
    let hits = index.search("solaris", None, 20).unwrap();
    assert_eq!(hits[0].item, ItemId(0));
    assert_eq!(hits[0].matched, [Title]);
    assert_eq!(hits[1].item, ItemId(1));
    assert_eq!(hits[1].matched, [Description]);
    assert!(hits[0].score > hits[1].score);
    assert_eq!(hits.len(), 2);
}

#[test]
fn a_whole_title_comes_before_a_longer_one() {
    let (_folder, index) = planted();
    assert_eq!(found(&index, "heat")[..2], [9, 10]);
    assert_eq!(found(&index, "in the heat of the night")[0], 10);
}

#[test]
fn words_may_stand_in_different_fields() {
    let (_folder, index) = planted();
    assert_eq!(first(&index, "tarkovsky ocean").0, 0);
    assert_eq!(
        first(&index, "stalker tarkovsky 1979"),
        (1, vec![Title, People, Tags])
    );
    assert_eq!(first(&index, "bondarchuk"), (0, vec![People]));
    assert_eq!(first(&index, "heist"), (9, vec![Tags]));
}

#[test]
fn all_the_words_come_before_some_of_them() {
    let (_folder, index) = planted();
    let hits = found(&index, "policeman murder");
    assert_eq!(hits[0], 10);
    assert!(hits.contains(&9), "one of the words is enough: {hits:?}");
    assert_eq!(found(&index, "a slow film about a thinking ocean")[0], 0);
}

#[test]
fn several_words_of_a_description_outweigh_one_of_a_title() {
    let folder = TempDir::new().unwrap();
    let items = [
        item("The Lonely Hour", 1948, "", &[], "A banker."),
        item(
            "Robot",
            2003,
            "",
            &[],
            "A lonely machine falls in love with a lamp.",
        ),
        item("Love", 1960, "", &[], "Two clerks."),
    ];
    let index = filled(folder.path(), &items);
    let hits = found(
        &index,
        "a quiet story of a lonely machine that falls in love",
    );
    assert_eq!(hits[0], 1, "{hits:?}");
}

#[test]
fn the_last_word_may_be_unfinished() {
    let (_folder, index) = planted();
    let hits = found(&index, "sol");
    assert!(hits.contains(&0) && hits.contains(&2), "{hits:?}");
    assert_eq!(sorted(found(&index, "andrei tark")), [0, 1]);
    assert!(found(&index, "s").contains(&0));
    assert_eq!(
        found(&index, "sol zone"),
        [1],
        "only the last word is completed"
    );
}

#[test]
fn a_finished_word_comes_before_its_completions() {
    let folder = TempDir::new().unwrap();
    let titles = ["Starman", "Stardust", "Star", "Starling"];
    let items = titles.map(|title| item(title, 2000, "", &[], ""));
    let index = filled(folder.path(), &items);
    let hits = found(&index, "star");
    assert_eq!(hits[0], 2);
    assert_eq!(hits.len(), 4);
}

#[test]
fn more_completions_than_are_ranked_still_match() {
    let folder = TempDir::new().unwrap();
    let items: Vec<Item> = (0..200)
        .map(|n| item(&format!("Star{n:03}x"), 2000, "", &[], ""))
        .collect();
    let index = filled(folder.path(), &items);
    assert_eq!(index.search("star", None, 500).unwrap().len(), 200);
}

#[test]
fn typos_are_forgiven_and_come_after_what_was_typed() {
    let (_folder, index) = planted();
    assert_eq!(found(&index, "solris")[0], 0);
    assert_eq!(
        found(&index, "stalekr")[0],
        1,
        "two letters swapped are one typo"
    );
    assert_eq!(
        sorted(found(&index, "tarkofski")),
        [0, 1],
        "two typos in a long word"
    );
    assert_eq!(found(&index, "solariz ocean")[0], 0);
    assert!(!found(&index, "haet").is_empty());
    assert!(
        found(&index, "hxxt").is_empty(),
        "two typos in a short word"
    );

    let folder = TempDir::new().unwrap();
    let titles = ["Planet of the Abes", "The Planes", "The Planets", "Planet"];
    let items = titles.map(|title| item(title, 2000, "", &[], ""));
    let index = filled(folder.path(), &items);
    let hits = found(&index, "planes");
    assert_eq!(hits[0], 1, "as typed: {hits:?}");
    assert!(hits.contains(&2), "with a typo: {hits:?}");
}

#[test]
fn a_rare_typo_is_worth_less_than_a_common_word() {
    let folder = TempDir::new().unwrap();
    let mut items: Vec<Item> = (0..50)
        .map(|n| item(&format!("Robot {n}"), 2000, "", &[], ""))
        .collect();
    items.push(item("Rabot", 2000, "", &[], ""));
    let index = filled(folder.path(), &items);
    let hits = index.search("robot", None, 60).unwrap();
    assert_eq!(hits.len(), 51);
    assert_eq!(hits[50].item, ItemId(50));
}

#[test]
fn symbols_alone_are_a_title_too() {
    let (_folder, index) = planted();
    assert_eq!(found(&index, "!!!"), [11]);
    assert!(found(&index, "").is_empty());
    assert!(found(&index, "   ").is_empty());
    assert!(index.search("solaris", None, 0).unwrap().is_empty());
}

#[test]
fn operators_are_words() {
    let (_folder, index) = planted();
    for words in [
        "\"solaris\"",
        "title:solaris",
        "+solaris -solaris",
        "solaris AND",
        "(solaris",
    ] {
        assert_eq!(first(&index, words).0, 0, "{words}");
    }
    let long = "solaris ".repeat(2_000) + "\u{0} 🎬";
    assert_eq!(first(&index, &long).0, 0);
}

#[test]
fn the_limit_holds_and_equal_items_keep_their_order() {
    let folder = TempDir::new().unwrap();
    let items: Vec<Item> = (0..100).map(|_| item("Twin", 2000, "", &[], "")).collect();
    let index = filled(folder.path(), &items);
    assert_eq!(found(&index, "twin"), (0..20).collect::<Vec<u32>>());
    assert_eq!(index.search("twin", None, usize::MAX).unwrap().len(), 100);
}

#[test]
fn any_text_can_be_searched() {
    let (_folder, index) = planted();
    let catalogue = catalogue();
    proptest!(ProptestConfig::with_cases(300), |(words in any::<String>(), limit in 0_usize..40)| {
        let hits = index.search(&words, None, limit).unwrap();
        prop_assert!(hits.len() <= limit);
        prop_assert!(hits.iter().all(|hit| hit.item.row() < catalogue.len()));
        prop_assert!(hits.iter().all(|hit| !hit.matched.is_empty() && hit.score > 0.0));
        prop_assert!(hits.is_sorted_by(|a, b| a.score >= b.score));
        let mut items: Vec<_> = hits.iter().map(|hit| hit.item).collect();
        items.sort();
        items.dedup();
        prop_assert_eq!(items.len(), hits.len());
    });
}

#[test]
fn any_mixture_of_words_can_be_searched() {
    let (_folder, index) = planted();
    let piece = prop_oneof![
        Just("sol".to_owned()),
        Just("Spider-Man".to_owned()),
        Just("千尋の".to_owned()),
        Just("猫".to_owned()),
        Just("\"".to_owned()),
        Just("tarkofski".to_owned()),
        Just("ёж".to_owned()),
        Just("🎬".to_owned()),
        "[a-z]{1,12}",
    ];
    let line = proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.join(" "));
    proptest!(ProptestConfig::with_cases(200), |(line in line)| {
        let hits = index.search(&line, None, 12).unwrap();
        prop_assert!(hits.is_sorted_by(|a, b| a.score >= b.score));
    });
}

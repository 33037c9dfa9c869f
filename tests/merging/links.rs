//! Which records are one item by what their files say, and which only look it.

use curio_engine::catalogue::{Item, ItemId};
use curio_engine::identity::isbn;
use curio_engine::links::Links;
use curio_engine::view::Alike;
use proptest::prelude::*;

use super::Home;

#[test]
fn an_identifier_or_title_year_and_creator_make_two_records_one_item() {
    let home = Home::both();
    assert_eq!(home.engine.status().items, 10);
    assert_eq!(home.engine.status().linked, 2);
    let dune = home.show("mine:1");
    assert_eq!((dune.title.as_str(), dune.records), ("Dune", 2));
    assert_eq!(dune.genres, ["Science Fiction"], "filled by the other file");
    assert_eq!(dune.description, "Sand.");
    assert_eq!(dune.year.map(|y| y.value), Some(1965.0), "its own stays");
    assert_eq!(
        home.id("theirs:1"),
        home.id("mine:1"),
        "found by either key"
    );
    assert_eq!(home.id("#6"), home.id("mine:1"), "and by either number");
    let solaris = home.show("theirs:2");
    assert_eq!((solaris.key.as_str(), solaris.records), ("mine:2", 2));
    let records = home.engine.records(solaris.id).unwrap();
    let keys: Vec<&str> = records.iter().map(|r| r.key.as_str()).collect();
    assert_eq!(keys, ["mine:2", "theirs:2"]);
    assert!(records[0].description.is_empty(), "as its file gave it");
}

#[test]
fn identifiers_that_speak_against_it_keep_two_records_apart() {
    let home = Home::both();
    assert_eq!(home.show("mine:4").records, 1);
    assert_ne!(home.id("mine:4"), home.id("theirs:4"));
    assert!(home.alike().iter().all(|(title, _)| title != "Alien"));
}

#[test]
fn what_only_looks_alike_is_proposed_the_surest_first_and_never_joined_by_itself() {
    let home = Home::both();
    let told = home.alike();
    let told: Vec<(&str, Alike)> = told.iter().map(|(t, a)| (t.as_str(), *a)).collect();
    assert_eq!(
        told,
        [
            ("Stalker", Alike::Creator),
            ("The Dispossessed", Alike::Edition),
            ("Nostalghia", Alike::Spelling),
        ]
    );
    assert_eq!(home.show("mine:3").records, 1);
}

#[test]
fn an_isbn_is_its_thirteen_digits_or_none() {
    for text in [
        "0-441-47812-3",
        "978-0-441-47812-5",
        " 9780441478125 ",
        "0441478123",
    ] {
        assert_eq!(isbn(text).as_deref(), Some("9780441478125"), "{text}");
    }
    assert_eq!(isbn("0-8044-2957-X").as_deref(), Some("9780804429573"));
    for text in [
        "",
        "0441478124",
        "9780441478124",
        "97804414781",
        "abc",
        "1234567890123",
        "X441478123",
    ] {
        assert_eq!(isbn(text), None, "{text}");
    }
}

/// Items over few titles, years, creators and identifiers, so that many are alike.
fn shelves() -> impl Strategy<Value = Vec<Item>> {
    let item = (
        0..3_u8,
        prop::option::of(1970..1972),
        0..3_u8,
        prop::option::of(0..3_u8),
        0..4_usize,
        0..4_usize,
    );
    prop::collection::vec(item, 2..9).prop_map(|rows| {
        let count = rows.len();
        let items = rows.into_iter().enumerate();
        items
            .map(|(n, (title, year, creator, isbn, same, apart))| Item {
                key: format!("mine:{n}"),
                title: format!("Title {title}"),
                year,
                creators: (creator > 0)
                    .then(|| format!("Maker {creator}"))
                    .into_iter()
                    .collect(),
                ids: isbn
                    .map(|n| ("isbn".to_owned(), n.to_string()))
                    .into_iter()
                    .collect(),
                same: (same == 0)
                    .then(|| format!("mine:{}", (n + 1) % count))
                    .into_iter()
                    .collect(),
                apart: (apart == 0)
                    .then(|| format!("mine:{}", (n + 2) % count))
                    .into_iter()
                    .collect(),
                ..Item::default()
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn who_leads_stands_alone_and_before_those_that_it_leads(items in shelves()) {
        let links = Links::of(&items).unwrap();
        let mut led = 0;
        for id in (0..items.len() as u32).map(ItemId) {
            let leader = links.leader(id);
            prop_assert!(leader <= id);
            prop_assert!(links.leads(leader));
            for follower in links.followers(id) {
                prop_assert_eq!(links.leader(follower), id);
                led += 1;
            }
        }
        prop_assert_eq!(led, links.len());
        // What the owner said is apart never comes together, however it could.
        for (n, item) in items.iter().enumerate() {
            for key in &item.apart {
                let other = items.iter().position(|other| other.key == *key).unwrap();
                if other != n {
                    prop_assert_ne!(links.leader(ItemId(n as u32)), links.leader(ItemId(other as u32)));
                }
            }
        }
    }

    #[test]
    fn records_that_pass_by_are_linked_as_those_that_are_held(items in shelves()) {
        let rows = || (0..).map(ItemId).zip(items.clone());
        let folder = tempfile::tempdir().unwrap();
        let passing = Links::read(
            folder.path().to_owned(),
            rows().map(Ok),
            &|id| Ok(items.get(id.row()).cloned()),
            &|key| Ok(rows().find(|(_, item)| item.key == key).map(|(id, _)| id)),
        );
        let (passing, held) = (passing.unwrap(), Links::of(&items).unwrap());
        for (id, _) in rows() {
            prop_assert_eq!(passing.leader(id), held.leader(id));
        }
        for (first, _) in rows() {
            let led = rows().filter(|(id, _)| *id >= first && !held.leads(*id));
            prop_assert_eq!(held.led_from(first), led.count());
        }
    }

    #[test]
    fn the_records_that_moved_are_those_with_another_leader(before in shelves(), after in shelves()) {
        let ids = || (0..before.len().max(after.len()) as u32).map(ItemId);
        let [before, after] = [&before, &after].map(|items| Links::of(items).unwrap());
        let expected = ids().filter(|id| before.leader(*id) != after.leader(*id));
        prop_assert_eq!(after.moved_since(&before).collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    }
}

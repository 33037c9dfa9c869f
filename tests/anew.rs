//! What an edit, a merge or a part leaves is what would be built anew: every search, every shelf, every list.

use std::fs;
use std::path::Path;
use std::time::Instant;

use curio_engine::behaviour::{Action, ProfileId};
use curio_engine::catalogue::{ItemId, Kind};
use curio_engine::view::{Browse, Edit, Request, Sort};
use curio_engine::{Engine, ImportOptions, Watch};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::opened::open;

const AT: i64 = 1_704_103_200_000;
const WORDS: [&str; 6] = ["ocean", "oceans", "station", "Émile", "zone 2", "千と千尋"];

/// Rows over few words, years, creators and identifiers, so that some are one item from the start.
fn rows(seeds: &[[usize; 4]]) -> String {
    let mut rows = "key,kind,title,year,creators,genres,description,identifiers\n".to_owned();
    for (n, [title, year, creator, isbn]) in seeds.iter().enumerate() {
        let (title, genre) = (WORDS[*title], WORDS[(title + year) % 6]);
        let isbn = match isbn {
            0 => "isbn:9780441478125",
            1 => "isbn:9780804429573",
            _ => "",
        };
        let description = format!("The {} of {n}.", WORDS[(title.len() + n) % 6]);
        rows += &format!(
            "mine:{n},book,{title},{},Maker {creator},{genre},{description},{isbn}\n",
            1970 + year
        );
    }
    rows
}

fn imported(folder: &TempDir, rows: &str) -> (Engine, ProfileId) {
    let file = folder.path().join("rows.csv");
    fs::write(&file, rows).unwrap();
    let engine = open(folder.path());
    let ann = engine.add_profile("Ann").unwrap().id;
    let options = ImportOptions::default();
    engine.import(&file, &options, AT, &Watch::NONE).unwrap();
    (engine, ann)
}

/// Everything that follows from the catalogue and the index.
fn answers(engine: &Engine, ann: ProfileId) -> Vec<String> {
    let mut all = Vec::new();
    let others = ["oce", "ocaen station", "Maker 1", "1971", "book of", "尋"];
    for query in WORDS.iter().chain(&others) {
        all.push(told(&engine.search(query, None, 50).unwrap()));
        all.push(told(&engine.search(query, Some(Kind::Film), 3).unwrap()));
    }
    for (sort, query) in [
        (Sort::Title, ""),
        (Sort::Year, ""),
        (Sort::Added, ""),
        (Sort::Score, ""),
        (Sort::Match, "ocean"),
    ] {
        let browse = Browse {
            n: 50,
            sort,
            query: query.to_owned(),
            ..Browse::default()
        };
        all.push(told(&engine.browse(ann, &browse, AT).unwrap()));
    }
    let request = Request {
        n: 50,
        ..Request::default()
    };
    all.push(told(&engine.recommend(ann, &request, AT).unwrap()));
    all.push(told(&engine.matches(50).unwrap()));
    let status = engine.status();
    all.push(told(&(status.items, status.linked, status.kinds)));
    all
}

fn told(answer: &impl serde::Serialize) -> String {
    serde_json::to_string(answer).unwrap()
}

/// Where the index lies: filling it takes the other of two folders.
fn place(data: &Path) -> Option<&'static str> {
    let there = |name: &&str| data.join("search").join(name).exists();
    ["a", "b"].into_iter().find(there)
}

/// Something that a person does to an item, or says of two.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Edit(usize, usize, usize),
    Merge(usize, usize),
    Part(usize, usize),
    Unsay(usize, usize),
}

impl Deed {
    fn done(self, engine: &Engine, count: usize) {
        let id = |n: usize| ItemId((n % count) as u32);
        let lead = |n| engine.records(id(n)).unwrap()[0].id;
        match self {
            Self::Edit(n, title, genre) => {
                let item = engine.show(lead(n)).unwrap();
                let edit = Edit {
                    kind: if genre == 0 { Kind::Film } else { item.kind },
                    title: WORDS[title].to_owned(),
                    genres: vec![WORDS[genre].to_owned()],
                    ..Edit::from(item)
                };
                engine.edit(lead(n), &edit, &Watch::NONE).unwrap();
            }
            // What is one with itself would be refused.
            Self::Merge(one, other) | Self::Part(one, other) | Self::Unsay(one, other)
                if id(one) == id(other) => {}
            Self::Merge(one, other) => {
                engine.merge(&[(id(one), id(other))], &Watch::NONE).unwrap();
            }
            Self::Part(one, other) => {
                engine.part(&[(id(one), id(other))], &Watch::NONE).unwrap();
            }
            Self::Unsay(one, other) => {
                engine.unsay(&[(id(one), id(other))], &Watch::NONE).unwrap();
            }
        }
    }
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        (0..12_usize, 0..6_usize, 0..6_usize).prop_map(|(n, t, g)| Deed::Edit(n, t, g)),
        (0..12_usize, 0..12_usize).prop_map(|(a, b)| Deed::Merge(a, b)),
        (0..12_usize, 0..12_usize).prop_map(|(a, b)| Deed::Part(a, b)),
        (0..12_usize, 0..12_usize).prop_map(|(a, b)| Deed::Unsay(a, b)),
    ];
    prop::collection::vec(deed, 1..7)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_was_changed_by_hand_is_found_as_if_the_index_were_filled_anew(
        seeds in prop::collection::vec([0..6_usize, 0..3, 0..3, 0..8], 3..12),
        deeds in deeds(),
    ) {
        let folder = TempDir::new().unwrap();
        let data = folder.path().join("data");
        let (engine, ann) = imported(&folder, &rows(&seeds));
        engine.record(ann, ItemId(0), Action::Like, "list", "", AT).unwrap();
        let before = place(&data);
        let status = engine.status();
        for deed in &deeds {
            deed.done(&engine, status.items + status.linked);
        }
        let left = answers(&engine, ann);
        drop(engine);

        let engine = open(folder.path());
        prop_assert_eq!(place(&data), before, "the seal holds: nothing was filled again");
        prop_assert_eq!(&answers(&engine, ann), &left, "after a restart");
        drop(engine);

        fs::remove_dir_all(data.join("search")).unwrap();
        let engine = open(folder.path());
        prop_assert_eq!(&answers(&engine, ann), &left, "after a filling");
    }
}

/// `cargo test --test tests -- --ignored --nocapture a_large_catalogue_cost`
#[test]
#[ignore = "takes minutes; prints what a change costs"]
fn what_changes_of_a_large_catalogue_cost() {
    let folder = TempDir::new().unwrap();
    let mut rows = "key,kind,title,year,creators,genres,description\n".to_owned();
    for n in 0..100_000_usize {
        let word = |salt: usize| format!("w{}", (n * 7_919 + salt * 104_729) % 20_011);
        let text: Vec<String> = (0..30).map(word).collect();
        rows += &format!(
            "mine:{n},book,{} {},{},Maker {},Genre {},{}\n",
            word(50),
            word(60),
            1900 + n % 120,
            n % 9_001,
            n % 23,
            text.join(" ")
        );
    }
    let (engine, ann) = imported(&folder, &rows);
    engine.search("w1", None, 20).unwrap();
    let timed = |what: &str, run: &dyn Fn()| {
        let clock = Instant::now();
        run();
        println!("{what}: {:?}", clock.elapsed());
    };
    for n in 0..3 {
        let edit = Deed::Edit(n * 31_000 + 5, 0, 1);
        timed("an edit", &|| edit.done(&engine, 100_000));
        let pair = (n * 30_000 + 7, n * 30_000 + 20_008);
        timed("a merge", &|| {
            Deed::Merge(pair.0, pair.1).done(&engine, 100_000);
        });
        timed("a part", &|| {
            Deed::Part(pair.0, pair.1).done(&engine, 100_000);
        });
    }
    let browse = Browse {
        n: 50,
        ..Browse::default()
    };
    timed("browsing", &|| {
        drop(engine.browse(ann, &browse, AT).unwrap());
    });
    timed("a typo", &|| {
        drop(engine.search("w1234 w23467", None, 50).unwrap());
    });
    drop(engine);
    let data = folder.path().join("data");
    fs::remove_dir_all(data.join("search")).unwrap();
    timed("opening with an index to fill", &|| {
        drop(open(folder.path()));
    });
    timed("opening", &|| drop(open(folder.path())));
    let engine = open(folder.path());
    timed("reading the catalogue", &|| {
        drop(engine.show(ItemId(0)).unwrap());
    });
    timed("a typo", &|| {
        drop(engine.search("w1234 w23467", None, 50).unwrap());
    });
}

//! The catalogue as a whole, single items changed by hand, and what a log is without some of its entries.

use std::fs;
use std::path::PathBuf;

use curio_engine::behaviour::{Action, ProfileId, Trait};
use curio_engine::catalogue::ItemId;
use curio_engine::signal::Signal;
use curio_engine::view::{Browse, Browsed, Edit, Look, Request, Sort, Standing};
use curio_engine::{Engine, ImportOptions, Watch};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::opened::open;

const AT: i64 = 1_704_103_200_000;
const SHOP: &str = "\
key,kind,title,year,creators,people,genres,tags,languages,price,stock
a,film,Solaris,1972,Andrei Tarkovsky,Natalya Bondarchuk,Science Fiction;Drama,space,Russian,9.5,3
b,film,Stalker,1979,Andrei Tarkovsky,Alisa Freindlich,Science Fiction,zone,Russian,12,0
c,book,Roadside Picnic,1972,Arkady Strugatsky,,Science Fiction,zone,Russian,,
d,film,Alien,1979,Ridley Scott,Sigourney Weaver,Horror;Science Fiction,space,English,7,1
e,film,Amélie,2001,Jean-Pierre Jeunet,Audrey Tautou,Comedy;Romance,paris,French,7,2
f,book,,1999,Nobody,,,,,,
";

struct Shop {
    engine: Engine,
    ann: ProfileId,
    folder: TempDir,
}

fn shop() -> Shop {
    let folder = TempDir::new().unwrap();
    let engine = open(folder.path());
    let file = folder.path().join("shop.csv");
    fs::write(&file, SHOP).unwrap();
    let imported = engine
        .import(&file, &ImportOptions::default(), AT, &Watch::NONE)
        .unwrap();
    assert_eq!((imported.stored, imported.rejected), (5, 1), "{imported:?}");
    let ann = engine.add_profile("Ann").unwrap().id;
    Shop {
        engine,
        ann,
        folder,
    }
}

impl Shop {
    fn again(&self) -> curio_engine::view::Imported {
        let file = self.folder.path().join("shop.csv");
        self.engine
            .import(&file, &ImportOptions::default(), AT, &Watch::NONE)
            .unwrap()
    }

    #[expect(
        clippy::needless_pass_by_value,
        reason = "a question is asked where it is written"
    )]
    fn browse(&self, browse: Browse) -> Browsed {
        self.engine.browse(self.ann, &browse, AT).unwrap()
    }

    fn titles(&self, browse: Browse) -> Vec<String> {
        let found = self.browse(browse).items.into_iter();
        found.map(|placed| placed.item.title).collect()
    }

    fn act(&self, item: u32, action: Action) {
        self.engine
            .record(self.ann, ItemId(item), action, "list", "", AT)
            .unwrap();
    }

    /// The list and the weights, as bytes.
    fn served(&self) -> String {
        let list = self.engine.recommend(self.ann, &Request::default(), AT);
        let weights = self.engine.weights(self.ann, false).unwrap().weights;
        serde_json::to_string(&(list.unwrap().items, weights)).unwrap()
    }
}

#[test]
fn browsing_narrows_down_sorts_and_counts() {
    let shop = shop();
    let words = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
    let all = shop.browse(Browse::default());
    assert_eq!((all.total, all.items.len()), (5, 5));
    let genres = &all.facets.genres[0];
    assert_eq!((genres.name.as_str(), genres.count), ("Science Fiction", 4));
    assert_eq!(all.facets.years, Some([1972, 2001]));
    assert_eq!(all.facets.prices, Some([7.0, 12.0]));
    assert_eq!(all.facets.in_stock, Some(3));

    let both = Browse {
        genres: words(&["science fiction", "Horror"]),
        ..Browse::default()
    };
    assert_eq!(shop.titles(both), ["Alien"]);
    let by = Browse {
        people: words(&["Andrei Tarkovsky"]),
        sort: Sort::Price,
        descending: true,
        ..Browse::default()
    };
    assert_eq!(shop.titles(by.clone()), ["Stalker", "Solaris"]);
    let stocked = Browse {
        in_stock: true,
        ..by
    };
    assert_eq!(shop.titles(stocked), ["Solaris"]);
    let either = Browse {
        languages: words(&["French", "English", "Klingon"]),
        sort: Sort::Title,
        ..Browse::default()
    };
    assert_eq!(shop.titles(either), ["Alien", "Amélie"]);
    let none = Browse {
        tags: words(&["no such tag"]),
        ..Browse::default()
    };
    assert_eq!(shop.browse(none).total, 0);
    let years = Browse {
        years: Some([1979, 1979]),
        ..Browse::default()
    };
    assert_eq!(shop.titles(years), ["Stalker", "Alien"]);

    // What has no price comes last, whichever way.
    for descending in [false, true] {
        let sorted = Browse {
            sort: Sort::Price,
            descending,
            ..Browse::default()
        };
        assert_eq!(shop.titles(sorted).last().unwrap(), "Roadside Picnic");
    }
    let page = Browse {
        sort: Sort::Title,
        from: 3,
        n: 2,
        ..Browse::default()
    };
    let page = shop.browse(page);
    assert_eq!((page.total, page.from, page.items.len()), (5, 3, 2));
    assert_eq!(page.items[0].item.title, "Solaris");
}

#[test]
fn titles_are_in_the_order_of_whoever_reads_and_follow_an_edit() {
    let shop = shop();
    let by_title = |reader: &str| {
        shop.titles(Browse {
            sort: Sort::Title,
            reader: reader.to_owned(),
            ..Browse::default()
        })
    };
    let name = |item: u32, title: &str| {
        let edit = Edit {
            title: title.to_owned(),
            ..Edit::from(shop.engine.show(ItemId(item)).unwrap())
        };
        shop.engine.edit(ItemId(item), &edit, &Watch::NONE).unwrap();
    };
    for (item, title) in ["Österlen", "Zebra", "水浒传", "边城", "Anna"]
        .into_iter()
        .enumerate()
    {
        name(item as u32, title);
    }
    let latin = ["Anna", "Österlen", "Zebra"];
    assert_eq!(
        by_title("zh"),
        [["边城", "水浒传"].as_slice(), &latin].concat()
    );
    assert_eq!(by_title("en")[..3], latin);
    assert_eq!(by_title("sv")[..3], ["Anna", "Zebra", "Österlen"]);
    name(1, "Aardvark");
    assert_eq!(by_title("sv")[..3], ["Aardvark", "Anna", "Österlen"]);
}

#[test]
fn browsing_follows_what_was_said() {
    use Standing::{Disliked, Hidden, Liked, Open, Wanted};
    let shop = shop();
    shop.browse(Browse::default());
    shop.act(0, Action::Want);
    shop.act(1, Action::Like);
    shop.act(2, Action::Dislike);
    shop.act(3, Action::Hide);
    shop.act(4, Action::View);
    let all = shop.browse(Browse::default());
    let stands: Vec<Standing> = all.items.iter().map(|placed| placed.standing).collect();
    assert_eq!(stands, [Wanted, Liked, Disliked, Hidden, Open]);
    let liked = Browse {
        standing: Some(Liked),
        ..Browse::default()
    };
    assert_eq!(shop.titles(liked.clone()), ["Stalker"]);
    shop.engine.undo(shop.ann, Some(1), AT).unwrap();
    assert_eq!(shop.browse(liked).total, 0);

    let by_score = Browse {
        sort: Sort::Score,
        descending: true,
        standing: Some(Open),
        ..Browse::default()
    };
    let list = shop.engine.recommend(shop.ann, &Request::default(), AT);
    let open: Vec<String> = list
        .unwrap()
        .items
        .into_iter()
        .map(|r| r.item.title)
        .collect();
    let browsed = shop.titles(by_score);
    // A wish is still ranked; browsing tells it apart.
    let ranked: Vec<String> = open.into_iter().filter(|t| t != "Solaris").collect();
    assert_eq!(browsed, ranked);
}

#[test]
fn a_search_in_browsing_says_where_it_matched() {
    let shop = shop();
    let found = shop.browse(Browse {
        query: "tarkovsky".into(),
        sort: Sort::Match,
        descending: true,
        ..Browse::default()
    });
    assert_eq!(found.total, 2);
    assert!(found.items.iter().all(|placed| !placed.matched.is_empty()));
}

#[test]
fn what_a_hand_has_set_no_file_changes_again() {
    let shop = shop();
    let edit = Edit {
        title: "  Solaris \u{7} (restored) ".into(),
        genres: vec!["Drama".into(), " Drama ".into(), String::new()],
        year: None,
        ..Edit::from(shop.engine.show(ItemId(0)).unwrap())
    };
    let edited = shop.engine.edit(ItemId(0), &edit, &Watch::NONE).unwrap();
    assert_eq!(edited.title, "Solaris (restored)");
    assert_eq!(edited.genres, ["Drama"]);
    assert_eq!(edited.edited, ["title", "year", "genres"]);
    assert_eq!(shop.again().duplicates, 5);

    let dearer = SHOP.replace("Russian,9.5,3", "Russian,19.5,3");
    fs::write(shop.folder.path().join("shop.csv"), dearer).unwrap();
    assert_eq!(shop.again().updated, 1);
    let now = shop.engine.show(ItemId(0)).unwrap();
    assert_eq!(now.title, "Solaris (restored)");
    assert_eq!(now.price.as_ref().unwrap().value, 19.5);
    let found = shop.engine.search("restored", None, 5).unwrap();
    assert_eq!(found.hits[0].item.id, ItemId(0));

    for wrong in [
        Edit {
            title: " ".into(),
            ..edit.clone()
        },
        Edit {
            year: Some(99_999),
            ..edit.clone()
        },
        Edit {
            price: Some(f64::NAN),
            ..edit.clone()
        },
        Edit {
            price: Some(-1.0),
            ..edit
        },
    ] {
        shop.engine
            .edit(ItemId(0), &wrong, &Watch::NONE)
            .unwrap_err();
    }
    assert_eq!(shop.engine.show(ItemId(0)).unwrap(), now);
}

#[test]
fn a_cover_is_made_small_kept_and_taken_away() {
    let shop = shop();
    let picture = shop.folder.path().join("cover.png");
    fs::write(&picture, png(1200, 900)).unwrap();
    let item = shop.engine.set_cover(ItemId(1), Some(&picture)).unwrap();
    let kept = PathBuf::from(item.cover.unwrap());
    let jpeg = fs::read(&kept).unwrap();
    assert!(jpeg.starts_with(&[0xff, 0xd8]) && jpeg.len() < 200_000);
    assert_eq!(shop.again().duplicates, 5, "an import leaves the cover");

    let backup = shop.folder.path().join("backup.zip");
    shop.engine.backup(&backup, AT).unwrap();
    let other = self::shop();
    other.engine.restore(&backup, AT).unwrap();
    let there = other.engine.show(ItemId(1)).unwrap().cover.unwrap();
    assert_ne!(PathBuf::from(&there), kept);
    assert_eq!(fs::read(there).unwrap(), jpeg);

    fs::write(&picture, "no picture").unwrap();
    let refused = shop.engine.set_cover(ItemId(1), Some(&picture));
    assert!(refused.unwrap_err().chain().contains("no picture"));
    assert!(kept.exists());
    let bare = shop.engine.set_cover(ItemId(1), None).unwrap();
    assert_eq!((bare.cover, kept.exists()), (None, false));
}

/// A grey picture: stored blocks of zlib in a PNG.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut raw = Vec::new();
    for _ in 0..height {
        raw.push(0);
        raw.extend(vec![128; width as usize]);
    }
    let mut zlib = vec![0x78, 0x01];
    let blocks = raw.chunks(65_535).count();
    for (n, block) in raw.chunks(65_535).enumerate() {
        zlib.push(u8::from(n + 1 == blocks));
        zlib.extend((block.len() as u16).to_le_bytes());
        zlib.extend((!(block.len() as u16)).to_le_bytes());
        zlib.extend(block);
    }
    let (a, b) = raw.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    zlib.extend(((b << 16) | a).to_be_bytes());
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([8, 0, 0, 0, 0]);
    for (name, data) in [(b"IHDR", header), (b"IDAT", zlib), (b"IEND", Vec::new())] {
        file.extend((data.len() as u32).to_be_bytes());
        let chunk = [name.to_vec(), data].concat();
        file.extend(&chunk);
        file.extend(crc(&chunk).to_be_bytes());
    }
    file
}

/// The checksum of a PNG chunk.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

#[test]
fn less_of_a_genre_moves_it_down_and_can_be_undone() {
    let shop = shop();
    shop.act(1, Action::Like);
    let before = shop.served();
    let rank = |title: &str| {
        let list = shop
            .engine
            .recommend(shop.ann, &Request::default(), AT)
            .unwrap();
        list.items
            .iter()
            .position(|r| r.item.title == title)
            .unwrap()
    };
    let (alien, amelie) = (rank("Alien"), rank("Amélie"));
    assert!(alien < amelie);
    let of = Trait::Genre {
        name: "science fiction".into(),
    };
    for _ in 0..3 {
        shop.engine.less(shop.ann, of.clone(), AT).unwrap();
    }
    let genre = |item| {
        let told = shop.engine.explain(shop.ann, ItemId(item), AT).unwrap();
        told.ranked
            .terms
            .iter()
            .find(|t| t.signal == Signal::Genre)
            .unwrap()
            .evidence
    };
    assert!(
        genre(3) < 0.0 && genre(4) == 0.0,
        "{} {}",
        genre(3),
        genre(4)
    );
    shop.engine.undo_all(shop.ann, &[1, 2, 3], AT).unwrap();
    assert_eq!(shop.served(), before);
    let nothing = Trait::Person {
        name: "Nobody At All".into(),
    };
    shop.engine.less(shop.ann, nothing, AT).unwrap_err();
}

#[test]
fn the_log_is_looked_through() {
    let shop = shop();
    shop.act(0, Action::Like);
    shop.act(1, Action::Rate(4.0));
    shop.engine.pin(shop.ann, Signal::Genre, 1.0, AT).unwrap();
    shop.engine.undo(shop.ann, Some(0), AT).unwrap();
    let look = |look: Look| {
        let log = shop
            .engine
            .activity(shop.ann, &Look { limit: 9, ..look })
            .unwrap();
        log.iter().map(|entry| entry.sequence).collect::<Vec<_>>()
    };
    let did = |did: &str| {
        look(Look {
            did: Some(did.into()),
            ..Look::default()
        })
    };
    assert_eq!(look(Look::default()), [3, 2, 1, 0]);
    assert_eq!(
        look(Look {
            query: "SOLA".into(),
            ..Look::default()
        }),
        [3, 0]
    );
    assert_eq!(
        look(Look {
            item: Some(ItemId(1)),
            ..Look::default()
        }),
        [1]
    );
    assert_eq!(
        (did("rate"), did("pin"), did("undo"), did("hide")),
        (vec![1], vec![2], vec![3], vec![])
    );
}

#[test]
fn a_map_and_a_drift_of_a_profile_can_be_told() {
    let shop = shop();
    shop.act(0, Action::Like);
    shop.act(3, Action::Dislike);
    let map = shop.engine.taste_map(shop.ann, AT).unwrap();
    // Without an encoder no text has a place.
    assert!(map.points.is_empty() && map.kept == 0.0);
    let drift = shop.engine.drift(shop.ann, AT).unwrap();
    assert_eq!(drift.steps.len(), 2);
    assert!(
        drift.steps[0].moved > 0.0 && drift.breadth > 0.0,
        "{drift:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// A log without some entries, whether taken back or forgotten, serves what it would serve had they
    /// never been.
    #[test]
    fn a_log_without_entries_is_as_if_they_had_never_been(
        deeds in prop::collection::vec((0_u32..5, 0_usize..5), 1..8),
        gone in prop::collection::vec(any::<bool>(), 8),
    ) {
        const ACTIONS: [Action; 5] =
            [Action::Like, Action::Dislike, Action::Want, Action::Hide, Action::Rate(4.0)];
        let (whole, without, forgotten) = (shop(), shop(), shop());
        let mut sequences = Vec::new();
        for (n, (item, action)) in deeds.iter().enumerate() {
            let action = ACTIONS[*action];
            whole.act(*item, action);
            forgotten.act(*item, action);
            if gone[n] {
                sequences.push(n as u64);
            } else {
                without.act(*item, action);
            }
        }
        if !sequences.is_empty() {
            let told = whole.engine.undo_all(whole.ann, &sequences, AT).unwrap();
            prop_assert_eq!(told.len(), sequences.len());
            forgotten.engine.undo(forgotten.ann, Some(sequences[0]), AT).unwrap();
            let erased = forgotten.engine.forget(forgotten.ann, &sequences).unwrap();
            prop_assert_eq!(erased, sequences.len() as u64 + 1);
        }
        prop_assert_eq!(whole.served(), without.served());
        prop_assert_eq!(forgotten.served(), without.served());
        let log = |shop: &Shop| {
            let look = Look { limit: 99, ..Look::default() };
            serde_json::to_string(&shop.engine.activity(shop.ann, &look).unwrap()).unwrap()
        };
        prop_assert_eq!(log(&forgotten), log(&without));
    }
}

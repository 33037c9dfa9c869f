//! The catalogue as a whole, and single items changed by hand.

mod log;

use std::fs;
use std::path::PathBuf;

use curio_engine::behaviour::{Action, ProfileId};
use curio_engine::catalogue::ItemId;
use curio_engine::view::{Browse, Browsed, Edit, Request, Sort, Standing};
use curio_engine::{Engine, ImportOptions, Watch};
use tempfile::TempDir;

use crate::opened::open;
use crate::pictures::png;

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

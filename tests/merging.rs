//! Records that are one item by their owner's word, and what follows from it.

mod links;

use std::fs;

use curio_engine::behaviour::{Action, ProfileId};
use curio_engine::catalogue::ItemId;
use curio_engine::view::{Alike, Browse, Edit, Imported, ItemView, Look, Request};
use curio_engine::{Engine, ImportOptions, Watch};
use tempfile::TempDir;

use crate::opened::open;

const AT: i64 = 1_704_103_200_000;
const HEADER: &str = "key,kind,title,year,creators,genres,description,identifiers,extra\n";
/// One person's library …
const OWN: &str = "\
mine:1,book,Dune,1965,Frank Herbert,,,isbn:9780441478125,
mine:2,film,Solaris,1972,Andrei Tarkovsky,,,,
mine:3,film,Stalker,1979,,Science Fiction,,,
mine:4,film,Alien,1979,Ridley Scott,Horror,,imdb:tt0078748,
mine:5,book,The Dispossessed,1974,Ursula K. Le Guin,,,,
mine:6,film,Nostalghia,1983,Andrei Tarkovsky,Drama,,,
";
/// … and what another file says: the same book by its ISBN, the same film with the name turned, and
/// some that only look alike.
const OTHER: &str = "\
theirs:1,book,Dune (Dune Chronicles #1),1990,\"Herbert, Frank\",Science Fiction,Sand.,isbn:9780441478125,
theirs:2,film,Solaris,1972,Tarkovsky Andrei,Drama,An ocean thinks.,,
theirs:3,film,Stalker,1979,Andrei Tarkovsky,,,,
theirs:4,film,Alien,1979,Ridley Scott,,,imdb:tt9999999,
theirs:5,book,The Dispossessed,1994,Ursula K. Le Guin,,,,
theirs:6,film,Nostalgia,1983,Andrei Tarkovsky,,,,
";

/// What the owner says of pairs.
type Said = fn(&Engine, &[(ItemId, ItemId)], &Watch) -> curio_engine::Result<Vec<ItemView>>;

struct Home {
    folder: TempDir,
    engine: Engine,
    ann: ProfileId,
}

fn home() -> Home {
    let folder = TempDir::new().unwrap();
    let engine = open(folder.path());
    let ann = engine.add_profile("Ann").unwrap().id;
    let home = Home {
        folder,
        engine,
        ann,
    };
    assert_eq!(home.import("own.csv", OWN).stored, 6);
    home
}

impl Home {
    fn import(&self, name: &str, rows: &str) -> Imported {
        let file = self.folder.path().join(name);
        fs::write(&file, format!("{HEADER}{rows}")).unwrap();
        let options = ImportOptions::default();
        self.engine
            .import(&file, &options, AT, &Watch::NONE)
            .unwrap()
    }

    fn both() -> Self {
        let home = home();
        assert_eq!(home.import("other.csv", OTHER).stored, 6);
        home
    }

    fn id(&self, name: &str) -> ItemId {
        self.engine.find_item(name).unwrap()
    }

    fn show(&self, name: &str) -> ItemView {
        self.engine.show(self.id(name)).unwrap()
    }

    fn act(&self, item: ItemId, action: Action) {
        self.engine
            .record(self.ann, item, action, "list", "", AT)
            .unwrap();
    }

    /// What Ann is shown and how her weights stand, to the bit.
    fn state(&self) -> String {
        let request = Request {
            n: 20,
            ..Request::default()
        };
        let list = self.engine.recommend(self.ann, &request, AT).unwrap();
        let weights = self.engine.weights(self.ann, true).unwrap();
        serde_json::to_string(&(list, weights)).unwrap()
    }

    fn alike(&self) -> Vec<(String, Alike)> {
        let found = self.engine.matches(50).unwrap();
        assert_eq!(found.total, found.pairs.len());
        let told = found.pairs.into_iter();
        told.map(|pair| (pair.one.title, pair.alike)).collect()
    }
}

#[test]
fn an_import_says_how_many_of_its_rows_joined_what_was_here() {
    let home = home();
    home.show("mine:1");
    let other = home.import("other.csv", OTHER);
    assert_eq!(other.stored, 6);
    let joined = "2 new rows are of items that were here already, and joined with them";
    assert!(other.notes.iter().any(|note| note == joined), "{other:?}");
    let again = home.import("other.csv", OTHER);
    assert!(
        !again.notes.iter().any(|note| note.contains("joined")),
        "{again:?}"
    );
}

#[test]
fn a_merge_joins_what_both_know_and_did_and_parting_takes_it_back_to_the_bit() {
    let home = Home::both();
    let (own, theirs) = (home.id("mine:3"), home.id("theirs:3"));
    home.act(theirs, Action::Like);
    home.act(home.id("mine:4"), Action::Dislike);
    let apart = home.state();
    let merged = home.engine.merge(&[(own, theirs)], &Watch::NONE).unwrap();
    assert_eq!(merged.len(), 1);
    assert_eq!((merged[0].id, merged[0].records), (own, 2));
    assert_eq!(merged[0].creators, ["Andrei Tarkovsky"]);
    assert_eq!(merged[0].genres, ["Science Fiction"]);
    let joined = home.state();
    assert_ne!(joined, apart);
    let look = Look {
        item: Some(own),
        limit: 10,
        ..Look::default()
    };
    let log = home.engine.activity(home.ann, &look).unwrap();
    assert_eq!(log.len(), 1, "the like of the other record is this one's");
    assert!(
        !joined.contains("\"title\":\"Stalker\",\"year\""),
        "liked, so off the list"
    );
    assert!(home.alike().iter().all(|(title, _)| title != "Stalker"));

    let parted = home.engine.part(&[(own, theirs)], &Watch::NONE).unwrap();
    assert_eq!(parted.len(), 2);
    assert_eq!(home.state(), apart);
    assert!(
        home.alike().iter().all(|(title, _)| title != "Stalker"),
        "asked no more"
    );
}

#[test]
fn what_was_said_of_two_that_look_alike_is_taken_back_and_asked_again() {
    let home = Home::both();
    let pair = [(home.id("mine:3"), home.id("theirs:3"))];
    home.act(pair[0].1, Action::Like);
    let (before, asked) = (home.state(), home.alike());
    let files = || home.engine.records(pair[0].0).unwrap();
    let records = serde_json::to_string(&files()).unwrap();
    for said in [Engine::part, Engine::merge] {
        said(&home.engine, &pair, &Watch::NONE).unwrap();
        assert_ne!(home.alike(), asked);
        let after = home.engine.unsay(&pair, &Watch::NONE).unwrap();
        assert_eq!(after.len(), 2);
        assert_eq!(
            (home.state(), home.alike()),
            (before.clone(), asked.clone())
        );
        assert_eq!(serde_json::to_string(&files()).unwrap(), records);
    }
}

#[test]
fn a_record_that_is_taken_out_comes_back_as_it_was_joined() {
    let home = Home::both();
    let said = [(home.id("mine:3"), home.id("theirs:3"))];
    home.engine.merge(&said, &Watch::NONE).unwrap();
    for (name, keys, back) in [
        ("mine:2", [vec![], vec![]], Engine::unsay as Said),
        (
            "mine:3",
            [vec!["theirs:3"], vec!["mine:3"]],
            Engine::merge as Said,
        ),
    ] {
        let records = || home.engine.records(home.id(name)).unwrap();
        let (joined, state) = (records(), home.state());
        let [own, theirs] = &joined[..] else {
            panic!("{joined:?}");
        };
        assert_eq!([&own.same, &theirs.same], [&keys[0], &keys[1]]);
        let pair = [(own.id, theirs.id)];
        home.engine.part(&pair, &Watch::NONE).unwrap();
        assert_eq!(records().len(), 1);
        back(&home.engine, &pair, &Watch::NONE).unwrap();
        assert_eq!((records(), home.state()), (joined, state), "{name}");
    }
}

#[test]
fn what_a_rule_joined_its_owner_can_part_for_good() {
    let home = Home::both();
    let records = home.engine.records(home.id("mine:2")).unwrap();
    home.engine
        .part(&[(records[0].id, records[1].id)], &Watch::NONE)
        .unwrap();
    assert_ne!(home.id("mine:2"), home.id("theirs:2"));
    assert_eq!(home.import("other.csv", OTHER).duplicates, 6);
    assert_ne!(
        home.id("mine:2"),
        home.id("theirs:2"),
        "after its file came again"
    );
}

#[test]
fn files_that_come_again_find_their_own_records() {
    let home = Home::both();
    let (own, theirs) = (home.id("mine:3"), home.id("theirs:3"));
    home.engine.merge(&[(own, theirs)], &Watch::NONE).unwrap();
    let before = home.state();
    for (name, rows) in [("own.csv", OWN), ("other.csv", OTHER)] {
        let again = home.import(name, rows);
        assert_eq!((again.duplicates, again.updated, again.stored), (6, 0, 0));
    }
    assert_eq!(home.state(), before);
    assert_eq!(home.show("mine:3").records, 2);
}

#[test]
fn an_edit_of_a_joined_item_stays_with_its_first_record_and_takes_nothing_over() {
    let home = Home::both();
    let before = home.show("mine:2");
    let edit = Edit {
        title: "Solyaris".into(),
        ..Edit::from(before.clone())
    };
    let after = home.engine.edit(before.id, &edit, &Watch::NONE).unwrap();
    assert_eq!((after.title.as_str(), after.records), ("Solyaris", 2));
    assert_eq!(after.description, "An ocean thinks.", "shown as before");
    assert_eq!(after.edited, ["title"]);
    let own = &home.engine.records(after.id).unwrap()[0];
    assert!(own.description.is_empty(), "which the other record says");
}

#[test]
fn what_is_joined_is_listed_searched_and_browsed_once() {
    let home = Home::both();
    let browse = Browse {
        n: 50,
        ..Browse::default()
    };
    let shelf = home.engine.browse(home.ann, &browse, AT).unwrap();
    assert_eq!(shelf.total, 10);
    let found = home.engine.search("solaris", None, 20).unwrap();
    let titles: Vec<&str> = found.hits.iter().map(|h| h.item.title.as_str()).collect();
    assert_eq!(titles, ["Solaris"]);
    let ocean = home.engine.search("ocean", None, 20).unwrap();
    assert_eq!(ocean.hits.len(), 1, "by the words of either record");
    let list = home
        .engine
        .recommend(
            home.ann,
            &Request {
                n: 50,
                ..Request::default()
            },
            AT,
        )
        .unwrap();
    assert_eq!(list.items.len(), 9, "of two editions one");
}

#[test]
fn what_comes_after_joined_records_is_judged_and_mapped_like_any_other() {
    let home = Home::both();
    let last = "theirs:7,film,Mirror,1975,Andrei Tarkovsky,Drama,,,\n";
    assert_eq!(home.import("last.csv", last).stored, 1);
    for name in ["mine:3", "theirs:6", "theirs:7"] {
        home.act(home.id(name), Action::Like);
    }
    let told = home.engine.evaluate_profile(home.ann).unwrap();
    assert_eq!(told.choices, 3);
    let browse = Browse {
        n: 1,
        ..Browse::default()
    };
    let shelf = home.engine.browse(home.ann, &browse, AT).unwrap();
    assert_eq!(
        (told.items, shelf.total),
        (11, 11),
        "joined ones count once"
    );
    // At most as many as there are: all of ten items stand among the first ten at some time.
    assert!(told.rankers.iter().all(|ranker| ranker.coverage <= 1.0));
    let map = home.engine.taste_map(home.ann, AT).unwrap();
    assert!(
        map.points
            .iter()
            .all(|point| (0.0..=1.0).contains(&point.place))
    );
    home.engine.drift(home.ann, AT).unwrap();
    let open = home.id("mine:5");
    home.engine.explain(home.ann, open, AT).unwrap();
    home.engine
        .preview(home.ann, open, Action::Dislike, AT)
        .unwrap();
}

#[test]
fn nothing_is_changed_where_a_pair_cannot_be() {
    let home = Home::both();
    let before = home.state();
    let one = home.id("mine:3");
    for other in [one, ItemId(99)] {
        let pairs = [(home.id("mine:4"), home.id("mine:6")), (one, other)];
        home.engine.merge(&pairs, &Watch::NONE).unwrap_err();
    }
    assert_eq!(home.state(), before);
}

//! Lists for more than one profile, baskets, first picks, and what would change a list.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use curio_engine::behaviour::{Action, ProfileId};
use curio_engine::catalogue::{ItemId, Kind};
use curio_engine::signal::Signal;
use curio_engine::view::Request;
use curio_engine::{Engine, ImportOptions, Watch};
use tempfile::TempDir;

use crate::opened::open;

const GENRES: [&str; 4] = ["Drama", "Comedy", "Western", "Horror"];
const NOW: i64 = 86_400_000_000;

struct House {
    engine: Engine,
    folder: TempDir,
}

/// Eighty films of four genres, each by one of sixteen, the first ones the best known.
fn house() -> House {
    let folder = TempDir::new().unwrap();
    let engine = open(folder.path());
    let mut text = "id,kind,title,genres,creators,year,popularity\n".to_owned();
    for n in 0..80 {
        let (genre, by) = (GENRES[n % 4], n % 16);
        let _ = writeln!(
            text,
            "{n},film,Film {n},{genre},By {by},{},{}",
            1940 + n,
            900 - 10 * n
        );
    }
    let house = House { engine, folder };
    house.import("catalogue.csv", &text);
    house
}

impl House {
    fn import(&self, name: &str, text: &str) {
        let file = self.folder.path().join(name);
        fs::write(&file, text).unwrap();
        let done = self
            .engine
            .import(&file, &ImportOptions::default(), 0, &Watch::NONE)
            .unwrap();
        assert_eq!(done.rejected, 0, "{done:?}");
    }

    fn profile(&self, name: &str, likes: &[u32]) -> ProfileId {
        let profile = self.engine.add_profile(name).unwrap().id;
        for item in likes {
            self.like(profile, *item);
        }
        profile
    }

    fn like(&self, profile: ProfileId, item: u32) {
        self.engine
            .record(profile, ItemId(item), Action::Like, "test", "", 0)
            .unwrap();
    }

    fn list(&self, profile: ProfileId, n: usize) -> Vec<ItemId> {
        let list = self.engine.recommend(profile, &many(n), NOW).unwrap();
        list.items
            .into_iter()
            .map(|ranked| ranked.item.id)
            .collect()
    }

    fn weights(&self, profile: ProfileId) -> Vec<(Signal, f64)> {
        let weights = self.engine.weights(profile, false).unwrap().weights;
        weights.into_iter().map(|w| (w.signal, w.weight)).collect()
    }
}

fn many(n: usize) -> Request {
    Request {
        n,
        ..Request::default()
    }
}

#[test]
fn together_with_oneself_is_ones_own_list() {
    let house = house();
    let ann = house.profile("ann", &[0, 4, 8]);
    let alone = house.engine.together(&[ann], &many(20), NOW).unwrap();
    let ids: Vec<ItemId> = alone.items.iter().map(|shared| shared.item.id).collect();
    assert_eq!(ids, house.list(ann, 20));
    assert_eq!(alone.candidates, 77);
    for shared in &alone.items {
        assert_eq!(shared.shares[0].place, shared.rank);
    }
}

#[test]
fn together_leaves_nobody_in_misery_and_tells_each_ones_share() {
    let house = house();
    let ann = house.profile("ann", &[0, 4, 8, 12, 16]);
    let bob = house.profile("bob", &[1, 5, 9, 13, 17]);
    let both = house.engine.together(&[ann, bob], &many(70), NOW).unwrap();
    assert_eq!((both.items.len(), both.candidates), (70, 70));
    for (at, shared) in both.items.iter().enumerate() {
        let likings: Vec<f64> = shared.shares.iter().map(|share| share.liking).collect();
        let mean = likings.iter().sum::<f64>() / 2.0;
        let least = likings[0].min(likings[1]);
        assert!((shared.score - f64::midpoint(mean, least)).abs() < 1e-9);
        assert_eq!(shared.rank, at + 1);
        assert!(shared.shares.iter().all(|share| !share.reasons.is_empty()));
    }
    assert!(both.items.is_sorted_by(|a, b| a.score >= b.score));
    for (n, profile) in [ann, bob].into_iter().enumerate() {
        assert_eq!(both.items[0].shares[n].profile, profile);
        let places: BTreeSet<usize> = both.items.iter().map(|s| s.shares[n].place).collect();
        assert_eq!(places, (1..=70).collect(), "each place once");
    }
    for refused in [vec![], vec![ann, ann], vec![ann, ProfileId(9)]] {
        assert!(house.engine.together(&refused, &many(5), NOW).is_err());
    }
}

#[test]
fn a_basket_calls_for_what_others_bought_with_it() {
    let house = house();
    // Sixty orders: 70 goes with 71, whatever else is bought.
    let mut orders = "profile,item_id,action,at\n".to_owned();
    for n in 0..60 {
        for item in [70, 71, n] {
            let _ = writeln!(orders, "c{n},{item},buy,2024-01-{:02}", 1 + n % 28);
        }
    }
    house.import("orders.csv", &orders);
    let basket = house.engine.basket(&[ItemId(70)], &many(5), NOW).unwrap();
    assert_eq!(basket.basket[0].title, "Film 70");
    assert_eq!(basket.candidates, 79);
    assert_eq!(
        basket.items[0].item.id,
        ItemId(71),
        "{:?}",
        basket.items[0].item.title
    );
    for ranked in &basket.items {
        let sum: f64 = ranked.terms.iter().map(|term| term.value).sum();
        assert!((sum - ranked.score).abs() < 1e-6);
    }
    assert!(house.engine.basket(&[], &many(5), NOW).is_err());
    assert!(house.engine.basket(&[ItemId(80)], &many(5), NOW).is_err());
}

#[test]
fn a_preview_is_what_recording_then_gives_and_writes_nothing() {
    let house = house();
    let ann = house.profile("ann", &[0, 4]);
    let before = (house.list(ann, 20), house.weights(ann));
    for (item, action) in [
        (9, Action::Like),
        (3, Action::Dislike),
        (4, Action::Rate(2.0)),
    ] {
        let preview = house
            .engine
            .preview(ann, ItemId(item), action, NOW)
            .unwrap();
        assert_eq!(
            (house.list(ann, 20), house.weights(ann)),
            before,
            "nothing is written"
        );
        let recorded = house
            .engine
            .record(ann, ItemId(item), action, "test", "", NOW)
            .unwrap();
        assert_eq!(preview.changes, recorded.changes, "{action}");
        let list: Vec<ItemId> = preview.list.iter().map(|moved| moved.item.id).collect();
        assert_eq!(list, house.list(ann, 20), "{action}");
        for moved in &preview.list {
            let was = before.0.iter().position(|id| *id == moved.item.id);
            assert_eq!(moved.from, was.map(|at| at + 1));
        }
        house.engine.undo(ann, None, NOW).unwrap();
        assert_eq!((house.list(ann, 20), house.weights(ann)), before);
    }
    let pinned = house
        .engine
        .preview_pin(ann, Signal::Genre, 40.0, NOW)
        .unwrap();
    let recorded = house.engine.pin(ann, Signal::Genre, 40.0, NOW).unwrap();
    assert_eq!(pinned.changes, recorded.changes);
    assert!(
        house
            .engine
            .preview_pin(ann, Signal::Genre, f64::NAN, NOW)
            .is_err()
    );
}

#[test]
fn what_would_change_a_place_is_what_then_changes_it() {
    let house = house();
    let ann = house.profile("ann", &[0, 1, 16, 20, 5]);
    let item = house.list(ann, 12)[7];
    let explained = house.engine.explain(ann, item, NOW).unwrap();
    assert_eq!((explained.ranked.rank, explained.candidates), (8, 75));
    let place = || {
        house
            .list(ann, 75)
            .iter()
            .position(|id| *id == item)
            .unwrap()
            + 1
    };
    assert!(!explained.without_entries.is_empty() && !explained.without_signals.is_empty());
    let effect = &explained.without_entries[0];
    house.engine.undo(ann, Some(effect.sequence), NOW).unwrap();
    assert_eq!(place(), effect.rank, "without #{}", effect.sequence);
    let ben = house.profile("ben", &[0, 1, 16, 20, 5]);
    let item = house.list(ben, 12)[7];
    let explained = house.engine.explain(ben, item, NOW).unwrap();
    let effect = explained.without_signals[0];
    house.engine.pin(ben, effect.signal, 0.0, NOW).unwrap();
    let list = house.list(ben, 75);
    assert_eq!(
        list.iter().position(|id| *id == item).unwrap() + 1,
        effect.rank
    );
    assert!(
        house.engine.explain(ben, ItemId(0), NOW).is_err(),
        "it is settled"
    );
}

#[test]
fn first_picks_are_well_known_and_tell_tastes_apart() {
    let house = house();
    let picks = house.engine.picks("", None, 8).unwrap();
    assert_eq!(picks, house.engine.picks("", None, 8).unwrap());
    let genres: BTreeSet<&str> = picks[..4].iter().map(|p| p.genres[0].as_str()).collect();
    assert_eq!(genres.len(), 4, "the first four are of four genres");
    assert_eq!(picks[0].title, "Film 0", "the best known comes first");
    let ids: BTreeSet<ItemId> = picks.iter().map(|pick| pick.id).collect();
    assert_eq!(ids.len(), 8);
    assert!(
        house
            .engine
            .picks("", Some(Kind::Book), 8)
            .unwrap()
            .is_empty()
    );
    let wished = house.engine.picks("72", None, 3).unwrap();
    assert_eq!(
        wished[0].title, "Film 72",
        "by its words, as there is no encoder"
    );
    assert!(house.engine.picks("", None, 0).is_err());
    // What is picked shows in the first list.
    let lists: BTreeSet<Vec<ItemId>> = (0..4)
        .map(|n| {
            let profile = house.profile(GENRES[n], &[picks[n].id.0]);
            house.list(profile, 5)
        })
        .collect();
    assert_eq!(lists.len(), 4);
}

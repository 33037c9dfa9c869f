//! What is done with a profile's log: looked through, seen from further away, without some of its entries.

use curio_engine::behaviour::{Action, Trait};
use curio_engine::catalogue::ItemId;
use curio_engine::signal::Signal;
use curio_engine::view::{Look, Request};
use proptest::prelude::*;

use super::{AT, Shop, shop};

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

//! The list: what variety, balance, surprise and bounds do to a ranking, over planted items.

mod reasons;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use curio_engine::behaviour::{Action, ProfileId};
use curio_engine::catalogue::{Item, ItemId, Kind};
use curio_engine::features::{Features, TextVectors};
use curio_engine::list::{Shape, arrange, diversity, imbalance};
use curio_engine::signal::Signal;
use curio_engine::view::{Reason, Request};
use curio_engine::{Engine, ImportOptions, Watch};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::opened::{open, open_with};

const GENRES: [&str; 4] = ["Drama", "Comedy", "Western", "Horror"];
const PLAIN: Shape = Shape::PLAIN;

/// Sixty items whose genres, creators, series and texts go round at different paces.
fn features() -> Features {
    let items: Vec<Item> = (0..60)
        .map(|n| Item {
            key: n.to_string(),
            kind: Kind::Film,
            title: format!("Film {n}"),
            genres: vec![GENRES[(n / 5) % 4].to_owned()],
            creators: vec![format!("Creator {}", n % 7)],
            series: Some(format!("Series {}", n % 10)),
            ..Item::default()
        })
        .collect();
    let mut vectors = TextVectors::none(items.len());
    vectors.full =
        ndarray::Array2::from_shape_fn((60, 8), |(n, d)| ((n / 3 * (d + 3)) % 11) as f32 - 5.0);
    Features::build(&items, vectors)
}

/// The items with scores, best first.
fn ranking(scores: &[f64]) -> Vec<(ItemId, f64)> {
    let ids = (0..scores.len() as u32).map(ItemId);
    let mut ranked: Vec<_> = ids.zip(scores.iter().copied()).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked
}

fn ids(list: &[(ItemId, f64)]) -> Vec<ItemId> {
    list.iter().map(|(id, _)| *id).collect()
}

proptest! {
    #[test]
    fn a_list_holds_different_candidates_with_their_own_scores_and_keeps_its_bound(
        scores in proptest::collection::vec(-5.0f64..5.0, 60),
        variety in 0.0f64..=1.0,
        balance in 0.0f64..=1.0,
        most in 1usize..4,
        n in 1usize..30,
    ) {
        let f = features();
        let ranked = ranking(&scores);
        prop_assert_eq!(arrange(&f, &ranked, &[], PLAIN, n), ranked[..n].to_vec());
        let shape = Shape { variety, balance, per_creator: Some(most), per_series: None };
        let list = arrange(&f, &ranked, &[3.0, 1.0, 0.0, -2.0], shape, n);
        let different: BTreeSet<ItemId> = ids(&list).into_iter().collect();
        prop_assert_eq!(different.len(), list.len());
        let mut creators: BTreeMap<u32, usize> = BTreeMap::new();
        for (id, score) in &list {
            prop_assert_eq!(*score, scores[id.row()]);
            *creators.entry(id.0 % 7).or_default() += 1;
        }
        prop_assert!(creators.values().all(|count| *count <= most));
        prop_assert_eq!(list.len(), n.min(7 * most));
        let shape = Shape { per_creator: None, per_series: Some(most), ..shape };
        let list = arrange(&f, &ranked, &[3.0, 1.0, 0.0, -2.0], shape, n);
        let mut series: BTreeMap<u32, usize> = BTreeMap::new();
        ids(&list).iter().for_each(|id| *series.entry(id.0 % 10).or_default() += 1);
        prop_assert!(series.values().all(|count| *count <= most));
        prop_assert_eq!(list.len(), n.min(10 * most));
    }
}

#[test]
fn of_the_editions_of_a_work_a_list_holds_one() {
    let folder = TempDir::new().unwrap();
    let engine = open_with(folder.path(), None);
    let file = folder.path().join("books.csv");
    let books = "id,kind,title,creators,year,isbn,popularity\n\
        1,book,Emma,Jane Austen,1815,9780141439587,9\n\
        2,book,Emma,Jane Austen,2003,9780192802378,8\n\
        3,book,Emma,Alexander McCall Smith,2014,,7\n\
        4,book,Persuasion,Jane Austen,1817,,6\n";
    fs::write(&file, books).unwrap();
    let options = ImportOptions::default();
    engine.import(&file, &options, 0, &Watch::NONE).unwrap();
    let ann = engine.add_profile("ann").unwrap().id;
    for variety in [0.0, 0.5] {
        let request = Request {
            variety,
            ..Request::default()
        };
        let list = engine.recommend(ann, &request, 0).unwrap();
        let mut years: Vec<i64> = list
            .items
            .iter()
            .map(|r| r.item.year.as_ref().unwrap().value as i64)
            .collect();
        assert_eq!(years.len(), 3, "{years:?}");
        years.retain(|year| [1815, 2003].contains(year));
        assert_eq!(years.len(), 1);
    }
    assert_eq!(engine.status().items, 4);
    let first = engine.find_item("#0").unwrap();
    engine
        .record(ann, first, Action::Finish, "for_you", "", 1)
        .unwrap();
    let list = engine.recommend(ann, &Request::default(), 1).unwrap();
    let titles: Vec<&str> = list.items.iter().map(|r| r.item.title.as_str()).collect();
    assert_eq!(
        titles.len(),
        2,
        "nor the other edition of what is read: {titles:?}"
    );
}

#[test]
fn variety_makes_a_list_less_alike_and_balance_brings_it_to_the_mix() {
    let f = features();
    // The best are one genre after the other, five at a time.
    let scores: Vec<f64> = (0..60).map(|n| 3.0 - 0.02 * f64::from(n)).collect();
    let ranked = ranking(&scores);
    let mix = [1.0, 1.0, 4.0, 4.0];
    let lists = [0.0, 0.25, 0.5, 1.0].map(|share| {
        let various = Shape {
            variety: share,
            ..PLAIN
        };
        let balanced = Shape {
            balance: share,
            ..PLAIN
        };
        [various, balanced].map(|shape| ids(&arrange(&f, &ranked, &mix, shape, 10)))
    });
    let diverse = lists.each_ref().map(|[various, _]| diversity(&f, various));
    let unbalanced = lists
        .each_ref()
        .map(|[_, balanced]| imbalance(&f, balanced, &mix));
    assert!(
        diverse[0] < diverse[1] && diverse[1] <= diverse[2],
        "{diverse:?}"
    );
    assert!(diverse[3] > diverse[0] + 0.1, "{diverse:?}");
    assert!(
        unbalanced[0] > 1.0 && unbalanced[3] < 0.01,
        "{unbalanced:?}"
    );
    assert!(unbalanced.is_sorted_by(|a, b| a >= b), "{unbalanced:?}");
}

struct House {
    engine: Engine,
    _folder: TempDir,
}

/// Ninety films of three genres, over as many years, without an encoder. Each director made three of
/// one genre, three years apart.
fn house() -> House {
    let folder = TempDir::new().unwrap();
    let mut text = "id,kind,title,genres,creators,year,popularity\n".to_owned();
    for n in 0..90 {
        let (genre, by) = (GENRES[n % 3], n / 9 * 3 + n % 3);
        let _ = writeln!(
            text,
            "{n},film,Film {n},{genre},Director {by},{},{n}",
            1930 + n
        );
    }
    let file = folder.path().join("catalogue.csv");
    fs::write(&file, text).unwrap();
    let engine = open(folder.path());
    engine
        .import(&file, &ImportOptions::default(), 0, &Watch::NONE)
        .unwrap();
    House {
        engine,
        _folder: folder,
    }
}

impl House {
    fn profile(&self, name: &str, likes: &[u32]) -> ProfileId {
        let profile = self.engine.add_profile(name).unwrap().id;
        for (day, item) in likes.iter().enumerate() {
            self.like(profile, *item, day as i64 * DAY);
        }
        profile
    }

    fn like(&self, profile: ProfileId, item: u32, at: i64) {
        self.engine
            .record(profile, ItemId(item), Action::Like, "test", "", at)
            .unwrap();
    }

    fn list(&self, profile: ProfileId, request: &Request) -> Vec<(ItemId, f64)> {
        let list = self.engine.recommend(profile, request, 40 * DAY).unwrap();
        for ranked in &list.items {
            let sum: f64 = ranked.terms.iter().map(|term| term.value).sum();
            assert!((sum - ranked.score).abs() < 1e-6, "{ranked:?}");
        }
        list.items.iter().map(|r| (r.item.id, r.score)).collect()
    }
}

const DAY: i64 = 86_400_000;

#[test]
fn surprise_replays_by_its_seed_and_leaves_pins_alone() {
    let house = house();
    let ann = house.profile("ann", &[0, 3, 6, 9]);
    let surprise = |seed| Request {
        surprise: 1.0,
        seed,
        ..Request::default()
    };
    let plain = house.list(ann, &Request::default());
    let first = house.list(ann, &surprise(1));
    assert_eq!(first, house.list(ann, &surprise(1)));
    let others: BTreeSet<Vec<ItemId>> = (2..8)
        .map(|s| ids(&house.list(ann, &surprise(s))))
        .collect();
    assert!(others.len() > 1, "other seeds try out other things");
    assert_eq!(
        plain,
        house.list(ann, &Request::default()),
        "nothing was learned from it"
    );

    house.like(ann, 12, 5 * DAY);
    assert_ne!(first, house.list(ann, &surprise(1)));
    house.engine.undo(ann, None, 6 * DAY).unwrap();
    assert_eq!(first, house.list(ann, &surprise(1)), "undone, it never was");

    house
        .engine
        .pin(ann, Signal::Popularity, 0.25, 7 * DAY)
        .unwrap();
    let list = house.engine.recommend(ann, &surprise(3), 8 * DAY).unwrap();
    assert_eq!(list.sampled, Some(3));
    assert_eq!(
        house
            .engine
            .recommend(ann, &Request::default(), 8 * DAY)
            .unwrap()
            .sampled,
        None
    );
    let pinned = list.items[0]
        .terms
        .iter()
        .find(|t| t.signal == Signal::Popularity);
    assert_eq!(pinned.unwrap().weight, 0.25);
}

#[test]
fn reasons_are_read_off_the_weights_that_were_drawn() {
    let house = house();
    let ann = house.profile("ann", &[0, 3, 6, 9]);
    let mut popular = 0;
    for seed in 0..40 {
        let request = Request {
            surprise: 1.0,
            seed,
            ..Request::default()
        };
        let list = house.engine.recommend(ann, &request, 40 * DAY).unwrap();
        for ranked in list.items {
            if !ranked.reasons.contains(&Reason::Popular) {
                continue;
            }
            popular += 1;
            let lifts = ranked.terms.iter().any(|term| {
                matches!(term.signal, Signal::Popularity | Signal::PopularityNewcomer)
                    && term.value > 0.0
            });
            assert!(lifts, "{ranked:?}");
        }
    }
    assert!(popular > 0);
}

#[test]
fn what_cannot_be_asked_of_a_list_is_told() {
    let house = house();
    let ann = house.profile("ann", &[]);
    for (request, word) in [
        (
            Request {
                variety: 1.5,
                ..Request::default()
            },
            "variety",
        ),
        (
            Request {
                balance: -0.1,
                ..Request::default()
            },
            "balance",
        ),
        (
            Request {
                surprise: f64::NAN,
                ..Request::default()
            },
            "surprise",
        ),
        (
            Request {
                per_creator: Some(0),
                ..Request::default()
            },
            "creator",
        ),
        (
            Request {
                per_series: Some(0),
                ..Request::default()
            },
            "series",
        ),
        (
            Request {
                n: 0,
                ..Request::default()
            },
            "1 to 1000",
        ),
    ] {
        let refused = house.engine.recommend(ann, &request, 0).unwrap_err();
        assert!(refused.to_string().contains(word), "{refused}");
    }
}

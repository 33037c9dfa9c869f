//! What the engine learns, on a planted catalogue whose right answers are known.

use curio_engine::behaviour::{Action, Deed, Entry, ProfileId};
use curio_engine::catalogue::{Item, ItemId, Kind};
use curio_engine::features::{Features, TextVectors};
use curio_engine::neighbours::{Neighbours, Reach, Trace};
use curio_engine::portrait::Portrait;
use curio_engine::prior::Prior;
use curio_engine::rank::{score, terms, top};
use curio_engine::signal::{Scope, Signal};
use curio_engine::taste::{Taste, World};
use ndarray::Array2;
use proptest::prelude::*;

/// Twelve items in three clear groups: 0–3 space films, 4–7 love stories, 8–11 whodunits.
fn planted() -> Features {
    let groups = [
        ("Science Fiction", "space", "Ada Space"),
        ("Romance", "wedding", "Bea Heart"),
        ("Mystery", "detective", "Cy Clue"),
    ];
    let item = |row: usize| {
        let (genre, tag, creator) = groups[row / 4];
        Item {
            key: format!("planted:{row}"),
            kind: Kind::Film,
            title: format!("{genre} {row}"),
            year: Some(1950 + row as i32),
            genres: vec![genre.to_owned()],
            tags: vec![tag.to_owned(), format!("only {row}")],
            creators: vec![creator.to_owned()],
            popularity: Some((row % 4) as f64 * 10.0),
            ..Item::default()
        }
    };
    let items: Vec<Item> = (0..12).map(item).collect();
    let mut vectors = TextVectors {
        full: Array2::zeros((12, 3)),
        theme: Array2::zeros((12, 3)),
    };
    for row in 0..12 {
        for column in 0..3 {
            let near = if column == row / 4 { 1.0 } else { 0.1 };
            vectors.full[[row, column]] = near + row as f32 * 0.01;
            vectors.theme[[row, column]] = near;
        }
    }
    Features::build(&items, vectors)
}

fn act(sequence: u64, item: u32, action: Action) -> Entry {
    let deed = Deed::Act {
        item: ItemId(item),
        action,
        surface: String::new(),
        note: String::new(),
        basket: String::new(),
    };
    Entry {
        sequence,
        at: sequence as i64 * 1_000,
        deed,
    }
}

fn undo(sequence: u64, of: u64) -> Entry {
    Entry {
        sequence,
        at: 0,
        deed: Deed::Undo { sequence: of },
    }
}

fn fold(log: &[Entry], world: World, prior: &Prior) -> Portrait {
    Portrait::of(ProfileId(3), log, world, prior, Scope::Alone)
}

fn check(run: impl FnOnce(World, &Prior)) {
    let features = planted();
    let neighbours = Neighbours::fit(&features, &[], Reach::LIVE);
    let prior = Prior::shipped().expect("the shipped prior is readable");
    run(World::new(&features, &neighbours), &prior);
}

fn ranking(world: World, portrait: &Portrait) -> Vec<u32> {
    let open: Vec<ItemId> = world
        .features
        .ids()
        .filter(|i| portrait.is_open(*i))
        .collect();
    let weights = &portrait.learner.weights;
    let list = top(world, &portrait.taste, weights, &open, open.len());
    list.into_iter().map(|(item, _)| item.0).collect()
}

#[test]
fn an_empty_log_is_weighed_only_by_what_training_holds_alike_in_all_scopes() {
    let features = planted();
    let likes = [0, 5, 9].map(|item| Trace {
        item: ItemId(item),
        action: Action::Like,
        at: None,
    });
    let neighbours = Neighbours::fit(&features, &[likes.to_vec()], Reach::LIVE);
    for day in ["1955-07-01", "2026-07-01"] {
        let day = chrono::NaiveDate::parse_from_str(day, "%Y-%m-%d").unwrap();
        let at = day.and_hms_opt(12, 0, 0).unwrap().and_utc();
        let world = World::new(&features, &neighbours).at(Some(at.timestamp_millis()));
        let taste = Taste::new(world);
        for item in features.ids() {
            let evidence = taste.evidence(world, item);
            for signal in Signal::ALL
                .into_iter()
                .filter(|s| evidence[s.index()] != 0.0)
            {
                assert!(
                    matches!(
                        signal,
                        Signal::Popularity
                            | Signal::PopularityNewcomer
                            | Signal::Quality
                            | Signal::QualityNewcomer
                            | Signal::Fresh
                            | Signal::Upcoming
                    ),
                    "{signal} speaks of a profile that has shown nothing"
                );
            }
        }
    }
}

#[test]
fn a_new_profile_is_ranked_by_popularity() {
    check(|world, prior| {
        let first = ranking(world, &fold(&[], world, prior));
        assert_eq!(
            first[0] % 4,
            3,
            "the most popular of a group leads: {first:?}"
        );
        assert_eq!(first[11] % 4, 0, "the least popular is last: {first:?}");
    });
}

#[test]
fn likes_of_one_group_bring_up_that_group() {
    check(|world, prior| {
        let log = [act(0, 0, Action::Like), act(1, 1, Action::Like)];
        let list = ranking(world, &fold(&log, world, prior));
        assert!(
            list[..2].iter().all(|i| *i < 4),
            "space films lead: {list:?}"
        );
    });
}

#[test]
fn a_dislike_sinks_its_group() {
    check(|world, prior| {
        let place = |log: &[Entry]| {
            let list = ranking(world, &fold(log, world, prior));
            list.iter().position(|i| *i == 11).expect("still open")
        };
        let before = place(&[]);
        let after = place(&[act(0, 8, Action::Dislike), act(1, 9, Action::Dislike)]);
        assert!(after > before, "the whodunit fell from {before} to {after}");
    });
}

#[test]
fn a_pin_takes_part_and_leaves_the_update() {
    check(|world, prior| {
        let pin = Entry {
            sequence: 0,
            at: 0,
            deed: Deed::Pin {
                signal: Signal::Genre,
                weight: 7.5,
            },
        };
        let portrait = fold(
            &[pin, act(1, 0, Action::Like), act(2, 4, Action::Like)],
            world,
            prior,
        );
        assert_eq!(portrait.learner.weights[Signal::Genre.index()], 7.5);
        let moved = Signal::ALL.iter().filter(|s| {
            let k = s.index();
            portrait.learner.weights[k].to_bits() != prior.weights(Scope::Alone)[k].to_bits()
        });
        assert!(moved.count() > 5, "the other weights learn on");
        assert_eq!(portrait.learner.deviations()[Signal::Genre.index()], 0.0);
    });
}

#[test]
fn company_lifts_what_likeminded_profiles_like() {
    let features = planted();
    let like = |item| Trace {
        item: ItemId(item),
        action: Action::Like,
        at: None,
    };
    let logs: Vec<Vec<Trace>> = (0..20).map(|_| vec![like(0), like(6)]).collect();
    let neighbours = Neighbours::fit(&features, &logs, Reach::LIVE);
    let world = World::new(&features, &neighbours);
    let prior = Prior::shipped().expect("the shipped prior is readable");
    let log = [act(0, 0, Action::Like)];
    let portrait = Portrait::of(ProfileId(0), &log, world, &prior, Scope::Company);
    let evidence = |item| portrait.taste.evidence(world, ItemId(item))[Signal::CompanyItem.index()];
    assert!(evidence(6) > 0.1, "liked together: {}", evidence(6));
    assert_eq!(evidence(7), 0.0, "never liked together");
}

#[test]
fn a_later_verdict_replaces_an_earlier_one() {
    check(|world, prior| {
        let twice = fold(
            &[act(0, 0, Action::Like), act(1, 0, Action::Dislike)],
            world,
            prior,
        );
        assert_eq!(twice.verdict(ItemId(0)), Some(Action::Dislike));
        let once = fold(&[act(1, 0, Action::Dislike)], world, prior);
        assert_eq!(twice.taste, once.taste);
        assert_eq!(twice.learner, once.learner);
    });
}

fn any_action() -> impl Strategy<Value = Action> {
    prop_oneof![
        Just(Action::View),
        Just(Action::Open),
        Just(Action::Want),
        Just(Action::Like),
        Just(Action::Dislike),
        (1..=10u8).prop_map(|half| Action::Rate(f64::from(half) / 2.0)),
        Just(Action::Finish),
        Just(Action::Abandon),
        Just(Action::Buy),
        Just(Action::Hide),
        Just(Action::Comment),
    ]
}

fn any_log() -> impl Strategy<Value = Vec<Entry>> {
    prop::collection::vec((0..12u32, any_action()), 0..14).prop_map(|acts| {
        let entry = |(at, (item, action))| act(at as u64, item, action);
        acts.into_iter().enumerate().map(entry).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn terms_sum_to_the_score(log in any_log()) {
        check(|world, prior| {
            let portrait = fold(&log, world, prior);
            let weights = &portrait.learner.weights;
            for item in world.features.ids() {
                let evidence = portrait.taste.evidence(world, item);
                let sum: f64 =
                    terms(Scope::Alone, weights, &evidence).iter().map(|t| t.value).sum();
                assert!((sum - score(weights, &evidence)).abs() < 1e-6);
                assert!(sum.is_finite());
            }
        });
    }

    #[test]
    fn folding_at_once_and_one_by_one_give_the_same_bits(log in any_log()) {
        check(|world, prior| {
            let mut by_one = fold(&[], world, prior);
            for (at, entry) in log.iter().enumerate() {
                if by_one.rewrites(&entry.deed) {
                    by_one = fold(&log[..=at], world, prior);
                } else {
                    by_one.add(entry, world, prior);
                }
            }
            let at_once = fold(&log, world, prior);
            assert_eq!(at_once.learner, by_one.learner);
            assert_eq!(at_once.taste, by_one.taste);
        });
    }

    #[test]
    fn no_weight_learns_to_speak_against_its_signal(log in any_log()) {
        check(|world, prior| {
            let portrait = fold(&log, world, prior);
            for (signal, weight) in Signal::ALL.into_iter().zip(portrait.learner.weights) {
                assert!(weight * signal.side() >= 0.0, "{signal} came to {weight}");
            }
        });
    }

    #[test]
    fn an_undone_entry_never_was(log in any_log(), which in any::<prop::sample::Index>()) {
        check(|world, prior| {
            if log.is_empty() {
                return;
            }
            let gone = which.index(log.len());
            let mut undone = log.clone();
            undone.push(undo(log.len() as u64, gone as u64));
            let mut without = log.clone();
            without.remove(gone);
            let (a, b) = (fold(&undone, world, prior), fold(&without, world, prior));
            assert_eq!(a.learner, b.learner);
            assert_eq!(a.taste, b.taste);
            assert_eq!(ranking(world, &a), ranking(world, &b));
        });
    }

    #[test]
    fn a_like_never_lowers_its_twin(log in any_log()) {
        // Items 0 and 1 differ in little; liking the one must not put the other further down.
        check(|world, prior| {
            let portrait = fold(&log, world, prior);
            prop_assume_open(&portrait, |portrait| {
                let place = |p: &Portrait| {
                    let weights = prior.weights(Scope::Alone);
                    let e = p.taste.evidence(world, ItemId(1));
                    let personal = [Signal::NearestLiked, Signal::Genre, Signal::Creator];
                    personal.iter().map(|s| weights[s.index()] * e[s.index()]).sum::<f64>()
                };
                let mut liked = portrait.clone();
                let before = place(&liked);
                liked.taste.add(world, ItemId(0), Action::Like);
                assert!(place(&liked) >= before - 1e-9);
            });
        });
    }
}

/// Runs only when the two twins are still open.
fn prop_assume_open(portrait: &Portrait, run: impl FnOnce(&Portrait)) {
    if portrait.is_open(ItemId(0)) && portrait.is_open(ItemId(1)) {
        run(portrait);
    }
}

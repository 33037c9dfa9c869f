//! The rows of a first page: what each follows from, and what it holds.

use std::collections::BTreeSet;

use curio_engine::view::{Ranked, Reason, Request, RowKind};

use super::{DAY, house};

#[test]
fn rows_follow_from_what_they_say_and_never_repeat() {
    let house = house();
    let ann = house.profile("ann", &[0, 1, 2]);
    let request = Request {
        n: 6,
        ..Request::default()
    };
    let later = 200 * DAY;
    house.like(ann, 33, later - DAY);
    let rows = house.engine.rows(ann, &request, later).unwrap().rows;
    let mut seen = BTreeSet::new();
    let mut kinds = Vec::new();
    for row in &rows {
        assert!((1..=6).contains(&row.items.len()));
        for ranked in &row.items {
            assert!(
                seen.insert(ranked.item.id),
                "{} is there twice",
                ranked.item.title
            );
            let sum: f64 = ranked.terms.iter().map(|term| term.value).sum();
            assert!((sum - ranked.score).abs() < 1e-6);
        }
        kinds.push(match &row.kind {
            RowKind::ForYou => "for you".to_owned(),
            RowKind::Because { item } => format!("because {}", item.title),
            RowKind::New => "new".to_owned(),
            RowKind::Forgotten => "forgotten".to_owned(),
        });
    }
    assert_eq!(
        kinds,
        [
            "for you",
            "because Film 33",
            "because Film 2",
            "because Film 1",
            "new",
            "forgotten"
        ]
    );
    // Film 33 is a drama.
    let because = &rows[1].items[0];
    assert!(matches!(&because.reasons[0], Reason::Liked { item } if item.title == "Film 33"));
    assert_eq!(because.item.genres, ["Drama"]);
    assert!(
        rows[4]
            .items
            .iter()
            .all(|r| r.item.year.as_ref().unwrap().value >= 2010.0)
    );
    let past: BTreeSet<u32> = rows[5].items.iter().map(|r| r.item.id.0).collect();
    assert_eq!(
        past,
        BTreeSet::from([0, 1, 2]),
        "what was liked yesterday is not forgotten"
    );
}

#[test]
fn a_row_because_of_something_holds_what_is_like_it_and_nothing_for_its_fame() {
    let house = house();
    // Dramas, all three by one director and then all by another; then a comedy.
    let ann = house.profile("ann", &[0, 3, 6, 45, 48, 51, 18, 21, 24, 31]);
    for n in 1..4 {
        let request = Request {
            n,
            ..Request::default()
        };
        let rows = house.engine.rows(ann, &request, 40 * DAY).unwrap().rows;
        let row = rows
            .iter()
            .find(|row| matches!(&row.kind, RowKind::Because { item } if item.title == "Film 31"));
        let items = &row.unwrap().items;
        let listed =
            |row: &[Ranked]| -> BTreeSet<u32> { row.iter().map(|r| r.item.id.0).collect() };
        // The other two films of its director, unless the first row has them.
        let left = &BTreeSet::from([28, 34]) - &listed(&rows[0].items);
        assert!(n > 1 || !left.is_empty());
        let best = listed(&items[..left.len().min(n)]);
        assert!(best.is_subset(&left), "{best:?} and not {left:?}");
        for ranked in items {
            assert!(ranked.score > 0.0);
            // There is no encoder that could say so.
            assert!(!ranked.reasons.contains(&Reason::Meaning), "{ranked:?}");
            let shown = ranked.terms.iter().filter(|term| term.value != 0.0);
            assert!(shown.into_iter().all(|term| term.signal.is_personal()));
        }
    }
}

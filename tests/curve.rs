//! The curve of lists over planted logs, whose figures are known beforehand.

use std::fs;

use curio_engine::Watch;
use curio_engine::trial::Trial;
use curio_engine::view::{Curve, Point};
use tempfile::TempDir;

use crate::evaluation::{catalogue, log};
use crate::opened::open;

fn curve(own: &str, others: Option<&str>) -> Curve {
    let folder = TempDir::new().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let trial = Trial {
        catalog: file("catalogue.csv", &catalogue()),
        interactions: file("own.csv", own),
        neighbours: others.map(|text| file("others.csv", text)),
        prior: None,
        limit: usize::MAX,
        seed: 1,
        ablate: false,
        choices: None,
    };
    let engine = open(folder.path());
    engine.evaluate_lists(&trial, &Watch::NONE).unwrap()
}

fn near(is: f64, should: f64) {
    assert!((is - should).abs() < 1e-9, "{is} is not {should}");
}

fn point(curve: &Curve, wanted: impl Fn(&Point) -> bool) -> &Point {
    curve.points.iter().find(|point| wanted(point)).unwrap()
}

#[test]
fn the_figures_of_a_first_list_are_known() {
    let curve = curve(&log(&[("ann", 2, 5.0)]), None);
    assert_eq!((curve.choices, curve.users, curve.items), (1, 1, 30));
    // Nothing is known of ann: the ten most popular, five of each genre, her choice the third.
    let plain = &curve.points[0];
    near(plain.ndcg_10, 0.5);
    near(plain.relevant, 0.1);
    near(plain.diversity, 25.0 / 45.0);
    near(plain.coverage, 10.0 / 30.0);
    near(plain.serendipity, 0.0);
    near(plain.novelty, 0.0);
    near(plain.imbalance, 0.0);
    assert_eq!(plain.gain, None);
    // No film has a maker, and ann no mix yet.
    let same = |p: &&Point| p.variety == 0.0 && p.surprise == 0.0;
    for other in curve.points.iter().filter(same) {
        near(other.ndcg_10, 0.5);
    }
    let bounded = point(&curve, |p| p.per_creator == Some(1));
    let gain = bounded.gain.as_ref().unwrap();
    assert_eq!((gain.ndcg_10, gain.ndcg_10_interval), (0.0, None));
}

#[test]
fn lists_are_made_at_twenty_choices_and_relevant_is_what_comes_later() {
    // Ann turns down the first film, which is all that others know, and likes every other in the end.
    let mut own = vec![("ann", 0, 1.0)];
    own.extend((1..30).rev().map(|n| ("ann", n, 5.0)));
    let others = log(&[("bob", 0, 5.0), ("cid", 0, 4.0), ("dee", 0, 5.0)]);
    let curve = curve(&log(&own), Some(&others));
    assert_eq!(curve.choices, 20);
    for point in &curve.points {
        near(point.relevant, 1.0);
        // One more than three who settled everything: a quarter.
        near(point.novelty, 2.0);
        assert!(point.serendipity < 1.0);
    }
    let plain = &curve.points[0];
    let balanced = point(&curve, |p| p.balance == 1.0);
    assert!(balanced.imbalance < plain.imbalance, "{curve:?}");
    let varied = point(&curve, |p| p.variety == 1.0);
    assert!(varied.diversity >= plain.diversity, "{curve:?}");
}

#[test]
fn serendipity_is_what_fame_does_not_bring() {
    // Forty people who like comedies from the least popular up, and one more who goes on to
    // the most popular.
    let names: Vec<String> = (0..40).map(|n| format!("p{n}")).collect();
    let mut rows = Vec::new();
    for (n, name) in names.iter().enumerate() {
        rows.extend((0..10).map(|step| (name.as_str(), 29 - 2 * ((step + n) % 13), 5.0)));
    }
    let own: Vec<_> = (0..15).map(|step| ("ann", 29 - 2 * step, 5.0)).collect();
    let curve = curve(&log(&own), Some(&log(&rows)));
    let plain = &curve.points[0];
    assert!(plain.relevant > 0.2 && plain.serendipity > 0.0, "{plain:?}");
    assert!(plain.serendipity < plain.relevant, "{plain:?}");
}

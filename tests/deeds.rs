//! What is told of each deed: the bytes that the window reads.
//!
//! `golden/deeds.json` stands between the two sides: the engine must write it, and the tests of the
//! window must have words for all of it.

use std::path::Path;

use curio_engine::behaviour::{Action, Trait};
use curio_engine::catalogue::ItemId;
use curio_engine::signal::Signal;
use curio_engine::view::Look;
use curio_engine::{ImportOptions, Watch};
use serde_json::json;
use tempfile::TempDir;

use crate::opened::open;

/// 2024-01-01 10:00:00 UTC.
const AT: i64 = 1_704_103_200_000;

#[test]
fn each_deed_is_told_as_the_window_reads_it() {
    let folder = TempDir::new().unwrap();
    let engine = open(folder.path());
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    let catalogue = tests.join("fixtures/journey/catalogue.csv");
    let options = ImportOptions::default();
    engine
        .import(&catalogue, &options, AT, &Watch::NONE)
        .unwrap();
    let ann = engine.add_profile("Ann").unwrap().id;

    let act = |item, action| engine.record(ann, ItemId(item), action, "list", "", AT);
    let mut recorded = [
        act(0, Action::Like),
        act(1, Action::Rate(4.5)),
        engine.pin(ann, Signal::Genre, 2.0, AT),
        engine.unpin(ann, Signal::Genre, AT),
        engine.reset(ann, AT),
        engine.undo(ann, None, AT),
        engine.undo(ann, Some(0), AT),
        engine.less(
            ann,
            Trait::Genre {
                name: "Drama".into(),
            },
            AT,
        ),
    ]
    .map(Result::unwrap);
    for one in &mut recorded {
        one.changes.clear();
    }
    let look = Look {
        limit: 10,
        ..Look::default()
    };
    let log = engine.activity(ann, &look).unwrap();
    let told = json!({ "recorded": recorded, "activity": log });
    let told = serde_json::to_string_pretty(&told).unwrap() + "\n";
    assert_eq!(told, include_str!("golden/deeds.json"));
}

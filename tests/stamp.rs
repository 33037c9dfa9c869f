//! The stamp that the search index is sealed for: no two states of the catalogue have the same one.

use std::fs;
use std::path::{Path, PathBuf};

use curio_engine::behaviour::Action;
use curio_engine::catalogue::ItemId;
use curio_engine::search::Index;
use curio_engine::store::Store;
use curio_engine::view::{Browse, Edit, ExportFormat, Stage};
use curio_engine::{Engine, ImportOptions, Watch};
use tempfile::TempDir;

use crate::opened::open;

const AT: i64 = 1_704_103_200_000;

fn written(folder: &Path, name: &str, titles: &[&str]) -> PathBuf {
    let file = folder.join(name);
    fs::write(&file, format!("title\n{}\n", titles.join("\n"))).unwrap();
    file
}

fn import(engine: &Engine, file: &Path, watch: &Watch) {
    let options = ImportOptions::default();
    let imported = engine.import(file, &options, AT, watch).unwrap();
    assert_eq!(imported.rejected, 0, "{imported:?}");
}

fn films(folder: &Path, titles: &[&str]) -> Engine {
    let engine = open(folder);
    import(&engine, &written(folder, "films.csv", titles), &Watch::NONE);
    engine
}

fn found(engine: &Engine, words: &str) -> Vec<String> {
    let hits = engine.search(words, None, 9).unwrap().hits.into_iter();
    hits.map(|hit| hit.item.title).collect()
}

/// Whether the index of a closed data folder must be filled before it answers.
fn stale(data: &Path) -> bool {
    let (store, _) = Store::open(data).unwrap();
    let stamp = store.get_setting("catalogue").unwrap().unwrap();
    Index::open(&data.join("search"), &stamp).unwrap().1
}

#[test]
fn the_index_of_what_a_restore_replaced_is_stale() {
    let folder = TempDir::new().unwrap();
    let engine = films(folder.path(), &["Solaris"]);
    let archive = folder.path().join("backup.zip");
    engine.backup(&archive, AT).unwrap();
    let renamed = Edit {
        title: "Stalker".to_owned(),
        ..Edit::from(engine.show(ItemId(0)).unwrap())
    };
    engine.edit(ItemId(0), &renamed, &Watch::NONE).unwrap();

    // What lies where the next index would be filled lets the restore end before it has one.
    let data = folder.path().join("data");
    let next = ["a", "b"].map(|name| data.join("search").join(name));
    let next = next.iter().find(|path| !path.exists()).unwrap();
    fs::write(next, "in the way").unwrap();
    engine.restore(&archive, AT).unwrap_err();
    drop(engine);
    fs::remove_file(next).unwrap();

    let engine = open(folder.path());
    assert_eq!(found(&engine, "solaris"), ["Solaris"]);
    assert!(found(&engine, "stalker").is_empty());
}

#[test]
fn a_shelf_holds_no_hits_of_an_index_that_was_replaced() {
    let folder = TempDir::new().unwrap();
    let engine = films(folder.path(), &["Solaris"]);
    let ann = engine.add_profile("Ann").unwrap().id;
    let shelf = || {
        let asked = Browse {
            query: "solaris".to_owned(),
            ..Browse::default()
        };
        engine.browse(ann, &asked, AT).unwrap().total
    };
    // The catalogue is the new one before the index is.
    let watch = Watch {
        progress: &|progress| {
            if progress.stage == Stage::Index {
                assert_eq!((engine.status().items, shelf()), (2, 1));
            }
        },
        cancelled: &|| false,
    };
    let more = written(folder.path(), "more.csv", &["Solaris Station"]);
    import(&engine, &more, &watch);
    assert_eq!(shelf(), 2);
}

#[test]
fn a_transcript_that_brings_logs_alone_leaves_the_index_as_it_is() {
    let [from, to] = [TempDir::new().unwrap(), TempDir::new().unwrap()];
    let (engine, other) = (films(from.path(), &["Solaris", "Stalker"]), open(to.path()));
    let ann = engine.add_profile("Ann").unwrap().id;
    let bring = || {
        engine
            .export(from.path(), ExportFormat::Jsonl, None)
            .unwrap();
        import(&other, &from.path().join("curio.jsonl"), &Watch::NONE);
        other.status().entries
    };
    assert_eq!(bring(), 0);
    engine
        .record(ann, ItemId(1), Action::Like, "list", "", AT)
        .unwrap();
    assert_eq!(bring(), 1);
    drop(other);
    assert!(!stale(&to.path().join("data")));
}

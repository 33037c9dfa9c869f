//! Searching in one language for what another describes, with the encoder that ships, over the sample library.
//!
//! `fixtures/languages.tsv` has what is asked and which item is meant; docs/evaluation.md tells the figures.

use std::path::{Path, PathBuf};

use curio_engine::{Engine, ImportOptions, Settings, Watch};
use tempfile::TempDir;

/// Hits that are looked through.
const DEPTH: usize = 100;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The mean of one through the place of what is meant, and how many of how many stand in the first ten.
#[derive(Debug, Default)]
struct Found {
    reciprocal: f64,
    first_ten: usize,
    asked: usize,
}

impl Found {
    fn add(&mut self, place: Option<usize>) {
        self.reciprocal += place.map_or(0.0, |place| 1.0 / (place + 1) as f64);
        self.first_ten += usize::from(place.is_some_and(|place| place < 10));
        self.asked += 1;
    }

    fn mrr(&self) -> f64 {
        self.reciprocal / self.asked as f64
    }
}

#[test]
fn a_search_finds_what_another_language_describes() {
    let folder = TempDir::new().unwrap();
    let settings = Settings {
        data: folder.path().join("data"),
        models: root().join("models"),
        encoder: Some("multilingual".to_owned()),
    };
    let engine = Engine::open(settings).unwrap();
    for name in ["books", "films", "games", "music", "shop"] {
        let file = root().join("samples").join(name).with_extension("csv");
        let imported = engine.import(&file, &ImportOptions::default(), 0, &Watch::NONE);
        assert_eq!(imported.unwrap().unencoded, 0);
    }
    let [mut chinese, mut english] = [(); 2].map(|()| Found::default());
    for line in include_str!("fixtures/languages.tsv").lines().skip(1) {
        let (item, asked) = line.split_once('\t').unwrap();
        let meant = engine.find_item(&format!("id:{item}")).unwrap();
        let hits = engine.search(asked, None, DEPTH).unwrap().hits;
        let place = hits.iter().position(|hit| hit.item.id == meant);
        if asked.is_ascii() {
            english.add(place);
        } else {
            chinese.add(place);
        }
    }
    eprintln!("Chinese: MRR {:.3}, {chinese:?}", chinese.mrr());
    eprintln!("English: MRR {:.3}, {english:?}", english.mrr());
    assert!(chinese.mrr() > 0.4 && chinese.first_ten >= 12);
    assert!(english.mrr() > 0.3 && english.first_ten >= 10);
}

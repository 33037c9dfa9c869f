//! Wishes: what is of a kind that the text names comes first, and says so.

use std::fs;
use std::path::Path;

use curio_engine::catalogue::Kind;
use curio_engine::view::{Found, Matched};
use tempfile::TempDir;

use crate::{encoders, opened};

const CATALOGUE: &str = "kind,title,description
film,The Book Thief,A girl steals books in wartime
book,Night Train,A slow book about memory
game,Memory,A slow game about memory
music,Film Music,Slow music about memory and film
film,Mirror,A dying man remembers: memory
film,Harbour,Ships
";

fn titles(found: &Found) -> Vec<&str> {
    found.hits.iter().map(|hit| &*hit.item.title).collect()
}

#[test]
fn what_is_of_the_kind_that_is_named_comes_first() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("shelf.csv");
    fs::write(&file, CATALOGUE).unwrap();
    let engine = opened::open(folder.path());
    encoders::import(&engine, &file);
    let search = |words: &str| engine.search(words, None, 20).unwrap();

    let film = search("a slow film about memory");
    assert_eq!(titles(&film)[0], "Mirror");
    assert!(film.hits[0].matched.contains(&Matched::Kind));
    assert!(film.hits.len() > 2, "the others follow: {film:?}");
    assert!(film.hits.is_sorted_by(|a, b| a.score >= b.score));
    assert_eq!(titles(&search("a slow game about memory"))[0], "Memory");
    assert_eq!(
        titles(&search("a slow book about memory"))[0],
        "Night Train"
    );

    let titled = search("the book thief");
    assert_eq!(titles(&titled)[0], "The Book Thief", "a title is no wish");
    let plain = search("memory").hits;
    assert!(
        plain
            .iter()
            .all(|hit| !hit.matched.contains(&Matched::Kind))
    );
    let asked = engine
        .search("a film about memory", Some(Kind::Game), 20)
        .unwrap();
    assert!(asked.hits.iter().all(|hit| hit.item.kind == Kind::Game));
    assert_eq!(titles(&asked), ["Memory"]);

    let picks = engine.picks("a slow book about memory", None, 2).unwrap();
    assert_eq!(picks[0].title, "Night Train");
}

#[test]
fn a_wish_for_a_film_is_answered_with_films_of_the_sample_library() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let folder = TempDir::new().unwrap();
    let engine = encoders::open_with(&folder.path().join("data"), Some("english"));
    for file in ["films.csv", "books.csv", "music.csv", "games.csv"] {
        encoders::import(&engine, &samples.join(file));
    }
    for (wish, kind) in [
        ("A slow film about memory", Kind::Film),
        ("a novel by the sea", Kind::Book),
        ("quiet music for rain", Kind::Music),
    ] {
        let found = engine.search(wish, None, 10).unwrap();
        assert_eq!(found.hits.len(), 10, "{wish}");
        for hit in &found.hits {
            assert_eq!(hit.item.kind, kind, "{wish}: {:?}", titles(&found));
            assert!(hit.matched.contains(&Matched::Kind));
        }
        let picks = engine.picks(wish, None, 8).unwrap();
        assert!(picks.iter().all(|item| item.kind == kind), "{wish}");
    }
}

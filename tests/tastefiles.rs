//! Taste files: what one holds, and what is none, is damaged or would be overwritten.

use std::fs;

use curio_engine::behaviour::{Action, ProfileId};
use curio_engine::catalogue::ItemId;
use curio_engine::friend::Friend;
use curio_engine::signal::Signal;
use curio_engine::{ErrorKind, tastefile};

use crate::friends::{AT, Home, taste};

#[test]
fn the_file_holds_what_is_loved_and_liked_and_nothing_of_when() {
    let home = Home::with_films(12);
    let engine = &home.engine;
    let likes = [
        (7, Action::Like),
        (2, Action::Rate(4.0)),
        (9, Action::Dislike),
        (0, Action::Rate(5.0)),
    ];
    let ann = home.profile("ann", &likes);
    let file = home.path("ann.json");
    let shared = engine.share_taste(ann, " Ann  of Ely ", &file).unwrap();
    let counted = (shared.loved, shared.liked, shared.disliked);
    assert_eq!((shared.name.as_str(), counted), ("Ann of Ely", (2, 1, 1)));
    let text = fs::read_to_string(&file).unwrap();
    insta::assert_snapshot!(text, @r#"
    {
      "curio": "taste",
      "version": 1,
      "name": "Ann of Ely",
      "items": [
        {"key":"imdb:0000","title":"Film 0","year":1900,"kind":"film","creators":["By 0"],"verdict":"loved"},
        {"key":"imdb:0002","title":"Film 2","year":1902,"kind":"film","creators":["By 2"],"verdict":"liked"},
        {"key":"imdb:0007","title":"Film 7","year":1907,"kind":"film","creators":["By 7"],"verdict":"loved"},
        {"key":"imdb:0009","title":"Film 9","year":1909,"kind":"film","creators":["By 9"],"verdict":"disliked"}
      ]
    }
    "#);

    // The same verdicts in another order, on other days, with all that is nobody's business between.
    let ben = engine.add_profile("ben").unwrap().id;
    let mut at = AT - 900_000_000;
    let mut act = |item, action, note| {
        at += 70_000_000;
        engine
            .record(ben, ItemId(item), action, "for_you", note, at)
            .unwrap()
            .sequence
    };
    act(0, Action::Dislike, "");
    act(9, Action::Abandon, "");
    act(3, Action::View, "");
    act(7, Action::Buy, "");
    act(4, Action::Comment, "a secret");
    act(5, Action::Hide, "");
    act(6, Action::Rate(3.0), "");
    act(8, Action::Want, "");
    let taken_back = act(10, Action::Like, "");
    act(0, Action::Finish, "");
    act(2, Action::Rate(4.0), "");
    engine.pin(ben, Signal::Genre, 3.0, AT).unwrap();
    engine.undo(ben, Some(taken_back), AT).unwrap();
    let other = home.path("ben.json");
    engine.share_taste(ben, "Ann of Ely", &other).unwrap();
    assert_eq!(fs::read_to_string(other).unwrap(), text);
}

#[test]
#[allow(clippy::too_many_lines)] // One case after the other.
fn a_file_that_is_no_taste_is_refused_in_words_and_changes_nothing() {
    let home = Home::with_films(12);
    let ann = home.profile("ann", &[(1, Action::Like)]);
    let good = taste("Friend", [(0, "loved"), (1, "disliked")]);
    home.engine
        .add_friend(&home.write("good.json", &good))
        .unwrap();
    let before = (home.engine.friends().unwrap(), home.list(ann));
    let journal = home.path("data/store/journal/made.jsonl");
    let bytes = fs::read(&journal).unwrap();
    for (text, reason) in &bad_files(&good) {
        let file = home.write("bad.json", text);
        let error = home.engine.add_friend(&file).unwrap_err();
        let said = error.chain();
        assert!(said.contains(reason), "{said}, not {reason}");
        assert!(said.contains("bad.json"), "{said} names no file");
        assert_eq!(error.kind(), ErrorKind::User);
    }
    for path in [home.path("none.json"), home.folder.path().to_owned()] {
        assert!(home.engine.add_friend(&path).is_err());
    }
    let file = home.path("bad.json");
    fs::write(
        &file,
        b"{\"curio\":\"taste\",\"version\":1,\"name\":\"\xff\"}",
    )
    .unwrap();
    assert!(home.engine.add_friend(&file).is_err());
    assert_eq!((home.engine.friends().unwrap(), home.list(ann)), before);
    assert_eq!(fs::read(&journal).unwrap(), bytes);
}

/// What can be wrong with a file, and a part of what must be said of it.
fn bad_files(good: &str) -> Vec<(String, &'static str)> {
    let edited = |from: &str, to: &str| {
        assert!(good.contains(from), "{from} in {good}");
        good.replacen(from, to, 1)
    };
    let item = good.find(r#"{"key":"imdb:0000""#).unwrap();
    vec![
        (
            String::new(),
            "EOF while parsing a value at line 1 column 0",
        ),
        ("likes: all".to_owned(), "expected value at line 1 column 1"),
        ("[1, 2]".to_owned(), "at line 1 column"),
        ("{}".to_owned(), "missing field `curio`"),
        (
            good[..item].to_owned(),
            "EOF while parsing a list at line 1",
        ),
        (
            edited("\"version\":1", "\"version\":2"),
            "of version 2; this version of Curio reads version 1",
        ),
        (
            edited("\"version\":1", "\"version\":NaN"),
            "at line 1 column",
        ),
        (
            edited("\"taste\"", "\"backup\""),
            "it says that it is \"backup\"",
        ),
        (
            edited("imdb:0001", "imdb:0000"),
            "the key \"imdb:0000\" stands twice at line 1 column",
        ),
        (
            edited("\"loved\"", "\"adored\""),
            "unknown variant `adored`",
        ),
        (
            edited("\"loved\"", "\"loved\",\"at\":1767323045000"),
            "unknown field `at`",
        ),
        (
            edited(
                "\"key\":\"imdb:0000\"",
                "\"key\":\"imdb:0000\",\"key\":\"imdb:0000\"",
            ),
            "duplicate field `key`",
        ),
        (
            edited("\"Film 0\"", "\" \""),
            "no key or no title at line 1",
        ),
        (
            edited("\"Film 0\"", &format!("\"{}\"", "x".repeat(70_000))),
            "at most 65536 can be kept at line 1",
        ),
        (
            edited("\"kind\":\"film\"", "\"kind\":\"film\",\"year\":1e400"),
            "at line 1 column",
        ),
        (
            edited("\"Friend\"", "\"\\u0007\""),
            "a friend needs a name at line 1",
        ),
        (
            edited("\"Friend\"", &format!("\"{}\"", "n".repeat(101))),
            "at most 100 characters, not 101",
        ),
        (taste("Empty", []), "there is no item in it at line 1"),
        (format!("{good}{good}"), "trailing characters at line 1"),
        ("[".repeat(100_000), "at line 1"),
        (" ".repeat((8 << 20) + 1), "is larger than the 8 MB"),
    ]
}

#[test]
fn a_damaged_file_is_refused_or_read_and_never_a_panic() {
    let home = Home::with_films(6);
    let good = taste("Friend", [(0, "loved"), (1, "disliked"), (5, "liked")]).into_bytes();
    let file = home.path("x.json");
    let mut read = 0;
    let mut dice: u64 = 9;
    for _ in 0..600 {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let mut bytes = good.clone();
        let place = (dice >> 33) as usize % bytes.len();
        match dice >> 30 & 3 {
            0 => bytes.truncate(place),
            1 => bytes[place] = (dice >> 40) as u8,
            2 => drop(bytes.remove(place)),
            _ => bytes[place] ^= 1 << (dice >> 60 & 7),
        }
        fs::write(&file, &bytes).unwrap();
        if let Ok(friend) = tastefile::read(&file) {
            read += 1;
            // What was read can be written, and is then read as the same.
            tastefile::write(&file, &friend).unwrap();
            assert_eq!(tastefile::read(&file).unwrap(), friend);
        }
    }
    assert!((10..590).contains(&read), "{read}");
}

#[test]
fn sharing_spares_files_that_are_not_its_own_and_has_something_to_say() {
    let home = Home::with_films(6);
    let ann = home.profile("ann", &[(1, Action::Rate(3.0)), (2, Action::View)]);
    let file = home.path("ann.json");
    let nothing = home.engine.share_taste(ann, "Ann", &file).unwrap_err();
    assert!(
        nothing.to_string().contains("no taste to share"),
        "{nothing}"
    );
    assert!(!file.exists());
    home.record(ann, 3, Action::Like, AT);
    assert!(home.engine.share_taste(ann, "  ", &file).is_err());
    assert!(home.engine.share_taste(ProfileId(7), "x", &file).is_err());
    for text in ["", "{}", "{\"curio\":\"else\",\"version\":1}", "my notes"] {
        fs::write(&file, text).unwrap();
        let refused = home.engine.share_taste(ann, "Ann", &file).unwrap_err();
        assert!(refused.to_string().contains("no taste file of Curio"));
        assert_eq!(fs::read_to_string(&file).unwrap(), text);
    }
    fs::remove_file(&file).unwrap();
    home.engine.share_taste(ann, "Ann", &file).unwrap();
    home.record(ann, 4, Action::Like, AT);
    home.engine.share_taste(ann, "Ann", &file).unwrap();
    assert_eq!(tastefile::read(&file).unwrap().opinions.len(), 2);
    assert!(!home.path("ann.json.part").exists());
    // Editors put a mark first; it is no reason to refuse.
    let text = fs::read_to_string(&file).unwrap();
    let marked = home.write("marked.json", &format!("\u{feff}{text}"));
    let friend: Friend = tastefile::read(&marked).unwrap();
    assert_eq!(friend, tastefile::read(&file).unwrap());
}

//! Friends: a taste shared as a file holds no more than it says, comes back the same, and counts as
//! a neighbour's.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use curio_engine::behaviour::{Action, ProfileId};
use curio_engine::catalogue::{Item, ItemId, Kind};
use curio_engine::features::{Features, TextVectors};
use curio_engine::friend::{Friend, Verdict};
use curio_engine::neighbours::{Neighbours, Reach, Trace};
use curio_engine::sheet::ITEM_HEADER;
use curio_engine::signal::{Scope, Signal};
use curio_engine::store::Store;
use curio_engine::view::{ExportFormat, FriendView, Recommendations, Request};
use curio_engine::{Engine, ErrorKind, ImportOptions, Settings, Watch, backup, tastefile};
use serde_json::{Value, json};
use tempfile::TempDir;

/// 2026-01-02 03:04:05 UTC.
const AT: i64 = 1_767_323_045_000;
const GENRES: [&str; 4] = ["Drama", "Comedy", "Western", "Horror"];

/// One machine: a data folder and what lies around it.
struct Home {
    engine: Engine,
    folder: TempDir,
}

impl Home {
    fn over(folder: TempDir) -> Self {
        let engine = Engine::open(Settings {
            data: folder.path().join("data"),
            models: folder.path().join("models"),
            encoder: Some("english".to_owned()),
        });
        Self {
            engine: engine.unwrap(),
            folder,
        }
    }

    /// A home with so many films of four genres, all known as well.
    fn with_films(count: u32) -> Self {
        let home = Self::over(TempDir::new().unwrap());
        let rows = (0..count).map(|n| {
            let (year, by) = (format!("{}", 1900 + n % 100), format!("By {}", n % 16));
            row(
                &format!("imdb:{n:04}"),
                &format!("Film {n}"),
                &year,
                &by,
                GENRES[n as usize % 4],
            )
        });
        let text = catalogue(rows);
        home.import("catalogue.csv", &text);
        home
    }

    fn import(&self, name: &str, text: &str) {
        let file = self.write(name, text);
        let done = self
            .engine
            .import(&file, &ImportOptions::default(), AT, &Watch::NONE)
            .unwrap();
        assert_eq!(done.rejected, 0, "{done:?}");
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path
    }

    fn profile(&self, name: &str, deeds: &[(u32, Action)]) -> ProfileId {
        let profile = self.engine.add_profile(name).unwrap().id;
        for (n, (item, action)) in deeds.iter().enumerate() {
            self.record(profile, *item, *action, AT + n as i64);
        }
        profile
    }

    fn record(&self, profile: ProfileId, item: u32, action: Action, at: i64) {
        self.engine
            .record(profile, ItemId(item), action, "test", "", at)
            .unwrap();
    }

    fn list(&self, profile: ProfileId) -> Recommendations {
        let request = Request {
            n: 1000,
            ..Request::default()
        };
        self.engine.recommend(profile, &request, AT).unwrap()
    }

    /// What is closed and opened again.
    fn reopened(self) -> Self {
        let Self { engine, folder } = self;
        drop(engine);
        let home = Self::over(folder);
        assert_eq!(home.engine.status().notices, Vec::<String>::new());
        home
    }
}

/// A film as Curio exports it, which is how a key of one's choice comes in.
fn row(key: &str, title: &str, year: &str, creators: &str, genre: &str) -> String {
    format!("{key},film,{title},{year},{creators},,{genre},,,,,500,,,,\n")
}

fn catalogue(rows: impl Iterator<Item = String>) -> String {
    format!("{}\n{}", ITEM_HEADER.join(","), rows.collect::<String>())
}

/// A taste file of somebody who thinks so of the films with these numbers.
fn taste(name: &str, opinions: impl IntoIterator<Item = (u32, &'static str)>) -> String {
    let items: Vec<Value> = opinions
        .into_iter()
        .map(|(n, verdict)| {
            json!({
                "key": format!("imdb:{n:04}"),
                "title": format!("Film {n}"),
                "kind": "film",
                "verdict": verdict,
            })
        })
        .collect();
    json!({ "curio": "taste", "version": 1, "name": name, "items": items }).to_string()
}

fn loved(numbers: impl Iterator<Item = u32>) -> impl Iterator<Item = (u32, &'static str)> {
    numbers.map(|n| (n, "loved"))
}

fn ranks(list: &Recommendations) -> HashMap<ItemId, f64> {
    let ranked = list.items.iter();
    ranked.map(|one| (one.item.id, one.rank as f64)).collect()
}

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
fn a_taste_goes_from_one_folder_to_another_and_waits_for_what_is_not_there() {
    let home = Home::with_films(12);
    let likes: Vec<_> = (0..6).map(|n| (n, Action::Like)).collect();
    let ann = home.profile("ann", &likes);
    let file = home.path("ann.json");
    home.engine.share_taste(ann, "Ann", &file).unwrap();

    let there = Home::over(TempDir::new().unwrap());
    // 0 has its key; 1 another key, and "film" in capitals; 2 and 3 are of another year and of
    // another maker; 4 stands there twice; 5 is to come.
    let rows = [
        row("imdb:0000", "Titled otherwise", "1900", "", "Drama"),
        row("tmdb:77", "FILM 1", "1901", "By 1|Another", "Drama"),
        row("tmdb:78", "Film 2", "1972", "By 2", "Drama"),
        row("tmdb:79", "Film 3", "1903", "By somebody else", "Drama"),
        row("tmdb:80", "Film 4", "1904", "", "Drama"),
        row("tmdb:81", "Film 4", "", "By 4", "Drama"),
    ];
    there.import("some.csv", &catalogue(rows.into_iter()));
    let bob = there.profile("bob", &[(0, Action::Like), (1, Action::Dislike)]);
    let added = there.engine.add_friend(&file).unwrap();
    let found = (added.by_key, added.by_title, added.missing);
    assert_eq!((found, added.replaced), ((1, 1, 4), false));
    let friends = there.engine.friends().unwrap();
    assert_eq!(friends, [added.friend]);
    let FriendView {
        name,
        items,
        known,
        ties,
    } = &friends[0];
    assert_eq!((name.as_str(), *items, *known), ("Ann", 6, 2));
    assert_eq!((ties[0].profile, ties[0].common), (bob, 2));
    assert_eq!(ties[0].agreement, 0.0, "once alike, once not");

    let more = row("other:5", "Film 5", "1905", "", "Drama");
    there.import("more.csv", &catalogue([more].into_iter()));
    assert_eq!(there.engine.friends().unwrap()[0].known, 3);

    // What is shared on from there is what was said there, not what the friend said.
    let on = there.path("bob.json");
    there.engine.share_taste(bob, "Bob", &on).unwrap();
    assert_eq!(tastefile::read(&on).unwrap().count(Verdict::Loved), 1);
}

#[test]
fn a_number_of_ones_own_is_no_key_between_two_catalogues() {
    let home = Home::over(TempDir::new().unwrap());
    home.import("a.csv", "id,title,year\n1,Solaris,1972\n2,Stalker,1979\n");
    assert_eq!(
        home.engine.show(ItemId(0)).unwrap().key,
        "id:1",
        "or this says nothing"
    );
    let item = |key: &str, title: &str| json!({ "key": key, "title": title, "year": 1979, "kind": "other", "verdict": "loved" });
    let items = [item("id:1", "Stalker"), item("id:9", "Solaris")];
    let text = json!({ "curio": "taste", "version": 1, "name": "x", "items": items }).to_string();
    let added = home
        .engine
        .add_friend(&home.write("x.json", &text))
        .unwrap();
    assert_eq!((added.by_key, added.by_title, added.missing), (0, 1, 1));
}

#[test]
fn a_friend_is_replaced_by_name_and_survives_restart_backup_and_restore() {
    let home = Home::with_films(20);
    let ann = home.profile("ann", &[(0, Action::Like)]);
    let first = home.write("1.json", &taste("Zoë", loved(0..9)));
    let second = home.write("2.json", &taste("Zoë", [(3, "liked"), (0, "disliked")]));
    let third = home.write("3.json", &taste("Abe", loved(4..6)));
    assert!(!home.engine.add_friend(&first).unwrap().replaced);
    assert!(home.engine.add_friend(&second).unwrap().replaced);
    home.engine.add_friend(&third).unwrap();
    let friends = home.engine.friends().unwrap();
    let told: Vec<_> = friends.iter().map(|f| (f.name.as_str(), f.items)).collect();
    assert_eq!(told, [("Abe", 2), ("Zoë", 2)]);
    assert_eq!(friends[1].ties[0].agreement, -1.0);

    let home = home.reopened();
    assert_eq!(home.engine.friends().unwrap(), friends);
    // A like after the friend is in the same journal.
    home.record(ann, 1, Action::Like, AT);
    let home = home.reopened();
    assert_eq!(home.engine.friends().unwrap(), friends);

    let archive = home.path("all.zip");
    let written = home.engine.backup(&archive, AT).unwrap();
    assert_eq!((written.friends, written.entries), (2, 2));
    home.engine.remove_friend("Zoë").unwrap();
    assert_eq!(home.engine.friends().unwrap().len(), 1);
    home.engine.restore(&archive, AT).unwrap();
    assert_eq!(home.engine.friends().unwrap(), friends);

    // What an export writes of them adds them again.
    let folder = home.path("export");
    assert_eq!(
        home.engine
            .export(&folder, ExportFormat::Csv, None)
            .unwrap()
            .friends,
        2
    );
    home.engine
        .export(&folder, ExportFormat::Csv, None)
        .unwrap();
    let other = Home::with_films(20);
    for file in ["friend-1.json", "friend-2.json"] {
        other.engine.add_friend(&folder.join(file)).unwrap();
    }
    let all = |home: &Home| {
        let file = home.path("contents.zip");
        home.engine.backup(&file, AT).unwrap();
        backup::read(&file).unwrap().friends
    };
    assert_eq!(all(&other), all(&home));
}

#[test]
fn a_removed_friend_leaves_nothing_and_the_database_can_go() {
    let home = Home::with_films(20);
    let file = home.write("1.json", &taste("Zoë", loved(0..9)));
    home.engine.add_friend(&file).unwrap();
    let Home { engine, folder } = home;
    drop(engine);
    // The journal alone gives the friend back.
    let store = folder.path().join("data/store");
    fs::remove_dir_all(store.join("sled")).unwrap();
    let home = Home::over(folder);
    assert_eq!(home.engine.friends().unwrap()[0].items, 9);
    home.engine.remove_friend("Zoë").unwrap();
    assert!(home.engine.remove_friend("Zoë").is_err());
    let Home { engine, folder } = home;
    drop(engine);
    for part in ["journal", "sled"] {
        for file in fs::read_dir(store.join(part)).unwrap() {
            let file = file.unwrap().path();
            if file.is_file() {
                let bytes = fs::read(&file).unwrap();
                let name = "Zoë".as_bytes();
                let found = bytes.windows(name.len()).any(|w| w == name);
                assert!(!found, "{} still holds the name", file.display());
            }
        }
    }
    drop(folder);
}

#[test]
fn what_was_written_before_there_were_friends_still_opens() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden");
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let mut archive =
        zip::ZipArchive::new(fs::File::open(golden.join("store-1.zip")).unwrap()).unwrap();
    archive.extract(&data).unwrap();
    fs::create_dir_all(data.join("store/sled/blobs")).unwrap();
    let (store, notices) = Store::open(&data).unwrap();
    assert_eq!(notices, Vec::<String>::new());
    let contents = store.contents().unwrap();
    drop(store);
    assert_eq!((contents.items.len(), contents.entries()), (11, 4));
    let home = Home::over(folder);
    let ann = home.engine.find_profile("Ann").unwrap();
    home.record(ann, 2, Action::Like, AT);
    let home = home.reopened();
    let file = home.path("ann.json");
    home.engine.share_taste(ann, "Cy", &file).unwrap();
    home.engine.add_friend(&file).unwrap();
    let home = home.reopened();
    assert_eq!(home.engine.friends().unwrap()[0].known, 3);

    home.engine
        .restore(&golden.join("backup-1.zip"), AT)
        .unwrap();
    assert_eq!(home.engine.friends().unwrap(), []);
    let file = home.path("now.zip");
    home.engine.backup(&file, AT).unwrap();
    let mut restored = backup::read(&file).unwrap();
    // The stamp of the catalogue counts on.
    restored.settings.clone_from(&contents.settings);
    assert_eq!(restored, contents);
}

#[test]
fn a_friend_moves_the_list_of_who_agrees_most_and_is_gone_without_a_trace() {
    let home = Home::with_films(240);
    // Enough company from the start, so that only the friend changes.
    let filler = home.write("filler.json", &taste("Filler", loved(180..230)));
    home.engine.add_friend(&filler).unwrap();
    let with = |liked: Action, other: Action| {
        let deeds = (0..10).map(|n| (n, if n % 2 == 0 { liked } else { other }));
        deeds.collect::<Vec<_>>()
    };
    let ann = home.profile("ann", &with(Action::Like, Action::Dislike));
    let ben = home.profile("ben", &with(Action::Dislike, Action::Like));
    let before = [ann, ben].map(|profile| home.list(profile));
    assert_eq!(before[0].scope, Scope::Company);

    let like_ann = (0..10).map(|n| (n, if n % 2 == 0 { "loved" } else { "disliked" }));
    let targets = 20..60;
    let file = home.write(
        "friend.json",
        &taste("Friend", like_ann.chain(loved(targets.clone()))),
    );
    let added = home.engine.add_friend(&file).unwrap();
    let agreements: Vec<f64> = added.friend.ties.iter().map(|tie| tie.agreement).collect();
    assert_eq!(agreements, [1.0, -1.0]);
    let after = [ann, ben].map(|profile| home.list(profile));
    let [for_ann, for_ben] = [0, 1].map(|n| {
        let (before, after) = (ranks(&before[n]), ranks(&after[n]));
        let risen = targets.clone().map(|item| {
            let item = ItemId(item);
            before[&item] - after[&item]
        });
        risen.sum::<f64>() / targets.len() as f64
    });
    println!(
        "mean rise of what the friend loves: {for_ann} for who agrees, {for_ben} for who does not"
    );
    assert!(for_ann > 5.0, "{for_ann}");
    assert!(for_ann > for_ben + 5.0, "{for_ann} and {for_ben}");
    let kindred = |list: &Recommendations, item: u32| {
        let ranked = list.items.iter().find(|one| one.item.id == ItemId(item));
        let mut terms = ranked.unwrap().terms.iter();
        terms
            .find(|term| term.signal == Signal::CompanyKindred)
            .unwrap()
            .evidence
    };
    assert!(kindred(&after[0], 20) > 0.1);
    assert_eq!(kindred(&after[1], 20), 0.0);

    home.engine.remove_friend(" Friend ").unwrap();
    assert_eq!([ann, ben].map(|profile| home.list(profile)), before);
    let home = home.reopened();
    assert_eq!([ann, ben].map(|profile| home.list(profile)), before);
}

#[test]
fn a_taste_counts_in_all_but_what_follows_what() {
    let items: Vec<Item> = (0..8)
        .map(|n| Item {
            key: format!("test:{n}"),
            kind: Kind::Film,
            title: format!("Film {n}"),
            ..Item::default()
        })
        .collect();
    let features = Features::build(&items, TextVectors::none(8));
    let log = |items: &[u32]| -> Vec<Trace> {
        let trace = |item: &u32| Trace {
            item: ItemId(*item),
            action: Action::Like,
            at: None,
        };
        items.iter().map(trace).collect()
    };
    let logs = [log(&[0, 1, 2])];
    let alone = Neighbours::fit(&features, &logs, Reach::LIVE);
    let with = Neighbours::fit_with(&features, &logs, &[log(&[0, 4, 5])], Reach::LIVE);
    let follows = |n: &Neighbours| {
        let mut seen = Vec::new();
        for item in (0..8).map(ItemId) {
            n.each_follow(item, |other, share| {
                seen.push(("follow", item, other, share));
            });
            n.each_next(item, |other, share| seen.push(("next", item, other, share)));
            n.each_beside(item, |other, share| {
                seen.push(("beside", item, other, share));
            });
        }
        seen
    };
    assert!(!follows(&with).is_empty());
    assert_eq!(follows(&with), follows(&alone));
    let together = |n: &Neighbours| {
        let mut with_4 = 0.0;
        n.each_together(ItemId(0), |other, value| {
            if other == 4 {
                with_4 = value;
            }
        });
        with_4
    };
    assert_eq!(together(&alone), 0.0);
    assert!(together(&with) > 0.0);
    assert!(with.popularity[4] > alone.popularity[4]);
    assert_eq!(with.voters(ItemId(0)).len(), 2);
}

#[test]
fn however_much_friends_chose_no_order_comes_of_it() {
    let home = Home::with_films(5_200);
    let ann = home.profile("ann", &[(0, Action::Like)]);
    let file = home.write("much.json", &taste("Much", loved(0..5_200)));
    home.engine.add_friend(&file).unwrap();
    assert_eq!(home.list(ann).scope, Scope::Company);
    home.engine.remove_friend("Much").unwrap();
    assert_eq!(home.list(ann).scope, Scope::Alone);
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

#[test]
fn a_terminal_shares_adds_lists_and_removes() {
    let folder = TempDir::new().unwrap();
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    let catalogue = tests.join("fixtures/journey/catalogue.csv");
    fs::copy(catalogue, folder.path().join("catalogue.csv")).unwrap();
    let run = |data: &str, arguments: &[&str]| -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_curio"));
        command.current_dir(folder.path()).args(arguments);
        command.env("CURIO_DATA", folder.path().join(data));
        command.env("CURIO_MODELS", folder.path().join("models"));
        command.env_remove("COLUMNS").output().unwrap()
    };
    let page = |data: &str, arguments: &[&str]| {
        let output = run(data, arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    };
    for data in ["here", "there"] {
        page(data, &["import", "catalogue.csv"]);
        page(data, &["profile", "add", "Ann"]);
        page(data, &["record", "--profile", "Ann", "#0", "like"]);
    }
    page("here", &["record", "--profile", "Ann", "#1", "rate=4"]);
    let shared = page("here", &["friend", "share", "--profile", "Ann", "ann.json"]);
    insta::assert_snapshot!(shared, @r"
    shared the taste of Ann: 1 loved, 1 liked, 0 disliked: ann.json
      The file holds that name and, in the order of their keys, the key, title, year, kind and
      makers of these items, each with its verdict; no date, order, note, glance or undone entry.
    ");
    let under = [
        "friend",
        "share",
        "--profile",
        "Ann",
        "--as",
        "A.",
        "ann.json",
        "--json",
    ];
    let told: Value = serde_json::from_str(&page("here", &under)).unwrap();
    assert_eq!((&told["name"], &told["liked"]), (&json!("A."), &json!(1)));
    let added = page("there", &["friend", "add", "ann.json"]);
    insta::assert_snapshot!(added, @r"
    added A.: 2 items
      found here: 2 by key, 0 by title, year and maker
      agrees with Ann +1.00 over 1 item
    ");
    insta::assert_snapshot!(page("there", &["friend", "list"]), @r"
    A.                               2 items, 2 of them here
      agrees with Ann +1.00 over 1 item
    ");
    let all: Vec<FriendView> =
        serde_json::from_str(&page("there", &["friend", "list", "--json"])).unwrap();
    assert_eq!(all[0].ties[0].common, 1);
    assert_eq!(page("there", &["friend", "remove", "A."]), "removed A.\n");
    assert_eq!(
        run("there", &["friend", "remove", "A."]).status.code(),
        Some(1)
    );
    let refused = run("there", &["friend", "add", "catalogue.csv"]);
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        said.contains("catalogue.csv is not a taste file of Curio: expected"),
        "{said}"
    );
}

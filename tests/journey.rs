//! Journeys: what a person does on a terminal, with the real program, one process per command.

mod home;
mod refusals;

use std::fs;
use std::path::Path;

use curio_engine::behaviour::Action;
use curio_engine::view::{
    Activity, BackedUp, Found, Imported, ItemView, ProfileView, Recommendations, Recorded, Status,
    Weights, What, Written,
};
use serde_json::Value;

use home::Home;

#[test]
fn the_first_day_import_like_undo_and_come_back() {
    let home = Home::furnished();
    let (first, start) = (home.recommended("Ann"), home.weights("Ann"));

    let like: Recorded = home.json(&["record", "--profile", "Ann", "id:f1", "like"]);
    assert_eq!(
        like.what,
        What::Act {
            action: Action::Like
        }
    );
    assert_eq!(like.item.unwrap().title, "Solaris");
    assert!(!like.changes.is_empty(), "a like moves weights");
    let rate: Recorded = home.json(&["record", "--profile", "Ann", "Stalker", "rate=4.5"]);
    assert_eq!(rate.sequence, like.sequence + 1);

    let (liked, moved) = (home.recommended("Ann"), home.weights("Ann"));
    assert_ne!(liked, first);
    let list: Recommendations = serde_json::from_str(&liked).unwrap();
    assert_eq!(list.candidates, 9, "what was liked leaves the candidates");
    let mirror = list.items.iter().find(|r| r.item.title == "Mirror");
    let creator = mirror
        .unwrap()
        .terms
        .iter()
        .find(|t| t.signal.name() == "creator");
    assert!(creator.unwrap().evidence > 0.0, "the same director");

    assert_eq!(
        home.recommended("Ann"),
        liked,
        "another process answers the same"
    );
    assert_eq!(home.weights("Ann"), moved);

    let dislike: Recorded = home.json(&["record", "--profile", "Ann", "Alien", "dislike"]);
    assert_ne!(home.recommended("Ann"), liked);
    let undo: Recorded = home.json(&["undo", "--profile", "Ann"]);
    let sequence = dislike.sequence;
    assert_eq!(undo.what, What::Undo { sequence });
    assert_eq!(undo.item, dislike.item);
    assert_eq!(home.recommended("Ann"), liked, "bit for bit");
    assert_eq!(home.weights("Ann"), moved, "bit for bit");

    home.json::<Recorded>(&["undo", "--profile", "Ann", "#0"]);
    home.json::<Recorded>(&["undo", "--profile", "Ann", "1"]);
    assert_eq!(home.recommended("Ann"), first);
    assert_eq!(home.weights("Ann"), start);
    let log: Vec<Activity> = home.json(&["activity", "--profile", "Ann"]);
    assert_eq!(log.iter().filter(|entry| entry.undone).count(), 3);
    assert_eq!(log.len(), 6, "undo appends");
}

#[test]
fn the_terms_of_a_score_sum_to_it() {
    let home = Home::furnished();
    home.json::<Recorded>(&["record", "--profile", "Ann", "id:f1", "like"]);
    let list: Recommendations = home.json(&["recommend", "--profile", "Ann", "-n", "9"]);
    assert_eq!(list.items.len(), 9);
    assert!(list.items.is_sorted_by(|a, b| a.score >= b.score));
    for ranked in &list.items {
        let sum: f64 = ranked.terms.iter().map(|term| term.value).sum();
        assert_eq!(
            sum.to_bits(),
            ranked.score.to_bits(),
            "{}",
            ranked.item.title
        );
        assert!(!ranked.reasons.is_empty());
    }
    let page = home.page(&["recommend", "--profile", "Ann", "-n", "2", "--explain"]);
    assert_eq!(page.matches("sum").count(), 2, "{page}");
    assert!(page.contains('█') && page.contains(" × "), "{page}");
}

#[test]
fn an_import_counts_every_row_and_the_second_changes_nothing() {
    let home = Home::empty();
    let page = home.page(&["import", "catalogue.csv", "--dry-run"]);
    assert!(page.contains("a dry run"), "{page}");
    assert_eq!(home.json::<Status>(&["status"]).items, 0);

    let first: Imported = home.json(&["import", "catalogue.csv"]);
    let counts = (
        first.read,
        first.stored,
        first.updated,
        first.duplicates,
        first.rejected,
    );
    assert_eq!(counts, (12, 11, 0, 0, 1));
    assert_eq!(first.rejects[0].line, 13);
    let rejected = fs::read_to_string(first.rejected_file.map(|file| home.path(&file)).unwrap());
    assert!(rejected.unwrap().contains("It has no title."));

    home.json::<ProfileView>(&["profile", "add", "Ann"]);
    let list = home.recommended("Ann");
    let again: Imported = home.json(&["import", "catalogue.csv"]);
    let counts = (
        again.read,
        again.stored,
        again.updated,
        again.duplicates,
        again.rejected,
    );
    assert_eq!(counts, (12, 0, 0, 11, 1));
    assert_eq!(home.recommended("Ann"), list);

    let counts: Value = home.json(&["import", "catalogue.csv"]);
    for count in ["read", "stored", "updated", "duplicates", "rejected"] {
        assert!(counts[count].is_u64(), "{count} in {counts}");
    }
}

#[test]
fn a_history_becomes_a_profile() {
    let home = Home::furnished();
    let options = ["--as", "interactions"];
    let told: Imported = home.json(&[&["import", "history.csv"], &options[..]].concat());
    assert_eq!(
        (told.read, told.stored, told.rejected),
        (3, 3, 0),
        "{told:?}"
    );
    let profiles: Vec<ProfileView> = home.json(&["profile", "list"]);
    let names: Vec<(&str, usize)> = profiles
        .iter()
        .map(|p| (p.name.as_str(), p.entries))
        .collect();
    assert_eq!(names, [("Ann", 0), ("Cleo", 3)]);
    let log: Vec<Activity> = home.json(&["activity", "--profile", "Cleo"]);
    let said: Vec<What> = log.iter().map(|entry| entry.what.clone()).collect();
    let acts = [Action::Dislike, Action::Rate(4.0), Action::Like];
    assert_eq!(
        said,
        acts.map(|action| What::Act { action }),
        "newest first"
    );
    insta::assert_snapshot!(home.page(&["activity", "--profile", "Cleo"]), @"
        #2  2024-01-03 10:00  dislike          Alien
        #1  2024-01-02 10:00  rate=4           Metropolis
        #0  2024-01-01 10:00  like             City Lights
    ");
}

#[test]
fn words_find_items_in_any_script_and_say_where() {
    let home = Home::furnished();
    let titles = |words: &[&str]| -> Vec<String> {
        let found: Found = home.json(&[&["search"], words].concat());
        found.hits.into_iter().map(|hit| hit.item.title).collect()
    };
    assert_eq!(titles(&["solaris"]), ["Solaris", "Solaris"]);
    assert_eq!(titles(&["tarkovski", "memory"])[..2], ["Mirror", "Solaris"]);
    assert_eq!(titles(&["Робинзон"]), ["Робинзон Крузо"]);
    assert_eq!(titles(&["爱情"]), ["红楼梦"]);
    assert_eq!(titles(&["solaris", "--kind", "book"]), ["Solaris"]);
    assert_eq!(titles(&["xyzzy"]), [""; 0]);
    insta::assert_snapshot!(home.page(&["search", "红楼"]), @"   1 红楼梦                              1791 曹雪芹                  book    #9      title");
    insta::assert_snapshot!(home.page(&["search", "xyzzy"]), @r#"Nothing was found for "xyzzy"."#);
}

#[test]
fn an_item_is_shown_with_its_estimates_marked() {
    let home = Home::furnished();
    insta::assert_snapshot!(home.page(&["show", "Mirror"]), @"
    Mirror #2 id:f3
    kind         film
    year         1975
    by           Andrei Tarkovsky
    with         Margarita Terekhova
    genres       Drama
    tags         memory, childhood
    languages    Russian
    popularity   60.00

    A dying man remembers his childhood.
    ");
    let lamp: ItemView = home.json(&["show", "Desk lamp"]);
    assert!(lamp.year.is_none_or(|year| year.filled));
    assert_eq!(home.json::<ItemView>(&["show", "id:p1"]).title, "Desk lamp");
    assert_eq!(home.json::<ItemView>(&["show", "0"]).title, "Solaris");
}

#[test]
fn a_weight_set_by_hand_stays_until_it_is_let_go() {
    let home = Home::furnished();
    let prior: Weights = home.json(&["weights", "--profile", "Ann"]);
    let weight = |weights: &Weights, name: &str| {
        let one = weights
            .weights
            .iter()
            .find(|w| w.signal.name() == name)
            .unwrap();
        (one.weight, one.pinned)
    };
    let set = ["weights", "--profile", "Ann", "--set", "genre=2", "--pin"];
    assert_eq!(weight(&home.json(&set), "genre"), (2.0, true));
    home.json::<Recorded>(&["record", "--profile", "Ann", "Metropolis", "like"]);
    let after: Weights = home.json(&["weights", "--profile", "Ann"]);
    assert_eq!(weight(&after, "genre"), (2.0, true));
    assert_ne!(weight(&after, "popularity"), weight(&prior, "popularity"));
    let page = home.page(&["weights", "--profile", "Ann"]);
    let genre = page.lines().find(|line| line.starts_with("genre"));
    assert!(genre.is_some_and(|line| line.ends_with("pinned")), "{page}");

    let free: Weights = home.json(&["weights", "--profile", "Ann", "--unpin", "genre"]);
    assert_eq!(weight(&free, "genre"), (2.0, false));
    let reset: Weights = home.json(&["weights", "--profile", "Ann", "--reset"]);
    assert_eq!(weight(&reset, "genre"), weight(&prior, "genre"));
}

#[test]
fn profiles_come_and_go() {
    let home = Home::furnished();
    home.json::<ProfileView>(&["profile", "add", "李雷"]);
    assert!(
        home.refused(1, &["profile", "add", "Ann"])
            .starts_with("curio: ")
    );
    home.json::<ProfileView>(&["profile", "rename", "Ann", "Anna"]);
    let gone: ProfileView = home.json(&["profile", "remove", "Anna"]);
    assert_eq!(gone.name, "Anna");
    let profiles: Vec<ProfileView> = home.json(&["profile", "list"]);
    let names: Vec<&str> = profiles
        .iter()
        .map(|profile| profile.name.as_str())
        .collect();
    assert_eq!(names, ["李雷"]);
    insta::assert_snapshot!(home.page(&["profile", "list"]), @"李雷                             0 entries");
}

#[test]
fn help_and_version_are_answers() {
    let home = Home::empty();
    assert!(home.page(&["--help"]).contains("recommend"));
    assert!(home.page(&["--version"]).starts_with("curio "));
    assert!(!home.path("data").exists(), "nothing was opened for it");
}

#[test]
fn a_backup_puts_everything_back() {
    let home = Home::furnished();
    home.json::<Recorded>(&["record", "--profile", "Ann", "Mirror", "like"]);
    let (list, weights) = (home.recommended("Ann"), home.weights("Ann"));
    let written: Written = home.json(&["backup", "all.zip"]);
    assert_eq!(
        (written.items, written.profiles, written.entries),
        (11, 1, 1)
    );

    home.json::<Recorded>(&["record", "--profile", "Ann", "Alien", "like"]);
    home.json::<ProfileView>(&["profile", "add", "Bob"]);
    let held: BackedUp = home.json(&["restore", "all.zip", "--dry-run"]);
    assert_eq!((held.items, held.profiles, held.entries), (11, 1, 1));
    let profiles: Vec<ProfileView> = home.json(&["profile", "list"]);
    assert_eq!(profiles.len(), 2, "a dry run changes nothing");
    let restored: Written = home.json(&["restore", "all.zip"]);
    assert_eq!(home.recommended("Ann"), list);
    assert_eq!(home.weights("Ann"), weights);
    home.json::<Written>(&["restore", &restored.before.unwrap()]);
    let profiles: Vec<ProfileView> = home.json(&["profile", "list"]);
    assert_eq!(profiles.len(), 2, "what was there before is kept");

    let refused = home.refused(1, &["restore", "catalogue.csv"]);
    assert!(refused.starts_with("curio: "), "{refused}");
    let checked = home.refused(1, &["restore", "catalogue.csv", "--dry-run"]);
    assert_eq!(checked, refused);

    let elsewhere = Home::empty();
    let file = home.path("all.zip");
    elsewhere.json::<Written>(&["restore", file.to_str().unwrap()]);
    assert_eq!(elsewhere.recommended("Ann"), list);
}

#[test]
fn an_export_is_read_back_to_the_same() {
    let home = Home::furnished();
    home.json::<Recorded>(&["record", "--profile", "Ann", "Mirror", "like"]);
    home.json::<Recorded>(&["record", "--profile", "Ann", "Alien", "rate=2.5"]);
    let written: Written = home.json(&["export", "out"]);
    assert_eq!((written.items, written.entries), (11, 2));

    let elsewhere = Home::empty();
    for file in ["catalogue.csv", "interactions.csv"] {
        let file = home.path("out").join(file);
        let report: Imported = elsewhere.json(&["import", file.to_str().unwrap()]);
        assert_eq!(report.rejected, 0, "{report:?}");
        assert_eq!(report.stored, report.read);
    }
    assert_eq!(elsewhere.recommended("Ann"), home.recommended("Ann"));
}

#[test]
fn evaluation_and_training_run_on_files() {
    let home = Home::empty();
    let files = [
        "--catalog",
        "catalogue.csv",
        "--interactions",
        "history.csv",
    ];
    let evaluation: Value = home.json(&[&["evaluate"], &files[..]].concat());
    assert_eq!(evaluation["choices"], 2);
    let rankers = evaluation["rankers"].as_array().unwrap();
    assert_eq!(rankers[0]["name"], "popularity");
    for ranker in rankers {
        for metric in ["ndcg@10", "hr@10", "mrr", "hr@50", "recall@50", "coverage"] {
            let value = ranker[metric].as_f64().unwrap();
            assert!((0.0..=1.0).contains(&value), "{metric} of {ranker}");
        }
    }
    let page = home.page(&[&["evaluate"], &files[..]].concat());
    assert!(page.contains("alone: online weights"), "{page}");
    assert_eq!(
        home.json::<Status>(&["status"]).items,
        0,
        "the store is not touched"
    );
}

#[test]
fn a_damaged_store_is_rebuilt_without_the_databases_own_cries() {
    let home = Home::furnished();
    for words in ["words and ", "other words and "] {
        let text = words.repeat(60);
        let rows: String = (0..1_500).map(|n| format!("Film {n},{text}\n")).collect();
        let file = format!("title,description\n{rows}");
        fs::write(home.path("big.csv"), file).unwrap();
        home.json::<Imported>(&["import", "big.csv"]);
    }
    let db = home.path("data/store/sled/db");
    let whole = fs::read(&db).unwrap();
    let mut rebuilt = 0;
    for part in 1..12 {
        fs::write(&db, &whole[..whole.len() * part / 12]).unwrap();
        let output = home.run(&["profile", "list"]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{part}: {said}");
        assert!(!said.contains("panicked"), "{part}: {said}");
        rebuilt += usize::from(said.contains("built anew"));
    }
    assert!(rebuilt > 6, "{rebuilt} of 11 damages were noticed");
}

#[test]
fn the_commands_of_the_readme_succeed() {
    let home = Home::empty();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    fs::create_dir(home.path("samples")).unwrap();
    for sample in ["samples/films.csv", "samples/games.csv"] {
        fs::copy(root.join(sample), home.path(sample)).unwrap();
    }
    fs::create_dir(home.path("Music")).unwrap();
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let code = readme.split("```").skip(1).step_by(2);
    let commands = code
        .flat_map(str::lines)
        .filter(|line| line.starts_with("curio "))
        // Those want an encoder; they are run where there is one.
        .filter(|line| !line.starts_with("curio encode"));
    let mut run = 0;
    for line in commands {
        let page = home.typed(line);
        let found = !line.starts_with("curio search") || page.contains("Voyage dans la Lune");
        assert!(found, "{line} says {page}");
        run += 1;
    }
    assert!(run > 6, "{run} commands");
}

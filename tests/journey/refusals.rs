//! What is said where something is wrong.

use std::fs;

use curio_engine::view::Imported;
use serde_json::Value;

use super::home::Home;

#[test]
fn what_is_wrong_is_said_with_an_exit_code_of_one() {
    let home = Home::furnished();
    let mut said = Vec::new();
    for arguments in [
        &["show", "Nothing of the kind"][..],
        &["show", "Solaris"],
        &["recommend", "--profile", "Bob"],
        &["recommend", "--profile", "ann"],
        &["show", "Stakler"],
        &["recommend", "--profile", "Ann", "-n", "0"],
        &["record", "--profile", "Ann", "Mirror", "adore"],
        &["record", "--profile", "Ann", "Mirror", "rate=6"],
        &["weights", "--profile", "Ann", "--set", "gernes=2"],
        &["undo", "--profile", "Ann"],
        &["undo", "--profile", "Ann", "first"],
        &["import", "data"],
        &["frobnicate"],
    ] {
        said.push(home.refused(1, arguments));
    }
    insta::assert_snapshot!(said.join("\n"), @r#"
    curio: no item called "Nothing of the kind"
    curio: "Solaris" is the title of 2 items; use one of the ids #0, #7
    curio: no profile called "Bob"
    curio: no profile called "ann"; did you mean "Ann"?
    curio: no item called "Stakler"; did you mean "Stalker"?
    curio: a list has 1 to 1000 items
    curio: invalid value 'adore' for '<ACTION>': the actions are like, dislike, rate=0.5 to rate=5, view, open, finish, abandon, buy, want, hide and comment
    curio: invalid value 'rate=6' for '<ACTION>': the actions are like, dislike, rate=0.5 to rate=5, view, open, finish, abandon, buy, want, hide and comment
    curio: invalid value 'gernes=2' for '--set <SIGNAL=VALUE>': the signals are meaning, meaning_lately, nearest_liked, nearest_lately, nearest_disliked, theme, genre, genre_beyond, genre_lately, people, people_lately, creator, keyword, title_lately, language, era, era_lately, era_now, popularity, popularity_newcomer, popularity_lately, quality, quality_newcomer, quality_lately, newness, fresh, upcoming, company_item, company_ease, company_kindred, company_follows, company_next, company_beside, company_item_lately, company_ease_lately, company_seen_lately
    curio: there is nothing to undo
    curio: invalid value 'first' for '[SEQUENCES]...': entries have numbers, such as 12 or #12
    curio: cannot import data: it is a folder, not a file; media folders are added as such (folder add PATH)
    curio: unrecognized subcommand 'frobnicate'

    Usage: curio [OPTIONS] <COMMAND>
    "#);
    let missing = home.refused(1, &["import", "missing.csv"]);
    assert!(
        missing.starts_with("curio: cannot open missing.csv: "),
        "{missing}"
    );
}

#[test]
fn a_file_of_which_nothing_goes_in_is_a_failure() {
    let home = Home::furnished();
    fs::write(home.path("bad.csv"), "title,year\nSolaris,soon\n").unwrap();
    let done = home.run(&["import", "bad.csv"]);
    assert_eq!(done.status.code(), Some(1));
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(said, "curio: no row of it could be taken in\n");
    assert!(!done.stdout.is_empty(), "what came of it is told too");
    fs::write(home.path("odd.csv"), "title~year\nSolaris~1972\n").unwrap();
    let said = home.refused(1, &["import", "odd.csv"]);
    assert!(said.contains("--map delimiter=~)"), "{said}");
    let film: Imported = home.json(&["import", "odd.csv", "--map", "delimiter=~"]);
    assert_eq!(film.stored, 1);
}

#[test]
fn an_error_is_json_where_json_is_asked_for() {
    let home = Home::furnished();
    for arguments in [
        ["show", "Nothing", "--json"],
        ["frobnicate", "now", "--json"],
    ] {
        let said: Value = serde_json::from_str(&home.refused(1, &arguments)).unwrap();
        assert_eq!(said["kind"], "user", "{said}");
        assert!(said["message"].is_string(), "{said}");
    }
}

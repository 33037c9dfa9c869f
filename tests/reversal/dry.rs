//! An import that is looked at before anything is written.

use curio_engine::view::Imported;
use curio_engine::{ErrorKind, ImportOptions, Watch};

use super::{AT, Home, MORE};

#[test]
fn a_dry_run_shows_columns_and_examples_and_writes_nothing() {
    let mut home = Home::new();
    let before = home.all();
    let told = home.dry(MORE, &[]);
    let column = |told: &Imported, n: usize| {
        let m = &told.mapping[n];
        (m.column.clone(), m.field.clone(), m.samples.join(" | "))
    };
    assert_eq!(
        column(&told, 3),
        ("genres".into(), Some("genres".into()), "Drama".into())
    );
    assert_eq!(
        column(&told, 4),
        ("shelfmark".into(), None, "A1 | B2 | B3".into())
    );
    let examples = told.examples.unwrap();
    assert_eq!(examples.added, ["Nostalghia", "The Sacrifice"]);
    let [changed] = &examples.changed[..] else {
        panic!("{:?}", examples.changed)
    };
    let changes = changed
        .changes
        .iter()
        .map(|c| [&*c.field, &*c.before, &*c.after]);
    assert_eq!(changed.title, "Solaris");
    assert_eq!(
        changes.collect::<Vec<_>>(),
        [
            ["genres", "Science Fiction", "Drama"],
            ["shelfmark", "", "A1"]
        ]
    );
    assert!(told.fields.iter().any(|field| field == "creators"));
    assert!(
        !told
            .fields
            .iter()
            .any(|field| field == "extra" || field == "ignored")
    );

    let told = home.dry(MORE, &[("tags", "shelfmark"), ("kept", "genres")]);
    assert_eq!(column(&told, 3).1, None);
    assert_eq!(column(&told, 4).1.as_deref(), Some("tags"));
    let told = home.dry(MORE, &[("ignored", "shelfmark"), ("ignored", "genres")]);
    assert_eq!(
        [column(&told, 3).1, column(&told, 4).1],
        [Some("ignored".into()), Some("ignored".into())]
    );
    assert_eq!(
        told.examples.unwrap().changed[0].changes.len(),
        1,
        "both are left out"
    );
    let told = home.dry("profile,key,action\nBen,id:2,like\n", &[]);
    let noted = told.examples.unwrap().noted;
    assert_eq!(
        (noted[0].profile.as_str(), noted[0].title.as_str()),
        ("Ben", "Stalker")
    );
    assert_eq!(home.all(), before);
}

#[test]
fn a_file_of_unknown_columns_can_be_mapped_by_what_they_hold() {
    let mut home = Home::new();
    let text = "a,b\nIvan's Childhood,1962\n,1963\n";
    let told = home.dry(text, &[]);
    assert_eq!(
        told.problem.as_deref(),
        Some("no column holds a title or an item")
    );
    assert_eq!(
        (told.read, told.mapping[0].samples[0].as_str()),
        (0, "Ivan's Childhood")
    );
    let told = home.dry(text, &[("title", "a"), ("year", "b")]);
    assert_eq!((told.problem, told.stored, told.rejected), (None, 1, 1));
    let path = home.file("a.csv", text);
    let written = home
        .engine()
        .import(&path, &ImportOptions::default(), AT, &Watch::NONE);
    assert_eq!(written.unwrap_err().kind(), ErrorKind::User);
}

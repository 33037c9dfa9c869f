//! The journey of a first day in the real window: the program as it is shipped, its engine, encoder
//! and store, under WebKit. Few and slow by nature; what can be tested without a window is elsewhere.
//!
//! With `CURIO_SCREENSHOT=FILE.png` it also leaves a picture of the window after three likes, with
//! `CURIO_SCREENS=FOLDER` one of every screen; `scripts/screens` does that.

mod pictures;
mod steps;
mod webdriver;

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs};

use serde::Deserialize;
use tempfile::TempDir;

use crate::webdriver::App;

const PROGRAM: &str = env!("CARGO_BIN_EXE_curio-desktop");
/// Importing and encoding the sample library on a slow machine, unoptimised.
const IMPORT: Duration = Duration::from_mins(5);

/// For what is there as soon as the page has drawn it.
const PATIENCE: Duration = Duration::from_secs(30);

const CARD: &str = "[data-testid=list] [data-testid=card]";

#[test]
fn picks_likes_a_joint_list_and_a_basket_move_the_window_and_a_restart_keeps_all() {
    let home = Home::new();

    let app = home.open();
    app.fill("[data-testid=welcome-name]", "Ada");
    app.click("[data-testid=welcome-next]");
    app.click("[data-testid=welcome-sample]");
    pick_two(&app);
    let first = Page::when(&app, "a first list", |page| !page.cards.is_empty());
    assert!(first.weights.len() > 10, "{first:?}");

    app.click(&format!("{CARD} [data-testid=like]"));
    let liked = Page::when(&app, "the like to move the weights", |page| {
        page.weights != first.weights
    });
    assert_ne!(liked.cards, first.cards);

    app.click("[data-testid=toast] [data-testid=undo]");
    let undone = Page::when(&app, "the undo to move the weights", |page| {
        page.weights != liked.weights
    });
    assert_eq!(undone, first);

    for likes in 1..=3 {
        app.click(&format!("{CARD}:not([data-state=like]) [data-testid=like]"));
        Page::when(&app, &format!("like {likes}"), |page| page.liked() == likes);
    }
    app.click("[data-testid=refresh]");
    Page::when(&app, "the liked to leave the list", |page| {
        page.liked() == 0
    });
    if let Some(file) = env::var_os("CURIO_SCREENSHOT") {
        fs::write(file, app.screenshot()).expect("the picture is written");
    }

    buy_two(&app);
    invite(&app);
    let joint = together(&app);
    insights(&app);
    let log = activity(&app);
    // Two picks, a like and its undo, three likes, two things bought.
    assert_eq!(log.len(), 9, "{log:?}");
    app.click("[data-testid=go-for_you]");
    let last = Page::when(&app, "the list at the end", |page| !page.cards.is_empty());
    drop(app);

    let again = home.open();
    let kept = Page::when(&again, "the list after a restart", |page| {
        !page.cards.is_empty()
    });
    assert_eq!(kept, last);
    assert_eq!(activity(&again), log);
    assert_eq!(together(&again), joint);

    steps::search(&again);
    steps::browse(&again);
    steps::pin(&again);
    steps::keys(&again);
    let barriers = steps::barriers(&again);
    assert!(barriers.is_empty(), "{barriers:#?}");
    if let Some(folder) = env::var_os("CURIO_SCREENS") {
        pictures::take(&again, Path::new(&folder), home.0.path());
    }
    drop(again);

    if let Some(folder) = env::var_os("CURIO_SCREENS") {
        let file = home.0.path().join("bibliothek.csv");
        fs::write(&file, pictures::SHELF).expect("a file is written");
        pictures::of_file(&home.open_with(&[file]), Path::new(&folder));
    }

    let file = home.0.path().join("books.csv");
    fs::write(&file, BOOKS).expect("a file is written");
    let opened = home.open_with(&[file]);
    steps::import(&opened);
}

/// Two books, and a row that is none.
const BOOKS: &str = "\
title,author,year,genres,kind
The Quiet Orrery,Ida Marsh,1987,Fantasy,book
,Nobody,1990,Fantasy,book
A Lamp for the Ferryman,Jonas Veldt,2003,Drama,book
";

/// Picks two things after the first import; the list beside them follows, and leads to the window.
fn pick_two(app: &App) {
    const PICK: &str = "[data-testid=picks] [data-testid=pick]";
    app.appears(PICK, IMPORT);
    let lines = |app: &App| texts(app, "[data-testid=first-line]", "item");
    let before = app.until("the list beside the picks", lines, |lines| lines.len() > 4);
    for picked in 1..=2 {
        app.click(&format!("{PICK}[aria-pressed=false]"));
        let pressed = format!("{PICK}[aria-pressed=true]");
        let count = |app: &App| texts(app, &pressed, "testid").len();
        app.until(&format!("pick {picked}"), count, |count| *count == picked);
    }
    app.until("the list to follow the picks", lines, |lines| {
        *lines != before
    });
    app.click("[data-testid=picks-done]");
}

/// Puts two things in the basket, the second from what goes with the first, and records them.
fn buy_two(app: &App) {
    app.click("[data-testid=go-basket]");
    app.fill("[data-testid=basket-find]", "hobbit");
    app.click("[data-testid=basket-hit] [data-testid=put][aria-pressed=false]");
    app.click("[data-testid=goes] [data-testid=put][aria-pressed=false]");
    let inside = |app: &App| texts(app, "[data-testid=in-basket]", "item").len();
    app.until("two things in the basket", inside, |count| *count == 2);
    app.click("[data-testid=buy]");
    app.appears("[data-testid=undo-all]", PATIENCE);
    app.until("the basket to be empty", inside, |count| *count == 0);
}

/// Adds another profile from the empty list together, comes back to the first, and ticks the other.
fn invite(app: &App) {
    app.click("[data-testid=go-together]");
    app.click("[data-testid=together-add]");
    app.fill("[data-testid=profile-name]", "Ben");
    app.click("[data-testid=profile-add]");
    app.appears("[data-testid=profile][data-profile='1']", PATIENCE);
    app.click("[data-testid=profile]");
    app.click("[data-testid=profile-row][data-profile='0'] [data-testid=profile-choose]");
    app.appears("[data-testid=profile][data-profile='0']", PATIENCE);
    app.click("[data-testid=member]:not(:checked)");
}

/// The list of both profiles: each item with the place of either.
fn together(app: &App) -> Vec<String> {
    app.click("[data-testid=go-together]");
    app.appears("[data-testid=shared]", PATIENCE);
    let items = texts(app, "[data-testid=shared]", "item");
    let places = texts(app, "[data-testid=share]", "place");
    assert_eq!(places.len(), 2 * items.len());
    items.into_iter().chain(places).collect()
}

/// The log judges the ranking; what two profiles chose is too little to learn from, and is refused.
fn insights(app: &App) {
    app.click("[data-testid=go-insights]");
    app.appears("[data-testid=verdict][data-verdict=few]", PATIENCE);
    app.click("[data-testid=train]");
    app.appears("[data-testid=trained][data-outcome=few]", IMPORT);
    app.appears("[data-testid=learning][data-trained=false]", PATIENCE);
}

/// The entries of the log, newest first.
fn activity(app: &App) -> Vec<String> {
    app.click("[data-testid=go-activity]");
    app.appears("[data-testid=entry]", PATIENCE);
    texts(app, "[data-testid=entry]", "sequence")
}

/// One datum of every element that matches.
fn texts(app: &App, css: &str, datum: &str) -> Vec<String> {
    let script = format!(
        "return Array.from(document.querySelectorAll('{css}'), e => e.dataset['{datum}']);"
    );
    serde_json::from_value(app.ask(&script)).expect("texts")
}

/// An empty home: no data, no settings, no cache of the window.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(TempDir::new().expect("a folder"))
    }

    fn open(&self) -> App {
        self.open_with(&[])
    }

    /// Opens the program with some files.
    fn open_with(&self, files: &[PathBuf]) -> App {
        let models = env::var_os("CURIO_MODELS").map_or_else(
            || Path::new(env!("CARGO_MANIFEST_DIR")).join("models"),
            PathBuf::from,
        );
        let folders = [
            ("CURIO_DATA", self.0.path().join("curio")),
            ("CURIO_MODELS", models),
            ("XDG_DATA_HOME", self.0.path().join("data")),
            ("XDG_CACHE_HOME", self.0.path().join("cache")),
            ("XDG_CONFIG_HOME", self.0.path().join("config")),
        ];
        App::start(PROGRAM, &folders, files)
    }
}

/// What the window shows of list and weights, to the last digit.
#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Page {
    /// Nothing is being fetched.
    rests: bool,
    cards: Vec<Card>,
    /// Signal and weight.
    weights: Vec<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Card {
    item: String,
    score: String,
    state: String,
}

impl Page {
    /// Reads the page in one piece, so that what is read belongs together.
    fn of(app: &App) -> Self {
        let page = app.ask(
            "const all = css => Array.from(document.querySelectorAll(css), e => e.dataset);
             return {
                 rests: document.querySelector('[data-testid=for-you][aria-busy=false]') !== null,
                 cards: all('[data-testid=list] [data-testid=card]')
                     .map(({ item, score, state }) => ({ item, score, state })),
                 weights: all('[data-testid=mix-panel] [data-testid^=weight-]')
                     .map(({ testid, weight }) => [testid, weight]),
             };",
        );
        serde_json::from_value(page).expect("a page")
    }

    /// How many cards are marked as liked.
    fn liked(&self) -> usize {
        self.cards
            .iter()
            .filter(|card| card.state == "like")
            .count()
    }

    /// Waits for a page at rest that shows what is wanted.
    fn when(app: &App, what: &str, wanted: impl Fn(&Self) -> bool) -> Self {
        app.until(what, Self::of, |page| page.rests && wanted(page))
    }
}

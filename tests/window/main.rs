//! The journey of a first day in the real window: the program as it is shipped, its engine, encoder
//! and store, under WebKit. Few and slow by nature; what can be tested without a window is elsewhere.
//!
//! With `CURIO_SCREENSHOT=FILE.png` it also leaves a picture of the window after three likes.

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

const CARD: &str = "[data-testid=list] [data-testid=card]";

#[test]
fn a_like_moves_list_and_weights_undo_restores_them_and_a_restart_keeps_all() {
    let home = Home::new();

    let app = home.open();
    app.fill("[data-testid=welcome-name]", "Ada");
    app.click("[data-testid=welcome-next]");
    app.click("[data-testid=welcome-sample]");
    app.appears(CARD, IMPORT);
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
    let last = Page::when(&app, "the liked to leave the list", |page| {
        page.liked() == 0
    });
    if let Some(file) = env::var_os("CURIO_SCREENSHOT") {
        fs::write(file, app.screenshot()).expect("the picture is written");
    }
    drop(app);

    let again = home.open();
    let kept = Page::when(&again, "the list after a restart", |page| {
        !page.cards.is_empty()
    });
    assert_eq!(kept, last);
}

/// An empty home: no data, no settings, no cache of the window.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(TempDir::new().expect("a folder"))
    }

    fn open(&self) -> App {
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
        App::start(PROGRAM, &folders)
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

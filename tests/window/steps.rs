//! What a person does on the second day: searches in two languages, looks along the shelves, sets a weight
//! by hand, works by keys alone, and brings a file in of which some rows are broken.

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use crate::webdriver::App;
use crate::{CARD, IMPORT, PATIENCE, Page, texts};

/// Screens by the names in the rail.
pub const SCREENS: [&str; 9] = [
    "for_you", "browse", "together", "basket", "mix", "insights", "activity", "import", "settings",
];
const HIT: &str = "[data-testid=hit]";

/// Finds by a word of the title in English, and by what it is about in Chinese.
pub fn search(app: &App) {
    let first =
        |app: &App| app.ask("return document.querySelector('[data-testid=hit]')?.innerText ?? ''");
    app.fill("[data-testid=search]", "hobbit");
    app.until("the hobbit to be found", first, |text| {
        text.as_str().is_some_and(|text| text.contains("Hobbit"))
    });
    app.fill("[data-testid=search]", "太空 科幻 电影");
    app.until("something about space to be found", first, |text| {
        text.as_str()
            .is_some_and(|text| !text.is_empty() && !text.contains("Hobbit"))
    });
    app.click("[data-testid=clear]");
}

/// Narrows the shelves down to films and turns the covers into a table.
pub fn browse(app: &App) {
    app.click("[data-testid=go-browse]");
    app.appears(HIT, PATIENCE);
    let found = |app: &App| {
        let told = app.ask("return document.querySelector('[data-testid=found]').innerText");
        let digits = told.as_str().unwrap_or_default().chars();
        let digits: String = digits.filter(char::is_ascii_digit).collect();
        digits.parse().unwrap_or(0)
    };
    let all: usize = app.until("the whole sample library", found, |count| *count > 500);
    app.click("[data-testid=facet-film]");
    app.until("fewer things", found, |count| *count < all);
    app.click("[data-testid=view-table]");
    app.appears("[role=table]", PATIENCE);
    app.click("[data-testid=view-grid]");
    app.click("[data-testid=clear]");
    app.until("everything again", found, |count| *count == all);
}

/// Sets a weight by hand, keeps it, and takes it back: the list is the same to the last digit.
pub fn pin(app: &App) {
    app.click("[data-testid=go-for_you]");
    let before = Page::when(app, "a list", |page| !page.cards.is_empty());
    app.click("[data-testid=go-mix]");
    app.appears("[data-testid=slider-genre]", PATIENCE);
    app.ask(
        "const slider = document.querySelector('[data-testid=slider-genre]');
         slider.value = slider.max;
         for (const name of ['input', 'change']) slider.dispatchEvent(new Event(name, { bubbles: true }));",
    );
    app.click("[data-testid=keep-genre]");
    app.appears("[data-testid=toast] [data-testid=undo]", PATIENCE);
    app.click("[data-testid=go-for_you]");
    Page::when(app, "the pin to move the weights", |page| {
        page.weights != before.weights
    });
    app.click("[data-testid=toast] [data-testid=undo]");
    let after = Page::when(app, "the pin to be taken back", |page| {
        page.weights == before.weights
    });
    app.click("[data-testid=refresh]");
    let again = Page::when(app, "the same list", |page| page.cards == before.cards);
    assert_eq!((after.weights, again.cards), (before.weights, before.cards));
}

/// The main job without a pointer: to the list, a like, why, taking it back, a search, an item.
pub fn keys(app: &App) {
    app.press("\u{e009}1"); // Ctrl
    let before = Page::when(app, "a list", |page| !page.cards.is_empty());
    app.ask("document.activeElement.blur()");
    app.press("\u{e015}"); // down
    app.appears(&format!("{CARD} [data-open]:focus"), PATIENCE);
    app.press("w");
    app.appears("[data-testid=why-sheet], dialog[open]", PATIENCE);
    app.press("\u{e00c}"); // Esc
    app.until(
        "the sheet to close",
        |app| app.ask("return document.querySelector('dialog[open]') === null"),
        |closed| *closed == true,
    );
    app.press("l");
    Page::when(app, "a like by key", |page| page.liked() == 1);
    app.press("\u{e009}z");
    let undone = Page::when(app, "the like taken back by key", |page| page.liked() == 0);
    assert_eq!(undone.weights, before.weights);
    app.press("/");
    app.appears("[data-testid=search]:focus", PATIENCE);
    app.press("hobbit");
    app.appears(HIT, PATIENCE);
    app.press("\u{e015}");
    app.appears(&format!("{HIT} [data-open]:focus"), PATIENCE);
    app.press("\u{e007}"); // Enter
    app.appears("[data-testid=item-sheet]", PATIENCE);
    app.press("\u{e00c}");
    app.click("[data-testid=clear]");
}

/// Waits until nothing is fetched and nothing moves.
pub fn rests(app: &App, what: &str) {
    let rests =
        "return document.querySelector('main [data-testid=waiting], main[aria-busy=true]') === null
        && !document.getAnimations().some(a => a.playState === 'running')";
    app.until(what, |app| app.ask(rests), |rests| *rests == true);
}

/// What axe finds wrong on any screen, and where a word says what it means, in light and in dark.
pub fn barriers(app: &App) -> Vec<String> {
    let mut found = Vec::new();
    for theme in ["light", "dark"] {
        let mut look = |screen: &str| {
            let told = axe(app).into_iter();
            found.extend(told.map(|what| format!("{theme} {screen}: {what}")));
        };
        app.click("[data-testid=go-settings]");
        app.click(&format!("[data-testid=theme-{theme}]"));
        for screen in SCREENS {
            app.click(&format!("[data-testid=go-{screen}]"));
            rests(app, screen);
            look(screen);
        }
        app.click("[data-testid=go-insights]");
        app.click("[data-testid=scoreboard] [data-testid=term]");
        app.appears("[data-testid=term-note]", PATIENCE);
        look("a word");
        app.press("\u{e00c}");
        let closed = "return document.querySelector('[data-testid=term-note]') === null
            && document.querySelector('[data-testid=insights]') !== null";
        app.until(
            "the note to close and no more",
            |app| app.ask(closed),
            |closed| *closed == true,
        );
    }
    found
}

/// What axe finds wrong with the page as it is.
fn axe(app: &App) -> Vec<String> {
    let axe = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/node_modules/axe-core/axe.min.js");
    let axe = fs::read_to_string(axe).expect("axe is among the window's packages");
    let told = app.promise(&format!(
        "{axe}; return axe.run({{ resultTypes: ['violations'] }}).then(({{ violations }}) =>
             violations.flatMap(({{ id, nodes }}) => nodes.map(({{ target }}) => id + ' ' + target)));"
    ));
    serde_json::from_value(told).expect("what axe found")
}

/// A file that the program was opened with is looked at first; its good rows go in, the bad ones come
/// back with reasons, and the whole of it can be undone.
pub fn import(app: &App) {
    app.appears("[data-testid=preview]", IMPORT);
    let barriers = axe(app);
    assert!(barriers.is_empty(), "the preview: {barriers:#?}");
    let count = |app: &App, name: &str| {
        let count = texts(app, &format!("[data-testid=count-{name}]"), "count");
        count.first().cloned().unwrap_or_default()
    };
    assert_eq!(
        (count(app, "stored"), count(app, "rejected")),
        ("2".into(), "1".into())
    );
    app.click("[data-testid=import-go]");
    app.appears("[data-testid=imported]", IMPORT);
    assert_eq!(
        (count(app, "stored"), count(app, "rejected")),
        ("2".into(), "1".into())
    );
    app.appears("[data-testid=rejected-file]", Duration::from_secs(1));
    app.fill("[data-testid=search]", "Quiet Orrery");
    let first =
        |app: &App| app.ask("return document.querySelector('[data-testid=hit]')?.innerText ?? ''");
    let there = |text: &Value| {
        text.as_str()
            .is_some_and(|text| text.contains("The Quiet Orrery"))
    };
    app.until("the new book to be found", first, there);
    app.click("[data-testid=go-import]");
    app.click("[data-testid=undo-import]");
    app.click("[data-testid=confirm-yes]");
    app.appears("[data-testid=undone]", IMPORT);
    app.fill("[data-testid=search]", "Orrery");
    app.until("the new book to be gone", first, |text| {
        !there(text) && *text != json!("")
    });
}

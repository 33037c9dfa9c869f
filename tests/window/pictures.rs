//! Pictures of every screen, in both languages and themes, at two sizes.

use std::fs;
use std::path::Path;

use crate::steps::{SCREENS, rests};
use crate::webdriver::App;

const SIZES: [(u32, u32); 2] = [(1440, 900), (900, 600)];

/// Writes `SCREEN-LANGUAGE-THEME-WIDTH.png` for each into a folder, and leaves the window as it was.
pub fn take(app: &App, folder: &Path) {
    fs::create_dir_all(folder).expect("a folder for pictures");
    let picture = |name: &str, look: &str| {
        let file = folder.join(format!("{name}-{look}.png"));
        fs::write(file, app.screenshot()).expect("the picture is written");
    };
    for size in SIZES {
        app.resize(size);
        for language in ["zh", "en"] {
            for theme in ["dark", "light"] {
                let look = format!("{language}-{theme}-{}", size.0);
                app.click("[data-testid=go-settings]");
                app.click(&format!("[data-testid=language-{language}]"));
                app.click(&format!("[data-testid=theme-{theme}]"));
                for screen in SCREENS {
                    app.click(&format!("[data-testid=go-{screen}]"));
                    rests(app, screen);
                    picture(screen, &look);
                }
                app.click("[data-testid=go-for_you]");
                rests(app, "the list");
                app.click("[data-testid=card] [data-testid=why]");
                app.appears("[data-testid=why-sheet]", crate::PATIENCE);
                picture("why", &look);
                app.press("\u{e00c}");
                app.click("[data-testid=card] [data-testid=open]");
                app.appears("[data-testid=similar]", crate::PATIENCE);
                picture("item", &look);
                app.press("\u{e00c}");
            }
        }
    }
    app.resize(SIZES[0]);
}

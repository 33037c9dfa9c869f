//! Pictures of every screen, in both languages and themes, at two sizes.

use std::fs;
use std::path::Path;

use crate::steps::{SCREENS, rests};
use crate::webdriver::App;

const SIZES: [(u32, u32); 2] = [(1440, 900), (900, 600)];
const ESCAPE: &str = "\u{e00c}";

/// Things of which some look like others, or like one of the sample library.
const ALIKE: &str = "\
title,year,creators,kind,genres
The Dispossessed,1974,Ursula K. Le Guin,book,Science Fiction
The Dispossesed,1974,Ursula K. Le Guin,book,Science Fiction
红楼梦,1791,曹雪芹,book,小说
红楼梦,1792,曹雪芹,book,小说
The Hobbit,,J. R. R. Tolkien,book,Fantasy
";

/// A file that has to be told what its columns are.
pub const SHELF: &[u8] = b"\
Titel;Verfasser;Gekauft am;Preis;Schlagw\xf6rter\n\
Der Proze\xdf;Franz Kafka;03.04.2019;12,50;Roman, Gericht\n\
Die Verwandlung;Franz Kafka;13.04.2019;8,90;Erz\xe4hlung, Familie\n\
Schachnovelle;Stefan Zweig;05.06.2020;7,95;Novelle\n\
Effi Briest;Theodor Fontane;24.12.2021;viel;Roman, Ehe\n\
;Thomas Mann;01.02.2022;16,00;Roman\n";

/// Writes `SCREEN-LANGUAGE-THEME-WIDTH.png` for each into a folder, and leaves the window as it was but
/// for some things more in the library.
pub fn take(app: &App, folder: &Path, home: &Path) {
    furnish(app, home);
    each_look(app, folder, |app, picture| {
        for screen in SCREENS {
            app.click(&format!("[data-testid=go-{screen}]"));
            rests(app, screen);
            picture(screen);
        }
        app.click("[data-testid=go-for_you]");
        rests(app, "the list");
        app.click("[data-testid=card] [data-testid=why]");
        app.appears("[data-testid=why-sheet]", crate::PATIENCE);
        picture("why");
        app.press(ESCAPE);
        app.click("[data-testid=card] [data-testid=open]");
        app.appears("[data-testid=similar]", crate::PATIENCE);
        picture("item");
        app.press(ESCAPE);

        app.click("[data-testid=kind-product]");
        rests(app, "what a shop sells");
        picture("prices");
        app.click("[data-testid=kind-all]");
        app.click("[data-testid=go-mix]");
        app.click("[data-testid=mix] [data-testid=term]");
        app.appears("[data-testid=term-note]", crate::PATIENCE);
        picture("term");
        app.click("[data-testid=go-browse]");
        app.click("[data-testid=alike]");
        app.appears("[data-testid=match]", crate::PATIENCE);
        picture("alike");
        app.press(ESCAPE);
        records(app);
        picture("records");
        app.press(ESCAPE);
        app.click("[data-testid=clear]");
        app.click("[data-testid=go-import]");
        scrolled(app, "folders");
        picture("folders");
        app.click("[data-testid=go-settings]");
        scrolled(app, "backup");
        picture("export");
    });
}

/// Pictures of a file that is looked at before it goes in: as it is found, and told what it is.
pub fn of_file(app: &App, folder: &Path) {
    app.appears("[data-testid=preview]", crate::IMPORT);
    each_look(app, folder, |app, picture| {
        app.click("[data-testid=go-import]");
        rests(app, "the preview");
        scrolled(app, "preview");
        picture("preview");
        let guesses = |app: &App| {
            app.ask("return document.querySelectorAll('[data-testid=take-guess]').length")
        };
        while let left @ 1.. = guesses(app).as_u64().unwrap_or(0) {
            app.click("[data-testid=take-guess]");
            app.until("the guess to be taken", guesses, |now| {
                now.as_u64() < Some(left)
            });
        }
        scrolled(app, "manner");
        picture("manner");
    });
    app.click("[data-testid=go-import]");
    app.click("[data-testid=import-back]");
}

/// Makes the window each size, in each language and theme, and hands over how to name a picture of it.
fn each_look(app: &App, folder: &Path, show: impl Fn(&App, &dyn Fn(&str))) {
    fs::create_dir_all(folder).expect("a folder for pictures");
    for size in SIZES {
        app.resize(size);
        for language in ["zh", "en"] {
            for theme in ["dark", "light"] {
                let look = format!("{language}-{theme}-{}", size.0);
                app.click("[data-testid=go-settings]");
                app.click(&format!("[data-testid=language-{language}]"));
                app.click(&format!("[data-testid=theme-{theme}]"));
                show(app, &|name| {
                    let file = folder.join(format!("{name}-{look}.png"));
                    fs::write(file, app.screenshot()).expect("the picture is written");
                });
            }
        }
    }
    app.resize(SIZES[0]);
}

/// Puts into the library what the screens have something to show of: what looks alike, what costs
/// something, a folder of media.
fn furnish(app: &App, home: &Path) {
    let alike = home.join("alike.csv");
    fs::write(&alike, ALIKE).expect("a file is written");
    let stock = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/shop.csv");
    let media = home.join("media");
    fs::create_dir(&media).expect("a folder");
    fs::write(
        media.join("Pink Moon.flac"),
        track("Pink Moon", "Nick Drake"),
    )
    .expect("a track");
    fs::write(media.join("broken.epub"), "no book").expect("a file");
    let call = |command: &str, arguments: String| {
        let script = format!(
            "return window.__TAURI_INTERNALS__.invoke('{command}', {arguments}).then(() => 'done');"
        );
        assert_eq!(app.promise(&script), "done", "{command}");
    };
    let progress = "onProgress: '__CHANNEL__:0'";
    for file in [&alike, &stock] {
        let how = "profile: null, content: null, map: [], dryRun: false";
        call(
            "import",
            format!("{{ path: {}, {how}, {progress} }}", quoted(file)),
        );
    }
    call("add_folder", format!("{{ path: {} }}", quoted(&media)));
    call(
        "scan_folders",
        format!("{{ paths: [], dryRun: false, {progress} }}"),
    );
    // The window counts anew what there is.
    app.click("[data-testid=go-settings]");
    app.click("[data-testid=go-browse]");
    app.click("[data-testid=alike]");
    app.appears("[data-testid=match]", crate::PATIENCE);
    app.ask(
        "const pairs = [...document.querySelectorAll('[data-testid=match]')];
         pairs.find(pair => pair.innerText.includes('曹雪芹')).querySelector('[data-testid=merge]').click();",
    );
    app.appears("[data-testid=matches] [data-testid=undo]", crate::PATIENCE);
    // Its note would stay on every picture.
    app.click("[data-testid=matches] [data-testid=toast] button:last-child");
    app.press(ESCAPE);
}

/// A path as a script writes it.
fn quoted(path: &Path) -> String {
    serde_json::to_string(&path.display().to_string()).expect("a text")
}

/// Opens the item that is made of two records, at those.
fn records(app: &App) {
    app.fill("[data-testid=search]", "红楼梦");
    let first = "return document.querySelector('[data-testid=hit]')?.innerText ?? ''";
    app.until(
        "the novel to be found",
        |app| app.ask(first),
        |text| text.as_str().is_some_and(|text| text.contains("红楼梦")),
    );
    app.click("[data-testid=hit] [data-open]");
    app.appears("[data-testid=record]", crate::PATIENCE);
    scrolled(app, "records");
}

/// Brings something to the top of what scrolls.
fn scrolled(app: &App, testid: &str) {
    app.appears(&format!("[data-testid={testid}]"), crate::PATIENCE);
    app.ask(&format!(
        "document.querySelector('[data-testid={testid}]').scrollIntoView({{ block: 'start' }})"
    ));
}

/// The least that is a FLAC file with a title and an artist.
fn track(title: &str, artist: &str) -> Vec<u8> {
    let tags = [
        format!("TITLE={title}"),
        format!("ARTIST={artist}"),
        format!("ALBUM={title}"),
    ];
    let mut comments = vec![0, 0, 0, 0, 3, 0, 0, 0];
    for tag in tags {
        comments.extend((tag.len() as u32).to_le_bytes());
        comments.extend(tag.as_bytes());
    }
    let mut stream = vec![0x10, 0, 0x10, 0, 0, 0, 0, 0, 0, 0];
    // 44.1 kHz, two channels, 16 bits, 100 seconds.
    stream.extend((((44_100_u64 << 44) | (1 << 41) | (15 << 36)) + 4_410_000).to_be_bytes());
    stream.extend([0; 16]);
    let mut file = b"fLaC".to_vec();
    for (sort, block) in [(0, stream), (0x84, comments)] {
        file.push(sort);
        file.extend(&(block.len() as u32).to_be_bytes()[1..]);
        file.extend(block);
    }
    file
}

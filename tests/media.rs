//! Media folders: real files scanned, changed and scanned again; every value of some of them; and files
//! that mean harm. No file is ever changed by it.

mod files;

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use curio_engine::behaviour::Action;
use curio_engine::catalogue::{ItemId, Kind};
use curio_engine::view::{Imported, ItemView};
use curio_engine::{Engine, Settings, Watch};
use tempfile::TempDir;

use files::{Track, all, archive, epub, opf, png, put, tag, track};

/// 2026-01-02 03:04:05 UTC.
const AT: i64 = 1_767_323_045_000;

struct Home {
    folder: TempDir,
    engine: Engine,
    clock: Cell<i64>,
}

impl Home {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let engine = Engine::open(Settings {
            data: folder.path().join("data"),
            models: folder.path().join("models"),
            encoder: Some("english".into()),
        });
        fs::create_dir(folder.path().join("media")).unwrap();
        Self {
            engine: engine.unwrap(),
            folder,
            clock: Cell::new(AT),
        }
    }

    fn media(&self) -> PathBuf {
        self.folder.path().join("media")
    }

    fn at(&self, name: &str) -> PathBuf {
        self.media().join(name)
    }

    /// Scans, and holds that not a byte of the folder has changed and every row is counted.
    fn scan(&self) -> Imported {
        self.scan_with(false, &Watch::NONE)
    }

    fn scan_with(&self, dry_run: bool, watch: &Watch) -> Imported {
        self.clock.set(self.clock.get() + 60_000);
        self.engine.add_folder(&self.media()).unwrap();
        let before = all(&self.media());
        let scans = self
            .engine
            .scan_folders(&[], dry_run, self.clock.get(), watch);
        let mut scans = scans.unwrap();
        assert!(before == all(&self.media()), "a scan changed a file");
        assert_eq!(scans.len(), 1);
        let scan = scans.remove(0);
        assert_eq!(scan.problem, None);
        let counted = scan.stored + scan.updated + scan.duplicates + scan.rejected;
        assert_eq!(scan.read, counted, "{scan:?}");
        scan
    }

    fn item(&self, title: &str) -> ItemView {
        let id = self
            .engine
            .find_item(title)
            .unwrap_or_else(|e| panic!("{title}: {e}"));
        self.engine.show(id).unwrap()
    }

    /// The size of an item's cover.
    fn cover(&self, title: &str) -> Option<(u32, u32)> {
        let cover = self.item(title).cover?;
        let picture = image::open(cover).unwrap();
        Some((picture.width(), picture.height()))
    }
}

fn counts(scan: &Imported) -> [u64; 4] {
    [scan.stored, scan.updated, scan.duplicates, scan.rejected]
}

fn noted(scan: &Imported, words: &str) -> bool {
    scan.notes.iter().any(|note| note.contains(words))
}

fn year(item: &ItemView) -> Option<f64> {
    item.year
        .as_ref()
        .filter(|year| !year.filled)
        .map(|year| year.value)
}

/// 10 albums of 10 tracks, 30 books, 5 books in calibre's folders, 20 comics, 20 films with side-cars, 10 by
/// their names, 2 series of 8 episodes.
fn fill(home: &Home) -> usize {
    let endings = ["flac", "mp3", "opus", "wav"];
    for album in 0..10 {
        for number in 1..=10 {
            let ending = endings[album % 4];
            track(
                &home.at(&format!(
                    "Music/Maker {album}/Album {album}/{number:02} Song.{ending}"
                )),
                &Track {
                    title: &format!("Song {number}"),
                    artist: if number == 3 { "Guest" } else { "Maker" },
                    album: &format!("Album {album}"),
                    maker: &format!("Maker {album}"),
                    year: 1990 + album as u16,
                    genre: "Jazz",
                    mbid: if album == 1 {
                        "5b11f4ce-a62d-471e-81fc-a69a8278c7da"
                    } else {
                        ""
                    },
                    picture: album == 2 && number == 1,
                },
            );
        }
    }
    put(&home.at("Music/Maker 0/Album 0/cover.jpg"), png(900, 900));
    fill_books(home);
    fill_videos(home);
    put(&home.at("notes.docx"), "nothing of ours");
    10 + 30 + 5 + 20 + 20 + 10 + 2
}

fn fill_books(home: &Home) {
    for n in 0..30 {
        let isbn = if n == 0 {
            "<dc:identifier opf:scheme=\"ISBN\">978-0-306-40615-7</dc:identifier>"
        } else {
            ""
        };
        let more = format!(
            "<dc:creator opf:role=\"trl\">T. Ranslator</dc:creator><dc:language>en</dc:language>{isbn}\
             <dc:subject>Essays</dc:subject><dc:subject>Nature</dc:subject><dc:date>{}-05-01</dc:date>\
             <dc:description>&lt;p&gt;About &lt;b&gt;{n}&lt;/b&gt;.&lt;/p&gt;</dc:description>\
             <meta name=\"calibre:series\" content=\"Walks\"/><meta name=\"calibre:series_index\" content=\"{n}.5\"/>",
            1970 + n
        );
        put(
            &home.at(&format!("Books/book{n}.epub")),
            epub(&opf(&format!("Walk {n}"), "A. Walker", &more)),
        );
    }
    for n in 0..5 {
        let folder = format!("Calibre/C. Author/Kept {n} ({n})");
        put(
            &home.at(&format!("{folder}/metadata.opf")),
            opf(
                &format!("Kept {n}"),
                "C. Author",
                "<dc:date>0101-01-01</dc:date>",
            ),
        );
        put(
            &home.at(&format!("{folder}/Kept - C. Author.pdf")),
            "%PDF-1.4",
        );
        put(&home.at(&format!("{folder}/cover.jpg")), png(60, 90));
    }
    for n in 1..=20 {
        let info = format!(
            "<?xml version=\"1.0\"?><ComicInfo><Series>Panels</Series><Number>{n}</Number><Year>2015</Year>\
             <Writer>W. Riter</Writer><Penciller>P. Enciller</Penciller><Genre>Noir, Crime</Genre>\
             <LanguageISO>fr</LanguageISO><Summary>Issue {n}.</Summary></ComicInfo>"
        );
        put(
            &home.at(&format!("Comics/Panels {n}.cbz")),
            archive(&[
                ("ComicInfo.xml", info.as_bytes()),
                ("p/01.png", &png(20, 30)),
            ]),
        );
    }
}

fn fill_videos(home: &Home) {
    for n in 0..20 {
        let nfo = format!(
            "<movie><title>Reel {n}</title><year>{}</year><genre>Drama / Mystery</genre><director>D. Irector</director>\
             <actor><name>Ann Actor</name><role>x</role></actor><credits>W. Words</credits><plot>A reel &amp; more.</plot>\
             <uniqueid type=\"imdb\" default=\"true\">tt90000{n:02}</uniqueid><uniqueid type=\"tmdb\">{}</uniqueid>\
             <set><name>Reels</name></set><country>Italy</country></movie>",
            1950 + n,
            700 + n
        );
        put(
            &home.at(&format!("Films/Reel {n} ({})/Reel {n}.mkv", 1950 + n)),
            "",
        );
        put(
            &home.at(&format!("Films/Reel {n} ({})/Reel {n}.nfo", 1950 + n)),
            nfo,
        );
    }
    put(&home.at("Films/Reel 0 (1950)/poster.jpg"), png(100, 150));
    for n in 0..10 {
        put(
            &home.at(&format!(
                "Films/Named.Film.{n}.20{n:02}.1080p.BluRay.x264-GROUP.mkv"
            )),
            "",
        );
    }
    for (show, id) in [("Harbour", 42), ("Signal", 43)] {
        let nfo = format!(
            "<tvshow><title>{show}</title><year>2011</year><genre>Crime</genre><plot>Of {show}.</plot><uniqueid type=\"tmdb\">{id}</uniqueid></tvshow>"
        );
        put(&home.at(&format!("Series/{show}/tvshow.nfo")), nfo);
        for n in 1..=8 {
            let season = 1 + n / 5;
            let stem = format!("Series/{show}/Season 0{season}/{show} S0{season}E0{n}");
            put(&home.at(&format!("{stem}.mkv")), "");
            put(
                &home.at(&format!("{stem}.nfo")),
                format!(
                    "<episodedetails><title>Part {n}</title><showtitle>{show}</showtitle><season>{season}</season><actor><name>Guest {n}</name></actor></episodedetails>"
                ),
            );
        }
    }
}

#[test]
fn two_hundred_real_files_are_read_changed_and_read_again() {
    let home = Home::new();
    let things = fill(&home) as u64;
    assert!(all(&home.media()).len() >= 200);
    let dry = home.scan_with(true, &Watch::NONE);
    assert_eq!(counts(&dry), [things, 0, 0, 0], "{:?}", dry.rejects);
    assert_eq!(home.engine.status().items, 0);
    let first = home.scan();
    assert_eq!(counts(&first), [things, 0, 0, 0], "{:?}", first.rejects);
    assert!(
        noted(&first, "1 other files are passed over"),
        "{:?}",
        first.notes
    );

    let album = home.item("Album 1");
    assert_eq!((album.kind, year(&album)), (Kind::Music, Some(1991.0)));
    assert_eq!(album.key, "mbid:5b11f4ce-a62d-471e-81fc-a69a8278c7da");
    assert_eq!(album.creators, ["Maker 1"]);
    assert_eq!(album.people, ["Maker", "Guest"]);
    assert_eq!(album.genres, ["Jazz"]);
    assert_eq!(album.extra["tracks"], "10");
    assert_eq!(album.extra["path"], "Music/Maker 1/Album 1");
    assert_eq!(
        home.cover("Album 0"),
        Some((480, 480)),
        "beside, made small"
    );
    assert_eq!(home.cover("Album 2"), Some((40, 40)), "inside a track");
    assert_eq!(home.cover("Album 1"), None);
    for n in 0..10 {
        assert_eq!(
            home.item(&format!("Album {n}")).extra["tracks"],
            "10",
            "album {n}"
        );
    }

    let book = home.item("Walk 0");
    assert_eq!((book.kind, year(&book)), (Kind::Book, Some(1970.0)));
    assert_eq!(book.key, "isbn:9780306406157");
    assert_eq!(book.ids["isbn"], "9780306406157");
    assert_eq!(
        (book.creators, book.people),
        (vec!["A. Walker".into()], vec!["T. Ranslator".into()])
    );
    assert_eq!(book.genres, ["Essays", "Nature"]);
    assert_eq!(book.languages, ["en"]);
    assert_eq!(book.description, "About 0.");
    assert_eq!(
        (book.series.as_deref(), book.number),
        (Some("Walks"), Some(0.5))
    );
    assert_eq!(home.cover("Walk 0"), Some((30, 45)));

    let kept = home.item("Kept 3");
    assert_eq!(
        (kept.creators.clone(), year(&kept)),
        (vec!["C. Author".into()], None)
    );
    assert_eq!(home.cover("Kept 3"), Some((60, 90)));

    let comic = home.item("Panels #7");
    assert_eq!((comic.kind, year(&comic)), (Kind::Book, Some(2015.0)));
    assert_eq!(
        (comic.creators, comic.people),
        (vec!["W. Riter".into()], vec!["P. Enciller".into()])
    );
    assert_eq!(
        (comic.series.as_deref(), comic.number),
        (Some("Panels"), Some(7.0))
    );
    assert_eq!(comic.genres, ["Noir", "Crime"]);
    assert_eq!(home.cover("Panels #7"), Some((20, 30)));

    films_and_series_say_what_their_files_say(&home);
    let again = home.scan();
    assert_eq!(counts(&again), [0, 0, 0, 0]);
    assert!(noted(
        &again,
        "of them are as they were and were not opened"
    ));
    change_and_rescan(&home, things);
}

fn films_and_series_say_what_their_files_say(home: &Home) {
    let film = home.item("Reel 4");
    assert_eq!((film.kind, year(&film)), (Kind::Film, Some(1954.0)));
    assert_eq!(film.key, "imdb:tt9000004");
    assert_eq!(
        (film.ids["imdb"].as_str(), film.ids["tmdb"].as_str()),
        ("tt9000004", "704")
    );
    assert_eq!(film.creators, ["D. Irector"]);
    assert_eq!(film.people, ["Ann Actor", "W. Words"]);
    assert_eq!(film.genres, ["Drama", "Mystery"]);
    assert_eq!(film.countries, ["Italy"]);
    assert_eq!(film.description, "A reel & more.");
    assert_eq!(film.series.as_deref(), Some("Reels"));
    assert_eq!(home.cover("Reel 0"), Some((100, 150)));
    assert_eq!(year(&home.item("Named Film 3")), Some(2003.0));

    let series = home.item("Harbour");
    assert_eq!((series.kind, year(&series)), (Kind::Series, Some(2011.0)));
    assert_eq!(series.ids["tmdb"], "tv/42");
    assert_eq!(series.description, "Of Harbour.");
    assert_eq!(
        (
            series.extra["episodes"].as_str(),
            series.extra["seasons"].as_str()
        ),
        ("8", "2")
    );
    assert_eq!(series.people.len(), 8);
}

/// Some are retagged, some added, some removed, some moved, some broken.
fn change_and_rescan(home: &Home, things: u64) {
    let ann = home.engine.add_profile("Ann").unwrap().id;
    let liked = home.item("Album 4");
    home.engine
        .record(ann, liked.id, Action::Like, "test", "", AT)
        .unwrap();
    for number in 1..=10 {
        let path = home.at(&format!("Music/Maker 4/Album 4/{number:02} Song.flac"));
        tag(
            &path,
            &Track {
                title: "Song",
                artist: "Maker",
                album: "Album Four, retitled",
                maker: "Maker 4",
                year: 1994,
                genre: "Blues",
                ..Track::default()
            },
        );
    }
    track(
        &home.at("Music/Maker 5/Album 5/11 Song.mp3"),
        &Track {
            title: "Song 11",
            artist: "Maker",
            album: "Album 5",
            maker: "Maker 5",
            year: 1995,
            genre: "Jazz",
            ..Track::default()
        },
    );
    put(
        &home.at("Books/new.epub"),
        epub(&opf("Entirely New", "N. Ew", "")),
    );
    fs::remove_file(home.at("Books/book7.epub")).unwrap();
    fs::create_dir_all(home.at("Elsewhere")).unwrap();
    fs::rename(home.at("Books/book8.epub"), home.at("Elsewhere/eight.epub")).unwrap();
    fs::rename(home.at("Music/Maker 6"), home.at("Elsewhere/Six")).unwrap();
    fs::write(home.at("Books/book9.epub"), "no archive any more").unwrap();
    fs::write(
        home.at("Music/Maker 3/Album 3/05 Song.wav"),
        "no track any more",
    )
    .unwrap();
    fs::write(
        home.at("Films/Reel 9 (1959)/Reel 9.nfo"),
        "<movie><title>Reel 9</title><ye",
    )
    .unwrap();

    rescan(home, things, liked.id);
}

fn rescan(home: &Home, things: u64, liked: ItemId) {
    let scan = home.scan();
    // Added: the new book. Changed: albums 3, 4, 5 and 6, the book that moved. Broken: three.
    assert_eq!(counts(&scan), [1, 5, 0, 3], "{scan:?}");
    assert!(noted(&scan, "11 of them were moved"), "{:?}", scan.notes);
    assert!(
        noted(&scan, "1 that were here are gone; their items stay"),
        "{:?}",
        scan.notes
    );
    let reasons: Vec<&str> = scan
        .rejects
        .iter()
        .map(|reject| reject.reason.as_str())
        .collect();
    for (path, why) in [
        ("Books/book9.epub", "no archive"),
        ("Music/Maker 3/Album 3/05 Song.wav", "no audio file"),
        (
            "Films/Reel 9 (1959)/Reel 9.mkv",
            "its side-car Reel 9.nfo: the XML",
        ),
    ] {
        assert!(
            reasons
                .iter()
                .any(|r| r.starts_with(path) && r.contains(why)),
            "{path}: {reasons:?}"
        );
    }
    let rejected = fs::read_to_string(scan.rejected_file.unwrap()).unwrap();
    assert!(rejected.contains("Books/book9.epub"), "{rejected}");
    assert_eq!(home.engine.status().items as u64, things + 1);
    let retagged = home.engine.show(liked).unwrap();
    assert_eq!(retagged.title, "Album Four, retitled");
    assert_eq!(retagged.genres, ["Blues"]);
    assert_eq!(home.item("Album 5").extra["tracks"], "11");
    assert_eq!(home.item("Album 3").extra["tracks"], "9");
    assert_eq!(home.item("Album 6").extra["path"], "Elsewhere/Six/Album 6");
    assert_eq!(home.item("Walk 8").extra["path"], "Elsewhere/eight.epub");
    assert_eq!(
        home.item("Walk 7").title,
        "Walk 7",
        "gone, and its item stays"
    );

    let again = home.scan();
    assert_eq!(
        counts(&again),
        [0, 0, 0, 3],
        "what is broken is told every time"
    );
    let folders = home.engine.folders().unwrap();
    assert_eq!((folders[0].rejected, folders[0].items), (3, things - 2));
}

#[test]
fn a_scan_is_undone_as_a_whole_and_nothing_scans_it_again_by_itself() {
    let home = Home::new();
    fill(&home);
    home.scan();
    put(
        &home.at("Books/new.epub"),
        epub(&opf("Entirely New", "N. Ew", "")),
    );
    home.scan();
    let undone = home.engine.undo_import(AT).unwrap();
    assert_eq!((undone.removed, undone.restored, undone.kept), (1, 0, 0));
    assert!(home.engine.find_item("Entirely New").is_err());
    assert_eq!(home.engine.folders().unwrap()[0].scanned, None);
    let undone = home.engine.undo_import(AT).unwrap();
    assert_eq!(undone.removed, 97, "items with covers too");
    assert_eq!(home.engine.status().items, 0);
    assert_eq!(home.scan().stored, 98);
}

#[test]
fn a_scan_that_is_stopped_goes_on() {
    let home = Home::new();
    let things = fill(&home) as u64;
    for stop in [40, 250] {
        let asked = AtomicUsize::new(0);
        let watch = Watch {
            progress: &|_| (),
            cancelled: &|| asked.fetch_add(1, Ordering::SeqCst) >= stop,
        };
        assert!(home.scan_with(false, &watch).cancelled);
    }
    let stored = home.engine.status().items as u64;
    assert!(stored > 0 && stored < things, "{stored}");
    let rest = home.scan();
    assert_eq!(counts(&rest), [things - stored, 0, 0, 0]);
}

#[test]
fn what_a_hand_has_set_stays_and_a_cover_given_by_hand_goes_before_the_file_s() {
    let home = Home::new();
    fill(&home);
    home.scan();
    let film = home.item("Reel 0");
    let own = home.folder.path().join("own.png");
    fs::write(&own, png(10, 10)).unwrap();
    home.engine.set_cover(film.id, Some(&own)).unwrap();
    let nfo = home.at("Films/Reel 0 (1950)/Reel 0.nfo");
    let text = fs::read_to_string(&nfo).unwrap().replace("Italy", "France");
    fs::write(&nfo, text).unwrap();
    assert_eq!(counts(&home.scan()), [0, 1, 0, 0]);
    assert_eq!(home.item("Reel 0").countries, ["France"]);
    assert_eq!(home.cover("Reel 0"), Some((10, 10)));
    home.engine.set_cover(film.id, None).unwrap();
    assert_eq!(home.cover("Reel 0"), Some((100, 150)));
}

#[test]
fn files_that_mean_harm_cost_a_message() {
    let home = Home::new();
    let zeros = vec![b' '; 64 << 20];
    let bomb = archive(&[("META-INF/container.xml", &zeros)]);
    assert!(bomb.len() < 1 << 20);
    put(&home.at("bomb.epub"), bomb);
    let laughs: String = (1..10)
        .map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10)))
        .collect();
    let laughs = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY l0 \"lol\">{laughs}]><movie><title>Laughs</title><year>2001</year><plot>&l9;</plot></movie>"
    );
    put(&home.at("Laughs (2001).mkv"), "");
    put(&home.at("Laughs (2001).nfo"), laughs);
    let deep = format!("<movie>{}", "<a>".repeat(200_000));
    put(&home.at("Deep (2002).mkv"), "");
    put(&home.at("Deep (2002).nfo"), deep);
    // The head of a picture of 20,000 by 20,000 points.
    let mut huge = png(1, 1);
    huge[16..24].copy_from_slice(&[0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20]);
    let sum = crc(&huge[12..29]);
    huge[29..33].copy_from_slice(&sum.to_be_bytes());
    put(&home.at("Huge (2003).mkv"), "");
    put(&home.at("Huge (2003)-poster.png"), huge);
    let out = opf("Out", "O. Ut", "").replace("../images/cover.png", "../../../../etc/passwd");
    let container = b"<container><rootfiles><rootfile full-path=\"../../../etc/passwd\"/></rootfiles></container>";
    put(&home.at("out.epub"), epub(&out));
    put(
        &home.at("escape.epub"),
        archive(&[
            ("META-INF/container.xml", container),
            ("../../../outside.txt", b"x"),
        ]),
    );
    put(&home.at("empty.mp3"), "");
    put(&home.at("packed.mp3"), packed_tag());
    put(
        &home.at("noise.flac"),
        (0..5000_u32)
            .map(|n| (n * n / 7) as u8)
            .collect::<Vec<u8>>(),
    );
    put(&home.at("fine.epub"), epub(&opf("Fine", "F. Ine", "")));
    #[cfg(unix)]
    {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt as _;
        std::os::unix::fs::symlink(home.media(), home.at("loop")).unwrap();
        std::os::unix::fs::symlink("/etc", home.at("away")).unwrap();
        let odd = home.media().join(OsStr::from_bytes(b"odd \xff\xfe.epub"));
        put(&odd, epub(&opf("Odd", "O. Dd", "")));
    }
    let scan = home.scan();
    let reasons: Vec<&str> = scan
        .rejects
        .iter()
        .map(|reject| reject.reason.as_str())
        .collect();
    for name in [
        "bomb.epub",
        "Deep (2002).mkv",
        "escape.epub",
        "empty.mp3",
        "noise.flac",
        "packed.mp3",
    ] {
        assert!(
            reasons.iter().any(|reason| reason.starts_with(name)),
            "{name}: {reasons:?}"
        );
    }
    assert_eq!(scan.rejected, 6, "{reasons:?}");
    assert_eq!(home.item("Laughs").description, "&l9;", "not expanded");
    assert_eq!(home.item("Huge").cover, None);
    assert!(noted(&scan, "pictures cannot be read"), "{:?}", scan.notes);
    assert_eq!(home.item("Out").cover, None);
    assert_eq!(home.cover("Fine"), Some((30, 45)));
    assert!(!home.folder.path().join("outside.txt").exists());
    if cfg!(unix) {
        assert_eq!(home.item("Odd").creators, ["O. Dd"]);
        assert!(noted(&scan, "2 links are not followed"), "{:?}", scan.notes);
    }
    assert_eq!(counts(&home.scan())[..2], [0, 0]);
}

#[test]
fn folders_are_listed_once_and_never_lie_in_one_another() {
    let home = Home::new();
    fs::create_dir_all(home.at("inner")).unwrap();
    let add = |path: &Path| home.engine.add_folder(path);
    assert_eq!(add(&home.at("inner")).unwrap().len(), 1);
    assert_eq!(add(&home.at("inner")).unwrap().len(), 1);
    assert!(
        add(&home.media())
            .unwrap_err()
            .to_string()
            .contains("in one another")
    );
    assert!(
        add(&home.folder.path().join("data"))
            .unwrap_err()
            .to_string()
            .contains("data folder")
    );
    assert!(add(&home.at("nowhere")).is_err());
    fs::remove_dir(home.at("inner")).unwrap();
    let scan = home
        .engine
        .scan_folders(&[], false, AT, &Watch::NONE)
        .unwrap();
    assert!(
        scan[0]
            .problem
            .as_ref()
            .is_some_and(|problem| problem.contains("cannot read"))
    );
    let inner = home.media().canonicalize().unwrap().join("inner");
    assert!(home.engine.remove_folder(&inner).unwrap().is_empty());
    assert!(home.engine.remove_folder(&inner).is_err());
    assert!(
        home.engine
            .scan_folders(&[], false, AT, &Watch::NONE)
            .is_err()
    );
}

/// A track whose tag has a frame that unpacks to a thousand times its size.
fn packed_tag() -> Vec<u8> {
    let archive = archive(&[("x", &vec![0; 64 << 20])]);
    let packed = u32::from_le_bytes(archive[18..22].try_into().unwrap()) as usize;
    let mut frame = b"\0\0\0\0\x78\x9c".to_vec();
    frame.extend(&archive[31..31 + packed]);
    let size = frame.len() as u32 + 10;
    let mut tag = b"ID3\x03\0\0".to_vec();
    tag.extend([21, 14, 7, 0].map(|shift| (size >> shift & 0x7f) as u8));
    tag.extend(b"PRIV");
    tag.extend((frame.len() as u32).to_be_bytes());
    tag.extend([0, 0x80]);
    tag.extend(frame);
    tag
}

/// The sum of a part of a PNG.
fn crc(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 };
        }
    }
    !sum
}

#[test]
fn what_a_catalogue_said_of_a_film_stays_when_its_file_is_found() {
    let home = Home::new();
    let csv = home.folder.path().join("films.csv");
    let text = "Const,Title,Title Type,Year,Genres,Directors\n\
                tt0133093,The Matrix,movie,1999,Action,Lana Wachowski\n";
    fs::write(&csv, text).unwrap();
    let options = curio_engine::ImportOptions::default();
    home.engine
        .import(&csv, &options, AT, &Watch::NONE)
        .unwrap();
    put(&home.at("The Matrix (1999) {imdb-tt0133093}.mkv"), b"");
    for _ in 0..2 {
        home.scan();
        let film = home.item("The Matrix");
        assert_eq!(film.creators, ["Lana Wachowski"]);
        assert_eq!(film.genres, ["Action"]);
    }
    put(&home.at("A Proper Marriage (1954).mkv"), b"");
    home.scan();
    assert_eq!(year(&home.item("A Proper Marriage")), Some(1954.0));
}

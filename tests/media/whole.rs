//! Two hundred real files of every sort: read, changed, and read again.

use std::fs;

use curio_engine::Watch;
use curio_engine::behaviour::Action;
use curio_engine::catalogue::{ItemId, Kind};

use super::files::{Track, all, epub, opf, put, tag, track};
use super::{AT, Home, counts, noted, year};
use crate::archives::zipped;
use crate::pictures::png;

/// 10 albums of 10 tracks, 30 books, 5 books in calibre's folders, 20 comics, 20 films with side-cars, 10 by
/// their names, 2 series of 8 episodes.
pub(super) fn fill(home: &Home) -> usize {
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
            zipped(&[
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

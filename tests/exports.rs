//! Exports as programs give them out: zips, histories and lists, and what their rows mean.

use std::fs;

use curio_engine::behaviour::Action;
use curio_engine::catalogue::Kind;
use curio_engine::view::Imported;
use curio_engine::{ImportOptions, Watch};

use Action::{Comment, Finish, Like, Open, Rate, Want};

use crate::archives::zipped;
use crate::library::{AT, Kept, Library, fixtures, kept, on};

/// Imports a file of this name twice: the second time brings nothing.
fn settled(name: &str, bytes: &[u8], map: &[(&str, &str)]) -> (Imported, Kept) {
    let library = Library::new();
    let path = library.folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let told = map.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
    let options = ImportOptions {
        map: told.collect(),
        profile: Some("Me".to_owned()),
        ..ImportOptions::default()
    };
    let run = || library.engine.import(&path, &options, AT, &Watch::NONE);
    let first = run().unwrap_or_else(|error| panic!("{name}: {error}"));
    let came = first.stored + first.updated + first.duplicates + first.rejected;
    assert_eq!(first.read, came, "{name}: every row counts once");
    let again = run().unwrap();
    assert_eq!((again.stored, again.updated), (0, 0), "{name}: {again:?}");
    (first, library.kept())
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(fixtures().join(name)).unwrap()
}

fn noted(report: &Imported, words: &str) -> bool {
    report.notes.iter().any(|note| note.contains(words))
}

#[test]
fn the_zip_of_trakt_tells_films_and_every_episode() {
    let members = [
        ("watched/watched-movies.json", "trakt_watched_movies.json"),
        ("watched/watched-shows.json", "trakt_watched_shows.json"),
        ("watched/watched-history-1.json", "trakt_history.json"),
        ("ratings/ratings-movies.json", "trakt_ratings.json"),
        ("lists/lists-watchlist.json", "trakt-watchlist.json"),
        ("collection/collection-movies.json", "trakt-collection.json"),
    ];
    let files = members.map(|(member, name)| (member, fixture(name)));
    let mut inside: Vec<(&str, &[u8])> = files.iter().map(|(m, f)| (*m, &f[..])).collect();
    inside.push(("user/user-profile.json", b"{\n \"username\": \"jo\"\n}"));
    let (first, kept) = settled("trakt-export.zip", &zipped(&inside), &[]);
    assert_eq!((first.read, first.rejected), (14, 1), "{:?}", first.parts);
    assert_eq!(
        kept.mine("Heat"),
        [on(Finish, "2019-10-11"), on(Rate(4.5), "2019-10-12")]
    );
    assert_eq!(
        kept.mine("Alien"),
        [on(Finish, "2020-01-02"), on(Want, "2020-09-01")]
    );
    assert_eq!(kept.mine("Severance"), [on(Open, "2023-07-22")]);
    assert_eq!(
        kept.mine("Severance: Half Loop"),
        [
            on(Finish, "2022-07-22"),
            on(Finish, "2023-07-22"),
            on(Rate(4.0), "2022-07-23")
        ]
    );
    let keys: Vec<_> = kept.items.iter().map(|item| item.key.as_str()).collect();
    for key in [
        "movie-1",
        "movie-295",
        "show-153017",
        "episode-501",
        "season-77",
    ] {
        assert!(keys.contains(&&*format!("trakt:{key}")), "{key}: {keys:?}");
    }
    let heat = kept.item("Heat");
    assert_eq!((heat.kind, heat.year), (Kind::Film, Some(1995)));
    assert_eq!(heat.ids["tmdb"], "949");
    let episode = kept.item("Severance: Good News About Hell");
    assert_eq!(episode.kind, Kind::Series);
    assert_eq!(episode.ids.len(), 1, "the others are those of the show");
    assert_eq!(episode.ids["imdb"], "tt11650328");
}

#[test]
fn episodes_have_keys_and_names_of_their_own() {
    let (_, found) = settled("history.csv", &fixture("trakt_episodes.csv"), &[]);
    assert_eq!(found.item("Severance: Half Loop").key, "trakt:episode-502");
    assert_eq!(
        found.mine("Severance: Good News About Hell"),
        [on(Finish, "2022-09-01")]
    );
    let rated = "TMDb ID,IMDb ID,Type,Name,Release Date,Season Number,Episode Number,Rating,Your Rating,Date Rated\n\
                 95396,,episode,Severance,2022-02-17T00:00:00Z,1,1,8.4,10,2020-01-02T03:04:05Z\n\
                 95396,,episode,Severance,2022-02-17T00:00:00Z,1,2,8.4,8,2020-01-02T03:04:05Z\n";
    let (_, found) = settled("ratings.csv", rated.as_bytes(), &[]);
    assert_eq!(found.mine("Severance S1E2"), [on(Rate(4.0), "2020-01-02")]);
}

#[test]
fn a_viewing_in_the_zip_of_letterboxd_is_told_once() {
    let members: [(&str, &[u8]); 5] = [
        ("watched.csv", b"Date,Name,Year,Letterboxd URI\n2020-01-07,Parasite,2019,u\n2020-02-03,Synecdoche,2008,u\n2021-05-05,Short,2001,u\n"),
        ("ratings.csv", b"Date,Name,Year,Letterboxd URI,Rating\n2020-01-07,Parasite,2019,u,4.5\n2020-02-02,Solaris,1972,u,3\n"),
        ("diary.csv", b"Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n2020-01-07,Parasite,2019,u,4.5,,,2020-01-05\n2021-03-02,Parasite,2019,u,5,Yes,,2021-03-01\n"),
        ("reviews.csv", b"Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\n2020-01-07,Parasite,2019,u,4.5,,Great,,2020-01-05\n2020-02-05,Synecdoche,2008,u,,,Long,,\n"),
        ("lists/want-to-see.csv", b"Letterboxd list export v7\nDate,Name,Tags,URL,Description\n2023-01-01,Want to see,,u,\n\nPosition,Name,Year,URL,Description\n1,Ran,1985,u,\n"),
    ];
    let (_, kept) = settled("letterboxd-jo.zip", &zipped(&members), &[]);
    assert_eq!(
        kept.mine("Parasite"),
        [
            on(Rate(4.5), "2020-01-05"),
            on(Rate(5.0), "2021-03-01"),
            on(Comment, "2020-01-05"),
        ]
    );
    assert_eq!(kept.mine("Synecdoche"), [on(Finish, "2020-02-05")]);
    assert_eq!(kept.mine("Solaris"), [on(Rate(3.0), "2020-02-02")]);
    assert_eq!(kept.mine("Short"), [on(Finish, "2021-05-05")]);
    assert!(kept.mine("Ran").is_empty(), "a list wishes for nothing");
}

#[test]
fn a_name_is_read_by_its_words() {
    let films = "Date,Name,Year,Letterboxd URI\n2020-01-07,Ran,1985,u\n";
    let list = "Position,Name,Year,URL,Description\n1,Ran,1985,u,\n";
    for (name, text, deed) in [
        ("unwanted.csv", films, Some(Finish)),
        ("dislikes.csv", films, Some(Finish)),
        ("my-watchlist (1).csv", films, Some(Want)),
        ("likes.csv", films, Some(Like)),
        ("unwanted-remakes.csv", list, None),
        ("likes-of-dad.csv", list, None),
        ("watchlist.csv", list, None),
    ] {
        let (_, kept) = settled(name, text.as_bytes(), &[]);
        let acts: Vec<_> = if kept.logs.is_empty() {
            Vec::new()
        } else {
            kept.mine("Ran")
        };
        assert!(
            acts.iter().map(|(act, _)| *act).eq(deed),
            "{name}: {acts:?}"
        );
    }
}

#[test]
fn what_the_rows_of_a_list_mean_can_be_told() {
    let list = fixture("imdb_list.csv");
    let name = "0d2f6a3e-7c1b-4d4e-9f0a-5b8e1c2d3f4a.csv";
    let (found, kept) = settled(name, &list, &[]);
    assert!(
        noted(&found, "count as nothing (another by --map rows=want"),
        "{:?}",
        found.notes
    );
    assert_eq!(kept.entries(), 1, "the one that is rated");
    let (told, kept) = settled(name, &list, &[("rows", "want")]);
    assert!(!noted(&told, "count as"), "{:?}", told.notes);
    let habit = told
        .habits
        .iter()
        .find(|habit| habit.name == "rows")
        .unwrap();
    assert_eq!((habit.value.as_str(), habit.told), ("want", true));
    assert_eq!(kept.mine("Solaris"), [on(Want, "2020-01-03")]);
    let plain = b"Title,Year\nRan,1985\n";
    let (_, kept) = settled("list.csv", plain, &[("rows", "like")]);
    assert_eq!(kept.mine("Ran"), [(Like, "2026-01-02".to_owned())]);
}

#[test]
fn a_day_on_which_a_thing_was_finished_is_a_finish() {
    let mut found = kept(&["days.csv"]);
    assert_eq!(found.mine("Heat"), [on(Finish, "2020-01-02")]);
    assert!(found.mine("Solaris").is_empty());
    found = kept(&["netflix.csv"]);
    assert_eq!(found.mine("The Irishman"), [on(Finish, "2019-11-28")]);
    let read = b"Title,Author,Date Read\nDune,Frank Herbert,2020-01-02\nEmma,Jane Austen,\n";
    let (report, found) = settled("read.csv", read, &[]);
    assert_eq!(found.mine("Dune"), [on(Finish, "2020-01-02")]);
    assert_eq!(found.entries(), 1);
    assert!(!noted(&report, "every row counts"), "{:?}", report.notes);
    let told = b"Titel,Gelesen\nDune,2020-01-02\nEmma,\n";
    let map = [("title", "Titel"), ("finishes", "Gelesen")];
    let (report, found) = settled("gelesen.csv", told, &map);
    assert_eq!(found.mine("Dune"), [on(Finish, "2020-01-02")]);
    assert!(!noted(&report, "every row counts"), "{:?}", report.notes);
    let dated = b"Title,Year,Date\nDune,1965,2020-01-02\n";
    let (report, found) = settled("dated.csv", dated, &[]);
    assert!(noted(&report, "count as nothing"), "{:?}", report.notes);
    assert_eq!(found.entries(), 0);
    let found = kept(&["simkl.csv"]);
    assert_eq!(found.mine("Heat"), [on(Rate(4.5), "2020-01-02")]);
    assert_eq!(found.mine("Ronin"), [on(Finish, "2020-01-03")]);
    assert_eq!(found.mine("Severance"), [on(Open, "2022-03-01")]);
    assert_eq!(found.mine("Stalker")[0].0, Want);
}

#[test]
fn plays_are_finishes_where_they_were_heard() {
    let mut found = kept(&["spotify.json"]);
    let hello: Vec<_> = found
        .items
        .iter()
        .filter(|item| item.title == "Hello")
        .collect();
    assert_eq!(hello.len(), 2, "two songs of one name");
    assert_eq!(hello[1].creators, ["Lionel Richie"]);
    assert_eq!(found.entries(), 2, "a play of 12 seconds is none");
    assert!(found.mine("Skyfall").is_empty());
    found = kept(&["spotify_extended.json"]);
    assert_eq!(found.mine("Hello"), [on(Finish, "2020-01-01")]);
    assert!(!found.item("Hello").extra.contains_key("ip_addr"));
    for file in ["lastfmstats.csv", "lastfmstats.json"] {
        found = kept(&[file]);
        assert_eq!(found.mine("Airbag"), [on(Finish, "2020-01-01")], "{file}");
        assert_eq!(found.item("Airbag").creators, ["Radiohead"], "{file}");
    }
    let (report, found) = settled("now.csv", &fixture("lastfm_now.csv"), &[]);
    assert_eq!(report.rejects[0].line, 1);
    assert_eq!(report.rejects[0].reason, "the date is missing");
    assert_eq!(found.mine("Jóga"), [on(Finish, "2020-01-02")]);
    assert_eq!(
        found.mine("Hunter"),
        [on(Finish, "2026-01-02")],
        "when it came"
    );
}

#[test]
fn lists_of_douban_tell_what_and_when() {
    let marks = fixture("douban_marks.csv");
    let (_, found) = settled("看过.csv", &marks, &[]);
    let film = found.item("霸王别姬");
    assert_eq!((film.kind, film.year), (Kind::Film, Some(1993)));
    assert_eq!(film.key, "douban:1291546");
    assert_eq!(film.countries, ["中国大陆", "中国香港"]);
    assert_eq!(film.genres, ["剧情", "爱情"]);
    assert_eq!(film.creators, ["陈凯歌"]);
    assert_eq!(film.people, ["张国荣", "张丰毅"]);
    assert!(film.description.is_empty());
    assert_eq!(found.mine("霸王别姬"), [on(Rate(5.0), "2020-01-02")]);
    assert_eq!(found.mine("黑镜"), [on(Finish, "2020-01-04")]);
    let book = found.item("百年孤独");
    assert_eq!((book.kind, book.year), (Kind::Book, Some(2011)));
    assert_eq!(book.creators, ["加西亚·马尔克斯"]);
    let more = "标题,简介,链接,创建时间,我的评分\n\
                Fate/Zero,2011 / 日本 / 动画,https://movie.douban.com/subject/6952150/?from=x,2020-01-02,5\n\
                三体 / The Three-Body Problem,2008-1 / 重庆出版社,https://book.douban.com/subject/2567698/,2020-01-02,5\n";
    let (_, found) = settled("看过.csv", more.as_bytes(), &[]);
    assert_eq!(found.item("Fate/Zero").key, "douban:6952150");
    let book = found.item("三体");
    assert_eq!((book.year, book.creators.len()), (Some(2008), 0));
    let (_, found) = settled("在读.csv", &marks, &[]);
    assert_eq!(found.mine("黑镜"), [on(Open, "2020-01-04")]);

    let (_, found) = settled("db-movie-20240102.csv", &fixture("douban_script.csv"), &[]);
    let film = found.item("通天塔");
    assert_eq!((film.kind, film.year), (Kind::Film, Some(2006)));
    assert_eq!(film.countries, ["美国"]);
    assert_eq!(found.mine("通天塔"), [on(Finish, "2007-03-01")]);
    assert_eq!(found.mine("心慌方"), [on(Rate(5.0), "2007-03-02")]);

    let found = kept(&["douban_books.csv"]);
    assert_eq!(found.mine("活着"), [on(Rate(5.0), "2020-02-02")]);
    assert_eq!(found.mine("百年孤独"), [on(Rate(1.0), "2021-02-02")]);
    assert_eq!(found.mine("三体")[0].0, Want);
    assert_eq!(found.item("三体").year, Some(2008));
    assert_eq!(found.item("百年孤独").year, Some(2011));
}

#[test]
fn ratings_of_movielens_genres_of_grouvee_and_people_of_imdb() {
    let mut found = kept(&["movielens_account.csv"]);
    assert_eq!(found.item("The Matrix").ids["imdb"], "tt0133093");
    assert_eq!(found.item("The Matrix").rating, Some(4.19));
    let rated = found.logs[0].1.iter().map(|entry| &entry.deed);
    assert_eq!(rated.count(), 2);
    assert_eq!(found.mine("The Matrix")[0].0, Rate(5.0));
    found = kept(&["grouvee.csv"]);
    let mut genres = found.item("Celeste").genres.clone();
    genres.sort();
    assert_eq!(genres, ["Indie", "Platformer"]);
    assert!(found.item("Untold").genres.is_empty());

    let library = Library::new();
    let path = library.folder.path().join("people.csv");
    let text = "Position,Const,Created,Modified,Description,Name,Known For,Birth Date\n\
                1,nm0000233,2022-01-01,2022-01-01,,Quentin Tarantino,Pulp Fiction,1963-03-27\n";
    fs::write(&path, text).unwrap();
    let refused = library
        .engine
        .import(&path, &ImportOptions::default(), AT, &Watch::NONE);
    let refused = refused.unwrap_err().to_string();
    assert!(refused.contains("it lists people"), "{refused}");
}

#[test]
fn what_is_not_in_a_catalogue_of_the_same_zip_is_not_asked_for() {
    let members: [(&str, &[u8]); 2] = [
        (
            "ml/movies.csv",
            b"movieId,title,genres\n1,Toy Story (1995),Comedy\n",
        ),
        (
            "ml/links.csv",
            b"movieId,imdbId,tmdbId\n1,0114709,862\n777,0000001,\n",
        ),
    ];
    let (first, _) = settled("ml.zip", &zipped(&members), &[]);
    let reasons = first.parts.iter().flat_map(|part| &part.rejects);
    let reasons: Vec<_> = reasons.map(|reject| reject.reason.as_str()).collect();
    assert_eq!(reasons, ["no item \"movielens:777\" in the catalogue"]);
}

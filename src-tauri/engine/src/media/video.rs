//! Videos: the NFO side-cars of films, series and episodes, and what the names of folders and files tell.

use super::walk::Unit;
use super::xml::Element;
use super::{Facts, Part, SIDECAR_BYTES_MAX, Sort, bytes, key, name};
use crate::catalogue::{Item, Kind};
use crate::clean;
use crate::identity::{folded_title, identifier};

/// Reads a video with its side-car, or what a series says of itself.
pub fn read(unit: &Unit) -> Result<Option<Facts>, String> {
    let nfo = match unit.sort {
        Sort::Show => Some(&unit.main),
        _ => unit.beside("nfo"),
    };
    let text = nfo
        .map(|nfo| bytes(&nfo.path, SIDECAR_BYTES_MAX))
        .transpose();
    let text = text.map_err(|reason| named(unit, &reason))?;
    let document = match &text {
        Some(text)
            if text.trim_ascii_start().starts_with(b"<")
                || text.starts_with(b"\xef\xbb\xbf<")
                || text.starts_with(b"\xff\xfe") =>
        {
            Some(Element::parse(text).map_err(|reason| named(unit, &reason))?)
        }
        _ => None,
    };
    let told = document.as_ref().map(|document| document.name.as_str());
    if unit.sort == Sort::Show {
        let Some(document) = document.as_ref().filter(|_| told == Some("tvshow")) else {
            return Ok(None);
        };
        return Ok(show(unit, document));
    }
    let episode = name::episode(unit.stem());
    if told == Some("episodedetails") || told.is_none() && episode.is_some() {
        return Ok(part_of_series(unit, document.as_ref(), episode));
    }
    let mut item = film(unit, document.as_ref().filter(|_| told == Some("movie")));
    if let (Some(text), None) = (&text, &document) {
        link(&String::from_utf8_lossy(text), &mut item);
    }
    Ok((!item.title.is_empty()).then(|| Facts {
        group: key(&item),
        item,
        ..Facts::default()
    }))
}

/// A reason that names the side-car, which is not the file that is listed.
fn named(unit: &Unit, reason: &str) -> String {
    match unit.beside("nfo").filter(|_| unit.sort != Sort::Show) {
        Some(nfo) => format!("its side-car {}: {reason}", nfo.file_name()),
        None => reason.to_owned(),
    }
}

fn film(unit: &Unit, document: Option<&Element>) -> Item {
    let guess = name::film(unit.stem()).or_else(|| name::film(unit.folder_name()));
    let mut item = match document {
        Some(document) => fields(document, Kind::Film),
        None => Item {
            kind: Kind::Film,
            ..Item::default()
        },
    };
    if let Some((title, year)) = guess {
        if item.title.is_empty() {
            item.title = title;
        }
        item.year = item.year.or(year);
    }
    if let Some(set) = document.and_then(|document| document.child("set")) {
        item.series = set.said("name").or_else(|| set.line());
    }
    for (namespace, id) in name::identifiers(&unit.main.name) {
        identify(&mut item, namespace, &id);
    }
    item
}

fn show(unit: &Unit, document: &Element) -> Option<Facts> {
    let mut item = fields(document, Kind::Series);
    if item.title.is_empty() {
        unit.folder_name().clone_into(&mut item.title);
    }
    Some(Facts {
        item,
        group: format!("show:{}", unit.show.as_ref()?),
        ..Facts::default()
    })
}

/// An episode tells of its series: who is in it, and what it is called where nothing else says so.
fn part_of_series(
    unit: &Unit,
    document: Option<&Element>,
    episode: Option<(String, u32, u32)>,
) -> Option<Facts> {
    let told = document.map(|document| fields(document, Kind::Series));
    let season = document.and_then(|document| document.said("season"));
    let season = season.and_then(|season| season.parse().ok());
    let season = season.or(episode.as_ref().map(|(_, season, _)| *season))?;
    let title = document.and_then(|document| document.said("showtitle"));
    let (folder, year) = show_folder(unit);
    let before = episode.map(|(before, ..)| before).unwrap_or_default();
    let title = title
        .or(folder)
        .or_else(|| Some(before).filter(|before| !before.is_empty()))?;
    let told = told.unwrap_or_default();
    let item = Item {
        kind: Kind::Series,
        title,
        year,
        people: clean::distinct(told.creators.into_iter().chain(told.people)),
        ..Item::default()
    };
    let group = match &unit.show {
        Some(folder) => format!("show:{folder}"),
        None => format!("series:{}", folded_title(&item.title)),
    };
    Some(Facts {
        item,
        group,
        part: Some(Part::Episode { season }),
        pictured: false,
    })
}

/// The title that the folder of a series has, and its year.
fn show_folder(unit: &Unit) -> (Option<String>, Option<i32>) {
    let mut folders = unit.folders().into_iter().rev();
    let Some(last) = folders.next() else {
        return (None, None);
    };
    let folder = if name::is_season(last) {
        folders.next()
    } else {
        None
    };
    match folder {
        Some(folder) => match name::film(folder) {
            Some((title, year)) => (Some(title), year),
            None => (Some(clean::line(folder)), None),
        },
        None => (None, None),
    }
}

/// What the side-cars of films and series have in common.
fn fields(document: &Element, kind: Kind) -> Item {
    let lists = |field: &str| -> Vec<String> {
        let said = document.all(field).filter_map(Element::line);
        clean::distinct(said.flat_map(|said| clean::list(&said, "/|")))
    };
    let year = ["year", "premiered", "releasedate", "aired"];
    let year = year.iter().find_map(|field| {
        let year: i32 = document.said(field)?.get(..4)?.parse().ok()?;
        (1880..=2200).contains(&year).then_some(year)
    });
    let prose = |field: &str| {
        let found = document.all(field).map(|text| clean::prose(text.raw()));
        found.into_iter().find(|text| !text.is_empty())
    };
    let actors = document.all("actor");
    let actors = actors.filter_map(|actor| actor.said("name"));
    let mut item = Item {
        kind,
        title: document.said("title").unwrap_or_default(),
        year,
        creators: lists("director"),
        people: clean::distinct(actors.chain(lists("credits"))),
        genres: lists("genre"),
        tags: lists("tag"),
        countries: lists("country"),
        description: prose("plot")
            .or_else(|| prose("outline"))
            .unwrap_or_default(),
        ..Item::default()
    };
    for field in ["originaltitle", "studio", "runtime"] {
        let said = document.said(field).filter(|said| *said != item.title);
        item.extra.extend(said.map(|said| (field.to_owned(), said)));
    }
    for id in document.all("uniqueid") {
        if let (Some(namespace), Some(id)) = (id.attribute("type"), id.line()) {
            identify(&mut item, &namespace.to_lowercase(), &id);
        }
    }
    for (field, namespace) in [
        ("imdbid", "imdb"),
        ("imdb_id", "imdb"),
        ("tmdbid", "tmdb"),
        ("id", "imdb"),
    ] {
        if let Some(id) = document.said(field) {
            identify(&mut item, namespace, &id);
        }
    }
    item
}

/// Takes an identifier in, where it looks like one.
fn identify(item: &mut Item, namespace: &str, id: &str) {
    let id = id.trim().to_lowercase();
    let number = !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
    let known = match namespace {
        "imdb" => id.starts_with("tt"),
        _ => number,
    };
    if id.len() < 12
        && known
        && let Some(id) = identifier(namespace, item.kind, &id)
    {
        item.ids.entry(namespace.to_owned()).or_insert(id);
    }
}

/// A side-car may hold nothing but a link to the film's page.
fn link(text: &str, item: &mut Item) {
    for (page, namespace) in [
        ("imdb.com/title/", "imdb"),
        ("themoviedb.org/movie/", "tmdb"),
    ] {
        if let Some((_, rest)) = text.split_once(page) {
            let end = rest
                .find(|c: char| !c.is_ascii_alphanumeric())
                .unwrap_or(rest.len());
            identify(item, namespace, rest.get(..end).unwrap_or_default());
        }
    }
}

//! Names: what the name of a file tells, where it tells enough to be believed.
//!
//! `Title (Year)`, `Title.2019.1080p.x264-GROUP`, `Series/Season 01/S01E02`, `Artist - Title`.

use super::walk::Unit;
use super::{Facts, key};
use crate::catalogue::{Item, Kind};
use crate::clean;

/// Words that a release puts behind a title.
const RELEASE: [&str; 22] = [
    "480p", "576p", "720p", "1080p", "1080i", "2160p", "bluray", "blu-ray", "brrip", "bdrip",
    "webrip", "web-dl", "webdl", "hdtv", "dvdrip", "remux", "x264", "x265", "h264", "h265", "hevc",
    "xvid",
];
/// Words that a release puts behind a year, and that a title may have of its own.
const AFTER_YEAR: [&str; 4] = ["4k", "uhd", "dvd", "proper"];

/// The title and year of a film; nothing where neither a year nor a release shows that it is one.
pub fn film(stem: &str) -> Option<(String, Option<i32>)> {
    let spaced = spaced(stem);
    let spaced = bare(&spaced);
    if let Some(at) = spaced.rfind('(') {
        let (title, rest) = spaced.split_at(at);
        let year = rest.get(1..5).and_then(as_year);
        let closed = rest
            .get(5..)
            .is_some_and(|rest| rest.starts_with([')', '-', '–']));
        let title = clean::line(title);
        if let (Some(year), true, false) = (year, closed, title.is_empty()) {
            return Some((clean::natural_title(&title), Some(year)));
        }
    }
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let release = |word: &str| {
        let word = word.to_lowercase();
        let word = word.split('-').next().unwrap_or_default().to_owned();
        RELEASE.contains(&word.as_str()) || RELEASE.iter().any(|r| r.contains('-') && word == *r)
    };
    let after_year = || {
        let year = words
            .iter()
            .skip(1)
            .position(|word| as_year(word).is_some())?
            + 1;
        let after = |word: &&str| AFTER_YEAR.contains(&word.to_lowercase().as_str());
        Some(year + words[year..].iter().position(after)?)
    };
    let end = words
        .iter()
        .position(|word| release(word))
        .or_else(after_year);
    let before = words.get(..end.unwrap_or(words.len()))?;
    let year = before.iter().rposition(|word| as_year(word).is_some());
    match (year.filter(|at| *at > 0), end) {
        // A bare number ends a title of its own too: `Blade Runner 2049`.
        (Some(at), Some(_)) => {
            let title = before.get(..at)?.join(" ");
            Some((title, before.get(at).and_then(|word| as_year(word))))
        }
        (Some(at), None) if stem.contains('.') && !stem.contains(' ') => {
            let title = before.get(..at)?.join(" ");
            Some((title, before.get(at).and_then(|word| as_year(word))))
        }
        (None, Some(end)) if end > 0 => Some((before.join(" "), None)),
        _ => None,
    }
}

/// The season and number of an episode, and what stands before them.
pub fn episode(stem: &str) -> Option<(String, u32, u32)> {
    let lower = stem.to_ascii_lowercase();
    let bytes = lower.as_bytes();
    let digits = |from: usize| {
        let rest = lower.get(from..).unwrap_or_default();
        let end = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        let number = rest.get(..end).filter(|text| text.len() < 5)?;
        Some((number.parse::<u32>().ok()?, from + end))
    };
    for at in 0..bytes.len() {
        let begins = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
        if !begins {
            continue;
        }
        let found = if bytes[at] == b's' {
            let season = digits(at + 1);
            season.and_then(|(season, end)| match bytes.get(end) {
                Some(b'e') => digits(end + 1).map(|(number, _)| (season, number)),
                _ => None,
            })
        } else if bytes[at].is_ascii_digit() {
            let season = digits(at).filter(|(season, _)| *season < 100);
            season.and_then(|(season, end)| match bytes.get(end) {
                Some(b'x') => digits(end + 1).map(|(number, _)| (season, number)),
                _ => None,
            })
        } else {
            None
        };
        if let Some((season, number)) = found {
            let before = spaced(
                lower
                    .get(..at)
                    .map_or("", |_| stem.get(..at).unwrap_or_default()),
            );
            let before = bare(&before);
            let before = before.trim_end_matches([' ', '-', '–', '_']);
            return Some((clean::line(before), season, number));
        }
    }
    None
}

/// Whether a folder is the season of a series.
pub fn is_season(folder: &str) -> bool {
    let lower = folder.trim().to_lowercase();
    if lower == "specials" {
        return true;
    }
    let number = ["season", "series", "staffel", "saison", "temporada", "s"]
        .iter()
        .find_map(|word| lower.strip_prefix(word));
    let number = number.or_else(|| lower.strip_prefix('第')?.strip_suffix('季'));
    number.is_some_and(|number| {
        let number = number.trim_matches([' ', '.', '_', '-']);
        !number.is_empty()
            && (number
                .chars()
                .all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c)))
    })
}

/// Whether a folder is one of the discs of an album.
pub fn is_disc(folder: &str) -> bool {
    let lower = folder.trim().to_lowercase();
    let number = ["cd", "disc", "disk"]
        .iter()
        .find_map(|word| lower.strip_prefix(word));
    number.is_some_and(|n| {
        let n = n.trim_matches([' ', '.', '_', '-']);
        !n.is_empty() && n.chars().all(|c| c.is_ascii_digit())
    })
}

/// The artist and title of a track.
pub fn track(stem: &str) -> Option<(String, String)> {
    let (artist, title) = stem.split_once(" - ")?;
    let (artist, title) = (clean::line(artist), clean::line(title));
    let numbered = artist.chars().all(|c| c.is_ascii_digit() || c == '.');
    (!artist.is_empty() && !title.is_empty() && !numbered).then_some((artist, title))
}

/// A book of which only its name tells: `Title (Year)`, `Author - Title (Year)`.
pub fn book(unit: &Unit) -> Option<Facts> {
    let (title, year) = film(unit.stem())?;
    let (creators, title) = match title.split_once(" - ") {
        Some((author, title)) => (vec![clean::line(author)], clean::line(title)),
        None => (Vec::new(), title),
    };
    let item = Item {
        kind: Kind::Book,
        title,
        year: Some(year?),
        creators,
        ..Item::default()
    };
    Some(Facts {
        group: key(&item),
        item,
        ..Facts::default()
    })
}

/// Identifiers that media servers write into names: `{imdb-tt0133093}`, `[tmdbid=603]`.
pub fn identifiers(name: &str) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    for part in name.split(['{', '[']).skip(1) {
        let Some(inner) = part.split(['}', ']']).next() else {
            continue;
        };
        let Some((namespace, id)) = inner.split_once(['-', '=']) else {
            continue;
        };
        let namespace = namespace.trim().to_lowercase();
        let namespace = namespace.strip_suffix("id").unwrap_or(&namespace);
        let known = ["imdb", "tmdb", "tvdb"]
            .into_iter()
            .find(|known| *known == namespace);
        found.extend(known.map(|known| (known, id.trim().to_lowercase())));
    }
    found
}

/// A name without what stands in square brackets or braces.
fn bare(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut depth = 0_usize;
    for c in name.chars() {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    clean::line(&out)
}

/// A name whose dots or underscores stand for blanks.
fn spaced(name: &str) -> String {
    let spaced = name.replace('_', " ");
    if spaced.trim().contains(' ') {
        spaced
    } else {
        spaced.replace('.', " ")
    }
}

fn as_year(word: &str) -> Option<i32> {
    let year = word.parse().ok().filter(|_| word.len() == 4)?;
    (1880..=2100).contains(&year).then_some(year)
}

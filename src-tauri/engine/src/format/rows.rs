//! What it means that a row stands in a file and does not say what was done: by the format, the columns and
//! the name of the file.
//!
//! A name is read by its words: a list that is called `unwanted` wants nothing.

use std::path::Path;

use crate::catalogue::Kind;
use crate::field::Field;
use crate::plan::{Implied, Plan};
use crate::specs::Format;

/// What Douban calls what was done with films, books, music and games; its exports are a file or a sheet for
/// each.
const STATES: [(&str, Implied, Kind); 12] = [
    ("想看", Implied::Want, Kind::Film),
    ("想读", Implied::Want, Kind::Book),
    ("想听", Implied::Want, Kind::Music),
    ("想玩", Implied::Want, Kind::Game),
    ("在看", Implied::Open, Kind::Film),
    ("在读", Implied::Open, Kind::Book),
    ("在听", Implied::Open, Kind::Music),
    ("在玩", Implied::Open, Kind::Game),
    ("看过", Implied::Finish, Kind::Film),
    ("读过", Implied::Finish, Kind::Book),
    ("听过", Implied::Finish, Kind::Music),
    ("玩过", Implied::Finish, Kind::Game),
];

/// The kind of items that the name of a file tells with their state.
pub(super) fn kind(path: &Path) -> Option<Kind> {
    let name = stem(path);
    state(&name).map(|(_, kind)| {
        if name.contains("舞台剧") {
            Kind::Other
        } else {
            kind
        }
    })
}

/// The first state in a name.
fn state(name: &str) -> Option<(Implied, Kind)> {
    let found = STATES.iter().filter_map(|(word, implied, kind)| {
        let place = name.find(word)?;
        Some((place, (*implied, *kind)))
    });
    found
        .min_by_key(|(place, _)| *place)
        .map(|(_, found)| found)
}

fn stem(path: &Path) -> String {
    let stem = path.file_stem().map(|s| s.to_string_lossy().to_lowercase());
    stem.unwrap_or_default()
}

pub(super) fn implied(plan: &Plan, path: &Path) -> Implied {
    let stem = stem(path);
    let words = || stem.split(|c: char| !c.is_alphabetic());
    let folder = path.parent().and_then(Path::file_name);
    let folder = folder.map(|s| s.to_string_lossy().to_lowercase());
    let wanted = words().any(|word| word.ends_with("watchlist") || word.ends_with("wishlist"));
    let favourite = words().any(|word| word.starts_with("favo"));
    match plan.format {
        // A list says no more than that its maker thought of the film, whatever it is called.
        Format::Letterboxd if plan.is_headed("Position") => Implied::Nothing,
        Format::Letterboxd | Format::Imdb | Format::Trakt | Format::TmdbAccount if wanted => {
            Implied::Want
        }
        Format::Trakt | Format::TmdbAccount if favourite => Implied::Like,
        Format::Letterboxd
            if folder.as_deref() == Some("likes") || words().any(|word| word == "likes") =>
        {
            Implied::Like
        }
        Format::Letterboxd | Format::Lastfm | Format::Spotify => Implied::Finish,
        Format::Trakt if plan.is_headed("listed_at") => Implied::Nothing,
        // Of a show it tells when the latest episode was seen, and not that there are no more.
        Format::Trakt if plan.is_headed("last_watched_at") && plan.is_headed("show.title") => {
            Implied::Open
        }
        Format::Trakt if plan.is_headed("watched_at") || plan.is_headed("last_watched_at") => {
            Implied::Finish
        }
        Format::ShopOrders => Implied::Buy,
        Format::MovielensTags => Implied::Comment,
        Format::Generic if plan.has(Field::Quantity) || plan.has(Field::Basket) => Implied::Buy,
        Format::Generic if plan.has(Field::Action) || plan.has(Field::Profile) => Implied::Nothing,
        Format::Generic | Format::Douban if wanted => Implied::Want,
        Format::Generic | Format::Douban => {
            state(&stem).map_or_else(|| dated(plan), |(implied, _)| implied)
        }
        _ => Implied::Nothing,
    }
}

/// A list of titles and dates and nothing else tells what was watched or played when, as that of Netflix does;
/// Douban dates what was finished.
fn dated(plan: &Plan) -> Implied {
    let mut fields: Vec<&str> = plan
        .fields
        .iter()
        .map(|f| f.map_or("", Field::name))
        .collect();
    fields.sort_unstable();
    let log = plan.format == Format::Generic && fields == ["at", "title"];
    let marked = plan.format == Format::Douban && plan.is_headed("打分日期");
    if log || marked {
        Implied::Finish
    } else {
        Implied::Nothing
    }
}

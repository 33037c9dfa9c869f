//! What a profile says of its films or books, as other trackers import it: Letterboxd and Goodreads.
//!
//! One row an item that the profile has done something with that such a program knows of: finished,
//! rated, liked, wanted or abandoned. What they have no column for is not in it, and no day of which
//! nobody told.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::DateTime;

use crate::behaviour::{Action, Deed, Entry, UNDATED, live};
use crate::catalogue::{Item, ItemId, Kind};
use crate::error::{Error, Result};
use crate::export::{sheet, spare_others};
use crate::library::Library;
use crate::sheet::neutral;
use crate::view::{ExportFormat, Written};

/// The columns of a list of films for Letterboxd.
pub const LETTERBOXD: [&str; 9] = [
    "Title",
    "Year",
    "imdbID",
    "tmdbID",
    "Rating",
    "WatchedDate",
    "Rewatch",
    "Tags",
    "Review",
];

/// The columns of a list of books for Goodreads.
pub const GOODREADS: [&str; 14] = [
    "Title",
    "Author",
    "ISBN",
    "My Rating",
    "Average Rating",
    "Publisher",
    "Binding",
    "Year Published",
    "Original Publication Year",
    "Date Read",
    "Date Added",
    "Shelves",
    "Bookshelves",
    "My Review",
];

const DAY_MS: i64 = 86_400_000;

/// What a log says of one item.
#[derive(Default)]
struct Told<'a> {
    stars: Option<f64>,
    /// When it was rated last, where that is known.
    rated: Option<i64>,
    /// Each time that it was finished, and when, where that is known.
    finished: Vec<Option<i64>>,
    wanted: bool,
    abandoned: bool,
    liked: bool,
    /// When it was first told of, where that is known.
    added: Option<i64>,
    review: &'a str,
}

impl Told<'_> {
    /// Whether the item is known to be done with.
    fn is_done(&self) -> bool {
        self.stars.is_some() || self.liked || !self.finished.is_empty()
    }

    /// When it was finished last; one who only rates has finished it then.
    fn last(&self) -> Option<i64> {
        self.finished.iter().copied().flatten().max().or(self.rated)
    }

    /// On how many days it was finished.
    fn days(&self) -> usize {
        let days = self
            .finished
            .iter()
            .flatten()
            .map(|at| at.div_euclid(DAY_MS));
        days.collect::<BTreeSet<_>>().len()
    }
}

/// Writes letterboxd.csv or goodreads.csv into a folder, made when missing.
pub fn write(
    library: &Library,
    log: &[Entry],
    folder: &Path,
    format: ExportFormat,
) -> Result<Written> {
    std::fs::create_dir_all(folder).map_err(Error::file("create", folder))?;
    let films = format == ExportFormat::Letterboxd;
    let (name, header, kind): (_, &[&str], _) = if films {
        ("letterboxd.csv", &LETTERBOXD, Kind::Film)
    } else {
        ("goodreads.csv", &GOODREADS, Kind::Book)
    };
    let file = folder.join(name);
    spare_others(&file, header)?;
    let mut rows = Vec::new();
    let mut entries = 0;
    for (id, told) in told(log) {
        let item = library.item(id)?;
        // Letterboxd's list of films is of what was seen; a watchlist is another file there.
        let known = told.is_done() || !films && (told.wanted || told.abandoned);
        if item.kind != kind || !known {
            continue;
        }
        entries += 1;
        rows.push(if films {
            film(item, &told)
        } else {
            book(item, &told)
        });
    }
    let rows = rows.into_iter().map(|row: Vec<String>| {
        let row = row.iter().map(|cell| neutral(cell).into_owned());
        row.collect()
    });
    let items = sheet(&file, header, rows)?;
    Ok(Written {
        path: file.display().to_string(),
        items,
        profiles: 1,
        entries,
        friends: 0,
        before: None,
    })
}

fn told(log: &[Entry]) -> BTreeMap<ItemId, Told<'_>> {
    let mut all: BTreeMap<ItemId, Told> = BTreeMap::new();
    for entry in live(log) {
        let Deed::Act {
            item,
            action,
            note,
            surface,
            ..
        } = &entry.deed
        else {
            continue;
        };
        // A file that told no day is not asked for one: that of the import is nobody's.
        let at = (surface != UNDATED).then_some(entry.at);
        let told = all.entry(*item).or_insert_with(|| Told {
            added: at,
            ..Told::default()
        });
        match action {
            Action::Rate(stars) => {
                told.stars = Some(*stars);
                told.rated = at;
            }
            Action::Finish => told.finished.push(at),
            Action::Want => told.wanted = true,
            Action::Abandon => told.abandoned = true,
            Action::Like => told.liked = true,
            _ => {}
        }
        if !note.is_empty() {
            told.review = note;
        }
    }
    all
}

fn film(item: &Item, told: &Told) -> Vec<String> {
    let id = |name: &str| item.ids.get(name).cloned().unwrap_or_default();
    vec![
        item.title.clone(),
        year(item),
        id("imdb"),
        id("tmdb"),
        // They have half stars.
        told.stars
            .map_or_else(String::new, |s| ((s * 2.0).round() / 2.0).to_string()),
        told.last().map_or_else(String::new, day),
        if told.days() > 1 { "true" } else { "" }.to_owned(),
        // What a catalogue says it is about are no tags of one's own.
        String::new(),
        told.review.to_owned(),
    ]
}

fn book(item: &Item, told: &Told) -> Vec<String> {
    let shelf = if told.abandoned {
        "did-not-finish"
    } else if told.is_done() {
        "read"
    } else {
        "to-read"
    };
    let kept = |name: &str| item.extra.get(name).cloned().unwrap_or_default();
    vec![
        item.title.clone(),
        item.creators.join(", "),
        item.ids.get("isbn").cloned().unwrap_or_default(),
        // They have whole stars, and 0 for none.
        told.stars.unwrap_or(0.0).round().to_string(),
        item.rating.map_or_else(String::new, |r| format!("{r:.2}")),
        kept("Publisher"),
        kept("Binding"),
        year(item),
        year(item),
        match shelf {
            "read" => told.last().map_or_else(String::new, day),
            _ => String::new(),
        },
        told.added.map_or_else(String::new, day),
        shelf.to_owned(),
        item.tags.join(", "),
        told.review.to_owned(),
    ]
}

fn year(item: &Item) -> String {
    item.year.map_or_else(String::new, |y| y.to_string())
}

fn day(at: i64) -> String {
    let when = DateTime::from_timestamp_millis(at);
    when.map_or_else(String::new, |t| t.format("%Y-%m-%d").to_string())
}

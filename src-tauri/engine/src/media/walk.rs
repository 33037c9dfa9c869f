//! A walk over a folder: its files in a fixed order, as units of one file with what lies beside it.
//!
//! It follows no links, skips what is hidden or the system's own, and ends at a depth and a count. It
//! opens no file: names, sizes and times are all that it reads.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use walkdir::{DirEntry, WalkDir};

use super::{Sort, name};

/// Folders inside folders that are looked into.
const DEPTH_MAX: usize = 16;
/// Files and folders that are looked at.
const ENTRIES_MAX: usize = 500_000;
/// Side-cars and pictures that are seen beside one file.
const BESIDE_MAX: usize = 8;

/// A file as its folder lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Relative to the folder that is walked, with `/` between its parts.
    pub name: String,
    pub size: u64,
    /// Nanoseconds since 1970-01-01 UTC.
    pub time: i64,
    #[serde(skip)]
    pub path: PathBuf,
}

impl Seen {
    /// The last part of its name.
    pub fn file_name(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or_default()
    }

    fn ending(&self) -> String {
        let ending = self.file_name().rsplit_once('.');
        ending.map_or_else(String::new, |(_, ending)| ending.to_lowercase())
    }

    fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

/// A file that tells of a thing, and what lies beside it and tells more.
#[derive(Debug, Clone)]
pub struct Unit {
    pub sort: Sort,
    pub main: Seen,
    /// Side-cars, and at most one picture.
    pub beside: Vec<Seen>,
    /// The folder with the `tvshow.nfo` that tells of it.
    pub show: Option<String>,
}

impl Unit {
    /// The side-car with an ending.
    pub fn beside(&self, ending: &str) -> Option<&Seen> {
        self.beside.iter().find(|seen| seen.ending() == ending)
    }

    /// The picture beside it.
    pub fn art(&self) -> Option<&Seen> {
        self.beside.iter().find(|seen| is_picture(&seen.ending()))
    }

    /// Its name without folder and ending.
    pub fn stem(&self) -> &str {
        self.main.stem()
    }

    /// The names of the folders that it is in, the outermost first.
    pub fn folders(&self) -> Vec<&str> {
        let mut parts: Vec<&str> = self.main.name.split('/').collect();
        parts.pop();
        parts
    }

    /// The name of the folder that it is in; empty at the top.
    pub fn folder_name(&self) -> &str {
        self.folders().last().copied().unwrap_or_default()
    }

    /// The folder of the album that it is in, whichever of its discs it is on.
    pub fn album_folder(&self) -> String {
        let mut folders = self.folders();
        if folders.last().is_some_and(|folder| name::is_disc(folder)) {
            folders.pop();
        }
        folders.join("/")
    }

    /// The files of it, the main one first.
    pub fn files(&self) -> impl Iterator<Item = &Seen> {
        std::iter::once(&self.main).chain(&self.beside)
    }
}

/// What a walk found.
#[derive(Debug, Default)]
pub struct Listing {
    pub units: Vec<Unit>,
    /// Files that are of no sort that is read, and are no side-cars.
    pub others: u64,
    /// Links, none of which was followed.
    pub links: u64,
    /// Folders and files that cannot be looked at, each with the reason.
    pub broken: Vec<(String, String)>,
    /// There is more than a walk looks at.
    pub cut: bool,
}

/// Walks a folder, leaving out `except`.
pub fn list(root: &Path, except: &Path) -> Listing {
    let mut listing = Listing::default();
    let mut folders: BTreeMap<String, Vec<Seen>> = BTreeMap::new();
    let walk = WalkDir::new(root)
        .follow_links(false)
        .follow_root_links(true)
        .max_depth(DEPTH_MAX)
        .sort_by_file_name();
    let wanted =
        |entry: &DirEntry| entry.depth() == 0 || !is_hidden(entry) && entry.path() != except;
    for (count, entry) in walk.into_iter().filter_entry(wanted).enumerate() {
        if count > ENTRIES_MAX {
            listing.cut = true;
            break;
        }
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(root);
                let reason = error
                    .io_error()
                    .map_or_else(|| error.to_string(), ToString::to_string);
                listing.broken.push((relative(root, path), reason));
                continue;
            }
        };
        if entry.file_type().is_symlink() {
            listing.links += 1;
        } else if entry.file_type().is_file() {
            match entry.metadata() {
                Ok(data) => {
                    let seen = seen(root, entry.path(), &data);
                    let folder = seen.name.rsplit_once('/').map_or("", |(folder, _)| folder);
                    folders.entry(folder.to_owned()).or_default().push(seen);
                }
                Err(error) => {
                    let reason = error.to_string();
                    listing.broken.push((relative(root, entry.path()), reason));
                }
            }
        }
    }
    let shows: BTreeSet<String> = folders
        .iter()
        .filter(|(_, files)| files.iter().any(is_show))
        .map(|(folder, _)| folder.clone())
        .collect();
    for (folder, files) in folders {
        units(&folder, &files, &shows, &mut listing);
    }
    listing
}

fn seen(root: &Path, path: &Path, data: &std::fs::Metadata) -> Seen {
    let time = data
        .modified()
        .ok()
        .map(|time| match time.duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
            Err(before) => -i64::try_from(before.duration().as_nanos()).unwrap_or(i64::MAX),
        });
    Seen {
        name: relative(root, path),
        size: data.len(),
        time: time.unwrap_or_default(),
        path: path.to_owned(),
    }
}

/// A path as it is told and remembered; what is no Unicode shows as �.
fn relative(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    let parts = inside.iter().map(|part| part.to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

fn is_hidden(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let system = [
        "$RECYCLE.BIN",
        "System Volume Information",
        "lost+found",
        "__MACOSX",
        "#recycle",
        "@eaDir",
    ];
    // Extras of a film are not films.
    let extras = [
        "extras",
        "trailers",
        "featurettes",
        "behind the scenes",
        "deleted scenes",
        "interviews",
        "samples",
    ];
    name.starts_with('.')
        || system.contains(&name.as_ref())
        || entry.file_type().is_dir() && extras.contains(&name.to_lowercase().as_str())
}

fn is_show(seen: &Seen) -> bool {
    seen.file_name().eq_ignore_ascii_case("tvshow.nfo")
}

fn is_picture(ending: &str) -> bool {
    matches!(ending, "jpg" | "jpeg" | "png" | "webp")
}

fn sort_of(seen: &Seen) -> Option<Sort> {
    if is_show(seen) {
        return Some(Sort::Show);
    }
    if seen.file_name().eq_ignore_ascii_case("metadata.opf") {
        return Some(Sort::Opf);
    }
    Some(match seen.ending().as_str() {
        "mp3" | "flac" | "ogg" | "oga" | "opus" | "spx" | "m4a" | "m4b" | "aac" | "wav" | "aif"
        | "aiff" | "ape" | "wv" | "mpc" => Sort::Audio,
        "mkv" | "mp4" | "m4v" | "avi" | "mov" | "wmv" | "webm" | "mpg" | "mpeg" | "m2ts"
        | "flv" | "ogv"
            if !is_extra(seen.stem()) =>
        {
            Sort::Video
        }
        "epub" => Sort::Epub,
        "cbz" => Sort::Comic,
        "pdf" | "mobi" | "azw" | "azw3" | "djvu" | "fb2" | "cbr" | "cb7" => Sort::Named,
        _ => return None,
    })
}

/// Trailers and samples lie beside films.
fn is_extra(stem: &str) -> bool {
    let stem = stem.to_lowercase();
    let ends = [
        "-trailer",
        "-sample",
        "-featurette",
        "-behindthescenes",
        "-deleted",
        "-interview",
        "-extra",
    ];
    stem == "sample" || stem == "trailer" || ends.iter().any(|end| stem.ends_with(end))
}

/// Puts the files of one folder together.
fn units(folder: &str, files: &[Seen], shows: &BTreeSet<String>, listing: &mut Listing) {
    let show = ancestors(folder)
        .find(|folder| shows.contains(*folder))
        .map(str::to_owned);
    let sorts: Vec<Option<Sort>> = files.iter().map(sort_of).collect();
    let is = |sort: Sort| move |found: &&Option<Sort>| **found == Some(sort);
    let told = sorts.contains(&Some(Sort::Opf));
    let videos = sorts.iter().filter(is(Sort::Video)).count();
    let books = sorts
        .iter()
        .filter(|sort| matches!(sort, Some(Sort::Epub | Sort::Comic | Sort::Named)))
        .count();
    let mut used = vec![false; files.len()];
    for (at, (seen, sort)) in files.iter().zip(&sorts).enumerate() {
        let Some(sort) = *sort else { continue };
        used[at] = true;
        let book = matches!(sort, Sort::Epub | Sort::Named);
        // calibre's metadata.opf tells of the books beside it.
        if told && book {
            continue;
        }
        // What lies in the folder tells of a file that has the folder to itself.
        let alone = match sort {
            Sort::Video => videos == 1,
            Sort::Epub | Sort::Comic | Sort::Named => books == 1,
            Sort::Audio | Sort::Show | Sort::Opf => true,
        };
        let mut beside = Vec::new();
        let mut add = |found: Option<usize>| {
            if let Some(found) = found.filter(|_| beside.len() < BESIDE_MAX) {
                used[found] = true;
                beside.push(files[found].clone());
            }
        };
        let named = |name: &str| {
            files
                .iter()
                .position(|file| file.file_name().to_lowercase() == name)
        };
        let stem = seen.stem().to_lowercase();
        if sort == Sort::Video {
            let own = named(&format!("{stem}.nfo"));
            add(own.or_else(|| named("movie.nfo").filter(|_| alone)));
        } else if book {
            add(named(&format!("{stem}.opf")));
        }
        let art = pictures(sort, &stem, alone);
        add(art.iter().find_map(|name| named(name)));
        if sort == Sort::Opf {
            // Another format of the same book changes nothing; that it is there is seen.
            let formats = files
                .iter()
                .zip(&sorts)
                .position(|(_, sort)| matches!(sort, Some(Sort::Epub | Sort::Named)));
            add(formats);
        }
        let show = show
            .clone()
            .filter(|_| matches!(sort, Sort::Video | Sort::Show));
        listing.units.push(Unit {
            sort,
            main: seen.clone(),
            beside,
            show,
        });
    }
    let others = files
        .iter()
        .zip(&used)
        .filter(|(seen, used)| !**used && !is_picture(&seen.ending()));
    listing.others += others.count() as u64;
}

/// The names of pictures that may be of a file, best first.
fn pictures(sort: Sort, stem: &str, alone: bool) -> Vec<String> {
    let own: &[&str] = match sort {
        Sort::Audio | Sort::Show | Sort::Opf => &[],
        Sort::Video => &["-poster", ""],
        Sort::Epub | Sort::Comic | Sort::Named => &["", "-cover"],
    };
    let shared: &[&str] = match sort {
        Sort::Audio => &["cover", "folder", "front", "album"],
        Sort::Video => &["poster", "folder", "cover", "movie"],
        Sort::Show => &["poster", "folder", "cover", "show"],
        _ => &["cover", "folder", "poster"],
    };
    let own = own.iter().map(|end| format!("{stem}{end}"));
    let shared = shared
        .iter()
        .filter(|_| alone)
        .map(|name| (*name).to_owned());
    own.chain(shared)
        .flat_map(|name| ["jpg", "jpeg", "png", "webp"].map(|ending| format!("{name}.{ending}")))
        .collect()
}

/// A folder, the one around it, and so on to the top.
fn ancestors(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |folder| {
        if folder.is_empty() {
            return None;
        }
        Some(folder.rsplit_once('/').map_or("", |(around, _)| around))
    })
}

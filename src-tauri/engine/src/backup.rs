//! A backup: everything that a store holds in one archive that a person can read.
//!
//! It is written whole under another name and renamed, and never takes the place of a file that is no
//! backup. Those that are made by themselves lie in the data folder, the last few of each sort. What a
//! backup does not hold (vectors, search index) is computed again.

mod archive;

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::covers;
use crate::error::{Error, Result, Source};
use crate::replace::Replacement;
use crate::store::{self, Contents, Store};
use crate::view::BackedUp;

use archive::{COVERS, Manifest, manifest, pack, unpack, unpacked_file};

/// How many automatic backups of each sort are kept.
const KEPT: usize = 7;

const FOLDER: &str = "backups";

/// Writes a backup of a store to a file, replacing it; `at` is now.
pub fn write(store: &Store, file: &Path, at: i64) -> Result<()> {
    put(store, None, file, at)
}

/// The same with the covers of the items, for another machine to have them too.
pub fn write_with_covers(store: &Store, file: &Path, at: i64) -> Result<()> {
    put(store, Some(&covers::folder(store.data())), file, at)
}

fn put(store: &Store, covered: Option<&Path>, file: &Path, at: i64) -> Result<()> {
    let begun = Replacement::begin(file)?;
    let written = pack(store, covered, at, begun).map_err(failed("write", file))?;
    written.finish()
}

/// Puts the covers that an archive holds into a data folder; those that say something else than they
/// hold are passed over.
pub fn restore_covers(file: &Path, data: &Path) -> Result<()> {
    let opened = File::open(file).map_err(Error::file("open", file))?;
    let mut archive =
        ZipArchive::new(opened).map_err(|error| failed("read", file)(error.into()))?;
    let names: Vec<String> = archive
        .file_names()
        .filter_map(|name| Some(name.ok()?.into_owned()))
        .collect();
    for path in names {
        let Some(name) = path.strip_prefix(COVERS) else {
            continue;
        };
        let jpeg = unpacked_file(&mut archive, &path).map_err(failed("read", file))?;
        if covers::says(name, &jpeg) {
            covers::put(&covers::folder(data), name, &jpeg)?;
        }
    }
    Ok(())
}

/// Refuses a file that is there and is no backup, so that none but our own is ever replaced.
pub fn spare_others(file: &Path) -> Result<()> {
    if !file.exists() {
        return Ok(());
    }
    let opened = File::open(file).map_err(Error::file("open", file))?;
    let known = ZipArchive::new(opened).is_ok_and(|mut archive| manifest(&mut archive).is_ok());
    if !known {
        return Err(Error::Invalid(format!(
            "{} is there already and is no backup of Curio; choose another name",
            file.display()
        )));
    }
    Ok(())
}

/// Reads a backup.
///
/// # Errors
/// The file is no archive, is of a newer format, is damaged, or asks for what no backup needs.
pub fn read(file: &Path) -> Result<Contents> {
    Ok(whole(file)?.1)
}

/// Reads a backup through, and says what is in it.
///
/// # Errors
/// As [`read`].
pub fn check(file: &Path) -> Result<BackedUp> {
    let (manifest, _) = whole(file)?;
    Ok(BackedUp {
        path: file.display().to_string(),
        at: manifest.at,
        items: manifest.items,
        profiles: manifest.profiles,
        entries: manifest.entries,
        friends: manifest.friends,
    })
}

/// An archive's manifest, and the contents that agree with it.
fn whole(file: &Path) -> Result<(Manifest, Contents)> {
    let opened = File::open(file).map_err(Error::file("open", file))?;
    let mut archive = ZipArchive::new(opened).map_err(|error| match error {
        ZipError::InvalidArchive(_) => {
            let file = file.display();
            Error::Invalid(format!("{file} is no backup of Curio, or is damaged"))
        }
        error => failed("read", file)(error.into()),
    })?;
    let manifest = manifest(&mut archive).map_err(failed("read", file))?;
    store::check_format(manifest.format)?;
    let contents = unpack(&mut archive, &manifest).map_err(failed("read", file))?;
    Ok((manifest, contents))
}

/// Writes today's automatic backup into the data folder unless it is there, and keeps the last seven
/// days. `at` says what day it is (UTC). Returns the file if one was written.
pub fn daily(store: &Store, data: &Path, at: i64) -> Result<Option<PathBuf>> {
    automatic(
        store,
        data,
        at,
        &format!("daily-{}.zip", stamp(at, "%Y-%m-%d")),
        "daily-",
    )
}

/// Writes an automatic backup before something that changes much, such as `import` or `restore`, and
/// keeps the last seven of that sort. Returns the file.
pub fn before(store: &Store, data: &Path, what: &str, at: i64) -> Result<PathBuf> {
    let prefix = format!("before-{what}-");
    // Two in a millisecond are two.
    let mut moment = at;
    loop {
        let name = format!("{prefix}{}.zip", stamp(moment, "%Y-%m-%d-%H%M%S-%3f"));
        if let Some(file) = automatic(store, data, at, &name, &prefix)? {
            return Ok(file);
        }
        moment += 1;
    }
}

/// The newest automatic backup that can be read, with its name.
pub fn latest(data: &Path) -> Option<(String, Contents)> {
    let mut found: Vec<(i64, PathBuf)> = listed(&folder(data), "")
        .into_iter()
        .filter_map(|path| {
            let mut archive = ZipArchive::new(File::open(&path).ok()?).ok()?;
            Some((manifest(&mut archive).ok()?.at, path))
        })
        .collect();
    found.sort();
    found.into_iter().rev().find_map(|(_, path)| {
        let name = path.file_name()?.to_string_lossy().into_owned();
        Some((format!("{FOLDER}/{name}"), read(&path).ok()?))
    })
}

/// Where automatic backups of a data folder lie.
pub fn folder(data: &Path) -> PathBuf {
    data.join(FOLDER)
}

fn automatic(
    store: &Store,
    data: &Path,
    at: i64,
    name: &str,
    prefix: &str,
) -> Result<Option<PathBuf>> {
    let folder = folder(data);
    let file = folder.join(name);
    if file.exists() {
        return Ok(None);
    }
    fs::create_dir_all(&folder).map_err(Error::file("create", &folder))?;
    write(store, &file, at)?;
    let old = listed(&folder, prefix);
    for file in old.iter().take(old.len().saturating_sub(KEPT)) {
        fs::remove_file(file).map_err(Error::file("remove", file))?;
    }
    Ok(Some(file))
}

/// The archives of a folder whose names begin so, oldest first.
fn listed(folder: &Path, prefix: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            name.starts_with(prefix) && name.ends_with(".zip")
        })
        .map(|entry| entry.path())
        .collect();
    files.sort();
    files
}

fn stamp(at: i64, pattern: &str) -> String {
    let time = DateTime::<Utc>::from_timestamp_millis(at).unwrap_or_default();
    time.format(pattern).to_string()
}

fn failed(doing: &'static str, file: &Path) -> impl FnOnce(Source) -> Error {
    move |source| {
        let reason = std::io::Error::new(std::io::ErrorKind::InvalidData, source);
        Error::file(doing, file)(reason)
    }
}

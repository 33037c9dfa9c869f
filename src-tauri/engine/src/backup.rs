//! A backup: everything that a store holds in one archive that a person can read.
//!
//! The archive is a zip of JSON Lines, one record a line as in the journal, and a manifest that
//! counts and checksums them. It is written whole under another name and renamed. Reading trusts
//! nothing: names, links, numbers and sizes are checked before a byte is unpacked, and nothing is
//! ever written to a path that an archive names. What a backup does not hold (vectors, search index)
//! is computed again.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Cursor, Read, Seek, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::covers;
use crate::error::{Error, Result, Source};
use crate::journal::{self, Record};
use crate::replace::replace;
use crate::store::{self, Contents, Draft, Store};

/// How many automatic backups of each sort are kept.
const KEPT: usize = 7;

/// The most bytes that an archive may unpack to.
const UNPACKED_BYTES_MAX: u64 = 2 << 30;
/// Beyond this many times its packed size a file is no backup but a bomb.
const RATIO_MAX: u64 = 200;
/// Below this size the ratio does not matter.
const RATIO_FREE_BYTES: u64 = 1 << 20;

const FOLDER: &str = "backups";
const MANIFEST: &str = "manifest.json";
/// Where covers lie in an archive, each under the name that says what is in it.
const COVERS: &str = "covers/";
/// Covers beyond so many bytes are left out, so that what is written can be read.
const COVERS_BYTES_MAX: u64 = 1 << 30;
const FILES: [&str; 5] = [
    "profiles.jsonl",
    "items.jsonl",
    "log.jsonl",
    "settings.jsonl",
    "friends.jsonl",
];
/// The first format in which a backup has the last of them.
const FRIENDS_SINCE: u32 = 2;

/// What an archive says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Manifest {
    format: u32,
    /// Milliseconds since 1970-01-01 UTC.
    at: i64,
    /// The same for people.
    written: String,
    items: u64,
    profiles: u64,
    entries: u64,
    #[serde(default)]
    friends: u64,
    files: BTreeMap<String, FileNote>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct FileNote {
    lines: u64,
    bytes: u64,
    /// CRC-32 in hex.
    crc: String,
}

/// Writes a backup of a store to a file, replacing it; `at` is now.
pub fn write(store: &Store, file: &Path, at: i64) -> Result<()> {
    let archive = pack(&store.contents()?, None, at).map_err(failed("write", file))?;
    replace(file, &archive)
}

/// The same with the covers of the items, for another machine to have them too.
pub fn write_with_covers(store: &Store, file: &Path, at: i64) -> Result<()> {
    let folder = covers::folder(store.data());
    let archive = pack(&store.contents()?, Some(&folder), at).map_err(failed("write", file))?;
    replace(file, &archive)
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
    unpack(&mut archive, &manifest).map_err(failed("read", file))
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

fn pack(
    contents: &Contents,
    covered: Option<&Path>,
    at: i64,
) -> std::result::Result<Vec<u8>, Source> {
    let mut files: BTreeMap<&str, (Vec<u8>, u64)> = BTreeMap::new();
    for name in FILES {
        files.insert(name, (Vec::new(), 0));
    }
    for record in contents.made_records().chain(contents.item_records()) {
        if let Some((text, lines)) = file_of(&record).and_then(|name| files.get_mut(name)) {
            text.extend_from_slice(&journal::encode(&record)?);
            text.push(b'\n');
            *lines += 1;
        }
    }
    let notes = files.iter().map(|(name, (text, lines))| {
        let note = FileNote {
            lines: *lines,
            bytes: text.len() as u64,
            crc: format!("{:08x}", crc32fast::hash(text)),
        };
        ((*name).to_string(), note)
    });
    let manifest = Manifest {
        format: store::FORMAT,
        at,
        written: stamp(at, "%Y-%m-%d %H:%M:%S UTC"),
        items: contents.items.len() as u64,
        profiles: contents.living() as u64,
        entries: contents.entries(),
        friends: contents.friends.len() as u64,
        files: notes.collect(),
    };
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().unix_permissions(0o600);
    archive.start_file(MANIFEST, options)?;
    archive.write_all(&serde_json::to_vec_pretty(&manifest)?)?;
    for name in FILES {
        archive.start_file(name, options)?;
        archive.write_all(&files[name].0)?;
    }
    let mut room = COVERS_BYTES_MAX;
    for name in contents.items.iter().filter_map(|item| item.cover.as_ref()) {
        let Some(jpeg) = covered.and_then(|folder| covers::load(folder, name)) else {
            continue;
        };
        let Some(left) = room.checked_sub(jpeg.len() as u64) else {
            break;
        };
        room = left;
        archive.start_file(format!("{COVERS}{name}"), options)?;
        archive.write_all(&jpeg)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn file_of(record: &Record) -> Option<&'static str> {
    match record {
        Record::Format { .. } => None,
        Record::Profile(_) => Some(FILES[0]),
        Record::Item(..) => Some(FILES[1]),
        Record::Entry(..) => Some(FILES[2]),
        Record::Setting(..) => Some(FILES[3]),
        Record::Opinion(..) => Some(FILES[4]),
    }
}

/// Checks what an archive is made of, and reads its manifest.
fn manifest<R: Read + Seek>(archive: &mut ZipArchive<R>) -> std::result::Result<Manifest, Source> {
    let mut unpacked = 0;
    for index in 0..archive.len() {
        let file = archive.by_index_data(index)?;
        let name = file.name()?;
        let cover = name.strip_prefix(COVERS).is_some_and(|cover| {
            cover.strip_suffix(".jpg").is_some() && !cover.contains(['/', '\\'])
        });
        if name != MANIFEST && !cover && !FILES.contains(&&*name) {
            return Err(format!("it holds {name:?}, which no backup has").into());
        }
        if file.is_symlink() || file.is_dir() {
            return Err(format!("its {name:?} is not a plain file").into());
        }
        let (size, packed) = (file.size(), file.compressed_size());
        unpacked += size;
        if size > RATIO_FREE_BYTES && size / RATIO_MAX > packed {
            return Err(format!("its {name:?} would unpack to an absurd size").into());
        }
    }
    if unpacked > UNPACKED_BYTES_MAX {
        return Err("it would unpack to more than a backup may hold".into());
    }
    Ok(serde_json::from_slice(&unpacked_file(archive, MANIFEST)?)?)
}

fn unpack<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    manifest: &Manifest,
) -> std::result::Result<Contents, Source> {
    let mut draft = Draft::default();
    for name in FILES {
        if name == FILES[4] && manifest.format < FRIENDS_SINCE {
            continue;
        }
        let text = unpacked_file(archive, name)?;
        let note = manifest
            .files
            .get(name)
            .ok_or_else(|| format!("its manifest does not name {name:?}"))?;
        if note.crc != format!("{:08x}", crc32fast::hash(&text)) {
            return Err(format!("its {name:?} does not match its checksum").into());
        }
        for (line, json) in text.split(|b| *b == b'\n').enumerate() {
            if json.is_empty() {
                continue;
            }
            let record: Record<'static> = serde_json::from_slice(json)
                .map_err(|e| format!("line {} of its {name:?} cannot be read: {e}", line + 1))?;
            if file_of(&record) != Some(name) {
                return Err(format!("line {} of its {name:?} belongs elsewhere", line + 1).into());
            }
            draft.apply(record);
        }
    }
    let (contents, lost) = draft.finish();
    let whole = contents.items.len() as u64 == manifest.items
        && contents.living() as u64 == manifest.profiles
        && contents.entries() == manifest.entries
        && contents.friends.len() as u64 == manifest.friends;
    if !whole || !lost.is_empty() {
        return Err("it does not hold what its manifest says".into());
    }
    Ok(contents)
}

/// A file of an archive, never more than its stated size.
fn unpacked_file<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    name: &str,
) -> std::result::Result<Vec<u8>, Source> {
    let file = archive.by_name(name)?;
    let size = file.size();
    let mut bytes = Vec::new();
    file.take(size + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != size {
        return Err(format!("its {name:?} has not the size that it states").into());
    }
    Ok(bytes)
}

fn failed(doing: &'static str, file: &Path) -> impl FnOnce(Source) -> Error {
    move |source| {
        let reason = std::io::Error::new(std::io::ErrorKind::InvalidData, source);
        Error::file(doing, file)(reason)
    }
}

//! A backup: everything that a store holds in one archive that a person can read.
//!
//! The archive is a zip of JSON Lines, one record a line as in the journal, and a manifest that
//! counts and checksums them. It is written whole under another name and renamed. Reading trusts
//! nothing: names, links, numbers and sizes are checked before a byte is unpacked, and nothing is
//! ever written to a path that an archive names. What a backup does not hold (vectors, search index)
//! is computed again.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::covers;
use crate::error::{Error, Result, Source};
use crate::journal::{self, Record};
use crate::replace::Replacement;
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

/// Writes an archive record by record: whatever a store holds, little of it is in memory.
fn pack(
    store: &Store,
    covered: Option<&Path>,
    at: i64,
    file: Replacement,
) -> std::result::Result<Replacement, Source> {
    let options = SimpleFileOptions::default().unix_permissions(0o600);
    let mut manifest = Manifest {
        format: store::FORMAT,
        at,
        written: stamp(at, "%Y-%m-%d %H:%M:%S UTC"),
        items: 0,
        profiles: 0,
        entries: 0,
        friends: 0,
        files: BTreeMap::new(),
    };
    let mut archive = ZipWriter::new(file);
    let mut covers = Vec::new();
    let mut friend = String::new();
    let mut open: Option<Part> = None;
    store.each_record(&mut |record| {
        match &record {
            Record::Format { .. } => return Ok(()),
            Record::Item(_, item) => {
                manifest.items += 1;
                let pictures = item.cover.iter().chain(&item.art);
                covers.extend(pictures.filter(|_| covered.is_some()).cloned());
            }
            Record::Profile(profile) => manifest.profiles += u64::from(!profile.removed),
            Record::Entry(..) => manifest.entries += 1,
            Record::Setting(..) => {}
            Record::Opinion(name, _) if *name == friend => {}
            Record::Opinion(name, _) => {
                manifest.friends += 1;
                (**name).clone_into(&mut friend);
            }
        }
        let Some(name) = file_of(&record) else {
            return Ok(());
        };
        if open.as_ref().is_none_or(|part| part.name != name) {
            archive.start_file(name, options)?;
            let done = open.replace(Part::begin(name));
            manifest.files.extend(done.map(Part::note));
        }
        let mut line = journal::encode(&record)?;
        line.push(b'\n');
        archive.write_all(&line)?;
        if let Some(part) = &mut open {
            part.add(&line);
        }
        Ok(())
    })?;
    manifest.files.extend(open.map(Part::note));
    for name in FILES {
        if !manifest.files.contains_key(name) {
            archive.start_file(name, options)?;
            manifest.files.extend([Part::begin(name).note()]);
        }
    }
    archive.start_file(MANIFEST, options)?;
    archive.write_all(&serde_json::to_vec_pretty(&manifest)?)?;
    let mut room = COVERS_BYTES_MAX;
    for name in covers {
        let Some(jpeg) = covered.and_then(|folder| covers::load(folder, &name)) else {
            continue;
        };
        let Some(left) = room.checked_sub(jpeg.len() as u64) else {
            break;
        };
        room = left;
        archive.start_file(format!("{COVERS}{name}"), options)?;
        archive.write_all(&jpeg)?;
    }
    Ok(archive.finish()?)
}

/// A file of an archive in the making.
struct Part {
    name: &'static str,
    lines: u64,
    bytes: u64,
    crc: crc32fast::Hasher,
}

impl Part {
    fn begin(name: &'static str) -> Self {
        Self {
            name,
            lines: 0,
            bytes: 0,
            crc: crc32fast::Hasher::new(),
        }
    }

    fn add(&mut self, line: &[u8]) {
        self.lines += 1;
        self.bytes += line.len() as u64;
        self.crc.update(line);
    }

    fn note(self) -> (String, FileNote) {
        let note = FileNote {
            lines: self.lines,
            bytes: self.bytes,
            crc: format!("{:08x}", self.crc.finalize()),
        };
        (self.name.to_owned(), note)
    }
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

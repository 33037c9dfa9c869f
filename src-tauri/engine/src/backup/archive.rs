//! The archive of a backup: JSON Lines in a zip, and a manifest that counts and checksums them.
//!
//! Writing it holds little of a store in memory. Reading trusts nothing: names, links, numbers and sizes are
//! checked before a byte is unpacked, and no path is ever made of what an archive names.

use std::collections::BTreeMap;
use std::io::{Read, Seek, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::stamp;
use crate::covers;
use crate::error::Source;
use crate::journal::{self, Record};
use crate::replace::Replacement;
use crate::store::{self, Contents, Draft, Store};

/// The most bytes that an archive may unpack to.
const UNPACKED_BYTES_MAX: u64 = 2 << 30;
/// Beyond this many times its packed size a file is no backup but a bomb.
const RATIO_MAX: u64 = 200;
/// Below this size the ratio does not matter.
const RATIO_FREE_BYTES: u64 = 1 << 20;

const MANIFEST: &str = "manifest.json";
/// Where covers lie in an archive, each under the name that says what is in it.
pub(super) const COVERS: &str = "covers/";
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
pub(super) struct Manifest {
    pub(super) format: u32,
    /// Milliseconds since 1970-01-01 UTC.
    pub(super) at: i64,
    /// The same for people.
    written: String,
    pub(super) items: u64,
    pub(super) profiles: u64,
    pub(super) entries: u64,
    #[serde(default)]
    pub(super) friends: u64,
    files: BTreeMap<String, FileNote>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct FileNote {
    lines: u64,
    bytes: u64,
    /// CRC-32 in hex.
    crc: String,
}

/// Writes an archive record by record: whatever a store holds, little of it is in memory.
pub(super) fn pack(
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
pub(super) fn manifest<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
) -> std::result::Result<Manifest, Source> {
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

pub(super) fn unpack<R: Read + Seek>(
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
pub(super) fn unpacked_file<R: Read + Seek>(
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

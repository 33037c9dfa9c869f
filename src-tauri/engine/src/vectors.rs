//! The vector file: the vectors of texts, kept outside the store in one memory-mapped file.
//!
//! Append-only: a header that names the encoder's fingerprint, then records of one size, each a
//! text's key, a checksum and the vector. Invariant: [`Vectors::get`] gives back the bits that were
//! appended for that text under this fingerprint, or nothing.
//!
//! Everything here is derived. Damage is therefore never repaired: what does not match its checksum
//! is dropped with a notice, and the texts are encoded again. One process has the file open at a
//! time; the lock on the store holds that, not this file.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use memmap2::Mmap;
use xxhash_rust::xxh3::xxh3_128;

use crate::error::{Error, Result};
use crate::replace::{Replacement, replace};

const MAGIC: [u8; 8] = *b"CURIOVEC";
const VERSION: u32 = 1;
/// Magic, version, dimensions, length of the fingerprint, checksum of the header.
const FIXED_HEADER: usize = 24;
const MAX_FINGERPRINT: usize = 4096;
/// Key, checksum, four bytes of nothing; then the numbers.
const RECORD_HEAD: usize = 24;
/// Appended between two syncs.
const GROUP_BYTES: usize = 4 << 20;

/// The open vector file of one encoder.
#[derive(Debug)]
pub struct Vectors {
    path: PathBuf,
    file: File,
    /// The whole file; nothing before the first append to an empty one.
    map: Mmap,
    header: usize,
    dimensions: usize,
    /// Where in the file each text's record begins.
    records: HashMap<u128, usize>,
}

/// Gives the key under which a text's vector is kept.
pub fn key(text: &str) -> u128 {
    xxh3_128(text.as_bytes())
}

impl Vectors {
    /// Opens the file, or makes it, and says in words what had to be dropped.
    ///
    /// A file under another fingerprint (another version of the encoder, or another processor) is of
    /// no use and begun anew.
    pub fn open(path: &Path, fingerprint: &str, dimensions: usize) -> Result<(Self, Vec<String>)> {
        if fingerprint.len() > MAX_FINGERPRINT {
            return Err(Error::Invalid(
                "the encoder's fingerprint is too long".into(),
            ));
        }
        let mut notices = Vec::new();
        let header = header(fingerprint, dimensions);
        let there = path.exists();
        if !there || !begins_with(path, &header)? {
            replace(path, &header)?;
            if there {
                notices.push(
                    "the text vectors are of another version of the encoder or are damaged; they \
                     will be made again"
                        .into(),
                );
            }
        }
        let mut vectors = Self::load(path, header.len(), dimensions)?;
        vectors.cut_torn_tail(&mut notices)?;
        let damaged = vectors.index();
        if damaged > 0 {
            vectors = vectors.without_damage(&header)?;
            notices.push(format!(
                "{damaged} damaged text vectors were dropped and will be made again"
            ));
        }
        Ok((vectors, notices))
    }

    /// Whether a file is there that [`Vectors::open`] would keep.
    pub fn is_there(path: &Path, fingerprint: &str, dimensions: usize) -> Result<bool> {
        Ok(path.exists() && begins_with(path, &header(fingerprint, dimensions))?)
    }

    /// How many texts have a vector.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether no text has a vector.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// How many numbers a vector has.
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// Whether a text has a vector.
    pub fn contains(&self, key: u128) -> bool {
        self.records.contains_key(&key)
    }

    /// The vector of a text, straight from the mapped file.
    pub fn get(&self, key: u128) -> Option<&[f32]> {
        let start = self.records.get(&key)? + RECORD_HEAD;
        let bytes = self.map.get(start..start + self.dimensions * 4)?;
        bytemuck::try_cast_slice(bytes).ok()
    }

    /// Appends vectors, synced to the disk when it returns; passes over texts that have one.
    pub fn append(&mut self, vectors: &[(u128, &[f32])]) -> Result<()> {
        let per_group = (GROUP_BYTES / self.record_size()).max(1);
        for group in vectors.chunks(per_group) {
            self.append_group(group)?;
        }
        Ok(())
    }

    fn append_group(&mut self, group: &[(u128, &[f32])]) -> Result<()> {
        let end = self.map.len();
        let mut bytes = Vec::with_capacity(group.len() * self.record_size());
        let mut added = HashMap::with_capacity(group.len());
        for &(key, vector) in group {
            if vector.len() != self.dimensions {
                return Err(Error::Invalid(format!(
                    "a vector of {} numbers does not fit a file of {}",
                    vector.len(),
                    self.dimensions
                )));
            }
            if self.contains(key) || added.contains_key(&key) {
                continue;
            }
            added.insert(key, end + bytes.len());
            push_record(&mut bytes, key, vector);
        }
        if bytes.is_empty() {
            return Ok(());
        }
        let mut write = || {
            self.file.seek(SeekFrom::Start(end as u64))?;
            self.file.write_all(&bytes)?;
            self.file.sync_data()
        };
        if let Err(error) = write() {
            // A full disk leaves part of a record; should cutting it fail too, the next open cuts.
            let _ = self.file.set_len(end as u64);
            return Err(Error::file("write", &self.path)(error));
        }
        self.map = map(&self.file).map_err(Error::file("map", &self.path))?;
        self.records.extend(added);
        Ok(())
    }

    fn load(path: &Path, header: usize, dimensions: usize) -> Result<Self> {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .open(path)
            .map_err(Error::file("open", path))?;
        Ok(Self {
            path: path.to_owned(),
            map: map(&file).map_err(Error::file("map", path))?,
            file,
            header,
            dimensions,
            records: HashMap::new(),
        })
    }

    fn record_size(&self) -> usize {
        record_size(self.dimensions)
    }

    fn cut_torn_tail(&mut self, notices: &mut Vec<String>) -> Result<()> {
        let torn = (self.map.len() - self.header) % self.record_size();
        if torn == 0 {
            return Ok(());
        }
        let whole = self.map.len() - torn;
        // Some systems refuse to cut a file that is mapped.
        self.map = memmap2::MmapMut::map_anon(1)
            .and_then(memmap2::MmapMut::make_read_only)
            .map_err(Error::file("map", &self.path))?;
        self.file
            .set_len(whole as u64)
            .and_then(|()| self.file.sync_data())
            .and_then(|()| map(&self.file))
            .map(|map| self.map = map)
            .map_err(Error::file("cut", &self.path))?;
        notices.push("an unfinished text vector was dropped and will be made again".into());
        Ok(())
    }

    /// Finds every sound record; gives how many are not.
    fn index(&mut self) -> usize {
        let size = self.record_size();
        let mut damaged = 0;
        for (at, record) in self.map[self.header..].chunks_exact(size).enumerate() {
            match sound_key(record) {
                Some(key) => {
                    self.records.insert(key, self.header + at * size);
                }
                None => damaged += 1,
            }
        }
        damaged
    }

    /// Writes the sound records to a new file in place of this one, so that damage is met once.
    fn without_damage(self, header: &[u8]) -> Result<Self> {
        let size = self.record_size();
        let mut starts: Vec<usize> = self.records.values().copied().collect();
        starts.sort_unstable();
        let (path, dimensions, map) = (self.path.clone(), self.dimensions, self.map);
        let mut sound = Replacement::begin(&path)?;
        sound
            .write_all(header)
            .and_then(|()| {
                starts
                    .iter()
                    .try_for_each(|&start| sound.write_all(&map[start..start + size]))
            })
            .map_err(Error::file("write", &path))?;
        // Some systems refuse to replace a file that is mapped.
        drop((map, self.file));
        sound.finish()?;
        let mut vectors = Self::load(&path, header.len(), dimensions)?;
        vectors.index();
        Ok(vectors)
    }
}

fn map(file: &File) -> io::Result<Mmap> {
    // SAFETY: the bytes under a map must not change. This process only appends beyond what it has
    // mapped and cuts the file only while nothing of it is mapped; that no other process opens the
    // file is held by the lock on the data folder. A reader who breaks that lock may see other
    // bytes or be stopped by the system, as with any mapped file.
    #[allow(unsafe_code)]
    unsafe {
        Mmap::map(file)
    }
}

fn record_size(dimensions: usize) -> usize {
    // Padded to eight, so that every vector begins where a number may.
    (RECORD_HEAD + dimensions * 4).next_multiple_of(8)
}

fn push_record(bytes: &mut Vec<u8>, key: u128, vector: &[f32]) {
    let start = bytes.len();
    bytes.extend(key.to_le_bytes());
    bytes.extend([0; RECORD_HEAD - 16]);
    bytes.extend_from_slice(bytemuck::cast_slice(vector));
    bytes.resize(start + record_size(vector.len()), 0);
    let sum = checksum(&bytes[start..]);
    bytes[start + 16..start + 20].copy_from_slice(&sum.to_le_bytes());
}

/// The checksum of a record, over everything but the checksum itself.
fn checksum(record: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&record[..16]);
    hasher.update(&record[20..]);
    hasher.finalize()
}

fn sound_key(record: &[u8]) -> Option<u128> {
    let key = record.get(..16)?.try_into().ok()?;
    let sum = record.get(16..20)?.try_into().ok()?;
    (u32::from_le_bytes(sum) == checksum(record)).then(|| u128::from_le_bytes(key))
}

fn header(fingerprint: &str, dimensions: usize) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend((dimensions as u32).to_le_bytes());
    bytes.extend((fingerprint.len() as u32).to_le_bytes());
    bytes.extend([0; 4]);
    bytes.extend(fingerprint.as_bytes());
    bytes.resize(bytes.len().next_multiple_of(64), 0);
    let sum = crc32fast::hash(&bytes);
    bytes[20..FIXED_HEADER].copy_from_slice(&sum.to_le_bytes());
    bytes
}

fn begins_with(path: &Path, header: &[u8]) -> Result<bool> {
    let mut begin = Vec::with_capacity(header.len());
    File::open(path)
        .and_then(|file| file.take(header.len() as u64).read_to_end(&mut begin))
        .map_err(Error::file("read", path))?;
    Ok(begin == header)
}

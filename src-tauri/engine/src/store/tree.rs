//! The tree: sled, held so that nothing it does wrong goes unnoticed.
//!
//! One tree, one batch a group: a group is in it whole or not at all. Every value carries a CRC-32 of
//! its key and itself, whether it stands in a [`block`] or alone. After every batch the file is flushed
//! *and* synced by us, since sled's own flush does not make the growth of its file durable.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use itertools::Itertools;
use sled::IVec;

use crate::error::{Error, Result, Source};
use crate::journal::Record;
use crate::replace::sync_folder;

use super::batch::Batch;
use super::block::{self, Block, Home, Sealed};
use super::guard::{guarded, is_locked, is_refused};
use super::highwater::Mark;
use super::key;
use super::survey::Survey;

/// What the database holds of itself, in bytes on the disk: in memory they take about twice as much. A
/// snapshot of the catalogue stands in memory of its own.
const CACHE_BYTES: u64 = 4 << 20;
/// How often a value that is read is read again.
const NOTICES: usize = 8;
/// How often to ask again for a file that is still held, and how long to wait between.
const LOCK_ATTEMPTS: u32 = 500;
const LOCK_PAUSE: Duration = Duration::from_millis(10);
const MARK: &[u8] = b"\0";

/// An open database.
pub struct Tree {
    db: sled::Db,
    folder: PathBuf,
    file: File,
    synced_blobs: HashSet<OsString>,
}

impl Tree {
    /// Opens or makes the database in a folder. The inner error says why the database is not to be
    /// trusted; the outer one is no fault of the database.
    ///
    /// # Errors
    /// The disk is full or closed to us, or another program holds the file.
    pub fn open(folder: &Path) -> Result<std::result::Result<Self, Error>> {
        let mut attempt = 0;
        let db = loop {
            let opened = guarded("open", || {
                sled::Config::new()
                    .path(folder)
                    .cache_capacity(CACHE_BYTES)
                    .flush_every_ms(None)
                    .open()
            });
            match opened {
                Ok(db) => break db,
                // A database that was just closed is let go by its threads a moment later.
                Err(error) if is_locked(&error) && attempt < LOCK_ATTEMPTS => {
                    attempt += 1;
                    std::thread::sleep(LOCK_PAUSE);
                }
                Err(error) if is_locked(&error) || is_refused(&error) => return Err(error),
                Err(error) => return Ok(Err(error)),
            }
        };
        let path = folder.join("db");
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .open(&path)
            .map_err(Error::file("open", &path))?;
        Ok(Ok(Self {
            db,
            folder: folder.to_path_buf(),
            file,
            synced_blobs: HashSet::new(),
        }))
    }

    /// The value of a key.
    pub fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>> {
        if let Some(home) = Home::of(key)
            && let Some(block) = self.value(&home.key)?
            && let Some(sealed) = block::find(&block, home.end(key)).map_err(read_error)?
        {
            return opened(key, &sealed).map(Some);
        }
        self.alone(key)
    }

    /// The value of a key that stands in no block.
    pub fn alone(&self, key: &[u8]) -> Result<Option<Vec<u8>>> {
        let sealed = self.value(key)?;
        sealed.map(|sealed| opened(key, &sealed)).transpose()
    }

    /// A block as it stands; an empty one where there is none.
    pub fn block(&self, home: &Home) -> Result<Block> {
        let block = self.value(&home.key)?;
        let block = block.map(|block| Block::decode(&block)).transpose();
        Ok(block.map_err(read_error)?.unwrap_or_default())
    }

    /// What stands in the database under a key. Only what is there is noticed: a key that is missing from its block
    /// is looked for alone as well, and few pages hold such keys.
    fn value(&self, key: &[u8]) -> Result<Option<IVec>> {
        guarded("read", || {
            let value = self.db.get(key)?;
            if value.is_some() {
                self.notice(key);
            }
            Ok(value)
        })
    }

    /// Visits every key that begins with a prefix, in order, until the visitor returns an error.
    pub fn each(
        &self,
        prefix: &[u8],
        visit: impl FnMut(&[u8], &[u8]) -> std::result::Result<(), Source>,
    ) -> Result<()> {
        let mut end = prefix.to_vec();
        // No key begins with the highest bytes, as its first says what kind it is.
        while end.pop_if(|last| *last == u8::MAX).is_some() {}
        if let Some(last) = end.last_mut() {
            *last += 1;
        }
        self.each_of(prefix.to_vec()..end, visit)
    }

    /// Visits every record, in the order of [`Record`]'s kinds, until the visitor returns an error.
    pub fn each_record(
        &self,
        visit: &mut dyn FnMut(Record<'static>) -> std::result::Result<(), Source>,
    ) -> Result<()> {
        key::KINDS.iter().try_for_each(|kind| {
            self.each(&[*kind], |_, json| visit(serde_json::from_slice(json)?))
        })
    }

    /// Visits every key of a range likewise.
    pub fn each_of(
        &self,
        range: Range<Vec<u8>>,
        visit: impl FnMut(&[u8], &[u8]) -> std::result::Result<(), Source>,
    ) -> Result<()> {
        let visited = guarded("read", || {
            let alone = self.records(self.db.range(range.clone()));
            let all = self
                .records(self.blocks(&range))
                .merge_by(alone, stand_in_order);
            let within = all.filter(|record| match record {
                Ok((key, _)) => range.contains(key),
                Err(_) => true,
            });
            Ok(visit_all(within, visit))
        })?;
        visited.map_err(read_error)
    }

    /// The records of what stands in the database, those of a block one by one.
    fn records(&self, pairs: sled::Iter) -> impl Iterator<Item = Sealed> {
        pairs.flat_map(|pair| match pair {
            Ok((key, value)) => {
                self.notice(&key);
                unpacked(&key, &value)
            }
            Err(error) => vec![Err(error.into())],
        })
    }

    /// Lets sled notice that a page was read. It lets pages go only when 64 reads have come together in one
    /// of the 256 parts of its cache: of pages that are read once it would hold 16,384, whatever was allowed.
    fn notice(&self, key: &[u8]) {
        for _ in 0..NOTICES {
            // An error comes again when the value is read next.
            let _ = self.db.get(key);
        }
    }

    /// The blocks that may hold keys of a range.
    fn blocks(&self, range: &Range<Vec<u8>>) -> sled::Iter {
        let upper = |key: &[u8]| {
            let mut key = key.to_vec();
            key.iter_mut().take(1).for_each(u8::make_ascii_uppercase);
            key
        };
        let first = Home::of(&range.start).map_or_else(|| upper(&range.start), |home| home.key);
        self.db.range(first..=upper(&range.end))
    }

    /// Puts a batch in with the mark that describes the state after it; durable when it returns.
    pub fn commit(&mut self, batch: Batch, mark: &Mark) -> Result<()> {
        let mut changes = sled::Batch::default();
        changes.insert(MARK, seal(MARK, &mark.encode()?));
        for (key, value) in batch.changes() {
            match value {
                Some(value) => changes.insert(key, value),
                None => changes.remove(key),
            }
        }
        guarded("write to", || {
            self.db.apply_batch(changes)?;
            self.db.flush()
        })?;
        self.sync().map_err(Error::file("sync", &self.folder))
    }

    /// Bytes that the folder takes on disk.
    pub fn disk_bytes(&self) -> u64 {
        folder_bytes(&self.folder)
    }

    fn sync(&mut self) -> std::io::Result<()> {
        self.file.sync_data()?;
        let mut new = false;
        for blob in fs::read_dir(self.folder.join("blobs"))? {
            let blob = blob?;
            if !self.synced_blobs.contains(&blob.file_name()) {
                OpenOptions::new()
                    .write(true)
                    .open(blob.path())?
                    .sync_data()?;
                self.synced_blobs.insert(blob.file_name());
                new = true;
            }
        }
        if new && cfg!(unix) {
            File::open(self.folder.join("blobs"))?.sync_all()?;
        }
        Ok(())
    }

    /// Makes the names of a new database's files durable.
    pub fn sync_names(&self) -> Result<()> {
        for file in ["conf", "db"] {
            let path = self.folder.join(file);
            OpenOptions::new()
                .write(true)
                .open(&path)
                .and_then(|f| f.sync_all())
                .map_err(Error::file("sync", &path))?;
        }
        sync_folder(&self.folder)
    }

    /// Reads the whole tree and compares it with its own mark.
    ///
    /// # Errors
    /// Only a newer format; everything else is a finding.
    pub fn survey(&self) -> Result<Survey> {
        let mut survey = Survey::default();
        let mut mark_json = None;
        let read = guarded("read", || {
            Ok(visit_all(self.records(self.db.iter()), |key, value| {
                if key == MARK {
                    mark_json = Some(value.to_vec());
                    return Ok(());
                }
                survey.add(key, value)
            }))
        });
        let read = read.and_then(|read| read.map_err(read_error));
        let mark = mark_json.map_or(Ok(None), |json| Mark::decode(&json))?;
        survey.mark = mark;
        survey.problem = match (read, mark) {
            (Err(error), _) => Some(error.chain()),
            (Ok(()), None) => Some("it is empty".into()),
            (Ok(()), Some(mark)) if survey.agrees(&mark) => None,
            (Ok(()), Some(_)) => Some("it does not hold what it should".into()),
        };
        Ok(survey)
    }

    /// Every good record, whatever stands between; damaged ones are counted, and of a block whose order is
    /// lost what stands behind the break as one.
    pub fn salvage(&self, mut visit: impl FnMut(Record<'static>)) -> u64 {
        let mut bad = 0;
        let outcome = guarded("read", || {
            for pair in self.db.iter() {
                let (key, value) = pair?;
                self.notice(&key);
                for record in unpacked(&key, &value) {
                    match record.and_then(|(key, sealed)| read(&key, &sealed)) {
                        Ok(Some(record)) => visit(record),
                        Ok(None) => {}
                        Err(_) => bad += 1,
                    }
                }
            }
            Ok(())
        });
        bad + u64::from(outcome.is_err())
    }
}

/// Shows records to a visitor until it returns an error, or one cannot be read.
fn visit_all(
    mut records: impl Iterator<Item = Sealed>,
    mut visit: impl FnMut(&[u8], &[u8]) -> std::result::Result<(), Source>,
) -> std::result::Result<(), Source> {
    records.try_for_each(|record| {
        let (key, sealed) = record?;
        visit(&key, unsealed(&key, &sealed)?)
    })
}

fn unpacked(key: &[u8], value: &[u8]) -> Vec<Sealed> {
    if !block::is_block(key) {
        return vec![Ok((key.to_vec(), value.to_vec()))];
    }
    block::records(key, value)
}

/// Whether one comes first; what cannot be read stands in nobody's way.
fn stand_in_order(one: &Sealed, other: &Sealed) -> bool {
    match (one, other) {
        (Ok((one, _)), Ok((other, _))) => one < other,
        (one, _) => one.is_err(),
    }
}

/// Bytes of all files in a folder.
fn folder_bytes(folder: &Path) -> u64 {
    let Ok(files) = fs::read_dir(folder) else {
        return 0;
    };
    files
        .flatten()
        .map(|file| match file.metadata() {
            Ok(data) if data.is_dir() => folder_bytes(&file.path()),
            Ok(data) => data.len(),
            Err(_) => 0,
        })
        .sum()
}

/// A value behind its checksum.
pub fn seal(key: &[u8], value: &[u8]) -> Vec<u8> {
    let mut sealed = Vec::with_capacity(4 + value.len());
    sealed.extend_from_slice(&checksum(key, value).to_le_bytes());
    sealed.extend_from_slice(value);
    sealed
}

/// The record of a key; nothing for what is no record.
fn read(key: &[u8], sealed: &[u8]) -> std::result::Result<Option<Record<'static>>, Source> {
    if key.first() == Some(&key::NAME) || key == MARK {
        return Ok(None);
    }
    Ok(Some(serde_json::from_slice(unsealed(key, sealed)?)?))
}

/// The value behind a checksum that agrees.
pub fn opened(key: &[u8], sealed: &[u8]) -> Result<Vec<u8>> {
    Ok(unsealed(key, sealed).map_err(read_error)?.to_vec())
}

fn unsealed<'a>(key: &[u8], sealed: &'a [u8]) -> std::result::Result<&'a [u8], Source> {
    let (crc, value) = sealed
        .split_first_chunk::<4>()
        .ok_or("a value is too short")?;
    if u32::from_le_bytes(*crc) != checksum(key, value) {
        return Err("a value does not match its checksum".into());
    }
    Ok(value)
}

fn checksum(key: &[u8], value: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(key);
    hasher.update(value);
    hasher.finalize()
}

fn read_error(source: Source) -> Error {
    Error::Store {
        doing: "read",
        source,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tempfile::TempDir;

    use super::*;
    use crate::behaviour::ProfileId;
    use crate::catalogue::ItemId;

    fn a_key() -> impl Strategy<Value = Vec<u8>> {
        prop_oneof![
            (0..40u32).prop_map(|n| key::item(ItemId(n))),
            (0..3u32, 0..300u64).prop_map(|(person, n)| key::entry(ProfileId(person), n)),
            // Hashes of which some begin alike.
            (0..2u8, 0..9u8).prop_map(|(a, b)| [&[key::NAME, 7, a, b][..], &[b; 13]].concat()),
            (0..5u32).prop_map(|n| key::setting(&n.to_string())),
        ]
    }

    /// Values of which some find no room in their block.
    fn a_value() -> impl Strategy<Value = Vec<u8>> {
        let byte = any::<u8>();
        prop_oneof![
            4 => (byte, 0..20usize).prop_map(|(byte, length)| vec![byte; length]),
            1 => prop::collection::vec(byte, 1_500..3_000),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        /// Whether a record stands in a block or alone, as all did before format 3, nobody sees.
        #[test]
        fn a_tree_is_a_map(
            before in prop::collection::btree_map(a_key(), a_value(), 0..60),
            groups in prop::collection::vec(
                prop::collection::vec((a_key(), prop::option::weighted(0.8, a_value())), 1..40),
                1..5,
            ),
        ) {
            let dir = TempDir::new().unwrap();
            let mut tree = Tree::open(dir.path()).unwrap().unwrap();
            for (key, value) in &before {
                tree.db.insert(key, seal(key, value)).unwrap();
            }
            let mut map = before;
            for group in groups {
                let mut batch = Batch::default();
                for (key, value) in group {
                    let known = batch.get(&tree, &key).unwrap();
                    prop_assert_eq!(known.as_ref(), map.get(&key));
                    match value {
                        Some(value) => {
                            batch.put(&tree, &key, &value, known.is_some()).unwrap();
                            map.insert(key, value);
                        }
                        None if known.is_some() => {
                            batch.remove(&tree, &key).unwrap();
                            map.remove(&key);
                        }
                        None => {}
                    }
                }
                tree.commit(batch, &Mark::default()).unwrap();
            }
            for (key, value) in &map {
                prop_assert_eq!(&tree.get(key).unwrap(), &Some(value.clone()));
            }
            for prefix in [&[key::ITEM][..], &[key::ENTRY], &[key::NAME], &key::log(ProfileId(1))] {
                let mut found = Vec::new();
                tree.each(prefix, |key, value| {
                    found.push((key.to_vec(), value.to_vec()));
                    Ok(())
                }).unwrap();
                let mut expected = map.clone();
                expected.retain(|key, _| key.starts_with(prefix));
                prop_assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
            }
            let range = key::item(ItemId(3))..key::item(ItemId(21));
            let mut found = Vec::new();
            tree.each_of(range.clone(), |key, _| {
                found.push(key.to_vec());
                Ok(())
            }).unwrap();
            prop_assert_eq!(found, map.range(range).map(|(key, _)| key.clone()).collect::<Vec<_>>());
        }
    }
}

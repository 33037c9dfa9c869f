//! The tree: sled, held so that nothing it does wrong goes unnoticed. The only file that knows sled.
//!
//! One tree, one batch a group: a group is in it whole or not at all. Every value carries a CRC-32 of
//! its key and itself. A panic of sled becomes an error. After every batch the file is flushed *and*
//! synced by us, since sled's own flush does not make the growth of its file durable.

use std::cell::Cell;
use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::ErrorKind;
use std::ops::Range;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Once;
use std::time::Duration;

use crate::error::{Error, Result, Source};
use crate::journal::Record;
use crate::replace::sync_folder;

use super::highwater::Mark;
use super::key;
use super::survey::Survey;

/// Bytes that a batch may carry; larger ones did not survive power cuts.
pub const BATCH_BYTES: usize = 448 * 1024;

/// What the database holds of itself, in bytes on the disk: in memory they take about twice as much. A
/// snapshot of the catalogue stands in memory of its own.
const CACHE_BYTES: u64 = 16 << 20;
/// How often to ask again for a file that is still held, and how long to wait between.
const LOCK_ATTEMPTS: u32 = 500;
const LOCK_PAUSE: Duration = Duration::from_millis(10);
const MARK: &[u8] = b"\0";

/// A group of changes that go in together.
#[derive(Debug, Default)]
pub struct Batch {
    inner: sled::Batch,
    bytes: usize,
}

impl Batch {
    pub fn put(&mut self, key: &[u8], value: &[u8]) {
        let sealed = seal(key, value);
        self.bytes += key.len() + sealed.len();
        self.inner.insert(key, sealed);
    }

    pub fn remove(&mut self, key: &[u8]) {
        self.bytes += key.len();
        self.inner.remove(key);
    }

    /// Bytes so far.
    pub fn bytes(&self) -> usize {
        self.bytes
    }
}

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
        match guarded("read", || self.db.get(key))? {
            Some(sealed) => Ok(Some(unsealed(key, &sealed).map_err(read_error)?.to_vec())),
            None => Ok(None),
        }
    }

    /// Visits every key that begins with a prefix, in order, until the visitor returns an error.
    pub fn each(
        &self,
        prefix: &[u8],
        visit: impl FnMut(&[u8], &[u8]) -> std::result::Result<(), Source>,
    ) -> Result<()> {
        visit_all(|| self.db.scan_prefix(prefix), visit)
    }

    /// Visits every key of a range likewise.
    pub fn each_of(
        &self,
        range: Range<Vec<u8>>,
        visit: impl FnMut(&[u8], &[u8]) -> std::result::Result<(), Source>,
    ) -> Result<()> {
        visit_all(|| self.db.range(range.clone()), visit)
    }

    /// Puts a batch in with the mark that describes the state after it; durable when it returns.
    pub fn commit(&mut self, mut batch: Batch, mark: &Mark) -> Result<()> {
        batch.put(MARK, &mark.encode()?);
        guarded("write to", || {
            self.db.apply_batch(batch.inner)?;
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
        let read = self.each(&[], |key, value| {
            if key == MARK {
                mark_json = Some(value.to_vec());
                return Ok(());
            }
            survey.add(key, value)
        });
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

    /// Every good record, whatever stands between; damaged ones are counted.
    pub fn salvage(&self, mut visit: impl FnMut(Record<'static>)) -> u64 {
        let mut bad = 0;
        let outcome = guarded("read", || {
            for pair in self.db.iter() {
                let (key, sealed) = pair?;
                if key.first() == Some(&key::NAME) || &*key == MARK {
                    continue;
                }
                let value = unsealed(&key, &sealed).ok();
                match value.and_then(|v| serde_json::from_slice::<Record<'static>>(v).ok()) {
                    Some(record) => visit(record),
                    None => bad += 1,
                }
            }
            Ok(())
        });
        bad + u64::from(outcome.is_err())
    }
}

fn visit_all(
    pairs: impl Fn() -> sled::Iter,
    mut visit: impl FnMut(&[u8], &[u8]) -> std::result::Result<(), Source>,
) -> Result<()> {
    let mut outcome = Ok(());
    guarded("read", || {
        for pair in pairs() {
            let (key, sealed) = pair?;
            outcome = unsealed(&key, &sealed).and_then(|value| visit(&key, value));
            if outcome.is_err() {
                break;
            }
        }
        Ok(())
    })?;
    outcome.map_err(read_error)
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

fn seal(key: &[u8], value: &[u8]) -> Vec<u8> {
    let mut sealed = Vec::with_capacity(4 + value.len());
    sealed.extend_from_slice(&checksum(key, value).to_le_bytes());
    sealed.extend_from_slice(value);
    sealed
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

fn io_error(error: &Error) -> Option<&std::io::Error> {
    let Error::Store { source, .. } = error else {
        return None;
    };
    match source.downcast_ref() {
        Some(sled::Error::Io(error)) => Some(error),
        _ => None,
    }
}

/// Whether the database is still held by somebody. sled says so in words only.
fn is_locked(error: &Error) -> bool {
    io_error(error).is_some_and(|e| e.to_string().starts_with("could not acquire lock"))
}

/// Whether the disk would not let us; a database that is damaged fails in other ways.
fn is_refused(error: &Error) -> bool {
    io_error(error).is_some_and(|e| {
        matches!(
            e.kind(),
            ErrorKind::StorageFull
                | ErrorKind::QuotaExceeded
                | ErrorKind::FileTooLarge
                | ErrorKind::PermissionDenied
                | ErrorKind::ReadOnlyFilesystem
        )
    })
}

thread_local! {
    /// Whether a panic on this thread becomes an error.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Keeps what becomes an error off standard error. Every other panic is told as before.
fn hush() {
    static HUSHED: Once = Once::new();
    HUSHED.call_once(|| {
        let tell = panic::take_hook();
        panic::set_hook(Box::new(move |told| {
            if !GUARDED.get() {
                tell(told);
            }
        }));
    });
}

/// Runs sled and turns its panics into errors.
fn guarded<T>(doing: &'static str, work: impl FnOnce() -> sled::Result<T>) -> Result<T> {
    hush();
    GUARDED.set(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(false);
    match outcome {
        Ok(outcome) => outcome.map_err(Error::store(doing)),
        Err(panic) => {
            let text = panic
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| panic.downcast_ref::<&str>().copied())
                .unwrap_or("no reason given");
            Err(Error::Store {
                doing,
                source: format!("the database gave up: {text}").into(),
            })
        }
    }
}

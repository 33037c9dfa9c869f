//! An encoding: one encoder, loaded when it is first needed, over the file of the vectors that it
//! has made in a data folder.
//!
//! A missing encoder is a state, not an error: items without a vector have zeros, every meaning
//! signal is then zero for them, and the rest of the ranking goes on.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};

use ndarray::{Array2, ArrayViewMut1};

use crate::catalogue::Item;
use crate::encode::Encoder;
use crate::error::{Error, Result};
use crate::features::TextVectors;
use crate::manifest::Specification;
use crate::text::{full_text, theme_text};
use crate::vectors::{Vectors, key};
use crate::view::{Progress, Stage};
use crate::watch::Watch;

/// Texts appended to the file at a time: what a sudden end may lose.
const GROUP: usize = 256;
/// How many texts are read between two tellings of how far it is.
const REPORT: u64 = 8;

/// One encoder and its vector file. Share it behind an `Arc`: every method takes `&self`.
pub struct Encoding {
    models: PathBuf,
    name: String,
    /// Why there is no encoder, or why it failed when it was last asked.
    problem: Mutex<Option<String>>,
    vectors: Option<RwLock<Vectors>>,
    encoder: Mutex<Option<Arc<Encoder>>>,
}

impl Encoding {
    /// Opens the vector file that belongs to an encoder, and says what had to be dropped of it. The
    /// encoder itself waits; that it is not on this machine is a state.
    pub fn open(data: &Path, models: &Path, name: &str) -> Result<(Self, Vec<String>)> {
        let mut encoding = Self {
            models: models.to_owned(),
            name: name.to_owned(),
            problem: Mutex::default(),
            vectors: None,
            encoder: Mutex::new(None),
        };
        let mut notices = Vec::new();
        match Specification::read(models, name) {
            Ok(spec) => {
                let (vectors, said) =
                    Vectors::open(&file(data, name), &spec.fingerprint(), spec.dimensions())?;
                notices = said;
                encoding.vectors = Some(RwLock::new(vectors));
            }
            Err(problem) => encoding.problem = Mutex::new(Some(problem.chain())),
        }
        Ok((encoding, notices))
    }

    /// Whether a data folder holds vectors that an encoder has made; makes and drops nothing.
    pub fn is_begun(data: &Path, spec: &Specification) -> Result<bool> {
        Vectors::is_there(
            &file(data, &spec.name),
            &spec.fingerprint(),
            spec.dimensions(),
        )
    }

    /// The encoder's name in the manifest.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the encoder was on this machine when this was opened.
    pub fn is_installed(&self) -> bool {
        self.vectors.is_some()
    }

    /// Why the encoder is not ready.
    pub fn problem(&self) -> Option<String> {
        let problem = self.problem.lock();
        problem.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many of these texts have a vector.
    pub fn count(&self, keys: &[u128]) -> u64 {
        self.read().map_or(0, |vectors| {
            keys.iter().filter(|key| vectors.contains(**key)).count() as u64
        })
    }

    /// The vectors of the items as far as they are there.
    pub fn vectors_of(&self, items: &[Item]) -> TextVectors {
        let Some(vectors) = self.read() else {
            return TextVectors::none(items.len());
        };
        let size = vectors.dimensions();
        let mut found = TextVectors {
            full: Array2::zeros((items.len(), size)),
            theme: Array2::zeros((items.len(), size)),
        };
        let copy = |text: &str, row: ArrayViewMut1<f32>| {
            if let (Some(vector), Some(row)) = (vectors.get(key(text)), row.into_slice()) {
                row.copy_from_slice(vector);
            }
        };
        for (at, item) in items.iter().enumerate() {
            copy(&full_text(item), found.full.row_mut(at));
            copy(&theme_text(item), found.theme.row_mut(at));
        }
        found
    }

    /// The texts of the items that have no vector, each once.
    pub fn missing(&self, items: &[Item]) -> Vec<String> {
        let vectors = self.read();
        let mut seen = HashSet::new();
        texts(items)
            .filter(|text| {
                let key = key(text);
                !vectors.as_ref().is_some_and(|v| v.contains(key)) && seen.insert(key)
            })
            .collect()
    }

    /// Whether the encoder can be loaded; that it cannot is its problem.
    pub fn is_ready(&self) -> bool {
        self.encoder().is_ok()
    }

    /// Encodes texts, none of which has a vector yet, and says how many it has. Each group is on the
    /// disk before the next begins, so that a stop loses little; nothing is locked in between.
    ///
    /// # Errors
    /// The encoder cannot be loaded or run, or the file cannot be written; what was encoded stays.
    pub fn encode(&self, missing: &[String], watch: &Watch) -> Result<u64> {
        if missing.is_empty() {
            return Ok(0);
        }
        let tell = |done| {
            (watch.progress)(Progress {
                stage: Stage::Encode,
                done,
                total: Some(missing.len() as u64),
            });
        };
        tell(0);
        let encoder = self.encoder()?;
        let Some(vectors) = &self.vectors else {
            return Ok(0);
        };
        let (mut read, mut done) = (0, 0);
        let mut ready: Vec<(u128, Vec<f32>)> = Vec::new();
        let mut failure = None;
        let mut keep = |ready: &mut Vec<(u128, Vec<f32>)>| {
            let group: Vec<(u128, &[f32])> =
                ready.iter().map(|(key, v)| (*key, v.as_slice())).collect();
            let kept = vectors
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .append(&group);
            done += ready.len() as u64;
            ready.clear();
            if let Err(error) = kept {
                failure.get_or_insert(error);
            }
        };
        let encoded = encoder.encode_items(
            missing,
            &mut |at, vector| {
                ready.push((key(&missing[at]), vector.to_vec()));
                if ready.len() == GROUP {
                    keep(&mut ready);
                }
                read += 1;
                if u64::is_multiple_of(read, REPORT) {
                    tell(read);
                }
            },
            watch.cancelled,
        );
        keep(&mut ready);
        tell(done);
        match failure.map_or(encoded, Err) {
            Ok(()) | Err(Error::Cancelled) => Ok(done),
            Err(error) => Err(error),
        }
    }

    /// The vector of what a person typed, if there is an encoder. That it failed is its problem.
    pub fn query(&self, words: &str) -> Option<Vec<f32>> {
        let encoder = self.encoder().ok()?;
        self.noting(encoder.encode_query(words)).ok()
    }

    /// The encoder, loaded when it is first asked for.
    fn encoder(&self) -> Result<Arc<Encoder>> {
        let mut slot = self.encoder.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(encoder) = &*slot {
            return Ok(Arc::clone(encoder));
        }
        let encoder = Arc::new(self.noting(Encoder::open(&self.models, &self.name))?);
        *slot = Some(Arc::clone(&encoder));
        Ok(encoder)
    }

    /// Lets go of the encoder, whose memory is wanted elsewhere; it is loaded again when asked for.
    pub fn rest(&self) {
        *self.encoder.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn read(&self) -> Option<RwLockReadGuard<'_, Vectors>> {
        let vectors = self.vectors.as_ref()?;
        Some(vectors.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Remembers why the encoder failed, until it works again.
    fn noting<T>(&self, outcome: Result<T>) -> Result<T> {
        let problem = outcome.as_ref().err().map(Error::chain);
        *self.problem.lock().unwrap_or_else(PoisonError::into_inner) = problem;
        outcome
    }
}

/// The keys of all texts of a catalogue, each once.
pub fn keys_of(items: &[Item]) -> Vec<u128> {
    let mut seen = HashSet::new();
    texts(items)
        .map(|text| key(&text))
        .filter(|key| seen.insert(*key))
        .collect()
}

/// All texts that are worth a vector, some of them more than once.
fn texts(items: &[Item]) -> impl Iterator<Item = String> {
    items
        .iter()
        .flat_map(|item| [full_text(item), theme_text(item)])
        .filter(|text| !text.is_empty())
}

fn file(data: &Path, name: &str) -> PathBuf {
    data.join(format!("vectors-{name}.bin"))
}

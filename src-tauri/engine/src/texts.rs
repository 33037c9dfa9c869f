//! The texts of the catalogue and their vectors: an encoder that is loaded when it is first needed,
//! over the vector file.
//!
//! A missing encoder is a state, not an error: items without a vector have zeros, every meaning
//! signal is then zero for them, and the rest of the ranking goes on.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use ndarray::{Array2, ArrayViewMut1};

use crate::catalogue::Item;
use crate::encode::{Encoder, Specification};
use crate::error::{Error, Result};
use crate::features::TextVectors;
use crate::text::{full_text, theme_text};
use crate::vectors::{Vectors, key};
use crate::view::{EncoderStatus, Progress, Stage};
use crate::watch::Watch;

/// Texts handed to the encoder, and appended to the file, at a time.
const GROUP: usize = 256;

/// The encoder and the vector file of one data folder.
pub struct Texts {
    models: PathBuf,
    name: String,
    /// Why there is no encoder, or why it failed when it was last asked.
    problem: Mutex<Option<String>>,
    vectors: Option<RwLock<Vectors>>,
    encoder: Mutex<Option<Arc<Encoder>>>,
}

impl Texts {
    /// Opens the vector file that belongs to the named encoder; the encoder itself waits.
    pub fn open(data: &Path, models: &Path, name: &str) -> Result<(Self, Vec<String>)> {
        let mut texts = Self {
            models: models.to_owned(),
            name: name.to_owned(),
            problem: Mutex::default(),
            vectors: None,
            encoder: Mutex::new(None),
        };
        let mut notices = Vec::new();
        match Specification::read(models, name) {
            Ok(spec) => {
                let file = data.join(format!("vectors-{name}.bin"));
                let (vectors, said) = Vectors::open(&file, &spec.fingerprint(), spec.dimensions())?;
                notices = said;
                texts.vectors = Some(RwLock::new(vectors));
            }
            Err(problem) => texts.problem = Mutex::new(Some(problem.chain())),
        }
        Ok((texts, notices))
    }

    /// The vectors of the items as far as they are there.
    pub fn vectors_of(&self, items: &[Item]) -> TextVectors {
        let Some(vectors) = &self.vectors else {
            return TextVectors::none(items.len());
        };
        let vectors = vectors.read().unwrap_or_else(PoisonError::into_inner);
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

    /// Encodes every text that has no vector yet and says how many there were and how many are
    /// left. Each group is on the disk before the next begins, so that a stop loses little.
    pub fn encode(&self, items: &[Item], watch: &Watch) -> Result<(u64, u64)> {
        let missing = self.missing(items);
        if missing.is_empty() {
            return Ok((0, 0));
        }
        let total = missing.len() as u64;
        let (Some(vectors), Ok(encoder)) = (&self.vectors, self.encoder()) else {
            return Ok((0, total));
        };
        let mut done = 0;
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
            (watch.progress)(Progress {
                stage: Stage::Encode,
                done,
                total: Some(total),
            });
            if let Err(error) = kept {
                failure.get_or_insert(error);
            }
        };
        let encoded = encoder.encode_items(
            &missing,
            &mut |at, vector| {
                ready.push((key(&missing[at]), vector.to_vec()));
                if ready.len() == GROUP {
                    keep(&mut ready);
                }
            },
            watch.cancelled,
        );
        keep(&mut ready);
        match failure.map_or(encoded, Err) {
            Ok(()) | Err(Error::Cancelled) => Ok((done, total - done)),
            Err(error) => Err(error),
        }
    }

    /// The texts without a vector, each once.
    fn missing(&self, items: &[Item]) -> Vec<String> {
        let vectors = self
            .vectors
            .as_ref()
            .map(|v| v.read().unwrap_or_else(PoisonError::into_inner));
        let mut seen = HashSet::new();
        items
            .iter()
            .flat_map(|item| [full_text(item), theme_text(item)])
            .filter(|text| {
                let key = key(text);
                !text.is_empty()
                    && !vectors.as_ref().is_some_and(|v| v.contains(key))
                    && seen.insert(key)
            })
            .collect()
    }

    /// The vector of what a person typed, if there is an encoder. That it failed is in the status.
    pub fn query(&self, words: &str) -> Option<Vec<f32>> {
        let encoder = self.encoder().ok()?;
        self.noting(encoder.encode_query(words)).ok()
    }

    /// How the encoder stands over a catalogue of items.
    pub fn status(&self, encoded: usize) -> EncoderStatus {
        let problem = self.problem.lock();
        let problem = problem.unwrap_or_else(PoisonError::into_inner).clone();
        EncoderStatus {
            name: self.name.clone(),
            ready: problem.is_none(),
            problem,
            encoded,
        }
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

    /// Remembers why the encoder failed, until it works again.
    fn noting<T>(&self, outcome: Result<T>) -> Result<T> {
        let problem = outcome.as_ref().err().map(Error::chain);
        *self.problem.lock().unwrap_or_else(PoisonError::into_inner) = problem;
        outcome
    }
}

//! An encoder: a text goes in, the unit vector of its meaning comes out.
//!
//! Invariant: a vector depends on its text alone. Only texts of one token count share a batch, so
//! nothing is ever padded; layers multiply in exact integers; pooling happens here, in one order.
//! The [`fingerprint`](Encoder::fingerprint) names all that the bits depend on besides the text:
//! vectors under different fingerprints are not compared, they are made again.
//!
//! Does not download (models/fetch.py does), and does not keep vectors ([`crate::vectors`] does).

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError, mpsc};
use std::thread;

use ort::environment::Environment;
use ort::session::Session;
use ort::session::builder::GraphOptimizationLevel;
use ort::value::TensorRef;
use tokenizers::{Tokenizer, TruncationParams};

use crate::error::{Error, Result, Source};
use crate::manifest::{Model, Specification};

/// Texts are tokenised and sorted by length in stretches of this many.
const STRETCH: usize = 2048;
/// Larger batches gain nothing and make a waiting query wait longer.
const BATCH_TEXTS: usize = 8;
const BATCH_TOKENS: usize = 512;
/// No text has its first 256 tokens beyond this; cutting here bounds the work on a huge one.
const TEXT_CHARS: usize = 8192;

/// ONNX Runtime, loaded once for the life of the process: it allows one environment, and a second
/// library path would be ignored in silence. A static is never dropped, so exit cannot race it.
static RUNTIME: OnceLock<std::result::Result<Loaded, String>> = OnceLock::new();

struct Loaded {
    environment: Environment,
    version: String,
}

/// A text encoder, ready to run. Share it behind an `Arc`: every method takes `&self`.
pub struct Encoder {
    name: String,
    model: Model,
    fingerprint: String,
    tokenizer: Tokenizer,
    path: PathBuf,
    runtime: &'static Loaded,
    /// Answers queries, and encodes items in between.
    first: Seat,
    /// Encodes items only; opened when there is enough to do.
    second: OnceLock<Seat>,
}

impl Encoder {
    /// Opens the encoder that `models/manifest.json` calls `name`, in about a second.
    ///
    /// Checks that every file is there in its full size, and says how to get what is missing.
    pub fn open(models: &Path, name: &str) -> Result<Self> {
        let spec = Specification::read(models, name)?;
        let runtime = load(&spec.library, &spec.version)?;
        let path = spec.network();
        Ok(Self {
            fingerprint: spec.fingerprint(),
            tokenizer: read_tokenizer(&spec.tokenizer(), spec.model.max_tokens)?,
            first: Seat::open(runtime, &path)?,
            second: OnceLock::new(),
            name: spec.name,
            model: spec.model,
            path,
            runtime,
        })
    }

    /// The name under which it was opened.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many numbers a vector has.
    pub fn dimensions(&self) -> usize {
        self.model.dimensions
    }

    /// Names all that a vector's bits depend on besides its text.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Gives the unit vector of what a person typed; zeros for nothing.
    pub fn encode_query(&self, query: &str) -> Result<Vec<f32>> {
        match self.tokens(&self.model.query_prefix, query)? {
            Some(tokens) => self.first.run(&[&tokens], self.model.dimensions),
            None => Ok(vec![0.0; self.model.dimensions]),
        }
    }

    /// Gives each item text's unit vector, with its index, as it is ready; zeros for an empty text.
    ///
    /// The order is by length, on two threads. `each` runs on the calling thread. Once `cancelled`
    /// says true the batches that run are finished and reported, then [`Error::Cancelled`] returns.
    pub fn encode_items(
        &self,
        texts: &[String],
        each: &mut dyn FnMut(usize, &[f32]),
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<()> {
        let zeros = vec![0.0; self.model.dimensions];
        for (stretch, texts) in texts.chunks(STRETCH).enumerate() {
            let mut tokenised = Vec::with_capacity(texts.len());
            for (at, text) in texts.iter().enumerate() {
                if cancelled() {
                    return Err(Error::Cancelled);
                }
                let index = stretch * STRETCH + at;
                match self.tokens(&self.model.item_prefix, text)? {
                    Some(tokens) => tokenised.push((index, tokens)),
                    None => each(index, &zeros),
                }
            }
            tokenised.sort_by_key(|(index, tokens)| (tokens.len(), *index));
            self.encode_batches(&batches(&tokenised), each, cancelled)?;
        }
        Ok(())
    }

    fn encode_batches(
        &self,
        batches: &[&[(usize, Vec<u32>)]],
        each: &mut dyn FnMut(usize, &[f32]),
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<()> {
        let mut seats = vec![&self.first];
        if batches.len() > 2 {
            seats.push(self.second()?);
        }
        let next = AtomicUsize::new(0);
        let work = |seat: &Seat, report: &mut dyn FnMut(usize, Result<Vec<f32>>) -> bool| {
            while !cancelled() {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(batch) = batches.get(at) else { break };
                let tokens: Vec<&[u32]> = batch.iter().map(|(_, t)| t.as_slice()).collect();
                if !report(at, seat.run(&tokens, self.model.dimensions)) {
                    break;
                }
            }
        };
        let mut done = 0;
        let mut take = |at: usize, vectors: Result<Vec<f32>>| -> Result<()> {
            let vectors = vectors?;
            for ((index, _), vector) in batches[at].iter().zip(vectors.chunks(self.dimensions())) {
                each(*index, vector);
            }
            done += 1;
            Ok(())
        };
        thread::scope(|scope| {
            let (sender, results) = mpsc::channel();
            for seat in seats {
                let (sender, work) = (sender.clone(), &work);
                scope.spawn(move || work(seat, &mut |at, v| sender.send((at, v)).is_ok()));
            }
            drop(sender);
            // Leaving early drops the receiver, which stops both workers at their next report.
            results.into_iter().try_for_each(|(at, v)| take(at, v))
        })?;
        if done < batches.len() {
            return Err(Error::Cancelled);
        }
        Ok(())
    }

    fn second(&self) -> Result<&Seat> {
        if self.second.get().is_none() {
            // Two callers may both open one; the first to arrive is kept.
            let seat = Seat::open(self.runtime, &self.path)?;
            return Ok(self.second.get_or_init(|| seat));
        }
        Ok(self.second.get().unwrap_or(&self.first))
    }

    fn tokens(&self, prefix: &str, text: &str) -> Result<Option<Vec<u32>>> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let end = text
            .char_indices()
            .nth(TEXT_CHARS)
            .map_or(text.len(), |(at, _)| at);
        let encoding = self
            .tokenizer
            .encode_fast(format!("{prefix}{}", &text[..end]), true)
            .map_err(because("the text cannot be split into tokens"))?;
        Ok(Some(encoding.get_ids().to_vec()))
    }
}

/// A session of one thread, and the queue before it: whoever asks next is served next, so that a
/// query waits for one batch and never for a whole import.
struct Seat {
    queue: Mutex<()>,
    session: Mutex<Session>,
}

impl Seat {
    fn open(runtime: &Loaded, model: &Path) -> Result<Self> {
        let open = || -> ort::Result<Session> {
            Session::builder(&runtime.environment)?
                .with_optimization_level(GraphOptimizationLevel::All)?
                .with_intra_threads(1)?
                .with_inter_threads(1)?
                .with_intra_op_spinning(false)?
                // Without this, x86 processors before VNNI add products in 16 bits that overflow.
                .with_precise_qmm()?
                .commit_from_file(model)
        };
        let session = open().map_err(because(format!("cannot load {}", model.display())))?;
        Ok(Self {
            queue: Mutex::new(()),
            session: Mutex::new(session),
        })
    }

    /// Runs texts of one token count; gives their unit vectors one after the other.
    fn run(&self, texts: &[&[u32]], dimensions: usize) -> Result<Vec<f32>> {
        let turn = locked(&self.queue);
        let mut session = locked(&self.session);
        drop(turn);
        let length = texts.first().map_or(0, |t| t.len());
        let shape = [texts.len(), length];
        let ids: Vec<i64> = texts
            .iter()
            .copied()
            .flatten()
            .map(|&id| id.into())
            .collect();
        let mask = vec![1_i64; ids.len()];
        let mut run = || -> ort::Result<Vec<f32>> {
            let outputs = session.run(ort::inputs! {
                "input_ids" => TensorRef::from_array_view((shape, ids.as_slice()))?,
                "attention_mask" => TensorRef::from_array_view((shape, mask.as_slice()))?,
            })?;
            let (_, hidden) = outputs[0].try_extract_tensor::<f32>()?;
            Ok(hidden
                .chunks(length * dimensions)
                .flat_map(|tokens| pooled(tokens, dimensions))
                .collect())
        };
        let vectors = run().map_err(because("ONNX Runtime cannot run the model"))?;
        if vectors.len() != texts.len() * dimensions {
            return Err(failed(
                "the model's output is not of the shape in the manifest",
            ));
        }
        Ok(vectors)
    }
}

/// Cuts a stretch that is sorted by length into batches of one length each.
fn batches(sorted: &[(usize, Vec<u32>)]) -> Vec<&[(usize, Vec<u32>)]> {
    sorted
        .chunk_by(|a, b| a.1.len() == b.1.len())
        .flat_map(|same| {
            let tokens = same[0].1.len().max(1);
            same.chunks((BATCH_TOKENS / tokens).clamp(1, BATCH_TEXTS))
        })
        .collect()
}

/// The mean over a text's tokens, brought to length 1 (so that the sum serves as well).
fn pooled(tokens: &[f32], dimensions: usize) -> Vec<f32> {
    let mut sum = vec![0.0_f32; dimensions];
    for token in tokens.chunks_exact(dimensions) {
        for (s, x) in sum.iter_mut().zip(token) {
            *s += x;
        }
    }
    let norm = sum.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-12);
    for s in &mut sum {
        *s /= norm;
    }
    sum
}

fn load(library: &Path, version: &str) -> Result<&'static Loaded> {
    let load = || -> std::result::Result<Loaded, Source> {
        // A relative path would be looked up beside the executable.
        let environment = ort::init_from(std::path::absolute(library)?)?
            .with_name("curio")
            .with_telemetry(false)
            .build()?;
        Ok(Loaded {
            environment,
            version: version.to_owned(),
        })
    };
    let loaded = RUNTIME
        .get_or_init(|| load().map_err(|e| format!("cannot load {}: {e}", library.display())))
        .as_ref()
        .map_err(failed)?;
    if loaded.version != version {
        return Err(failed(format!(
            "ONNX Runtime {} is loaded already, and this manifest asks for {version}",
            loaded.version
        )));
    }
    Ok(loaded)
}

fn read_tokenizer(path: &Path, max_tokens: usize) -> Result<Tokenizer> {
    let cannot = || because(format!("cannot read {}", path.display()));
    let mut tokenizer = Tokenizer::from_file(path).map_err(cannot())?;
    // Some files bring their own padding and limit.
    tokenizer.with_padding(None);
    tokenizer
        .with_truncation(Some(TruncationParams {
            max_length: max_tokens,
            ..TruncationParams::default()
        }))
        .map_err(cannot())?;
    Ok(tokenizer)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic elsewhere leaves a session as usable as before.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn failed(reason: impl Into<String>) -> Error {
    Error::Encode {
        reason: reason.into(),
        source: None,
    }
}

fn because<E: Into<Source>>(reason: impl ToString) -> impl FnOnce(E) -> Error {
    move |source| Error::Encode {
        reason: reason.to_string(),
        source: Some(source.into()),
    }
}

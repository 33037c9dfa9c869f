//! The texts of the catalogue, and who reads them: the encoder that serves, and the one that was
//! chosen.
//!
//! Most of the time these are one. After a change of mind the old one goes on serving until the
//! chosen one has a vector for every text; [`Texts::settle`] is the one place where they become one
//! again. Vectors of encoders that were given up stay, so that going back to them takes no time.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::catalogue::Item;
use crate::encoding::{Encoding, keys_of};
use crate::error::{Error, Result};
use crate::manifest::{Manifest, Model};
use crate::nearest::not_found;
use crate::view::{EncoderStatus, EncoderView, Making};

/// What the encoder that serves may lack, as a share of what the chosen one lacks, to be encoded
/// first: new items soon have meaning, and the change takes at most so much longer.
const AHEAD: f64 = 0.25;

/// The encodings of one data folder.
pub struct Texts {
    data: PathBuf,
    models: PathBuf,
    roles: RwLock<Roles>,
    /// The encodings that were opened so far.
    opened: Mutex<BTreeMap<String, Arc<Encoding>>>,
    /// The keys of the catalogue's texts, each once.
    keys: RwLock<Arc<Vec<u128>>>,
    /// Counts what may change what is to be encoded next.
    turn: AtomicU64,
}

#[derive(Clone)]
struct Roles {
    serving: Arc<Encoding>,
    chosen: Arc<Encoding>,
}

/// Whose missing texts are to be encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// Those of the encoder that serves.
    Serve,
    /// Those of the encoder that was chosen.
    Change,
}

impl Texts {
    /// Opens the encodings of the encoder that served last and of the chosen one, and says what had
    /// to be dropped of them.
    pub fn open(
        data: &Path,
        models: &Path,
        serving: &str,
        chosen: &str,
    ) -> Result<(Self, Vec<String>)> {
        let (first, mut notices) = Encoding::open(data, models, serving)?;
        let serving = Arc::new(first);
        let texts = Self {
            data: data.to_owned(),
            models: models.to_owned(),
            opened: Mutex::new(BTreeMap::from([(
                serving.name().to_owned(),
                Arc::clone(&serving),
            )])),
            roles: RwLock::new(Roles {
                chosen: Arc::clone(&serving),
                serving,
            }),
            keys: RwLock::default(),
            turn: AtomicU64::new(0),
        };
        notices.extend(texts.choose(chosen)?);
        Ok((texts, notices))
    }

    /// The encoding whose vectors serve.
    pub fn serving(&self) -> Arc<Encoding> {
        self.roles().serving
    }

    /// The encoding of the encoder that was chosen.
    pub fn chosen(&self) -> Arc<Encoding> {
        self.roles().chosen
    }

    /// The encoding of an encoder that has served.
    pub fn named(&self, name: &str) -> Result<Arc<Encoding>> {
        Ok(self.opened(name)?.0)
    }

    /// Makes an encoder the chosen one, to serve as soon as it is settled; says what had to be
    /// dropped of its vectors.
    pub fn choose(&self, name: &str) -> Result<Vec<String>> {
        let (chosen, notices) = self.opened(name)?;
        let mut roles = self.roles.write().unwrap_or_else(PoisonError::into_inner);
        if !Arc::ptr_eq(&chosen, &roles.chosen) {
            // It may have been fetched since it was found missing.
            if chosen.name() == roles.serving.name() {
                roles.serving = Arc::clone(&chosen);
            }
            roles.chosen = chosen;
            self.turn.fetch_add(1, Ordering::SeqCst);
        }
        Ok(notices)
    }

    /// Takes in what the catalogue holds now, and lets the chosen encoder serve if it can: it has a
    /// vector for every text, or the one that serves has none for any. Gives the one that serves,
    /// and whether it has just begun to.
    pub fn settle(&self, items: &[Item]) -> (Arc<Encoding>, bool) {
        let keys = Arc::new(keys_of(items));
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&keys);
        self.turn.fetch_add(1, Ordering::SeqCst);
        let Roles { serving, chosen } = {
            let mut roles = self.roles.write().unwrap_or_else(PoisonError::into_inner);
            let before = roles.clone();
            if before.is_due(&keys) {
                roles.serving = Arc::clone(&roles.chosen);
            }
            Roles {
                serving: before.serving,
                chosen: Arc::clone(&roles.serving),
            }
        };
        let change = serving.name() != chosen.name();
        if change {
            // Two encoders in memory are one too many.
            serving.rest();
        }
        (chosen, change)
    }

    /// Whether [`Texts::settle`] would let the chosen encoder serve.
    pub fn is_due(&self) -> bool {
        self.roles().is_due(&self.keys())
    }

    /// A number that changes whenever what is to be encoded next may have.
    pub fn turn(&self) -> u64 {
        self.turn.load(Ordering::SeqCst)
    }

    /// What is to be encoded next toward a goal, if anything is: whose vectors, and of which texts.
    pub fn next(&self, items: &[Item], goal: Goal) -> Option<(Arc<Encoding>, Vec<String>)> {
        let Roles { serving, chosen } = self.roles();
        let lacking = |encoding: Arc<Encoding>| {
            let missing = encoding.missing(items);
            (!missing.is_empty()).then_some((encoding, missing))
        };
        let served = || lacking(serving.clone());
        if goal == Goal::Serve || serving.name() == chosen.name() {
            return served();
        }
        let wanted = lacking(chosen)?;
        let few = |texts: &[String]| texts.len() as f64 <= wanted.1.len() as f64 * AHEAD;
        let first = served().filter(|(one, texts)| one.is_installed() && few(texts));
        Some(first.unwrap_or(wanted))
    }

    /// How many of the catalogue's texts an encoding has a vector for, and how many there are.
    pub fn progress(&self, encoding: &Encoding) -> (u64, u64) {
        let keys = self.keys();
        (encoding.count(&keys), keys.len() as u64)
    }

    /// How the encoder that serves stands over a catalogue with so many items that have a vector.
    pub fn status(&self, encoded: usize) -> EncoderStatus {
        let Roles { serving, chosen } = self.roles();
        let (done, total) = self.progress(&chosen);
        let making = (done < total && chosen.problem().is_none()).then(|| Making {
            name: chosen.name().to_owned(),
            done,
            total,
        });
        let problem = serving.problem();
        EncoderStatus {
            name: serving.name().to_owned(),
            ready: problem.is_none(),
            problem,
            encoded,
            making,
        }
    }

    /// All encoders of the manifest, by name.
    pub fn encoders(&self) -> Result<Vec<EncoderView>> {
        let manifest = Manifest::read(&self.models)?;
        let Roles { serving, chosen } = self.roles();
        let texts = self.keys().len() as u64;
        let view = |(name, model): (&str, &Model)| {
            let spec = manifest.specify(&self.models, name);
            let begun = match &spec {
                // Only to be listed, no encoder gets a file.
                Ok(spec) if Encoding::is_begun(&self.data, spec)? => Some(self.named(name)?),
                _ => None,
            };
            let failed = begun.as_ref().and_then(|encoding| encoding.problem());
            Ok(EncoderView {
                name: name.to_owned(),
                about: model.about.clone(),
                licence: model.licence.clone(),
                size: model.size(),
                texts_per_second: model.texts_per_second,
                optional: model.optional,
                installed: spec.is_ok(),
                problem: spec.err().map(|e| e.chain()).or(failed),
                chosen: name == chosen.name(),
                serves: name == serving.name(),
                encoded: begun.map_or(0, |encoding| self.progress(&encoding).0),
                texts,
            })
        };
        manifest.encoders().map(view).collect()
    }

    /// Refuses an encoder that is not in the manifest or not on this machine, with a next step.
    pub fn check(&self, name: &str) -> Result<()> {
        let manifest = Manifest::read(&self.models)?;
        if !manifest.encoders().any(|(known, _)| known == name) {
            let names = manifest.encoders().map(|(known, _)| known);
            return Err(not_found("encoder", name, names));
        }
        match manifest.specify(&self.models, name) {
            Ok(_) => Ok(()),
            Err(Error::Encode { reason, .. }) => Err(Error::Invalid(format!(
                "the encoder {name:?} is not on this machine: {reason}"
            ))),
            Err(other) => Err(other),
        }
    }

    /// An encoding, opened when it is first asked for; says what had to be dropped of its vectors.
    /// One whose encoder was not on this machine is opened anew, as it may be by now.
    fn opened(&self, name: &str) -> Result<(Arc<Encoding>, Vec<String>)> {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        match opened.get(name) {
            Some(encoding) if encoding.is_installed() => Ok((Arc::clone(encoding), Vec::new())),
            _ => {
                let (encoding, notices) = Encoding::open(&self.data, &self.models, name)?;
                let encoding = Arc::new(encoding);
                opened.insert(name.to_owned(), Arc::clone(&encoding));
                Ok((encoding, notices))
            }
        }
    }

    fn roles(&self) -> Roles {
        let roles = self.roles.read();
        roles.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keys(&self) -> Arc<Vec<u128>> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Roles {
    fn is_due(&self, keys: &[u128]) -> bool {
        self.serving.name() != self.chosen.name()
            && self.chosen.is_installed()
            && (self.chosen.count(keys) == keys.len() as u64 || self.serving.count(keys) == 0)
    }
}

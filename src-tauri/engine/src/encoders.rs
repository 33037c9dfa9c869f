//! The encoders: which there are, which was chosen, and how the texts get their vectors.
//!
//! A change of encoder is made in the background. Until the chosen one has a vector for every text
//! of the catalogue, the old one serves: lists, search and similar items are what they were. Then
//! [`Engine::refresh`] lets the new one serve, at one moment for all of them. What an import adds
//! meanwhile is encoded by both: first by the one that serves where that is little work beside what
//! the change still needs, and always by the new one before it serves.
//!
//! Whoever encodes holds `encoding` throughout and `writing` only to take in what came of it.
//! Whether more is to be done is decided under `writing`, and `encoding` is given up under it: an
//! import that finds `encoding` taken can therefore leave its texts to whoever has it.

use std::sync::{MutexGuard, PoisonError, TryLockError};

use crate::encoding::Encoding;
use crate::engine::{Engine, Settings};
use crate::error::{Error, Result};
use crate::store::Store;
use crate::texts::Goal;
use crate::view::{Encoded, EncoderView, Progress};
use crate::watch::Watch;

/// The setting that names the encoder that was chosen in this folder …
pub(crate) const CHOSEN: &str = "encoder";
/// … and the one that names the encoder that served when the choice was made or came true.
pub(crate) const SERVING: &str = "encoder_serving";
/// The encoder of a folder in which none was chosen.
const ENCODER: &str = "multilingual";

/// What came of encoding toward a goal.
struct Outcome {
    encoded: u64,
    cancelled: bool,
}

impl Engine {
    /// The encoders that there are, by name: what each is good for, whether it is on this machine, is
    /// chosen, serves, and how many of the catalogue's texts it has encoded.
    ///
    /// # Errors
    /// There is no manifest of encoders, or it cannot be read.
    pub fn encoders(&self) -> Result<Vec<EncoderView>> {
        self.library()?;
        self.texts().encoders()
    }

    /// Chooses the encoder of this data folder, and answers as [`Engine::encoders`] does. It serves
    /// at once if it has encoded the whole catalogue, and otherwise when [`Engine::encode`] has.
    ///
    /// # Errors
    /// It is not known or not on this machine, or this opening of the folder has an encoder of its
    /// own; nothing has changed then.
    pub fn choose_encoder(&self, name: &str) -> Result<Vec<EncoderView>> {
        if let Some(only) = &self.settings().encoder {
            return Err(Error::Invalid(format!(
                "the encoder {only:?} was asked for this time only; choose without it"
            )));
        }
        self.texts().check(name)?;
        self.library()?;
        {
            let _alone = self.alone();
            let before = self.texts().serving();
            self.note(self.texts().choose(name)?);
            self.store().set_setting(SERVING, before.name())?;
            self.store().set_setting(CHOSEN, name)?;
            // One that was fetched since it was found missing serves under the same name.
            if self.texts().is_due() || !before.is_installed() {
                self.refresh()?;
            }
        }
        self.encoders()
    }

    /// Encodes every text that the chosen encoder has no vector for, goes on where it was stopped,
    /// and lets it serve when nothing is missing. Counts all texts of the catalogue.
    ///
    /// # Errors
    /// Texts are being encoded already, the encoder cannot be loaded or run, or its file cannot be
    /// written; what was encoded stays, and what served goes on.
    pub fn encode(&self, watch: &Watch) -> Result<Encoded> {
        let before = self.texts().serving();
        let Some(running) = self.only_encoding() else {
            return Err(Error::Invalid("texts are being encoded already".to_owned()));
        };
        let outcome = self.encode_toward(Goal::Change, running, watch)?;
        let serving = self.texts().serving();
        Ok(Encoded {
            encoder: serving.name().to_owned(),
            switched: serving.name() != before.name(),
            encoded: outcome.encoded,
            unencoded: self.lacking(Goal::Change),
            cancelled: outcome.cancelled,
        })
    }

    /// Encodes what the encoder that serves lacks, if there is one; gives how many texts that were,
    /// and how many are left, be it to whoever is encoding already.
    pub(crate) fn encode_new(&self, watch: &Watch) -> Result<(u64, u64)> {
        // Without an encoder nothing needs the catalogue in memory.
        if !self.texts().serving().is_installed() && self.snapshot().is_none() {
            return Ok((0, self.counted()?.texts.unwrap_or_default()));
        }
        // What there is to encode is settled with a snapshot.
        self.library()?;
        let encoded = match self.only_encoding() {
            // An encoder is not loaded for nothing.
            Some(running) if self.lacking(Goal::Serve) > 0 && self.texts().serving().is_ready() => {
                self.encode_toward(Goal::Serve, running, watch)?.encoded
            }
            _ => 0,
        };
        Ok((encoded, self.lacking(Goal::Serve)))
    }

    /// After a restore the choice is the restored one; what serves here is what has vectors here.
    pub(crate) fn restore_encoder(&self) -> Result<()> {
        if self.settings().encoder.is_some() {
            return Ok(());
        }
        let [_, chosen] = roles(self.settings(), self.store())?;
        self.note(self.texts().choose(&chosen)?);
        let serving = self.texts().serving();
        self.store().set_setting(SERVING, serving.name())
    }

    fn encode_toward(
        &self,
        goal: Goal,
        running: MutexGuard<'_, ()>,
        watch: &Watch,
    ) -> Result<Outcome> {
        let mut encoded = 0;
        loop {
            let turn = self.texts().turn();
            let library = self.library()?;
            if let Some((encoding, missing)) = self.texts().next(&library.items, goal) {
                encoded += self.encode_stint(goal, turn, &encoding, &missing, watch)?;
                if (watch.cancelled)() {
                    let cancelled = self.texts().next(&self.library()?.items, goal).is_some();
                    if cancelled {
                        return Ok(Outcome { encoded, cancelled });
                    }
                }
                continue;
            }
            let _alone = self.alone();
            if self.texts().turn() == turn {
                if self.texts().is_due() {
                    self.refresh()?;
                }
                drop(running);
                let cancelled = false;
                return Ok(Outcome { encoded, cancelled });
            }
        }
    }

    /// Encodes texts until they are done, it is cancelled, or something else may come first.
    fn encode_stint(
        &self,
        goal: Goal,
        turn: u64,
        encoding: &Encoding,
        missing: &[String],
        watch: &Watch,
    ) -> Result<u64> {
        let (before, texts) = self.texts().progress(encoding);
        // A change is seen against the whole catalogue, an import against what it brought.
        let (base, total) = match goal {
            Goal::Serve => (0, missing.len() as u64),
            Goal::Change => (before, texts),
        };
        let encoded = encoding.encode(
            missing,
            &Watch {
                progress: &|progress| {
                    (watch.progress)(Progress {
                        done: base + progress.done,
                        total: Some(total),
                        ..progress
                    });
                },
                cancelled: &|| (watch.cancelled)() || self.texts().turn() != turn,
            },
        );
        let grown = self.texts().progress(encoding).0 > before;
        if grown && encoding.name() == self.library()?.encoder {
            let _alone = self.alone();
            self.refresh_after(&*self.library()?, &[])?;
        }
        encoded
    }

    fn only_encoding(&self) -> Option<MutexGuard<'_, ()>> {
        match self.encoding.try_lock() {
            Ok(running) => Some(running),
            Err(TryLockError::Poisoned(running)) => Some(PoisonError::into_inner(running)),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    /// How many texts the encoder of a goal has no vector for.
    fn lacking(&self, goal: Goal) -> u64 {
        let encoding = match goal {
            Goal::Serve => self.texts().serving(),
            Goal::Change => self.texts().chosen(),
        };
        let (done, texts) = self.texts().progress(&encoding);
        texts - done
    }
}

/// The encoder that serves in a data folder and the one that was chosen in it, which are one unless
/// there was a change of mind.
pub(crate) fn roles(settings: &Settings, store: &Store) -> Result<[String; 2]> {
    if let Some(only) = &settings.encoder {
        return Ok([only.clone(), only.clone()]);
    }
    let chosen = store.get_setting(CHOSEN)?;
    let chosen = chosen.unwrap_or_else(|| ENCODER.to_owned());
    let serving = store.get_setting(SERVING)?;
    Ok([serving.unwrap_or_else(|| chosen.clone()), chosen])
}

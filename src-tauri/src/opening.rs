//! An engine that opens in the background, and the one way to work with it.
//!
//! The window never waits for the data folder: [`Opening::start`] returns at once, and work that
//! comes early waits on a thread of its own. An engine that could not be opened stays so; every
//! piece of work then gets the same failure.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};
use std::{io, thread};

use curio_engine::{Engine, Result, Settings};
use tauri::async_runtime::spawn_blocking;

use crate::failure::Failure;

/// What a command answers.
pub type Answer<T> = std::result::Result<T, Failure>;

type Opened = Answer<Arc<Engine>>;

/// The engine, open or about to be.
#[derive(Clone)]
pub struct Opening(Arc<OnceLock<Opened>>);

impl Opening {
    /// Begins to open the engine.
    pub fn start(settings: Settings) -> io::Result<Self> {
        let opening = Self(Arc::default());
        let done = opening.clone();
        thread::Builder::new().name("open".into()).spawn(move || {
            let opened = catch_unwind(AssertUnwindSafe(|| Engine::open(settings)));
            done.0.get_or_init(|| match opened {
                Ok(result) => result.map(Arc::new).map_err(Failure::from),
                Err(_) => Err(Failure::internal(&"opening the data folder failed")),
            });
        })?;
        Ok(opening)
    }

    /// Waits until the engine is open. Never call it on the window's thread.
    fn engine(&self) -> Opened {
        self.0.wait().clone()
    }
}

/// Runs work on the engine, off the window's thread.
pub async fn blocking<T: Send + 'static>(
    opening: &Opening,
    work: impl FnOnce(&Engine) -> Result<T> + Send + 'static,
) -> Answer<T> {
    let opening = opening.clone();
    spawn_blocking(move || Ok(work(&*opening.engine()?)?))
        .await
        .unwrap_or_else(|panicked| Err(Failure::internal(&panicked)))
}

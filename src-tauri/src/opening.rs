//! An engine that opens in the background, and the one way to work with it.
//!
//! The window never waits for the data folder: [`Opening::start`] returns at once, and work that
//! comes early waits on a thread of its own. A failure to open is told once; the next piece of work
//! opens again, so that a person who has put it right can go on.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use std::{io, thread};

use curio_engine::{Engine, Error, Result, Settings};
use tauri::async_runtime::spawn_blocking;

use crate::failure::Failure;

/// What a command answers.
pub type Answer<T> = std::result::Result<T, Failure>;

type Opened = Answer<Arc<Engine>>;

/// How long a data folder may stay in use: a program that was closed needs a moment to let go of it.
const PATIENCE: Duration = Duration::from_secs(3);
/// How often it is tried meanwhile.
const PAUSE: Duration = Duration::from_millis(100);

/// The engine, open or about to be.
#[derive(Clone)]
pub struct Opening {
    settings: Arc<Settings>,
    /// Locked while the engine is being opened; holds a failure until it is told.
    opened: Arc<Mutex<Option<Opened>>>,
}

impl Opening {
    /// Begins to open the engine, and to read its library.
    pub fn start(settings: Settings) -> io::Result<Self> {
        let opening = Self {
            settings: Arc::new(settings),
            opened: Arc::default(),
        };
        let first = opening.clone();
        thread::Builder::new().name("open".into()).spawn(move || {
            let mut opened = first.lock();
            let engine = opened.get_or_insert_with(|| first.open()).clone();
            drop(opened);
            // While the page is made ready the library is, too.
            if let Ok(engine) = engine {
                engine.status();
            }
        })?;
        Ok(opening)
    }

    /// Waits until the engine is open. Never call it on the window's thread.
    fn engine(&self) -> Opened {
        let mut opened = self.lock();
        let answer = opened.take().unwrap_or_else(|| self.open());
        *opened = answer.is_ok().then(|| answer.clone());
        answer
    }

    fn lock(&self) -> MutexGuard<'_, Option<Opened>> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self) -> Opened {
        let opened = catch_unwind(AssertUnwindSafe(|| patiently(&self.settings)));
        match opened {
            Ok(result) => result.map(Arc::new).map_err(Failure::from),
            Err(_) => Err(Failure::internal(&"opening the data folder failed")),
        }
    }
}

/// Opens the engine, waiting a little for a folder that is in use.
fn patiently(settings: &Settings) -> Result<Engine> {
    let start = Instant::now();
    loop {
        match Engine::open(settings.clone()) {
            Err(Error::InUse(_)) if start.elapsed() < PATIENCE => thread::sleep(PAUSE),
            result => return result,
        }
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
        .unwrap_or_else(|_| {
            // What went wrong is on the error stream; it says nothing to a reader.
            Err(Failure::internal(
                &"this broke off; what was kept before is still kept",
            ))
        })
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    fn settings(folder: &TempDir) -> Settings {
        Settings {
            data: folder.path().join("data"),
            models: folder.path().join("models"),
            encoder: Some("english".into()),
        }
    }

    #[test]
    fn a_folder_that_is_let_go_of_meanwhile_opens() {
        let folder = TempDir::new().expect("a folder");
        let other = Engine::open(settings(&folder)).expect("another program");
        let opening = Opening::start(settings(&folder)).expect("a thread");
        thread::sleep(PAUSE * 3);
        drop(other);
        assert!(opening.engine().is_ok());
    }

    #[test]
    fn a_failure_is_told_once_and_then_tried_again() {
        let folder = TempDir::new().expect("a folder");
        let other = Engine::open(settings(&folder)).expect("another program");
        let opening = Opening::start(settings(&folder)).expect("a thread");
        assert!(opening.engine().is_err(), "it is in use");
        drop(other);
        let opened = opening.engine().expect("it is free");
        let again = opening.engine().expect("it is open");
        assert!(Arc::ptr_eq(&opened, &again));
    }
}

//! A running import as the window sees it: how far it is, and a way to stop it.
//!
//! One import runs at a time. Progress reaches the window about ten times a second, and always when
//! a stage begins or ends. Nothing here touches the engine's data.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use curio_engine::view::{Progress, Stage};
use curio_engine::{Error, Result, Watch};
use tauri::ipc::Channel;

const PAUSE: Duration = Duration::from_millis(100);

/// Imports of this window: at most one, and whether it was asked to stop.
#[derive(Default)]
pub struct Imports {
    running: Mutex<()>,
    cancelled: AtomicBool,
}

impl Imports {
    /// Runs an import that reports to `channel` and stops when [`Self::cancel`] is called.
    pub fn run<T>(
        &self,
        channel: &Channel<Progress>,
        import: impl FnOnce(&Watch) -> Result<T>,
    ) -> Result<T> {
        let Ok(_running) = self.running.try_lock() else {
            return Err(Error::Invalid("another import is still running".into()));
        };
        self.cancelled.store(false, Ordering::SeqCst);
        let throttle = Throttle::default();
        import(&Watch {
            progress: &|progress| {
                if throttle.lets_through(&progress, Instant::now()) {
                    // A window that is gone needs no progress.
                    let _ = channel.send(progress);
                }
            },
            cancelled: &|| self.cancelled.load(Ordering::SeqCst),
        })
    }

    /// Asks the running import to stop at its next consistent point.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::SeqCst);
    }
}

/// Holds back progress that comes faster than a person can read.
#[derive(Default)]
struct Throttle(Mutex<Option<(Stage, Instant)>>);

impl Throttle {
    fn lets_through(&self, progress: &Progress, now: Instant) -> bool {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let soon = last.is_some_and(|(stage, at)| stage == progress.stage && now - at < PAUSE);
        let ends = progress.total == Some(progress.done);
        if soon && !ends {
            return false;
        }
        *last = Some((progress.stage, now));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_held_back_within_a_stage_but_never_at_its_ends() {
        let throttle = Throttle::default();
        let start = Instant::now();
        let at = |stage, done, ms| {
            let total = Some(1000);
            let progress = Progress { stage, done, total };
            throttle.lets_through(&progress, start + Duration::from_millis(ms))
        };
        assert!(at(Stage::Store, 1, 0));
        assert!(!at(Stage::Store, 2, 50));
        assert!(at(Stage::Store, 3, 100));
        assert!(!at(Stage::Store, 4, 199));
        assert!(at(Stage::Store, 1000, 199));
        assert!(at(Stage::Encode, 1, 200));
        assert!(!at(Stage::Encode, 2, 250));
    }

    #[test]
    fn a_second_import_is_refused_and_a_cancelled_one_does_not_stop_the_next() {
        let imports = Imports::default();
        let channel = Channel::new(|_| Ok(()));
        let outcome = imports.run(&channel, |watch| {
            assert!(!(watch.cancelled)());
            imports.cancel();
            assert!((watch.cancelled)());
            imports.run(&channel, |_| Ok(()))
        });
        assert!(matches!(outcome, Err(Error::Invalid(_))));
        let stopped = imports.run(&channel, |watch| Ok((watch.cancelled)()));
        assert!(!stopped.expect("no import is running"));
    }
}

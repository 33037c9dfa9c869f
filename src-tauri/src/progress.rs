//! Long work as the window sees it: how far it is, and a way to stop it.
//!
//! An import, an encoding and a training may run beside each other; of each, one at a time. Progress
//! reaches the window about ten times a second, and always when a stage begins or ends. Nothing here
//! touches the engine's data.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use curio_engine::view::{Progress, Stage};
use curio_engine::{Error, Result, Watch};
use serde::Deserialize;
use tauri::ipc::Channel;

const PAUSE: Duration = Duration::from_millis(100);

/// The long work that can be stopped.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Long {
    Import,
    Scan,
    Encode,
    Train,
}

/// The long work of this window.
#[derive(Default)]
pub struct Works {
    pub import: Work,
    pub scan: Work,
    pub encode: Work,
    pub train: Work,
}

impl Works {
    /// Asks work that runs to stop at its next consistent point.
    pub fn cancel(&self, work: Long) {
        let work = match work {
            Long::Import => &self.import,
            Long::Scan => &self.scan,
            Long::Encode => &self.encode,
            Long::Train => &self.train,
        };
        work.cancelled.store(true, Ordering::SeqCst);
    }
}

/// Work of one kind: runs once at a time, and may have been asked to stop.
#[derive(Default)]
pub struct Work {
    running: Mutex<()>,
    cancelled: AtomicBool,
}

impl Work {
    /// Runs work that reports to `channel` and stops when [`Works::cancel`] is called.
    pub fn run<T>(
        &self,
        channel: &Channel<Progress>,
        work: impl FnOnce(&Watch) -> Result<T>,
    ) -> Result<T> {
        let Ok(_running) = self.running.try_lock() else {
            return Err(Error::Invalid("this is still running".into()));
        };
        self.cancelled.store(false, Ordering::SeqCst);
        let throttle = Throttle::default();
        work(&Watch {
            progress: &|progress| {
                if throttle.lets_through(&progress, Instant::now()) {
                    // A window that is gone needs no progress.
                    let _ = channel.send(progress);
                }
            },
            cancelled: &|| self.cancelled.load(Ordering::SeqCst),
        })
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
    fn work_runs_once_at_a_time_and_cancelling_it_stops_neither_the_next_nor_the_other() {
        let works = Works::default();
        let channel = Channel::new(|_| Ok(()));
        let outcome = works.import.run(&channel, |watch| {
            assert!(!(watch.cancelled)());
            works.encode.run(&channel, |other| {
                works.cancel(Long::Import);
                assert!((watch.cancelled)() && !(other.cancelled)());
                works.cancel(Long::Encode);
                assert!((other.cancelled)());
                works.cancel(Long::Train);
                let train = works.train.run(&channel, |third| Ok((third.cancelled)()));
                assert!(!train.expect("no training is running"));
                works.import.run(&channel, |_| Ok(()))
            })
        });
        assert!(matches!(outcome, Err(Error::Invalid(_))));
        let stopped = works.import.run(&channel, |watch| Ok((watch.cancelled)()));
        assert!(!stopped.expect("no import is running"));
    }
}

//! The guard around sled: its panics become errors, and its errors are told apart.

use std::cell::Cell;
use std::io::ErrorKind;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use crate::error::{Error, Result};

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
pub fn is_locked(error: &Error) -> bool {
    io_error(error).is_some_and(|e| e.to_string().starts_with("could not acquire lock"))
}

/// Whether the disk would not let us; a database that is damaged fails in other ways.
pub fn is_refused(error: &Error) -> bool {
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
pub fn guarded<T>(doing: &'static str, work: impl FnOnce() -> sled::Result<T>) -> Result<T> {
    hush();
    let outer = GUARDED.replace(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(outer);
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

//! The window's commands: the engine's verbs, one expression each.
//!
//! Names are the engine's; arguments reach them in camelCase. Commands run off the window's thread
//! and hold no state. The time of a deed is the time at which its command came.

mod exports;
mod imports;
mod items;
mod learning;
mod lists;
mod profiles;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use curio_engine::view::Status;
use tauri::State;

use crate::files::Files;
use crate::opening::{Answer, Opening, blocking};
use crate::progress::Works;
use crate::revealing::Revealing;

pub use exports::*;
pub use imports::*;
pub use items::*;
pub use learning::*;
pub use lists::*;
pub use profiles::*;

type Engine<'a> = State<'a, Opening>;
type Made<'a> = State<'a, Revealing>;
type Running<'a> = State<'a, Arc<Works>>;

/// Hands over the files that the program was opened with, each once.
#[tauri::command]
#[expect(
    clippy::needless_pass_by_value,
    reason = "Tauri hands state over by value"
)]
pub fn opened(files: State<'_, Files>) -> Vec<PathBuf> {
    files.take()
}

#[tauri::command]
pub async fn status(engine: Engine<'_>) -> Answer<Status> {
    blocking(&engine, |e| Ok(e.status())).await
}

/// Milliseconds since 1970-01-01 UTC.
fn now() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis() as i64)
}

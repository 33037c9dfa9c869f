//! Revealing: a file that this window has written, or restored from, shown in its folder by the platform's file
//! manager.
//!
//! No other file is ever shown, none is opened, and no address is. Of the plugin that knows the file managers
//! one function is called; the window may ask it for nothing.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use curio_engine::Error as Refused;
use curio_engine::view::{Imported, Written};
use tauri::async_runtime::spawn_blocking;
use tauri_plugin_opener::{Error, reveal_item_in_dir};

use crate::failure::Failure;
use crate::opening::Answer;

/// The files that answers have named since the start.
#[derive(Default)]
pub struct Revealing(Mutex<HashSet<PathBuf>>);

/// An answer that names the files that it is about.
pub trait Names {
    fn files(&self) -> Vec<&str>;
}

impl Revealing {
    /// Hands an answer on, and remembers the files that it names.
    pub fn remember<T: Names>(&self, answer: Answer<T>) -> Answer<T> {
        if let Ok(told) = &answer {
            let files = told.files().into_iter().map(PathBuf::from);
            self.lock().extend(files);
        }
        answer
    }

    /// Shows a file that was written in its folder.
    pub async fn reveal(&self, file: PathBuf) -> Answer<()> {
        if !self.lock().contains(&file) {
            return Err(refused(&file, "this window has not written it"));
        }
        // A file manager may have to be started first.
        let shown = spawn_blocking(move || {
            reveal_item_in_dir(&file).map_err(|error| match error {
                Error::Io(error) => refused(&file, &error.to_string()),
                _ => refused(&file, "no file manager answers"),
            })
        });
        shown.await?
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashSet<PathBuf>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn refused(file: &Path, why: &str) -> Failure {
    let file = file.display();
    Refused::Invalid(format!("cannot show {file} in its folder: {why}")).into()
}

impl Names for Written {
    fn files(&self) -> Vec<&str> {
        let before = self.before.as_deref();
        [self.path.as_str()].into_iter().chain(before).collect()
    }
}

impl Names for Imported {
    fn files(&self) -> Vec<&str> {
        let parts = self.parts.iter().flat_map(Names::files);
        self.rejected_file
            .as_deref()
            .into_iter()
            .chain(parts)
            .collect()
    }
}

impl Names for Vec<Imported> {
    fn files(&self) -> Vec<&str> {
        self.iter().flat_map(Names::files).collect()
    }
}

#[cfg(test)]
mod tests {
    use tauri::async_runtime::block_on;

    use super::*;

    fn message(answer: Answer<()>) -> String {
        let failure = answer.expect_err("nothing can be shown");
        format!("{failure:?}")
    }

    #[test]
    fn only_what_was_written_is_shown_and_what_is_gone_is_said_to_be() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let file = folder.path().join("all.zip");
        let revealing = Revealing::default();
        std::fs::write(&file, "").expect("a file");
        let said = message(block_on(revealing.reveal(file.clone())));
        assert!(said.contains("this window has not written it"), "{said}");
        std::fs::remove_file(&file).expect("it goes");
        let written = Written {
            path: file.display().to_string(),
            items: 0,
            profiles: 0,
            entries: 0,
            friends: 0,
            before: None,
        };
        revealing.remember(Ok(written)).expect("it is handed on");
        let said = message(block_on(revealing.reveal(file)));
        assert!(said.contains("in its folder: "), "{said}");
    }
}

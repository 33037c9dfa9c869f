//! Files that the program was opened with: as arguments, dropped on its icon, or handed over by a
//! second start.
//!
//! They wait here until the window takes them; a file that is taken is not handed out again. Whether
//! a file is there and what is in it is the importer's business.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tauri::{AppHandle, Emitter, Manager};

/// What the window is told when files have come; it carries nothing, for the window asks for them.
const EVENT: &str = "opened";

/// The files that nobody has taken yet.
#[derive(Default)]
pub struct Files(Mutex<Vec<PathBuf>>);

impl Files {
    /// Adds the files among a program's arguments, which are relative to the folder it was started in.
    pub fn add(&self, arguments: impl IntoIterator<Item = OsString>, folder: &Path) {
        let files = arguments
            .into_iter()
            .filter(|argument| !argument.is_empty() && !is_option(argument))
            .map(|file| folder.join(file));
        self.lock().extend(files);
    }

    /// Hands out what has come, once.
    pub fn take(&self) -> Vec<PathBuf> {
        std::mem::take(&mut *self.lock())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<PathBuf>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes what a second start was given, and brings the window to the front instead of another.
pub fn again(app: &AppHandle, arguments: Vec<String>, folder: &str) {
    hand_over(
        app,
        arguments.into_iter().skip(1).map(Into::into),
        folder.as_ref(),
    );
    if let Some(window) = app.get_webview_window("main") {
        // A desktop may refuse to let a window come forward by itself.
        let _ = window.unminimize().and_then(|()| window.set_focus());
    }
}

/// Adds files, and lets the window know.
pub fn hand_over(app: &AppHandle, files: impl IntoIterator<Item = OsString>, folder: &Path) {
    app.state::<Files>().add(files, folder);
    // A window that is not listening yet asks by itself when it has drawn its first screen.
    let _ = app.emit(EVENT, ());
}

/// No file: something that was meant for another program, such as `-psn_…` on macOS.
fn is_option(argument: &OsString) -> bool {
    argument.to_string_lossy().starts_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_from_where_the_program_was_started_and_handed_out_once() {
        let files = Files::default();
        let arguments = ["films.csv", "", "-psn_0_1", "/books.csv"].map(OsString::from);
        files.add(arguments, Path::new("/home/ada"));
        files.add(["games.csv".into()], Path::new("/tmp"));
        let expected = ["/home/ada/films.csv", "/books.csv", "/tmp/games.csv"];
        assert_eq!(files.take(), expected.map(PathBuf::from));
        assert!(files.take().is_empty());
    }
}

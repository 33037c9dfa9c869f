//! Watching: media folders that the window is told of when something in them has changed.
//!
//! A burst of changes is told once, when it is over. What changed is not told: a scan finds that out. A
//! folder that cannot be watched is scanned when the program starts and when somebody asks.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use curio_engine::view::FolderView;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher, recommended_watcher};
use tauri::{AppHandle, Emitter};

/// What the window is told.
const EVENT: &str = "folders-changed";
/// Changes that come no later one after the other are one burst …
const QUIET: Duration = Duration::from_secs(4);
/// … unless it lasts so long.
const LONGEST: Duration = Duration::from_mins(2);

/// The folders that are watched.
#[derive(Default)]
pub struct Watching(Mutex<Option<Watched>>);

struct Watched {
    watcher: RecommendedWatcher,
    folders: BTreeSet<PathBuf>,
}

impl Watching {
    /// Watches these folders, as far as they were ever scanned, and no others.
    pub fn follow(&self, app: &AppHandle, folders: &[FolderView]) {
        let app = app.clone();
        self.follow_with(folders, QUIET, move || {
            // A window that is gone needs to know nothing.
            let _ = app.emit(EVENT, ());
        });
    }

    fn follow_with(
        &self,
        folders: &[FolderView],
        quiet: Duration,
        tell: impl Fn() + Send + 'static,
    ) {
        let wanted = folders.iter().filter(|folder| folder.scanned.is_some());
        let wanted: BTreeSet<PathBuf> = wanted.map(|folder| PathBuf::from(&folder.path)).collect();
        let mut watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if watched.is_none() && !wanted.is_empty() {
            *watched = begin(quiet, tell);
        }
        let Some(Watched { watcher, folders }) = &mut *watched else {
            return;
        };
        for gone in folders.difference(&wanted) {
            let _ = watcher.unwatch(gone);
        }
        folders.retain(|folder| wanted.contains(folder));
        for new in &wanted {
            if !folders.contains(new) && watcher.watch(new, RecursiveMode::Recursive).is_ok() {
                folders.insert(new.clone());
            }
        }
    }
}

/// Begins to watch nothing yet.
fn begin(quiet: Duration, tell: impl Fn() + Send + 'static) -> Option<Watched> {
    let (sender, changes) = channel();
    let watcher = recommended_watcher(move |event| heard(event, &sender)).ok()?;
    let waiting = move || {
        while settled(&changes, quiet) {
            tell();
        }
    };
    thread::Builder::new()
        .name("watch".into())
        .spawn(waiting)
        .ok()?;
    Some(Watched {
        watcher,
        folders: BTreeSet::new(),
    })
}

/// Passes on that something changed; that a file was looked at is no change.
fn heard(event: notify::Result<Event>, sender: &Sender<()>) {
    if !event.is_ok_and(|event| event.kind.is_access()) {
        // Nobody waits any more when the program ends.
        let _ = sender.send(());
    }
}

/// Waits for a burst of changes and its end; false when there will be none any more.
fn settled(changes: &Receiver<()>, quiet: Duration) -> bool {
    if changes.recv().is_err() {
        return false;
    }
    let begun = Instant::now();
    loop {
        match changes.recv_timeout(quiet) {
            Ok(()) if begun.elapsed() < LONGEST => {}
            Ok(()) | Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    const SOON: Duration = Duration::from_millis(200);
    const LATE: Duration = Duration::from_secs(20);

    fn view(path: &Path, scanned: Option<i64>) -> FolderView {
        FolderView {
            path: path.display().to_string(),
            scanned,
            items: 0,
            files: 0,
            gone: 0,
            rejected: 0,
        }
    }

    #[test]
    fn a_burst_of_changes_is_told_once_and_reading_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("its path");
        fs::create_dir(root.join("album")).expect("a folder in it");
        let watching = Watching::default();
        let (sender, told) = channel();
        watching.follow_with(&[view(&root, Some(1))], SOON, move || {
            let _ = sender.send(());
        });
        for n in 0..20 {
            fs::write(root.join(format!("album/{n}.flac")), "x").expect("a file");
        }
        assert!(told.recv_timeout(LATE).is_ok());
        fs::read(root.join("album/1.flac")).expect("its bytes");
        assert!(told.recv_timeout(SOON * 4).is_err());
        watching.follow_with(&[view(&root, None)], SOON, || ());
        fs::write(root.join("album/late.flac"), "x").expect("a file");
        assert!(
            told.recv_timeout(SOON * 4).is_err(),
            "it is watched no more"
        );
    }
}

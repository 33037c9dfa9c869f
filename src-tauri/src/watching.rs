//! Watching: media folders that the window is told of when something in them has changed.
//!
//! A burst of changes is told once, when it is over. What changed is not told: a scan finds that out. A
//! folder that cannot be watched is named with the reason; it is scanned when the program starts and when
//! somebody asks.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use curio_engine::view::{FolderView, Unnoticed, Unwatched};
use notify::{
    Error, ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher, recommended_watcher,
};
use tauri::{AppHandle, Emitter};

/// What the window is told.
const EVENT: &str = "folders-changed";
/// Changes that come no later one after the other are one burst …
const QUIET: Duration = Duration::from_secs(4);
/// … unless it lasts so long.
const LONGEST: Duration = Duration::from_mins(2);

/// The folders that are watched.
#[derive(Default)]
pub struct Watching(Mutex<Watched>);

#[derive(Default)]
struct Watched {
    /// From the first folder on, where the system lets anything be watched.
    watcher: Option<RecommendedWatcher>,
    /// Each with the reason why nothing is heard of it, if there is one.
    folders: BTreeMap<PathBuf, Option<Unnoticed>>,
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

    /// The folders of which no change is noticed, each with the reason.
    pub fn unwatched(&self) -> Vec<Unwatched> {
        let watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let unheard = watched.folders.iter();
        unheard
            .filter_map(|(path, why)| {
                Some(Unwatched {
                    path: path.display().to_string(),
                    why: (*why)?,
                })
            })
            .collect()
    }

    fn follow_with(
        &self,
        folders: &[FolderView],
        quiet: Duration,
        tell: impl Fn() + Send + 'static,
    ) {
        let wanted = folders.iter().filter(|folder| folder.scanned.is_some());
        let wanted: Vec<PathBuf> = wanted.map(|folder| PathBuf::from(&folder.path)).collect();
        let mut watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Watched { watcher, folders } = &mut *watched;
        if watcher.is_none() && !wanted.is_empty() {
            *watcher = begin(quiet, tell);
        }
        folders.retain(|folder, _| {
            let stays = wanted.contains(folder);
            if !stays && let Some(watcher) = watcher {
                let _ = watcher.unwatch(folder);
            }
            stays
        });
        for folder in wanted {
            // One that was refused may be let in by now; one on another machine is watched, and as mute as ever.
            if !matches!(folders.get(&folder), Some(None | Some(Unnoticed::Remote))) {
                let why = watch(watcher.as_mut(), &folder);
                folders.insert(folder, why);
            }
        }
    }
}

/// Watches a folder; answers why nothing will be heard of it, where that is so.
fn watch(watcher: Option<&mut RecommendedWatcher>, folder: &Path) -> Option<Unnoticed> {
    let Some(watcher) = watcher else {
        return Some(Unnoticed::Refused);
    };
    if let Err(error) = watcher.watch(folder, RecursiveMode::Recursive) {
        let why = refusal(&error, folder);
        if why != Unnoticed::Partly {
            // What it began with is not left half watched.
            let _ = watcher.unwatch(folder);
        }
        return Some(why);
    }
    is_remote(folder).then_some(Unnoticed::Remote)
}

/// Why a folder is not watched, or not all of it.
fn refusal(error: &Error, folder: &Path) -> Unnoticed {
    /// inotify says that there is no space left where its watches are used up.
    const ENOSPC: i32 = 28;
    match &error.kind {
        ErrorKind::MaxFilesWatch => Unnoticed::Full,
        ErrorKind::Io(error) if error.raw_os_error() == Some(ENOSPC) => Unnoticed::Full,
        ErrorKind::PathNotFound => Unnoticed::Away,
        // A walk through it ends where something in it is shut.
        ErrorKind::Io(error)
            if error.kind() == io::ErrorKind::PermissionDenied && folder.read_dir().is_ok() =>
        {
            Unnoticed::Partly
        }
        ErrorKind::Io(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied
            ) =>
        {
            Unnoticed::Away
        }
        _ => Unnoticed::Refused,
    }
}

/// Whether a folder lies on another machine, whose changes no system tells of.
fn is_remote(folder: &Path) -> bool {
    #[cfg(target_os = "linux")]
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    #[cfg(not(target_os = "linux"))]
    let mounts = String::new();
    let share = folder.to_string_lossy();
    (cfg!(windows)
        && (share.starts_with(r"\\?\UNC\")
            || share.starts_with(r"\\") && !share.starts_with(r"\\?\")))
        || sort_of(folder, &mounts).is_some_and(|sort| REMOTE.contains(&sort))
}

/// File systems whose files lie on another machine.
const REMOTE: [&str; 13] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "ncpfs",
    "afs",
    "ceph",
    "9p",
    "davfs",
    "fuse.sshfs",
    "fuse.davfs2",
    "fuse.rclone",
];

/// The sort of file system that a folder lies on, by Linux's list of mounts.
fn sort_of<'a>(folder: &Path, mounts: &'a str) -> Option<&'a str> {
    let mounted = mounts.lines().filter_map(|line| {
        let (place, sort) = line.split_once(" - ")?;
        // Blanks in a path are written in octal.
        let at = place.split(' ').nth(4)?.replace("\\040", " ");
        folder
            .starts_with(&at)
            .then(|| Some((at.len(), sort.split(' ').next()?)))?
    });
    mounted
        .max_by_key(|(length, _)| *length)
        .map(|(_, sort)| sort)
}

/// Begins to watch nothing yet.
fn begin(quiet: Duration, tell: impl Fn() + Send + 'static) -> Option<RecommendedWatcher> {
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
    Some(watcher)
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

    #[test]
    fn what_cannot_be_watched_is_named_and_tried_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("its path");
        let gone = root.join("gone");
        let views = [
            view(&root, Some(1)),
            view(&gone, Some(1)),
            view(&root.join("new"), None),
        ];
        let watching = Watching::default();
        let unwatched = |watching: &Watching| -> Vec<(String, Unnoticed)> {
            let some = watching.unwatched().into_iter();
            some.map(|one| (one.path, one.why)).collect()
        };
        watching.follow_with(&views, SOON, || ());
        assert_eq!(
            unwatched(&watching),
            [(gone.display().to_string(), Unnoticed::Away)]
        );
        fs::create_dir(&gone).expect("the folder is back");
        watching.follow_with(&views, SOON, || ());
        assert_eq!(unwatched(&watching), []);
        let full = Error::io(io::Error::from_raw_os_error(28));
        assert_eq!(refusal(&full, &root), Unnoticed::Full);
    }

    #[test]
    fn a_folder_on_another_machine_is_not_walked_again_and_one_that_was_full_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("its path");
        let views = [view(&root, Some(1))];
        let watching = Watching::default();
        let again = |why: Unnoticed| {
            watching.follow_with(&views, SOON, || ());
            let mut watched = watching.0.lock().expect("what is watched");
            watched.folders.insert(root.clone(), Some(why));
            drop(watched);
            watching.follow_with(&views, SOON, || ());
            watching.unwatched().into_iter().map(|one| one.why).next()
        };
        assert_eq!(again(Unnoticed::Remote), Some(Unnoticed::Remote));
        assert_eq!(again(Unnoticed::Full), None);
    }

    #[test]
    fn a_folder_with_something_shut_in_it_stays_watched_and_says_so() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("its path");
        let denied = Error::io(io::ErrorKind::PermissionDenied.into());
        assert_eq!(refusal(&denied, &root), Unnoticed::Partly);
        assert_eq!(refusal(&denied, &root.join("gone")), Unnoticed::Away);
        #[cfg(target_os = "linux")]
        {
            use std::os::unix::fs::PermissionsExt;

            let shut = root.join("lost+found");
            fs::create_dir(&shut).expect("a folder in it");
            fs::set_permissions(&shut, fs::Permissions::from_mode(0o000)).expect("it is shut");
            // To the administrator nothing is shut.
            if shut.read_dir().is_ok() {
                return;
            }
            let watching = Watching::default();
            let (sender, told) = channel();
            watching.follow_with(&[view(&root, Some(1))], SOON, move || {
                let _ = sender.send(());
            });
            let why = watching.unwatched().into_iter().map(|one| one.why);
            assert_eq!(why.collect::<Vec<_>>(), [Unnoticed::Partly]);
            fs::write(root.join("new.flac"), "x").expect("a file");
            assert!(told.recv_timeout(LATE).is_ok());
            fs::set_permissions(&shut, fs::Permissions::from_mode(0o700)).expect("it is open");
        }
    }

    #[test]
    fn a_folder_on_another_machine_is_known_by_its_mount() {
        let mounts = "22 1 0:20 / / rw - ext4 /dev/sda rw\n\
                      40 22 0:44 / /mnt/my\\040nas rw,relatime shared:3 - nfs4 nas:/music rw\n\
                      41 40 0:45 / /mnt/my\\040nas/here rw - ext4 /dev/sdb rw\n";
        let sort = |path: &str| sort_of(Path::new(path), mounts);
        assert_eq!(sort("/mnt/my nas/albums"), Some("nfs4"));
        assert_eq!(sort("/mnt/my nas/here/albums"), Some("ext4"));
        assert_eq!(sort("/home/ada/music"), Some("ext4"));
        assert!(!is_remote(&std::env::temp_dir()));
    }
}

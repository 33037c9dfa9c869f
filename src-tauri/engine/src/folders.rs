//! Media folders: the list of those that Curio reads, and their scans, each an import that can be undone.
//!
//! Whoever watches a folder for changes does that outside; here it is scanned when that is asked. A folder
//! is on the list until it is removed from it, and its items stay then. Files in it are never changed.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::import::ImportOptions;
use crate::imports::Read;
use crate::remembered;
use crate::scan::Scan;
use crate::view::{FolderView, Imported};
use crate::watch::Watch;

/// The setting that lists the folders.
const FOLDERS: &str = "media_folders";
/// Folders that may be on the list.
const FOLDERS_MAX: usize = 100;

impl FolderView {
    /// A folder that was not scanned yet.
    pub(crate) fn of(path: &Path) -> Self {
        Self {
            path: path.display().to_string(),
            scanned: None,
            items: 0,
            files: 0,
            gone: 0,
            rejected: 0,
        }
    }
}

impl Engine {
    /// The media folders, in the order in which they were added.
    pub fn folders(&self) -> Result<Vec<FolderView>> {
        let json = self.store().get_setting(FOLDERS)?;
        // What cannot be read was written by another version.
        Ok(json
            .and_then(|json| serde_json::from_str(&json).ok())
            .unwrap_or_default())
    }

    /// Puts a folder on the list; reads nothing in it yet. One that is there stays as it is.
    ///
    /// # Errors
    /// It is no folder, lies inside or around another of the list, or has to do with the data folder.
    pub fn add_folder(&self, path: &Path) -> Result<Vec<FolderView>> {
        let root = path.canonicalize().map_err(Error::file("read", path))?;
        std::fs::read_dir(&root).map_err(Error::file("read", path))?;
        let mut folders = self.folders()?;
        let told = root.to_str().ok_or_else(|| {
            Error::Invalid(format!("{} is no name that can be kept", root.display()))
        })?;
        if folders.iter().any(|known| known.path == told) {
            return Ok(folders);
        }
        let data = &self.settings().data;
        let data = data.canonicalize().unwrap_or_else(|_| data.clone());
        if root.starts_with(&data) || data.starts_with(&root) {
            return Err(Error::Invalid(format!(
                "{told} has to do with the data folder; choose a folder of your own"
            )));
        }
        let around = |one: &Path, other: &Path| one.starts_with(other) || other.starts_with(one);
        if let Some(other) = folders
            .iter()
            .find(|known| around(&root, Path::new(&known.path)))
        {
            return Err(Error::Invalid(format!(
                "{told} and {}, which is on the list, lie in one another",
                other.path
            )));
        }
        if folders.len() >= FOLDERS_MAX {
            return Err(Error::Invalid(format!(
                "there are {FOLDERS_MAX} media folders; remove one first"
            )));
        }
        folders.push(FolderView::of(&root));
        self.keep_folders(&folders)?;
        Ok(folders)
    }

    /// Takes a folder off the list; its items stay.
    ///
    /// # Errors
    /// It is not on the list.
    pub fn remove_folder(&self, path: &Path) -> Result<Vec<FolderView>> {
        let named = self.folder_named(path)?;
        let mut folders = self.folders()?;
        folders.retain(|known| Path::new(&known.path) != named);
        self.keep_folders(&folders)?;
        remembered::forget(&self.settings().data, &named);
        Ok(folders)
    }

    /// Scans the folders of the list that are named, or all of them; each has its own answer. What is
    /// unchanged since the last scan is not opened. They are one import to [`Engine::undo_import`].
    ///
    /// # Errors
    /// None is on the list, one that is named is not, or the store cannot be written. A folder that
    /// cannot be read is an answer with a problem.
    pub fn scan_folders(
        &self,
        only: &[PathBuf],
        dry_run: bool,
        at: i64,
        watch: &Watch,
    ) -> Result<Vec<Imported>> {
        let named = only.iter().map(|path| self.folder_named(path));
        let mut roots = named.collect::<Result<Vec<PathBuf>>>()?;
        if only.is_empty() {
            let all = self.folders()?.into_iter();
            roots = all.map(|folder| PathBuf::from(folder.path)).collect();
        }
        if roots.is_empty() {
            return Err(Error::Invalid(
                "there is no media folder; add one".to_owned(),
            ));
        }
        let options = ImportOptions {
            dry_run,
            ..ImportOptions::default()
        };
        let told = RefCell::new(Vec::new());
        let open = |root: PathBuf, watch: &Watch| -> Result<Read<'_>> {
            let scan = Scan::open(&root, self.store(), dry_run, watch, &told)?;
            Ok(Box::new(move |intake, watch, before| {
                intake.read(&root, Box::new(scan), watch, before)
            }))
        };
        let mut all = Vec::with_capacity(roots.len());
        let there = roots.iter().filter(|root| match std::fs::read_dir(root) {
            Ok(_) => true,
            Err(error) => {
                let problem = Error::file("read", root.as_path())(error).chain();
                all.push(crate::intake::unread(root, dry_run, problem));
                false
            }
        });
        let there: Vec<PathBuf> = there.cloned().collect();
        let scanned = self.import_from(&there, &options, at, watch, &open);
        if !dry_run {
            self.keep_scans(&told.into_inner(), at)?;
        }
        all.extend(scanned?);
        Ok(all)
    }

    /// Marks folders as not scanned, so that nothing scans them again by itself; their files are read
    /// anew when somebody does. Before what they brought is taken back.
    pub(crate) fn forget_scans(&self, files: &str) -> Result<()> {
        remembered::forget_all(&self.settings().data)?;
        let mut folders = self.folders()?;
        for folder in &mut folders {
            let name = Path::new(&folder.path).file_name().unwrap_or_default();
            let name = name.to_string_lossy();
            // A name may hold what parts the names.
            if format!(", {files}, ").contains(&format!(", {name}, ")) {
                folder.scanned = None;
            }
        }
        self.keep_folders(&folders)
    }

    fn keep_scans(&self, scans: &[FolderView], at: i64) -> Result<()> {
        let mut folders = self.folders()?;
        for folder in &mut folders {
            if let Some(scan) = scans.iter().find(|scan| scan.path == folder.path) {
                *folder = FolderView {
                    scanned: Some(at),
                    ..scan.clone()
                };
            }
        }
        self.keep_folders(&folders)
    }

    fn keep_folders(&self, folders: &[FolderView]) -> Result<()> {
        let json = serde_json::to_string(folders).map_err(Error::store("write to"))?;
        self.store().set_setting(FOLDERS, &json)
    }

    /// The folder of the list that a path names, whether it is still there or not.
    fn folder_named(&self, path: &Path) -> Result<PathBuf> {
        let there = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let folders = self.folders()?.into_iter();
        let mut paths = folders.map(|folder| PathBuf::from(folder.path));
        let found = paths.find(|known| *known == there || known == path);
        found.ok_or_else(|| Error::not_found("media folder", path.display().to_string()))
    }
}

//! Commands that take files and folders in, and back out.

use std::path::PathBuf;

use curio_engine::ImportOptions;
use curio_engine::view::{
    Content, FolderView, ImportUndone, Imported, Progress, SavedMapping, Unwatched,
};
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager};

use super::{Engine, Made, Running, now};
use crate::folders as places;
use crate::opening::{Answer, blocking};
use crate::watching::Watching;

/// Imports a file; `profile` names whose an export is that names nobody, `content` and `map` override
/// what is recognised.
#[tauri::command]
#[expect(clippy::too_many_arguments, reason = "each is a field of the request")]
pub async fn import(
    engine: Engine<'_>,
    running: Running<'_>,
    made: Made<'_>,
    path: PathBuf,
    profile: Option<String>,
    content: Option<Content>,
    map: Vec<(String, String)>,
    dry_run: bool,
    on_progress: Channel<Progress>,
) -> Answer<Imported> {
    let (works, at) = (running.inner().clone(), now());
    let options = ImportOptions {
        content,
        map,
        profile,
        dry_run,
        ..ImportOptions::default()
    };
    let imported = blocking(&engine, move |e| {
        works
            .import
            .run(&on_progress, |watch| e.import(&path, &options, at, watch))
    });
    made.remember(imported.await)
}

/// Imports the bundled sample library, one answer a file.
#[tauri::command]
pub async fn import_sample(
    app: AppHandle,
    engine: Engine<'_>,
    running: Running<'_>,
    made: Made<'_>,
    on_progress: Channel<Progress>,
) -> Answer<Vec<Imported>> {
    let (works, files, at) = (running.inner().clone(), places::samples(&app)?, now());
    let options = ImportOptions::default();
    let imported = blocking(&engine, move |e| {
        works.import.run(&on_progress, |watch| {
            e.import_all(&files, &options, at, watch)
        })
    });
    made.remember(imported.await)
}

/// Keeps how files of one header are read.
#[tauri::command]
pub async fn save_mapping(
    engine: Engine<'_>,
    name: String,
    columns: Vec<String>,
    content: Option<Content>,
    map: Vec<(String, String)>,
) -> Answer<SavedMapping> {
    blocking(&engine, move |e| {
        e.save_mapping(&name, &columns, content, &map)
    })
    .await
}

#[tauri::command]
pub async fn mappings(engine: Engine<'_>) -> Answer<Vec<SavedMapping>> {
    blocking(&engine, curio_engine::Engine::mappings).await
}

#[tauri::command]
pub async fn forget_mapping(engine: Engine<'_>, name: String) -> Answer<()> {
    blocking(&engine, move |e| e.forget_mapping(&name)).await
}

/// Undoes the last import.
#[tauri::command]
pub async fn undo_import(engine: Engine<'_>) -> Answer<ImportUndone> {
    let at = now();
    blocking(&engine, move |e| e.undo_import(at)).await
}

/// The media folders, which are watched from now on.
#[tauri::command]
pub async fn folders(app: AppHandle, engine: Engine<'_>) -> Answer<Vec<FolderView>> {
    blocking(&engine, move |e| {
        let folders = e.folders()?;
        app.state::<Watching>().follow(&app, &folders);
        Ok(folders)
    })
    .await
}

/// The media folders in which changes are not noticed.
#[tauri::command]
pub async fn unwatched(app: AppHandle, engine: Engine<'_>) -> Answer<Vec<Unwatched>> {
    blocking(&engine, move |_| Ok(app.state::<Watching>().unwatched())).await
}

#[tauri::command]
pub async fn add_folder(engine: Engine<'_>, path: PathBuf) -> Answer<Vec<FolderView>> {
    blocking(&engine, move |e| e.add_folder(&path)).await
}

/// Takes a folder off the list, and watches it no more; its items stay.
#[tauri::command]
pub async fn remove_folder(
    app: AppHandle,
    engine: Engine<'_>,
    path: PathBuf,
) -> Answer<Vec<FolderView>> {
    blocking(&engine, move |e| {
        let folders = e.remove_folder(&path)?;
        app.state::<Watching>().follow(&app, &folders);
        Ok(folders)
    })
    .await
}

/// Scans media folders, all of them where none is named; one answer a folder.
#[tauri::command]
pub async fn scan_folders(
    engine: Engine<'_>,
    running: Running<'_>,
    made: Made<'_>,
    paths: Vec<PathBuf>,
    dry_run: bool,
    on_progress: Channel<Progress>,
) -> Answer<Vec<Imported>> {
    let (works, at) = (running.inner().clone(), now());
    let scanned = blocking(&engine, move |e| {
        works.scan.run(&on_progress, |watch| {
            e.scan_folders(&paths, dry_run, at, watch)
        })
    });
    made.remember(scanned.await)
}

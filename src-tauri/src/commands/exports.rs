//! Commands that write and read whole files: exports, backups, tastes of friends.

use std::path::PathBuf;

use curio_engine::behaviour::ProfileId;
use curio_engine::view::{BackedUp, ExportFormat, FriendAdded, FriendView, TasteShared, Written};

use super::{Engine, Made, now};
use crate::opening::{Answer, blocking};

#[tauri::command]
pub async fn export(
    engine: Engine<'_>,
    made: Made<'_>,
    folder: PathBuf,
    format: ExportFormat,
    profile: Option<ProfileId>,
) -> Answer<Written> {
    made.remember(blocking(&engine, move |e| e.export(&folder, format, profile)).await)
}

#[tauri::command]
pub async fn backup(engine: Engine<'_>, made: Made<'_>, file: PathBuf) -> Answer<Written> {
    let at = now();
    made.remember(blocking(&engine, move |e| e.backup(&file, at)).await)
}

#[tauri::command]
pub async fn check_backup(engine: Engine<'_>, file: PathBuf) -> Answer<BackedUp> {
    blocking(&engine, move |e| e.check_backup(&file)).await
}

#[tauri::command]
pub async fn restore(engine: Engine<'_>, made: Made<'_>, file: PathBuf) -> Answer<Written> {
    let at = now();
    made.remember(blocking(&engine, move |e| e.restore(&file, at)).await)
}

/// Shows a file that a command here has written in its folder.
#[tauri::command]
pub async fn reveal(made: Made<'_>, file: PathBuf) -> Answer<()> {
    made.reveal(file).await
}

#[tauri::command]
pub async fn share_taste(
    engine: Engine<'_>,
    profile: ProfileId,
    name: String,
    file: PathBuf,
) -> Answer<TasteShared> {
    blocking(&engine, move |e| e.share_taste(profile, &name, &file)).await
}

#[tauri::command]
pub async fn add_friend(engine: Engine<'_>, file: PathBuf) -> Answer<FriendAdded> {
    blocking(&engine, move |e| e.add_friend(&file)).await
}

#[tauri::command]
pub async fn friends(engine: Engine<'_>) -> Answer<Vec<FriendView>> {
    blocking(&engine, curio_engine::Engine::friends).await
}

#[tauri::command]
pub async fn remove_friend(engine: Engine<'_>, name: String) -> Answer<()> {
    blocking(&engine, move |e| e.remove_friend(&name)).await
}

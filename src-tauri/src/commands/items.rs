//! Commands on the catalogue: found, looked through, changed by hand, made one and parted.

use std::path::PathBuf;

use curio_engine::behaviour::ProfileId;
use curio_engine::catalogue::{ItemId, Kind};
use curio_engine::view::{Browse, Browsed, Edit, Found, ItemView, Matches};
use curio_engine::watch::Watch;

use super::{Engine, now};
use crate::opening::{Answer, blocking};

#[tauri::command]
pub async fn search(
    engine: Engine<'_>,
    query: String,
    kind: Option<Kind>,
    limit: usize,
) -> Answer<Found> {
    blocking(&engine, move |e| e.search(&query, kind, limit)).await
}

#[tauri::command]
pub async fn browse(engine: Engine<'_>, profile: ProfileId, browse: Browse) -> Answer<Browsed> {
    let at = now();
    blocking(&engine, move |e| e.browse(profile, &browse, at)).await
}

#[tauri::command]
pub async fn show(engine: Engine<'_>, item: ItemId) -> Answer<ItemView> {
    blocking(&engine, move |e| e.show(item)).await
}

#[tauri::command]
pub async fn edit(engine: Engine<'_>, item: ItemId, edit: Edit) -> Answer<ItemView> {
    blocking(&engine, move |e| e.edit(item, &edit, &Watch::NONE)).await
}

/// Gives an item a cover out of a picture file; none takes it away.
#[tauri::command]
pub async fn set_cover(
    engine: Engine<'_>,
    item: ItemId,
    file: Option<PathBuf>,
) -> Answer<ItemView> {
    blocking(&engine, move |e| e.set_cover(item, file.as_deref())).await
}

#[tauri::command]
pub async fn matches(engine: Engine<'_>, n: usize) -> Answer<Matches> {
    blocking(&engine, move |e| e.matches(n)).await
}

#[tauri::command]
pub async fn records(engine: Engine<'_>, item: ItemId) -> Answer<Vec<ItemView>> {
    blocking(&engine, move |e| e.records(item)).await
}

#[tauri::command]
pub async fn merge(engine: Engine<'_>, pairs: Vec<(ItemId, ItemId)>) -> Answer<Vec<ItemView>> {
    blocking(&engine, move |e| e.merge(&pairs, &Watch::NONE)).await
}

#[tauri::command]
pub async fn part(engine: Engine<'_>, pairs: Vec<(ItemId, ItemId)>) -> Answer<Vec<ItemView>> {
    blocking(&engine, move |e| e.part(&pairs, &Watch::NONE)).await
}

#[tauri::command]
pub async fn unsay(engine: Engine<'_>, pairs: Vec<(ItemId, ItemId)>) -> Answer<Vec<ItemView>> {
    blocking(&engine, move |e| e.unsay(&pairs, &Watch::NONE)).await
}

//! Commands that ask for lists, for what is near or goes with items, and why.

use std::path::PathBuf;

use curio_engine::behaviour::{Action, ProfileId};
use curio_engine::catalogue::{ItemId, Kind};
use curio_engine::signal::Signal;
use curio_engine::view::{
    Basket, Explained, ItemView, Near, Preview, Recommendations, Request, Rows, Together,
};

use super::{Engine, now};
use crate::opening::{Answer, blocking};

#[tauri::command]
pub async fn recommend(
    engine: Engine<'_>,
    profile: ProfileId,
    request: Request,
) -> Answer<Recommendations> {
    let at = now();
    blocking(&engine, move |e| e.recommend(profile, &request, at)).await
}

#[tauri::command]
pub async fn rows(engine: Engine<'_>, profile: ProfileId, request: Request) -> Answer<Rows> {
    let at = now();
    blocking(&engine, move |e| e.rows(profile, &request, at)).await
}

#[tauri::command]
pub async fn picks(
    engine: Engine<'_>,
    wish: String,
    kind: Option<Kind>,
    n: usize,
) -> Answer<Vec<ItemView>> {
    blocking(&engine, move |e| e.picks(&wish, kind, n)).await
}

#[tauri::command]
pub async fn together(
    engine: Engine<'_>,
    profiles: Vec<ProfileId>,
    request: Request,
) -> Answer<Together> {
    let at = now();
    blocking(&engine, move |e| e.together(&profiles, &request, at)).await
}

#[tauri::command]
pub async fn basket(engine: Engine<'_>, items: Vec<ItemId>, request: Request) -> Answer<Basket> {
    let at = now();
    blocking(&engine, move |e| e.basket(&items, &request, at)).await
}

#[tauri::command]
pub async fn explain(engine: Engine<'_>, profile: ProfileId, item: ItemId) -> Answer<Explained> {
    let at = now();
    blocking(&engine, move |e| e.explain(profile, item, at)).await
}

#[tauri::command]
pub async fn preview(
    engine: Engine<'_>,
    profile: ProfileId,
    item: ItemId,
    action: Action,
) -> Answer<Preview> {
    let at = now();
    blocking(&engine, move |e| e.preview(profile, item, action, at)).await
}

#[tauri::command]
pub async fn preview_pin(
    engine: Engine<'_>,
    profile: ProfileId,
    signal: Signal,
    weight: f64,
) -> Answer<Preview> {
    let at = now();
    blocking(&engine, move |e| e.preview_pin(profile, signal, weight, at)).await
}

#[tauri::command]
pub async fn similar(engine: Engine<'_>, item: ItemId, n: usize) -> Answer<Vec<Near>> {
    blocking(&engine, move |e| e.similar(item, n)).await
}

#[tauri::command]
pub async fn save_list(engine: Engine<'_>, items: Vec<ItemId>, file: PathBuf) -> Answer<u64> {
    blocking(&engine, move |e| e.save_list(&items, &file)).await
}

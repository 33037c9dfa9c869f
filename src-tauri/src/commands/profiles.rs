//! Commands on profiles: who there is, what they did, what was learned of it, and weights set by hand.

use curio_engine::behaviour::{Action, ProfileId, Trait};
use curio_engine::catalogue::ItemId;
use curio_engine::signal::Signal;
use curio_engine::view::{Activity, Drift, Look, ProfileView, Recorded, TasteMap, Weights};

use super::{Engine, now};
use crate::opening::{Answer, blocking};

#[tauri::command]
pub async fn profiles(engine: Engine<'_>) -> Answer<Vec<ProfileView>> {
    blocking(&engine, curio_engine::Engine::profiles).await
}

#[tauri::command]
pub async fn add_profile(engine: Engine<'_>, name: String) -> Answer<ProfileView> {
    blocking(&engine, move |e| e.add_profile(&name)).await
}

#[tauri::command]
pub async fn rename_profile(
    engine: Engine<'_>,
    profile: ProfileId,
    name: String,
) -> Answer<ProfileView> {
    blocking(&engine, move |e| e.rename_profile(profile, &name)).await
}

#[tauri::command]
pub async fn remove_profile(engine: Engine<'_>, profile: ProfileId) -> Answer<()> {
    blocking(&engine, move |e| e.remove_profile(profile)).await
}

#[tauri::command]
pub async fn record(
    engine: Engine<'_>,
    profile: ProfileId,
    item: ItemId,
    action: Action,
    surface: String,
) -> Answer<Recorded> {
    let at = now();
    blocking(&engine, move |e| {
        e.record(profile, item, action, &surface, "", at)
    })
    .await
}

#[tauri::command]
pub async fn undo(
    engine: Engine<'_>,
    profile: ProfileId,
    sequence: Option<u64>,
) -> Answer<Recorded> {
    let at = now();
    blocking(&engine, move |e| e.undo(profile, sequence, at)).await
}

#[tauri::command]
pub async fn undo_all(
    engine: Engine<'_>,
    profile: ProfileId,
    sequences: Vec<u64>,
) -> Answer<Vec<Recorded>> {
    let at = now();
    blocking(&engine, move |e| e.undo_all(profile, &sequences, at)).await
}

#[tauri::command]
pub async fn forget(engine: Engine<'_>, profile: ProfileId, sequences: Vec<u64>) -> Answer<u64> {
    blocking(&engine, move |e| e.forget(profile, &sequences)).await
}

#[tauri::command]
pub async fn activity(engine: Engine<'_>, profile: ProfileId, look: Look) -> Answer<Vec<Activity>> {
    blocking(&engine, move |e| e.activity(profile, &look)).await
}

#[tauri::command]
pub async fn weights(engine: Engine<'_>, profile: ProfileId, history: bool) -> Answer<Weights> {
    blocking(&engine, move |e| e.weights(profile, history)).await
}

#[tauri::command]
pub async fn pin(
    engine: Engine<'_>,
    profile: ProfileId,
    signal: Signal,
    weight: f64,
) -> Answer<Recorded> {
    let at = now();
    blocking(&engine, move |e| e.pin(profile, signal, weight, at)).await
}

#[tauri::command]
pub async fn unpin(engine: Engine<'_>, profile: ProfileId, signal: Signal) -> Answer<Recorded> {
    let at = now();
    blocking(&engine, move |e| e.unpin(profile, signal, at)).await
}

#[tauri::command]
pub async fn reset(engine: Engine<'_>, profile: ProfileId) -> Answer<Recorded> {
    let at = now();
    blocking(&engine, move |e| e.reset(profile, at)).await
}

#[tauri::command]
pub async fn less(engine: Engine<'_>, profile: ProfileId, of: Trait) -> Answer<Recorded> {
    let at = now();
    blocking(&engine, move |e| e.less(profile, of, at)).await
}

#[tauri::command]
pub async fn taste_map(engine: Engine<'_>, profile: ProfileId) -> Answer<TasteMap> {
    let at = now();
    blocking(&engine, move |e| e.taste_map(profile, at)).await
}

#[tauri::command]
pub async fn drift(engine: Engine<'_>, profile: ProfileId) -> Answer<Drift> {
    let at = now();
    blocking(&engine, move |e| e.drift(profile, at)).await
}

//! Commands of long work on what there is: evaluating, training, encoding.

use curio_engine::behaviour::ProfileId;
use curio_engine::view::{Encoded, EncoderView, Evaluation, Progress, Training};
use tauri::ipc::Channel;

use super::{Engine, Running};
use crate::opening::{Answer, blocking};
use crate::progress::Long;

/// What training draws its samples by, as on the command line unless that says otherwise.
const SEED: u64 = 1;

#[tauri::command]
pub async fn evaluate_profile(engine: Engine<'_>, profile: ProfileId) -> Answer<Evaluation> {
    blocking(&engine, move |e| e.evaluate_profile(profile)).await
}

/// Learns from the profiles here.
#[tauri::command]
pub async fn train(
    engine: Engine<'_>,
    running: Running<'_>,
    on_progress: Channel<Progress>,
) -> Answer<Training> {
    let works = running.inner().clone();
    blocking(&engine, move |e| {
        works.train.run(&on_progress, |watch| e.train(SEED, watch))
    })
    .await
}

#[tauri::command]
pub async fn forget_training(engine: Engine<'_>) -> Answer<()> {
    blocking(&engine, curio_engine::Engine::forget_training).await
}

#[tauri::command]
pub async fn encoders(engine: Engine<'_>) -> Answer<Vec<EncoderView>> {
    blocking(&engine, curio_engine::Engine::encoders).await
}

#[tauri::command]
pub async fn choose_encoder(engine: Engine<'_>, name: String) -> Answer<Vec<EncoderView>> {
    blocking(&engine, move |e| e.choose_encoder(&name)).await
}

/// Encodes what the chosen encoder lacks.
#[tauri::command]
pub async fn encode(
    engine: Engine<'_>,
    running: Running<'_>,
    on_progress: Channel<Progress>,
) -> Answer<Encoded> {
    let works = running.inner().clone();
    blocking(&engine, move |e| {
        works.encode.run(&on_progress, |watch| e.encode(watch))
    })
    .await
}

#[tauri::command]
#[expect(
    clippy::needless_pass_by_value,
    reason = "Tauri hands state over by value"
)]
pub fn cancel(running: Running<'_>, work: Long) {
    running.cancel(work);
}

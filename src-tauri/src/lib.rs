//! The desktop shell: one window over the engine.
//!
//! It does what the engine must not: reads the clock and the environment, knows the platform's
//! folders, moves work off the window's thread. It decides nothing about items, taste or ranking.
//! Empty without the feature `desktop`.
#![cfg(feature = "desktop")]

mod commands;
mod failure;
mod folders;
mod opening;
mod progress;

use std::sync::Arc;

use tauri::Manager;

use crate::opening::Opening;
use crate::progress::Works;

/// Opens the window and stays until it is closed.
pub fn run() -> tauri::Result<()> {
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(Arc::new(Works::default()))
        .setup(|app| {
            let settings = folders::settings(app)?;
            app.manage(Opening::start(settings)?);
            Ok(())
        })
        .invoke_handler(tauri::generate_handler![
            commands::status,
            commands::profiles,
            commands::add_profile,
            commands::rename_profile,
            commands::remove_profile,
            commands::recommend,
            commands::rows,
            commands::picks,
            commands::together,
            commands::basket,
            commands::explain,
            commands::preview,
            commands::preview_pin,
            commands::search,
            commands::show,
            commands::similar,
            commands::record,
            commands::undo,
            commands::weights,
            commands::pin,
            commands::unpin,
            commands::reset,
            commands::activity,
            commands::evaluate_profile,
            commands::train,
            commands::forget_training,
            commands::import,
            commands::import_sample,
            commands::undo_import,
            commands::encoders,
            commands::choose_encoder,
            commands::encode,
            commands::cancel,
            commands::export,
            commands::backup,
            commands::restore,
            commands::share_taste,
            commands::add_friend,
            commands::friends,
            commands::remove_friend,
        ])
        .run(tauri::generate_context!())
}

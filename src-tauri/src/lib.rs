//! The desktop shell: one window over the engine.
//!
//! It does what the engine must not: reads the clock and the environment, knows the platform's
//! folders, moves work off the window's thread. It decides nothing about items, taste or ranking.
//! Empty without the feature `desktop`.
#![cfg(feature = "desktop")]

mod commands;
mod drawing;
mod failure;
mod files;
mod folders;
mod opening;
mod progress;
mod revealing;
mod watching;

use std::env;
use std::sync::Arc;

use tauri::{AppHandle, Manager, RunEvent};
use tauri_plugin_window_state::StateFlags;

use crate::files::Files;
use crate::opening::Opening;
use crate::progress::Works;
use crate::revealing::Revealing;
use crate::watching::Watching;

/// Opens the window and stays until it is closed.
pub fn run() -> tauri::Result<()> {
    let mut builder = tauri::Builder::default();
    // A second start goes to the window that is there, unless it was given a data folder of its own.
    if !folders::chosen() {
        builder = builder.plugin(tauri_plugin_single_instance::init(
            |app, arguments, folder| files::again(app, arguments, &folder),
        ));
    }
    let place = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
    let remembering = tauri_plugin_window_state::Builder::new().with_state_flags(place);
    builder
        .plugin(remembering.build())
        .plugin(tauri_plugin_dialog::init())
        .manage(Arc::new(Works::default()))
        .manage(Files::default())
        .manage(Revealing::default())
        .manage(Watching::default())
        .setup(|app| {
            let settings = folders::settings(app)?;
            app.manage(Opening::start(settings)?);
            let folder = env::current_dir().unwrap_or_default();
            app.state::<Files>().add(env::args_os().skip(1), &folder);
            app.webview_windows().values().try_for_each(drawing::suit)?;
            Ok(())
        })
        .invoke_handler(tauri::generate_handler![
            commands::opened,
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
            commands::browse,
            commands::edit,
            commands::set_cover,
            commands::save_list,
            commands::matches,
            commands::records,
            commands::merge,
            commands::part,
            commands::unsay,
            commands::show,
            commands::similar,
            commands::record,
            commands::undo,
            commands::weights,
            commands::pin,
            commands::unpin,
            commands::reset,
            commands::activity,
            commands::undo_all,
            commands::forget,
            commands::less,
            commands::taste_map,
            commands::drift,
            commands::evaluate_profile,
            commands::train,
            commands::forget_training,
            commands::import,
            commands::import_sample,
            commands::save_mapping,
            commands::mappings,
            commands::forget_mapping,
            commands::undo_import,
            commands::folders,
            commands::unwatched,
            commands::add_folder,
            commands::scan_folders,
            commands::remove_folder,
            commands::encoders,
            commands::choose_encoder,
            commands::encode,
            commands::cancel,
            commands::export,
            commands::backup,
            commands::check_backup,
            commands::restore,
            commands::reveal,
            commands::share_taste,
            commands::add_friend,
            commands::friends,
            commands::remove_friend,
        ])
        .build(tauri::generate_context!())?
        .run(|app, event| hear(app, &event));
    Ok(())
}

/// macOS tells a program of its files by an event.
fn hear(app: &AppHandle, event: &RunEvent) {
    #[cfg(target_os = "macos")]
    if let RunEvent::Opened { urls } = event {
        let paths = urls.iter().filter_map(|url| url.to_file_path().ok());
        files::hand_over(app, paths.map(Into::into), "".as_ref());
    }
    #[cfg(not(target_os = "macos"))]
    let _ = (app, event);
}

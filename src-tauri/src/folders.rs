//! Where the window's data, models and samples lie on this machine.
//!
//! The environment comes first (`CURIO_DATA`, `CURIO_MODELS`), then the platform's own places. The
//! data folder is the same one that the command line uses by default.

use std::env;
use std::path::PathBuf;

use curio_engine::Settings;
use tauri::path::BaseDirectory;
use tauri::{Manager, Runtime};

/// The sample library, in the order in which it is imported.
const SAMPLES: [&str; 4] = ["films.csv", "books.csv", "music.csv", "games.csv"];

/// Whether the environment names a data folder of its own.
pub fn chosen() -> bool {
    from_environment("CURIO_DATA").is_some()
}

/// Says where the engine keeps its data and finds its models.
pub fn settings<R: Runtime>(app: &impl Manager<R>) -> tauri::Result<Settings> {
    Ok(Settings {
        data: from_environment("CURIO_DATA")
            .map_or_else(|| app.path().data_dir().map(|dir| dir.join("curio")), Ok)?,
        models: from_environment("CURIO_MODELS").map_or_else(|| bundled(app, "models"), Ok)?,
        encoder: None,
    })
}

/// Names the files of the bundled sample library.
pub fn samples<R: Runtime>(app: &impl Manager<R>) -> tauri::Result<Vec<PathBuf>> {
    let folder = bundled(app, "samples")?;
    Ok(SAMPLES.iter().map(|file| folder.join(file)).collect())
}

/// A folder that is shipped with the program: beside it as cargo lays it, or where it is installed.
fn bundled<R: Runtime>(app: &impl Manager<R>, name: &str) -> tauri::Result<PathBuf> {
    let program = tauri::utils::platform::current_exe()?;
    let beside = program.with_file_name(name);
    if beside.is_dir() {
        return Ok(beside);
    }
    app.path().resolve(name, BaseDirectory::Resource)
}

fn from_environment(name: &str) -> Option<PathBuf> {
    env::var_os(name)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}

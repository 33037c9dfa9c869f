//! An engine that is opened for a test: on a folder of its own, with no encoder to be had.

use std::path::Path;

use curio_engine::{Engine, Settings};

/// Opens the data folder below a folder.
pub fn open(folder: &Path) -> Engine {
    open_with(folder, Some("english"))
}

/// The same with an encoder by name, or with the one that was chosen there.
pub fn open_with(folder: &Path, encoder: Option<&str>) -> Engine {
    let settings = Settings {
        data: folder.join("data"),
        models: folder.join("models"),
        encoder: encoder.map(str::to_owned),
    };
    Engine::open(settings).unwrap_or_else(|error| panic!("{}", error.chain()))
}

//! Generates what Tauri needs at build time: permissions, capabilities and resources.
//!
//! Does nothing without the feature `desktop`, so that the engine builds without a WebView.

fn main() {
    #[cfg(feature = "desktop")]
    desktop::build();
}

#[cfg(feature = "desktop")]
mod desktop {
    use std::{fs, io::ErrorKind, path::Path};

    pub fn build() {
        for watched in ["src-tauri/capabilities", "src-tauri/permissions"] {
            println!("cargo:rerun-if-changed={watched}");
        }
        let commands = tauri_build::AppManifest::new()
            .permissions_path_pattern("src-tauri/permissions/**/*.toml");
        let attributes = tauri_build::Attributes::new()
            .capabilities_path_pattern("src-tauri/capabilities/**/*.json")
            .app_manifest(commands);
        tauri_build::try_build(attributes).expect("tauri-build failed");
        move_schemas_out_of_the_root();
    }

    /// tauri-build writes `gen/schemas` (for editors, nothing reads them later) beside Cargo.toml.
    fn move_schemas_out_of_the_root() {
        let (from, to) = (Path::new("gen"), Path::new("src-tauri/gen"));
        if !from.exists() {
            return;
        }
        match fs::remove_dir_all(to) {
            Err(e) if e.kind() != ErrorKind::NotFound => panic!("cannot remove src-tauri/gen: {e}"),
            _ => fs::rename(from, to).expect("cannot move gen into src-tauri"),
        }
    }
}

//! Where the data and the models lie on this machine when nobody says.

use std::env;
use std::path::{Path, PathBuf};

use directories::BaseDirs;

use crate::failure::Failure;

/// The data folder: `$CURIO_DATA`, or `curio` in the platform's data folder, as the window has it.
pub fn data() -> Result<PathBuf, Failure> {
    from_environment("CURIO_DATA")
        .or_else(|| BaseDirs::new().map(|dirs| dirs.data_dir().join("curio")))
        .ok_or_else(|| {
            Failure::user("this account has no home folder; name a data folder with --data")
        })
}

/// The models' folder: `$CURIO_MODELS`, or beside the program, up the tree from it, or among the
/// resources of the installed window.
pub fn models() -> PathBuf {
    let beside = env::current_exe()
        .ok()
        .and_then(|program| program.canonicalize().ok());
    from_environment("CURIO_MODELS")
        .or_else(|| beside.as_deref().and_then(found_from))
        .unwrap_or_else(|| PathBuf::from("models"))
}

/// The nearest models' folder to a program.
fn found_from(program: &Path) -> Option<PathBuf> {
    program
        .ancestors()
        .skip(1)
        .flat_map(|folder| {
            ["models", "lib/Curio/models", "Resources/models"].map(|place| folder.join(place))
        })
        .find(|folder| folder.join("manifest.json").is_file())
}

fn from_environment(name: &str) -> Option<PathBuf> {
    env::var_os(name)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_nearest_models_are_found() {
        let root = tempfile::tempdir().unwrap();
        let program = root.path().join("usr/bin/curio");
        assert_eq!(found_from(&program), None);
        for place in ["usr/lib/Curio/models", "usr/bin/models"] {
            let folder = root.path().join(place);
            fs::create_dir_all(&folder).unwrap();
            assert_ne!(
                found_from(&program),
                Some(folder.clone()),
                "an empty folder"
            );
            fs::write(folder.join("manifest.json"), "{}").unwrap();
            assert_eq!(found_from(&program), Some(folder));
        }
    }
}

//! Where a journey begins, and the program there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use curio_engine::view::{Imported, ProfileView};
use serde::de::DeserializeOwned;
use tempfile::TempDir;

/// A home of its own: a data folder, the fixtures and no encoder, so that all answers are the same
/// on every machine.
pub struct Home {
    folder: TempDir,
}

impl Home {
    pub fn empty() -> Self {
        let folder = TempDir::new().unwrap();
        for file in ["catalogue.csv", "history.csv"] {
            fs::copy(fixture(file), folder.path().join(file)).unwrap();
        }
        Self { folder }
    }

    /// A home with the catalogue imported and one profile.
    pub fn furnished() -> Self {
        let home = Self::empty();
        home.json::<Imported>(&["import", "catalogue.csv"]);
        home.json::<ProfileView>(&["profile", "add", "Ann"]);
        home
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(Path::new(env!("CARGO_BIN_EXE_curio")))
            .args(arguments)
            .output()
            .unwrap()
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.folder.path())
            .env("HOME", self.folder.path())
            .env("CURIO_DATA", self.path("data"))
            .env("CURIO_MODELS", self.path("models"))
            .env("TZ", "UTC")
            .env_remove("COLUMNS");
        command
    }

    /// What a line prints that is typed into a shell; it must succeed.
    pub fn typed(&self, line: &str) -> String {
        let folder = Path::new(env!("CARGO_BIN_EXE_curio")).parent().unwrap();
        let found = std::env::var_os("PATH").unwrap_or_default();
        let path = [folder.to_owned()]
            .into_iter()
            .chain(std::env::split_paths(&found));
        let mut shell = self.command(Path::new("sh"));
        shell.env("PATH", std::env::join_paths(path).unwrap());
        printed(&shell.args(["-c", line]).output().unwrap(), line)
    }

    /// What a command prints; it must succeed.
    pub fn page(&self, arguments: &[&str]) -> String {
        printed(&self.run(arguments), &format!("{arguments:?}"))
    }

    /// The one line of JSON that a command prints.
    pub fn line(&self, arguments: &[&str]) -> String {
        let page = self.page(&[arguments, &["--json"]].concat());
        assert_eq!(page.lines().count(), 1, "{arguments:?}: {page}");
        page
    }

    pub fn json<T: DeserializeOwned>(&self, arguments: &[&str]) -> T {
        let line = self.line(arguments);
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {line}"))
    }

    /// What a command says on standard error when it ends with an exit code; it prints nothing.
    pub fn refused(&self, code: i32, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        said.trim_end().to_owned()
    }

    pub fn recommended(&self, profile: &str) -> String {
        self.line(&["recommend", "--profile", profile])
    }

    pub fn weights(&self, profile: &str) -> String {
        self.line(&["weights", "--profile", profile, "--history"])
    }
}

fn fixture(name: &str) -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    tests.join("fixtures/journey").join(name)
}

/// What a command printed, which must have succeeded.
fn printed(output: &Output, command: &str) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{command}: {said}");
    let page = String::from_utf8_lossy(&output.stdout);
    let lines: Vec<&str> = page.lines().map(str::trim_end).collect();
    lines.join("\n")
}

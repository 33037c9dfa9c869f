//! The engine: one data folder, and the verbs of Curio over it.
//!
//! Every verb has the same name here, on the command line, in the window's commands and in its
//! `api.ts`. The engine reads no clock, no environment and no terminal: time (`at`, milliseconds
//! since 1970-01-01 UTC) and paths are passed in, so that everything replays.

use std::path::{Path, PathBuf};

use crate::behaviour::{Action, ProfileId};
use crate::catalogue::{ItemId, Kind};
use crate::error::Result;
use crate::signal::Signal;
use crate::view::{
    Activity, Content, Found, Imported, ItemView, Near, ProfileView, Progress, Recommendations,
    Recorded, Request, Status, Weights, Written,
};

/// Where an engine keeps its data and finds its models.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The data folder; made when missing.
    pub data: PathBuf,
    /// The folder with `manifest.json`, the encoders and ONNX Runtime.
    pub models: PathBuf,
    /// The encoder's name in the manifest.
    pub encoder: String,
}

/// How long work reports and is stopped.
pub struct Watch<'a> {
    /// Called now and then, from the thread that does the work.
    pub progress: &'a (dyn Fn(Progress) + Sync),
    /// Asked often; once it says true the work stops at the next consistent point.
    pub cancelled: &'a (dyn Fn() -> bool + Sync),
}

/// How a file is to be read.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// What it holds; recognised from its header when not given.
    pub content: Option<Content>,
    /// `field=Column` pairs that override what was recognised.
    pub map: Vec<(String, String)>,
    /// The profile for interactions in a file that names none.
    pub profile: Option<String>,
    /// Say what would happen and write nothing.
    pub dry_run: bool,
}

/// One data folder, open. Share it behind an `Arc`; every method takes `&self`.
pub struct Engine {}

#[allow(unused_variables, clippy::todo)]
impl Engine {
    pub fn open(settings: Settings) -> Result<Self> {
        todo!()
    }
    pub fn status(&self) -> Status {
        todo!()
    }
    pub fn import(
        &self,
        path: &Path,
        options: &ImportOptions,
        at: i64,
        watch: &Watch,
    ) -> Result<Imported> {
        todo!()
    }
    /// Finds an item by `#12`, `12`, its key or its title.
    pub fn find_item(&self, name: &str) -> Result<ItemId> {
        todo!()
    }
    pub fn find_profile(&self, name: &str) -> Result<ProfileId> {
        todo!()
    }
    pub fn search(&self, query: &str, kind: Option<Kind>, limit: usize) -> Result<Found> {
        todo!()
    }
    pub fn show(&self, item: ItemId) -> Result<ItemView> {
        todo!()
    }
    pub fn similar(&self, item: ItemId, n: usize) -> Result<Vec<Near>> {
        todo!()
    }
    pub fn profiles(&self) -> Result<Vec<ProfileView>> {
        todo!()
    }
    pub fn add_profile(&self, name: &str) -> Result<ProfileView> {
        todo!()
    }
    pub fn rename_profile(&self, profile: ProfileId, name: &str) -> Result<ProfileView> {
        todo!()
    }
    pub fn remove_profile(&self, profile: ProfileId) -> Result<()> {
        todo!()
    }
    pub fn recommend(&self, profile: ProfileId, request: &Request) -> Result<Recommendations> {
        todo!()
    }
    pub fn record(
        &self,
        profile: ProfileId,
        item: ItemId,
        action: Action,
        surface: &str,
        note: &str,
        at: i64,
    ) -> Result<Recorded> {
        todo!()
    }
    /// Takes back one entry, the latest that counts unless a sequence is given.
    pub fn undo(&self, profile: ProfileId, sequence: Option<u64>, at: i64) -> Result<Recorded> {
        todo!()
    }
    pub fn weights(&self, profile: ProfileId, history: bool) -> Result<Weights> {
        todo!()
    }
    pub fn pin(
        &self,
        profile: ProfileId,
        signal: Signal,
        weight: f64,
        at: i64,
    ) -> Result<Recorded> {
        todo!()
    }
    pub fn unpin(&self, profile: ProfileId, signal: Signal, at: i64) -> Result<Recorded> {
        todo!()
    }
    pub fn reset(&self, profile: ProfileId, at: i64) -> Result<Recorded> {
        todo!()
    }
    /// The log, newest first.
    pub fn activity(&self, profile: ProfileId, limit: usize) -> Result<Vec<Activity>> {
        todo!()
    }
    /// Writes catalogue.csv and one interactions CSV into a folder.
    pub fn export(&self, folder: &Path) -> Result<Written> {
        todo!()
    }
    pub fn backup(&self, file: &Path, at: i64) -> Result<Written> {
        todo!()
    }
    pub fn restore(&self, file: &Path) -> Result<Written> {
        todo!()
    }
}

//! A fresh store: written whole beside the old one, then swapped in by renaming.
//!
//! The high-water file is the last thing that a fresh store gets, so that a folder without one is
//! unfinished. At any moment a crash leaves either the old store or the new one to be found.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::{Error, Result};
use crate::journal::{Journal, Record};
use crate::replace::sync_folder;

use super::batch::{BATCH_BYTES, Batch};
use super::contents::Contents;
use super::highwater::{self, FORMAT, Mark};
use super::state::{Group, State, catalogue_path, made_path, tree_path};
use super::tree::Tree;

const STORE: &str = "store";
const NEW: &str = "store.new";
const OLD: &str = "store.old";
const ASIDE: &str = "damaged";

/// The folder of a data folder's store.
pub fn store_path(data: &Path) -> PathBuf {
    data.join(STORE)
}

/// Takes the records of a fresh store, each after those that it follows on.
pub type Put<'p> = &'p mut dyn FnMut(&Record) -> Result<()>;

/// Writes the records that `fill` puts beside the store, durable and complete, for [`swap`] to take.
pub fn write(data: &Path, generation: u64, fill: impl FnOnce(Put) -> Result<()>) -> Result<()> {
    let folder = data.join(NEW);
    remove(&folder)?;
    let written = write_into(&folder, generation, fill);
    if written.is_err() {
        // What matters is why it failed; an unfinished folder also goes at the next open.
        let _ = remove(&folder);
    }
    written?;
    sync_folder(data)
}

fn write_into(folder: &Path, generation: u64, fill: impl FnOnce(Put) -> Result<()>) -> Result<()> {
    let journals = folder.join("journal");
    fs::create_dir_all(&journals).map_err(Error::file("create", &journals))?;
    let made = Journal::create(&made_path(folder), FORMAT, generation)?;
    let catalogue = Journal::create(&catalogue_path(folder), FORMAT, generation)?;
    let mut state = State {
        tree: Tree::open(&tree_path(folder))??,
        mark: Mark {
            format: FORMAT,
            generation,
            made: made.extent(),
            catalogue: catalogue.extent(),
            ..Mark::default()
        },
        made,
        catalogue,
        people: Arc::default(),
        broken: None,
        folder: folder.to_path_buf(),
    };
    let mut group = state.group();
    fill(&mut |record| {
        group.put(&state.tree, record)?;
        if group.bytes() >= BATCH_BYTES {
            // What holds nothing, so that nobody but the state holds its people.
            let none = Group::on(Mark::default(), Arc::default());
            let full = std::mem::replace(&mut group, none);
            state.put_in(full)?;
            group = state.group();
        }
        Ok(())
    })?;
    state.put_in(group)?;
    state.mark.built_bytes = state.tree.disk_bytes();
    state.tree.commit(Batch::default(), &state.mark)?;
    state.tree.sync_names()?;
    sync_folder(&journals)?;
    highwater::save(folder, &state.mark)
}

/// Puts the written store in the place of the old one. With `keep`, the old one stays and its new
/// name is returned; otherwise it goes once the new one stands.
pub fn swap(data: &Path, keep: bool) -> Result<Option<String>> {
    let store = store_path(data);
    let mut kept = None;
    if store.exists() {
        let aside = if keep {
            let name = free_name(data)?;
            kept = Some(name.clone());
            data.join(name)
        } else {
            let old = data.join(OLD);
            remove(&old)?;
            old
        };
        rename(&store, &aside)?;
    }
    rename(&data.join(NEW), &store)?;
    sync_folder(data)?;
    remove(&data.join(OLD))?;
    Ok(kept)
}

/// Ends a swap that was broken off, one way or the other.
pub fn finish_swap(data: &Path) -> Result<()> {
    let (store, new, old) = (store_path(data), data.join(NEW), data.join(OLD));
    if !store.exists() {
        if highwater::is_there(&new) {
            rename(&new, &store)?;
        } else if old.exists() {
            rename(&old, &store)?;
        }
        sync_folder(data)?;
    }
    remove(&new)?;
    remove(&old)
}

/// Opens a store that was just written.
pub fn attach(data: &Path) -> Result<State> {
    let folder = store_path(data);
    let tree = Tree::open(&tree_path(&folder))??;
    let mut survey = tree.survey()?;
    match (survey.mark, &survey.problem) {
        (Some(mark), None) => State::new(&folder, tree, survey.take_people(), mark),
        (_, problem) => Err(Error::Store {
            doing: "open",
            source: problem
                .clone()
                .unwrap_or_else(|| "it is empty".into())
                .into(),
        }),
    }
}

/// Swaps an open store for one that holds `contents`. Whatever happens, a store is open afterwards
/// if there is one that can be opened.
pub fn replace(data: &Path, slot: &mut Option<State>, contents: &Contents) -> Result<()> {
    let generation = slot.as_ref().map_or(0, |state| state.mark.generation);
    write(data, generation + 1, |put| contents.each_record(put))?;
    drop(slot.take());
    let swapped = swap(data, false);
    if swapped.is_err() {
        finish_swap(data)?;
    }
    *slot = Some(attach(data)?);
    swapped.map(|_| ())
}

fn free_name(data: &Path) -> Result<String> {
    let folder = data.join(ASIDE);
    fs::create_dir_all(&folder).map_err(Error::file("create", &folder))?;
    let mut number = 1;
    loop {
        let name = format!("{ASIDE}/store-{number}");
        if !data.join(&name).exists() {
            return Ok(name);
        }
        number += 1;
    }
}

fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).map_err(Error::file("rename", from))
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(Error::file("remove", folder)(e)),
        _ => Ok(()),
    }
}

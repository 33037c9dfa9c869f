//! An export: the whole catalogue and every log as CSV that any spreadsheet opens, and that an
//! import reads back to the same; and each friend as the taste file that adds them again. Or all of it
//! as one transcript.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;

use crate::behaviour::{Deed, Profile, ProfileId, live};
use crate::catalogue::{Item, ItemId};
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::library::Library;
use crate::logged::identity;
use crate::replace::Replacement;
use crate::sheet::{INTERACTION_HEADER, ITEM_HEADER, entry_record, item_record, profile_record};
use crate::store::Store;
use crate::tastefile;
use crate::tracker;
use crate::transcript;
use crate::view::{ExportFormat, Written};

/// More than a header takes.
const BEGIN_BYTES: u64 = 1024;
/// The columns that every export has begun with.
const FIRST_COLUMNS: usize = 5;

impl Engine {
    /// Writes everything into a folder, as CSV or as JSON Lines, either of which imports to the same
    /// again; or what a profile says of its films or books, as another program imports it.
    ///
    /// # Errors
    /// A file of such a name is there and is no export, they cannot be written, or no profile is named
    /// for a format that is of one.
    pub fn export(
        &self,
        folder: &Path,
        format: ExportFormat,
        profile: Option<ProfileId>,
    ) -> Result<Written> {
        match format {
            ExportFormat::Csv => write(self.store(), folder),
            ExportFormat::Jsonl => write_transcript(self.store(), folder),
            ExportFormat::Letterboxd | ExportFormat::Goodreads => {
                let profile = profile.ok_or_else(|| {
                    Error::Invalid(
                        "say whose films or books these are (--profile NAME on a terminal)"
                            .to_owned(),
                    )
                })?;
                let log = self.log(profile)?;
                tracker::write(&*self.library()?, &log, folder, format)
            }
        }
    }

    /// Writes some items, in their order, into a CSV file of the same columns; gives how many.
    ///
    /// # Errors
    /// An item is not there, or a file of that name is and is no export, or it cannot be written.
    pub fn save_list(&self, items: &[ItemId], file: &Path) -> Result<u64> {
        save_list(&*self.library()?, items, file)
    }
}

/// Writes catalogue.csv, interactions.csv and friend-1.json, friend-2.json, … by the friends' names
/// into a folder, made when missing.
pub fn write(store: &Store, folder: &Path) -> Result<Written> {
    fs::create_dir_all(folder).map_err(Error::file("create", folder))?;
    let (catalogue, interactions) = (
        folder.join("catalogue.csv"),
        folder.join("interactions.csv"),
    );
    spare_others(&catalogue, &ITEM_HEADER)?;
    spare_others(&interactions, &INTERACTION_HEADER)?;
    let friends = store.friends()?;
    let place = |n: usize| folder.join(format!("friend-{}.json", n + 1));
    for n in 0..friends.len() {
        tastefile::spare_others(&place(n))?;
    }
    // As their files gave them: what is linked is linked again where they are read.
    let records = store.items()?;
    let items = sheet(&catalogue, &ITEM_HEADER, records.iter().map(item_record))?;
    let profiles = store.profiles()?;
    let mut entries = 0;
    let mut next = 0;
    let rows = profiles.iter().flat_map(|profile| {
        let rows = rows_of(store, &records, profile, profile.id.0 != next);
        next = profile.id.0 + 1;
        match rows {
            Ok((told, rows)) => {
                entries += told;
                rows.into_iter().map(Ok).collect()
            }
            Err(error) => vec![Err(error)],
        }
    });
    try_sheet(&interactions, &INTERACTION_HEADER, rows)?;
    for (n, friend) in friends.iter().enumerate() {
        tastefile::write(&place(n), friend)?;
    }
    Ok(Written {
        path: folder.display().to_string(),
        items,
        profiles: profiles.len() as u64,
        entries,
        friends: friends.len() as u64,
        before: None,
    })
}

/// The rows of a profile, and how many of them are entries. One that has done nothing, or whose number
/// does not follow on the one before (`apart`), has a row of its own.
fn rows_of(
    store: &Store,
    records: &[Item],
    profile: &Profile,
    apart: bool,
) -> Result<(u64, Vec<Vec<String>>)> {
    let log = store.log(profile.id)?;
    let (mut rows, mut entries) = (Vec::new(), 0);
    let mut said: HashMap<u128, u32> = HashMap::new();
    for entry in live(&log) {
        let key = match &entry.deed {
            Deed::Act { item, .. } => {
                let key = records.get(item.row()).map(|item| item.key.as_str());
                key.ok_or_else(|| Error::not_found("item", item.to_string()))?
            }
            _ => "",
        };
        let Some(identity) = identity(entry.at, &entry.deed) else {
            continue;
        };
        let again = said.entry(identity).or_default();
        if let Some(row) = entry_record(&profile.name, key, entry, *again) {
            if rows.is_empty() && apart {
                rows.push(profile_record(profile));
            }
            rows.push(row);
            entries += 1;
        }
        *again += 1;
    }
    if rows.is_empty() {
        rows.push(profile_record(profile));
    }
    Ok((entries, rows))
}

/// Writes curio.jsonl into a folder, made when missing.
pub fn write_transcript(store: &Store, folder: &Path) -> Result<Written> {
    fs::create_dir_all(folder).map_err(Error::file("create", folder))?;
    let file = folder.join("curio.jsonl");
    if file.exists() && !transcript::is_one(&file) {
        return Err(taken(&file));
    }
    let contents = store.contents()?;
    transcript::write(&contents, &file)?;
    Ok(Written {
        path: file.display().to_string(),
        items: contents.items.len() as u64,
        profiles: contents.living() as u64,
        entries: contents.entries(),
        friends: contents.friends.len() as u64,
        before: None,
    })
}

/// Writes some items into a file of their own, under the columns of a catalogue.
pub fn save_list(library: &Library, items: &[ItemId], file: &Path) -> Result<u64> {
    spare_others(file, &ITEM_HEADER)?;
    let items: Vec<&Item> = items
        .iter()
        .map(|id| library.item(*id))
        .collect::<Result<_>>()?;
    sheet(file, &ITEM_HEADER, items.into_iter().map(item_record))
}

/// Refuses a file that is there and does not begin as an export does, so that none but our own is
/// ever replaced.
pub(crate) fn spare_others(path: &Path, header: &[&str]) -> Result<()> {
    if !path.exists() {
        return Ok(());
    }
    let mut begin = Vec::new();
    File::open(path)
        .and_then(|file| file.take(BEGIN_BYTES).read_to_end(&mut begin))
        .map_err(Error::file("read", path))?;
    let begin = String::from_utf8_lossy(&begin);
    let first = begin.lines().next().unwrap_or_default();
    // An export of an earlier Curio has fewer columns.
    let own = header[..header.len().min(FIRST_COLUMNS)].join(",");
    if !first.trim_start_matches('\u{feff}').starts_with(&own) {
        return Err(taken(path));
    }
    Ok(())
}

fn taken(path: &Path) -> Error {
    Error::Invalid(format!(
        "{} is there already and is no export of Curio; choose another folder",
        path.display()
    ))
}

/// Writes one file and says how many rows it has. It begins with a byte-order mark, without which
/// Excel takes UTF-8 for something else.
pub(crate) fn sheet(
    path: &Path,
    header: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<u64> {
    try_sheet(path, header, rows.map(Ok))
}

/// As [`sheet`], of rows of which each may fail.
fn try_sheet(
    path: &Path,
    header: &[&str],
    rows: impl Iterator<Item = Result<Vec<String>>>,
) -> Result<u64> {
    let mut file = Replacement::begin(path)?;
    file.write_all("\u{feff}".as_bytes())
        .map_err(Error::file("write", path))?;
    let mut writer = csv::Writer::from_writer(file);
    let failed = |e: csv::Error| Error::file("write", path)(e.into());
    writer.write_record(header).map_err(failed)?;
    let mut count = 0;
    for row in rows {
        writer.write_record(&row?).map_err(failed)?;
        count += 1;
    }
    let written = writer.into_inner().map_err(csv::IntoInnerError::into_error);
    written.map_err(Error::file("write", path))?.finish()?;
    Ok(count)
}

//! An export: the whole catalogue and every log as CSV that any spreadsheet opens, and that an
//! import reads back to the same.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;

use crate::behaviour::{Deed, live};
use crate::error::{Error, Result};
use crate::library::Library;
use crate::sheet::{INTERACTION_HEADER, ITEM_HEADER, interaction_record, item_record};
use crate::store::Store;
use crate::view::Written;

/// Writes catalogue.csv and interactions.csv into a folder, made when missing.
pub fn write(store: &Store, library: &Library, folder: &Path) -> Result<Written> {
    fs::create_dir_all(folder).map_err(Error::file("create", folder))?;
    let items = library.items.iter().map(item_record);
    let items = sheet(&folder.join("catalogue.csv"), &ITEM_HEADER, items)?;
    let profiles = store.profiles()?;
    let mut rows = Vec::new();
    for profile in &profiles {
        let log = store.log(profile.id)?;
        for entry in live(&log) {
            let Deed::Act {
                item, action, note, ..
            } = &entry.deed
            else {
                continue;
            };
            let key = &library.item(*item)?.key;
            rows.push(interaction_record(
                &profile.name,
                key,
                *action,
                entry.at,
                note,
            ));
        }
    }
    let entries = sheet(
        &folder.join("interactions.csv"),
        &INTERACTION_HEADER,
        rows.into_iter(),
    )?;
    Ok(Written {
        path: folder.display().to_string(),
        items,
        profiles: profiles.len() as u64,
        entries,
    })
}

/// Writes one file and says how many rows it has. It begins with a byte-order mark, without which
/// Excel takes UTF-8 for something else.
fn sheet(path: &Path, header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Result<u64> {
    let file = File::create(path).map_err(Error::file("write", path))?;
    let mut file = BufWriter::new(file);
    std::io::Write::write_all(&mut file, "\u{feff}".as_bytes())
        .map_err(Error::file("write", path))?;
    let mut writer = csv::Writer::from_writer(file);
    let failed = |e: csv::Error| Error::file("write", path)(e.into());
    writer.write_record(header).map_err(failed)?;
    let mut count = 0;
    for row in rows {
        writer.write_record(&row).map_err(failed)?;
        count += 1;
    }
    writer.flush().map_err(Error::file("write", path))?;
    Ok(count)
}

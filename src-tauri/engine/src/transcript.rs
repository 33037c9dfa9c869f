//! A transcript: everything that a store holds as JSON Lines, which an import reads back to the same.
//!
//! The first line says what it is; every other is a record as in the journal, with every field that an
//! item, a profile, an entry or an opinion has. Into an empty store it comes as it was, numbers and all.
//! Where there is something already, items are found by key, profiles by name, and a log goes on where
//! it ends here; one that went another way is left as it is, and said. Covers are files, and not in it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::ops::Range;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::behaviour::{Action, Deed, Entry, Profile, ProfileId};
use crate::catalogue::{ItemId, RECORD_BYTES_MAX};
use crate::edit::keep_edits;
use crate::encoders::CHOSEN;
use crate::error::{Error, Result};
use crate::journal::{self, Record};
use crate::jsonlines::Fault;
use crate::replace::Replacement;
use crate::store::{self, Contents, Draft};
use crate::training::PRIOR;
use crate::watch::Watch;
use crate::words::many;

/// The settings that go with a library; the others are of the folder that it lies in.
const TAKEN_ALONG: [&str; 2] = [CHOSEN, PRIOR];
/// The name of the format, as an import says it.
pub const NAME: &str = "curio transcript";
/// The longest line: a record whose every character takes six.
const LINE_BYTES_MAX: u64 = 8 * RECORD_BYTES_MAX as u64;
/// The most bytes of a transcript.
const BYTES_MAX: u64 = 4 << 30;
/// The most lines that are no records.
const FAULTS_MAX: usize = 10_000;
/// Characters of a bad line that are kept.
const KEPT: usize = 1_000;

/// The first line.
#[derive(Serialize, Deserialize)]
struct First {
    curio: About,
}

#[derive(Serialize, Deserialize)]
struct About {
    /// The format of the store whose records follow.
    format: u32,
}

/// What was read of a transcript.
#[derive(Debug, Default)]
pub struct Transcript {
    pub contents: Contents,
    pub faults: Vec<Fault>,
    /// What had to be filled with a stand-in.
    pub lost: Vec<String>,
}

/// What taking a transcript in did, counted in records.
#[derive(Debug, Default)]
pub struct Merged {
    pub stored: u64,
    pub updated: u64,
    pub duplicates: u64,
    pub rejected: u64,
    pub notes: Vec<String>,
    /// What it has lengthened logs by.
    pub logs: BTreeMap<ProfileId, Range<u64>>,
    /// Whether items, and whether logs were changed.
    pub items_changed: bool,
}

/// Whether a file begins as a transcript.
pub fn is_one(path: &Path) -> bool {
    let mut begin = Vec::new();
    let read = File::open(path).and_then(|file| file.take(256).read_to_end(&mut begin));
    let begin = String::from_utf8_lossy(&begin);
    read.is_ok()
        && begin
            .lines()
            .next()
            .is_some_and(|line| first(line).is_some())
}

fn first(line: &str) -> Option<First> {
    serde_json::from_str(line.trim_start_matches('\u{feff}')).ok()
}

/// Writes what a store holds to a file.
pub fn write(contents: &Contents, path: &Path) -> Result<()> {
    let mut file = Replacement::begin(path)?;
    let failed = Error::file("write", path);
    let format = store::FORMAT;
    let about = First {
        curio: About { format },
    };
    let mut text = serde_json::to_vec(&about).map_err(Error::store("read"))?;
    text.push(b'\n');
    let settings = |record: &Record| match record {
        Record::Setting(name, _) => TAKEN_ALONG.contains(&&**name),
        _ => true,
    };
    let made = contents.made_records().filter(settings);
    let put = || {
        for record in contents.item_records().chain(made) {
            let json = journal::encode(&record).map_err(std::io::Error::other)?;
            text.extend_from_slice(&json);
            text.push(b'\n');
            file.write_all(&text)?;
            text.clear();
        }
        file.write_all(&text)
    };
    put().map_err(failed)?;
    file.finish()
}

/// Reads a transcript; a line that is no record is a fault and costs no other.
pub fn read(path: &Path, watch: &Watch) -> Result<Transcript> {
    let file = File::open(path).map_err(Error::file("open", path))?;
    let refuse = |reason: String| Error::Import {
        path: path.to_owned(),
        reason,
    };
    let mut file = BufReader::new(file.take(BYTES_MAX + 1));
    let (mut bytes, mut line, mut read) = (Vec::new(), 0_u64, 0);
    let mut found = Transcript::default();
    let mut draft = Checked::default();
    loop {
        bytes.clear();
        line += 1;
        let some = (&mut file)
            .take(LINE_BYTES_MAX)
            .read_until(b'\n', &mut bytes);
        let some = some.map_err(Error::file("read", path))?;
        read += some as u64;
        if some == 0 {
            break;
        }
        if read > BYTES_MAX {
            return Err(refuse(format!("it is larger than {} GB", BYTES_MAX >> 30)));
        }
        if line.is_multiple_of(256) && (watch.cancelled)() {
            return Err(Error::Cancelled);
        }
        if line == 1 {
            let about = std::str::from_utf8(&bytes).ok().and_then(first);
            store::check_format(about.map_or(store::FORMAT, |first| first.curio.format))?;
            continue;
        }
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        let whole = some as u64 != LINE_BYTES_MAX || bytes.last() == Some(&b'\n');
        if !whole {
            file.skip_until(b'\n').map_err(Error::file("read", path))?;
        }
        let taken = match serde_json::from_slice::<Record>(&bytes) {
            _ if !whole => Err("the line is too long".to_owned()),
            Ok(record) => draft.take(record),
            Err(error) => Err(format!("it is no record: {error}")),
        };
        if let Err(reason) = taken {
            if found.faults.len() == FAULTS_MAX {
                return Err(refuse(format!(
                    "more than {FAULTS_MAX} of its lines are no records"
                )));
            }
            draft.gaps += 1;
            let text = String::from_utf8_lossy(&bytes);
            let text = text.trim().chars().take(KEPT).collect();
            found.faults.push(Fault { line, reason, text });
        }
    }
    (found.contents, found.lost) = draft.draft.finish();
    found.lost.extend(settle(&mut found.contents));
    Ok(found)
}

/// A draft of contents of which every record has its place.
#[derive(Default)]
struct Checked {
    draft: Draft,
    items: u64,
    profiles: u64,
    logs: BTreeMap<ProfileId, u64>,
    names: BTreeSet<String>,
    /// Lines that were no records, in whose place a record may be missing.
    gaps: u64,
}

impl Checked {
    fn take(&mut self, record: Record<'static>) -> std::result::Result<(), String> {
        let gaps = self.gaps;
        let place = |next: &mut u64, at: u64| {
            if at < *next || at > *next + gaps {
                return Err("it is not in its place".to_owned());
            }
            *next = at + 1;
            Ok(())
        };
        match &record {
            Record::Format { .. } => return Err("it belongs into a journal".to_owned()),
            Record::Item(id, item) => {
                if item.bytes() > RECORD_BYTES_MAX {
                    return Err("the item is too large to be stored".to_owned());
                }
                place(&mut self.items, u64::from(id.0))?;
            }
            Record::Profile(profile) => {
                let name = profile.name.trim();
                if !profile.removed && (name.is_empty() || self.names.contains(name)) {
                    return Err("a profile has no name, or that of another".to_owned());
                }
                place(&mut self.profiles, u64::from(profile.id.0))?;
                self.names.insert(name.to_owned());
            }
            Record::Entry(profile, entry) => {
                if u64::from(profile.0) >= self.profiles {
                    return Err("its profile is not there".to_owned());
                }
                check(&entry.deed)?;
                let next = self.logs.entry(*profile).or_default();
                place(next, entry.sequence)?;
            }
            Record::Setting(name, _) if TAKEN_ALONG.contains(&&**name) => {}
            Record::Setting(..) => return Err("no such setting is taken in".to_owned()),
            Record::Opinion(..) => {}
        }
        self.draft.apply(record);
        Ok(())
    }
}

fn check(deed: &Deed) -> std::result::Result<(), String> {
    match deed {
        Deed::Act {
            surface,
            note,
            basket,
            ..
        } if surface.len() + note.len() + basket.len() > RECORD_BYTES_MAX => {
            Err("the entry is too large to be stored".to_owned())
        }
        Deed::Act {
            action: Action::Rate(stars),
            ..
        } if !(0.5..=5.0).contains(stars) => Err("a rating is 0.5 to 5 stars".to_owned()),
        _ => Ok(()),
    }
}

/// Takes back entries that name an item that is not there.
fn settle(contents: &mut Contents) -> Vec<String> {
    let items = contents.items.len();
    let mut lost = 0;
    for entry in contents.logs.values_mut().flatten() {
        let sequence = entry.sequence;
        let stray = match entry.deed {
            Deed::Act { item, .. } => item.row() >= items,
            Deed::Undo { sequence: of } => of > sequence,
            _ => false,
        };
        if stray {
            entry.deed = Deed::Undo { sequence };
            lost += 1;
        }
    }
    match lost {
        0 => Vec::new(),
        n => vec![format!(
            "{} for nothing",
            many(
                n,
                "entry names what is not there, and counts",
                "entries name what is not there, and count"
            )
        )],
    }
}

/// Takes a transcript into what is there.
pub fn merge(theirs: Contents, now: &mut Contents) -> Merged {
    let mut merged = Merged::default();
    let empty = now.items.is_empty() && now.profiles.is_empty() && now.friends.is_empty();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (n, item) in now.items.iter().enumerate() {
        places.insert(item.key.clone(), n);
    }
    let mut moved = Vec::with_capacity(theirs.items.len());
    for mut item in theirs.items {
        let place = *places.entry(item.key.clone()).or_insert(now.items.len());
        moved.push(ItemId(place as u32));
        let count = match now.items.get_mut(place) {
            None => {
                now.items.push(item);
                &mut merged.stored
            }
            Some(known) => {
                let (edited, cover) = (item.edited.clone(), item.cover.clone());
                keep_edits(known, &mut item);
                if known.edited.is_empty() {
                    item.edited = edited;
                }
                item.cover = known.cover.clone().or(cover);
                if *known == item {
                    &mut merged.duplicates
                } else {
                    *known = item;
                    &mut merged.updated
                }
            }
        };
        *count += 1;
    }
    merged.items_changed = merged.stored + merged.updated > 0;
    let fresh = now.profiles.is_empty();
    let mut logs = theirs.logs;
    for profile in theirs.profiles {
        let mut log = logs.remove(&profile.id).unwrap_or_default();
        for entry in &mut log {
            if let Deed::Act { item, .. } = &mut entry.deed
                && let Some(place) = moved.get(item.row())
            {
                *item = *place;
            }
        }
        // A removed one holds a number, which means nothing where numbers are others.
        if profile.removed && !fresh {
            merged.duplicates += 1;
            continue;
        }
        let known = now
            .profiles
            .iter()
            .find(|p| !p.removed && p.name == profile.name);
        let id = known.map_or(ProfileId(now.profiles.len() as u32), |known| known.id);
        if known.is_none() {
            now.profiles.push(Profile { id, ..profile });
            merged.stored += 1;
        } else {
            merged.duplicates += 1;
        }
        merge_log(id, log, now, &mut merged);
    }
    for friend in theirs.friends {
        let opinions = friend.opinions.len() as u64;
        match now
            .friends
            .binary_search_by(|other| other.name.cmp(&friend.name))
        {
            Ok(place) if now.friends.get(place) == Some(&friend) => merged.duplicates += opinions,
            Ok(place) => {
                merged.updated += opinions;
                if let Some(known) = now.friends.get_mut(place) {
                    *known = friend;
                }
            }
            Err(place) => {
                merged.stored += opinions;
                now.friends.insert(place, friend);
            }
        }
    }
    for (name, value) in theirs.settings {
        if empty && now.settings.get(&name) != Some(&value) {
            now.settings.insert(name, value);
            merged.stored += 1;
        } else {
            merged.duplicates += 1;
        }
    }
    merged
}

fn merge_log(id: ProfileId, log: Vec<Entry>, now: &mut Contents, merged: &mut Merged) {
    let ours = now.logs.entry(id).or_default();
    let shared = ours.iter().zip(&log).take_while(|(a, b)| a == b).count();
    merged.duplicates += shared as u64;
    let more = (log.len() - shared) as u64;
    if more == 0 {
        return;
    }
    if shared < ours.len() {
        merged.rejected += more;
        let name = now.profiles.get(id.0 as usize).map_or("", |p| &p.name);
        merged.notes.push(format!(
            "the log of {name:?} went another way here, and stays; {} left out",
            many(more, "entry of it is", "entries of it are")
        ));
        return;
    }
    ours.extend(log.into_iter().skip(shared));
    merged.stored += more;
    merged.logs.insert(id, shared as u64..ours.len() as u64);
}

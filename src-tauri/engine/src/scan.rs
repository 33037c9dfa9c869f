//! A scan: what a media folder holds now, beside what was read of it before, as rows of an import.
//!
//! Files that are as they were are not opened. An item is given again only when something of its files is
//! new, is no longer there, or its record is gone. Files that are gone leave their items as they are.

mod rows;
mod skipped;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::catalogue::Item;
use crate::error::{Error, Result};
use crate::import::Reading;
use crate::links::complete;
use crate::media::{self, Facts, Listing, Seen, Unit};
use crate::remembered::{Known, Remembered, Told};
use crate::store::Store;
use crate::view::{Content, FolderView, Progress, Stage};
use crate::watch::Watch;

use skipped::Skipped;

/// A folder that is being scanned.
pub struct Scan<'a> {
    root: PathBuf,
    store: &'a Store,
    /// Whether anything may be written.
    dry_run: bool,
    units: Vec<Unit>,
    /// What each unit told, by its place among the units.
    known: Vec<Known>,
    /// Whether a unit was opened in this scan.
    fresh: Vec<bool>,
    rows: std::vec::IntoIter<Given>,
    /// The row that was given last.
    latest: Option<Given>,
    done: u64,
    /// What is remembered of files that were not looked at this time.
    unseen: BTreeMap<String, Known>,
    /// The keys of the items that may have lost a file.
    lost: BTreeSet<String>,
    reading: Reading,
    counts: FolderView,
    remarks: u64,
    skipped: Skipped,
    stopped: bool,
    /// Where the counts go at the end.
    told: &'a RefCell<Vec<FolderView>>,
}

/// A row to be given: an item by its members, or a broken file.
#[derive(Debug, Clone)]
enum Given {
    Thing { key: String, members: Vec<usize> },
    Broken { name: String, reason: String },
}

impl<'a> Scan<'a> {
    /// Looks through a folder and reads what is new in it.
    ///
    /// # Errors
    /// The folder is not there or cannot be read.
    pub fn open(
        root: &Path,
        store: &'a Store,
        dry_run: bool,
        watch: &Watch,
        told: &'a RefCell<Vec<FolderView>>,
    ) -> Result<Self> {
        std::fs::read_dir(root).map_err(Error::file("read", root))?;
        let listing = media::list(root, store.data());
        let memory = Remembered::load(store.data(), root);
        let mut scan = Self {
            root: root.to_owned(),
            store,
            dry_run,
            units: Vec::new(),
            known: Vec::new(),
            fresh: Vec::new(),
            rows: Vec::new().into_iter(),
            latest: None,
            done: 0,
            unseen: BTreeMap::new(),
            lost: BTreeSet::new(),
            reading: reading(),
            counts: FolderView::of(root),
            remarks: 0,
            skipped: Skipped::default(),
            stopped: false,
            told,
        };
        let broken = scan.read(listing, memory, watch);
        let mut rows = broken;
        if !scan.stopped {
            rows.extend(scan.things()?);
        }
        scan.rows = rows.into_iter();
        Ok(scan)
    }

    /// Reads the units that are not as they are remembered; gives the broken ones.
    fn read(&mut self, listing: Listing, mut memory: Remembered, watch: &Watch) -> Vec<Given> {
        let Listing {
            units,
            others,
            links,
            broken,
            cut,
        } = listing;
        let mut rows: Vec<Given> = Vec::new();
        let whole = broken.is_empty() && !cut;
        rows.extend(
            broken
                .into_iter()
                .map(|(name, reason)| Given::Broken { name, reason }),
        );
        self.skipped = Skipped {
            others,
            links,
            cut,
            ..Skipped::default()
        };
        let total = units.len() as u64;
        for (done, unit) in (0..).zip(units) {
            if (watch.cancelled)() {
                self.stopped = true;
                break;
            }
            let before = memory.files.remove(&unit.main.name);
            let same = before
                .as_ref()
                .is_some_and(|known| is_same(&known.files, &unit));
            self.fresh.push(!same);
            if let Some(known) = before.as_ref().filter(|_| !same) {
                self.lost.insert(known.key.clone());
            }
            self.known.push(match before {
                Some(known) if same => known,
                before => Known {
                    files: unit.files().cloned().collect(),
                    told: match media::read(&unit) {
                        Ok(Some(facts)) => Told::Facts(Box::new(facts)),
                        Ok(None) => Told::Nothing,
                        Err(reason) => Told::Broken(reason),
                    },
                    // What it went into before, by which a changed file finds its item.
                    key: before.map(|known| known.key).unwrap_or_default(),
                    taken: false,
                    art: false,
                },
            });
            self.units.push(unit);
            (watch.progress)(Progress {
                stage: Stage::Store,
                done,
                total: Some(total),
            });
        }
        for (unit, known) in self.units.iter().zip(&self.known) {
            match &known.told {
                Told::Facts(_) => {}
                Told::Nothing => self.skipped.untold += 1,
                Told::Broken(reason) => rows.push(Given::Broken {
                    name: unit.main.name.clone(),
                    reason: reason.clone(),
                }),
            }
        }
        self.counts.files = self.known.len() as u64;
        self.counts.rejected = rows.len() as u64;
        self.skipped.unchanged = self.fresh.iter().filter(|fresh| !**fresh).count() as u64;
        self.unseen = memory.files;
        if !self.stopped && whole {
            self.count_gone();
        }
        rows
    }

    /// Tells the files that are gone from those that moved, by what they say.
    fn count_gone(&mut self) {
        let gone = std::mem::take(&mut self.unseen);
        let mut new: BTreeMap<&str, u64> = BTreeMap::new();
        for (known, fresh) in self.known.iter().zip(&self.fresh) {
            if let (Told::Facts(facts), true, true) = (&known.told, *fresh, known.key.is_empty()) {
                *new.entry(&facts.group).or_default() += 1;
            }
        }
        for known in gone.values() {
            let Told::Facts(facts) = &known.told else {
                continue;
            };
            match new.get_mut(facts.group.as_str()).filter(|left| **left > 0) {
                Some(left) => {
                    *left -= 1;
                    self.skipped.moved += 1;
                }
                None => self.counts.gone += 1,
            }
        }
        self.lost.extend(gone.into_values().map(|known| known.key));
    }

    /// The items that must be given again.
    fn things(&mut self) -> Result<Vec<Given>> {
        let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, known) in self.known.iter().enumerate() {
            if let Told::Facts(facts) = &known.told {
                groups.entry(&facts.group).or_default().push(at);
            }
        }
        let mut keyed: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for members in groups.into_values() {
            let key = media::key(&self.merged(&members));
            keyed.entry(key).or_default().extend(members);
        }
        self.counts.items = keyed.len() as u64;
        let taken: BTreeSet<String> = keyed.keys().cloned().collect();
        let mut claimed = BTreeSet::new();
        let mut given = Vec::new();
        for (key, mut members) in keyed {
            members.sort_unstable();
            let key = match self.former(&key, &members, &taken)? {
                Some(former) if claimed.insert(former.clone()) => former,
                _ => key,
            };
            let new = members
                .iter()
                .any(|at| !self.known[*at].taken || self.known[*at].key != key);
            if new || self.lost.contains(&key) || self.store.find_key(&key)?.is_none() {
                given.push((members.first().copied(), Given::Thing { key, members }));
            }
        }
        given.sort_by_key(|(first, _)| *first);
        Ok(given.into_iter().map(|(_, given)| given).collect())
    }

    /// The key that files had before they were changed, where it is nobody else's now and the item there
    /// may well be what they tell of.
    fn former(
        &self,
        key: &str,
        members: &[usize],
        taken: &BTreeSet<String>,
    ) -> Result<Option<String>> {
        if self.store.find_key(key)?.is_some() {
            return Ok(None);
        }
        let former: BTreeSet<&str> = members
            .iter()
            .map(|at| self.known[*at].key.as_str())
            .filter(|key| !key.is_empty())
            .collect();
        let mut former = former.into_iter();
        let (Some(only), None) = (former.next(), former.next()) else {
            return Ok(None);
        };
        if taken.contains(only) {
            return Ok(None);
        }
        let id = self.store.find_key(only)?;
        let Some(item) = id.map(|id| self.store.item(id)).transpose()?.flatten() else {
            return Ok(None);
        };
        let now = self.merged(members);
        let differ = now
            .ids
            .iter()
            .any(|(namespace, id)| item.ids.get(namespace).is_some_and(|known| known != id));
        Ok((item.kind == now.kind && !differ).then(|| only.to_owned()))
    }

    fn merged(&self, members: &[usize]) -> Item {
        let facts = members.iter().filter_map(|at| match &self.known[*at].told {
            Told::Facts(facts) => Some((self.units[*at].main.name.as_str(), &**facts)),
            _ => None,
        });
        let facts: Vec<(&str, &Facts)> = facts.collect();
        media::merged(&facts)
    }

    /// The item of a row, with what its record knows that no file of a folder could tell.
    fn item(&self, key: &str, members: &[usize]) -> Result<Item> {
        let mut item = self.merged(members);
        key.clone_into(&mut item.key);
        let folder = self.root.display().to_string();
        item.extra.insert("folder".to_owned(), folder);
        let id = self.store.find_key(key)?;
        if let Some(known) = id.map(|id| self.store.item(id)).transpose()?.flatten() {
            if !known.extra.contains_key("folder") {
                // A catalogue said it: the files only add to that, and never call it their own.
                item.extra.remove("folder");
                let mut whole = known;
                complete(&mut whole, &item);
                return Ok(whole);
            }
            item.popularity = known.popularity;
            item.rating = known.rating;
            item.price = known.price;
            item.stock = known.stock;
            let own = ["path", "folder", "tracks", "episodes", "seasons"];
            for (column, cell) in known.extra {
                if !own.contains(&column.as_str()) {
                    item.extra.entry(column).or_insert(cell);
                }
            }
            for (namespace, id) in known.ids {
                item.ids.entry(namespace).or_insert(id);
            }
        }
        Ok(item)
    }
}

fn is_same(known: &[Seen], unit: &Unit) -> bool {
    let alike = |a: &Seen, b: &Seen| a.name == b.name && a.size == b.size && a.time == b.time;
    known.len() == unit.files().count() && known.iter().zip(unit.files()).all(|(a, b)| alike(a, b))
}

fn reading() -> Reading {
    Reading {
        format: "media folder",
        content: Content::Catalogue,
        mapping: Vec::new(),
        notes: Vec::new(),
        habits: Vec::new(),
        saved: None,
        header: vec!["path".to_owned()],
        read: 0,
        problem: None,
    }
}

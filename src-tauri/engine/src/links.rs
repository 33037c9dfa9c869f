//! Links: which records of the catalogue are one item.
//!
//! Files name the same thing in their own ways. Each record stays as its file gave it; a link only says
//! that it is the same thing as another, and the first of those that are linked leads: it is shown, ranked
//! and learned from with what all of them know. So a link costs nothing to take back, and a file that
//! comes again finds its own record.
//!
//! Two records are linked when their owner says so, when an identifier does, or when kind, title, year and
//! a creator agree and no identifier speaks against it. What only looks alike is in [`crate::alike`].

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;

use itertools::Itertools;
use xxhash_rust::xxh3::xxh3_64;

use crate::catalogue::{Item, ItemId, Kind};
use crate::error::Result;
use crate::identity::{folded, folded_title, is_local};
use crate::sorter::Sorter;

/// Who leads each record.
#[derive(Debug, Clone, Default)]
pub struct Links {
    /// Of those that are led by another.
    leader: BTreeMap<u32, u32>,
    /// Those that follow a leader, in order.
    followers: HashMap<u32, Vec<u32>>,
}

impl Links {
    /// Finds the records that are one item.
    ///
    /// # Errors
    /// None, as nothing is read for it: it is the same way as [`Links::read`].
    pub fn of(items: &[Item]) -> Result<Self> {
        let mut faces = Faces::sorted_in(None);
        items.iter().try_for_each(|item| faces.add(item))?;
        let named = faces.named();
        let rows = (0..)
            .zip(items)
            .filter(|(_, item)| named.contains(&item.key));
        let rows: HashMap<&str, u32> = rows.map(|(row, item)| (item.key.as_str(), row)).collect();
        faces.links(&|row| Ok(items.get(row as usize).cloned()), &|key| {
            Ok(rows.get(key).copied())
        })
    }

    /// The same for records that pass by one at a time and are not kept; those whose hashes agree are read
    /// again, each by its number, and what the owner named is found by its key. What is compared is put in
    /// order in a folder, so that no more memory is needed than what is one takes.
    ///
    /// # Errors
    /// One of them cannot be read, or the folder not be written to.
    pub fn read(
        folder: PathBuf,
        records: impl Iterator<Item = Result<(ItemId, Item)>>,
        again: &dyn Fn(ItemId) -> Result<Option<Item>>,
        find: &dyn Fn(&str) -> Result<Option<ItemId>>,
    ) -> Result<Self> {
        let mut faces = Faces::sorted_in(Some(folder));
        for record in records {
            faces.add(&record?.1)?;
        }
        faces.links(&|row| again(ItemId(row)), &|key| {
            Ok(find(key)?.map(|id| id.0))
        })
    }

    /// The record that leads a record; itself where it stands alone.
    pub fn leader(&self, id: ItemId) -> ItemId {
        ItemId(self.leader.get(&id.0).copied().unwrap_or(id.0))
    }

    /// Whether a record is shown, and not led by another.
    pub fn leads(&self, id: ItemId) -> bool {
        self.leader(id) == id
    }

    /// The records that a leader leads, itself left out.
    pub fn followers(&self, leader: ItemId) -> impl Iterator<Item = ItemId> {
        let followers = self.followers.get(&leader.0);
        followers.into_iter().flatten().map(|row| ItemId(*row))
    }

    /// The records that lead others.
    pub fn leaders(&self) -> impl Iterator<Item = ItemId> {
        self.followers.keys().map(|row| ItemId(*row))
    }

    /// The records that had another leader in links of the same records before.
    pub fn moved_since<'l>(&'l self, before: &'l Self) -> impl Iterator<Item = ItemId> + 'l {
        let led = [self, before].map(|links| links.leader.keys());
        let led = led.into_iter().kmerge().dedup().map(|row| ItemId(*row));
        led.filter(|id| self.leader(*id) != before.leader(*id))
    }

    /// How many records from a number on are led by another.
    pub fn led_from(&self, first: ItemId) -> usize {
        self.leader.range(first.0..).count()
    }

    /// How many records are led by another.
    pub fn len(&self) -> usize {
        self.leader.len()
    }

    /// Whether every record stands alone.
    pub fn is_empty(&self) -> bool {
        self.leader.is_empty()
    }

    /// Gives every leader what its followers know and it does not.
    pub fn join(&self, items: &mut [Item]) {
        for (leader, followers) in &self.followers {
            let mut whole = std::mem::take(&mut items[*leader as usize]);
            for follower in followers {
                complete(&mut whole, &items[*follower as usize]);
            }
            items[*leader as usize] = whole;
        }
    }
}

/// The most records under one title that are compared with one another.
const BUCKET: usize = 50;

/// Fills what an item does not know from another record of it.
pub(crate) fn complete(item: &mut Item, other: &Item) {
    fn fill<T: Clone>(own: &mut Option<T>, other: Option<&T>) {
        if own.is_none() {
            *own = other.cloned();
        }
    }
    fn list(own: &mut Vec<String>, other: &[String]) {
        if own.is_empty() {
            own.extend_from_slice(other);
        }
    }
    if item.kind == Kind::Other {
        item.kind = other.kind;
    }
    fill(&mut item.year, other.year.as_ref());
    list(&mut item.creators, &other.creators);
    list(&mut item.people, &other.people);
    item.people.retain(|name| !item.creators.contains(name));
    list(&mut item.genres, &other.genres);
    list(&mut item.tags, &other.tags);
    list(&mut item.languages, &other.languages);
    list(&mut item.countries, &other.countries);
    if item.description.is_empty() {
        item.description.clone_from(&other.description);
    }
    fill(&mut item.popularity, other.popularity.as_ref());
    fill(&mut item.rating, other.rating.as_ref());
    fill(&mut item.price, other.price.as_ref());
    fill(&mut item.stock, other.stock.as_ref());
    if item.series.is_none() {
        item.series.clone_from(&other.series);
        item.number = other.number;
    }
    fill(&mut item.cover, other.cover.as_ref());
    fill(&mut item.art, other.art.as_ref());
    for (from, to) in [(&other.ids, &mut item.ids), (&other.extra, &mut item.extra)] {
        for (name, value) in from {
            to.entry(name.clone()).or_insert_with(|| value.clone());
        }
    }
}

/// What is compared of many records: half a hash, and the record's number below it. Where they agree, what
/// they are of is compared.
struct Faces {
    count: u32,
    /// What names a record everywhere.
    identifiers: Sorter,
    /// Kind, title and year of the records that have all of them and a creator.
    titles: Sorter,
    said: Vec<Said>,
}

/// What the owner said that a record is the same as, and is not.
struct Said {
    row: u32,
    same: Vec<String>,
    apart: Vec<String>,
}

impl Faces {
    /// Those that are put in order in a folder, or without one in memory.
    fn sorted_in(folder: Option<PathBuf>) -> Self {
        Self {
            count: 0,
            identifiers: Sorter::new(folder.clone()),
            titles: Sorter::new(folder),
            said: Vec::new(),
        }
    }

    fn add(&mut self, item: &Item) -> Result<()> {
        let row = self.count;
        self.count += 1;
        for (namespace, id) in names(item) {
            self.identifiers.add(face(&named(namespace, id), row))?;
        }
        if let Some(title) = titled(item) {
            self.titles.add(face(&title, row))?;
        }
        if !item.same.is_empty() || !item.apart.is_empty() {
            self.said.push(Said {
                row,
                same: item.same.clone(),
                apart: item.apart.clone(),
            });
        }
        Ok(())
    }

    /// The keys by which records were named.
    fn named(&self) -> HashSet<String> {
        let keys = self
            .said
            .iter()
            .flat_map(|said| said.same.iter().chain(&said.apart));
        keys.cloned().collect()
    }

    /// Joins what is one, given how to read a record, and how to find one by its key.
    fn links(
        self,
        record: &dyn Fn(u32) -> Result<Option<Item>>,
        find: &dyn Fn(&str) -> Result<Option<u32>>,
    ) -> Result<Links> {
        let pairs = |of: fn(&Said) -> &Vec<String>| -> Result<Vec<(u32, u32)>> {
            let mut pairs = Vec::new();
            for said in &self.said {
                for key in of(said) {
                    pairs.extend(find(key)?.map(|other| (said.row, other)));
                }
            }
            Ok(pairs)
        };
        let mut forest = Forest {
            parent: BTreeMap::new(),
            apart: pairs(|said| &said.apart)?,
        };
        for (one, other) in pairs(|said| &said.same)? {
            forest.join(one, other);
        }
        each_run(self.identifiers, |run| {
            let mut first: HashMap<String, u32> = HashMap::new();
            for row in run {
                let Some(item) = record(row)? else { continue };
                for (namespace, id) in names(&item) {
                    let before = *first.entry(named(namespace, id)).or_insert(row);
                    forest.join(before, row);
                }
            }
            Ok(())
        })?;
        each_run(self.titles, |run| {
            let mut records = Vec::new();
            for row in run.take(BUCKET) {
                records.extend(record(row)?.map(|item| (row, item)));
            }
            for (n, (one, a)) in records.iter().enumerate() {
                for (other, b) in &records[n + 1..] {
                    if share_creator(a, b) && !contradict(a, b) && titled(a) == titled(b) {
                        forest.join(*one, *other);
                    }
                }
            }
            Ok(())
        })?;
        Ok(forest.links())
    }
}

/// Half a hash above the number of the record that it is of.
fn face(text: &str, row: u32) -> u64 {
    (xxh3_64(text.as_bytes()) >> 32) << 32 | u64::from(row)
}

/// Visits every run of more than one record under the same half of a hash.
fn each_run(
    faces: Sorter,
    mut visit: impl FnMut(&mut dyn Iterator<Item = u32>) -> Result<()>,
) -> Result<()> {
    faces.visit(|faces| {
        for (_, run) in &faces.chunk_by(|face| face >> 32) {
            let mut rows = run.map(|face| face as u32).dedup();
            if let (Some(first), Some(second)) = (rows.next(), rows.next()) {
                visit(&mut [first, second].into_iter().chain(rows))?;
            }
        }
        Ok(())
    })
}

/// An identifier as it is compared.
fn named(namespace: &str, id: &str) -> String {
    format!("{namespace}:{id}")
}

/// Kind, title and year of a record that has all of them and a creator, as they are compared.
fn titled(item: &Item) -> Option<String> {
    let year = item.year.filter(|_| !item.creators.is_empty())?;
    Some(format!(
        "{}|{}|{year}",
        item.kind,
        folded_title(&item.title)
    ))
}

/// What names an item everywhere: its identifiers, and its key where that is one.
pub(crate) fn names(item: &Item) -> impl Iterator<Item = (&str, &str)> {
    let key = item.key.split_once(':').filter(|(namespace, _)| {
        !is_local(&item.key) && Kind::ALL.iter().all(|kind| kind.name() != *namespace)
    });
    let ids = item.ids.iter().map(|(n, id)| (n.as_str(), id.as_str()));
    ids.filter(|(namespace, _)| *namespace != "sku").chain(key)
}

/// Whether an identifier says that two records are not the same thing.
pub(crate) fn contradict(one: &Item, other: &Item) -> bool {
    names(one).any(|(namespace, id)| {
        let mut theirs = names(other).filter(|(n, _)| *n == namespace).peekable();
        theirs.peek().is_some() && theirs.all(|(_, theirs)| theirs != id)
    })
}

/// Whether two records have a creator in common, however the name is turned.
pub(crate) fn share_creator(one: &Item, other: &Item) -> bool {
    let turned = |item: &Item| -> Vec<Vec<String>> {
        let words = item.creators.iter().map(|name| {
            let folded = folded(name);
            let mut words: Vec<String> = folded.split(' ').map(str::to_owned).collect();
            words.sort_unstable();
            words
        });
        words.collect()
    };
    let theirs = turned(other);
    turned(one).iter().any(|name| theirs.contains(name))
}

/// Records that are joined one by one, the first of each group its root.
struct Forest {
    /// Of those that are no root.
    parent: BTreeMap<u32, u32>,
    /// Pairs that may never be in one group.
    apart: Vec<(u32, u32)>,
}

impl Forest {
    fn root(&mut self, mut row: u32) -> u32 {
        while let Some(&up) = self.parent.get(&row) {
            // What was passed on the way is hung higher.
            if let Some(&above) = self.parent.get(&up) {
                self.parent.insert(row, above);
            }
            row = up;
        }
        row
    }

    fn join(&mut self, one: u32, other: u32) {
        let (a, b) = (self.root(one), self.root(other));
        let forbidden = (0..self.apart.len()).any(|n| {
            let (x, y) = self.apart[n];
            let pair = (self.root(x), self.root(y));
            pair == (a, b) || pair == (b, a)
        });
        if a != b && !forbidden {
            self.parent.insert(a.max(b), a.min(b));
        }
    }

    fn links(mut self) -> Links {
        let mut links = Links::default();
        let led: Vec<u32> = self.parent.keys().copied().collect();
        for row in led {
            let root = self.root(row);
            links.leader.insert(row, root);
            links.followers.entry(root).or_default().push(row);
        }
        links
    }
}

//! Records that look alike: pairs that may be one item and that only their owner can tell.
//!
//! Nothing is linked here. A pair is proposed once, until its owner says that the two are the same or not.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::catalogue::{Item, ItemId, Kind};
use crate::identity::{folded, folded_title};
use crate::links::{Links, contradict, share_creator};
use crate::view::Alike;

/// Titles are alike from this share of equal letters on.
const SPELLING: f64 = 0.85;
/// The most records of one title, or of one creator and year, that are compared with one another.
const BUCKET: usize = 40;

/// Pairs of leaders that look alike, the surest first.
pub fn pairs(items: &[Item], links: &Links) -> Vec<(ItemId, ItemId, Alike)> {
    let mut titles: BTreeMap<(Kind, String), Vec<u32>> = BTreeMap::new();
    let mut works: BTreeMap<(Kind, String, Option<i32>), Vec<u32>> = BTreeMap::new();
    for (row, item) in (0..)
        .zip(items)
        .filter(|(row, _)| links.leads(ItemId(*row)))
    {
        let title = folded_title(&item.title);
        titles.entry((item.kind, title)).or_default().push(row);
        for creator in item.creators.iter().take(3) {
            let work = (item.kind, folded(creator), item.year);
            works.entry(work).or_default().push(row);
        }
    }
    let apart = parted(items, links);
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    let mut propose = |one: u32, other: u32, how: &dyn Fn(&Item, &Item) -> Option<Alike>| {
        let (a, b) = (&items[one as usize], &items[other as usize]);
        if !apart.contains(&(one.min(other), one.max(other)))
            && let Some(alike) = how(a, b)
            && seen.insert((one, other))
        {
            found.push((ItemId(one), ItemId(other), alike));
        }
    };
    for rows in titles.values() {
        each_pair(rows, |one, other| propose(one, other, &titled));
    }
    for rows in works.values() {
        each_pair(rows, |one, other| propose(one, other, &spelt));
    }
    found.sort_by_key(|(one, other, alike)| (*alike, *one, *other));
    found
}

/// Pairs of leaders of which any two records were said to be apart.
fn parted(items: &[Item], links: &Links) -> HashSet<(u32, u32)> {
    let said: Vec<(u32, &String)> = (0..)
        .zip(items)
        .flat_map(|(row, item)| item.apart.iter().map(move |key| (row, key)))
        .collect();
    let keys: HashSet<&String> = said.iter().map(|(_, key)| *key).collect();
    let rows = (0..)
        .zip(items)
        .filter(|(_, item)| keys.contains(&item.key));
    let rows: HashMap<&String, u32> = rows.map(|(row, item)| (&item.key, row)).collect();
    let leader = |row: u32| links.leader(ItemId(row)).0;
    said.into_iter()
        .filter_map(|(row, key)| {
            let (one, other) = (leader(row), leader(*rows.get(key)?));
            Some((one.min(other), one.max(other)))
        })
        .collect()
}

fn each_pair(rows: &[u32], mut visit: impl FnMut(u32, u32)) {
    let rows = &rows[..rows.len().min(BUCKET)];
    for (n, one) in rows.iter().enumerate() {
        for other in &rows[n + 1..] {
            visit(*one, *other);
        }
    }
}

/// How two records of one kind and title are alike.
fn titled(a: &Item, b: &Item) -> Option<Alike> {
    let creators = share_creator(a, b);
    let unknown = a.creators.is_empty() || b.creators.is_empty();
    if a.kind == Kind::Book && creators {
        // Another year or another ISBN of one work.
        return Some(Alike::Edition);
    }
    if contradict(a, b) || !(creators || unknown) {
        return None;
    }
    match (a.year, b.year) {
        (Some(a), Some(b)) if a == b => Some(Alike::Creator),
        (Some(a), Some(b)) if a.abs_diff(b) == 1 => Some(Alike::Year),
        (Some(_), Some(_)) => None,
        _ => Some(Alike::Unknown),
    }
}

/// Whether two records of one creator and year have nearly the same title.
fn spelt(a: &Item, b: &Item) -> Option<Alike> {
    let (one, other) = (folded_title(&a.title), folded_title(&b.title));
    (nearly(&one, &other) && !contradict(a, b)).then_some(Alike::Spelling)
}

/// Whether two folded titles are one but for a slip of the pen.
pub(crate) fn nearly(one: &str, other: &str) -> bool {
    let digits = |title: &str| -> String { title.chars().filter(char::is_ascii_digit).collect() };
    one != other
        && one.chars().count().min(other.chars().count()) > 4
        // What is numbered otherwise is another part.
        && digits(one) == digits(other)
        && strsim::normalized_damerau_levenshtein(one, other) >= SPELLING
}

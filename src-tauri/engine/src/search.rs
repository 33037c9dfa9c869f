//! Search: the word index over the catalogue, and what a line of typed words finds in it.
//!
//! The index is derived data. A seal beside it records for which state of the catalogue it was
//! filled and which files make it up; what is missing, stale or damaged is never repaired, it is
//! filled again, aside, and then takes the place of the old one. A few items that changed are put in
//! the place of what they were (`update`). Not here: similarity of meaning ([`crate::fusion`] merges the two),
//! views.

mod backlog;
mod fields;
mod fill;
mod query;
mod seal;
mod update;
mod vocabulary;
mod words;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use tantivy::collector::TopDocs;
use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue};
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, IndexReader, Order, ReloadPolicy, Searcher};

use crate::catalogue::{Item, ItemId, Kind};
use crate::error::{Error, Result};
use crate::view::Matched;
use fields::{FIELDS, Fields};
use fill::fill;
use query::{Plan, Step};
use seal::Seal;
pub use update::Change;

/// Changes when the fields or the way of cutting text change.
const FORMAT: u32 = 2;
/// A field counts as matched from this share of the best field's score.
const MATCHED_SHARE: f32 = 0.3;

/// The word index of one catalogue. Shared freely: searching never waits for filling.
pub struct Index {
    folder: PathBuf,
    fields: Fields,
    live: RwLock<Live>,
    /// Held by whoever writes.
    writing: Mutex<()>,
}

/// One item that was found. Scores order one answer and mean nothing beyond it.
#[derive(Debug, Clone, PartialEq)]
pub struct WordHit {
    pub item: ItemId,
    pub score: f32,
    /// The fields in which the words stand; never empty.
    pub matched: Vec<Matched>,
}

/// The index that answers now, and the subfolder it lives in, if any.
struct Live {
    index: tantivy::Index,
    reader: IndexReader,
    subfolder: Option<String>,
    /// The sealed state of the catalogue that it stands for, if any.
    stamp: Option<String>,
}

impl Index {
    /// Opens the index in a folder, made when missing.
    ///
    /// `stamp` names the state of the catalogue that the index must stand for. The second value is
    /// true when the index was missing, stale or damaged: it then finds nothing until
    /// [`Index::rebuild`] has filled it.
    ///
    /// # Errors
    /// Only when the folder itself cannot be used; a damaged index is not an error.
    pub fn open(folder: &Path, stamp: &str) -> Result<(Self, bool)> {
        std::fs::create_dir_all(folder).map_err(Error::file("create", folder))?;
        let fields = Fields::new();
        let sealed = Seal::read(folder)
            .filter(|seal| seal.stamp == stamped(stamp))
            .and_then(|seal| Live::verified(folder, &seal, &fields));
        let must_fill = sealed.is_none();
        let live = match sealed {
            Some(live) => live,
            None => Live::empty(&fields).map_err(Error::search("open"))?,
        };
        remove_leftovers(folder, live.subfolder.as_deref());
        let index = Self {
            folder: folder.to_owned(),
            fields,
            live: RwLock::new(live),
            writing: Mutex::new(()),
        };
        Ok((index, must_fill))
    }

    /// Fills the index anew, aside, in bounded memory, and then lets it answer.
    ///
    /// `go_on` is called now and then with the number of items indexed so far; when it says false
    /// the old index stays as it was.
    ///
    /// # Errors
    /// [`Error::Cancelled`] when `go_on` said so; [`Error::File`] or [`Error::Search`] when the index could not
    /// be written; the first error among the items. Whatever it is, the old index still answers.
    pub fn rebuild(
        &self,
        items: &mut dyn Iterator<Item = Result<(ItemId, Item)>>,
        stamp: &str,
        go_on: &dyn Fn(u64) -> bool,
    ) -> Result<()> {
        let _writing = self.write_alone();
        let current = self.read(|live| live.subfolder.clone());
        let subfolder = if current.as_deref() == Some("a") {
            "b"
        } else {
            "a"
        };
        let path = self.folder.join(subfolder);
        let filled = fill(&path, &self.fields, items, go_on).and_then(|()| {
            let mut live = Live::open(&path, subfolder).map_err(Error::search("open"))?;
            let seal = Seal::of(&live.index, &path, subfolder, stamped(stamp))
                .map_err(Error::search("seal"))?;
            seal.write(&self.folder)?;
            live.stamp = Some(seal.stamp);
            Ok(live)
        });
        match filled {
            Ok(live) => {
                *self.live.write().unwrap_or_else(PoisonError::into_inner) = live;
                remove_leftovers(&self.folder, Some(subfolder));
                Ok(())
            }
            Err(error) => {
                remove_leftovers(&self.folder, current.as_deref());
                Err(error)
            }
        }
    }

    /// Finds items of one kind, or of all, by words, best first.
    ///
    /// The last word may be unfinished. Items with every word as typed come before those with
    /// typos, and these before items with only some of the words. Any text is fine.
    ///
    /// # Errors
    /// [`Error::Search`] when the index could not be read.
    pub fn search(&self, words: &str, kind: Option<Kind>, limit: usize) -> Result<Vec<WordHit>> {
        let searcher = self.read(|live| live.reader.searcher());
        self.find(&searcher, words, kind, limit)
            .map_err(Error::search("read"))
    }

    /// The state of the catalogue that the index stands for; nothing while it is changed.
    pub fn stamp(&self) -> Option<String> {
        self.read(|live| live.stamp.clone())
    }

    /// How many items are in the index.
    pub fn len(&self) -> usize {
        self.read(|live| live.reader.searcher().num_docs() as usize)
    }

    /// Whether nothing is in the index.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn find(
        &self,
        searcher: &Searcher,
        words: &str,
        kind: Option<Kind>,
        limit: usize,
    ) -> tantivy::Result<Vec<WordHit>> {
        let limit = limit.min(searcher.num_docs() as usize);
        let plan = Plan::new(searcher, &self.fields.weighted, words);
        let mut hits: Vec<WordHit> = Vec::new();
        let mut seen = HashSet::new();
        for step in Step::ORDER {
            let enough = hits.len() >= limit || (step == Step::AnyWithTypos && !hits.is_empty());
            if enough || !plan.worthwhile(step) {
                continue;
            }
            let Some(query) = plan.query(step)? else {
                continue;
            };
            let query = match kind {
                Some(kind) => self.fields.of_kind(query, kind),
                None => query,
            };
            // What earlier steps found comes up again; room is left for it.
            let mut found = top(searcher, &*query, limit + hits.len())?;
            found.retain(|&(_, id, _)| seen.insert(id));
            found.truncate(limit - hits.len());
            let matched = self.matched(searcher, &plan, step, &found)?;
            let ceiling = hits.last().map(|hit| hit.score);
            hits.extend(
                found
                    .into_iter()
                    .zip(matched)
                    .map(|((score, item, _), matched)| {
                        let score = ceiling.map_or(score, |most| most * score / (score + 1.0));
                        WordHit {
                            item,
                            score,
                            matched,
                        }
                    }),
            );
        }
        Ok(hits)
    }

    /// For each document found, the fields that hold a fair part of what matched.
    fn matched(
        &self,
        searcher: &Searcher,
        plan: &Plan,
        step: Step,
        found: &[(f32, ItemId, DocAddress)],
    ) -> tantivy::Result<Vec<Vec<Matched>>> {
        let mut order: Vec<usize> = (0..found.len()).collect();
        order.sort_by_key(|&at| found[at].2);
        let mut scores = vec![[0.0_f32; FIELDS.len()]; found.len()];
        for (column, weighted) in self.fields.weighted.iter().enumerate() {
            let Some(query) = plan.field_query(weighted, step)? else {
                continue;
            };
            let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
            for documents in order.chunk_by(|&a, &b| segment(found[a].2) == segment(found[b].2)) {
                let reader = searcher.segment_reader(segment(found[documents[0]].2));
                let mut scorer = weight.scorer(reader, 1.0)?;
                for &at in documents {
                    let document = found[at].2.doc_id;
                    if scorer.doc() <= document && scorer.seek(document) == document {
                        scores[at][column] = scorer.score();
                    }
                }
            }
        }
        Ok(scores.iter().map(fields_matched).collect())
    }

    fn read<T>(&self, look: impl FnOnce(&Live) -> T) -> T {
        look(&self.live.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write_alone(&self) -> MutexGuard<'_, ()> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Live {
    fn empty(fields: &Fields) -> tantivy::Result<Self> {
        let index = tantivy::Index::create_in_ram(fields.schema.clone());
        Self::reading(index, None)
    }

    fn open(path: &Path, subfolder: &str) -> tantivy::Result<Self> {
        Self::reading(tantivy::Index::open_in_dir(path)?, Some(subfolder))
    }

    /// Opens what a seal describes, if every byte of it is as it was sealed.
    fn verified(folder: &Path, seal: &Seal, fields: &Fields) -> Option<Self> {
        let path = folder.join(&seal.subfolder);
        let index = seal.verified(&path)?;
        if index.schema() != fields.schema {
            return None;
        }
        let live = Self::reading(index, Some(&seal.subfolder)).ok()?;
        Some(Self {
            stamp: Some(seal.stamp.clone()),
            ..live
        })
    }

    fn reading(index: tantivy::Index, subfolder: Option<&str>) -> tantivy::Result<Self> {
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        Ok(Self {
            index,
            reader,
            subfolder: subfolder.map(str::to_owned),
            stamp: None,
        })
    }
}

/// The best documents of a query, equal ones in the order of their items.
fn top(
    searcher: &Searcher,
    query: &dyn Query,
    limit: usize,
) -> tantivy::Result<Vec<(f32, ItemId, DocAddress)>> {
    let by_item = SortByStaticFastValue::<u64>::for_field("item");
    let order = (SortBySimilarityScore, (by_item, Order::Asc));
    let found = searcher.search(query, &TopDocs::with_limit(limit).order_by(order))?;
    Ok(found
        .into_iter()
        .filter_map(|((score, item), address)| Some((score, ItemId(item? as u32), address)))
        .collect())
}

fn fields_matched(scores: &[f32; FIELDS.len()]) -> Vec<Matched> {
    let best = scores.iter().copied().fold(0.0, f32::max);
    let fair = |score: f32| score > 0.0 && score >= MATCHED_SHARE * best;
    let columns = FIELDS.iter().zip(scores);
    columns
        .filter(|&(_, &score)| fair(score))
        .map(|(&(_, matched, _, _), _)| matched)
        .collect()
}

fn segment(address: DocAddress) -> u32 {
    address.segment_ord
}

fn stamped(stamp: &str) -> String {
    format!("{FORMAT}:{stamp}")
}

/// Removes subfolders of indexes that no longer answer; what cannot be removed now goes next time.
fn remove_leftovers(folder: &Path, current: Option<&str>) {
    for subfolder in ["a", "b"] {
        if current != Some(subfolder) {
            let _ = std::fs::remove_dir_all(folder.join(subfolder));
        }
    }
}

//! Update: a few items of the index put in the place of what they were.
//!
//! The index then finds, in the same order, what one that was filled anew would: tantivy counts what is
//! deleted in its statistics until a segment is written again, so every segment that lost a document is.
//! The rest of the index stays as it is.

use std::collections::HashSet;
use std::sync::PoisonError;

use tantivy::index::SegmentId;
use tantivy::indexer::NoMergePolicy;
use tantivy::{IndexWriter, Term};

use super::fields::Fields;
use super::seal::Seal;
use super::{Index, stamped};
use crate::catalogue::{Item, ItemId};
use crate::error::{Error, Result};

const MEMORY_BYTES: usize = 16 << 20;

/// An item as it was and as it is; nothing where there was or is none of that number.
#[derive(Debug, Clone)]
pub struct Change {
    pub id: ItemId,
    pub before: Option<Item>,
    pub after: Option<Item>,
}

impl Index {
    /// Brings the index from one state of the catalogue to the next. Says whether it could: not where it does
    /// not stand for the state before.
    ///
    /// # Errors
    /// [`Error::Search`] when the index could not be written. It answers as before and must be filled anew.
    pub fn update(&self, changes: &[Change], before: &str, after: &str) -> Result<bool> {
        let _writing = self.write_alone();
        let (index, subfolder) = {
            let mut live = self.live.write().unwrap_or_else(PoisonError::into_inner);
            // Until it is sealed again it stands for nothing.
            let stands = live.stamp.take_if(|stamp| *stamp == stamped(before));
            let (Some(_), Some(subfolder)) = (stands, live.subfolder.clone()) else {
                return Ok(false);
            };
            (live.index.clone(), subfolder)
        };
        let read = |change: &&Change| match (&change.before, &change.after) {
            (Some(before), Some(after)) => !reads_alike(before, after),
            (before, after) => before.is_some() || after.is_some(),
        };
        let changes: Vec<&Change> = changes.iter().filter(read).collect();
        if !changes.is_empty() {
            put(&index, &self.fields, &changes).map_err(Error::search("write"))?;
        }
        let seal = Seal::of(
            &index,
            &self.folder.join(&subfolder),
            &subfolder,
            stamped(after),
        )
        .map_err(Error::search("seal"))?;
        seal.write(&self.folder)?;
        let mut live = self.live.write().unwrap_or_else(PoisonError::into_inner);
        live.reader.reload().map_err(Error::search("open"))?;
        live.stamp = Some(seal.stamp);
        Ok(true)
    }
}

fn put(index: &tantivy::Index, fields: &Fields, changes: &[&Change]) -> tantivy::Result<()> {
    let old: HashSet<SegmentId> = index.searchable_segment_ids()?.into_iter().collect();
    let mut writer: IndexWriter = index.writer_with_num_threads(1, MEMORY_BYTES)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    for change in changes {
        writer.delete_term(Term::from_field_u64(fields.item, u64::from(change.id.0)));
        if let Some(item) = &change.after {
            writer.add_document(fields.document(change.id, item))?;
        }
    }
    writer.commit()?;
    let mut touched = index.searchable_segment_metas()?;
    touched.retain(|segment| segment.has_deletes() || !old.contains(&segment.id()));
    touched.sort_by_key(|segment| (old.contains(&segment.id()), segment.num_docs()));
    let (new, holed): (Vec<_>, Vec<_>) = touched
        .iter()
        .map(tantivy::SegmentMeta::id)
        .partition(|id| !old.contains(id));
    // What is new joins the smallest that lost something, so that segments stay as many as they were.
    let mut groups: Vec<Vec<SegmentId>> = holed.into_iter().map(|id| vec![id]).collect();
    match groups.first_mut() {
        Some(first) => first.extend(new),
        None if new.len() > 1 => groups.push(new),
        None => {}
    }
    for group in groups {
        writer.merge(&group).wait()?;
    }
    writer.wait_merging_threads()
}

/// Whether two items have the same document.
fn reads_alike(a: &Item, b: &Item) -> bool {
    (a.kind, a.year, &a.title, &a.description) == (b.kind, b.year, &b.title, &b.description)
        && (&a.creators, &a.people) == (&b.creators, &b.people)
        && (&a.genres, &a.tags) == (&b.genres, &b.tags)
        && (&a.languages, &a.countries) == (&b.languages, &b.countries)
}

//! Filling: an index written from all items, in bounded memory.
//!
//! One thread indexes what another reads and cuts into words, and what waits between the two is bounded by a
//! [`Backlog`]. The parts that it writes are joined one after another, when nothing else is written, so that
//! what joining takes is all there is.

use std::path::Path;
use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::indexer::{IndexWriterOptions, NoMergePolicy};
use tantivy::{Index, IndexWriter, SegmentMeta, TantivyError};

use super::backlog::{Backlog, Waiting};
use super::fields::Fields;
use crate::catalogue::{Item, ItemId};
use crate::error::{Error, Result};

/// What the thread that indexes writes with.
const MEMORY_BYTES: usize = 16 << 20;
/// From how many documents on a part of the index is not joined.
const PART_DOCUMENTS: u32 = 50_000;
/// How many documents go in between two looks at whether to go on.
const REPORT_EVERY: u64 = 256;

/// Writes an index of all items in a folder, in the place of what is there.
///
/// `go_on` is called now and then with the number of items that are in.
///
/// # Errors
/// [`Error::Cancelled`] when `go_on` said false; [`Error::File`] when the folder cannot be made anew;
/// [`Error::Search`] when the index cannot be written; the first error among the items.
pub fn fill(
    path: &Path,
    fields: &Fields,
    items: &mut dyn Iterator<Item = Result<(ItemId, Item)>>,
    go_on: &dyn Fn(u64) -> bool,
) -> Result<()> {
    if path.exists() {
        std::fs::remove_dir_all(path).map_err(Error::file("remove", path))?;
    }
    std::fs::create_dir_all(path).map_err(Error::file("create", path))?;
    let index =
        Index::create_in_dir(path, fields.schema.clone()).map_err(Error::search("create"))?;
    let mut writer = writer(&index).map_err(write_error)?;
    let backlog = Arc::new(Backlog::default());
    let mut done = 0_u64;
    for next in items {
        let (id, item) = next?;
        if done.is_multiple_of(REPORT_EVERY) {
            unless_stopped(go_on, done)?;
        }
        writer
            .add_document(backlog.queue(fields.document(id, &item), item.bytes()))
            .map_err(write_error)?;
        done += 1;
    }
    unless_stopped(go_on, done)?;
    writer.commit().map_err(write_error)?;
    join(&mut writer, || unless_stopped(go_on, done))?;
    writer.wait_merging_threads().map_err(write_error)
}

fn writer(index: &Index) -> tantivy::Result<IndexWriter<Waiting>> {
    let options = IndexWriterOptions::builder()
        .memory_budget_per_thread(MEMORY_BYTES)
        .num_merge_threads(1)
        .build();
    let writer = index.writer_with_options(options)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    Ok(writer)
}

/// Joins the small parts of an index; `go` is asked before each join.
fn join(writer: &mut IndexWriter<Waiting>, go: impl Fn() -> Result<()>) -> Result<()> {
    let parts = writer.index().searchable_segment_metas();
    for group in to_join(parts.map_err(Error::search("read"))?) {
        go()?;
        // Parts that could not be joined are found in as well.
        if writer.merge(&group).wait().is_err() {
            break;
        }
    }
    Ok(())
}

/// Which parts are to be joined: the smallest first, until together they hold enough documents.
fn to_join(mut parts: Vec<SegmentMeta>) -> Vec<Vec<SegmentId>> {
    parts.retain(|part| part.num_docs() < PART_DOCUMENTS);
    parts.sort_by_key(SegmentMeta::num_docs);
    let (mut groups, mut group, mut documents) = (Vec::new(), Vec::new(), 0);
    for part in parts {
        group.push(part.id());
        documents += part.num_docs();
        if documents >= PART_DOCUMENTS {
            groups.push(std::mem::take(&mut group));
            documents = 0;
        }
    }
    groups.push(group);
    groups.retain(|group| group.len() > 1);
    groups
}

fn unless_stopped(go_on: &dyn Fn(u64) -> bool, done: u64) -> Result<()> {
    go_on(done).then_some(()).ok_or(Error::Cancelled)
}

fn write_error(error: TantivyError) -> Error {
    Error::search("write")(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_parts_are_joined_until_they_are_no_longer_small() {
        let index = Index::create_in_ram(Fields::new().schema);
        let parts = |sizes: &[u32]| -> Vec<SegmentMeta> {
            let part = |size: &u32| index.new_segment_meta(SegmentId::generate_random(), *size);
            sizes.iter().map(part).collect()
        };
        let groups =
            |sizes: &[u32]| -> Vec<usize> { to_join(parts(sizes)).iter().map(Vec::len).collect() };
        for whole in [&[][..], &[10], &[10, 300_000]] {
            assert!(groups(whole).is_empty());
        }
        assert_eq!(groups(&[300_000, 20, 10, 50_000]), [2]);
        assert_eq!(groups(&[20_000; 7]), [3, 3]);
        let few = parts(&[30, 10, 20]);
        let ids: Vec<SegmentId> = [1, 2, 0].map(|n: usize| few[n].id()).into();
        assert_eq!(to_join(few), vec![ids]);
    }

    /// A part a commit, as a large library writes one whenever its memory is full.
    #[test]
    fn parts_that_were_joined_hold_every_item_once_and_joining_can_be_stopped() {
        let fields = Fields::new();
        let index = Index::create_in_ram(fields.schema.clone());
        let mut writer = writer(&index).unwrap();
        let backlog = Arc::new(Backlog::default());
        for n in 0..5 {
            let item = Item {
                title: format!("title {n}"),
                ..Item::default()
            };
            let document = fields.document(ItemId(n), &item);
            writer
                .add_document(backlog.queue(document, item.bytes()))
                .unwrap();
            writer.commit().unwrap();
        }
        let parts = || -> Vec<u32> {
            let parts = index.searchable_segment_metas().unwrap();
            parts.iter().map(SegmentMeta::num_docs).collect()
        };
        assert_eq!(parts(), [1; 5]);
        let stopped = join(&mut writer, || Err(Error::Cancelled));
        assert!(matches!(stopped, Err(Error::Cancelled)));
        assert_eq!(parts(), [1; 5]);
        join(&mut writer, || Ok(())).unwrap();
        assert_eq!(parts(), [5]);
        let searcher = index.reader().unwrap().searcher();
        let items = searcher
            .segment_reader(0)
            .fast_fields()
            .u64("item")
            .unwrap();
        let mut items: Vec<u64> = (0..5).filter_map(|at| items.first(at)).collect();
        items.sort_unstable();
        assert_eq!(items, [0, 1, 2, 3, 4]);
    }
}

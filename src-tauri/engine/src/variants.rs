//! Variants: rows that go on with the product of the row above, as Shopify writes its further variants and
//! pictures, whole again.

use std::borrow::Cow;

use crate::csvfile::Record;
use crate::field::{Field, same};
use crate::plan::Plan;
use crate::specs::Format;

/// The product above, where the format has such rows.
#[derive(Debug, Default)]
pub(crate) struct Variants {
    handle: Option<usize>,
    title: Option<usize>,
    /// Columns that tell a variant from a picture.
    own: Vec<usize>,
    /// The cells that all variants of a product share.
    shared: Vec<usize>,
    first: Record,
}

impl Variants {
    /// Nothing above yet.
    pub fn of(plan: &Plan) -> Self {
        if plan.format != Format::Shopify {
            return Self::default();
        }
        let at = |name: &str| plan.header.iter().position(|column| same(column, name));
        let shared = [
            Field::Title,
            Field::Description,
            Field::Creators,
            Field::Genres,
            Field::Tags,
        ];
        Self {
            handle: at("Handle"),
            title: at("Title"),
            own: ["Variant SKU", "Variant Price"]
                .into_iter()
                .filter_map(at)
                .collect(),
            shared: shared
                .into_iter()
                .flat_map(|field| plan.columns(field))
                .collect(),
            first: Record::default(),
        }
    }

    /// The row with what it shares with the row above; nothing where it is no product of its own.
    pub fn whole<'a>(&mut self, plan: &Plan, record: &'a Record) -> Option<Cow<'a, Record>> {
        let (Some(handle), Some(title)) = (self.handle, self.title) else {
            return Some(Cow::Borrowed(record));
        };
        if plan.format != Format::Shopify || !record.get(title).trim().is_empty() {
            self.first = record.clone();
            return Some(Cow::Borrowed(record));
        }
        let goes_on =
            record.get(handle) == self.first.get(handle) && !record.get(handle).is_empty();
        if !goes_on {
            return Some(Cow::Borrowed(record));
        }
        if self
            .own
            .iter()
            .all(|column| record.get(*column).trim().is_empty())
        {
            return None;
        }
        Some(Cow::Owned(record.filled(&|column, cell| {
            let shares = cell.trim().is_empty() && self.shared.contains(&column);
            shares.then(|| self.first.get(column).to_owned())
        })))
    }
}

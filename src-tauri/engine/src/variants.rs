//! Variants: rows that go on with what a row above began, made whole again: further variants and pictures of a
//! product, further lines of an order, and variations of a product that its shop tells elsewhere.

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;

use crate::csvfile::Record;
use crate::field::{Field, same};
use crate::plan::Plan;
use crate::specs::Format;

/// The rows above that others go on with, where the format has such rows.
#[derive(Debug, Default)]
pub(crate) struct Variants {
    /// The column that is the same in a row and in those that go on with it.
    common: Option<usize>,
    /// Columns of which one is filled in a row that begins something.
    begins: Vec<usize>,
    /// Columns that tell a variant from a picture; none where every row says something.
    own: Vec<usize>,
    /// The cells that a row has in common with what it goes on with.
    shared: Vec<usize>,
    first: Record,
    parents: Option<Parents>,
}

/// Products that variations below them name as theirs.
#[derive(Debug)]
struct Parents {
    /// The columns of the kind of row, its number, its article number and its parent.
    columns: [usize; 4],
    known: HashMap<String, Rc<Record>>,
    /// Bytes of those that are known.
    bytes: usize,
}

/// Bytes of products that are kept for their variations; beyond them a file begins anew.
const KEPT_BYTES: usize = 16 << 20;
/// About what one takes beside its cells.
const ENTRY_BYTES: usize = 512;

impl Variants {
    /// Nothing above yet.
    pub fn of(plan: &Plan) -> Self {
        let at = |name: &str| plan.header.iter().position(|column| same(column, name));
        let of = |fields: &[Field]| -> Vec<usize> {
            let all = fields.iter().flat_map(|field| plan.columns(*field));
            all.collect()
        };
        match plan.format {
            Format::Shopify => Self {
                common: at("Handle"),
                begins: at("Title").into_iter().collect(),
                own: ["Variant SKU", "Variant Price"]
                    .into_iter()
                    .filter_map(at)
                    .collect(),
                shared: [
                    of(&[
                        Field::Title,
                        Field::Description,
                        Field::Creators,
                        Field::Genres,
                        Field::Tags,
                    ]),
                    at("Status").into_iter().collect(),
                ]
                .concat(),
                ..Self::default()
            },
            // Whose an order is and what became of it stands on its first line.
            Format::ShopOrders | Format::Generic if plan.has(Field::Profile) => Self {
                common: plan.columns(Field::Basket).next(),
                begins: of(&[Field::Profile]),
                shared: [
                    of(&[Field::Profile, Field::Action, Field::At]),
                    at("Cancelled at").into_iter().collect(),
                ]
                .concat(),
                ..Self::default()
            },
            Format::ShopStock => Self {
                shared: of(&[
                    Field::Description,
                    Field::Creators,
                    Field::Genres,
                    Field::Tags,
                ]),
                parents: Parents::of([at("Type"), at("ID"), at("SKU"), at("Parent")]),
                ..Self::default()
            },
            _ => Self::default(),
        }
    }

    /// The row with what it shares with a row above; nothing where it is no product of its own.
    pub fn whole<'a>(&mut self, record: &'a Record) -> Option<Cow<'a, Record>> {
        if let Some(parents) = &mut self.parents {
            let parent = parents.of_row(record);
            return Some(parent.map_or(Cow::Borrowed(record), |parent| {
                joined(record, parent, &self.shared)
            }));
        }
        let Some(common) = self.common else {
            return Some(Cow::Borrowed(record));
        };
        let filled = |column: &usize| !record.get(*column).trim().is_empty();
        let goes_on = filled(&common) && record.get(common) == self.first.get(common);
        if self.begins.iter().any(filled) || self.own.is_empty() && !goes_on {
            self.first = record.clone();
            return Some(Cow::Borrowed(record));
        }
        if !goes_on {
            return Some(Cow::Borrowed(record));
        }
        if !self.own.is_empty() && !self.own.iter().any(filled) {
            return None;
        }
        Some(joined(record, &self.first, &self.shared))
    }
}

impl Parents {
    fn of([kind, number, sku, parent]: [Option<usize>; 4]) -> Option<Self> {
        Some(Self {
            columns: [kind?, number?, sku?, parent?],
            known: HashMap::new(),
            bytes: 0,
        })
    }

    /// The product above that a row is a variation of; one that has variations is kept for them.
    fn of_row(&mut self, record: &Record) -> Option<&Record> {
        let [kind, number, sku, parent] = self.columns.map(|column| record.get(column).trim());
        if kind.eq_ignore_ascii_case("variable") {
            let product = Rc::new(record.clone());
            self.bytes += ENTRY_BYTES + record.iter().map(str::len).sum::<usize>();
            if self.bytes > KEPT_BYTES {
                self.known.clear();
                self.bytes = 0;
            }
            for name in [sku.to_owned(), format!("id:{number}")] {
                self.known.insert(name, Rc::clone(&product));
            }
        }
        let known = self.known.get(parent).filter(|_| !parent.is_empty());
        known.map(|product| &**product)
    }
}

fn joined<'a>(record: &Record, first: &Record, shared: &[usize]) -> Cow<'a, Record> {
    Cow::Owned(record.filled(&|column, cell| {
        let shares = cell.trim().is_empty() && shared.contains(&column);
        shares.then(|| first.get(column).to_owned())
    }))
}

//! The library: one snapshot of the catalogue as the ranking sees it — items, their features, and
//! how they are shown.
//!
//! A snapshot never changes; after an import a new one takes its place.

use std::path::PathBuf;

use crate::behaviour::{Deed, Entry};
use crate::catalogue::{Item, ItemId, Kind};
use crate::editions::works;
use crate::error::{Error, Result};
use crate::features::{Column, Features, TextVectors, dot};
use crate::links::Links;
use crate::nearest::not_found;
use crate::view::{Figure, ItemRef, ItemView};

/// Items and features of one moment.
#[derive(Default)]
pub struct Library {
    pub items: Vec<Item>,
    pub features: Features,
    /// Which records are one item.
    pub links: Links,
    /// The folder of covers.
    pub covers: PathBuf,
    /// The encoder whose vectors these are; what is searched for is read by the same.
    pub encoder: String,
    /// Tells snapshots of one process apart.
    pub version: u64,
}

impl Library {
    /// Computes the features of the items.
    pub fn new(items: Vec<Item>, vectors: TextVectors, encoder: &str, version: u64) -> Self {
        let features = Features::build(&items, vectors);
        Self {
            items,
            features,
            links: Links::default(),
            covers: PathBuf::new(),
            encoder: encoder.to_owned(),
            version,
        }
    }

    /// Has the first of the records that are one item stand for all of them; what each of them leads
    /// with is in the items already.
    #[must_use]
    pub fn linked(mut self, links: Links) -> Self {
        if !links.is_empty() {
            let rows = (0..self.items.len() as u32).map(ItemId);
            self.features.led = rows.map(|id| !links.leads(id)).collect();
        }
        self.features.work = works(&self.items, &links);
        self.links = links;
        self
    }

    /// A log with every item by the record that leads it.
    pub fn led(&self, mut log: Vec<Entry>) -> Vec<Entry> {
        if !self.links.is_empty() {
            for entry in &mut log {
                if let Deed::Act { item, .. } = &mut entry.deed {
                    *item = self.links.leader(*item);
                }
            }
        }
        log
    }

    /// The item with a number, or an error that names it.
    pub fn item(&self, id: ItemId) -> Result<&Item> {
        self.items
            .get(id.row())
            .ok_or_else(|| Error::not_found("item", id.to_string()))
    }

    /// An item's number and title.
    pub fn reference(&self, id: ItemId) -> Option<ItemRef> {
        let item = self.items.get(id.row())?;
        Some(ItemRef {
            id,
            title: item.title.clone(),
        })
    }

    /// Everything about an item, with filled numbers marked.
    pub fn view(&self, id: ItemId) -> Result<ItemView> {
        self.record(id, self.item(id)?.clone())
    }

    /// An item as one record of it says.
    pub fn record(&self, id: ItemId, item: Item) -> Result<ItemView> {
        self.item(id)?;
        let records = 1 + self.links.followers(id).count();
        let f = &self.features;
        Ok(ItemView {
            id,
            key: item.key,
            kind: item.kind,
            title: item.title,
            year: figure(&f.year, id).map(|y| Figure {
                value: y.value.round(),
                ..y
            }),
            creators: item.creators,
            people: item.people,
            genres: item.genres,
            tags: item.tags,
            languages: item.languages,
            countries: item.countries,
            description: item.description,
            popularity: figure(&f.popularity, id),
            rating: figure(&f.rating, id),
            price: figure(&f.price, id),
            stock: item.stock,
            ids: item.ids,
            series: item.series,
            number: item.number,
            extra: item.extra,
            records,
            same: item.same,
            edited: item.edited,
            cover: item
                .cover
                .or(item.art)
                .map(|name| self.covers.join(name).display().to_string()),
        })
    }

    /// How many items there are; records that are one item are one.
    pub fn items_len(&self) -> usize {
        self.items.len() - self.links.len()
    }

    /// How many items have a text vector.
    pub fn encoded(&self) -> usize {
        let read = |id: &ItemId| {
            self.features
                .meaning
                .row(id.row())
                .iter()
                .any(|x| *x != 0.0)
        };
        self.features.ids().filter(read).count()
    }

    /// The items, of one kind or of all, whose text is nearest to a centred unit vector, best first,
    /// with their cosine.
    pub fn nearest(&self, vector: &[f32], kind: Option<Kind>, n: usize) -> Vec<(ItemId, f32)> {
        if vector.len() != self.features.meaning.ncols() {
            return Vec::new();
        }
        let mut near: Vec<(ItemId, f32)> = self
            .features
            .ids()
            .filter(|id| kind.is_none_or(|kind| self.items[id.row()].kind == kind))
            .map(|id| (id, dot(self.features.meaning.row(id.row()), vector)))
            .filter(|(_, cosine)| *cosine > 0.0)
            .collect();
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        near.truncate(n);
        near
    }

    /// Finds an item by `#12`, its key, its title if only one has it, or `12`.
    ///
    /// A title may be a number: only `#12` is always the item with that number.
    pub fn find(&self, name: &str) -> Result<ItemId> {
        let name = name.trim();
        let numbered = |digits: &str| {
            let id = digits.parse().ok().map(ItemId)?;
            (id.row() < self.items.len()).then_some(id)
        };
        if let Some(id) = name.strip_prefix('#').and_then(numbered) {
            return Ok(self.links.leader(id));
        }
        let rows = |wanted: &dyn Fn(&Item) -> bool| -> Vec<ItemId> {
            let rows = (0..).map(ItemId).zip(&self.items);
            let found = rows.filter(|(_, item)| wanted(item));
            let mut found: Vec<ItemId> = found.map(|(id, _)| self.links.leader(id)).collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        let folded = name.to_lowercase();
        let mut found = rows(&|item| item.key == name);
        if found.is_empty() {
            found = rows(&|item| item.title.to_lowercase() == folded);
        }
        if found.is_empty() {
            found.extend(numbered(name));
        }
        match found.as_slice() {
            [] => {
                let titles = self.items.iter().map(|item| item.title.as_str());
                Err(not_found("item", name, titles))
            }
            [one] => Ok(*one),
            _ => Err(Error::Ambiguous {
                name: name.to_owned(),
                ids: found,
            }),
        }
    }
}

fn figure(column: &Column, id: ItemId) -> Option<Figure> {
    column.known[id.row()].then(|| Figure {
        value: column.values[id.row()],
        filled: column.filled[id.row()],
    })
}

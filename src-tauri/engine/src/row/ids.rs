//! What a row's item is called elsewhere: its identifiers, each as its namespace writes it.
//!
//! An identifier that cannot be one stays in `extra` under the name of its column.

use super::remarks::Remark;
use super::{Fault, Line, Read};
use crate::catalogue::Item;
use crate::clean;
use crate::field::Field;
use crate::identity;
use crate::number;

/// The columns of one namespace each.
const NAMED: [(Field, &str); 5] = [
    (Field::Isbn, "isbn"),
    (Field::Imdb, "imdb"),
    (Field::Tmdb, "tmdb"),
    (Field::Mbid, "mbid"),
    (Field::Ean, "ean"),
];

impl Line<'_> {
    /// Gives an item its identifiers.
    pub(super) fn identify(&self, names: &[String], item: &mut Item) {
        if self.exact() {
            let ids = self.list(Field::Identifiers, "|").into_iter();
            item.ids = ids
                .filter_map(|id| {
                    let (namespace, id) = id.split_once(':')?;
                    Some((namespace.to_owned(), id.to_owned()))
                })
                .collect();
            return;
        }
        // Of a part most columns tell what the whole is called.
        let part = self.is_part();
        let own = |column: &usize| !part || names[*column].starts_with("episode");
        for (field, namespace) in NAMED {
            for column in self.plan.columns(field).filter(own) {
                self.take(column, namespace, names, item);
            }
        }
        if part {
            return;
        }
        for column in self.plan.columns(Field::Identifiers) {
            let cell = self.cell(column);
            for part in cell.split([',', '|', ';']) {
                let Some((namespace, id)) = part.trim().split_once(':') else {
                    continue;
                };
                let namespace = namespace.trim().to_lowercase();
                let namespace = match namespace.as_str() {
                    "mobi-asin" | "amazon" => "asin".to_owned(),
                    "gtin" | "upc" => "ean".to_owned(),
                    _ => namespace,
                };
                if let Some(id) = identity::identifier(&namespace, item.kind, id) {
                    item.ids.entry(namespace).or_insert(id);
                }
            }
        }
        if let Some((column, id)) = self.id(Field::Id).filter(|_| !self.plan.ids.is_empty()) {
            match identity::identifier(self.plan.ids, item.kind, &id) {
                Some(id) => {
                    item.ids.entry(self.plan.ids.to_owned()).or_insert(id);
                }
                None => self.remark(Remark::Shortened(column), &id),
            }
        }
        // The bar code of a book is its ISBN.
        if let Some(isbn) = item.ids.get("ean").and_then(|ean| identity::isbn(ean)) {
            item.ids.entry("isbn".to_owned()).or_insert(isbn);
        }
    }

    /// An item of which a row tells nothing but what it is called.
    pub(super) fn named(&self, names: &[String]) -> Read<Item> {
        let mut item = Item {
            kind: self.plan.kind,
            ..Item::default()
        };
        let Some((_, id)) = self.id(Field::Id) else {
            let column = self.plan.columns(Field::Id).next();
            return Err(Fault::new(column, "the item is missing"));
        };
        item.key = self.plan.key(&id);
        self.identify(names, &mut item);
        self.extras(names, &mut item)?;
        Ok(item)
    }

    /// The first filled cell of identifiers, without the mark by which spreadsheets keep digits as text.
    pub(super) fn id(&self, field: Field) -> Option<(usize, String)> {
        let (column, cell) = self.first(field)?;
        let id = clean::line(clean::unmarked(&cell));
        (!id.is_empty()).then_some((column, id))
    }

    fn take(&self, column: usize, namespace: &str, names: &[String], item: &mut Item) {
        let cell = clean::line(clean::unmarked(&self.cell(column)));
        if number::is_missing(&cell) || cell == "[]" {
            return;
        }
        let found = std::iter::once(cell.as_str())
            .chain(cell.split([',', '|', ';', ' ']))
            .find_map(|part| {
                let part = part.trim_matches(['[', ']', ' ']);
                identity::identifier(namespace, item.kind, part)
            });
        if let Some(id) = found {
            item.ids.entry(namespace.to_owned()).or_insert(id);
        } else {
            self.remark(Remark::Shortened(column), &cell);
            item.extra.insert(names[column].clone(), cell);
        }
    }
}

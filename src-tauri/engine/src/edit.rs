//! Editing: an item's fields set by hand, and its cover. What a hand has set, no file changes again.

use std::path::Path;

use crate::catalogue::{Item, ItemId};
use crate::clean::{line, prose};
use crate::covers;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::view::{Edit, ItemView};
use crate::watch::Watch;

/// The years that an item may be of.
const YEARS: std::ops::RangeInclusive<i32> = -5000..=3000;

/// Copies from one item to another what its owner did by hand: fields, cover, and what is one with what.
pub fn keep_edits(from: &Item, to: &mut Item) {
    for name in &from.edited {
        copy(name, from, to);
    }
    to.edited.clone_from(&from.edited);
    to.cover.clone_from(&from.cover);
    for (from, to) in [(&from.same, &mut to.same), (&from.apart, &mut to.apart)] {
        let new: Vec<String> = from
            .iter()
            .filter(|key| !to.contains(key))
            .cloned()
            .collect();
        to.extend(new);
    }
}

fn copy(name: &str, from: &Item, to: &mut Item) {
    match name {
        "kind" => to.kind = from.kind,
        "title" => to.title.clone_from(&from.title),
        "year" => to.year = from.year,
        "creators" => to.creators.clone_from(&from.creators),
        "people" => to.people.clone_from(&from.people),
        "genres" => to.genres.clone_from(&from.genres),
        "tags" => to.tags.clone_from(&from.tags),
        "languages" => to.languages.clone_from(&from.languages),
        "countries" => to.countries.clone_from(&from.countries),
        "description" => to.description.clone_from(&from.description),
        "price" => to.price = from.price,
        "stock" => to.stock = from.stock,
        _ => {}
    }
}

impl Engine {
    /// Sets the fields of an item by hand, cleaned as an import would; those that change are marked and
    /// no file changes them again. Its new text is indexed and, where the encoder is here, encoded.
    ///
    /// # Errors
    /// There is no such item, the title is empty, or a number cannot be; then nothing has changed.
    pub fn edit(&self, item: ItemId, edit: &Edit, watch: &Watch) -> Result<ItemView> {
        let alone = self.alone();
        let library = self.library()?;
        let mut edited = edited(library.item(item)?, &self.stored(item)?, edit)?;
        // What was one stays one, though a new title or year says so no more.
        for follower in library.links.followers(item) {
            let key = &library.item(follower)?.key;
            if !edited.same.contains(key) {
                edited.same.push(key.clone());
            }
        }
        self.put_items(&[(item, edited)], watch)?;
        drop(alone);
        self.encode_new(watch)?;
        self.show(item)
    }

    /// Gives an item a cover out of a picture file, made small and kept in the data folder; or takes
    /// it away. Encoding and search do not change.
    ///
    /// # Errors
    /// There is no such item, or the file is no picture that can be read.
    pub fn set_cover(&self, item: ItemId, file: Option<&Path>) -> Result<ItemView> {
        let alone = self.alone();
        let before = self.stored(item)?;
        let folder = covers::folder(&self.settings().data);
        let cover = file.map(|file| covers::keep(&folder, item, file));
        let after = Item {
            cover: cover.transpose()?,
            ..before.clone()
        };
        let gone = before
            .cover
            .filter(|name| after.cover.as_ref() != Some(name));
        self.put_items(&[(item, after)], &Watch::NONE)?;
        drop(alone);
        if let Some(name) = gone {
            covers::remove(&folder, &name);
        }
        self.show(item)
    }
}

/// The record as edited, with the names of all fields that a hand has set; `item` is what was shown.
fn edited(item: &Item, record: &Item, edit: &Edit) -> Result<Item> {
    let list = |values: &[String]| {
        let mut clean: Vec<String> = Vec::with_capacity(values.len());
        for value in values.iter().map(|value| line(value)) {
            if !value.is_empty() && !clean.contains(&value) {
                clean.push(value);
            }
        }
        clean
    };
    let creators = list(&edit.creators);
    let mut people = list(&edit.people);
    people.retain(|name| !creators.contains(name));
    let new = Item {
        kind: edit.kind,
        title: line(&edit.title),
        year: edit.year,
        creators,
        people,
        genres: list(&edit.genres),
        tags: list(&edit.tags),
        languages: list(&edit.languages),
        countries: list(&edit.countries),
        description: prose(&edit.description),
        price: edit.price,
        stock: edit.stock,
        ..item.clone()
    };
    if new.title.is_empty() {
        return Err(Error::Invalid("an item needs a title".to_owned()));
    }
    if new.year.is_some_and(|year| !YEARS.contains(&year)) {
        return Err(Error::Invalid(format!(
            "a year is {} to {}",
            YEARS.start(),
            YEARS.end()
        )));
    }
    if new
        .price
        .is_some_and(|price| !price.is_finite() || price < 0.0)
    {
        return Err(Error::Invalid("a price is a number from 0 up".to_owned()));
    }
    let changed = [
        ("kind", new.kind != item.kind),
        ("title", new.title != item.title),
        ("year", new.year != item.year),
        ("creators", new.creators != item.creators),
        ("people", new.people != item.people),
        ("genres", new.genres != item.genres),
        ("tags", new.tags != item.tags),
        ("languages", new.languages != item.languages),
        ("countries", new.countries != item.countries),
        ("description", new.description != item.description),
        ("price", new.price != item.price),
        ("stock", new.stock != item.stock),
    ];
    let mut record = record.clone();
    for (name, _) in changed.into_iter().filter(|(_, changed)| *changed) {
        copy(name, &new, &mut record);
        if record.edited.iter().all(|known| known != name) {
            record.edited.push(name.to_owned());
        }
    }
    Ok(record)
}

//! The item of a row: what its cells say of it, cleaned by the manner of its format.
//!
//! What a format says in another way than its columns (a year in a title, a shelf among the tags) is read here;
//! what no field is for stays in `extra`.

use std::collections::BTreeMap;

use super::remarks::Remark;
use super::{Fault, Line, Read, douban};
use crate::catalogue::{Item, Kind};
use crate::clean;
use crate::dates;
use crate::field::{Field, same};
use crate::identity;
use crate::lists;
use crate::number;
use crate::sheet;
use crate::specs::Format;
use crate::words::kind_of;

impl Line<'_> {
    pub(super) fn item(&self, title_column: usize, names: &[String]) -> Read<Item> {
        let mut item = Item {
            kind: self.plan.kind,
            ..Item::default()
        };
        let mut kind_word = None;
        if let Some((column, cell)) = self.first(Field::Kind) {
            if let Some(kind) = kind_of(&cell) {
                item.kind = kind;
            } else {
                self.remark(Remark::Kind, &cell);
                kind_word = Some((column, clean::line(&cell)));
            }
        } else if self.plan.format == Format::Trakt {
            item.kind = kind_of(&self.sort()).unwrap_or(item.kind);
        } else if self.plan.format == Format::Douban {
            item.kind = self.linked_kind().unwrap_or(item.kind);
        }
        let Some((title_column, title)) = self.first(Field::Title) else {
            return Err(Fault::new(title_column, "the title is missing"));
        };
        item.year = self.year()?;
        item.title = self.title(&title, &mut item);
        if item.title.is_empty() {
            return Err(Fault::new(title_column, "the title is missing"));
        }
        item.creators = self.list(Field::Creators, &self.plan.names);
        item.people = self.list(Field::People, &self.plan.names);
        item.people.retain(|name| !item.creators.contains(name));
        item.genres = self.list(Field::Genres, &self.plan.terms);
        item.tags = self.list(Field::Tags, &self.plan.terms);
        if self.plan.format == Format::Goodreads {
            let shelf = |tag: &String| {
                matches!(
                    tag.as_str(),
                    "read" | "to-read" | "currently-reading" | "did-not-finish"
                )
            };
            item.tags.retain(|tag| !shelf(tag));
        }
        item.languages = self.list(Field::Languages, &self.plan.terms);
        item.countries = self.list(Field::Countries, &self.plan.terms);
        if let Some((_, cell)) = self.first(Field::Description) {
            match self.plan.format {
                Format::CurioExport => item.description = clean::line(&cell),
                Format::Douban => douban::introduce(&cell, &mut item),
                // WooCommerce writes the ends of lines out.
                Format::ShopStock => item.description = clean::prose(&cell.replace("\\n", "\n")),
                _ => item.description = clean::prose(&cell),
            }
        }
        item.popularity = self.number(Field::Popularity)?;
        item.price = self.price()?;
        item.stock = self.stock()?;
        if let Some(state) = self.withdrawn() {
            self.remark(Remark::Withdrawn, &state);
            item.stock = Some(0);
        }
        let rating = self.rating(Field::Rating, self.habits.rating_top)?;
        item.rating = rating.filter(|r| self.exact() || *r > 0.0);
        self.identify(names, &mut item);
        self.series(&mut item)?;
        item.same = self.list(Field::Same, &self.plan.terms);
        item.apart = self.list(Field::Apart, &self.plan.terms);
        item.edited = self.list(Field::Edited, &self.plan.terms);
        item.edited
            .retain(|name| sheet::ITEM_HEADER.contains(&name.as_str()) && name != "key");
        self.extras(names, &mut item)?;
        if let Some((column, word)) = kind_word {
            item.extra.insert(names[column].clone(), word);
        }
        item.key = self.key(&item)?;
        Ok(item)
    }

    fn title(&self, cell: &str, item: &mut Item) -> String {
        if self.exact() {
            return clean::line(cell);
        }
        let title = clean::plain(cell);
        match self.plan.format {
            Format::Movielens => {
                let (name, year) = clean::year_in_title(&title);
                // A year column beside it makes the parentheses part of the name, unless they agree.
                if item.year.is_some() && year != item.year {
                    return clean::natural_title(&title);
                }
                item.year = item.year.or(year);
                clean::natural_title(name)
            }
            Format::Goodreads => {
                let (name, series, number) = clean::series_in_title(&title);
                (item.series, item.number) = (series.map(str::to_owned), number);
                name.to_owned()
            }
            Format::Shopify | Format::ShopStock => self.variant(title),
            Format::Douban => douban::first_name(&title),
            Format::Trakt | Format::TmdbAccount if self.is_part() => self.part_title(&title),
            Format::Generic if item.kind != Kind::Product => clean::natural_title(&title),
            _ => title,
        }
    }

    fn year(&self) -> Read<Option<i32>> {
        for column in self.plan.columns(Field::Year) {
            let cell = self.cell(column);
            if number::is_missing(&cell) {
                continue;
            }
            let year = match self.plan.format {
                // Publication dates as title pages give them: `c1969`, `[1969], 1974`, `2011年6月`.
                Format::Librarything | Format::Douban => match clean::four_digits(&cell) {
                    None => continue,
                    year => year,
                },
                _ => dates::year(&cell, &self.habits.dates[column]),
            };
            let Some(year) = year else {
                return Err(Fault::cell(column, &cell, "is not a year"));
            };
            if self.exact() {
                return Ok(Some(year));
            }
            // Writers put 0, and calibre the year 101, for not known.
            if year == 0 || self.plan.format == Format::Calibre && year == 101 {
                continue;
            }
            if !(-5000..=2200).contains(&year) {
                return Err(Fault::cell(
                    column,
                    &cell,
                    "is outside the years -5000 to 2200",
                ));
            }
            return Ok(Some(year));
        }
        Ok(None)
    }

    pub(super) fn list(&self, field: Field, separators: &str) -> Vec<String> {
        if self.exact() {
            let cell = self.first(field).map(|(_, cell)| cell);
            return cell.map_or_else(Vec::new, |cell| sheet::parts(&cell));
        }
        let cells = self.plan.columns(field).map(|column| self.cell(column));
        let parts = cells.flat_map(|cell| match self.plan.format {
            Format::Librarything if field == Field::Creators => {
                vec![clean::forename_first(&clean::plain(&cell))]
            }
            Format::Librarything if field == Field::People => {
                let names = lists::parts(&cell, separators).into_iter();
                names.map(|name| clean::forename_first(&name)).collect()
            }
            Format::Storygraph if field == Field::People => {
                let names = lists::names(&cell, separators).into_iter();
                names
                    .map(|name| clean::without_part(&name).to_owned())
                    .collect()
            }
            _ if matches!(field, Field::Creators | Field::People) => {
                lists::names(&cell, separators)
            }
            _ => lists::parts(&cell, separators),
        });
        clean::distinct(parts.filter(|part| !part.is_empty()))
    }

    /// The series and its place there; a place without a series says nothing.
    fn series(&self, item: &mut Item) -> Read<()> {
        let told = self.first(Field::Series).map(|(_, cell)| cell);
        let told = told.filter(|cell| self.exact() || !number::is_missing(cell));
        if let Some(cell) = told {
            let names = if self.exact() {
                Vec::new()
            } else {
                lists::parts(&cell, "")
            };
            let name = names.into_iter().next();
            let name = name.unwrap_or_else(|| clean::line(&cell));
            match clean::place_in_series(&name).filter(|_| !self.plan.has(Field::Number)) {
                Some((series, number)) => {
                    (item.series, item.number) = (Some(series.to_owned()), Some(number));
                }
                None => item.series = Some(name),
            }
        }
        if item.series.is_some() || self.exact() {
            item.number = self.number(Field::Number)?.or(item.number);
        }
        Ok(())
    }

    pub(super) fn extras(&self, names: &[String], item: &mut Item) -> Read<()> {
        for (column, field) in self.plan.fields.iter().enumerate() {
            let unknown = field.is_none() || *field == Some(Field::Extra) && !self.exact();
            if unknown {
                let cell = clean::line(&self.cell(column));
                if !cell.is_empty() {
                    item.extra.insert(names[column].clone(), cell);
                }
            }
        }
        if let Some((column, cell)) = self.first(Field::Extra).filter(|_| self.exact()) {
            let extra: Result<BTreeMap<String, String>, _> = serde_json::from_str(&cell);
            let Ok(extra) = extra else {
                return Err(Fault::cell(column, &cell, "is not a JSON object of texts"));
            };
            item.extra.extend(extra);
        }
        Ok(())
    }

    fn key(&self, item: &Item) -> Read<String> {
        if let Some(column) = self.plan.columns(Field::Key).next() {
            let key = self.cell(column).trim().to_owned();
            if key.is_empty() && self.plan.format == Format::CurioExport {
                return Err(Fault::new(column, "the key is missing"));
            }
            if !key.is_empty() {
                return Ok(key);
            }
        }
        let described = || {
            let creator = item.creators.first().map(String::as_str);
            identity::described(item.kind, &item.title, item.year, creator)
        };
        let id = self.id(Field::Id).filter(|(_, id)| {
            let lost = matches!(self.plan.namespace, "isbn" | "ean") && clean::is_shortened(id);
            !number::is_missing(id) && !lost
        });
        let Some((column, id)) = id else {
            return Ok(described());
        };
        Ok(match self.plan.format {
            Format::Trakt => self.trakt_key(&id),
            Format::Douban => douban::linked_key(&id).unwrap_or_else(described),
            // The column also holds StoryGraph's own identifiers.
            Format::Storygraph if !is_isbn(&id) => identity::named("storygraph", &id),
            Format::TmdbAccount => self.tmdb_key(item.kind, &id),
            // Variants without a number of their own have that of their product in common.
            Format::Shopify if same(&self.plan.header[column], "Handle") => {
                let options = self.options();
                self.plan
                    .key(&options.fold(id, |id, option| format!("{id}/{option}")))
            }
            _ => self.plan.key(&id),
        })
    }
}

fn is_isbn(id: &str) -> bool {
    let digits: Vec<char> = id.chars().filter(|c| *c != '-').collect();
    let all = digits
        .iter()
        .enumerate()
        .all(|(i, c)| c.is_ascii_digit() || i == 9 && digits.len() == 10 && matches!(c, 'x' | 'X'));
    all && matches!(digits.len(), 10 | 13)
}

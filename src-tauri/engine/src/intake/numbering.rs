//! Numbers of lists: which thing `7` is. Every list counts for itself, so that the number of one may stand for
//! another thing in the next; no item is ever replaced by another one for it.
//!
//! The first list has the bare numbers. A file whose numbers mostly stand for other things than those that are
//! here is a list of its own, named after it.

use std::collections::BTreeSet;

use super::Intake;
use crate::alike::nearly;
use crate::catalogue::{Item, Kind};
use crate::error::{Error, Result};
use crate::identity::{NUMBERS, folded_title, list_of, named, numbered};
use crate::import::Reader;
use crate::links::share_creator;
use crate::rejects;
use crate::source::{Source, TableReader};
use crate::tables::Table;

/// Rows that are looked at.
const ROWS: usize = 200;
/// How the files of lists end, which is no part of their names.
const ENDINGS: [&str; 9] = [
    "csv", "tsv", "txt", "xlsx", "ods", "json", "jsonl", "ndjson", "zip",
];
/// What a person calls the bare numbers.
const BARE: &str = "bare";

/// What a number is in a file, beside what it is here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    Same,
    /// It has another title, and nothing says that it is another thing.
    Renamed,
    Other,
}

/// How the numbers of a file fit a list.
#[derive(Default)]
struct Fit {
    known: usize,
    same: usize,
    /// One that stands for something else: its number, what it is here, and there.
    other: Option<[String; 3]>,
}

impl Fit {
    fn is_it(&self) -> bool {
        self.same * 2 >= self.known
    }
}

impl Intake<'_> {
    /// Settles whose the numbers of a file are, before it is read.
    pub(super) fn settle_numbers(&self, table: &Table, source: &mut TableReader) -> Result<()> {
        let reader = source.reader();
        if !reader.is_numbered() || reader.reading().problem.is_some() {
            return Ok(());
        }
        if let Some(list) = reader.told_list().map(str::to_owned) {
            let list = if list == BARE { "" } else { &list };
            reader.number_by(list, format!("its numbers are those of {}", called(list)));
            return Ok(());
        }
        let rows = reader.beginning(ROWS)?;
        let mut known = BTreeSet::new();
        let items: Vec<(&str, &Item)> = rows
            .iter()
            .filter_map(|(item, _)| item.as_ref())
            .filter_map(|item| Some((number(&item.key)?, item)))
            // What is told first of a number counts, and only that is here when the file comes again.
            .filter(|(number, _)| known.insert(*number))
            .collect();
        if items.is_empty() {
            let told = rows.iter().flat_map(|(_, told)| told);
            let told: BTreeSet<&str> = told.filter_map(|told| number(&told.item_key)).collect();
            return self.settle_references(&told, reader);
        }
        let own = name_of(table);
        let (bare, kept) = (self.fit("", &items)?, self.fit(&own, &items)?);
        if kept.known == 0 && bare.is_it() {
            return Ok(());
        }
        let list = if kept.same == items.len() && bare.same < kept.same {
            own
        } else {
            self.best_list(&own, &items)?
        };
        if !list.is_empty() {
            let other = bare.other.map(|[number, here, there]| {
                format!(": {number} is {here} in another list, and {there} in this one")
            });
            let note = format!(
                "its numbers count for it alone, as the list {list:?}{}",
                other.unwrap_or_default()
            );
            reader.number_by(&list, note);
        }
        Ok(())
    }

    /// The list whose numbers fit best; a new one of that name where none fits.
    fn best_list(&self, own: &str, items: &[(&str, &Item)]) -> Result<String> {
        let mut lists = self.lists()?;
        lists.insert(String::new());
        let mut best: Option<(usize, &String)> = None;
        for list in &lists {
            let fit = self.fit(list, items)?;
            if fit.known > 0 && fit.is_it() && best.is_none_or(|(same, _)| fit.same > same) {
                best = Some((fit.same, list));
            }
        }
        if let Some((_, list)) = best {
            return Ok(list.clone());
        }
        let more = (2..).map(|n| format!("{own} {n}"));
        let mut names = std::iter::once(own.to_owned()).chain(more);
        Ok(names.find(|name| !lists.contains(name)).unwrap_or_default())
    }

    /// Settles in which list a file's numbers are that only names items by them.
    fn settle_references(&self, told: &BTreeSet<&str>, reader: &mut Reader) -> Result<()> {
        if told.is_empty() {
            return Ok(());
        }
        let mut lists = self.lists()?;
        if lists.is_empty() {
            return Ok(());
        }
        lists.insert(String::new());
        let mut fits = Vec::new();
        for list in &lists {
            let mut known = 0;
            for number in told {
                known += usize::from(self.item_id(&key(list, number))?.is_some());
            }
            fits.push((known, list));
        }
        let most = fits.iter().map(|(known, _)| *known).max().unwrap_or(0);
        let best: Vec<&String> = fits
            .iter()
            .filter(|(known, _)| *known == most && most > 0)
            .map(|(_, list)| *list)
            .collect();
        match best.as_slice() {
            [] => {}
            [list] => reader.number_by(list, format!("its numbers are those of {}", called(list))),
            several => {
                let names = several.iter().map(|list| called(list));
                let names: Vec<String> = names.collect();
                let say = several.last().map_or("", |list| list);
                let reason = format!(
                    "its numbers may be those of {}; say which (--map numbers={say}, or numbers={BARE} for \
                     the first, on a terminal)",
                    names.join(" or ")
                );
                if !self.options.dry_run {
                    return Err(Error::Invalid(reason));
                }
                reader.object(reason);
            }
        }
        Ok(())
    }

    /// Why an item cannot be taken in under its number, where another thing has it.
    pub(super) fn replaces(&self, item: &Item, source: &dyn Source) -> Result<Option<String>> {
        if !source.is_numbered() || number(&item.key).is_none() {
            return Ok(None);
        }
        let known = self.known_item(&item.key)?;
        let other = known.filter(|known| stand(known, item) == Stand::Other);
        Ok(other.map(|known| {
            format!(
                "{} is {} already and {} here; nothing was changed",
                item.key,
                shown(&known),
                shown(item)
            )
        }))
    }

    fn fit(&self, list: &str, items: &[(&str, &Item)]) -> Result<Fit> {
        let mut fit = Fit::default();
        for (number, item) in items {
            let Some(known) = self.known_item(&key(list, number))? else {
                continue;
            };
            fit.known += 1;
            match stand(&known, item) {
                Stand::Same => fit.same += 1,
                _ if fit.other.is_none() => {
                    fit.other = Some([(*number).to_owned(), shown(&known), shown(item)]);
                }
                _ => {}
            }
        }
        Ok(fit)
    }

    /// The lists that count for themselves, by name. Reads every record: asked only where numbers meet, and for a
    /// file that names items by numbers alone.
    fn lists(&self) -> Result<BTreeSet<String>> {
        let waiting = self.waiting.keys().filter_map(|key| list_of(key));
        let mut lists: BTreeSet<String> = waiting.map(str::to_owned).collect();
        for record in self.store.records() {
            let (_, item) = record?;
            lists.extend(list_of(&item.key).map(str::to_owned));
        }
        Ok(lists)
    }
}

fn key(list: &str, number: &str) -> String {
    if list.is_empty() {
        return named(NUMBERS, number);
    }
    numbered(list, number)
}

/// The number in a key of a file whose list is not settled yet.
fn number(key: &str) -> Option<&str> {
    key.strip_prefix(NUMBERS)?.strip_prefix(':')
}

fn called(list: &str) -> String {
    match list {
        "" => "the first list".to_owned(),
        list => format!("the list {list:?}"),
    }
}

fn shown(item: &Item) -> String {
    let year = item.year.map(|year| format!(" ({year})"));
    format!("{:?}{}", item.title, year.unwrap_or_default())
}

/// Whether one number stands for the same thing in two records.
fn stand(known: &Item, told: &Item) -> Stand {
    let kinds = [known.kind, told.kind];
    let kinds = kinds[0] != kinds[1] && !kinds.contains(&Kind::Other);
    let years = known.year.zip(told.year).map(|(a, b)| a.abs_diff(b) <= 1);
    let unmade = known.creators.is_empty() || told.creators.is_empty();
    let makers = (!unmade).then(|| share_creator(known, told));
    let against = years == Some(false) || makers == Some(false);
    let by_hand = known.edited.iter().any(|field| field == "title");
    let (one, other) = (folded_title(&known.title), folded_title(&told.title));
    if by_hand || one == other || nearly(&one, &other) {
        return if kinds && against {
            Stand::Other
        } else {
            Stand::Same
        };
    }
    match kinds || against {
        true => Stand::Other,
        false if makers == Some(true) || years == Some(true) => Stand::Same,
        false => Stand::Renamed,
    }
}

/// What a list is called after its file, and the sheet in it, without what is added to the names of later copies:
/// their number, and the day of an export.
fn name_of(table: &Table) -> String {
    let file = rejects::source_of(&table.beside).unwrap_or_else(|| table.beside.clone());
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let name = name.to_lowercase();
    let words = name.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| word.chars().any(char::is_alphabetic));
    let words: Vec<&str> = words.filter(|word| !ENDINGS.contains(word)).collect();
    match words.join(" ").chars().take(60).collect::<String>() {
        none if none.is_empty() => "list".to_owned(),
        name => name,
    }
}

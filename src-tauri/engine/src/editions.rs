//! Editions: which items are one work in several shapes — a book printed again, a film cut anew, an album
//! remastered.
//!
//! Items of one kind are editions of each other when title and a creator agree and neither a place in a
//! series nor an identifier of works tells them apart. Unlike records that are linked, each stays an item of its own, with its year,
//! identifiers and interactions; only no list holds two of them.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::catalogue::{Item, ItemId, Kind};
use crate::identity::folded_title;
use crate::links::{Links, names, share_creator};

/// The most items of one title that are compared with one another.
const BUCKET: usize = 50;
/// What names a work whatever its edition, where two names are two works.
const OF_WORKS: [&str; 2] = ["imdb", "tmdb"];

/// For each record the first edition of its work: itself where it is the only one.
pub fn works(items: &[Item], links: &Links) -> Vec<ItemId> {
    let titles: Vec<Option<(Kind, String)>> = items
        .par_iter()
        .map(|item| (!item.creators.is_empty()).then(|| (item.kind, folded_title(&item.title))))
        .collect();
    let mut first: Vec<ItemId> = (0..items.len() as u32).map(ItemId).collect();
    let mut seen: HashMap<&(Kind, String), Vec<ItemId>> = HashMap::new();
    for (row, title) in titles.iter().enumerate() {
        let id = ItemId(row as u32);
        let Some(title) = title.as_ref().filter(|_| links.leads(id)) else {
            continue;
        };
        let firsts = seen.entry(title).or_default();
        match firsts
            .iter()
            .find(|other| same_work(&items[other.row()], &items[row]))
        {
            Some(work) => first[row] = *work,
            None if firsts.len() < BUCKET => firsts.push(id),
            None => {}
        }
    }
    first
}

/// Whether two items of one kind and title are editions of one work.
fn same_work(one: &Item, other: &Item) -> bool {
    let numbers = one.number.zip(other.number);
    let other_work = OF_WORKS.iter().any(|namespace| {
        let name = |item| names(item).find(|(n, _)| n == namespace).map(|(_, id)| id);
        name(one)
            .zip(name(other))
            .is_some_and(|(one, other)| one != other)
    });
    numbers.is_none_or(|(one, other)| one.total_cmp(&other).is_eq())
        && !other_work
        && share_creator(one, other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(title: &str, creator: &str, year: i32, number: Option<f64>) -> Item {
        Item {
            kind: Kind::Book,
            title: title.to_owned(),
            creators: vec![creator.to_owned()],
            year: Some(year),
            number,
            ..Item::default()
        }
    }

    #[test]
    fn a_book_printed_again_is_one_work_and_another_volume_or_author_is_not() {
        let items = [
            book("Emma", "Jane Austen", 1815, None),
            book("EMMA", "Austen, Jane", 2003, None),
            book("Emma", "Alexander McCall Smith", 2014, None),
            book("Saga", "Brian K. Vaughan", 2012, Some(1.0)),
            book("Saga", "Brian K. Vaughan", 2013, Some(2.0)),
            Item {
                kind: Kind::Film,
                ..book("Emma", "Jane Austen", 1996, None)
            },
        ];
        let works = works(&items, &Links::default());
        assert_eq!(works, [0, 0, 2, 3, 4, 5].map(ItemId));
    }
}

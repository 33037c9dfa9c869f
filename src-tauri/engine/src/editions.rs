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

/// For each record the first edition of its work, itself where it is the only one; nothing where every
/// record is.
pub fn works(items: &[Item], links: &Links) -> Vec<ItemId> {
    let titles: Vec<Option<(Kind, String)>> = items
        .par_iter()
        .map(|item| (!item.creators.is_empty()).then(|| (item.kind, title_of_work(&item.title))))
        .collect();
    let mut first: Vec<ItemId> = (0..items.len() as u32).map(ItemId).collect();
    let mut editions: HashMap<&(Kind, String), Vec<Vec<ItemId>>> = HashMap::new();
    let mut any = false;
    for (row, title) in titles.iter().enumerate() {
        let id = ItemId(row as u32);
        let Some(title) = title.as_ref().filter(|_| links.leads(id)) else {
            continue;
        };
        let works = editions.entry(title).or_default();
        // One that could be an edition of each of two works makes them no one work.
        let of = |work: &Vec<ItemId>| {
            let mut others = work.iter();
            work.len() < BUCKET && others.all(|id| same_work(&items[id.row()], &items[row]))
        };
        match works.iter().position(of) {
            Some(at) => {
                first[row] = works[at][0];
                works[at].push(id);
                any = true;
            }
            None if works.len() < BUCKET => works.push(vec![id]),
            None => {}
        }
    }
    if any { first } else { Vec::new() }
}

/// A title as editions share it: signs that tell `C` from `C++` and `C#` stay.
fn title_of_work(title: &str) -> String {
    let telling = title.chars().filter(|c| "+#*$%=@".contains(*c));
    format!("{}|{}", folded_title(title), telling.collect::<String>())
}

/// Whether two items of one kind and title are editions of one work.
fn same_work(one: &Item, other: &Item) -> bool {
    let other_work = OF_WORKS.iter().any(|namespace| {
        let name = |item| names(item).find(|(n, _)| n == namespace).map(|(_, id)| id);
        name(one)
            .zip(name(other))
            .is_some_and(|(one, other)| one != other)
    });
    one.number.map(f64::to_bits) == other.number.map(f64::to_bits)
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
    fn one_film_that_may_be_either_of_two_makes_them_no_one_work() {
        let film = |id: &str| Item {
            ids: [("imdb", id)]
                .into_iter()
                .filter(|(_, id)| !id.is_empty())
                .map(|(n, id)| (n.to_owned(), id.to_owned()))
                .collect(),
            ..book("Solaris", "Stanislaw Lem", 1972, None)
        };
        let films = ["", "tt0069293", "tt0307479"].map(film);
        assert_eq!(works(&films, &Links::default()), [0, 0, 2].map(ItemId));
    }

    #[test]
    fn a_book_printed_again_is_one_work_and_another_volume_or_author_is_not() {
        let items = [
            book("Emma", "Jane Austen", 1815, None),
            book("EMMA", "Austen, Jane", 2003, None),
            book("Emma", "Alexander McCall Smith", 2014, None),
            book("Saga", "Brian K. Vaughan", 2011, None),
            book("Saga", "Brian K. Vaughan", 2012, Some(1.0)),
            book("Saga", "Brian K. Vaughan", 2013, Some(2.0)),
            Item {
                kind: Kind::Film,
                ..book("Emma", "Jane Austen", 1996, None)
            },
            book("C Primer Plus", "Stephen Prata", 1984, None),
            book("C++ Primer Plus", "Stephen Prata", 1991, None),
        ];
        let found = works(&items, &Links::default());
        assert_eq!(found, [0, 0, 2, 3, 4, 5, 6, 7, 8].map(ItemId));
        assert_eq!(works(&items[2..], &Links::default()), [], "each is alone");
    }
}

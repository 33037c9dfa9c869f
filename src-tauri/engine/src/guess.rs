//! Guesses: what a column that no name explains seems to hold, by its values.
//!
//! A guess is shown and never followed: the person says whether it is right. One field is guessed for one
//! column at most.

use std::collections::HashSet;

use crate::catalogue::Kind;
use crate::csvfile::{CsvFile, Record};
use crate::dates::Dates;
use crate::error::Result;
use crate::field::Field;
use crate::identity::{self, identifier};
use crate::number::{self, Numbers};
use crate::plan::Plan;
use crate::specs::Format;

/// Rows that are looked at.
const ROWS: usize = 500;
/// Filled cells that a guess needs.
const FEWEST: usize = 3;

/// What each column seems to hold, where nothing says it; only for a table of no known format.
pub(crate) fn guesses(file: &CsvFile, plan: &Plan) -> Result<Vec<Option<Field>>> {
    let mut guesses = vec![None; file.header.len()];
    if plan.format != Format::Generic || plan.fields.iter().all(Option::is_some) {
        return Ok(guesses);
    }
    let columns = columns(file)?;
    // The surer ones first, and a title last: it is what is left.
    for (field, looks) in LOOKS {
        if plan.has(field) {
            continue;
        }
        let free = |column: usize, guesses: &[Option<Field>]| {
            plan.fields[column].is_none() && guesses[column].is_none()
        };
        let fits = (0..columns.len())
            .filter(|column| free(*column, &guesses) && columns[*column].len() >= FEWEST)
            .find(|column| looks(&columns[*column]));
        if let Some(column) = fits {
            guesses[column] = Some(field);
        }
    }
    Ok(guesses)
}

/// The first filled cells of every column.
fn columns(file: &CsvFile) -> Result<Vec<Vec<String>>> {
    let mut columns = vec![Vec::new(); file.header.len()];
    let (mut records, mut record) = (file.records()?, Record::default());
    for _ in 0..ROWS {
        if !records.next(&mut record)? {
            break;
        }
        if record.problem.is_some() || record.len() > columns.len() {
            continue;
        }
        for (cell, column) in record.iter().zip(&mut columns) {
            let cell = crate::clean::unwrapped(cell).trim();
            if !number::is_missing(cell) {
                column.push(cell.chars().take(400).collect());
            }
        }
    }
    Ok(columns)
}

type Look = fn(&[String]) -> bool;

const LOOKS: [(Field, Look); 10] = [
    (Field::Isbn, |cells| {
        most(cells, |c| identity::isbn(c).is_some())
    }),
    (Field::Imdb, |cells| {
        most(cells, |c| {
            c.starts_with("tt") && identifier("imdb", Kind::Film, c).is_some()
        })
    }),
    (Field::Ean, |cells| {
        most(cells, |c| {
            c.len() >= 12 && identifier("ean", Kind::Product, c).is_some()
        })
    }),
    (Field::Year, |cells| {
        most(cells, |c| {
            c.len() == 4
                && c.parse()
                    .is_ok_and(|year: i32| (1800..=2100).contains(&year))
        })
    }),
    (Field::At, |cells| {
        most(cells, |c| {
            c.len() > 5 && Dates::default().parse(c).is_some()
        })
    }),
    (Field::Price, |cells| {
        most(cells, |c| {
            c.contains(['$', '€', '£', '¥', '￥', '元']) && Numbers::default().parse(c).is_some()
        })
    }),
    (Field::Rating, |cells| {
        numbers(cells).is_some_and(|n| {
            n.iter().all(|n| (0.0..=5.0).contains(n)) && n.iter().any(|n| n.fract() != 0.0)
        })
    }),
    (Field::Description, |cells| {
        length(cells) >= 80 && most(cells, |c| c.contains([' ', '，', '。']))
    }),
    (Field::Genres, |cells| worded(cells) && repeated(cells)),
    (Field::Title, |cells| {
        worded(cells) && length(cells) < 80 && distinct(cells) * 20 >= cells.len() * 19
    }),
];

/// Whether at least nine in ten are so.
fn most(cells: &[String], is: impl Fn(&str) -> bool) -> bool {
    cells.iter().filter(|cell| is(cell)).count() * 10 >= cells.len() * 9
}

fn numbers(cells: &[String]) -> Option<Vec<f64>> {
    cells
        .iter()
        .map(|cell| Numbers::default().parse(cell))
        .collect()
}

/// The usual length of a cell in characters.
fn length(cells: &[String]) -> usize {
    cells.iter().map(|cell| cell.chars().count()).sum::<usize>() / cells.len().max(1)
}

/// Whether they are words, and no numbers, dates or addresses.
fn worded(cells: &[String]) -> bool {
    let word = |cell: &str| {
        cell.chars().any(char::is_alphabetic)
            && !cell.contains("://")
            && Dates::default().parse(cell).is_none()
    };
    most(cells, word) && length(cells) >= 2
}

fn distinct(cells: &[String]) -> usize {
    cells.iter().collect::<HashSet<_>>().len()
}

/// Whether the same few short words come again and again, in lists or alone.
fn repeated(cells: &[String]) -> bool {
    let words: Vec<&str> = cells
        .iter()
        .flat_map(|cell| cell.split(['|', ';', ',', '/', '、', '，']))
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .collect();
    let different: HashSet<&&str> = words.iter().collect();
    let short = words.iter().all(|word| word.chars().count() <= 25);
    short && words.len() >= 6 && different.len() * 2 <= words.len()
}

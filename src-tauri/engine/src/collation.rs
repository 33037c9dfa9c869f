//! The order of titles as readers of a language know it: capitals and accents make no word another, numbers
//! go by their value, Chinese goes by pinyin.
//!
//! It is worked out once for a catalogue and a language. An article at the beginning counts like any
//! other word.

use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;
use rayon::prelude::*;

use crate::catalogue::{Item, ItemId};

/// The places of all titles of a catalogue.
#[derive(Debug)]
pub struct Titles {
    language: String,
    version: u64,
    /// By row; the same for titles that no reader tells apart.
    places: Vec<u32>,
}

impl Titles {
    /// Puts the titles of a version of the catalogue in order, by the language that a BCP 47 tag names; one
    /// that is not known goes by the order that most languages share.
    pub fn of(items: &[Item], version: u64, language: &str) -> Self {
        let collator = collator(language);
        let key = |item: &Item| {
            let mut key = Vec::new();
            if let Some(collator) = &collator {
                let Ok(()) = collator.write_sort_key_to(&item.title, &mut key);
            } else {
                key.extend(item.title.to_lowercase().into_bytes());
            }
            key
        };
        let mut keyed: Vec<(Vec<u8>, usize)> = items
            .par_iter()
            .enumerate()
            .map(|(row, item)| (key(item), row))
            .collect();
        keyed.par_sort_unstable();
        let mut places = vec![0; items.len()];
        let (mut place, mut before) = (0, None);
        for (key, row) in &keyed {
            place += u32::from(before.is_some_and(|before| before != key));
            before = Some(key);
            places[*row] = place;
        }
        Self {
            language: language.to_owned(),
            version,
            places,
        }
    }

    /// The version of the catalogue whose titles they are.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The tag of the language by which they are in order.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Where the title of an item stands, from 0.
    pub fn place(&self, item: ItemId) -> u32 {
        self.places[item.row()]
    }
}

/// None only where the data that is built in does not hold.
fn collator(language: &str) -> Option<CollatorBorrowed<'static>> {
    let locale = Locale::try_from_str(language).unwrap_or(Locale::UNKNOWN);
    let mut wanted = CollatorPreferences::from(&locale);
    wanted.numeric_ordering = Some(CollationNumericOrdering::True);
    CollatorBorrowed::try_new(wanted, CollatorOptions::default()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(language: &str, titles: &[&str]) -> Vec<String> {
        let mut items: Vec<Item> = titles
            .iter()
            .map(|title| Item {
                title: (*title).to_owned(),
                ..Item::default()
            })
            .collect();
        let order = Titles::of(&items, 1, language);
        let mut rows: Vec<usize> = (0..items.len()).collect();
        rows.sort_by_key(|row| order.places[*row]);
        rows.into_iter()
            .map(|row| std::mem::take(&mut items[row].title))
            .collect()
    }

    #[test]
    fn titles_go_as_a_reader_of_the_language_looks_them_up() {
        assert_eq!(
            sorted(
                "en",
                &["zebra", "Éclair", "echo", "Part 10", "Part 2", "eclipse"]
            ),
            ["echo", "Éclair", "eclipse", "Part 2", "Part 10", "zebra"]
        );
        assert_eq!(
            sorted("zh-CN", &["西游记", "红楼梦", "水浒传", "阿Q正传", "边城"]),
            ["阿Q正传", "边城", "红楼梦", "水浒传", "西游记"]
        );
        assert_eq!(sorted("sv", &["ö", "z", "a"]), ["a", "z", "ö"]);
        assert_eq!(sorted("de", &["ö", "z", "a"]), ["a", "ö", "z"]);
    }

    #[test]
    fn a_language_that_is_none_has_an_order_too() {
        assert_eq!(sorted("", &["b", "Á", "a"]), ["a", "Á", "b"]);
        assert_eq!(sorted("no such tag!", &["b", "a"]), ["a", "b"]);
    }
}

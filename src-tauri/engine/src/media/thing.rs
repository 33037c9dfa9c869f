//! A thing: the item that the facts of a group come to.

use std::collections::BTreeSet;

use super::{Facts, Part};
use crate::catalogue::{Item, Kind};
use crate::clean;
use crate::identity;

/// Names that a list keeps …
const LISTED_MAX: usize = 60;
/// … and bytes of one, of a title, and of a description.
const NAME_BYTES_MAX: usize = 500;
const PROSE_BYTES_MAX: usize = 16_000;

/// The key of an item: by an identifier that is given out once, or else as it is described.
pub fn key(item: &Item) -> String {
    for namespace in ["isbn", "imdb", "mbid"] {
        if let Some(id) = item.ids.get(namespace) {
            return identity::named(namespace, id);
        }
    }
    let creator = item.creators.first().map(String::as_str);
    identity::described(item.kind, &item.title, item.year, creator)
}

/// An item within its bounds, nobody in it twice.
pub(super) fn tidied(mut item: Item) -> Item {
    cut(&mut item.title, NAME_BYTES_MAX);
    cut(&mut item.description, PROSE_BYTES_MAX);
    for list in [
        &mut item.creators,
        &mut item.people,
        &mut item.genres,
        &mut item.tags,
        &mut item.languages,
        &mut item.countries,
    ] {
        *list = clean::distinct(list.iter().filter_map(|name| {
            let mut name = clean::line(name);
            cut(&mut name, NAME_BYTES_MAX);
            Some(name).filter(|name| !name.is_empty())
        }));
        list.truncate(LISTED_MAX);
    }
    let creators = item.creators.clone();
    item.people.retain(|name| !creators.contains(name));
    for text in item
        .extra
        .values_mut()
        .chain(item.ids.values_mut())
        .chain(&mut item.series)
    {
        cut(text, NAME_BYTES_MAX);
    }
    item
}

/// The item of a group, whose members come in the order of their names; those that are a whole lead.
/// Without a key.
pub fn merged(members: &[(&str, &Facts)]) -> Item {
    let mut ordered: Vec<&(&str, &Facts)> = members.iter().collect();
    ordered.sort_by_key(|(_, facts)| facts.part.is_some());
    let Some((_, lead)) = ordered.first() else {
        return Item::default();
    };
    let mut item = lead.item.clone();
    let tracks = members
        .iter()
        .filter(|(_, facts)| facts.part == Some(Part::Track));
    let various = item.creators.is_empty() && item.kind == Kind::Music;
    for (_, facts) in ordered.iter().skip(1) {
        let other = &facts.item;
        item.year = item.year.or(other.year);
        if item.description.is_empty() {
            item.description.clone_from(&other.description);
        }
        for (own, others, told) in [
            (&mut item.people, &other.people, &lead.item.people),
            (&mut item.genres, &other.genres, &lead.item.genres),
            (&mut item.tags, &other.tags, &lead.item.tags),
            (&mut item.languages, &other.languages, &lead.item.languages),
        ] {
            // What the whole says of itself is not for its parts to add to.
            if told.is_empty() || lead.part.is_some() {
                own.extend(others.iter().cloned());
            }
        }
        for (namespace, id) in &other.ids {
            item.ids
                .entry(namespace.clone())
                .or_insert_with(|| id.clone());
        }
        item.series = item.series.take().or_else(|| other.series.clone());
        item.number = item.number.or(other.number);
    }
    item = tidied(item);
    if various {
        let mut artists = members.iter().map(|(_, facts)| facts.item.people.first());
        let first = artists.next().flatten().cloned();
        let same = first.is_some() && artists.all(|artist| artist == first.as_ref());
        item.creators = first.filter(|_| same).into_iter().collect();
        item = tidied(item);
    }
    let counts = [
        ("tracks", tracks.count()),
        ("episodes", episodes(members)),
        ("seasons", seasons(members).len()),
    ];
    for (name, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
        item.extra.insert(name.to_owned(), count.to_string());
    }
    item.extra.insert("path".to_owned(), place(members));
    item
}

fn seasons(members: &[(&str, &Facts)]) -> BTreeSet<u32> {
    let seasons = members.iter().filter_map(|(_, facts)| match facts.part {
        Some(Part::Episode { season }) => Some(season),
        _ => None,
    });
    seasons.filter(|season| *season > 0).collect()
}

fn episodes(members: &[(&str, &Facts)]) -> usize {
    let parts = members
        .iter()
        .filter(|(_, facts)| matches!(facts.part, Some(Part::Episode { .. })));
    parts.count()
}

/// The one file, or the folder that all of them are in.
fn place(members: &[(&str, &Facts)]) -> String {
    let mut names = members.iter().map(|(name, _)| *name);
    let first = names.next().unwrap_or_default();
    if members.len() == 1 {
        return first.to_owned();
    }
    let mut common: Vec<&str> = first.split('/').collect();
    common.pop();
    for name in names {
        let same = common
            .iter()
            .zip(name.split('/'))
            .take_while(|(a, b)| **a == *b);
        let same = same.count();
        common.truncate(same);
    }
    common.join("/")
}

fn cut(text: &mut String, most: usize) {
    if text.len() > most {
        let end = (0..=most).rev().find(|end| text.is_char_boundary(*end));
        text.truncate(end.unwrap_or(0));
    }
}

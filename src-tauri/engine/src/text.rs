//! An item's text: the sentences that the encoder reads.
//!
//! Pure: the same item gives the same text, and a text names only what is known of the item.
//! What the vectors of these texts are used for is not decided here.

use crate::catalogue::{Item, Kind};

/// Gives everything worth encoding of an item: title, year, genres, who made it, tags, description.
pub fn full_text(item: &Item) -> String {
    let (made, took_part) = verbs(item.kind);
    let title = match item.year {
        Some(year) => format!("{} ({year}).", item.title),
        None => format!("{}.", item.title),
    };
    let sentences = [
        (!item.title.is_empty()).then_some(title),
        sentence("", &item.genres),
        sentence(made, &item.creators),
        sentence(took_part, &item.people),
        sentence("About ", &item.tags),
        (!item.description.is_empty()).then(|| item.description.clone()),
    ];
    joined(sentences)
}

/// Gives what an item is about: its tags, or its genres where it has none, and its description.
pub fn theme_text(item: &Item) -> String {
    let words = if item.tags.is_empty() {
        &item.genres
    } else {
        &item.tags
    };
    joined([
        (!words.is_empty()).then(|| words.join(", ")),
        (!item.description.is_empty()).then(|| item.description.clone()),
    ])
}

/// How one says who made a thing of this kind, and who took part in it.
fn verbs(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Film => ("Directed by ", "Starring "),
        Kind::Series => ("Created by ", "Starring "),
        Kind::Game => ("Developed by ", "With "),
        Kind::Book | Kind::Music | Kind::Product | Kind::Other => ("By ", "With "),
    }
}

fn sentence(lead: &str, words: &[String]) -> Option<String> {
    (!words.is_empty()).then(|| format!("{lead}{}.", words.join(", ")))
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(list: &[&str]) -> Vec<String> {
        list.iter().map(ToString::to_string).collect()
    }

    fn nosferatu() -> Item {
        Item {
            kind: Kind::Film,
            title: "Nosferatu".into(),
            year: Some(1922),
            creators: words(&["F. W. Murnau"]),
            people: words(&["Max Schreck", "Greta Schröder"]),
            genres: words(&["Horror", "Fantasy"]),
            tags: words(&["vampire", "plague"]),
            description: "A clerk sells a house to a count who never dines.".into(),
            ..Item::default()
        }
    }

    #[test]
    fn full_text_says_everything_that_is_known() {
        assert_eq!(
            full_text(&nosferatu()),
            "Nosferatu (1922). Horror, Fantasy. Directed by F. W. Murnau. \
             Starring Max Schreck, Greta Schröder. About vampire, plague. \
             A clerk sells a house to a count who never dines."
        );
        let book = Item {
            kind: Kind::Book,
            ..nosferatu()
        };
        assert!(full_text(&book).contains(" By F. W. Murnau. With Max Schreck, "));
    }

    #[test]
    fn texts_pass_over_what_is_not_known() {
        let bare = Item {
            title: "Nosferatu".into(),
            ..Item::default()
        };
        assert_eq!(full_text(&bare), "Nosferatu.");
        assert_eq!(theme_text(&bare), "");
        assert_eq!(full_text(&Item::default()), "");
    }

    #[test]
    fn theme_text_falls_back_on_genres() {
        let film = nosferatu();
        let description = &film.description;
        assert_eq!(theme_text(&film), format!("vampire, plague {description}"));
        let untagged = Item {
            tags: Vec::new(),
            ..film.clone()
        };
        assert_eq!(
            theme_text(&untagged),
            format!("Horror, Fantasy {description}")
        );
    }
}

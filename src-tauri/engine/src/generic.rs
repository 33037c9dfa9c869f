//! A catalogue or a log that nobody told Curio of: its columns matched by their common names.
//!
//! English and Chinese names are known, and those of the glossary. What a column means is never taken from its
//! values, except the scale of ratings, which [`crate::import`] takes from the whole column; [`crate::guess`]
//! only proposes.

use std::borrow::Cow;
use std::path::Path;

use crate::catalogue::Kind;
use crate::columns::FINISHED;
use crate::field::Field::{
    Action, At, Basket, Id, Imdb, Isbn, Item, Profile, Quantity, Rating, Stars, Title,
};
use crate::field::same;
use crate::plan::Plan;

/// Columns whose identifiers mean the same in every file.
const NAMESPACES: [(&str, &str); 12] = [
    ("sku", "sku"),
    ("tmdb_id", "tmdb"),
    ("imdbID", "imdb"),
    ("ean", "ean"),
    ("isbn10", "isbn"),
    ("货号", "sku"),
    ("isbn13", "isbn"),
    ("isbn", "isbn"),
    ("asin", "asin"),
    ("imdb_id", "imdb"),
    ("movieId", "movielens"),
    ("book_id", "goodreads"),
];

/// Columns that only one kind of thing has.
const KINDS: [(&str, Kind); 49] = [
    ("isbn", Kind::Book),
    ("isbn13", Kind::Book),
    ("author", Kind::Book),
    ("authors", Kind::Book),
    ("作者", Kind::Book),
    ("书名", Kind::Book),
    ("book", Kind::Book),
    ("director", Kind::Film),
    ("directors", Kind::Film),
    ("movie", Kind::Film),
    ("film", Kind::Film),
    ("导演", Kind::Film),
    ("片名", Kind::Film),
    ("artist", Kind::Music),
    ("artists", Kind::Music),
    ("歌手", Kind::Music),
    ("曲名", Kind::Music),
    ("game", Kind::Game),
    ("developer", Kind::Game),
    ("sku", Kind::Product),
    ("stock", Kind::Product),
    ("库存", Kind::Product),
    ("book title", Kind::Book),
    ("book name", Kind::Book),
    ("书籍", Kind::Book),
    ("书籍名称", Kind::Book),
    ("图书名称", Kind::Book),
    ("movie title", Kind::Film),
    ("movie name", Kind::Film),
    ("film title", Kind::Film),
    ("film name", Kind::Film),
    ("电影", Kind::Film),
    ("电影名", Kind::Film),
    ("电影名称", Kind::Film),
    ("影片名", Kind::Film),
    ("影片名称", Kind::Film),
    ("song", Kind::Music),
    ("song title", Kind::Music),
    ("song name", Kind::Music),
    ("track title", Kind::Music),
    ("track name", Kind::Music),
    ("歌名", Kind::Music),
    ("歌曲", Kind::Music),
    ("歌曲名", Kind::Music),
    ("歌曲名称", Kind::Music),
    ("game title", Kind::Game),
    ("game name", Kind::Game),
    ("游戏名", Kind::Game),
    ("游戏名称", Kind::Game),
];

/// Columns that only a list of one's own has, beside the days on which things were finished.
const PERSONAL: [&str; 3] = ["review", "短评", "标记时间"];

/// Settles what the names of the columns leave open.
pub(crate) fn settle(path: &Path, header: &[Cow<'_, str>], plan: &mut Plan) {
    let has = |name: &str| header.iter().any(|column| same(column, name));
    if plan.has(Title) && !plan.has(Profile) && !plan.has(Quantity) {
        // A catalogue that says with which order a thing came is no till.
        plan.release(Basket);
    }
    let behaviour = plan.has(Profile) || plan.has(Action) || plan.has(Basket);
    let personal = FINISHED.iter().chain(&PERSONAL).any(|name| has(name));
    if (behaviour || personal) && !plan.has(Stars) {
        // Beside a user, an action or a diary's columns a rating is that user's own.
        plan.rebind(Rating, Stars);
    }
    let finished: Vec<usize> = plan.finish_days().collect();
    if !finished.is_empty() {
        // When it was finished says more than when it was added.
        let mut others: Vec<usize> = plan.columns(At).collect();
        others.retain(|column| !finished.contains(column));
        others.into_iter().for_each(|column| plan.bind(At, column));
    }
    if behaviour && !plan.has(Title) && !plan.has(Item) {
        plan.rebind(Id, Item);
    }
    if plan.has(Item) && !plan.has(Title) && !behaviour {
        // `product,price` is a catalogue whose products go by name.
        if !plan.has(Stars) && !plan.has(Quantity) && !plan.has(At) {
            plan.rebind(Item, Title);
        }
    }
    let named = plan.columns(Id).chain(plan.columns(Item)).next();
    if let Some(column) = named {
        let known = NAMESPACES
            .iter()
            .find(|(name, _)| same(&header[column], name));
        plan.namespace = known.map_or("id", |(_, namespace)| namespace);
        plan.ids = known.map_or("", |(_, namespace)| namespace);
        name_further(header, plan, column);
    }
    let told = KINDS.iter().find(|(name, _)| has(name));
    plan.kind = told.map_or_else(|| kind_of_file(path), |(_, kind)| *kind);
}

/// Columns of identifiers beside the one that makes the keys: what they are called elsewhere.
fn name_further(header: &[Cow<'_, str>], plan: &mut Plan, first: usize) {
    let own = plan.namespace;
    for column in plan.columns(Id).collect::<Vec<_>>() {
        let known = NAMESPACES
            .iter()
            .find(|(name, _)| same(&header[column], name));
        let field = match known.map(|(_, namespace)| *namespace) {
            Some(namespace) if namespace == own || column == first => continue,
            Some("isbn") => Isbn,
            Some("imdb") => Imdb,
            _ => continue,
        };
        plan.bind(field, column);
    }
}

/// The kind that a file's name tells: `books.csv`.
fn kind_of_file(path: &Path) -> Kind {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    stem.split(|c: char| !c.is_alphanumeric())
        .find_map(Kind::from_word)
        .unwrap_or(Kind::Other)
}

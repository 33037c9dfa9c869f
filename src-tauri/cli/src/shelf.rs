//! The catalogue as a whole, and single items changed by hand.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use console::style;
use curio_engine::Engine;
use curio_engine::behaviour::ProfileId;
use curio_engine::catalogue::{ItemId, Kind};
use curio_engine::view::{Browse, Browsed, Edit, ItemView, Sort, Standing};
use curio_engine::watch::Watch;

use crate::args::{kind, range};
use crate::columns::{counted, cut, left, page_width, plain, right};
use crate::failure::Failure;
use crate::items;
use crate::print::answer;

/// Items that are asked for at once, to write all.
const PAGE: usize = 1_000;

/// The verbs on the catalogue and on single items.
#[derive(Debug, Subcommand)]
pub enum Shelf {
    /// Lists the catalogue, narrowed down and sorted
    Browse(Box<Question>),
    /// Sets fields of an item by hand; no file changes them again
    Edit {
        /// An id, a key or a title
        item: String,
        /// Such as `title=Solaris` or `genres=Drama;Fantasy`; repeat it
        #[arg(long, required = true, value_name = "FIELD=VALUE")]
        set: Vec<String>,
    },
    /// Gives an item a cover out of a picture file, or takes it away
    Cover {
        /// An id, a key or a title
        item: String,
        /// A PNG, JPEG or WebP picture; none takes the cover away
        file: Option<PathBuf>,
    },
    /// Writes some items into a CSV file
    SaveList {
        file: PathBuf,
        /// Ids, keys or titles
        #[arg(required = true)]
        items: Vec<String>,
    },
}

/// What is asked of the catalogue.
#[derive(Debug, clap::Args)]
pub struct Question {
    #[arg(long, value_name = "NAME")]
    profile: String,
    /// Words to find
    words: Vec<String>,
    #[arg(long, value_parser = kind)]
    kind: Option<Kind>,
    /// Items must have all of them; repeat it
    #[arg(long)]
    genre: Vec<String>,
    /// A creator or another who took part; likewise
    #[arg(long)]
    person: Vec<String>,
    #[arg(long)]
    tag: Vec<String>,
    /// One of them is enough; repeat it
    #[arg(long)]
    language: Vec<String>,
    /// From and to, both included, such as 1970..1979
    #[arg(long, value_name = "FROM..TO", value_parser = range)]
    years: Option<[f64; 2]>,
    /// Likewise
    #[arg(long, value_name = "FROM..TO", value_parser = range)]
    prices: Option<[f64; 2]>,
    #[arg(long)]
    in_stock: bool,
    /// How the profile stands to them
    #[arg(long, value_enum)]
    standing: Option<Stands>,
    #[arg(long, value_enum, default_value = "added")]
    sort: By,
    #[arg(long)]
    descending: bool,
    /// The language in whose order titles are sorted, such as zh
    #[arg(
        long,
        value_name = "TAG",
        default_value = "",
        hide_default_value = true
    )]
    reader: String,
    /// How many to skip
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    from: usize,
    /// How many
    #[arg(short, default_value_t = 20)]
    n: usize,
    /// Write all that is found into a CSV file, such as a price list, in that order
    #[arg(long, value_name = "FILE", conflicts_with_all = ["from", "n"])]
    save: Option<PathBuf>,
}

macro_rules! words {
    ($(#[$meta:meta])* $name:ident: $view:ident { $($word:ident),+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, ValueEnum)]
        pub enum $name { $($word),+ }

        impl From<$name> for $view {
            fn from(word: $name) -> Self {
                match word { $($name::$word => Self::$word),+ }
            }
        }
    };
}

words! { By: Sort { Added, Title, Year, Rating, Popularity, Price, Score, Match } }
words! { Stands: Standing { Open, Wanted, Liked, Disliked, Hidden } }

/// Does what was asked.
pub fn perform(engine: &Engine, asked: Shelf, now: i64, json: bool) -> Result<(), Failure> {
    match asked {
        Shelf::Browse(question) => {
            let profile = engine.find_profile(&question.profile)?;
            let save = question.save.clone();
            let asked = question.browse();
            match save {
                Some(file) => saved(
                    engine.save_list(&all(engine, profile, asked, now)?, &file)?,
                    json,
                ),
                None => answer(json, &engine.browse(profile, &asked, now)?, browsed),
            }
        }
        Shelf::Edit { item, set } => {
            let id = engine.find_item(&item)?;
            let edit = edit(engine.show(id)?, &set)?;
            answer(json, &engine.edit(id, &edit, &Watch::NONE)?, items::item)
        }
        Shelf::Cover { item, file } => {
            let item = engine.set_cover(engine.find_item(&item)?, file.as_deref())?;
            answer(json, &item, items::item)
        }
        Shelf::SaveList { file, items } => {
            let ids: Vec<ItemId> = items
                .iter()
                .map(|item| engine.find_item(item))
                .collect::<Result<_, _>>()?;
            saved(engine.save_list(&ids, &file)?, json)
        }
    }
}

fn saved(written: u64, json: bool) -> Result<(), Failure> {
    answer(json, &written, |n| {
        format!("{} written", counted(*n, "item"))
    })
}

/// All that is found, page by page.
fn all(
    engine: &Engine,
    profile: ProfileId,
    mut asked: Browse,
    now: i64,
) -> Result<Vec<ItemId>, Failure> {
    let mut ids = Vec::new();
    asked.n = PAGE;
    loop {
        asked.from = ids.len();
        let found = engine.browse(profile, &asked, now)?;
        let before = ids.len();
        ids.extend(found.items.iter().map(|placed| placed.item.id));
        if ids.len() >= found.total || ids.len() == before {
            return Ok(ids);
        }
    }
}

impl Question {
    fn browse(self) -> Browse {
        Browse {
            query: self.words.join(" "),
            kind: self.kind,
            genres: self.genre,
            people: self.person,
            tags: self.tag,
            languages: self.language,
            years: self.years.map(|years| years.map(|year| year as i32)),
            prices: self.prices,
            in_stock: self.in_stock,
            standing: self.standing.map(Into::into),
            sort: self.sort.into(),
            descending: self.descending,
            reader: self.reader,
            from: self.from,
            n: self.n,
        }
    }
}

/// The item's fields as they would be after `FIELD=VALUE`; lists are separated by `;`.
fn edit(item: ItemView, set: &[String]) -> Result<Edit, Failure> {
    let mut edit = Edit::from(item);
    for pair in set {
        let (field, value) = pair.split_once('=').unwrap_or((pair.as_str(), ""));
        let list = || value.split(';').map(str::to_owned).collect::<Vec<_>>();
        let refused = || Failure::user(format!("{value:?} cannot be the {field} of an item"));
        match field {
            "kind" => edit.kind = Kind::from_word(value).ok_or_else(refused)?,
            "title" => value.clone_into(&mut edit.title),
            "year" => edit.year = number(value).map_err(|_| refused())?,
            "creators" => edit.creators = list(),
            "people" => edit.people = list(),
            "genres" => edit.genres = list(),
            "tags" => edit.tags = list(),
            "languages" => edit.languages = list(),
            "countries" => edit.countries = list(),
            "description" => value.clone_into(&mut edit.description),
            "price" => edit.price = number(value).map_err(|_| refused())?,
            "stock" => edit.stock = number(value).map_err(|_| refused())?,
            _ => {
                return Err(Failure::user(
                    "the fields are kind, title, year, creators, people, genres, tags, languages, \
                     countries, description, price and stock"
                        .to_owned(),
                ));
            }
        }
    }
    Ok(edit)
}

/// A number, or none where nothing was said.
fn number<T: std::str::FromStr>(value: &str) -> Result<Option<T>, T::Err> {
    match value.trim() {
        "" => Ok(None),
        number => number.parse().map(Some),
    }
}

fn browsed(found: &Browsed) -> String {
    let mut page = String::new();
    let width = page_width().saturating_sub(40);
    for placed in &found.items {
        let item = &placed.item;
        let year = item.year.as_ref().filter(|year| !year.filled);
        let _ = writeln!(
            page,
            "{}  {} {}  {}",
            right(&item.id.to_string(), 7),
            left(&cut(&plain(&item.title), width), width),
            right(
                &year.map_or(String::new(), |year| year.value.to_string()),
                5
            ),
            standing(placed.standing),
        );
    }
    let names = |counts: &[curio_engine::view::Count]| {
        let first = counts.iter().take(6);
        let told = first.map(|count| format!("{} {}", plain(&count.name), count.count));
        told.collect::<Vec<_>>().join(", ")
    };
    let _ = writeln!(page, "\n{} in all", counted(found.total as u64, "item"));
    for (facet, counts) in [
        ("genres", &found.facets.genres),
        ("people", &found.facets.people),
        ("tags", &found.facets.tags),
        ("languages", &found.facets.languages),
    ] {
        if !counts.is_empty() {
            let _ = writeln!(
                page,
                "{}",
                style(format!("{facet}: {}", names(counts))).dim()
            );
        }
    }
    page
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Open => "",
        Standing::Wanted => "wanted",
        Standing::Liked => "liked",
        Standing::Disliked => "disliked",
        Standing::Hidden => "hidden",
    }
}

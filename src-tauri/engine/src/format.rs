//! The formats that Curio knows: which header names them, and what each column becomes.
//!
//! A [`Plan`] is plain data: column → [`Field`], kind, namespace, scales. It is made from the header
//! alone, by names and never by position, and what it does not map is kept as it is. Reading a row by a
//! plan is [`crate::import`]'s work.

use std::path::Path;

use crate::catalogue::Kind;
use crate::error::{Error, Result};
use crate::generic;

macro_rules! fields {
    ($($variant:ident $name:literal),+ $(,)?) => {
        /// What a column becomes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Field { $($variant),+ }

        impl Field {
            /// Every field, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The field's name as it is typed in `field=Column`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

fields! {
    Key "key",
    Id "id",
    Kind "kind",
    Title "title",
    Year "year",
    Creators "creators",
    People "people",
    Genres "genres",
    Tags "tags",
    Languages "languages",
    Countries "countries",
    Description "description",
    Popularity "popularity",
    Rating "rating",
    Price "price",
    Stock "stock",
    Profile "profile",
    Item "item",
    Action "action",
    Stars "stars",
    At "at",
    Note "note",
    Quantity "quantity",
    Extra "extra",
    // Known and left out: it says nothing of the item.
    Ignored "ignored",
}

impl Field {
    /// Finds a field by its name.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        Self::ALL.iter().copied().find(|f| f.name() == name)
    }

    /// Whether it says what was done rather than what a thing is.
    pub fn is_behaviour(self) -> bool {
        matches!(
            self,
            Self::Profile | Self::Item | Self::Action | Self::Stars | Self::Quantity
        )
    }
}

/// A known format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    CurioExport,
    CurioLog,
    MovielensRatings,
    MovielensTags,
    Movielens,
    Goodreads,
    Storygraph,
    Letterboxd,
    Imdb,
    Trakt,
    Calibre,
    Lastfm,
    ShopOrders,
    ShopStock,
    Curio,
    Generic,
}

/// How a format's columns are found and read.
pub(crate) struct Spec {
    pub format: Format,
    pub name: &'static str,
    /// Columns that must be there, each as `a|b` when it has had several names.
    needs: &'static [&'static str],
    columns: &'static [(&'static str, Field)],
    kind: Kind,
    namespace: &'static str,
    /// What a rating by others and one's own are of.
    tops: (f64, f64),
    /// Separators of lists of names and of lists of terms.
    names: &'static str,
    terms: &'static str,
}

use Field::{
    Action, At, Countries, Creators, Description, Extra, Genres, Id, Ignored, Item, Key, Languages,
    Note, People, Popularity, Price, Profile, Quantity, Rating, Stars, Stock, Tags, Title, Year,
};

const SPECS: [Spec; 16] = [
    Spec {
        format: Format::CurioExport,
        name: "curio export",
        needs: &["key", "kind", "title", "extra"],
        columns: &[
            ("key", Key),
            ("kind", Field::Kind),
            ("title", Title),
            ("year", Year),
            ("creators", Creators),
            ("people", People),
            ("genres", Genres),
            ("tags", Tags),
            ("languages", Languages),
            ("countries", Countries),
            ("description", Description),
            ("popularity", Popularity),
            ("rating", Rating),
            ("price", Price),
            ("stock", Stock),
            ("extra", Extra),
        ],
        kind: Kind::Other,
        namespace: "id",
        tops: (5.0, 5.0),
        names: "|",
        terms: "|",
    },
    Spec {
        format: Format::CurioLog,
        name: "curio interactions",
        needs: &["profile", "key|item", "action"],
        columns: &[
            ("profile", Profile),
            ("key", Key),
            ("item", Item),
            ("action", Action),
            ("stars", Stars),
            ("at", At),
            ("date", At),
            ("note", Note),
        ],
        kind: Kind::Other,
        namespace: "id",
        tops: (5.0, 5.0),
        names: "|",
        terms: "|",
    },
    Spec {
        format: Format::MovielensRatings,
        name: "movielens ratings",
        needs: &["userId", "movieId", "rating"],
        columns: &[
            ("userId", Profile),
            ("movieId", Item),
            ("rating", Stars),
            ("timestamp", At),
        ],
        kind: Kind::Film,
        namespace: "movielens",
        tops: (5.0, 5.0),
        names: "|;",
        terms: "|;",
    },
    Spec {
        format: Format::MovielensTags,
        name: "movielens tags",
        needs: &["userId", "movieId", "tag"],
        columns: &[
            ("userId", Profile),
            ("movieId", Item),
            ("tag", Note),
            ("timestamp", At),
        ],
        kind: Kind::Film,
        namespace: "movielens",
        tops: (5.0, 5.0),
        names: "|;",
        terms: "|;",
    },
    Spec {
        format: Format::Movielens,
        name: "movielens",
        needs: &["movieId", "title"],
        columns: &[
            ("movieId", Id),
            ("title", Title),
            ("year", Year),
            ("genres", Genres),
            ("directors", Creators),
            ("director", Creators),
            ("cast", People),
            ("actors", People),
            ("writers", People),
            ("keywords", Tags),
            ("tags", Tags),
            ("languages", Languages),
            ("countries", Countries),
            ("description", Description),
            ("overview", Description),
            ("popularity", Popularity),
        ],
        kind: Kind::Film,
        namespace: "movielens",
        tops: (5.0, 5.0),
        names: "|;",
        terms: "|;",
    },
    Spec {
        format: Format::Goodreads,
        name: "goodreads",
        needs: &["Book Id", "Title", "Exclusive Shelf|My Rating|Bookshelves"],
        columns: &[
            ("Book Id", Id),
            ("Title", Title),
            ("Author", Creators),
            ("Additional Authors", People),
            ("My Rating", Stars),
            ("Average Rating", Rating),
            ("Original Publication Year", Year),
            ("Year Published", Year),
            ("Date Read", At),
            ("Date Added", At),
            ("Bookshelves", Tags),
            ("Exclusive Shelf", Action),
            ("My Review", Note),
            ("Author l-f", Ignored),
            ("Bookshelves with positions", Ignored),
            ("Read Count", Ignored),
        ],
        kind: Kind::Book,
        namespace: "goodreads",
        tops: (5.0, 5.0),
        names: ",",
        terms: ",",
    },
    Spec {
        format: Format::Storygraph,
        name: "storygraph",
        needs: &["Title", "Read Status", "Star Rating|Authors|Author"],
        columns: &[
            ("Title", Title),
            ("Authors", Creators),
            ("Author", Creators),
            ("Contributors", People),
            ("ISBN/UID", Id),
            ("ISBN", Id),
            ("Read Status", Action),
            ("Last Date Read", At),
            ("Date Added", At),
            ("Moods", Tags),
            ("Pace", Tags),
            ("Tags", Tags),
            ("Star Rating", Stars),
            ("Review", Note),
            ("Read Count", Ignored),
            ("Dates Read", Ignored),
        ],
        kind: Kind::Book,
        namespace: "isbn",
        tops: (5.0, 5.0),
        names: ",",
        terms: ",",
    },
    Spec {
        format: Format::Letterboxd,
        name: "letterboxd",
        needs: &["Name", "Year", "Letterboxd URI|Position"],
        columns: &[
            ("Name", Title),
            ("Year", Year),
            ("Rating", Stars),
            ("Watched Date", At),
            ("Date", At),
            ("Tags", Tags),
            ("Review", Note),
            ("Rewatch", Ignored),
            ("Position", Ignored),
            ("Description", Note),
            // It names a diary entry in one file and the film in another.
            ("Letterboxd URI", Ignored),
            ("URL", Ignored),
        ],
        kind: Kind::Film,
        namespace: "",
        tops: (5.0, 5.0),
        names: ",",
        terms: ",",
    },
    Spec {
        format: Format::Imdb,
        name: "imdb",
        needs: &["Const", "Title"],
        columns: &[
            ("Const", Id),
            ("Your Rating", Stars),
            ("You rated", Stars),
            ("Date Rated", At),
            ("Title", Title),
            ("Title Type", Field::Kind),
            ("IMDb Rating", Rating),
            ("Year", Year),
            ("Genres", Genres),
            ("Num Votes", Popularity),
            ("Num. Votes", Popularity),
            ("Directors", Creators),
            ("Position", Ignored),
            ("Created", At),
            ("Modified", Ignored),
            ("Description", Note),
        ],
        kind: Kind::Film,
        namespace: "imdb",
        tops: (10.0, 10.0),
        names: ",",
        terms: ",",
    },
    Spec {
        format: Format::Trakt,
        name: "trakt",
        needs: &["trakt_id", "title"],
        columns: &[
            ("trakt_id", Id),
            ("type", Field::Kind),
            ("title", Title),
            ("year", Year),
            ("released", Year),
            ("genres", Genres),
            ("trakt_rating", Rating),
            ("rating", Stars),
            ("rated_at", At),
            ("watched_at", At),
            ("listed_at", At),
            ("overview", Description),
        ],
        kind: Kind::Film,
        namespace: "trakt",
        tops: (10.0, 10.0),
        names: ",|;",
        terms: ",|;",
    },
    Spec {
        format: Format::Calibre,
        name: "calibre",
        needs: &["title", "authors", "uuid|author_sort|title_sort"],
        columns: &[
            ("uuid", Id),
            ("title", Title),
            ("authors", Creators),
            ("pubdate", Year),
            ("tags", Tags),
            ("languages", Languages),
            ("comments", Description),
            ("rating", Rating),
            ("author_sort", Ignored),
            ("title_sort", Ignored),
            ("library_name", Ignored),
            ("timestamp", Ignored),
            ("size", Ignored),
            ("cover", Ignored),
            ("id", Ignored),
        ],
        kind: Kind::Book,
        namespace: "calibre",
        tops: (5.0, 5.0),
        names: ",&",
        terms: ",",
    },
    Spec {
        format: Format::Lastfm,
        name: "last.fm",
        needs: &["artist", "track", "uts|utc_time"],
        columns: &[
            ("track", Title),
            ("artist", Creators),
            ("uts", At),
            ("utc_time", At),
            ("artist_mbid", Ignored),
            ("album_mbid", Ignored),
            ("track_mbid", Ignored),
        ],
        kind: Kind::Music,
        namespace: "",
        tops: (5.0, 5.0),
        names: "",
        terms: ",",
    },
    Spec {
        format: Format::ShopOrders,
        name: "shop orders",
        needs: &["sku", "customer|customer_id|order_id"],
        columns: &[
            ("customer", Profile),
            ("customer_id", Profile),
            ("sku", Item),
            ("date", At),
            ("order_date", At),
            ("ordered_at", At),
            ("created_at", At),
            ("quantity", Quantity),
            ("qty", Quantity),
            ("note", Note),
        ],
        kind: Kind::Product,
        namespace: "sku",
        tops: (5.0, 5.0),
        names: "|;",
        terms: "|;",
    },
    Spec {
        format: Format::ShopStock,
        name: "shop stock",
        needs: &["sku", "name|title|product"],
        columns: &[
            ("sku", Id),
            ("name", Title),
            ("title", Title),
            ("product", Title),
            ("kind", Field::Kind),
            ("description", Description),
            ("category", Genres),
            ("categories", Genres),
            ("genres", Genres),
            ("brand", Creators),
            ("creators", Creators),
            ("people", People),
            ("tags", Tags),
            ("price", Price),
            ("stock", Stock),
            ("year", Year),
            ("languages", Languages),
            ("countries", Countries),
            ("country", Countries),
            ("popularity", Popularity),
            ("rating", Rating),
        ],
        kind: Kind::Product,
        namespace: "sku",
        tops: (5.0, 5.0),
        names: "|;",
        terms: "|;>",
    },
    Spec {
        format: Format::Curio,
        name: "curio",
        needs: &["id", "kind", "title"],
        columns: &[
            ("id", Id),
            ("kind", Field::Kind),
            ("title", Title),
            ("year", Year),
            ("creators", Creators),
            ("people", People),
            ("genres", Genres),
            ("tags", Tags),
            ("languages", Languages),
            ("countries", Countries),
            ("description", Description),
            ("popularity", Popularity),
            ("rating", Rating),
            ("price", Price),
            ("stock", Stock),
        ],
        kind: Kind::Other,
        namespace: "id",
        tops: (5.0, 5.0),
        names: "|;",
        terms: "|;",
    },
    Spec {
        format: Format::Generic,
        name: "generic",
        needs: &[],
        columns: generic::COLUMNS,
        kind: Kind::Other,
        namespace: "id",
        tops: (0.0, 0.0),
        names: "|;；、",
        terms: "|;；、",
    },
];

/// How one file is to be read.
#[derive(Debug, Clone)]
pub struct Plan {
    pub format: Format,
    /// The format's name.
    pub name: &'static str,
    /// For each column what it becomes; nothing when it is kept as it is.
    pub fields: Vec<Option<Field>>,
    /// Columns by field, the first that is filled counts.
    bound: Vec<(Field, usize)>,
    /// The kind of items whose row names none.
    pub kind: Kind,
    /// The namespace of the identifiers.
    pub namespace: &'static str,
    /// What others' ratings are of; 0 when the column decides.
    pub rating_top: f64,
    /// What one's own ratings are of; 0 when the column decides.
    pub stars_top: f64,
    /// Separators of lists of names.
    pub names: &'static str,
    /// Separators of lists of terms.
    pub terms: &'static str,
    /// What a row means that says nothing of what was done.
    pub implied: Implied,
    /// The order of dates, when the person told it.
    pub dates: Option<crate::dates::Order>,
}

/// What it means that an item stands in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Implied {
    Nothing,
    Finish,
    Want,
    Like,
    Buy,
    Comment,
}

impl Plan {
    /// Makes the plan for a header; `map` overrides what is recognised.
    ///
    /// # Errors
    /// When `map` names a field or a column that does not exist.
    pub fn new(path: &Path, header: &[String], map: &[(String, String)]) -> Result<Self> {
        let spec = recognise(header);
        let mut plan = Self {
            format: spec.format,
            name: spec.name,
            fields: vec![None; header.len()],
            bound: Vec::new(),
            kind: spec.kind,
            namespace: spec.namespace,
            rating_top: spec.tops.0,
            stars_top: spec.tops.1,
            names: spec.names,
            terms: spec.terms,
            implied: Implied::Nothing,
            dates: None,
        };
        for (name, field) in spec.columns {
            let column = header
                .iter()
                .enumerate()
                .position(|(i, column)| plan.fields[i].is_none() && same(column, name));
            if let Some(column) = column {
                plan.bind(*field, column);
            }
        }
        rejected_again(header, &mut plan);
        if spec.format == Format::Generic {
            generic::settle(path, header, &mut plan);
        }
        for (field, column) in map {
            plan.override_with(header, field, column)?;
        }
        plan.implied = plan.implication(path, header);
        Ok(plan)
    }

    /// The columns of a field, in order of preference.
    pub fn columns(&self, field: Field) -> impl Iterator<Item = usize> {
        self.bound
            .iter()
            .filter(move |(f, _)| *f == field)
            .map(|(_, column)| *column)
    }

    /// Whether some column becomes that field.
    pub fn has(&self, field: Field) -> bool {
        self.columns(field).next().is_some()
    }

    pub(crate) fn bind(&mut self, field: Field, column: usize) {
        self.bound.retain(|(_, c)| *c != column);
        self.bound.push((field, column));
        self.fields[column] = Some(field);
    }

    pub(crate) fn rebind(&mut self, from: Field, to: Field) {
        for column in self.columns(from).collect::<Vec<_>>() {
            self.bind(to, column);
        }
    }

    fn release(&mut self, field: Field) {
        for (_, column) in self.bound.iter().filter(|(f, _)| *f == field) {
            self.fields[*column] = None;
        }
        self.bound.retain(|(f, _)| *f != field);
    }

    fn override_with(&mut self, header: &[String], field: &str, column: &str) -> Result<()> {
        if field.trim().eq_ignore_ascii_case("dates") {
            self.dates = crate::dates::Order::from_word(column);
            return match self.dates {
                Some(_) => Ok(()),
                None => Err(Error::Invalid(
                    "dates are day-first or month-first".to_owned(),
                )),
            };
        }
        let Some(field) = Field::from_name(field) else {
            let names: Vec<&str> = Field::ALL.iter().map(|f| f.name()).collect();
            return Err(Error::Invalid(format!(
                "no field called {field:?}; the fields are {}",
                names.join(", ")
            )));
        };
        if let Some(index) = header.iter().position(|name| same(name, column)) {
            self.release(field);
            self.bind(field, index);
            return Ok(());
        }
        if let (Field::Kind, Some(kind)) = (field, Kind::from_word(column)) {
            self.release(field);
            self.kind = kind;
            return Ok(());
        }
        Err(Error::Invalid(format!(
            "no column called {column:?}; the columns are {}",
            header.join(", ")
        )))
    }

    fn implication(&self, path: &Path, header: &[String]) -> Implied {
        let stem = path.file_stem().map(|s| s.to_string_lossy().to_lowercase());
        let stem = stem.unwrap_or_default();
        let folder = path.parent().and_then(Path::file_name);
        let folder = folder.map(|s| s.to_string_lossy().to_lowercase());
        let has = |name: &str| header.iter().any(|column| same(column, name));
        let wanted = ["watchlist", "wishlist", "to-read", "want"]
            .iter()
            .any(|word| stem.contains(word));
        match self.format {
            Format::Letterboxd | Format::Imdb | Format::Trakt if wanted => Implied::Want,
            Format::Letterboxd if stem.contains("likes") || folder.as_deref() == Some("likes") => {
                Implied::Like
            }
            // A list says no more than that its maker thought of the film.
            Format::Letterboxd if has("Position") => Implied::Nothing,
            Format::Letterboxd | Format::Lastfm => Implied::Finish,
            Format::Trakt if has("listed_at") => Implied::Want,
            Format::Trakt if has("watched_at") => Implied::Finish,
            Format::ShopOrders => Implied::Buy,
            Format::MovielensTags => Implied::Comment,
            Format::Generic if self.has(Quantity) => Implied::Buy,
            _ => Implied::Nothing,
        }
    }
}

/// Whether two column names are the same to a person.
pub(crate) fn same(a: &str, b: &str) -> bool {
    let fold = |name: &str| -> String {
        name.chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-'))
            .flat_map(char::to_lowercase)
            .collect()
    };
    a.trim().eq_ignore_ascii_case(b) || fold(a) == fold(b)
}

/// The first format all of whose columns are in the header.
fn recognise(header: &[String]) -> &'static Spec {
    let has = |names: &str| {
        names
            .split('|')
            .any(|name| header.iter().any(|column| same(column, name)))
    };
    SPECS
        .iter()
        .find(|spec| spec.needs.iter().all(|names| has(names)))
        .unwrap_or(&SPECS[SPECS.len() - 1])
}

/// How surely a row is a header: 2 of a known format, 1 of something that has titles or items, 0 not.
pub fn header_likeness(row: &[String]) -> u8 {
    if recognise(row).format != Format::Generic {
        return 2;
    }
    let named = |field: Field| {
        let mut names = generic::COLUMNS.iter().filter(|(_, f)| *f == field);
        names.any(|(name, _)| row.iter().any(|column| same(column, name)))
    };
    let some = Field::ALL.iter().filter(|f| named(**f)).count();
    u8::from(some > 1 && (named(Title) || named(Item) || named(Id)))
}

/// A file of rejected rows that was put right: what was added to it falls away again.
fn rejected_again(header: &[String], plan: &mut Plan) {
    let Some(first) = header.len().checked_sub(REJECT_COLUMNS.len()) else {
        return;
    };
    if header[first..] == REJECT_COLUMNS {
        for column in first..header.len() {
            plan.bind(Ignored, column);
        }
    }
}

/// What a file of rejected rows has behind the columns of the original.
pub const REJECT_COLUMNS: [&str; 3] = ["line", "column", "reason"];

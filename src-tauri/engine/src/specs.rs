//! The formats that Curio knows, as data: which columns name them, and what each column becomes.

mod books;
mod douban;
mod films;
mod music;
mod own;
mod shops;
mod watching;

use crate::catalogue::Kind;
use crate::columns::COLUMNS;
use crate::field::Field;

/// A known format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    CurioExport,
    CurioLog,
    MovielensRatings,
    MovielensTags,
    Movielens,
    MovielensLinks,
    Goodreads,
    Storygraph,
    /// A list of one's own that has no ways of its own, such as Hardcover's.
    Shelf,
    Letterboxd,
    Imdb,
    Trakt,
    TmdbAccount,
    Tmdb,
    Calibre,
    Librarything,
    Lastfm,
    Spotify,
    Douban,
    Shopify,
    ShopOrders,
    ShopStock,
    Curio,
    /// Known, and nothing in it is an item.
    Unfit,
    Generic,
}

impl Format {
    /// Whether its rows tell what was done and name items only in passing: they add to what is known of
    /// an item and change nothing of it.
    pub fn completes(self) -> bool {
        matches!(
            self,
            Self::Letterboxd | Self::Lastfm | Self::Spotify | Self::Trakt | Self::MovielensLinks
        )
    }
}

/// How a format's columns are found and read.
pub(crate) struct Spec {
    pub format: Format,
    pub name: &'static str,
    /// Columns that must be there, each as `a|b` when it has had several names, `Name*` when it only begins so.
    pub needs: &'static [&'static str],
    /// What columns become; `Name*` stands for every column whose name begins so.
    pub columns: &'static [(&'static str, Field)],
    pub kind: Kind,
    /// The namespace of the identifiers in keys …
    pub namespace: &'static str,
    /// … and that in which they name an item everywhere; empty where they do not.
    pub ids: &'static str,
    /// What a rating by others and one's own are of.
    pub tops: (f64, f64),
    /// Separators of lists of names and of lists of terms.
    pub names: &'static str,
    pub terms: &'static str,
}

/// The names of all formats that are read, the generic one last.
pub fn names() -> impl Iterator<Item = &'static str> {
    let read = SPECS.iter().filter(|spec| spec.format != Format::Unfit);
    read.map(|spec| spec.name)
}

/// Every format; the more telling ones first, the generic one last.
pub(crate) const SPECS: [Spec; 37] = [
    own::EXPORT,
    own::LOG,
    films::RATINGS,
    films::TAGS,
    films::MOVIELENS_ACCOUNT,
    films::MOVIELENS,
    films::LINKS,
    books::GOODREADS,
    books::FOR_GOODREADS,
    books::LIBRARYTHING,
    books::LIBRARYTHING_JSON,
    books::STORYGRAPH,
    books::HARDCOVER,
    books::BOOKWYRM,
    films::LETTERBOXD,
    films::FOR_LETTERBOXD,
    films::IMDB,
    watching::PEOPLE,
    watching::TRAKT,
    watching::TRAKT_JSON,
    watching::SIMKL,
    films::TMDB_ACCOUNT,
    films::TMDB,
    books::CALIBRE,
    music::LASTFM,
    music::SPOTIFY,
    douban::MARKS,
    douban::SCRIPT,
    douban::TEXTS,
    shops::SHOPIFY_ORDERS,
    shops::SHOPIFY,
    shops::ORDERS,
    shops::WOOCOMMERCE,
    shops::SQUARE,
    shops::STOCK,
    own::TABLE,
    GENERIC,
];

/// A table of no known format.
const GENERIC: Spec = Spec {
    format: Format::Generic,
    name: "generic",
    needs: &[],
    columns: COLUMNS,
    kind: Kind::Other,
    namespace: "id",
    ids: "",
    tops: (0.0, 0.0),
    names: "|;；、",
    terms: "|;；、",
};

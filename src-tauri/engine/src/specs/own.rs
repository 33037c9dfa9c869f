//! What Curio itself writes, and the simple tables made for it.

use super::{Format, Spec};
use crate::catalogue::Kind;
use crate::field::Field::{
    self, Action, Apart, At, Basket, Countries, Creators, Description, Ean, Extra, Genres, Id,
    Identifiers, Imdb, Isbn, Item, Key, Languages, Mbid, Note, Number, People, Popularity, Price,
    Profile, Rating, Same, Series, Stars, Stock, Tags, Title, Tmdb, Year,
};

/// A catalogue exported from Curio.
pub(super) const EXPORT: Spec = Spec {
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
        ("identifiers", Identifiers),
        ("series", Series),
        ("number", Number),
        ("same", Same),
        ("apart", Apart),
        ("extra", Extra),
    ],
    kind: Kind::Other,
    namespace: "id",
    ids: "",
    tops: (5.0, 5.0),
    names: "|",
    terms: "|",
};

/// A log exported from Curio.
pub(super) const LOG: Spec = Spec {
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
        ("basket", Basket),
    ],
    kind: Kind::Other,
    namespace: "id",
    ids: "",
    tops: (5.0, 5.0),
    names: "|",
    terms: "|",
};

/// A table made for Curio by hand.
pub(super) const TABLE: Spec = Spec {
    format: Format::Curio,
    name: "curio",
    needs: &["id", "kind", "title"],
    columns: &[
        ("isbn", Isbn),
        ("imdb", Imdb),
        ("tmdb", Tmdb),
        ("mbid", Mbid),
        ("ean", Ean),
        ("series", Series),
        ("number", Number),
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
    ids: "",
    tops: (5.0, 5.0),
    names: "|;",
    terms: "|;",
};

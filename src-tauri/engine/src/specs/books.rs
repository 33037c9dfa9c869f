//! Books: Goodreads, StoryGraph, Hardcover, BookWyrm, calibre and LibraryThing.

use super::{Format, Spec};
use crate::catalogue::Kind;
use crate::field::Field::{
    Action, At, Creators, Description, Finishes, Genres, Id, Identifiers, Ignored, Isbn, Languages,
    Note, Number, People, Rating, Series, Stars, Tags, Title, Year,
};

/// A library of Goodreads.
pub(super) const GOODREADS: Spec = Spec {
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
        ("ISBN13", Isbn),
        ("ISBN", Isbn),
        ("Author l-f", Ignored),
        ("Bookshelves with positions", Ignored),
    ],
    kind: Kind::Book,
    namespace: "goodreads",
    ids: "goodreads",
    tops: (5.0, 5.0),
    names: ",",
    terms: ",",
};

/// What Goodreads imports, and Curio writes for it.
pub(super) const FOR_GOODREADS: Spec = Spec {
    format: Format::Goodreads,
    name: "goodreads import",
    needs: &["Title", "Author", "ISBN", "My Rating", "Shelves"],
    columns: &[
        ("ISBN", Id),
        ("Title", Title),
        ("Author", Creators),
        ("My Rating", Stars),
        ("Average Rating", Rating),
        ("Original Publication Year", Year),
        ("Year Published", Year),
        ("Date Read", At),
        ("Date Added", At),
        ("Bookshelves", Tags),
        ("Shelves", Action),
        ("My Review", Note),
    ],
    kind: Kind::Book,
    namespace: "isbn",
    ids: "isbn",
    tops: (5.0, 5.0),
    names: ",",
    terms: ",",
};

/// A library of The StoryGraph, old and new.
pub(super) const STORYGRAPH: Spec = Spec {
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
        ("Dates Read", Finishes),
    ],
    kind: Kind::Book,
    namespace: "isbn",
    ids: "isbn",
    tops: (5.0, 5.0),
    names: ",",
    terms: ",",
};

/// A library of Hardcover.
pub(super) const HARDCOVER: Spec = Spec {
    format: Format::Shelf,
    name: "hardcover",
    needs: &["Title", "Author", "Hardcover Book ID", "Status"],
    columns: &[
        ("ISBN 13", Id),
        ("ISBN 10", Id),
        ("Title", Title),
        ("Author", Creators),
        ("Series", Series),
        ("Status", Action),
        ("Rating", Stars),
        ("Review", Note),
        ("Date Finished", At),
        ("Date Added", At),
        ("Lists", Tags),
    ],
    kind: Kind::Book,
    namespace: "isbn",
    ids: "isbn",
    tops: (5.0, 5.0),
    names: ",",
    terms: ",",
};

/// A library of BookWyrm.
pub(super) const BOOKWYRM: Spec = Spec {
    name: "bookwyrm",
    needs: &["title", "author_text", "remote_id", "shelf|rating"],
    columns: &[
        ("isbn_13", Id),
        ("isbn_10", Id),
        ("title", Title),
        ("author_text", Creators),
        ("shelf", Action),
        ("shelf_name", Ignored),
        ("rating", Stars),
        ("review_content", Note),
        ("finish_date", At),
        ("stopped_date", At),
        ("date_added", At),
    ],
    ..HARDCOVER
};

/// A catalogue of calibre.
pub(super) const CALIBRE: Spec = Spec {
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
        ("isbn", Isbn),
        ("identifiers", Identifiers),
        ("series", Series),
        ("series_index", Number),
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
    ids: "",
    // Stars, or those of earlier versions, which counted to ten.
    tops: (0.0, 5.0),
    names: ",&",
    terms: ",",
};

/// A library of LibraryThing.
pub(super) const LIBRARYTHING: Spec = Spec {
    format: Format::Librarything,
    name: "librarything",
    needs: &[
        "Book Id",
        "Title",
        "Primary Author",
        "Collections|Entry Date|Media",
    ],
    columns: &[
        ("Book Id", Id),
        ("Title", Title),
        ("Primary Author", Creators),
        ("Secondary Author", People),
        ("Date", Year),
        ("Rating", Stars),
        ("Review", Note),
        ("Date Read", At),
        ("Entry Date", At),
        ("Collections", Action),
        ("Tags", Tags),
        ("Subjects", Genres),
        ("Languages", Languages),
        ("ISBN", Isbn),
        ("ISBNs", Isbn),
        ("Series", Series),
        ("Sort Character", Ignored),
        ("Summary", Ignored),
        ("Primary Author Role", Ignored),
        ("Secondary Author Roles", Ignored),
    ],
    kind: Kind::Book,
    namespace: "librarything",
    ids: "librarything",
    tops: (5.0, 5.0),
    names: "|",
    terms: ",|",
};

/// The same in JSON, an object a book.
pub(super) const LIBRARYTHING_JSON: Spec = Spec {
    needs: &[
        "books_id",
        "title",
        "primaryauthor",
        "entrydate|collections|workcode",
    ],
    columns: &[
        ("books_id", Id),
        ("title", Title),
        ("primaryauthor", Creators),
        ("secondaryauthor", People),
        ("date", Year),
        ("rating", Stars),
        ("review", Note),
        ("dateread", At),
        ("entrydate", At),
        ("collections*", Action),
        ("tags", Tags),
        ("genre", Genres),
        ("language", Languages),
        ("isbn.*", Isbn),
        ("isbn", Isbn),
        ("originalisbn", Isbn),
        ("ean.*", Isbn),
        ("series", Series),
        ("primaryauthorrole", Ignored),
        ("secondaryauthorroles", Ignored),
        ("sortcharacter", Ignored),
        ("authors", Ignored),
        ("public", Ignored),
    ],
    ..LIBRARYTHING
};

//! Films and series: MovieLens, Letterboxd, IMDb and TMDb.

use super::{Format, Spec};
use crate::catalogue::Kind;
use crate::field::Field::{
    self, At, Countries, Creators, Description, Genres, Id, Ignored, Imdb, Item, Languages, Note,
    People, Popularity, Profile, Rating, Series, Stars, Tags, Title, Tmdb, Year,
};

/// Ratings of MovieLens.
pub(super) const RATINGS: Spec = Spec {
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
    ids: "",
    tops: (5.0, 5.0),
    names: "|;",
    terms: "|;",
};

/// Tags of MovieLens.
pub(super) const TAGS: Spec = Spec {
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
    ids: "",
    tops: (5.0, 5.0),
    names: "|;",
    terms: "|;",
};

/// Ratings of one's own, as movielens.org gives them out; other programs write the same of 100.
pub(super) const MOVIELENS_ACCOUNT: Spec = Spec {
    format: Format::Movielens,
    name: "movielens account",
    needs: &["movie_id", "imdb_id", "rating", "average_rating", "title"],
    columns: &[
        ("movie_id", Id),
        ("imdb_id", Imdb),
        ("tmdb_id", Tmdb),
        ("rating", Stars),
        ("average_rating", Rating),
        ("title", Title),
    ],
    kind: Kind::Film,
    namespace: "movielens",
    ids: "movielens",
    tops: (0.0, 0.0),
    names: "|;",
    terms: "|;",
};

/// Films of MovieLens.
pub(super) const MOVIELENS: Spec = Spec {
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
        ("imdbId", Imdb),
        ("tmdbId", Tmdb),
    ],
    kind: Kind::Film,
    namespace: "movielens",
    ids: "movielens",
    tops: (5.0, 5.0),
    names: "|;",
    terms: "|;",
};

/// What films of MovieLens are called elsewhere.
pub(super) const LINKS: Spec = Spec {
    format: Format::MovielensLinks,
    name: "movielens links",
    needs: &["movieId", "imdbId|tmdbId"],
    columns: &[("movieId", Id), ("imdbId", Imdb), ("tmdbId", Tmdb)],
    kind: Kind::Film,
    namespace: "movielens",
    ids: "movielens",
    tops: (5.0, 5.0),
    names: "|;",
    terms: "|;",
};

/// The files of an export from Letterboxd.
pub(super) const LETTERBOXD: Spec = Spec {
    format: Format::Letterboxd,
    name: "letterboxd",
    needs: &[
        "Name",
        "Year",
        "Letterboxd URI|Position",
        "Letterboxd URI|URL",
    ],
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
    ids: "",
    tops: (5.0, 5.0),
    names: ",",
    terms: ",",
};

/// What Letterboxd imports, and Curio writes for it.
pub(super) const FOR_LETTERBOXD: Spec = Spec {
    format: Format::Letterboxd,
    name: "letterboxd import",
    needs: &[
        "Title",
        "WatchedDate",
        "Rewatch",
        "imdbID|tmdbID|LetterboxdURI",
    ],
    columns: &[
        ("Title", Title),
        ("Year", Year),
        ("imdbID", Imdb),
        ("tmdbID", Tmdb),
        ("Directors", Creators),
        ("Rating", Stars),
        ("WatchedDate", At),
        ("Tags", Tags),
        ("Review", Note),
        ("Rewatch", Ignored),
        ("LetterboxdURI", Ignored),
    ],
    kind: Kind::Film,
    namespace: "",
    ids: "",
    tops: (5.0, 5.0),
    names: ",",
    terms: ",",
};

/// Ratings, lists and watchlists of IMDb, old and new.
pub(super) const IMDB: Spec = Spec {
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
        ("Director", Creators),
        ("Position", Ignored),
        ("Created", At),
        ("Modified", Ignored),
        ("Description", Note),
    ],
    kind: Kind::Film,
    namespace: "imdb",
    ids: "imdb",
    tops: (10.0, 10.0),
    names: ",",
    terms: ",",
};

/// Ratings, watchlist and favourites of a TMDb account.
pub(super) const TMDB_ACCOUNT: Spec = Spec {
    format: Format::TmdbAccount,
    name: "tmdb account",
    needs: &["TMDb ID", "Type", "Name|Title", "Your Rating|Date Rated"],
    columns: &[
        ("TMDb ID", Id),
        ("IMDb ID", Imdb),
        ("Type", Field::Kind),
        ("Name", Title),
        ("Title", Title),
        ("Release Date", Year),
        ("Rating", Rating),
        ("Your Rating", Stars),
        ("Date Rated", At),
        ("Date Added", At),
    ],
    kind: Kind::Film,
    namespace: "tmdb",
    ids: "tmdb",
    tops: (10.0, 10.0),
    names: "|;",
    terms: "|;",
};

/// A catalogue made from TMDb, as data sets hold it.
pub(super) const TMDB: Spec = Spec {
    format: Format::Tmdb,
    name: "tmdb catalogue",
    needs: &[
        "id",
        "title",
        "vote_average",
        "vote_count|popularity",
        "overview|genres",
    ],
    columns: &[
        ("id", Id),
        ("title", Title),
        ("release_date", Year),
        ("genres", Genres),
        ("keywords", Tags),
        ("original_language", Languages),
        ("production_countries", Countries),
        ("overview", Description),
        ("vote_average", Rating),
        ("vote_count", Popularity),
        ("directors", Creators),
        ("director", Creators),
        ("credits", People),
        ("cast", People),
        ("imdb_id", Imdb),
        ("belongs_to_collection", Series),
    ],
    kind: Kind::Film,
    namespace: "id",
    ids: "tmdb",
    tops: (10.0, 10.0),
    names: "|;,-",
    terms: "|;,-",
};

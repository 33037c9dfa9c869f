//! What was watched, film by film and episode by episode: Trakt and Simkl.

use super::{Format, Spec};
use crate::catalogue::Kind;
use crate::field::Field::{
    self, Action, At, Description, Genres, Id, Ignored, Imdb, Note, Rating, Stars, Title, Tmdb,
    Year,
};

/// Ratings, history, watchlist and collection of Trakt.
pub(super) const TRAKT: Spec = Spec {
    format: Format::Trakt,
    name: "trakt",
    needs: &["trakt_id", "title"],
    columns: &[
        ("episode_trakt_id", Id),
        ("season_trakt_id", Id),
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
        ("last_watched_at", At),
        ("episode_imdb_id", Imdb),
        ("imdb_id", Imdb),
        ("tmdb_id", Tmdb),
        ("id", Ignored),
        ("rank", Ignored),
        ("notes", Note),
        ("action", Ignored),
        ("overview", Description),
    ],
    kind: Kind::Film,
    namespace: "trakt",
    ids: "",
    tops: (10.0, 10.0),
    names: ",|;",
    terms: ",|;",
};

/// The files of an export from Trakt: of every row the film, or the show with its season or episode.
pub(super) const TRAKT_JSON: Spec = Spec {
    name: "trakt export",
    needs: &["movie.ids.trakt|show.ids.trakt"],
    columns: &[
        ("movie.ids.trakt", Id),
        ("episode.ids.trakt", Id),
        ("season.ids.trakt", Id),
        ("show.ids.trakt", Id),
        ("type", Field::Kind),
        ("movie.title", Title),
        ("show.title", Title),
        ("movie.year", Year),
        ("show.year", Year),
        ("rating", Stars),
        ("rated_at", At),
        ("watched_at", At),
        ("last_watched_at", At),
        ("listed_at", At),
        ("movie.ids.imdb", Imdb),
        ("episode.ids.imdb", Imdb),
        ("show.ids.imdb", Imdb),
        ("movie.ids.tmdb", Tmdb),
        ("show.ids.tmdb", Tmdb),
        ("movie.genres", Genres),
        ("show.genres", Genres),
        ("movie.overview", Description),
        ("show.overview", Description),
        ("movie.rating", Rating),
        ("show.rating", Rating),
        ("notes", Note),
        ("id", Ignored),
        ("rank", Ignored),
        ("action", Ignored),
        ("plays", Ignored),
        ("seasons", Ignored),
        ("reset_at", Ignored),
        ("updated_at", Ignored),
        ("last_updated_at", Ignored),
    ],
    ..TRAKT
};

/// Films, series and anime of Simkl with the list that each is on.
pub(super) const SIMKL: Spec = Spec {
    format: Format::Shelf,
    name: "simkl",
    needs: &["SIMKL_ID", "Title", "Watchlist"],
    columns: &[
        ("SIMKL_ID", Id),
        ("Title", Title),
        ("Type", Field::Kind),
        ("Year", Year),
        ("Watchlist", Action),
        ("WatchedDate", At),
        ("Rating", Stars),
        ("Memo", Note),
        ("TMDB", Tmdb),
        ("IMDB", Imdb),
    ],
    kind: Kind::Film,
    namespace: "simkl",
    ids: "",
    tops: (10.0, 10.0),
    names: "|;",
    terms: "|;",
};

/// A list of people that IMDb gives out.
pub(super) const PEOPLE: Spec = Spec {
    format: Format::Unfit,
    name: "it lists people, and no films that they made",
    needs: &["Const", "Name", "Known For"],
    columns: &[],
    kind: Kind::Other,
    namespace: "imdb",
    ids: "",
    tops: (10.0, 10.0),
    names: ",",
    terms: ",",
};

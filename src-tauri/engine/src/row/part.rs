//! A season or an episode: an item of its own, named by its place in the series where nothing else names it.

use super::Line;
use crate::catalogue::Kind;
use crate::clean;
use crate::field::{Field, same};
use crate::identity;
use crate::specs::Format;

impl Line<'_> {
    /// What sort of thing Trakt or TMDb says that it is, such as `show`; in the export of Trakt the first of
    /// its objects says so.
    pub(super) fn sort(&self) -> String {
        if let Some((_, cell)) = self.first(Field::Kind) {
            return clean::line(&cell);
        }
        let named = self.first(Field::Id).map(|(column, _)| column);
        let object = named.and_then(|column| self.plan.header[column].split_once('.'));
        object.map_or("movie", |(sort, _)| sort).to_owned()
    }

    /// Whether the row is of a season or an episode, whose identifiers may be those of the whole.
    pub(super) fn is_part(&self) -> bool {
        matches!(self.plan.format, Format::Trakt | Format::TmdbAccount) && {
            let sort = self.sort().to_lowercase();
            sort.contains("season") || sort.contains("episode")
        }
    }

    /// The title of a part: `Severance: Half Loop`, or `Severance S1E2` where it has none of its own.
    pub(super) fn part_title(&self, whole: &str) -> String {
        let own = self
            .filled(["episodetitle", "episode.title", "season.title"])
            .next();
        if let Some(own) = own {
            return format!("{whole}: {own}");
        }
        let mut title = format!("{whole} ");
        for (sign, number) in ["S", "E"].into_iter().zip(self.place()) {
            title += sign;
            title += &number;
        }
        title.trim_end().to_owned()
    }

    /// The key of what Trakt names; it counts films, shows, seasons and episodes apart.
    pub(super) fn trakt_key(&self, id: &str) -> String {
        let key = identity::named("trakt", &format!("{}-{id}", self.sort()));
        let column = self.first(Field::Id).map(|(column, _)| column);
        // The number is that of the whole.
        let whole = column.is_some_and(|column| same(&self.plan.header[column], "trakt_id"));
        self.placed(key, whole && self.is_part())
    }

    /// The key of what TMDb names: seasons and episodes by their place in the series.
    pub(super) fn tmdb_key(&self, kind: Kind, id: &str) -> String {
        let id = identity::identifier("tmdb", kind, id).unwrap_or_else(|| id.to_owned());
        self.placed(identity::named("tmdb", &id), true)
    }

    fn placed(&self, key: String, part: bool) -> String {
        let place = self.place().filter(|_| part);
        place.fold(key, |key, number| format!("{key}/{number}"))
    }

    /// The numbers of the season and of the episode in it.
    fn place(&self) -> impl Iterator<Item = String> {
        let season = self.filled(["seasonnumber", "episode.season", "season.number"]);
        season
            .take(1)
            .chain(self.filled(["episodenumber", "episode.number"]).take(1))
    }
}

//! Audio: the tags of a track. The album is the thing where there is one, else the track is.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use lofty::config::ParseOptions;
use lofty::file::{TaggedFile, TaggedFileExt as _};
use lofty::picture::PictureType;
use lofty::probe::Probe;
use lofty::tag::{Accessor as _, ItemKey, Tag};

use super::walk::Unit;
use super::{Facts, Part, name};
use crate::catalogue::{Item, Kind};
use crate::clean;
use crate::identity::folded;

/// Reads the tags of a track.
pub fn read(unit: &Unit) -> Result<Option<Facts>, String> {
    let file = tagged(&unit.main.path)?;
    let mut tags: Vec<&Tag> = file.tags().iter().collect();
    let primary = file.primary_tag_type();
    tags.sort_by_key(|tag| tag.tag_type() != primary);
    let said = Said(&tags);
    let pictured = tags.iter().any(|tag| tag.picture_count() > 0);
    let artists = said.all(ItemKey::TrackArtist);
    let makers = said.all(ItemKey::AlbumArtist);
    let date = tags.iter().find_map(|tag| tag.date());
    let year = date
        .map(|date| i32::from(date.year))
        .filter(|year| *year > 0);
    let mut item = Item {
        kind: Kind::Music,
        year,
        genres: clean::distinct(
            said.all(ItemKey::Genre)
                .iter()
                .flat_map(|genre| clean::list(genre, ";|")),
        ),
        languages: said.all(ItemKey::Language),
        ..Item::default()
    };
    let label = said.one(ItemKey::Label);
    item.extra
        .extend(label.map(|label| ("label".to_owned(), label)));
    if let Some(album) = said.one(ItemKey::AlbumTitle) {
        let id = said.one(ItemKey::MusicBrainzReleaseId);
        let by = makers.first().map_or_else(
            // Without an album artist it is one album only where it lies together.
            || format!("in:{}", unit.album_folder()),
            |maker| folded(maker),
        );
        let group = match &id {
            Some(id) => format!("mbid:{id}"),
            None => format!("album:{}|{by}", folded(&album)),
        };
        item.ids.extend(id.map(|id| ("mbid".to_owned(), id)));
        let composers = said.all(ItemKey::Composer);
        item.title = album;
        item.people = clean::distinct(artists.into_iter().chain(composers));
        item.creators = makers;
        return Ok(Some(Facts {
            item,
            group,
            part: Some(Part::Track),
            pictured,
        }));
    }
    match said.one(ItemKey::TrackTitle) {
        Some(title) => {
            item.title = title;
            item.creators = if artists.is_empty() { makers } else { artists };
        }
        None => match name::track(unit.stem()) {
            Some((artist, title)) => {
                item.creators = vec![artist];
                item.title = title;
            }
            None => return Ok(None),
        },
    }
    let id = said.one(ItemKey::MusicBrainzRecordingId);
    item.ids.extend(id.map(|id| ("mbid".to_owned(), id)));
    Ok(Some(Facts {
        group: format!("track:{}", super::key(&item)),
        item,
        part: None,
        pictured,
    }))
}

/// The picture inside a track: its front cover, or else its first.
pub fn picture(path: &Path) -> Result<Option<Vec<u8>>, String> {
    let file = tagged(path)?;
    let pictures = || file.tags().iter().flat_map(Tag::pictures);
    let front = pictures().find(|picture| picture.pic_type() == PictureType::CoverFront);
    let picture = front.or_else(|| pictures().next());
    Ok(picture.map(|picture| picture.data().to_vec()))
}

fn tagged(path: &Path) -> Result<TaggedFile, String> {
    let options = ParseOptions::new().read_cover_art(true);
    // The library bounds what it allocates; that it never panics is more than anyone can promise.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let probe = Probe::open(path).map_err(|error| error.to_string())?;
        let probe = probe.options(options).guess_file_type();
        let probe = probe.map_err(|error| error.to_string())?;
        probe.read().map_err(|error| error.to_string())
    }));
    let read = read.unwrap_or_else(|_| Err("its tags are broken".to_owned()));
    read.map_err(|error| format!("it is no audio file that can be read: {error}"))
}

/// What the tags of a file say, those of its own sort first.
struct Said<'a>(&'a [&'a Tag]);

impl Said<'_> {
    fn one(&self, key: ItemKey) -> Option<String> {
        self.all(key).into_iter().next()
    }

    /// All values of the first tag that has any.
    fn all(&self, key: ItemKey) -> Vec<String> {
        let values = self.0.iter().map(|tag| {
            let values = tag.get_strings(key).flat_map(|value| value.split('\0'));
            clean::distinct(values.map(clean::line).filter(|value| !value.is_empty()))
        });
        values
            .into_iter()
            .find(|all| !all.is_empty())
            .unwrap_or_default()
    }
}

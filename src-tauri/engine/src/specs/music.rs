//! Music: what was played, as exporters of Last.fm write it.

use super::{Format, Spec};
use crate::catalogue::Kind;
use crate::field::Field::{At, Creators, Ignored, Mbid, Title};

/// Plays of Last.fm.
pub(super) const LASTFM: Spec = Spec {
    format: Format::Lastfm,
    name: "last.fm",
    needs: &[
        "artist|artist name",
        "track|track name|song",
        "uts|utc_time|timestamp|played_at|scrobble time|date|datetime",
    ],
    columns: &[
        ("track", Title),
        ("artist", Creators),
        ("uts", At),
        ("utc_time", At),
        ("artist_mbid", Ignored),
        ("album_mbid", Ignored),
        ("track_mbid", Mbid),
        ("mbid", Mbid),
        ("track name", Title),
        ("song", Title),
        ("artist name", Creators),
        ("timestamp", At),
        ("played_at", At),
        ("scrobble time", At),
        ("datetime", At),
        ("date", At),
    ],
    kind: Kind::Music,
    namespace: "",
    ids: "",
    tops: (5.0, 5.0),
    names: "",
    terms: ",",
};

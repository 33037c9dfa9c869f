//! Music: what was played, as exporters of Last.fm and Spotify itself write it.

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
        "uts|utc_time|timestamp|played_at|scrobble time|date|date#*|datetime",
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
        ("date#*", At),
        ("albumid", Ignored),
    ],
    kind: Kind::Music,
    namespace: "",
    ids: "",
    tops: (5.0, 5.0),
    names: "",
    terms: ",",
};

/// Plays of Spotify, the short history and the whole one.
pub(super) const SPOTIFY: Spec = Spec {
    format: Format::Spotify,
    name: "spotify",
    needs: &[
        "artistName|master_metadata_album_artist_name",
        "trackName|master_metadata_track_name",
        "endTime|ts",
        "msPlayed",
    ],
    columns: &[
        ("trackName", Title),
        ("master_metadata_track_name", Title),
        ("artistName", Creators),
        ("master_metadata_album_artist_name", Creators),
        ("endTime", At),
        ("ts", At),
        // How and where it was played, which nobody else need know.
        ("msPlayed", Ignored),
        ("username", Ignored),
        ("platform", Ignored),
        ("conn_country", Ignored),
        ("ip_addr", Ignored),
        ("ip_addr_decrypted", Ignored),
        ("user_agent_decrypted", Ignored),
        ("city", Ignored),
        ("region", Ignored),
        ("reason_start", Ignored),
        ("reason_end", Ignored),
        ("shuffle", Ignored),
        ("skipped", Ignored),
        ("offline", Ignored),
        ("offline_timestamp", Ignored),
        ("incognito_mode", Ignored),
    ],
    kind: Kind::Music,
    namespace: "",
    ids: "",
    tops: (5.0, 5.0),
    names: "",
    terms: ",",
};

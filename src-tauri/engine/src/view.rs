//! Plain answers: the only types that cross a boundary.
//!
//! The CLI's `--json`, the Tauri commands and the generated TypeScript carry exactly these. No type
//! of the store, the index or the encoder appears here.

macro_rules! views {
    ($($(#[$meta:meta])* pub $what:ident $name:ident $body:tt)+) => {
        $(
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
            #[cfg_attr(feature = "types", derive(ts_rs::TS), ts(export))]
            $(#[$meta])*
            pub $what $name $body
        )+
    };
}

mod browse;
mod evaluation;
mod explain;
mod export;
mod folder;
mod friend;
mod import;
mod insight;
mod item;
mod list;
mod merge;
mod profile;
mod search;
mod shop;
mod status;
mod training;

pub use browse::{Browse, Browsed, Count, Facets, Placed, Sort, Standing};
pub use evaluation::{
    Band, Calibrated, Calibration, Curve, Evaluation, Gain, Held, Point, Scored, Turn, TurnStep,
    Turned,
};
pub use explain::{Explained, Moved, Preview, Reason, Term, WithoutEntry, WithoutSignal};
pub use export::{BackedUp, ExportFormat, Written};
pub use folder::{FolderView, Unnoticed, Unwatched};
pub use friend::{FriendAdded, FriendView, TasteShared, Tie};
pub use import::{
    Change, Changed, Content, Examples, Habit, ImportUndone, Imported, LastImport, Mapping, Noted,
    Reject, SavedMapping,
};
pub use insight::{Drift, DriftStep, MapPoint, TasteMap};
pub use item::{Edit, Figure, ItemRef, ItemView};
pub use list::{
    Basket, Ranked, Recommendations, Request, Row, RowKind, Rows, Share, Shared, Together,
};
pub use merge::{Alike, Match, Matches};
pub use profile::{
    Activity, Look, ProfileView, Recorded, WeightChange, WeightStep, WeightView, Weights, What,
};
pub use search::{Found, Hit, Matched, Near};
pub use shop::{Advantage, HeldOut, Recalled};
pub use status::{Encoded, EncoderStatus, EncoderView, Making, Progress, Stage, Status};
pub use training::{TrainedScale, TrainedScope, Training};

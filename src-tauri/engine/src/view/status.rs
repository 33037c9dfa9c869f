//! How the program and its encoders stand, and how far long work is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::LastImport;
use crate::catalogue::Kind;

views! {
    /// How the program stands.
    pub struct Status {
        pub items: usize,
        /// Records that only add to another item.
        pub linked: usize,
        /// How many items there are of each kind that there is.
        pub kinds: BTreeMap<Kind, usize>,
        pub profiles: usize,
        pub entries: u64,
        pub encoder: EncoderStatus,
        /// What was repaired or rebuilt when the data folder was opened, and what failed since.
        pub notices: Vec<String>,
        /// Whether profiles start with weights that were learned here, not with those that ship.
        pub trained: bool,
        pub last_import: Option<LastImport>,
        pub data: String,
    }

    /// The text encoder that serves: its vectors are behind every list, and it reads what is
    /// searched for.
    pub struct EncoderStatus {
        pub name: String,
        pub ready: bool,
        /// Why it is not ready.
        pub problem: Option<String>,
        /// Items with a vector.
        pub encoded: usize,
        /// What is still to be encoded, by the one that serves or by the one that was chosen to.
        pub making: Option<Making>,
    }

    /// Vectors that are not all there yet.
    pub struct Making {
        /// The encoder's name; it serves when they are.
        pub name: String,
        /// Texts of the catalogue that have a vector; an item has up to two texts.
        pub done: u64,
        /// Texts that there are.
        pub total: u64,
    }

    /// An encoder that can be chosen.
    pub struct EncoderView {
        pub name: String,
        /// What it is good for, in the manifest's words.
        pub about: String,
        /// The licence of its weights.
        pub licence: String,
        /// Bytes on the disk.
        pub size: u64,
        /// Texts of about 55 words encoded in a second, as measured on two cores.
        pub texts_per_second: Option<u32>,
        /// Not among what is fetched by default.
        pub optional: bool,
        pub installed: bool,
        /// Why it is not installed, or failed when it was last asked.
        pub problem: Option<String>,
        /// Chosen in this data folder.
        pub chosen: bool,
        /// The one that answers now.
        pub serves: bool,
        /// Texts of the catalogue that it has a vector for.
        pub encoded: u64,
        /// Texts that there are.
        pub texts: u64,
    }

    /// What encoding came to.
    pub struct Encoded {
        /// The encoder that serves now.
        pub encoder: String,
        /// Whether it began to with this.
        pub switched: bool,
        /// Texts that were encoded.
        pub encoded: u64,
        /// Texts that the chosen encoder still lacks.
        pub unencoded: u64,
        /// Stopped by the person; running it again goes on.
        pub cancelled: bool,
    }

    /// Where long work stands.
    pub struct Progress {
        pub stage: Stage,
        pub done: u64,
        pub total: Option<u64>,
    }

    /// The stages of long work, in order.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum Stage {
        /// Rows read, cleaned and stored.
        Store,
        /// Texts indexed for search.
        Index,
        /// Texts turned into vectors.
        Encode,
        /// Profiles learned from.
        Train,
    }
}

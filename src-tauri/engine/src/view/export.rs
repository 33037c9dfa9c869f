//! What goes out of the program into files.

use serde::{Deserialize, Serialize};

views! {
    /// As what an export is written.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum ExportFormat {
        /// catalogue.csv and interactions.csv, and a taste file of each friend.
        Csv,
        /// curio.jsonl, with everything there is.
        Jsonl,
        /// The films of a profile, as Letterboxd imports them.
        Letterboxd,
        /// The books of a profile, as Goodreads imports them.
        Goodreads,
    }

    /// What a backup holds, all of which could be read.
    pub struct BackedUp {
        pub path: String,
        /// When it was written, in milliseconds since 1970-01-01 UTC.
        pub at: i64,
        pub items: u64,
        pub profiles: u64,
        pub entries: u64,
        pub friends: u64,
    }

    /// What an export or a backup wrote, or a restore read.
    pub struct Written {
        pub path: String,
        pub items: u64,
        pub profiles: u64,
        pub entries: u64,
        pub friends: u64,
        /// The backup of what was there, where it was replaced.
        pub before: Option<String>,
    }
}

//! Media folders, and why changes in one are not noticed.

use serde::{Deserialize, Serialize};

views! {
    /// A media folder, and how it was when it was last scanned.
    pub struct FolderView {
        pub path: String,
        /// Milliseconds since 1970-01-01 UTC; nothing before its first scan and after that was undone.
        pub scanned: Option<i64>,
        /// Items that its files told of.
        pub items: u64,
        /// Files of the sorts that are read, the broken ones among them.
        pub files: u64,
        /// Files that were there at the scan before and were not at the last.
        pub gone: u64,
        /// Files that are broken.
        pub rejected: u64,
    }

    /// Why changes in a folder are not noticed.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum Unnoticed {
        /// The system lets no more be watched.
        Full,
        /// It lies on another machine, which does not tell.
        Remote,
        /// It is not there, or cannot be looked into.
        Away,
        /// A folder in it cannot be looked into; what came before that one is watched.
        Partly,
        /// The system has some other reason.
        Refused,
    }

    /// A media folder that is not watched, or of which nothing is heard.
    pub struct Unwatched {
        pub path: String,
        pub why: Unnoticed,
    }
}

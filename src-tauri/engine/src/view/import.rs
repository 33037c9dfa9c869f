//! A file that is taken in: how it is read, what came of it, and how that is undone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::behaviour::Action;

views! {
    /// What a file is read as.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum Content {
        Catalogue,
        Interactions,
    }

    /// A column of a file and what it becomes.
    pub struct Mapping {
        pub column: String,
        /// The field, or nothing when the column is kept as it is.
        pub field: Option<String>,
        /// The first few different cells that are not empty, long ones cut.
        pub samples: Vec<String>,
        /// The field that its values look like, where nothing said what it becomes.
        pub guess: Option<String>,
    }

    /// One respect in which a file is written, as it was found or told.
    pub struct Habit {
        /// `delimiter`, `encoding`, `decimals`, `dates`, `lists`, `scale` or `rows`; told by `name=value` beside the mapping.
        pub name: String,
        pub value: String,
        /// Whether the person said so.
        pub told: bool,
        /// What it could be; other values may be too.
        pub choices: Vec<String>,
    }

    /// A way of reading files of one header that a person keeps.
    pub struct SavedMapping {
        pub name: String,
        /// The columns of the files that it is for.
        pub columns: Vec<String>,
        pub content: Option<Content>,
        /// Pairs of a field and a column, and of what is told of the manner of the file.
        pub map: Vec<(String, String)>,
    }

    /// What a file would change in one field of an item, as text; long texts are cut.
    pub struct Change {
        /// The field, or the column when it is kept as it is.
        pub field: String,
        pub before: String,
        pub after: String,
    }

    /// An item that a file would change.
    pub struct Changed {
        pub title: String,
        pub changes: Vec<Change>,
    }

    /// An entry that a file would add to a log.
    pub struct Noted {
        pub profile: String,
        pub action: Action,
        pub title: String,
    }

    /// The first few of what an import would do, of each sort.
    #[derive(Default)]
    pub struct Examples {
        /// Titles of items.
        pub added: Vec<String>,
        pub changed: Vec<Changed>,
        pub noted: Vec<Noted>,
    }

    /// A row that did not go in.
    pub struct Reject {
        /// Line of the file on which the row begins, from 1.
        pub line: u64,
        pub column: Option<String>,
        pub reason: String,
    }

    /// What an import did, or would do. read = stored + updated + duplicates + rejected.
    pub struct Imported {
        pub file: String,
        /// The format that was recognised, such as `movielens` or `generic`.
        pub format: String,
        pub content: Content,
        pub mapping: Vec<Mapping>,
        pub dry_run: bool,
        pub read: u64,
        pub stored: u64,
        pub updated: u64,
        pub duplicates: u64,
        pub rejected: u64,
        /// The first hundred; all of them are in `rejected_file`.
        pub rejects: Vec<Reject>,
        pub rejected_file: Option<String>,
        /// What was decided about the file, in words: encoding, delimiter, dates.
        pub notes: Vec<String>,
        /// How the file is written.
        pub habits: Vec<Habit>,
        /// The saved mapping by which it was read.
        pub saved: Option<SavedMapping>,
        /// Numbers that were filled for the arithmetic, by field.
        pub filled: BTreeMap<String, u64>,
        /// Texts that were encoded, and those that wait for an encoder.
        pub encoded: u64,
        pub unencoded: u64,
        /// Stopped by the person; what is counted is stored, running it again resumes.
        pub cancelled: bool,
        /// The fields that a column can become, on a dry run.
        pub fields: Vec<String>,
        /// What would be done, on a dry run.
        pub examples: Option<Examples>,
        /// Why nothing can be read by this mapping, on a dry run; otherwise that is an error.
        pub problem: Option<String>,
        /// What came of each table of the file, when it holds several: its mapping and rejected
        /// rows; what is counted here is then of all of them.
        pub parts: Vec<Imported>,
    }

    /// The import that can be undone: the last one, with what resumed it.
    pub struct LastImport {
        /// The name of its file, or of its files.
        pub file: String,
        /// Milliseconds since 1970-01-01 UTC.
        pub at: i64,
    }

    /// What undoing an import did.
    pub struct ImportUndone {
        pub file: String,
        /// Items that it had added and that are gone.
        pub removed: u64,
        /// Items that it had changed and that are as before.
        pub restored: u64,
        /// Items that it had added and that stay: something was done with them since.
        pub kept: u64,
        /// Entries of logs that are gone.
        pub entries: u64,
        /// Profiles that it had made and that are gone.
        pub profiles: u64,
        /// Friends that it had brought and that are gone or as before.
        pub friends: u64,
        /// The backup of what was there before it was undone.
        pub backup: String,
    }
}

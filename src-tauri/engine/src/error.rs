//! The one error of the engine: what operation failed, on what, and why.
//!
//! Bad rows, a missing encoder and a cold start are results, not errors.

use std::path::PathBuf;

use crate::catalogue::ItemId;

/// The underlying cause, whatever library it comes from.
pub type Source = Box<dyn std::error::Error + Send + Sync>;

/// Shorthand for the engine's answers.
pub type Result<T> = std::result::Result<T, Error>;

/// Why an operation did not happen. Messages are lower case and name the thing at fault.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("cannot {doing} {path}", path = path.display())]
    File {
        doing: &'static str,
        path: PathBuf,
        source: std::io::Error,
    },
    /// A CSV file as a whole could not be imported (single bad rows are results).
    #[error("cannot import {path}: {reason}", path = path.display())]
    Import { path: PathBuf, reason: String },
    /// The store could not be opened, read or written.
    #[error("cannot {doing} the store")]
    Store { doing: &'static str, source: Source },
    /// The search index could not be opened, read or written.
    #[error("cannot {doing} the search index")]
    Search { doing: &'static str, source: Source },
    /// The encoder could not be loaded or run.
    #[error("cannot encode: {reason}")]
    Encode {
        reason: String,
        source: Option<Source>,
    },
    /// Another window or program has the data folder open.
    #[error("the data folder {data} is open in another window or program", data = .0.display())]
    InUse(PathBuf),
    /// Nothing goes by that name; `near` are the names that are like it, if any.
    #[error("no {what} called {name:?}{meant}", meant = meant(near))]
    NotFound {
        what: &'static str,
        name: String,
        near: Vec<String>,
    },
    /// More than one item goes by that name.
    #[error("{name:?} is the title of {count} items; use one of the ids {ids}", count = ids.len(), ids = listed(ids))]
    Ambiguous { name: String, ids: Vec<ItemId> },
    /// The request itself makes no sense.
    #[error("{0}")]
    Invalid(String),
    /// The caller cancelled; what was acknowledged before stays.
    #[error("cancelled")]
    Cancelled,
}

/// The few distinctions that a caller branches on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The person who asked can put it right.
    User,
    /// The caller asked to stop.
    Cancelled,
    /// The machine or the program is at fault.
    Internal,
}

impl ErrorKind {
    /// The kind's name as callers are told it.
    pub fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Cancelled => "cancelled",
            Self::Internal => "internal",
        }
    }
}

impl Error {
    /// Says who can put it right.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Cancelled => ErrorKind::Cancelled,
            Self::Store { .. } | Self::Search { .. } | Self::Encode { .. } => ErrorKind::Internal,
            _ => ErrorKind::User,
        }
    }

    /// The message followed by every cause below it, joined with `: `.
    pub fn chain(&self) -> String {
        let mut text = self.to_string();
        let mut cause = std::error::Error::source(self);
        while let Some(error) = cause {
            text = format!("{text}: {error}");
            cause = error.source();
        }
        text
    }

    /// That nothing goes by a name which nobody typed, so that none like it is proposed.
    pub(crate) fn not_found(what: &'static str, name: impl Into<String>) -> Self {
        Self::NotFound {
            what,
            name: name.into(),
            near: Vec::new(),
        }
    }

    pub(crate) fn file(
        doing: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::File {
            doing,
            path,
            source,
        }
    }

    pub(crate) fn store<E: Into<Source>>(doing: &'static str) -> impl FnOnce(E) -> Self {
        move |source| Self::Store {
            doing,
            source: source.into(),
        }
    }

    pub(crate) fn search<E: Into<Source>>(doing: &'static str) -> impl FnOnce(E) -> Self {
        move |source| Self::Search {
            doing,
            source: source.into(),
        }
    }
}

fn meant(near: &[String]) -> String {
    let quoted: Vec<String> = near.iter().map(|name| format!("{name:?}")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => format!("; did you mean {one}?"),
        [first @ .., last] => format!("; did you mean {} or {last}?", first.join(", ")),
    }
}

fn listed(ids: &[ItemId]) -> String {
    let ids: Vec<String> = ids.iter().take(8).map(ToString::to_string).collect();
    ids.join(", ")
}

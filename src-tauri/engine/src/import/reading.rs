//! What comes of reading a file: how it was read, and each row of it.

use crate::catalogue::Item;
use crate::logged::Statement;
use crate::row::Interaction;
use crate::view::{Content, Habit, Mapping, SavedMapping};

/// What became of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// What the row says; an item, interactions, or both.
    Good {
        item: Option<Box<Item>>,
        interactions: Vec<Interaction>,
    },
    /// What a row of a log that Curio wrote says of no item.
    Said(Box<Statement>),
    /// Why the row says nothing.
    Bad {
        /// The column at fault, when it is one.
        column: Option<String>,
        reason: String,
        /// The cells as they stand in the file.
        record: Vec<String>,
    },
}

/// One row of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Bytes of the file read so far.
    pub bytes: u64,
    pub outcome: Outcome,
}

/// How a file was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The format that was recognised, such as `movielens` or `generic`.
    pub format: &'static str,
    pub content: Content,
    /// Every column and what it became.
    pub mapping: Vec<Mapping>,
    /// What was decided, in words: encoding, delimiter, dates, scales.
    pub notes: Vec<String>,
    /// How the file is written.
    pub habits: Vec<Habit>,
    /// The saved mapping by which it is read.
    pub saved: Option<SavedMapping>,
    /// The columns as the file names them.
    pub header: Vec<String>,
    /// Rows read so far, good and bad.
    pub read: u64,
    /// Why nothing can be read by this mapping; on a dry run alone, so that it can be mended.
    pub problem: Option<String>,
}

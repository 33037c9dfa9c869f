//! Newcomers: profiles that a file names and nobody had before, counted, the first of them by name.

use std::collections::HashSet;

use super::marks::hash;

/// How many are named.
const NAMED: usize = 5;

/// The profiles that are new with a file.
#[derive(Debug, Default)]
pub(super) struct Newcomers {
    count: usize,
    first: Vec<String>,
    /// Those that are not in the store yet, by hashes of their names; on a dry run all of them.
    waiting: HashSet<u128>,
}

impl Newcomers {
    /// Begins to count for a file.
    pub(super) fn begin(&mut self) {
        self.count = 0;
        self.first.clear();
    }

    /// Counts a name that no profile has, once.
    pub(super) fn add(&mut self, name: &str) {
        if !self.waiting.insert(hash(name)) {
            return;
        }
        self.count += 1;
        if self.first.len() < NAMED {
            self.first.push(name.to_owned());
        }
    }

    /// All of them are profiles by now.
    pub(super) fn settle(&mut self) {
        self.waiting.clear();
    }

    /// How many came with the file, and the first of them by name: one may be an old one mistyped.
    pub(super) fn note(&self) -> Option<String> {
        let first = self.first.iter().map(|name| format!("{name:?}"));
        let first = first.collect::<Vec<_>>().join(", ");
        let more = if self.count > NAMED { ", …" } else { "" };
        (self.count > 0).then(|| format!("new profiles: {} ({first}{more})", self.count))
    }
}

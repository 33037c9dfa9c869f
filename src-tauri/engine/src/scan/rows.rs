//! A scan as a source: its rows one after the other, the picture of each, and what is remembered at the end.

use std::path::{Path, PathBuf};

use super::{Given, Scan};
use crate::error::Result;
use crate::import::{Outcome, Reading, Row};
use crate::media;
use crate::remembered::{Remembered, Told};
use crate::source::{Art, Source};

/// What cannot be told from another name by its text is never remembered.
const UNREADABLE: char = '\u{fffd}';
/// Remarks that are kept.
const REMARKS_MAX: usize = 10;

impl Source for Scan<'_> {
    fn reading(&self) -> &Reading {
        &self.reading
    }

    fn next_row(&mut self) -> Result<Option<Row>> {
        let Some(given) = self.rows.next() else {
            return Ok(None);
        };
        self.done += 1;
        self.reading.read += 1;
        let outcome = match &given {
            Given::Thing { key, members } => Outcome::Good {
                item: Some(Box::new(self.item(key, members)?)),
                interactions: Vec::new(),
            },
            Given::Broken { name, reason } => Outcome::Bad {
                column: None,
                reason: format!("{name}: {reason}"),
                record: vec![name.clone()],
            },
        };
        self.latest = Some(given);
        Ok(Some(Row {
            line: self.done,
            bytes: self.done,
            outcome,
        }))
    }

    fn cells(&self) -> Vec<String> {
        match &self.latest {
            Some(Given::Broken { name, .. }) => vec![name.clone()],
            Some(Given::Thing { members, .. }) => {
                let names = members.first().map(|at| self.units[*at].main.name.clone());
                names.into_iter().collect()
            }
            None => Vec::new(),
        }
    }

    fn size(&self, _path: &Path) -> u64 {
        self.done + self.rows.len() as u64
    }

    fn rejects_beside(&self, path: &Path, elsewhere: &Path) -> PathBuf {
        // Nothing is ever written into a folder of media, nor beside it.
        elsewhere.join(path.file_name().unwrap_or("folder".as_ref()))
    }

    fn art(&mut self) -> Art {
        let Some(Given::Thing { members, .. }) = &self.latest else {
            return Art::Same;
        };
        let whole = members
            .iter()
            .copied()
            .filter(|at| match &self.known[*at].told {
                // A picture of an episode is none of the series.
                Told::Facts(facts) => !matches!(facts.part, Some(media::Part::Episode { .. })),
                _ => false,
            });
        let whole: Vec<usize> = whole.collect();
        let beside = whole.iter().find(|at| self.units[**at].art().is_some());
        let inside = || {
            whole.iter().find(|at| match &self.known[**at].told {
                Told::Facts(facts) => facts.pictured,
                _ => false,
            })
        };
        let Some(chosen) = beside.or_else(inside).copied() else {
            for at in whole {
                self.known[at].art = false;
            }
            return Art::None;
        };
        let same = self.known[chosen].taken && self.known[chosen].art;
        for at in whole {
            self.known[at].art = at == chosen;
        }
        if same || self.dry_run {
            return Art::Same;
        }
        match media::picture(&self.units[chosen]) {
            Ok(Some(picture)) => Art::Picture(picture),
            Ok(None) => Art::None,
            Err(reason) => {
                self.remark(reason);
                Art::None
            }
        }
    }

    fn remark(&mut self, said: String) {
        self.remarks += 1;
        let name = self.cells().into_iter().next().unwrap_or_default();
        if self.reading.notes.len() < REMARKS_MAX {
            self.reading.notes.push(format!("{name}: {said}"));
        }
    }

    fn taken(&mut self) {
        if let Some(Given::Thing { key, members }) = &self.latest {
            for at in members {
                self.known[*at].key.clone_from(key);
                self.known[*at].taken = true;
            }
        }
    }

    fn stopped(&self) -> bool {
        self.stopped
    }

    fn finish(mut self: Box<Self>) -> Result<Reading> {
        self.reading.notes = self.notes();
        if !self.dry_run {
            let names = self.units.iter().map(|unit| unit.main.name.clone());
            let mut files = std::mem::take(&mut self.unseen);
            let all = names.zip(std::mem::take(&mut self.known));
            files.extend(all.filter(|(name, _)| !name.contains(UNREADABLE)));
            Remembered::of(&self.root, files).save(self.store.data())?;
        }
        if !self.stopped {
            self.told.borrow_mut().push(self.counts);
        }
        Ok(self.reading)
    }
}

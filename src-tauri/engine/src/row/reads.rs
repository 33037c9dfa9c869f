//! The readings that a row tells of beside its verdict, and what a shelf or a collection says was done.

use super::Line;
use crate::behaviour::Action;
use crate::clean;
use crate::field::Field;
use crate::number;
use crate::specs::Format;
use crate::words::action_of;

/// The shortest time in which a piece of music counts as heard, in milliseconds.
const HEARD_MILLIS: f64 = 30_000.0;

impl Line<'_> {
    /// The days on which it was finished, in order: of `2021/01/20-2021/02/03, 2022/05/01` the second and
    /// the third. What is no whole date is passed over.
    pub(super) fn reads(&self) -> Vec<i64> {
        let mut reads = Vec::new();
        for column in self.plan.columns(Field::Finishes) {
            let (cell, dates) = (self.cell(column), &self.habits.dates[column]);
            for read in cell.split([',', ';', '|']) {
                let read = read.trim();
                let last = || {
                    read.rsplit_once(['-', '–', '—'])
                        .map(|(_, last)| last.trim())
                };
                reads.extend(dates.parse(read).or_else(|| dates.parse(last()?)));
            }
        }
        reads.sort_unstable();
        reads.dedup();
        reads
    }

    /// The days of a cell that holds one, or several as `2010-05-01, 2015-01-02`, in order; none where it holds
    /// anything else.
    pub(super) fn days(&self, column: usize, cell: &str) -> Vec<i64> {
        let dates = &self.habits.dates[column];
        if let Some(at) = dates.parse(cell) {
            return vec![at];
        }
        let days = cell.split([',', ';', '|']).map(|day| dates.parse(day));
        let mut days: Vec<i64> = days.collect::<Option<_>>().unwrap_or_default();
        days.sort_unstable();
        days
    }

    /// Of several days in the first filled column of dates those before the last.
    pub(super) fn earlier(&self) -> Vec<i64> {
        let Some((column, cell)) = self.first(Field::At) else {
            return Vec::new();
        };
        let mut days = self.days(column, &cell);
        days.pop();
        days
    }

    /// Whether the first of the columns of dates is filled, which says when it was finished.
    pub(super) fn dated(&self) -> bool {
        let column = self.plan.columns(Field::At).next();
        column.is_some_and(|column| !number::is_missing(&self.cell(column)))
    }

    /// Whether a date says that it was finished.
    pub(super) fn is_finished(&self) -> bool {
        let mut days = self.plan.finish_days();
        days.any(|column| !number::is_missing(&self.cell(column))) || !self.reads().is_empty()
    }

    /// Whether the day of the row is the one on which it was entered, where the format tells it apart from
    /// the one on which it was done.
    pub(super) fn entered(&self) -> Option<bool> {
        if self.plan.format != Format::Letterboxd {
            return None;
        }
        let (column, _) = self.first(Field::At)?;
        Some(self.plan.is_entry_day(column))
    }

    /// Whether it was played for too short a time to have been heard.
    pub(super) fn is_skipped(&self) -> bool {
        if self.plan.format != Format::Spotify {
            return false;
        }
        let played = self.filled(["msplayed"]).next();
        let played = played.and_then(|cell| cell.parse::<f64>().ok());
        played.is_some_and(|millis| millis < HEARD_MILLIS)
    }

    /// What the collections of LibraryThing and a date of reading say was done.
    pub(super) fn collected(&self) -> Option<Action> {
        let collections = self.first(Field::Action).map(|(_, cell)| cell);
        let collections = collections.unwrap_or_default();
        let mut names = collections.split([',', '|', ';']).map(clean::line);
        let told = names.find_map(|name| action_of(&name));
        told.or_else(|| self.dated().then_some(Action::Finish))
    }
}

//! Reading a file of a person's own: rows in, items and interactions out, each bad row with its reason.
//!
//! Every record of the file becomes exactly one [`Row`], good or bad, so that read = good + bad. Rows
//! come one at a time and nothing is kept of them; nothing is stored here, and no value that is missing
//! is made up.

mod holds;
mod reading;
mod told;

use std::borrow::Cow;
use std::path::Path;

use crate::catalogue::Item;
use crate::csvfile::{CsvFile, Record, Records};
use crate::error::{Error, Result};
use crate::format;
use crate::guess::guesses;
use crate::manner::habit;
use crate::plan::Plan;
use crate::row::{Built, Habits, Remarks, build, statement};
use crate::samples::samples;
use crate::specs::Format;
use crate::survey;
use crate::variants::Variants;
use crate::view::{Content, Mapping, SavedMapping};

pub use crate::logged::{Logged, Said};
pub use crate::row::Interaction;
pub use reading::{Outcome, Reading, Row};

use holds::{assumed, counted_as, holds, leaves_open, unmapped, unpriced};
use told::{Told, headless};

/// How a file is to be read.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// What it holds; recognised from its header when not given.
    pub content: Option<Content>,
    /// `field=Column` pairs that override what was recognised; `kept=Column` keeps a column as it is,
    /// `ignored=Column` leaves it out. Beside them what is told of how the file is written, by
    /// [`crate::manner`], and `mapping=NAME` or `mapping=none` for a saved mapping or for none.
    pub map: Vec<(String, String)>,
    /// The mappings that were saved, of which one may fit the file.
    pub saved: Vec<SavedMapping>,
    /// The profile for interactions in a file that names none.
    pub profile: Option<String>,
    /// Say what would happen and write nothing.
    pub dry_run: bool,
}

/// A file that is being read.
pub struct Reader {
    plan: Plan,
    habits: Habits,
    names: Vec<String>,
    file: CsvFile,
    records: Records,
    record: Record,
    remarks: Remarks,
    variants: Variants,
    reading: Reading,
    short: u64,
    items: bool,
    interactions: bool,
    /// The list whose numbers they were said to be.
    list: Option<String>,
}

impl Reader {
    /// Opens a file, recognises its format and looks once over all of it for how it writes numbers and
    /// dates.
    ///
    /// # Errors
    /// When the file cannot be read, is no CSV, holds neither titles nor interactions, or when the
    /// options name a column or field that does not exist.
    pub fn open(path: &Path, options: &ImportOptions) -> Result<Self> {
        let told = Told::of(path, options)?;
        let Told {
            mut file, whole, ..
        } = told;
        if let Some(names) = headless(&file)? {
            file.name_columns(names);
        }
        let mut plan = format::plan(path, &file.header, &told.map)?;
        plan.implied = told.manner.rows.unwrap_or(plan.implied);
        let refuse = |reason: String| Error::Import {
            path: path.to_path_buf(),
            reason,
        };
        let (held, problem) = match holds(&plan, told.content) {
            Ok(held) => (held, None),
            // Prose, for one, has no columns that somebody could tell anything of.
            Err(what) if !file.even && file.header.len() > 1 => {
                let line = file.header_line;
                return Err(refuse(format!(
                    "it looks like no table: {what}, and most of its lines have other numbers of \
                     cells than line {line}"
                )));
            }
            Err(what) if plan.format == Format::Unfit => return Err(refuse(what.to_owned())),
            Err(what) if options.dry_run => {
                let content = told.content.unwrap_or(Content::Catalogue);
                ((content, false, false), Some(what.to_owned()))
            }
            Err(what) => {
                let guesses = guesses(&file, &plan)?;
                return Err(refuse(unmapped(what, &file.header, &guesses)));
            }
        };
        let (content, items, interactions) = held;
        let (plan, habits) = survey::survey(&file, whole.as_ref(), plan, &told.manner)?;
        let mut notes = survey::notes(&file, &plan, &habits);
        if interactions && assumed(&plan) {
            notes.push("no column says what was done: every row counts as finish".to_owned());
        }
        if told.manner.rows.is_none() {
            notes.extend(counted_as(&plan));
        }
        notes.extend(unpriced(&plan));
        if let Some(saved) = &told.saved {
            notes.push(format!("read by the saved mapping {:?}", saved.name));
        }
        let samples = samples(&file)?;
        let guesses = guesses(&file, &plan)?;
        let columns = file.header.iter().zip(&plan.fields);
        let mapping = columns.zip(samples).zip(guesses);
        let mapping = mapping.map(|(((column, field), samples), guess)| Mapping {
            column: column.clone(),
            field: field.map(|f| f.name().to_owned()),
            samples,
            guess: guess.map(|f| f.name().to_owned()),
        });
        let mut manners = survey::habits(&file, &plan, &habits, &told.manner);
        if leaves_open(&plan) {
            let asked = told.manner.rows.is_some();
            manners.push(habit("rows", plan.implied.name(), asked));
        }
        let reading = Reading {
            format: plan.name,
            content,
            mapping: mapping.collect(),
            notes,
            habits: manners,
            saved: told.saved,
            header: file.header.clone(),
            read: 0,
            problem,
        };
        Ok(Self {
            names: distinct_names(&file.header),
            records: file.records()?,
            record: Record::default(),
            remarks: Remarks::default(),
            variants: Variants::of(&plan),
            plan,
            habits,
            reading,
            short: 0,
            items,
            interactions,
            list: told.manner.numbers,
            file,
        })
    }

    /// How the file is read, so far.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// Whether the items of this file only add to what is known of them.
    pub fn completes(&self) -> bool {
        self.plan.format.completes()
    }

    /// Whether its items go by numbers that every list gives out for itself.
    pub(crate) fn is_numbered(&self) -> bool {
        self.plan.is_numbered()
    }

    /// Whether a further row of an item is no news of it.
    pub(crate) fn repeats(&self) -> bool {
        self.plan.format != Format::CurioExport && !self.completes()
    }

    /// What its first rows say that can be read.
    pub(crate) fn beginning(&self, rows: usize) -> Result<Vec<(Option<Item>, Vec<Interaction>)>> {
        let (mut records, mut record) = (self.file.records()?, Record::default());
        let mut variants = Variants::of(&self.plan);
        let mut said = Vec::new();
        for _ in 0..rows {
            if !records.next(&mut record)? {
                break;
            }
            if record.problem.is_some() || record.len() > self.names.len() {
                continue;
            }
            let whole = variants.whole(&record);
            let built = whole.map(|row| build(&self.plan, &self.habits, &self.names, &row));
            if let Some(Ok(built)) = built {
                said.push((built.item, built.interactions));
            }
        }
        Ok(said)
    }

    /// The list whose numbers those of this file are, as its owner said.
    pub(crate) fn told_list(&self) -> Option<&str> {
        self.list.as_deref()
    }

    /// Takes its numbers for those of a list, and says why.
    pub(crate) fn number_by(&mut self, list: &str, note: String) {
        list.clone_into(&mut self.plan.list);
        self.reading.notes.push(note);
    }

    /// Says why nothing can be read as it was told.
    pub(crate) fn object(&mut self, problem: String) {
        self.reading.problem = Some(problem);
    }

    /// Leaves out of what is told how the file is written.
    pub(crate) fn leave_out(&mut self, habits: &[&str]) {
        let told = |name: &str| !habits.contains(&name);
        self.reading.habits.retain(|habit| told(&habit.name));
    }

    /// The cells of the latest row as they stand in the file.
    pub fn cells(&self) -> Vec<String> {
        self.record.iter().map(str::to_owned).collect()
    }

    /// Reads the next row; nothing at the end of the file.
    pub fn next_row(&mut self) -> Result<Option<Row>> {
        if !self.records.next(&mut self.record)? {
            return Ok(None);
        }
        self.reading.read += 1;
        let outcome = self.outcome();
        Ok(Some(Row {
            line: self.record.line,
            bytes: self.records.bytes(),
            outcome,
        }))
    }

    /// Ends the reading.
    pub fn finish(mut self) -> Reading {
        if self.short > 0 {
            let note = format!(
                "rows with fewer cells than the header: {}; the missing ones count as empty",
                self.short
            );
            self.reading.notes.push(note);
        }
        self.reading.notes.extend(self.remarks.notes(&self.plan));
        self.reading
    }

    fn outcome(&mut self) -> Outcome {
        let record = &self.record;
        let width = self.names.len();
        if let Some(problem) = &record.problem {
            return bad(record, None, problem.clone());
        }
        if record.iter().all(|cell| cell.trim().is_empty()) {
            return bad(record, None, "the row is empty".to_owned());
        }
        if record.iter().skip(width).any(|c| !c.trim().is_empty()) {
            let cells = record.len();
            let reason = format!("{cells} cells where the header has {width}");
            return bad(record, None, reason);
        }
        match self.variants.whole(record) {
            Some(Cow::Borrowed(_)) => {}
            // Should it be rejected, it will stand for itself.
            Some(Cow::Owned(whole)) => self.record = whole,
            // Nothing is left of a row that is one more picture of the product above.
            None => {
                return Outcome::Good {
                    item: None,
                    interactions: Vec::new(),
                };
            }
        }
        let record = &self.record;
        if self.plan.format == Format::CurioLog && self.interactions {
            match statement(&self.plan, &self.habits, record) {
                Ok(None) => {}
                Ok(Some(said)) => return Outcome::Said(Box::new(said)),
                Err(fault) => {
                    let column = fault.column.map(|c| self.names[c].clone());
                    return bad(record, column, fault.reason);
                }
            }
        }
        match build(&self.plan, &self.habits, &self.names, record) {
            Ok(Built {
                item,
                interactions,
                remarks,
            }) => {
                self.short += u64::from(record.len() < width);
                self.remarks.add(remarks);
                Outcome::Good {
                    item: item.filter(|_| self.items).map(Box::new),
                    interactions: if self.interactions {
                        interactions
                    } else {
                        Vec::new()
                    },
                }
            }
            Err(fault) => {
                let column = fault.column.map(|c| self.names[c].clone());
                bad(record, column, fault.reason)
            }
        }
    }
}

fn bad(record: &Record, column: Option<String>, reason: String) -> Outcome {
    Outcome::Bad {
        column,
        reason,
        record: record.iter().map(str::to_owned).collect(),
    }
}

/// Header names with repetitions numbered and blanks named, for what is kept as it is.
fn distinct_names(header: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(header.len());
    let mut seen = std::collections::HashSet::new();
    for (i, column) in header.iter().enumerate() {
        let mut name = crate::clean::line(column);
        if name.is_empty() {
            name = format!("column {}", i + 1);
        }
        let mut unique = name.clone();
        let mut count = 1;
        while !seen.insert(unique.clone()) {
            count += 1;
            unique = format!("{name} ({count})");
        }
        names.push(unique);
    }
    names
}

//! Reading a file of a person's own: rows in, items and interactions out, each bad row with its reason.
//!
//! Every record of the file becomes exactly one [`Row`], good or bad, so that read = good + bad. Rows
//! come one at a time and nothing is kept of them; nothing is stored here, and no value that is missing
//! is made up.

use std::path::Path;

use crate::catalogue::Item;
use crate::csvfile::{CsvFile, Record, Records};
use crate::dates::Dates;
use crate::error::{Error, Result};
use crate::field::{Field, same};
use crate::format::{self, header_likeness};
use crate::number::{self, Numbers, Scale};
use crate::plan::{Implied, Plan};
use crate::row::{Habits, build};
use crate::samples::samples;
use crate::specs::Format;
use crate::view::{Content, Mapping};

pub use crate::row::Interaction;

/// How a file is to be read.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// What it holds; recognised from its header when not given.
    pub content: Option<Content>,
    /// `field=Column` pairs that override what was recognised; `kept=Column` keeps a column as it is,
    /// `ignored=Column` leaves it out.
    pub map: Vec<(String, String)>,
    /// The profile for interactions in a file that names none.
    pub profile: Option<String>,
    /// Say what would happen and write nothing.
    pub dry_run: bool,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// What the row says; an item, interactions, or both.
    Good {
        item: Option<Box<Item>>,
        interactions: Vec<Interaction>,
    },
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
    /// The columns as the file names them.
    pub header: Vec<String>,
    /// Rows read so far, good and bad.
    pub read: u64,
    /// Why nothing can be read by this mapping; on a dry run alone, so that it can be mended.
    pub problem: Option<String>,
}

/// A file that is being read.
pub struct Reader {
    plan: Plan,
    habits: Habits,
    names: Vec<String>,
    records: Records,
    record: Record,
    reading: Reading,
    short: u64,
    items: bool,
    interactions: bool,
}

impl Reader {
    /// Opens a file, recognises its format and looks once over all of it for how it writes numbers and
    /// dates.
    ///
    /// # Errors
    /// When the file cannot be read, is no CSV, holds neither titles nor interactions, or when the
    /// options name a column or field that does not exist.
    pub fn open(path: &Path, options: &ImportOptions) -> Result<Self> {
        let file = CsvFile::open(path, &header_likeness)?;
        let plan = format::plan(path, &file.header, &options.map)?;
        let refuse = |reason: String| Error::Import {
            path: path.to_path_buf(),
            reason,
        };
        let (held, problem) = match holds(&plan, options.content) {
            Ok(held) => (held, None),
            Err(what) if options.dry_run => {
                let content = options.content.unwrap_or(Content::Catalogue);
                ((content, false, false), Some(what.to_owned()))
            }
            Err(what) => return Err(refuse(unmapped(what, &file.header))),
        };
        let (content, items, interactions) = held;
        let habits = survey(&file, &plan)?;
        let mut notes = file_notes(&file);
        habit_notes(&plan, &habits, &file.header, &mut notes);
        if interactions && assumed(&plan) {
            notes.push("no column says what was done: every row counts as finish".to_owned());
        }
        let samples = samples(&file)?;
        let mapping = file.header.iter().zip(&plan.fields).zip(samples);
        let mapping = mapping.map(|((column, field), samples)| Mapping {
            column: column.clone(),
            field: field.map(|f| f.name().to_owned()),
            samples,
        });
        let reading = Reading {
            format: plan.name,
            content,
            mapping: mapping.collect(),
            notes,
            header: file.header.clone(),
            read: 0,
            problem,
        };
        Ok(Self {
            names: distinct_names(&file.header),
            records: file.records()?,
            record: Record::default(),
            plan,
            habits,
            reading,
            short: 0,
            items,
            interactions,
        })
    }

    /// How the file is read, so far.
    pub fn reading(&self) -> &Reading {
        &self.reading
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
        match build(&self.plan, &self.habits, &self.names, record) {
            Ok((item, interactions)) => {
                self.short += u64::from(record.len() < width);
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

/// What a file is read as, and whether items and interactions are taken from it.
fn holds(
    plan: &Plan,
    asked: Option<Content>,
) -> std::result::Result<(Content, bool, bool), &'static str> {
    let titled = plan.has(Field::Title);
    let behaves = plan.fields.iter().flatten().any(|f| f.is_behaviour())
        || plan.format == Format::CurioLog
        || plan.implied != Implied::Nothing;
    let names_items = titled || plan.has(Field::Item) || plan.has(Field::Key);
    let logs = behaves && (names_items || plan.has(Field::Id));
    match asked {
        Some(Content::Catalogue) if titled => Ok((Content::Catalogue, true, false)),
        Some(Content::Catalogue) => Err("no column holds a title"),
        Some(Content::Interactions) if logs => Ok((Content::Interactions, false, true)),
        Some(Content::Interactions) => Err("no columns say what was done with which item"),
        None if titled && !plan.has(Field::Profile) => Ok((Content::Catalogue, true, behaves)),
        None if logs => Ok((Content::Interactions, titled, true)),
        None => Err("no column holds a title or an item"),
    }
}

/// Whether nothing in the file says what was done.
fn assumed(plan: &Plan) -> bool {
    plan.implied == Implied::Nothing && !plan.has(Field::Action) && !plan.has(Field::Stars)
}

fn unmapped(what: &str, header: &[String]) -> String {
    let mut columns = header.join(", ");
    if columns.chars().count() > 300 {
        columns = columns.chars().take(300).chain(['…']).collect();
    }
    format!("{what}; its columns are {columns} (name one by mapping title=Column)")
}

/// Looks over the whole file for how it writes numbers, ratings and dates.
fn survey(file: &CsvFile, plan: &Plan) -> Result<Habits> {
    let mut habits = Habits {
        numbers: Numbers::new(file.delimiter == b';'),
        dates: vec![Dates::default(); file.header.len()],
        rating_top: plan.rating_top,
        stars_top: plan.stars_top,
    };
    for column in plan.columns(Field::At) {
        habits.dates[column].told = plan.dates;
        habits.dates[column].epoch = matches!(
            plan.format,
            Format::MovielensRatings | Format::MovielensTags
        ) || same(&file.header[column], "uts");
    }
    if plan.format == Format::CurioExport {
        return Ok(habits);
    }
    let dated: Vec<usize> = plan
        .columns(Field::At)
        .chain(plan.columns(Field::Year))
        .collect();
    let numeric: Vec<usize> = [Field::Rating, Field::Stars, Field::Price, Field::Popularity]
        .into_iter()
        .flat_map(|field| plan.columns(field))
        .collect();
    if dated.is_empty() && numeric.is_empty() {
        return Ok(habits);
    }
    let mut records = file.records()?;
    let mut record = Record::default();
    let (mut ratings, mut stars) = (Scale::default(), Scale::default());
    while records.next(&mut record)? {
        if record.problem.is_some() || record.len() > file.header.len() {
            continue;
        }
        for column in &dated {
            habits.dates[*column].observe(record.get(*column));
        }
        for column in &numeric {
            habits.numbers.observe(record.get(*column));
        }
        for (field, scale) in [(Field::Rating, &mut ratings), (Field::Stars, &mut stars)] {
            for column in plan.columns(field) {
                let cell = record.get(column);
                if plan.format != Format::Generic || number::is_missing(cell) {
                    continue;
                }
                if let Some(rating) = habits.numbers.parse(cell) {
                    scale.observe(rating);
                }
            }
        }
    }
    if habits.rating_top == 0.0 {
        habits.rating_top = ratings.top();
    }
    if habits.stars_top == 0.0 {
        habits.stars_top = stars.top();
    }
    Ok(habits)
}

fn file_notes(file: &CsvFile) -> Vec<String> {
    let delimiter = match file.delimiter {
        b',' => "comma".to_owned(),
        b';' => "semicolon".to_owned(),
        b'\t' => "tab".to_owned(),
        b'|' => "vertical bar".to_owned(),
        other => char::from(other).to_string(),
    };
    let mut notes = vec![
        format!("encoding {}", file.charset.name()),
        format!("delimiter {delimiter}"),
    ];
    if file.charset.broken > 0 {
        let count = file.charset.broken;
        notes.push(format!(
            "{count} byte sequences are not {} and show as \u{fffd}",
            file.charset.name()
        ));
    }
    if file.header_line > 1 {
        notes.push(format!("header on line {}", file.header_line));
    }
    notes
}

fn habit_notes(plan: &Plan, habits: &Habits, header: &[String], notes: &mut Vec<String>) {
    if habits.numbers.saw_comma() {
        notes.push("commas part decimals".to_owned());
    }
    for column in plan.columns(Field::At).chain(plan.columns(Field::Year)) {
        notes.extend(habits.dates[column].note(&header[column]));
    }
    if plan.format == Format::Generic {
        for (field, top) in [
            (Field::Rating, habits.rating_top),
            (Field::Stars, habits.stars_top),
        ] {
            if let Some(column) = plan.columns(field).next() {
                notes.push(format!("{} is of {top}", header[column]));
            }
        }
        if plan.has(Field::Title) && !plan.has(Field::Kind) {
            notes.push(format!(
                "kind {} for every item; map kind=film for another",
                plan.kind
            ));
        }
    }
}

//! One row read by a plan: the item and the interactions in it, or what is wrong with it.
//!
//! A row is taken whole or not at all. What a cell does not say stays unknown.

mod acts;
mod douban;
mod ids;
mod item;
mod log;
mod numbers;
mod part;
mod product;
mod reads;
mod remarks;

use std::cell::RefCell;

use crate::behaviour::{Action, UNDATED};
use crate::catalogue::{Item, RECORD_BYTES_MAX};
use crate::clean;
use crate::csvfile::Record;
use crate::dates::Dates;
use crate::field::Field;
use crate::logged::{Logged, Statement};
use crate::number::{Likes, Numbers};
use crate::plan::Plan;
use crate::sheet;
use crate::specs::Format;

use remarks::Remark;
pub(crate) use remarks::Remarks;

/// What a person did with an item, as a file tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Interaction {
    /// Whose it is; nobody is named in the export of a single person.
    pub profile: Option<String>,
    /// The key of the item.
    pub item_key: String,
    pub action: Action,
    /// Milliseconds since 1970-01-01 UTC.
    pub at: Option<i64>,
    /// Whether that is when it was entered rather than when it was done, where a format tells the two apart.
    pub entered: Option<bool>,
    /// The person's own words.
    pub note: String,
    /// The basket that a purchase was in, as [`basket_of`](crate::behaviour::basket_of) names it; empty for none.
    pub basket: String,
    /// How it stood in the log of a Curio, where the file is one.
    pub logged: Option<Logged>,
}

impl Interaction {
    /// Bytes of the larger of the records that it becomes: an entry, and perhaps a profile.
    fn bytes(&self) -> usize {
        let surface = self
            .logged
            .as_ref()
            .map_or(UNDATED.len(), |l| l.surface.len());
        let entry = surface + self.note.len() + self.basket.len();
        self.profile
            .as_ref()
            .map_or(entry, |name| entry.max(name.len()))
    }
}

/// How a file writes numbers, ratings and dates.
#[derive(Debug, Clone)]
pub(crate) struct Habits {
    pub numbers: Numbers,
    /// By column.
    pub dates: Vec<Dates>,
    pub rating_top: f64,
    pub stars_top: f64,
    /// Set where one's own ratings are no more than yes and no.
    pub likes: Option<Likes>,
}

/// What is wrong with a row, and in which column.
#[derive(Debug)]
pub(crate) struct Fault {
    pub column: Option<usize>,
    pub reason: String,
}

impl Fault {
    fn new(column: impl Into<Option<usize>>, reason: impl Into<String>) -> Self {
        Self {
            column: column.into(),
            reason: reason.into(),
        }
    }

    /// A cell that cannot be read as what it should be.
    fn cell(column: usize, cell: &str, complaint: &str) -> Self {
        let cell = clean::line(cell);
        let mut shown: String = cell.chars().take(60).collect();
        if shown.len() < cell.len() {
            shown.push('…');
        }
        Self::new(column, format!("{shown:?} {complaint}"))
    }
}

type Read<T> = Result<T, Fault>;

/// What a row says.
#[derive(Debug)]
pub(crate) struct Built {
    pub item: Option<Item>,
    pub interactions: Vec<Interaction>,
    /// What must be said of it beside.
    pub remarks: Vec<(Remark, String)>,
}

/// Reads a row.
pub(crate) fn build(
    plan: &Plan,
    habits: &Habits,
    names: &[String],
    record: &Record,
) -> Read<Built> {
    let line = Line {
        plan,
        habits,
        record,
        remarks: RefCell::default(),
    };
    let item = match plan.columns(Field::Title).next() {
        Some(column) => Some(line.item(column, names)?),
        None if plan.format == Format::MovielensLinks => Some(line.named(names)?),
        None => None,
    };
    let interactions = line.interactions(item.as_ref())?;
    line.check_size(item.as_ref(), &interactions)?;
    Ok(Built {
        item,
        interactions,
        remarks: line.remarks.into_inner(),
    })
}

/// Reads what a row of Curio's own log says of no item; nothing where it says something of one.
pub(crate) fn statement(plan: &Plan, habits: &Habits, record: &Record) -> Read<Option<Statement>> {
    let line = Line {
        plan,
        habits,
        record,
        remarks: RefCell::default(),
    };
    line.statement()
}

struct Line<'a> {
    plan: &'a Plan,
    habits: &'a Habits,
    record: &'a Record,
    remarks: RefCell<Vec<(Remark, String)>>,
}

impl<'a> Line<'a> {
    /// A cell without what spreadsheets put around it.
    fn cell(&self, column: usize) -> std::borrow::Cow<'a, str> {
        sheet::plain(clean::unwrapped(self.record.get(column)))
    }

    /// The cell of a field as Curio wrote it, whatever blanks are in it.
    fn exactly(&self, field: Field) -> String {
        let column = self.plan.columns(field).next();
        let cell = column.map(|column| sheet::plain(self.record.get(column)));
        cell.map_or_else(String::new, std::borrow::Cow::into_owned)
    }

    /// The first filled cell of a field.
    fn first(&self, field: Field) -> Option<(usize, std::borrow::Cow<'a, str>)> {
        self.plan
            .columns(field)
            .map(|column| (column, self.cell(column)))
            .find(|(_, cell)| {
                // A database writes this where there is nothing; Curio writes nothing.
                let nothing = cell.trim() == "\\N" && !self.exact() && !self.logged();
                !cell.trim().is_empty() && !nothing
            })
    }

    /// The filled cells of columns that a format has beyond its fields, by the letters of their names.
    fn filled<const N: usize>(&self, names: [&str; N]) -> impl Iterator<Item = String> {
        let cells = names.map(|name| {
            let column = self.plan.called(name);
            column.map(|column| clean::line(&self.cell(column)))
        });
        cells.into_iter().flatten().filter(|cell| !cell.is_empty())
    }

    /// Refuses what is too large to be kept, by its largest cell.
    fn check_size(&self, item: Option<&Item>, interactions: &[Interaction]) -> Read<()> {
        let told = interactions.iter().map(Interaction::bytes);
        let bytes = told.chain(item.map(Item::bytes)).max().unwrap_or(0);
        if bytes <= RECORD_BYTES_MAX {
            return Ok(());
        }
        let columns = 0..self.plan.fields.len();
        Err(Fault::new(
            columns.max_by_key(|column| self.record.get(*column).len()),
            format!("the row takes {bytes} bytes; at most {RECORD_BYTES_MAX} can be stored"),
        ))
    }

    fn exact(&self) -> bool {
        self.plan.format == Format::CurioExport
    }
}

//! A plan: how one file is to be read, as plain data. What it does not map is kept as it is.

use crate::catalogue::Kind;
use crate::columns::FINISHED;
use crate::field::{Field, letters, same};
use crate::identity::{NUMBERS, named, numbered};
use crate::specs::{Format, Spec};

/// How one file is to be read.
#[derive(Debug, Clone)]
pub struct Plan {
    pub format: Format,
    /// The format's name.
    pub name: &'static str,
    /// For each column what it becomes; nothing when it is kept as it is.
    pub fields: Vec<Option<Field>>,
    /// Columns by field, the first that is filled counts.
    bound: Vec<(Field, usize)>,
    /// The kind of items whose row names none.
    pub kind: Kind,
    /// The namespace of the identifiers in keys …
    pub namespace: &'static str,
    /// … and that in which they name an item everywhere; empty where they do not.
    pub ids: &'static str,
    /// The list whose numbers its identifiers are, where several lists count from one; empty for the first.
    pub list: String,
    /// The columns as the file names them.
    pub header: Vec<String>,
    /// What of their names makes a difference.
    letters: Vec<String>,
    /// What others' ratings are of; 0 when the column decides.
    pub rating_top: f64,
    /// What one's own ratings are of; 0 when the column decides.
    pub stars_top: f64,
    /// Separators of lists of names.
    pub names: String,
    /// Separators of lists of terms.
    pub terms: String,
    /// What a row means that says nothing of what was done.
    pub implied: Implied,
}

/// What it means that an item stands in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Implied {
    Nothing,
    Open,
    Finish,
    Want,
    Like,
    Buy,
    Comment,
}

impl Implied {
    /// Everything that the rows of a list can be told to mean.
    pub const TOLD: [Self; 5] = [
        Self::Nothing,
        Self::Open,
        Self::Finish,
        Self::Want,
        Self::Like,
    ];

    /// Its name as it is typed in `rows=want`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Open => "open",
            Self::Finish => "finish",
            Self::Want => "want",
            Self::Like => "like",
            Self::Buy => "buy",
            Self::Comment => "comment",
        }
    }
}

impl Plan {
    /// A plan by a format, for a header, with no column bound yet.
    pub(crate) fn by(spec: &Spec, header: &[String]) -> Self {
        Self {
            format: spec.format,
            name: spec.name,
            fields: vec![None; header.len()],
            bound: Vec::new(),
            kind: spec.kind,
            namespace: spec.namespace,
            ids: spec.ids,
            list: String::new(),
            header: header.to_vec(),
            letters: header.iter().map(|name| letters(name).collect()).collect(),
            rating_top: spec.tops.0,
            stars_top: spec.tops.1,
            names: spec.names.to_owned(),
            terms: spec.terms.to_owned(),
            implied: Implied::Nothing,
        }
    }

    /// The key of what an identifier of the file names.
    pub fn key(&self, id: &str) -> String {
        match (self.namespace, self.list.as_str()) {
            (NUMBERS, list) if !list.is_empty() => numbered(list, id),
            (namespace, _) => named(namespace, id),
        }
    }

    /// Whether its identifiers may be numbers that every list gives out for itself.
    pub fn is_numbered(&self) -> bool {
        let some = self.has(Field::Id) || self.has(Field::Item);
        self.namespace == NUMBERS && some && self.format != Format::CurioExport
    }

    /// The columns of a field, in order of preference.
    pub fn columns(&self, field: Field) -> impl Iterator<Item = usize> {
        self.bound
            .iter()
            .filter(move |(f, _)| *f == field)
            .map(|(_, column)| *column)
    }

    /// The column of a name, by its letters: `cancelledat` for `Cancelled at`.
    pub fn called(&self, name: &str) -> Option<usize> {
        self.letters.iter().position(|letters| letters == name)
    }

    /// The columns of dates that say when an item was finished.
    pub fn finish_days(&self) -> impl Iterator<Item = usize> {
        let named = |column: &usize| {
            FINISHED
                .iter()
                .any(|name| same(&self.header[*column], name))
        };
        let listed = self.format == Format::Generic;
        self.columns(Field::At)
            .filter(move |column| listed && named(column))
    }

    /// Whether a column of dates says when something was entered and not when it was done.
    pub fn is_entry_day(&self, column: usize) -> bool {
        self.format == Format::Letterboxd && same(&self.header[column], "Date")
    }

    /// Whether some column is so called.
    pub fn is_headed(&self, name: &str) -> bool {
        self.header.iter().any(|column| same(column, name))
    }

    /// Whether some column becomes that field.
    pub fn has(&self, field: Field) -> bool {
        self.columns(field).next().is_some()
    }

    pub(crate) fn bind(&mut self, field: Field, column: usize) {
        self.bound.retain(|(_, c)| *c != column);
        self.bound.push((field, column));
        self.fields[column] = Some(field);
    }

    pub(crate) fn rebind(&mut self, from: Field, to: Field) {
        for column in self.columns(from).collect::<Vec<_>>() {
            self.bind(to, column);
        }
    }

    /// Keeps a column as it is.
    pub(crate) fn keep(&mut self, column: usize) {
        self.bound.retain(|(_, c)| *c != column);
        self.fields[column] = None;
    }

    pub(crate) fn release(&mut self, field: Field) {
        for (_, column) in self.bound.iter().filter(|(f, _)| *f == field) {
            self.fields[*column] = None;
        }
        self.bound.retain(|(f, _)| *f != field);
    }
}

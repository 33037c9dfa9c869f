//! A survey: one look over a whole file for how it writes numbers, ratings, dates and lists.
//!
//! What is told is above what is found, and everything that is decided is said. No row is read here.

use crate::csvfile::{CsvFile, Record};
use crate::dates::{Dates, Order};
use crate::error::Result;
use crate::field::{Field, same};
use crate::lists::Marks;
use crate::manner::{Manner, Scale as Told, delimiter_name, habit};
use crate::number::{self, Likes, Numbers, Scale};
use crate::plan::Plan;
use crate::row::Habits;
use crate::specs::Format;
use crate::view::Habit;
use crate::words::many;

/// Looks over a file; answers with the plan, its lists settled, and the habits of the file. Of rejected
/// rows the `whole` file is looked over too, which has the same columns.
pub(crate) fn survey(
    file: &CsvFile,
    whole: Option<&CsvFile>,
    mut plan: Plan,
    manner: &Manner,
) -> Result<(Plan, Habits)> {
    let mut habits = Habits {
        numbers: Numbers::new(whole.unwrap_or(file).delimiter == b';'),
        dates: vec![Dates::default(); file.header.len()],
        rating_top: plan.rating_top,
        stars_top: plan.stars_top,
        likes: None,
    };
    habits.numbers.told = manner.decimal_comma;
    for column in dated(&plan) {
        habits.dates[column].told = manner.dates;
        habits.dates[column].epoch = !plan.columns(Field::Year).any(|year| year == column)
            && (matches!(
                plan.format,
                Format::MovielensRatings | Format::MovielensTags
            ) || same(&file.header[column], "uts"));
    }
    if plan.format == Format::CurioExport {
        return Ok((plan, habits));
    }
    let mut seen = Seen::of(&plan);
    if !seen.nothing() {
        let mut record = Record::default();
        for file in whole.into_iter().chain([file]) {
            let mut records = file.records()?;
            while records.next(&mut record)? {
                if record.problem.is_none() && record.len() <= file.header.len() {
                    seen.observe(&record, &mut habits);
                }
            }
        }
    }
    Dates::settle(&mut habits.dates);
    if habits.rating_top == 0.0 {
        habits.rating_top = seen.ratings.top();
    }
    if habits.stars_top == 0.0 {
        habits.stars_top = seen.stars.top();
        habits.likes = seen.stars.likes();
    }
    match manner.scale.filter(|_| settles_scale(&plan)) {
        Some(Told::Of(top)) if plan.has(Field::Stars) => {
            (habits.stars_top, habits.likes) = (top, None);
        }
        Some(Told::Of(top)) => habits.rating_top = top,
        Some(Told::Likes) => habits.likes = Some(seen.stars.likes().unwrap_or(Likes::OneZero)),
        None => {}
    }
    if let Some(lists) = &manner.lists {
        (plan.names, plan.terms) = (lists.clone(), lists.clone());
    } else if settles_lists(plan.format) {
        plan.terms = seen.marks.separators(&plan.terms);
        if plan.format == Format::Tmdb {
            plan.names.clone_from(&plan.terms);
        }
    }
    Ok((plan, habits))
}

/// Whether the columns of lists say what parts them, and not the format.
fn settles_lists(format: Format) -> bool {
    matches!(format, Format::Generic | Format::Tmdb)
}

/// Whether the columns of ratings say what they are of, and not the format.
fn settles_scale(plan: &Plan) -> bool {
    plan.stars_top == 0.0 && plan.has(Field::Stars)
        || plan.rating_top == 0.0 && plan.has(Field::Rating)
}

/// The columns of dates, each once.
fn dated(plan: &Plan) -> Vec<usize> {
    [Field::At, Field::Year, Field::Finishes]
        .into_iter()
        .flat_map(|field| plan.columns(field))
        .collect()
}

/// What is looked at, and what was seen.
struct Seen {
    dated: Vec<usize>,
    numeric: Vec<usize>,
    listed: Vec<usize>,
    rated: Vec<(Field, usize)>,
    ratings: Scale,
    stars: Scale,
    marks: Marks,
}

impl Seen {
    fn of(plan: &Plan) -> Self {
        let columns = |fields: &[Field]| -> Vec<usize> {
            let all = fields.iter().flat_map(|field| plan.columns(*field));
            all.collect()
        };
        let lists = settles_lists(plan.format);
        let scales = plan.rating_top == 0.0 || plan.stars_top == 0.0;
        let rated = [Field::Rating, Field::Stars].into_iter();
        Self {
            dated: dated(plan),
            numeric: columns(&[
                Field::Rating,
                Field::Stars,
                Field::Price,
                Field::Popularity,
                Field::Number,
            ]),
            listed: if lists {
                columns(&[
                    Field::Genres,
                    Field::Tags,
                    Field::Languages,
                    Field::Countries,
                ])
            } else {
                Vec::new()
            },
            rated: if scales {
                rated
                    .flat_map(|field| plan.columns(field).map(move |column| (field, column)))
                    .collect()
            } else {
                Vec::new()
            },
            ratings: Scale::default(),
            stars: Scale::default(),
            marks: Marks::default(),
        }
    }

    fn nothing(&self) -> bool {
        self.dated.is_empty() && self.numeric.is_empty() && self.listed.is_empty()
    }

    fn observe(&mut self, record: &Record, habits: &mut Habits) {
        for column in &self.dated {
            habits.dates[*column].observe(record.get(*column));
        }
        for column in &self.numeric {
            habits.numbers.observe(record.get(*column));
        }
        for column in &self.listed {
            self.marks.observe(record.get(*column));
        }
        for (field, column) in &self.rated {
            let cell = record.get(*column);
            if number::is_missing(cell) || number::own_scale(cell, &habits.numbers).is_some() {
                continue;
            }
            if let Some(rating) = habits.numbers.parse(cell) {
                match field {
                    Field::Rating => self.ratings.observe(rating),
                    _ => self.stars.observe(rating),
                }
            }
        }
    }
}

/// How the file is written, in every respect that can be told otherwise.
pub(crate) fn habits(file: &CsvFile, plan: &Plan, habits: &Habits, told: &Manner) -> Vec<Habit> {
    let mut all = vec![
        habit("encoding", file.charset.name(), told.encoding.is_some()),
        habit(
            "delimiter",
            &delimiter_name(file.delimiter),
            told.delimiter.is_some(),
        ),
    ];
    if plan.format == Format::CurioExport {
        return all;
    }
    let has = |fields: &[Field]| fields.iter().any(|field| plan.has(*field));
    if has(&[
        Field::Rating,
        Field::Stars,
        Field::Price,
        Field::Popularity,
        Field::Number,
    ]) {
        let sign = if habits.numbers.decimal_comma() {
            "comma"
        } else {
            "point"
        };
        all.push(habit("decimals", sign, told.decimal_comma.is_some()));
    }
    if let Some(order) = dated(plan).into_iter().find_map(|column| {
        let dates = habits.dates[column];
        dates.short().then(|| dates.order())
    }) {
        all.push(habit("dates", order.name(), told.dates.is_some()));
    } else if let Some(order) = told.dates {
        all.push(habit("dates", Order::name(order), true));
    }
    if settles_scale(plan) {
        let scale = match habits.likes.filter(|_| plan.has(Field::Stars)) {
            Some(_) => "likes".to_owned(),
            None if plan.has(Field::Stars) => habits.stars_top.to_string(),
            None => habits.rating_top.to_string(),
        };
        all.push(habit("scale", &scale, told.scale.is_some()));
    }
    if has(&[
        Field::Genres,
        Field::Tags,
        Field::Creators,
        Field::People,
        Field::Languages,
        Field::Countries,
    ]) {
        all.push(habit("lists", &plan.terms, told.lists.is_some()));
    }
    all
}

/// What was decided about a file, in words.
pub(crate) fn notes(file: &CsvFile, plan: &Plan, habits: &Habits) -> Vec<String> {
    let mut notes = file_notes(file);
    habit_notes(plan, habits, &mut notes);
    notes
}

fn file_notes(file: &CsvFile) -> Vec<String> {
    let delimiter = delimiter_name(file.delimiter);
    let mut notes = vec![
        format!("encoding {}", file.charset.name()),
        format!("delimiter {delimiter}"),
    ];
    if file.charset.broken > 0 {
        let count = file.charset.broken;
        notes.push(format!(
            "{} not {} and shown as \u{fffd}",
            many(count, "byte sequence is", "byte sequences are"),
            file.charset.name()
        ));
    }
    if file.is_headless() {
        notes.push("no header: read as plays, by artist, album, track and date".to_owned());
    } else if file.header_line > 1 {
        notes.push(format!("header on line {}", file.header_line));
    }
    notes
}

fn habit_notes(plan: &Plan, habits: &Habits, notes: &mut Vec<String>) {
    let header = &plan.header;
    if habits.numbers.saw_comma() {
        notes.push("commas part decimals".to_owned());
    }
    for column in dated(plan) {
        notes.extend(habits.dates[column].note(&header[column]));
    }
    if settles_scale(plan) {
        for (field, top) in [
            (Field::Rating, habits.rating_top),
            (Field::Stars, habits.stars_top),
        ] {
            let likes = habits.likes.filter(|_| field == Field::Stars);
            if let Some(column) = plan.columns(field).next() {
                let name = &header[column];
                notes.push(match likes {
                    Some(Likes::OneZero) => format!("{name} holds likes: 1 is one, 0 the opposite"),
                    Some(Likes::PlusMinus) => {
                        format!("{name} holds likes: 1 is one, -1 the opposite, 0 nothing")
                    }
                    None => format!("{name} is of {top}"),
                });
            }
        }
    }
    if plan.format == Format::Generic && plan.has(Field::Title) && !plan.has(Field::Kind) {
        notes.push(format!(
            "kind {} for every item (another by --map kind=film on a terminal)",
            plan.kind
        ));
    }
}

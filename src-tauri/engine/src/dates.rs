//! Dates as people's files write them, read as milliseconds since 1970-01-01 UTC.
//!
//! `03/04/2021` is read one way for a whole column: [`Dates`] looks at all of it first. A time without a
//! zone is UTC.

mod clock;

use std::borrow::Cow;
use std::cmp::Ordering;

use chrono::NaiveDate;

use clock::time;

const MILLIS_PER_DAY: i64 = 86_400_000;

/// Which of two small numbers is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    DayFirst,
    MonthFirst,
}

impl Order {
    /// Reads `day-first` or `month-first`.
    pub fn from_word(word: &str) -> Option<Self> {
        match word.trim().to_lowercase().replace(['_', ' '], "-").as_str() {
            "day-first" | "dmy" => Some(Self::DayFirst),
            "month-first" | "mdy" => Some(Self::MonthFirst),
            _ => None,
        }
    }

    /// The order's name as it is typed.
    pub fn name(self) -> &'static str {
        match self {
            Self::DayFirst => "day-first",
            Self::MonthFirst => "month-first",
        }
    }
}

/// How the dates of a column are written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Dates {
    day_first: u64,
    month_first: u64,
    either: u64,
    /// The order of the other columns of the file, for one that does not tell.
    elsewhere: Option<Order>,
    /// What the person said, which is above what the column says.
    pub told: Option<Order>,
    /// Bare integers are seconds or milliseconds, however small.
    pub epoch: bool,
}

impl Dates {
    /// Takes note of one cell.
    pub fn observe(&mut self, cell: &str) {
        if let Some((first, second, _)) = short(cell) {
            match (first > 12, second > 12) {
                (true, false) => self.day_first += 1,
                (false, true) => self.month_first += 1,
                (false, false) if first != second => self.either += 1,
                _ => {}
            }
        }
    }

    /// The order in which the column is read.
    pub fn order(&self) -> Order {
        let own = self
            .tells()
            .then_some(if self.month_first > self.day_first {
                Order::MonthFirst
            } else {
                Order::DayFirst
            });
        let order = self.told.or(own).or(self.elsewhere);
        order.unwrap_or(Order::DayFirst)
    }

    fn tells(&self) -> bool {
        self.day_first + self.month_first > 0
    }

    /// Settles the columns of one file: one that does not tell is as those that do.
    pub fn settle(columns: &mut [Self]) {
        let day_first: u64 = columns.iter().map(|dates| dates.day_first).sum();
        let month_first: u64 = columns.iter().map(|dates| dates.month_first).sum();
        let order = match day_first.cmp(&month_first) {
            Ordering::Less => Order::MonthFirst,
            Ordering::Greater => Order::DayFirst,
            Ordering::Equal => return,
        };
        for dates in columns {
            dates.elsewhere = Some(order);
        }
    }

    /// Whether the column holds dates of two small numbers, which an order tells apart.
    pub fn short(&self) -> bool {
        self.day_first + self.month_first + self.either > 0
    }

    /// What was decided, in words, when there was something to decide.
    pub fn note(&self, column: &str) -> Option<String> {
        if !self.short() {
            return None;
        }
        let order = self.order().name();
        let why = match (self.told, self.day_first, self.month_first) {
            (Some(_), _, _) => "as asked".to_owned(),
            (None, 0, 0) if self.elsewhere.is_some() => "as in its other columns".to_owned(),
            (None, 0, 0) => {
                "nothing in the column tells (the other by --map dates=month-first on a terminal)"
                    .to_owned()
            }
            (None, d, 0) => format!("{d} of them can be nothing else"),
            (None, 0, m) => format!("{m} of them can be nothing else"),
            (None, d, m) => format!("{d} of them are day-first, {m} month-first"),
        };
        Some(format!("dates in {column} read {order}: {why}"))
    }

    /// Reads a cell as an instant in milliseconds.
    pub fn parse(&self, cell: &str) -> Option<i64> {
        let cell = cell.trim();
        if let Some(at) = self.number(cell) {
            return Some(at);
        }
        let cell = &undecorated(cell);
        if let Some(month) = month(cell) {
            return Some(millis(month));
        }
        let (date, rest) = self.date(cell)?;
        Some(millis(date) + time(rest)?)
    }

    /// Bare numbers: epoch seconds or milliseconds, `20210304`, or a year.
    fn number(&self, cell: &str) -> Option<i64> {
        let bare = cell.strip_suffix(".0").unwrap_or(cell);
        if bare.contains('.') {
            let seconds: f64 = bare.parse().ok()?;
            let whole = bare.split('.').next()?.len() >= 9;
            return (whole && seconds.abs() < 1e11).then_some((seconds * 1000.0).round() as i64);
        }
        let digits = bare.strip_prefix('-').unwrap_or(bare);
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let number: i64 = bare.parse().ok()?;
        if !self.epoch && digits.len() == 8 {
            let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
            let date = NaiveDate::from_ymd_opt(year as i32, month as u32, day as u32)?;
            return Some(millis(date));
        }
        if !self.epoch && digits.len() == 4 {
            return NaiveDate::from_ymd_opt(number as i32, 1, 1).map(millis);
        }
        if !self.epoch && digits.len() < 9 {
            return None;
        }
        match number.abs() {
            0..100_000_000_000 => Some(number * 1000),
            100_000_000_000..100_000_000_000_000 => Some(number),
            // Microseconds.
            100_000_000_000_000..100_000_000_000_000_000 => Some(number / 1000),
            _ => None,
        }
    }

    /// The date at the front of a cell and what follows it.
    fn date<'a>(&self, cell: &'a str) -> Option<(NaiveDate, &'a str)> {
        let (parts, rest) = parts(cell)?;
        let (year, month, day) = match parts {
            [Part::Number(y, 4..), Part::Number(m, _), Part::Number(d, _)] => (y, m, d),
            [Part::Number(d, _), Part::Month(m), Part::Number(y, n)]
            | [Part::Month(m), Part::Number(d, _), Part::Number(y, n)] => (full_year(y, n), m, d),
            [
                Part::Number(a, 1..=2),
                Part::Number(b, 1..=2),
                Part::Number(y, n @ (2 | 4)),
            ] => {
                let month_first = match self.order() {
                    // An impossible month decides for this cell alone only when it was not told.
                    _ if cell.contains('.') && self.told.is_none() => false,
                    order => order == Order::MonthFirst,
                };
                let (day, month) = if month_first { (b, a) } else { (a, b) };
                (full_year(y, n), month, day)
            }
            _ => return None,
        };
        if !(1..=9999).contains(&year) {
            return None;
        }
        NaiveDate::from_ymd_opt(year, month as u32, day as u32).map(|date| (date, rest))
    }
}

/// The year that a cell's date lies in; also of `1995`, `1995.0`, `1995-2001` and `500 BC`.
pub fn year(cell: &str, dates: &Dates) -> Option<i32> {
    let cell = cell.trim();
    let number = cell.strip_suffix(".0").unwrap_or(cell);
    if let Ok(year) = number.parse::<i32>() {
        return (-9999..=9999).contains(&year).then_some(year);
    }
    let upper = cell.to_uppercase();
    for mark in ["BCE", "BC"] {
        if let Some(year) = upper.strip_suffix(mark) {
            return year.trim().parse::<i32>().ok().map(|y| -y);
        }
    }
    if let Some(year) = cell.strip_suffix('年') {
        return year.trim().parse().ok();
    }
    if let Some((first, last)) = cell.split_once(['-', '–', '—']) {
        let last = last.trim();
        let first = first.trim();
        let digits = |s: &str| s.len() == 4 && s.bytes().all(|b| b.is_ascii_digit());
        if digits(first) && (last.is_empty() || digits(last) || last.len() == 2) {
            return first.parse().ok();
        }
    }
    // A month without its day, or a day with its country: `1998-5`, `2011年6月`, `2006-11-10(美国)`.
    if let Some((year, rest)) = cell.split_once(['-', '/', '.', '年']) {
        let month = rest.bytes().take_while(u8::is_ascii_digit).count();
        if year.len() == 4 && (1..=2).contains(&month) {
            return year.parse().ok();
        }
    }
    let at = dates.parse(cell)?;
    let days = chrono::Duration::days(at.div_euclid(MILLIS_PER_DAY));
    let date = NaiveDate::default().checked_add_signed(days)?;
    Some(chrono::Datelike::year(&date))
}

/// A date without its day of the week, the year of `Thu Jan  2 00:00:00 2014` brought to the front.
fn undecorated(cell: &str) -> Cow<'_, str> {
    let letters = cell.bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = cell[..letters].to_lowercase();
    let weekday = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    if letters < 3 || !weekday.iter().any(|day| word.starts_with(day)) {
        return Cow::Borrowed(cell);
    }
    let rest = cell[letters..].trim_start_matches(['.', ',', ' ']);
    let parts: Vec<&str> = rest.split_whitespace().collect();
    match parts.as_slice() {
        [month, day, time, year] if time.contains(':') && year.len() == 4 => {
            Cow::Owned(format!("{day} {month} {year} {time}"))
        }
        _ => Cow::Borrowed(rest),
    }
}

/// The two small numbers and the year of `3/4/2021`.
fn short(cell: &str) -> Option<(i32, i32, i32)> {
    match parts(cell.trim())?.0 {
        [
            Part::Number(a, 1..=2),
            Part::Number(b, 1..=2),
            Part::Number(y, n @ (2 | 4)),
        ] => Some((a, b, full_year(y, n))),
        _ => None,
    }
}

fn full_year(year: i32, digits: usize) -> i32 {
    match (digits, year) {
        (2, ..70) => year + 2000,
        (2, _) => year + 1900,
        _ => year,
    }
}

/// A piece of a date: a number and how many digits it had, or a month by name.
#[derive(Debug, Clone, Copy)]
enum Part {
    Number(i32, usize),
    Month(i32),
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// The first day of the month that a cell names and nothing beside: `2020/03`, `03.2020`, `March 2020`.
fn month(cell: &str) -> Option<NaiveDate> {
    let mut words = cell
        .split(|c: char| c.is_whitespace() || ",-/.年月".contains(c))
        .filter(|word| !word.is_empty());
    let (first, second) = (words.next()?, words.next()?);
    if words.next().is_some() {
        return None;
    }
    let year = |word: &str| -> Option<i32> {
        let four = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
        four.then(|| word.parse().ok())?
    };
    let month = |word: &str| -> Option<u32> {
        if word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()) {
            return word.parse().ok();
        }
        let word = word.to_lowercase();
        let named = word.len() >= 3 && word.bytes().all(|b| b.is_ascii_lowercase());
        let at = MONTHS.iter().position(|month| word.starts_with(month));
        at.filter(|_| named).map(|at| at as u32 + 1)
    };
    let (year, month) = match (year(first), year(second)) {
        (Some(year), None) => (year, month(second)?),
        (None, Some(year)) => (year, month(first)?),
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year, month, 1).filter(|_| year > 0)
}

fn millis(date: NaiveDate) -> i64 {
    let days = date.signed_duration_since(NaiveDate::default()).num_days();
    days * MILLIS_PER_DAY
}

/// The three pieces of the date at the front of a cell, and what follows them.
fn parts(cell: &str) -> Option<([Part; 3], &str)> {
    let mut found = [Part::Number(0, 0); 3];
    let mut rest = cell;
    for (i, part) in found.iter_mut().enumerate() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        if digits > 0 && digits <= 4 {
            *part = Part::Number(rest[..digits].parse().ok()?, digits);
            rest = &rest[digits..];
            for ending in ["st", "nd", "rd", "th"] {
                rest = rest.strip_prefix(ending).unwrap_or(rest);
            }
        } else if letters >= 3 && i < 2 {
            let word = rest[..letters].to_lowercase();
            let month = MONTHS.iter().position(|m| word.starts_with(m))?;
            *part = Part::Month(month as i32 + 1);
            rest = &rest[letters..];
        } else {
            return None;
        }
        if i < 2 {
            let trimmed = rest.trim_start_matches([' ', ',', '-', '/', '.', '年', '月']);
            if trimmed.len() == rest.len() {
                return None;
            }
            rest = trimmed;
        }
    }
    Some((found, rest.trim_start_matches(['日', '号', '.'])))
}

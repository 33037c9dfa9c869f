//! The manner of a file: how it is written, where its owner says so.
//!
//! Delimiter, encoding, the sign of decimals, the order of dates, the separators of lists, the scale of
//! ratings, and what its rows mean where they do not say, are found from the whole file; what is told here is
//! above what is found. What the columns mean is no part of it.

use encoding_rs::Encoding;

use crate::dates::Order;
use crate::error::{Error, Result};
use crate::plan::Implied;
use crate::view::Habit;

/// What was told of how a file is written; the rest is found.
#[derive(Debug, Clone, Default)]
pub struct Manner {
    pub delimiter: Option<u8>,
    pub encoding: Option<&'static Encoding>,
    /// Whether commas part decimals.
    pub decimal_comma: Option<bool>,
    pub dates: Option<Order>,
    /// The signs that part lists.
    pub lists: Option<String>,
    /// What ratings are of, where the format does not say.
    pub scale: Option<Scale>,
    /// What the rows mean that do not say what was done.
    pub rows: Option<Implied>,
    /// The list whose numbers the identifiers are, where several lists count for themselves.
    pub numbers: Option<String>,
}

/// Of how many ratings are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scale {
    Of(f64),
    Likes,
}

/// The delimiters that can be told, by name.
const DELIMITERS: [(&str, u8); 5] = [
    ("comma", b','),
    ("semicolon", b';'),
    ("tab", b'\t'),
    ("bar", b'|'),
    ("colon", b':'),
];
/// The encodings that are offered; any other label of the web is taken too.
const ENCODINGS: [&str; 8] = [
    "UTF-8",
    "Windows-1252",
    "GB18030",
    "Big5",
    "Shift_JIS",
    "Windows-1251",
    "UTF-16LE",
    "UTF-16BE",
];
/// The separators of lists that are offered.
const LISTS: [&str; 6] = ["|", ";", ",", "/", "、", "|;"];

impl Manner {
    /// Takes what is told of the manner out of `name=value` pairs; answers with those that are left.
    ///
    /// # Errors
    /// When a value cannot be.
    pub fn of(pairs: &[(String, String)]) -> Result<(Self, Vec<(String, String)>)> {
        let mut manner = Self::default();
        let mut rest = Vec::new();
        for (name, value) in pairs {
            match name.trim().to_lowercase().as_str() {
                "delimiter" => manner.delimiter = Some(delimiter(value)?),
                "encoding" => manner.encoding = Some(encoding(value)?),
                "decimals" => manner.decimal_comma = Some(decimal_comma(value)?),
                "dates" => manner.dates = Some(dates(value)?),
                "scale" => manner.scale = Some(scale(value)?),
                "lists" => manner.lists = Some(separators(value)?),
                "rows" => manner.rows = Some(rows(value)?),
                "numbers" => manner.numbers = Some(value.trim().to_owned()),
                _ => rest.push((name.clone(), value.clone())),
            }
        }
        Ok((manner, rest))
    }

    /// What is told here, and what is told there where nothing is told here.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        Self {
            delimiter: self.delimiter.or(other.delimiter),
            encoding: self.encoding.or(other.encoding),
            decimal_comma: self.decimal_comma.or(other.decimal_comma),
            dates: self.dates.or(other.dates),
            lists: self.lists.or(other.lists),
            scale: self.scale.or(other.scale),
            rows: self.rows.or(other.rows),
            numbers: self.numbers.or(other.numbers),
        }
    }

    /// What it says of cells, and not of how the file becomes rows.
    #[must_use]
    pub fn of_cells(self) -> Self {
        Self {
            delimiter: None,
            encoding: None,
            ..self
        }
    }

    /// Whether it says how the file becomes rows.
    pub fn cuts(&self) -> bool {
        self.delimiter.is_some() || self.encoding.is_some()
    }
}

/// One respect in which a file is written, as an answer.
pub(crate) fn habit(name: &str, value: &str, told: bool) -> Habit {
    let choices: Vec<&str> = match name {
        "delimiter" => DELIMITERS.iter().map(|(name, _)| *name).collect(),
        "encoding" => ENCODINGS.to_vec(),
        "decimals" => vec!["point", "comma"],
        "dates" => vec!["day-first", "month-first"],
        "scale" => vec!["5", "10", "100", "likes"],
        "rows" => Implied::TOLD.map(Implied::name).to_vec(),
        _ => LISTS.to_vec(),
    };
    Habit {
        name: name.to_owned(),
        value: value.to_owned(),
        told,
        choices: choices.into_iter().map(str::to_owned).collect(),
    }
}

/// A delimiter by name.
pub(crate) fn delimiter_name(delimiter: u8) -> String {
    let known = DELIMITERS.iter().find(|(_, sign)| *sign == delimiter);
    known.map_or_else(
        || char::from(delimiter).to_string(),
        |(name, _)| (*name).to_owned(),
    )
}

fn delimiter(value: &str) -> Result<u8> {
    let word = value.trim().to_lowercase();
    if let Some((_, sign)) = DELIMITERS.iter().find(|(name, _)| *name == word) {
        return Ok(*sign);
    }
    let sign = if value == "\\t" { "\t" } else { value };
    match sign.as_bytes() {
        [sign] if !sign.is_ascii_alphanumeric() && !matches!(sign, b'"' | b'\r' | b'\n' | 0) => {
            Ok(*sign)
        }
        _ => Err(Error::Invalid(
            "a delimiter is one sign, or comma, semicolon, tab, bar or colon".to_owned(),
        )),
    }
}

fn encoding(value: &str) -> Result<&'static Encoding> {
    Encoding::for_label(value.trim().as_bytes()).ok_or_else(|| {
        Error::Invalid(format!(
            "no encoding called {value:?}; they are {} and others of the web",
            ENCODINGS.join(", ")
        ))
    })
}

fn decimal_comma(value: &str) -> Result<bool> {
    match value.trim().to_lowercase().as_str() {
        "comma" | "," => Ok(true),
        "point" | "." => Ok(false),
        _ => Err(Error::Invalid("decimals are comma or point".to_owned())),
    }
}

fn dates(value: &str) -> Result<Order> {
    Order::from_word(value)
        .ok_or_else(|| Error::Invalid("dates are day-first or month-first".to_owned()))
}

fn scale(value: &str) -> Result<Scale> {
    match value.trim().to_lowercase().as_str() {
        "5" => Ok(Scale::Of(5.0)),
        "10" => Ok(Scale::Of(10.0)),
        "100" => Ok(Scale::Of(100.0)),
        "likes" => Ok(Scale::Likes),
        _ => Err(Error::Invalid("a scale is 5, 10, 100 or likes".to_owned())),
    }
}

fn rows(value: &str) -> Result<Implied> {
    let word = value.trim().to_lowercase();
    let told = Implied::TOLD.into_iter().find(|told| told.name() == word);
    told.ok_or_else(|| Error::Invalid("rows mean nothing, open, finish, want or like".to_owned()))
}

fn separators(value: &str) -> Result<String> {
    let signs = match value.trim() {
        "bar" => "|",
        "semicolon" => ";",
        "comma" => ",",
        "slash" => "/",
        signs => signs,
    };
    let few = (1..=8).contains(&signs.chars().count());
    if !few || signs.chars().any(char::is_alphanumeric) {
        return Err(Error::Invalid(
            "lists are parted by up to eight signs, such as | or ;".to_owned(),
        ));
    }
    Ok(signs.to_owned())
}

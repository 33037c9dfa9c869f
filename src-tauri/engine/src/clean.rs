//! Text as it is kept: composed, without control characters, markup or stray blanks.
//!
//! Every function here is idempotent on its own answers except [`prose`] and [`plain`], which undo one
//! layer of HTML. Nothing is translated and no word is changed.

use std::borrow::Cow;
use std::collections::HashSet;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// One line of text: composed (NFC), control characters out, runs of blanks made one, trimmed.
pub fn line(text: &str) -> String {
    if text.is_ascii() {
        return blanks(text);
    }
    if is_nfc(text) {
        return blanks(text);
    }
    blanks(&text.nfc().collect::<String>())
}

/// A line whose HTML entities are written out.
pub fn plain(text: &str) -> String {
    line(&entities(text))
}

/// A description or review: tags dropped, entities written out, one line.
pub fn prose(text: &str) -> String {
    line(&entities(&untagged(text)))
}

fn blanks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = true;
        } else if !c.is_control() && !is_invisible(c) {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        }
    }
    out
}

/// Characters that show nothing and only disturb: marks, soft hyphens, direction overrides.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}' | '\u{ad}' | '\u{2060}')
        || ('\u{202a}'..='\u{202e}').contains(&c)
        || ('\u{2066}'..='\u{2069}').contains(&c)
}

/// Drops HTML tags; those that end a line leave a blank.
fn untagged(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some((name, after)) = tag(rest) else {
            out.push('<');
            rest = &rest[1..];
            continue;
        };
        rest = after;
        if matches!(name.as_str(), "script" | "style") {
            let end = format!("</{name}");
            let lower = rest.to_ascii_lowercase();
            rest = lower.find(&end).map_or("", |at| &rest[at..]);
        } else if !matches!(
            name.as_str(),
            "b" | "i" | "em" | "strong" | "a" | "span" | "u" | "s" | "sup" | "sub" | "small"
        ) {
            out.push(' ');
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Reads one tag or comment; answers with its lower-case name and what follows it.
fn tag(text: &str) -> Option<(String, &str)> {
    if let Some(comment) = text.strip_prefix("<!--") {
        return comment
            .split_once("-->")
            .map(|(_, after)| (String::new(), after));
    }
    let inner = &text[1..];
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name: String = inner
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let end = inner.find(['<', '>'])?;
    if !inner[end..].starts_with('>') || end > 2000 {
        return None;
    }
    Some((name.to_ascii_lowercase(), &inner[end + 1..]))
}

const ENTITIES: [(&str, &str); 44] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("hellip", "…"),
    ("mdash", "—"),
    ("ndash", "–"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("bull", "•"),
    ("middot", "·"),
    ("deg", "°"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("euro", "€"),
    ("pound", "£"),
    ("yen", "¥"),
    ("times", "×"),
    ("frac12", "½"),
    ("aacute", "á"),
    ("agrave", "à"),
    ("acirc", "â"),
    ("auml", "ä"),
    ("aring", "å"),
    ("ccedil", "ç"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("ecirc", "ê"),
    ("euml", "ë"),
    ("iacute", "í"),
    ("ntilde", "ñ"),
    ("oacute", "ó"),
    ("ocirc", "ô"),
    ("ouml", "ö"),
    ("uacute", "ú"),
    ("uuml", "ü"),
    ("szlig", "ß"),
];

/// Writes HTML entities out; what is none stays as it is.
fn entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let name = rest.bytes().take(10).position(|b| b == b';');
        let decoded = name.and_then(|end| entity(rest.get(..end)?).map(|text| (text, end)));
        if let Some((text, end)) = decoded {
            out.push_str(&text);
            rest = &rest[end + 1..];
        } else {
            out.push('&');
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn entity(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).map(String::from);
    }
    let known = ENTITIES.iter().find(|(known, _)| *known == name);
    known
        .map(|(_, text)| (*text).to_owned())
        .or_else(|| upper_entity(name))
}

/// `Eacute` is the capital of `eacute`.
fn upper_entity(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    let (_, text) = ENTITIES[26..].iter().find(|(known, _)| *known == lower)?;
    Some(text.to_uppercase())
}

/// Splits a list at any of the separators; cleaned, empty parts and repetitions out, order kept.
pub fn list(text: &str, separators: &str) -> Vec<String> {
    distinct(
        text.split(|c| separators.contains(c))
            .map(plain)
            .filter(|part| !is_nothing(part)),
    )
}

/// Words that catalogues use for an empty list.
fn is_nothing(part: &str) -> bool {
    part.is_empty()
        || part == "\\N"
        || ["(no genres listed)", "nan", "n/a", "none", "null"]
            .iter()
            .any(|word| part.eq_ignore_ascii_case(word))
}

/// Keeps the first of every part, whatever its case.
pub fn distinct(parts: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut seen = HashSet::new();
    parts
        .into_iter()
        .filter(|part| seen.insert(part.to_lowercase()))
        .collect()
}

/// Articles that catalogues move behind the title: `Matrix, The`.
const ARTICLES: [&str; 24] = [
    "The", "A", "An", "La", "Le", "Les", "L'", "Der", "Die", "Das", "El", "Los", "Las", "Lo", "Il",
    "Gli", "I", "Un", "Une", "Una", "Ein", "Eine", "De", "Het",
];

/// Brings an article back to the front, also inside a final pair of parentheses.
pub fn natural_title(title: &str) -> String {
    if let Some((outer, inner)) = title
        .strip_suffix(')')
        .and_then(|t| t.rsplit_once(" ("))
        .filter(|(outer, _)| !outer.is_empty())
    {
        return format!("{} ({})", natural_title(outer), natural_title(inner));
    }
    let Some((rest, article)) = title.rsplit_once(", ") else {
        return title.to_owned();
    };
    let Some(article) = ARTICLES.iter().find(|a| a.eq_ignore_ascii_case(article)) else {
        return title.to_owned();
    };
    let gap = if article.ends_with('\'') { "" } else { " " };
    format!("{article}{gap}{rest}")
}

/// Splits `Toy Story (1995)` into title and year.
pub fn year_in_title(title: &str) -> (&str, Option<i32>) {
    let split = title
        .strip_suffix(')')
        .and_then(|t| t.rsplit_once('('))
        .and_then(|(name, year)| {
            // A series is dated `(1994-1998)`, one that goes on `(2016-)`.
            let first = year.split(['-', '–']).next()?;
            let dated = first.len() == 4
                && first.bytes().all(|b| b.is_ascii_digit())
                && year[4..]
                    .chars()
                    .all(|c| c.is_ascii_digit() || "-–".contains(c));
            let name = name.trim_end();
            (dated && !name.is_empty()).then_some((name, first.parse().ok()?))
        });
    match split {
        Some((name, year)) => (name, Some(year)),
        None => (title, None),
    }
}

/// Splits `Title (Series, #2)` into title, series and place; the first of several series counts.
pub fn series_in_title(title: &str) -> (&str, Option<&str>, Option<f64>) {
    let split = || {
        let (name, inner) = title.strip_suffix(')')?.rsplit_once(" (")?;
        let (series, place) = numbered_series(inner.split(';').next()?)?;
        let name = name.trim_end();
        (!name.is_empty()).then_some((name, series, place))
    };
    match split() {
        Some((name, series, place)) => (name, Some(series), place),
        None => (title, None, None),
    }
}

/// Splits `Dune #1` into series and place.
pub fn place_in_series(series: &str) -> Option<(&str, f64)> {
    let (name, place) = numbered_series(series)?;
    Some((name, place?))
}

/// A series before its `#`, and the place behind it, of several the first.
fn numbered_series(text: &str) -> Option<(&str, Option<f64>)> {
    let (series, place) = text.rsplit_once('#')?;
    let series = series.trim_end().trim_end_matches(',').trim();
    let place = place.split(['-', '–', ',', '&']).next()?.trim().parse();
    let place = place
        .ok()
        .filter(|place: &f64| place.is_finite() && *place >= 0.0);
    (!series.is_empty()).then_some((series, place))
}

/// `Le Guin, Ursula K.` as it is spoken; what has no or several commas stays as it is.
pub fn forename_first(name: &str) -> String {
    match name.split_once(", ") {
        Some((last, first)) if !first.contains(',') => format!("{first} {last}"),
        _ => name.to_owned(),
    }
}

/// Digits without the sign by which a spreadsheet keeps them as text: `'0815` is `0815`.
pub fn unmarked(cell: &str) -> &str {
    let digits = |rest: &&str| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
    cell.trim()
        .strip_prefix('\'')
        .filter(digits)
        .unwrap_or(cell)
}

/// Whether a spreadsheet wrote a long number short, so that most of its digits are lost: `9.78026E+12`.
pub fn is_shortened(cell: &str) -> bool {
    let Some((digits, power)) = cell.trim().split_once(['E', 'e']) else {
        return false;
    };
    let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let mut parts = digits.splitn(2, ['.', ',']);
    let (whole, after) = (parts.next().unwrap_or_default(), parts.next());
    whole.len() == 1
        && number(whole)
        && after.is_none_or(number)
        && power.strip_prefix('+').is_some_and(number)
}

/// A name without the part that its bearer took: `Martin Jarvis (Narrator)` is Martin Jarvis.
pub fn without_part(name: &str) -> &str {
    let split = name.strip_suffix(')').and_then(|n| n.rsplit_once(" ("));
    split.map_or(name, |(name, _)| name.trim_end())
}

/// The first number of exactly four digits in a text.
pub fn four_digits(text: &str) -> Option<i32> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit());
    numbers.find(|number| number.len() == 4)?.parse().ok()
}

/// A spreadsheet's way of keeping digits as text: `="9780306406157"` is `9780306406157`.
pub fn unwrapped(cell: &str) -> &str {
    cell.trim()
        .strip_prefix("=\"")
        .and_then(|inner| inner.strip_suffix('"'))
        .unwrap_or(cell)
}

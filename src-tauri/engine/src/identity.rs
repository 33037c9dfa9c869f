//! The key of an item: what makes a thing in one file the same thing in another.
//!
//! A format's own identifier decides where there is one. Otherwise kind, title, year and first creator
//! do, folded so that case, accents, width and a leading article make no difference. Where neither year
//! nor creator is known the title alone would merge strangers: then it counts letter by letter.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::catalogue::Kind;

/// `namespace:identifier`.
pub fn named(namespace: &str, identifier: &str) -> String {
    format!("{namespace}:{}", identifier.trim())
}

/// The namespace of identifiers that say no more than their place in a list.
pub const NUMBERS: &str = "id";

/// The key of a number of one list among several.
pub fn numbered(list: &str, number: &str) -> String {
    named(NUMBERS, &format!("{list}#{}", number.trim()))
}

/// The list that a key's number is of, where it is one of several.
pub fn list_of(key: &str) -> Option<&str> {
    let id = key.strip_prefix(NUMBERS)?.strip_prefix(':')?;
    let (list, _) = id.rsplit_once('#')?;
    (!list.is_empty()).then_some(list)
}

/// Namespaces whose identifiers every catalogue gives out for itself.
const LOCAL: [&str; 3] = ["calibre", NUMBERS, "sku"];

/// Whether a key names different things in different catalogues.
pub fn is_local(key: &str) -> bool {
    key.split_once(':')
        .is_none_or(|(namespace, _)| LOCAL.contains(&namespace))
}

/// Kind and folded title: what two catalogues call the same thing, whatever its key.
pub fn titled(kind: Kind, title: &str) -> String {
    format!("{kind}:{}", folded_title(title))
}

/// The key of a thing that no identifier names.
pub fn described(kind: Kind, title: &str, year: Option<i32>, creator: Option<&str>) -> String {
    if year.is_none() && creator.is_none() {
        return format!("{kind}:{}||", title.replace('|', " "));
    }
    let year = year.map(|y| y.to_string()).unwrap_or_default();
    let creator = creator.map(folded).unwrap_or_default();
    format!("{kind}:{}|{year}|{creator}", folded_title(title))
}

/// An ISBN as its 13 digits: those of 10 are converted, hyphens and blanks fall away, and one of 9 is one of 10
/// whose leading zero a spreadsheet dropped. Nothing where the check digit is wrong.
pub fn isbn(text: &str) -> Option<String> {
    let mut digits: Vec<u32> = Vec::with_capacity(13);
    for c in text.trim().chars() {
        match c {
            '-' | '‐' | '–' | ' ' => {}
            'x' | 'X' if matches!(digits.len(), 8 | 9) => digits.push(10),
            c => digits.push(c.to_digit(10)?),
        }
    }
    if digits.len() == 9 {
        digits.insert(0, 0);
    }
    if digits.iter().rev().skip(1).any(|digit| *digit > 9) {
        return None;
    }
    let weigh = |digits: &[u32]| -> u32 {
        digits
            .iter()
            .zip([1, 3].into_iter().cycle())
            .map(|(d, w)| d * w)
            .sum()
    };
    match digits.as_slice() {
        [first @ .., check] if first.len() == 9 => {
            let sum: u32 = (2..)
                .zip(first.iter().rev())
                .map(|(w, d): (u32, _)| w * d)
                .sum();
            if !(sum + check).is_multiple_of(11) {
                return None;
            }
            digits.pop();
            digits.splice(0..0, [9, 7, 8]);
            digits.push((10 - weigh(&digits) % 10) % 10);
        }
        [9, 7, 8 | 9, ..] if digits.len() == 13 && weigh(&digits) % 10 == 0 && digits[12] < 10 => {}
        _ => return None,
    }
    Some(digits.iter().map(u32::to_string).collect())
}

/// An identifier as its namespace writes it; nothing where it cannot be one.
pub fn identifier(namespace: &str, kind: Kind, text: &str) -> Option<String> {
    let text = text.trim();
    let digits = |text: &str| {
        let whole = text.strip_suffix(".0").unwrap_or(text);
        let plain = !whole.is_empty() && whole.bytes().all(|b| b.is_ascii_digit());
        plain
            .then(|| whole.trim_start_matches('0'))
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    match namespace {
        "isbn" => isbn(text),
        // Some catalogues leave `tt` and leading zeros out: at least seven digits follow it.
        "imdb" => {
            let bare = text.trim_start_matches("tt");
            digits(bare).map(|number| format!("tt{number:0>7}"))
        }
        // Films and series are counted apart.
        "tmdb" => digits(text).map(|number| match kind {
            Kind::Series => format!("tv/{number}"),
            _ => number,
        }),
        "mbid" => {
            let text = text.to_lowercase();
            let hex = text
                .bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f' | b'-'));
            (hex && text.len() == 36).then_some(text)
        }
        "ean" => ean(text),
        _ => (!text.is_empty()).then(|| text.to_owned()),
    }
}

/// A number of 8, 12 or 13 digits under a bar code, as 13 digits; nothing where the check digit is wrong.
fn ean(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    let known = matches!(digits.len(), 8 | 12 | 13) && digits.bytes().all(|b| b.is_ascii_digit());
    let full = known.then(|| format!("{digits:0>13}"))?;
    let weights = [1, 3].into_iter().cycle();
    let sum: u32 = full
        .bytes()
        .zip(weights)
        .map(|(b, w)| u32::from(b - b'0') * w)
        .sum();
    (sum.is_multiple_of(10) && full.bytes().any(|b| b != b'0')).then_some(full)
}

const ARTICLES: [&str; 18] = [
    "the", "a", "an", "la", "le", "les", "der", "die", "das", "el", "los", "las", "il", "lo", "un",
    "une", "una", "ein",
];

/// A title folded, without a leading article.
pub(crate) fn folded_title(title: &str) -> String {
    let folded = folded(title);
    match folded.split_once(' ') {
        Some((article, rest)) if ARTICLES.contains(&article) => rest.to_owned(),
        _ => folded,
    }
}

/// Compatibility forms, lower case, no accents on Latin and Greek letters, signs made blanks.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut base = ' ';
    for c in text.nfkd().flat_map(char::to_lowercase) {
        if is_combining_mark(c) {
            // Beyond Greek a mark makes another letter: か is not が.
            if base >= '\u{400}' {
                out.push(c);
            }
            continue;
        }
        base = c;
        if matches!(c, '\'' | '’' | '`') {
            continue;
        }
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    let out: String = out.trim_end().nfc().collect();
    if out.is_empty() {
        // A title of signs only.
        return text.trim().replace('|', " ").to_lowercase();
    }
    out
}

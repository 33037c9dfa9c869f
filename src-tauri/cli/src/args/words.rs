//! The words of an argument, each read into a typed value or refused with what it could be.

use curio_engine::behaviour::Action;
use curio_engine::catalogue::Kind;
use curio_engine::signal::Signal;

pub fn kind(word: &str) -> Result<Kind, String> {
    Kind::from_word(word).ok_or_else(|| {
        let names: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        format!("the kinds are {}", names.join(", "))
    })
}

/// Reads `5..20`; either end may be left out.
pub fn range(text: &str) -> Result<[f64; 2], String> {
    let refused = || "a range is FROM..TO, such as 5..20".to_owned();
    let (from, to) = text.split_once("..").ok_or_else(refused)?;
    let end = |text: &str, open: f64| match text.trim() {
        "" => Ok(open),
        number => number.parse::<f64>().map_err(|_| refused()),
    };
    let (from, to) = (end(from, 0.0)?, end(to, f64::MAX)?);
    if from <= to {
        Ok([from, to])
    } else {
        Err(refused())
    }
}

/// Reads the number of an entry, as `12` or as `activity` shows it, `#12`.
pub fn sequence(text: &str) -> Result<u64, String> {
    let text = text.trim();
    let digits = text.strip_prefix('#').unwrap_or(text);
    digits
        .parse()
        .map_err(|_| "entries have numbers, such as 12 or #12".to_owned())
}

pub(super) fn action(word: &str) -> Result<Action, String> {
    Action::from_word(word).ok_or_else(|| {
        "the actions are like, dislike, rate=0.5 to rate=5, view, open, finish, abandon, buy, \
         want, hide and comment"
            .into()
    })
}

pub(super) fn signal(name: &str) -> Result<Signal, String> {
    Signal::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = Signal::ALL.iter().map(|signal| signal.name()).collect();
        format!("the signals are {}", names.join(", "))
    })
}

pub(super) fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((field, column)) if !field.is_empty() && !column.is_empty() => {
            Ok((field.trim().into(), column.trim().into()))
        }
        _ => Err("a pair looks like title=Name".into()),
    }
}

pub(super) fn setting(text: &str) -> Result<(Signal, f64), String> {
    let (name, value) = text.split_once('=').ok_or("a setting looks like genre=2")?;
    let value: f64 = value
        .trim()
        .parse()
        .map_err(|_| format!("{value:?} is not a number"))?;
    if !value.is_finite() {
        return Err("a weight is a finite number".into());
    }
    Ok((signal(name)?, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_and_pairs_are_read() {
        assert_eq!(setting("genre=-2.5"), Ok((Signal::Genre, -2.5)));
        for text in ["genre", "genre=x", "genre=nan", "gerne=1"] {
            assert!(setting(text).is_err(), "{text}");
        }
        assert_eq!(pair("title = Name"), Ok(("title".into(), "Name".into())));
        assert!(pair("title=").is_err());
    }
}

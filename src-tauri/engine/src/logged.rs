//! What a log that Curio wrote says beyond what was done with which item: where that was done, weights
//! set by hand, less of something, and profiles that have done nothing.
//!
//! [`words_of`] and [`read`] undo each other, and a weight comes back to the bit. What has been undone
//! is in no such log: a log without an entry, and one with the entry undone, are the same to taste and
//! weights. What a row changes in a store is the intake's.

use xxhash_rust::xxh3::xxh3_128;

use crate::behaviour::{Deed, ProfileId, Trait};
use crate::signal::Signal;

/// How an act stood in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    pub surface: String,
    /// How often the log says the very same before.
    pub again: u32,
}

/// What a row says that is of no item.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    pub profile: String,
    /// Milliseconds since 1970-01-01 UTC.
    pub at: Option<i64>,
    pub said: Said,
    /// How often the log says the very same before.
    pub again: u32,
}

/// What is said of no item.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// The profile is there, by this number where that is told.
    Profile(Option<ProfileId>),
    Deed(Deed),
}

/// The action that says a profile is there.
pub(crate) const PROFILE: &str = "profile";

/// A deed that is of no item as the cells `action` and `of`; nothing for the others.
pub(crate) fn words_of(deed: &Deed) -> Option<[String; 2]> {
    Some(match deed {
        Deed::Act { .. } | Deed::Undo { .. } => return None,
        Deed::Pin { signal, weight } => [format!("pin={weight}"), signal.to_string()],
        Deed::Unpin { signal } => ["unpin".to_owned(), signal.to_string()],
        Deed::Less { of } => {
            let of = match of {
                Trait::Genre { name } => format!("genre:{name}"),
                Trait::Person { name } => format!("person:{name}"),
                Trait::Tag { name } => format!("tag:{name}"),
            };
            ["less".to_owned(), of]
        }
        Deed::Reset => ["reset".to_owned(), String::new()],
    })
}

/// Reads the cells `action` and `of`; nothing where the action is one that is done with an item.
///
/// # Errors
/// What is wrong, to follow on the cell at fault, and whether that is `of`.
pub(crate) fn read(action: &str, of: &str) -> Option<Result<Said, (bool, &'static str)>> {
    const SIGNAL: (bool, &str) = (true, "is not a signal");
    let word = action.trim();
    let signal = || Signal::from_name(of).ok_or(SIGNAL);
    if let Some(weight) = word.strip_prefix("pin=") {
        let weight: Option<f64> = weight.parse().ok().filter(|w: &f64| w.is_finite());
        let weight = weight.ok_or((false, "is not a weight"));
        return Some(weight.and_then(|weight| {
            let signal = signal()?;
            Ok(Said::Deed(Deed::Pin { signal, weight }))
        }));
    }
    Some(match word {
        PROFILE => match of.trim() {
            "" => Ok(Said::Profile(None)),
            number => match number.parse() {
                Ok(number) => Ok(Said::Profile(Some(ProfileId(number)))),
                Err(_) => Err((true, "is not the number of a profile")),
            },
        },
        "unpin" => signal().map(|signal| Said::Deed(Deed::Unpin { signal })),
        "less" => part(of)
            .map(|of| Said::Deed(Deed::Less { of }))
            .ok_or((true, "names no genre:, person: or tag:")),
        "reset" => Ok(Said::Deed(Deed::Reset)),
        _ => return None,
    })
}

fn part(of: &str) -> Option<Trait> {
    let (kind, name) = of.split_once(':')?;
    let name = name.to_owned();
    match kind.trim() {
        "genre" => Some(Trait::Genre { name }),
        "person" => Some(Trait::Person { name }),
        "tag" => Some(Trait::Tag { name }),
        _ => None,
    }
}

/// What an entry is known by, wherever in the program it was made; nothing for an undo.
pub(crate) fn identity(at: i64, deed: &Deed) -> Option<u128> {
    let text = match deed {
        Deed::Act {
            item,
            action,
            note,
            basket,
            ..
        } => format!("{at} {item} {action} {note:?} {basket:?}"),
        deed => {
            let [action, of] = words_of(deed)?;
            format!("{at} {action} {of:?}")
        }
    };
    Some(xxh3_128(text.as_bytes()))
}

//! The behaviour log of a profile: what was done, in order, never edited.
//!
//! Everything that a profile has shown or set is an [`Entry`]; taste and weights are a fold over the
//! entries that no later [`Deed::Undo`] takes back. Undo appends.

use std::collections::{HashMap, HashSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::catalogue::ItemId;
use crate::signal::Signal;

/// Names a profile: dense, from 0, in order of creation, never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(export))]
#[serde(transparent)]
pub struct ProfileId(pub u32);

/// The surface of what a file told.
pub const IMPORT: &str = "import";

/// The surface of what a file told without a date: the entry has that of the import.
pub const UNDATED: &str = "import_undated";

/// Whether something was told by a file, and not done in the program.
pub fn is_import(surface: &str) -> bool {
    surface == IMPORT || surface == UNDATED
}

/// The least reward that makes an action a choice among the candidates.
pub const CHOICE: f64 = 0.5;

/// What a person did with an item.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    View,
    Open,
    Want,
    Like,
    Dislike,
    /// A rating in stars, 0.5 to 5.
    Rate(f64),
    Finish,
    Abandon,
    Buy,
    /// Not interested: a mild no, and the item is not shown again.
    Hide,
    Comment,
}

impl Action {
    /// The signed reward in −1..=1 (design: "Actions and their rewards").
    pub fn reward(self) -> f64 {
        match self {
            Self::View => 0.1,
            Self::Open => 0.2,
            Self::Want => 0.5,
            Self::Like | Self::Buy => 1.0,
            Self::Dislike => -1.0,
            Self::Rate(stars) if (stars - 3.0).abs() < 1e-9 => 0.1,
            Self::Rate(stars) => ((stars - 3.0) / 2.0).max(-1.0),
            Self::Finish => 0.8,
            Self::Abandon => -0.6,
            Self::Hide => -0.5,
            Self::Comment => 0.3,
        }
    }

    /// Whether it is a choice among the candidates, which the weights learn from.
    pub fn is_choice(self) -> bool {
        self.reward() >= CHOICE
    }

    /// Whether the item is done with and leaves the candidates. A glance leaves it in.
    pub fn settles(self) -> bool {
        !matches!(self, Self::View | Self::Open | Self::Want | Self::Comment)
    }

    /// Whether it says how good the item was found.
    pub fn is_opinion(self) -> bool {
        matches!(self, Self::Like | Self::Dislike | Self::Rate(_))
    }

    /// Reads an action as it is typed: `like`, `rate=4`, `hide`, …
    pub fn from_word(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase();
        if let Some(stars) = word.strip_prefix("rate=") {
            let stars: f64 = stars.parse().ok()?;
            return (0.5..=5.0).contains(&stars).then_some(Self::Rate(stars));
        }
        Some(match word.as_str() {
            "view" => Self::View,
            "open" => Self::Open,
            "want" => Self::Want,
            "like" => Self::Like,
            "dislike" => Self::Dislike,
            "finish" => Self::Finish,
            "abandon" => Self::Abandon,
            "buy" => Self::Buy,
            "hide" => Self::Hide,
            "comment" => Self::Comment,
            _ => return None,
        })
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::View => "view",
            Self::Open => "open",
            Self::Want => "want",
            Self::Like => "like",
            Self::Dislike => "dislike",
            Self::Rate(stars) => return write!(f, "rate={stars}"),
            Self::Finish => "finish",
            Self::Abandon => "abandon",
            Self::Buy => "buy",
            Self::Hide => "hide",
            Self::Comment => "comment",
        })
    }
}

/// Something that items have, and of which a person can ask less.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(export))]
#[serde(tag = "trait", rename_all = "snake_case")]
pub enum Trait {
    Genre {
        name: String,
    },
    /// A creator or another who took part.
    Person {
        name: String,
    },
    Tag {
        name: String,
    },
}

/// What an entry of the log says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// Something was done with an item.
    Act {
        item: ItemId,
        action: Action,
        /// Where in the program it was done, such as `for_you` or `import`.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        surface: String,
        /// The person's own words, for a comment.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
        /// The basket that a purchase was in, as [`basket_of`] names it; empty for none.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        basket: String,
    },
    /// The weight of a signal was set by hand and leaves the learning.
    Pin { signal: Signal, weight: f64 },
    /// A pinned weight goes back to learning, from where it stands.
    Unpin { signal: Signal },
    /// Less of something was asked for.
    Less { of: Trait },
    /// All weights go back to the prior; pins are lifted.
    Reset,
    /// An earlier entry is taken back.
    Undo { sequence: u64 },
}

/// What begins the name of a basket whose shopper is known: the profile.
const ORDER: &str = "order:";
/// What begins the name of a basket of a till, where every basket is a shopper's of its own.
const TILL: &str = "till:";

/// Names a basket by its order or receipt, and by whether it is known who bought.
pub fn basket_of(order: &str, anonymous: bool) -> String {
    format!("{}{order}", if anonymous { TILL } else { ORDER })
}

/// Whether a text is a name that [`basket_of`] gave.
pub fn is_basket(text: &str) -> bool {
    text.starts_with(ORDER) || text.starts_with(TILL)
}

/// Whether nobody knows who filled the basket.
pub fn is_anonymous(basket: &str) -> bool {
    basket.starts_with(TILL)
}

/// One line of a profile's log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Position in this profile's log, from 0, without gaps.
    pub sequence: u64,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at: i64,
    #[serde(flatten)]
    pub deed: Deed,
}

/// The entries that count: in order, without those undone and without the undoing itself.
pub fn live(log: &[Entry]) -> impl Iterator<Item = &Entry> {
    let undone: HashSet<u64> = undone(log);
    log.iter()
        .filter(move |e| !undone.contains(&e.sequence) && !matches!(e.deed, Deed::Undo { .. }))
}

/// The sequences that some later entry took back.
pub fn undone(log: &[Entry]) -> HashSet<u64> {
    log.iter()
        .filter_map(|e| match e.deed {
            Deed::Undo { sequence } => Some(sequence),
            _ => None,
        })
        .collect()
}

/// The live entries without earlier verdicts on an item that a later one replaces. That it was
/// finished, as a file tells, takes no opinion back: a list of what was watched may come after the ratings.
pub fn counting(log: &[Entry]) -> impl Iterator<Item = &Entry> {
    let mut last: HashMap<ItemId, (u64, Action)> = HashMap::new();
    for entry in live(log) {
        let Deed::Act {
            item,
            action,
            ref surface,
            ..
        } = entry.deed
        else {
            continue;
        };
        let before = last.get(&item).map(|(_, action)| *action);
        let told = action == Action::Finish && is_import(surface);
        if action.settles() && !(told && before.is_some_and(Action::is_opinion)) {
            last.insert(item, (entry.sequence, action));
        }
    }
    live(log).filter(move |entry| match entry.deed {
        Deed::Act { item, action, .. } if action.settles() => last[&item].0 == entry.sequence,
        _ => true,
    })
}

/// A person, customer or guest whose taste is kept apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    pub id: ProfileId,
    pub name: String,
    /// A removed profile keeps its number; its log is gone.
    #[serde(default)]
    pub removed: bool,
}

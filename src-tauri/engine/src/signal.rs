//! The signals k of the formula: their names, and which of them need other profiles.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! signals {
    ($($variant:ident $name:literal),+ $(,)?) => {
        /// One signal of the sum. The order is the order of every weight vector.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "types", derive(ts_rs::TS), ts(export))]
        #[serde(rename_all = "snake_case")]
        pub enum Signal { $($variant),+ }

        impl Signal {
            /// Every signal, in order.
            pub const ALL: [Self; K] = [$(Self::$variant),+];

            /// The signal's name as it is stored, typed and printed.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

/// How many signals there are.
pub const K: usize = 36;

signals! {
    Meaning "meaning",
    MeaningLately "meaning_lately",
    NearestLiked "nearest_liked",
    NearestLately "nearest_lately",
    NearestDisliked "nearest_disliked",
    Theme "theme",
    Genre "genre",
    GenreBeyond "genre_beyond",
    GenreLately "genre_lately",
    People "people",
    PeopleLately "people_lately",
    Creator "creator",
    Keyword "keyword",
    TitleLately "title_lately",
    Language "language",
    Era "era",
    EraLately "era_lately",
    EraNow "era_now",
    Popularity "popularity",
    PopularityNewcomer "popularity_newcomer",
    PopularityLately "popularity_lately",
    Quality "quality",
    QualityNewcomer "quality_newcomer",
    QualityLately "quality_lately",
    Newness "newness",
    Fresh "fresh",
    Upcoming "upcoming",
    CompanyItem "company_item",
    CompanyEase "company_ease",
    CompanyKindred "company_kindred",
    CompanyFollows "company_follows",
    CompanyNext "company_next",
    CompanyBeside "company_beside",
    CompanyItemLately "company_item_lately",
    CompanyEaseLately "company_ease_lately",
    CompanySeenLately "company_seen_lately",
}

impl Signal {
    /// The signal's place in every weight vector.
    pub fn index(self) -> usize {
        self as usize
    }

    /// Whether it is evidence of what a profile has shown, and not of the item or of the length of
    /// the log.
    pub fn is_personal(self) -> bool {
        !matches!(
            self,
            Self::Popularity
                | Self::PopularityNewcomer
                | Self::PopularityLately
                | Self::Quality
                | Self::QualityNewcomer
                | Self::QualityLately
                | Self::Newness
                | Self::Fresh
                | Self::Upcoming
        )
    }

    /// The sign that a weight which was learned must have to mean what its signal says; 0 where both
    /// are sensible. Without it correlated signals are played off against each other, which says
    /// nothing to a person and does not carry over to another catalogue.
    pub fn side(self) -> f64 {
        match self {
            Self::Newness => 0.0,
            Self::NearestDisliked | Self::Upcoming => -1.0,
            _ => 1.0,
        }
    }

    /// Finds a signal by its name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name.trim())
    }
}

impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How much of other profiles the ranking may use; each has its own prior.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The profile's own log and the catalogue.
    Alone,
    /// Also what other profiles like.
    Company,
    /// Also in which order they came to it.
    InOrder,
}

impl Scope {
    /// Every scope, narrowest first.
    pub const ALL: [Self; 3] = [Self::Alone, Self::Company, Self::InOrder];

    /// Whether a signal takes part.
    pub fn includes(self, signal: Signal) -> bool {
        match signal {
            Signal::CompanyItem | Signal::CompanyEase | Signal::CompanyKindred => {
                self >= Self::Company
            }
            Signal::CompanyFollows
            | Signal::CompanyNext
            | Signal::CompanyBeside
            | Signal::CompanyItemLately
            | Signal::CompanyEaseLately
            | Signal::CompanySeenLately => self >= Self::InOrder,
            _ => true,
        }
    }

    /// The scope's name as the evaluation prints it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Alone => "alone",
            Self::Company => "company",
            Self::InOrder => "in order",
        }
    }
}

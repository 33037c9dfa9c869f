//! Why an item stands where it stands, as typed parts, and what would change that.

use serde::{Deserialize, Serialize};

use super::{ItemRef, Ranked, WeightChange, What};
use crate::signal::Signal;

views! {
    /// One summand of a score: value = weight · evidence.
    pub struct Term {
        pub signal: Signal,
        pub weight: f64,
        /// φ(u)·ψ(i) for this signal.
        pub evidence: f64,
        pub value: f64,
    }

    /// A reason in words, as typed parts; the reader's language puts them together.
    #[serde(tag = "because", rename_all = "snake_case")]
    pub enum Reason {
        /// Its text is close to something liked.
        Liked { item: ItemRef },
        /// By someone whose work was liked.
        Creator { name: String },
        /// With someone who was in what was liked.
        Person { name: String },
        Genre { name: String },
        Tags { names: Vec<String> },
        /// Its title shares a telling word with what was chosen lately.
        Title { name: String },
        Language { name: String },
        /// Its text is close to the whole of what was liked.
        Meaning,
        /// Its text is close to what was chosen lately.
        Lately,
        /// From the years that were liked.
        Era { year: i32 },
        Popular,
        WellRated,
        /// It came out this year or shortly before.
        New,
        /// It is newer than most of its kind in the catalogue.
        Newer,
        /// Other profiles that liked the same things like it.
        Company,
        /// Other profiles went on to it.
        WentOn,
        /// The signal is the largest of the sum, though it is no larger than usual or has nothing to name.
        Most { signal: Signal },
        /// Nothing pulls it up that would be worth a word; it is a start.
        Start,
    }

    /// Why an item stands where it stands, and what would change that.
    pub struct Explained {
        pub ranked: Ranked,
        pub candidates: usize,
        /// Largest change first; only those that change the place.
        pub without_signals: Vec<WithoutSignal>,
        /// Likewise, of the few entries that were tried.
        pub without_entries: Vec<WithoutEntry>,
    }

    /// The place if the signal counted nothing.
    #[derive(Copy)]
    pub struct WithoutSignal {
        pub signal: Signal,
        pub rank: usize,
    }

    /// The place if the entry had never been.
    pub struct WithoutEntry {
        pub sequence: u64,
        pub what: What,
        pub item: Option<ItemRef>,
        pub rank: usize,
    }

    /// What an act would do.
    pub struct Preview {
        /// Weights that would move, largest effect on scores first.
        pub changes: Vec<WeightChange>,
        /// The top of the list afterwards.
        pub list: Vec<Moved>,
        /// What would no longer be in it.
        pub left: Vec<ItemRef>,
    }

    /// A place in a list, and which it was before; nothing where it was not in the top.
    pub struct Moved {
        pub item: ItemRef,
        pub from: Option<usize>,
        pub to: usize,
    }
}

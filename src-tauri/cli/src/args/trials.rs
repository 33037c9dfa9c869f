//! What is evaluated or trained, on which files.

use std::path::PathBuf;

/// What is evaluated, and how.
// Each is a word of the command line; which of them exclude each other, clap is told.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, clap::Args)]
pub struct Evaluate {
    /// A profile's own log, instead of files
    #[arg(long, value_name = "NAME", conflicts_with_all = ["prior", "ablate", "choices", "turn", "lists", "intervals", "baskets"])]
    pub profile: Option<String>,
    #[command(flatten)]
    pub files: Files,
    /// Profiles to fit the prior on, instead of the shipped one
    #[arg(long, value_name = "CSV")]
    pub prior: Option<PathBuf>,
    /// How much of each log is replayed
    #[arg(long, default_value_t = 400)]
    pub limit: usize,
    /// Also evaluate without each signal in turn
    #[arg(long)]
    pub ablate: bool,
    /// Write where every choice stood in every list
    #[arg(long, value_name = "FILE")]
    pub choices: Option<PathBuf>,
    /// Evaluate instead how ranking recovers when, after so many interactions, each profile goes on
    /// as the next
    #[arg(long, value_name = "N", conflicts_with_all = ["ablate", "choices"])]
    pub turn: Option<usize>,
    /// Evaluate instead what lists gain and lose by variety, balance and surprise
    #[arg(long, conflicts_with_all = ["ablate", "choices", "turn"])]
    pub lists: bool,
    /// Evaluate instead whether the intervals of weights hold what they claim, on simulated profiles
    #[arg(long, conflicts_with_all = ["ablate", "choices", "turn", "lists"])]
    pub intervals: bool,
    /// Evaluate instead what goes with baskets, and what customers buy next, on the last fifth of
    /// the orders
    #[arg(long, conflicts_with_all = ["prior", "neighbours", "ablate", "choices", "turn", "lists", "intervals"])]
    pub baskets: bool,
}

/// What a prior is fitted on, and what becomes of it.
#[derive(Debug, clap::Args)]
pub struct Train {
    #[command(flatten)]
    pub files: Files,
    /// Where the prior that was fitted on files is written
    #[arg(long, value_name = "FILE", requires = "catalog")]
    pub out: Option<PathBuf>,
    /// Draws the samples that choices are compared with
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Go back to the prior that ships with Curio
    #[arg(long, conflicts_with_all = ["catalog", "out"])]
    pub forget: bool,
}

/// The files that evaluation and training share.
#[derive(Debug, clap::Args)]
pub struct Files {
    /// The items
    #[arg(long, value_name = "CSV", requires = "interactions")]
    pub catalog: Option<PathBuf>,
    /// The logs; each profile in them is fresh
    #[arg(long, value_name = "CSV", requires = "catalog")]
    pub interactions: Option<PathBuf>,
    /// Logs of other profiles, whose company may be used
    #[arg(long, value_name = "CSV", requires = "catalog")]
    pub neighbours: Option<PathBuf>,
}

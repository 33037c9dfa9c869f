//! Arguments: what may be typed, as typed values; nothing is looked up or done here.

mod list;
mod trials;
mod words;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use curio_engine::behaviour::Action;
use curio_engine::catalogue::Kind;
use curio_engine::signal::Signal;
use curio_engine::view::Content;

use crate::media::Folder;
use crate::merging::Merging;
use crate::portrait::Portrait;
use crate::shelf::Shelf;

pub use list::{Asked, List};
pub use trials::{Evaluate, Files, Train};
pub use words::{kind, range, sequence};

use words::{action, pair, setting, signal};

/// A recommender that lives on your own machine.
#[derive(Debug, Parser)]
#[command(
    name = "curio",
    version,
    max_term_width = 100,
    infer_subcommands = false
)]
pub struct Args {
    /// The data folder [default: the platform's own place, or what `CURIO_DATA` says]
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The folder with the encoders [default: beside the program, or what `CURIO_MODELS` says]
    #[arg(long, global = true, value_name = "DIR")]
    pub models: Option<PathBuf>,
    /// A text encoder for this once [default: the one that `encoders --choose` chose for the folder]
    #[arg(long, global = true, value_name = "NAME")]
    pub encoder: Option<String>,
    /// Answer with one line of JSON
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Command,
}

/// The verbs of the engine.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Reads a table (CSV, XLSX, ODS, JSON Lines, or a zip of such) into the catalogue or into logs;
    /// running it again resumes
    Import(Import),
    /// Undoes the last import; what was done by hand since stays
    UndoImport,
    /// Says how files are read that a saved mapping fits
    Mappings,
    /// Forgets a saved mapping
    ForgetMapping { name: String },
    /// Finds items by words and by meaning
    Search {
        #[arg(required = true)]
        words: Vec<String>,
        /// How many
        #[arg(short, default_value_t = 10)]
        n: usize,
        #[arg(long, value_parser = kind)]
        kind: Option<Kind>,
    },
    /// Shows all that is known of an item
    Show {
        /// An id, a key or a title
        item: String,
    },
    /// Lists items whose text is near another's
    Similar {
        /// An id, a key or a title
        item: String,
        /// How many
        #[arg(short, default_value_t = 10)]
        n: usize,
    },
    /// Adds, lists, renames and removes profiles
    #[command(subcommand)]
    Profile(Profile),
    /// Notes what a profile did with an item, and learns from it
    Record {
        #[arg(long, value_name = "NAME")]
        profile: String,
        /// An id, a key or a title
        item: String,
        /// like, dislike, rate=4, view, open, finish, abandon, buy, want, hide or comment
        #[arg(value_parser = action)]
        action: Action,
        /// The words of a comment
        #[arg(long, default_value = "", hide_default_value = true)]
        note: String,
    },
    /// Takes back entries of a profile's log, the latest unless their numbers are given
    Undo {
        #[arg(long, value_name = "NAME")]
        profile: String,
        /// Their numbers, as `activity` shows them
        #[arg(value_parser = sequence)]
        sequences: Vec<u64>,
    },
    /// Ranks the catalogue for a profile
    Recommend {
        #[command(flatten)]
        list: List,
        /// Show the terms of every score
        #[arg(long)]
        explain: bool,
    },
    /// Lists rows for a profile, each with one reason to be there
    Rows {
        #[command(flatten)]
        list: List,
    },
    #[command(flatten)]
    Shelf(Shelf),
    #[command(flatten)]
    Portrait(Portrait),
    #[command(flatten)]
    Merging(Merging),
    #[command(flatten)]
    Ties(Ties),
    /// Adds, lists, scans and removes media folders
    #[command(subcommand)]
    Folder(Folder),
    /// Shares a profile's taste as a file, and adds, lists and removes friends by theirs
    #[command(subcommand)]
    Friend(Friend),
    /// Shows a profile's weights, how they moved, and sets them by hand
    Weights(Weights),
    /// Lists a profile's log, newest first
    Activity {
        #[arg(long, value_name = "NAME")]
        profile: String,
        /// Only about items with this in their title
        #[arg(
            long,
            default_value = "",
            hide_default_value = true,
            value_name = "WORDS"
        )]
        find: String,
        /// Only what was done so: like, rate, pin, undo, …
        #[arg(long, value_name = "DEED")]
        did: Option<String>,
        /// Only about this item: an id, a key or a title
        #[arg(long)]
        item: Option<String>,
        /// How many
        #[arg(short, default_value_t = 20)]
        n: usize,
    },
    /// Replays logs and measures every ranker on each choice before learning from it
    Evaluate(Evaluate),
    /// Fits the weights that every profile starts with, on the profiles here or on files
    Train(Train),
    /// Lists the text encoders, and chooses one; the old one serves until `encode` is through
    Encoders {
        /// The encoder of this data folder from now on
        #[arg(long, value_name = "NAME")]
        choose: Option<String>,
    },
    /// Encodes what the chosen encoder has not encoded yet; running it again resumes
    Encode,
    /// Writes everything into a folder, for Curio to import or for another program
    Export(Export),
    /// Writes everything into one file
    Backup { file: PathBuf },
    /// Puts everything back from a backup
    Restore {
        file: PathBuf,
        /// Only reads the backup through and says what is in it
        #[arg(long)]
        dry_run: bool,
    },
    /// Says how much there is and what state it is in
    Status,
}

/// Lists for more than one, and what would change a list.
#[derive(Debug, Subcommand)]
pub enum Ties {
    /// Lists what two or more profiles would like together
    Together {
        #[arg(long = "with", required = true, value_name = "NAME")]
        profiles: Vec<String>,
        #[command(flatten)]
        asked: Asked,
    },
    /// Lists what goes with some items
    Basket {
        /// Ids, keys or titles
        #[arg(required = true)]
        items: Vec<String>,
        #[command(flatten)]
        asked: Asked,
    },
    /// Picks a spread of items that tells tastes apart, to begin a profile with
    Picks {
        /// What you feel like, in any language
        wish: Vec<String>,
        #[arg(long, value_parser = kind)]
        kind: Option<Kind>,
        /// How many
        #[arg(short, default_value_t = 12)]
        n: usize,
    },
    /// Shows why an item stands where it stands, and what would change that
    Explain {
        #[arg(long, value_name = "NAME")]
        profile: String,
        /// An id, a key or a title
        item: String,
    },
    /// Shows what recording an action would do, and records nothing
    Preview {
        #[arg(long, value_name = "NAME")]
        profile: String,
        /// An id, a key or a title
        item: String,
        /// As for record
        #[arg(value_parser = action)]
        action: Action,
    },
}

/// How a file is imported.
#[derive(Debug, clap::Args)]
pub struct Import {
    pub file: PathBuf,
    /// What the file holds [default: recognised from its header]
    #[arg(long = "as", value_enum, value_name = "WHAT")]
    pub content: Option<Holds>,
    /// Says which column is which field, kept (as it is) or ignored, and how the file is written:
    /// delimiter=semicolon, encoding=windows-1252, decimals=comma, dates=month-first, lists=bar, scale=10;
    /// rows=want says what rows mean that do not say it (nothing, open, finish, want, like);
    /// numbers=books whose the numbers of items are, where several lists count from one;
    /// mapping=NAME reads by a saved mapping, mapping=none by none; repeat it or separate pairs with commas
    #[arg(long, value_name = "FIELD=COLUMN", value_delimiter = ',', value_parser = pair)]
    pub map: Vec<(String, String)>,
    /// The profile for interactions that name none
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Keeps the mapping under a name, to be followed for files of the same header
    #[arg(long, value_name = "NAME")]
    pub save_mapping: Option<String>,
    /// Say what would happen and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// What a file holds.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Holds {
    Catalogue,
    Interactions,
}

impl From<Holds> for Content {
    fn from(holds: Holds) -> Self {
        match holds {
            Holds::Catalogue => Self::Catalogue,
            Holds::Interactions => Self::Interactions,
        }
    }
}

/// What is written, and where.
#[derive(Debug, clap::Args)]
pub struct Export {
    pub dir: PathBuf,
    /// CSV for any program, JSON Lines with everything there is, or what another tracker imports
    #[arg(long, value_enum, default_value_t = ExportFormat::Csv)]
    pub format: ExportFormat,
    /// Whose films or books, for letterboxd and goodreads
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
}

/// As what an export is written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ExportFormat {
    Csv,
    Jsonl,
    Letterboxd,
    Goodreads,
}

impl From<ExportFormat> for curio_engine::view::ExportFormat {
    fn from(format: ExportFormat) -> Self {
        match format {
            ExportFormat::Csv => Self::Csv,
            ExportFormat::Jsonl => Self::Jsonl,
            ExportFormat::Letterboxd => Self::Letterboxd,
            ExportFormat::Goodreads => Self::Goodreads,
        }
    }
}

/// The verbs on profiles.
#[derive(Debug, Subcommand)]
pub enum Profile {
    /// Adds a profile
    Add { name: String },
    /// Lists the profiles
    List,
    /// Gives a profile another name
    Rename { name: String, to: String },
    /// Removes a profile and its log
    Remove { name: String },
}

/// The verbs on friends.
#[derive(Debug, Subcommand)]
pub enum Friend {
    /// Writes what a profile loves, likes and dislikes into a file for others, and nothing of when
    Share {
        #[arg(long, value_name = "NAME")]
        profile: String,
        /// The name in the file [default: the profile's]
        #[arg(long = "as", value_name = "NAME")]
        name: Option<String>,
        file: PathBuf,
    },
    /// Adds a friend from the file that they shared, in the place of the one of that name
    Add { file: PathBuf },
    /// Lists the friends, and how far each profile agrees with them
    List,
    /// Removes a friend and their taste
    Remove { name: String },
}

/// What is asked of a profile's weights.
#[derive(Debug, clap::Args)]
pub struct Weights {
    #[arg(long, value_name = "NAME")]
    pub profile: String,
    /// Also show how they moved
    #[arg(long)]
    pub history: bool,
    /// Sets a weight by hand; it stays there until it is unpinned
    #[arg(long, value_name = "SIGNAL=VALUE", value_parser = setting)]
    pub set: Vec<(Signal, f64)>,
    /// Says that what is set is to stay; setting alone says the same
    #[arg(long, requires = "set")]
    pub pin: bool,
    /// Lets a weight that was set by hand learn again
    #[arg(long, value_name = "SIGNAL", value_parser = signal)]
    pub unpin: Vec<Signal>,
    /// Puts all weights back to where they started
    #[arg(long)]
    pub reset: bool,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Args::command().debug_assert();
    }
}

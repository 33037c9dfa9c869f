//! What is asked of a list on the command line.

use curio_engine::catalogue::Kind;
use curio_engine::view::Request;

use super::words::{kind, range};

/// A profile's list.
#[derive(Debug, clap::Args)]
pub struct List {
    #[arg(long, value_name = "NAME")]
    pub profile: String,
    #[command(flatten)]
    pub asked: Asked,
}

/// What is asked of a list.
#[derive(Debug, clap::Args)]
pub struct Asked {
    /// How many
    #[arg(short, default_value_t = 10)]
    pub n: usize,
    #[arg(long, value_parser = kind)]
    pub kind: Option<Kind>,
    /// Leave out what is out of stock
    #[arg(long)]
    pub in_stock: bool,
    /// From and to, both included, such as 5..20; leaves out what has no price
    #[arg(long, value_name = "FROM..TO", value_parser = range)]
    pub prices: Option<[f64; 2]>,
    /// From 0, the plain ranking, to 1, items as unlike each other as can be
    #[arg(
        long,
        value_name = "SHARE",
        default_value_t = 0.0,
        hide_default_value = true
    )]
    pub variety: f64,
    /// From 0, the plain ranking, to 1, genres in the profile's own proportions
    #[arg(
        long,
        value_name = "SHARE",
        default_value_t = 0.0,
        hide_default_value = true
    )]
    pub balance: f64,
    /// From 0, what is best known to please, to 1, weights drawn from all they may be
    #[arg(
        long,
        value_name = "SHARE",
        default_value_t = 0.0,
        hide_default_value = true
    )]
    pub surprise: f64,
    /// Draws the surprise
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub seed: u32,
    /// At most so many by one creator
    #[arg(long, value_name = "N")]
    pub per_creator: Option<usize>,
    /// At most so many of one series, collection or album
    #[arg(long, value_name = "N")]
    pub per_series: Option<usize>,
}

impl Asked {
    /// The same as the engine asks it.
    pub fn request(&self) -> Request {
        Request {
            n: self.n,
            kind: self.kind,
            in_stock: self.in_stock,
            prices: self.prices,
            variety: self.variety,
            balance: self.balance,
            surprise: self.surprise,
            seed: self.seed,
            per_creator: self.per_creator,
            per_series: self.per_series,
        }
    }
}

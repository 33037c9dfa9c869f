//! Curio's engine: a recommender that lives in one folder on its owner's machine.
//!
//! It imports a catalogue, keeps a log of what each profile does, ranks the catalogue for a profile
//! by R(u, i) = Σ_k w_k · φ_k(u) · ψ_k(i), moves the weights with every choice, and says why. It
//! has no window, terminal, clock, randomness or environment, and opens no network connection.
//!
//! ```
//! use curio_engine::{Engine, Settings, behaviour::Action, view::Request};
//!
//! # fn main() -> curio_engine::Result<()> {
//! # let folder = std::env::temp_dir().join(format!("curio-doc-{}", std::process::id()));
//! # std::fs::create_dir_all(&folder).unwrap();
//! # let csv = folder.join("films.csv");
//! # std::fs::write(&csv, "title,year,genres\nSolaris,1972,Science Fiction\nStalker,1979,Science Fiction\n").unwrap();
//! let engine = Engine::open(Settings {
//!     data: folder.join("data"),
//!     models: folder.join("models"), // without an encoder the other signals go on
//!     encoder: None, // the one that was chosen in the folder
//! })?;
//! engine.import(&csv, &Default::default(), 0, &curio_engine::Watch::NONE)?;
//! let ada = engine.add_profile("Ada")?.id;
//! engine.record(ada, engine.find_item("Solaris")?, Action::Like, "doc", "", 1)?;
//! let list = engine.recommend(ada, &Request { n: 5, ..Request::default() }, 2)?;
//! assert_eq!(list.items[0].item.title, "Stalker");
//! # drop(engine);
//! # std::fs::remove_dir_all(&folder).unwrap();
//! # Ok(())
//! # }
//! ```

pub mod activity;
mod alike;
mod archive;
pub mod backup;
mod backups;
pub mod basket;
pub mod behaviour;
pub mod browse;
pub mod calibration;
pub mod candidates;
pub mod catalogue;
mod cells;
mod census;
pub mod centre;
pub mod clean;
mod collation;
mod columns;
pub mod counter;
pub mod covers;
pub mod csvfile;
pub mod curve;
pub mod dates;
pub mod decode;
mod deviation;
pub mod edit;
mod editions;
pub mod encode;
pub mod encoders;
pub mod encoding;
pub mod engine;
pub mod error;
pub mod evaluate;
mod examples;
pub mod explain;
pub mod export;
pub mod features;
pub mod field;
mod folders;
pub mod format;
pub mod friend;
pub mod friends;
pub mod fusion;
mod generic;
mod glossary;
mod guess;
pub mod heldout;
pub mod household;
pub mod identity;
pub mod import;
mod imports;
mod indexing;
pub mod insight;
mod intake;
pub mod interval;
pub mod journal;
mod jsonlines;
pub mod learn;
pub mod lessons;
pub mod library;
pub mod links;
pub mod list;
mod lists;
mod logged;
pub mod logit;
mod lookup;
pub mod manifest;
pub mod manner;
pub mod mappings;
mod media;
mod merge;
pub mod mix;
mod nearest;
pub mod neighbours;
pub mod number;
mod opendocument;
mod parts;
pub mod picks;
pub mod plan;
pub mod portrait;
pub mod prior;
mod profiles;
pub mod rank;
pub mod reason;
pub mod recommend;
pub mod rejects;
mod remembered;
mod replace;
pub mod replay;
mod reversal;
mod row;
mod samples;
pub mod scales;
mod scan;
pub mod search;
pub mod sheet;
pub mod shop;
pub mod shoppers;
pub mod signal;
mod snapshot;
mod sorter;
mod source;
pub mod specs;
pub mod store;
mod survey;
mod tablefile;
mod tables;
pub mod taste;
pub mod tastefile;
pub mod text;
pub mod texts;
pub mod together;
pub mod tracker;
pub mod train;
pub mod training;
pub mod transcript;
pub mod trial;
pub mod tune;
pub mod turn;
mod variants;
pub mod vectors;
pub mod view;
pub mod watch;
mod wish;
mod words;
mod workbook;
pub mod writing;

pub use engine::{Engine, Settings};
pub use error::{Error, ErrorKind, Result};
pub use import::ImportOptions;
pub use watch::Watch;

//! Curio's engine.

pub mod backup;
pub mod behaviour;
pub mod catalogue;
pub mod csvfile;
pub mod encode;
pub mod engine;
pub mod error;
pub mod evaluate;
pub mod features;
pub mod format;
pub mod fusion;
pub mod import;
pub mod journal;
pub mod learn;
pub mod library;
pub mod portrait;
pub mod prior;
pub mod neighbours;
pub mod rank;
pub mod reason;
pub mod search;
pub mod signal;
pub mod store;
pub mod taste;
pub mod text;
pub mod train;
pub mod vectors;
pub mod view;

pub use engine::{Engine, ImportOptions, Settings, Watch};
pub use error::{Error, ErrorKind, Result};

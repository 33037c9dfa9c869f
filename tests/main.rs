//! One test binary over the engine and the command line.

// Tests stop at what they did not expect, compare bits on purpose, and write small files in one line.
#![allow(
    clippy::unwrap_used,
    clippy::float_cmp,
    clippy::format_collect,
    clippy::format_push_string
)]

mod agreement;
mod anew;
mod archives;
mod backups;
mod baskets;
mod comeback;
mod crash;
mod csvtrip;
mod curve;
mod damaged;
mod deeds;
mod encoder;
mod encoders;
mod encoding;
mod evaluation;
mod exports;
mod formats;
mod formula;
mod friends;
mod harm;
mod headers;
mod house;
mod import;
mod journey;
mod languages;
mod learning;
mod library;
mod list;
mod manners;
mod media;
mod merging;
mod numbering;
mod opened;
mod operations;
mod pictures;
mod programs;
mod remarks;
mod reversal;
mod roundtrip;
mod search;
mod shelf;
mod shelves;
mod shops;
mod stamp;
mod store;
mod storeformat;
mod tables;
mod taken;
mod tastefiles;
mod ties;
mod trackers;
mod training;
mod vectors;
mod verbs;
mod wishes;
mod written;

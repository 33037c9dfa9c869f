//! One test binary over the engine and the command line.

// Tests stop at what they did not expect, compare bits on purpose, and write small files in one line.
#![allow(
    clippy::unwrap_used,
    clippy::float_cmp,
    clippy::format_collect,
    clippy::format_push_string
)]

mod baskets;
mod crash;
mod curve;
mod damaged;
mod deeds;
mod encoder;
mod encoders;
mod evaluation;
mod formats;
mod formula;
mod friends;
mod house;
mod import;
mod journey;
mod learning;
mod list;
mod media;
mod merging;
mod remarks;
mod reversal;
mod roundtrip;
mod search;
mod shelf;
mod store;
mod tables;
mod ties;
mod training;
mod verbs;

//! One test binary over the engine and the command line.

// Tests stop at what they did not expect, and compare bits on purpose.
#![allow(clippy::unwrap_used, clippy::float_cmp, clippy::format_push_string)]

mod crash;
mod deeds;
mod encoder;
mod evaluation;
mod formula;
mod house;
mod import;
mod journey;
mod learning;
mod search;
mod store;

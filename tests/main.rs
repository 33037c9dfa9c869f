//! One test binary over the engine and the command line.

mod crash;
mod encoder;
mod evaluation;
mod formula;
mod house;
mod import;
mod journey;
mod learning;
mod search;
mod store;

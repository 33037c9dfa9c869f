//! Encoders on a terminal: which there are, the choice of one, and the work that follows from it.

use std::fmt::Write as _;

use console::style;
use curio_engine::Engine;
use curio_engine::view::{Encoded, EncoderView};

use crate::columns::{counted, grouped, left, plain, right};
use crate::failure::Failure;
use crate::print::answer;
use crate::progress::watched;

const MEGABYTE: u64 = 1_000_000;

/// Lists the encoders, after choosing one where one is named.
pub fn encoders(engine: &Engine, choose: Option<&str>, json: bool) -> Result<(), Failure> {
    let encoders = match choose {
        Some(name) => engine.choose_encoder(name)?,
        None => engine.encoders()?,
    };
    answer(json, &encoders, |encoders| page(encoders))
}

/// Encodes what the chosen encoder lacks.
pub fn encode(engine: &Engine, json: bool) -> Result<(), Failure> {
    let encoded = watched(|watch| engine.encode(watch))?;
    answer(json, &encoded, done)?;
    if encoded.cancelled {
        return Err(Failure::cancelled(
            "stopped; what was encoded stays, and running it again goes on",
        ));
    }
    Ok(())
}

fn page(encoders: &[EncoderView]) -> String {
    let mut page = String::new();
    for one in encoders {
        let _ = writeln!(
            page,
            "{} {}  {}",
            style(left(&one.name, 18)).bold(),
            left(&state(one), 40),
            style(right(&format!("{} MB", one.size / MEGABYTE), 7)).dim()
        );
        let pace = one.texts_per_second.map_or_else(String::new, |pace| {
            format!("; about {} a second", counted(pace.into(), "text"))
        });
        let about = format!("{}{pace}; {}", plain(&one.about), plain(&one.licence));
        let _ = writeln!(page, "  {}", style(about).dim());
        if let Some(problem) = &one.problem {
            let _ = writeln!(page, "  {}", plain(problem));
        }
    }
    if encoders.iter().any(is_waiting) {
        page.push_str("`curio encode` goes on with what is chosen and not encoded yet\n");
    }
    page
}

fn is_waiting(one: &EncoderView) -> bool {
    one.chosen && one.installed && one.encoded < one.texts
}

fn state(one: &EncoderView) -> String {
    let role = match (one.serves, one.chosen) {
        (true, true) => "chosen, serves",
        (true, false) => "serves for now",
        (false, true) => "chosen",
        (false, false) if one.installed => "on this machine",
        (false, false) => return "not on this machine".to_owned(),
    };
    let texts = counted(one.texts, "text");
    format!("{role}, {} of {texts}", grouped(one.encoded))
}

fn done(encoded: &Encoded) -> String {
    let mut page = format!("{} encoded", counted(encoded.encoded, "text"));
    if encoded.unencoded > 0 {
        let _ = write!(page, ", {} left", grouped(encoded.unencoded));
    }
    let now = if encoded.switched {
        "serves now"
    } else {
        "serves"
    };
    let _ = writeln!(page, "; {} {now}", plain(&encoded.encoder));
    page
}

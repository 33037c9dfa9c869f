//! The mix on a page: a profile's weights as bars, how they moved, and what one deed moved.

use std::fmt::Write as _;

use console::style;
use curio_engine::behaviour::Trait;
use curio_engine::signal::Signal;
use curio_engine::view::{Recorded, WeightChange, WeightStep, WeightView, Weights, What};

use crate::columns::{bar, counted, cut, left, page_width, plain, right};
use crate::print::time;

const BAR_WIDTH: usize = 28;
/// Weights that one step of the history names.
const MOVED_SHOWN: usize = 3;
/// Weights that one deed names.
const CHANGES_SHOWN: usize = 6;

/// What an entry of the log did, as it would be typed.
pub fn said(what: &What) -> String {
    match what {
        What::Act { action } => action.to_string(),
        What::Pin { signal, weight } => format!("pin {signal}={weight}"),
        What::Unpin { signal } => format!("unpin {signal}"),
        What::Less { of } => match of {
            Trait::Genre { name } | Trait::Person { name } | Trait::Tag { name } => {
                format!("less {name}")
            }
        },
        What::Reset => "reset".into(),
        What::Undo { sequence } => format!("undo #{sequence}"),
    }
}

/// What was recorded, and the weights that it moved.
pub fn recorded(recorded: &Recorded) -> String {
    let mut page = String::new();
    let title = recorded.item.as_ref().map(|item| plain(&item.title));
    let _ = writeln!(
        page,
        "{} {} {}",
        said(&recorded.what),
        style(title.unwrap_or_default()).bold(),
        style(format!("#{}", recorded.sequence)).dim()
    );
    changed(&mut page, &recorded.changes);
    page
}

/// The weights that one deed moved, as far as it shows in the digits.
pub fn changed(page: &mut String, changes: &[WeightChange]) {
    let shows = |change: &&WeightChange| (change.after - change.before).abs() >= 0.000_05;
    let changes: Vec<&WeightChange> = changes.iter().filter(shows).collect();
    for change in changes.iter().take(CHANGES_SHOWN) {
        let _ = writeln!(
            page,
            "  {} {:>+9.4} → {:>+9.4}  {}",
            left(change.signal.name(), 20),
            change.before,
            change.after,
            style(format!("{:+.4}", change.after - change.before)).dim()
        );
    }
    match changes.len() {
        0 => page.push_str("  no weight moved\n"),
        n if n > CHANGES_SHOWN => {
            let more = format!("and {} more", n - CHANGES_SHOWN);
            let _ = writeln!(page, "  {}", style(more).dim());
        }
        _ => {}
    }
}

/// A profile's weights.
pub fn weights(weights: &Weights) -> String {
    let mut page = String::new();
    let _ = writeln!(
        page,
        "{} {}\n",
        style(format!("Weights of {}", plain(&weights.profile.name))).bold(),
        style(format!(
            "{}, {}",
            counted(weights.profile.entries as u64, "entry"),
            weights.scope.label()
        ))
        .dim()
    );
    let head = format!(
        "{} {} {} {}  pull on scores",
        left("", 20),
        right("weight", 9),
        right("start", 9),
        right("±", 8)
    );
    let _ = writeln!(page, "{}", style(head).dim());
    let pull = |one: &WeightView| one.weight * one.spread;
    let most = weights
        .weights
        .iter()
        .map(|w| pull(w).abs())
        .fold(0.0, f64::max);
    for one in &weights.weights {
        let drawn = bar(pull(one), most, BAR_WIDTH);
        let pinned = if one.pinned { " pinned" } else { "" };
        let line = format!(
            "{} {:>+9.4} {} {}  {drawn}{pinned}",
            left(one.signal.name(), 20),
            one.weight,
            style(format!("{:>+9.4}", one.prior)).dim(),
            style(format!("{:>8.4}", one.deviation)).dim()
        );
        let _ = writeln!(page, "{}", line.trim_end());
    }
    if !weights.history.is_empty() {
        page.push('\n');
        history(&mut page, weights);
    }
    page
}

/// Each step and the weights that it moved most, by their effect on scores.
fn history(page: &mut String, weights: &Weights) {
    let mut before: Option<&WeightStep> = None;
    for step in &weights.history {
        let title = step.item.as_ref().map_or("", |item| item.title.as_str());
        let line = format!(
            "{} {} {} {}",
            style(right(&format!("#{}", step.sequence), 6)).dim(),
            style(time(step.at)).dim(),
            left(&format!("{} {title}", said(&step.what)), 34),
            cut(
                &moved(before, step, &weights.weights),
                page_width().saturating_sub(59).max(20)
            )
        );
        let _ = writeln!(page, "{}", line.trim_end());
        before = Some(step);
    }
}

/// The weights that moved most since the step before, or since the start.
fn moved(before: Option<&WeightStep>, step: &WeightStep, views: &[WeightView]) -> String {
    let at = |step: &WeightStep, signal: Signal| step.weights.get(signal.index()).copied();
    let mut moves: Vec<(Signal, f64, f64)> = views
        .iter()
        .filter_map(|one| {
            let before = before.map_or(Some(one.prior), |step| at(step, one.signal))?;
            let change = at(step, one.signal)? - before;
            Some((one.signal, change, change.abs() * one.spread))
        })
        .filter(|(_, change, _)| *change != 0.0)
        .collect();
    moves.sort_by(|a, b| b.2.total_cmp(&a.2));
    let named: Vec<String> = moves
        .iter()
        .take(MOVED_SHOWN)
        .map(|(signal, change, _)| format!("{signal} {change:+.3}"))
        .collect();
    named.join(", ")
}

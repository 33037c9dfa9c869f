//! Print: an answer goes to standard output, as one line of JSON or as a page for people.
//!
//! The JSON is the engine's view as it is. Here are also the small pages; lists of items, weights
//! and evaluations have files of their own.

use std::fmt::Write as _;
use std::io::{self, ErrorKind, Write as _};

use chrono::{DateTime, Local};
use console::style;
use curio_engine::view::{
    Activity, BackedUp, Content, ImportUndone, Imported, ProfileView, SavedMapping, Status, Written,
};
use serde::Serialize;

use crate::columns::{counted, cut, grouped, here, left, page_width, plain, right};
use crate::failure::Failure;
use crate::mix::said;

/// How many rejected rows a page shows.
const REJECTS_SHOWN: usize = 10;
/// How many examples of a sort a page shows.
const EXAMPLES_SHOWN: usize = 3;

/// Prints an answer as JSON or as the page that `page` makes of it.
pub fn answer<T: Serialize>(
    json: bool,
    answer: &T,
    page: impl FnOnce(&T) -> String,
) -> Result<(), Failure> {
    let mut text = if json {
        serde_json::to_string(answer).map_err(|error| Failure::internal(error.to_string()))?
    } else {
        page(answer)
    };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    match io::stdout().lock().write_all(text.as_bytes()) {
        // The reader has seen enough: `curio … | head`.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|error| Failure::internal(format!("cannot print: {error}"))),
    }
}

/// What an import did.
pub fn imported(report: &Imported) -> String {
    let mut page = String::new();
    let what = match report.content {
        Content::Catalogue => "a catalogue",
        Content::Interactions => "interactions",
    };
    let would = if report.dry_run {
        ", a dry run: nothing was written"
    } else {
        ""
    };
    let _ = writeln!(
        page,
        "{} {}",
        style(plain(&report.file)).bold(),
        style(format!("{what} ({}){would}", report.format)).dim()
    );
    let _ = writeln!(
        page,
        "  {} read: {} stored, {} updated, {}, {} rejected",
        counted(report.read, "row"),
        grouped(report.stored),
        grouped(report.updated),
        counted(report.duplicates, "duplicate"),
        grouped(report.rejected)
    );
    columns_read(&mut page, report);
    for note in &report.notes {
        let _ = writeln!(page, "  {}", here(&plain(note)));
    }
    if report.content == Content::Catalogue && (report.encoded > 0 || report.unencoded > 0) {
        let waiting = match report.unencoded {
            0 => String::new(),
            n => format!(", {} wait for an encoder", counted(n, "text")),
        };
        let _ = writeln!(
            page,
            "  {} encoded{waiting}",
            counted(report.encoded, "text")
        );
    }
    for (field, n) in &report.filled {
        let numbers = counted(*n, "missing value");
        let _ = writeln!(
            page,
            "  {field}: {numbers} in the library, estimated for the arithmetic"
        );
    }
    examples(&mut page, report);
    rejects(&mut page, report);
    for part in &report.parts {
        page.push_str(&imported(part));
    }
    page
}

/// A few of what a dry run would do.
fn examples(page: &mut String, report: &Imported) {
    let Some(examples) = &report.examples else {
        return;
    };
    let mut some = |what: &str, lines: Vec<String>| {
        for line in lines.into_iter().take(EXAMPLES_SHOWN) {
            let _ = writeln!(page, "  {} {line}", style(left(what, 8)).dim());
        }
    };
    let titles = examples.added.iter().map(|title| plain(title).into_owned());
    some("add", titles.collect());
    let changed = examples.changed.iter().map(|item| {
        let changes = item.changes.iter().map(|change| {
            let [before, after] = [&change.before, &change.after].map(|text| cut(text, 24));
            format!("{} {before:?} to {after:?}", plain(&change.field))
        });
        let changes: Vec<String> = changes.collect();
        format!("{}: {}", plain(&item.title), changes.join(", "))
    });
    some("change", changed.collect());
    let noted = examples.noted.iter().map(|entry| {
        let [profile, title] = [&entry.profile, &entry.title].map(|text| plain(text));
        format!("{profile}: {} {title}", entry.action)
    });
    some("note", noted.collect());
}

/// What the columns that nothing explains look like by their values.
pub fn guesses(report: &Imported) -> String {
    let guessed = report.mapping.iter().filter_map(|column| {
        let guess = column.guess.as_deref()?;
        Some(format!("{guess}={}", plain(&column.column)))
    });
    let guessed: Vec<String> = guessed.collect();
    match guessed.as_slice() {
        [] => String::new(),
        some => format!("; by their values they may be {}", some.join(", ")),
    }
}

/// The saved mappings, a line each.
pub fn mappings(all: &[SavedMapping]) -> String {
    if all.is_empty() {
        return "no mapping is saved".to_owned();
    }
    let line = |saved: &SavedMapping| {
        let pairs = saved
            .map
            .iter()
            .map(|(field, column)| format!("{field}={column}"));
        let pairs: Vec<String> = pairs.collect();
        let columns = cut(&saved.columns.join(", "), 60);
        format!(
            "{}  {}  {}",
            style(plain(&saved.name)).bold(),
            plain(&pairs.join(",")),
            style(format!("for {}", plain(&columns))).dim()
        )
    };
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What became of that which goes by a name.
pub fn became(done: &str, name: &str) -> String {
    format!("{done} {}", style(plain(name)).bold())
}

/// Where that lies which something has replaced.
fn replaced(file: &str) -> String {
    format!("\nwhat was there before is in {}", plain(file))
}

/// What undoing an import did.
pub fn import_undone(undone: &ImportUndone) -> String {
    let friends = match undone.friends {
        0 => String::new(),
        n => format!(", {} gone or as before", counted(n, "friend")),
    };
    let kept = match undone.kept {
        0 => String::new(),
        1 => "; 1 item with something done since stays".to_owned(),
        n => format!("; {} with something done since stay", counted(n, "item")),
    };
    format!(
        "undone {}: {}, {} and {} are gone, {} as before{friends}{kept}{}",
        style(plain(&undone.file)).bold(),
        counted(undone.removed, "item"),
        counted(undone.entries, "entry"),
        counted(undone.profiles, "profile"),
        counted(undone.restored, "item"),
        replaced(&undone.backup),
    )
}

fn columns_read(page: &mut String, report: &Imported) {
    let (known, kept): (Vec<_>, Vec<_>) = report.mapping.iter().partition(|m| m.field.is_some());
    let known: Vec<String> = known
        .iter()
        .filter_map(|m| Some((&m.column, m.field.as_ref()?)))
        .filter(|(column, field)| column != field)
        .map(|(column, field)| format!("{} as {field}", plain(column)))
        .collect();
    if !known.is_empty() {
        let _ = writeln!(page, "  read {}", known.join(", "));
    }
    if !kept.is_empty() {
        let kept: Vec<_> = kept.iter().map(|m| plain(&m.column)).collect();
        let _ = writeln!(page, "  kept as they are: {}", kept.join(", "));
    }
}

fn rejects(page: &mut String, report: &Imported) {
    for reject in report.rejects.iter().take(REJECTS_SHOWN) {
        let column = reject
            .column
            .as_ref()
            .map(|column| format!("{}: ", plain(column)))
            .unwrap_or_default();
        // The files of a media folder have no lines; their reasons name them.
        let line = match report.format.as_str() {
            "media folder" => String::new(),
            _ => right(&format!("line {}", reject.line), 12),
        };
        let _ = writeln!(
            page,
            "{}  {column}{}",
            style(line).dim(),
            here(&plain(&reject.reason))
        );
    }
    let more = report.rejected.saturating_sub(REJECTS_SHOWN as u64);
    if let Some(file) = &report.rejected_file {
        let more = if more > 0 {
            format!("{} more; ", grouped(more))
        } else {
            String::new()
        };
        let _ = writeln!(page, "  {more}all rejected rows are in {}", plain(file));
    } else if more > 0 {
        let _ = writeln!(page, "  {} more", grouped(more));
    }
}

/// The profiles, one a line.
pub fn profiles(profiles: &[ProfileView]) -> String {
    if profiles.is_empty() {
        return "There is no profile yet; add one with `curio profile add NAME`.".into();
    }
    let mut page = String::new();
    for profile in profiles {
        let _ = writeln!(
            page,
            "{} {}",
            left(&profile.name, 32),
            style(counted(profile.entries as u64, "entry")).dim()
        );
    }
    page
}

/// A log, newest first.
pub fn activity(log: &[Activity]) -> String {
    if log.is_empty() {
        return "Nothing was recorded yet.".into();
    }
    let mut page = String::new();
    let title_width = page_width().saturating_sub(48);
    for entry in log {
        let title = entry.item.as_ref().map_or("", |item| item.title.as_str());
        let line = format!(
            "{}  {}  {} {}",
            right(&format!("#{}", entry.sequence), 6),
            time(entry.at),
            left(&done(entry), 16),
            cut(title, title_width)
        );
        if entry.undone {
            let _ = writeln!(page, "{}", style(format!("{line}  (undone)")).dim());
        } else {
            let _ = writeln!(page, "{}", line.trim_end());
        }
    }
    page
}

/// What an entry says was done; of an undo, what it took back.
fn done(entry: &Activity) -> String {
    match &entry.took_back {
        Some(what) => format!("undo {}", said(what)),
        None => said(&entry.what),
    }
}

/// What a file was written with, or what was read from it.
pub fn written(done: &str, written: &Written) -> String {
    let before = written.before.as_deref().map(replaced).unwrap_or_default();
    format!(
        "{done} {}, {}, {} and {}: {}{before}",
        counted(written.items, "item"),
        counted(written.profiles, "profile"),
        counted(written.entries, "entry"),
        counted(written.friends, "friend"),
        plain(&written.path)
    )
}

/// What a backup holds.
pub fn backed_up(held: &BackedUp) -> String {
    format!(
        "{} of {}: {}, {}, {} and {}; nothing was restored",
        plain(&held.path),
        time(held.at),
        counted(held.items, "item"),
        counted(held.profiles, "profile"),
        counted(held.entries, "entry"),
        counted(held.friends, "friend"),
    )
}

/// How the program stands.
pub fn status(status: &Status) -> String {
    let encoder = &status.encoder;
    let state = match &encoder.problem {
        _ if encoder.ready => "ready".to_owned(),
        Some(problem) => format!("not ready: {}", plain(problem)),
        None => "not ready".to_owned(),
    };
    let mut page = String::new();
    let mut row = |name: &str, value: String| {
        let _ = writeln!(page, "{} {value}", style(left(name, 9)).dim());
    };
    row("items", grouped(status.items as u64));
    row("profiles", grouped(status.profiles as u64));
    row("entries", grouped(status.entries));
    row("encoder", format!("{}, {state}", encoder.name));
    row("encoded", grouped(encoder.encoded as u64));
    if let Some(making) = &encoder.making {
        let (done, total) = (grouped(making.done), counted(making.total, "text"));
        let name = plain(&making.name);
        row(
            "encoding",
            format!("{name}, {done} of {total}; `curio encode` goes on"),
        );
    }
    if status.trained {
        row("start", "weights learned from the profiles here".to_owned());
    }
    row("data", plain(&status.data).into_owned());
    for notice in &status.notices {
        row("notice", plain(notice).into_owned());
    }
    page
}

/// A moment as the person's clock shows it.
pub fn time(at: i64) -> String {
    DateTime::from_timestamp_millis(at).map_or_else(
        || left("", 16),
        |moment| {
            let local = moment.with_timezone(&Local);
            local.format("%Y-%m-%d %H:%M").to_string()
        },
    )
}

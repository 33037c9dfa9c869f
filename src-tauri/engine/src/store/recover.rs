//! Opening a store: telling whether it is whole, and writing it anew when it is not.
//!
//! Nothing is ever repaired in place. What is found is read into [`Contents`], a fresh store is
//! written and swapped in, and the old one is kept aside when anything about it was wrong. Whatever
//! was not as it should be is said in words. The only thing added to a whole store is the tail that
//! its journals received last, and the only thing taken from a journal is an unfinished last line.
//! One of an earlier format is laid out anew, record by record, with that tail.

use std::path::Path;

use crate::backup;
use crate::error::{Error, Result};

use super::contents::{Contents, Draft};
use super::finding::Finding;
use super::fresh;
use super::highwater::{self, FORMAT, Mark};
use super::state::{Group, State};
use super::tree::Tree;

/// Below this size nothing is worth writing anew.
const COMPACT_BYTES_MIN: u64 = 16 * 1024 * 1024;

/// Opens the store of a data folder, making or rebuilding it as needed. The caller holds the lock.
pub fn open(data: &Path) -> Result<(State, Vec<String>)> {
    fresh::finish_swap(data)?;
    let mut notices = Vec::new();
    let folder = fresh::store_path(data);
    if !folder.exists() {
        fresh::write(data, 1, |_| Ok(()))?;
        fresh::swap(data, false)?;
        if let Some((name, _)) = backup::latest(data) {
            notices.push(format!(
                "the data folder held no store, so an empty one was made; {name} can be restored"
            ));
        }
        return Ok((fresh::attach(data)?, notices));
    }
    let mut finding = Finding::of(&folder)?;
    let state = match finding.whole() {
        Some(_) if !finding.journals_agree => None,
        Some(mark) if mark.format < FORMAT => renew(data, &mut finding, mark, &mut notices)?,
        Some(mark) => resume(&folder, &mut finding, mark, &mut notices)?,
        None => None,
    };
    let state = match state {
        Some(state) => compact(data, state, finding.survey.live_bytes, &mut notices)?,
        None => rebuild(data, finding, &mut notices)?,
    };
    Ok((state, notices))
}

/// Everything that an open store holds.
pub fn contents(tree: &Tree) -> Result<Contents> {
    let mut draft = Draft::default();
    let bad = tree.salvage(|record| draft.apply(record));
    let (contents, lost) = draft.finish();
    if bad > 0 || !lost.is_empty() {
        return Err(Error::Store {
            doing: "read",
            source: "it is damaged and must be reopened".into(),
        });
    }
    Ok(contents)
}

/// Lays a whole store of an earlier format out anew, with what its journals hold beyond it. `None` when that does
/// not follow on, or not all of it can be read.
fn renew(
    data: &Path,
    finding: &mut Finding,
    mark: Mark,
    notices: &mut Vec<String>,
) -> Result<Option<State>> {
    let Some(tree) = &finding.tree else {
        return Ok(None);
    };
    let written = fresh::write(data, mark.generation + 1, |put| {
        let mut refused = Ok(());
        let read = tree.each_record(&mut |record| {
            refused = put(&record);
            match refused {
                Ok(()) => Ok(()),
                Err(_) => Err("it was not taken".into()),
            }
        });
        refused.and(read)?;
        finding.late().try_for_each(put)
    });
    match written {
        Err(Error::Invalid(_) | Error::Store { doing: "read", .. }) => return Ok(None),
        written => written?,
    }
    finding.tree = None;
    fresh::swap(data, false)?;
    let state = fresh::attach(data)?;
    notices.extend(finding.remarks(&state.mark));
    Ok(Some(state))
}

/// Goes on with a whole tree: puts in what the journals hold beyond it, cuts off what is unfinished.
/// `None` when what the journals hold does not follow on.
fn resume(
    folder: &Path,
    finding: &mut Finding,
    mark: Mark,
    notices: &mut Vec<String>,
) -> Result<Option<State>> {
    let Some(mut tree) = finding.tree.take() else {
        return Ok(None);
    };
    let mut people = finding.survey.take_people();
    let mut group = Group::on(mark, people.clone());
    if finding
        .late()
        .any(|record| group.put(&tree, record).is_err())
    {
        finding.tree = Some(tree);
        return Ok(None);
    }
    let (made, catalogue) = (&finding.made, &finding.catalogue);
    let mark = if finding.late().next().is_some() {
        group.settle(&mut tree, made.good, catalogue.good, &mut people)?
    } else {
        mark
    };
    let state = State::new(folder, tree, people, mark)?;
    notices.extend(finding.remarks(&mark));
    if finding.highwater.mark() != Some(mark) {
        highwater::save(folder, &mark)?;
    }
    Ok(Some(state))
}

/// Writes a store anew from the best that is known, and keeps what was found aside.
fn rebuild(data: &Path, finding: Finding, notices: &mut Vec<String>) -> Result<State> {
    let high = finding.highwater.mark();
    let sure = finding.whole().is_some() || finding.journals_agree;
    let problem = finding.problem();
    let (contents, lost, source) = finding.gather(data);
    let marks = high.into_iter().chain(finding.survey.mark);
    let generation = marks
        .clone()
        .map(|mark| mark.generation)
        .chain(finding.made.generation())
        .max()
        .unwrap_or_default();
    fresh::write(data, generation + 1, |put| contents.each_record(put))?;
    let known = high.or(finding.survey.mark);
    drop(finding);
    let aside = fresh::swap(data, true)?.unwrap_or_default();
    let state = fresh::attach(data)?;
    notices.push(format!(
        "the store was not whole ({problem}); it was kept as {aside} and built anew from {source}: {}",
        state.mark.described()
    ));
    notices.extend(lost);
    notices.extend(missing(known, &state.mark, sure));
    Ok(state)
}

/// Says what did not come back, by the numbers.
fn missing(known: Option<Mark>, now: &Mark, sure: bool) -> Option<String> {
    let Some(known) = known else {
        return Some(
            "how much there had been is not known, so more may be missing than was named".into(),
        )
        .filter(|_| !sure);
    };
    let short: Vec<String> = [
        ("items", known.items, now.items),
        ("profiles", known.profiles, now.profiles),
        ("interactions", known.entries, now.entries),
        ("settings", known.settings, now.settings),
        ("opinions of friends", known.opinions, now.opinions),
    ]
    .into_iter()
    .filter(|(_, before, after)| after < before)
    .map(|(what, before, after)| format!("{} of {before} {what}", before - after))
    .collect();
    if short.is_empty() {
        return None;
    }
    Some(format!("missing at the end: {}", short.join(", ")))
}

/// Writes a store anew that has grown far beyond what it holds.
fn compact(data: &Path, state: State, live_bytes: u64, notices: &mut Vec<String>) -> Result<State> {
    let allowed = COMPACT_BYTES_MIN.max(3 * live_bytes);
    let tree = state.tree.disk_bytes();
    let journals = state.mark.made.bytes + state.mark.catalogue.bytes;
    if (tree <= allowed || tree <= 2 * state.mark.built_bytes) && journals <= allowed {
        return Ok(state);
    }
    let all = contents(&state.tree)?;
    let mut slot = Some(state);
    fresh::replace(data, &mut slot, &all)?;
    let state = slot.ok_or_else(|| Error::store("open")("it did not open again"))?;
    notices.push(format!(
        "the store had grown to {} MB and was written anew; it now takes {} MB",
        (tree + journals) >> 20,
        (state.tree.disk_bytes() + state.mark.made.bytes + state.mark.catalogue.bytes) >> 20
    ));
    Ok(state)
}

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
use crate::journal::{self, Extent, Reading, Record};

use super::contents::{Contents, Draft};
use super::fresh;
use super::highwater::{self, FORMAT, Highwater, Mark};
use super::state::{Group, State, catalogue_path, made_path, tree_path};
use super::survey::Survey;
use super::tree::Tree;

/// Below this size nothing is worth writing anew.
const COMPACT_BYTES_MIN: u64 = 16 * 1024 * 1024;

/// What a store's folder was found to hold.
struct Finding {
    highwater: Highwater,
    tree: Option<Tree>,
    survey: Survey,
    made: Reading,
    catalogue: Reading,
    /// Both journals are what the marks say, up to where the marks reach.
    journals_agree: bool,
}

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
    let mut finding = examine(&folder)?;
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

impl Finding {
    /// The tree's mark, if the tree is whole and not older than what was acknowledged.
    fn whole(&self) -> Option<Mark> {
        let mark = self.survey.mark?;
        let high = self.highwater.mark();
        let stale = high.is_some_and(|high| !mark.reaches(&high));
        (self.survey.problem.is_none() && !stale).then_some(mark)
    }

    /// What the journals hold for sure beyond a whole tree.
    fn late(&self) -> impl Iterator<Item = &Record<'static>> {
        let readings = [&self.catalogue, &self.made];
        readings
            .into_iter()
            .flat_map(|reading| &reading.records[..reading.sure])
    }

    /// Says what was not as it should be of a whole store, which goes on as `mark` describes it.
    fn remarks(&self, mark: &Mark) -> Vec<String> {
        let late = self.late().count();
        let late = (late > 0).then(|| {
            format!("what the journal had received last was put into the store (records: {late})")
        });
        let bad = (self.made.bad + self.catalogue.bad > 0).then(|| {
            "the end of the journal was unfinished and was cut off; it had not been acknowledged"
                .to_owned()
        });
        let what = match self.highwater {
            Highwater::Mark(_) => None,
            Highwater::Missing => Some("missing"),
            Highwater::Damaged => Some("damaged"),
        };
        let high = what.map(|what| {
            format!(
                "the high-water file was {what} and was written again; \
                 the store and its journal agree, {}",
                described(mark)
            )
        });
        [late, bad, high].into_iter().flatten().collect()
    }
}

fn examine(folder: &Path) -> Result<Finding> {
    let highwater = Highwater::load(folder)?;
    let (tree, survey) = if tree_path(folder).join("db").exists() {
        match Tree::open(&tree_path(folder))? {
            Ok(tree) => {
                let survey = tree.survey()?;
                (Some(tree), survey)
            }
            Err(error) => (None, Survey::unusable(error.chain())),
        }
    } else {
        (None, Survey::unusable("its database is missing".into()))
    };
    let mut finding = Finding {
        highwater,
        tree,
        survey,
        made: Reading::default(),
        catalogue: Reading::default(),
        journals_agree: false,
    };
    let (made, catalogue) = (made_path(folder), catalogue_path(folder));
    let marks: Vec<Mark> = [finding.whole(), highwater.mark()]
        .into_iter()
        .flatten()
        .collect();
    finding.journals_agree = !marks.is_empty()
        && agrees(&made, marks.iter().map(|m| m.made).collect())?
        && agrees(&catalogue, marks.iter().map(|m| m.catalogue).collect())?;
    // A whole store needs only what its journals hold beyond it.
    let known = finding.whole().filter(|_| finding.journals_agree);
    let known = known.unwrap_or_default();
    finding.made = journal::read(&made, known.made)?;
    finding.catalogue = journal::read(&catalogue, known.catalogue)?;
    for reading in [&finding.made, &finding.catalogue] {
        if let Some(Record::Format { version, .. }) = reading.records.first() {
            highwater::check_format(*version)?;
        }
    }
    Ok(finding)
}

/// Whether a journal is what some marks say of it.
fn agrees(path: &Path, mut extents: Vec<Extent>) -> Result<bool> {
    extents.sort_by_key(|extent| extent.bytes);
    let lengths: Vec<u64> = extents.iter().map(|extent| extent.bytes).collect();
    let crcs = journal::prefix_crcs(path, &lengths)?;
    Ok(extents.iter().zip(crcs).all(|(e, crc)| crc == Some(e.crc)))
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
    let whole = finding.whole().is_some();
    let problem = finding.problem();
    let (contents, lost, source) = if whole && high.is_some() {
        finding.gather(None, Order::TreeOnly)
    } else if whole {
        finding.gather(None, Order::TreeLast)
    } else if finding.journals_agree {
        finding.gather(None, Order::JournalsOnly)
    } else {
        finding.gather_with_backup(data)
    };
    let marks = high.into_iter().chain(finding.survey.mark);
    let generation = marks
        .clone()
        .map(|mark| mark.generation)
        .chain(finding.made.generation())
        .max()
        .unwrap_or_default();
    fresh::write(data, generation + 1, |put| contents.each_record(put))?;
    let known = high.or(finding.survey.mark);
    let sure = whole || finding.journals_agree;
    drop(finding);
    let aside = fresh::swap(data, true)?.unwrap_or_default();
    let state = fresh::attach(data)?;
    notices.push(format!(
        "the store was not whole ({problem}); it was kept as {aside} and built anew from {source}: {}",
        described(&state.mark)
    ));
    notices.extend(lost);
    notices.extend(missing(known, &state.mark, sure));
    Ok(state)
}

/// Which source has the last word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    TreeOnly,
    JournalsOnly,
    TreeLast,
    JournalsLast,
}

type Gathered = (Contents, Vec<String>, String);

impl Finding {
    fn problem(&self) -> String {
        if self.whole().is_some() {
            return "its journal is damaged or missing".into();
        }
        self.survey
            .problem
            .clone()
            .unwrap_or_else(|| "it held less than had been acknowledged".into())
    }

    fn gather(&self, base: Option<&Contents>, order: Order) -> Gathered {
        let mut draft = Draft::default();
        if let Some(base) = base {
            draft.apply_contents(base);
        }
        let journals = |draft: &mut Draft| {
            for reading in [&self.catalogue, &self.made] {
                let sure = order == Order::JournalsOnly;
                let count = if sure { reading.sure } else { usize::MAX };
                for record in reading.records.iter().take(count) {
                    draft.apply(record.clone());
                }
            }
        };
        let tree = |draft: &mut Draft| {
            if let Some(tree) = &self.tree {
                tree.salvage(|record| draft.apply(record));
            }
        };
        match order {
            Order::TreeOnly => tree(&mut draft),
            Order::JournalsOnly => journals(&mut draft),
            Order::TreeLast => {
                journals(&mut draft);
                tree(&mut draft);
            }
            Order::JournalsLast => {
                tree(&mut draft);
                journals(&mut draft);
            }
        }
        let source = match order {
            Order::TreeOnly => "its database",
            Order::JournalsOnly => "its journal",
            Order::TreeLast | Order::JournalsLast => "its journal and database",
        };
        let (contents, lost) = draft.finish();
        (contents, lost, source.into())
    }

    /// Neither tree nor journals are whole: every scrap counts, the last backup's too.
    fn gather_with_backup(&self, data: &Path) -> Gathered {
        let plain = self.gather(None, Order::JournalsLast);
        let Some((name, base)) = backup::latest(data) else {
            return plain;
        };
        // A backup from before a restore may tell another story; then it has no say.
        if !base.goes_with(&plain.0) {
            return plain;
        }
        let (contents, lost, source) = self.gather(Some(&base), Order::JournalsLast);
        if contents == plain.0 {
            return plain;
        }
        (contents, lost, format!("{source} and the backup {name}"))
    }
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

fn described(mark: &Mark) -> String {
    format!(
        "{} items, {} profiles, {} interactions",
        mark.items, mark.profiles, mark.entries
    )
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

//! A finding: what the folder of a store was found to hold, whether it is whole, and the best that can be made of it.
//! It changes nothing there; [`super::recover`] does.

use std::path::Path;

use crate::backup;
use crate::error::Result;
use crate::journal::{self, Extent, Reading, Record};

use super::contents::{Contents, Draft};
use super::highwater::{self, Highwater, Mark};
use super::state::{catalogue_path, made_path, tree_path};
use super::survey::Survey;
use super::tree::Tree;

/// What a store's folder was found to hold.
pub struct Finding {
    pub highwater: Highwater,
    pub tree: Option<Tree>,
    pub survey: Survey,
    pub made: Reading,
    pub catalogue: Reading,
    /// Both journals are what the marks say, up to where the marks reach.
    pub journals_agree: bool,
}

/// Contents, what of them is lost, and where they are from.
pub type Gathered = (Contents, Vec<String>, String);

impl Finding {
    /// Looks a store's folder through.
    pub fn of(folder: &Path) -> Result<Self> {
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
        let mut finding = Self {
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

    /// The tree's mark, if the tree is whole and not older than what was acknowledged.
    pub fn whole(&self) -> Option<Mark> {
        let mark = self.survey.mark?;
        let high = self.highwater.mark();
        let stale = high.is_some_and(|high| !mark.reaches(&high));
        (self.survey.problem.is_none() && !stale).then_some(mark)
    }

    /// What the journals hold for sure beyond a whole tree.
    pub fn late(&self) -> impl Iterator<Item = &Record<'static>> {
        let readings = [&self.catalogue, &self.made];
        readings
            .into_iter()
            .flat_map(|reading| &reading.records[..reading.sure])
    }

    /// Says what was not as it should be of a whole store, which goes on as `mark` describes it.
    pub fn remarks(&self, mark: &Mark) -> Vec<String> {
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
                mark.described()
            )
        });
        [late, bad, high].into_iter().flatten().collect()
    }

    /// The best that is known of what it holds.
    pub fn gather(&self, data: &Path) -> Gathered {
        let known = self.highwater.mark().is_some();
        match self.whole() {
            Some(_) if known => self.in_order(None, Order::TreeOnly),
            Some(_) => self.in_order(None, Order::TreeLast),
            None if self.journals_agree => self.in_order(None, Order::JournalsOnly),
            None => self.with_backup(data),
        }
    }

    /// Why it is not whole.
    pub fn problem(&self) -> String {
        if self.whole().is_some() {
            return "its journal is damaged or missing".into();
        }
        self.survey
            .problem
            .clone()
            .unwrap_or_else(|| "it held less than had been acknowledged".into())
    }

    fn in_order(&self, base: Option<&Contents>, order: Order) -> Gathered {
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
    fn with_backup(&self, data: &Path) -> Gathered {
        let plain = self.in_order(None, Order::JournalsLast);
        let Some((name, base)) = backup::latest(data) else {
            return plain;
        };
        // A backup from before a restore may tell another story; then it has no say.
        if !base.goes_with(&plain.0) {
            return plain;
        }
        let (contents, lost, source) = self.in_order(Some(&base), Order::JournalsLast);
        if contents == plain.0 {
            return plain;
        }
        (contents, lost, format!("{source} and the backup {name}"))
    }
}

/// Which source has the last word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    TreeOnly,
    JournalsOnly,
    TreeLast,
    JournalsLast,
}

/// Whether a journal is what some marks say of it.
fn agrees(path: &Path, mut extents: Vec<Extent>) -> Result<bool> {
    extents.sort_by_key(|extent| extent.bytes);
    let lengths: Vec<u64> = extents.iter().map(|extent| extent.bytes).collect();
    let crcs = journal::prefix_crcs(path, &lengths)?;
    Ok(extents.iter().zip(crcs).all(|(e, crc)| crc == Some(e.crc)))
}

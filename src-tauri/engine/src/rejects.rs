//! The file of rejected rows: `films.csv.rejected.csv` beside `films.csv`, which was imported, or in a folder of
//! the data folder where that one may not be written to.
//!
//! It has the original's columns and cells, and behind them line, column and reason. It appears whole or
//! not at all, and only when a row was rejected; once its cells are put right it can be imported itself,
//! by the mapping of the file that it came from. One of an earlier import gives way to the next, and goes
//! when nothing is rejected any more. A file of that name that is none of ours, or that may have been changed
//! since it was written, is left alone: somebody put cells right in it. That it cannot be written never stops an
//! import.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::format::{REJECT_COLUMNS, before_rejects};
use crate::replace::{Replacement, write_whole};
use crate::sheet::neutral;

/// What the name of the file has behind that of the source.
const ENDING: &str = ".rejected.csv";
/// What the name of its sum has behind that, in the data folder.
const SUM: &str = ".sum";
/// The most bytes of a header that is looked at.
const HEADER_BYTES_MAX: u64 = 4 << 20;

/// Collects rejected rows.
pub struct Rejects {
    beside: Place,
    elsewhere: Place,
    header: Vec<String>,
    /// Cells that a row of the source should have.
    cells: usize,
    file: Option<Sheet>,
    /// Why there is no file, or why it does not lie beside the source.
    problem: Option<Error>,
}

/// Where a file of rejected rows stands, and where its sum as it was written.
#[derive(Clone)]
struct Place {
    path: PathBuf,
    sum: PathBuf,
}

/// A file of rejected rows in the making, and where it will stand.
struct Sheet {
    place: Place,
    writer: csv::Writer<Replacement>,
}

impl Rejects {
    /// Rejected rows of the file at `source`, whose columns are `header`; `elsewhere` is the folder for
    /// what cannot lie beside it. Nothing is written yet.
    pub fn of(source: &Path, header: &[String], elsewhere: &Path) -> Self {
        // By the whole name: films.csv and films.xlsx have a file each.
        let mut name = source.file_name().unwrap_or(source.as_os_str()).to_owned();
        // Elsewhere lie those of files of every folder.
        let mut own = name.clone();
        let folder = folder_hash(source);
        own.push(format!(".{folder:08x}{ENDING}"));
        name.push(ENDING);
        let hash = crc32fast::hash(name.as_encoded_bytes());
        let kept = |which: &str| elsewhere.join(format!("{folder:08x}{hash:08x}.{which}{SUM}"));
        let cells = header.len();
        let header = before_rejects(header).unwrap_or(header).to_vec();
        Self {
            beside: Place {
                path: source.with_file_name(&name),
                sum: kept("beside"),
            },
            elsewhere: Place {
                path: elsewhere.join(&own),
                sum: kept("here"),
            },
            cells,
            header,
            file: None,
            problem: None,
        }
    }

    /// Adds a row.
    pub fn add(&mut self, line: u64, column: Option<&str>, reason: &str, record: &[String]) {
        let width = self.header.len();
        let mut cells: Vec<String> = record.iter().take(width).cloned().collect();
        cells.resize(width, String::new());
        // What is too much is kept in the last cell.
        if let (Some(last), true) = (cells.last_mut(), record.len() > self.cells) {
            *last = record[width - 1..].join(",");
        }
        cells.extend([line.to_string(), column.unwrap_or("").into(), reason.into()]);
        if self.file.is_none() && self.problem.is_none() {
            self.begin();
        }
        if let Some(file) = &mut self.file
            && let Err(error) = file.add(cells.iter().map(String::as_str))
        {
            self.give_up(error);
        }
    }

    /// Puts the file in its place; answers with its path if there is one, and with what must be said.
    /// Where the `whole` source was read and nothing rejected, one that is left of an earlier import goes.
    pub fn finish(mut self, whole: bool) -> (Option<PathBuf>, Option<String>) {
        if whole && self.file.is_none() && self.problem.is_none() {
            for left in [&self.beside, &self.elsewhere] {
                if left.may_go() {
                    // One that cannot be removed harms nobody.
                    let _ = fs::remove_file(&left.path);
                    let _ = fs::remove_file(&left.sum);
                }
            }
        }
        let path = self.file.take().and_then(|file| match file.finish() {
            Ok(path) => Some(path),
            Err(error) => {
                self.give_up(error);
                None
            }
        });
        let note = self.problem.map(|problem| match &path {
            Some(path) => format!(
                "{}; the rejected rows are in {}",
                problem.chain(),
                path.display()
            ),
            None => format!(
                "{}; the rejected rows are nowhere but in the file",
                problem.chain()
            ),
        });
        (path, note)
    }

    /// Begins the file beside the source, or else elsewhere.
    fn begin(&mut self) {
        let first = Sheet::begin(&self.beside, &self.header);
        let begun = first.or_else(|error| {
            self.problem = Some(error);
            Sheet::begin(&self.elsewhere, &self.header)
        });
        match begun {
            Ok(file) => self.file = Some(file),
            Err(error) => self.give_up(error),
        }
    }

    fn give_up(&mut self, error: Error) {
        self.file = None;
        self.problem = Some(error);
    }
}

/// The file that rejected rows are of, by the name of theirs.
pub(crate) fn source_of(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?;
    let name = name.strip_suffix(ENDING).filter(|name| !name.is_empty())?;
    Some(path.with_file_name(name))
}

/// A hash of the folder that a file lies in.
fn folder_hash(file: &Path) -> u32 {
    let folder = file.parent().unwrap_or(Path::new(""));
    // An empty path is the folder that we are in, which `absolute` does not take.
    let there = std::path::absolute(folder.join(".")).unwrap_or_else(|_| folder.to_owned());
    let there = there.canonicalize().unwrap_or(there);
    crc32fast::hash(there.as_os_str().as_encoded_bytes())
}

/// Whether a file begins as a file of rejected rows does.
fn is_ours(path: &Path) -> bool {
    let Ok(file) = File::open(path) else {
        return false;
    };
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(file.take(HEADER_BYTES_MAX));
    let first = rows.records().next().and_then(std::result::Result::ok);
    first.is_some_and(|row| {
        let cells = row.iter().rev().zip(REJECT_COLUMNS.iter().rev());
        row.len() >= REJECT_COLUMNS.len() && cells.into_iter().all(|(a, b)| a == *b)
    })
}

impl Place {
    /// Whether what stands there is a file of ours, as it was written.
    fn may_go(&self) -> bool {
        let sum = fs::read_to_string(&self.sum).ok();
        is_ours(&self.path) && sum.is_some() && sum == sum_of(&self.path).ok()
    }

    /// Why nothing can be written there, if so.
    fn taken(&self) -> Option<Error> {
        if !self.path.exists() || self.may_go() {
            return None;
        }
        let why = if is_ours(&self.path) {
            "may have been changed since it was written, and stays as it is"
        } else {
            "is there already and holds no rejected rows"
        };
        Some(Error::Invalid(format!("{} {why}", self.path.display())))
    }
}

/// The sum over a file by which it is known that it was changed.
fn sum_of(path: &Path) -> io::Result<String> {
    let mut hasher = crc32fast::Hasher::new();
    let mut file = File::open(path)?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(format!("{:08x}\n", hasher.finalize())),
            n => hasher.update(&buffer[..n]),
        }
    }
}

impl Sheet {
    fn begin(place: &Place, header: &[String]) -> Result<Self> {
        if let Some(why) = place.taken() {
            return Err(why);
        }
        let folders = [&place.path, &place.sum]
            .into_iter()
            .filter_map(|p| p.parent());
        for folder in folders.filter(|folder| *folder != Path::new("")) {
            fs::create_dir_all(folder).map_err(Error::file("create", folder))?;
        }
        let mut sheet = Self {
            place: place.clone(),
            writer: csv::Writer::from_writer(Replacement::begin(&place.path)?),
        };
        sheet.add(header.iter().map(String::as_str).chain(REJECT_COLUMNS))?;
        Ok(sheet)
    }

    fn add<'a>(&mut self, cells: impl Iterator<Item = &'a str>) -> Result<()> {
        self.writer
            .write_record(cells.map(|cell| neutral(cell).into_owned()))
            .map_err(|error| Error::file("write", &self.place.path)(error.into()))
    }

    fn finish(self) -> Result<PathBuf> {
        let Place { path, sum } = self.place;
        let written = self
            .writer
            .into_inner()
            .map_err(csv::IntoInnerError::into_error);
        written.map_err(Error::file("write", &path))?.finish()?;
        // Without it the file stays until somebody removes it.
        if let Ok(text) = sum_of(&path) {
            let _ = write_whole(&sum, &text);
        }
        Ok(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_one_name_have_files_of_their_own_elsewhere() {
        let of = |source: &str| {
            Rejects::of(Path::new(source), &[], Path::new("rejected"))
                .elsewhere
                .path
        };
        assert_eq!(of("a/films.csv"), of("./a/films.csv"));
        assert_ne!(of("a/films.csv"), of("b/films.csv"));
        assert_ne!(of("a/films.csv"), of("a/books.csv"));
    }
}

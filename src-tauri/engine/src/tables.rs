//! The tables of a file: what an import reads, whatever the file is.
//!
//! A CSV file is its own table. Sheets of workbooks, JSON Lines and the members of a zip become CSV in
//! a folder that is removed with this; messages go on naming what they came from. What in a file is of
//! no use is left out with a note. What the columns mean is not decided here.

mod sheets;
mod xml;

use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use crate::archive::{Archive, Member};
use crate::csvfile::CsvFile;
use crate::error::{Error, Result};
use crate::field::Field;
use crate::format::{self, header_likeness};
use crate::jsonlines::{self, Fault};
use crate::manner::Manner;
use crate::tablefile::{BYTES_MAX, LINES_BEFORE};
use crate::watch::Watch;

/// Members that a note names.
const NAMED: usize = 8;
/// How the files of tables end that an archive may hold.
const ENDINGS: [&str; 6] = ["csv", "tsv", "txt", "json", "jsonl", "ndjson"];
const ARCHIVES: [&str; 7] = ["zip", "xlsx", "ods", "xls", "gz", "7z", "rar"];

/// A table to be read as CSV.
#[derive(Debug, Clone)]
pub struct Table {
    /// Where the CSV is.
    pub path: PathBuf,
    /// What messages call it: the file, and what in it.
    pub shown: PathBuf,
    /// Beside what rejected rows are to lie, and under whose name.
    pub beside: PathBuf,
    /// Lines of the CSV before the first of what it came from; nothing for a file that was CSV.
    pub before: Option<u64>,
    /// Lines of what it came from that are no rows.
    pub faults: Vec<Fault>,
}

impl Table {
    /// What is to be said of how it was read: nothing of the CSV that it never was.
    pub fn notes(&self, mut notes: Vec<String>) -> Vec<String> {
        const OF_CSV: [&str; 3] = ["encoding ", "delimiter ", "header on line "];
        let of_csv = |note: &String| OF_CSV.iter().any(|begin| note.starts_with(begin));
        notes.retain(|note| self.before.is_none() || !of_csv(note));
        notes
    }
}

/// The tables of one file.
#[derive(Debug)]
pub struct Tables {
    pub all: Vec<Table>,
    /// What was left out, and why.
    pub notes: Vec<String>,
    folder: PathBuf,
}

impl Drop for Tables {
    fn drop(&mut self) {
        // What stays is removed by the next import.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Tables {
    /// Finds the tables of a file; `folder` is there for this alone, and emptied first.
    ///
    /// # Errors
    /// The file cannot be read, is damaged beyond what a table can be had from, or holds none.
    pub fn of(path: &Path, folder: &Path, watch: &Watch) -> Result<Self> {
        let mut tables = Self {
            all: Vec::new(),
            notes: Vec::new(),
            folder: folder.to_owned(),
        };
        if folder.exists() {
            fs::remove_dir_all(folder).map_err(Error::file("remove", folder))?;
        }
        tables.find(path, watch).map_err(|error| match error {
            Error::Invalid(reason) => Error::Import {
                path: path.to_owned(),
                reason,
            },
            other => other,
        })?;
        Ok(tables)
    }

    fn find(&mut self, path: &Path, watch: &Watch) -> Result<()> {
        if is_zip(path) {
            let mut archive = Archive::open(path)?;
            let members = archive.members()?;
            let has = |name: &str| members.iter().any(|m| m.name.eq_ignore_ascii_case(name));
            let book =
                has("[Content_Types].xml") && members.iter().any(|m| m.name.starts_with("xl/"));
            if book {
                return self.workbook(path, &mut archive, &members, watch);
            }
            if has("content.xml") && has("mimetype") {
                return self.spreadsheet(path, &mut archive, &members, watch);
            }
            if has("manifest.json") && has("items.jsonl") && has("log.jsonl") {
                return Err(Error::Invalid(
                    "it is a backup of Curio; restore it instead".to_owned(),
                ));
            }
            return self.archive(path, &mut archive, &members, watch);
        }
        let is_file = path.is_file();
        if is_file && jsonlines::is_json(path) {
            let to = self.place(0, Path::new(path.file_name().unwrap_or_default()))?;
            let (written, faults) = jsonlines::write(path, &to, BYTES_MAX, watch)?;
            self.all.push(Table {
                path: written.path,
                shown: path.to_owned(),
                beside: path.to_owned(),
                before: Some(LINES_BEFORE + 1),
                faults,
            });
            return Ok(());
        }
        self.all.push(Table {
            path: path.to_owned(),
            shown: path.to_owned(),
            beside: path.to_owned(),
            before: None,
            faults: Vec::new(),
        });
        Ok(())
    }

    fn archive(
        &mut self,
        path: &Path,
        archive: &mut Archive,
        members: &[Member],
        watch: &Watch,
    ) -> Result<()> {
        let mut others = Vec::new();
        for (n, member) in members.iter().enumerate() {
            let name = &member.name;
            let mut folders = name.split('/').rev();
            let file = folders.next().unwrap_or_default();
            if file.starts_with('.') || folders.clone().any(|f| f == "__MACOSX") {
                continue;
            }
            let ending = file.rsplit_once('.').map_or("", |(_, e)| e).to_lowercase();
            let deleted = folders.any(|f| f.eq_ignore_ascii_case("deleted"));
            let problem = if let Some(problem) = member.problem {
                Some(problem)
            } else if ARCHIVES.contains(&&*ending) {
                Some("it is an archive or workbook in an archive; unpack it first")
            } else if deleted && ENDINGS.contains(&&*ending) {
                Some("it is what was deleted")
            } else {
                None
            };
            if let Some(problem) = problem {
                self.notes.push(format!("{name} is left out: {problem}"));
            } else if !ENDINGS.contains(&&*ending) {
                others.push(name.as_str());
            } else if let Err(error) = self.member(n, path, archive, member, watch) {
                match error {
                    Error::Cancelled | Error::File { .. } => return Err(error),
                    Error::Import { reason, .. } => {
                        self.notes.push(format!("{name} is left out: {reason}"));
                    }
                    other => self.notes.push(format!("{name} is left out: {other}")),
                }
            }
        }
        if !others.is_empty() {
            let count = others.len();
            others.truncate(NAMED);
            let more = if count > NAMED { ", …" } else { "" };
            let named = others.join(", ");
            self.notes
                .push(format!("no tables, and left out: {named}{more}"));
        }
        if self.all.is_empty() {
            self.notes.truncate(NAMED);
            let why = if self.notes.is_empty() {
                String::new()
            } else {
                format!(": {}", self.notes.join("; "))
            };
            return Err(Error::Invalid(format!(
                "the archive holds no table that could be read{why}"
            )));
        }
        self.first_things_first();
        Ok(())
    }

    /// Takes a member out.
    fn member(
        &mut self,
        n: usize,
        path: &Path,
        archive: &mut Archive,
        member: &Member,
        watch: &Watch,
    ) -> Result<()> {
        stop(watch)?;
        let inner = Path::new(&member.name);
        let place = self.place(2 * n, inner)?;
        let file = File::create(&place).map_err(Error::file("write", &place))?;
        let mut file = BufWriter::new(file);
        archive.unpack(member, &mut file)?;
        file.flush().map_err(Error::file("write", &place))?;
        let mut source = Table {
            path: place,
            shown: path.join(inner),
            beside: part_of(path, &member.name),
            before: None,
            faults: Vec::new(),
        };
        if jsonlines::is_json(&source.path) {
            let to = self.place(2 * n + 1, inner)?;
            let (written, faults) = jsonlines::write(&source.path, &to, BYTES_MAX, watch)?;
            source.path = written.path;
            source.before = Some(LINES_BEFORE + 1);
            source.faults = faults;
        }
        self.all.push(source);
        Ok(())
    }

    /// Tables of things before those of what was done with them; those that know the day of it before those
    /// that know only when it was entered, and of these the ones with ratings first.
    fn first_things_first(&mut self) {
        self.all.sort_by_cached_key(|source| {
            let file = CsvFile::open(&source.path, &Manner::default(), &header_likeness);
            let plan = file.and_then(|f| format::plan(&source.path, &f.header, &[]));
            plan.map_or((true, false, false), |plan| {
                let day = plan.columns(Field::At).next();
                let entered = day.is_some_and(|column| plan.is_entry_day(column));
                (
                    !plan.has(Field::Title),
                    entered,
                    entered && !plan.has(Field::Stars),
                )
            })
        });
    }

    /// A path of our own that is called as `name`, and in a folder that is called as the one it is in.
    fn place(&self, n: usize, name: &Path) -> Result<PathBuf> {
        let mut folder = self.folder.join(n.to_string());
        if let Some(parent) = name.parent().and_then(Path::file_name) {
            folder.push(harmless(&parent.to_string_lossy()));
        }
        fs::create_dir_all(&folder).map_err(Error::file("create", &folder))?;
        let stem = name.file_stem().unwrap_or_default().to_string_lossy();
        let ending = name.extension().unwrap_or_default().to_string_lossy();
        Ok(folder.join(format!("{}.{}", harmless(&stem), harmless(&ending))))
    }
}

/// A name that is one in every file system, and no way out of a folder.
fn harmless(name: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    let name: String = name.chars().filter(kept).take(60).collect();
    match name.trim() {
        "" => "table".to_owned(),
        name => name.to_owned(),
    }
}

/// What rejected rows of a part are named after.
fn part_of(path: &Path, part: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let part = part.split(['/', '.']).map(harmless);
    let part: Vec<String> = std::iter::once(name.into_owned()).chain(part).collect();
    path.with_file_name(part.join("."))
}

fn stop(watch: &Watch) -> Result<()> {
    if (watch.cancelled)() {
        return Err(Error::Cancelled);
    }
    Ok(())
}

fn is_zip(path: &Path) -> bool {
    let mut begin = [0; 4];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut begin));
    read.is_ok() && (begin == *b"PK\x03\x04" || begin == *b"PK\x05\x06")
}

//! The tables of a file: what an import reads, whatever the file is.
//!
//! A CSV file is its own table. Sheets of workbooks, JSON Lines and the members of a zip become CSV in
//! a folder that is removed with this; messages go on naming what they came from. What in a file is of
//! no use is left out with a note. What the columns mean is not decided here.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use crate::archive::{Archive, Member};
use crate::csvfile::CsvFile;
use crate::error::{Error, Result};
use crate::field::Field;
use crate::format::{self, header_likeness};
use crate::jsonlines::{self, Fault};
use crate::manner::Manner;
use crate::opendocument;
use crate::tablefile::{BYTES_MAX, LINES_BEFORE, TableFile, Written};
use crate::watch::Watch;
use crate::workbook::{SHEETS_MAX, Workbook};

/// The most strings that a workbook may say that its cells share.
const SHARED_MAX: u64 = 20_000_000;
/// The most bytes of those texts.
const SHARED_BYTES_MAX: u64 = 512 << 20;
/// The most bytes of a cell of a workbook.
const CELL_BYTES_MAX: u64 = 32 << 20;
/// The most bytes of the content of a spreadsheet.
const CONTENT_BYTES_MAX: u64 = 2 << 30;
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

    fn workbook(
        &mut self,
        path: &Path,
        archive: &mut Archive,
        members: &[Member],
        watch: &Watch,
    ) -> Result<()> {
        for member in members {
            if member.name.eq_ignore_ascii_case("xl/workbook.bin") {
                return Err(Error::Invalid(
                    "it is a binary workbook; save it as .xlsx or CSV first".to_owned(),
                ));
            }
            refuse(member)?;
            look_through(archive, member)?;
            stop(watch)?;
        }
        let mut book = Workbook::open(path)?;
        let mut sheets = Vec::new();
        let mut room = BYTES_MAX;
        for (n, name) in book.sheets().into_iter().take(SHEETS_MAX).enumerate() {
            let mut table = TableFile::begin(&self.sheet(n, path, &name)?, room)?;
            book.write(&name, &mut table, watch)?;
            let written = table.finish()?;
            room = room.saturating_sub(written.bytes);
            sheets.push((name, written));
        }
        self.choose(path, sheets)
    }

    fn spreadsheet(
        &mut self,
        path: &Path,
        archive: &mut Archive,
        members: &[Member],
        watch: &Watch,
    ) -> Result<()> {
        let called = |name: &str| members.iter().find(|m| m.name == name);
        if let Some(manifest) = called("META-INF/manifest.xml") {
            let mut text = String::new();
            // One that cannot be read says nothing.
            let _ = archive.stream(manifest, 1 << 20)?.read_to_string(&mut text);
            if text.contains("encryption-data") {
                return Err(Error::Invalid("it is protected by a password".to_owned()));
            }
        }
        let content = called("content.xml")
            .ok_or_else(|| Error::Invalid("the spreadsheet has no content".to_owned()))?;
        refuse(content)?;
        look_through(archive, content)?;
        let stream = BufReader::new(archive.stream(content, CONTENT_BYTES_MAX)?);
        let mut sheets: Vec<(String, Written)> = Vec::new();
        let mut places = 0;
        let room = std::cell::Cell::new(BYTES_MAX);
        let this = &*self;
        opendocument::read(
            stream,
            watch,
            &mut |name| {
                let place = this.sheet(places, path, name)?;
                places += 1;
                TableFile::begin(&place, room.get())
            },
            &mut |name, table| {
                let written = table.finish()?;
                room.set(room.get().saturating_sub(written.bytes));
                sheets.push((name, written));
                Ok(())
            },
        )?;
        self.choose(path, sheets)
    }

    /// Takes the sheets that look like tables of ours; the first that holds anything where none does.
    fn choose(&mut self, path: &Path, mut sheets: Vec<(String, Written)>) -> Result<()> {
        sheets.retain(|(_, written)| written.filled > 0);
        let known = sheets.iter().filter(|(_, w)| w.likeness > 0).count();
        if known == 0 {
            sheets.truncate(1);
        }
        let (taken, left): (Vec<_>, Vec<_>) = sheets
            .into_iter()
            .partition(|(_, written)| known == 0 || written.likeness > 0);
        if taken.is_empty() {
            return Err(Error::Invalid("its sheets are empty".to_owned()));
        }
        for (name, _) in &left {
            self.notes
                .push(format!("the sheet {name:?} is left out: no known columns"));
        }
        let alone = taken.len() == 1;
        for (name, written) in taken {
            let (shown, beside) = if alone {
                self.notes.push(format!("read from the sheet {name:?}"));
                (path.to_owned(), path.to_owned())
            } else {
                (path.join(&name), part_of(path, &name))
            };
            self.all.push(Table {
                path: written.path,
                shown,
                beside,
                before: Some(LINES_BEFORE),
                faults: Vec::new(),
            });
        }
        self.first_things_first();
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

    /// Tables of things before those of what was done with them.
    fn first_things_first(&mut self) {
        self.all.sort_by_cached_key(|source| {
            let file = CsvFile::open(&source.path, &Manner::default(), &header_likeness);
            let plan = file.and_then(|f| format::plan(&source.path, &f.header, &[]));
            !plan.is_ok_and(|plan| plan.has(Field::Title))
        });
    }

    /// A path for a sheet, named as the file or the sheet, which may say of what kind its items are.
    fn sheet(&self, n: usize, path: &Path, name: &str) -> Result<PathBuf> {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let name = if n == 0 { &*stem } else { name };
        self.place(n, Path::new(&format!("{name}.csv")))
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

fn refuse(member: &Member) -> Result<()> {
    match member.problem {
        Some(problem) => Err(Error::Invalid(format!(
            "{:?} in it: {problem}",
            member.name
        ))),
        None => Ok(()),
    }
}

/// Unpacks a part of a workbook into nothing: only what was seen to be small enough is opened by what
/// trusts it.
fn look_through(archive: &mut Archive, member: &Member) -> Result<()> {
    let mut xml = Xml::default();
    archive.unpack(member, &mut xml)?;
    match xml.problem(&member.name) {
        Some(problem) => Err(Error::Invalid(format!(
            "the workbook is damaged: {problem}"
        ))),
        None => Ok(()),
    }
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

/// Looks through the XML of a workbook for what would take an absurd room to read.
#[derive(Default)]
struct Xml {
    window: Vec<u8>,
    /// The most shared texts that it claims to have, for which room would be made.
    shared: u64,
    /// Bytes since the last tag began.
    run: u64,
    longest: u64,
    bytes: u64,
}

impl Xml {
    /// Why it is not to be read.
    fn problem(&self, name: &str) -> Option<&'static str> {
        let texts = name.to_lowercase().ends_with("sharedstrings.xml");
        if self.shared > SHARED_MAX || texts && self.bytes > SHARED_BYTES_MAX {
            Some("it says it has an absurd number of texts")
        } else if self.longest > CELL_BYTES_MAX {
            Some("a cell of it has an absurd size")
        } else {
            None
        }
    }

    fn count_shared(&mut self) {
        const NAME: &[u8] = b"uniqueCount";
        let (mut from, mut keep) = (0, self.window.len().saturating_sub(NAME.len()));
        while let Some(at) = find(&self.window[from..], NAME) {
            let begin = from + at;
            from = begin + NAME.len();
            let rest = &self.window[from..];
            let digits = rest.iter().skip_while(|b| !b.is_ascii_digit());
            let digits: Vec<u8> = digits.take_while(|b| b.is_ascii_digit()).copied().collect();
            let digits = String::from_utf8_lossy(&digits);
            if !digits.is_empty() {
                self.shared = self.shared.max(digits.parse().unwrap_or(u64::MAX));
            }
            // What may go on is read again with what follows; nobody parts the two by so much.
            if rest.len() < 64 || digits.is_empty() {
                keep = keep.min(begin);
            }
        }
        if self.window.len() - keep > 64 << 10 {
            self.shared = u64::MAX;
            keep = self.window.len();
        }
        self.window.drain(..keep);
    }
}

impl Write for Xml {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes += bytes.len() as u64;
        let mut pieces = bytes.split(|b| *b == b'<');
        self.run += pieces.next().map_or(0, |piece| piece.len() as u64);
        self.longest = self.longest.max(self.run);
        for piece in pieces {
            self.run = piece.len() as u64;
            self.longest = self.longest.max(self.run);
        }
        self.window.extend_from_slice(bytes);
        self.count_shared();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    let first = what.first()?;
    let mut from = 0;
    while let Some(at) = text.get(from..)?.iter().position(|b| b == first) {
        if text[from + at..].starts_with(what) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

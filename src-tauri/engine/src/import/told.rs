//! What is told of a file before it is read: by the options, by a mapping that was saved for such files, and by
//! the file that its rows were rejected of.

use std::path::Path;

use super::ImportOptions;
use crate::csvfile::{CsvFile, Record};
use crate::error::Result;
use crate::format::{before_rejects, header_likeness};
use crate::manner::Manner;
use crate::nearest::not_found;
use crate::rejects;
use crate::view::{Content, SavedMapping};

/// What is to be read how, by the options and the mapping that was saved for such files.
pub(super) struct Told {
    pub(super) file: CsvFile,
    /// The file that its rows were rejected of, where it is there.
    pub(super) whole: Option<CsvFile>,
    pub(super) manner: Manner,
    pub(super) map: Vec<(String, String)>,
    pub(super) content: Option<Content>,
    pub(super) saved: Option<SavedMapping>,
}

impl Told {
    pub(super) fn of(path: &Path, options: &ImportOptions) -> Result<Self> {
        let (manner, mut map) = Manner::of(&options.map)?;
        let asked = map.iter().position(|(name, _)| name.trim() == "mapping");
        let asked = asked.map(|at| map.remove(at).1);
        let bare = options.map.is_empty() && options.content.is_none();
        let fits: Vec<&SavedMapping> = match &asked {
            Some(name) if name == "none" => Vec::new(),
            Some(name) => {
                let found = options.saved.iter().find(|saved| saved.name == *name);
                let names = options.saved.iter().map(|saved| saved.name.as_str());
                let missing = || not_found("mapping", name, names);
                vec![found.ok_or_else(missing)?]
            }
            None if bare => options.saved.iter().collect(),
            None => Vec::new(),
        };
        let likeness = |row: &[String]| {
            if fits.iter().any(|saved| is_header(saved, row)) {
                3
            } else {
                header_likeness(row)
            }
        };
        let whole = rejects::source_of(path);
        let is_ours = |file: &CsvFile| before_rejects(&file.header).is_some();
        // Rejected rows are written by us, however the file was written that they are of.
        let as_ours = whole.as_ref().filter(|_| manner.cuts());
        let as_ours = as_ours.and_then(|_| CsvFile::open(path, &Manner::default(), &likeness).ok());
        let file = match as_ours.filter(is_ours) {
            Some(file) => file,
            None => CsvFile::open(path, &manner, &likeness)?,
        };
        let ours = is_ours(&file);
        // How it is written tells what the rows of it leave open, such as the order of dates.
        let whole = whole.filter(|whole| ours && whole.is_file());
        let whole_by = |manner: &Manner| {
            let whole = CsvFile::open(whole.as_ref()?, manner, &likeness).ok()?;
            (before_rejects(&file.header) == Some(&whole.header[..])).then_some(whole)
        };
        let as_told = whole_by(&manner);
        let manner = if ours { manner.of_cells() } else { manner };
        let fit = |file: &CsvFile, saved: &SavedMapping| {
            asked.is_some() || is_header(saved, &file.header)
        };
        for saved in fits.iter().copied() {
            let (told, mut by_saved) = Manner::of(&saved.map)?;
            let as_saved = if ours { whole_by(&told) } else { None };
            let told = if ours { told.of_cells() } else { told };
            let again = || CsvFile::open(path, &told, &likeness);
            let file = if told.cuts() { again()? } else { file.clone() };
            if fit(&file, saved) {
                by_saved.extend(map);
                return Ok(Self {
                    file,
                    whole: as_told.or(as_saved),
                    manner: manner.over(told),
                    map: by_saved,
                    content: options.content.or(saved.content),
                    saved: Some(saved.clone()),
                });
            }
        }
        Ok(Self {
            file,
            whole: as_told,
            manner,
            map,
            content: options.content,
            saved: None,
        })
    }
}

/// Whether a mapping was saved for files of this header, or for the file whose rejected rows these are.
fn is_header(saved: &SavedMapping, row: &[String]) -> bool {
    saved.columns == row || before_rejects(row).is_some_and(|row| saved.columns == row)
}

/// The columns of a file of plays that has no header: artist, album, track and a time of day, which some
/// plays may be without.
pub(super) fn headless(file: &CsvFile) -> Result<Option<&'static [&'static str]>> {
    let moment = |cell: &str| {
        let date = crate::dates::Dates::default().parse(cell);
        date.is_some() && cell.contains(':') && !cell.starts_with(|c: char| c.is_alphabetic())
    };
    // Whether a row is a play, and one with its time.
    let play = |cells: &[&str]| match cells {
        [artist, _, track, at @ ..] if !artist.trim().is_empty() && !track.trim().is_empty() => {
            match at {
                [] => Some(false),
                [at] if at.trim().is_empty() => Some(false),
                [at] => moment(at).then_some(true),
                _ => None,
            }
        }
        _ => None,
    };
    let header: Vec<&str> = file.header.iter().map(String::as_str).collect();
    let Some(timed) = play(&header) else {
        return Ok(None);
    };
    let (mut plays, mut times) = (1, u32::from(timed));
    let (mut records, mut record) = (file.records()?, Record::default());
    for _ in 0..200 {
        if !records.next(&mut record)? {
            break;
        }
        let Some(timed) = play(&record.iter().collect::<Vec<_>>()) else {
            return Ok(None);
        };
        (plays, times) = (plays + 1, times + u32::from(timed));
    }
    let names: &[&str] = &["artist", "album", "track", "date"];
    Ok((times * 2 >= plays).then_some(names))
}

//! The layout of a file: what a sample of it looks like under one delimiter, and which row is its header.

use super::HALF;
use crate::cells::{Cells, Quotes, Scan, line_end, lines, scan};

/// What a sample looks like under one delimiter.
pub(super) struct Layout {
    pub(super) delimiter: u8,
    pub(super) header: Vec<String>,
    pub(super) line: u64,
    /// How surely the header is one.
    pub(super) sure: u8,
    /// Whether it can be the header of what is below it.
    pub(super) stands: bool,
    /// How many of a hundred rows below it have the cells of a row of it; all, where there is none.
    pub(super) even: usize,
    pub(super) score: (u8, usize),
}

impl Layout {
    pub(super) fn find(
        sample: &str,
        ended: bool,
        delimiter: u8,
        known: &dyn Fn(&[String]) -> u8,
    ) -> Option<Self> {
        let (rows, short) = sample_rows(sample, ended, delimiter);
        let mut widths: Vec<usize> = rows.iter().skip(1).map(|(_, r)| r.len()).collect();
        widths.retain(|w| *w > 1);
        widths.sort_unstable();
        // The most frequent width; of two, the smaller.
        let usual = widths
            .chunk_by(|a, b| a == b)
            .rev()
            .max_by_key(|run| run.len())
            .map_or(1, |run| run[0]);
        let even = |at: usize, fit: fn((&[String], bool), usize) -> bool| {
            let (below, width) = (&rows[at + 1..], rows[at].1.len());
            let even = below.iter().zip(&short[at + 1..]);
            let even = even.filter(|((_, row), short)| fit((row, **short), width));
            match below.len() {
                0 => 100,
                rows => even.count() * 100 / rows,
            }
        };
        // The names of columns may also stand in the middle of a text. A mapping that somebody saved is sure.
        let stands = |at: usize, sure: u8| at == 0 || sure > 2 || even(at, fits) >= HALF;
        let sure_at = |(at, (_, row)): (usize, &(u64, Vec<String>))| match known(row) {
            sure if stands(at, sure) => sure,
            _ => 0,
        };
        let first = || rows.iter().take(40).enumerate();
        let sure = first().map(sure_at).max().unwrap_or(0);
        let recognised = first().position(|row| sure > 0 && sure_at(row) == sure);
        let wide = |(_, row): &(u64, Vec<String>)| row.len() >= usual.max(2);
        let at = recognised
            .or_else(|| rows.iter().take(40).position(wide))
            .or(if rows.is_empty() { None } else { Some(0) })?;
        let (line, header) = &rows[at];
        let width = header.len();
        let (same, even) = (
            even(at, |(row, _), width| row.len() == width),
            even(at, fits),
        );
        let named = known(header);
        let stands = stands(at, named);
        let mut header = header.clone();
        if let Some(first) = header.first_mut() {
            // Some writers encode the byte-order mark twice.
            *first = first.trim_start_matches("ï»¿").to_owned();
        }
        Some(Self {
            delimiter,
            header,
            line: *line,
            sure: named,
            stands,
            even,
            score: (
                sure,
                if width < 2 {
                    0
                } else {
                    same * 100 + width.min(99)
                },
            ),
        })
    }
}

/// The delimiter that a first line `sep=;` names.
pub(super) fn declared(sample: &str) -> Option<u8> {
    let line = sample.lines().next()?.trim_start_matches('\u{feff}');
    let line = line.trim_matches('"');
    let rest = line.get(..4).filter(|s| s.eq_ignore_ascii_case("sep="));
    let delimiter = *line.as_bytes().get(rest?.len())?;
    (delimiter.is_ascii() && !matches!(delimiter, b'"' | b'\r' | b'\n')).then_some(delimiter)
}

/// Whether a row, by its raw cells, can stand below a header that is wider or narrower: cells may be missing
/// at its end, and be empty beyond it. Prose and code have blanks behind their commas, or one at the end.
fn is_short(row: &[String]) -> bool {
    let told = row.iter().filter(|cell| !cell.trim().is_empty()).count();
    told > 1 && !row.iter().skip(1).any(|cell| cell.starts_with(' '))
}

/// Whether a row can stand below a header of some width.
fn fits((row, short): (&[String], bool), width: usize) -> bool {
    row.len() == width || short && row.iter().skip(width).all(String::is_empty)
}

/// The first rows of a sample, blank lines and a `sep=` line left out, and whether each can be a short one.
fn sample_rows(sample: &str, ended: bool, delimiter: u8) -> (Vec<(u64, Vec<String>)>, Vec<bool>) {
    let (mut rows, mut short) = (Vec::new(), Vec::new());
    let mut cells = Cells::default();
    let (mut from, mut line) = (0, 1);
    while rows.len() < 200 && from < sample.len() {
        let rest = &sample.as_bytes()[from..];
        let bytes = match scan(rest, ended, delimiter, Quotes::Loose, &mut cells) {
            Scan::Record(bytes) => bytes,
            Scan::Broken { opened, .. } => {
                let bytes = line_end(rest, opened, ended).unwrap_or(rest.len());
                scan(&rest[..bytes], true, delimiter, Quotes::Line, &mut cells);
                bytes
            }
            Scan::More(_) => break,
        };
        let raw: Vec<String> = cells.iter().map(str::to_owned).collect();
        let row: Vec<String> = raw.iter().map(|cell| clean_name(cell)).collect();
        let declares = line == 1 && declared(sample).is_some();
        if !cells.is_blank() && !declares {
            rows.push((line, row));
            short.push(is_short(&raw));
        }
        line += lines(&rest[..bytes]);
        from += bytes;
    }
    (rows, short)
}

fn clean_name(cell: &str) -> String {
    cell.trim_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}')
        .to_owned()
}

//! Samples: for each column of a file its first few different cells, to show a person what it holds.

use crate::clean;
use crate::csvfile::{CsvFile, Record};
use crate::error::Result;

/// Rows that are looked at.
const ROWS: usize = 200;
/// Samples of a column.
const SHOWN: usize = 3;
/// Characters of a sample.
const LONGEST: usize = 60;

/// The samples of every column, in the order of the header.
pub(crate) fn samples(file: &CsvFile) -> Result<Vec<Vec<String>>> {
    let mut all = vec![Vec::new(); file.header.len()];
    let mut records = file.records()?;
    let mut record = Record::default();
    for _ in 0..ROWS {
        if !records.next(&mut record)? {
            break;
        }
        if record.problem.is_some() || record.len() > file.header.len() {
            continue;
        }
        for (column, samples) in all.iter_mut().enumerate() {
            let cell = clean::line(record.get(column));
            if samples.len() < SHOWN && !cell.is_empty() {
                let cell = cut(&cell, LONGEST);
                if !samples.contains(&cell) {
                    samples.push(cell);
                }
            }
        }
    }
    Ok(all)
}

/// The beginning of a text, with an ellipsis where it goes on.
pub(crate) fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

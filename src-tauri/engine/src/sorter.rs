//! A sorter: numbers put in order, more of them than are held.
//!
//! Whenever so many are held they are put in order and laid into a file that has no name and is gone with the
//! sorter; in the end these runs are merged (external merge sort: Knuth, The Art of Computer Programming 3,
//! 5.4).

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use itertools::{Itertools, process_results};
use rayon::slice::ParallelSliceMut;

use crate::error::{Error, Result};

/// Numbers that are held where there is a folder for others.
const HELD: usize = 1 << 16;
/// What a number takes in the file.
const BYTES: usize = size_of::<u64>();

/// Takes numbers in, and gives them back in order.
pub struct Sorter {
    folder: Option<PathBuf>,
    held: Vec<u64>,
    file: Option<File>,
    /// Numbers in the file, in runs of [`HELD`].
    laid: usize,
}

impl Sorter {
    /// One that lays into a folder what is too much to be held; without a folder it holds all.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self {
            folder,
            held: Vec::new(),
            file: None,
            laid: 0,
        }
    }

    /// Takes a number in.
    ///
    /// # Errors
    /// The folder cannot be written to.
    pub fn add(&mut self, number: u64) -> Result<()> {
        if self.held.len() == HELD
            && let Some(folder) = self.folder.clone()
        {
            self.lay_down(&folder)
                .map_err(Error::file("write", folder))?;
        }
        self.held.push(number);
        Ok(())
    }

    /// Writes what is held behind the runs that are there.
    fn lay_down(&mut self, folder: &Path) -> io::Result<()> {
        self.held.par_sort_unstable();
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile_in(folder)?),
        };
        let mut writer = BufWriter::new(file);
        for number in &self.held {
            writer.write_all(&number.to_le_bytes())?;
        }
        writer.flush()?;
        self.laid += self.held.len();
        self.held.clear();
        Ok(())
    }

    /// Shows all numbers in order, one that was taken in twice twice.
    ///
    /// # Errors
    /// The visitor's, or what was laid down cannot be read.
    pub fn visit(
        mut self,
        visitor: impl FnOnce(&mut dyn Iterator<Item = u64>) -> Result<()>,
    ) -> Result<()> {
        self.held.par_sort_unstable();
        let held = self.held.iter().map(|number| Ok(*number));
        let mut runs: Vec<Box<dyn Iterator<Item = io::Result<u64>>>> = vec![Box::new(held)];
        if let Some(file) = &self.file {
            for start in (0..self.laid).step_by(HELD) {
                runs.push(Box::new(run(file, start)));
            }
        }
        // What could not be read comes first, and ends it.
        let merged = runs.into_iter().kmerge_by(|one, other| match (one, other) {
            (Ok(one), Ok(other)) => one < other,
            (one, _) => one.is_err(),
        });
        process_results(merged, |mut merged| visitor(&mut merged))
            .map_err(Error::file("read", self.folder.unwrap_or_default()))?
    }
}

/// The numbers of the run that starts with one of those in a file.
fn run(file: &File, start: usize) -> impl Iterator<Item = io::Result<u64>> {
    let [at, end] = [start, start + HELD].map(|number| (number * BYTES) as u64);
    let mut reader = BufReader::new(Part { file, at, end });
    (0..HELD).map(move |_| {
        let mut bytes = [0; BYTES];
        reader.read_exact(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    })
}

/// A part of a file that others read beside.
struct Part<'f> {
    file: &'f File,
    at: u64,
    end: u64,
}

impl Read for Part<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.file.seek(SeekFrom::Start(self.at))?;
        let read = self.file.take(self.end - self.at).read(into)?;
        self.at += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_numbers_than_are_held_come_back_in_order() {
        let folder = tempfile::tempdir().unwrap();
        // A step that shares no divisor with their number: each comes once, and some of them again.
        let many = (HELD * 2 + HELD / 3) as u64;
        let numbers = (0..many).map(|n| n * 7_919 % many).chain([3, 3, many - 1]);
        let mut expected: Vec<u64> = numbers.clone().collect();
        expected.sort_unstable();
        for (room, laid) in [(None, 0), (Some(folder.path().to_owned()), 2 * HELD)] {
            let mut sorter = Sorter::new(room);
            numbers
                .clone()
                .for_each(|number| sorter.add(number).unwrap());
            assert_eq!(sorter.laid, laid);
            let mut sorted = Vec::new();
            let taken = sorter.visit(|all| {
                sorted.extend(all);
                Ok(())
            });
            taken.unwrap();
            assert!(sorted == expected);
        }
        assert_eq!(folder.path().read_dir().unwrap().count(), 0);
    }

    #[test]
    fn a_folder_that_is_gone_is_an_error() {
        let folder = tempfile::tempdir().unwrap().path().join("gone");
        let mut sorter = Sorter::new(Some(folder.clone()));
        let added = (0..=HELD as u64).try_for_each(|number| sorter.add(number));
        let told = added.unwrap_err().to_string();
        assert!(told.contains("gone"), "{told}");
    }
}

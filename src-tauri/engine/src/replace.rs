//! A replacement: a file that is written whole under another name, synced, and then takes the place
//! of the one that may be there.
//!
//! At any moment a path holds the old file or the new one, never a part. What is given up half way
//! leaves nothing behind.

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Puts a text in a file's place.
pub fn write_whole(path: &Path, text: &str) -> Result<()> {
    let mut file = Replacement::begin(path)?;
    file.write_all(text.as_bytes())
        .map_err(Error::file("write", path))?;
    file.finish()
}

/// A file in the making: write to it, then [`Replacement::finish`] it.
#[derive(Debug)]
pub struct Replacement {
    path: PathBuf,
    part: PathBuf,
    /// Nothing once it stands in its place.
    file: Option<BufWriter<File>>,
}

impl Replacement {
    /// Begins a file that is to stand at `path`, as `path.part` beside it.
    pub fn begin(path: &Path) -> Result<Self> {
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let file = File::create(&part).map_err(Error::file("write", &part))?;
        Ok(Self {
            path: path.to_owned(),
            part,
            file: Some(BufWriter::new(file)),
        })
    }

    /// Puts the file in its place; durable when it returns.
    pub fn finish(mut self) -> Result<()> {
        self.flush()
            .and_then(|()| {
                self.file
                    .as_ref()
                    .map_or(Ok(()), |f| f.get_ref().sync_all())
            })
            .map_err(Error::file("write", &self.part))?;
        fs::rename(&self.part, &self.path).map_err(Error::file("replace", &self.path))?;
        self.file = None;
        match self.path.parent() {
            Some(folder) if folder != Path::new("") => sync_folder(folder),
            _ => sync_folder(Path::new(".")),
        }
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_mut().map_or(Ok(0), |file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Seek for Replacement {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.as_mut().map_or(Ok(0), |file| file.seek(to))
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            // If it cannot be removed, the next replacement overwrites it.
            let _ = fs::remove_file(&self.part);
        }
    }
}

/// Puts a file of these bytes at a path; durable when it returns.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = Replacement::begin(path)?;
    file.write_all(bytes).map_err(Error::file("write", path))?;
    file.finish()
}

/// Makes the names in a folder durable.
pub fn sync_folder(folder: &Path) -> Result<()> {
    if cfg!(unix) {
        File::open(folder)
            .and_then(|f| f.sync_all())
            .map_err(Error::file("sync", folder))?;
    }
    Ok(())
}

//! An archive: a zip that somebody else made, whose members are taken out under names of our own.
//!
//! Nothing of it is trusted. How many members there are, what they unpack to, alone and together, and
//! how many times their packed size that is, has bounds that are held while they are unpacked,
//! whatever the archive says of itself. No path in it is ever written to.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

use zip::ZipArchive;
use zip::result::ZipError;

use crate::error::{Error, Result};

/// The most members.
const MEMBERS_MAX: usize = 10_000;
/// The most bytes that all members may unpack to.
const UNPACKED_BYTES_MAX: u64 = 2 << 30;
/// A member of more bytes than this may unpack to at most [`RATIO_MAX`] times its packed size.
const RATIO_FREE_BYTES: u64 = 4 << 20;
const RATIO_MAX: u64 = 250;

/// An open archive.
pub struct Archive {
    zip: ZipArchive<BufReader<File>>,
    /// Bytes that may still be unpacked.
    room: u64,
}

/// What an archive says of a member.
#[derive(Debug, Clone)]
pub struct Member {
    pub index: usize,
    /// Its path in the archive, parted by `/`.
    pub name: String,
    /// Why it cannot be taken out.
    pub problem: Option<&'static str>,
}

impl Archive {
    /// Opens an archive.
    ///
    /// # Errors
    /// It is damaged, or has more members than anybody needs.
    pub fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(Error::file("open", path))?;
        let zip = ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
        if zip.len() > MEMBERS_MAX {
            return Err(Error::Invalid(format!(
                "the archive holds more than {MEMBERS_MAX} files"
            )));
        }
        Ok(Self {
            zip,
            room: UNPACKED_BYTES_MAX,
        })
    }

    /// Its members in their order, folders left out.
    pub fn members(&mut self) -> Result<Vec<Member>> {
        let mut members = Vec::new();
        for index in 0..self.zip.len() {
            let file = self.zip.by_index_data(index).map_err(damaged)?;
            if file.is_dir() {
                continue;
            }
            let name = file.name().map_err(damaged)?.replace('\\', "/");
            let outside = name.starts_with('/')
                || name.contains(':')
                || name.split('/').any(|part| part == "..");
            let problem = if outside {
                Some("its name leads out of the archive")
            } else if file.is_symlink() {
                Some("it is a link")
            } else if file.encrypted() {
                Some("it is protected by a password")
            } else {
                None
            };
            members.push(Member {
                index,
                name,
                problem,
            });
        }
        Ok(members)
    }

    /// Unpacks a member into a writer, within all bounds.
    pub fn unpack(&mut self, member: &Member, to: &mut impl Write) -> Result<()> {
        let file = self.zip.by_index(member.index).map_err(damaged)?;
        let allowed = file.compressed_size().saturating_mul(RATIO_MAX);
        let allowed = allowed.max(RATIO_FREE_BYTES).min(self.room);
        let mut file = file.take(allowed + 1);
        let written = io::copy(&mut file, to).map_err(damaged)?;
        if written > allowed {
            return Err(Error::Invalid(format!(
                "{:?} in the archive would unpack to an absurd size",
                member.name
            )));
        }
        self.room -= written;
        Ok(())
    }

    /// A member as a stream, of at most so many bytes; it ends early beyond them.
    pub fn stream(&mut self, member: &Member, most: u64) -> Result<impl Read> {
        let file = self.zip.by_index(member.index).map_err(damaged)?;
        Ok(file.take(most))
    }
}

fn damaged(cause: impl Into<Cause>) -> Error {
    Error::Invalid(match cause.into() {
        Cause::Zip(ZipError::InvalidArchive(_)) => "the archive is damaged or not whole".to_owned(),
        Cause::Zip(error) => format!("the archive is damaged: {error}"),
        Cause::Io(error) => format!("the archive is damaged: {error}"),
    })
}

enum Cause {
    Zip(ZipError),
    Io(io::Error),
}

impl From<ZipError> for Cause {
    fn from(error: ZipError) -> Self {
        Self::Zip(error)
    }
}

impl From<io::Error> for Cause {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

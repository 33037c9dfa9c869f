//! The XML of a workbook, looked through for what would take an absurd room to read.
//!
//! It is a writer that keeps nothing of what it is given but how large it is; it does not know what the XML says.

use std::io::{self, Write};

/// The most strings that a workbook may say that its cells share.
const SHARED_MAX: u64 = 20_000_000;
/// The most bytes of those texts.
const SHARED_BYTES_MAX: u64 = 512 << 20;
/// The most bytes of a cell of a workbook.
const CELL_BYTES_MAX: u64 = 32 << 20;

/// Looks through the XML of a workbook for what would take an absurd room to read.
#[derive(Default)]
pub(super) struct Xml {
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
    pub(super) fn problem(&self, name: &str) -> Option<&'static str> {
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

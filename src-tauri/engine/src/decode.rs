//! The text of a file: its bytes in whatever encoding they came, streamed out as UTF-8.
//!
//! The encoding is decided once, from all of the bytes, before a word is read. Memory is the caller's
//! window on the text, never the file. Nothing here knows of cells or rows.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use encoding_rs::{Decoder, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::error::{Error, Result};

const CHUNK: usize = 64 << 10;

/// How the bytes of a file are to be read.
#[derive(Debug, Clone, Copy)]
pub struct Charset {
    encoding: &'static Encoding,
    /// Length of the byte-order mark.
    mark: u64,
    /// Byte sequences that are broken in this encoding and come out as U+FFFD.
    pub broken: u64,
}

impl Charset {
    /// The encoding's usual name.
    pub fn name(self) -> &'static str {
        match self.encoding {
            e if e == UTF_8 => "UTF-8",
            e if e == UTF_16LE => "UTF-16LE",
            e if e == UTF_16BE => "UTF-16BE",
            e if e == GB18030 => "GB18030",
            e if e == WINDOWS_1252 => "Windows-1252",
            other => other.name(),
        }
    }

    /// The encoding that a person told, of a file that may have a mark all the same.
    ///
    /// # Errors
    /// When the file cannot be read, or is plainly no text.
    pub fn told(path: &Path, encoding: &'static Encoding) -> Result<Self> {
        let mut file = open(path)?;
        let mut bytes = vec![0; CHUNK];
        let len = fill(&mut file, &mut bytes, path)?;
        refuse(path, &bytes[..len])?;
        let mark = Encoding::for_bom(&bytes[..len]).filter(|(marked, _)| *marked == encoding);
        Ok(Self {
            encoding,
            mark: mark.map_or(0, |(_, len)| len as u64),
            broken: 0,
        })
    }

    /// Decides the encoding of a file from its mark, or else from all of its bytes.
    ///
    /// # Errors
    /// When the file cannot be read, or is plainly no text.
    pub fn detect(path: &Path) -> Result<Self> {
        let mut file = open(path)?;
        let mut bytes = vec![0; CHUNK];
        let mut len = fill(&mut file, &mut bytes, path)?;
        let first = &bytes[..len];
        refuse(path, first)?;
        let plain = |encoding, mark| Self {
            encoding,
            mark,
            broken: 0,
        };
        if first.starts_with(b"\xff\xfe") {
            return Ok(plain(UTF_16LE, 2));
        }
        if first.starts_with(b"\xfe\xff") {
            return Ok(plain(UTF_16BE, 2));
        }
        if let Some(encoding) = utf16(first) {
            return Ok(plain(encoding, 0));
        }
        let mark = if first.starts_with(b"\xef\xbb\xbf") {
            3
        } else {
            0
        };
        let mut tally = Tally::default();
        let mut kept = 0;
        while len > 0 {
            kept = tally.take(&mut bytes, kept + len);
            // A sequence cut at the end of the chunk waits for its rest.
            let mut rest = vec![0; CHUNK];
            len = fill(&mut file, &mut rest, path)?;
            bytes.truncate(kept);
            bytes.extend_from_slice(&rest[..len]);
        }
        tally.broken += u64::from(kept > 0);
        let encoding = match tally {
            Tally { broken: 0, .. } => UTF_8,
            Tally { broken, whole, .. } if mark > 0 || whole >= broken => UTF_8,
            Tally { pairs, high, .. } if pairs >= 4 && pairs * 2 * 20 >= high * 19 => GB18030,
            _ => WINDOWS_1252,
        };
        Ok(Self {
            encoding,
            mark,
            broken: if encoding == UTF_8 { tally.broken } else { 0 },
        })
    }
}

/// What the bytes above ASCII look like.
#[derive(Default)]
struct Tally {
    /// Well-formed UTF-8 sequences of two bytes and more.
    whole: u64,
    /// Sequences that are not UTF-8.
    broken: u64,
    /// Bytes above ASCII.
    high: u64,
    /// Pairs that are a common Chinese character or sign in GB 2312.
    pairs: u64,
}

impl Tally {
    /// Counts a chunk and moves an unfinished sequence to its front; answers with its length.
    fn take(&mut self, bytes: &mut Vec<u8>, len: usize) -> usize {
        bytes.truncate(len);
        self.count_pairs(bytes);
        let mut from = 0;
        while from < bytes.len() {
            match std::str::from_utf8(&bytes[from..]) {
                Ok(text) => {
                    self.whole += sequences(text.as_bytes());
                    return 0;
                }
                Err(error) => {
                    let valid = error.valid_up_to();
                    self.whole += sequences(&bytes[from..from + valid]);
                    let Some(bad) = error.error_len() else {
                        bytes.drain(..from + valid);
                        return bytes.len();
                    };
                    self.broken += 1;
                    from += valid + bad;
                }
            }
        }
        0
    }

    fn count_pairs(&mut self, bytes: &[u8]) {
        if bytes.is_ascii() {
            return;
        }
        let mut i = 0;
        while i < bytes.len() {
            let lead = bytes[i];
            if lead < 0x80 {
                i += 1;
                continue;
            }
            let trail = bytes.get(i + 1).copied().unwrap_or(0);
            let pair = (0xa1..=0xf7).contains(&lead) && trail >= 0xa1;
            self.pairs += u64::from(pair);
            self.high += 1 + u64::from(pair);
            i += if pair { 2 } else { 1 };
        }
    }
}

/// The number of characters above ASCII in well-formed UTF-8.
fn sequences(text: &[u8]) -> u64 {
    if text.is_ascii() {
        return 0;
    }
    text.iter().filter(|b| **b >= 0xc0).count() as u64
}

/// Recognises UTF-16 without a mark by the zero bytes of its ASCII.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes.len() / 2;
    if pairs < 4 {
        return None;
    }
    let zeros = |at: usize| {
        let count = bytes.chunks_exact(2).filter(|pair| pair[at] == 0).count();
        count * 10 / pairs
    };
    match (zeros(0), zeros(1)) {
        (0, 4..) => Some(UTF_16LE),
        (4.., 0) => Some(UTF_16BE),
        _ => None,
    }
}

/// Files that people name .csv and that are none.
const OTHERS: [(&[u8], &str); 13] = [
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF media file"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or workbook; import it whole"),
    (
        b"\xd0\xcf\x11\xe0",
        "an old Excel workbook, or one with a password, which Curio does not read; save it as .xlsx or CSV \
         first",
    ),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (
        b"<?xml",
        "XML, which Curio does not read; most programs export CSV or JSON too",
    ),
    (b"SQLite format 3", "a database"),
    (b"<!DOCTYPE", "a web page"),
    (b"<!doctype", "a web page"),
    (b"<html", "a web page"),
];

/// Refuses what is plainly no text.
fn refuse(path: &Path, first: &[u8]) -> Result<()> {
    let refusal = |reason: String| Error::Import {
        path: path.to_path_buf(),
        reason,
    };
    if first.is_empty() {
        return Err(refusal("the file is empty".to_owned()));
    }
    let bare = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first);
    if let Some((_, what)) = OTHERS.iter().find(|(magic, _)| bare.starts_with(magic)) {
        let not = if what.contains(';') {
            ""
        } else {
            ", not a CSV file"
        };
        return Err(refusal(format!("it is {what}{not}")));
    }
    let odd = |b: &&u8| **b < 0x20 && !matches!(**b, 0 | b'\t' | b'\n' | b'\r' | 0x0c | 0x1a);
    let utf16 = first.starts_with(b"\xff\xfe") || first.starts_with(b"\xfe\xff");
    if !utf16 && first.len() >= 64 && first.iter().filter(odd).count() * 20 > first.len() {
        return Err(refusal("it holds binary data, not text".to_owned()));
    }
    Ok(())
}

fn open(path: &Path) -> Result<File> {
    let file = File::open(path).map_err(Error::file("open", path))?;
    let about = file.metadata().map_err(Error::file("open", path))?;
    if about.is_file() {
        return Ok(file);
    }
    let reason = if about.is_dir() {
        "it is a folder, not a file; media folders are added as such (folder add PATH on a terminal)"
    } else {
        "it is no regular file"
    };
    Err(Error::Import {
        path: path.to_path_buf(),
        reason: reason.to_owned(),
    })
}

/// Reads until the buffer is full or the file ends.
fn fill(file: &mut File, buffer: &mut [u8], path: &Path) -> Result<usize> {
    let mut len = 0;
    while len < buffer.len() {
        match file.read(&mut buffer[len..]) {
            Ok(0) => break,
            Ok(n) => len += n,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Error::file("read", path)(error)),
        }
    }
    Ok(len)
}

/// A window on the text of a file, which grows at its end and is consumed at its front.
pub struct Text {
    path: std::path::PathBuf,
    file: File,
    decoder: Decoder,
    bytes: Vec<u8>,
    window: String,
    /// Where the unconsumed text begins in the window.
    start: usize,
    ended: bool,
    read: u64,
}

impl Text {
    /// Starts at the beginning of a file, after its mark.
    pub fn open(path: &Path, charset: Charset) -> Result<Self> {
        let mut file = open(path)?;
        file.seek(SeekFrom::Start(charset.mark))
            .map_err(Error::file("read", path))?;
        Ok(Self {
            path: path.to_path_buf(),
            file,
            decoder: charset.encoding.new_decoder_without_bom_handling(),
            bytes: vec![0; CHUNK],
            window: String::new(),
            start: 0,
            ended: false,
            read: charset.mark,
        })
    }

    /// What has been read and not yet consumed.
    pub fn window(&self) -> &str {
        &self.window[self.start..]
    }

    /// Whether the window reaches the end of the file.
    pub fn ended(&self) -> bool {
        self.ended
    }

    /// Bytes of the file read so far.
    pub fn read(&self) -> u64 {
        self.read
    }

    /// Consumes the first bytes of the window; they end on a character's boundary.
    pub fn consume(&mut self, bytes: usize) {
        self.start = (self.start + bytes).min(self.window.len());
    }

    /// Lengthens the window by as much as it already holds, at least one chunk.
    pub fn grow(&mut self) -> Result<()> {
        if self.start > 0 {
            self.window.drain(..self.start);
            self.start = 0;
        }
        // One giant row must not cost its size for the rest of the file.
        if self.window.capacity() > 8 * CHUNK && self.window.len() < CHUNK {
            self.window.shrink_to(4 * CHUNK);
        }
        let enough = self.window.len() + self.window.len().max(CHUNK);
        while !self.ended && self.window.len() < enough {
            let len = fill(&mut self.file, &mut self.bytes, &self.path)?;
            self.read += len as u64;
            self.ended = len < self.bytes.len();
            let most = self.decoder.max_utf8_buffer_length(len).unwrap_or(4 * len);
            self.window.reserve(most);
            let (_, _, _) =
                self.decoder
                    .decode_to_string(&self.bytes[..len], &mut self.window, self.ended);
        }
        Ok(())
    }
}

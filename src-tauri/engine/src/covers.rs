//! Covers: pictures that were given to items, made small, in a folder of the data folder.
//!
//! ```text
//! DATA/covers/12-5f3a9c01.jpg     the cover of item 12; its name says what is in it
//! ```

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageReader, Limits};

use crate::catalogue::ItemId;
use crate::error::{Error, Result};
use crate::replace::replace;

/// A kept cover is at most so large, in pixels.
const WIDTH: u32 = 480;
const HEIGHT: u32 = 720;
const QUALITY: u8 = 85;
/// A picture that is given may have so many bytes in its file …
const FILE_BYTES_MAX: u64 = 32 << 20;
/// … be so long on a side, in pixels, and take so many bytes unpacked.
const SIDE_MAX: u32 = 10_000;
const UNPACKED_BYTES_MAX: u64 = 256 << 20;

/// The folder of covers of a data folder.
pub fn folder(data: &Path) -> PathBuf {
    data.join("covers")
}

/// Makes a picture small and keeps it; gives the name of its file.
///
/// # Errors
/// The file cannot be read, is too large, or is no PNG, JPEG or WebP picture.
pub fn keep(folder: &Path, item: ItemId, file: &Path) -> Result<String> {
    let mut bytes = Vec::new();
    fs::File::open(file)
        .and_then(|f| f.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes))
        .map_err(Error::file("read", file))?;
    let named = |error: Error| Error::Invalid(format!("{}: {error}", file.display()));
    keep_bytes(folder, item, bytes).map_err(|error| match error {
        Error::Invalid(_) => named(error),
        other => other,
    })
}

/// The same of a picture that is no file of its own.
///
/// # Errors
/// It is too large, or no PNG, JPEG or WebP picture.
pub fn keep_bytes(folder: &Path, item: ItemId, bytes: Vec<u8>) -> Result<String> {
    let picture = read(bytes)?;
    let small = if picture.width() > WIDTH || picture.height() > HEIGHT {
        picture.thumbnail(WIDTH, HEIGHT)
    } else {
        picture
    };
    let mut jpeg = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut jpeg, QUALITY);
    small
        .to_rgb8()
        .write_with_encoder(encoder)
        .map_err(|e| unreadable(&e))?;
    fs::create_dir_all(folder).map_err(Error::file("create", folder))?;
    let name = format!("{}-{:08x}.jpg", item.0, crc32fast::hash(&jpeg));
    replace(&folder.join(&name), &jpeg)?;
    Ok(name)
}

/// Removes a cover that no item has any more; one that cannot be removed only takes room.
pub fn remove(folder: &Path, name: &str) {
    let _ = fs::remove_file(folder.join(name));
}

/// A cover as it stands in its folder.
pub fn load(folder: &Path, name: &str) -> Option<Vec<u8>> {
    let jpeg = fs::read(folder.join(name)).ok()?;
    says(name, &jpeg).then_some(jpeg)
}

/// Puts a cover into the folder as it was.
pub fn put(folder: &Path, name: &str, jpeg: &[u8]) -> Result<()> {
    fs::create_dir_all(folder).map_err(Error::file("create", folder))?;
    replace(&folder.join(name), jpeg)
}

/// Whether a name is one of a cover, and says what is in it.
pub fn says(name: &str, jpeg: &[u8]) -> bool {
    let parts = name.strip_suffix(".jpg").and_then(|n| n.split_once('-'));
    parts.is_some_and(|(item, sum)| {
        item.parse::<u32>().is_ok() && sum == format!("{:08x}", crc32fast::hash(jpeg))
    })
}

fn read(bytes: Vec<u8>) -> Result<DynamicImage> {
    if bytes.len() as u64 > FILE_BYTES_MAX {
        return Err(Error::Invalid(format!(
            "the picture is larger than {} MB; a smaller one will do",
            FILE_BYTES_MAX >> 20
        )));
    }
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| unreadable(&error))?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(UNPACKED_BYTES_MAX);
    reader.limits(limits);
    reader.decode().map_err(|error| unreadable(&error))
}

fn unreadable(why: &impl std::fmt::Display) -> Error {
    Error::Invalid(format!(
        "it is no picture that can be read (PNG, JPEG or WebP): {why}"
    ))
}

//! Real media files, small ones, written by hand and tagged by the library that others tag with.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use lofty::config::WriteOptions;
use lofty::id3::v2::Id3v2Tag;
use lofty::picture::{MimeType, Picture, PictureType};
use lofty::tag::{Accessor as _, ItemKey, Tag, TagExt as _, TagType};

use crate::archives::zipped;
use crate::pictures::png;

/// A track's tags.
#[derive(Clone, Default)]
pub struct Track<'a> {
    pub title: &'a str,
    pub artist: &'a str,
    pub album: &'a str,
    pub maker: &'a str,
    pub year: u16,
    pub genre: &'a str,
    pub mbid: &'a str,
    pub picture: bool,
}

/// Writes a file with the folders that it is in.
pub fn put(path: &Path, bytes: impl AsRef<[u8]>) -> PathBuf {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
    path.to_owned()
}

/// Writes a track in the format that its ending names.
pub fn track(path: &Path, told: &Track) {
    let ending = path.extension().unwrap().to_str().unwrap();
    put(path, silence(ending));
    tag(path, told);
}

/// Tags a track anew.
pub fn tag(path: &Path, told: &Track) {
    let kind = match path.extension().unwrap().to_str().unwrap() {
        "flac" | "opus" => TagType::VorbisComments,
        _ => TagType::Id3v2,
    };
    let mut tag = Tag::new(kind);
    tag.set_title(told.title.into());
    tag.set_artist(told.artist.into());
    if !told.album.is_empty() {
        tag.set_album(told.album.into());
    }
    if !told.genre.is_empty() {
        tag.set_genre(told.genre.into());
    }
    for (key, value) in [
        (ItemKey::AlbumArtist, told.maker),
        (ItemKey::MusicBrainzReleaseId, told.mbid),
    ] {
        if !value.is_empty() {
            tag.insert_text(key, value.into());
        }
    }
    if told.year > 0 {
        tag.insert_text(ItemKey::RecordingDate, told.year.to_string());
    }
    if told.picture {
        let picture = Picture::unchecked(png(40, 40));
        let picture = picture.pic_type(PictureType::CoverFront);
        tag.push_picture(picture.mime_type(MimeType::Png).build());
    }
    if kind == TagType::VorbisComments {
        tag.save_to_path(path, WriteOptions::default()).unwrap();
        return;
    }
    let mut id3 = Id3v2Tag::from(tag);
    if !told.mbid.is_empty() {
        id3.insert_user_text("MusicBrainz Album Id".into(), told.mbid.into());
    }
    id3.save_to_path(path, WriteOptions::default()).unwrap();
}

/// The shortest files that are what their endings say.
fn silence(ending: &str) -> Vec<u8> {
    match ending {
        "wav" => {
            let samples = [0_u8; 800];
            let mut wav = b"RIFF".to_vec();
            wav.extend((36 + samples.len() as u32).to_le_bytes());
            wav.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data");
            wav.extend((samples.len() as u32).to_le_bytes());
            wav.extend(samples);
            wav
        }
        "mp3" => {
            // MPEG 1 Layer III, 128 kbit/s, 44.1 kHz: 417 bytes a frame.
            let mut frame = vec![0xff, 0xfb, 0x90, 0x00];
            frame.resize(417, 0);
            frame.repeat(8)
        }
        "flac" => {
            let mut flac = b"fLaC\x80\0\0\x22\x10\0\x10\0\0\0\0\0\0\0".to_vec();
            // 44.1 kHz, one channel, 16 bits, 4096 samples.
            flac.extend([0x0a, 0xc4, 0x40, 0xf0, 0, 0, 0x10, 0]);
            flac.extend([0; 16]);
            flac.extend([0xff, 0xf8, 0xc9, 0x08, 0, 0, 0, 0, 0, 0]);
            flac
        }
        "opus" => {
            let head = b"OpusHead\x01\x01\0\0\x80\xbb\0\0\0\0\0";
            let tags = b"OpusTags\x04\0\0\0test\0\0\0\0";
            let pages = [
                page(2, 0, 0, head),
                page(0, 1, 0, tags),
                page(4, 2, 960, &[0xf8, 0xff, 0xfe]),
            ];
            pages.concat()
        }
        other => panic!("no silence in {other}"),
    }
}

/// One page of an Ogg stream.
fn page(flags: u8, sequence: u32, position: u64, packet: &[u8]) -> Vec<u8> {
    let mut page = b"OggS\0".to_vec();
    page.push(flags);
    page.extend(position.to_le_bytes());
    page.extend(7_u32.to_le_bytes());
    page.extend(sequence.to_le_bytes());
    page.extend([0; 4]);
    page.extend([1, packet.len() as u8]);
    page.extend(packet);
    let mut sum = 0_u32;
    for byte in &page {
        sum ^= u32::from(*byte) << 24;
        for _ in 0..8 {
            sum = (sum << 1) ^ if sum >> 31 == 1 { 0x04c1_1db7 } else { 0 };
        }
    }
    page[22..26].copy_from_slice(&sum.to_le_bytes());
    page
}

const CONTAINER: &[u8] = br#"<?xml version="1.0"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>"#;

/// The metadata of a book, as calibre writes it.
pub fn opf(title: &str, author: &str, more: &str) -> String {
    format!(
        r#"<?xml version='1.0' encoding='utf-8'?>
<package xmlns="http://www.idpf.org/2007/opf" version="2.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
<dc:title>{title}</dc:title><dc:creator opf:role="aut">{author}</dc:creator>{more}
</metadata>
<manifest><item id="cover" href="../images/cover.png" media-type="image/png" properties="cover-image"/></manifest>
</package>"#
    )
}

/// An EPUB with that metadata and a cover.
pub fn epub(opf: &str) -> Vec<u8> {
    zipped(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/content.opf", opf.as_bytes()),
        ("images/cover.png", &png(30, 45)),
    ])
}

/// Every file below a folder with what is in it, links left out.
pub fn all(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            found.extend(all(&entry.path()));
        } else if kind.is_file() {
            found.insert(entry.path(), fs::read(entry.path()).unwrap());
        }
    }
    found
}

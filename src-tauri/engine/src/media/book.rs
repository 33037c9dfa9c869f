//! Books: the package document of an EPUB, and calibre's `metadata.opf`, which is one too.

use std::path::Path;

use super::archive::Archive;
use super::walk::Unit;
use super::xml::Element;
use super::{Facts, PICTURE_BYTES_MAX, SIDECAR_BYTES_MAX, bytes, key};
use crate::catalogue::{Item, Kind};
use crate::clean;
use crate::identity;

/// Reads an EPUB, or the `.opf` beside it where there is one.
pub fn read_epub(unit: &Unit) -> Result<Option<Facts>, String> {
    if let Some(beside) = unit.beside("opf") {
        let document = Element::parse(&bytes(&beside.path, SIDECAR_BYTES_MAX)?)?;
        return facts(&document, false).map(Some);
    }
    let mut archive = Archive::open(&unit.main.path)?;
    let (_, document) = package(&mut archive)?;
    let pictured = cover(&document).is_some();
    facts(&document, pictured).map(Some)
}

/// Reads a `metadata.opf`.
pub fn read_opf(unit: &Unit) -> Result<Option<Facts>, String> {
    let document = Element::parse(&bytes(&unit.main.path, SIDECAR_BYTES_MAX)?)?;
    facts(&document, false).map(Some)
}

/// The cover inside an EPUB.
pub fn picture(path: &Path) -> Result<Option<Vec<u8>>, String> {
    let mut archive = Archive::open(path)?;
    let (place, document) = package(&mut archive)?;
    let Some(href) = cover(&document) else {
        return Ok(None);
    };
    archive.bytes(&resolved(&place, &href), PICTURE_BYTES_MAX)
}

/// The package document of an EPUB, and where it lies in there.
fn package(archive: &mut Archive) -> Result<(String, Element), String> {
    let container = archive.bytes("META-INF/container.xml", SIDECAR_BYTES_MAX)?;
    let container = container.ok_or("it is no EPUB: it has no META-INF/container.xml")?;
    let container = Element::parse(&container)?;
    let files = container.child("rootfiles");
    let file = files.and_then(|files| files.child("rootfile"));
    let place = file.and_then(|file| file.attribute("full-path"));
    let place = place.ok_or("it is no EPUB: nothing names its package document")?;
    let document = archive.bytes(place, SIDECAR_BYTES_MAX)?;
    let document = document.ok_or_else(|| format!("it is no EPUB: it has no {place}"))?;
    Ok((place.to_owned(), Element::parse(&document)?))
}

fn facts(document: &Element, pictured: bool) -> Result<Facts, String> {
    let metadata = document
        .child("metadata")
        .ok_or("it has no metadata of a book")?;
    // The oldest EPUBs put the fields one level deeper.
    let metadata = metadata.child("dc-metadata").unwrap_or(metadata);
    let title = metadata.said("title").ok_or("the book has no title")?;
    let mut item = Item {
        kind: Kind::Book,
        title,
        year: metadata.all("date").find_map(year),
        genres: metadata.all("subject").filter_map(Element::line).collect(),
        languages: metadata.all("language").filter_map(Element::line).collect(),
        description: metadata
            .child("description")
            .map(|text| clean::prose(text.raw()))
            .unwrap_or_default(),
        ..Item::default()
    };
    for creator in metadata.all("creator") {
        let Some(name) = creator.line() else { continue };
        let role = creator.attribute("role").map(str::to_owned);
        let role = role.or_else(|| refined(metadata, creator, "role"));
        match role.as_deref() {
            None | Some("aut" | "") => item.creators.push(name),
            Some(_) => item.people.push(name),
        }
    }
    let others = metadata.all("contributor");
    let others = others.filter(|other| other.attribute("role") != Some("bkp"));
    item.people.extend(others.filter_map(Element::line));
    let publisher = metadata.said("publisher");
    item.extra
        .extend(publisher.map(|name| ("publisher".to_owned(), name)));
    identifiers(metadata, &mut item);
    series(metadata, &mut item);
    Ok(Facts {
        group: key(&item),
        item,
        part: None,
        pictured,
    })
}

fn identifiers(metadata: &Element, item: &mut Item) {
    for identifier in metadata.all("identifier") {
        let Some(text) = identifier.line() else {
            continue;
        };
        let scheme = identifier.attribute("scheme").unwrap_or_default();
        let scheme = scheme.to_lowercase();
        let bare = text.strip_prefix("urn:").unwrap_or(&text);
        let (scheme, id) = match bare.split_once(':') {
            Some((prefix, id)) if scheme.is_empty() => (prefix.to_lowercase(), id),
            _ => (scheme, bare.strip_prefix("isbn:").unwrap_or(bare)),
        };
        let known = match scheme.as_str() {
            "isbn" | "" => identity::isbn(id).map(|isbn| ("isbn", isbn)),
            "goodreads" => Some(("goodreads", id.to_owned())),
            "doi" => Some(("doi", id.to_lowercase())),
            _ => None,
        };
        if let Some((namespace, id)) = known {
            item.ids.entry(namespace.to_owned()).or_insert(id);
        }
    }
}

/// The series as calibre writes it, or as EPUB 3 does.
fn series(metadata: &Element, item: &mut Item) {
    for meta in metadata.all("meta") {
        let content = meta.attribute("content").unwrap_or_default();
        match meta.attribute("name") {
            Some("calibre:series") if !content.is_empty() => item.series = Some(content.to_owned()),
            Some("calibre:series_index") => item.number = number(content),
            _ => {}
        }
        if item.series.is_none() && meta.attribute("property") == Some("belongs-to-collection") {
            item.series = meta.line();
            let place = refined(metadata, meta, "group-position");
            item.number = place.as_deref().and_then(number);
        }
    }
    if item.series.is_none() {
        item.number = None;
    }
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|n: &f64| n.is_finite())
}

/// What EPUB 3 says of an element in another.
fn refined(metadata: &Element, of: &Element, property: &str) -> Option<String> {
    let id = of.attribute("id")?;
    let mut metas = metadata.all("meta");
    let found = metas.find(|meta| {
        meta.attribute("property") == Some(property)
            && meta.attribute("refines").and_then(|r| r.strip_prefix('#')) == Some(id)
    });
    found?.line()
}

/// The year of a date; calibre writes the year 101 for one that is not known.
fn year(date: &Element) -> Option<i32> {
    if date
        .attribute("event")
        .is_some_and(|event| event == "modification")
    {
        return None;
    }
    let line = date.line()?;
    let year: i32 = line.get(..4)?.parse().ok()?;
    (1000..=2200).contains(&year).then_some(year)
}

/// Where the package document says its cover is.
fn cover(document: &Element) -> Option<String> {
    let manifest = document.child("manifest")?;
    let told = |item: &&Element| {
        let properties = item.attribute("properties").unwrap_or_default();
        properties.split(' ').any(|p| p == "cover-image")
    };
    let found = manifest.all("item").find(told).or_else(|| {
        let mut metas = document.child("metadata")?.all("meta");
        let meta = metas.find(|meta| meta.attribute("name") == Some("cover"))?;
        let id = meta.attribute("content")?;
        manifest
            .all("item")
            .find(|item| item.attribute("id") == Some(id))
    })?;
    found.attribute("href").map(str::to_owned)
}

/// A link of the package document as the name of an entry.
fn resolved(place: &str, href: &str) -> String {
    let folder = place.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/").replace("%20", " ")
}

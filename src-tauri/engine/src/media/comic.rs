//! Comics: the `ComicInfo.xml` in an archive of pages.

use std::path::Path;

use super::archive::Archive;
use super::walk::Unit;
use super::xml::Element;
use super::{Facts, PICTURE_BYTES_MAX, SIDECAR_BYTES_MAX, key, name};
use crate::catalogue::{Item, Kind};
use crate::clean;
use crate::identity;

/// Reads a comic archive; one without a `ComicInfo.xml` only has its name.
pub fn read(unit: &Unit) -> Result<Option<Facts>, String> {
    let mut archive = Archive::open(&unit.main.path)?;
    let pictured = page(&archive).is_some();
    let names = archive.names().into_iter();
    let info = names
        .filter(|name| {
            name.rsplit('/')
                .next()
                .is_some_and(|n| n.eq_ignore_ascii_case("ComicInfo.xml"))
        })
        .min_by_key(String::len);
    let Some(info) = info else {
        return Ok(name::book(unit).map(|facts| Facts { pictured, ..facts }));
    };
    let info = archive.bytes(&info, SIDECAR_BYTES_MAX)?.unwrap_or_default();
    let info = Element::parse(&info)?;
    let series = info.said("series");
    let number = info.said("number");
    let title = match (&series, &number, info.said("title")) {
        (Some(series), Some(number), None) => format!("{series} #{number}"),
        (Some(series), Some(number), Some(title)) => format!("{series} #{number}: {title}"),
        (Some(series), None, None) => series.clone(),
        (_, _, Some(title)) => title,
        (None, _, None) => return Ok(name::book(unit).map(|facts| Facts { pictured, ..facts })),
    };
    let people = |field: &str| {
        let said = info.said(field).unwrap_or_default();
        clean::list(&said, ",;")
    };
    let mut creators = people("writer");
    let mut others: Vec<String> = ["penciller", "inker", "colorist", "letterer", "coverartist"]
        .into_iter()
        .flat_map(people)
        .collect();
    if creators.is_empty() {
        creators = people("penciller");
    }
    others.retain(|name| !creators.contains(name));
    let mut item = Item {
        kind: Kind::Book,
        title,
        year: info
            .said("year")
            .and_then(|year| year.parse().ok())
            .filter(|y| (1000..=2200).contains(y)),
        creators,
        people: others,
        genres: people("genre"),
        tags: people("tags")
            .into_iter()
            .chain(people("characters"))
            .collect(),
        languages: info.said("languageiso").into_iter().collect(),
        description: info
            .child("summary")
            .map(|text| clean::prose(text.raw()))
            .unwrap_or_default(),
        number: number
            .and_then(|n| n.parse().ok())
            .filter(|n: &f64| n.is_finite()),
        series,
        ..Item::default()
    };
    let isbn = info.said("gtin").and_then(|gtin| identity::isbn(&gtin));
    item.ids.extend(isbn.map(|isbn| ("isbn".to_owned(), isbn)));
    let publisher = info.said("publisher");
    item.extra
        .extend(publisher.map(|name| ("publisher".to_owned(), name)));
    Ok(Some(Facts {
        group: key(&item),
        item,
        part: None,
        pictured,
    }))
}

/// The first page.
pub fn picture(path: &Path) -> Result<Option<Vec<u8>>, String> {
    let mut archive = Archive::open(path)?;
    match page(&archive) {
        Some(page) => archive.bytes(&page, PICTURE_BYTES_MAX),
        None => Ok(None),
    }
}

fn page(archive: &Archive) -> Option<String> {
    let names = archive.names().into_iter();
    let mut pages = names.filter(|name| {
        let ending = name
            .rsplit_once('.')
            .map(|(_, ending)| ending.to_lowercase());
        let own = !name.starts_with("__MACOSX") && !name.contains("/.");
        own && ending.is_some_and(|e| matches!(e.as_str(), "jpg" | "jpeg" | "png" | "webp"))
    });
    pages.next()
}

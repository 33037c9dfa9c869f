//! A taste file: a friend's taste as JSON that a person can read, one item a line.
//!
//! It holds a name and, sorted by key, what each item is called and the verdict on it. There is no
//! place in it for a date, an order, a note or a glance. Reading trusts nothing: size, version, every
//! field and every key are checked, and what is wrong is told with line and column.
//!
//! ```json
//! {
//!   "curio": "taste",
//!   "version": 1,
//!   "name": "Ada",
//!   "items": [
//!     {"key":"imdb:tt0069293","title":"Solaris","year":1972,"kind":"film","creators":["Andrei Tarkovsky"],"verdict":"loved"}
//!   ]
//! }
//! ```

use std::collections::HashSet;
use std::fmt::{self, Write as _};
use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::clean;
use crate::error::{Error, Result};
use crate::friend::{Friend, Opinion, checked_name};
use crate::replace::write_whole;

/// The version that is written, and the only one there is.
pub const VERSION: u32 = 1;
/// What a file says it is.
const SORT: &str = "taste";
/// No taste file is larger: room for some fifty thousand items.
const BYTES_MAX: u64 = 8 << 20;
/// The most bytes that one item may take in it.
const OPINION_BYTES_MAX: usize = 64 << 10;

/// Writes a friend's taste to a file, replacing one that was a taste file.
///
/// # Errors
/// A file of that name is there and is no taste file, the taste is too large for one, or it cannot
/// be written.
pub fn write(path: &Path, friend: &Friend) -> Result<()> {
    spare_others(path)?;
    let text = encode(friend).map_err(|e| Error::file("write", path)(e.into()))?;
    // What cannot be read back must not be given to anybody.
    let problem = if text.len() as u64 > BYTES_MAX {
        Some(format!("it takes more than {} MB", BYTES_MAX >> 20))
    } else {
        let body = serde_json::from_str::<Body>(&text);
        body.err().map(|error| error.to_string())
    };
    if let Some(problem) = problem {
        let name = &friend.name;
        return Err(Error::Invalid(format!(
            "the taste of {name:?} does not fit into a file: {problem}"
        )));
    }
    write_whole(path, &text)
}

/// Refuses a file that is there and is no taste file, so that none but our own is ever replaced.
pub fn spare_others(path: &Path) -> Result<()> {
    let is_ours = || {
        let bytes = bounded(path)?;
        Ok::<_, Error>(serde_json::from_slice::<Head>(&bytes).is_ok_and(|head| head.curio == SORT))
    };
    if path.exists() && !is_ours()? {
        return Err(Error::Invalid(format!(
            "{} is there already and is no taste file of Curio; choose another name",
            path.display()
        )));
    }
    Ok(())
}

/// Reads a taste file.
///
/// # Errors
/// It cannot be read, is too large, is of another version, or is not exactly a taste file; the
/// message names line and column.
pub fn read(path: &Path) -> Result<Friend> {
    let bytes = bounded(path)?;
    let bad = |error: serde_json::Error| {
        let path = path.display();
        Error::Invalid(format!("{path} is not a taste file of Curio: {error}"))
    };
    let head: Head = serde_json::from_slice(&bytes).map_err(bad)?;
    if head.curio != SORT {
        return Err(bad(serde_json::Error::custom(format!(
            "it says that it is {:?}",
            head.curio
        ))));
    }
    if head.version != u64::from(VERSION) {
        return Err(Error::Invalid(format!(
            "{} is a taste file of version {}; this version of Curio reads version {VERSION}",
            path.display(),
            head.version
        )));
    }
    let body: Body = serde_json::from_slice(&bytes).map_err(bad)?;
    Ok(Friend {
        name: body.name,
        opinions: body.items,
    })
}

/// A taste file's text.
fn encode(friend: &Friend) -> serde_json::Result<String> {
    let name = serde_json::to_string(&friend.name)?;
    let mut text = format!(
        "{{\n  \"curio\": \"{SORT}\",\n  \"version\": {VERSION},\n  \"name\": {name},\n  \"items\": ["
    );
    for (n, opinion) in friend.opinions.iter().enumerate() {
        let comma = if n > 0 { "," } else { "" };
        let line = serde_json::to_string(opinion)?;
        let _ = write!(text, "{comma}\n    {line}");
    }
    text.push_str("\n  ]\n}\n");
    Ok(text)
}

/// The bytes of a file, without the mark that some editors put first; never more than a taste file
/// may have.
fn bounded(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(BYTES_MAX + 1).read_to_end(&mut bytes))
        .map_err(Error::file("read", path))?;
    if bytes.len() as u64 > BYTES_MAX {
        return Err(Error::Invalid(format!(
            "{} is larger than the {} MB that a taste file may have",
            path.display(),
            BYTES_MAX >> 20
        )));
    }
    if bytes.starts_with("\u{feff}".as_bytes()) {
        bytes.drain(..3);
    }
    Ok(bytes)
}

/// Enough to tell what a file is, whatever else is in it.
#[derive(Deserialize)]
struct Head {
    curio: String,
    version: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    #[serde(rename = "curio")]
    _sort: String,
    #[serde(rename = "version")]
    _version: u64,
    #[serde(deserialize_with = "name")]
    name: String,
    #[serde(deserialize_with = "opinions")]
    items: Vec<Opinion>,
}

fn name<'de, D: Deserializer<'de>>(text: D) -> std::result::Result<String, D::Error> {
    checked_name(&String::deserialize(text)?).map_err(D::Error::custom)
}

/// Reads opinions one by one, so that what is wrong with one is told with its place in the file.
fn opinions<'de, D: Deserializer<'de>>(list: D) -> std::result::Result<Vec<Opinion>, D::Error> {
    struct Opinions;
    impl<'de> Visitor<'de> for Opinions {
        type Value = Vec<Opinion>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list of items")
        }

        fn visit_seq<A: SeqAccess<'de>>(
            self,
            mut list: A,
        ) -> std::result::Result<Vec<Opinion>, A::Error> {
            let mut opinions = Vec::new();
            let mut keys = HashSet::new();
            while let Some(mut opinion) = list.next_element::<Opinion>()? {
                tidy(&mut opinion).map_err(A::Error::custom)?;
                if !keys.insert(opinion.key.clone()) {
                    let key = opinion.key;
                    return Err(A::Error::custom(format!("the key {key:?} stands twice")));
                }
                opinions.push(opinion);
            }
            if opinions.is_empty() {
                return Err(A::Error::custom("there is no item in it"));
            }
            opinions.sort_by(|a, b| a.key.cmp(&b.key));
            Ok(opinions)
        }
    }
    list.deserialize_seq(Opinions)
}

/// Cleans an opinion's texts, and says why it cannot be kept.
fn tidy(opinion: &mut Opinion) -> std::result::Result<(), String> {
    opinion.key = opinion.key.trim().to_owned();
    opinion.title = clean::line(&opinion.title);
    let creators = opinion.creators.iter().map(|name| clean::line(name));
    opinion.creators = clean::distinct(creators.filter(|name| !name.is_empty()));
    if opinion.key.is_empty() || opinion.title.is_empty() {
        return Err("an item has no key or no title".to_owned());
    }
    if opinion.bytes() > OPINION_BYTES_MAX {
        return Err(format!(
            "an item takes {} bytes; at most {OPINION_BYTES_MAX} can be kept",
            opinion.bytes()
        ));
    }
    Ok(())
}

//! A small XML document as a tree: names without their namespace, attributes, text.
//!
//! Bounded in depth and in elements. A document's own entities are never expanded: they stay as they are
//! written. What follows the end of the first element is not read.

use encoding_rs::{Encoding, UTF_8};
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use crate::clean;

const DEPTH_MAX: usize = 64;
const ELEMENTS_MAX: usize = 50_000;

/// An element with what is in it; names are in lower case.
#[derive(Debug, Default)]
pub struct Element {
    pub name: String,
    attributes: Vec<(String, String)>,
    text: String,
    pub children: Vec<Element>,
}

impl Element {
    /// Reads a document.
    ///
    /// # Errors
    /// It is not well formed or too large: why, in words.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let text = decoded(bytes);
        let mut reader = Reader::from_str(&text);
        reader.config_mut().allow_dangling_amp = true;
        let mut open: Vec<Self> = Vec::new();
        let mut elements = 0;
        loop {
            let at = reader.buffer_position();
            let event = reader.read_event();
            let event = event.map_err(|error| {
                let before = text.get(..at as usize).unwrap_or_default();
                let line = 1 + before.matches('\n').count();
                format!("the XML is broken in line {line}: {error}")
            })?;
            let closed = match event {
                Event::Start(start) => {
                    elements += 1;
                    if open.len() >= DEPTH_MAX || elements > ELEMENTS_MAX {
                        return Err("the XML has too many elements".to_owned());
                    }
                    open.push(Self::begin(&start));
                    None
                }
                Event::Empty(start) => {
                    elements += 1;
                    if elements > ELEMENTS_MAX {
                        return Err("the XML has too many elements".to_owned());
                    }
                    Some(Self::begin(&start))
                }
                Event::End(_) => open.pop(),
                Event::Text(said) => {
                    add(&mut open, &said.xml10_content());
                    None
                }
                Event::CData(said) => {
                    add(&mut open, &said.xml10_content());
                    None
                }
                Event::GeneralRef(reference) => {
                    let name = reference.xml10_content();
                    match reference.resolve_char_ref() {
                        Ok(Some(c)) => add(&mut open, c.encode_utf8(&mut [0; 4])),
                        _ => add(&mut open, &named(&name)),
                    }
                    None
                }
                Event::Eof if open.is_empty() => return Err("there is no XML in it".to_owned()),
                Event::Eof => return Err("the XML ends before its end".to_owned()),
                _ => None,
            };
            if let Some(closed) = closed {
                match open.last_mut() {
                    Some(parent) => parent.children.push(closed),
                    None => return Ok(closed),
                }
            }
        }
    }

    /// The first child of a name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The children of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// An attribute, by its name without the namespace.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Its own text, as it is written.
    pub fn raw(&self) -> &str {
        &self.text
    }

    /// Its own text as one clean line; nothing when that is empty.
    pub fn line(&self) -> Option<String> {
        Some(clean::line(&self.text)).filter(|line| !line.is_empty())
    }

    /// The text of the first child of a name that has any.
    pub fn said(&self, name: &str) -> Option<String> {
        self.all(name).find_map(Self::line)
    }

    fn begin(start: &BytesStart) -> Self {
        let mut attributes = start.attributes();
        let attributes = attributes.with_checks(false).flatten().map(|attribute| {
            let name = attribute.key.local_name().as_ref().to_lowercase();
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_or_else(|_| attribute.value.to_string(), Into::into);
            (name, clean::line(&value))
        });
        Self {
            name: start.local_name().as_ref().to_lowercase(),
            attributes: attributes.collect(),
            ..Self::default()
        }
    }
}

fn add(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

/// The five entities of XML; any other stays as it is written.
fn named(name: &str) -> String {
    match name {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        other => format!("&{other};"),
    }
}

/// The text of a document in the encoding that its first bytes or its declaration name.
fn decoded(bytes: &[u8]) -> String {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => declared(bytes).unwrap_or(UTF_8),
    };
    encoding.decode(bytes).0.into_owned()
}

fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(200))?).into_owned();
    let head = head
        .split("?>")
        .next()
        .filter(|head| head.starts_with("<?xml"))?;
    let (_, rest) = head.split_once("encoding")?;
    let label = rest.split(['"', '\'']).nth(1)?;
    // What reads as ASCII is in none of the encodings of two bytes, whatever it says.
    let encoding = Encoding::for_label(label.as_bytes())?;
    Some(encoding).filter(|encoding| encoding.is_ascii_compatible())
}

//! JSON that is one value: a list of objects, an object that holds one, or an object of objects.
//!
//! Read as a stream, one row at a time, whatever else stands beside the rows.

use std::fmt;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::{Row, Take, reader};
use crate::columns::COLUMNS;
use crate::error::{Error, Result};
use crate::field::same;

/// The most bytes of a file that is one value.
const BYTES_MAX: u64 = 1 << 30;
/// Lists in an object that are named.
const LISTS: usize = 8;

/// Where in a value its rows are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// The elements of a list.
    List,
    /// The elements of the list under a name.
    Within(String),
    /// The values of an object.
    Values,
    /// The object itself.
    One,
    /// Objects one behind another, over several lines each.
    Several,
    /// Several lists, by name: nobody knows which is meant.
    Lists(Vec<String>),
}

/// The shape of a file that is one object, or several.
///
/// # Errors
/// It is no JSON.
pub(super) fn shape(path: &Path) -> Result<Shape> {
    let mut json = serde_json::Deserializer::from_reader(bounded(path)?);
    let inside = Inside::deserialize(&mut json).map_err(|error| broken(&error))?;
    if json.end().is_err() {
        return Ok(Shape::Several);
    }
    match (inside.lists.as_slice(), inside.objects, inside.others) {
        ([list], ..) => Ok(Shape::Within(list.clone())),
        ([], 1.., 0) => Ok(Shape::Values),
        ([], ..) => Ok(Shape::One),
        (lists, ..) => Ok(Shape::Lists(lists.to_vec())),
    }
}

/// A reader of a file that is no larger than one value may be.
fn bounded(path: &Path) -> Result<BufReader<File>> {
    let size = std::fs::metadata(path).map_or(0, |m| m.len());
    if size > BYTES_MAX {
        return Err(Error::Invalid(
            "it is one JSON value of more than 1 GB; make JSON Lines of it".to_owned(),
        ));
    }
    reader(path)
}

fn broken(error: &serde_json::Error) -> Error {
    Error::Invalid(format!("it is broken JSON: {error}"))
}

/// What an object holds.
#[derive(Default)]
struct Inside {
    /// The names of lists of objects.
    lists: Vec<String>,
    objects: u64,
    others: u64,
}

impl<'de> Deserialize<'de> for Inside {
    fn deserialize<D: Deserializer<'de>>(json: D) -> std::result::Result<Self, D::Error> {
        struct Names;
        impl<'de> Visitor<'de> for Names {
            type Value = Inside;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(
                self,
                mut map: A,
            ) -> std::result::Result<Inside, A::Error> {
                let mut inside = Inside::default();
                while let Some(name) = map.next_key::<String>()? {
                    match map.next_value()? {
                        // `cast` of a film is no list of rows.
                        Sort::Objects if is_column(&name) => inside.others += 1,
                        Sort::Objects if inside.lists.len() < LISTS => inside.lists.push(name),
                        Sort::Object => inside.objects += 1,
                        Sort::Objects | Sort::Other => inside.others += 1,
                    }
                }
                Ok(inside)
            }
        }
        json.deserialize_map(Names)
    }
}

fn is_column(name: &str) -> bool {
    COLUMNS.iter().any(|(column, _)| same(column, name))
}

/// What a value is, as far as it matters here.
enum Sort {
    /// A list with objects in it.
    Objects,
    Object,
    Other,
}

impl<'de> Deserialize<'de> for Sort {
    fn deserialize<D: Deserializer<'de>>(json: D) -> std::result::Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Sort;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a JSON value")
            }

            fn visit_map<A: MapAccess<'de>>(
                self,
                mut map: A,
            ) -> std::result::Result<Sort, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Sort::Object)
            }

            fn visit_seq<A: SeqAccess<'de>>(
                self,
                mut seq: A,
            ) -> std::result::Result<Sort, A::Error> {
                let mut sort = Sort::Other;
                while let Some(element) = seq.next_element::<Sort>()? {
                    if matches!(element, Sort::Object) {
                        sort = Sort::Objects;
                    }
                }
                Ok(sort)
            }

            fn visit_bool<E>(self, _: bool) -> std::result::Result<Sort, E> {
                Ok(Sort::Other)
            }

            fn visit_i64<E>(self, _: i64) -> std::result::Result<Sort, E> {
                Ok(Sort::Other)
            }

            fn visit_u64<E>(self, _: u64) -> std::result::Result<Sort, E> {
                Ok(Sort::Other)
            }

            fn visit_f64<E>(self, _: f64) -> std::result::Result<Sort, E> {
                Ok(Sort::Other)
            }

            fn visit_str<E>(self, _: &str) -> std::result::Result<Sort, E> {
                Ok(Sort::Other)
            }

            fn visit_unit<E>(self) -> std::result::Result<Sort, E> {
                Ok(Sort::Other)
            }
        }
        json.deserialize_any(Any)
    }
}

/// The rows of a value, one at a time.
pub(super) fn elements(path: &Path, shape: &Shape, take: &mut Take) -> Result<()> {
    if let Shape::Lists(names) = shape {
        return Err(Error::Invalid(format!(
            "it is one JSON object with several lists ({}); save the one that is to be read as a file of \
             its own",
            names.join(", ")
        )));
    }
    let mut failed = None;
    let mut json = serde_json::Deserializer::from_reader(bounded(path)?);
    let mut elements = Elements {
        shape,
        take,
        failed: &mut failed,
        line: 0,
    };
    let read = match shape {
        Shape::Several | Shape::One => {
            let mut objects = json.into_iter::<Element>();
            objects.try_for_each(|element| element.and_then(|element| elements.give(element)))
        }
        Shape::List => json.deserialize_seq(&mut elements),
        _ => json.deserialize_map(&mut elements),
    };
    match (failed, read) {
        (Some(error), _) => Err(error),
        (None, Err(error)) => Err(broken(&error)),
        (None, Ok(())) => Ok(()),
    }
}

struct Elements<'a, 'b> {
    shape: &'a Shape,
    take: &'a mut Take<'b>,
    failed: &'a mut Option<Error>,
    line: u64,
}

impl Elements<'_, '_> {
    fn give<E: serde::de::Error>(&mut self, element: Element) -> std::result::Result<(), E> {
        self.line += 1;
        let row = match element {
            Element::Row(row) if row.0.is_empty() => {
                Err(("the object is empty".to_owned(), b"{}".to_vec()))
            }
            Element::Row(row) => Ok(row),
            Element::Other(value) => Err((
                "it is no JSON object".to_owned(),
                value.to_string().into_bytes(),
            )),
        };
        (self.take)(self.line, row).map_err(|error| {
            *self.failed = Some(error);
            E::custom("stopped")
        })
    }
}

impl<'de> DeserializeSeed<'de> for &mut Elements<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> std::result::Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for &mut Elements<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> std::result::Result<(), A::Error> {
        while let Some(element) = seq.next_element::<Element>()? {
            self.give(element)?;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            match self.shape {
                Shape::Within(list) if *list == name => map.next_value_seed(&mut *self)?,
                Shape::Within(_) => {
                    map.next_value::<IgnoredAny>()?;
                }
                _ => {
                    let element = map.next_value::<Element>()?.named(name);
                    self.give(element)?;
                }
            }
        }
        Ok(())
    }
}

/// What may stand in a list.
#[derive(Deserialize)]
#[serde(untagged)]
enum Element {
    Row(Row),
    Other(Value),
}

impl Element {
    /// With the name under which it stands as its `id`, where nothing in it says that name.
    fn named(mut self, name: String) -> Self {
        if let Self::Row(row) = &mut self {
            let says = |(key, value): &(String, Value)| {
                key.eq_ignore_ascii_case("id")
                    || match value {
                        Value::String(text) => *text == name,
                        Value::Number(number) => {
                            number.as_u64().is_some_and(|n| Ok(n) == name.parse())
                        }
                        _ => false,
                    }
            };
            if !row.0.iter().any(says) {
                row.0.insert(0, ("id".to_owned(), Value::String(name)));
            }
        }
        self
    }
}

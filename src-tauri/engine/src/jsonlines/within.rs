//! A list of objects within one object, which says something of the whole beside it: `{"user": "a", "plays": […]}`.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Elements, reader};
use crate::error::Result;
use crate::format::header_likeness;

/// The key of the one list of objects in a file that is one object and no row itself; nothing where it is
/// another thing.
pub(super) fn list_in(path: &Path) -> Result<Option<String>> {
    let mut json = serde_json::Deserializer::from_reader(reader(path)?);
    let Ok(keys) = HashMap::<String, Sort>::deserialize(&mut json) else {
        return Ok(None);
    };
    // JSON Lines go on behind the first object.
    if json.end().is_err() {
        return Ok(None);
    }
    let names: Vec<String> = keys.keys().cloned().collect();
    let mut lists = keys.into_iter().filter(|(_, sort)| *sort == Sort::Objects);
    let (first, second) = (lists.next(), lists.next());
    let alone = second.is_none() && header_likeness(&names) == 0;
    Ok(first.filter(|_| alone).map(|(name, _)| name))
}

/// What a value is, whatever is in it.
#[derive(PartialEq)]
enum Sort {
    /// A list whose first element is an object.
    Objects,
    Object,
    Other,
}

impl<'de> Deserialize<'de> for Sort {
    fn deserialize<D: Deserializer<'de>>(json: D) -> std::result::Result<Self, D::Error> {
        json.deserialize_any(Sorts)
    }
}

struct Sorts;

impl<'de> Visitor<'de> for Sorts {
    type Value = Sort;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> std::result::Result<Sort, A::Error> {
        let first = seq.next_element::<Sort>()?;
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(match first {
            Some(Sort::Object) => Sort::Objects,
            _ => Sort::Other,
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Sort, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Sort::Object)
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

/// The elements of the list under a key.
pub(super) struct Within<'a, 'b> {
    pub key: String,
    pub elements: Elements<'a, 'b>,
}

impl<'de> DeserializeSeed<'de> for Within<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> std::result::Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Within<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<(), A::Error> {
        let mut elements = Some(self.elements);
        while let Some(key) = map.next_key::<String>()? {
            match elements.take_if(|_| key == self.key) {
                Some(elements) => map.next_value_seed(elements)?,
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

//! A look-up: the items that words and meaning find, and those that are near another.

use std::collections::HashSet;

use crate::catalogue::{ItemId, Kind};
use crate::engine::{Engine, LONGEST};
use crate::error::Result;
use crate::fusion::fuse;
use crate::library::Library;
use crate::reason::in_common;
use crate::view::{Found, Hit, Matched, Near};
use crate::wish;
use crate::writing::Writing;

/// How many word hits and meaning hits are fused.
const DEPTH: usize = 200;
/// A text is called close to a search only above this cosine.
const CLOSE: f32 = 0.2;
/// What it is worth to be of a kind that was asked for: more than any ranks. From here on something is what
/// was asked for.
pub(crate) const ASKED: f64 = 1.0;

/// An item that was found, its score, and where it matched.
type Told = (ItemId, f64, Vec<Matched>);

impl Engine {
    /// Searches by words and by meaning, fused.
    pub fn search(&self, query: &str, kind: Option<Kind>, limit: usize) -> Result<Found> {
        let library = self.library()?;
        let hits = self.hits(query, kind, &library)?.into_iter();
        Ok(Found {
            query: query.to_owned(),
            hits: hits
                .take(limit.min(LONGEST))
                .map(|(id, score, matched)| {
                    let item = library.view(id)?;
                    Ok(Hit {
                        item,
                        score,
                        matched,
                    })
                })
                .collect::<Result<_>>()?,
        })
    }

    /// The items whose text is nearest, best first, with what they have in common.
    pub fn similar(&self, item: ItemId, n: usize) -> Result<Vec<Near>> {
        let library = self.library()?;
        library.item(item)?;
        let row = library.features.meaning.row(item.row());
        library
            .nearest(row.as_slice().unwrap_or_default(), None, n.min(LONGEST) + 1)
            .into_iter()
            .filter(|(other, _)| *other != item)
            .take(n)
            .map(|(other, similarity)| {
                Ok(Near {
                    item: library.view(other)?,
                    similarity: f64::from(similarity),
                    reasons: in_common(&library, item, other),
                })
            })
            .collect()
    }

    /// What a search finds, best first, with its score and where it matched. Where the text names kinds
    /// ("a slow film about memory"), what is of them comes first, after titles that the text is itself.
    pub(crate) fn hits(
        &self,
        query: &str,
        kind: Option<Kind>,
        library: &Library,
    ) -> Result<Vec<Told>> {
        let meaning = self.meaning_of(query, library);
        let found = |kind| self.fused(query, meaning.as_deref(), kind, library);
        let asked = match kind {
            Some(_) => Vec::new(),
            None => wish::kinds(query),
        };
        let mut known = HashSet::new();
        let mut hits: Vec<Told> = Vec::new();
        // A kind is ranked by itself, so that what another has more of leaves none of it out.
        for kind in asked.iter().copied().map(Some).chain([kind]) {
            let more = found(kind)?.into_iter();
            hits.extend(more.filter(|hit| known.insert(hit.0)));
        }
        if asked.is_empty() {
            return Ok(hits);
        }
        for (id, score, matched) in &mut hits {
            let item = &library.items[id.row()];
            if asked.contains(&item.kind) {
                matched.push(Matched::Kind);
                *score += ASKED;
            }
            if wish::is_title(query, &item.title) {
                *score += 2.0 * ASKED;
            }
        }
        hits.sort_by(|a, b| b.1.total_cmp(&a.1));
        Ok(hits)
    }

    /// What words and meaning find among one kind, or among all.
    fn fused(
        &self,
        query: &str,
        meaning: Option<&[f32]>,
        kind: Option<Kind>,
        library: &Library,
    ) -> Result<Vec<Told>> {
        let mut words = self.index.search(query, kind, DEPTH)?;
        // An import may have filled the index since this snapshot was taken.
        words.retain(|hit| hit.item.row() < library.items.len());
        let close: Vec<ItemId> = meaning
            .map(|vector| library.nearest(vector, kind, DEPTH))
            .unwrap_or_default()
            .into_iter()
            .filter(|(_, cosine)| *cosine >= CLOSE)
            .map(|(id, _)| id)
            .collect();
        let order: Vec<ItemId> = words.iter().map(|hit| hit.item).collect();
        let told = fuse(&order, &close).into_iter().map(|(id, score)| {
            let word = words.iter().find(|hit| hit.item == id);
            let mut matched = word.map(|hit| hit.matched.clone()).unwrap_or_default();
            if close.contains(&id) {
                matched.push(Matched::Meaning);
            }
            (id, score, matched)
        });
        Ok(told.collect())
    }

    fn meaning_of(&self, query: &str, library: &Library) -> Option<Vec<f32>> {
        if query.trim().is_empty() {
            return None;
        }
        // Only the encoder that made these vectors can read what is compared with them.
        let encoding = self.texts().named(&library.encoder).ok()?;
        let vector = encoding.query(query)?;
        let centre = &library.features.centre;
        Some(centre.unit(&vector, Writing::of(query)).to_vec())
    }
}

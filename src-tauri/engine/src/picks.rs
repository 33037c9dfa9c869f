//! First picks: a spread of well-known items that tells tastes apart, to begin a profile with.
//!
//! Farthest-first through the catalogue (Gonzalez 1985), each step weighed by how well an item is
//! known, as an item that nobody knows tells nothing (Rashid et al. 2002, "Getting to know you").

use std::collections::HashSet;

use crate::catalogue::{ItemId, Kind};
use crate::engine::{Engine, LONGEST};
use crate::error::{Error, Result};
use crate::list::{similarity, take_best};
use crate::lookup::ASKED;
use crate::rank::top_by;
use crate::recommend::is_sold_out;
use crate::view::ItemView;

/// The best known items, or those that a search finds, that the spread is taken from.
const POOL: usize = 300;
const NEAR: usize = 60;
/// What an item counts that nobody is known to have chosen; the best known one counts this and one.
const UNKNOWN: f64 = 0.2;
/// What it is worth to be of a kind that a wish names: more than any of that.
const FIRST: f64 = 10.0;

impl Engine {
    /// Picks up to `n` items to choose from: among the best known or, where the person says in any
    /// language what they feel like, among those that a search for it finds.
    ///
    /// # Errors
    /// `n` is out of range, or the search index cannot be read.
    pub fn picks(&self, wish: &str, kind: Option<Kind>, n: usize) -> Result<Vec<ItemView>> {
        if !(1..=LONGEST).contains(&n) {
            return Err(Error::Invalid(format!("a list has 1 to {LONGEST} items")));
        }
        let library = self.library()?;
        let everyone = self.everyone(&library)?;
        let known = |id: ItemId| f64::from(everyone.neighbours.popularity[id.row()]);
        let (pool, asked): (Vec<ItemId>, HashSet<ItemId>) = if wish.trim().is_empty() {
            let mut all: Vec<ItemId> = library.features.ids().collect();
            all.retain(|id| {
                let item = &library.items[id.row()];
                kind.is_none_or(|kind| item.kind == kind) && !is_sold_out(item)
            });
            let best = top_by(&all, POOL, known);
            (best.into_iter().map(|(id, _)| id).collect(), HashSet::new())
        } else {
            let mut hits = self.hits(wish, kind, &library)?;
            hits.truncate(NEAR);
            hits.retain(|(id, ..)| !is_sold_out(&library.items[id.row()]));
            let asked = hits.iter().filter(|hit| hit.1 >= ASKED);
            let asked = asked.map(|hit| hit.0).collect();
            (hits.into_iter().map(|hit| hit.0).collect(), asked)
        };
        let mut likeness = vec![0.0f64; pool.len()];
        let mut left: Vec<usize> = (0..pool.len()).collect();
        let mut picks = Vec::new();
        while picks.len() < n {
            let worth = |at: usize| {
                let first = f64::from(u8::from(asked.contains(&pool[at])));
                FIRST * first + (1.0 - likeness[at]) * (UNKNOWN + known(pool[at]))
            };
            let Some(at) = take_best(&mut left, worth) else {
                break;
            };
            let picked = pool[at];
            picks.push(library.view(picked)?);
            let work = |at: &usize| library.features.work(pool[*at]);
            left.retain(|at| work(at) != library.features.work(picked));
            for at in &left {
                likeness[*at] = likeness[*at].max(similarity(&library.features, picked, pool[*at]));
            }
        }
        Ok(picks)
    }
}

//! What goes with a basket: what the formula says of a taste that has shown just these items, beyond
//! what it says of an empty log, with all profiles and their orders as company, at the weights that
//! everyone starts with.

use crate::catalogue::ItemId;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::list::{arrange, pool};
use crate::portrait::Portrait;
use crate::rank::terms;
use crate::recommend::{Following, check, shape, told, wanted};
use crate::view::{Basket, Request};

impl Engine {
    /// Ranks what goes with some items, as of a time.
    ///
    /// # Errors
    /// The basket is empty, an item is not there, or the request asks for what cannot be.
    pub fn basket(&self, items: &[ItemId], request: &Request, at: i64) -> Result<Basket> {
        check(request)?;
        if items.is_empty() {
            return Err(Error::Invalid("the basket is empty".to_owned()));
        }
        let library = self.library()?;
        for item in items {
            library.item(*item)?;
        }
        let everyone = self.everyone(&library)?;
        let prior = self.prior();
        let world = everyone.world(&library.features, &prior).at(Some(at));
        let portrait = Portrait::holding(items, world, &prior, everyone.scope);
        let mut candidates: Vec<ItemId> = library.features.ids().collect();
        candidates.retain(|id| portrait.is_open(*id) && wanted(&library.items[id.row()], request));
        let weights = &portrait.learner.weights;
        let following = Following {
            world,
            shown: &portrait.taste,
        };
        let best = following.best(weights, &candidates, pool(request.n));
        let mix = &portrait.taste.genre;
        let list = arrange(&library.features, &best, mix, shape(request), request.n);
        let mut lines = told(world, &library, &portrait, weights, &list)?;
        for ranked in &mut lines {
            let evidence = following.evidence(ranked.item.id);
            ranked.terms = terms(everyone.scope, weights, &evidence);
        }
        Ok(Basket {
            basket: items
                .iter()
                .filter_map(|id| library.reference(*id))
                .collect(),
            scope: everyone.scope,
            candidates: candidates.len(),
            items: lines,
        })
    }
}

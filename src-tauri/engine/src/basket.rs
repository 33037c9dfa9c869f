//! What goes with a basket: what the formula says of a taste that has shown just these items, with what
//! was bought together as company and at the weights that [`crate::counter`] has for baskets.

use crate::catalogue::ItemId;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::list::{arrange, pool};
use crate::rank::top;
use crate::recommend::{candidates, check, shape, told};
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
        let counter = self.counter(&library)?;
        let world = counter.world(&library.features).at(Some(at));
        let portrait = counter.portrait(items, world, &self.prior());
        let candidates = candidates(&library, &portrait, request);
        let weights = &counter.weights;
        let best = top(
            world,
            &portrait.taste,
            weights,
            &candidates,
            pool(request.n),
        );
        let mix = &portrait.taste.genre;
        let list = arrange(&library.features, &best, mix, shape(request), request.n);
        Ok(Basket {
            basket: items
                .iter()
                .filter_map(|id| library.reference(*id))
                .collect(),
            scope: counter.scope,
            candidates: candidates.len(),
            items: told(world, &library, &portrait, weights, &list)?,
        })
    }
}

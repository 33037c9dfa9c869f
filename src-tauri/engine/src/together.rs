//! One list for several profiles, which says what each would think of every item.
//!
//! Each profile's scores are set on one scale, in deviations from their mean over the candidates. An
//! item's joint score is half the mean of them and half the least: between pleasing the average and
//! least misery (Masthoff 2011, "Group recommender systems").

use crate::behaviour::ProfileId;
use crate::catalogue::ItemId;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::list::{Shape, arrange, pool, standardised};
use crate::rank::{argsort, score, top_by};
use crate::recommend::{check, open, told, wanted};
use crate::view::{Request, Share, Shared, Together};

/// How much the least pleased profile counts beside the mean of all.
const MISERY: f64 = 0.5;

impl Engine {
    /// Ranks what is open for all of the profiles, as of a time.
    ///
    /// # Errors
    /// No profile is named, one is named twice or is not there, or the request asks for what cannot
    /// be.
    pub fn together(&self, profiles: &[ProfileId], request: &Request, at: i64) -> Result<Together> {
        check(request)?;
        let twice = |(n, id): (usize, &ProfileId)| profiles[..n].contains(id);
        if profiles.is_empty() || profiles.iter().enumerate().any(twice) {
            return Err(Error::Invalid(
                "name each profile that is to watch, once".to_owned(),
            ));
        }
        let library = self.library()?;
        let mut candidates: Vec<ItemId> = library.features.ids().collect();
        candidates.retain(|id| wanted(&library.items[id.row()], request));
        for profile in profiles {
            self.with(*profile, |member| {
                let open = open(&member.library.features, &member.portrait);
                candidates.retain(|id| open.binary_search(id).is_ok());
                Ok(())
            })?;
        }
        let mut likings: Vec<Vec<f64>> = Vec::new();
        for profile in profiles {
            let scored = self.with(*profile, |member| {
                let world = member.world().at(Some(at));
                let (taste, weights) = (&member.portrait.taste, &member.portrait.learner.weights);
                let judge = |id: &ItemId| (*id, score(weights, &taste.evidence(world, *id)));
                Ok(candidates.iter().map(judge).collect::<Vec<_>>())
            })?;
            likings.push(standardised(&scored));
        }
        let joint = |at: usize| {
            let each = || likings.iter().map(|liking| liking[at]);
            let mean = each().sum::<f64>() / likings.len() as f64;
            let least = each().fold(f64::INFINITY, f64::min);
            (1.0 - MISERY) * mean + MISERY * least
        };
        let place = |id: ItemId| candidates.binary_search(&id).unwrap_or_default();
        let best = top_by(&candidates, pool(request.n), |id| joint(place(id)));
        let best = arrange(&library.features, &best, &[], Shape::PLAIN, request.n);
        let mut items: Vec<Shared> = Vec::with_capacity(best.len());
        for (at, (id, score)) in best.iter().enumerate() {
            items.push(Shared {
                rank: at + 1,
                item: library.view(*id)?,
                score: *score,
                shares: Vec::new(),
            });
        }
        for (profile, liking) in profiles.iter().zip(&likings) {
            let mut places = vec![0; candidates.len()];
            for (place, at) in argsort(liking).into_iter().enumerate() {
                places[at] = place + 1;
            }
            self.with(*profile, |member| {
                let world = member.world().at(Some(at));
                let portrait = &member.portrait;
                let weights = &portrait.learner.weights;
                let told = told(world, &library, portrait, weights, &best)?;
                for (shared, ranked) in items.iter_mut().zip(told) {
                    let at = place(ranked.item.id);
                    shared.shares.push(Share {
                        profile: *profile,
                        liking: liking[at],
                        place: places[at],
                        reasons: ranked.reasons,
                    });
                }
                Ok(())
            })?;
        }
        let views = profiles.iter().map(|id| self.shown_profile(*id));
        Ok(Together {
            profiles: views.collect::<Result<_>>()?,
            candidates: candidates.len(),
            items,
        })
    }
}

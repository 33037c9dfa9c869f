//! The members of a household, or the customers of a shop: for each profile its portrait, over the
//! library of the moment and over what the other profiles and friends add.
//!
//! Nothing here is stored. A member is made by folding the profile's log when it is first asked for,
//! and again when the library or another profile's log has changed since.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::behaviour::{Deed, Entry, ProfileId, counting};
use crate::catalogue::ItemId;
use crate::counter::Counter;
use crate::engine::Engine;
use crate::error::Result;
use crate::features::Features;
use crate::friend::Finder;
use crate::library::Library;
use crate::neighbours::{ENOUGH_FOR_COMPANY, Neighbours, Reach, Trace};
use crate::portrait::Portrait;
use crate::prior::Prior;
use crate::scales::Scales;
use crate::shoppers::Shoppers;
use crate::signal::Scope;
use crate::store::Store;
use crate::taste::World;

/// Choices of other profiles from which their order counts; a friend's have none.
const ENOUGH_FOR_ORDER: usize = 5_000;

/// One profile, ready to be served.
pub struct Member {
    pub library: Arc<Library>,
    pub portrait: Portrait,
    neighbours: Arc<Neighbours>,
    scales: Scales,
    profile: ProfileId,
    /// How much this profile, and how much all others had written when it was folded.
    seen: (u64, u64),
}

impl Member {
    fn fold(
        store: &Store,
        library: &Arc<Library>,
        prior: &Prior,
        tastes: &[Vec<Trace>],
        profile: ProfileId,
    ) -> Result<Self> {
        // Counted before the logs are read: what is written meanwhile makes the member stale.
        let seen = written(store, profile);
        let others = shoppers(store, library, Some(profile))?;
        let tastes = others.strangers_and(tastes);
        let (neighbours, scope) = company(&library.features, &others.logs, &tastes);
        let world = World::new(&library.features, &neighbours).scaled(prior.scales());
        let portrait = Portrait::of(
            profile,
            &library.led(store.log(profile)?),
            world,
            prior,
            scope,
        );
        Ok(Self {
            library: Arc::clone(library),
            portrait,
            neighbours: Arc::new(neighbours),
            scales: prior.scales(),
            profile,
            seen,
        })
    }

    /// What the portrait's evidence is computed over.
    pub fn world(&self) -> World<'_> {
        World::new(&self.library.features, &self.neighbours).scaled(self.scales)
    }

    /// What the other profiles and friends add, to be kept beyond the member's turn.
    pub fn neighbours(&self) -> Arc<Neighbours> {
        Arc::clone(&self.neighbours)
    }

    /// Takes in entries that were just written, in order.
    pub fn follow(&mut self, entries: &[Entry], store: &Store, prior: &Prior) -> Result<()> {
        let world = World::new(&self.library.features, &self.neighbours).scaled(self.scales);
        for (n, entry) in entries.iter().enumerate() {
            self.seen.0 = entry.sequence + 1;
            if self.portrait.rewrites(&entry.deed) {
                // The log holds the others already.
                self.seen.0 += (entries.len() - n - 1) as u64;
                let log = self.library.led(store.log(self.profile)?);
                let scope = self.portrait.scope();
                self.portrait = Portrait::of(self.profile, &log, world, prior, scope);
                break;
            }
            self.portrait.add(entry, world, prior);
        }
        Ok(())
    }

    fn is_current(&self, store: &Store, library: &Library) -> bool {
        self.library.version == library.version && self.seen == written(store, self.profile)
    }
}

/// What all profiles and friends together say, the one that is served among them.
pub struct Everyone {
    pub neighbours: Neighbours,
    pub scope: Scope,
    /// The library's version, and how much all had written.
    seen: (u64, u64),
}

impl Everyone {
    /// What evidence is computed over.
    pub fn world<'a>(&'a self, features: &'a Features, prior: &Prior) -> World<'a> {
        World::new(features, &self.neighbours).scaled(prior.scales())
    }
}

/// What other profiles and friends add, and the widest scope that it is enough for.
pub fn company(
    features: &Features,
    logs: &[Vec<Trace>],
    tastes: &[Vec<Trace>],
) -> (Neighbours, Scope) {
    let choices = |logs: &[Vec<Trace>]| {
        let chosen = logs.iter().flatten().filter(|t| t.action.is_choice());
        chosen.count()
    };
    let in_order = choices(logs);
    let scope = if in_order >= ENOUGH_FOR_ORDER {
        Scope::InOrder
    } else if in_order + choices(tastes) >= ENOUGH_FOR_COMPANY {
        Scope::Company
    } else {
        Scope::Alone
    };
    let reach = Reach {
        in_order: scope == Scope::InOrder,
        ..Reach::LIVE
    };
    let neighbours = Neighbours::fit_with(features, logs, tastes, reach);
    (neighbours, scope)
}

/// What each friend thinks of the items that are here, in no order.
pub type Tastes = Arc<Vec<Vec<Trace>>>;

/// A counter, and the library's version and how much all had written when it was fitted.
type Fitted = ((u64, u64), Arc<Counter>);

/// The members that were asked for so far.
#[derive(Default)]
pub struct Household {
    /// What the friends' tastes say of a version of the library.
    tastes: Mutex<Option<(u64, Tastes)>>,
    everyone: Mutex<Option<Arc<Everyone>>>,
    /// What the purchases of all say of baskets.
    counter: Mutex<Option<Fitted>>,
    members: Mutex<HashMap<ProfileId, Arc<Mutex<Option<Member>>>>>,
}

impl Household {
    /// Runs something over a member, folding it first where it is not current. Other members are
    /// not held up.
    pub fn with<T>(
        &self,
        store: &Store,
        library: &Arc<Library>,
        prior: &Prior,
        profile: ProfileId,
        run: impl FnOnce(&mut Member) -> Result<T>,
    ) -> Result<T> {
        let slot = {
            let mut members = self.members.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(members.entry(profile).or_default())
        };
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        // A panic in `run` must not leave a half-changed member behind: it is put back only after.
        let mut member = match slot.take() {
            Some(member) if member.is_current(store, library) => member,
            _ => {
                let tastes = self.tastes(store, library)?;
                Member::fold(store, library, prior, &tastes, profile)?
            }
        };
        let answer = run(&mut member);
        if answer.is_ok() {
            *slot = Some(member);
        }
        answer
    }

    /// What the friends think of the items that are here, each in no order.
    pub fn tastes(&self, store: &Store, library: &Library) -> Result<Tastes> {
        let mut kept = self.tastes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((version, tastes)) = kept.as_ref()
            && *version == library.version
        {
            return Ok(Arc::clone(tastes));
        }
        let friends = store.friends()?;
        let mut tastes = Vec::new();
        if !friends.is_empty() {
            let finder = Finder::new(&library.items);
            tastes.extend(friends.iter().map(|friend| finder.known(friend).traces));
            tastes.retain(|taste| !taste.is_empty());
        }
        let tastes = Arc::new(tastes);
        *kept = Some((library.version, Arc::clone(&tastes)));
        Ok(tastes)
    }

    /// What all profiles and friends together say, fitted anew where the library or a log has changed since.
    pub fn everyone(&self, store: &Store, library: &Library) -> Result<Arc<Everyone>> {
        let mut kept = self.everyone.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = (library.version, store.entries());
        if let Some(everyone) = kept.as_ref().filter(|everyone| everyone.seen == seen) {
            return Ok(Arc::clone(everyone));
        }
        let all = shoppers(store, library, None)?;
        let tastes = all.strangers_and(&self.tastes(store, library)?);
        let (neighbours, scope) = company(&library.features, &all.logs, &tastes);
        let everyone = Arc::new(Everyone {
            neighbours,
            scope,
            seen,
        });
        *kept = Some(Arc::clone(&everyone));
        Ok(everyone)
    }

    /// What the purchases of all say of baskets, fitted anew likewise.
    pub fn counter(&self, store: &Store, library: &Library, prior: &Prior) -> Result<Arc<Counter>> {
        let mut kept = self.counter.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = (library.version, store.entries());
        if let Some((_, counter)) = kept.as_ref().filter(|(then, _)| *then == seen) {
            return Ok(Arc::clone(counter));
        }
        let all = shoppers(store, library, None)?;
        let tastes = self.tastes(store, library)?;
        let counter = Arc::new(Counter::fit(&library.features, &all, &tastes, prior));
        *kept = Some((seen, Arc::clone(&counter)));
        Ok(counter)
    }

    /// Forgets all members and friends; they are folded again when asked for.
    pub fn clear(&self) {
        *self.tastes.lock().unwrap_or_else(PoisonError::into_inner) = None;
        *self.everyone.lock().unwrap_or_else(PoisonError::into_inner) = None;
        *self.counter.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.members
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}

impl Engine {
    /// Runs something over a profile's member.
    pub(crate) fn with<T>(
        &self,
        profile: ProfileId,
        run: impl FnOnce(&mut Member) -> Result<T>,
    ) -> Result<T> {
        self.household
            .with(self.store(), &self.library()?, &self.prior(), profile, run)
    }

    /// What all profiles together say.
    pub(crate) fn everyone(&self, library: &Library) -> Result<Arc<Everyone>> {
        self.household.everyone(self.store(), library)
    }

    /// What the purchases of all say of baskets.
    pub(crate) fn counter(&self, library: &Library) -> Result<Arc<Counter>> {
        self.household.counter(self.store(), library, &self.prior())
    }

    /// What each profile's log says to others.
    pub(crate) fn shoppers(&self, library: &Library) -> Result<Shoppers> {
        shoppers(self.store(), library, None)
    }

    /// What the friends think of the items that are here, each in no order.
    pub(crate) fn tastes(&self, library: &Library) -> Result<Tastes> {
        self.household.tastes(self.store(), library)
    }
}

/// How many entries a profile, and how many all others have written.
fn written(store: &Store, profile: ProfileId) -> (u64, u64) {
    let own = store.log_len(profile);
    (own, store.entries().wrapping_sub(own))
}

/// What the log of every profile but one says to others.
pub fn shoppers(store: &Store, library: &Library, but: Option<ProfileId>) -> Result<Shoppers> {
    let mut shoppers = Shoppers::default();
    let here = |item: ItemId| {
        let known = item.row() < library.items.len();
        known.then(|| library.links.leader(item))
    };
    for profile in store.profiles()? {
        if Some(profile.id) != but {
            shoppers.add(&store.log(profile.id)?, here);
        }
    }
    Ok(shoppers)
}

/// What a log says to others: the verdicts and glances that count, in order.
pub fn traces(log: &[Entry], library: &Library) -> Vec<Trace> {
    counting(log)
        .filter_map(|entry| match entry.deed {
            Deed::Act { item, action, .. } if item.row() < library.items.len() => Some(Trace {
                item: library.links.leader(item),
                action,
                at: Some(entry.at),
            }),
            _ => None,
        })
        .collect()
}

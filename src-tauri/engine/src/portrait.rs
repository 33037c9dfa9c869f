//! The portrait of a profile: everything that follows from its log — taste, weights, what is
//! settled, and how the weights came to be.
//!
//! A portrait is a fold over the entries that count. Folding the same log over the same world gives
//! the same bits, whether entry by entry or all at once; nothing of it needs to be stored.

use std::collections::BTreeMap;

use rand_pcg::Pcg64Mcg;

use crate::behaviour::{Action, Deed, Entry, ProfileId, counting};
use crate::candidates::Candidates;
use crate::catalogue::ItemId;
use crate::learn::Learner;
use crate::prior::Prior;
use crate::signal::{K, Scope};
use crate::taste::{Evidence, Taste, World};

/// How many candidates a choice is compared with.
const RIVALS: usize = 300;

/// The weights after one entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub entry: Entry,
    pub weights: [f64; K],
}

/// What a log says of its profile.
#[derive(Debug, Clone, PartialEq)]
pub struct Portrait {
    pub taste: Taste,
    pub learner: Learner,
    pub steps: Vec<Step>,
    profile: ProfileId,
    scope: Scope,
    verdicts: BTreeMap<ItemId, Action>,
    open: Candidates,
}

impl Portrait {
    /// Folds a whole log.
    pub fn of(
        profile: ProfileId,
        log: &[Entry],
        world: World,
        prior: &Prior,
        scope: Scope,
    ) -> Self {
        let mut portrait = Self {
            taste: Taste::new(world),
            learner: Learner::new(prior, scope),
            steps: Vec::new(),
            profile,
            scope,
            verdicts: BTreeMap::new(),
            open: Candidates::all(world.features),
        };
        for entry in counting(log) {
            portrait.add(entry, world, prior);
        }
        portrait
    }

    /// Of someone of whom nothing is known but the items that they hold: a taste, and the prior.
    pub fn holding(items: &[ItemId], world: World, prior: &Prior, scope: Scope) -> Self {
        let mut portrait = Self::of(ProfileId(u32::MAX), &[], world, prior, scope);
        for item in items {
            portrait.taste.add(world, *item, Action::Buy);
            portrait.verdicts.insert(*item, Action::Buy);
            portrait.open.settle(*item);
        }
        portrait
    }

    /// Whether adding the entry to a log that is already folded takes a new fold: an undo and a
    /// second verdict on the same item change what came before.
    pub fn rewrites(&self, deed: &Deed) -> bool {
        match deed {
            Deed::Undo { .. } => true,
            Deed::Act { item, action, .. } => action.settles() && self.verdicts.contains_key(item),
            _ => false,
        }
    }

    /// Folds in one more entry that counts and does not rewrite.
    pub fn add(&mut self, entry: &Entry, world: World, prior: &Prior) {
        match entry.deed {
            Deed::Act { item, action, .. } if self.open.knows(item) => {
                self.act(item, action, world.at(Some(entry.at)));
            }
            Deed::Act { .. } | Deed::Undo { .. } => return,
            Deed::Less { ref of } => self.taste.less(world, of),
            Deed::Pin { signal, weight } => self.learner.pin(signal, weight),
            Deed::Unpin { signal } => self.learner.unpin(signal),
            Deed::Reset => self.learner.reset(prior, self.scope),
        }
        self.steps.push(Step {
            entry: entry.clone(),
            weights: self.learner.weights,
        });
    }

    fn act(&mut self, item: ItemId, action: Action, world: World) {
        if action.is_choice() && self.open.is_open(item) {
            let chosen = self.taste.evidence(world, item);
            let ordinal = self.steps.len() as u64;
            let rivals: Vec<Evidence> = rivals(self.profile, ordinal, &self.open, item)
                .into_iter()
                .map(|rival| self.taste.evidence(world, rival))
                .collect();
            self.learner.choose(&chosen, &rivals, self.open.len() - 1);
        }
        self.taste.add(world, item, action);
        if action.settles() {
            self.verdicts.insert(item, action);
            self.open.settle(item);
        }
    }

    /// What the profile last said of an item that it is done with.
    pub fn verdict(&self, item: ItemId) -> Option<Action> {
        self.verdicts.get(&item).copied()
    }

    /// The items that were liked, in order of id.
    pub fn liked(&self) -> impl Iterator<Item = ItemId> {
        self.verdicts
            .iter()
            .filter(|(_, a)| a.reward() > 0.0)
            .map(|(i, _)| *i)
    }

    /// Whether an item can still be recommended.
    pub fn is_open(&self, item: ItemId) -> bool {
        self.open.is_open(item)
    }

    /// Whose portrait it is.
    pub fn profile(&self) -> ProfileId {
        self.profile
    }

    /// Which signals take part.
    pub fn scope(&self) -> Scope {
        self.scope
    }
}

/// A sample of the candidates beside the chosen one, seeded by profile and by how many entries count so far, so that a
/// log without an entry and a log with the entry undone draw the same.
pub fn rivals(profile: ProfileId, ordinal: u64, open: &Candidates, chosen: ItemId) -> Vec<ItemId> {
    let mut random = Pcg64Mcg::new((u128::from(profile.0) << 64) | u128::from(ordinal));
    let mut rivals = open.sample(RIVALS, &mut random);
    rivals.retain(|rival| *rival != chosen);
    rivals
}

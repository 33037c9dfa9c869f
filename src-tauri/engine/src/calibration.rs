//! Whether the intervals of weights are honest, on choices whose true weights are known.
//!
//! Profiles are simulated over the real catalogue: the true weights of each are drawn as the prior
//! says that people differ, N(w⁰, P⁰⁻¹), each on its own side of zero; at every step one of the open
//! items is chosen as the conditional logit at the true weights has it, and the learner, which does
//! not know them, learns from that choice as from any other. An interval that claims 80% should then
//! hold the true weight four times in five (simulation-based calibration; Talts et al. 2018).

use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;

use crate::behaviour::{Action, ProfileId};
use crate::candidates::{Candidates, below};
use crate::catalogue::ItemId;
use crate::evaluate::scopes;
use crate::learn::Learner;
use crate::logit::probabilities;
use crate::portrait::rivals;
use crate::prior::Prior;
use crate::signal::{K, Scope, Signal};
use crate::taste::{Evidence, Taste, World};
use crate::view::{Calibrated, Calibration, Held};

/// Numbers of choices after which the intervals are looked at.
const STEPS: [usize; 5] = [5, 10, 20, 50, 100];
/// Half the width of an 80% and of a 95% interval, in standard deviations.
const WIDTHS: [f64; 2] = [1.281_551_6, 1.959_964];
/// How finely chance is told.
const FINE: usize = 1 << 40;

/// Simulates so many profiles in every scope that there is data for.
pub fn calibration(world: World, prior: &Prior, profiles: usize, seed: u64) -> Calibration {
    let scoped = scopes(world).iter().map(|scope| {
        let runs: Vec<Vec<Vec<f64>>> = (0..profiles as u32)
            .into_par_iter()
            .map(|profile| simulate(world, prior, *scope, ProfileId(profile), seed))
            .collect();
        let step = |(at, choices): (usize, usize)| {
            let errors: Vec<f64> = runs
                .iter()
                .filter_map(|run| run.get(at))
                .flatten()
                .copied()
                .collect();
            held(choices, &errors)
        };
        Calibrated {
            scope: *scope,
            steps: STEPS.into_iter().enumerate().map(step).collect(),
        }
    });
    Calibration {
        profiles,
        items: world.features.len(),
        scopes: scoped.collect(),
    }
}

/// How far each weight is off, in the standard deviations that the learner claims, after each of
/// [`STEPS`].
fn simulate(
    world: World,
    prior: &Prior,
    scope: Scope,
    profile: ProfileId,
    seed: u64,
) -> Vec<Vec<f64>> {
    let mut random = Pcg64Mcg::new((u128::from(seed) << 64) | u128::from(profile.0));
    let truth = truth(prior, scope, &mut random);
    let mut learner = Learner::new(prior, scope);
    let mut taste = Taste::new(world);
    let mut open = Candidates::all(world.features);
    // Of a signal that no choice depended on nothing can be learned, and nothing is claimed.
    let mut told = [false; K];
    let mut errors = Vec::new();
    for made in 1..=STEPS[STEPS.len() - 1].min(open.len() / 2) {
        let items: Vec<ItemId> = open.iter().collect();
        let of = |item: &ItemId| taste.evidence(world, *item);
        let evidence: Vec<Evidence> = items.iter().map(of).collect();
        let at = drawn(
            &probabilities(&truth, evidence.iter(), 1.0),
            below(&mut random, FINE) as f64 / FINE as f64,
        );
        let rivals = rivals(profile, made as u64, &open, items[at]);
        let rivals: Vec<Evidence> = rivals.iter().map(of).collect();
        for (k, told) in told.iter_mut().enumerate() {
            *told |= rivals
                .iter()
                .any(|r| r[k].to_bits() != evidence[at][k].to_bits());
        }
        learner.choose(&evidence[at], &rivals, open.len() - 1);
        taste.add(world, items[at], Action::Like);
        open.settle(items[at]);
        if STEPS.contains(&made) {
            let deviations = learner.deviations();
            let claimed = (0..K).filter(|k| told[*k] && deviations[*k] > 0.0);
            let off = |k: usize| (learner.weights[k] - truth[k]) / deviations[k];
            errors.push(claimed.map(off).collect());
        }
    }
    errors
}

/// Weights of a profile as the prior says that people differ.
fn truth(prior: &Prior, scope: Scope, random: &mut Pcg64Mcg) -> [f64; K] {
    let (home, deviations) = (prior.weights(scope), prior.deviations(scope));
    Signal::ALL.map(|signal| {
        let k = signal.index();
        let z: f64 = StandardNormal.sample(random);
        let weight = home[k] + z * deviations[k];
        if !scope.includes(signal) || weight * signal.side() < 0.0 {
            0.0
        } else {
            weight
        }
    })
}

/// Where a number from 0 to 1 falls among shares that sum to 1.
fn drawn(shares: &[f64], at: f64) -> usize {
    let mut sum = 0.0;
    let reached = shares.iter().position(|share| {
        sum += share;
        sum > at
    });
    reached.unwrap_or(shares.len() - 1)
}

fn held(choices: usize, errors: &[f64]) -> Held {
    let count = errors.len().max(1) as f64;
    let within = |width: f64| errors.iter().filter(|e| e.abs() <= width).count() as f64 / count;
    Held {
        choices,
        within_80: within(WIDTHS[0]),
        within_95: within(WIDTHS[1]),
        off: (errors.iter().map(|e| e * e).sum::<f64>() / count).sqrt(),
    }
}

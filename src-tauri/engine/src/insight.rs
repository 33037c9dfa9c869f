//! A profile's taste from further away: the library as a map, and how the profile changed over time.

use ndarray::{Array1, Array2, ArrayView1};

use crate::behaviour::{Deed, ProfileId};
use crate::catalogue::ItemId;
use crate::engine::Engine;
use crate::error::Result;
use crate::features::Features;
use crate::list::diversity;
use crate::portrait::Portrait;
use crate::rank::top;
use crate::signal::Signal;
use crate::view::{Drift, DriftStep, MapPoint, TasteMap};

/// Points of a map at most, beside those that were acted on.
const POINTS: usize = 2_000;
/// Steps of a drift at most.
const STEPS: usize = 400;
/// The list whose variety is told, and the one whose breadth is.
const LIST: usize = 10;
const LONG_LIST: usize = 50;
/// How much of what was chosen lately is left after one more choice.
const LATELY: f32 = 0.9;
/// Rounds of power iteration, and texts that it looks at.
const ROUNDS: usize = 40;
const TEXTS: usize = 20_000;

impl Engine {
    /// The library laid out by the two directions in which its texts differ most, with where each item
    /// stands in the profile's ranking.
    pub fn taste_map(&self, profile: ProfileId, at: i64) -> Result<TasteMap> {
        self.with(profile, |member| {
            let (library, portrait) = (&member.library, &member.portrait);
            let all: Vec<ItemId> = library.features.ids().collect();
            let weights = &portrait.learner.weights;
            let world = member.world().at(Some(at));
            let ranked = top(world, &portrait.taste, weights, &all, all.len());
            let mut places = vec![0.0; library.items.len()];
            let last = (all.len().max(2) - 1) as f64;
            for (rank, (id, _)) in ranked.iter().enumerate() {
                places[id.row()] = 1.0 - rank as f64 / last;
            }
            let directions = Directions::of(&library.features);
            let step = all.len().div_ceil(POINTS).max(1);
            let shown = all
                .iter()
                .filter(|id| id.row() % step == 0 || portrait.verdict(**id).is_some());
            let points = shown.filter_map(|id| {
                let [x, y] = directions.place(&library.features.meaning.row(id.row()))?;
                Some(MapPoint {
                    item: library.reference(*id)?,
                    kind: library.items[id.row()].kind,
                    x,
                    y,
                    place: places[id.row()],
                    action: portrait.verdict(*id),
                })
            });
            Ok(TasteMap {
                points: points.collect(),
                kept: directions.kept,
            })
        })
    }

    /// How the profile's weights and taste moved over its entries, and how varied its list is now.
    pub fn drift(&self, profile: ProfileId, at: i64) -> Result<Drift> {
        let prior = self.prior();
        self.with(profile, |member| {
            let (features, portrait) = (&member.library.features, &member.portrait);
            let spread = prior.spread();
            let start = portrait.learner.prior();
            let parts: Vec<usize> = Signal::ALL
                .into_iter()
                .filter(|signal| portrait.scope().includes(*signal))
                .map(Signal::index)
                .collect();
            let moved = |weights: &[f64]| {
                let pull = |k: &usize| ((weights[*k] - start[*k]) * spread[*k]).powi(2);
                (parts.iter().map(pull).sum::<f64>() / parts.len().max(1) as f64).sqrt()
            };
            let steady = steadiness(portrait, features);
            let every = portrait.steps.len().div_ceil(STEPS).max(1);
            let last = portrait.steps.len().saturating_sub(1);
            let steps = portrait.steps.iter().zip(steady).enumerate();
            let steps =
                steps
                    .filter(|(n, _)| n % every == 0 || *n == last)
                    .map(|(_, (step, steady))| DriftStep {
                        sequence: step.entry.sequence,
                        at: step.entry.at,
                        moved: moved(&step.weights),
                        steady,
                    });
            let open: Vec<ItemId> = features.ids().filter(|id| portrait.is_open(*id)).collect();
            let world = member.world().at(Some(at));
            let weights = &portrait.learner.weights;
            let list = top(world, &portrait.taste, weights, &open, LONG_LIST);
            let list: Vec<ItemId> = list.into_iter().map(|(id, _)| id).collect();
            Ok(Drift {
                steps: steps.collect(),
                variety: diversity(features, &list[..list.len().min(LIST)]),
                breadth: breadth(features, &list),
            })
        })
    }
}

/// After each step, the cosine of what was chosen lately and of all that was liked.
fn steadiness(portrait: &Portrait, features: &Features) -> Vec<f64> {
    let mut whole = Array1::<f32>::zeros(features.meaning.ncols());
    let mut lately = whole.clone();
    let told = portrait.steps.iter().map(|step| {
        if let Deed::Act { item, action, .. } = step.entry.deed {
            let reward = action.reward() as f32;
            if reward > 0.0 && item.row() < features.len() {
                whole.scaled_add(reward, &features.meaning.row(item.row()));
                lately *= LATELY;
                lately.scaled_add(reward, &features.meaning.row(item.row()));
            }
        }
        let lengths = whole.dot(&whole).sqrt() * lately.dot(&lately).sqrt();
        f64::from(if lengths > 0.0 {
            whole.dot(&lately) / lengths
        } else {
            1.0
        })
    });
    told.collect()
}

/// The share of all genres that some items have between them.
fn breadth(features: &Features, items: &[ItemId]) -> f64 {
    let mut has = vec![false; features.genre.names.len()];
    for id in items {
        for (word, _) in features.genre.row(*id) {
            has[*word as usize] = true;
        }
    }
    has.iter().filter(|has| **has).count() as f64 / has.len().max(1) as f64
}

/// The two orthogonal directions in which the texts vary most: principal components, by power
/// iteration with deflation (Hotelling 1933) over an even sample.
struct Directions {
    axes: [Array1<f32>; 2],
    /// The largest coordinate along each.
    reach: [f32; 2],
    kept: f64,
}

impl Directions {
    fn of(features: &Features) -> Self {
        let rows = sample(features);
        let first = principal(&rows, None);
        let second = principal(&rows, Some(&first));
        let axes = [first, second];
        let along = |axis: &Array1<f32>| rows.dot(axis);
        let coordinates = [along(&axes[0]), along(&axes[1])];
        let power = |values: &Array1<f32>| f64::from(values.dot(values));
        let all: f64 = rows.iter().map(|x| f64::from(x * x)).sum();
        let reach = |values: &Array1<f32>| values.fold(0.0_f32, |most, x| most.max(x.abs()));
        Self {
            reach: [reach(&coordinates[0]), reach(&coordinates[1])],
            kept: if all > 0.0 {
                (power(&coordinates[0]) + power(&coordinates[1])) / all
            } else {
                0.0
            },
            axes,
        }
    }

    /// Where a text lies, −1 to 1 either way; nothing for one that has no vector.
    fn place(&self, text: &ArrayView1<f32>) -> Option<[f64; 2]> {
        if text.iter().all(|x| *x == 0.0) {
            return None;
        }
        let along = |n: usize| {
            let reach = self.reach[n].max(f32::MIN_POSITIVE);
            f64::from((text.dot(&self.axes[n]) / reach).clamp(-1.0, 1.0))
        };
        Some([along(0), along(1)])
    }
}

/// The texts that have a vector, evenly thinned where there are many.
fn sample(features: &Features) -> Array2<f32> {
    let rows: Vec<usize> = features.ids().map(ItemId::row).collect();
    let step = rows.len().div_ceil(TEXTS).max(1);
    let rows: Vec<usize> = rows.into_iter().step_by(step).collect();
    features.meaning.select(ndarray::Axis(0), &rows)
}

/// The unit direction of most variance, at a right angle to another.
fn principal(rows: &Array2<f32>, beside: Option<&Array1<f32>>) -> Array1<f32> {
    let n = rows.ncols();
    // Any start that leans on nothing will do; this one is the same each time.
    let mut axis = Array1::from_shape_fn(n, |k| 1.0 + (k % 7) as f32 - 3.0 * (k % 2) as f32);
    for _ in 0..ROUNDS {
        if let Some(beside) = beside {
            let along = axis.dot(beside);
            axis.scaled_add(-along, beside);
        }
        let next = rows.t().dot(&rows.dot(&axis));
        let length = next.dot(&next).sqrt();
        if length <= f32::MIN_POSITIVE {
            break;
        }
        axis = next / length;
    }
    if let Some(beside) = beside {
        let along = axis.dot(beside);
        axis.scaled_add(-along, beside);
        let length = axis.dot(&axis).sqrt();
        axis /= length.max(f32::MIN_POSITIVE);
    }
    axis
}

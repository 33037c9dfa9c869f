//! The scales, fitted: coordinate search, as evidence has to be made anew at every step.
//!
//! A scale is halved and doubled, for a decay its half-life, rewards first. It goes on where the
//! choices that train become likelier by more than noise, at weights that are fitted anew each time,
//! and those that validate become no less likely.

use crate::behaviour::Action;
use crate::error::Result;
use crate::interval::{interval, mean};
use crate::lessons::{Choice, Lessons};
use crate::prior::Prior;
use crate::scales::{Scale, Scales};
use crate::signal::{K, Scope};
use crate::train::{fit_freely, saved};

/// Actions without which nothing is said of what they are worth.
const ENOUGH: usize = 100;
/// How often one scale may go on in the same direction.
const FURTHEST: usize = 3;

/// Fits the scales from those of a prior. `draw` makes the lessons at some scales, always of the same
/// choices; `actions` are those of the logs.
///
/// # Errors
/// Those of `draw`.
pub fn tune(
    prior: &Prior,
    actions: &[Action],
    mut draw: impl FnMut(Scales) -> Result<Lessons>,
) -> Result<Scales> {
    let mut best = Fit::of(prior.scales(), &prior.weights(Scope::InOrder), &mut draw)?;
    for scale in Scale::ALL {
        let common = actions.iter().filter(|a| scale.concerns(**a)).count() >= ENOUGH;
        for factor in [0.5, 2.0] {
            let mut gone = 0;
            while common && gone < FURTHEST {
                let scales = scale.changed(best.scales, factor);
                let tried = Fit::of(scales, &best.weights, &mut draw)?;
                if !tried.surely_beats(&best) {
                    break;
                }
                best = tried;
                gone += 1;
            }
            if gone > 0 {
                break;
            }
        }
    }
    Ok(best.scales)
}

/// Lessons at some scales, and the weights that fit them.
struct Fit {
    scales: Scales,
    lessons: Lessons,
    weights: [f64; K],
}

impl Fit {
    fn of(
        scales: Scales,
        start: &[f64; K],
        draw: &mut impl FnMut(Scales) -> Result<Lessons>,
    ) -> Result<Self> {
        let lessons = draw(scales)?;
        Ok(Self {
            scales,
            weights: fit_freely(&lessons, start),
            lessons,
        })
    }

    fn surely_beats(&self, other: &Self) -> bool {
        let on = |part: fn(&Lessons) -> &[Choice]| {
            saved(
                (part(&self.lessons), &self.weights),
                (part(&other.lessons), &other.weights),
            )
        };
        interval(&on(|lessons| &lessons.train)).is_some_and(|[low, _]| low > 0.0)
            && mean(&on(|lessons| &lessons.validation)) >= 0.0
    }
}

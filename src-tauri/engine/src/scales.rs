//! What is learned for all profiles besides the weights: how fast what was shown fades, and what each
//! action says of a taste.

use serde::{Deserialize, Serialize};

use crate::behaviour::{Action, CHOICE};
use crate::error::{Error, Result};

macro_rules! scales {
    ($($decay:ident $usual:literal),+ ; $($reward:ident),+ $(,)?) => {
        /// The decays: what an earlier interaction still counts after one more, 0 to 1, in what is
        /// counted lately. And the rewards: how many times its usual reward an action is worth;
        /// likes, purchases and ratings above the middle are what the others are measured by.
        #[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct Scales { $(pub $decay: f32,)+ $(pub $reward: f32),+ }

        impl Default for Scales {
            fn default() -> Self {
                Self { $($decay: $usual,)+ $($reward: 1.0),+ }
            }
        }

        impl Scale {
            /// Every scale, the rewards first.
            pub const ALL: &[Self] = &[
                $(Self { name: stringify!($reward), fades: false, of: |s| &mut s.$reward },)+
                $(Self { name: stringify!($decay), fades: true, of: |s| &mut s.$decay }),+
            ];
        }
    };
}

/// One of [`Scales`].
#[derive(Clone, Copy)]
pub struct Scale {
    pub name: &'static str,
    /// Whether it is a decay.
    pub fades: bool,
    of: fn(&mut Scales) -> &mut f32,
}

scales! {
    meaning 0.85,
    nearest 0.9,
    era 0.8,
    era_now 0.5,
    popularity 0.8,
    quality 0.9,
    company 0.9,
    follows 0.7,
    seen 0.7;
    view,
    open,
    want,
    comment,
    finish,
    abandon,
    hide,
    dislike,
    middle_rating,
    low_rating,
}

/// The steepest and the slowest decay that a fit may reach.
const DECAYS: [f32; 2] = [0.1, 0.99];
/// The most that an action which is no choice may be worth.
const GLANCE: f64 = CHOICE - 0.01;

impl Scale {
    /// Its value.
    pub fn of(&self, mut scales: Scales) -> f32 {
        *(self.of)(&mut scales)
    }

    /// The scales with this one changed by a factor: a decay by its half-life, a reward itself.
    pub fn changed(&self, mut scales: Scales, factor: f32) -> Scales {
        let value = (self.of)(&mut scales);
        *value = if self.fades {
            value.powf(1.0 / factor).clamp(DECAYS[0], DECAYS[1])
        } else {
            *value * factor
        };
        scales
    }

    /// Whether it tells what an action is worth. A decay has to do with every action.
    pub fn concerns(&self, action: Action) -> bool {
        let usual = Scales::default();
        let halved = self.changed(usual, 0.5).reward(action);
        self.fades || halved.to_bits() != usual.reward(action).to_bits()
    }
}

impl Scales {
    /// The signed reward of an action in −1..=1. A choice stays one, and what is none becomes none.
    pub fn reward(&self, action: Action) -> f64 {
        let usual = action.reward();
        let times = match action {
            Action::View => self.view,
            Action::Open => self.open,
            Action::Want => self.want,
            Action::Comment => self.comment,
            Action::Finish => self.finish,
            Action::Abandon => self.abandon,
            Action::Hide => self.hide,
            Action::Dislike => self.dislike,
            Action::Rate(_) if usual < 0.0 => self.low_rating,
            Action::Rate(_) if !action.is_choice() => self.middle_rating,
            Action::Like | Action::Buy | Action::Rate(_) => return usual,
        };
        let [least, most] = if usual < 0.0 {
            [-1.0, 0.0]
        } else if action.is_choice() {
            [CHOICE, 1.0]
        } else {
            [0.0, GLANCE]
        };
        (usual * f64::from(times)).clamp(least, most)
    }

    /// Checks what a file said.
    ///
    /// # Errors
    /// A decay is not between 0 and 1, or a reward is not a number from 0 up.
    pub fn checked(self) -> Result<Self> {
        for scale in Scale::ALL {
            let (value, most) = (scale.of(self), if scale.fades { 1.0 } else { f32::MAX });
            if !(0.0..=most).contains(&value) {
                let name = scale.name;
                return Err(Error::Invalid(format!(
                    "the scale {name} cannot be {value}"
                )));
            }
        }
        Ok(self)
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;

    #[test]
    fn rewards_keep_their_side_however_they_are_changed() {
        let actions = [
            "view", "open", "want", "comment", "finish", "abandon", "hide", "dislike",
        ];
        let ratings = (1..=10).map(|half| Action::Rate(f64::from(half) / 2.0));
        let actions = actions.into_iter().filter_map(Action::from_word);
        for action in actions.chain(ratings) {
            assert_eq!(Scales::default().reward(action), action.reward());
            for (scale, factor) in Scale::ALL.iter().flat_map(|s| [(s, 0.01), (s, 100.0)]) {
                let reward = scale.changed(Scales::default(), factor).reward(action);
                assert!((-1.0..=1.0).contains(&reward));
                assert_eq!(
                    reward >= CHOICE,
                    action.is_choice(),
                    "{action} by {}",
                    scale.name
                );
                assert!(
                    reward * action.reward() >= 0.0,
                    "{action} by {}",
                    scale.name
                );
            }
        }
    }

    #[test]
    fn a_half_life_doubles_and_a_file_out_of_range_is_refused() {
        let meaning = Scale::ALL.iter().find(|s| s.name == "meaning").unwrap();
        let doubled = meaning.changed(Scales::default(), 2.0);
        assert!((doubled.meaning.powi(2) - 0.85).abs() < 1e-6);
        let wrong = Scales {
            meaning: 1.5,
            ..Scales::default()
        };
        let refused = wrong.checked().unwrap_err();
        assert!(refused.to_string().contains("meaning"), "{refused}");
    }
}

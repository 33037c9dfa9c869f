//! How sure a mean over choices is: percentile bootstrap over users (Efron and Tibshirani 1993,
//! chapter 13), as the choices of one user are not independent of each other.

use rand_pcg::Pcg64Mcg;

use crate::candidates::below;

/// How often the users are drawn anew.
pub(crate) const DRAWS: usize = 1_000;
/// Fixed, so that an evaluation replays.
pub(crate) const SEED: u128 = 95;
/// From so few users nothing can be said of others.
pub(crate) const LEAST_USERS: usize = 10;

/// What one user adds to a mean over choices.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Share {
    pub sum: f64,
    pub choices: usize,
}

/// The mean over all choices; 0 where there are none.
pub fn mean(users: &[Share]) -> f64 {
    let all = users.iter().fold(Share::default(), add);
    all.sum / all.choices.max(1) as f64
}

/// The ends between which 95% of the means over redrawn users lie; nothing where fewer than ten users
/// made a choice.
pub fn interval(users: &[Share]) -> Option<[f64; 2]> {
    let users: Vec<Share> = users.iter().copied().filter(|u| u.choices > 0).collect();
    if users.len() < LEAST_USERS {
        return None;
    }
    let mut random = Pcg64Mcg::new(SEED);
    let mut means: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let drawn: Vec<Share> = users
                .iter()
                .map(|_| users[below(&mut random, users.len())])
                .collect();
            mean(&drawn)
        })
        .collect();
    means.sort_unstable_by(f64::total_cmp);
    Some([0.025, 0.975].map(|share| means[(share * (DRAWS - 1) as f64).round() as usize]))
}

fn add(so_far: Share, user: &Share) -> Share {
    Share {
        sum: so_far.sum + user.sum,
        choices: so_far.choices + user.choices,
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;

    fn user(sum: f64, choices: usize) -> Share {
        Share { sum, choices }
    }

    #[test]
    fn users_who_agree_leave_no_doubt_and_others_do() {
        assert_eq!(interval(&[user(1.0, 2); 20]), Some([0.5, 0.5]));
        let mixed: Vec<Share> = (0..100).map(|n| user(f64::from(n % 2), 1)).collect();
        let [low, high] = interval(&mixed).unwrap();
        // The standard error of a hundred fair coins is 0.05.
        assert!((0.36..0.44).contains(&low) && (0.56..0.64).contains(&high));
    }

    #[test]
    fn few_users_tell_nothing_of_others_and_those_without_a_choice_do_not_count() {
        assert_eq!(interval(&[user(1.0, 2); 9]), None);
        let mut users = vec![user(0.0, 0); 90];
        users.extend([user(1.0, 2); 10]);
        assert_eq!(interval(&users), Some([0.5, 0.5]));
    }

    #[test]
    fn a_mean_counts_choices_and_not_users() {
        assert_eq!(mean(&[user(4.0, 4), user(0.0, 1)]), 0.8);
    }
}

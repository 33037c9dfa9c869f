//! How sure a mean over choices is: percentile bootstrap over users (Efron and Tibshirani 1993,
//! chapter 13), as the choices of one user are not independent of each other.

use rand_pcg::Pcg64Mcg;

use crate::candidates::below;

/// How often the users are drawn anew.
const DRAWS: usize = 1_000;
const SEED: u128 = 95;

/// What one user adds to a mean over choices.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Share {
    pub sum: f64,
    pub choices: usize,
}

/// The mean over all choices.
pub fn mean(users: &[Share]) -> f64 {
    let all = users.iter().fold(Share::default(), add);
    all.sum / all.choices.max(1) as f64
}

/// The ends between which 95% of the means over redrawn users lie.
pub fn interval(users: &[Share]) -> [f64; 2] {
    if users.is_empty() {
        return [0.0; 2];
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
    [0.025, 0.975].map(|share| means[(share * (DRAWS - 1) as f64).round() as usize])
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
        assert_eq!(interval(&[user(1.0, 2); 20]), [0.5, 0.5]);
        let mixed: Vec<Share> = (0..100).map(|n| user(f64::from(n % 2), 1)).collect();
        let [low, high] = interval(&mixed);
        // The standard error of a hundred fair coins is 0.05.
        assert!((0.36..0.44).contains(&low) && (0.56..0.64).contains(&high));
        assert_eq!(interval(&[]), [0.0; 2]);
    }

    #[test]
    fn a_mean_counts_choices_and_not_users() {
        assert_eq!(mean(&[user(4.0, 4), user(0.0, 1)]), 0.8);
    }
}

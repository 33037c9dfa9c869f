//! What a training of the prior found.

use serde::{Deserialize, Serialize};

use crate::signal::Scope;

views! {
    /// What a training found. Losses are mean negative log-likelihoods of a choice.
    pub struct Training {
        /// Choices to fit, to choose and to report on.
        pub train: usize,
        pub validation: usize,
        pub test: usize,
        pub scopes: Vec<TrainedScope>,
        /// Decays and rewards; see [`crate::scales`].
        pub scales: Vec<TrainedScale>,
        /// Whether it beats the prior that there is on validation by more than noise in some scope,
        /// and loses to it in none.
        pub better: bool,
        /// Whether it took the place of the prior that there was.
        pub adopted: bool,
        /// Where it was written, if that was asked for.
        pub path: Option<String>,
    }

    /// One scope of a trained prior.
    pub struct TrainedScope {
        pub scope: Scope,
        /// The ridge that validation chose.
        pub ridge: f64,
        pub validation_loss: f64,
        /// How much less a validation choice costs than under the prior that there is.
        pub saved: f64,
        /// 95% interval by bootstrap over users, or over choices where fewer than ten users chose.
        pub saved_interval: Option<[f64; 2]>,
        pub test_loss: f64,
        /// The same on the test.
        pub test_saved: f64,
    }

    /// A decay or a reward, of the prior that there is and of the one that was trained.
    pub struct TrainedScale {
        pub scale: String,
        pub before: f32,
        pub after: f32,
    }
}

//! A taste as a file, and the friends whose taste counts here.

use serde::{Deserialize, Serialize};

use crate::behaviour::ProfileId;

views! {
    /// A taste file that was written: what it holds, counted.
    pub struct TasteShared {
        pub path: String,
        /// The name in it.
        pub name: String,
        pub loved: usize,
        pub liked: usize,
        pub disliked: usize,
    }

    /// A friend that was added, and where the items of their taste were found here.
    pub struct FriendAdded {
        pub friend: FriendView,
        /// Whether a friend of that name was there and has been replaced.
        pub replaced: bool,
        /// Items with the very key.
        pub by_key: usize,
        /// Items of that kind and title whose year and creator agree.
        pub by_title: usize,
        /// What is not here; it is kept, and counts as soon as the catalogue has it.
        pub missing: usize,
    }

    /// A friend whose taste counts as a neighbour's.
    pub struct FriendView {
        pub name: String,
        /// Items that the friend loves, likes or dislikes.
        pub items: usize,
        /// How many of them are in the catalogue here.
        pub known: usize,
        /// The profiles that have judged some of them too, oldest first.
        pub ties: Vec<Tie>,
    }

    /// How far a profile and a friend agree.
    pub struct Tie {
        pub profile: ProfileId,
        /// The profile's name.
        pub name: String,
        /// Items that both have judged.
        pub common: usize,
        /// From −1, the opposite on all of them, to 1, the same.
        pub agreement: f64,
    }
}

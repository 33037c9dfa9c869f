//! Whatever happens between an import and its undoing, it comes to what it would have without the import.

use curio_engine::behaviour::{Action, ProfileId};
use proptest::prelude::*;

use super::{Home, LOG, MORE};

/// What may happen between an import and its undoing.
#[derive(Debug, Clone)]
enum Step {
    Like(usize),
    Undo(u64),
    Profile(u8),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..8_usize).prop_map(Step::Like),
        (0..6_u64).prop_map(Step::Undo),
        (0..9_u8).prop_map(Step::Profile),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Undone, an import has never been: the same steps without it come to the same.
    #[test]
    fn the_same_steps_without_the_import_come_to_the_same(steps in prop::collection::vec(step(), 0..8)) {
        let (mut with, mut without) = (Home::new(), Home::new());
        with.import("more.csv", MORE);
        with.import("log.csv", LOG);
        for step in &steps {
            // Imported entries stand between hers: she means the same ones.
            let before = 2;
            for (home, extra) in [(&mut with, before), (&mut without, 0)] {
                let ann = home.who("Ann");
                match *step {
                    Step::Like(n) => {
                        let title = ["Solaris", "Stalker", "Mirror"][n % 3];
                        home.act("Ann", title, Action::Like);
                    }
                    Step::Undo(n) => {
                        let sequence = if n == 0 { 0 } else { n + extra };
                        let _ = home.engine().undo(ann, Some(sequence), home.clock);
                    }
                    Step::Profile(n) => {
                        let _ = home.engine().add_profile(&format!("Guest {n}"));
                    }
                }
            }
        }
        with.undo();
        with.undo();
        let ((mut with, list), (mut without, other)) = (with.all(), without.all());
        for contents in [&mut with, &mut without] {
            // The clock went on for the imports, and numbers of profiles stay taken.
            for entry in contents.logs.values_mut().flatten() {
                entry.at = 0;
            }
            for (n, profile) in contents.profiles.iter_mut().enumerate() {
                profile.id = ProfileId(n as u32);
            }
        }
        prop_assert_eq!(with, without);
        prop_assert_eq!(list, other);
    }
}

//! Prints what one interaction and one list cost, beside what the memory alone would take: reading
//! the text vectors once, which no ranking by meaning can do without.
//!
//! ```text
//! cargo run --release -p curio-engine --example cost_report -- 10000 100000
//! ```
//!
//! The items are made up, all different: vectors of 384 numbers, 3 genres of 20, 6 people of one
//! fifth as many as items, 5 tags of 2,000. Two hundred other profiles have a hundred likes each, and
//! the profile that is measured has a hundred interactions.

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use curio_engine::behaviour::{Action, Deed, Entry, ProfileId};
use curio_engine::candidates::below;
use curio_engine::catalogue::{Item, ItemId, Kind};
use curio_engine::features::{Features, TextVectors, dot};
use curio_engine::neighbours::{Neighbours, Reach, Trace};
use curio_engine::portrait::Portrait;
use curio_engine::prior::Prior;
use curio_engine::rank::top;
use curio_engine::signal::Scope;
use curio_engine::taste::World;
use ndarray::{Array2, Axis};
use rand_pcg::Pcg64Mcg;

const DIMENSIONS: usize = 384;
const LIKES: u64 = 100;
const OTHERS: usize = 200;
const ROUNDS: usize = 20;
const LIST: usize = 50;

fn main() -> Result<(), Box<dyn Error>> {
    let sizes: Vec<usize> = std::env::args()
        .skip(1)
        .map(|n| n.parse())
        .collect::<Result<_, _>>()?;
    println!("medians of {ROUNDS}; one pass is the dot product of one vector with every item's");
    for n in if sizes.is_empty() {
        vec![10_000, 100_000]
    } else {
        sizes
    } {
        report(n)?;
    }
    Ok(())
}

fn report(n: usize) -> Result<(), Box<dyn Error>> {
    let mut random = Pcg64Mcg::new(7);
    let items = items(n, &mut random);
    let features = Features::build(&items, vectors(n, &mut random));
    let logs: Vec<Vec<Trace>> = (0..OTHERS).map(|_| log(n, &mut random)).collect();
    let neighbours = Neighbours::fit(&features, &logs, Reach::LIVE);
    let world = World::new(&features, &neighbours);
    let prior = Prior::shipped()?;
    let mut portrait = Portrait::of(ProfileId(0), &[], world, &prior, Scope::InOrder);
    let mut sequence = 0;
    let mut like = |portrait: &mut Portrait| {
        let entry = liked(sequence, below(&mut random, n));
        sequence += 1;
        portrait.add(&entry, world, &prior);
    };
    (0..LIKES).for_each(|_| like(&mut portrait));

    let pass = median(|| {
        let x = features.meaning.row(0);
        black_box(
            features
                .meaning
                .axis_iter(Axis(0))
                .map(|y| dot(x, y.to_slice().unwrap_or_default()))
                .sum::<f32>(),
        );
    });
    let update = median(|| like(&mut portrait));
    let list = median(|| {
        let open: Vec<ItemId> = features.ids().filter(|id| portrait.is_open(*id)).collect();
        black_box(top(
            world,
            &portrait.taste,
            &portrait.learner.weights,
            &open,
            LIST,
        ));
    });
    println!("{n} items:");
    for (what, took) in [
        ("one pass", pass),
        ("one interaction", update),
        ("one list", list),
    ] {
        let times = took.as_secs_f64() / pass.as_secs_f64();
        println!(
            "  {what:16} {:8.2} ms {times:6.1} passes",
            took.as_secs_f64() * 1e3
        );
    }
    Ok(())
}

fn median(mut run: impl FnMut()) -> Duration {
    let mut took: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    took.sort_unstable();
    took[ROUNDS / 2]
}

fn items(n: usize, random: &mut Pcg64Mcg) -> Vec<Item> {
    let mut words = |name: &str, of: usize, count: usize| -> Vec<String> {
        (0..count)
            .map(|_| format!("{name} {}", below(random, of)))
            .collect()
    };
    (0..n)
        .map(|row| Item {
            key: row.to_string(),
            kind: Kind::Film,
            title: format!("Title {row}"),
            year: Some(1950 + (row % 75) as i32),
            genres: words("genre", 20, 3),
            people: words("person", n / 5, 5),
            creators: words("person", n / 5, 1),
            tags: words("tag", 2_000, 5),
            ..Item::default()
        })
        .collect()
}

fn vectors(n: usize, random: &mut Pcg64Mcg) -> TextVectors {
    let mut cloud = || {
        Array2::from_shape_simple_fn((n, DIMENSIONS), || {
            below(random, 2_001) as f32 / 1_000.0 - 1.0
        })
    };
    TextVectors {
        full: cloud(),
        theme: cloud(),
    }
}

fn log(n: usize, random: &mut Pcg64Mcg) -> Vec<Trace> {
    (0..LIKES)
        .map(|_| Trace {
            item: ItemId((below(random, n) * below(random, n) / n) as u32),
            action: Action::Like,
            at: None,
        })
        .collect()
}

fn liked(sequence: u64, row: usize) -> Entry {
    Entry {
        sequence,
        at: 0,
        deed: Deed::Act {
            item: ItemId(row as u32),
            action: Action::Like,
            surface: String::new(),
            note: String::new(),
            basket: String::new(),
        },
    }
}

//! Killed without warning, while recording and while importing: what was acknowledged is there.
//!
//! The program is killed, and so is a child that does nothing but store. That child is this test
//! binary again, running [`child`]: it prints a line for everything that the store acknowledged. A
//! few rounds run by default; `CURIO_CRASH_ROUNDS=50` runs fifty of each.

mod program;

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use curio_engine::behaviour::{Action, Deed, ProfileId};
use curio_engine::catalogue::{Item, ItemId};
use curio_engine::store::Store;
use tempfile::TempDir;

use crate::harm::Dice;
use crate::store::{act, item};

const WHAT: &str = "CURIO_CRASH_CHILD";
const WHERE: &str = "CURIO_CRASH_DATA";
const SEED: &str = "CURIO_CRASH_SEED";
const PROFILES: u32 = 3;

/// What the entry at a sequence is, so that the parent knows it without being told.
fn deed(profile: u32, sequence: u64) -> (i64, Deed) {
    let stars = 0.5 + (sequence % 46) as f64 * 0.1;
    let item = (sequence as u32).wrapping_mul(7).wrapping_add(profile);
    (sequence as i64 * 3, act(item, Action::Rate(stars)))
}

/// Items of about the size of a real catalogue's.
fn large_item(n: u32) -> Item {
    let mut large = item(n);
    large.description = format!("Description {n}. ").repeat(30);
    large
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // When the parent is gone there is nobody to tell.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Not a test by itself: the process that the others kill.
#[test]
#[ignore = "run by the tests of this file"]
fn child() {
    let (Ok(what), Ok(data)) = (std::env::var(WHAT), std::env::var(WHERE)) else {
        return;
    };
    let seed = std::env::var(SEED).unwrap().parse().unwrap();
    let (store, notices) = Store::open(Path::new(&data)).unwrap();
    for notice in notices {
        say(&format!("notice {notice}"));
    }
    let mut dice = Dice(seed);
    match what.as_str() {
        "record" => record(&store, &mut dice),
        "import" => import(&store, &mut dice),
        other => panic!("no child called {other}"),
    }
}

fn record(store: &Store, dice: &mut Dice) {
    while store.profiles().unwrap().len() < PROFILES as usize {
        let count = store.profiles().unwrap().len();
        store.add_profile(&format!("p{count}")).unwrap();
    }
    say("open");
    loop {
        let profile = (dice.roll() % u64::from(PROFILES)) as u32;
        let first = store.log_len(ProfileId(profile));
        let count = if dice.roll().is_multiple_of(16) {
            500
        } else {
            1 + dice.roll() % 3
        };
        let deeds: Vec<_> = (first..first + count).map(|n| deed(profile, n)).collect();
        match store.append(ProfileId(profile), &deeds) {
            Ok(_) => say(&format!("ack {profile} {}", first + count)),
            Err(error) => return say(&format!("refused {}", error.chain())),
        }
    }
}

fn import(store: &Store, dice: &mut Dice) {
    say("open");
    loop {
        let first = store.items_len() as u32;
        let count = if dice.roll().is_multiple_of(8) {
            2000
        } else {
            100
        };
        let items: Vec<_> = (first..first + count)
            .map(|n| (ItemId(n), large_item(n)))
            .collect();
        match store.put_items(&items) {
            Ok(()) => say(&format!("ack 0 {}", first + count)),
            Err(error) => return say(&format!("refused {}", error.chain())),
        }
    }
}

/// Runs a child; `shell` is a command that ends in running its arguments.
fn start(what: &str, data: &Path, seed: u64, shell: Option<&str>) -> Child {
    let me = std::env::current_exe().unwrap();
    let mut command = match shell {
        Some(shell) => {
            let mut command = Command::new("sh");
            command.args(["-c", shell]).arg(me);
            command
        }
        None => Command::new(me),
    };
    command
        .args(["--exact", "crash::child", "--ignored", "--nocapture"])
        .env(WHAT, what)
        .env(WHERE, data)
        .env(SEED, seed.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// What a child acknowledged until it was killed (or ended by itself, when `alive` is `None`).
#[derive(Debug, Default)]
struct Heard {
    /// Per profile: how many.
    acknowledged: [u64; PROFILES as usize],
    groups: usize,
    refused: Option<String>,
}

fn hear(mut child: Child, alive: Option<Duration>) -> Heard {
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let (sender, opened) = mpsc::channel();
    let listener = std::thread::spawn(move || {
        let mut heard = Heard::default();
        for line in lines.map_while(Result::ok) {
            // The test runner may begin a line of its own before the child's.
            if line.ends_with("open") {
                let _ = sender.send(());
            } else if let Some((_, reason)) = line.split_once("refused ") {
                heard.refused = Some(reason.to_string());
            } else if let Some(rest) = line.strip_prefix("ack ") {
                let (profile, count) = rest.split_once(' ').unwrap();
                let profile: usize = profile.parse().unwrap();
                heard.acknowledged[profile] = count.parse().unwrap();
                heard.groups += 1;
            }
        }
        heard
    });
    opened
        .recv_timeout(Duration::from_mins(1))
        .expect("the child did not open its store");
    if let Some(alive) = alive {
        std::thread::sleep(alive);
        child.kill().unwrap();
    }
    child.wait().unwrap();
    listener.join().unwrap()
}

fn rounds() -> u64 {
    std::env::var("CURIO_CRASH_ROUNDS").map_or(4, |n| n.parse().unwrap())
}

fn check_logs(store: &Store, heard: &Heard) -> u64 {
    let mut surplus = 0;
    for profile in 0..PROFILES {
        let log = store.log(ProfileId(profile)).unwrap();
        let acknowledged = heard.acknowledged[profile as usize];
        assert!(
            log.len() as u64 >= acknowledged,
            "{} of {acknowledged}",
            log.len()
        );
        surplus += (log.len() as u64 - acknowledged).min(1);
        for (n, entry) in log.iter().enumerate() {
            let (at, deed) = deed(profile, n as u64);
            assert_eq!(
                (entry.sequence, entry.at, &entry.deed),
                (n as u64, at, &deed)
            );
        }
    }
    surplus
}

#[test]
fn killed_while_recording() {
    let dir = TempDir::new().unwrap();
    let mut dice = Dice(11);
    let (mut groups, mut rebuilt, mut acknowledged) = (0, 0, [0; PROFILES as usize]);
    for round in 0..rounds() {
        let child = start("record", dir.path(), dice.roll(), None);
        let mut heard = hear(child, Some(Duration::from_millis(dice.roll() % 400)));
        groups += heard.groups;
        for (now, before) in heard.acknowledged.iter_mut().zip(&mut acknowledged) {
            *now = (*now).max(*before);
            *before = *now;
        }
        let (store, notices) = Store::open(dir.path()).unwrap();
        check_logs(&store, &heard);
        rebuilt += rebuilds(round, &notices);
    }
    conclude(groups, rebuilt);
}

#[test]
fn killed_while_importing() {
    let mut dir = TempDir::new().unwrap();
    let mut dice = Dice(12);
    let (mut groups, mut rebuilt) = (0, 0);
    for round in 0..rounds() {
        let child = start("import", dir.path(), dice.roll(), None);
        let heard = hear(child, Some(Duration::from_millis(dice.roll() % 600)));
        groups += heard.groups;
        let (store, notices) = Store::open(dir.path()).unwrap();
        let items = store.items().unwrap();
        assert!(items.len() as u64 >= heard.acknowledged[0], "{heard:?}");
        for (n, item) in items.iter().enumerate() {
            assert!(*item == large_item(n as u32), "item {n} differs");
            if n % 97 == 0 {
                assert_eq!(store.find_key(&item.key).unwrap(), Some(ItemId(n as u32)));
            }
        }
        rebuilt += rebuilds(round, &notices);
        drop(store);
        if items.len() > 15_000 {
            dir = TempDir::new().unwrap();
        }
    }
    conclude(groups, rebuilt);
}

/// Prints what an open said; 1 when the store had to be rebuilt, else 0.
fn rebuilds(round: u64, notices: &[String]) -> usize {
    for notice in notices {
        println!("round {round}: {notice}");
    }
    usize::from(notices.iter().any(|n| n.contains("not whole")))
}

fn conclude(groups: usize, rebuilt: usize) {
    println!(
        "{} kills, {groups} groups acknowledged, none lost",
        rounds()
    );
    assert!(
        groups > 0,
        "no child lived long enough to acknowledge anything"
    );
    assert_eq!(rebuilt, 0, "a kill alone must not harm the store");
}

/// A limit on the size of a file stands in for a full disk.
#[cfg(unix)]
#[test]
fn a_disk_that_takes_no_more_refuses_and_keeps_what_was_acknowledged() {
    for (what, blocks) in [("record", 1200), ("record", 4000), ("import", 9000)] {
        let dir = TempDir::new().unwrap();
        let shell = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let heard = hear(start(what, dir.path(), 5, Some(&shell)), None);
        let reason = heard.refused.as_deref().unwrap_or_default();
        assert!(reason.starts_with("cannot "), "{what}: {heard:?}");
        assert!(heard.groups > 0, "{what}: {heard:?}");
        let (store, notices) = Store::open(dir.path()).unwrap();
        println!("{what} refused: {reason}; then: {notices:?}");
        if what == "record" {
            check_logs(&store, &heard);
            let (at, deed) = deed(0, store.log_len(ProfileId(0)));
            store.append(ProfileId(0), &[(at, deed)]).unwrap();
        } else {
            assert!(store.items_len() as u64 >= heard.acknowledged[0]);
        }
    }
}

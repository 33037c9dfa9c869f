//! Any sequence of operations on a store, held against a model in memory.

use curio_engine::backup;
use curio_engine::behaviour::{Action, Deed, ProfileId};
use curio_engine::catalogue::ItemId;
use curio_engine::signal::Signal;
use curio_engine::store::Contents;
use proptest::prelude::*;
use tempfile::TempDir;

use crate::store::{AT, act, friend, item, open};

#[derive(Debug, Clone)]
enum Step {
    Put(Vec<(u8, u8)>),
    Append(u8, Vec<(i64, Deed)>),
    Profile(u8),
    Rename(u8, u8),
    Remove(u8),
    Setting(u8, String),
    Befriend(u8, u8),
    Unfriend(u8),
    Reopen,
}

fn deeds() -> impl Strategy<Value = Deed> {
    let number = any::<f64>().prop_filter("finite", |n| n.is_finite());
    prop_oneof![
        (any::<u32>(), number.clone(), any::<String>()).prop_map(|(n, stars, note)| Deed::Act {
            item: ItemId(n),
            action: Action::Rate(stars),
            surface: String::new(),
            basket: note.clone(),
            note,
        }),
        number.prop_map(|weight| Deed::Pin {
            signal: Signal::Era,
            weight
        }),
        any::<u64>().prop_map(|sequence| Deed::Undo { sequence }),
        Just(Deed::Unpin {
            signal: Signal::Quality
        }),
        Just(Deed::Reset),
        Just(act(3, Action::Hide)),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => prop::collection::vec((any::<u8>(), any::<u8>()), 0..6).prop_map(Step::Put),
        4 => (any::<u8>(), prop::collection::vec((any::<i64>(), deeds()), 0..5))
            .prop_map(|(p, d)| Step::Append(p, d)),
        2 => any::<u8>().prop_map(Step::Profile),
        1 => (any::<u8>(), any::<u8>()).prop_map(|(a, b)| Step::Rename(a, b)),
        1 => any::<u8>().prop_map(Step::Remove),
        1 => (0..3u8, any::<String>()).prop_map(|(n, v)| Step::Setting(n, v)),
        1 => (0..3u8, 1..5u8).prop_map(|(n, size)| Step::Befriend(n, size)),
        1 => (0..3u8).prop_map(Step::Unfriend),
        2 => Just(Step::Reopen),
    ];
    prop::collection::vec(step, 1..24)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_sequence_of_operations_survives_reopening(steps in steps()) {
        let dir = TempDir::new().unwrap();
        let mut store = open(dir.path());
        let mut model = Contents::default();
        for step in steps {
            match step {
                Step::Put(picks) => {
                    let mut group = Vec::new();
                    for (place, salt) in picks {
                        let n = u32::from(place) % (model.items.len() as u32 + 1);
                        let mut new = item(n);
                        new.title = format!("{salt}");
                        if n as usize == model.items.len() {
                            model.items.push(new.clone());
                        } else {
                            model.items[n as usize] = new.clone();
                        }
                        group.push((ItemId(n), new));
                    }
                    store.put_items(&group).unwrap();
                }
                Step::Append(pick, deeds) => {
                    let id = ProfileId(u32::from(pick) % 4);
                    let living = model.profiles.iter().any(|p| p.id == id && !p.removed);
                    let written = store.append(id, &deeds);
                    prop_assert_eq!(written.is_ok(), living || deeds.is_empty());
                    if living && !deeds.is_empty() {
                        model.logs.entry(id).or_default().extend(written.unwrap());
                    }
                }
                Step::Profile(n) => {
                    if let Ok(profile) = store.add_profile(&format!("p{}", n % 6)) {
                        model.profiles.push(profile);
                    }
                }
                Step::Rename(n, name) => {
                    let id = ProfileId(u32::from(n) % 4);
                    if let Ok(profile) = store.rename_profile(id, &format!("r{}", name % 3)) {
                        model.profiles[id.0 as usize] = profile;
                    }
                }
                Step::Remove(n) => {
                    let id = ProfileId(u32::from(n) % 4);
                    if store.remove_profile(id).is_ok() {
                        model.profiles[id.0 as usize].name.clear();
                        model.profiles[id.0 as usize].removed = true;
                        model.logs.remove(&id);
                    }
                }
                Step::Setting(n, value) => {
                    store.set_setting(&format!("s{n}"), &value).unwrap();
                    model.settings.insert(format!("s{n}"), value);
                }
                Step::Befriend(n, size) => {
                    let new = friend(&format!("f{n}"), 0..u32::from(size));
                    let had = store.put_friend(&new).unwrap();
                    let old = model.friends.iter().position(|f| f.name == new.name);
                    prop_assert_eq!(had, old.is_some());
                    if let Some(place) = old {
                        model.friends.remove(place);
                    }
                    model.friends.push(new);
                    model.friends.sort_by(|a, b| a.name.cmp(&b.name));
                }
                Step::Unfriend(n) => {
                    let name = format!("f{n}");
                    let there = model.friends.iter().any(|f| f.name == name);
                    prop_assert_eq!(store.remove_friend(&name).is_ok(), there);
                    model.friends.retain(|f| f.name != name);
                }
                Step::Reopen => {
                    drop(store);
                    store = open(dir.path());
                }
            }
            prop_assert_eq!(store.entries(), model.entries());
        }
        drop(store);
        let store = open(dir.path());
        prop_assert_eq!(&store.contents().unwrap(), &model);
        for (id, log) in &model.logs {
            prop_assert_eq!(&store.log(*id).unwrap(), log);
        }
        for (n, item) in model.items.iter().enumerate() {
            prop_assert_eq!(store.find_key(&item.key).unwrap(), Some(ItemId(n as u32)));
        }
        let file = dir.path().join("all.zip");
        backup::write(&store, &file, AT).unwrap();
        prop_assert_eq!(backup::read(&file).unwrap(), model);
    }
}

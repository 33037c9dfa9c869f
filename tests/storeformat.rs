//! The stored format: the journal to the last sign, and a newer one that is left alone.

use std::fs;
use std::path::Path;

use curio_engine::behaviour::{Action, Deed, ProfileId};
use curio_engine::catalogue::{Item, ItemId, Kind};
use curio_engine::signal::Signal;
use curio_engine::store::{Contents, FORMAT, Store};
use tempfile::TempDir;

use crate::store::{AT, act, friend, item, open, small};

#[test]
fn the_journal_is_in_format_4() {
    let dir = TempDir::new().unwrap();
    let store = open(dir.path());
    let plain = Item {
        key: "imdb:tt0001".into(),
        kind: Kind::Film,
        title: "A \"Film\"".into(),
        year: Some(1927),
        ..Item::default()
    };
    store.put_items(&[(ItemId(0), plain)]).unwrap();
    let id = store.add_profile("Anna").unwrap().id;
    let pin = Deed::Pin {
        signal: Signal::EraLately,
        weight: 0.1,
    };
    let deeds = [
        act(0, Action::Rate(4.5)),
        pin,
        Deed::Undo { sequence: 0 },
        Deed::Reset,
    ];
    store.append(id, &deeds.map(|deed| (AT, deed))).unwrap();
    store.set_setting("stamp", "7").unwrap();
    store.put_friend(&friend("Zoë", 0..1)).unwrap();
    store
        .remove_profile(store.add_profile("Bo").unwrap().id)
        .unwrap();
    let contents = store.contents().unwrap();
    drop(store);
    let journals = dir.path().join("store/journal");
    let catalogue = fs::read_to_string(journals.join("catalogue.jsonl")).unwrap();
    let made = fs::read_to_string(journals.join("made.jsonl")).unwrap();
    assert_eq!(catalogue, include_str!("golden/catalogue.jsonl"));
    assert_eq!(made, include_str!("golden/made.jsonl"));
    // And these very bytes are enough to read everything back.
    let other = TempDir::new().unwrap();
    let folder = other.path().join("store/journal");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("catalogue.jsonl"), catalogue).unwrap();
    fs::write(folder.join("made.jsonl"), made).unwrap();
    let (store, notices) = Store::open(other.path()).unwrap();
    assert_eq!(store.contents().unwrap(), contents);
    assert!(
        notices[0].starts_with("the store was not whole"),
        "{notices:?}"
    );
}

#[test]
fn a_newer_format_is_refused_and_left_alone() {
    let dir = TempDir::new().unwrap();
    small(dir.path());
    let highwater = dir.path().join("store/highwater");
    let text = fs::read_to_string(&highwater).unwrap();
    let json = text[9..]
        .trim_end()
        .replacen("\"format\":4", "\"format\":5", 1);
    let line = format!("{:08x} {json}\n", crc32(json.as_bytes()));
    fs::write(&highwater, &line).unwrap();
    let error = Store::open(dir.path()).err().unwrap();
    assert!(
        error
            .to_string()
            .contains("newer version of Curio (format 5"),
        "{error}"
    );
    assert_eq!(fs::read_to_string(&highwater).unwrap(), line);
}

/// Format 2 had no blocks, and those of format 3 were narrower and not packed.
#[test]
fn a_store_of_an_earlier_format_goes_on_in_this_one() {
    for earlier in [2, 3] {
        let dir = TempDir::new().unwrap();
        let (mut expected, store) = earlier_store(earlier, dir.path());
        // One that is new, one in the place of another, and more of a log.
        let [ada, bob] = [0, 1].map(ProfileId);
        let (new, mut known) = (item(60), store.item(ItemId(7)).unwrap().unwrap());
        known.title = "Another title".into();
        let items = [(ItemId(60), new), (ItemId(7), known)];
        store.put_items(&items).unwrap();
        let entries =
            [ada, bob].map(|of| store.append(of, &[(AT, act(60, Action::Like))]).unwrap());
        for (id, item) in items {
            expected.items.resize(61, Item::default());
            expected.items[id.row()] = item;
        }
        for (of, entries) in [ada, bob].into_iter().zip(entries) {
            expected.logs.entry(of).or_default().extend(entries);
        }
        drop(store);
        let store = open(dir.path());
        assert_eq!(store.contents().unwrap(), expected);
        assert_eq!(
            store.find_key(&expected.items[7].key).unwrap(),
            Some(ItemId(7))
        );
        store.remove_profile(ada).unwrap();
        drop(store);
        assert_eq!(open(dir.path()).entries(), 4);
    }
}

/// What a journal of an earlier format received last goes on with it, or the store is built anew from what is sure.
#[test]
fn what_an_earlier_journal_received_last_is_there_or_said() {
    let setting = r#"{"setting":["late","yes"]}"#;
    let removal = r#"{"profile":{"id":0,"name":"","removed":true}}"#;
    let gap = r#"{"entry":[0,{"sequence":99,"at":5,"reset":null}]}"#;
    let cases = [
        (setting, Some("yes"), 41, true),
        (removal, None, 3, true),
        (gap, None, 41, false),
    ];
    for (late, stored, entries, follows) in cases {
        let dir = TempDir::new().unwrap();
        unpack(3, dir.path());
        let made = dir.path().join("store/journal/made.jsonl");
        let line = format!("{:08x} {late}\n", crc32(late.as_bytes()));
        fs::write(&made, fs::read_to_string(&made).unwrap() + &line).unwrap();
        let (store, notices) = Store::open(dir.path()).unwrap();
        assert_eq!(store.get_setting("late").unwrap().as_deref(), stored);
        assert_eq!((store.items_len(), store.entries()), (60, entries));
        assert_eq!(store.contents().unwrap().entries(), entries);
        let kept = dir.path().join("damaged").exists();
        assert_eq!(kept, !follows);
        let said = "what the journal had received last was put into the store (records: 1)";
        assert_eq!(notices[0] == said, follows, "{notices:?}");
    }
}

fn unpack(format: u32, data: &Path) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden");
    let archive = fs::File::open(golden.join(format!("store-{format}.zip"))).unwrap();
    let mut archive = zip::ZipArchive::new(archive).unwrap();
    archive.extract(data).unwrap();
    fs::create_dir_all(data.join("store/sled/blobs")).unwrap();
}

/// A store as an earlier version of Curio left it, opened: its contents by the journals, and itself.
fn earlier_store(format: u32, data: &Path) -> (Contents, Store) {
    unpack(format, data);
    let stands = || {
        let line = fs::read_to_string(data.join("store/highwater")).unwrap();
        line[9..].chars().take(12).collect::<String>()
    };
    assert_eq!(stands(), format!("{{\"format\":{format},"));
    // What the journals alone tell, by a copy that has nothing else.
    let other = TempDir::new().unwrap();
    let journals = other.path().join("store/journal");
    fs::create_dir_all(&journals).unwrap();
    for name in ["made.jsonl", "catalogue.jsonl"] {
        fs::copy(data.join("store/journal").join(name), journals.join(name)).unwrap();
    }
    let told = Store::open(other.path()).unwrap().0.contents().unwrap();
    let store = open(data);
    assert_eq!(stands(), format!("{{\"format\":{FORMAT},"));
    assert_eq!((store.items_len(), store.entries()), (60, 41));
    assert_eq!(store.contents().unwrap(), told);
    for (id, item) in (0..).map(ItemId).zip(&told.items) {
        assert_eq!(store.item(id).unwrap().as_ref(), Some(item));
        assert_eq!(store.find_key(&item.key).unwrap(), Some(id));
    }
    assert!(!data.join("damaged").exists());
    (told, store)
}

/// CRC-32 as the format defines it (IEEE, reflected), written out so that the test shares no code.
pub fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| {
            if c & 1 == 1 {
                c >> 1 ^ 0xedb8_8320
            } else {
                c >> 1
            }
        })
    })
}

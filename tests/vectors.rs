//! The file that keeps vectors, whole and damaged.

use std::fs;
use std::path::Path;

use curio_engine::Error;
use curio_engine::vectors::{Vectors, key};
use proptest::prelude::*;

use crate::encoder::bits;

#[test]
fn vectors_come_back_bit_for_bit() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vectors.bin");
    let odd = [f32::MIN_POSITIVE / 2.0, -0.0, 1.0, f32::NAN, 0.1];
    {
        let (mut vectors, notices) = Vectors::open(&path, "one", 5).unwrap();
        assert!(notices.is_empty() && vectors.is_empty());
        vectors.append(&[(key("a"), &odd)]).unwrap();
        vectors
            .append(&[(key("a"), &[9.0; 5]), (key("b"), &[2.0; 5])])
            .unwrap();
        assert_eq!(bits(vectors.get(key("a")).unwrap()), bits(&odd));
    }
    let (vectors, notices) = Vectors::open(&path, "one", 5).unwrap();
    assert!(notices.is_empty(), "{notices:?}");
    assert_eq!(vectors.len(), 2);
    assert_eq!(bits(vectors.get(key("a")).unwrap()), bits(&odd));
    assert_eq!(vectors.get(key("b")), Some(&[2.0; 5][..]));
    assert_eq!(vectors.get(key("c")), None);
}

#[test]
fn a_vector_of_the_wrong_size_is_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vectors.bin");
    let (mut vectors, _) = Vectors::open(&path, "one", 3).unwrap();
    let refused = vectors.append(&[(key("a"), &[1.0; 3]), (key("b"), &[1.0; 4])]);
    assert!(matches!(refused, Err(Error::Invalid(_))));
    drop(vectors);
    let (vectors, notices) = Vectors::open(&path, "one", 3).unwrap();
    assert!(vectors.is_empty() && notices.is_empty());
}

#[test]
fn vectors_under_another_fingerprint_are_said_to_be_of_no_use_and_begun_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vectors.bin");
    assert!(!Vectors::is_there(&path, "one", 4).unwrap());
    filled(&path, "one", 10);
    assert!(Vectors::is_there(&path, "one", 4).unwrap());
    assert!(!Vectors::is_there(&path, "two", 4).unwrap());
    assert!(!Vectors::is_there(&path, "one", 5).unwrap());

    let (mut vectors, notices) = Vectors::open(&path, "two", 4).unwrap();
    assert!(vectors.is_empty());
    assert_eq!(notices.len(), 1, "{notices:?}");
    vectors.append(&[(key("a"), &[2.0; 4])]).unwrap();
    drop(vectors);
    let (vectors, notices) = Vectors::open(&path, "two", 4).unwrap();
    assert_eq!((vectors.len(), notices.len()), (1, 0), "{notices:?}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is cut off the end or flipped anywhere: what is still there is right, damage is said
    /// once, and the file takes new vectors.
    #[test]
    fn damage_never_gives_a_wrong_vector(
        cut in 0_usize..400,
        flips in proptest::collection::vec((any::<prop::sample::Index>(), 0_u8..8), 0..4),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vectors.bin");
        filled(&path, "one", 20);
        let mut bytes = fs::read(&path).unwrap();
        let whole = bytes.clone();
        bytes.truncate(bytes.len().saturating_sub(cut));
        for (at, bit) in &flips {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        fs::write(&path, &bytes).unwrap();

        let (mut vectors, notices) = Vectors::open(&path, "one", 4).unwrap();
        // Whole records missing at the end are no damage: their texts just have no vector.
        let clean = whole.starts_with(&bytes) && (whole.len() - bytes.len()).is_multiple_of(40);
        prop_assert_eq!(clean, notices.is_empty(), "{:?}", notices);
        prop_assert_eq!(vectors.len() < 20 || bytes == whole, true);
        let survivors = vectors.len();
        for n in 0..20 {
            if let Some(vector) = vectors.get(key(&n.to_string())) {
                prop_assert_eq!(vector, &numbers(n)[..]);
            }
        }
        let again: Vec<_> = (0..20).map(|n| (key(&n.to_string()), numbers(n))).collect();
        let again: Vec<_> = again.iter().map(|(key, v)| (*key, &v[..])).collect();
        vectors.append(&again).unwrap();
        prop_assert_eq!(vectors.len(), 20);
        drop(vectors);

        let (vectors, notices) = Vectors::open(&path, "one", 4).unwrap();
        prop_assert!(notices.is_empty(), "said again: {notices:?}");
        prop_assert_eq!(vectors.len(), 20, "after {} survivors", survivors);
        for n in 0..20 {
            prop_assert_eq!(vectors.get(key(&n.to_string())), Some(&numbers(n)[..]));
        }
    }
}

#[test]
fn only_the_damaged_record_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vectors.bin");
    filled(&path, "one", 20);
    let mut bytes = fs::read(&path).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let (vectors, notices) = Vectors::open(&path, "one", 4).unwrap();
    assert_eq!((vectors.len(), notices.len()), (19, 1));
    drop(vectors);

    // A record that a stop left unfinished costs itself alone.
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() - 7]).unwrap();
    let (vectors, notices) = Vectors::open(&path, "one", 4).unwrap();
    assert_eq!((vectors.len(), notices.len()), (18, 1));
}

fn numbers(n: u8) -> [f32; 4] {
    [1.0, 2.0, 3.0, 4.0].map(|x| x + f32::from(n))
}

/// A vector file with `count` texts, "0" to "19".
fn filled(path: &Path, fingerprint: &str, count: u8) {
    let (mut vectors, _) = Vectors::open(path, fingerprint, 4).unwrap();
    for n in 0..count {
        vectors
            .append(&[(key(&n.to_string()), &numbers(n))])
            .unwrap();
    }
}

//! The encoder as it is shipped.
//!
//! The models are the real ones (scripts/setup fetches them). `fixtures/encoder/reference.json` holds
//! vectors of the same weights in float32 throughout; `translations.json` eight descriptions, each
//! in seven languages.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use curio_engine::Error;
use curio_engine::encode::Encoder;
use curio_engine::manifest::Specification;
use serde::Deserialize;

#[test]
fn a_text_has_the_same_bits_alone_and_in_any_batch() {
    for encoder in [english(), multilingual()] {
        let mut texts = vec!["Kettle.".to_owned(), "雪夜的信使".to_owned()];
        let sentence = "Two rival towns share one railway and must agree on every train. ";
        // Many of one length, so that batches fill, and lengths up to beyond the limit.
        texts.extend((10..30).map(|n| format!("The railway of town number {n}.")));
        texts.extend([1, 2, 3, 5, 8, 13, 40].map(|n| sentence.repeat(n)));
        let together = encode(encoder, &texts);
        for (text, expected) in texts.iter().zip(&together) {
            let alone = encode(encoder, std::slice::from_ref(text));
            assert_eq!(bits(&alone[0]), bits(expected), "{} {text}", encoder.name());
        }
        texts.reverse();
        let reversed = encode(encoder, &texts);
        for (a, b) in together.iter().zip(reversed.iter().rev()) {
            assert_eq!(bits(a), bits(b), "{}", encoder.name());
        }
    }
}

#[test]
fn vectors_are_those_of_full_precision() {
    let reference: Reference = fixture("reference.json");
    for (encoder, expected, least) in [
        (english(), &reference.english, 0.995),
        (multilingual(), &reference.multilingual, 0.998),
    ] {
        let vectors = encode(encoder, &reference.texts);
        for ((text, vector), expected) in reference.texts.iter().zip(&vectors).zip(expected) {
            let cosine = dot(vector, expected);
            assert!(cosine > least, "{} {cosine} {text}", encoder.name());
            assert!((dot(vector, vector) - 1.0).abs() < 1e-5);
            assert_eq!(vector.len(), encoder.dimensions());
        }
    }
}

#[test]
fn a_translation_is_nearest_across_languages() {
    let languages: BTreeMap<String, Vec<String>> = fixture("translations.json");
    let encoder = multilingual();
    let vectors: BTreeMap<_, _> = languages
        .iter()
        .map(|(language, texts)| (language, encode(encoder, texts)))
        .collect();
    let (mut asked, mut missed) = (0, Vec::new());
    for (from, queries) in &vectors {
        for (to, items) in vectors.iter().filter(|(to, _)| *to != from) {
            for (at, query) in queries.iter().enumerate() {
                asked += 1;
                if nearest(query, items) != at {
                    missed.push(format!("{from} to {to}: {}", languages["en"][at]));
                }
            }
        }
    }
    // The weights in float32 miss two of the 336, both from Chinese or Japanese to Arabic.
    assert_eq!(asked, 336);
    assert!(missed.len() <= 4, "{missed:#?}");
}

#[test]
fn a_question_finds_what_answers_it() {
    let languages: BTreeMap<String, Vec<String>> = fixture("translations.json");
    let items = encode(multilingual(), &languages["zh"]);
    let query = multilingual()
        .encode_query("repairing machines on another planet")
        .unwrap();
    assert!(languages["en"][nearest(&query, &items)].contains("Mars"));
}

#[test]
fn nothing_is_encoded_as_zeros() {
    let encoder = english();
    let zeros = vec![0.0; encoder.dimensions()];
    assert_eq!(encoder.encode_query(" \n").unwrap(), zeros);
    let texts = [String::new(), "Kettle.".into(), "\t".into()];
    let vectors = encode(encoder, &texts);
    assert_eq!((&vectors[0], &vectors[2]), (&zeros, &zeros));
    assert!(dot(&vectors[1], &vectors[1]) > 0.9);
}

#[test]
fn huge_and_odd_texts_are_encoded() {
    let odd = [
        "x".repeat(1 << 20),
        " \u{a0}".repeat(50_000) + "end",
        "\0\u{1}\u{feff}\u{202e}".into(),
        "👩‍👩‍👧‍👦🏴‍☠️".into(),
        "ﷺ".repeat(3000),
    ];
    for encoder in [english(), multilingual()] {
        for vector in encode(encoder, &odd) {
            assert!(vector.iter().all(|x| x.is_finite()));
            assert!((dot(&vector, &vector) - 1.0).abs() < 1e-4);
        }
    }
}

#[test]
fn cancelling_keeps_what_is_done_and_stops() {
    let texts: Vec<String> = (0..400)
        .map(|n| format!("Station {n}, track {n}."))
        .collect();
    let stop = AtomicBool::new(false);
    let mut done = Vec::new();
    let result = english().encode_items(
        &texts,
        &mut |at, _| {
            done.push(at);
            stop.store(true, Ordering::Relaxed);
        },
        &|| stop.load(Ordering::Relaxed),
    );
    assert!(matches!(result, Err(Error::Cancelled)), "{result:?}");
    assert!(!done.is_empty() && done.len() < 100, "{} done", done.len());
}

#[test]
fn queries_are_answered_while_items_are_encoded() {
    let texts: Vec<String> = (0..120)
        .map(|n| format!("Station {n}. ") + &"A long way down the line. ".repeat(20))
        .collect();
    let expected = english().encode_query("a railway").unwrap();
    let finished = AtomicBool::new(false);
    let answered = std::thread::scope(|scope| {
        scope.spawn(|| {
            encode(english(), &texts);
            finished.store(true, Ordering::Relaxed);
        });
        let mut answered = 0;
        while !finished.load(Ordering::Relaxed) {
            let vector = english().encode_query("a railway").unwrap();
            assert_eq!(bits(&vector), bits(&expected));
            answered += 1;
        }
        answered
    });
    assert!(answered > 5, "{answered} queries were answered");
}

#[test]
fn what_is_missing_is_named_and_how_to_get_it() {
    let folder = tempfile::tempdir().unwrap();
    let open = |name: &str| {
        let opened = Specification::read(folder.path(), name);
        opened.err().expect("must not open").chain()
    };
    assert!(open("multilingual").contains("manifest.json"));

    fs::copy(
        models().join("manifest.json"),
        folder.path().join("manifest.json"),
    )
    .unwrap();
    assert!(open("klingon").contains("there are english"));
    let missing = open("multilingual");
    assert!(
        missing.contains("onnxruntime") && missing.contains("is missing"),
        "{missing}"
    );
    assert!(missing.contains("fetch.py"), "{missing}");

    let whole = Specification::read(&models(), "english").unwrap();
    assert!(whole.fingerprint().starts_with("english-"));
    fs::create_dir(folder.path().join("onnxruntime")).unwrap();
    fs::create_dir(folder.path().join("english")).unwrap();
    for entry in fs::read_dir(models().join("onnxruntime")).unwrap() {
        let entry = entry.unwrap();
        fs::copy(
            entry.path(),
            folder.path().join("onnxruntime").join(entry.file_name()),
        )
        .unwrap();
    }
    fs::write(folder.path().join("english/model.onnx"), "torn").unwrap();
    let torn = open("english");
    assert!(torn.contains("model.onnx has 4 bytes instead of"), "{torn}");
}

#[test]
fn a_fingerprint_tells_encoders_apart() {
    assert_ne!(english().fingerprint(), multilingual().fingerprint());
    let read = Specification::read(&models(), "english").unwrap();
    assert_eq!(read.fingerprint(), english().fingerprint());
    assert!(read.fingerprint().contains("onnxruntime="));
}

#[derive(Deserialize)]
struct Reference {
    texts: Vec<String>,
    english: Vec<Vec<f32>>,
    multilingual: Vec<Vec<f32>>,
}

pub fn models() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models")
}

fn fixture<T: for<'de> Deserialize<'de>>(name: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/fixtures/encoder")
        .join(name);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn english() -> &'static Encoder {
    static ENCODER: OnceLock<Encoder> = OnceLock::new();
    ENCODER.get_or_init(|| opened("english"))
}

fn multilingual() -> &'static Encoder {
    static ENCODER: OnceLock<Encoder> = OnceLock::new();
    ENCODER.get_or_init(|| opened("multilingual"))
}

fn opened(name: &str) -> Encoder {
    Encoder::open(&models(), name).unwrap_or_else(|error| panic!("{}", error.chain()))
}

fn encode(encoder: &Encoder, texts: &[String]) -> Vec<Vec<f32>> {
    let mut vectors = vec![Vec::new(); texts.len()];
    let mut keep = |at: usize, vector: &[f32]| {
        assert!(vectors[at].is_empty(), "text {at} was reported twice");
        vectors[at] = vector.to_vec();
    };
    encoder.encode_items(texts, &mut keep, &|| false).unwrap();
    vectors
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn nearest(query: &[f32], items: &[Vec<f32>]) -> usize {
    (0..items.len())
        .max_by(|&a, &b| dot(query, &items[a]).total_cmp(&dot(query, &items[b])))
        .unwrap()
}

pub fn bits(vector: &[f32]) -> Vec<u32> {
    vector.iter().map(|x| x.to_bits()).collect()
}

//! Prints what the encoders are worth on this machine: how close they are to full precision, whether
//! a text has the same bits in any batch, how well they find translations, and how fast they are.
//!
//! ```text
//! python3 models/fetch.py multilingual english multilingual-full english-full
//! cargo run --release -p curio-engine --example encoder_report -- \
//!     --models models --texts CATALOGUE.csv --descriptions DESCRIPTIONS.csv
//! ```
//!
//! CATALOGUE is any catalogue that Curio imports; 200 of its rows are used, evenly spread.
//! DESCRIPTIONS has a column for each language and a row for each thing described.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Instant;

use curio_engine::encode::Encoder;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const SAMPLE: usize = 200;
const COLUMNS: [(&str, &str); 6] = [
    ("title", ""),
    ("genres", ""),
    ("directors", "Directed by "),
    ("cast", "Starring "),
    ("keywords", "About "),
    ("description", ""),
];

fn main() -> Result<()> {
    let arguments = arguments()?;
    let models = Path::new(&arguments["--models"]);
    let texts = read_texts(Path::new(&arguments["--texts"]))?;
    let languages = read_languages(Path::new(&arguments["--descriptions"]))?;
    for name in ["english", "multilingual"] {
        report(models, name, &texts, &languages)?;
    }
    Ok(())
}

fn report(
    models: &Path,
    name: &str,
    texts: &[String],
    languages: &BTreeMap<String, Vec<String>>,
) -> Result<()> {
    let opening = Instant::now();
    let encoder = Encoder::open(models, name)?;
    println!("{name}: {}", encoder.fingerprint());
    println!("  opens in {:.2} s", opening.elapsed().as_secs_f64());

    let vectors = encode(&encoder, texts)?;
    match Encoder::open(models, &format!("{name}-full")) {
        Ok(full) => closeness(&vectors, &encode(&full, texts)?),
        Err(error) => println!("  no reference: {}", error.chain()),
    }

    let mut alone_and_together = 0;
    for (text, expected) in texts.iter().zip(&vectors) {
        let alone = encode(&encoder, std::slice::from_ref(text))?;
        alone_and_together += usize::from(bits(&alone[0]) == bits(expected));
    }
    println!(
        "  same bits alone and in a batch: {alone_and_together} of {}",
        texts.len()
    );

    translations(&encoder, languages)?;
    speed(&encoder, languages, texts)
}

/// Cosine to the reference, and how often the nearest neighbour is the same.
fn closeness(vectors: &[Vec<f32>], reference: &[Vec<f32>]) {
    let mut cosines: Vec<f32> = vectors
        .iter()
        .zip(reference)
        .map(|(a, b)| dot(a, b))
        .collect();
    cosines.sort_by(f32::total_cmp);
    let kept = (0..vectors.len())
        .filter(|&at| nearest(&vectors[at], vectors, at) == nearest(&reference[at], reference, at))
        .count();
    println!(
        "  cosine to full precision on {} texts: median {:.5}, minimum {:.5}; nearest neighbour kept {kept}",
        vectors.len(),
        cosines[cosines.len() / 2],
        cosines[0]
    );
}

/// For every text and every other language: is its own translation the nearest?
fn translations(encoder: &Encoder, languages: &BTreeMap<String, Vec<String>>) -> Result<()> {
    let mut vectors = BTreeMap::new();
    for (language, texts) in languages {
        vectors.insert(language, encode(encoder, texts)?);
    }
    let (mut asked, mut found) = (0, 0);
    for (from, queries) in &vectors {
        for (_, items) in vectors.iter().filter(|(to, _)| *to != from) {
            for (at, query) in queries.iter().enumerate() {
                asked += 1;
                found += usize::from(nearest(query, items, usize::MAX) == at);
            }
        }
    }
    println!(
        "  translation nearest: {found} of {asked} ({:.3}), {} languages",
        found as f64 / f64::from(asked),
        languages.len()
    );
    Ok(())
}

fn speed(
    encoder: &Encoder,
    languages: &BTreeMap<String, Vec<String>>,
    texts: &[String],
) -> Result<()> {
    let mut short: Vec<String> = texts.iter().map(|t| first_words(t, 8)).collect();
    let mut long: Vec<String> = texts
        .iter()
        .map(|t| first_words(&format!("{t} ").repeat(8), 70))
        .collect();
    for (what, texts) in [("short", &mut short), ("long", &mut long)] {
        let started = Instant::now();
        encode(encoder, texts)?;
        let words = texts
            .iter()
            .map(|t| t.split_whitespace().count())
            .sum::<usize>()
            / texts.len();
        let rate = texts.len() as f64 / started.elapsed().as_secs_f64();
        println!("  {what} texts ({words} words): {rate:.0} a second");
    }
    let mut latencies = Vec::new();
    for query in languages.values().flatten() {
        let started = Instant::now();
        encoder.encode_query(&first_words(query, 4))?;
        latencies.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    latencies.sort_by(f64::total_cmp);
    println!(
        "  one query: {:.1} ms at the median, {:.1} ms at the 95th of a hundred\n",
        latencies[latencies.len() / 2],
        latencies[latencies.len() * 95 / 100]
    );
    Ok(())
}

fn read_texts(path: &Path) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for row in csv::Reader::from_path(path)?.deserialize::<BTreeMap<String, String>>() {
        let row = row?;
        let parts = COLUMNS.iter().filter_map(|(column, lead)| {
            let value = row.get(*column).filter(|v| !v.is_empty())?;
            Some(format!("{lead}{}.", value.replace(['|', ';'], ", ")))
        });
        texts.push(parts.collect::<Vec<_>>().join(" "));
    }
    let step = (texts.len() / SAMPLE).max(1);
    Ok(texts.into_iter().step_by(step).take(SAMPLE).collect())
}

fn read_languages(path: &Path) -> Result<BTreeMap<String, Vec<String>>> {
    let mut languages = BTreeMap::<String, Vec<String>>::new();
    for row in csv::Reader::from_path(path)?.deserialize::<BTreeMap<String, String>>() {
        for (language, text) in row? {
            if language != "item" {
                languages.entry(language).or_default().push(text);
            }
        }
    }
    Ok(languages)
}

fn arguments() -> Result<BTreeMap<String, PathBuf>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let given: BTreeMap<String, PathBuf> = words
        .chunks_exact(2)
        .map(|pair| (pair[0].clone(), PathBuf::from(&pair[1])))
        .collect();
    for needed in ["--models", "--texts", "--descriptions"] {
        if !given.contains_key(needed) {
            return Err(format!("{needed} is missing; see the head of this example").into());
        }
    }
    Ok(given)
}

fn encode(encoder: &Encoder, texts: &[String]) -> Result<Vec<Vec<f32>>> {
    let mut vectors = vec![Vec::new(); texts.len()];
    encoder.encode_items(texts, &mut |at, v| vectors[at] = v.to_vec(), &|| false)?;
    Ok(vectors)
}

fn first_words(text: &str, count: usize) -> String {
    text.split_whitespace()
        .take(count)
        .collect::<Vec<_>>()
        .join(" ")
}

fn nearest(query: &[f32], items: &[Vec<f32>], except: usize) -> usize {
    (0..items.len())
        .filter(|&at| at != except)
        .max_by(|&a, &b| dot(query, &items[a]).total_cmp(&dot(query, &items[b])))
        .unwrap_or(except)
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn bits(vector: &[f32]) -> Vec<u32> {
    vector.iter().map(|x| x.to_bits()).collect()
}

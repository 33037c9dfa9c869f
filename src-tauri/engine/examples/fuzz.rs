//! Fuzzes the importer: files that people have, damaged at random, are imported again and again.
//!
//! `fuzz run SECONDS SEED CORPUS FOUND` begins with the files of the folder CORPUS and its subfolders. A
//! damaged file that is read in a way not seen before (another format, another complaint) is damaged
//! further, and the smallest of those are kept in FOUND/kept. A file that breaks a rule is written to the folder FOUND: nothing panics, every row is counted
//! once, and a second import of the same file adds nothing, so that what was accepted is there. It is told
//! on standard output what was done; the exit code is 1 when a rule was broken.
//!
//! `fuzz make COUNT SEED CORPUS FOLDER` only writes that many damaged files, each in a folder of its own;
//! `scripts/fuzz` puts them through the command line.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use curio_engine::view::Imported;
use curio_engine::{Engine, Error, ErrorKind, ImportOptions, Settings, Watch};
use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg64Mcg;

/// The largest file that is made.
const LARGEST: usize = 64 << 10;
/// One file in so many is imported and not only looked at.
const WRITTEN: u64 = 32;
/// One store takes so many imports before the next is begun.
const FRESH: u64 = 64;
/// So many of the smallest files that were read in a way of their own are kept.
const KEPT: usize = 64;
/// What breaks readers.
const TOKENS: [&[u8]; 44] = [
    b"\"",
    b"\"\"",
    b",",
    b";",
    b"\t",
    b"|",
    b"\n",
    b"\r",
    b"\r\n",
    b"\0",
    b"=",
    b"'",
    b"\\",
    b"\x1a",
    b"\x0c",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"sep=;\n",
    b"=\"9780306406157\"",
    b"=\"\"",
    b"0",
    b"-0",
    b"1e309",
    b"-1",
    b"NaN",
    b"inf",
    b"9999999999999999999999",
    b"3,5",
    b"1.234,5",
    b"31/12/2020",
    b"12/31/2020",
    b"2020-02-30",
    b"253402300800000",
    b"&#x110000;",
    b"&amp;",
    b"<script>",
    b"<!--",
    b"\xe2\x80\xae",
    b"\xcc\x81\xcc\x81",
    b"\xf0\x9f\x8e\xac",
    b"\xc3",
    b"\xe7\x94",
    b"title,rating,date\n",
];

struct Sample {
    name: String,
    bytes: Vec<u8>,
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let [_, what, count, seed, corpus, folder] = args[..] else {
        eprintln!("fuzz run SECONDS SEED CORPUS FOUND\nfuzz make COUNT SEED CORPUS FOLDER");
        return ExitCode::from(2);
    };
    let (count, seed) = (count.parse().unwrap_or(60), seed.parse().unwrap_or(0));
    let mut samples = Vec::new();
    gather(Path::new(corpus), &mut samples);
    assert!(!samples.is_empty(), "no file in {corpus}");
    match what {
        "make" => make(count, seed, &samples, Path::new(folder)),
        _ => run(Duration::from_secs(count), seed, samples, folder),
    }
}

/// Writes damaged files.
fn make(count: u64, seed: u64, samples: &[Sample], folder: &Path) -> ExitCode {
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    for n in 0..count {
        let sample = damaged(samples, &mut random);
        let place = folder.join(n.to_string());
        fs::create_dir_all(&place).expect("the folder is made");
        fs::write(place.join(&sample.name), &sample.bytes).expect("the file is written");
    }
    ExitCode::SUCCESS
}

/// Imports damaged files until the time is up.
fn run(seconds: Duration, seed: u64, mut samples: Vec<Sample>, found: &str) -> ExitCode {
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    let (given, begun) = (samples.len(), Instant::now());
    // What panics is caught and told with its file.
    panic::set_hook(Box::new(|_| {}));
    let room = tempfile::tempdir().expect("a folder for temporary files");
    let mut bench = Bench::begin(room.path(), 0);
    let (mut tried, mut written, mut rows, mut broken) = (0_u64, 0_u64, 0_u64, 0_u64);
    let mut seen = BTreeSet::new();
    while begun.elapsed() < seconds {
        let sample = damaged(&samples, &mut random);
        let file = room.path().join(&sample.name);
        fs::write(&file, &sample.bytes).expect("the file is written");
        if tried > 0 && tried.is_multiple_of(FRESH * WRITTEN) {
            bench = Bench::begin(room.path(), tried);
        }
        tried += 1;
        let write = tried.is_multiple_of(WRITTEN);
        written += u64::from(write);
        match panic::catch_unwind(AssertUnwindSafe(|| bench.judge(&file, write))) {
            Ok(Ok(look)) => {
                rows += look.rows;
                if seen.insert(look.signature) && samples.len() < given + 4_000 {
                    samples.push(sample);
                }
            }
            Ok(Err(rule)) => broken += keep(found, tried, &sample, &rule),
            Err(panicked) => {
                let said = panicked.downcast_ref::<String>().cloned();
                let said =
                    said.or_else(|| panicked.downcast_ref::<&str>().map(|s| (*s).to_owned()));
                broken += keep(
                    found,
                    tried,
                    &sample,
                    &format!("panic: {}", said.unwrap_or_default()),
                );
                bench = Bench::begin(room.path(), tried);
            }
        }
        let _ = fs::remove_file(&file);
    }
    samples[given..].sort_by_key(|sample| sample.bytes.len());
    for (n, sample) in samples[given..].iter().take(KEPT).enumerate() {
        let kept = Path::new(found).join("kept");
        let _ = fs::create_dir_all(&kept);
        let _ = fs::write(kept.join(format!("{n}-{}", sample.name)), &sample.bytes);
    }
    println!(
        "{tried} files from {given} samples in {} s, seed {seed}: {rows} rows, {written} of them imported for \
         good, {} ways of being read, {broken} broke a rule",
        begun.elapsed().as_secs(),
        seen.len(),
    );
    ExitCode::from(u8::from(broken > 0))
}

fn gather(folder: &Path, samples: &mut Vec<Sample>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            gather(&path, samples);
        } else if let (Ok(mut bytes), Some(name)) = (fs::read(&path), path.file_name()) {
            // Archives mean nothing when cut.
            if !bytes.starts_with(b"PK") {
                bytes.truncate(LARGEST);
            }
            if bytes.len() <= 4 * LARGEST {
                samples.push(Sample {
                    name: name.to_string_lossy().into_owned(),
                    bytes,
                });
            }
        }
    }
}

fn keep(found: &str, n: u64, sample: &Sample, rule: &str) -> u64 {
    println!("{n}: {}: {rule}", sample.name);
    let _ = fs::create_dir_all(found);
    let _ = fs::write(
        Path::new(found).join(format!("{n}-{}", sample.name)),
        &sample.bytes,
    );
    1
}

/// A number below `bound`, which is not 0.
fn below(random: &mut Pcg64Mcg, bound: usize) -> usize {
    (random.next_u64() % bound as u64) as usize
}

/// A sample with some damage.
fn damaged(samples: &[Sample], random: &mut Pcg64Mcg) -> Sample {
    let sample = &samples[below(random, samples.len())];
    let mut bytes = sample.bytes.clone();
    for _ in 0..=below(random, 6) {
        damage(&mut bytes, samples, random);
    }
    bytes.truncate(4 * LARGEST);
    Sample {
        name: sample.name.clone(),
        bytes,
    }
}

fn damage(bytes: &mut Vec<u8>, samples: &[Sample], random: &mut Pcg64Mcg) {
    let at = below(random, bytes.len() + 1);
    let span = |bytes: &[u8], random: &mut Pcg64Mcg| {
        let length = 1 << below(random, 12);
        at..(at + 1 + below(random, length)).min(bytes.len()).max(at)
    };
    match below(random, 12) {
        0 if at < bytes.len() => bytes[at] ^= 1 << below(random, 8),
        1 if at < bytes.len() => bytes[at] = random.next_u64() as u8,
        2 => bytes.truncate(at),
        3 => {
            let range = span(bytes, random);
            bytes.drain(range);
        }
        4 => {
            let range = span(bytes, random);
            let copy = bytes[range].to_vec();
            for _ in 0..=below(random, 3) {
                bytes.splice(at..at, copy.iter().copied());
            }
        }
        5 => {
            let other = &samples[below(random, samples.len())].bytes;
            let from = below(random, other.len() + 1);
            let to = (from + below(random, 2_000)).min(other.len());
            bytes.splice(at..at, other[from..to].iter().copied());
        }
        6 => lines(bytes, |lines| {
            let (a, b) = (below(random, lines.len()), below(random, lines.len()));
            lines.swap(a, b);
        }),
        7 => lines(bytes, |lines| {
            let n = below(random, lines.len());
            lines.insert(below(random, lines.len()), lines[n].clone());
        }),
        8 => {
            let text = String::from_utf8_lossy(bytes).into_owned();
            *bytes = match below(random, 4) {
                0 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
                1 => encoding_rs::GB18030.encode(&text).0.into_owned(),
                2 => encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
                _ => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            };
        }
        9 => {
            let (from, to) = (
                [b',', b';', b'\t', b'|'][below(random, 4)],
                [b',', b';', b'\t', b'|'][below(random, 4)],
            );
            for byte in bytes.iter_mut().filter(|byte| **byte == from) {
                *byte = to;
            }
        }
        _ => {
            let token = TOKENS[below(random, TOKENS.len())];
            bytes.splice(at..at, token.iter().copied());
        }
    }
}

fn lines(bytes: &mut Vec<u8>, change: impl FnOnce(&mut Vec<Vec<u8>>)) {
    let mut lines: Vec<Vec<u8>> = bytes.split(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
    change(&mut lines);
    *bytes = lines.join(&b'\n');
}

/// An engine over a data folder of its own.
struct Bench {
    engine: Engine,
}

/// How a file was taken.
struct Look {
    rows: u64,
    /// The same for files that are read in the same way.
    signature: String,
}

impl Bench {
    fn begin(room: &Path, n: u64) -> Self {
        let data = room.join(format!("data-{n}"));
        let settings = Settings {
            models: data.join("models"),
            data,
            encoder: Some("none".to_owned()),
        };
        let engine = Engine::open(settings).expect("an empty folder is opened");
        Self { engine }
    }

    /// Imports a file, or only looks at it; a rule that it breaks is the error.
    fn judge(&self, file: &Path, write: bool) -> Result<Look, String> {
        let told = self.import(file, !write);
        let all = match &told {
            Ok(all) => all,
            Err(error) if error.kind() == ErrorKind::Internal => return Err(error.chain()),
            Err(error) => {
                return Ok(Look {
                    rows: 0,
                    signature: words(&error.chain()),
                });
            }
        };
        let mut signature = String::new();
        let mut rows = 0;
        for one in all {
            let counted = one.stored + one.updated + one.duplicates + one.rejected;
            if one.problem.is_none() && one.read != counted {
                return Err(format!("{} rows were read and {counted} counted", one.read));
            }
            rows += one.read;
            let notes = words(&one.notes.join(" "));
            let _ = write!(signature, "{} {:?} {notes}", one.format, one.content);
            let reasons: BTreeSet<String> = one.rejects.iter().map(|r| words(&r.reason)).collect();
            let _ = write!(signature, "{reasons:?} {}", one.problem.is_some());
        }
        if write {
            self.again(file, all)?;
        }
        Ok(Look { rows, signature })
    }

    /// What was accepted is there, and the same file has nothing more to add.
    fn again(&self, file: &Path, first: &[Imported]) -> Result<(), String> {
        let status = self.engine.status();
        let stored: u64 = first.iter().map(|one| one.stored).sum();
        if stored > status.items as u64 + status.linked as u64 + status.entries {
            return Err(format!("{stored} rows stored, and {status:?}"));
        }
        for one in self.import(file, false).map_err(|error| error.chain())? {
            if one.stored > 0 {
                return Err(format!("{} rows were stored again", one.stored));
            }
        }
        Ok(())
    }

    fn import(&self, file: &Path, dry_run: bool) -> Result<Vec<Imported>, Error> {
        let options = ImportOptions {
            dry_run,
            profile: Some("Ann".to_owned()),
            ..ImportOptions::default()
        };
        let at = 1_700_000_000_000;
        self.engine
            .import_all(&[file.to_path_buf()], &options, at, &Watch::NONE)
    }
}

/// A message without what differs from file to file: letters of plain words only.
fn words(message: &str) -> String {
    let plain = message.split('"').step_by(2).collect::<String>();
    let words = plain
        .split_whitespace()
        .filter(|word| word.chars().all(|c| c.is_ascii_lowercase()));
    words.collect::<Vec<_>>().join(" ")
}

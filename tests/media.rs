//! Media folders: real files scanned, changed and scanned again; every value of some of them; and files
//! that mean harm. No file is ever changed by it.

mod files;
mod whole;

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use curio_engine::view::{Imported, ItemView};
use curio_engine::{Engine, Watch};
use tempfile::TempDir;

use files::{all, epub, opf, put};
use whole::fill;

use crate::archives::zipped;
use crate::opened::open;
use crate::pictures::png;

/// 2026-01-02 03:04:05 UTC.
const AT: i64 = 1_767_323_045_000;

struct Home {
    folder: TempDir,
    engine: Engine,
    clock: Cell<i64>,
}

impl Home {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let engine = open(folder.path());
        fs::create_dir(folder.path().join("media")).unwrap();
        Self {
            folder,
            engine,
            clock: Cell::new(AT),
        }
    }

    fn media(&self) -> PathBuf {
        self.folder.path().join("media")
    }

    fn at(&self, name: &str) -> PathBuf {
        self.media().join(name)
    }

    /// Scans, and holds that not a byte of the folder has changed and every row is counted.
    fn scan(&self) -> Imported {
        self.scan_with(false, &Watch::NONE)
    }

    fn scan_with(&self, dry_run: bool, watch: &Watch) -> Imported {
        self.clock.set(self.clock.get() + 60_000);
        self.engine.add_folder(&self.media()).unwrap();
        let before = all(&self.media());
        let scans = self
            .engine
            .scan_folders(&[], dry_run, self.clock.get(), watch);
        let mut scans = scans.unwrap();
        assert!(before == all(&self.media()), "a scan changed a file");
        assert_eq!(scans.len(), 1);
        let scan = scans.remove(0);
        assert_eq!(scan.problem, None);
        let counted = scan.stored + scan.updated + scan.duplicates + scan.rejected;
        assert_eq!(scan.read, counted, "{scan:?}");
        scan
    }

    fn item(&self, title: &str) -> ItemView {
        let id = self
            .engine
            .find_item(title)
            .unwrap_or_else(|e| panic!("{title}: {e}"));
        self.engine.show(id).unwrap()
    }

    /// The size of an item's cover.
    fn cover(&self, title: &str) -> Option<(u32, u32)> {
        let cover = self.item(title).cover?;
        let picture = image::open(cover).unwrap();
        Some((picture.width(), picture.height()))
    }
}

fn counts(scan: &Imported) -> [u64; 4] {
    [scan.stored, scan.updated, scan.duplicates, scan.rejected]
}

fn noted(scan: &Imported, words: &str) -> bool {
    scan.notes.iter().any(|note| note.contains(words))
}

fn year(item: &ItemView) -> Option<f64> {
    item.year
        .as_ref()
        .filter(|year| !year.filled)
        .map(|year| year.value)
}

#[test]
fn a_scan_is_undone_as_a_whole_and_nothing_scans_it_again_by_itself() {
    let home = Home::new();
    fill(&home);
    home.scan();
    put(
        &home.at("Books/new.epub"),
        epub(&opf("Entirely New", "N. Ew", "")),
    );
    home.scan();
    let undone = home.engine.undo_import(AT).unwrap();
    assert_eq!((undone.removed, undone.restored, undone.kept), (1, 0, 0));
    assert!(home.engine.find_item("Entirely New").is_err());
    assert_eq!(home.engine.folders().unwrap()[0].scanned, None);
    let undone = home.engine.undo_import(AT).unwrap();
    assert_eq!(undone.removed, 97, "items with covers too");
    assert_eq!(home.engine.status().items, 0);
    assert_eq!(home.scan().stored, 98);
}

#[test]
fn a_scan_that_is_stopped_goes_on() {
    let home = Home::new();
    let things = fill(&home) as u64;
    for stop in [40, 250] {
        let asked = AtomicUsize::new(0);
        let watch = Watch {
            progress: &|_| (),
            cancelled: &|| asked.fetch_add(1, Ordering::SeqCst) >= stop,
        };
        assert!(home.scan_with(false, &watch).cancelled);
    }
    let stored = home.engine.status().items as u64;
    assert!(stored > 0 && stored < things, "{stored}");
    let rest = home.scan();
    assert_eq!(counts(&rest), [things - stored, 0, 0, 0]);
}

#[test]
fn what_a_hand_has_set_stays_and_a_cover_given_by_hand_goes_before_the_file_s() {
    let home = Home::new();
    fill(&home);
    home.scan();
    let film = home.item("Reel 0");
    let own = home.folder.path().join("own.png");
    fs::write(&own, png(10, 10)).unwrap();
    home.engine.set_cover(film.id, Some(&own)).unwrap();
    let nfo = home.at("Films/Reel 0 (1950)/Reel 0.nfo");
    let text = fs::read_to_string(&nfo).unwrap().replace("Italy", "France");
    fs::write(&nfo, text).unwrap();
    assert_eq!(counts(&home.scan()), [0, 1, 0, 0]);
    assert_eq!(home.item("Reel 0").countries, ["France"]);
    assert_eq!(home.cover("Reel 0"), Some((10, 10)));
    home.engine.set_cover(film.id, None).unwrap();
    assert_eq!(home.cover("Reel 0"), Some((100, 150)));
}

#[test]
fn files_that_mean_harm_cost_a_message() {
    let home = Home::new();
    let zeros = vec![b' '; 64 << 20];
    let bomb = zipped(&[("META-INF/container.xml", &zeros)]);
    assert!(bomb.len() < 1 << 20);
    put(&home.at("bomb.epub"), bomb);
    let laughs: String = (1..10)
        .map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10)))
        .collect();
    let laughs = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY l0 \"lol\">{laughs}]><movie><title>Laughs</title><year>2001</year><plot>&l9;</plot></movie>"
    );
    put(&home.at("Laughs (2001).mkv"), "");
    put(&home.at("Laughs (2001).nfo"), laughs);
    let deep = format!("<movie>{}", "<a>".repeat(200_000));
    put(&home.at("Deep (2002).mkv"), "");
    put(&home.at("Deep (2002).nfo"), deep);
    // The head of a picture of 20,000 by 20,000 points.
    let mut huge = png(1, 1);
    huge[16..24].copy_from_slice(&[0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20]);
    let sum = crc(&huge[12..29]);
    huge[29..33].copy_from_slice(&sum.to_be_bytes());
    put(&home.at("Huge (2003).mkv"), "");
    put(&home.at("Huge (2003)-poster.png"), huge);
    let out = opf("Out", "O. Ut", "").replace("../images/cover.png", "../../../../etc/passwd");
    let container = b"<container><rootfiles><rootfile full-path=\"../../../etc/passwd\"/></rootfiles></container>";
    put(&home.at("out.epub"), epub(&out));
    put(
        &home.at("escape.epub"),
        zipped(&[
            ("META-INF/container.xml", container),
            ("../../../outside.txt", b"x"),
        ]),
    );
    put(&home.at("empty.mp3"), "");
    put(&home.at("packed.mp3"), packed_tag());
    put(
        &home.at("noise.flac"),
        (0..5000_u32)
            .map(|n| (n * n / 7) as u8)
            .collect::<Vec<u8>>(),
    );
    put(&home.at("fine.epub"), epub(&opf("Fine", "F. Ine", "")));
    #[cfg(unix)]
    {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt as _;
        std::os::unix::fs::symlink(home.media(), home.at("loop")).unwrap();
        std::os::unix::fs::symlink("/etc", home.at("away")).unwrap();
        let odd = home.media().join(OsStr::from_bytes(b"odd \xff\xfe.epub"));
        put(&odd, epub(&opf("Odd", "O. Dd", "")));
    }
    let scan = home.scan();
    let reasons: Vec<&str> = scan
        .rejects
        .iter()
        .map(|reject| reject.reason.as_str())
        .collect();
    for name in [
        "bomb.epub",
        "Deep (2002).mkv",
        "escape.epub",
        "empty.mp3",
        "noise.flac",
        "packed.mp3",
    ] {
        assert!(
            reasons.iter().any(|reason| reason.starts_with(name)),
            "{name}: {reasons:?}"
        );
    }
    assert_eq!(scan.rejected, 6, "{reasons:?}");
    assert_eq!(home.item("Laughs").description, "&l9;", "not expanded");
    assert_eq!(home.item("Huge").cover, None);
    assert!(noted(&scan, "pictures cannot be read"), "{:?}", scan.notes);
    assert_eq!(home.item("Out").cover, None);
    assert_eq!(home.cover("Fine"), Some((30, 45)));
    assert!(!home.folder.path().join("outside.txt").exists());
    if cfg!(unix) {
        assert_eq!(home.item("Odd").creators, ["O. Dd"]);
        assert!(noted(&scan, "2 links are not followed"), "{:?}", scan.notes);
    }
    assert_eq!(counts(&home.scan())[..2], [0, 0]);
}

#[test]
fn folders_are_listed_once_and_never_lie_in_one_another() {
    let home = Home::new();
    fs::create_dir_all(home.at("inner")).unwrap();
    let add = |path: &Path| home.engine.add_folder(path);
    assert_eq!(add(&home.at("inner")).unwrap().len(), 1);
    assert_eq!(add(&home.at("inner")).unwrap().len(), 1);
    assert!(
        add(&home.media())
            .unwrap_err()
            .to_string()
            .contains("in one another")
    );
    assert!(
        add(&home.folder.path().join("data"))
            .unwrap_err()
            .to_string()
            .contains("data folder")
    );
    assert!(add(&home.at("nowhere")).is_err());
    fs::remove_dir(home.at("inner")).unwrap();
    let scan = home
        .engine
        .scan_folders(&[], false, AT, &Watch::NONE)
        .unwrap();
    assert!(
        scan[0]
            .problem
            .as_ref()
            .is_some_and(|problem| problem.contains("cannot read"))
    );
    let inner = home.media().canonicalize().unwrap().join("inner");
    assert!(home.engine.remove_folder(&inner).unwrap().is_empty());
    assert!(home.engine.remove_folder(&inner).is_err());
    assert!(
        home.engine
            .scan_folders(&[], false, AT, &Watch::NONE)
            .is_err()
    );
}

/// A track whose tag has a frame that unpacks to a thousand times its size.
fn packed_tag() -> Vec<u8> {
    let archive = zipped(&[("x", &vec![0; 64 << 20])]);
    let packed = u32::from_le_bytes(archive[18..22].try_into().unwrap()) as usize;
    let mut frame = b"\0\0\0\0\x78\x9c".to_vec();
    frame.extend(&archive[31..31 + packed]);
    let size = frame.len() as u32 + 10;
    let mut tag = b"ID3\x03\0\0".to_vec();
    tag.extend([21, 14, 7, 0].map(|shift| (size >> shift & 0x7f) as u8));
    tag.extend(b"PRIV");
    tag.extend((frame.len() as u32).to_be_bytes());
    tag.extend([0, 0x80]);
    tag.extend(frame);
    tag
}

/// The sum of a part of a PNG.
fn crc(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 };
        }
    }
    !sum
}

#[test]
fn what_a_catalogue_said_of_a_film_stays_when_its_file_is_found() {
    let home = Home::new();
    let csv = home.folder.path().join("films.csv");
    let text = "Const,Title,Title Type,Year,Genres,Directors\n\
                tt0133093,The Matrix,movie,1999,Action,Lana Wachowski\n";
    fs::write(&csv, text).unwrap();
    let options = curio_engine::ImportOptions::default();
    home.engine
        .import(&csv, &options, AT, &Watch::NONE)
        .unwrap();
    put(&home.at("The Matrix (1999) {imdb-tt0133093}.mkv"), b"");
    for _ in 0..2 {
        home.scan();
        let film = home.item("The Matrix");
        assert_eq!(film.creators, ["Lana Wachowski"]);
        assert_eq!(film.genres, ["Action"]);
    }
    put(&home.at("A Proper Marriage (1954).mkv"), b"");
    home.scan();
    assert_eq!(year(&home.item("A Proper Marriage")), Some(1954.0));
}

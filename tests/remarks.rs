//! What the engine says of files and rows, which the window knows by its words and says in other languages:
//! `fixtures/remarks.json` is what both are held to.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use curio_engine::view::Imported;
use curio_engine::{ImportOptions, Watch};
use tempfile::TempDir;

use crate::archives::zipped;
use crate::opened::open;

/// 2026-01-02 03:04:05 UTC.
const AT: i64 = 1_767_323_045_000;

const FILES: [(&str, &str); 16] = [
    (
        "shelf.csv",
        "title;year;added;price;stock;rating;stars\n\
         A;1990;03.04.2019;1,5;2;7,5;4\n\
         B;soon;03.04.2019;1;2;7;4\n\
         C;9999;03.04.2019;1;2;7;4\n\
         D;1990;03.04.2019;-1;2;7;4\n\
         E;1990;03.04.2019;1;2;99;4\n\
         F;1990;03.04.2019;dear;2;7;4\n\
         ;1990;03.04.2019;1;2;7;4\n\
         G;1990\n",
    ),
    (
        "log.csv",
        "a shop's log\ntitle,action,date\nA,like,2020-01-02\nA,levitate,2020-01-02\nA,like,yesterday\nA,,2020-01-02\n",
    ),
    (
        "read.csv",
        "user,title,date\nBea,A,2020-01-02\n,B,2020-01-02\n",
    ),
    (
        "orders.csv",
        "order_id,product,quantity,status,date\n1,A,1,paid,2020-01-02\n1,B,-1,paid,2020-01-02\n\
         2,A,0,paid,2020-01-02\n3,A,1,cancelled,2020-01-02\n",
    ),
    ("things.csv", "foo,bar\nx,y\n"),
    (
        "plays.csv",
        "Nina,Blues,Sinnerman,01 Feb 2020 10:00\nNina,Blues,Feeling Good,02 Feb 2020 10:00\n",
    ),
    ("watched.csv", "title,date\nA,03.04.2019\nB,13.04.2019\n"),
    ("seen.csv", "title,date\nA,03.04.2019\n"),
    ("wide.csv", "title,genre\nA,x,y,z\n"),
    ("likes.csv", "title,stars\nA,1\nB,-1\nC,0\n"),
    ("deeds.csv", "user,item,action\nBea,1,levitate\n"),
    (
        "states.csv",
        "title,type,status\nA,zine,asleep\nB,zine,done\n",
    ),
    ("shop.csv", "sku,name,worth\n1,A,2\n1,A,3\n2,B,3\n"),
    ("short.csv", "title,isbn13\nA,9.78026E+12\nB,9.78026E+12\n"),
    (
        "numbers.csv",
        "id,title,year,author\n1,Emma,1815,Jane Austen\n1,Heat,1995,Michael Mann\n",
    ),
    (
        "shopify.csv",
        "Name,Email,Lineitem sku,Lineitem quantity,Cancelled at\n#1,bea@example.com,1,1,2020-01-02\n",
    ),
];

/// Two lists of one archive that count for themselves.
const LISTS: [(&str, &[u8]); 2] = [
    (
        "films.csv",
        b"id,film,director\n1,Heat,Michael Mann\n2,Ran,Akira Kurosawa\n",
    ),
    (
        "books.csv",
        b"id,book,author\n1,Emma,Jane Austen\n2,Dune,Frank Herbert\n",
    ),
];

/// A product of a shop that is not for sale.
const DRAFT: (&str, &[u8]) = (
    "products.csv",
    b"Handle,Title,Variant SKU,Variant Price,Status\nmug,Mug,1,2,draft\n",
);

/// Files in which bytes are broken, once and more than once.
const BROKEN: [(&str, &[u8]); 2] = [
    ("once.csv", b"title,kind\nCaf\xc3\xa9,film\nTar\xff,film\n"),
    (
        "twice.csv",
        b"title,kind\nCaf\xc3\xa9 M\xc3\xbcller,film\nTar\xff,film\nJ\xffzz,film\n",
    ),
];

/// Tables of one archive, of which one alone can be read.
const TABLES: [(&str, &[u8]); 3] = [
    ("Seen.csv", b"title,kind\nA,film\n"),
    ("Things.csv", b"foo,bar\nx,y\n"),
    (
        "Wishlist.csv",
        b"what I want\nand what I do not\ntitle,year\nA\nno table\nat all\n",
    ),
];

/// Folders of files that are not what their names say.
const FOLDERS: [(&str, &[&str]); 2] = [
    ("media", &["broken.flac", "broken.epub", "notes.doc"]),
    ("one", &["broken.flac"]),
];

fn told(imported: &Imported, all: &mut BTreeSet<String>) {
    all.extend(imported.notes.iter().cloned());
    all.extend(imported.rejects.iter().map(|reject| reject.reason.clone()));
    all.extend(imported.problem.clone());
    for part in &imported.parts {
        told(part, all);
    }
}

#[test]
fn what_is_said_of_files_is_what_the_window_knows() {
    let folder = TempDir::new().unwrap();
    let engine = open(folder.path());
    let mut all = BTreeSet::new();
    let tables = zipped(&TABLES);
    let texts = FILES.map(|(name, text)| (name, text.as_bytes()));
    let files = texts.into_iter().chain(BROKEN);
    let lists = zipped(&LISTS);
    let archives = [
        ("tables.zip", &tables[..]),
        ("lists.zip", &lists[..]),
        DRAFT,
    ];
    for (name, text) in files.chain(archives) {
        let file = folder.path().join(name);
        fs::write(&file, text).unwrap();
        let options = ImportOptions {
            dry_run: true,
            ..ImportOptions::default()
        };
        let imported = engine.import(&file, &options, AT, &Watch::NONE).unwrap();
        told(&imported, &mut all);
    }
    for (name, files) in FOLDERS {
        let media = folder.path().join(name);
        fs::create_dir(&media).unwrap();
        for name in files {
            fs::write(media.join(name), "nothing of the sort").unwrap();
        }
        engine.add_folder(&media).unwrap();
    }
    for imported in engine.scan_folders(&[], true, AT, &Watch::NONE).unwrap() {
        told(&imported, &mut all);
    }
    let said = serde_json::to_string_pretty(&all).unwrap() + "\n";
    let fixture: PathBuf =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/remarks.json");
    if std::env::var_os("CURIO_BLESS").is_some() {
        fs::write(&fixture, &said).unwrap();
    }
    assert_eq!(fs::read_to_string(fixture).unwrap(), said);
}

//! Orders and tills: purchases by basket, and what they teach.

mod stock;

use std::fmt::Write as _;
use std::fs;

use curio_engine::behaviour::{Action, Deed, Entry};
use curio_engine::catalogue::ItemId;
use curio_engine::trial::Trial;
use curio_engine::view::{ExportFormat, Imported, Request};
use curio_engine::{Engine, ImportOptions, Watch};
use tempfile::TempDir;

use crate::opened::open;

const NOW: i64 = 1_767_323_045_000;

struct Shop {
    engine: Engine,
    folder: TempDir,
}

/// Forty products of four categories, the fortieth sold out and the thirty-ninth of unknown stock.
fn stock(price: f64) -> String {
    let mut text = "sku,name,category,price,stock\n".to_owned();
    for n in 0..40 {
        let stock = match n {
            38 => String::new(),
            39 => "0".to_owned(),
            _ => (n + 1).to_string(),
        };
        let _ = writeln!(text, "P{n},Thing {n},Shelf {},{price},{stock}", n % 4);
    }
    text
}

fn shop() -> Shop {
    let folder = TempDir::new().unwrap();
    let engine = open(folder.path());
    let shop = Shop { engine, folder };
    shop.import("stock.csv", &stock(2.5));
    shop
}

/// Eighty receipts: thing 1 goes with thing 2, and everybody buys thing 0.
fn receipts() -> String {
    let mut text = "receipt_no,sku,quantity,date\n".to_owned();
    for n in 0..80 {
        let day = 1 + n % 28;
        let also = 4 + n % 33;
        let (month, pair) = (1 + n / 28, n % 4 == 0);
        for item in [0, also]
            .into_iter()
            .chain(pair.then_some(1))
            .chain(pair.then_some(2))
        {
            let _ = writeln!(text, "R{n},P{item},1,2025-0{month}-{day:02}");
        }
    }
    text
}

impl Shop {
    fn import(&self, name: &str, text: &str) -> Imported {
        self.import_with(name, text, &ImportOptions::default())
    }

    fn import_with(&self, name: &str, text: &str, options: &ImportOptions) -> Imported {
        let file = self.folder.path().join(name);
        fs::write(&file, text).unwrap();
        self.engine
            .import(&file, options, NOW, &Watch::NONE)
            .unwrap()
    }

    /// What a profile's log says, as it is exported: action, time and basket.
    fn log(&self, name: &str) -> Vec<[String; 3]> {
        let out = self.folder.path().join("log");
        self.engine.export(&out, ExportFormat::Csv, None).unwrap();
        let text = fs::read_to_string(out.join("interactions.csv")).unwrap();
        let rows = text.lines().map(|row| row.split(',').collect::<Vec<_>>());
        rows.filter(|row| row[0] == name)
            .map(|row| [2, 3, 5].map(|column| row[column].to_owned()))
            .collect()
    }

    fn item(&self, n: u32) -> ItemId {
        self.engine.find_item(&format!("sku:P{n}")).unwrap()
    }
}

fn many(n: usize) -> Request {
    Request {
        n,
        ..Request::default()
    }
}

#[test]
fn an_order_is_a_basket_and_a_second_import_adds_nothing() {
    let shop = shop();
    let orders = "order_id,customer,sku,quantity,date\n\
        O1,Ada,P1,1,2025-03-01\n\
        O1,Ada,P2,1,2025-03-01\n\
        O2,Ada,P1,1,2025-03-01\n\
        O2,Ada,P1,3,2025-03-01\n";
    let done = shop.import("orders.csv", orders);
    assert_eq!((done.stored, done.duplicates, done.rejected), (3, 1, 0));
    let log = shop.log("Ada");
    let baskets: Vec<&str> = log.iter().map(|[.., basket]| basket.as_str()).collect();
    assert_eq!(baskets, ["order:O1", "order:O1", "order:O2"]);
    let again = shop.import("orders.csv", orders);
    assert_eq!((again.stored, again.duplicates), (0, 4));
    let more = shop.import("orders.csv", &format!("{orders}O3,Ada,P1,1,2025-03-02\n"));
    assert_eq!((more.stored, more.duplicates), (1, 4));
}

#[test]
fn a_till_without_customers_is_one_profile_and_may_be_named() {
    let shop = shop();
    let done = shop.import("till.csv", &receipts());
    assert_eq!((done.rejected, done.duplicates), (0, 0), "{done:?}");
    assert_eq!(shop.log("Till").len() as u64, done.stored);
    assert!(
        shop.log("Till")
            .iter()
            .all(|[.., basket]| basket.starts_with("till:R"))
    );
    let again = shop.import("till.csv", &receipts());
    assert_eq!((again.stored, again.duplicates), (0, done.stored));
    // An orders file in which some customers are not named, and another till by its own name.
    let mixed = "订单号,customer,sku,数量\nX1,Ada,P3,1\nX2,,P4,1\n,,P5,1\n";
    let mixed = shop.import("mixed.csv", mixed);
    assert_eq!((mixed.stored, mixed.rejected), (2, 1), "{mixed:?}");
    assert!(mixed.rejects[0].reason.contains("user is missing"));
    let kiosk = ImportOptions {
        profile: Some("Kiosk".to_owned()),
        ..ImportOptions::default()
    };
    shop.import_with("kiosk.csv", "receipt,sku\n1,P6\n1,P7\n", &kiosk);
    assert_eq!(shop.log("Kiosk").len(), 2);
}

#[test]
fn returns_and_cancelled_orders_are_told_and_are_no_purchases() {
    let shop = shop();
    let done = shop.import(
        "orders.csv",
        "order_id,customer,sku,quantity,status\n\
         O1,Ada,P1,1,shipped\n\
         O2,Ada,P2,-1,shipped\n\
         O3,Ada,P3,1,Cancelled\n\
         O4,Ada,P4,1,已取消\n\
         O5,Ada,P5,1,completed\n",
    );
    let told: Vec<(u64, &str)> = done
        .rejects
        .iter()
        .map(|r| (r.line, r.reason.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (3, "\"-1\" is a return, which is no purchase"),
            (4, "\"Cancelled\" says that nothing was bought"),
            (5, "\"已取消\" says that nothing was bought"),
        ]
    );
    assert!(shop.log("Ada").iter().all(|[action, ..]| action == "buy"));
    assert_eq!(shop.log("Ada").len(), 2);
}

#[test]
fn a_catalogue_that_names_the_order_of_each_thing_is_no_till() {
    let shop = shop();
    let done = shop.import("books.csv", "title,author,order_id\nEmma,Jane Austen,A-1\n");
    assert_eq!(done.stored, 1, "{done:?}");
    assert!(shop.engine.find_profile("Till").is_err());
}

#[test]
fn a_tills_baskets_teach_what_goes_together_and_terms_sum_to_the_score() {
    let shop = shop();
    let before = shop.engine.basket(&[shop.item(1)], &many(5), NOW).unwrap();
    assert_ne!(before.items[0].item.id, shop.item(2));
    shop.import("till.csv", &receipts());
    let basket = shop.engine.basket(&[shop.item(1)], &many(5), NOW).unwrap();
    assert_eq!(basket.items[0].item.id, shop.item(2));
    for ranked in &basket.items {
        let sum: f64 = ranked.terms.iter().map(|term| term.value).sum();
        assert!((sum - ranked.score).abs() < 1e-9);
        assert!(!ranked.reasons.is_empty());
    }
}

#[test]
fn a_tills_baskets_are_company_for_a_customer_and_not_one_taste() {
    let shop = shop();
    shop.import("till.csv", &receipts());
    let ada = shop.engine.add_profile("Ada").unwrap().id;
    let buy = |item| {
        shop.engine
            .record(ada, item, Action::Buy, "test", "", NOW)
            .unwrap()
    };
    buy(shop.item(1));
    let list = shop.engine.recommend(ada, &many(10), NOW).unwrap();
    let company = |n: u32| {
        let id = shop.item(n);
        let found = list.items.iter().find(|r| r.item.id == id);
        found.map_or(0.0, |r| {
            let terms = r.terms.iter();
            let kindred = terms.filter(|t| t.signal.name().starts_with("company"));
            kindred.map(|t| t.value).sum::<f64>()
        })
    };
    // One giant taste would speak for everything alike.
    assert!(company(2) > 0.0);
    let others: Vec<u32> = (4..38).filter(|n| company(*n) >= company(2)).collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn logs_of_before_baskets_are_read_and_a_log_comes_back_with_them() {
    let old = r#"{"sequence":3,"at":7,"act":{"item":2,"action":"buy","surface":"import"}}"#;
    let entry: Entry = serde_json::from_str(old).unwrap();
    let Deed::Act { basket, .. } = &entry.deed else {
        panic!("{entry:?}");
    };
    assert_eq!(basket, "");
    assert_eq!(serde_json::to_string(&entry).unwrap(), old);

    let shop = shop();
    shop.import("till.csv", &receipts());
    shop.import(
        "orders.csv",
        "order_id,customer,sku\nO1,Ada,P1\nO1,Ada,P2\n",
    );
    let out = shop.folder.path().join("out");
    shop.engine.export(&out, ExportFormat::Csv, None).unwrap();
    let other = Shop {
        folder: TempDir::new().unwrap(),
        engine: open(&shop.folder.path().join("other")),
    };
    for file in ["catalogue.csv", "interactions.csv"] {
        let text = fs::read_to_string(out.join(file)).unwrap();
        assert_eq!(other.import(file, &text).rejected, 0);
    }
    for name in ["Till", "Ada"] {
        assert!(!shop.log(name).is_empty());
        assert_eq!(shop.log(name), other.log(name));
    }
}

#[test]
fn purchases_that_were_read_before_baskets_were_are_not_taken_twice() {
    let shop = shop();
    shop.import(
        "log.csv",
        "customer,sku,quantity,date\nAda,P1,1,2025-03-01\n",
    );
    let orders =
        "order_id,customer,sku,quantity,date\nO1,Ada,P1,1,2025-03-01\nO2,Ada,P2,1,2025-03-01\n";
    let done = shop.import("orders.csv", orders);
    assert_eq!((done.stored, done.duplicates), (1, 1));
}

#[test]
fn a_trial_holds_out_the_latest_baskets_and_finds_what_goes_together() {
    let shop = shop();
    let [catalog, interactions] = ["c.csv", "i.csv"].map(|name| shop.folder.path().join(name));
    fs::write(&catalog, stock(1.0)).unwrap();
    fs::write(&interactions, receipts()).unwrap();
    let trial = Trial {
        catalog,
        interactions,
        neighbours: None,
        prior: None,
        limit: usize::MAX,
        seed: 0,
        ablate: false,
        choices: None,
    };
    let held = shop.engine.evaluate_baskets(&trial, &Watch::NONE).unwrap();
    assert_eq!((held.learned, held.held, held.by_time), (64, 16, true));
    assert_eq!((held.items, held.skipped, held.customers), (40, 0, 0));
    let names: Vec<&str> = held.baskets.iter().map(|r| r.name.as_str()).collect();
    assert_eq!(names, ["popularity", "item-kNN", "Curio"]);
    // Things 0, 1 and 2 are told by the rest of the basket, what else was bought is chance.
    let [popular, _, ours] = &held.baskets[..] else {
        panic!("{held:?}");
    };
    assert!(ours.ndcg_10 > popular.ndcg_10, "{held:?}");
    let [low, high] = ours.ndcg_10_interval.unwrap();
    assert!(low <= ours.ndcg_10 && ours.ndcg_10 <= high);
    let again = shop.engine.evaluate_baskets(&trial, &Watch::NONE).unwrap();
    assert_eq!(format!("{held:?}"), format!("{again:?}"));
    let single = shop.folder.path().join("single.csv");
    fs::write(&single, "receipt_no,sku\n1,P1\n1,P2\n").unwrap();
    let single = Trial {
        interactions: single,
        ..trial.clone()
    };
    let few = shop.engine.evaluate_baskets(&single, &Watch::NONE);
    let few = few.unwrap_err().to_string();
    assert!(few.contains("tells of 1 basket; at least 5"), "{few}");

    // At whatever question it is stopped, it stops.
    let asked = std::sync::atomic::AtomicUsize::new(0);
    let count = || asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    for after in [0, 1, 45, 300] {
        asked.store(0, std::sync::atomic::Ordering::SeqCst);
        let watch = Watch {
            progress: &|_| (),
            cancelled: &|| count() >= after,
        };
        let stopped = shop.engine.evaluate_baskets(&trial, &watch);
        assert!(
            matches!(stopped, Err(curio_engine::Error::Cancelled)),
            "{after}"
        );
    }
}

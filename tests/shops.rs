//! Exports of shops: orders of several lines, variants, stock in several places, and columns in other languages.

use curio_engine::behaviour::{Action, Deed};
use curio_engine::catalogue::Kind;

use crate::library::{Kept, Library, kept, on};
use crate::taken::{refusal_of, written};

/// What a profile bought, by title and order.
fn bought(kept: &Kept, profile: &str) -> Vec<(String, String)> {
    let log = kept.logs.iter().find(|(name, _)| name == profile);
    let entries = log.map_or(&[][..], |(_, log)| log);
    let bought = entries.iter().filter_map(|entry| match &entry.deed {
        Deed::Act {
            item,
            action: Action::Buy,
            basket,
            ..
        } => Some((kept.items[item.row()].title.clone(), basket.clone())),
        _ => None,
    });
    bought.collect()
}

fn line(title: &str, basket: &str) -> (String, String) {
    (title.to_owned(), basket.to_owned())
}

#[test]
fn an_order_is_whose_its_first_line_says_and_what_that_says_became_of_it() {
    let library = Library::of(&["shopify_variants.csv"]);
    let orders = library.import("shopify_orders_short.csv", &[]);
    let reasons = orders.rejects.iter().map(|r| r.reason.as_str());
    for reason in reasons {
        assert!(reason.contains("cancelled on 2024-02-04"), "{reason}");
    }
    let kept = library.kept();
    let ada = "order:#1001";
    assert_eq!(
        bought(&kept, "ada@example.com"),
        [line("Tea pot, Red", ada), line("Tea pot, Blue", ada)]
    );
    // Given back in part, and bought all the same.
    assert_eq!(bought(&kept, "eve@example.com").len(), 1);
    assert!(bought(&kept, "bob@example.com").is_empty());
    // An order of nobody's stays nobody's.
    assert_eq!(bought(&kept, "Me").len(), 2);
}

#[test]
fn variants_without_a_number_of_their_own_are_told_apart_and_drafts_are_no_stock() {
    let library = Library::new();
    let products = library.import("shopify_variants.csv", &[]);
    let said =
        "3 products are not for sale and counted as out of stock: \"archived\" (2), \"draft\" (1)";
    assert!(
        products.notes.iter().any(|note| note == said),
        "{:?}",
        products.notes
    );
    let kept = library.kept();
    let item = |title: &str| kept.item(title);
    assert_eq!(item("Tee, S").key, "sku:tee/S");
    assert_eq!(item("Tee, M").stock, Some(3));
    assert_eq!(item("Tea pot, Blue").key, "sku:0816");
    assert_eq!(item("Tea pot, Red").ids["ean"], "4006381333931");
    assert_eq!(
        item("Tea pot, Red").genres,
        ["Home & Garden", "Kitchen", "Pots"]
    );
    for title in ["Bowl", "Vase, Small", "Vase, Large"] {
        assert_eq!(item(title).stock, Some(0), "{title}");
    }
}

#[test]
fn variations_of_woocommerce_have_the_categories_of_their_product() {
    let library = Library::of(&["woocommerce_variations.csv"]);
    library.import("woocommerce_orders.csv", &[]);
    let kept = library.kept();
    assert_eq!(kept.item("Mug").genres, ["Home", "Kitchen", "Sale"]);
    assert_eq!(kept.item("Mug").description, "Long more");
    for title in ["Shirt - Red", "Shirt - Blue"] {
        assert_eq!(kept.item(title).genres, ["Clothing", "Summer"], "{title}");
        assert_eq!(kept.item(title).tags, ["wool", "winter"], "{title}");
    }
    assert_eq!(kept.item("Shirt - Red").stock, Some(3));
    assert_eq!(kept.item("Shirt - Blue").stock, Some(0));
    assert_eq!(kept.item("Hat").stock, Some(0));
    assert_eq!(bought(&kept, "anna@example.com").len(), 2);
    // What waits for money was ordered.
    let waiting = [line("Mug", "order:1235"), line("Mug", "order:1236")];
    assert_eq!(bought(&kept, "bob@example.com"), waiting);
}

#[test]
fn items_of_square_have_the_stock_of_every_place() {
    let kept = kept(&["square_places.csv"]);
    assert_eq!(kept.item("Mug").stock, Some(7));
    assert_eq!(kept.item("Mug").price, Some(10.0));
    assert_eq!(kept.item("Mug, Large").stock, Some(4));
    assert_eq!(kept.item("Mug, Large").price, None);
    assert_eq!(kept.item("Pot").stock, Some(0));
}

#[test]
fn a_german_shop_is_read_by_its_own_names() {
    let library = Library::of(&["stock_german.csv"]);
    let orders = library.import("orders_german.csv", &[]);
    assert_eq!(
        orders.rejects[0].reason,
        "\"storniert\" says that nothing was bought"
    );
    let kept = library.kept();
    let cup = kept.item("Müller Tasse");
    assert_eq!(
        (cup.price, cup.stock, cup.kind),
        (Some(1299.95), Some(12), Kind::Product)
    );
    assert_eq!(cup.genres, ["Haushalt", "Küche"]);
    assert_eq!(cup.creators, ["Ritz"]);
    assert_eq!(cup.description, "Aus Ton");
    assert_eq!(kept.item("Kanne").stock, Some(0));
    assert_eq!(
        (kept.item("Deckel").price, kept.item("Deckel").stock),
        (None, None)
    );
    let anna = "order:1001";
    assert_eq!(
        bought(&kept, "Anna"),
        [line("Müller Tasse", anna), line("Kanne", anna)]
    );
    // One without an order's number is not the other with one.
    assert_eq!(
        bought(&kept, "Bob"),
        [line("Deckel", ""), line("Deckel", "order:1003")]
    );
}

#[test]
fn lists_of_media_are_read_in_other_languages() {
    for (text, kind, year) in [
        (
            "Titel;Autor;Jahr\nMomo;Michael Ende;1973\n",
            Kind::Book,
            1973,
        ),
        (
            "Titre;Réalisateur;Année\nMomo;Jean Vigo;1934\n",
            Kind::Film,
            1934,
        ),
        ("Título;Autor;Año\nMomo;Ana;1985\n", Kind::Book, 1985),
        ("Titolo;Regista;Anno\nMomo;Anna;1986\n", Kind::Film, 1986),
    ] {
        let taken = written("mine.csv", text).unwrap();
        let item = taken.item("Momo");
        assert_eq!((item.kind, item.year), (kind, Some(year)), "{text}");
        assert_eq!(item.creators.len(), 1, "{text}");
    }
}

#[test]
fn pieces_beyond_all_counting_stop_nothing() {
    let text = "SKU,Item Name,Variation Name,Price,Current Quantity A,Current Quantity B\n\
                1,Mug,Regular,9,9223372036854775807,5\n";
    let taken = written("items.csv", text).unwrap();
    assert_eq!(taken.item("Mug").stock, Some(i64::MAX));
}

#[test]
fn a_shop_without_a_price_or_stock_that_was_understood_is_told() {
    let taken = written("stock.csv", "sku,name,worth\n1,Mug,9\n").unwrap();
    assert!(
        taken.noted("no column was read as price or stock"),
        "{:?}",
        taken.reading.notes
    );
    let taken = written("stock.csv", "sku,name,price\n1,Mug,9\n").unwrap();
    assert!(!taken.noted("no column was read as price or stock"));
}

#[test]
fn numbers_that_a_spreadsheet_shortened_name_nothing_and_are_counted() {
    let text = "title,author,isbn13\nDune,Herbert,9.78026E+12\nEmma,Austen,9.78026E+12\nMomo,Ende,140449132\n";
    let taken = written("mine.csv", text).unwrap();
    let keys: Vec<&str> = taken.items.iter().map(|item| item.key.as_str()).collect();
    assert_eq!(keys[..2], ["book:dune||herbert", "book:emma||austen"]);
    let said = "2 numbers in isbn13 lost digits to a spreadsheet";
    assert!(taken.noted(said), "{:?}", taken.reading.notes);
    // A leading zero that was lost is proved by the check digit.
    assert_eq!(taken.item("Momo").ids["isbn"], "9780140449136");
}

#[test]
fn what_is_no_table_is_called_what_it_is() {
    for (name, text, said) in [
        (
            "list.xml",
            "<?xml version=\"1.0\"?>\n<a/>\n",
            "it is XML, which Curio does not read",
        ),
        (
            "movies.dat",
            "1::Heat (1995)::Crime\n2::Ran (1985)::Drama\n3::M (1931)::Crime\n",
            "parted by ::",
        ),
        (
            "u.data",
            "196\t242\t3\t881250949\n186\t302\t3\t891717742\n",
            "first row holds values",
        ),
    ] {
        let refused = refusal_of(name, text);
        assert!(refused.contains(said), "{name}: {refused}");
    }
}

#[test]
fn cancelled_orders_are_called_off_in_any_words() {
    let library = Library::of(&["woocommerce_variations.csv"]);
    let report = library.import("woocommerce_orders.csv", &[]);
    assert_eq!(
        report.rejects[0].reason,
        "\"Cancelled\" says that nothing was bought"
    );
    let kept = library.kept();
    let days = kept.deeds("bob@example.com", "Mug");
    assert_eq!(
        days,
        [on(Action::Buy, "2024-02-02"), on(Action::Buy, "2024-02-03")]
    );
}

//! Shops: stock and orders, of their own tills and of Shopify, WooCommerce and Square.

use super::{Format, Spec};
use crate::catalogue::Kind;
use crate::field::Field::{
    self, Action, At, Basket, Countries, Creators, Description, Ean, Genres, Id, Isbn, Item,
    Languages, Note, People, Popularity, Price, Profile, Quantity, Rating, Stock, Tags, Title,
    Year,
};

/// Orders of Shopify, a line an item.
pub(super) const SHOPIFY_ORDERS: Spec = Spec {
    format: Format::ShopOrders,
    name: "shop orders",
    needs: &["Lineitem sku", "Lineitem quantity", "Email|Name"],
    columns: &[
        ("Email", Profile),
        ("Name", Basket),
        ("Financial Status", Action),
        ("Lineitem sku", Item),
        ("Created at", At),
        ("Lineitem quantity", Quantity),
    ],
    kind: Kind::Product,
    namespace: "sku",
    ids: "",
    tops: (5.0, 5.0),
    names: "|;",
    terms: "|;",
};

/// Products of Shopify, a line a variant.
pub(super) const SHOPIFY: Spec = Spec {
    format: Format::Shopify,
    name: "shopify products",
    needs: &["Handle", "Title", "Variant SKU|Variant Price"],
    columns: &[
        ("Variant SKU", Id),
        ("Handle", Id),
        ("Title", Title),
        ("Body (HTML)", Description),
        ("Vendor", Creators),
        ("Product Category", Genres),
        ("Type", Genres),
        ("Tags", Tags),
        ("Variant Inventory Qty", Stock),
        ("Variant Price", Price),
        ("Variant Barcode", Ean),
    ],
    kind: Kind::Product,
    namespace: "sku",
    ids: "sku",
    tops: (5.0, 5.0),
    names: "|;",
    terms: ">,",
};

/// Orders of a shop.
pub(super) const ORDERS: Spec = Spec {
    format: Format::ShopOrders,
    name: "shop orders",
    needs: &[
        "sku",
        "customer|customer_id|order_id|order|order number|order_no|invoice|invoice_no|invoice number|\
         receipt|receipt_no|receipt number|transaction_id|basket|订单号|订单编号|小票号",
    ],
    columns: &[
        ("customer", Profile),
        ("customer_id", Profile),
        ("Email (Billing)", Profile),
        ("billing email", Profile),
        ("customer email", Profile),
        ("order_id", Basket),
        ("order", Basket),
        ("order number", Basket),
        ("order_no", Basket),
        ("invoice", Basket),
        ("invoice_no", Basket),
        ("invoice number", Basket),
        ("receipt", Basket),
        ("receipt_no", Basket),
        ("receipt number", Basket),
        ("transaction_id", Basket),
        ("basket", Basket),
        ("订单号", Basket),
        ("订单编号", Basket),
        ("小票号", Basket),
        ("status", Action),
        ("order_status", Action),
        ("订单状态", Action),
        ("sku", Item),
        ("date", At),
        ("order_date", At),
        ("ordered_at", At),
        ("created_at", At),
        ("quantity", Quantity),
        ("qty", Quantity),
        ("note", Note),
    ],
    kind: Kind::Product,
    namespace: "sku",
    ids: "",
    tops: (5.0, 5.0),
    names: "|;",
    terms: "|;",
};

/// Products of WooCommerce; commas part its categories.
pub(super) const WOOCOMMERCE: Spec = Spec {
    needs: &["SKU", "Name", "Type", "Is featured?|Visibility in catalog"],
    terms: ",>|;",
    ..STOCK
};

/// The items of Square, a line a variation; the stock of every place counts.
pub(super) const SQUARE: Spec = Spec {
    needs: &["SKU", "Item Name", "Variation Name"],
    columns: &[
        ("SKU", Id),
        ("Item Name", Title),
        ("Description", Description),
        ("Category", Genres),
        ("Categories", Genres),
        ("Reporting Category", Genres),
        ("Price", Price),
        ("Current Quantity*", Stock),
        ("GTIN", Ean),
    ],
    ..STOCK
};

/// The stock of a shop.
pub(super) const STOCK: Spec = Spec {
    format: Format::ShopStock,
    name: "shop stock",
    needs: &["sku", "name|title|product|item name"],
    columns: &[
        ("sku", Id),
        ("name", Title),
        ("title", Title),
        ("product", Title),
        ("item name", Title),
        ("kind", Field::Kind),
        ("description", Description),
        ("category", Genres),
        ("categories", Genres),
        ("genres", Genres),
        ("brand", Creators),
        ("creators", Creators),
        ("people", People),
        ("tags", Tags),
        ("price", Price),
        ("stock", Stock),
        ("year", Year),
        ("languages", Languages),
        ("countries", Countries),
        ("country", Countries),
        ("popularity", Popularity),
        ("rating", Rating),
        ("regular price", Price),
        ("short description", Description),
        ("vendor", Creators),
        ("ean", Ean),
        ("gtin", Ean),
        ("upc", Ean),
        ("barcode", Ean),
        ("GTIN, UPC, EAN, or ISBN", Ean),
        ("isbn", Isbn),
    ],
    kind: Kind::Product,
    namespace: "sku",
    ids: "sku",
    tops: (5.0, 5.0),
    names: "|;",
    terms: "|;>",
};

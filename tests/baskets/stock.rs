//! The stock of a shop: what changes it, and what is sold out.

use curio_engine::Watch;
use curio_engine::behaviour::{Action, ProfileId};
use curio_engine::catalogue::{ItemId, Kind};
use curio_engine::view::Edit;

use super::{NOW, many, receipts, shop, stock};

#[test]
fn stock_is_updated_by_its_own_file_and_by_no_other_and_a_hand_stays() {
    let shop = shop();
    let (one, two) = (shop.item(1), shop.item(2));
    let told = |id| {
        let item = shop.engine.show(id).unwrap();
        (item.price.map(|p| p.value), item.stock)
    };
    shop.import("till.csv", &receipts());
    assert_eq!(told(one), (Some(2.5), Some(2)), "a till changes no stock");
    let item = shop.engine.show(two).unwrap();
    let edit = Edit {
        price: Some(9.0),
        ..Edit::from(item)
    };
    shop.engine.edit(two, &edit, &Watch::NONE).unwrap();
    let done = shop.import(
        "stock.csv",
        &stock(3.0).replace("Shelf 1,3,2\n", "Shelf 1,3,0\n"),
    );
    assert_eq!((done.stored, done.rejected), (0, 0));
    assert_eq!(told(one), (Some(3.0), Some(0)));
    assert_eq!(told(two), (Some(9.0), Some(3)), "the hand's price stays");
}

#[test]
fn what_is_sold_out_is_in_no_list_and_unknown_stock_is_to_be_had() {
    let shop = shop();
    shop.import("till.csv", &receipts());
    let [ann, ben] = ["Ann", "Ben"].map(|name| shop.engine.add_profile(name).unwrap().id);
    let like = |profile: ProfileId, n| {
        shop.engine
            .record(profile, shop.item(n), Action::Like, "test", "", NOW)
            .unwrap();
    };
    like(ann, 3);
    like(ben, 7);
    let (gone, unknown) = (shop.item(39), shop.item(38));
    let engine = &shop.engine;
    let all = many(100);
    let lists: Vec<(&str, Vec<ItemId>)> = vec![
        (
            "list",
            engine
                .recommend(ann, &all, NOW)
                .unwrap()
                .items
                .iter()
                .map(|r| r.item.id)
                .collect(),
        ),
        (
            "rows",
            engine
                .rows(ann, &all, NOW)
                .unwrap()
                .rows
                .iter()
                .flat_map(|row| &row.items)
                .map(|r| r.item.id)
                .collect(),
        ),
        (
            "basket",
            engine
                .basket(&[shop.item(1)], &all, NOW)
                .unwrap()
                .items
                .iter()
                .map(|r| r.item.id)
                .collect(),
        ),
        (
            "together",
            engine
                .together(&[ann, ben], &all, NOW)
                .unwrap()
                .items
                .iter()
                .map(|r| r.item.id)
                .collect(),
        ),
        (
            "picks",
            engine
                .picks("", Some(Kind::Product), 100)
                .unwrap()
                .iter()
                .map(|item| item.id)
                .collect(),
        ),
        (
            "wish",
            engine
                .picks("Thing", None, 100)
                .unwrap()
                .iter()
                .map(|item| item.id)
                .collect(),
        ),
    ];
    for (name, list) in lists {
        assert!(!list.contains(&gone), "{name}");
        assert!(list.contains(&unknown), "{name}: {list:?}");
    }
}

//! How a friend counts: for who agrees, as a neighbour, and never by the order of what they chose.

use std::collections::HashMap;

use curio_engine::behaviour::Action;
use curio_engine::catalogue::{Item, ItemId, Kind};
use curio_engine::features::{Features, TextVectors};
use curio_engine::neighbours::{Neighbours, Reach, Trace};
use curio_engine::signal::{Scope, Signal};
use curio_engine::view::Recommendations;

use crate::friends::{Home, loved, taste};

fn ranks(list: &Recommendations) -> HashMap<ItemId, f64> {
    let ranked = list.items.iter();
    ranked.map(|one| (one.item.id, one.rank as f64)).collect()
}

#[test]
fn a_friend_moves_the_list_of_who_agrees_most_and_is_gone_without_a_trace() {
    let home = Home::with_films(240);
    // Enough company from the start, so that only the friend changes.
    let filler = home.write("filler.json", &taste("Filler", loved(180..230)));
    home.engine.add_friend(&filler).unwrap();
    let with = |liked: Action, other: Action| {
        let deeds = (0..10).map(|n| (n, if n % 2 == 0 { liked } else { other }));
        deeds.collect::<Vec<_>>()
    };
    let ann = home.profile("ann", &with(Action::Like, Action::Dislike));
    let ben = home.profile("ben", &with(Action::Dislike, Action::Like));
    let before = [ann, ben].map(|profile| home.list(profile));
    assert_eq!(before[0].scope, Scope::Company);

    let like_ann = (0..10).map(|n| (n, if n % 2 == 0 { "loved" } else { "disliked" }));
    let targets = 20..60;
    let file = home.write(
        "friend.json",
        &taste("Friend", like_ann.chain(loved(targets.clone()))),
    );
    let added = home.engine.add_friend(&file).unwrap();
    let agreements: Vec<f64> = added.friend.ties.iter().map(|tie| tie.agreement).collect();
    assert_eq!(agreements, [1.0, -1.0]);
    let after = [ann, ben].map(|profile| home.list(profile));
    let [for_ann, for_ben] = [0, 1].map(|n| {
        let (before, after) = (ranks(&before[n]), ranks(&after[n]));
        let risen = targets.clone().map(|item| {
            let item = ItemId(item);
            before[&item] - after[&item]
        });
        risen.sum::<f64>() / targets.len() as f64
    });
    println!(
        "mean rise of what the friend loves: {for_ann} for who agrees, {for_ben} for who does not"
    );
    assert!(for_ann > 5.0, "{for_ann}");
    assert!(for_ann > for_ben + 5.0, "{for_ann} and {for_ben}");
    let kindred = |list: &Recommendations, item: u32| {
        let ranked = list.items.iter().find(|one| one.item.id == ItemId(item));
        let mut terms = ranked.unwrap().terms.iter();
        terms
            .find(|term| term.signal == Signal::CompanyKindred)
            .unwrap()
            .evidence
    };
    assert!(kindred(&after[0], 20) > 0.1);
    assert_eq!(kindred(&after[1], 20), 0.0);

    home.engine.remove_friend(" Friend ").unwrap();
    assert_eq!([ann, ben].map(|profile| home.list(profile)), before);
    let home = home.reopened();
    assert_eq!([ann, ben].map(|profile| home.list(profile)), before);
}

#[test]
fn a_taste_counts_in_all_but_what_follows_what() {
    let items: Vec<Item> = (0..8)
        .map(|n| Item {
            key: format!("test:{n}"),
            kind: Kind::Film,
            title: format!("Film {n}"),
            ..Item::default()
        })
        .collect();
    let features = Features::build(&items, TextVectors::none(8));
    let log = |items: &[u32]| -> Vec<Trace> {
        let trace = |item: &u32| Trace {
            item: ItemId(*item),
            action: Action::Like,
            at: None,
        };
        items.iter().map(trace).collect()
    };
    let logs = [log(&[0, 1, 2])];
    let alone = Neighbours::fit(&features, &logs, Reach::LIVE);
    let with = Neighbours::fit_with(&features, &logs, &[log(&[0, 4, 5])], Reach::LIVE);
    let follows = |n: &Neighbours| {
        let mut seen = Vec::new();
        for item in (0..8).map(ItemId) {
            n.each_follow(item, |other, share| {
                seen.push(("follow", item, other, share));
            });
            n.each_next(item, |other, share| seen.push(("next", item, other, share)));
            n.each_beside(item, |other, share| {
                seen.push(("beside", item, other, share));
            });
        }
        seen
    };
    assert!(!follows(&with).is_empty());
    assert_eq!(follows(&with), follows(&alone));
    let together = |n: &Neighbours| {
        let mut with_4 = 0.0;
        n.each_together(ItemId(0), |other, value| {
            if other == 4 {
                with_4 = value;
            }
        });
        with_4
    };
    assert_eq!(together(&alone), 0.0);
    assert!(together(&with) > 0.0);
    assert!(with.popularity[4] > alone.popularity[4]);
    assert_eq!(with.voters(ItemId(0)).len(), 2);
}

#[test]
fn however_much_friends_chose_no_order_comes_of_it() {
    let home = Home::with_films(5_200);
    let ann = home.profile("ann", &[(0, Action::Like)]);
    let file = home.write("much.json", &taste("Much", loved(0..5_200)));
    home.engine.add_friend(&file).unwrap();
    assert_eq!(home.list(ann).scope, Scope::Company);
    home.engine.remove_friend("Much").unwrap();
    assert_eq!(home.list(ann).scope, Scope::Alone);
}

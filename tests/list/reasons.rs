//! What reasons say: the largest term that pulls up is one of them, whatever it is.

use curio_engine::behaviour::Action;
use curio_engine::catalogue::ItemId;
use curio_engine::signal::Signal;
use curio_engine::view::{Ranked, Reason, Request};
use proptest::prelude::*;

use super::{DAY, house};

/// Whether a reason is told of a signal.
fn is_of(reason: &Reason, signal: Signal) -> bool {
    use Signal as S;
    let told: &[S] = match reason {
        Reason::Most { signal: named } => return *named == signal,
        Reason::Liked { .. } => &[S::NearestLiked, S::NearestLately],
        Reason::Creator { .. } => &[S::Creator, S::People, S::PeopleLately],
        Reason::Person { .. } => &[S::People, S::PeopleLately],
        Reason::Genre { .. } => &[S::Genre, S::GenreBeyond, S::GenreLately],
        Reason::Tags { .. } => &[S::Keyword, S::Theme],
        Reason::Title { .. } => &[S::TitleLately],
        Reason::Language { .. } => &[S::Language],
        Reason::Meaning => &[S::Meaning],
        Reason::Lately => &[S::MeaningLately],
        Reason::Era { .. } => &[S::Era, S::EraLately, S::EraNow],
        Reason::Popular => &[S::Popularity, S::PopularityNewcomer],
        Reason::WellRated => &[S::Quality, S::QualityNewcomer],
        Reason::New => &[S::Fresh],
        Reason::Newer => &[S::Newness],
        Reason::Company => &[
            S::CompanyItem,
            S::CompanyEase,
            S::CompanyKindred,
            S::CompanyItemLately,
            S::CompanyEaseLately,
            S::CompanySeenLately,
        ],
        Reason::WentOn => &[S::CompanyFollows, S::CompanyNext, S::CompanyBeside],
        Reason::Start => &[],
    };
    told.contains(&signal)
}

/// Whether the first reason is of the largest term, or the first that would be told to anybody, after all that
/// would not; or the only one says that nothing pulls up by more than a hair.
fn tells_the_largest(ranked: &Ranked) -> bool {
    let largest = ranked.terms.iter().map(|term| term.value);
    let largest = largest.fold(0.0, f64::max);
    let told = |reason: &Reason| {
        let mut terms = ranked.terms.iter();
        terms.any(|term| term.value == largest && is_of(reason, term.signal))
    };
    match ranked.reasons.as_slice() {
        [Reason::Start] => largest <= 0.01,
        reasons => {
            let own = reasons.iter().take_while(|reason| !is_anybodys(reason));
            match own.count() {
                own if reasons.get(own).is_some_and(told) => true,
                _ => reasons.first().is_some_and(told),
            }
        }
    }
}

fn is_anybodys(reason: &Reason) -> bool {
    use Reason::{Most, New, Newer, Popular, WellRated};
    matches!(reason, Popular | WellRated | New | Newer | Most { .. })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_largest_term_is_told(
        deeds in proptest::collection::vec((0u32..90, any::<bool>()), 0..8),
        other in proptest::collection::vec(0u32..90, 0..6),
        pins in proptest::collection::vec((0..Signal::ALL.len(), -2.0f64..4.0), 0..3),
        surprise in prop_oneof![Just(0.0), Just(1.0)],
        seed in 0u32..9,
    ) {
        let house = house();
        house.profile("bob", &other);
        let ann = house.profile("ann", &[]);
        for (day, (item, liked)) in deeds.iter().enumerate() {
            let action = if *liked { Action::Like } else { Action::Dislike };
            house.engine.record(ann, ItemId(*item), action, "test", "", day as i64 * DAY).unwrap();
        }
        for (signal, weight) in pins {
            house.engine.pin(ann, Signal::ALL[signal], weight, 9 * DAY).unwrap();
        }
        let request = Request { n: 90, surprise, seed, ..Request::default() };
        let list = house.engine.recommend(ann, &request, 40 * DAY).unwrap();
        for ranked in &list.items {
            prop_assert!(tells_the_largest(ranked), "{ranked:?}");
        }
    }
}

#[test]
fn a_large_term_that_is_no_more_than_usual_is_called_by_its_name() {
    let house = house();
    let ann = house.profile("ann", &[0, 3]);
    house
        .engine
        .pin(ann, Signal::Popularity, 4.0, 9 * DAY)
        .unwrap();
    let request = Request {
        n: 90,
        ..Request::default()
    };
    let list = house
        .engine
        .recommend(ann, &request, 40 * DAY)
        .unwrap()
        .items;
    let most = Reason::Most {
        signal: Signal::Popularity,
    };
    let told = |title: &str| {
        let ranked = list.iter().find(|one| one.item.title == title);
        &ranked.unwrap().reasons
    };
    assert!(told("Film 89").contains(&Reason::Popular));
    assert!(list.iter().any(|ranked| ranked.reasons.contains(&most)));
    assert!(list.iter().all(tells_the_largest));
    let own = list.iter().filter(|ranked| ranked.reasons.len() > 1);
    assert!(
        own.map(|ranked| &ranked.reasons[0])
            .any(|first| !matches!(first, Reason::Popular | Reason::Most { .. }))
    );
}

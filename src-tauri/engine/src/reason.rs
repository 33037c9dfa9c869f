//! Why an item is in a list, in typed parts that a reader's language puts into a sentence.
//!
//! A reason is read off the score's own terms: those that lift this item above the usual candidate, strongest
//! first, and only with a real referent — the liked item, the shared person, the tag. The largest term that
//! pulls up is always among them: it leads, unless it holds for anybody, as popularity does; then it follows
//! what the profile showed. Nothing is computed here that the score did not use.

use crate::catalogue::ItemId;
use crate::features::{Features, Field};
use crate::library::Library;
use crate::portrait::Portrait;
use crate::signal::{K, Signal};
use crate::taste::{Evidence, World};
use crate::view::Reason;

/// How many reasons are given.
const MOST: usize = 3;
/// A term or a lift counts from here.
const LEAST: f64 = 0.01;
/// The oldest that something is called new, in years.
const NEW_YEARS: f32 = 2.0;
/// How many items the usual evidence is averaged over.
const USUAL: usize = 200;

/// The evidence of the usual item: the mean over items spread evenly through the catalogue.
pub fn usual(world: World, portrait: &Portrait) -> Evidence {
    let n = world.features.len();
    let step = n.div_ceil(USUAL).max(1);
    let mut mean = [0.0; K];
    let mut count = 0.0;
    for row in (0..n).step_by(step) {
        let evidence = portrait.taste.evidence(world, ItemId(row as u32));
        mean.iter_mut().zip(evidence).for_each(|(m, e)| *m += e);
        count += 1.0;
    }
    mean.map(|m| m / f64::max(count, 1.0))
}

/// The reasons for an item at the weights that ranked it: what lifts it most, the largest term among them; at
/// least one.
pub fn reasons(
    world: World,
    library: &Library,
    portrait: &Portrait,
    weights: &[f64; K],
    item: ItemId,
    evidence: &Evidence,
    usual: &Evidence,
) -> Vec<Reason> {
    let value = |s: Signal| weights[s.index()] * evidence[s.index()];
    let up = Signal::ALL.into_iter().filter(|s| value(*s) > LEAST);
    let Some(largest) = up.max_by(|a, b| value(*a).total_cmp(&value(*b))) else {
        return vec![Reason::Start];
    };
    let mut lifts: Vec<(Signal, f64)> = Signal::ALL
        .into_iter()
        .map(|s| (s, value(s) - weights[s.index()] * usual[s.index()]))
        .filter(|(s, lift)| *lift > LEAST && weights[s.index()] > 0.0 && evidence[s.index()] > 0.0)
        .collect();
    lifts.sort_by(|a, b| b.1.total_cmp(&a.1));
    let true_of_it = |reason: &Reason| {
        let lifted = lifts.iter().any(|(signal, _)| *signal == largest);
        lifted || evidence[largest.index()] > 0.0 && !compares(reason)
    };
    let named = reason(largest, world, library, portrait, item).filter(true_of_it);
    let named = named.unwrap_or(Reason::Most { signal: largest });
    let mut reasons = Vec::with_capacity(MOST);
    for (signal, _) in lifts {
        if reasons.len() + 1 == MOST {
            break;
        }
        if let Some(reason) = reason(signal, world, library, portrait, item)
            && reason != named
            && !reasons.contains(&reason)
        {
            reasons.push(reason);
        }
    }
    reasons.insert(0, named);
    if is_anybodys(&reasons[0]) {
        // What the profile showed comes first, in its order.
        reasons.sort_by_key(is_anybodys);
    }
    reasons
}

/// Whether a reason would be told to any profile.
fn is_anybodys(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::Popular | Reason::WellRated | Reason::New | Reason::Newer | Reason::Most { .. }
    )
}

/// Whether a reason says that something is more so than usual, and so is false of what is not.
fn compares(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::Meaning
            | Reason::Lately
            | Reason::Popular
            | Reason::WellRated
            | Reason::Newer
            | Reason::Company
            | Reason::WentOn
    )
}

fn reason(
    signal: Signal,
    world: World,
    library: &Library,
    portrait: &Portrait,
    item: ItemId,
) -> Option<Reason> {
    let (f, taste) = (world.features, &portrait.taste);
    let best = |field: &Field, dense: &[f32]| strongest(field, dense, item, 1).pop();
    Some(match signal {
        Signal::NearestLiked => Reason::Liked {
            item: library.reference(taste.nearest_liked(item)?)?,
        },
        Signal::NearestLately => Reason::Liked {
            item: library.reference(taste.nearest_lately(item)?)?,
        },
        Signal::Meaning => Reason::Meaning,
        Signal::MeaningLately => Reason::Lately,
        Signal::Genre => Reason::Genre {
            name: best(&f.genre, &taste.genre)?,
        },
        Signal::GenreBeyond => Reason::Genre {
            name: best(&f.genre, &taste.genre_beyond)?,
        },
        Signal::GenreLately => Reason::Genre {
            name: best(&f.genre, &taste.genre_lately)?,
        },
        Signal::Creator => Reason::Creator {
            name: best(&f.creator, &taste.creator)?,
        },
        Signal::People | Signal::PeopleLately => {
            let shown = match signal {
                Signal::People => &taste.people,
                _ => &taste.people_lately,
            };
            let name = best(&f.people, shown)?;
            if library.items[item.row()].creators.contains(&name) {
                Reason::Creator { name }
            } else {
                Reason::Person { name }
            }
        }
        Signal::Keyword | Signal::Theme => {
            let names = strongest(&f.keyword, &taste.keyword, item, 3);
            if names.is_empty() {
                return None;
            }
            Reason::Tags { names }
        }
        Signal::TitleLately => Reason::Title {
            name: best(&f.title, &taste.title_lately)?,
        },
        Signal::Language => Reason::Language {
            name: best(&f.language, &taste.language)?,
        },
        // What came out longer ago is hardly lifted by it, and nobody calls it new.
        Signal::Fresh if world.age(item.row()).is_none_or(|age| age > NEW_YEARS) => return None,
        _ => return of_item(signal, f, item),
    })
}

/// What a signal says of an item by itself, or of what others did with it.
pub fn of_item(signal: Signal, features: &Features, item: ItemId) -> Option<Reason> {
    let year = &features.year;
    match signal {
        Signal::Era | Signal::EraLately | Signal::EraNow if !year.filled[item.row()] => {
            Some(Reason::Era {
                year: year.values[item.row()].round() as i32,
            })
        }
        Signal::Popularity | Signal::PopularityNewcomer => Some(Reason::Popular),
        Signal::Quality | Signal::QualityNewcomer => Some(Reason::WellRated),
        Signal::Newness if !year.filled[item.row()] => Some(Reason::Newer),
        Signal::Fresh => Some(Reason::New),
        Signal::CompanyItem
        | Signal::CompanyEase
        | Signal::CompanyKindred
        | Signal::CompanyItemLately
        | Signal::CompanyEaseLately
        | Signal::CompanySeenLately => Some(Reason::Company),
        Signal::CompanyFollows | Signal::CompanyNext | Signal::CompanyBeside => {
            Some(Reason::WentOn)
        }
        _ => None,
    }
}

/// The words of an item that add most to its product with what was shown.
fn strongest(field: &Field, dense: &[f32], item: ItemId, most: usize) -> Vec<String> {
    let mut words: Vec<(f32, u32)> = field
        .row(item)
        .iter()
        .map(|(id, value)| (value * dense[*id as usize], *id))
        .filter(|(product, _)| *product > 0.0)
        .collect();
    words.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    words
        .into_iter()
        .take(most)
        .map(|(_, id)| field.names[id as usize].clone())
        .collect()
}

/// What two items have in common, the telling first.
pub fn in_common(library: &Library, one: ItemId, other: ItemId) -> Vec<Reason> {
    let (one, other) = (&library.items[one.row()], &library.items[other.row()]);
    let shared = |a: &[String], b: &[String]| -> Vec<String> {
        a.iter().filter(|x| b.contains(x)).cloned().collect()
    };
    let mut reasons: Vec<Reason> = Vec::new();
    for name in shared(&one.creators, &other.creators) {
        reasons.push(Reason::Creator { name });
    }
    for name in shared(&one.people, &other.people).into_iter().take(2) {
        reasons.push(Reason::Person { name });
    }
    let tags = shared(&one.tags, &other.tags);
    if !tags.is_empty() {
        reasons.push(Reason::Tags {
            names: tags.into_iter().take(3).collect(),
        });
    }
    for name in shared(&one.genres, &other.genres).into_iter().take(1) {
        reasons.push(Reason::Genre { name });
    }
    if reasons.is_empty() {
        reasons.push(Reason::Meaning);
    }
    reasons.truncate(MOST);
    reasons
}

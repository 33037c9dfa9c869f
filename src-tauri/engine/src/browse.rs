//! Browsing: the catalogue as a whole, narrowed down by what items have and by how a profile stands
//! to them, in an order of the person's choice, a page at a time.
//!
//! What was found last is kept, so that paging through it costs nothing; it is found anew when the
//! question, the catalogue or the profile's log has changed.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError};

use crate::behaviour::{Action, Deed, ProfileId};
use crate::catalogue::{Item, ItemId};
use crate::collation::Titles;
use crate::engine::{Engine, LONGEST};
use crate::error::{Error, Result};
use crate::features::Field;
use crate::household::Member;
use crate::library::Library;
use crate::portrait::Portrait;
use crate::rank::top;
use crate::view::{Browse, Browsed, Count, Facets, Matched, Placed, Sort, Standing};

/// The longest list of names in a facet.
const NAMES: usize = 60;

/// What a question found.
pub struct Shelf {
    asked: Browse,
    profile: ProfileId,
    /// The library's version, the length of the profile's log, and what the search index stands for.
    seen: (u64, usize, Option<String>),
    order: Vec<ItemId>,
    matched: HashMap<ItemId, Vec<Matched>>,
    standings: Vec<Standing>,
    facets: Facets,
    /// Kept from one shelf to the next, as long as they are of the same titles.
    titles: Option<Arc<Titles>>,
}

impl Engine {
    /// A page of what is asked for, how much there is in all, and what it has in common.
    ///
    /// # Errors
    /// There is no such profile, or more than a thousand items are asked for at once.
    pub fn browse(&self, profile: ProfileId, browse: &Browse, at: i64) -> Result<Browsed> {
        if browse.n > LONGEST {
            return Err(Error::Invalid(format!(
                "a page has at most {LONGEST} items"
            )));
        }
        let library = self.library()?;
        let shelf = self.shelved(profile, browse, at, &library)?;
        let page = shelf.order.iter().skip(browse.from).take(browse.n);
        Ok(Browsed {
            total: shelf.order.len(),
            from: browse.from,
            items: page
                .map(|id| {
                    Ok(Placed {
                        item: library.view(*id)?,
                        standing: shelf.standings[id.row()],
                        matched: shelf.matched.get(id).cloned().unwrap_or_default(),
                    })
                })
                .collect::<Result<_>>()?,
            facets: shelf.facets.clone(),
        })
    }

    fn shelved(
        &self,
        profile: ProfileId,
        browse: &Browse,
        at: i64,
        library: &Arc<Library>,
    ) -> Result<Arc<Shelf>> {
        let asked = Browse {
            from: 0,
            n: 0,
            ..browse.clone()
        };
        let seen = (
            library.version,
            self.log(profile)?.len(),
            self.index.stamp(),
        );
        let mut last = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(shelf) = last.as_ref()
            && (&shelf.asked, shelf.profile, &shelf.seen) == (&asked, profile, &seen)
        {
            return Ok(Arc::clone(shelf));
        }
        let hits = self.hits(&asked.query, asked.kind, library)?;
        let searched = !asked.query.trim().is_empty();
        let before = last.as_ref().and_then(|shelf| shelf.titles.clone());
        let titles = before.filter(|titles| titles.version() == library.version);
        let by = By::of(&asked, searched, titles.as_ref(), library);
        let shelf = self.with(profile, |member| {
            let standings = standings(&member.portrait, library.items.len());
            let wanted = Wanted::new(library, &asked);
            let mut order: Vec<ItemId> = if searched {
                hits.iter().map(|(id, ..)| *id).collect()
            } else {
                library.features.ids().collect()
            };
            order.retain(|id| {
                let standing = asked.standing.is_none_or(|s| s == standings[id.row()]);
                standing && wanted.has(library, *id)
            });
            sort(&mut order, &by, asked.descending, member, library, at);
            Ok(Shelf {
                facets: facets(library, &order, &standings),
                matched: hits.into_iter().map(|(id, _, m)| (id, m)).collect(),
                asked,
                profile,
                seen,
                order,
                standings,
                titles: match by {
                    By::Titles(titles) => Some(titles),
                    _ => titles,
                },
            })
        })?;
        Ok(Arc::clone(last.insert(Arc::new(shelf))))
    }
}

/// What a shelf is put in order by, with what that takes.
enum By {
    Arrival,
    Titles(Arc<Titles>),
    Number(fn(&Item) -> Option<f64>),
    Score,
    /// How well they match; the best come first.
    Match,
    /// As they are.
    Nothing,
}

impl By {
    /// Titles are put in order anew only where those that were before are of another language.
    fn of(asked: &Browse, searched: bool, before: Option<&Arc<Titles>>, library: &Library) -> Self {
        match asked.sort {
            Sort::Added => Self::Arrival,
            Sort::Title => Self::Titles(match before {
                Some(titles) if titles.language() == asked.reader => Arc::clone(titles),
                _ => Arc::new(Titles::of(&library.items, library.version, &asked.reader)),
            }),
            Sort::Year => Self::Number(|item| item.year.map(f64::from)),
            Sort::Rating => Self::Number(|item| item.rating),
            Sort::Popularity => Self::Number(|item| item.popularity),
            Sort::Price => Self::Number(|item| item.price),
            Sort::Score => Self::Score,
            Sort::Match if searched => Self::Match,
            Sort::Match => Self::Nothing,
        }
    }
}

/// How each item stands with a profile.
fn standings(portrait: &Portrait, n: usize) -> Vec<Standing> {
    let mut standings = vec![Standing::Open; n];
    for step in &portrait.steps {
        let Deed::Act { item, action, .. } = step.entry.deed else {
            continue;
        };
        let Some(standing) = standings.get_mut(item.row()) else {
            continue;
        };
        *standing = match action {
            Action::Want if *standing == Standing::Open => Standing::Wanted,
            _ if !action.settles() => continue,
            Action::Hide => Standing::Hidden,
            _ if action.reward() > 0.0 => Standing::Liked,
            _ => Standing::Disliked,
        };
    }
    standings
}

/// A question with its words looked up.
struct Wanted<'a> {
    asked: &'a Browse,
    /// Words that an item must have; nothing has a word that is not known.
    all: Vec<(&'a Field, Option<usize>)>,
    any: Vec<Option<usize>>,
}

impl<'a> Wanted<'a> {
    fn new(library: &'a Library, asked: &'a Browse) -> Self {
        let f = &library.features;
        let named = [
            (&f.genre, &asked.genres),
            (&f.people, &asked.people),
            (&f.keyword, &asked.tags),
        ];
        let words = named
            .into_iter()
            .flat_map(|(field, names)| names.iter().map(move |name| (field, field.word(name))));
        Self {
            asked,
            all: words.collect(),
            any: asked
                .languages
                .iter()
                .map(|name| f.language.word(name))
                .collect(),
        }
    }

    fn has(&self, library: &Library, id: ItemId) -> bool {
        let (asked, item) = (self.asked, &library.items[id.row()]);
        let word = |field: &Field, word: &Option<usize>| {
            word.is_some_and(|word| field.row(id).iter().any(|(w, _)| *w as usize == word))
        };
        let within = |value: Option<f64>, range: [f64; 2]| {
            value.is_some_and(|value| (range[0]..=range[1]).contains(&value))
        };
        asked.kind.is_none_or(|kind| item.kind == kind)
            && asked
                .years
                .is_none_or(|years| within(item.year.map(f64::from), years.map(f64::from)))
            && asked.prices.is_none_or(|prices| within(item.price, prices))
            && !(asked.in_stock && item.stock.is_none_or(|stock| stock <= 0))
            && self.all.iter().all(|(field, w)| word(field, w))
            && (self.any.is_empty() || self.any.iter().any(|w| word(&library.features.language, w)))
    }
}

/// Puts items in order; equal ones keep the order in which they came.
fn sort(
    order: &mut Vec<ItemId>,
    by: &By,
    descending: bool,
    member: &Member,
    library: &Library,
    at: i64,
) {
    match by {
        By::Arrival => {
            order.sort_unstable();
            turned(order, descending);
        }
        By::Titles(titles) => {
            order.sort_by_key(|id| titles.place(*id));
            turned(order, descending);
        }
        By::Number(read) => order.sort_by(|a, b| {
            let [a, b] = [a, b].map(|id| read(&library.items[id.row()]));
            let both = a.zip(b).map(|(a, b)| a.total_cmp(&b));
            known_first(both, a.is_some(), b.is_some(), descending)
        }),
        By::Score => {
            let (portrait, world) = (&member.portrait, member.world().at(Some(at)));
            let weights = &portrait.learner.weights;
            let ranked = top(world, &portrait.taste, weights, order, order.len());
            *order = ranked.into_iter().map(|(id, _)| id).collect();
            turned(order, !descending);
        }
        By::Match => turned(order, !descending),
        By::Nothing => {}
    }
}

fn turned(order: &mut [ItemId], turn: bool) {
    if turn {
        order.reverse();
    }
}

/// The order of two values of which either may not be known.
fn known_first(both: Option<Ordering>, a: bool, b: bool, descending: bool) -> Ordering {
    match both {
        Some(order) if descending => order.reverse(),
        Some(order) => order,
        None => b.cmp(&a),
    }
}

fn facets(library: &Library, order: &[ItemId], standings: &[Standing]) -> Facets {
    let f = &library.features;
    let mut facets = Facets {
        genres: counted(&f.genre, order),
        people: counted(&f.people, order),
        tags: counted(&f.keyword, order),
        languages: counted(&f.language, order),
        ..Facets::default()
    };
    let (mut kinds, mut stands) = (BTreeMap::new(), BTreeMap::new());
    for id in order {
        let item = &library.items[id.row()];
        *kinds.entry(item.kind).or_default() += 1;
        *stands.entry(standings[id.row()]).or_default() += 1;
        if let Some(year) = item.year {
            let [from, to] = facets.years.unwrap_or([year, year]);
            facets.years = Some([from.min(year), to.max(year)]);
        }
        if let Some(price) = item.price {
            let [from, to] = facets.prices.unwrap_or([price, price]);
            facets.prices = Some([from.min(price), to.max(price)]);
        }
        if let Some(stock) = item.stock {
            *facets.in_stock.get_or_insert(0) += usize::from(stock > 0);
        }
    }
    Facets {
        kinds,
        standings: stands,
        ..facets
    }
}

/// How many of the items have each word, most frequent first.
fn counted(field: &Field, order: &[ItemId]) -> Vec<Count> {
    let mut counts = vec![0_usize; field.names.len()];
    for id in order {
        for (word, _) in field.row(*id) {
            counts[*word as usize] += 1;
        }
    }
    let mut some: Vec<usize> = (0..counts.len()).filter(|word| counts[*word] > 0).collect();
    some.sort_by(|a, b| {
        counts[*b]
            .cmp(&counts[*a])
            .then(field.names[*a].cmp(&field.names[*b]))
    });
    some.truncate(NAMES);
    some.into_iter()
        .map(|word| Count {
            name: field.names[word].clone(),
            count: counts[word],
        })
        .collect()
}

//! Lists for more than one, what goes with a basket, first picks, and what would change a list.

use std::fmt::Write as _;

use console::style;
use curio_engine::Engine;
use curio_engine::view::{Basket, Explained, ItemView, Preview, Together};

use crate::args::Ties;
use crate::columns::{counted, left, page_width, plain, wrap};
use crate::failure::Failure;
use crate::items::{INDENT, heading, line, terms};
use crate::mix::{changed, said};
use crate::print::answer;
use crate::reasons::sentence;

/// Effects that a page names.
const EFFECTS: usize = 6;
/// The places of a list that a preview names.
const PLACES: usize = 10;

/// Performs one of these verbs.
pub fn perform(engine: &Engine, asked: Ties, now: i64, json: bool) -> Result<(), Failure> {
    match asked {
        Ties::Together { profiles, asked } => {
            let profiles = profiles.iter().map(|name| engine.find_profile(name));
            let profiles = profiles.collect::<Result<Vec<_>, _>>()?;
            let list = engine.together(&profiles, &asked.request(), now)?;
            answer(json, &list, together)
        }
        Ties::Basket { items, asked } => {
            let items = items.iter().map(|name| engine.find_item(name));
            let items = items.collect::<Result<Vec<_>, _>>()?;
            let list = engine.basket(&items, &asked.request(), now)?;
            answer(json, &list, basket)
        }
        Ties::Picks { wish, kind, n } => {
            answer(json, &engine.picks(&wish.join(" "), kind, n)?, |picked| {
                picks(picked)
            })
        }
        Ties::Explain { profile, item } => {
            let profile = engine.find_profile(&profile)?;
            let answered = engine.explain(profile, engine.find_item(&item)?, now)?;
            answer(json, &answered, explained)
        }
        Ties::Preview {
            profile,
            item,
            action,
        } => {
            let (profile, item) = (engine.find_profile(&profile)?, engine.find_item(&item)?);
            answer(json, &engine.preview(profile, item, action, now)?, preview)
        }
    }
}

/// A list for several profiles, with the place of each.
fn together(list: &Together) -> String {
    let mut page = String::new();
    let names: Vec<_> = list.profiles.iter().map(|p| plain(&p.name)).collect();
    let _ = writeln!(
        page,
        "{} {}\n",
        style(format!("For {}", names.join(" and "))).bold(),
        style(format!(
            "best of {}",
            counted(list.candidates as u64, "item")
        ))
        .dim()
    );
    for shared in &list.items {
        let score = format!("{:.3}", shared.score);
        heading(&mut page, shared.rank, &shared.item, &score, 12);
        for (name, share) in names.iter().zip(&shared.shares) {
            let text = format!(
                "{name} ({:+.1}, place {}): {}",
                share.liking,
                share.place,
                sentence(&share.reasons)
            );
            for line in wrap(&text, page_width() - INDENT) {
                let _ = writeln!(page, "{:INDENT$}{line}", "");
            }
        }
    }
    page
}

/// What goes with a basket.
fn basket(basket: &Basket) -> String {
    let mut page = String::new();
    let names: Vec<_> = basket
        .basket
        .iter()
        .map(|item| plain(&item.title))
        .collect();
    let _ = writeln!(
        page,
        "{} {}\n",
        style(format!("With {}", names.join(", "))).bold(),
        style(format!(
            "best of {}, {}",
            counted(basket.candidates as u64, "item"),
            basket.scope.label()
        ))
        .dim()
    );
    basket
        .items
        .iter()
        .for_each(|ranked| line(&mut page, ranked));
    page
}

/// Items to begin a profile with.
fn picks(picks: &[ItemView]) -> String {
    let mut page = String::new();
    for (at, item) in picks.iter().enumerate() {
        heading(&mut page, at + 1, item, &item.genres.join(", "), 28);
    }
    page
}

/// Why an item stands where it stands, and what would change that.
fn explained(explained: &Explained) -> String {
    let mut page = String::new();
    line(&mut page, &explained.ranked);
    terms(&mut page, &explained.ranked);
    let rank = explained.ranked.rank;
    let _ = writeln!(
        page,
        "\nplace {rank} of {}; it would be",
        counted(explained.candidates as u64, "item")
    );
    for effect in explained.without_signals.iter().take(EFFECTS) {
        let _ = writeln!(page, "  {:>6} without {}", effect.rank, effect.signal);
    }
    for effect in explained.without_entries.iter().take(EFFECTS) {
        let title = effect.item.as_ref().map(|item| plain(&item.title));
        let _ = writeln!(
            page,
            "  {:>6} without #{} ({} {})",
            effect.rank,
            effect.sequence,
            said(&effect.what),
            title.unwrap_or_default()
        );
    }
    if explained.without_signals.is_empty() && explained.without_entries.is_empty() {
        page.push_str("  the same without any one signal or entry that was tried\n");
    }
    page
}

/// What an act would do.
fn preview(preview: &Preview) -> String {
    let mut page = String::new();
    changed(&mut page, &preview.changes);
    page.push('\n');
    for place in preview.list.iter().take(PLACES) {
        let from = match place.from {
            Some(from) if from == place.to => String::new(),
            Some(from) => format!("was {from}"),
            None => "new".to_owned(),
        };
        let title = left(&plain(&place.item.title), 48);
        let _ = writeln!(page, "  {:>3} {title} {}", place.to, style(from).dim());
    }
    let gone: Vec<_> = preview.left.iter().map(|item| plain(&item.title)).collect();
    if !gone.is_empty() {
        let _ = writeln!(page, "\nno longer near the top: {}", gone.join(", "));
    }
    page
}

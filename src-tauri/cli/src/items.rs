//! Items on a page: one in full, and lists of them with why they are there.

use std::fmt::Write as _;

use console::{measure_text_width, style};
use curio_engine::view::{
    Figure, Found, Hit, ItemView, Matched, Near, Ranked, Recommendations, RowKind, Rows, Term,
};

use crate::columns::{bar, counted, cut, left, page_width, plain, right, wrap};
use crate::reasons::{in_common, sentence};

pub const INDENT: usize = 5;
const BAR_WIDTH: usize = 24;
/// The last word of a line where it is a number.
const NUMBER_WIDTH: usize = 12;

/// A ranked list.
pub fn recommendations(list: &Recommendations, explain: bool) -> String {
    let mut page = String::new();
    let _ = writeln!(
        page,
        "{} {}\n",
        style(format!("For {}", plain(&list.profile.name))).bold(),
        style(format!(
            "best of {}, {}{}",
            counted(list.candidates as u64, "item"),
            list.scope.label(),
            drawn(list.sampled)
        ))
        .dim()
    );
    if list.items.is_empty() {
        page.push_str("There is nothing to recommend; import a catalogue first.\n");
    }
    for ranked in &list.items {
        line(&mut page, ranked);
        if explain {
            terms(&mut page, ranked);
            page.push('\n');
        }
    }
    page
}

/// That the weights are not the profile's own, and how to have the same ones again.
fn drawn(seed: Option<u32>) -> String {
    seed.map_or_else(String::new, |seed| {
        format!(", at weights drawn by seed {seed}")
    })
}

/// Rows, each under what it is there for.
pub fn rows(rows: &Rows) -> String {
    let mut page = String::new();
    for row in &rows.rows {
        let title = match &row.kind {
            RowKind::ForYou => {
                let name = plain(&rows.profile.name);
                format!("For {name}{}", drawn(rows.sampled))
            }
            RowKind::Because { item } => format!("Because of {}", plain(&item.title)),
            RowKind::New => "New".to_owned(),
            RowKind::Forgotten => "Favourites long past".to_owned(),
        };
        let _ = writeln!(page, "{}\n", style(title).bold());
        row.items.iter().for_each(|ranked| line(&mut page, ranked));
        page.push('\n');
    }
    page
}

/// One item of a list and its reasons.
pub fn line(page: &mut String, ranked: &Ranked) {
    heading(
        page,
        ranked.rank,
        &ranked.item,
        &format!("{:.3}", ranked.score),
        NUMBER_WIDTH,
    );
    for line in wrap(&sentence(&ranked.reasons), page_width() - INDENT) {
        let _ = writeln!(page, "{:INDENT$}{line}", "");
    }
}

/// The summands of a score, largest first, and their sum.
pub fn terms(page: &mut String, ranked: &Ranked) {
    let mut terms: Vec<&Term> = ranked
        .terms
        .iter()
        .filter(|term| term.value != 0.0)
        .collect();
    terms.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
    let most = terms.first().map_or(0.0, |term| term.value.abs());
    for term in &terms {
        let _ = writeln!(
            page,
            "{:INDENT$}{} {:>+9.4}  {} {}",
            "",
            left(term.signal.name(), 20),
            term.value,
            left(&bar(term.value, most, BAR_WIDTH), BAR_WIDTH),
            style(format!("{:+.4} × {:+.4}", term.weight, term.evidence)).dim()
        );
    }
    let silent = ranked.terms.len() - terms.len();
    let rest = match silent {
        0 => String::new(),
        n => format!("{} at 0", counted(n as u64, "term")),
    };
    let _ = writeln!(
        page,
        "{:INDENT$}{} {:>+9.4}  {}",
        "",
        style(left("sum", 20)).bold(),
        ranked.score,
        style(rest).dim()
    );
}

/// What a search found.
pub fn found(found: &Found) -> String {
    if found.hits.is_empty() {
        return format!("Nothing was found for {:?}.", plain(&found.query));
    }
    let mut page = String::new();
    let reasons = |hit: &Hit| {
        let matched: Vec<&str> = hit.matched.iter().copied().map(matched).collect();
        matched.join(", ")
    };
    let reasons: Vec<String> = found.hits.iter().map(reasons).collect();
    let widest = reasons.iter().map(|r| measure_text_width(r)).max();
    let last_width = widest.unwrap_or(0).clamp(NUMBER_WIDTH, 28);
    for (at, (hit, reasons)) in found.hits.iter().zip(&reasons).enumerate() {
        heading(&mut page, at + 1, &hit.item, reasons, last_width);
    }
    page
}

fn matched(matched: Matched) -> &'static str {
    match matched {
        Matched::Title => "title",
        Matched::People => "people",
        Matched::Tags => "tags",
        Matched::Description => "description",
        Matched::Meaning => "meaning",
        Matched::Kind => "kind",
    }
}

/// Items near another.
pub fn similar(near: &[Near]) -> String {
    if near.is_empty() {
        return "Nothing is near it; texts may not be encoded yet.".into();
    }
    let mut page = String::new();
    for (at, one) in near.iter().enumerate() {
        heading(
            &mut page,
            at + 1,
            &one.item,
            &format!("{:.3}", one.similarity),
            NUMBER_WIDTH,
        );
        let common = in_common(&one.reasons);
        for line in wrap(&common, page_width() - INDENT) {
            let _ = writeln!(page, "{:INDENT$}{line}", "");
        }
    }
    page
}

/// One item in full.
pub fn item(item: &ItemView) -> String {
    let mut page = String::new();
    let _ = writeln!(
        page,
        "{} {}",
        style(plain(&item.title)).bold(),
        style(format!("{} {}", item.id, plain(&item.key))).dim()
    );
    let width = page_width();
    let mut row = |name: &str, value: &str| {
        for (at, line) in wrap(value, width - 13).iter().enumerate() {
            let name = left(if at == 0 { name } else { "" }, 12);
            let _ = writeln!(page, "{} {line}", style(name).dim());
        }
    };
    row("kind", item.kind.name());
    row("year", &figure(item.year.as_ref(), 0));
    row("by", &item.creators.join(", "));
    row("with", &item.people.join(", "));
    row("genres", &item.genres.join(", "));
    row("tags", &item.tags.join(", "));
    row("languages", &item.languages.join(", "));
    row("countries", &item.countries.join(", "));
    row("rating", &figure(item.rating.as_ref(), 2));
    row("popularity", &figure(item.popularity.as_ref(), 2));
    row("price", &figure(item.price.as_ref(), 2));
    row(
        "stock",
        &item
            .stock
            .map(|stock| stock.to_string())
            .unwrap_or_default(),
    );
    row("series", &series(item));
    for (name, value) in item.ids.iter().chain(&item.extra) {
        row(name, value);
    }
    if !item.description.is_empty() {
        page.push('\n');
        for line in wrap(&item.description, width) {
            let _ = writeln!(page, "{line}");
        }
    }
    page
}

/// A series with the place in it: `Dune #2`.
fn series(item: &ItemView) -> String {
    let name = item.series.clone().unwrap_or_default();
    match item.number {
        Some(number) if !name.is_empty() => format!("{name} #{number}"),
        _ => name,
    }
}

/// A number; one that was filled in is marked as an estimate.
fn figure(figure: Option<&Figure>, decimals: usize) -> String {
    match figure {
        None => String::new(),
        Some(Figure {
            value,
            filled: false,
        }) => format!("{value:.decimals$}"),
        Some(Figure {
            value,
            filled: true,
        }) => format!("about {value:.decimals$} (estimated)"),
    }
}

/// The line that an item has in every list: number, title, year, makers, kind, id, a last word, which
/// is as wide in every line.
pub fn heading(page: &mut String, rank: usize, item: &ItemView, last: &str, last_width: usize) {
    let width = page_width();
    let names_width = width.saturating_sub(INDENT + 6 + 7 + 8 + last_width + 6);
    let title_width = names_width * 3 / 5;
    let year = match &item.year {
        Some(year) if !year.filled => format!("{:.0}", year.value),
        _ => String::new(),
    };
    let title = left(&item.title, title_width);
    let by = left(&item.creators.join(", "), names_width - title_width);
    let line = format!(
        "{} {} {} {} {} {} {}",
        right(&rank.to_string(), INDENT - 1),
        style(title).bold(),
        right(&year, 6),
        by,
        left(item.kind.name(), 7),
        style(left(&item.id.to_string(), 7)).dim(),
        style(cut(last, last_width)).dim()
    );
    page.push_str(line.trim_end());
    page.push('\n');
}

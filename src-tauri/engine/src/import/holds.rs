//! What a file holds by the columns that are known of it, or what is missing.

use crate::dates::Dates;
use crate::field::Field;
use crate::number::Numbers;
use crate::plan::{Implied, Plan};
use crate::samples::cut;
use crate::specs::Format;
use crate::view::Content;

/// What a file is read as, and whether items and interactions are taken from it.
pub(super) fn holds(
    plan: &Plan,
    asked: Option<Content>,
) -> std::result::Result<(Content, bool, bool), &'static str> {
    if plan.format == Format::Unfit {
        return Err(plan.name);
    }
    let titled = plan.has(Field::Title);
    let behaves = plan.fields.iter().flatten().any(|f| f.is_behaviour())
        || plan.format == Format::CurioLog
        || plan.implied != Implied::Nothing
        || plan.finish_days().next().is_some();
    let named = plan.format == Format::MovielensLinks;
    let names_items = titled || plan.has(Field::Item) || plan.has(Field::Key);
    let logs = behaves && (names_items || plan.has(Field::Id));
    match asked {
        Some(Content::Catalogue) if titled || named => Ok((Content::Catalogue, true, false)),
        Some(Content::Catalogue) => Err("no column holds a title"),
        Some(Content::Interactions) if logs => Ok((Content::Interactions, false, true)),
        Some(Content::Interactions) => Err("no columns say what was done with which item"),
        None if (titled || named) && !plan.has(Field::Profile) => {
            Ok((Content::Catalogue, true, behaves))
        }
        None if logs => Ok((Content::Interactions, titled, true)),
        None => Err("no column holds a title or an item"),
    }
}

/// Whether nothing in a log says what was done.
pub(super) fn assumed(plan: &Plan) -> bool {
    plan.implied == Implied::Nothing
        && !plan.has(Field::Action)
        && !plan.has(Field::Stars)
        && (plan.has(Field::Profile) || !plan.has(Field::Title))
}

/// Whether the rows may leave open what was done, and somebody can say it.
pub(super) fn leaves_open(plan: &Plan) -> bool {
    let list = matches!(
        plan.format,
        Format::Generic
            | Format::Douban
            | Format::Imdb
            | Format::Letterboxd
            | Format::TmdbAccount
            | Format::Trakt
    );
    let log = [
        Field::Profile,
        Field::Action,
        Field::Quantity,
        Field::Basket,
    ];
    list && plan.has(Field::Title) && !log.iter().any(|field| plan.has(*field))
}

/// What the rows count as that do not say what was done, where a person may have meant something else.
pub(super) fn counted_as(plan: &Plan) -> Option<String> {
    let doubtful = match plan.format {
        Format::Imdb => plan.is_headed("Position"),
        Format::Trakt => plan.is_headed("listed_at"),
        Format::Letterboxd | Format::TmdbAccount => false,
        // A catalogue of no dates is nobody's diary.
        Format::Generic if plan.implied == Implied::Nothing => {
            plan.has(Field::At) && plan.finish_days().next().is_none()
        }
        Format::Douban => plan.implied == Implied::Nothing,
        _ => true,
    };
    (doubtful && leaves_open(plan)).then(|| {
        format!(
            "rows that do not say what was done count as {} (another by --map rows=want on a terminal)",
            plan.implied.name()
        )
    })
}

/// Says where the stock of a shop tells neither price nor stock that could be read.
pub(super) fn unpriced(plan: &Plan) -> Option<String> {
    let told = plan.has(Field::Price) || plan.has(Field::Stock);
    (plan.format == Format::ShopStock && !told).then(|| {
        "no column was read as price or stock (say which is: --map price=Column,stock=Column on a \
         terminal)"
            .to_owned()
    })
}

/// Says what is missing, and by what it could be mapped.
pub(super) fn unmapped(what: &str, header: &[String], guesses: &[Option<Field>]) -> String {
    let mut columns = header.join(", ");
    if columns.chars().count() > 300 {
        columns = columns.chars().take(300).chain(['…']).collect();
    }
    let guessed = header.iter().zip(guesses);
    let guessed = guessed
        .filter_map(|(column, field)| Some(format!("{}={}", (*field)?.name(), cut(column, 60))));
    let guessed: Vec<String> = guessed.take(8).collect();
    let looks = match guessed.as_slice() {
        [] => String::new(),
        some => format!("; by their values they may be {}", some.join(", ")),
    };
    let sign = |c: char| !c.is_alphanumeric() && c != ' ' && c != '_';
    let cut_by = match header {
        cells if cells.iter().any(|cell| cell.contains("::")) => {
            "; its cells are parted by ::, which Curio does not read: put a tab for each, and the names of \
             the columns on a line above them"
        }
        several if several.iter().filter(|cell| is_value(cell)).count() * 2 > several.len() => {
            "; its first row holds values: put the names of the columns on a line above it"
        }
        [one] if one.contains(sign) => {
            "; if another sign separates its cells, say which (--map delimiter=~ on a terminal)"
        }
        _ => "",
    };
    format!(
        "{what}; its columns are {columns} (say which is which: --map title=Column on a terminal)\
         {looks}{cut_by}"
    )
}

/// Whether a cell holds a number or a date, as no name of a column does.
fn is_value(cell: &str) -> bool {
    Numbers::default().parse(cell).is_some() || Dates::default().parse(cell).is_some()
}

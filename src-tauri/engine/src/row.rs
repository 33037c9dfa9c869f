//! One row read by a plan: the item and the interactions in it, or what is wrong with it.
//!
//! A row is taken whole or not at all. What a cell does not say stays unknown.

mod ids;
mod log;
mod reads;

use std::collections::BTreeMap;

use crate::behaviour::{Action, UNDATED, basket_of, is_basket};
use crate::catalogue::{Item, Kind, RECORD_BYTES_MAX};
use crate::clean;
use crate::csvfile::Record;
use crate::dates::{self, Dates};
use crate::field::{Field, same};
use crate::identity;
use crate::lists;
use crate::logged::{Logged, Statement};
use crate::number::{self, Likes, Numbers};
use crate::plan::{Implied, Plan};
use crate::sheet;
use crate::specs::Format;
use crate::words::{action_of, grade_of, kind_of, opinion_of};

/// What a person did with an item, as a file tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Interaction {
    /// Whose it is; nobody is named in the export of a single person.
    pub profile: Option<String>,
    /// The key of the item.
    pub item_key: String,
    pub action: Action,
    /// Milliseconds since 1970-01-01 UTC.
    pub at: Option<i64>,
    /// The person's own words.
    pub note: String,
    /// The basket that a purchase was in, as [`basket_of`] names it; empty for none.
    pub basket: String,
    /// How it stood in the log of a Curio, where the file is one.
    pub logged: Option<Logged>,
}

impl Interaction {
    /// Bytes of the larger of the records that it becomes: an entry, and perhaps a profile.
    fn bytes(&self) -> usize {
        let surface = self
            .logged
            .as_ref()
            .map_or(UNDATED.len(), |l| l.surface.len());
        let entry = surface + self.note.len() + self.basket.len();
        self.profile
            .as_ref()
            .map_or(entry, |name| entry.max(name.len()))
    }
}

/// Digits of the shortest time that Curio's own log gives in milliseconds: no date has four digits for its year.
const MILLIS_DIGITS: usize = 14;

/// How a file writes numbers, ratings and dates.
#[derive(Debug, Clone)]
pub(crate) struct Habits {
    pub numbers: Numbers,
    /// By column.
    pub dates: Vec<Dates>,
    pub rating_top: f64,
    pub stars_top: f64,
    /// Set where one's own ratings are no more than yes and no.
    pub likes: Option<Likes>,
}

/// What is wrong with a row, and in which column.
#[derive(Debug)]
pub(crate) struct Fault {
    pub column: Option<usize>,
    pub reason: String,
}

impl Fault {
    fn new(column: impl Into<Option<usize>>, reason: impl Into<String>) -> Self {
        Self {
            column: column.into(),
            reason: reason.into(),
        }
    }

    /// A cell that cannot be read as what it should be.
    fn cell(column: usize, cell: &str, complaint: &str) -> Self {
        let cell = clean::line(cell);
        let mut shown: String = cell.chars().take(60).collect();
        if shown.len() < cell.len() {
            shown.push('…');
        }
        Self::new(column, format!("{shown:?} {complaint}"))
    }
}

type Read<T> = Result<T, Fault>;

/// Reads a row.
pub(crate) fn build(
    plan: &Plan,
    habits: &Habits,
    names: &[String],
    record: &Record,
) -> Read<(Option<Item>, Vec<Interaction>)> {
    let line = Line {
        plan,
        habits,
        record,
    };
    let item = match plan.columns(Field::Title).next() {
        Some(column) => Some(line.item(column, names)?),
        None if plan.format == Format::MovielensLinks => Some(line.named(names)?),
        None => None,
    };
    let interactions = line.interactions(item.as_ref())?;
    line.check_size(item.as_ref(), &interactions)?;
    Ok((item, interactions))
}

/// Reads what a row of Curio's own log says of no item; nothing where it says something of one.
pub(crate) fn statement(plan: &Plan, habits: &Habits, record: &Record) -> Read<Option<Statement>> {
    let line = Line {
        plan,
        habits,
        record,
    };
    line.statement()
}

struct Line<'a> {
    plan: &'a Plan,
    habits: &'a Habits,
    record: &'a Record,
}

impl<'a> Line<'a> {
    /// A cell without what spreadsheets put around it.
    fn cell(&self, column: usize) -> std::borrow::Cow<'a, str> {
        sheet::plain(clean::unwrapped(self.record.get(column)))
    }

    /// The cell of a field as Curio wrote it, whatever blanks are in it.
    fn exactly(&self, field: Field) -> String {
        let column = self.plan.columns(field).next();
        let cell = column.map(|column| sheet::plain(self.record.get(column)));
        cell.map_or_else(String::new, std::borrow::Cow::into_owned)
    }

    /// The first filled cell of a field.
    fn first(&self, field: Field) -> Option<(usize, std::borrow::Cow<'a, str>)> {
        self.plan
            .columns(field)
            .map(|column| (column, self.cell(column)))
            .find(|(_, cell)| {
                // A database writes this where there is nothing; Curio writes nothing.
                let nothing = cell.trim() == "\\N" && !self.exact() && !self.logged();
                !cell.trim().is_empty() && !nothing
            })
    }

    /// The filled cells of columns that a format has beyond its fields, by name.
    fn filled<const N: usize>(&self, names: [&str; N]) -> impl Iterator<Item = String> {
        let cells = names.map(|name| {
            let column = self.plan.header.iter().position(|c| same(c, name));
            column.map(|column| clean::line(&self.cell(column)))
        });
        cells.into_iter().flatten().filter(|cell| !cell.is_empty())
    }

    /// Refuses what is too large to be kept, by its largest cell.
    fn check_size(&self, item: Option<&Item>, interactions: &[Interaction]) -> Read<()> {
        let told = interactions.iter().map(Interaction::bytes);
        let bytes = told.chain(item.map(Item::bytes)).max().unwrap_or(0);
        if bytes <= RECORD_BYTES_MAX {
            return Ok(());
        }
        let columns = 0..self.plan.fields.len();
        Err(Fault::new(
            columns.max_by_key(|column| self.record.get(*column).len()),
            format!("the row takes {bytes} bytes; at most {RECORD_BYTES_MAX} can be stored"),
        ))
    }

    fn exact(&self) -> bool {
        self.plan.format == Format::CurioExport
    }

    fn item(&self, title_column: usize, names: &[String]) -> Read<Item> {
        let mut item = Item {
            kind: self.plan.kind,
            ..Item::default()
        };
        let mut kind_word = None;
        if let Some((column, cell)) = self.first(Field::Kind) {
            match kind_of(&cell) {
                Some(kind) => item.kind = kind,
                None => kind_word = Some((column, clean::line(&cell))),
            }
        }
        let Some((title_column, title)) = self.first(Field::Title) else {
            return Err(Fault::new(title_column, "the title is missing"));
        };
        item.year = self.year()?;
        item.title = self.title(&title, &mut item);
        if item.title.is_empty() {
            return Err(Fault::new(title_column, "the title is missing"));
        }
        item.creators = self.list(Field::Creators, &self.plan.names);
        item.people = self.list(Field::People, &self.plan.names);
        item.people.retain(|name| !item.creators.contains(name));
        item.genres = self.list(Field::Genres, &self.plan.terms);
        item.tags = self.list(Field::Tags, &self.plan.terms);
        if self.plan.format == Format::Goodreads {
            let shelf = |tag: &String| {
                matches!(
                    tag.as_str(),
                    "read" | "to-read" | "currently-reading" | "did-not-finish"
                )
            };
            item.tags.retain(|tag| !shelf(tag));
        }
        item.languages = self.list(Field::Languages, &self.plan.terms);
        item.countries = self.list(Field::Countries, &self.plan.terms);
        if let Some((_, cell)) = self.first(Field::Description) {
            item.description = if self.exact() {
                clean::line(&cell)
            } else {
                clean::prose(&cell)
            };
        }
        item.popularity = self.number(Field::Popularity)?;
        item.price = self.number(Field::Price)?;
        item.stock = self.stock()?;
        let rating = self.rating(Field::Rating, self.habits.rating_top)?;
        item.rating = rating.filter(|r| self.exact() || *r > 0.0);
        self.identify(names, &mut item);
        self.series(&mut item)?;
        item.same = self.list(Field::Same, &self.plan.terms);
        item.apart = self.list(Field::Apart, &self.plan.terms);
        item.edited = self.list(Field::Edited, &self.plan.terms);
        item.edited
            .retain(|name| sheet::ITEM_HEADER.contains(&name.as_str()) && name != "key");
        self.extras(names, &mut item)?;
        if let Some((column, word)) = kind_word {
            item.extra.insert(names[column].clone(), word);
        }
        item.key = self.key(&item)?;
        Ok(item)
    }

    fn title(&self, cell: &str, item: &mut Item) -> String {
        if self.exact() {
            return clean::line(cell);
        }
        let title = clean::plain(cell);
        match self.plan.format {
            Format::Movielens => {
                let (name, year) = clean::year_in_title(&title);
                // A year column beside it makes the parentheses part of the name, unless they agree.
                if item.year.is_some() && year != item.year {
                    return clean::natural_title(&title);
                }
                item.year = item.year.or(year);
                clean::natural_title(name)
            }
            Format::Goodreads => {
                let (name, series, number) = clean::series_in_title(&title);
                (item.series, item.number) = (series.map(str::to_owned), number);
                name.to_owned()
            }
            Format::Shopify => self.variant(title),
            Format::Generic if item.kind != Kind::Product => clean::natural_title(&title),
            _ => title,
        }
    }

    fn year(&self) -> Read<Option<i32>> {
        for column in self.plan.columns(Field::Year) {
            let cell = self.cell(column);
            if number::is_missing(&cell) {
                continue;
            }
            let year = match self.plan.format {
                // Publication dates as title pages give them: `c1969`, `[1969], 1974`.
                Format::Librarything => match clean::four_digits(&cell) {
                    None => continue,
                    year => year,
                },
                _ => dates::year(&cell, &self.habits.dates[column]),
            };
            let Some(year) = year else {
                return Err(Fault::cell(column, &cell, "is not a year"));
            };
            if self.exact() {
                return Ok(Some(year));
            }
            // Writers put 0, and calibre the year 101, for not known.
            if year == 0 || self.plan.format == Format::Calibre && year == 101 {
                continue;
            }
            if !(-5000..=2200).contains(&year) {
                return Err(Fault::cell(
                    column,
                    &cell,
                    "is outside the years -5000 to 2200",
                ));
            }
            return Ok(Some(year));
        }
        Ok(None)
    }

    fn list(&self, field: Field, separators: &str) -> Vec<String> {
        if self.exact() {
            let cell = self.first(field).map(|(_, cell)| cell);
            return cell.map_or_else(Vec::new, |cell| sheet::parts(&cell));
        }
        let cells = self.plan.columns(field).map(|column| self.cell(column));
        let parts = cells.flat_map(|cell| match self.plan.format {
            Format::Librarything if field == Field::Creators => {
                vec![clean::forename_first(&clean::plain(&cell))]
            }
            Format::Librarything if field == Field::People => {
                let names = lists::parts(&cell, separators).into_iter();
                names.map(|name| clean::forename_first(&name)).collect()
            }
            _ => lists::parts(&cell, separators),
        });
        clean::distinct(parts.filter(|part| !part.is_empty()))
    }

    /// The series and its place there; a place without a series says nothing.
    fn series(&self, item: &mut Item) -> Read<()> {
        let told = self.first(Field::Series).map(|(_, cell)| cell);
        let told = told.filter(|cell| self.exact() || !number::is_missing(cell));
        if let Some(cell) = told {
            let names = if self.exact() {
                Vec::new()
            } else {
                lists::parts(&cell, "")
            };
            let name = names.into_iter().next();
            item.series = name.or_else(|| Some(clean::line(&cell)));
        }
        if item.series.is_some() || self.exact() {
            item.number = self.number(Field::Number)?.or(item.number);
        }
        Ok(())
    }

    fn number(&self, field: Field) -> Read<Option<f64>> {
        let Some((column, cell)) = self.first(field) else {
            return Ok(None);
        };
        if self.exact() {
            let number = cell.parse().ok().filter(|n: &f64| n.is_finite());
            return match number {
                Some(number) => Ok(Some(number)),
                None => Err(Fault::cell(column, &cell, "is not a number")),
            };
        }
        if number::is_missing(&cell) {
            return Ok(None);
        }
        match self.habits.numbers.parse(&cell) {
            Some(number) if number < 0.0 => Err(Fault::cell(column, &cell, "is below zero")),
            Some(number) => Ok(Some(number)),
            None => Err(Fault::cell(column, &cell, "is not a number")),
        }
    }

    fn stock(&self) -> Read<Option<i64>> {
        let Some((column, cell)) = self.first(Field::Stock) else {
            return Ok(None);
        };
        if number::is_missing(&cell) {
            return Ok(None);
        }
        if let Ok(stock) = cell.trim().parse() {
            return Ok(Some(stock));
        }
        match self.habits.numbers.parse(&cell) {
            Some(stock) if stock.abs() < 9e15 => Ok(Some(stock.round() as i64)),
            _ => Err(Fault::cell(column, &cell, "is not a number")),
        }
    }

    /// A rating in 0–5.
    fn rating(&self, field: Field, top: f64) -> Read<Option<f64>> {
        let Some((column, cell)) = self.first(field) else {
            return Ok(None);
        };
        if number::is_missing(&cell) {
            return Ok(None);
        }
        let numbers = &self.habits.numbers;
        let rating = if self.exact() {
            cell.parse().ok()
        } else {
            let own = number::own_scale(&cell, numbers);
            own.or_else(|| numbers.parse(&cell).map(|r| r * 5.0 / top))
        };
        match rating {
            Some(rating) if (0.0..=5.0).contains(&rating) => Ok(Some(rating)),
            Some(_) => {
                let complaint = format!("is not a rating from 0 to {top}");
                Err(Fault::cell(column, &cell, &complaint))
            }
            None => Err(Fault::cell(column, &cell, "is not a number")),
        }
    }

    fn extras(&self, names: &[String], item: &mut Item) -> Read<()> {
        for (column, field) in self.plan.fields.iter().enumerate() {
            let unknown = field.is_none() || *field == Some(Field::Extra) && !self.exact();
            if unknown {
                let cell = clean::line(&self.cell(column));
                if !cell.is_empty() {
                    item.extra.insert(names[column].clone(), cell);
                }
            }
        }
        if let Some((column, cell)) = self.first(Field::Extra).filter(|_| self.exact()) {
            let extra: Result<BTreeMap<String, String>, _> = serde_json::from_str(&cell);
            let Ok(extra) = extra else {
                return Err(Fault::cell(column, &cell, "is not a JSON object of texts"));
            };
            item.extra.extend(extra);
        }
        Ok(())
    }

    fn key(&self, item: &Item) -> Read<String> {
        if let Some(column) = self.plan.columns(Field::Key).next() {
            let key = self.cell(column).trim().to_owned();
            if key.is_empty() && self.plan.format == Format::CurioExport {
                return Err(Fault::new(column, "the key is missing"));
            }
            if !key.is_empty() {
                return Ok(key);
            }
        }
        let described = || {
            let creator = item.creators.first().map(String::as_str);
            identity::described(item.kind, &item.title, item.year, creator)
        };
        let id = self.first(Field::Id).map(|(_, cell)| clean::line(&cell));
        let Some(id) = id.filter(|id| !id.is_empty() && !number::is_missing(id)) else {
            return Ok(described());
        };
        Ok(match self.plan.format {
            // The numbers of films, shows and episodes are counted apart.
            Format::Trakt => {
                let sort = self.first(Field::Kind).map(|(_, cell)| clean::line(&cell));
                let sort = sort.unwrap_or_else(|| "movie".to_owned());
                identity::named("trakt", &format!("{sort}-{id}"))
            }
            // The column also holds StoryGraph's own identifiers.
            Format::Storygraph if !is_isbn(&id) => identity::named("storygraph", &id),
            Format::TmdbAccount => self.tmdb_key(item.kind, &id),
            _ => identity::named(self.plan.namespace, &id),
        })
    }

    fn interactions(&self, item: Option<&Item>) -> Read<Vec<Interaction>> {
        let Some(action) = self.action(item)? else {
            return Ok(Vec::new());
        };
        let note = self.first(Field::Note).map(|(_, cell)| cell);
        let note = note.map_or_else(String::new, |cell| match self.plan.format {
            Format::CurioLog => clean::line(&cell),
            _ => clean::prose(&cell),
        });
        let note = if self.logged() {
            self.exactly(Field::Note)
        } else {
            note
        };
        if action == Action::Comment && note.is_empty() && !self.logged() {
            let column = self.plan.columns(Field::Note).next();
            return Err(Fault::new(column, "the comment is missing"));
        }
        let mut at = self.at()?;
        let mut reads = self.reads();
        if let Some(last) = reads.pop() {
            if matches!(action, Action::Rate(_) | Action::Finish) {
                at = Some(last.max(at.filter(|_| self.dated()).unwrap_or(last)));
            }
            reads.push(last);
        }
        let profile = self.profile()?;
        let logged = self.as_logged()?;
        let basket = self.basket(profile.is_none());
        let told = |action, at, note| -> Read<Interaction> {
            Ok(Interaction {
                profile: profile.clone(),
                item_key: self.item_key(item)?,
                action,
                at,
                note,
                basket: basket.clone(),
                logged: logged.clone(),
            })
        };
        // Every earlier reading is a finish of its own day.
        let before = reads.into_iter().filter(|read| Some(*read) != at);
        let before = before.map(|read| told(Action::Finish, Some(read), String::new()));
        let mut all = before.collect::<Read<Vec<_>>>()?;
        all.push(told(action, at, note)?);
        Ok(all)
    }

    fn action(&self, item: Option<&Item>) -> Read<Option<Action>> {
        if let Some(action) = self.stars()? {
            return Ok(Some(action));
        }
        self.quantity()?;
        if self.plan.format == Format::Librarything {
            return Ok(self.collected());
        }
        if let Some((column, word)) = self.first(Field::Action) {
            let known = action_of(&word);
            if self.plan.has(Field::Basket) && self.plan.format != Format::CurioLog {
                return match known {
                    _ if is_called_off(&word) => {
                        let complaint = "says that nothing was bought";
                        Err(Fault::cell(column, &word, complaint))
                    }
                    // Where an order stands says no more of it than that it was placed.
                    None | Some(Action::Finish) => Ok(Some(Action::Buy)),
                    known => Ok(known),
                };
            }
            let shelves = matches!(self.plan.format, Format::Goodreads | Format::Storygraph);
            return match known {
                None if !shelves => Err(Fault::cell(column, &word, "is not a known action")),
                known => Ok(known),
            };
        }
        Ok(match self.plan.implied {
            Implied::Finish => Some(Action::Finish),
            Implied::Want => Some(Action::Want),
            Implied::Like => Some(Action::Like),
            Implied::Buy => Some(Action::Buy),
            Implied::Comment => Some(Action::Comment),
            Implied::Nothing if item.is_some() && !self.plan.has(Field::Profile) => None,
            Implied::Nothing => {
                if let Some(column) = self.plan.columns(Field::Stars).next() {
                    return Err(Fault::new(column, "the rating is missing"));
                }
                if let Some(column) = self.plan.columns(Field::Action).next() {
                    return Err(Fault::new(column, "the action is missing"));
                }
                Some(Action::Finish)
            }
        })
    }

    /// One's own rating; 0 means unrated wherever 0 is no rating.
    fn stars(&self) -> Read<Option<Action>> {
        if let Some((_, cell)) = self.first(Field::Stars) {
            let opinion = opinion_of(&cell).or_else(|| grade_of(&cell).map(Action::Rate));
            if opinion.is_some() {
                return Ok(opinion);
            }
            if let Some(likes) = self.habits.likes {
                let number = self.habits.numbers.parse(&cell);
                return Ok(number.and_then(|number| match likes {
                    _ if number > 0.0 => Some(Action::Like),
                    Likes::OneZero => Some(Action::Dislike),
                    Likes::PlusMinus => (number < 0.0).then_some(Action::Dislike),
                }));
            }
        }
        let Some(stars) = self.rating(Field::Stars, self.habits.stars_top)? else {
            return Ok(None);
        };
        if stars > 0.0 {
            return Ok(Some(Action::Rate(stars.max(0.5))));
        }
        match self.first(Field::Stars) {
            Some((column, cell)) if self.plan.format == Format::MovielensRatings => {
                Err(Fault::cell(column, &cell, "is not a rating from 0.5 to 5"))
            }
            _ => Ok(None),
        }
    }

    fn quantity(&self) -> Read<()> {
        let Some((column, cell)) = self.first(Field::Quantity) else {
            return Ok(());
        };
        match self.habits.numbers.parse(&cell) {
            Some(quantity) if quantity > 0.0 => Ok(()),
            Some(quantity) if quantity < 0.0 => {
                let complaint = "is a return, which is no purchase";
                Err(Fault::cell(column, &cell, complaint))
            }
            Some(_) => {
                let complaint = "is not a quantity that was bought";
                Err(Fault::cell(column, &cell, complaint))
            }
            None => Err(Fault::cell(column, &cell, "is not a number")),
        }
    }

    fn profile(&self) -> Read<Option<String>> {
        let Some(column) = self.plan.columns(Field::Profile).next() else {
            return Ok(None);
        };
        let name = self
            .first(Field::Profile)
            .map(|(_, cell)| clean::line(&cell));
        let Some(name) = name.filter(|name| !name.is_empty()) else {
            // A till knows the receipt and not who paid.
            return match self.first(Field::Basket) {
                Some(_) => Ok(None),
                None => Err(Fault::new(column, "the user is missing")),
            };
        };
        Ok(Some(match self.plan.format {
            Format::MovielensRatings | Format::MovielensTags => format!("movielens {name}"),
            Format::CurioLog if self.logged() => self.exactly(Field::Profile).trim().to_owned(),
            _ => name,
        }))
    }

    /// The basket that the row is of; empty for none.
    fn basket(&self, anonymous: bool) -> String {
        if self.logged() {
            return self.exactly(Field::Basket);
        }
        let Some((_, cell)) = self.first(Field::Basket) else {
            return String::new();
        };
        let order = clean::line(&cell);
        // Curio's own log names baskets in full.
        if self.plan.format == Format::CurioLog && is_basket(&order) {
            return order;
        }
        basket_of(&order, anonymous)
    }

    fn item_key(&self, item: Option<&Item>) -> Read<String> {
        if let Some((_, key)) = self.first(Field::Key) {
            return Ok(key.trim().to_owned());
        }
        if let Some((_, cell)) = self.first(Field::Item) {
            let id = clean::line(&cell);
            if !id.is_empty() {
                // Curio's own log may name an item by its whole key.
                let whole = self.plan.format == Format::CurioLog && id.contains(':');
                return Ok(if whole {
                    id
                } else {
                    identity::named(self.plan.namespace, &id)
                });
            }
        }
        if let Some(item) = item.filter(|_| !self.plan.has(Field::Item)) {
            return Ok(item.key.clone());
        }
        if let Some((_, id)) = self.first(Field::Id) {
            return Ok(identity::named(self.plan.namespace, &clean::line(&id)));
        }
        let fields = [Field::Item, Field::Key, Field::Id];
        let column = fields.iter().find_map(|f| self.plan.columns(*f).next());
        Err(Fault::new(column, "the item is missing"))
    }

    fn at(&self) -> Read<Option<i64>> {
        for column in self.plan.columns(Field::At) {
            let cell = self.cell(column);
            if number::is_missing(&cell) {
                continue;
            }
            let cell = cell.trim_matches(['[', ']']);
            if self.logged()
                && cell.len() >= MILLIS_DIGITS
                && let Ok(at) = cell.trim().parse()
            {
                return Ok(Some(at));
            }
            return match self.habits.dates[column].parse(cell) {
                Some(at) => Ok(Some(at)),
                None => Err(Fault::cell(column, cell, "is not a date")),
            };
        }
        Ok(None)
    }
}

/// Whether the state of an order says that nothing came of it.
fn is_called_off(cell: &str) -> bool {
    let word = clean::line(cell).to_lowercase();
    [
        "cancel", "refund", "return", "void", "declin", "fail", "取消", "退", "关闭",
    ]
    .iter()
    .any(|part| word.contains(part))
}

fn is_isbn(id: &str) -> bool {
    let digits: Vec<char> = id.chars().filter(|c| *c != '-').collect();
    let all = digits
        .iter()
        .enumerate()
        .all(|(i, c)| c.is_ascii_digit() || i == 9 && digits.len() == 10 && matches!(c, 'x' | 'X'));
    all && matches!(digits.len(), 10 | 13)
}

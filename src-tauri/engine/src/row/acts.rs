//! The acts of a row: who did what with which item, and when.
//!
//! What only the shelves and readings of a format tell is in `reads`, what only a log of Curio's own has in
//! `log`.

use super::remarks::Remark;
use super::{Fault, Interaction, Line, Read};
use crate::behaviour::{Action, basket_of, is_basket};
use crate::catalogue::Item;
use crate::clean;
use crate::field::Field;
use crate::number::{self, Likes};
use crate::plan::Implied;
use crate::specs::Format;
use crate::words::{action_of, grade_of, is_called_off, opinion_of};

/// Digits of the shortest time that Curio's own log gives in milliseconds: no date has four digits for its year.
const MILLIS_DIGITS: usize = 14;
const DAY_MILLIS: i64 = 86_400_000;

impl Line<'_> {
    pub(super) fn interactions(&self, item: Option<&Item>) -> Read<Vec<Interaction>> {
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
        let plays = matches!(self.plan.format, Format::Lastfm | Format::Spotify);
        if plays && self.first(Field::At).is_none() {
            let column = self.plan.columns(Field::At).next();
            return Err(Fault::new(column, "the date is missing"));
        }
        let entered = self.entered();
        let mut reads = self.reads();
        if matches!(action, Action::Rate(_) | Action::Finish) && self.dated() {
            // All but the last of several days that stand where one does.
            reads.extend(self.earlier());
            reads.sort_unstable();
            reads.dedup();
        }
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
                entered,
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
        if self.plan.format == Format::ShopOrders
            && let Some(day) = self.filled(["cancelledat"]).next()
        {
            let order = self.plan.columns(Field::Basket).next();
            let reason = format!("the order was cancelled on {day}: nothing was bought");
            return Err(Fault::new(order, reason));
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
                    Some(_) if self.plan.format == Format::ShopOrders => Ok(Some(Action::Buy)),
                    known => Ok(known),
                };
            }
            if known.is_none() {
                // The item that the row tells of is none the less one.
                if item.is_none() || self.plan.format == Format::CurioLog {
                    return Err(Fault::cell(column, &word, "is not a known action"));
                }
                self.remark(Remark::Action, &word);
            }
            return Ok(known);
        }
        if self.is_skipped() {
            return Ok(None);
        }
        Ok(match self.plan.implied {
            Implied::Finish => Some(Action::Finish),
            Implied::Open => Some(Action::Open),
            Implied::Want => Some(Action::Want),
            Implied::Like => Some(Action::Like),
            Implied::Buy => Some(Action::Buy),
            Implied::Comment => Some(Action::Comment),
            Implied::Nothing if item.is_some() && !self.plan.has(Field::Profile) => {
                self.is_finished().then_some(Action::Finish)
            }
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
        if let Some((_, id)) = self.id(Field::Item) {
            // Curio's own log may name an item by its whole key.
            let whole = self.plan.format == Format::CurioLog && id.contains(':');
            return Ok(if whole { id } else { self.plan.key(&id) });
        }
        if let Some(item) = item.filter(|_| !self.plan.has(Field::Item)) {
            return Ok(item.key.clone());
        }
        if let Some((_, id)) = self.id(Field::Id) {
            return Ok(self.plan.key(&id));
        }
        let fields = [Field::Item, Field::Key, Field::Id];
        let column = fields.iter().find_map(|f| self.plan.columns(*f).next());
        Err(Fault::new(column, "the item is missing"))
    }

    pub(super) fn at(&self) -> Read<Option<i64>> {
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
            return match self.days(column, cell).last() {
                // Last.fm dates a play of which it knows no time to the first day of all.
                Some(at) if self.plan.format == Format::Lastfm && *at < DAY_MILLIS => Ok(None),
                Some(at) => Ok(Some(*at)),
                None => Err(Fault::cell(column, cell, "is not a date")),
            };
        }
        Ok(None)
    }
}

//! The cells of a row that hold numbers, each in the bounds of what it counts.
//!
//! A cell that says there is none is no number; one that says something else is a fault.

use super::{Fault, Line, Read};
use crate::field::Field;
use crate::number;
use crate::specs::Format;
use crate::words::{availability_of, is_open_price};

impl Line<'_> {
    pub(super) fn number(&self, field: Field) -> Read<Option<f64>> {
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

    /// The price; nothing where it says that there is none of its own.
    pub(super) fn price(&self) -> Read<Option<f64>> {
        match self.first(Field::Price) {
            Some((_, cell)) if !self.exact() && is_open_price(&cell) => Ok(None),
            _ => self.number(Field::Price),
        }
    }

    /// The pieces that are there; of a shop with several places those of all of them.
    pub(super) fn stock(&self) -> Read<Option<i64>> {
        let mut all = None;
        for column in self.plan.columns(Field::Stock) {
            let cell = self.cell(column);
            if cell.trim().is_empty() {
                continue;
            }
            if let Some(stock) = self.pieces(column, &cell)? {
                all = Some(stock.saturating_add(all.unwrap_or(0)));
            }
            if self.plan.format != Format::ShopStock {
                break;
            }
        }
        Ok(all)
    }

    fn pieces(&self, column: usize, cell: &str) -> Read<Option<i64>> {
        if number::is_missing(cell) {
            return Ok(None);
        }
        if let Ok(stock) = cell.trim().parse() {
            return Ok(Some(stock));
        }
        match self.habits.numbers.parse(cell) {
            Some(stock) if stock.abs() < 9e15 => Ok(Some(stock.round() as i64)),
            _ => match availability_of(cell) {
                Some(true) => Ok(None),
                Some(false) => Ok(Some(0)),
                None => Err(Fault::cell(column, cell, "is not a number")),
            },
        }
    }

    /// A rating in 0–5.
    pub(super) fn rating(&self, field: Field, top: f64) -> Read<Option<f64>> {
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

    pub(super) fn quantity(&self) -> Read<()> {
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
}

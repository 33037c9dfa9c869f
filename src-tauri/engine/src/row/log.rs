//! What only a log that Curio wrote itself has in its rows, read as it was.

use super::{Fault, Line, Read};
use crate::catalogue::RECORD_BYTES_MAX;
use crate::field::Field;
use crate::logged::{self, Logged, Statement};
use crate::specs::Format;

impl Line<'_> {
    /// Whether the row gives an entry as it stood in the log: earlier exports do not say where it was made.
    pub(super) fn logged(&self) -> bool {
        self.plan.format == Format::CurioLog && self.plan.has(Field::Surface)
    }

    /// How an act stood in the log.
    pub(super) fn as_logged(&self) -> Read<Option<Logged>> {
        if !self.logged() {
            return Ok(None);
        }
        Ok(Some(Logged {
            surface: self.exactly(Field::Surface),
            again: self.again()?,
        }))
    }

    /// What the row says of no item.
    pub(super) fn statement(&self) -> Read<Option<Statement>> {
        let Some((column, action)) = self.first(Field::Action) else {
            return Ok(None);
        };
        let (of_column, of) = (self.plan.columns(Field::Of).next(), self.exactly(Field::Of));
        let said = match logged::read(&action, &of) {
            None => return Ok(None),
            Some(Ok(said)) => said,
            Some(Err((true, complaint))) => {
                return Err(Fault::cell(of_column.unwrap_or(column), &of, complaint));
            }
            Some(Err((false, complaint))) => return Err(Fault::cell(column, &action, complaint)),
        };
        let profile = self.exactly(Field::Profile).trim().to_owned();
        if profile.is_empty() {
            let column = self.plan.columns(Field::Profile).next();
            return Err(Fault::new(column, "the user is missing"));
        }
        let bytes = of.len().max(profile.len());
        if bytes > RECORD_BYTES_MAX {
            let reason =
                format!("the row takes {bytes} bytes; at most {RECORD_BYTES_MAX} can be stored");
            return Err(Fault::new(of_column, reason));
        }
        Ok(Some(Statement {
            profile,
            at: self.at()?,
            said,
            again: self.again()?,
        }))
    }

    fn again(&self) -> Read<u32> {
        let Some((column, cell)) = self.first(Field::Again) else {
            return Ok(0);
        };
        let again = cell.trim().parse();
        again.map_err(|_| Fault::cell(column, &cell, "is not a count"))
    }
}

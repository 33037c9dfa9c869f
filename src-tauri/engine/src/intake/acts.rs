//! The interactions of a file taken in, each once: whose it is, and whether the log has it already.
//!
//! What a log of Curio's own says is taken in by `logged`.

use std::collections::HashSet;

use super::marks::{Mark, judged, mark, marks, said, verdict, verdicts};
use super::tally::Came;
use super::{HELD, Intake};
use crate::behaviour::{Action, Deed, Entry, IMPORT, UNDATED, is_anonymous};
use crate::catalogue::{Item, ItemId};
use crate::error::{Error, Result};
use crate::import::Interaction;
use crate::view::Imported;

/// Whose the purchases are that a till tells of, where nobody said otherwise.
const TILL: &str = "Till";

impl Intake<'_> {
    /// Why an interaction cannot be taken in, beside the item of its row.
    pub(super) fn refusal(
        &self,
        told: &Interaction,
        beside: Option<&Item>,
    ) -> Result<Option<String>> {
        let own = beside.is_some_and(|item| item.key == told.item_key);
        if !own && self.item_id(&told.item_key)?.is_none() {
            return Ok(Some(self.missing(&told.item_key)));
        }
        let nobody = self.whose(told).is_empty();
        Ok(nobody.then(|| {
            "the row names no profile; say whose it is (--profile NAME on a terminal)".to_owned()
        }))
    }

    /// The name of the profile that an interaction belongs to; empty when nobody said.
    pub(super) fn whose<'b>(&'b self, told: &'b Interaction) -> &'b str {
        let named = told.profile.as_ref().or(self.options.profile.as_ref());
        let nobody = if is_anonymous(&told.basket) { TILL } else { "" };
        // The store trims names too.
        named.map_or(nobody, |name| name.trim())
    }

    pub(super) fn take_interaction(&mut self, mut told: Interaction) -> Result<Came> {
        let name = self.whose(&told).to_owned();
        let item = self
            .item_id(&told.item_key)?
            .ok_or_else(|| Error::not_found("item", told.item_key.clone()))?;
        if self.store.find_profile(&name)?.is_none() {
            self.new.add(&name);
        }
        if let Some(logged) = told.logged.take() {
            return self.take_act(name, item, told, logged);
        }
        let dated = told.at.unwrap_or(i64::MIN);
        let words = told.note.as_str();
        let mark = |said: &str, basket: &str| mark(item, said, dated, basket);
        let deed = said(told.action, words);
        let bare = mark(&deed, "");
        let orderless = told.basket.is_empty() && told.action == Action::Buy;
        if orderless && self.orderless.len() < HELD {
            self.orderless.insert(bare);
        }
        // A log of before baskets were read holds the same purchases without them.
        let may = told.at.is_some() && !told.basket.is_empty() && !self.orderless.contains(&bare);
        let mut action = told.action;
        let before = match told.entered {
            Some(entered) => self.is_judged(&name, item, action)? && entered,
            None => false,
        };
        let known = self.known(&name)?;
        let unnamed = may && known.contains(&bare);
        let mut new = !unnamed && !before && known.insert(mark(&deed, &told.basket));
        // Another file, or a later one, tells the same with words: these are new.
        if !words.is_empty()
            && known.insert(mark(&said(Action::Comment, words), &told.basket))
            && !new
        {
            (new, action) = (true, Action::Comment);
        }
        if !new {
            return Ok(Came::Duplicate);
        }
        let surface = if told.at.is_some() { IMPORT } else { UNDATED };
        let deed = Deed::Act {
            item,
            action,
            surface: surface.to_owned(),
            note: told.note,
            basket: told.basket,
        };
        let at = told.at.unwrap_or(self.at);
        self.hear(&name, at, &deed);
        self.deeds.push((name, at, deed));
        Ok(Came::Stored)
    }

    /// On a dry run, shows what taking an interaction in would do.
    pub(super) fn show_interaction(
        &self,
        came: Came,
        told: &Interaction,
        imported: &mut Imported,
    ) -> Result<()> {
        let examples = imported.examples.as_mut();
        let Some(examples) = examples.filter(|e| came == Came::Stored && e.notes_more()) else {
            return Ok(());
        };
        let item = self.known_item(&told.item_key)?.unwrap_or_default();
        let profile = self.whose(told).to_owned();
        examples.note(profile, told.action, item.title);
        Ok(())
    }

    /// What a profile's log holds from imports, with what waits to be written.
    pub(super) fn known(&mut self, name: &str) -> Result<&mut HashSet<Mark>> {
        if !self.known.contains_key(name) {
            let marks = self.log_of(name)?.iter().flat_map(marks).collect();
            self.known.insert(name.to_owned(), marks);
        }
        Ok(self.known.entry(name.to_owned()).or_default())
    }

    /// Whether the verdict of an act is known, on whatever day; from now on it is.
    fn is_judged(&mut self, name: &str, item: ItemId, action: Action) -> Result<bool> {
        if !self.judged.contains_key(name) {
            let judged = self.log_of(name)?.iter().flat_map(judged).collect();
            self.judged.insert(name.to_owned(), judged);
        }
        let judged = self.judged.entry(name.to_owned()).or_default();
        let known = verdict(item, action).is_some_and(|mark| judged.contains(&mark));
        judged.extend(verdicts(item, action));
        Ok(known)
    }

    /// The stored log of a profile; nothing where it is new.
    pub(super) fn log_of(&self, name: &str) -> Result<Vec<Entry>> {
        let profile = self.store.find_profile(name)?;
        profile.map_or_else(|| Ok(Vec::new()), |id| self.store.log(id))
    }
}

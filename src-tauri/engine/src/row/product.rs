//! A product: what tells it from the other variants of its kind, and whether its shop sells it.

use super::Line;
use crate::specs::Format;

impl Line<'_> {
    /// The title of a variant of a product: `Mug` is `Mug, blue`, where it has variants.
    pub(super) fn variant(&self, title: String) -> String {
        let options = self.options();
        options.fold(title, |title, option| format!("{title}, {option}"))
    }

    /// What tells a variant from the others of its product.
    pub(super) fn options(&self) -> impl Iterator<Item = String> {
        const ONLY: [&str; 2] = ["Default Title", "Regular"];
        let options = self.filled([
            "option1value",
            "option2value",
            "option3value",
            "variationname",
        ]);
        options.filter(|option| !ONLY.contains(&option.as_str()))
    }

    /// The state of a product that its shop does not sell, now or any more.
    pub(super) fn withdrawn(&self) -> Option<String> {
        match self.plan.format {
            Format::Shopify => self.filled(["status"]).find(|state| {
                let state = state.to_lowercase();
                matches!(state.as_str(), "draft" | "archived" | "unlisted")
            }),
            Format::ShopStock => {
                let archived = self.filled(["archived"]).any(|cell| is_yes(&cell));
                // WooCommerce has -1 for a draft.
                let draft = self.filled(["published"]).any(|cell| cell == "-1");
                let state = |is: bool, state: &str| is.then(|| state.to_owned());
                state(archived, "archived").or_else(|| state(draft, "draft"))
            }
            _ => None,
        }
    }
}

fn is_yes(cell: &str) -> bool {
    ["y", "yes", "true", "1"]
        .iter()
        .any(|yes| cell.eq_ignore_ascii_case(yes))
}

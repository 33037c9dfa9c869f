//! The nearest names to one that nothing goes by, so that a slip of the hand is told what it meant.

use crate::error::Error;

/// Names that are proposed.
const PROPOSED: usize = 3;
/// How like a name must be to be proposed, from 0 to 1, by Jaro and Winkler.
const LIKENESS: f64 = 0.85;

/// That no `what` has this name, with the names that it may have been meant for, most like first.
pub(crate) fn not_found<'n>(
    what: &'static str,
    name: &str,
    names: impl Iterator<Item = &'n str>,
) -> Error {
    let wanted = name.trim().to_lowercase();
    let mut near: Vec<(f64, &str)> = names
        .filter_map(|known| {
            let folded = known.to_lowercase();
            let within = wanted.chars().count() > 3 && folded.contains(&wanted);
            let likeness = if within {
                1.0
            } else {
                strsim::jaro_winkler(&wanted, &folded)
            };
            (likeness >= LIKENESS).then_some((likeness, known))
        })
        .collect();
    near.sort_unstable_by(|(a, one), (b, other)| {
        let shorter = (one.len(), *one).cmp(&(other.len(), *other));
        b.total_cmp(a).then(shorter)
    });
    near.dedup();
    let near = near.iter().take(PROPOSED).map(|(_, known)| *known);
    Error::NotFound {
        what,
        name: name.to_owned(),
        near: near.map(str::to_owned).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(name: &str) -> String {
        let names = [
            "Ada",
            "Solaris",
            "Solaris: The Making",
            "索拉里斯",
            "Stalker",
        ];
        not_found("item", name, names.into_iter()).to_string()
    }

    #[test]
    fn slips_are_told_what_they_meant() {
        assert_eq!(
            said("solari"),
            r#"no item called "solari"; did you mean "Solaris" or "Solaris: The Making"?"#
        );
        assert_eq!(
            said("Stakler"),
            r#"no item called "Stakler"; did you mean "Stalker"?"#
        );
        assert_eq!(said("ada"), r#"no item called "ada"; did you mean "Ada"?"#);
        assert_eq!(
            said("索拉利斯"),
            r#"no item called "索拉利斯"; did you mean "索拉里斯"?"#
        );
        assert_eq!(said("The Godfather"), r#"no item called "The Godfather""#);
    }
}

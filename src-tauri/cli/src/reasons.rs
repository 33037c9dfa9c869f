//! Reasons in words: the typed parts of a reason put together as an English sentence.

use curio_engine::view::Reason;

use crate::columns::plain;

/// Why an item is in a list: the two strongest reasons as one sentence.
pub fn sentence(reasons: &[Reason]) -> String {
    match reasons {
        [] => String::new(),
        [Reason::Start, ..] => {
            "Something to try: Curio cannot tell yet how well it suits you.".into()
        }
        [first, second, ..] if *second != Reason::Start => {
            format!("Because {}, and {}.", clause(first), clause(second))
        }
        [first, ..] => format!("Because {}.", clause(first)),
    }
}

/// What two items have in common, as a few words; empty when there is nothing to name.
pub fn in_common(reasons: &[Reason]) -> String {
    let parts: Vec<String> = reasons.iter().filter_map(shared).take(2).collect();
    parts.join(", ")
}

fn clause(reason: &Reason) -> String {
    match reason {
        Reason::Liked { item } => format!("you liked {}", plain(&item.title)),
        Reason::Creator { name } => format!("it is by {}, whose work you liked", plain(name)),
        Reason::Person { name } => format!("{} took part, as in something you liked", plain(name)),
        Reason::Genre { name } => format!("it is in a genre you like, {}", plain(name)),
        Reason::Tags { names } => format!("it shares {} with what you liked", listed(names)),
        Reason::Title { name } => {
            format!(
                "its title shares “{}” with something you chose lately",
                plain(name)
            )
        }
        Reason::Language { name } => {
            format!("it is in {}, like much of what you liked", plain(name))
        }
        Reason::Meaning => "it is close to your taste as a whole".into(),
        Reason::Lately => "it is close to what you chose lately".into(),
        Reason::Era { year } => format!("it comes from around {year}, years that you like"),
        Reason::Popular => "many people choose it".into(),
        Reason::WellRated => "it is rated highly".into(),
        Reason::New => "it came out lately".into(),
        Reason::Newer => "it is newer than most of its kind here".into(),
        Reason::Company => "others who like what you like also like it".into(),
        Reason::WentOn => "others went on to it after what you liked".into(),
        Reason::Most { signal } => format!("{signal} counts most for it"),
        Reason::Start => "it is something to try".into(),
    }
}

fn shared(reason: &Reason) -> Option<String> {
    Some(match reason {
        Reason::Liked { item } => format!("close to {}", plain(&item.title)),
        Reason::Creator { name } => format!("both by {}", plain(name)),
        Reason::Person { name } => format!("{} in both", plain(name)),
        Reason::Genre { name } => format!("same genre, {}", plain(name)),
        Reason::Tags { names } => listed(names),
        Reason::Language { name } => format!("both in {}", plain(name)),
        Reason::Era { year } => format!("from around {year}"),
        Reason::Meaning => "alike in what they are about".into(),
        Reason::Company => "liked by the same people".into(),
        Reason::WentOn => "others went from one to the other".into(),
        Reason::Title { name } => format!("both called {}", plain(name)),
        Reason::Lately
        | Reason::Popular
        | Reason::WellRated
        | Reason::New
        | Reason::Newer
        | Reason::Most { .. }
        | Reason::Start => return None,
    })
}

/// `a`, `a and b`, `a, b and c`.
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => plain(only).into_owned(),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(|name| plain(name)).collect();
            format!("{} and {}", first.join(", "), plain(last))
        }
    }
}

#[cfg(test)]
mod tests {
    use curio_engine::catalogue::ItemId;
    use curio_engine::view::ItemRef;

    use super::*;

    #[test]
    fn two_reasons_make_one_sentence() {
        let liked = Reason::Liked {
            item: ItemRef {
                id: ItemId(3),
                title: "Solaris".into(),
            },
        };
        let creator = Reason::Creator {
            name: "Andrei Tarkovsky".into(),
        };
        let sentence = sentence(&[liked, creator, Reason::New]);
        insta::assert_snapshot!(sentence, @"Because you liked Solaris, and it is by Andrei Tarkovsky, whose work you liked.");
    }

    #[test]
    fn a_start_stands_alone_and_is_not_added_to_a_reason() {
        let start = sentence(&[Reason::Start, Reason::Popular]);
        insta::assert_snapshot!(start, @"Something to try: Curio cannot tell yet how well it suits you.");
        let popular = sentence(&[Reason::Popular, Reason::Start]);
        insta::assert_snapshot!(popular, @"Because many people choose it.");
        assert_eq!(sentence(&[]), "");
    }

    #[test]
    fn tags_are_listed_as_people_list_things() {
        let names = ["ocean", "memory", "space"].map(str::to_owned);
        assert_eq!(listed(&names), "ocean, memory and space");
        assert_eq!(listed(&names[..2]), "ocean and memory");
        let both = in_common(&[
            Reason::New,
            Reason::Tags {
                names: names.to_vec(),
            },
            Reason::Era { year: 1972 },
        ]);
        assert_eq!(both, "ocean, memory and space, from around 1972");
    }
}

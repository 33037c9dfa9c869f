//! What Douban tells in a link and in a line of introduction: what a thing is, from when, where and by whom.

use super::Line;
use crate::catalogue::{Item, Kind};
use crate::clean;
use crate::field::Field;
use crate::identity;

/// What is in a link to a thing of each kind.
const KINDS: [(&str, Kind); 5] = [
    ("/drama/", Kind::Other),
    ("/game/", Kind::Game),
    ("movie.douban", Kind::Film),
    ("book.douban", Kind::Book),
    ("music.douban", Kind::Music),
];

impl Line<'_> {
    /// The kind of what the link of the row leads to.
    pub(super) fn linked_kind(&self) -> Option<Kind> {
        let (_, link) = self.first(Field::Id)?;
        let found = KINDS.iter().find(|(part, _)| link.contains(part));
        found.map(|(_, kind)| *kind)
    }
}

/// The key of what a link leads to, by the number in it.
pub(super) fn linked_key(link: &str) -> Option<String> {
    let path = link.split(['?', '#']).next().unwrap_or(link);
    let mut parts = path.trim_end_matches('/').rsplit('/');
    let number = parts
        .next()
        .filter(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))?;
    let sort = parts.next().filter(|sort| *sort != "subject");
    let sort = sort.map_or_else(String::new, |sort| format!("{sort}-"));
    Some(identity::named("douban", &format!("{sort}{number}")))
}

/// Takes the introduction apart: of a film `1994 / 美国 / 剧情 犯罪 / director / actors`, else the maker
/// first and the year among the rest. One that is of another form is the description.
pub(super) fn introduce(cell: &str, item: &mut Item) {
    let line = clean::plain(cell);
    let parts: Vec<&str> = line.split('/').map(str::trim).collect();
    let year = |part: &&str| clean::four_digits(part).filter(|_| part.starts_with(digit));
    let Some(when) = parts.iter().position(|part| year(part).is_some()) else {
        item.description = clean::prose(cell);
        return;
    };
    item.year = item.year.or(year(&parts[when]));
    let words = |at: usize| parts.get(at).map_or_else(Vec::new, |part| words(part));
    if when == 0 && item.kind == Kind::Film {
        item.countries = words(1);
        item.genres = words(2);
        item.creators = words(3);
        item.people = words(4);
        item.people.retain(|name| !item.creators.contains(name));
    } else if when > 0 && matches!(item.kind, Kind::Book | Kind::Music) {
        item.creators = vec![unmarked(parts[0]).to_owned()];
    }
}

/// A name of Douban's without what it is called elsewhere: of `通天塔/Babel` the first. A stroke within Latin
/// letters may be the name's own, as in `Fate/Zero`.
pub(super) fn first_name(title: &str) -> String {
    let first = |title: &'_ str, mark: &str| -> Option<String> {
        let mut names = title.split(mark).map(str::trim);
        names.find(|name| !name.is_empty()).map(str::to_owned)
    };
    let name = first(title, " / ").unwrap_or_else(|| title.to_owned());
    first(&name, "/")
        .filter(|one| !one.is_ascii())
        .unwrap_or(name)
}

/// The words of a list that blanks part; of Latin names the blanks are their own.
fn words(part: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in part.split_whitespace() {
        match words.last_mut() {
            Some(last) if last.is_ascii() && word.is_ascii() => {
                last.push(' ');
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    words
}

/// A name without the country before it: `[哥伦比亚] 加西亚·马尔克斯`.
fn unmarked(name: &str) -> &str {
    let rest = name.strip_prefix(['[', '【', '(', '（', '〔']);
    let rest = rest.and_then(|rest| rest.split_once([']', '】', ')', '）', '〕']));
    rest.map_or(name, |(_, rest)| rest.trim())
}

fn digit(c: char) -> bool {
    c.is_ascii_digit()
}

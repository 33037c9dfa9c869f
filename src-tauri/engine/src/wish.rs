//! A wish: the kinds that a line of typed words asks for, as `film` in "a slow film about memory".
//!
//! The words are those by which catalogues name kinds. The noun that a wish is about comes first in most
//! languages and last in Chinese; what else it names ("a film about a book") is not asked for, unless it is
//! listed beside it ("films or books"). Of two that touch ("film music") the later is the noun.

use crate::catalogue::Kind;
use crate::identity::folded;
use crate::words::kind_of;

/// The most words that name a kind together: `tv mini series`.
const LONGEST: usize = 3;
/// Words that name a kind in a cell of their own, and something else in a sentence; in the singular, and
/// written as one.
const ELSEWISE: &str = "|article|artist|ep|episode|expansion|good|lp|ona|other|season|short|show|single|track|video|其他|";
/// Words that stand between kinds that are listed.
const LISTING: &str = "|,|or|and|oder|und|ou|et|o|y|或|者|和|与|跟|及|还|是|";
/// Signs that make another word of the name of a kind: 图书馆, 音乐家, 电影院.
const GOES_ON: &str = "|馆|院|家|会|机|节|店|厅|人|";
/// Signs before a 书 that is a word: 讲大海的书, and not 秘书.
const BEFORE: &str = "|的|本|部|些|类|种|";
/// What a title may begin with that is no more than the name of a kind.
const ARTICLES: [&str; 3] = ["the ", "a ", "an "];

/// The kinds that are asked for; none where no word names one.
pub fn kinds(wish: &str) -> Vec<Kind> {
    let words = cut(wish);
    let mut named = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let found = (1..=LONGEST.min(words.len() - at))
            .rev()
            .find_map(|n| Some((n, named_by(&words, at, n)?)));
        if let Some((n, kind)) = found {
            named.pop_if(|(_, to, _)| *to == at);
            named.push((at, at + n, kind));
        }
        at += found.map_or(1, |(n, _)| n);
    }
    if named.iter().any(|(from, ..)| is_east(&words[*from])) {
        named.reverse();
    }
    let mut kinds: Vec<Kind> = Vec::new();
    let mut last = None;
    for (from, to, kind) in named {
        let between: &[String] = match last {
            None => &[],
            Some((_, before)) if before <= from => &words[before..from],
            Some((after, _)) => &words[to..after],
        };
        if !between.iter().all(|word| is_in(LISTING, word)) {
            break;
        }
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
        last = Some((from, to));
    }
    kinds
}

/// Whether a line of typed words is rather the title of something: the whole of it, part of it, or a title
/// that itself names a kind, as `Game of Thrones` does. What is called `Film` and no more is none.
pub fn is_title(wish: &str, title: &str) -> bool {
    let (wish, title) = (folded(wish), folded(title));
    if wish.is_empty() || title.contains(&wish) {
        return !wish.is_empty();
    }
    let bare = ARTICLES
        .iter()
        .find_map(|article| title.strip_prefix(article));
    let names = !kinds(&title).is_empty() && kind_of(bare.unwrap_or(&title)).is_none();
    // Signs stand without spaces, and other words apart.
    let title = if title.chars().all(is_sign) {
        title
    } else {
        format!(" {title} ")
    };
    names && format!(" {wish} ").contains(&title)
}

/// The kind that `n` words from a place on name together.
fn named_by(words: &[String], at: usize, n: usize) -> Option<Kind> {
    let together = &words[at..at + n];
    let name = together.concat();
    let one = name.strip_suffix('s').unwrap_or(&name);
    let east = together.iter().filter(|word| is_east(word)).count();
    if is_in(ELSEWISE, &name) || is_in(ELSEWISE, one) || east > 0 && east < n {
        return None;
    }
    if east == 0 {
        let name = together.join(" ");
        let one = name.strip_suffix('s').and_then(kind_of);
        let many = || kind_of(&format!("{}y", name.strip_suffix("ies")?));
        return kind_of(&name).or(one).or_else(many);
    }
    let next = words.get(at + n);
    // One sign is a word only where none beside it may belong to it.
    let goes_on = match (n, next) {
        (1, Some(next)) => is_east(next) && !is_in(LISTING, next),
        (_, next) => next.is_some_and(|next| is_in(GOES_ON, next)),
    };
    let before = at.checked_sub(1).map(|before| &words[before]);
    let stands = n > 1
        || before.is_none_or(|word| !is_east(word) || is_in(BEFORE, word) || is_in(LISTING, word));
    (!goes_on && stands).then(|| kind_of(&name))?
}

/// Words in small letters; of Chinese, each sign; a comma is a word.
fn cut(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for c in text.to_lowercase().chars() {
        let east = is_sign(c);
        match words.last_mut() {
            Some(word) if open && !east && c.is_alphanumeric() => word.push(c),
            _ if c.is_alphanumeric() => words.push(c.to_string()),
            _ if matches!(c, ',' | '，' | '、' | '/') => words.push(",".to_owned()),
            _ => {}
        }
        open = c.is_alphanumeric() && !east;
    }
    words
}

fn is_east(word: &str) -> bool {
    word.chars().all(is_sign)
}

fn is_sign(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_in(list: &str, word: &str) -> bool {
    list.contains(&format!("|{word}|"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Kind::{Book, Film, Game, Music, Series};

    #[test]
    fn the_noun_of_a_wish_is_its_kind() {
        let check = |wish: &str, expected: &[Kind]| assert_eq!(kinds(wish), expected, "{wish}");
        check("A slow film about memory", &[Film]);
        check("movies with rain", &[Film]);
        check("a short novel about a film", &[Book]);
        check(
            "films, books or board games about the sea",
            &[Film, Book, Game],
        );
        check("a cosy video game", &[Game]);
        check("a TV series", &[Series]);
        check("sad songs", &[Music]);
        check("un film lent", &[Film]);
        check("一部关于记忆的慢电影", &[Film]);
        check("关于书店的电影", &[Film]);
        check("小说改编的电影", &[Film]);
        check("讲大海的书", &[Book]);
        check("下雨时听的专辑", &[Music]);
        check("电影或者游戏，都行", &[Game, Film]);
        check("music on a rainy day", &[Music]);
        check("film music", &[Music]);
        check("a comic book movie", &[Film]);
        check("动画电影", &[Film]);
        check("documentaries about the sea", &[Film]);
        check("关于音乐家的纪录片", &[Film]);
        for wish in [
            "",
            "something set on a train",
            "articles about the sea",
            "图书馆",
            "秘书",
            "something good",
            "a short walk",
            "有雨的夜晚",
            "书店",
            "filming",
            "Tarkovsky",
        ] {
            check(wish, &[]);
        }
    }

    #[test]
    fn a_title_is_no_wish() {
        assert!(is_title("the book thief", "The Book Thief"));
        assert!(is_title("Game of Thrones season 2", "Game of Thrones"));
        assert!(!is_title("the film The Godfather", "The Godfather"));
        assert!(!is_title("a slow film about memory", "Memory"));
        assert!(!is_title("a slow film about memory", "Film"));
        assert!(!is_title("the album about rain", "The Album"));
        assert!(!is_title("videogames about the sea", "Game"));
        assert!(!is_title("", "Solaris"));
    }
}

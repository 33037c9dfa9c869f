//! Words: what a text consists of for searching, whatever its script.
//!
//! Text is folded (case, accents, width) and cut into [`Unit`]s; the index and a query go through
//! the same two functions, so they cannot disagree. Scripts written without spaces become runs that
//! are indexed as overlapping pairs; all others are cut where letters and digits end. Any text is
//! fine: what has no letter at all is one unit as it stands. Not here: ranking, the index.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer words are noise (hashes, encoded data) and are left out.
const LONGEST_WORD: usize = 64;

/// A piece of folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unit {
    /// One word.
    Word(String),
    /// Words joined without a space: `spider-man`, `l'amour`, `s.w.a.t`, `ac/dc`.
    Compound(Vec<String>),
    /// Consecutive characters of scripts without spaces.
    Run(Vec<char>),
}

/// A term as it stands in the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub position: usize,
    pub term: String,
}

/// Folds case, accents and width: `Ｃａｆé` becomes `cafe`, `أهلاً` becomes `اهلا`, `ё` becomes `е`.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd()
        .filter(|&c| !is_accent(c))
        .nfc()
        .flat_map(char::to_lowercase)
        .fold(String::with_capacity(text.len()), |mut folded, c| {
            match c {
                'ß' => folded.push_str("ss"),
                'æ' => folded.push_str("ae"),
                'œ' => folded.push_str("oe"),
                'þ' => folded.push_str("th"),
                'ø' => folded.push('o'),
                'đ' | 'ð' => folded.push('d'),
                'ł' => folded.push('l'),
                'ı' => folded.push('i'),
                'ς' => folded.push('σ'),
                'ة' => folded.push('ه'),
                'ى' | 'ی' => folded.push('ي'),
                'ک' => folded.push('ك'),
                // Soft hyphen, zero-width characters and the Arabic stretch say nothing.
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | 'ـ' => {}
                other => folded.push(other),
            }
            folded
        })
}

/// Cuts folded text into units.
pub fn units(folded: &str) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut parts: Vec<String> = Vec::new();
    let mut chars = folded.chars().peekable();
    while let Some(c) = chars.next() {
        if is_unspaced(c) {
            let mut run = vec![c];
            while let Some(next) = chars.next_if(|&next| is_unspaced(next)) {
                run.push(next);
            }
            units.push(Unit::Run(run));
        } else if c.is_alphanumeric() {
            let mut word = String::from(c);
            while let Some(next) = chars.next_if(|&next| continues_word(next)) {
                word.push(next);
            }
            parts.push(word);
            let mut ahead = chars.clone();
            let joined = ahead.next().is_some_and(is_joint)
                && ahead
                    .next()
                    .is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c));
            if joined {
                chars.next();
            } else {
                push_words(&mut units, &mut parts);
            }
        }
    }
    if units.is_empty() {
        let symbols: String = folded.split_whitespace().collect();
        push_words(&mut units, &mut vec![symbols]);
    }
    units
}

/// The terms of an item's text, as they are indexed.
pub fn index_terms(text: &str) -> Vec<Placed> {
    let mut placed = Vec::new();
    let mut position = 0;
    for unit in units(&fold(text)) {
        match unit {
            Unit::Word(word) => {
                place_word(&mut placed, position, word);
                position += 1;
            }
            Unit::Compound(parts) => {
                let term = parts.concat();
                placed.push(Placed { position, term });
                for part in parts {
                    place_word(&mut placed, position, part);
                    position += 1;
                }
            }
            Unit::Run(run) => {
                // The last character stands alone, so that every character begins some term.
                for pair in 0..run.len() {
                    let term = run[pair..run.len().min(pair + 2)].iter().collect();
                    placed.push(Placed { position, term });
                    position += 1;
                }
            }
        }
    }
    placed
}

/// The terms of a query in a row, for matching it as a phrase against [`index_terms`].
pub fn phrase_terms(units: &[Unit]) -> Vec<(usize, String)> {
    let mut terms = Vec::new();
    let mut position = 0;
    for unit in units {
        match unit {
            Unit::Word(word) => {
                terms.push((position, word.clone()));
                position += 1;
            }
            Unit::Compound(parts) => {
                for part in parts {
                    terms.push((position, part.clone()));
                    position += 1;
                }
            }
            Unit::Run(run) => {
                terms.extend(pairs(run).enumerate().map(|(i, pair)| (position + i, pair)));
                position += run.len();
            }
        }
    }
    terms
}

/// The overlapping pairs of a run; none for a single character.
pub fn pairs(run: &[char]) -> impl Iterator<Item = String> {
    run.windows(2).map(|pair| pair.iter().collect())
}

/// The singular of an English plural (Harman's S-stemmer, 1991), when there is one.
pub fn singular(word: &str) -> Option<String> {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    if word.len() < 4 || !word.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return (!ends(&["eies", "aies"])).then(|| format!("{stem}y"));
    }
    if ends(&["aes", "ees", "oes", "us", "ss"]) {
        return None;
    }
    word.strip_suffix('s').map(str::to_owned)
}

fn place_word(placed: &mut Vec<Placed>, position: usize, word: String) {
    if let Some(term) = singular(&word) {
        placed.push(Placed { position, term });
    }
    placed.push(Placed {
        position,
        term: word,
    });
}

/// Empties `parts` into the units they make.
fn push_words(units: &mut Vec<Unit>, parts: &mut Vec<String>) {
    let length = |word: &String| word.chars().count();
    parts.retain(|part| !part.is_empty() && length(part) <= LONGEST_WORD);
    if parts.len() > 1 && parts.iter().map(length).sum::<usize>() <= LONGEST_WORD {
        units.push(Unit::Compound(std::mem::take(parts)));
    } else {
        units.extend(parts.drain(..).map(Unit::Word));
    }
}

fn continues_word(c: char) -> bool {
    (c.is_alphanumeric() || is_combining_mark(c)) && !is_unspaced(c)
}

/// Joins two words into one when it stands alone between them.
fn is_joint(c: char) -> bool {
    matches!(
        c,
        '-' | '‐' | '‑' | '\'' | '’' | 'ʼ' | '.' | '·' | '•' | '*' | '/' | '&' | '_' | '+'
    )
}

/// Marks that a reader leaves out when typing; not the vowel signs of Indic and other scripts.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'
        | '\u{5c1}'..='\u{5c2}' | '\u{5c4}'..='\u{5c5}' | '\u{5c7}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e8}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}')
}

/// Scripts written without spaces, or with particles grown onto words as in Korean.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' // Thai, Lao
        | '\u{1000}'..='\u{109f}' // Burmese
        | '\u{1780}'..='\u{17ff}' // Khmer
        | '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7ff}' // Hangul
        | '々' | '〇'
        | '\u{3041}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' // kana
        | '\u{3105}'..='\u{312f}' | '\u{31a0}'..='\u{31bf}' // bopomofo
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' // Han
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> String {
        let placed = index_terms(text);
        let words: Vec<String> = placed
            .into_iter()
            .map(|p| format!("{}:{}", p.position, p.term))
            .collect();
        words.join(" ")
    }

    #[test]
    fn folding_ignores_case_accents_and_width() {
        assert_eq!(fold("Ｃａｆé Øre ŁÓDŹ Straße"), "cafe ore lodz strasse");
        assert_eq!(fold("ΟΔΥΣΣΕΥΣ Οδυσσεύς"), "οδυσσευσ οδυσσευσ");
        assert_eq!(fold("Ёлка ﾐﾔｻﾞｷ"), "елка ミヤザキ");
        assert_eq!(fold("أَهْلًا مدينة"), "اهلا مدينه");
    }

    #[test]
    fn vowel_signs_and_voicing_marks_survive() {
        assert_eq!(fold("हिन्दी"), "हिन्दी");
        assert_eq!(fold("がぎ"), "がぎ");
        assert_eq!(terms("हिन्दी"), "0:हिन्दी");
    }

    #[test]
    fn joined_words_are_found_apart_and_together() {
        assert_eq!(terms("Spider-Man 2"), "0:spiderman 0:spider 1:man 2:2");
        assert_eq!(terms("M*A*S*H"), "0:mash 0:m 1:a 2:s 3:h");
        assert_eq!(terms("a - b"), "0:a 1:b");
        assert_eq!(terms("end. Start"), "0:end 1:start");
    }

    #[test]
    fn runs_become_pairs_in_which_every_character_begins_one() {
        assert_eq!(terms("千と千尋"), "0:千と 1:と千 2:千尋 3:尋");
        assert_eq!(terms("猫"), "0:猫");
        assert_eq!(terms("AKB48の夏"), "0:akb48 1:の夏 2:夏");
    }

    #[test]
    fn plurals_also_stand_as_singulars() {
        assert_eq!(terms("Robots"), "0:robot 0:robots");
        assert_eq!(singular("cities").as_deref(), Some("city"));
        for word in ["glass", "virus", "heroes", "été", "gas"] {
            assert_eq!(singular(word), None, "{word}");
        }
    }

    #[test]
    fn what_has_no_letter_is_one_unit() {
        assert_eq!(terms("!!!"), "0:!!!");
        assert_eq!(terms(" 💩 "), "0:💩");
        assert_eq!(terms("  \t"), "");
    }
}

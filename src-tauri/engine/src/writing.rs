//! The writing of a text: the script that most of its letters are of.

use icu_properties::CodePointMapData;
use icu_properties::props::Script;

/// A script. The signs of Chinese and of Japanese are one, as titles and texts mix them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Writing(Script);

/// Characters that are looked at.
const SAMPLE: usize = 120;

impl Writing {
    /// The writing of a text; nothing where no sign in it is of one.
    pub fn of(text: &str) -> Option<Self> {
        let scripts = CodePointMapData::<Script>::new();
        let mut counts: Vec<(Script, usize)> = Vec::new();
        for sign in text.chars().take(SAMPLE) {
            let script = match scripts.get(sign) {
                Script::Common | Script::Inherited | Script::Unknown => continue,
                Script::Hiragana | Script::Katakana => Script::Han,
                script => script,
            };
            match counts.iter_mut().find(|(known, _)| *known == script) {
                Some((_, count)) => *count += 1,
                None => counts.push((script, 1)),
            }
        }
        let most = counts.into_iter().max_by_key(|(_, count)| *count);
        most.map(|(script, _)| Self(script))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_in_what_most_of_its_letters_are() {
        let of = |text| Writing::of(text).map(|writing| writing.0);
        assert_eq!(of("Solaris (1972)"), Some(Script::Latin));
        assert_eq!(of("红楼梦，曹雪芹 1791"), Some(Script::Han));
        assert_eq!(of("吾輩は猫である"), Some(Script::Han));
        assert_eq!(of("Война и мир, War"), Some(Script::Cyrillic));
        assert_eq!(of("1984 …!"), None);
        assert_eq!(of(""), None);
    }
}

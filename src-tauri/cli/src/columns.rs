//! Columns: text fitted to cells of a terminal, whatever the width of its characters, and bars.
//!
//! A catalogue is other people's text: what could steer the terminal is taken out of it here.

use std::borrow::Cow;

use console::{Alignment, Term, measure_text_width, pad_str, truncate_str};

const BLOCKS: [char; 8] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];
const NARROWEST: usize = 60;
const WIDEST: usize = 120;
/// Where nobody looks at a terminal.
const USUAL: usize = 100;

/// The width to set pages in.
pub fn page_width() -> usize {
    Term::stdout()
        .size_checked()
        .map_or(USUAL, |(_, width)| usize::from(width))
        .clamp(NARROWEST, WIDEST)
}

/// Text without what could steer a terminal or break a line.
pub fn plain(text: &str) -> Cow<'_, str> {
    let unsafe_char =
        |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if text.contains(unsafe_char) {
        text.replace(unsafe_char, " ").into()
    } else {
        text.into()
    }
}

/// What the engine says to windows too, as it is said to who sits at a terminal.
pub fn here(text: &str) -> String {
    text.replace(" on a terminal)", ")")
}

/// Text cut to a width and filled up to it.
pub fn left(text: &str, width: usize) -> String {
    pad_str(&cut(text, width), width, Alignment::Left, None).into_owned()
}

/// Text at the right end of a width.
pub fn right(text: &str, width: usize) -> String {
    pad_str(&cut(text, width), width, Alignment::Right, None).into_owned()
}

/// A line of a table: a name, and cells that end below each other, each with its width.
pub fn row((name, name_width): (&str, usize), (cells, width): (&[String], usize)) -> String {
    let mut row = left(name, name_width);
    for cell in cells {
        row.push(' ');
        row.push_str(&right(cell, width));
    }
    row.trim_end().to_owned()
}

/// Text cut to a width, with an ellipsis where something is missing.
pub fn cut(text: &str, width: usize) -> String {
    truncate_str(&plain(text), width, "…").into_owned()
}

/// Text broken into lines; between words, and anywhere in scripts without spaces.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in plain(text).split_whitespace() {
        let here = lines.last().map_or(0, |line| measure_text_width(line));
        let gap = usize::from(here > 0);
        if here + gap + measure_text_width(word) <= width {
            extend(&mut lines, if here > 0 { " " } else { "" });
            extend(&mut lines, word);
            continue;
        }
        let wide = measure_text_width(word) > width;
        if here > 0 && !wide {
            lines.push(String::new());
        } else if here > 0 {
            extend(&mut lines, " ");
        }
        for c in word.chars() {
            let here = lines.last().map_or(0, |line| measure_text_width(line));
            if here + measure_text_width(c.encode_utf8(&mut [0; 4])) > width {
                lines.push(String::new());
            }
            extend(&mut lines, c.encode_utf8(&mut [0; 4]));
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// A bar as long as a value is beside the most there is; solid for what adds, hatched for what
/// takes away.
pub fn bar(value: f64, most: f64, width: usize) -> String {
    if most <= 0.0 || !value.is_finite() {
        return String::new();
    }
    let eighths = ((value.abs() / most).min(1.0) * (width * 8) as f64).round() as usize;
    if value < 0.0 {
        return "░".repeat(eighths.div_ceil(8));
    }
    let mut drawn = "█".repeat(eighths / 8);
    if !eighths.is_multiple_of(8) {
        drawn.push(BLOCKS[eighths % 8 - 1]);
    }
    drawn
}

/// A whole number with its thousands apart: `9,125`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count and its noun: `1 item`, `2 items`.
pub fn counted(number: u64, noun: &str) -> String {
    match (number, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{} {stem}ies", grouped(number)),
        (_, None) => format!("{} {noun}s", grouped(number)),
    }
}

fn extend(lines: &mut [String], text: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_take_two_cells() {
        assert_eq!(left("千と千尋", 10), "千と千尋  ");
        assert_eq!(left("千と千尋の神隠し", 10), "千と千尋… ");
        assert_eq!(right("42", 5), "   42");
        for text in ["", "a", "千と千尋の神隠し", "Amélie", "المدينة"] {
            assert_eq!(measure_text_width(&left(text, 9)), 9, "{text}");
        }
    }

    #[test]
    fn a_title_cannot_steer_the_terminal() {
        assert_eq!(plain("a\u{1b}[31mb\nc\u{202e}d"), "a [31mb c d");
        assert_eq!(plain("千と"), "千と");
    }

    #[test]
    fn lines_break_between_words_or_anywhere_in_a_run() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("千と千尋の神隠し", 6), ["千と千", "尋の神", "隠し"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert!(wrap(" \n ", 5).is_empty());
    }

    #[test]
    fn bars_are_drawn_to_an_eighth() {
        assert_eq!(bar(1.0, 1.0, 4), "████");
        assert_eq!(bar(0.5, 1.0, 3), "█▌");
        assert_eq!(bar(-0.5, 1.0, 4), "░░");
        assert_eq!(bar(0.0, 1.0, 4), "");
        assert_eq!(bar(1.0, 0.0, 4), "");
        assert_eq!(bar(9.0, 1.0, 2), "██");
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(9_125), "9,125");
        assert_eq!(counted(1, "entry"), "1 entry");
        assert_eq!(counted(1_000, "entry"), "1,000 entries");
        assert_eq!(counted(0, "item"), "0 items");
    }
}

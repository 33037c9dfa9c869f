//! Rust read as words: what a source names, without its comments and what stands in its strings.

use std::collections::BTreeSet;

#[test]
fn the_rules_see_through_comments_strings_and_nested_imports() {
    let source = r##"
        // use crate::store; crate::search
        /* sled::open */
        const A: &str = "tantivy::\" // Index";
        const B: &str = r#"ort::" // init"#;
        fn c<'a>(x: &'a str) -> char { '"' }
        use crate::{catalogue::{Item, store_name}, rank, text::fold as backup};
    "##;
    let tokens = tokens(&code(source));
    let expected = ["catalogue", "rank", "text"].map(str::to_owned);
    assert_eq!(paths_from(&tokens, &["crate"]), BTreeSet::from(expected));
    for name in ["sled", "tantivy", "ort"] {
        assert!(!follows(&tokens, &[name, "::"]), "{name} in {tokens:?}");
    }
    assert!(follows(&tokens, &["text", "::", "fold", "as", "backup"]));
}

/// Rust without comments, and with empty strings.
pub fn code(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if rest.starts_with("r\"") || rest.starts_with("r#") {
            raw_string(rest)
        } else if first == '"' {
            string(rest)
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\'") {
            rest[1..].find('\'').map_or(rest.len(), |end| end + 2)
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        rest = &rest[skipped..];
        out.push(' ');
    }
    out
}

/// The length of the string literal at the start.
fn string(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    rest.len()
}

/// The length of the raw string literal, or raw identifier's `r#`, at the start.
fn raw_string(rest: &str) -> usize {
    let hashes = rest[1..].chars().take_while(|c| *c == '#').count();
    if !rest[1 + hashes..].starts_with('"') {
        return 1 + hashes;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    let body = 2 + hashes;
    rest[body..]
        .find(&end)
        .map_or(rest.len(), |at| body + at + end.len())
}

/// Words, `::` and single signs.
pub fn tokens(code: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let word = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        let length = match word {
            0 if rest.starts_with("::") => 2,
            0 => first.len_utf8(),
            _ => word,
        };
        tokens.push(rest[..length].to_owned());
        rest = rest[length..].trim_start();
    }
    tokens
}

pub fn follows(tokens: &[String], pattern: &[&str]) -> bool {
    tokens
        .windows(pattern.len())
        .any(|window| window == pattern)
}

/// The first names of all paths that begin at one of the roots, through `use root::{…}` too.
pub fn paths_from(tokens: &[String], roots: &[&str]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, pair) in tokens.windows(2).enumerate() {
        if !roots.contains(&pair[0].as_str()) || pair[1] != "::" {
            continue;
        }
        match &tokens[at + 2..] {
            [open, group @ ..] if open == "{" => names.extend(group_names(group)),
            [name, ..] => drop(names.insert(name.clone())),
            [] => {}
        }
    }
    names
}

/// The first name of each path in a `{…}` of a `use`, given what follows the brace.
fn group_names(group: &[String]) -> Vec<String> {
    let mut names = Vec::new();
    let (mut depth, mut begins) = (1, true);
    for token in group {
        match token.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            "," if depth == 1 => begins = true,
            name if depth == 1 && begins => {
                names.push(name.to_owned());
                begins = false;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

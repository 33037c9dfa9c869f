//! Numbers as people's files write them, brought to one scale.
//!
//! Whether a comma parts decimals or thousands, and of how many a rating is, is decided from a whole
//! column ([`Numbers`], [`Scale`]) before any value is read.

/// Whether a cell says that a number is not known.
pub fn is_missing(cell: &str) -> bool {
    let cell = cell.trim();
    cell.is_empty()
        || cell == "\\N"
        || [
            "nan", "null", "none", "n/a", "na", "-", "--", "–", "—", "?", "unknown",
        ]
        .iter()
        .any(|word| cell.eq_ignore_ascii_case(word))
}

/// What the commas and points in the numbers of a file mean.
#[derive(Debug, Clone, Copy, Default)]
pub struct Numbers {
    commas: u64,
    points: u64,
    comma_by_default: bool,
    /// What the person said, which is above what the numbers say.
    pub told: Option<bool>,
}

impl Numbers {
    /// Nothing seen yet; the default answers when no number tells.
    pub fn new(comma_by_default: bool) -> Self {
        Self {
            comma_by_default,
            ..Self::default()
        }
    }

    /// Takes note of one cell.
    pub fn observe(&mut self, cell: &str) {
        match mark(cell) {
            Some(',') => self.commas += 1,
            Some('.') => self.points += 1,
            _ => {}
        }
    }

    /// Whether commas part decimals.
    pub fn decimal_comma(&self) -> bool {
        let seen = self.commas > self.points || self.commas == self.points && self.comma_by_default;
        self.told.unwrap_or(seen)
    }

    /// Whether some number told that commas part decimals.
    pub fn saw_comma(&self) -> bool {
        self.commas > 0 && self.decimal_comma()
    }

    /// Reads a number; currency signs and units around it are let go.
    pub fn parse(&self, cell: &str) -> Option<f64> {
        let bare = bare(cell);
        let comma = match (self.told, mark(&bare)) {
            (Some(told), _) => told,
            (None, Some(sign)) => sign == ',',
            (None, None) => self.decimal_comma(),
        };
        let mut digits = String::with_capacity(bare.len());
        for c in bare.chars() {
            match (c, comma) {
                (',', true) | ('.', false) => digits.push('.'),
                (',' | '.', _) => {}
                _ => digits.push(c),
            }
        }
        if digits.matches('.').count() > 1 {
            // Only thousands are parted more than once.
            digits.retain(|c| c != '.');
        }
        let plain = digits
            .bytes()
            .all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
        let number: f64 = plain.then(|| digits.parse().ok())??;
        number.is_finite().then_some(number)
    }
}

/// The sign that certainly parts the decimals of a number.
fn mark(cell: &str) -> Option<char> {
    let comma = cell.rfind(',');
    let point = cell.rfind('.');
    match (comma, point) {
        (Some(c), Some(p)) => Some(if c > p { ',' } else { '.' }),
        (Some(at), None) => telling(cell, at).then_some(','),
        (None, Some(at)) => telling(cell, at).then_some('.'),
        (None, None) => None,
    }
}

/// One sign, not before exactly three digits, cannot part thousands.
fn telling(cell: &str, at: usize) -> bool {
    let after = cell[at + 1..]
        .bytes()
        .take_while(u8::is_ascii_digit)
        .count();
    let before = cell[..at].trim_start_matches(|c: char| !c.is_ascii_digit());
    let once = cell.matches([',', '.']).count() == 1;
    once && (after != 3 || before.is_empty() || before == "0" || before.len() > 3)
}

/// Drops currency signs, codes and blanks around and inside a number.
fn bare(cell: &str) -> String {
    let cell = cell.trim();
    let sign = |c: char| "$€£¥￥₽₹₩₴₺".contains(c) || c.is_whitespace();
    let cell = cell.trim_matches(sign);
    let unit = |text: &str| {
        matches!(
            text.to_uppercase().as_str(),
            "USD" | "EUR" | "GBP" | "CNY" | "RMB" | "JPY" | "CHF" | "KR" | "ZŁ" | "元" | "円" | "%"
        )
    };
    let front = cell.find(|c: char| c.is_ascii_digit() || "+-.,".contains(c));
    let cell = match front {
        Some(at) if unit(cell[..at].trim()) => &cell[at..],
        _ => cell,
    };
    let back = cell.rfind(|c: char| c.is_ascii_digit() || c == '.');
    let cell = match back {
        Some(at) if unit(cell[at + 1..].trim()) => &cell[..=at],
        _ => cell,
    };
    cell.replace('−', "-")
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’' | '\u{202f}') && !sign(*c))
        .collect()
}

/// Of how many a column of ratings is: 5, 10 or 100, or no more than yes and no.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scale {
    all: u64,
    five: u64,
    ten: u64,
    ones: u64,
    zeros: u64,
    minus: u64,
}

/// What a one and what stands against it mean in a column of likes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likes {
    /// 1 is a like, 0 a dislike.
    OneZero,
    /// 1 is a like, -1 a dislike, 0 no opinion.
    PlusMinus,
}

impl Scale {
    /// Takes note of one rating; one that no scale holds says nothing.
    pub fn observe(&mut self, rating: f64) {
        let is = |value: f64| u64::from((rating - value).abs() < 1e-9);
        self.minus += is(-1.0);
        if !(0.0..=100.0).contains(&rating) {
            return;
        }
        self.all += 1;
        self.ones += is(1.0);
        self.zeros += is(0.0);
        self.five += u64::from(rating <= 5.0);
        self.ten += u64::from(rating <= 10.0);
    }

    /// The smallest scale that holds nine in ten of the ratings.
    pub fn top(&self) -> f64 {
        let holds = |count: u64| count * 10 >= self.all * 9;
        if holds(self.five) {
            5.0
        } else if holds(self.ten) {
            10.0
        } else {
            100.0
        }
    }

    /// Whether the column holds likes: ones and nothing but 0 or -1 beside them.
    pub fn likes(&self) -> Option<Likes> {
        let bare = self.ones > 0 && self.all == self.ones + self.zeros;
        match (bare, self.minus, self.zeros) {
            (true, 1.., _) => Some(Likes::PlusMinus),
            (true, 0, 1..) => Some(Likes::OneZero),
            _ => None,
        }
    }
}

/// Reads a rating that carries its own scale: `8/10`, `★★★½`. Answers in 0–5.
pub fn own_scale(cell: &str, numbers: &Numbers) -> Option<f64> {
    let cell = cell.trim();
    if let Some((rating, top)) = cell.split_once('/') {
        let (rating, top) = (numbers.parse(rating)?, numbers.parse(top)?);
        return (top > 0.0).then_some(rating * 5.0 / top);
    }
    if let Some(percent) = cell.strip_suffix('%') {
        return numbers.parse(percent).map(|percent| percent / 20.0);
    }
    if cell.starts_with(['★', '⭐', '½']) {
        let rest = cell.trim_start_matches(['★', '⭐', '\u{fe0f}']);
        let full = cell.chars().filter(|c| matches!(c, '★' | '⭐')).count();
        let half = rest.starts_with('½');
        let rest = rest.trim_start_matches('½').trim_start_matches('☆');
        return rest
            .is_empty()
            .then_some(full as f64 + if half { 0.5 } else { 0.0 });
    }
    None
}

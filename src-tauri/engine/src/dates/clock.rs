//! The time of day that stands behind a date, and its zone.

use chrono::NaiveTime;

/// The time of day after a date, in milliseconds, its zone taken away; 0 when there is none.
pub(super) fn time(rest: &str) -> Option<i64> {
    let rest = rest.trim_start_matches(['T', 't', ' ', ',']).trim();
    if rest.is_empty() {
        return Some(0);
    }
    let end = rest
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ',')))
        .unwrap_or(rest.len());
    let (clock, zone) = (rest[..end].replace(',', "."), rest[end..].trim());
    let mut fields = clock.split(':');
    let hour: u32 = fields.next()?.parse().ok()?;
    let minute: u32 = fields.next()?.parse().ok()?;
    let seconds: f64 = fields.next().map_or(Some(0.0), |s| s.parse().ok())?;
    if fields.next().is_some() || !(0.0..61.0).contains(&seconds) {
        return None;
    }
    let upper = zone.to_uppercase();
    let (hour, zone) = match (hour, upper.as_str()) {
        (12, "AM") => (0, ""),
        (1..=11, "PM") => (hour + 12, ""),
        (1..=12, "AM" | "PM") => (hour, ""),
        _ => (hour, upper.as_str()),
    };
    let start = NaiveTime::from_hms_opt(hour, minute, 0)?;
    let millis = start
        .signed_duration_since(NaiveTime::MIN)
        .num_milliseconds();
    Some(millis + (seconds * 1000.0).round() as i64 - offset(zone)?)
}

/// A zone's distance from UTC in milliseconds.
fn offset(zone: &str) -> Option<i64> {
    if matches!(zone, "" | "Z" | "UTC" | "GMT") {
        return Some(0);
    }
    let zone = zone.strip_prefix("UTC").unwrap_or(zone);
    let sign = match zone.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits: String = zone[1..].chars().filter(|c| *c != ':').collect();
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes): (i64, i64) = match digits.len() {
        1 | 2 => (digits.parse().ok()?, 0),
        4 => (digits[..2].parse().ok()?, digits[2..].parse().ok()?),
        _ => return None,
    };
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes) * 60_000)
}

//! Moments in words: as near as they are, as exact as they need to be.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// A moment, ready to be shown.
pub struct When {
    /// For `datetime=""`.
    pub iso: String,
    /// "10:02" today, "yesterday", "Tue", "3 May", "3 May 2025".
    pub short: String,
    /// The same with the time of day.
    pub long: String,
}

/// `at` and `now` are microseconds UTC.
pub fn when(at: i64, now: i64, tz: &TimeZone) -> When {
    let zoned = stamp(at).to_zoned(tz.clone());
    let today = day(now, tz);
    let time = zoned.strftime("%H:%M").to_string();
    let days_ago = zoned
        .date()
        .until(today)
        .map_or(i32::MAX, |span| span.get_days());
    let date = |with_year: bool| {
        let form = if with_year { "%-d %b %Y" } else { "%-d %b" };
        zoned.strftime(form).to_string()
    };
    let same_year = zoned.year() == today.year();
    let (short, long) = match days_ago {
        0 => (time.clone(), time),
        1 => ("yesterday".into(), format!("yesterday, {time}")),
        2..=6 => (
            zoned.strftime("%a").to_string(),
            format!("{}, {time}", zoned.strftime("%a %-d %b")),
        ),
        _ => (date(!same_year), format!("{}, {time}", date(!same_year))),
    };
    When {
        iso: zoned.timestamp().to_string(),
        short,
        long,
    }
}

/// The calendar day of a moment.
pub fn day(at: i64, tz: &TimeZone) -> Date {
    stamp(at).to_zoned(tz.clone()).date()
}

/// The time of day alone: "10:14".
pub fn clock(at: i64, tz: &TimeZone) -> String {
    stamp(at).to_zoned(tz.clone()).strftime("%H:%M").to_string()
}

/// A date or date-time of the engine in words: "Sat 28 Nov", "Sat 28 Nov, 16:00". Anything else
/// is left out rather than shown as a code.
pub fn due(value: &str) -> Option<String> {
    if let Ok(zoned) = value.parse::<jiff::civil::DateTime>()
        && value.contains('T')
    {
        return Some(zoned.strftime("%a %-d %b, %H:%M").to_string());
    }
    let date: Date = value.parse().ok()?;
    Some(date.strftime("%a %-d %b").to_string())
}

fn stamp(at: i64) -> Timestamp {
    Timestamp::from_microsecond(at).unwrap_or(Timestamp::UNIX_EPOCH)
}

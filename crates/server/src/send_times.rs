//! Times at which a reply may be sent instead of now: some that suit most people, and any other.

use jiff::ToSpan;
use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;

use crate::clock::{MINUTE, Micros};
use crate::hours::Hours;
use crate::{limits, words};

/// Late enough to have slept a moment on it, early enough to be read today.
const AFTERNOON_HOUR: i8 = 16;
/// Further than any holidays a desk keeps.
const DAYS_LOOKED_AT: i64 = 21;

/// A time that is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendTime {
    /// For the form: the civil time in the desk's own zone, to the minute.
    pub value: String,
    /// "today 16:00", "tomorrow 9:00", "Monday 9:00".
    pub words: String,
}

/// This afternoon while the desk is open then, and the next two mornings on which it opens.
pub fn offered(now: Micros, hours: &Hours) -> Vec<SendTime> {
    let today = hours.date(now);
    let afternoon = Time::new(AFTERNOON_HOUR, 0, 0, 0)
        .ok()
        .and_then(|time| hours.at(today, time))
        .filter(|at| hours.is_open(*at));
    let mornings = (1..=DAYS_LOOKED_AT)
        .filter_map(|days| today.checked_add(days.days()).ok())
        .filter_map(|day| hours.opens(day))
        .take(2);
    afternoon
        .into_iter()
        .chain(mornings)
        .filter(|at| *at > now + limits::SEND_AT_SOONEST)
        .map(|at| SendTime {
            value: words::in_zone(at, hours.zone())
                .strftime("%Y-%m-%dT%H:%M")
                .to_string(),
            words: words::ahead(at, now, hours.zone()),
        })
        .collect()
}

/// The time that a form names, or what is wrong with it.
pub fn parse(value: &str, now: Micros, zone: &TimeZone) -> Result<Micros, &'static str> {
    let civil: DateTime = value.trim().parse().map_err(|_| {
        "A day and a time are wanted for sending later. Nothing was sent; your words are in the reply."
    })?;
    let at = civil
        .to_zoned(zone.clone())
        .map_err(|_| "There is no such time. Nothing was sent; choose another.")?
        .timestamp()
        .as_microsecond();
    if at < now + limits::SEND_AT_SOONEST {
        return Err(
            "That time has passed, or is now. Nothing was sent; send it at once or choose a later time.",
        );
    }
    if at > now + limits::SEND_AT_LATEST {
        return Err("That is more than a month away. Nothing was sent; choose an earlier time.");
    }
    Ok(at)
}

/// The next time the clock shows this, "14:20", within half a day.
pub fn next_clock(value: &str, now: Micros, zone: &TimeZone) -> Option<Micros> {
    let time: Time = value.trim().parse().ok()?;
    let here = words::in_zone(now, zone);
    [here.date(), here.date().tomorrow().ok()?]
        .into_iter()
        .filter_map(|day| day.to_datetime(time).to_zoned(zone.clone()).ok())
        .map(|zoned| zoned.timestamp().as_microsecond())
        .find(|at| *at > now && *at - now <= 12 * 60 * MINUTE)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday 4 May 2026, 12:00 UTC.
    const NOON: Micros = 1_777_896_000_000_000;
    const HOUR: Micros = 60 * MINUTE;

    fn words_at(now: Micros) -> Vec<String> {
        let office = "09:00-17:00";
        let days = [office, office, office, office, office, "", ""];
        let hours = Hours::new(TimeZone::UTC, days, &[]).expect("hours");
        offered(now, &hours)
            .into_iter()
            .map(|time| time.words)
            .collect()
    }

    #[test]
    fn this_afternoon_is_offered_while_there_is_one_and_then_mornings() {
        assert_eq!(
            words_at(NOON),
            ["today 16:00", "tomorrow 9:00", "Wednesday 9:00"]
        );
        assert_eq!(
            words_at(NOON + 4 * HOUR),
            ["tomorrow 9:00", "Wednesday 9:00"]
        );
        // On a Friday evening the next morning is Monday's.
        assert_eq!(
            words_at(NOON + 4 * 24 * HOUR + 6 * HOUR),
            ["Monday 9:00", "Tuesday 9:00"]
        );
    }

    #[test]
    fn a_time_that_was_chosen_is_read_in_the_desks_own_zone() {
        let london = TimeZone::get("Europe/London").expect("a zone");
        let at = parse("2026-05-05T09:00", NOON, &london);
        assert_eq!(at, Ok(NOON + 20 * HOUR));
        assert!(parse("2026-05-04T11:00", NOON, &london).is_err(), "past");
        assert!(parse("2026-08-04T11:00", NOON, &london).is_err(), "far");
        assert!(parse("soon", NOON, &london).is_err());
    }

    #[test]
    fn a_clock_time_is_the_next_one() {
        assert_eq!(
            next_clock("14:20", NOON, &TimeZone::UTC),
            Some(NOON + 2 * HOUR + 20 * MINUTE)
        );
        assert_eq!(
            next_clock("11:59", NOON, &TimeZone::UTC),
            None,
            "that was just now"
        );
        let late = NOON + 11 * HOUR + 50 * MINUTE;
        assert_eq!(
            next_clock("00:10", late, &TimeZone::UTC),
            Some(late + 20 * MINUTE)
        );
    }
}

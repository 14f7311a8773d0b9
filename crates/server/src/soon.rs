//! Honest times in the place of "soon": worked out from the desk's hours, in words that a letter can say and that the
//! engine reads as the same time.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use unruffled_engine::{DraftInput, Engine, Note, Review, Trust};

use crate::clock::{HOUR, Micros};
use crate::hours::Hours;
use crate::words;

/// Who says "today" means to do it in the next two hours of business, and seldom manages in one.
const SOONEST_HOURS: i64 = 2;
/// A day of the week is clear for so many days ahead; from then on it is a date.
const WEEKDAY_CLEAR_DAYS: i32 = 6;

/// Three of the times within so many working days differ.
const DAYS_AHEAD_MAX: u32 = 5;

/// A time that may be promised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Soon {
    /// "today 16:00", for choosing.
    pub label: String,
    /// "by 16:00 today", for the letter.
    pub by: String,
    /// "2026-05-01T16:00" on the desk's clock.
    pub local: String,
    #[serde(skip)]
    pub at: Micros,
    /// One sentence where the desk is closed then.
    pub says: Option<String>,
}

/// Three times that can be kept, the soonest first.
pub fn times(hours: &Hours, now: Micros) -> Vec<Soon> {
    // The second and third are noon of the next working day and the end of one after it, whichever still comes later.
    let later = (1..=DAYS_AHEAD_MAX).filter_map(|days| {
        let day = hours.in_working_days(now, days)?;
        if days == 1 {
            hours.noon_of(day)
        } else {
            hours.end_of(day)
        }
    });
    let mut times: Vec<Micros> = Vec::new();
    for at in soonest(hours, now).into_iter().chain(later) {
        if at > now && times.last().is_none_or(|last| *last < at) {
            times.push(at);
        }
    }
    times.truncate(3);
    times.into_iter().map(|at| soon(hours, at, now)).collect()
}

/// Two hours of business from now, at the full hour after it.
fn soonest(hours: &Hours, now: Micros) -> Option<Micros> {
    let at = hours.add(now, SOONEST_HOURS * HOUR)?;
    // The full hour of the desk's own clock: some zones lie half an hour beside the others.
    let civil = words::in_zone(at, hours.zone());
    let past = Micros::from(civil.minute()) * 60_000_000 + at % 60_000_000;
    let full = if past == 0 { at } else { at - past + HOUR };
    let closes = hours.closes(hours.date(at))?;
    Some(full.min(closes))
}

/// One time in words.
pub fn soon(hours: &Hours, at: Micros, now: Micros) -> Soon {
    let zoned = words::in_zone(at, hours.zone());
    let (date, today) = (zoned.date(), hours.date(now));
    let clock = match (zoned.hour(), zoned.minute()) {
        (12, 0) => "noon".to_owned(),
        _ => zoned.strftime("%H:%M").to_string(),
    };
    let (label, by) = match days_ahead(today, date) {
        0 => (format!("today {clock}"), format!("by {clock} today")),
        1 => (format!("tomorrow {clock}"), format!("by {clock} tomorrow")),
        2..=WEEKDAY_CLEAR_DAYS => {
            let day = zoned.strftime("%A");
            (format!("{day} {clock}"), format!("by {clock} on {day}"))
        }
        _ => {
            let day = zoned.strftime("%-d %B");
            (format!("{day}, {clock}"), format!("by {clock} on {day}"))
        }
    };
    // The very end of the hours is still a time at which somebody is there.
    let is_open = hours.is_open(at) || hours.closes(date) == Some(at);
    Soon {
        label,
        by,
        local: zoned.strftime("%Y-%m-%dT%H:%M").to_string(),
        at,
        says: (!is_open).then(|| closed_then(hours, at)),
    }
}

fn days_ahead(today: Date, date: Date) -> i32 {
    today
        .until((jiff::Unit::Day, date))
        .map_or(i32::MAX, |span| span.get_days())
        .max(0)
}

fn closed_then(hours: &Hours, at: Micros) -> String {
    match hours.next_opening(at) {
        Some(next) => {
            let next = words::in_zone(next, hours.zone());
            format!(
                "The desk is closed then; it opens on {}.",
                next.strftime("%A %-d %B at %H:%M")
            )
        }
        None => "The desk is closed then.".to_owned(),
    }
}

/// Makes the repairs that put a time in the place of a vague one name times within the desk's hours; gives those times
/// where there is such a repair.
pub fn respect_hours(
    engine: &Engine,
    hours: &Hours,
    review: &mut Review,
    now: Micros,
) -> Option<Vec<Soon>> {
    let chosen = |note: &Note| {
        note.fix
            .as_ref()
            .is_some_and(|fix| fix.trust == Trust::Choose)
    };
    if !review.notes.iter().any(chosen) {
        return None;
    }
    let theirs = soonest_of(engine, hours, now)?;
    let ours = times(hours, now);
    let mut any = false;
    for note in review.notes.iter_mut().filter(|note| chosen(note)) {
        let Some(fix) = note.fix.as_mut().filter(|fix| fix.with.contains(&theirs)) else {
            continue;
        };
        note.instead = ours
            .iter()
            .map(|soon| fix.with.replacen(&theirs, &soon.by, 1))
            .collect();
        if let Some(first) = note.instead.first() {
            fix.with.clone_from(first);
            any = true;
        }
    }
    any.then_some(ours)
}

/// The time that the engine itself would say now: it knows the clock, and not the desk's hours.
fn soonest_of(engine: &Engine, hours: &Hours, now: Micros) -> Option<String> {
    let now = words::in_zone(now, hours.zone());
    let review = engine.review(&DraftInput {
        draft: "We will get back to you soon.",
        now: Some(&now),
        ..DraftInput::default()
    });
    let fix = review.notes.into_iter().find_map(|note| note.fix)?;
    (fix.trust == Trust::Choose).then_some(fix.with)
}

/// "2026-05-01T16:00", as a browser's own field gives it, on the desk's clock.
pub fn at_local(hours: &Hours, local: &str) -> Option<Micros> {
    let civil: jiff::civil::DateTime = local.trim().parse().ok()?;
    hours.at(civil.date(), civil.time())
}

/// When somebody looks again after a hard moment: the third working day.
pub fn check_back(hours: &Hours, now: Micros) -> Option<Micros> {
    hours.end_of(hours.in_working_days(now, crate::limits::CHECK_BACK_DAYS)?)
}

/// A year from now nobody remembers; a promise for later is a slip of the keyboard.
pub fn too_far(hours: &Hours, at: Micros, now: Micros) -> bool {
    hours
        .date(now)
        .checked_add(1.year())
        .is_ok_and(|last| hours.date(at) > last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;

    const WEEK: [&str; 7] = [
        "09:00-17:00",
        "09:00-17:00",
        "09:00-17:00",
        "09:00-17:00",
        "09:00-17:00",
        "",
        "",
    ];

    fn desk() -> Hours {
        let zone = TimeZone::get("Europe/London").expect("a zone");
        Hours::new(zone, WEEK, &["2026-05-04".to_owned()]).expect("hours")
    }

    #[track_caller]
    fn check(now: &str, expect: [&str; 3]) {
        let hours = desk();
        let now = at_local(&hours, now).expect("a time");
        let labels: Vec<String> = times(&hours, now)
            .into_iter()
            .map(|soon| soon.label)
            .collect();
        assert_eq!(labels, expect);
    }

    #[test]
    fn the_times_offered_are_times_at_which_somebody_is_there() {
        // Thursday, then Friday before a weekend and a holiday, then a Saturday.
        check(
            "2026-04-30T10:20",
            ["today 13:00", "tomorrow noon", "Tuesday 17:00"],
        );
        check(
            "2026-04-30T16:10",
            ["tomorrow 11:00", "tomorrow noon", "Tuesday 17:00"],
        );
        check(
            "2026-05-01T16:10",
            ["Tuesday 11:00", "Tuesday noon", "Wednesday 17:00"],
        );
        check(
            "2026-05-02T23:50",
            ["Tuesday 11:00", "Tuesday noon", "Wednesday 17:00"],
        );
        check(
            "2026-05-05T06:00",
            ["today 11:00", "tomorrow noon", "Thursday 17:00"],
        );
    }

    #[test]
    fn the_engine_reads_each_of_them_as_the_time_that_is_meant() {
        let (hours, engine) = (desk(), Engine::embedded());
        let start = at_local(&hours, "2026-04-27T00:30").expect("a time");
        for step in 0..60 {
            let now = start + step * 5 * HOUR + step * 60_000_000;
            let zoned = words::in_zone(now, hours.zone());
            for soon in times(&hours, now) {
                let draft = format!("I will write to you {}.", soon.by);
                let review = engine.review(&DraftInput {
                    draft: &draft,
                    now: Some(&zoned),
                    ..DraftInput::default()
                });
                let due = review.promises.first().and_then(|it| it.due.clone());
                assert!(
                    due.as_deref()
                        .is_some_and(|due| due.starts_with(&soon.local)),
                    "{draft:?} at {zoned}: {due:?}, not {}",
                    soon.local
                );
            }
        }
    }

    #[test]
    fn a_repair_names_a_time_within_the_hours() {
        let (hours, engine) = (desk(), Engine::embedded());
        let now = at_local(&hours, "2026-05-01T16:10").expect("a time");
        let zoned = words::in_zone(now, hours.zone());
        for (draft, expect) in [
            ("We will get back to you soon.", "by 11:00 on Tuesday"),
            (
                "I will shortly send the form.",
                "send the form by 11:00 on Tuesday",
            ),
        ] {
            let mut review = engine.review(&DraftInput {
                draft,
                now: Some(&zoned),
                ..DraftInput::default()
            });
            let times = respect_hours(&engine, &hours, &mut review, now).expect("times");
            assert_eq!(times.len(), 3);
            let note = review.notes.iter().find(|note| note.code == "V16");
            let note = note.expect("a promise without a time");
            assert_eq!(note.fix.as_ref().expect("a repair").with, expect, "{draft}");
            assert_eq!(note.instead.len(), 3);
        }
    }

    #[test]
    fn a_time_at_which_nobody_is_there_is_said_to_be_one() {
        let hours = desk();
        let at = |local| at_local(&hours, local).expect("a time");
        let now = at("2026-04-30T10:00");
        let said = |local| soon(&hours, at(local), now).says;
        assert_eq!(said("2026-05-01T17:00"), None);
        assert_eq!(
            said("2026-05-04T10:00").as_deref(),
            Some("The desk is closed then; it opens on Tuesday 5 May at 09:00.")
        );
        assert_eq!(
            soon(&hours, at("2026-05-21T09:30"), now).by,
            "by 09:30 on 21 May"
        );
        assert_eq!(at_local(&hours, "soon"), None);
        assert!(too_far(&hours, at("2027-05-02T10:00"), now));
    }
}

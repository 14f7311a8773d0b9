//! Business hours: when the desk is open, and what "by tomorrow noon" is as a time.
//!
//! All of it is worked out in the desk's own time zone, from the civil clock to moments and back, so that a day with 23
//! or 25 hours is as long as it is.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};

use crate::clock::{HOUR, Micros};
use crate::words;

/// Nobody is closed for longer than this; it also ends every search.
const DAYS_LOOKED_AT_MAX: i32 = 400;
const NOON_HOUR: i8 = 12;
/// Where a day without hours is named all the same, it ends as most do.
const USUAL_CLOSE_HOUR: i8 = 17;
const MINUTES_OF_A_DAY: u16 = 24 * 60;

/// When the desk is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    zone: TimeZone,
    /// From Monday on: spans of minutes since midnight, in order.
    week: [Vec<(u16, u16)>; 7],
    holidays: BTreeSet<Date>,
}

/// From opening to closing, as moments.
type Open = (Micros, Micros);

impl Hours {
    /// `days` are seven texts from Monday on: "09:00-17:00", "09:00-12:30, 13:30-17:00", or nothing.
    pub fn new(zone: TimeZone, days: [&str; 7], holidays: &[String]) -> Result<Self, String> {
        const NAMES: [&str; 7] = [
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
        ];
        let mut week: [Vec<(u16, u16)>; 7] = Default::default();
        for ((spans, name), text) in week.iter_mut().zip(NAMES).zip(days) {
            *spans = spans_of(text).ok_or_else(|| {
                format!(
                    "hours.{name}: {text:?} is not a span of hours; \"09:00-17:00\" is one, \"09:00-12:30, 13:30-17:00\" two, and \"\" a day on which the desk is closed."
                )
            })?;
        }
        if week.iter().all(Vec::is_empty) {
            return Err(
                "hours: the desk is closed on every day of the week; give at least one day its hours."
                    .to_owned(),
            );
        }
        let holidays = holidays
            .iter()
            .map(|day| {
                day.trim().parse::<Date>().map_err(|_| {
                    format!("hours.holidays: {day:?} is not a date; \"2026-12-25\" is one.")
                })
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            zone,
            week,
            holidays,
        })
    }

    pub fn is_open(&self, at: Micros) -> bool {
        self.on(self.date(at))
            .iter()
            .any(|(from, to)| (*from..*to).contains(&at))
    }

    /// `at` itself while the desk is open, else when it opens next.
    pub fn next_opening(&self, at: Micros) -> Option<Micros> {
        self.from(at).next().map(|(from, _)| from.max(at))
    }

    /// The moment at which the desk has been open for so long since `at`.
    pub fn add(&self, at: Micros, mut working: Micros) -> Option<Micros> {
        for (from, to) in self.from(at) {
            let from = from.max(at);
            if working <= to - from {
                return Some(from + working);
            }
            working -= to - from;
        }
        None
    }

    /// The moment from which on the desk is open for so long until `at`.
    pub fn before(&self, at: Micros, mut working: Micros) -> Option<Micros> {
        let mut date = self.date(at);
        for _ in 0..DAYS_LOOKED_AT_MAX {
            for (from, to) in self.on(date).into_iter().rev() {
                let to = to.min(at);
                if to <= from {
                    continue;
                }
                if working <= to - from {
                    return Some(to - working);
                }
                working -= to - from;
            }
            date = date.yesterday().ok()?;
        }
        None
    }

    /// When the desk opens on this day; none where it stays closed.
    pub fn opens(&self, date: Date) -> Option<Micros> {
        self.on(date).first().map(|(from, _)| *from)
    }

    /// When it closes on this day; none where it stays closed.
    pub fn closes(&self, date: Date) -> Option<Micros> {
        self.on(date).last().map(|(_, to)| *to)
    }

    /// The day that comes so many working days after `at`: the first of them is "tomorrow" as far as work is concerned.
    pub fn in_working_days(&self, at: Micros, days: u32) -> Option<Date> {
        let mut date = self.date(at);
        let mut left = days;
        for _ in 0..DAYS_LOOKED_AT_MAX {
            if left == 0 {
                return Some(date);
            }
            date = date.tomorrow().ok()?;
            if !self.on(date).is_empty() {
                left -= 1;
            }
        }
        None
    }

    /// When what is due at `at` is brought up: an hour of business before it, or, where a whole day was named, in the
    /// morning of that day. Where that day is closed, when the desk was open last.
    pub fn bring_up(&self, at: Micros, whole_day: bool) -> Micros {
        if whole_day && let Some(opens) = self.opens(self.date(at)) {
            return opens.min(at);
        }
        let hour_before = self.before(at, HOUR);
        if whole_day && let Some(last) = hour_before {
            return self.opens(self.date(last)).unwrap_or(last);
        }
        hour_before.unwrap_or(at - HOUR)
    }

    /// The end of business on a day, or the usual end where it is closed.
    pub fn end_of(&self, date: Date) -> Option<Micros> {
        self.closes(date)
            .or_else(|| self.moment(date, u16::try_from(USUAL_CLOSE_HOUR).ok()? * 60))
    }

    /// Noon of a day, or the end of its hours where they end before.
    pub fn noon_of(&self, date: Date) -> Option<Micros> {
        let noon = self.moment(date, u16::try_from(NOON_HOUR).ok()? * 60)?;
        Some(match (self.opens(date), self.closes(date)) {
            (_, Some(closes)) if closes < noon => closes,
            (Some(opens), Some(closes)) if opens >= noon => closes,
            _ => noon,
        })
    }

    /// The day in the desk's own zone.
    pub fn date(&self, at: Micros) -> Date {
        words::in_zone(at, &self.zone).date()
    }

    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// A clock time of the desk as a moment; a time that a change of clocks leaves out is the one after it.
    pub fn at(&self, date: Date, time: Time) -> Option<Micros> {
        micros(&date.to_datetime(time).to_zoned(self.zone.clone()).ok()?)
    }

    fn moment(&self, date: Date, minutes: u16) -> Option<Micros> {
        let (date, minutes) = if minutes >= MINUTES_OF_A_DAY {
            (date.tomorrow().ok()?, minutes - MINUTES_OF_A_DAY)
        } else {
            (date, minutes)
        };
        let (hour, minute) = (minutes / 60, minutes % 60);
        let time = Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()?;
        self.at(date, time)
    }

    /// What is open on a day, in order; a span that a change of clocks swallows is left out.
    fn on(&self, date: Date) -> Vec<Open> {
        if self.holidays.contains(&date) {
            return Vec::new();
        }
        let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
        self.week[weekday]
            .iter()
            .filter_map(|(from, to)| Some((self.moment(date, *from)?, self.moment(date, *to)?)))
            .filter(|(from, to)| from < to)
            .collect()
    }

    /// What is open from `at` on, the span that it lies in included.
    fn from(&self, at: Micros) -> impl Iterator<Item = Open> {
        let first = self.date(at);
        (0..DAYS_LOOKED_AT_MAX)
            .filter_map(move |days| first.checked_add(days.days()).ok())
            .flat_map(|date| self.on(date))
            .filter(move |(_, to)| *to > at)
    }
}

pub fn micros(zoned: &Zoned) -> Option<Micros> {
    let stamp: Timestamp = zoned.timestamp();
    Some(stamp.as_microsecond())
}

/// "09:00-12:30, 13:30-17:00": in order, apart, and none the wrong way round.
fn spans_of(text: &str) -> Option<Vec<(u16, u16)>> {
    let mut spans: Vec<(u16, u16)> = Vec::new();
    if text.trim().is_empty() {
        return Some(spans);
    }
    for span in text.split(',') {
        let (from, to) = span.split_once(['-', '–'])?;
        let (from, to) = (minutes_of(from)?, minutes_of(to)?);
        let behind = spans.last().is_none_or(|(_, end)| *end < from);
        if from >= to || !behind {
            return None;
        }
        spans.push((from, to));
    }
    Some(spans)
}

fn minutes_of(clock: &str) -> Option<u16> {
    let (hour, minute) = clock.trim().split_once(':')?;
    if hour.len() > 2 || minute.len() != 2 {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let minutes = hour * 60 + minute;
    (hour <= 24 && minute < 60 && minutes <= MINUTES_OF_A_DAY).then_some(minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEK: [&str; 7] = [
        "09:00-17:00",
        "09:00-17:00",
        "09:00-12:30, 13:30-17:00",
        "09:00-17:00",
        "09:00-17:00",
        "",
        "",
    ];

    fn london() -> TimeZone {
        TimeZone::get("Europe/London").expect("a zone")
    }

    fn desk() -> Hours {
        let holidays = ["2026-05-04".to_owned(), "2026-12-25".to_owned()];
        Hours::new(london(), WEEK, &holidays).expect("hours")
    }

    /// "2026-05-01 16:30", a Friday.
    fn at(civil: &str) -> Micros {
        let civil: jiff::civil::DateTime = civil.replace(' ', "T").parse().expect("a time");
        micros(&civil.to_zoned(london()).expect("it is")).expect("a moment")
    }

    fn said(at: Option<Micros>) -> String {
        at.map_or_else(
            || "never".to_owned(),
            |at| {
                words::in_zone(at, &london())
                    .strftime("%Y-%m-%d %H:%M")
                    .to_string()
            },
        )
    }

    #[test]
    fn a_desk_is_open_in_its_hours_and_on_no_holiday() {
        for (moment, open) in [
            ("2026-05-01 08:59", false),
            ("2026-05-01 09:00", true),
            ("2026-05-01 16:59", true),
            ("2026-05-01 17:00", false),
            ("2026-05-02 11:00", false),
            ("2026-05-04 11:00", false),
            ("2026-05-06 13:00", false),
            ("2026-05-06 13:30", true),
        ] {
            assert_eq!(desk().is_open(at(moment)), open, "{moment}");
        }
    }

    #[test]
    fn the_next_opening_steps_over_a_weekend_and_a_holiday() {
        let next = |moment| said(desk().next_opening(at(moment)));
        assert_eq!(next("2026-05-01 10:15"), "2026-05-01 10:15");
        assert_eq!(next("2026-05-01 17:00"), "2026-05-05 09:00");
        assert_eq!(next("2026-05-06 12:45"), "2026-05-06 13:30");
        assert_eq!(next("2026-12-24 18:00"), "2026-12-28 09:00");
    }

    #[test]
    fn working_hours_are_added_and_taken_away_over_the_night() {
        let add = |moment, hours| said(desk().add(at(moment), hours * HOUR));
        assert_eq!(add("2026-05-01 10:00", 2), "2026-05-01 12:00");
        assert_eq!(add("2026-05-01 16:00", 2), "2026-05-05 10:00");
        assert_eq!(add("2026-05-06 12:00", 1), "2026-05-06 14:00");
        let before = |moment, hours| said(desk().before(at(moment), hours * HOUR));
        assert_eq!(before("2026-05-05 09:30", 1), "2026-05-01 16:30");
        assert_eq!(before("2026-05-06 14:00", 1), "2026-05-06 12:00");
        assert_eq!(before("2026-05-03 20:00", 1), "2026-05-01 16:00");
    }

    #[test]
    fn tomorrow_and_two_working_days_are_days_that_somebody_works() {
        let day = |moment, days| {
            desk()
                .in_working_days(at(moment), days)
                .expect("a day")
                .to_string()
        };
        assert_eq!(day("2026-04-30 10:00", 1), "2026-05-01");
        assert_eq!(day("2026-05-01 10:00", 1), "2026-05-05");
        assert_eq!(day("2026-05-01 10:00", 2), "2026-05-06");
        assert_eq!(day("2026-05-03 10:00", 1), "2026-05-05");
    }

    #[test]
    fn what_is_due_is_brought_up_an_hour_before_or_in_the_morning() {
        let up = |moment, whole| said(Some(desk().bring_up(at(moment), whole)));
        assert_eq!(up("2026-05-01 15:00", false), "2026-05-01 14:00");
        assert_eq!(up("2026-05-05 09:30", false), "2026-05-01 16:30");
        assert_eq!(up("2026-05-01 17:00", true), "2026-05-01 09:00");
        // A Saturday, and the holiday after it: the last morning on which somebody could.
        assert_eq!(up("2026-05-02 17:00", true), "2026-05-01 09:00");
        assert_eq!(up("2026-05-04 17:00", true), "2026-05-01 09:00");
        assert_eq!(
            said(desk().end_of("2026-05-04".parse().expect("a day"))),
            "2026-05-04 17:00"
        );
    }

    #[test]
    fn a_day_of_twenty_three_hours_and_one_of_twenty_five_are_as_long_as_they_are() {
        let always = ["00:00-24:00"; 7];
        let desk = Hours::new(london(), always, &[]).expect("hours");
        let spring = "2026-03-29".parse().expect("a day");
        let autumn = "2026-10-25".parse().expect("a day");
        let length =
            |day| (desk.closes(day).expect("closes") - desk.opens(day).expect("opens")) / HOUR;
        assert_eq!((length(spring), length(autumn)), (23, 25));
        assert_eq!(
            said(desk.add(at("2026-03-28 12:00"), 24 * HOUR)),
            "2026-03-29 13:00"
        );
        assert_eq!(
            said(desk.add(at("2026-10-24 12:00"), 24 * HOUR)),
            "2026-10-25 11:00"
        );
        assert!(desk.is_open(at("2026-10-25 01:30")));
        // One o'clock to two does not happen that night.
        let night = Hours::new(
            london(),
            ["", "", "", "", "09:00-10:00", "", "01:00-02:00"],
            &[],
        )
        .expect("hours");
        assert_eq!(
            said(night.next_opening(at("2026-03-28 12:00"))),
            "2026-04-03 09:00"
        );
    }

    #[test]
    fn slips_are_named() {
        #[track_caller]
        fn check(friday: &str, holiday: &str, expect: &str) {
            let days = ["", "", "", "", friday, "", ""];
            let fault = Hours::new(TimeZone::UTC, days, &[holiday.to_owned()]).expect_err("a slip");
            assert!(fault.contains(expect), "{fault}");
        }
        for slip in [
            "9-5",
            "17:00-09:00",
            "09:00-25:00",
            "09:00-12:00,11:00-17:00",
            "open",
        ] {
            check(slip, "2026-12-25", "hours.friday: ");
        }
        check(
            "09:00-17:00",
            "25 December",
            "hours.holidays: \"25 December\" is not a date",
        );
        check("", "2026-12-25", "closed on every day");
    }
}

//! Days, with how much of them was said: "Friday", "the 5th", "in March", "two weeks ago".

use crate::list;
use crate::pattern::Typed;
use crate::scene::Scene;
use crate::text::Text;
use crate::typed::{Class, Unit};
use jiff::civil::Date;

/// "Last week", "two weeks ago": within so many days.
const ABOUT_WEEKS: i32 = 6;
const ABOUT_MONTHS: i32 = 16;

/// How much of a date was said: "Friday" and "the 5th" leave the rest to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Day {
    /// The day itself; the first of the month where only a month was named.
    pub date: Option<Date>,
    year: bool,
    month: bool,
    day: bool,
    weekday: bool,
    /// "Two weeks ago" is so many days more or less.
    about: i32,
}

impl Day {
    /// A day of every week.
    pub fn of_week(date: Date) -> Day {
        Day {
            date: Some(date),
            weekday: true,
            ..Day::default()
        }
    }

    /// The same, as far as both tell: "in March" is every day of it.
    pub fn same(&self, other: &Day) -> bool {
        let (Some(a), Some(b)) = (self.date, other.date) else {
            // "The 14th" without a "now": nothing to tell them apart by.
            return true;
        };
        let about = self.about.max(other.about);
        if a == b || a.since(b).is_ok_and(|span| span.get_days().abs() <= about) {
            return true;
        }
        // "Yesterday" tells a day whole; a day of a month falls on a day of the week.
        let whole = |d: &Day| !(d.year || d.month || d.day || d.weekday);
        let both =
            |told: fn(&Day) -> bool| (whole(self) || told(self)) && (whole(other) || told(other));
        (!both(|d| d.year) || a.year() == b.year())
            && (!both(|d| d.month) || a.month() == b.month())
            && (!both(|d| d.day) || a.day() == b.day())
            && (!(self.weekday || other.weekday)
                || !both(|d| d.weekday || (d.month && d.day))
                || a.weekday() == b.weekday())
    }
}

/// A date with how much of it was said.
pub fn day(scene: &Scene<'_>, text: &Text<'_>, typed: &Typed) -> Day {
    const MONTH: &str = "2026-03";
    let tokens = || (typed.from..typed.to).map(|at| (text.written(at), text.tokens[at].word));
    let any = |list| tokens().any(|(_, word)| scene.lists_id(list, word));
    let figures = tokens().any(|(written, _)| {
        written.contains(['/', '-', '.']) && written.bytes().any(|b| b.is_ascii_digit())
    });
    let year_written = |(written, _): (&str, _)| {
        let digits = written.trim_start_matches(['\'', '’']);
        let long = |part: &str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
        digits.split(['/', '-', '.']).any(long)
            || (written != digits && digits.len() == 2)
            || digits.split(['/', '.']).filter(|p| !p.is_empty()).count() == 3
    };
    let about = tokens()
        .map(|(_, word)| match scene.words.class(word) {
            Class::Unit(Unit::Week | Unit::Fortnight) => ABOUT_WEEKS,
            Class::Unit(Unit::Month) => ABOUT_MONTHS,
            _ => 0,
        })
        .max()
        .filter(|_| !tokens().any(|(_, word)| scene.words.class(word) == Class::Day(0)));
    let value = typed.value.as_deref().unwrap_or("");
    let only_month = value.len() == MONTH.len();
    let date = if only_month {
        format!("{value}-01").parse().ok()
    } else {
        value.parse().ok()
    };
    let month = figures || only_month || any(list::MONTH_NAME);
    let edge = tokens().any(|(_, word)| scene.words.class(word) == Class::Edge);
    let weekday = any(list::WEEKDAY_NAME);
    let numbered = tokens().any(|(written, word)| {
        written.bytes().any(|b| b.is_ascii_digit())
            || matches!(
                scene.words.class(word),
                Class::Ordinal(_) | Class::Unit(Unit::Second)
            )
    });
    // "Yesterday" and "two weeks ago" name a day whole, by none of its parts.
    Day {
        date,
        year: tokens().any(year_written) || (only_month && !any(list::MONTH_NAME)),
        month,
        day: !only_month && !edge && (month || (numbered && !any(list::AGO_WORD))),
        weekday: weekday && !month,
        about: about.filter(|_| !month && !weekday).unwrap_or(0),
    }
}

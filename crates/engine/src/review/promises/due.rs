//! By when: from the times that belong to a promise to the moment it is due.

use crate::FactKind;
use crate::list::{self, ListId};
use crate::pattern::Typed;
use crate::scene::Scene;
use jiff::civil::{Date, Time};
use jiff::{Span, ToSpan, Zoned};

/// Where only a day is named, the promise is due at the close of that day.
const CLOSE_HOUR: i8 = 17;
/// "First thing" is when the desk opens.
const FIRST_THING_HOUR: i8 = 9;

/// Indices of the typed days, times and lengths in tokens `from..to` that can say when.
pub fn times_in(scene: &Scene<'_>, from: usize, to: usize) -> Vec<usize> {
    let typed = &scene.field.typed;
    let first = typed.partition_point(|t| t.from < from);
    typed[first..]
        .iter()
        .enumerate()
        .take_while(|(_, t)| t.from < to)
        .filter(|(_, t)| match t.kind {
            FactKind::Date => !scene.list_at_end_ago(t),
            FactKind::Time => true,
            // "within two days", "in the next hour", not "a delay of two days".
            FactKind::Duration => {
                (t.from.saturating_sub(3)..t.from).any(|i| scene.in_list(i, list::PROMISE_WITHIN))
            }
            _ => false,
        })
        .map(|(index, _)| first + index)
        .collect()
}

impl Scene<'_> {
    /// "three weeks ago" says when something was, not when it will be.
    fn list_at_end_ago(&self, typed: &Typed) -> bool {
        self.in_list(typed.to - 1, list::AGO_WORD)
    }
}

/// When a promise with these times is due.
pub fn due(
    scene: &Scene<'_>,
    times: &[usize],
    day_before: Option<usize>,
    now: &Zoned,
) -> Option<Zoned> {
    let typed = |index: &usize| &scene.field.typed[*index];
    let date = times.iter().map(typed).find(|t| t.kind == FactKind::Date);
    let time = times.iter().map(typed).rfind(|t| t.kind == FactKind::Time);
    let length = times
        .iter()
        .map(typed)
        .find(|t| t.kind == FactKind::Duration);
    let carried = day_before.map(|index| &scene.field.typed[index]);
    let day = |t: &Typed| day_of(scene, t);
    if let Some(day) = date
        .and_then(day)
        .or_else(|| carried.filter(|_| time.is_some()).and_then(day))
    {
        let clock = match time {
            Some(time) => clock(time.value.as_deref()?)?,
            None => close_of(scene, date?),
        };
        return day
            .to_datetime(clock)
            .to_zoned(now.time_zone().clone())
            .ok();
    }
    if date.is_some() {
        return None;
    }
    if let Some(time) = time {
        let clock = clock(time.value.as_deref()?)?;
        let today = now
            .date()
            .to_datetime(clock)
            .to_zoned(now.time_zone().clone())
            .ok()?;
        if today >= *now {
            return Some(today);
        }
        // "by 9", written at 10: nine in the evening would be too late to mean, so tomorrow.
        let later = today.checked_add(12.hours()).ok()?;
        let exact = scene
            .text()
            .written_span(time.from, time.to)
            .to_lowercase()
            .contains(['m', ':', 'n']);
        if !exact
            && clock.hour() < 12
            && later >= *now
            && later.date() == now.date()
            && later.hour() <= 19
        {
            return Some(later);
        }
        return today.checked_add(1.days()).ok();
    }
    let length = length?;
    let value = length.value.as_deref()?;
    let working = (length.from..length.to).any(|i| scene.in_list(i, list::WORKING_WORD));
    if working {
        let days: i32 = value
            .trim_matches(|c: char| c.is_ascii_alphabetic())
            .parse()
            .ok()?;
        return working_days(now, days);
    }
    let span: Span = value.parse().ok()?;
    now.checked_add(span).ok()
}

/// As results carry it: RFC 3339 with the offset of "now".
pub fn written(due: &Zoned) -> String {
    due.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

fn working_days(now: &Zoned, days: i32) -> Option<Zoned> {
    let mut day = now.clone();
    let mut left = days.clamp(0, 260);
    while left > 0 {
        day = day
            .tomorrow()
            .ok()?
            .date()
            .to_datetime(now.time())
            .to_zoned(now.time_zone().clone())
            .ok()?;
        if day.weekday().to_monday_zero_offset() < 5 {
            left -= 1;
        }
    }
    Some(day)
}

fn clock(value: &str) -> Option<Time> {
    let (hour, minute) = value.split_once(':')?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

/// The day that a typed date stands for; a week is due on its Friday, a month on its last day.
fn day_of(scene: &Scene<'_>, typed: &Typed) -> Option<Date> {
    let value = typed.value.as_deref()?;
    if let Ok(date) = value.parse::<Date>() {
        // "Before the weekend" is by Friday.
        if scene.in_list(typed.to - 1, list::WEEKEND_WORD)
            && (typed.from.saturating_sub(2)..typed.from + 1)
                .any(|i| scene.in_list(i, list::BEFORE_WORD))
        {
            return date.yesterday().ok();
        }
        let week = (typed.from..typed.to).any(|i| scene.in_list(i, list::WEEK_WORD))
            && !(typed.from..typed.to).any(|i| scene.in_list(i, list::WEEK_PART));
        let starts_with_which = scene.in_list(typed.from, list::WEEK_WHICH);
        return if week && starts_with_which {
            date.checked_add(4.days()).ok()
        } else {
            Some(date)
        };
    }
    let (year, month) = value.split_once('-')?;
    Date::new(year.parse().ok()?, month.parse().ok()?, 1)
        .ok()
        .map(|d| d.last_of_month())
}

/// The hour by which a day's part is over.
fn close_of(scene: &Scene<'_>, typed: &Typed) -> Time {
    let has = |part: ListId| (typed.from..typed.to).any(|i| scene.in_list(i, part));
    let hour = if typed.from >= 2
        && scene.list_at(list::FIRST_THING, typed.from - 2) == Some(typed.from)
    {
        FIRST_THING_HOUR
    } else if has(list::DAY_PART_MORNING) {
        12
    } else if has(list::DAY_PART_EVENING) {
        20
    } else if has(list::DAY_PART_NIGHT) {
        21
    } else if has(list::DAY_PART_LUNCH) {
        13
    } else {
        CLOSE_HOUR
    };
    jiff::civil::time(hour, 0, 0, 0)
}

//! By when: from the times that belong to a promise to the moment it is due.

use super::anchor::moved_ahead;
use super::zone;
use crate::FactKind;
use crate::list::{self, ListId};
use crate::pattern::Typed;
use crate::scene::Scene;
use crate::text::Kind;
use jiff::civil::{Date, Time};
use jiff::{Span, ToSpan, Zoned};

/// Where only a day is named, the promise is due at the close of that day.
const CLOSE_HOUR: i8 = 17;
/// "First thing" is when the desk opens.
const FIRST_THING_HOUR: i8 = 9;
/// Before this hour it is still the night before: "in the morning" is this one.
const NIGHT_UNTIL_HOUR: i8 = 6;
/// "In no more than about two days": so many words may stand between the two.
const LEAD_WORDS_MAX: usize = 4;

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
            FactKind::Duration => scene.says_by_when(t),
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

    /// "within two days", "in no more than an hour", "two days from now", not "a delay of two days".
    fn says_by_when(&self, length: &Typed) -> bool {
        let led = (length.from.saturating_sub(LEAD_WORDS_MAX)..length.from)
            .rev()
            .find(|i| !self.in_list(*i, list::LENGTH_FILLER))
            .is_some_and(|i| self.in_list(i, list::PROMISE_WITHIN));
        led || self.list_at(list::FROM_NOW, length.to).is_some() || self.stands_alone(length)
    }

    /// "Refund requested, 3 days", "a rider is on the way, 20 minutes": set off by marks, at the end of what is said.
    fn stands_alone(&self, length: &Typed) -> bool {
        let text = self.text();
        let opens = length.from > 0 && matches!(text.written(length.from - 1), "," | ":" | "(");
        let ends = text
            .tokens
            .get(length.to)
            .is_none_or(|next| matches!(next.kind, Kind::Punct | Kind::Newline));
        opens && ends
    }
}

/// Whether anything in tokens `words` says when, beside their typed times: "by lunchtime", "first thing", "that same day".
pub fn says_when(scene: &Scene<'_>, (from, to): (usize, usize), times: &[usize]) -> bool {
    !times.is_empty()
        || [list::DAY_PART_ALONE, list::FIRST_THING, list::SAME_DAY]
            .into_iter()
            .any(|part| scene.list_in(part, from, to).is_some())
}

/// When a promise in tokens `words` with these times is due. A day that was named before (`day_before`) holds on for a
/// bare hour, for "that same afternoon" and, a day off, for "the day before".
pub fn due(
    scene: &Scene<'_>,
    words: (usize, usize),
    times: &[usize],
    day_before: Option<usize>,
    now: &Zoned,
) -> Option<Zoned> {
    let typed = |index: &usize| &scene.field.typed[*index];
    let dates = times.iter().map(typed).filter(|t| t.kind == FactKind::Date);
    let date = window_end(scene, dates);
    let time = times.iter().map(typed).rfind(|t| t.kind == FactKind::Time);
    let length = times
        .iter()
        .map(typed)
        .find(|t| t.kind == FactKind::Duration);
    let (from, to) = words;
    if let Some(then) = date
        && let Some(length) = length.filter(|length| counted_from(scene, length, then))
    {
        let start = day_of(scene, then, now.date())?;
        let start = start
            .to_datetime(now.time())
            .to_zoned(now.time_zone().clone());
        return after(scene, length, &start.ok()?);
    }
    let same_time = scene.list_in(list::SAME_TIME, from, to).map(|_| now.time());
    let named_clock = match time {
        Some(time) => Some(clock(time.value.as_deref()?)?),
        None => same_time,
    };
    let says = |list| scene.list_in(list, from, to).is_some();
    let away = i32::from(says(list::NEXT_DAY)) - i32::from(says(list::DAY_AHEAD));
    let holds_on = named_clock.is_some() || away != 0 || says(list::SAME_DAY);
    let day = match date {
        // "By this time next week".
        Some(date)
            if same_time.is_some()
                && (date.from..date.to).any(|i| scene.in_list(i, list::WEEK_WORD)) =>
        {
            now.date().checked_add(7.days()).ok()
        }
        Some(date) => Some(day_of(scene, date, now.date())?),
        None => day_before
            .filter(|_| holds_on)
            .and_then(|index| day_of(scene, &scene.field.typed[index], now.date()))
            .and_then(|day| day.checked_add(away.days()).ok()),
    };
    if let Some(mut day) = day {
        let at = named_clock.unwrap_or_else(|| close_of(scene, words, date));
        // "By midnight on Friday" is when Friday ends.
        if at == Time::midnight() && time.is_some() {
            day = day.tomorrow().ok()?;
        }
        return at_clock(scene, day, at, time, now);
    }
    if let Some(at) = named_clock {
        let today = at_clock(scene, now.date(), at, time, now)?;
        if today >= *now {
            return Some(today);
        }
        // "by 9", written at 10: nine in the evening would be too late to mean, so tomorrow.
        let later = today.checked_add(12.hours()).ok()?;
        let bare = time.is_some_and(|time| {
            // "At 7 in the morning" is no evening.
            if (time.to..(time.to + 3).min(to)).any(|i| scene.in_list(i, list::DAY_PART_MORNING)) {
                return false;
            }
            let written = scene.text().written_span(time.from, time.to);
            let last = written.trim_end_matches('.').chars().next_back();
            !written.contains(':') && !matches!(last, Some('m' | 'M'))
        });
        if bare
            && (1..12).contains(&at.hour())
            && later >= *now
            && later.date() == now.date()
            && later.hour() <= 19
        {
            return Some(later);
        }
        return today.checked_add(1.days()).ok();
    }
    let Some(length) = length else {
        return part_of_day(scene, words, now);
    };
    after(scene, length, now)
}

/// "Within seven days of today", "ten working days from the 5th".
fn counted_from(scene: &Scene<'_>, length: &Typed, then: &Typed) -> bool {
    length.to + 1 == then.from && scene.in_list(length.to, list::LENGTH_FROM)
}

/// When a length that begins at `start` is over.
fn after(scene: &Scene<'_>, length: &Typed, start: &Zoned) -> Option<Zoned> {
    let value = length.value.as_deref()?;
    let working = (length.from..length.to).any(|i| scene.in_list(i, list::WORKING_WORD));
    if working && let Some(days) = value.strip_prefix('P').and_then(|v| v.strip_suffix('D')) {
        return working_days(start, days.parse().ok()?);
    }
    let span: Span = value.parse().ok()?;
    start.checked_add(span).ok()
}

/// As results carry it: RFC 3339 with the offset of "now".
pub fn written(due: &Zoned) -> String {
    due.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// The first day; of "Monday or Tuesday", "between Monday and Wednesday" the last.
pub(crate) fn window_end<'t>(
    scene: &Scene<'_>,
    dates: impl Iterator<Item = &'t Typed>,
) -> Option<&'t Typed> {
    let mut end: Option<&Typed> = None;
    for date in dates {
        let joined = end.is_none_or(|before| {
            // "Wednesday, or Thursday at the latest".
            let gap = usize::from(scene.text().written(before.to) == ",");
            date.from == before.to + gap + 1
                && (scene.in_list(before.to + gap, list::WINDOW_JOINT)
                    || scene.in_list(before.to, list::WINDOW_JOINT)
                    || matches!(scene.text().written(before.to), "-" | "–"))
        });
        if !joined {
            break;
        }
        end = Some(date);
    }
    end
}

/// That hour of that day, where "now" is or in the zone that stands behind the hour.
fn at_clock(
    scene: &Scene<'_>,
    day: Date,
    at: Time,
    time: Option<&Typed>,
    now: &Zoned,
) -> Option<Zoned> {
    let here = now.time_zone();
    let zone = time.and_then(|time| zone::behind(scene, time.to, now));
    let there = day
        .to_datetime(at)
        .to_zoned(zone.unwrap_or_else(|| here.clone()));
    there.ok().map(|there| there.with_time_zone(here.clone()))
}

pub(crate) fn working_days(now: &Zoned, days: i32) -> Option<Zoned> {
    let mut day = now.clone();
    let mut left = days.clamp(0, 260);
    while left > 0 {
        day = day.tomorrow().ok()?;
        if day.weekday().to_monday_zero_offset() < 5 {
            left -= 1;
        }
    }
    Some(day)
}

pub(crate) fn clock(value: &str) -> Option<Time> {
    let (hour, minute) = value.split_once(':')?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

/// The day that a typed date stands for, never one behind us; a week is due on its Friday, a month on its last day.
pub(crate) fn day_of(scene: &Scene<'_>, typed: &Typed, today: Date) -> Option<Date> {
    let value = typed.value.as_deref()?;
    if let Ok(date) = value.parse::<Date>() {
        let date = moved_ahead(scene, typed, date, today);
        let before = || {
            (typed.from.saturating_sub(LEAD_WORDS_MAX)..=typed.from).any(|i| {
                scene
                    .list_at(list::WEEKEND_BEFORE, i)
                    .is_some_and(|end| end >= typed.from)
            })
        };
        // "After the weekend" is Monday.
        if scene.in_list(typed.to - 1, list::WEEKEND_WORD)
            && typed.from > 0
            && scene.in_list(typed.from - 1, list::AFTER_WORD)
        {
            return date.checked_add(2.days()).ok();
        }
        // "Before the weekend" is by Friday.
        if scene.in_list(typed.to - 1, list::WEEKEND_WORD) && before() {
            return date.yesterday().ok();
        }
        let any = |list: ListId| (typed.from..typed.to).any(|i| scene.in_list(i, list));
        // The coming week, or the one after it, not "the end of the week", "Monday next week".
        let whole = any(list::WEEK_WORD)
            && any(list::WEEK_WHICH)
            && !any(list::WEEK_PART)
            && !any(list::WEEKDAY_NAME);
        let early = typed.from > 0 && scene.in_list(typed.from - 1, list::WEEK_EARLY);
        return if whole && early {
            date.tomorrow().ok()
        } else if whole {
            date.checked_add(4.days()).ok()
        } else {
            Some(date)
        };
    }
    let (year, month) = value.split_once('-')?;
    let first = Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?;
    if typed.from > 0 && scene.in_list(typed.from - 1, list::BEFORE_WORD) {
        return first.yesterday().ok();
    }
    if typed.from > 0 && scene.in_list(typed.from - 1, list::MIDDLE_WORD) {
        return first.checked_add(14.days()).ok();
    }
    Some(first.last_of_month())
}

/// The hour by which a day's part is over, from the words of the day and of the promise.
pub(crate) fn close_of(scene: &Scene<'_>, (from, to): (usize, usize), day: Option<&Typed>) -> Time {
    let own = day.map(|day| (day.from, day.to));
    let first = scene.list_in(list::FIRST_THING, from.saturating_sub(2), to);
    let hour = first
        .map(|_| FIRST_THING_HOUR)
        .or_else(|| own.and_then(|(from, to)| hour_of_part(scene, from, to)))
        .or_else(|| {
            let (from, to) = scene.list_in(list::DAY_PART_ALONE, from, to)?;
            hour_of_part(scene, from, to)
        });
    jiff::civil::time(hour.unwrap_or(CLOSE_HOUR), 0, 0, 0)
}

/// "By lunchtime", "in the morning", "first thing": today's, or tomorrow's where it is over.
fn part_of_day(scene: &Scene<'_>, words: (usize, usize), now: &Zoned) -> Option<Zoned> {
    let (from, to) = words;
    let part = scene.list_in(list::DAY_PART_ALONE, from, to);
    part.or_else(|| scene.list_in(list::FIRST_THING, from, to))?;
    let at = close_of(scene, words, None);
    let morning = at.hour() <= 12 && now.hour() >= NIGHT_UNTIL_HOUR;
    let day = if morning || now.time() >= at {
        now.date().tomorrow().ok()?
    } else {
        now.date()
    };
    day.to_datetime(at).to_zoned(now.time_zone().clone()).ok()
}

/// The hour at which the part of a day is over that one of the tokens names.
fn hour_of_part(scene: &Scene<'_>, from: usize, to: usize) -> Option<i8> {
    let has = |part: ListId| (from..to).any(|i| scene.in_list(i, part));
    [
        (list::DAY_PART_MORNING, 12),
        (list::DAY_PART_EVENING, 20),
        (list::DAY_PART_NIGHT, 20),
        (list::DAY_PART_LUNCH, 13),
        (list::DAY_PART_AFTERNOON, CLOSE_HOUR),
    ]
    .into_iter()
    .find(|(part, _)| has(*part))
    .map(|(_, hour)| hour)
}

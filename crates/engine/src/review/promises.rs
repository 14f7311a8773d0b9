//! Promises in a draft: what, by when, vague or conditional.

use crate::list::{self, ListId};
use crate::pattern::Typed;
use crate::scene::Scene;
use crate::text::Kind;
use crate::{FactKind, Promise};
use jiff::civil::{Date, Time};
use jiff::{Span, ToSpan, Zoned};

/// Where only a day is named, the promise is due at the close of that day.
const CLOSE_HOUR: i8 = 17;
/// More promises than these in one draft are not followed.
const PROMISES_MAX: usize = 24;

/// One promise as it is read: tokens and the times that belong to it.
struct Made {
    from: usize,
    to: usize,
    sentence: (usize, usize),
    /// Carried on by "and" from the one before.
    joined: bool,
    dates: Vec<usize>,
}

/// The promises of the scene's text, in its order.
pub fn find(scene: &Scene<'_>) -> Vec<Promise> {
    let text = scene.text();
    let mut made: Vec<Made> = Vec::new();
    for sentence in &text.sentences {
        if sentence.masked || sentence.question {
            continue;
        }
        in_sentence(scene, sentence.from, sentence.to, &mut made);
    }
    made.truncate(PROMISES_MAX);
    let mut promises: Vec<Promise> = Vec::new();
    for index in 0..made.len() {
        let own = &made[index];
        // "I'll call and write tomorrow": the first shares the time of the second.
        let shared = if own.dates.is_empty() {
            made.get(index + 1)
                .filter(|next| next.joined && next.sentence == own.sentence)
                .map(|next| &next.dates)
        } else {
            None
        };
        let dates = shared.unwrap_or(&own.dates);
        let day_before = (own.joined && index > 0)
            .then(|| {
                made[index - 1]
                    .dates
                    .iter()
                    .find(|t| scene.field.typed[**t].kind == FactKind::Date)
            })
            .flatten();
        let due = scene
            .context
            .now
            .and_then(|now| due(scene, dates, day_before.copied(), now));
        let (from, to) = own.sentence;
        let conditional = scene
            .list_in("promise-condition", from, to)
            .is_some_and(|(at, _)| {
                // "…, and if nobody answers I'll try again": the condition is the next one's.
                let next = made.get(index + 1).filter(|n| n.sentence == own.sentence);
                let of_next = at >= own.to
                    && next.is_some_and(|n| at < n.from)
                    && scene.in_list(at.saturating_sub(1), list::PROMISE_JOINT);
                !of_next && (at < own.from || at < own.to + 8)
            })
            && scene.list_in("promise-anyway", from, to).is_none();
        promises.push(Promise {
            span: text.span(own.from, own.to),
            due: due.map(|d| d.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()),
            vague: dates.is_empty(),
            conditional,
        });
    }
    promises
}

fn in_sentence(scene: &Scene<'_>, from: usize, to: usize, made: &mut Vec<Made>) {
    let text = scene.text();
    let mut at = from;
    let mut free = from;
    while at < to {
        let token = &text.tokens[at];
        let lead = if token.masked || token.skip {
            None
        } else {
            scene.list_at("promise-lead", at)
        };
        let Some(verb) = lead.filter(|end| *end <= to) else {
            at += 1;
            continue;
        };
        let continuous = scene.in_list(at, list::PROMISE_WE)
            && scene.in_list(at + 1, list::PROMISE_AM)
            && !scene.in_list(verb - 1, list::TO_WORD);
        let retold = (free..at)
            .rev()
            .take(3)
            .any(|i| scene.list_at("promise-reported", i).is_some());
        // "I can't promise it will come on Friday" promises nothing.
        let denied = (free..at).rev().take(5).any(|i| {
            scene.in_list(i, list::NEVER_WORD) && scene.in_list(i + 1, list::PROMISE_DENIED_VERB)
        });
        let start = subject(scene, free, at);
        if retold
            || denied
            || scene.list_at("promise-not", verb).is_some()
            || scene.in_list(verb, list::NEVER_WORD)
        {
            at = verb.max(at + 1);
            continue;
        }
        let mut pieces = cut(scene, start, verb, to);
        let last = pieces.last().map_or(verb, |p| p.1);
        // A time right behind the comma, or before the subject, belongs to it.
        for (index, piece) in pieces.iter_mut().enumerate() {
            let mut dates = times_in(scene, piece.0, piece.1);
            if dates.is_empty() && piece.1 == last {
                let behind = times_in(scene, piece.1, (piece.1 + 8).min(to));
                if let Some(first) = behind.first().map(|t| &scene.field.typed[*t])
                    && first.from <= piece.1 + 3
                    && text
                        .tokens
                        .get(piece.1)
                        .is_some_and(|t| t.kind == Kind::Punct)
                {
                    piece.1 = first.to;
                    dates = times_in(scene, piece.0, piece.1);
                }
            }
            if index == 0 {
                // "On Thursday Ana will visit"; "Tomorrow at 4 I'll ring": what stands before goes with what is inside.
                // The day of a condition is its own: "If you send it today, I'll order the part on Friday".
                let hangs = scene.list_in("promise-condition", free, piece.0).is_some();
                if !hangs || dates.is_empty() {
                    let mut fronted = times_in(scene, free, piece.0);
                    fronted.extend(dates);
                    dates = fronted;
                }
            }
            // "I'm ringing the depot and will come back to you": the second piece has a "will" of its own.
            let own_will = index > 0 && scene.in_list(piece.0.saturating_sub(1), list::WILL_WORD);
            if !(continuous && dates.is_empty() && !own_will) {
                made.push(Made {
                    from: piece.0,
                    to: piece.1,
                    sentence: (from, to),
                    joined: index > 0,
                    dates,
                });
            }
        }
        at = pieces.last().map_or(verb, |p| p.1).max(verb).max(at + 1);
        free = at;
    }
}

/// The subject of a lead that begins with its verb: "Your refund" in "Your refund will be with you", "Ana" in "Ana will visit".
fn subject(scene: &Scene<'_>, free: usize, at: usize) -> usize {
    if !scene.in_list(at, list::PROMISE_BARE_LEAD) {
        return at;
    }
    const SUBJECT_WORDS_MAX: usize = 6;
    let text = scene.text();
    let mut start = at;
    for i in (free..at).rev().take(SUBJECT_WORDS_MAX) {
        let typed =
            scene.field.typed.iter().any(|t| {
                t.from <= i && i < t.to && matches!(t.kind, FactKind::Date | FactKind::Time)
            });
        if typed
            || matches!(text.tokens[i].kind, Kind::Punct | Kind::Newline) && !text.tokens[i].skip
            || scene.in_list(i, list::PROMISE_SUBJECT_STOP)
        {
            break;
        }
        start = i;
    }
    start
}

/// One promise, or several that "and" joins: "ring the depot at 8 and write to you by 9".
fn cut(scene: &Scene<'_>, start: usize, verb: usize, to: usize) -> Vec<(usize, usize)> {
    let text = scene.text();
    let mut pieces = Vec::new();
    let mut from = start;
    let mut at = verb;
    let mut end = to;
    while at < to {
        let inside_typed = scene.field.typed.iter().any(|t| t.from < at && at < t.to);
        if !inside_typed {
            let token = &text.tokens[at];
            let mark = token.kind == Kind::Punct
                && !token.skip
                && !matches!(
                    text.written(at),
                    "\"" | "'"
                        | "’"
                        | "“"
                        | "”"
                        | "£"
                        | "$"
                        | "€"
                        | "#"
                        | "%"
                        | "/"
                        | "+"
                        | "-"
                        | "&"
                );
            let hinge = scene.in_list(at, list::PROMISE_HINGE)
                || (scene.in_list(at, list::IF_WORD) && at > verb)
                || (scene.in_list(at, list::EVEN_WORD) && scene.in_list(at + 1, list::EVEN_BEHIND));
            if mark
                || hinge
                || token.kind == Kind::Newline
                    && text
                        .tokens
                        .get(at + 1)
                        .is_none_or(|n| n.sentence != token.sentence)
            {
                end = at;
                break;
            }
            if scene.in_list(at, list::PROMISE_AND) && at > verb {
                let next = at + 1 + usize::from(scene.in_list(at + 1, list::PROMISE_AND_ADVERB));
                let ranged =
                    scene.field.typed.iter().any(|t| {
                        t.from == at + 1 && matches!(t.kind, FactKind::Time | FactKind::Date)
                    }) && scene.field.typed.iter().any(|t| t.to == at);
                if !ranged && scene.list_at("promise-verb", next).is_some() {
                    pieces.push((from, at));
                    from = next;
                } else if !ranged && scene.in_list(next, list::PROMISE_NEW_SUBJECT) {
                    end = at;
                    break;
                }
            }
        }
        at += 1;
    }
    while end > from
        && (matches!(text.tokens[end - 1].kind, Kind::Newline | Kind::Emoji)
            || text.tokens[end - 1].skip)
    {
        end -= 1;
    }
    pieces.push((from, end.max(from + 1)));
    pieces
}

/// Indices of the typed days, times and lengths in tokens `from..to` that can say when.
fn times_in(scene: &Scene<'_>, from: usize, to: usize) -> Vec<usize> {
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
fn due(
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
    let hour = if has(list::DAY_PART_MORNING) {
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

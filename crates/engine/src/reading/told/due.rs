//! The day that was promised: counted from when it was said, where they say that, and behind us where it was not kept.

use super::{Telling, Way};
use crate::FactKind;
use crate::list;
use crate::pattern::Typed;
use crate::review::promises::anchor::step;
use crate::review::promises::due::{self, close_of, day_of};
use crate::scene::Scene;
use crate::text::Kind;
use jiff::civil::{Date, Time};
use jiff::{Span, ToSpan, Zoned};

/// "Friday", "by the 5th", "in two days" may begin so many tokens behind the telling.
const TIME_OPENS_MAX: usize = 3;

/// And little more is told behind it.
const TIME_CLOSES_MAX: usize = 4;

/// "Told me on Friday that", "assured us on the 2nd that".
const SAID_BEHIND_MAX: usize = 2;
/// "It says in your last letter of the 5th".
const DATED_BEHIND_MAX: usize = 6;

/// Whether they say that it did not come about, and wait for nothing more.
pub fn is_past(scene: &Scene<'_>) -> bool {
    let end = scene.text().tokens.len();
    scene.list_in(list::TOLD_UNKEPT, 0, end).is_some()
        && scene.list_in(list::TOLD_AWAITED, 0, end).is_none()
}

/// Whether what is told begins with its time: "you said Friday", "was told five working days".
pub fn opens_with_time(scene: &Scene<'_>, told: usize, to: usize) -> bool {
    let opens = (told..=told + TIME_OPENS_MAX)
        .find(|i| !scene.in_list(*i, list::TOLD_TIME_LEAD))
        .unwrap_or(told);
    let today = scene.context.now.map(Zoned::date);
    scene.field.typed.iter().any(|t| {
        let timely = matches!(t.kind, FactKind::Date | FactKind::Time | FactKind::Duration);
        // "You said yesterday it is broken" names the day of the telling.
        let gone = t.kind == FactKind::Date
            && step(scene, t).is_none()
            && t.value
                .as_deref()
                .and_then(|day| day.parse::<Date>().ok())
                .zip(today)
                .is_some_and(|(day, today)| day < today);
        let ends = (t.to..to).find(|i| scene.text().tokens[*i].kind == Kind::Punct);
        let closes = ends.unwrap_or(to) <= t.to + TIME_CLOSES_MAX;
        t.from == opens && timely && !gone && closes
    })
}

/// Whether a day or an hour stands in tokens `from..to`.
pub fn is_timed(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    scene.field.typed.iter().any(|t| {
        t.from + 1 >= from && t.to <= to && matches!(t.kind, FactKind::Date | FactKind::Time)
    })
}

/// When it was to be.
pub fn due(scene: &Scene<'_>, telling: &Telling, past: bool) -> Option<Zoned> {
    let now = scene.context.now?;
    let said = said(scene, telling, now.date());
    // "I was meant to get it on Friday" tells of a Friday that was.
    let past = past || matches!(telling.way, Way::Due | Way::Agreed);
    let own = match telling.way {
        Way::Due | Way::Agreed => (telling.from, telling.to),
        // "Your app had him down for 10:30".
        Way::Undertaken => (telling.verb, telling.to),
        Way::Said | Way::Quoting => telling.content,
    };
    at(scene, own, said, past, now)
}

/// When it was said.
struct Said {
    day: Date,
    /// Not "last week".
    exact: bool,
    /// The hour, where it is named before the telling.
    clock: Option<Time>,
    /// Where its words end.
    to: usize,
}

/// The day on which it was said: one that stands before the telling, or right behind it ("told me on Monday that …").
fn said(scene: &Scene<'_>, telling: &Telling, today: Date) -> Option<Said> {
    if matches!(telling.way, Way::Due | Way::Agreed) || telling.content.0 < telling.verb {
        return None;
    }
    let sentence = scene.text().sentence_of(telling.verb);
    let typed = &scene.field.typed;
    let behind = |t: &&Typed| {
        let value = t.value.as_deref().and_then(|day| day.parse::<Date>().ok());
        let gone = value.is_some_and(|day| day < today) && step(scene, t).is_none();
        let on = t.from > 0 && scene.in_list(t.from - 1, list::TOLD_SAID_ON);
        let close = t.from <= telling.told + SAID_BEHIND_MAX && (gone || on);
        // "It says in your letter of 20 July that …".
        let letter = t
            .from
            .checked_sub(2)
            .and_then(|at| scene.list_at(list::TOLD_DATED, at));
        let dated = t.from <= telling.told + DATED_BEHIND_MAX && letter == Some(t.from);
        (close || dated) && t.to < telling.to
    };
    let clock = typed
        .iter()
        .filter(|t| t.kind == FactKind::Time && t.from >= sentence.from)
        .rfind(|t| t.to <= telling.verb)
        .and_then(|t| due::clock(t.value.as_deref()?));
    let day = typed
        .iter()
        .filter(|t| t.kind == FactKind::Date && t.from >= sentence.from && t.from < telling.to)
        // "You had me down for Tuesday" ends with the day itself.
        .rfind(|t| t.to < telling.told || behind(t));
    let Some(day) = day else {
        return clock.map(|_| Said {
            day: today,
            exact: false,
            clock,
            to: 0,
        });
    };
    let mut date: Date = day.value.as_deref()?.parse().ok()?;
    if let Some(step) = step(scene, day) {
        while date > today {
            date = date.checked_sub(step).ok()?;
        }
    }
    // "Last week" is over on its Sunday.
    let week = (day.from..day.to).any(|i| scene.in_list(i, list::WEEK_WORD));
    if week {
        date = date.checked_add(6.days()).ok()?;
    }
    (date <= today).then_some(Said {
        day: date,
        exact: !week,
        clock,
        to: day.to,
    })
}

/// When it was to be by the words that are quoted.
pub fn due_in_quote(
    scene: &Scene<'_>,
    telling: &Telling,
    quoted: &Scene<'_>,
    past: bool,
) -> Option<Zoned> {
    let now = scene.context.now?;
    let said = said(scene, telling, now.date()).map(|said| Said { to: 0, ..said });
    at(quoted, (0, quoted.text().tokens.len()), said, past, now)
}

fn at(
    scene: &Scene<'_>,
    (from, to): (usize, usize),
    said: Option<Said>,
    past: bool,
    now: &Zoned,
) -> Option<Zoned> {
    let from = match &said {
        Some(said) if said.to > from => said.to,
        _ => from,
    };
    let times = due::times_in(scene, from, to);
    let typed = |kind| {
        times
            .iter()
            .map(|t| &scene.field.typed[*t])
            .filter(move |t| t.kind == kind)
    };
    let exact = said.as_ref().filter(|said| said.exact).map(|said| said.day);
    let next_day = scene.list_in(list::NEXT_DAY, from, to);
    let date = due::window_end(scene, typed(FactKind::Date));
    let day = match (next_day, date) {
        (Some(_), None) => Some(exact?.tomorrow().ok()?),
        (_, Some(date)) => Some(resolved(scene, date, said.as_ref(), past, now)?),
        // "… that it would be posted that day".
        _ => exact.filter(|_| scene.list_in(list::SAME_DAY, from, to).is_some()),
    };
    let clock = match typed(FactKind::Time).next_back() {
        Some(time) => Some(due::clock(time.value.as_deref()?)?),
        None => None,
    };
    let part = scene.list_in(list::DAY_PART_ALONE, from, to).is_some();
    let zoned = |day: Date, at| day.to_datetime(at).to_zoned(now.time_zone().clone()).ok();
    if let Some(day) =
        day.or_else(|| (clock.is_some() || part).then(|| exact.unwrap_or(now.date())))
    {
        return zoned(
            day,
            clock.unwrap_or_else(|| close_of(scene, (from, to), date)),
        );
    }
    let length = scene
        .field
        .typed
        .iter()
        .find(|t| t.kind == FactKind::Duration && t.from >= from && t.to <= to)?;
    let value = length.value.as_deref()?;
    if let Some(clock) = said.as_ref().and_then(|said| said.clock)
        && value.starts_with("PT")
    {
        let start = zoned(exact.unwrap_or(now.date()), clock)?;
        return start.checked_add(value.parse::<Span>().ok()?).ok();
    }
    let start = zoned(exact?, now.time())?;
    let hours = value.strip_prefix("PT").and_then(|v| v.strip_suffix('H'));
    let hours: Option<i64> = hours.and_then(|hours| hours.parse().ok());
    // Of hours it would have to be known when the clock began; of whole days of them it need not.
    if let Some(days) = hours
        .filter(|hours| hours % 24 == 0)
        .map(|hours| hours / 24)
    {
        let end = start.checked_add(days.days()).ok()?;
        return zoned(end.date(), close_of(scene, (from, to), None));
    }
    let days = value.strip_prefix('P').filter(|v| !v.starts_with('T'))?;
    let working = (length.from..length.to).any(|i| scene.in_list(i, list::WORKING_WORD));
    let end = match days.strip_suffix('D') {
        Some(days) if working => due::working_days(&start, days.parse().ok()?)?,
        _ => start.checked_add(value.parse::<Span>().ok()?).ok()?,
    };
    zoned(end.date(), close_of(scene, (from, to), None))
}

/// The day that a typed date stands for in something told.
fn resolved(
    scene: &Scene<'_>,
    typed: &Typed,
    said: Option<&Said>,
    past: bool,
    now: &Zoned,
) -> Option<Date> {
    let today = now.date();
    let date: Date = match typed.value.as_deref()?.parse() {
        Ok(date) => date,
        Err(_) => return day_of(scene, typed, today),
    };
    let gone = (typed.to..typed.to + 2).any(|i| scene.in_list(i, list::JUST_GONE));
    let any = |list| (typed.from..typed.to).any(|i| scene.in_list(i, list));
    // "You told me on Friday I'd have it by close of business": that Friday's.
    if let Some(said) = said.filter(|said| said.exact && date == today && !any(list::TODAY_WORD))
        && step(scene, typed).is_none()
    {
        return Some(said.day);
    }
    let Some(step) = step(scene, typed) else {
        // "On Monday you said you'd call tomorrow": the day after that Monday.
        let beside = any(list::TOMORROW_WORD);
        return match said.filter(|said| beside && said.exact && said.day < today) {
            Some(said) => said.day.tomorrow().ok(),
            None => day_of(scene, typed, today),
        };
    };
    let back = |mut date: Date, until: Date| {
        while date > until {
            date = date.checked_sub(step).ok()?;
        }
        Some(date)
    };
    match said {
        Some(said) => {
            let mut day = back(date, said.day)?;
            if day < said.day {
                day = day.checked_add(step).ok()?;
            }
            // "Last week" may hold the day itself.
            if past && !said.exact && day > today {
                back(day, today)
            } else {
                Some(day)
            }
        }
        None if past || gone => back(date, today),
        // Of two years or months the nearer one.
        None if step.get_days() == 0 => [date.checked_sub(step), Ok(date), date.checked_add(step)]
            .into_iter()
            .filter_map(Result::ok)
            .min_by_key(|day| day.duration_since(today).abs()),
        None => Some(date),
    }
}

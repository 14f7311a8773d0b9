//! A named day beside another one: which Friday, which 5th, which May is meant once it is known that it lies before or behind.

use crate::list;
use crate::pattern::Typed;
use crate::scene::Scene;
use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// How far apart the days are that the words may mean: a week for "Friday", a month for "the 5th", a year for "5 May"; none for
/// "tomorrow" or a date with its year.
pub fn step(scene: &Scene<'_>, typed: &Typed) -> Option<Span> {
    let text = scene.text();
    let any = |list| (typed.from..typed.to).any(|i| scene.in_list(i, list));
    let figures = |i: usize| text.written(i).chars().filter(char::is_ascii_digit).count();
    // "Last Friday", "this Friday" are what they are.
    if any(list::LAST_WORD)
        || any(list::WEEK_WORD)
        || any(list::WEEK_WHICH)
        || (typed.from..typed.to).any(|i| figures(i) > 4)
    {
        return None;
    }
    let year = (typed.from..typed.to).any(|i| figures(i) == 4 && text.written(i).len() == 4);
    let slashed = (typed.from..typed.to).any(|i| text.written(i).contains('/'));
    let numbered = (typed.from..typed.to).any(|i| figures(i) > 0);
    if year {
        None
    } else if any(list::MONTH_NAME) || slashed {
        Some(1.years())
    } else if any(list::WEEKDAY_NAME) && !numbered {
        Some(7.days())
    } else if numbered {
        Some(1.months())
    } else {
        None
    }
}

/// The first such day that is not before `from`; "on Monday", said on one, is the next.
pub fn moved_ahead(scene: &Scene<'_>, typed: &Typed, date: Date, from: Date) -> Date {
    match step(scene, typed) {
        Some(step) if date < from || date == from && step.get_days() > 0 => {
            date.checked_add(step).unwrap_or(date)
        }
        _ => date,
    }
}

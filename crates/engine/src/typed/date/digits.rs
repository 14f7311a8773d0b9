//! Dates in digits alone: "2026-05-04", "04/05/26", "3/5".

use crate::FactKind;
use crate::list;
use crate::text::Kind;
use crate::typed::calendar::full_year;
use crate::typed::{Class, Reader};
use jiff::civil::Date;

impl Reader<'_, '_> {
    /// Whether a written number is a date with its year first.
    pub(in crate::typed) fn is_iso_date(&self, written: &str) -> bool {
        let mut parts = written.split('-');
        let part = |p: Option<&str>, len: usize| {
            p.is_some_and(|p| p.len() == len && p.bytes().all(|b| b.is_ascii_digit()))
        };
        part(parts.next(), 4)
            && part(parts.next(), 2)
            && part(parts.next(), 2)
            && parts.next().is_none()
    }

    /// Dates in digits alone.
    pub(in crate::typed) fn numeric_date(&mut self, at: usize) -> Option<usize> {
        let written = self.written(at);
        let mut parts = [0u32; 3];
        let mut count = 0;
        for part in written.split(['-', '/', '.']) {
            *parts.get_mut(count)? = part.parse().ok()?;
            count += 1;
        }
        let [a, b, c] = parts;
        let slash = written.contains('/');
        // A month has no number above twelve, whatever the habit.
        let split = |first: u32, second: u32| {
            let month_first = if self.calendar.month_first {
                first <= 12
            } else {
                first <= 12 && second > 12
            };
            if month_first {
                (second, first)
            } else {
                (first, second)
            }
        };
        if count == 3 && a >= 1900 {
            let date = Date::new(a as i16, i8::try_from(b).ok()?, i8::try_from(c).ok()?).ok()?;
            return self.add(FactKind::Date, at, at + 1, Some(date.to_string()));
        }
        if count == 3 && (slash || written.contains('.') || written.contains('-')) {
            let year_length = written.rsplit(['-', '/', '.']).next().map_or(0, str::len);
            if !matches!(year_length, 2 | 4) || (year_length == 4 && !(1900..2200).contains(&c)) {
                return None;
            }
            let (day, month) = split(a, b);
            let date = Date::new(
                full_year(c),
                i8::try_from(month).ok()?,
                i8::try_from(day).ok()?,
            )
            .ok()?;
            return self.add(FactKind::Date, at, at + 1, Some(date.to_string()));
        }
        // "To the 31.07. and", as it is written where an ordinal has a point: the sentence goes on behind it.
        let pointed = count == 2
            && written.len() == 5
            && written.as_bytes()[2] == b'.'
            && self.class(at + 1) == Class::Dot
            && self.text.tokens[at + 1].start == self.text.tokens[at].end
            && (self.class(at + 2) == Class::Comma
                || self.text.tokens.get(at + 2).is_some_and(|next| {
                    next.sentence == self.text.tokens[at].sentence
                        && next.kind == Kind::Word
                        && !next.capital
                }));
        if pointed && (1..=31).contains(&a) && (1..=12).contains(&b) {
            let date = self.calendar.day_of_year(b as u8, a as u8, self.way(at));
            return self.add(FactKind::Date, at, at + 2, date.map(|d| d.to_string()));
        }
        if count == 2 && slash {
            let told = matches!(
                self.class_before(at),
                Class::On
                    | Class::At
                    | Class::Since
                    | Class::The
                    | Class::Of
                    | Class::And
                    | Class::To
                    | Class::Future
                    | Class::Open
                    | Class::Weekday(_)
                    | Class::WeekdayPerhaps(_)
                    | Class::Day(_)
                    | Class::In
            ) || (self.class(self.land(at + 1)) == Class::At
                && self.kind(self.land(at + 2)) == Some(Kind::Number))
                || self
                    .before(at)
                    .is_some_and(|i| self.is(i, list::DATE_LABEL) || self.is_later_than(i));
            let (day, month) = split(a, b);
            if !told || !(1..=31).contains(&day) || !(1..=12).contains(&month) {
                return None;
            }
            let date = self
                .calendar
                .day_of_year(month as u8, day as u8, self.way(at));
            return self.add(FactKind::Date, at, at + 1, date.map(|d| d.to_string()));
        }
        None
    }
}

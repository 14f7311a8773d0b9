//! Days of a week: "Monday", "Monday morning", "Mon 4 May", "Friday week", "a week on Monday".

use crate::FactKind;
use crate::list;
use crate::text::Kind;
use crate::typed::calendar::Way;
use crate::typed::{Class, Reader, Unit};
use jiff::ToSpan;
use jiff::civil::Date;

impl Reader<'_, '_> {
    pub(in crate::typed) fn weekday_at(&self, at: usize) -> Option<u8> {
        match self.class(at) {
            Class::Weekday(d) => Some(d),
            Class::WeekdayPerhaps(d) => {
                let told = matches!(
                    self.class_before(at),
                    Class::On | Class::At | Class::Last | Class::Next | Class::This | Class::Since
                ) || matches!(self.kind(self.land(at + 1)), Some(Kind::Number));
                (told || (self.text.tokens[at].capital && d != 5 && d != 6)).then_some(d)
            }
            _ => None,
        }
    }

    /// Steps over "morning" and the like.
    pub(in crate::typed) fn with_day_part(&self, to: usize) -> usize {
        let next = self.land(to);
        if self.class(next) == Class::DayPart {
            next + 1
        } else {
            to
        }
    }

    /// "Monday", "Monday morning", "Monday the 4th of May", "Mon 4 May".
    pub(in crate::typed) fn weekday(&mut self, at: usize) -> Option<usize> {
        let day = self.weekday_at(at)?;
        if let Some(end) = self.weekday_with_date(at, at) {
            return Some(end);
        }
        if let Some((date, to)) = self.weekday_of_week(day, at + 1) {
            return self.add(FactKind::Date, at, to, date.map(|d| d.to_string()));
        }
        let date = self.calendar.weekday(day, self.way(at));
        let to = self.with_day_part(at + 1);
        self.add(FactKind::Date, at, to, date.map(|d| d.to_string()))
    }

    /// "Friday week", "Tuesday next week", "Monday of this week": what stands behind the weekday, and where it ends.
    pub(in crate::typed) fn weekday_of_week(
        &self,
        day: u8,
        behind: usize,
    ) -> Option<(Option<Date>, usize)> {
        let mut next = self.land(behind);
        if self.class(next) == Class::Of {
            next = self.land(next + 1);
        }
        if let Some(weeks) = self.weeks_at(next) {
            return Some((self.week_later(day, weeks), next + 1));
        }
        let steps = match self.class(next) {
            Class::Next => 1,
            Class::Last => -1,
            Class::This => 0,
            _ => return None,
        };
        let unit = self.land(next + 1);
        (self.weeks_at(unit) == Some(1)).then(|| (self.in_week(day, steps), unit + 1))
    }

    /// How many weeks "week" or "fortnight" is.
    pub(in crate::typed) fn weeks_at(&self, at: usize) -> Option<i64> {
        match self.class(at) {
            _ if self.written(at).ends_with(['s', 'S']) => None,
            Class::Unit(Unit::Week) => Some(1),
            Class::Unit(Unit::Fortnight) => Some(2),
            _ => None,
        }
    }

    /// The coming weekday and so many weeks: "Friday week", "a fortnight on Friday".
    fn week_later(&self, weekday: u8, weeks: i64) -> Option<Date> {
        let coming = self.calendar.weekday(weekday, Way::Nearest)?;
        coming.checked_add((7 * weeks).days()).ok()
    }

    /// "A week today", "two weeks on Friday", "a fortnight from tomorrow": the day that a length behind which `at` stands ends
    /// on, and where it is said. What has lasted so long is no such day.
    pub(in crate::typed) fn weeks_from(
        &self,
        from: usize,
        at: usize,
        weeks: i64,
    ) -> Option<(Date, usize)> {
        let lasted = self
            .before(from)
            .is_some_and(|i| self.is(i, list::LENGTH_LEAD) && !self.is(i, list::IN_WORD));
        if lasted || self.way(from) == Way::Back {
            return None;
        }
        let mut next = self.land(at);
        if self.class(next) == Class::On || self.is(next, list::FROM_WORD) {
            next = self.land(next + 1);
        }
        let date = match self.class(next) {
            Class::Day(days @ (0 | 1)) => self.calendar.day(i64::from(days) + 7 * weeks),
            Class::Weekday(day) => self.week_later(day, weeks),
            _ => None,
        };
        Some((date?, next + 1))
    }

    /// "Friday the 10th" is in the month whose 10th is a Friday, of those beside this one; none where there is none.
    fn same_day_on(&self, weekday: usize, found: usize) -> Option<Date> {
        let weekday = self.weekday_at(weekday)?;
        let date: Date = self.found[found].value.as_ref()?.parse().ok()?;
        self.calendar.weekday_of_month(weekday, date.day())
    }

    /// A weekday `weeks` weeks from this one.
    pub(in crate::typed) fn in_week(&self, weekday: u8, weeks: i64) -> Option<Date> {
        let today = i64::from(self.calendar.today?.weekday().to_monday_zero_offset());
        self.calendar.day(i64::from(weekday) - today + 7 * weeks)
    }

    pub(in crate::typed) fn weekday_with_date(
        &mut self,
        from: usize,
        weekday: usize,
    ) -> Option<usize> {
        let mut next = self.land(weekday + 1);
        if self.class(next) == Class::Comma {
            next = self.land(next + 1);
        }
        if self.class(next) == Class::The {
            next = self.land(next + 1);
        }
        let known = self.found.len();
        let end = match self.kind(next) {
            Some(Kind::Number) => self.numeric_date(next).or_else(|| self.day_of_month(next)),
            Some(Kind::Word) if self.month_at(next).is_some() => self.month(next),
            Some(Kind::Word) => self.day_of_month(next),
            _ => None,
        };
        if end.is_some()
            && self.found.len() == known + 1
            && self.found[known].kind == FactKind::Date
        {
            self.found[known].from = from;
            let alone = self.ordinal(next).map(|ordinal| ordinal.1) == end;
            if let Some(date) = self.same_day_on(weekday, known).filter(|_| alone) {
                self.found[known].value = Some(date.to_string());
            }
            return end;
        }
        self.found.truncate(known);
        None
    }
}

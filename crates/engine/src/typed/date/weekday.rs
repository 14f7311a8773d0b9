//! Days of a week: "Monday", "Monday morning", "Mon 4 May", "Friday week", "a week on Monday".

use crate::FactKind;
use crate::text::Kind;
use crate::typed::{Class, Reader, Unit};
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
        let next = self.land(at + 1);
        // "Friday week", "Tuesday next week".
        let date = if self.class(next) == Class::Next
            && self.class(self.land(next + 1)) == Class::Unit(Unit::Week)
        {
            let to = self.land(next + 1) + 1;
            let date = self.in_week(day, 1);
            return self.add(FactKind::Date, at, to, date.map(|d| d.to_string()));
        } else if self.class(next) == Class::Last
            && self.class(self.land(next + 1)) == Class::Unit(Unit::Week)
        {
            let to = self.land(next + 1) + 1;
            let date = self.in_week(day, -1);
            return self.add(FactKind::Date, at, to, date.map(|d| d.to_string()));
        } else {
            self.calendar.weekday(day, self.way(at))
        };
        let to = self.with_day_part(at + 1);
        self.add(FactKind::Date, at, to, date.map(|d| d.to_string()))
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
            return end;
        }
        self.found.truncate(known);
        None
    }
}

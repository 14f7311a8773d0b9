//! The ends of lengths: "end of the week", "the end of March", "close of business", "before the month is out".

use crate::FactKind;
use crate::list;
use crate::typed::calendar::Way;
use crate::typed::{Class, Reader, Unit};
use crate::words::CLITIC_S;
use jiff::civil::Date;

impl Reader<'_, '_> {
    /// "end of the week", "the end of March", "close of business".
    pub(in crate::typed) fn edge(&mut self, from: usize, word: usize) -> Option<usize> {
        let of = self.land(word + 1);
        if self.class(of) != Class::Of {
            // "By close on Friday", "before close today".
            let alone = self.is(word, list::EDGE_ALONE)
                && from == word
                && self.class_before(from) == Class::At
                && self.ends_hour(of);
            return if alone {
                self.edge_named(from, word + 1, self.calendar.today)
            } else {
                None
            };
        }
        let mut next = self.land(of + 1);
        let end = !self.is(word, list::EDGE_START);
        let mut steps = 0;
        if matches!(
            self.class(next),
            Class::The | Class::This | Class::Next | Class::Last | Class::Working
        ) || self.is(next, list::MY_WORD)
        {
            let which = self.class(next);
            steps = match which {
                Class::Next => 1,
                Class::Last => -1,
                _ => 0,
            };
            if which != Class::Working || matches!(self.class(self.land(next + 1)), Class::Unit(_))
            {
                next = self.land(next + 1);
            }
        }
        if self.class(next) == Class::Working
            && matches!(
                self.class(self.land(next + 1)),
                Class::Unit(_) | Class::Day(_)
            )
        {
            next = self.land(next + 1);
        }
        if matches!(self.class(next), Class::Month(_) | Class::MonthPerhaps(_)) {
            let (month, to) = self.month_at(next)?;
            let date = self
                .calendar
                .day_of_year(month, 1, Way::Ahead)
                .map(|d| if end { self.last_ahead(d) } else { d });
            return self.add(FactKind::Date, from, to, date.map(|d| d.to_string()));
        }
        let today = self.calendar.today;
        let date = match self.class(next) {
            Class::Working => today,
            Class::Unit(Unit::Week) if self.is(word, list::MIDDLE_WORD) => self.in_week(2, steps),
            Class::Unit(unit) => self.edge_day(unit, steps, end)?,
            Class::Day(days) => self.calendar.day(i64::from(days)),
            Class::Weekday(day) => self.calendar.weekday(day, Way::Nearest),
            _ if self.is(next, list::EDGE_OF_WORK) => today,
            _ => return None,
        };
        self.edge_named(from, next + 1, date)
    }

    /// The last day of a month: this year's, where the month is not over ("the end of June", written in June).
    fn last_ahead(&self, first: Date) -> Date {
        let before = first.checked_sub(jiff::Span::new().years(1));
        let running = before.ok().map(|day| day.last_of_month());
        match (running, self.calendar.today) {
            (Some(last), Some(today)) if last >= today => last,
            _ => first.last_of_month(),
        }
    }

    /// The first or last day of a length, so many of it from now; outside, none where it has no such day.
    fn edge_day(&self, unit: Unit, steps: i64, end: bool) -> Option<Option<Date>> {
        let today = self.calendar.today;
        Some(match unit {
            Unit::Day => today,
            Unit::Week => self.in_week(if end { 4 } else { 0 }, steps),
            Unit::Month => today
                .and_then(|t| {
                    let span = jiff::Span::new().months(steps);
                    t.first_of_month().checked_add(span).ok()
                })
                .map(|d| if end { d.last_of_month() } else { d }),
            Unit::Year => today.and_then(|t| Date::new(t.year() + steps as i16, 12, 31).ok()),
            _ => return None,
        })
    }

    /// Adds an edge and the day that is named behind it: "end of business today", "close of play on Friday", "EOD Thursday".
    fn edge_named(&mut self, from: usize, to: usize, date: Option<Date>) -> Option<usize> {
        let mut named = self.land(to);
        if self.class(named) == Class::On {
            named = self.land(named + 1);
        }
        let (date, to) = match self.class(named) {
            Class::Day(days) => (self.calendar.day(i64::from(days)), named + 1),
            Class::Weekday(day) => (self.calendar.weekday(day, Way::Nearest), named + 1),
            _ => (date, to),
        };
        self.add(FactKind::Date, from, to, date.map(|d| d.to_string()))
    }

    /// "EOD", "COB Friday", "EOW".
    pub(in crate::typed) fn business(&mut self, at: usize) -> Option<usize> {
        let unit = if self.is(at, list::EDGE_WEEK) {
            Unit::Week
        } else if self.is(at, list::EDGE_MONTH) {
            Unit::Month
        } else {
            Unit::Day
        };
        let date = self.edge_day(unit, 0, true)?;
        self.edge_named(at, at + 1, date)
    }

    /// "Month end", "the week's end", "before the month is out": the unit stands at `unit`.
    pub(in crate::typed) fn edge_of_unit(&mut self, from: usize, unit: usize) -> Option<usize> {
        let Class::Unit(length @ (Unit::Day | Unit::Week | Unit::Month | Unit::Year)) =
            self.class(unit)
        else {
            return None;
        };
        let mut next = self.land(unit + 1);
        let owned = self
            .text
            .tokens
            .get(next)
            .is_some_and(|t| t.word == CLITIC_S);
        let is = owned || self.class(next) == Class::Is;
        if is {
            next = self.land(next + 1);
        }
        let ends = self.class(next) == Class::Edge && !self.is(next, list::EDGE_START);
        let over = is && self.class_before(from) == Class::At && self.is(next, list::EDGE_OVER);
        if !(over || ends && (owned || !is)) || self.written(unit).ends_with(['s', 'S']) {
            return None;
        }
        let date = self.edge_day(length, 0, true)?;
        self.add(FactKind::Date, from, next + 1, date.map(|d| d.to_string()))
    }
}

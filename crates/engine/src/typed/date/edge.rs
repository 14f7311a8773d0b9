//! The ends of lengths: "end of the week", "the end of March", "close of business", "before the month is out".

use crate::FactKind;
use crate::list;
use crate::typed::calendar::Way;
use crate::typed::{Class, Reader, Unit};
use jiff::civil::Date;

impl Reader<'_, '_> {
    /// "end of the week", "the end of March", "close of business".
    pub(in crate::typed) fn edge(&mut self, from: usize, word: usize) -> Option<usize> {
        let of = self.land(word + 1);
        if self.class(of) != Class::Of {
            return None;
        }
        let mut next = self.land(of + 1);
        let end = !self.is(word, list::EDGE_START);
        let mut steps = 0;
        let mut which = Class::The;
        if matches!(
            self.class(next),
            Class::The | Class::This | Class::Next | Class::Last | Class::Working
        ) || self.is(next, list::MY_WORD)
        {
            which = self.class(next);
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
                .map(|d| if end { d.last_of_month() } else { d });
            return self.add(FactKind::Date, from, to, date.map(|d| d.to_string()));
        }
        let today = self.calendar.today;
        let date = match self.class(next) {
            Class::Unit(Unit::Day) | Class::Working => today,
            Class::Day(days) => self.calendar.day(i64::from(days)),
            Class::Unit(Unit::Week) => self.in_week(if end { 4 } else { 0 }, steps),
            Class::Unit(Unit::Month) => today
                .and_then(|t| {
                    t.first_of_month()
                        .checked_add(jiff::Span::new().months(steps))
                        .ok()
                })
                .map(|d| if end { d.last_of_month() } else { d }),
            Class::Unit(Unit::Year) => {
                today.and_then(|t| Date::new(t.year() + steps as i16, 12, 31).ok())
            }
            Class::Weekday(day) => self.calendar.weekday(day, Way::Nearest),
            _ if self.is(next, list::EDGE_OF_WORK) => today,
            _ => return None,
        };
        let _ = which;
        let mut to = next + 1;
        // "end of business today", "close of play on Friday".
        let more = self.land(to);
        let mut value = date;
        let named = if self.class(more) == Class::On {
            self.land(more + 1)
        } else {
            more
        };
        match self.class(named) {
            Class::Day(days) => (value, to) = (self.calendar.day(i64::from(days)), named + 1),
            Class::Weekday(day) => {
                (value, to) = (self.calendar.weekday(day, Way::Nearest), named + 1)
            }
            _ => {}
        }
        self.add(FactKind::Date, from, to, value.map(|d| d.to_string()))
    }
}

//! Days by their place beside today: "tomorrow morning", "last Tuesday", "next week", "this afternoon".

use crate::FactKind;
use crate::list;
use crate::text::Kind;
use crate::typed::calendar::Way;
use crate::typed::{Class, Reader, Unit};
use crate::words::CLITIC_S;
use jiff::civil::Date;

impl Reader<'_, '_> {
    /// Days named by their place: "tomorrow morning", "last Tuesday", "next week", "this afternoon", "the end of the month".
    pub(in crate::typed) fn relative_day(&mut self, at: usize) -> Option<usize> {
        let iso = |d: Option<Date>| d.map(|d| d.to_string());
        match self.class(at) {
            Class::Day(days) => {
                // "Today week", "tomorrow fortnight".
                let next = self.land(at + 1);
                if days >= 0
                    && let Some(weeks) = self.weeks_at(next)
                {
                    let date = self.calendar.day(i64::from(days) + 7 * weeks);
                    return self.add(FactKind::Date, at, next + 1, iso(date));
                }
                let to = self.with_day_part(at + 1);
                let date = self.calendar.day(i64::from(days));
                self.add(FactKind::Date, at, to, iso(date))
            }
            Class::The => self.after_the(at),
            Class::Weekend => {
                let told = matches!(self.class_before(at), Class::At | Class::On);
                if !told {
                    return None;
                }
                let date = self.calendar.weekday(5, self.way(at));
                self.add(FactKind::Date, at, at + 1, iso(date))
            }
            Class::Feast(month, day) => {
                let to = at
                    + 1
                    + usize::from(
                        self.is(self.land(at + 1), list::FEAST_DAY)
                            || self.is(self.land(at + 1), list::FEAST_EVE),
                    );
                let told = matches!(
                    self.class_before(at),
                    Class::At
                        | Class::On
                        | Class::In
                        | Class::Since
                        | Class::Last
                        | Class::Next
                        | Class::This
                );
                if !told {
                    return None;
                }
                let eve = i64::from(self.is(self.land(at + 1), list::FEAST_EVE));
                let date = if month == 0 {
                    // Easter Monday, and what is named after it, are days of their own.
                    self.calendar.easter().filter(|_| to == at + 1)
                } else {
                    self.calendar
                        .day_of_year(month, day - eve as u8, Way::Ahead)
                };
                self.add(FactKind::Date, at, to, iso(date))
            }
            Class::Business => self.business(at),
            Class::Edge => self.edge(at, at),
            // "Your man is coming Tuesday" comes; "this coming Tuesday" is a day.
            Class::Next if self.is(at, list::COMING_WORD) && self.comes(at) => None,
            Class::Last | Class::Next | Class::This => self.beside_now(at, at),
            _ => None,
        }
    }

    /// Whether "coming" is what somebody does: "is coming", "'s coming", "still coming".
    fn comes(&self, at: usize) -> bool {
        self.before(at).is_some_and(|i| {
            self.class(i) == Class::Is
                || self.text.tokens[i].word == CLITIC_S
                || self.is(i, list::COMES_BESIDE)
        })
    }

    pub(in crate::typed) fn after_the(&mut self, the: usize) -> Option<usize> {
        let next = self.land(the + 1);
        match self.class(next) {
            Class::Edge => self.edge(the, next),
            // "within the hour", "within the fortnight".
            Class::Unit(unit @ (Unit::Hour | Unit::Week | Unit::Fortnight | Unit::Month))
                if !self.written(next).ends_with('s')
                    && self
                        .before(the)
                        .is_some_and(|at| self.is(at, list::WITHIN_WORD)) =>
            {
                let value = match unit {
                    Unit::Hour => "PT1H",
                    Unit::Week => "P1W",
                    Unit::Fortnight => "P2W",
                    _ => "P1M",
                };
                self.add(FactKind::Duration, the, next + 1, Some(value.into()))
            }
            Class::Weekend => {
                let date = self.calendar.weekday(5, self.way(the));
                self.add(FactKind::Date, the, next + 1, date.map(|d| d.to_string()))
            }
            Class::Unit(_) | Class::Weekday(_) => self
                .day_beside(the, next)
                .or_else(|| self.after_next(the, next))
                .or_else(|| self.edge_of_unit(the, next)),
            Class::Last | Class::Next => self.beside_now(the, next),
            _ => None,
        }
    }

    /// "The day after tomorrow", "day before yesterday".
    pub(in crate::typed) fn day_beside(&mut self, from: usize, day: usize) -> Option<usize> {
        let word = self.land(day + 1);
        let other = self.land(word + 1);
        let days = match self.class(other) {
            _ if self.class(day) != Class::Unit(Unit::Day) => return None,
            Class::Day(1) if self.is(word, list::AFTER_WORD) => 2,
            Class::Day(-1) if self.is(word, list::BEFORE_WORD) => -2,
            _ => return None,
        };
        let date = self.calendar.day(days);
        self.add(FactKind::Date, from, other + 1, date.map(|d| d.to_string()))
    }

    /// "The week after next", "the Friday after next".
    fn after_next(&mut self, from: usize, which: usize) -> Option<usize> {
        let word = self.land(which + 1);
        let next = self.land(word + 1);
        if !self.is(word, list::AFTER_WORD)
            || self.class(next) != Class::Next
            || self.kind(self.land(next + 1)) == Some(Kind::Word)
                && matches!(
                    self.class(self.land(next + 1)),
                    Class::Unit(_) | Class::Plain
                )
        {
            return None;
        }
        let date = match self.class(which) {
            Class::Unit(Unit::Week) => self.in_week(0, 2),
            Class::Weekday(day) => self.in_week(day, 2),
            _ => return None,
        };
        self.add(FactKind::Date, from, next + 1, date.map(|d| d.to_string()))
    }

    /// "last Tuesday", "next month", "this evening", "last night".
    pub(in crate::typed) fn beside_now(&mut self, from: usize, word: usize) -> Option<usize> {
        let which = self.class(word);
        let next = self.land(word + 1);
        let following = self.is(word, list::FOLLOWING_WORD);
        let class = self.class(next);
        // "the last three weeks", "the next day or two" are lengths, not days.
        let date = match class {
            Class::Weekday(_) | Class::WeekdayPerhaps(_) => {
                let day = self.weekday_at(next)?;
                // "This coming Monday week".
                if following && let Some((date, to)) = self.weekday_of_week(day, next + 1) {
                    return self.add(FactKind::Date, from, to, date.map(|d| d.to_string()));
                }
                match which {
                    Class::Last => self.calendar.weekday(day, Way::Back),
                    // "next Friday" said on a Monday: most mean the one of next week; within the weekend, the coming one.
                    Class::Next if !following => self.in_week(day, 1),
                    _ => self.calendar.weekday(day, Way::Nearest),
                }
            }
            Class::DayPart => match which {
                Class::Last => self.calendar.day(-1),
                Class::This => self.calendar.day(0),
                _ => return None,
            },
            Class::Weekend => match which {
                Class::Last => self.calendar.weekday(5, Way::Back),
                Class::This => self.calendar.weekday(5, Way::Nearest),
                _ => self.in_week(5, 1),
            },
            Class::Month(_) | Class::MonthPerhaps(_) => {
                let (month, to) = self.month_at(next)?;
                let way = if which == Class::Last {
                    Way::Back
                } else {
                    Way::Ahead
                };
                let date = self.calendar.day_of_year(month, 1, way);
                return self.add(
                    FactKind::Date,
                    from,
                    to,
                    date.map(|d| d.strftime("%Y-%m").to_string()),
                );
            }
            // "within the next hour".
            Class::Unit(unit @ (Unit::Hour | Unit::Minute | Unit::Day))
                if which == Class::Next
                    && self.class_before(from) == Class::In
                    && !self.written(next).ends_with('s') =>
            {
                let value = match unit {
                    Unit::Hour => "PT1H",
                    Unit::Minute => "PT1M",
                    _ => "P1D",
                };
                return self.add(FactKind::Duration, from, next + 1, Some(value.into()));
            }
            Class::Unit(unit @ (Unit::Week | Unit::Month | Unit::Year)) => {
                if self.written(next).ends_with('s') || (from != word && which == Class::Next) {
                    return None;
                }
                let steps = match which {
                    Class::Last => -1,
                    Class::Next => 1,
                    _ => 0,
                };
                let today = self.calendar.today;
                // "Next week on Thursday".
                if unit == Unit::Week && which != Class::Last {
                    let mut named = self.land(next + 1);
                    if self.class(named) == Class::On {
                        named = self.land(named + 1);
                    }
                    if let Class::Weekday(day) = self.class(named) {
                        let date = self.in_week(day, steps);
                        let to = self.with_day_part(named + 1);
                        return self.add(FactKind::Date, from, to, date.map(|d| d.to_string()));
                    }
                }
                let value = today.and_then(|today| match unit {
                    // A week is known by its Monday.
                    Unit::Week => self.in_week(0, steps).map(|d| d.to_string()),
                    Unit::Month => today
                        .first_of_month()
                        .checked_add(jiff::Span::new().months(steps))
                        .ok()
                        .map(|d| d.strftime("%Y-%m").to_string()),
                    _ => Some((i64::from(today.year()) + steps).to_string()),
                });
                return self.add(FactKind::Date, from, next + 1, value);
            }
            Class::Feast(month, day) if month > 0 => {
                let way = if which == Class::Last {
                    Way::Back
                } else {
                    Way::Ahead
                };
                self.calendar.day_of_year(month, day, way)
            }
            _ => return None,
        };
        let to = self.with_day_part(next + 1);
        self.add(FactKind::Date, from, to, date.map(|d| d.to_string()))
    }
}

//! Days of a month and months: "the 3rd of May", "May 4th 2026", "the 5th", "since March".

use crate::FactKind;
use crate::grammar::Glued;
use crate::list;
use crate::text::Kind;
use crate::typed::calendar::Way;
use crate::typed::{Class, Reader, Unit};
use jiff::civil::Date;

impl Reader<'_, '_> {
    /// An ordinal in digits or words: its number and where it ends.
    pub(in crate::typed) fn ordinal(&self, at: usize) -> Option<(u8, usize)> {
        if let Class::Ordinal(n) = self.class(at) {
            return Some((n, at + 1));
        }
        let written = self.written(at);
        if self.is(at, list::SECOND_ITSELF) {
            return Some((2, at + 1));
        }
        if let Class::Number(tens @ (20 | 30)) = self.class(at) {
            let next = self.land(at + 1);
            let unit = match self.class(next) {
                Class::Ordinal(n @ 1..=9) => n,
                Class::Unit(Unit::Second) => 2,
                _ => return None,
            };
            return Some((tens as u8 + unit, next + 1));
        }
        if self.kind(at) != Some(Kind::Number) || written.len() < 3 {
            return None;
        }
        let cut = written.find(|c: char| c.is_ascii_alphabetic())?;
        let ending = &written[cut..];
        let n: u8 = written[..cut].parse().ok()?;
        (self.words.grammar.glued(ending) == Some(Glued::Ordinal)).then_some((n, at + 1))
    }

    /// A year behind a date: "2026", ", 2026".
    pub(in crate::typed) fn year(&self, at: usize) -> Option<(i16, usize)> {
        let mut at = self.land(at);
        if self.class(at) == Class::Comma {
            at = self.land(at + 1);
        }
        // "14th June '19".
        let short = matches!(self.written(at), "'" | "’");
        let at = at + usize::from(short);
        let written = self.written(at);
        if self.kind(at) != Some(Kind::Number) || written.len() != if short { 2 } else { 4 } {
            return None;
        }
        if short {
            return Some((2000 + written.parse::<i16>().ok()?, at + 1));
        }
        let year: i16 = written.parse().ok()?;
        (1900..2200).contains(&year).then_some((year, at + 1))
    }

    pub(in crate::typed) fn month_at(&self, at: usize) -> Option<(u8, usize)> {
        let at = self.land(at);
        match self.class(at) {
            Class::Month(m) | Class::MonthPerhaps(m) => Some((
                m,
                at + 1
                    + usize::from(
                        self.class(at + 1) == Class::Dot
                            && self.written(at).len() <= 4
                            && self.kind(at + 2) == Some(Kind::Number),
                    ),
            )),
            _ => None,
        }
    }

    /// "4 May", "4th of May 2026", "third of May", and "5th" alone.
    pub(in crate::typed) fn day_of_month(&mut self, at: usize) -> Option<usize> {
        let from = match self.before(at) {
            Some(i)
                if self.class(i) == Class::The && self.found.last().is_none_or(|t| t.to <= i) =>
            {
                i
            }
            _ => at,
        };
        let ordinal = self.ordinal(at);
        let (day, to) = match ordinal {
            Some(found) => found,
            None => {
                let said = self.spoken(at).filter(|s| {
                    s.digits && s.value.fract() == 0.0 && (1.0..=31.0).contains(&s.value)
                })?;
                (said.value as u8, said.to)
            }
        };
        if !(1..=31).contains(&day) {
            return None;
        }
        let next = self.land(to);
        let after = if self.class(next) == Class::Of {
            self.land(next + 1)
        } else {
            next
        };
        if let Some((month, mut end)) = self.month_at(after) {
            // "2 may arrive": a bare number before the verb "may".
            if ordinal.is_none()
                && matches!(self.class(after), Class::MonthPerhaps(_))
                && !self.text.tokens[after].capital
                && self.month_is_verb(after)
            {
                return None;
            }
            let date = match self.year(end) {
                Some((year, to)) => {
                    end = to;
                    Date::new(year, month as i8, day as i8).ok()
                }
                None => self.calendar.day_of_year(month, day, self.way(at)),
            };
            return self.add(FactKind::Date, from, end, date.map(|d| d.to_string()));
        }
        ordinal?;
        // "the 3rd of next month".
        if self.class(next) == Class::Of
            && let Some((date, to)) = self.day_in_month(day, self.land(next + 1))
        {
            return self.add(FactKind::Date, from, to, date.map(|d| d.to_string()));
        }
        // "the 5th" alone; "the 5th email" and "the third option" are no dates.
        let in_words = matches!(
            self.class(at),
            Class::Ordinal(_) | Class::Number(_) | Class::Unit(_)
        );
        let told = matches!(
            self.class_before(from),
            Class::On | Class::At | Class::Since | Class::Of | Class::Weekday(_)
        ) || (from != at && !in_words && !matches!(self.class_before(from), Class::In));
        let ends = self.text.tokens.get(next).is_none_or(|t| match t.kind {
            Kind::Punct | Kind::Newline | Kind::Emoji => true,
            _ => {
                matches!(
                    self.class(next),
                    Class::At
                        | Class::The
                        | Class::And
                        | Class::Or
                        | Class::To
                        | Class::Is
                        | Class::AfterHour
                        | Class::Happened
                        | Class::Future
                        | Class::On
                        | Class::In
                        | Class::Past
                        | Class::DayPart
                ) || (self.class(next) == Class::Of
                    && matches!(
                        self.class(self.land(next + 1)),
                        Class::This | Class::Next | Class::Last | Class::The
                    ))
            }
        });
        // "By the twelfth" is a day; "by the second" seldom is.
        let named = |before: Class| before == Class::On || (before == Class::At && day > 3);
        if !told
            || !ends
            || (in_words && !named(self.class_before(from)))
            || (from == at
                && self.class_before(at) != Class::On
                && !matches!(
                    self.class_before(at),
                    Class::At | Class::Since | Class::Weekday(_)
                ))
        {
            return None;
        }
        let date = self.calendar.day_of_month(day, self.way(at));
        // "On the 16th morning", as it is said in India.
        let to = if self.class(next) == Class::DayPart {
            next + 1
        } else {
            to
        };
        self.add(FactKind::Date, from, to, date.map(|d| d.to_string()))
    }

    /// A day of "this month", "next month", "last month" at `at`.
    fn day_in_month(&self, day: u8, at: usize) -> Option<(Option<Date>, usize)> {
        let steps = match self.class(at) {
            Class::This => 0,
            Class::Next => 1,
            Class::Last => -1,
            _ => return None,
        };
        let unit = self.land(at + 1);
        if self.class(unit) != Class::Unit(Unit::Month) {
            return None;
        }
        let date = self.calendar.today.and_then(|today| {
            let first = today.first_of_month();
            let month = first.checked_add(jiff::Span::new().months(steps)).ok()?;
            Date::new(month.year(), month.month(), day as i8).ok()
        });
        Some((date, unit + 1))
    }

    pub(in crate::typed) fn month_is_verb(&self, at: usize) -> bool {
        let next = self.land(at + 1);
        self.kind(next) == Some(Kind::Word)
            && matches!(self.class(next), Class::Plain | Class::Happened)
            && !self.is(next, list::MONTH_VERB_NOT)
    }

    /// "May 4th 2026", "March 2026", "since March", "July".
    pub(in crate::typed) fn month(&mut self, at: usize) -> Option<usize> {
        let (month, end) = self.month_at(at)?;
        let perhaps = matches!(self.class(at), Class::MonthPerhaps(_));
        let next = self.land(end);
        let the = usize::from(self.class(next) == Class::The);
        let day_at = if the == 1 { self.land(next + 1) } else { next };
        let day = self.ordinal(day_at).or_else(|| {
            let said = self.spoken(day_at).filter(|s| {
                s.digits
                    && the == 0
                    && s.value.fract() == 0.0
                    && (1.0..=31.0).contains(&s.value)
                    && self.written(day_at).len() <= 2
            })?;
            Some((said.value as u8, said.to))
        });
        if let Some((day, to)) = day.filter(|d| {
            (1..=31).contains(&d.0)
                && (!perhaps || self.text.tokens[at].capital || self.ordinal(day_at).is_some())
        }) {
            let counted = self.ordinal(day_at).is_none()
                && (self.plural(self.land(to))
                    || matches!(self.class(self.land(to)), Class::Unit(_) | Class::Money(..)));
            if !counted {
                let (date, to) = match self.year(to) {
                    Some((year, to)) => (Date::new(year, month as i8, day as i8).ok(), to),
                    None => (self.calendar.day_of_year(month, day, self.way(at)), to),
                };
                return self.add(FactKind::Date, at, to, date.map(|d| d.to_string()));
            }
        }
        if let Some((year, to)) = self.year(end) {
            return self.add(
                FactKind::Date,
                at,
                to,
                Some(format!("{year:04}-{month:02}")),
            );
        }
        let told = matches!(
            self.class_before(at),
            Class::In | Class::Since | Class::Of | Class::At | Class::To | Class::And
        ) || self
            .before(at)
            .is_some_and(|i| self.is(i, list::MONTH_LEAD));
        let full = self.text.tokens[at].capital && self.written(at).len() > 3;
        let sure = match self.class_before(at) {
            Class::In | Class::Since => true,
            _ => told && self.text.tokens[at].capital,
        };
        if perhaps && (!sure || (self.is(at, list::MAY_WORD) && !self.text.tokens[at].capital))
            || (!perhaps && !full && !told)
        {
            return None;
        }
        let way = if self.way(at) == Way::Nearest && self.class_before(at) == Class::Since {
            Way::Back
        } else {
            self.way(at)
        };
        let date = self.calendar.day_of_year(month, 1, way);
        self.add(
            FactKind::Date,
            at,
            end,
            date.map(|d| d.strftime("%Y-%m").to_string()),
        )
    }
}

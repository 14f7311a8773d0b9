//! Lengths of time: "50 minutes", "two and a half hours", "a fortnight", "2-3 days", "for months".

use super::{Class, Reader, Unit};
use crate::FactKind;
use crate::grammar::Glued;
use crate::list;
use crate::text::Kind;

/// So many of a unit, in ISO 8601; halves of hours become minutes.
fn iso(value: f64, unit: Unit) -> Option<String> {
    if !(0.0..=100_000.0).contains(&value) {
        return None;
    }
    let plain = |v: f64| {
        if v.fract() == 0.0 {
            format!("{v:.0}")
        } else {
            format!("{v}")
        }
    };
    Some(match unit {
        Unit::Second => format!("PT{}S", plain(value)),
        Unit::Minute => format!("PT{}M", plain(value)),
        Unit::Hour => {
            let minutes = (value * 60.0).round() as u64;
            match (minutes / 60, minutes % 60) {
                (0, m) => format!("PT{m}M"),
                (h, 0) => format!("PT{h}H"),
                (h, m) => format!("PT{h}H{m}M"),
            }
        }
        Unit::Day if value.fract() != 0.0 => {
            let hours = (value * 24.0).round() as u64;
            if hours < 24 {
                format!("PT{hours}H")
            } else {
                format!("P{}DT{}H", hours / 24, hours % 24)
            }
        }
        Unit::Day => format!("P{}D", plain(value)),
        Unit::Week => format!("P{}W", plain(value)),
        Unit::Fortnight => format!("P{}W", plain(value * 2.0)),
        Unit::Month => format!("P{}M", plain(value)),
        Unit::Year => format!("P{}Y", plain(value)),
    })
}

impl Reader<'_, '_> {
    /// A unit at `at`, with "working" before it: where it ends.
    fn unit(&self, at: usize) -> Option<(Unit, usize)> {
        let mut at = self.land(at);
        while self.class(at) == Class::Working || self.is(at, list::UNIT_LEAD) {
            at = self.land(at + 1);
        }
        match self.class(at) {
            Class::Unit(unit) => Some((unit, at + 1)),
            _ => None,
        }
    }

    /// The unit behind "quarter of an": "a quarter of an hour", "a quarter hour".
    fn unit_of(&self, quarter: usize) -> Option<(Unit, usize)> {
        let mut next = self.land(quarter + 1);
        if self.class(next) == Class::Of {
            next = self.land(next + 1);
        }
        if self.class(next) == Class::Article {
            next = self.land(next + 1);
        }
        self.unit(next)
    }

    /// "30min", "24h", "2hrs" in one token.
    pub(super) fn glued_length(&mut self, at: usize) -> Option<usize> {
        let written = self.written(at).to_ascii_lowercase();
        let cut = written.find(|c: char| c.is_ascii_alphabetic())?;
        let value: f64 = written[..cut].replace(',', ".").parse().ok()?;
        let unit = match self.words.grammar.glued(&written[cut..]) {
            Some(Glued::Unit(Unit::Second)) if value < 5.0 => return None,
            Some(Glued::Unit(unit)) => unit,
            _ => return None,
        };
        self.add(FactKind::Duration, at, at + 1, iso(value, unit))
    }

    pub(super) fn length(&mut self, at: usize) -> Option<usize> {
        let class = self.class(at);
        let (value, unit, mut to) = match class {
            Class::Unit(unit) => return self.bare_plural(at, unit),
            Class::Article => {
                // "£5 a month", "twice a day" is a rate.
                let before = self.before(at);
                let rate = before.is_some_and(|i| {
                    matches!(
                        self.class(i),
                        Class::Times | Class::Twice(_) | Class::Percent | Class::Money(..)
                    ) || self.is(i, list::RATE_LEAD)
                        || self.found.last().is_some_and(|t| {
                            t.to == i + 1 && matches!(t.kind, FactKind::Amount | FactKind::Count)
                        })
                });
                if rate {
                    return None;
                }
                let next = self.land(at + 1);
                match self.class(next) {
                    Class::Quarter => {
                        let (unit, to) = self.unit_of(next)?;
                        (0.25, unit, to)
                    }
                    Class::Couple | Class::Few => return self.some(at, next),
                    Class::Half => {
                        let (unit, to) = self.unit(next + 1)?;
                        (0.5, unit, to)
                    }
                    Class::Number(n @ (100 | 1000)) => {
                        let (unit, to) = self.unit(next + 1)?;
                        (f64::from(n), unit, to)
                    }
                    _ => {
                        let (unit, to) = self.unit(next)?;
                        if unit == Unit::Second
                            || (unit == Unit::Day && self.is(next, list::AT_WORK))
                        {
                            return None;
                        }
                        // "A day or two".
                        let or = self.land(to);
                        match self.class(self.land(or + 1)) {
                            Class::Number(n @ (2 | 3)) if self.class(or) == Class::Or => {
                                (f64::from(n), unit, self.land(or + 1) + 1)
                            }
                            _ => (1.0, unit, to),
                        }
                    }
                }
            }
            Class::Couple | Class::Few => return self.some(at, at),
            Class::Half => {
                let next = self.land(at + 1);
                let after = match self.class(next) {
                    Class::Article => self.land(next + 1),
                    Class::Of if self.class(self.land(next + 1)) == Class::Article => return None,
                    _ => next,
                };
                let (unit, to) = self.unit(after)?;
                (0.5, unit, to)
            }
            _ => {
                let first = self.number_or_range(at)?;
                // "Three quarters of an hour".
                if first.0 == 3.0
                    && self.class(self.land(first.1)) == Class::Quarter
                    && let Some((unit, to)) = self.unit_of(self.land(first.1))
                {
                    return self.length_and_ago(at, to, iso(0.75, unit), Some((0.75, unit)));
                }
                let mut value = first.0;
                let mut after = self.land(first.1);
                // "Within five (5) days".
                if self.class(after) == Class::Open
                    && self.kind(after + 1) == Some(Kind::Number)
                    && self.class(after + 2) == Class::Close
                {
                    after = self.land(after + 3);
                }
                if self.class(after) == Class::And
                    && self.class(self.land(after + 1)) == Class::Article
                    && self.class(self.land(self.land(after + 1) + 1)) == Class::Half
                {
                    value += 0.5;
                    after = self.land(self.land(self.land(after + 1) + 1) + 1);
                } else if self.written(after) == "½" {
                    value += 0.5;
                    after = self.land(after + 1);
                }
                let Some((unit, to)) = self.unit(after) else {
                    return self.bare_minutes(at, first.1, value);
                };
                (value, unit, to)
            }
        };
        let mut iso = iso(value, unit);
        // "an hour and a half", "two hours and 20 minutes", "2 hours 15".
        let next = self.land(to);
        let joined = if self.class(next) == Class::And {
            self.land(next + 1)
        } else {
            next
        };
        if joined != next
            && self.class(joined) == Class::Article
            && self.class(self.land(joined + 1)) == Class::Half
            && self.class(self.land(self.land(joined + 1) + 1)) != Class::Past
        {
            iso = self::iso(value + 0.5, unit);
            to = self.land(joined + 1) + 1;
        } else if unit == Unit::Hour
            && let Some(rest) = self
                .spoken(joined)
                .filter(|m| m.value < 60.0 && m.value.fract() == 0.0)
            && let Some((Unit::Minute, end)) = self.unit(rest.to)
        {
            iso = self::iso(value + rest.value / 60.0, unit);
            to = end;
        }
        self.length_and_ago(at, to, iso, Some((value, unit)))
    }

    /// "Back in ten", "I'll ring you in five, tops": minutes, where nothing is counted behind the number.
    fn bare_minutes(&mut self, at: usize, to: usize, value: f64) -> Option<usize> {
        let lead = self.before(at).filter(|i| self.is(*i, list::IN_WORD))?;
        let counted = matches!(self.class_before(lead), Class::Number(_));
        let ends = matches!(
            self.written(self.land(to)),
            "" | "." | "," | "!" | ";" | ")"
        ) || self.is(self.land(to), list::MINUTES_BEHIND);
        if counted || !ends || !(5.0..=45.0).contains(&value) || value % 5.0 != 0.0 {
            return None;
        }
        self.add(FactKind::Duration, at, to, iso(value, Unit::Minute))
    }

    /// A number, or the upper one of "2-3", "two to three", "5 or 6".
    fn number_or_range(&self, at: usize) -> Option<(f64, usize)> {
        let written = self.written(at);
        if let Some((low, high)) = written.split_once(['-', '–']) {
            let (low, high) = (low.parse::<f64>().ok()?, high.parse::<f64>().ok()?);
            return (low < high && high < 1_000.0).then_some((high, at + 1));
        }
        let first = self.spoken(at)?;
        let next = self.land(first.to);
        // "Between two and four days".
        let between = self.class(next) == Class::And && self.class_before(at) == Class::At;
        if (between
            || matches!(self.class(next), Class::To | Class::Or | Class::Dash)
            || self.written(next) == "-")
            && let Some(second) = self.spoken(next + 1).filter(|s| s.value > first.value)
            && self.unit(second.to).is_some()
        {
            return Some((second.value, second.to));
        }
        Some((first.value, first.to))
    }

    /// "a couple of days", "a few weeks", "several months".
    fn some(&mut self, from: usize, word: usize) -> Option<usize> {
        let mut next = self.land(word + 1);
        if self.class(next) == Class::Of {
            next = self.land(next + 1);
        }
        let (unit, to) = self.unit(next)?;
        if !self.written(to - 1).ends_with(['s', 'S']) {
            return None;
        }
        let couple = self.class(word) == Class::Couple;
        let iso = if couple { iso(2.0, unit) } else { None };
        self.length_and_ago(from, to, iso, couple.then_some((2.0, unit)))
    }

    /// "for months", "weeks and weeks", "years ago".
    fn bare_plural(&mut self, at: usize, unit: Unit) -> Option<usize> {
        if !self.written(at).ends_with(['s', 'S'])
            || self.written(at).len() < 5
            || unit == Unit::Second
        {
            return None;
        }
        let told = self
            .before(at)
            .is_some_and(|i| self.is(i, list::LENGTH_LEAD));
        let next = self.land(at + 1);
        let opens = self
            .before(at)
            .is_none_or(|i| self.text.tokens[i].sentence != self.text.tokens[at].sentence);
        let twice =
            self.class(next) == Class::And && self.class(self.land(next + 1)) == Class::Unit(unit);
        let behind =
            self.is(next, list::LENGTH_AGO) || (opens && self.is(next, list::LENGTH_BEHIND));
        if !(told || behind || twice) {
            return None;
        }
        let to = if twice {
            self.land(next + 1) + 1
        } else {
            at + 1
        };
        self.length_and_ago(at, to, None, None)
    }

    /// Adds the length; "ago" behind it makes a day of it as well.
    fn length_and_ago(
        &mut self,
        from: usize,
        to: usize,
        iso: Option<String>,
        length: Option<(f64, Unit)>,
    ) -> Option<usize> {
        let weeks = match length {
            Some((value, Unit::Week)) if value.fract() == 0.0 => value as i64,
            Some((value, Unit::Fortnight)) if value.fract() == 0.0 => 2 * value as i64,
            _ => 0,
        };
        if weeks > 0
            && let Some((date, end)) = self.weeks_from(from, to, weeks)
        {
            return self.add(FactKind::Date, from, end, Some(date.to_string()));
        }
        self.add(FactKind::Duration, from, to, iso);
        let next = self.land(to);
        if self.class(next) != Class::Ago {
            return Some(to);
        }
        let date = length.and_then(|(value, unit)| {
            let days = match unit {
                Unit::Day => value,
                Unit::Week => value * 7.0,
                Unit::Fortnight => value * 14.0,
                Unit::Year | Unit::Month => {
                    let months = value * if unit == Unit::Year { 12.0 } else { 1.0 };
                    let span = jiff::Span::new()
                        .try_months(-(months.round() as i64))
                        .ok()?;
                    return self.calendar.today?.checked_add(span).ok();
                }
                _ => return self.calendar.today.filter(|_| value < 6.0),
            };
            self.calendar.day(-(days.round() as i64))
        });
        // "A week ago today" is one day, and not two.
        let today = self.land(next + 1);
        let to = match self.class(today) {
            Class::Day(0) => today + 1,
            _ => next + 1,
        };
        self.add(FactKind::Date, from, to, date.map(|d| d.to_string()))
    }
}

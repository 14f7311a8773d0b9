//! Dates: "the 3rd of May", "2026-05-04", "next Friday", "tomorrow", "end of the week", "since March".

use super::calendar::{Way, full_year};
use super::{Class, Reader, Unit};
use crate::FactKind;
use crate::grammar::Glued;
use crate::list;
use crate::text::Kind;
use jiff::civil::Date;

impl Reader<'_, '_> {
    /// Which way a bare day looks, from the verbs before it in its sentence.
    fn way(&self, at: usize) -> Way {
        let sentence = self.text.sentence_of(at);
        let mut way = Way::Nearest;
        for i in sentence.from..(at + 4).min(sentence.to) {
            match self.class(i) {
                // "It will be delivered on the 8th" lies ahead for all its past form.
                Class::Happened if i < at && !(i > 0 && self.is(i - 1, list::BE_WORD)) => {
                    way = Way::Back
                }
                Class::Since => way = Way::Back,
                Class::Future => way = Way::Ahead,
                // "I was told it would come by Friday": what is meant lies ahead of the telling.
                Class::At if i + 1 == at && self.is(i, list::BY_WORD) => way = Way::Ahead,
                _ => {}
            }
        }
        way
    }

    /// Whether a written number is a date with its year first.
    pub(super) fn is_iso_date(&self, written: &str) -> bool {
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
    pub(super) fn numeric_date(&mut self, at: usize) -> Option<usize> {
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
                    | Class::Day(_)
                    | Class::In
            ) || self
                .before(at)
                .is_some_and(|i| self.is(i, list::DATE_LABEL));
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

    /// An ordinal in digits or words: its number and where it ends.
    pub(super) fn ordinal(&self, at: usize) -> Option<(u8, usize)> {
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
    fn year(&self, at: usize) -> Option<(i16, usize)> {
        let mut at = self.land(at);
        if self.class(at) == Class::Comma {
            at = self.land(at + 1);
        }
        let written = self.written(at);
        if self.kind(at) != Some(Kind::Number) || written.len() != 4 {
            return None;
        }
        let year: i16 = written.parse().ok()?;
        (1900..2200).contains(&year).then_some((year, at + 1))
    }

    fn month_at(&self, at: usize) -> Option<(u8, usize)> {
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
    pub(super) fn day_of_month(&mut self, at: usize) -> Option<usize> {
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
                ) || (self.class(next) == Class::Of
                    && matches!(
                        self.class(self.land(next + 1)),
                        Class::This | Class::Next | Class::Last | Class::The
                    ))
            }
        });
        if !told
            || !ends
            || (in_words && self.class_before(from) != Class::On)
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
        self.add(FactKind::Date, from, to, date.map(|d| d.to_string()))
    }

    fn month_is_verb(&self, at: usize) -> bool {
        let next = self.land(at + 1);
        self.kind(next) == Some(Kind::Word)
            && matches!(self.class(next), Class::Plain | Class::Happened)
            && !self.is(next, list::MONTH_VERB_NOT)
    }

    /// "May 4th 2026", "March 2026", "since March", "July".
    pub(super) fn month(&mut self, at: usize) -> Option<usize> {
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

    fn weekday_at(&self, at: usize) -> Option<u8> {
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
    fn with_day_part(&self, to: usize) -> usize {
        let next = self.land(to);
        if self.class(next) == Class::DayPart {
            next + 1
        } else {
            to
        }
    }

    /// "Monday", "Monday morning", "Monday the 4th of May", "Mon 4 May".
    pub(super) fn weekday(&mut self, at: usize) -> Option<usize> {
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
    fn in_week(&self, weekday: u8, weeks: i64) -> Option<Date> {
        let today = i64::from(self.calendar.today?.weekday().to_monday_zero_offset());
        self.calendar.day(i64::from(weekday) - today + 7 * weeks)
    }

    fn weekday_with_date(&mut self, from: usize, weekday: usize) -> Option<usize> {
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

    /// Days named by their place: "tomorrow morning", "last Tuesday", "next week", "this afternoon", "the end of the month".
    pub(super) fn relative_day(&mut self, at: usize) -> Option<usize> {
        let iso = |d: Option<Date>| d.map(|d| d.to_string());
        match self.class(at) {
            Class::Day(days) => {
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
                    None
                } else {
                    self.calendar
                        .day_of_year(month, day - eve as u8, Way::Ahead)
                };
                self.add(FactKind::Date, at, to, iso(date))
            }
            Class::Business => {
                let date = self.calendar.day(0);
                self.add(FactKind::Date, at, at + 1, iso(date))
            }
            Class::Edge => self.edge(at, at),
            Class::Last | Class::Next | Class::This => self.beside_now(at, at),
            _ => None,
        }
    }

    fn after_the(&mut self, the: usize) -> Option<usize> {
        let next = self.land(the + 1);
        match self.class(next) {
            Class::Edge => self.edge(the, next),
            // "within the hour".
            Class::Unit(Unit::Hour)
                if !self.written(next).ends_with('s')
                    && self
                        .before(the)
                        .is_some_and(|at| self.is(at, list::WITHIN_WORD)) =>
            {
                self.add(FactKind::Duration, the, next + 1, Some("PT1H".into()))
            }
            Class::Weekend => {
                let date = self.calendar.weekday(5, self.way(the));
                self.add(FactKind::Date, the, next + 1, date.map(|d| d.to_string()))
            }
            Class::Unit(Unit::Day) => {
                let word = self.land(next + 1);
                let days = match self.class(self.land(word + 1)) {
                    Class::Day(1) if self.is(word, list::AFTER_WORD) => 2,
                    Class::Day(-1) if self.is(word, list::BEFORE_WORD) => -2,
                    _ => return None,
                };
                let date = self.calendar.day(days);
                self.add(
                    FactKind::Date,
                    the,
                    self.land(word + 1) + 1,
                    date.map(|d| d.to_string()),
                )
            }
            Class::Last | Class::Next => self.beside_now(the, next),
            _ => None,
        }
    }

    /// "last Tuesday", "next month", "this evening", "last night".
    fn beside_now(&mut self, from: usize, word: usize) -> Option<usize> {
        let which = self.class(word);
        let next = self.land(word + 1);
        let following = self.is(word, list::FOLLOWING_WORD);
        let class = self.class(next);
        // "the last three weeks", "the next day or two" are lengths, not days.
        let date = match class {
            Class::Weekday(_) | Class::WeekdayPerhaps(_) => {
                let day = self.weekday_at(next)?;
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

    /// "end of the week", "the end of March", "close of business".
    fn edge(&mut self, from: usize, word: usize) -> Option<usize> {
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

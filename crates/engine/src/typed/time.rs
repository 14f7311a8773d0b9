//! Times of day: "10:20", "9.15am", "4 pm", "half past three", "by five".

use super::Unit;
use super::{Class, Reader};
use crate::FactKind;
use crate::grammar::Glued;
use crate::list;
use crate::text::Kind;

/// Hours without am or pm before this one are taken for the afternoon: desks are open by day.
const AFTERNOON_UNTIL_HOUR: u8 = 6;

fn clock_value(hour: u8, minute: u8, pm: Option<bool>) -> Option<String> {
    let hour = match pm {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        None if (1..=AFTERNOON_UNTIL_HOUR).contains(&hour) => hour + 12,
        _ => hour,
    };
    (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

impl Reader<'_, '_> {
    /// "am", "pm", "a.m." at `at`: whether it is pm, and where it ends.
    fn meridiem(&self, at: usize) -> Option<(bool, usize)> {
        let at = self.land(at);
        match self.class(at) {
            Class::Am => return Some((false, at + 1)),
            Class::Pm => return Some((true, at + 1)),
            _ => {}
        }
        let late = self.is(at, list::PM_LETTER);
        let dotted = (late || self.is(at, list::AM_LETTER))
            && self.written(at + 1) == "."
            && self.is(at + 2, list::MERIDIEM_LETTER);
        dotted.then(|| {
            (
                late,
                at + 3
                    + usize::from(
                        self.written(at + 3) == "."
                            && self.kind(at + 4) == Some(Kind::Word)
                            && !self.text.tokens[at + 4].capital,
                    ),
            )
        })
    }

    /// The part of the day said near an hour: "at 6 in the morning", "this evening at 6". Twelve is noon in either.
    fn day_half(&self, from: usize, to: usize, hour: u8) -> Option<bool> {
        if hour == 12 {
            return None;
        }
        let sentence = self.text.sentence_of(from);
        (from.saturating_sub(4).max(sentence.from)..(to + 4).min(sentence.to)).find_map(|i| {
            if self.is(i, list::DAY_PART_MORNING) {
                Some(false)
            } else if self.is(i, list::DAY_PART_LATE) {
                Some(true)
            } else {
                None
            }
        })
    }

    /// Which half of the day an hour is in whose words end at `end`, and where what says so ends.
    fn half(&self, at: usize, end: usize, hour: u8) -> (Option<bool>, usize) {
        match self.meridiem(end) {
            Some((pm, to)) => (Some(pm), to),
            None => (self.day_half(at, end, hour), end),
        }
    }

    /// A time in digits with a colon, a dot or an ending of its own.
    pub(super) fn clock(&mut self, at: usize) -> Option<usize> {
        let written = self.written(at).to_ascii_lowercase();
        let (digits, glued) = match written.find(|c: char| c.is_ascii_alphabetic()) {
            Some(cut) => (&written[..cut], &written[cut..]),
            None => (written.as_str(), ""),
        };
        if let Some(end) = self.four_figures(at) {
            return Some(end);
        }
        let (hour, minute, colon) = match digits.split_once([':', '.']) {
            Some((h, m)) if m.len() == 2 || (m.len() == 5 && m.contains(':')) => (
                h.parse::<u8>().ok()?,
                m.get(..2)?.parse::<u8>().ok()?,
                digits.contains(':'),
            ),
            Some(_) => return None,
            None => (digits.parse::<u8>().ok()?, 0, false),
        };
        if hour > 24 || minute > 59 {
            return None;
        }
        let hour_mark = matches!(
            self.words.grammar.glued(glued),
            Some(Glued::Unit(Unit::Hour)) if glued.len() == 1
        );
        let pm = match self.words.grammar.glued(glued) {
            Some(Glued::Am) => Some((false, at + 1)),
            Some(Glued::Pm) => Some((true, at + 1)),
            _ if glued.is_empty() => self.meridiem(at + 1),
            _ if hour_mark && digits.contains([':', '.']) => None,
            // "3ish".
            Some(Glued::OClock) => {
                let value = clock_value(hour, minute, self.day_half(at, at + 1, hour));
                return self.add(FactKind::Time, at, at + 1, value);
            }
            _ => return None,
        };
        if let Some((pm, to)) = pm {
            if hour > 12 && !digits.contains([':', '.']) && hour > 23 {
                return None;
            }
            let value = clock_value(hour, minute, (hour <= 12).then_some(pm));
            return self.add(FactKind::Time, at, to, value);
        }
        let placed = matches!(
            self.class_before(at),
            Class::At | Class::And | Class::To | Class::On | Class::Or
        ) && !matches!(
            self.class(at + 1),
            Class::Money(..) | Class::Mark(_) | Class::Unit(_)
        );
        let told = self.class_before(at) == Class::At
            || matches!(
                self.class(self.land(at + 1)),
                Class::On | Class::Day(_) | Class::Weekday(_)
            ) && !matches!(self.class_before(at), Class::Mark(_))
            || (placed
                && self
                    .found
                    .last()
                    .is_some_and(|t| t.kind == FactKind::Time && t.to + 1 == at));
        if colon || (digits.contains('.') && told && hour < 24) {
            let half = if hour <= 12 {
                self.day_half(at, at + 1, hour)
            } else {
                None
            };
            // "10:20" is as written; only "at 4.30" leans to the afternoon.
            let value = if colon && half.is_none() {
                (hour < 24).then(|| format!("{hour:02}:{minute:02}"))
            } else {
                clock_value(hour, minute, half)
            };
            return self.add(FactKind::Time, at, at + 1, value);
        }
        None
    }

    /// "By 1400 hrs", "at 0930".
    fn four_figures(&mut self, at: usize) -> Option<usize> {
        let written = self.written(at);
        let figures = written.len() == 4 && written.bytes().all(|b| b.is_ascii_digit());
        if !figures || self.class_before(at) != Class::At {
            return None;
        }
        let hours = self.class(self.land(at + 1)) == Class::Unit(Unit::Hour);
        let (hour, minute): (u8, u8) = (written[..2].parse().ok()?, written[2..].parse().ok()?);
        if !(hours || written.starts_with('0')) || hour > 23 || minute > 59 {
            return None;
        }
        let value = format!("{hour:02}:{minute:02}");
        self.add(FactKind::Time, at, at + 1 + usize::from(hours), Some(value))
    }

    /// A time written as one: "16h30", or a window by its end: "8am-1pm", "9-11am", "14:00-16:00", and "10-12" beside a day.
    pub(super) fn clock_range(&mut self, at: usize) -> Option<usize> {
        let written = self.written(at).to_ascii_lowercase();
        let (window, last) = match written.split_once('-') {
            Some((first, last)) if first.starts_with(|c: char| c.is_ascii_digit()) => (true, last),
            Some(_) => return None,
            None => (false, written.as_str()),
        };
        let cut = last
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(last.len());
        let hour: u8 = last[..cut].parse().ok()?;
        let tail = &last[cut..];
        let letters = tail.trim_start_matches(|c: char| c == ':' || c == '.' || c.is_ascii_digit());
        let between = tail.len() - letters.len();
        let minute: Option<u8> = tail.get(1..between).and_then(|m| m.parse().ok());
        let hour_letter = |letters: &str| {
            letters.len() == 1
                && matches!(
                    self.words.grammar.glued(letters),
                    Some(Glued::Unit(Unit::Hour))
                )
        };
        // "16h30": figures stand behind the letter as well.
        if let Some(behind) = tail.get(1..).filter(|m| m.len() == 2)
            && tail.get(..1).is_some_and(hour_letter)
        {
            let value = clock_value(hour.max(7), behind.parse().ok()?, None);
            return self.add(FactKind::Time, at, at + 1, value.filter(|_| hour < 24));
        }
        let pm = match self.words.grammar.glued(letters) {
            Some(Glued::Am) => Some(false),
            Some(Glued::Pm) => Some(true),
            _ if letters.is_empty() => self.meridiem(at + 1).map(|(pm, _)| pm),
            _ if hour_letter(letters) => None,
            _ => return None,
        };
        let beside_day = self.class_before(at) == Class::At
            || matches!(
                self.class(self.land(at + 1)),
                Class::Day(_) | Class::This | Class::On | Class::Weekday(_)
            )
            || self.found.last().is_some_and(|t| {
                t.kind == FactKind::Date && t.to <= at && at - t.to <= 1 && t.to > 0
            });
        if !window || hour > 24 || !(pm.is_some() || tail.starts_with(':') || beside_day) {
            return None;
        }
        let value = clock_value(hour, minute.unwrap_or(0), pm.filter(|_| hour <= 12));
        let to = self.meridiem(at + 1).map_or(at + 1, |(_, to)| to);
        self.add(FactKind::Time, at, to, value)
    }

    /// A time in words, or a bare hour behind "at", "by", "before".
    pub(super) fn spoken_clock(&mut self, at: usize) -> Option<usize> {
        let mut minutes = None;
        let mut from_word = at;
        if self.class(at) == Class::Article && self.class(self.land(at + 1)) == Class::Quarter {
            from_word = self.land(at + 1);
        }
        match self.class(from_word) {
            Class::Half => {
                let next = self.land(from_word + 1);
                if self.class(next) == Class::Past {
                    minutes = Some((30, next + 1, true));
                } else if matches!(self.class(next), Class::Number(1..=12))
                    && (self.class_before(at) == Class::At
                        || self.class(self.land(next + 1)) == Class::OClock)
                {
                    minutes = Some((30, next, true));
                }
            }
            Class::Quarter => {
                let next = self.land(from_word + 1);
                match self.class(next) {
                    Class::Past => minutes = Some((15, next + 1, true)),
                    Class::To => minutes = Some((15, next + 1, false)),
                    _ => {}
                }
            }
            _ => {
                let said = self.spoken(at)?;
                let next = self.land(said.to);
                if let Some(end) = self.hour_and_minutes(at, said, next) {
                    return Some(end);
                }
                let round = [5.0, 10.0, 20.0, 25.0].contains(&said.value);
                match self.class(next) {
                    Class::Past if said.value < 30.0 => {
                        minutes = Some((said.value as u8, next + 1, true))
                    }
                    Class::To if round && self.class_before(at) == Class::At && !said.digits => {
                        minutes = Some((said.value as u8, next + 1, false))
                    }
                    _ => return self.bare_hour(at, said),
                }
            }
        }
        let (minutes, after, past) = minutes?;
        let hour = self.spoken(after)?;
        if hour.value < 1.0 || hour.value > 12.0 || hour.value.fract() != 0.0 {
            return None;
        }
        let (end, hour) = (hour.to, hour.value as u8);
        let (half, to) = match self.class(self.land(end)) {
            // "Half ten-ish".
            Class::OClock => (self.day_half(at, end, hour), self.land(end) + 1),
            _ => self.half(at, end, hour),
        };
        let value = if past {
            clock_value(hour, minutes, half)
        } else {
            clock_value(if hour == 1 { 12 } else { hour - 1 }, 60 - minutes, half)
        };
        self.add(FactKind::Time, at, to, value)
    }

    /// "By five-thirty", "at nine fifteen": the minutes stand at `next`.
    fn hour_and_minutes(&mut self, at: usize, hour: super::Spoken, next: usize) -> Option<usize> {
        let Class::Number(10..=59) = self.class(next) else {
            return None;
        };
        let minutes = self.spoken(next)?;
        let (whole, minute) = (hour.value as u8, minutes.value as u8);
        let told = self.class_before(at) == Class::At && !hour.digits && !minutes.digits;
        if !told || !(1..=12).contains(&whole) || minute > 59 || !self.ends_hour(minutes.to) {
            return None;
        }
        let (half, to) = self.half(at, minutes.to, whole);
        self.add(FactKind::Time, at, to, clock_value(whole, minute, half))
    }

    /// "Eight minutes to five", "four minutes past ten".
    pub(super) fn minutes_of_hour(&mut self, at: usize) -> Option<usize> {
        let said = self.spoken(at)?;
        let unit = self.land(said.to);
        let joint = self.land(unit + 1);
        let past = match (self.class(unit), self.class(joint)) {
            (Class::Unit(Unit::Minute), Class::Past) => true,
            (Class::Unit(Unit::Minute), Class::To) => false,
            _ => return None,
        };
        let hour = self.spoken(joint + 1)?;
        let whole = |n: f64, most: f64| n.fract() == 0.0 && (1.0..=most).contains(&n);
        if !whole(said.value, 59.0) || !whole(hour.value, 12.0) {
            return None;
        }
        let (end, minutes, hour) = (hour.to, said.value as u8, hour.value as u8);
        let (half, to) = self.half(at, end, hour);
        let value = match past {
            true => clock_value(hour, minutes, half),
            false => clock_value(if hour == 1 { 12 } else { hour - 1 }, 60 - minutes, half),
        };
        self.add(FactKind::Time, at, to, value)
    }

    fn bare_hour(&mut self, at: usize, said: super::Spoken) -> Option<usize> {
        if said.value < 0.0 || said.value > 24.0 || said.value.fract() != 0.0 {
            return None;
        }
        let hour = said.value as u8;
        let next = self.land(said.to);
        if self.class(next) == Class::OClock {
            let (half, to) = self.half(at, next + 1, hour);
            let value = clock_value(hour, 0, half);
            return self.add(FactKind::Time, at, to, value);
        }
        if let Some((pm, to)) = self.meridiem(said.to).filter(|_| (1..=12).contains(&hour)) {
            let value = clock_value(hour, 0, Some(pm));
            return self.add(FactKind::Time, at, to, value);
        }
        let ranged = matches!(self.class_before(at), Class::And | Class::To | Class::Or)
            && self
                .found
                .last()
                .is_some_and(|t| t.kind == FactKind::Time && self.land(t.to) + 1 == at);
        // "between 10 and 12", "from 9 to 5".
        let range_ahead = matches!(self.class(next), Class::And | Class::To | Class::Or)
            && self
                .spoken(next + 1)
                .is_some_and(|to| to.value <= 24.0 && self.ends_hour(to.to));
        // "The call that was booked for 9 this morning".
        let for_hour = self.before(at).is_some_and(|i| self.is(i, list::FOR_WORD))
            && matches!(self.class(next), Class::This | Class::Day(_))
            && self.class(self.land(next + 1)) == Class::DayPart;
        // "My slot was 12 to 2 today".
        let range_of_day = range_ahead
            && self.spoken(next + 1).is_some_and(|to| {
                matches!(
                    self.class(self.land(to.to)),
                    Class::Day(_) | Class::Weekday(_)
                )
            });
        let told = self.class_before(at) == Class::At || ranged || for_hour || range_of_day;
        // "On Thursday at 10 Ana will visit", "on 1 October, 9 to 12", "Monday 8 to 12".
        let dated = self.before(at).is_some_and(|i| {
            let behind_comma = range_ahead && self.class(i) == Class::Comma;
            let end = i + usize::from(!behind_comma);
            self.found.last().is_some_and(|t| {
                let beside = t.to == i || (behind_comma || range_ahead) && t.to == end;
                t.kind == FactKind::Date && beside
            })
        }) && !self.plural(next)
            && !matches!(self.class(next), Class::Unit(_) | Class::Money(..));
        if !(told || dated && range_ahead)
            || hour == 0
            || (hour > 12 && !said.digits)
            || !(self.ends_hour(said.to) || range_ahead || dated)
        {
            return None;
        }
        let half = if hour <= 12 {
            self.day_half(at, said.to, hour)
        } else {
            None
        };
        let value = clock_value(hour, 0, half);
        self.add(FactKind::Time, at, said.to, value)
    }

    /// Whether what stands at `at` may follow a bare hour.
    pub(super) fn ends_hour(&self, at: usize) -> bool {
        let at = self.land(at);
        match self.text.tokens.get(at) {
            None => true,
            Some(token) if matches!(token.kind, Kind::Newline | Kind::Emoji) => true,
            Some(token) if token.kind == Kind::Punct => {
                !matches!(
                    self.class(at),
                    Class::Percent | Class::Mark(_) | Class::Hash
                ) && self.written(at) != "/"
            }
            _ => matches!(
                self.class(at),
                Class::AfterHour
                    | Class::Day(_)
                    | Class::On
                    | Class::In
                    | Class::And
                    | Class::Or
                    | Class::At
                    | Class::This
                    | Class::The
                    | Class::Next
                    | Class::Weekday(_)
                    | Class::Is
                    | Class::Future
                    | Class::Happened
                    | Class::To
            ),
        }
    }
}

//! Typed things: dates, times, durations, amounts, references, addresses, phones and counts, with a normal form.

mod calendar;
mod date;
mod length;
mod money;
mod reference;
mod time;
mod vocabulary;

pub(crate) use calendar::{Calendar, Way};
pub(crate) use vocabulary::{CURRENCIES, Class, MARKS, Unit};

use crate::FactKind;
use crate::list::{self, ListId, SingleWords};
use crate::pattern::Typed;
use crate::text::{Kind, Text};
use crate::words::{MASKED, Words};
use jiff::Zoned;

/// The typed things of a text, in order of their first token. `now` turns "Friday" into a date; `month_first` reads "3/5"
/// as 5 March.
pub fn find(
    text: &Text<'_>,
    words: &Words,
    lists: &SingleWords,
    now: Option<&Zoned>,
    month_first: bool,
) -> Vec<Typed> {
    let mut reader = Reader {
        text,
        words,
        lists,
        calendar: Calendar {
            today: now.map(Zoned::date),
            month_first,
        },
        found: Vec::new(),
    };
    let count = text.tokens.len();
    let mut at = 0;
    while at < count {
        let token = &text.tokens[at];
        let end = match token.kind {
            Kind::Email => reader.email(at),
            _ if token.word == MASKED => None,
            Kind::Number => reader.number(at),
            Kind::Code => reader.mixed(at, words.class(token.word)),
            Kind::Word | Kind::Punct => reader.word(at, words.class(token.word)),
            _ => None,
        };
        at = end.map_or(at + 1, |end| end.max(at + 1));
    }
    reader.found.sort_by_key(|t| (t.from, t.to));
    reader.found
}

/// The number at token `at`, in words or figures, or the place in a row that it tells ("eighth").
pub(crate) fn number_at(
    text: &Text<'_>,
    words: &Words,
    lists: &SingleWords,
    at: usize,
) -> Option<Spoken> {
    let reader = Reader {
        text,
        words,
        lists,
        calendar: Calendar {
            today: None,
            month_first: false,
        },
        found: Vec::new(),
    };
    let place = || {
        let (nth, to) = reader.ordinal(at)?;
        Some(Spoken {
            value: f64::from(nth),
            to,
            digits: false,
        })
    };
    match reader.class(at) {
        Class::Twice(n) => Some(Spoken {
            value: f64::from(n),
            to: at + 1,
            digits: false,
        }),
        _ => reader.spoken(at).or_else(place),
    }
}

/// A number as it is said: "5", "five", "twenty one", "2.5".
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spoken {
    pub value: f64,
    /// One past its last token.
    pub to: usize,
    /// Written in digits.
    pub digits: bool,
}

/// Reads one text from left to right.
pub(crate) struct Reader<'t, 's> {
    text: &'t Text<'s>,
    words: &'t Words,
    lists: &'t SingleWords,
    calendar: Calendar,
    found: Vec<Typed>,
}

impl Reader<'_, '_> {
    /// Whether token `at` is a single word of the list.
    fn is(&self, at: usize, list: ListId) -> bool {
        let token = self.text.tokens.get(at);
        token.is_some_and(|token| self.lists.has(list, token.word))
    }

    fn class(&self, at: usize) -> Class {
        self.text
            .tokens
            .get(at)
            .map_or(Class::Plain, |t| self.words.class(t.word))
    }

    fn written(&self, at: usize) -> &str {
        if at < self.text.tokens.len() {
            self.text.written(at)
        } else {
            ""
        }
    }

    fn kind(&self, at: usize) -> Option<Kind> {
        self.text
            .tokens
            .get(at)
            .filter(|t| t.word != MASKED)
            .map(|t| t.kind)
    }

    /// The token at or after `at` that counts: hyphens inside words and wrapped lines are stepped over.
    fn land(&self, mut at: usize) -> usize {
        while self.text.tokens.get(at).is_some_and(|token| token.step) {
            at += 1;
        }
        at
    }

    /// The token before `at` that counts.
    fn before(&self, at: usize) -> Option<usize> {
        (0..at)
            .rev()
            .find(|i| !self.text.tokens[*i].skip && self.text.tokens[*i].kind != Kind::Newline)
    }

    fn class_before(&self, at: usize) -> Class {
        self.before(at).map_or(Class::Plain, |i| self.class(i))
    }

    fn add(
        &mut self,
        kind: FactKind,
        from: usize,
        to: usize,
        value: Option<String>,
    ) -> Option<usize> {
        self.found.push(Typed {
            kind,
            from,
            to,
            value,
        });
        Some(to)
    }

    /// A number in words or plain digits at `at`.
    fn spoken(&self, at: usize) -> Option<Spoken> {
        let at = self.land(at);
        if self.kind(at) == Some(Kind::Number) {
            let written = self.written(at);
            let plain = written.replace(',', ".");
            let grouped = written
                .split_once(',')
                .is_some_and(|(_, tail)| tail.len() == 3);
            let value = if grouped {
                written.replace(',', "").parse().ok()?
            } else {
                plain.parse::<f64>().ok()?
            };
            return Some(Spoken {
                value,
                to: at + 1,
                digits: true,
            });
        }
        let Class::Number(first) = self.class(at) else {
            return None;
        };
        let (mut value, mut to) = (u32::from(first), at + 1);
        loop {
            let next = self.land(to);
            match self.class(next) {
                Class::Number(n @ (100 | 1000)) => value = value.max(1) * u32::from(n),
                Class::Number(n)
                    if n < 10 && n > 0 && (20..100).contains(&(value % 100)) && value % 10 == 0 =>
                {
                    value += u32::from(n)
                }
                Class::Number(n) if n < 100 && value >= 100 && value % 100 == 0 => {
                    value += u32::from(n)
                }
                Class::And
                    if value >= 100
                        && matches!(self.class(self.land(next + 1)), Class::Number(n) if n < 100) =>
                {
                    to = next + 1;
                    continue;
                }
                _ => break,
            }
            to = next + 1;
            if value > 1_000_000 {
                break;
            }
        }
        Some(Spoken {
            value: f64::from(value),
            to,
            digits: false,
        })
    }

    /// What begins with a number in digits.
    fn number(&mut self, at: usize) -> Option<usize> {
        if self.class_before(at) == Class::Percent
            || self.class(at + 1) == Class::Percent
            || self.written(at + 1) == "/"
        {
            return None;
        }
        self.labelled_reference(at)
            .or_else(|| self.money_from_number(at))
            .or_else(|| self.numeric_date(at))
            .or_else(|| self.phone(at))
            .or_else(|| self.clock(at))
            .or_else(|| self.glued_length(at))
            .or_else(|| self.quantity(at))
            .or_else(|| self.clock_range(at))
            .or_else(|| self.bare_reference(at))
    }

    /// Letters and figures in one: "2moro", "16h30", "8am-1pm", "R-7719".
    fn mixed(&mut self, at: usize, class: Class) -> Option<usize> {
        match class {
            Class::Day(_) => self.relative_day(at),
            _ => self.clock_range(at).or_else(|| self.code(at)),
        }
    }

    /// What begins with a number, in digits or words, and is told by what follows.
    fn quantity(&mut self, at: usize) -> Option<usize> {
        self.day_of_month(at)
            .or_else(|| self.minutes_of_hour(at))
            .or_else(|| self.length(at))
            .or_else(|| self.money_in_words(at))
            .or_else(|| self.spoken_clock(at))
            .or_else(|| self.count(at))
    }

    fn word(&mut self, at: usize, class: Class) -> Option<usize> {
        match class {
            Class::Plain => None,
            Class::Number(_) => self.quantity(at),
            Class::Article | Class::Couple | Class::Few | Class::Unit(_) => self
                .length(at)
                .or_else(|| self.money_in_words(at))
                .or_else(|| self.spoken_clock(at))
                .or_else(|| self.count(at))
                .or_else(|| self.second_time(at, class))
                .or_else(|| self.day_beside(at, at))
                .or_else(|| self.edge_of_unit(at, at)),
            Class::Half | Class::Quarter => self.spoken_clock(at).or_else(|| self.length(at)),
            Class::Month(_) | Class::MonthPerhaps(_) => self.month(at),
            Class::Weekday(_) | Class::WeekdayPerhaps(_) => self.weekday(at),
            Class::Day(_)
            | Class::Weekend
            | Class::Feast(..)
            | Class::Edge
            | Class::Business
            | Class::Last
            | Class::Next
            | Class::This
            | Class::The => self.relative_day(at),
            Class::Ordinal(_) => self.day_of_month(at).or_else(|| self.nth_time(at)),
            Class::Noon => self.add(FactKind::Time, at, at + 1, Some("12:00".into())),
            Class::Midnight => self.add(FactKind::Time, at, at + 1, Some("00:00".into())),
            Class::Money(..) | Class::Mark(_) => self.money_from_mark(at),
            Class::Twice(n) => self.add(FactKind::Count, at, at + 1, Some(n.to_string())),
            Class::Hash => self.hash(at),
            Class::Plus | Class::Open => self.phone(at),
            _ => None,
        }
    }

    fn second_time(&mut self, at: usize, class: Class) -> Option<usize> {
        if class != Class::Unit(Unit::Second) || self.written(at).len() != 6 {
            return None;
        }
        self.day_of_month(at).or_else(|| self.nth_time(at))
    }

    /// "third time", "2nd time".
    fn nth_time(&mut self, at: usize) -> Option<usize> {
        let (nth, to) = self.ordinal(at)?;
        let next = self.land(to);
        if nth > 1 && matches!(self.class(next), Class::Time | Class::Times) {
            self.add(FactKind::Count, at, next + 1, Some(nth.to_string()))
        } else {
            None
        }
    }

    /// "three times", "2 boxes", "four missed calls".
    fn count(&mut self, at: usize) -> Option<usize> {
        let mut from = at;
        let value;
        let after;
        match self.class(at) {
            Class::Article | Class::Couple => {
                if self.class(at) == Class::Article {
                    from = self.land(at + 1);
                }
                if self.class(from) != Class::Couple {
                    return None;
                }
                let next = self.land(from + 1);
                after = if self.class(next) == Class::Of {
                    self.land(next + 1)
                } else {
                    next
                };
                value = 2;
                if self.class(after) != Class::Times {
                    return None;
                }
            }
            _ => {
                if let Some(end) = self.nth_time(at) {
                    return Some(end);
                }
                let spoken = self.spoken(at)?;
                if spoken.value.fract() != 0.0 || spoken.value < 2.0 || spoken.value > 99_999.0 {
                    return None;
                }
                let year = spoken.digits && (1900.0..2100.0).contains(&spoken.value);
                value = spoken.value as u32;
                after = self.land(spoken.to);
                if year && self.class(after) != Class::Times {
                    return None;
                }
            }
        }
        if matches!(self.class(after), Class::Times | Class::Thing) {
            return self.add(FactKind::Count, at, after + 1, Some(value.to_string()));
        }
        let behind = self.land(after + 1);
        let to = if self.plural(after) {
            after + 1
        } else if self.kind(after) == Some(Kind::Word)
            && matches!(self.class(after), Class::Plain | Class::Label)
            && self.plural(behind)
            && !self.hinge(after)
        {
            behind + 1
        } else {
            return None;
        };
        self.add(FactKind::Count, at, to, Some(value.to_string()))
    }

    /// A word that looks like the plural of a thing.
    fn plural(&self, at: usize) -> bool {
        let word = self.written(at);
        self.kind(at) == Some(Kind::Word)
            && matches!(self.class(at), Class::Plain | Class::Thing)
            && (self.class(at) == Class::Thing
                || (word.len() >= 4
                    && word.ends_with('s')
                    && !word.ends_with("ss")
                    && !word.ends_with("us")
                    && !word.ends_with("is")))
            && !self.is(at, list::PLURAL_NOT)
    }

    /// A small word that ends a noun phrase, so that "2 and boxes" is no count.
    fn hinge(&self, at: usize) -> bool {
        self.is(at, list::NOUN_HINGE)
    }

    fn email(&mut self, at: usize) -> Option<usize> {
        let quoted = |i: usize| {
            self.text
                .tokens
                .get(i)
                .is_some_and(|t| t.kind == Kind::Word && t.word == MASKED)
        };
        if (at > 0 && quoted(at - 1)) || quoted(at + 1) {
            return None;
        }
        let value = self.written(at).to_lowercase();
        self.add(FactKind::Email, at, at + 1, Some(value))
    }
}

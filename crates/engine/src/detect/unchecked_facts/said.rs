//! What a sentence or a known fact says, in values, matters and states, so that one can be held against the other.

use crate::FactKind;
use crate::list;
use crate::pattern::Typed;
use crate::review::families::Matter;
use crate::scene::Scene;
use crate::text::{Kind, Text};
use jiff::civil::Date;

/// A negation counts for what follows it within so many tokens.
const NEGATION_TOKENS_MAX: usize = 4;
/// A month as the typed values write it.
const MONTH: &str = "2026-03";
/// Shorter runs of digits are counts and clock times, not references.
const REFERENCE_DIGITS_MIN: usize = 3;

/// A date, a time, a sum, a number or a name, with its tokens.
#[derive(Debug, Clone)]
pub struct Value {
    pub kind: Valued,
    /// Normalised: no currency, no hyphens, lower case.
    pub value: String,
    /// How much of a date was said.
    pub told: Told,
    pub at: (usize, usize),
}

/// How much of a date was said: "Friday" and "the 5th" leave the rest to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    Whole,
    Weekday,
    DayOfMonth,
}

/// What sort of value; only like is held against like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Valued {
    Date,
    Time,
    Amount,
    Reference,
    /// How many, of what: the counted word's matter tells them apart.
    Count(Option<Matter>),
    /// A name behind "at" or "in".
    Place,
}

/// One sentence of a draft, or one fact.
#[derive(Debug)]
pub struct Said {
    pub matters: Vec<Matter>,
    pub values: Vec<Value>,
    /// Sides of opposites ("sent" and "held back"), each with its token.
    pub states: Vec<(u16, usize)>,
}

impl Said {
    /// What tokens `from..to` of a text say.
    pub fn of(scene: &Scene<'_>, text: &Text<'_>, typed: &[Typed], from: usize, to: usize) -> Said {
        Said {
            matters: scene.families.matters(text, from, to),
            values: values(scene, text, typed, from, to),
            states: states(scene, text, from, to),
        }
    }

    /// Whether both are about the same thing: a number in common, or a matter that is not too general to tell.
    pub fn meets(&self, scene: &Scene<'_>, fact: &Said) -> bool {
        let number = self
            .values
            .iter()
            .any(|own| matches!(own.kind, Valued::Reference | Valued::Amount) && fact.holds(own));
        number
            || self
                .matters
                .iter()
                .any(|m| !scene.families.is_general(*m) && fact.matters.binary_search(m).is_ok())
    }

    /// How many matters both have.
    pub fn shared(&self, fact: &Said) -> usize {
        self.matters
            .iter()
            .filter(|m| fact.matters.binary_search(m).is_ok())
            .count()
    }

    pub fn holds(&self, value: &Value) -> bool {
        self.values
            .iter()
            .any(|own| own.kind == value.kind && same(own, value))
    }

    /// The first value or state of ours that the fact contradicts: its tokens.
    pub fn against(&self, fact: &Said) -> Option<(usize, usize)> {
        let state = self.states.iter().find(|(side, _)| {
            let holds = |side: u16| fact.states.iter().any(|(other, _)| *other == side);
            holds(side ^ 1) && !holds(*side)
        });
        if let Some((_, at)) = state {
            return Some((*at, at + 1));
        }
        self.values
            .iter()
            .find(|own| {
                let mut like = fact.values.iter().filter(|v| v.kind == own.kind).peekable();
                let elsewhere = || {
                    own.kind == Valued::Reference
                        && fact.values.iter().any(|v| v.value == own.value)
                };
                like.peek().is_some() && like.all(|other| !same(own, other)) && !elsewhere()
            })
            .map(|own| own.at)
    }
}

fn same(own: &Value, other: &Value) -> bool {
    // "The 14th" without a "now": nothing to tell them apart by.
    if own.value == other.value || own.value.is_empty() || other.value.is_empty() {
        return true;
    }
    // "In March" is every day of it.
    let is_month = |value: &Value| value.kind == Valued::Date && value.value.len() == MONTH.len();
    if is_month(own) || is_month(other) {
        return own.value.get(..MONTH.len()) == other.value.get(..MONTH.len());
    }
    let date = |value: &Value| value.value.parse::<Date>().ok();
    let (Some(a), Some(b)) = (date(own), date(other)) else {
        return false;
    };
    match (own.told, other.told) {
        (Told::Weekday, _) | (_, Told::Weekday) => a.weekday() == b.weekday(),
        (Told::DayOfMonth, _) | (_, Told::DayOfMonth) => a.day() == b.day(),
        (Told::Whole, Told::Whole) => false,
    }
}

/// How much of a date tokens `from..to` tell.
fn told(scene: &Scene<'_>, text: &Text<'_>, from: usize, to: usize) -> Told {
    let any = |list| (from..to).any(|at| scene.lists_id(list, text.tokens[at].word));
    let figures = (from..to).any(|at| text.written(at).contains(['/', '-']));
    if any(list::MONTH_NAME) || figures {
        Told::Whole
    } else if any(list::WEEKDAY_NAME) {
        Told::Weekday
    } else {
        Told::DayOfMonth
    }
}

fn values(
    scene: &Scene<'_>,
    text: &Text<'_>,
    typed: &[Typed],
    from: usize,
    to: usize,
) -> Vec<Value> {
    let mut all: Vec<Value> = typed
        .iter()
        .filter(|t| t.from >= from && t.to <= to)
        .filter_map(|t| {
            let value = t.value.as_deref().unwrap_or("");
            let (kind, value) = match t.kind {
                FactKind::Date => (Valued::Date, value.to_owned()),
                FactKind::Time => (Valued::Time, value.to_owned()),
                FactKind::Amount => (Valued::Amount, digits(value)),
                FactKind::Reference => (Valued::Reference, plain(value)),
                FactKind::Count => (
                    Valued::Count(
                        scene
                            .families
                            .matters(text, t.to - 1, (t.to + 1).min(to))
                            .pop(),
                    ),
                    value.to_owned(),
                ),
                _ => return None,
            };
            Some(Value {
                kind,
                value,
                told: match t.kind {
                    FactKind::Date => told(scene, text, t.from, t.to),
                    _ => Told::Whole,
                },
                at: (t.from, t.to),
            })
        })
        .collect();
    for at in from..to {
        let token = &text.tokens[at];
        let covered = || typed.iter().any(|t| t.from <= at && at < t.to);
        let written = text.written(at);
        let long = written.bytes().filter(u8::is_ascii_digit).count() >= REFERENCE_DIGITS_MIN;
        match token.kind {
            Kind::Code if !covered() => all.push(Value {
                kind: Valued::Reference,
                value: plain(written),
                told: Told::Whole,
                at: (at, at + 1),
            }),
            Kind::Number if long && !covered() && !written.contains(['.', ':', '/', ',']) => {
                all.push(Value {
                    kind: Valued::Reference,
                    value: plain(written),
                    told: Told::Whole,
                    at: (at, at + 1),
                });
            }
            Kind::Word
                if at > from
                    && token.capital
                    && !covered()
                    && scene.lists_id(list::PLACE_MARK, text.tokens[at - 1].word) =>
            {
                all.push(Value {
                    kind: Valued::Place,
                    value: plain(written),
                    told: Told::Whole,
                    at: (at, at + 1),
                });
            }
            _ => {}
        }
    }
    all
}

/// Sides of opposites named in tokens `from..to`; a negation before one turns it to the other.
fn states(scene: &Scene<'_>, text: &Text<'_>, from: usize, to: usize) -> Vec<(u16, usize)> {
    let mut all = Vec::new();
    for at in from..to {
        scene.opposites.at(text, at, |side| {
            let first = at.saturating_sub(NEGATION_TOKENS_MAX).max(from);
            let denied = (first..at)
                .rev()
                .take_while(|i| text.tokens[*i].kind == Kind::Word)
                .any(|i| scene.lists_id(list::DENIAL, text.tokens[i].word));
            all.push((side ^ u16::from(denied), at));
        });
    }
    all
}

/// Digits and a point: "42.10 GBP" is 42.10, whatever the currency's name; "180.00" is 180.
fn digits(value: &str) -> String {
    let number: String = value
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    match number.parse::<f64>() {
        Ok(amount) => amount.to_string(),
        Err(_) => number,
    }
}

/// Letters and figures alone, in lower case: "R-7719" is "r7719".
pub fn plain(value: &str) -> String {
    value
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

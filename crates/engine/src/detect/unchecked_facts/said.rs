//! What a clause or a known fact says, in values, matters and states, so that one can be held against the other.

use super::value::{Value, Valued};
use super::values::values;
use crate::list;
use crate::pattern::Typed;
use crate::review::families::Matter;
use crate::scene::Scene;
use crate::text::{Kind, Text};

/// "No charge", "cannot find a booking": a noun is denied by a "no" so close.
const NO_WORDS_MAX: usize = 3;
/// A negation turns a state that follows within so many tokens.
const NEGATION_TOKENS_MAX: usize = 4;

/// One clause of a draft, or one fact.
#[derive(Debug)]
pub struct Said {
    pub matters: Vec<Matter>,
    /// The same, each with its token and whether it is denied.
    pub told: Vec<Told>,
    pub values: Vec<Value>,
    /// Sides of opposites ("sent" and "held back"), each with its token.
    pub states: Vec<(u16, usize)>,
}

/// A matter where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Told {
    pub matter: Matter,
    pub at: usize,
    pub denied: bool,
    /// A "no" stands right before it, or it is a past form: what is denied is this, and no other word of the clause.
    pub plainly: bool,
    /// A past form: something that happened.
    pub happened: bool,
    /// "Went", "came", "got": what happened stands elsewhere.
    pub light: bool,
}

impl Said {
    /// What tokens `from..to` of a text say.
    pub fn of(scene: &Scene<'_>, text: &Text<'_>, typed: &[Typed], from: usize, to: usize) -> Said {
        Said {
            matters: scene.families.matters(text, from, to),
            told: told(scene, text, from, to),
            values: values(scene, text, typed, from, to),
            states: states(scene, text, from, to),
        }
    }

    /// A fact: two clock times in it tell how long it took, too, and a day how long it is until then.
    pub fn of_fact(scene: &Scene<'_>, text: &Text<'_>, typed: &[Typed]) -> Said {
        const ROUND: i64 = 12 * 60;
        const DAY: f64 = 24.0 * 60.0;
        let mut said = Said::of(scene, text, typed, 0, text.tokens.len());
        let mut lengths = Vec::new();
        let times: Vec<i64> = said
            .values
            .iter()
            .filter_map(|v| match v.is {
                Valued::Time(minutes) => Some(minutes),
                _ => None,
            })
            .collect();
        if let [a, b] = times.as_slice() {
            lengths.extend([a - b, b - a].map(|length| length.rem_euclid(ROUND) as f64));
        }
        let today = scene.context.now.map(jiff::Zoned::date);
        for value in &said.values {
            if let (Valued::Day(day), Some(today)) = (&value.is, today)
                && let Some(span) = day.date.and_then(|date| today.until(date).ok())
            {
                lengths.push(f64::from(span.get_days().abs()) * DAY);
            }
        }
        // "Reported 20 July, 24 July, 1 August": three times.
        for day in [true, false] {
            let all = said.values.iter().filter(|v| match v.is {
                Valued::Day(_) => day,
                Valued::Time(_) => !day,
                _ => false,
            });
            let many = all.count();
            if many > 1 {
                said.values.push(Value {
                    is: Valued::Number(many as f64, None),
                    at: (0, 0),
                });
            }
        }
        // "2 adults, 1 child" are three; of "18 of 20" two are left.
        let numbers: Vec<f64> = said
            .values
            .iter()
            .filter_map(|v| match v.is {
                Valued::Number(number, _) => Some(number),
                _ => None,
            })
            .collect();
        if let [a, b] = numbers.as_slice() {
            said.values
                .extend([a + b, (b - a).abs()].map(|number| Value {
                    is: Valued::Number(number, None),
                    at: (0, 0),
                }));
        }
        said.values.extend(lengths.into_iter().map(|length| Value {
            is: Valued::Length(length),
            at: (0, 0),
        }));
        said
    }

    /// Whether both are about the same thing: a sum or number in common, or a matter that is not too general to tell.
    pub fn meets(&self, scene: &Scene<'_>, fact: &Said) -> bool {
        self.values
            .iter()
            .any(|own| own.is.tells() && fact.holds(&own.is))
            || self
                .matters
                .iter()
                .any(|m| !scene.families.is_general(*m) && fact.matters.binary_search(m).is_ok())
    }

    /// Whether what stands before token `verb` is one of a kind, and the fact is of another one.
    pub fn is_of_another(&self, fact: &Said, verb: usize) -> bool {
        let mut subjects = self.values.iter().filter(|v| v.at.1 <= verb);
        subjects.any(|own| {
            let mut like = fact
                .values
                .iter()
                .filter(|v| matches!(v.is, Valued::One(..)) && v.is.is_like(&own.is));
            like.next().is_some() && !fact.holds(&own.is)
        })
    }

    /// How many matters both have.
    pub fn shared(&self, fact: &Said) -> usize {
        self.matters
            .iter()
            .filter(|m| fact.matters.binary_search(m).is_ok())
            .count()
    }

    pub fn holds(&self, value: &Valued) -> bool {
        self.values.iter().any(|own| own.is.same(value))
    }

    /// Whether both tell of the same event, as far as they tell of one: "shipped on 5 May" says nothing against "placed on 2 May".
    pub fn same_event(&self, fact: &Said) -> bool {
        let events = |said: &Said| -> Vec<Matter> {
            let happened = said.told.iter().filter(|told| told.happened && !told.light);
            happened.map(|told| told.matter).collect()
        };
        let (own, theirs) = (events(self), events(fact));
        let pair = |side: u16| side / 2;
        own.is_empty()
            || theirs.is_empty()
            || own.iter().any(|m| fact.matters.contains(m))
            || theirs.iter().any(|m| self.matters.contains(m))
            || self
                .states
                .iter()
                .any(|(a, _)| fact.states.iter().any(|(b, _)| pair(*a) == pair(*b)))
    }

    /// The first state of ours that the fact contradicts: its token, and its side where it is one of opposites.
    pub fn state_against(&self, fact: &Said) -> Option<(usize, Option<u16>)> {
        let holds = |side: u16| fact.states.iter().any(|(other, _)| *other == side);
        let opposite = self
            .states
            .iter()
            .find(|(side, _)| holds(side ^ 1) && !holds(*side));
        if let Some((side, at)) = opposite {
            return Some((*at, Some(*side)));
        }
        // Something of theirs agrees: "not charged" is "waived".
        if self.states.iter().any(|(side, _)| holds(*side)) {
            return None;
        }
        // "We haven't had it back" says nothing against "refund: not yet issued", nor "without heating" against "heating: off".
        let not_so = |side: u16| side % 2 == 1;
        let denies = fact.told.iter().any(|told| told.denied)
            || fact.states.iter().any(|(side, _)| not_so(*side));
        self.told
            .iter()
            .filter(|own| !(own.denied && denies))
            .find(|own| {
                let one_way = |said: &Said| {
                    let mut all = said.told.iter().filter(|t| t.matter == own.matter);
                    let first = all.next().map(|t| t.denied);
                    first.filter(|denied| all.all(|t| t.denied == *denied))
                };
                let plainly = own.plainly
                    || fact
                        .told
                        .iter()
                        .any(|t| t.matter == own.matter && t.plainly);
                plainly && one_way(self).is_some() && one_way(fact) == Some(!own.denied)
            })
            .map(|own| (own.at, None))
    }

    /// Whether the fact holds a state of ours, or denies what we deny.
    pub fn says_the_same(&self, fact: &Said) -> bool {
        let side = |side: u16| fact.states.iter().any(|(other, _)| *other == side);
        let denied = |own: &Told| {
            let mut theirs = fact.told.iter().filter(|t| t.matter == own.matter);
            own.denied && theirs.any(|t| t.denied)
        };
        self.states.iter().any(|(own, _)| side(*own)) || self.told.iter().any(denied)
    }

    /// Whether another fact holds the state that one contradicts.
    pub fn agrees(&self, fact: &Said, (at, side): (usize, Option<u16>)) -> bool {
        if let Some(side) = side {
            return fact.states.iter().any(|(other, _)| *other == side);
        }
        self.told.iter().filter(|own| own.at == at).any(|own| {
            let mut theirs = fact.told.iter().filter(|t| t.matter == own.matter);
            theirs.any(|t| t.denied == own.denied)
        })
    }
}

/// The matters of tokens `from..to`, with what is denied: all that follows a "not" or a "no" up to the next mark.
fn told(scene: &Scene<'_>, text: &Text<'_>, from: usize, to: usize) -> Vec<Told> {
    // How many words before it the denial stands.
    let denied = |at: usize| {
        if lifted(scene, text, at, to) {
            return None;
        }
        (from..at)
            .rev()
            .take_while(|i| {
                text.tokens[*i].kind != Kind::Punct
                    && !scene.lists_id(list::BUT_WORD, text.tokens[*i].word)
            })
            .position(|i| scene.lists_id(list::DENIAL, text.tokens[i].word))
    };
    // "No record of a payment", "cannot find a booking" deny the thing; "doesn't cover your stroller" denies the cover.
    let close = |at: usize, words: usize| {
        let no = at - words - 1;
        !scene.lists_id(list::NOT_WORD, text.tokens[no].word)
            || (no + 1..at).all(|i| scene.lists_id(list::NOT_REACHES, text.tokens[i].word))
    };
    let happened = |at: usize| {
        let sets = scene.field.sets;
        sets.is_past(text.written(at), text.tokens[at].word)
    };
    scene
        .families
        .by_word(text, from, to)
        .into_iter()
        .map(|(at, matter)| Told {
            matter,
            at,
            denied: denied(at).is_some() || none_behind(scene, text, at, to),
            plainly: happened(at)
                || none_behind(scene, text, at, to)
                || denied(at).is_some_and(|words| words < NO_WORDS_MAX && close(at, words)),
            happened: happened(at),
            light: scene.lists_id(list::FACT_LIGHT_VERB, text.tokens[at].word),
        })
        .collect()
}

/// Sides of opposites named in tokens `from..to`; a negation before one turns it to the other.
fn states(scene: &Scene<'_>, text: &Text<'_>, from: usize, to: usize) -> Vec<(u16, usize)> {
    let mut all = scene.opposites.sides(text, from, to);
    for (side, at) in &mut all {
        let first = at.saturating_sub(NEGATION_TOKENS_MAX).max(from);
        let denied = (first..*at)
            .rev()
            .take_while(|i| text.tokens[*i].kind == Kind::Word)
            .any(|i| scene.lists_id(list::DENIAL, text.tokens[i].word));
        let denied = denied && !lifted(scene, text, *at, to);
        if denied || none_behind(scene, text, *at, to) {
            *side ^= 1;
        }
    }
    all
}

/// "Not due till the 18th" is due on the 18th.
fn lifted(scene: &Scene<'_>, text: &Text<'_>, at: usize, to: usize) -> bool {
    (at + 1..to).any(|i| scene.lists_id(list::UNTIL_WORD, text.tokens[i].word))
}

/// "Refund: none", "Visits 10 and 11 August: none", "Key returned: no", "Balance due: £0": what stands before the colon is denied.
fn none_behind(scene: &Scene<'_>, text: &Text<'_>, at: usize, to: usize) -> bool {
    let colon = (at + 1..to)
        .take_while(|i| !matches!(text.written(*i), ";" | "."))
        .find(|i| text.written(*i) == ":");
    let first = colon.and_then(|i| {
        (i + 1..to).find(|i| !matches!(text.written(*i), "£" | "$" | "€" | "₹" | "₦"))
    });
    let Some(first) = first else {
        return false;
    };
    let word = text.tokens[first].word;
    let alone = first + 1 >= to || text.tokens[first + 1].kind == Kind::Punct;
    scene.lists_id(list::NONE_WORD, word)
        || alone && scene.lists_id(list::NONE_ALONE, word)
        || alone && text.written(first).parse() == Ok(0.0)
}

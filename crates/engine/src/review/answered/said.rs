//! What each clause of a draft offers: a yes, a time, a deed, a refusal; or only thanks, or talk that fits anybody.

use crate::FactKind;
use crate::list::{self, ListId};
use crate::review::families::{Families, Matter};
use crate::scene::Scene;
use crate::text::{Kind, Sentence};
use crate::typed::Class;
use crate::words::UNKNOWN;

/// A draft of more clauses than these is matched only so far.
const CLAUSES_MAX: usize = 160;
/// "The size: yes, I can swap it" is one clause: the words before the colon only name what it is about.
const LABEL_WORDS_MAX: usize = 3;

/// What a clause shows, one bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks(u32);

macro_rules! marks {
    ($($name:ident = $bit:expr),* $(,)?) => { impl Marks { $(pub const $name: Marks = Marks(1 << $bit);)* } };
}

marks! {
    YES = 0, ECHO = 1, ALLOWS = 2, REFUSES = 3, DONE = 4, COMMITS = 5, FINDS_OUT = 6, TIME = 7, PLACE = 8,
    PERSON = 9, CAUSE = 10, WAY = 11, AMOUNT = 12, PAST = 13, GENERIC = 14, BOAST = 15, ASKS = 16,
    EXCLAIMS = 17, FRAGMENT = 18, US = 19, YOU = 20, IT = 21, THERE = 22, STEP = 23, NAME = 24, NUMBER = 25,
}

impl std::ops::BitOr for Marks {
    type Output = Marks;

    fn bitor(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }
}

impl Marks {
    /// Whether any of `other` is among them.
    pub fn has(self, other: Marks) -> bool {
        self.0 & other.0 != 0
    }

    fn set(&mut self, other: Marks, on: bool) {
        if on {
            self.0 |= other.0;
        }
    }
}

#[derive(Debug)]
pub struct Clause {
    pub from: usize,
    pub to: usize,
    /// Its sentence, counted over those that say anything.
    pub rank: usize,
    pub words: usize,
    pub marks: Marks,
    pub matters: Vec<Matter>,
    /// The first thing that it names.
    pub subject: Option<Matter>,
    /// Only thanks, feels or closes.
    pub idle: bool,
    /// The same number for all clauses of one sentence.
    pub sentence: usize,
}

/// The clauses of the scene's draft, in order; and how many sentences say anything.
pub fn clauses(scene: &Scene<'_>) -> (Vec<Clause>, usize) {
    let text = scene.text();
    let mut all: Vec<Clause> = Vec::new();
    let mut rank = 0;
    for (number, sentence) in text.sentences.iter().enumerate() {
        let url = || (sentence.from..sentence.to).any(|at| text.tokens[at].kind == Kind::Url);
        if (sentence.masked && !quoted(scene, *sentence) && !url()) || all.len() >= CLAUSES_MAX {
            continue;
        }
        let Some(start) = (sentence.from..sentence.to).find(|at| counts(scene, *at)) else {
            continue;
        };
        let before = all.len();
        let mut from = start;
        for at in start + 1..sentence.to {
            if splits(scene, from, at, *sentence) {
                push(scene, &mut all, from, at, number, rank, sentence.question);
                from = at;
            }
        }
        push(
            scene,
            &mut all,
            from,
            sentence.to,
            number,
            rank,
            sentence.question,
        );
        if all[before..].iter().any(|c| !c.idle) {
            rank += 1;
        }
    }
    (all, rank)
}

/// A sentence that is nothing but quoted words still tells what was asked for: "What did the card say?"
fn quoted(scene: &Scene<'_>, sentence: Sentence) -> bool {
    let text = scene.text();
    let mark = |at: usize| matches!(text.written(at), "\"" | "“" | "”");
    (sentence.from..sentence.to).any(mark)
        && text.signature.is_none_or(|(from, _)| sentence.to <= from)
}

fn counts(scene: &Scene<'_>, at: usize) -> bool {
    let text = scene.text();
    let greeting = text
        .salutation
        .is_some_and(|(from, to)| (from..to).contains(&at));
    !greeting
        && matches!(
            text.tokens[at].kind,
            Kind::Word | Kind::Number | Kind::Code | Kind::Email | Kind::Url
        )
}

/// Whether a new clause begins at token `at`.
fn splits(scene: &Scene<'_>, from: usize, at: usize, sentence: Sentence) -> bool {
    let text = scene.text();
    let mark = text.tokens[at - 1].kind == Kind::Punct;
    if mark && matches!(text.written(at - 1), ";" | "—" | "–") {
        return true;
    }
    if mark && text.written(at - 1) == ":" {
        return words_in(scene, from, at) > LABEL_WORDS_MAX;
    }
    let comma = mark && text.written(at - 1) == ",";
    let joint = scene.in_list(at - 1, list::ANSWER_JOINT);
    if !(comma || joint) || at + 1 >= sentence.to {
        return false;
    }
    // "Mrs Teller, I am so sorry": who is spoken to is no clause.
    const CALLED_WORDS_MAX: usize = 2;
    if words_in(scene, from, at) <= CALLED_WORDS_MAX
        && scene.list_at(list::SAID_YES, from).is_none()
        && scene.list_at(list::SAID_ECHO, from).is_none()
    {
        return false;
    }
    // "Guests are welcome, and parking is free": both have their own verb.
    const SUBJECT_WORDS_MAX: usize = 6;
    let verb = |from: usize, to: usize| (from..to).any(|i| scene.in_list(i, list::SAID_FINITE));
    if joint && (verb(from, at) || scene.list_in(list::SAID_PAST, from, at).is_some()) {
        let to = (at..sentence.to)
            .find(|i| matches!(text.written(*i), "," | ";" | ":" | "."))
            .unwrap_or(sentence.to)
            .min(at + 1 + SUBJECT_WORDS_MAX);
        if !scene.in_list(at, list::SAID_FINITE) && verb(at + 1, to.max(at + 1)) {
            return true;
        }
    }
    // "…, and we'll take every stamen out": a subject of its own begins a clause.
    scene.in_list(at, list::PRONOUN_SUBJECT) || (joint && scene.in_list(at, list::PLEASE_OPENER))
}

fn words_in(scene: &Scene<'_>, from: usize, to: usize) -> usize {
    (from..to).filter(|at| counts(scene, *at)).count()
}

fn push(
    scene: &Scene<'_>,
    all: &mut Vec<Clause>,
    from: usize,
    to: usize,
    sentence: usize,
    rank: usize,
    asks: bool,
) {
    let text = scene.text();
    let Some(first) = (from..to).find(|at| counts(scene, *at)) else {
        return;
    };
    let Some(last) = (first..to)
        .rev()
        .find(|at| counts(scene, *at) && (*at == first || !scene.in_list(*at, list::ANSWER_JOINT)))
    else {
        return;
    };
    let (from, end) = (first, last + 1);
    let mut idle = scene.list_at(list::SAID_IDLE, first).is_some();
    let mut start = first;
    if idle {
        // "Thanks for the photos, the refund went out today": what counts stands behind the mark.
        let mark = (first + 1..end).find(|at| {
            (text.tokens[*at].kind == Kind::Punct
                && matches!(text.written(*at), "," | ";" | ":" | "—" | "–"))
                || scene.in_list(*at, list::BUT_WORD)
        });
        if let Some(behind) = mark.and_then(|at| (at + 1..end).find(|at| counts(scene, *at)))
            && words_in(scene, behind, end) > 2
            && scene.list_at(list::SAID_IDLE, behind).is_none()
            && scene.list_in(list::SAID_FINITE, behind, end).is_some()
        {
            start = behind;
            idle = false;
        }
    }
    let by_word = scene.families.by_word(text, start, end);
    let specific = |m: &Matter| !scene.families.is_general(*m);
    let mut matters: Vec<Matter> = by_word.iter().map(|(_, m)| *m).filter(specific).collect();
    let subject = matters.first().copied();
    matters.extend(Families::numbers(text, start, end));
    matters.sort_unstable();
    matters.dedup();
    let exclaims = text
        .tokens
        .get(to - 1)
        .is_some_and(|_| text.written(to - 1) == "!");
    let mut marks = marks(scene, start, end);
    marks.set(Marks::ASKS, asks);
    marks.set(Marks::EXCLAIMS, exclaims);
    all.push(Clause {
        from,
        to: end,
        rank,
        words: words_in(scene, start, end),
        marks,
        matters,
        subject,
        idle,
        sentence,
    });
}

fn marks(scene: &Scene<'_>, from: usize, to: usize) -> Marks {
    let text = scene.text();
    let has = |list: ListId| scene.list_in(list, from, to).is_some();
    let typed = |kinds: &[FactKind]| {
        scene
            .field
            .typed
            .iter()
            .any(|t| t.from >= from && t.to <= to && kinds.contains(&t.kind))
    };
    // Where the clause itself begins: "and", "sorry", "so" stand before it.
    let mut subject = from;
    while subject + 1 < to
        && (text.tokens[subject].kind == Kind::Punct || scene.in_list(subject, list::SAID_OPENER))
    {
        subject += 1;
    }
    let starts = |list: ListId| {
        scene.list_at(list, from).is_some() || scene.list_at(list, subject).is_some()
    };
    let capital = |at: usize| {
        text.tokens[at].capital
            && text.tokens[at].kind == Kind::Word
            && text.written(at) != "I"
            && scene.words.class(text.tokens[at].word) == Class::Plain
            && !text.written(at).starts_with("I'")
    };
    let unknown = |at: usize| text.tokens[at].word == UNKNOWN && capital(at);
    let name = unknown(from) && to - from <= 2 || (from + 1..to).any(capital);
    let timed = |at: usize| {
        scene.field.typed.iter().any(|t| {
            (t.from..t.to).contains(&at) && matches!(t.kind, FactKind::Date | FactKind::Time)
        })
    };
    // "On the 3rd at 04:12" tells no amount.
    let number = (from..to).any(|at| {
        !timed(at)
            && !scene.in_list(at, list::SAID_IT)
            && (!timed(at) && matches!(text.tokens[at].kind, Kind::Number | Kind::Code)
                || !timed(at)
                    && matches!(
                        scene.words.class(text.tokens[at].word),
                        Class::Number(_) | Class::Ordinal(_) | Class::Half
                    ))
    });
    let url = (from..to).any(|at| matches!(text.tokens[at].kind, Kind::Url | Kind::Email));
    // "Wheelchairs of up to 120 kilos travel free": a plural that nothing points to, at the start.
    let plural = {
        let word = text.written(from);
        text.tokens[from].kind == Kind::Word
            && word.len() > 3
            && word.ends_with('s')
            && !word.ends_with("ss")
            && scene.words.class(text.tokens[from].word) == Class::Plain
            && !scene.in_list(from, list::PRONOUN_SUBJECT)
            && !starts(list::SAID_YES)
            && to - from > 3
    };
    let mut marks = Marks::default();
    let yes = starts(list::SAID_YES);
    let echo = starts(list::SAID_ECHO);
    marks.set(Marks::YES, yes);
    marks.set(Marks::ECHO, echo);
    marks.set(Marks::ALLOWS, has(list::SAID_ALLOW));
    marks.set(Marks::REFUSES, has(list::SAID_REFUSE));
    marks.set(Marks::DONE, has(list::SAID_DONE));
    marks.set(Marks::COMMITS, has(list::SAID_COMMIT));
    marks.set(Marks::FINDS_OUT, has(list::SAID_FIND_OUT));
    marks.set(
        Marks::TIME,
        typed(&[FactKind::Date, FactKind::Time, FactKind::Duration]) || has(list::SAID_TIME),
    );
    marks.set(Marks::PLACE, url || has(list::SAID_PLACE));
    marks.set(
        Marks::PERSON,
        typed(&[FactKind::Email, FactKind::Phone]) || has(list::SAID_PERSON),
    );
    marks.set(Marks::CAUSE, has(list::SAID_CAUSE));
    // "Top it up": a bare verb and what it is done to.
    let told = scene.list_at(list::SAID_OBJECT, subject + 1).is_some()
        && text.tokens[subject].kind == Kind::Word
        && !starts(list::SAID_FINITE)
        && !starts(list::SAID_PAST)
        && !scene.in_list(subject, list::PRONOUN_SUBJECT)
        && !scene.families.is_plain(text.tokens[subject].word)
        && !text.written(subject).ends_with('s')
        && scene.words.class(text.tokens[subject].word) == Class::Plain;
    let step = starts(list::SAID_WAY) || told;
    marks.set(Marks::STEP, step);
    marks.set(Marks::WAY, url || has(list::SAID_WAY_INSIDE));
    marks.set(
        Marks::AMOUNT,
        typed(&[FactKind::Amount, FactKind::Count]) || has(list::SAID_AMOUNT),
    );
    marks.set(Marks::NUMBER, number);
    marks.set(Marks::PAST, has(list::SAID_PAST));
    marks.set(Marks::GENERIC, plural || starts(list::SAID_GENERIC));
    marks.set(Marks::BOAST, has(list::SAID_BOAST));
    marks.set(Marks::FRAGMENT, !has(list::SAID_FINITE) && !echo && !step);
    marks.set(Marks::NAME, name);
    marks.set(
        Marks::US,
        scene.in_list(subject, list::I_WORD) || scene.in_list(subject, list::WE_WORD),
    );
    marks.set(Marks::YOU, scene.in_list(subject, list::YOU_WORD));
    marks.set(Marks::THERE, scene.in_list(subject, list::THERE_WORD));
    marks.set(Marks::IT, scene.in_list(subject, list::SAID_IT));
    marks
}

//! A clause in the present that names a time ahead, and in which one of ours acts or something moves towards them, promises
//! with no word that says so: "Nadia knocks on your door at two", "we hand the keys over on Friday", "Refund today".
//!
//! What is read is the shape of the clause (who, a verb in the present, when), so that the verb need stand in no list. What
//! stands in lists is what such a clause is not: opening hours and prices ([`list::PROMISE_IDLE`]), what others do
//! ([`list::PROMISE_THEIRS`]), habits, and whatever is asked, denied or behind us ([`list::PROMISE_PLAIN_NOT`]).

mod clauses;
mod verb;
mod verbless;

use super::due::{says_when, times_in};
use super::{goes_with, is_vague};
use crate::FactKind;
use crate::list;
use crate::scene::Scene;
use crate::text::Kind;
use crate::words::CLITIC_S;
use clauses::{clauses, starts_time, time_at};
use verb::{Verb, is_doing, is_idle, is_past, is_sending, is_set, verb};
use verbless::verbless;

pub(super) use clauses::goes_on_with_time;
pub(super) use verb::ends_in;

/// A subject is seldom longer.
const SUBJECT_WORDS_MAX: usize = 6;
/// "He said", "she hopes": the telling is looked for so many tokens before a clause.
const REPORTED_MAX: usize = 4;

/// A promise of this kind: its tokens and its times.
pub struct Plain {
    pub from: usize,
    pub to: usize,
    pub dates: Vec<usize>,
}

/// The promises of this kind in the sentence `from..to`, outside the `taken` tokens.
pub fn find(scene: &Scene<'_>, from: usize, to: usize, taken: &[(usize, usize)]) -> Vec<Plain> {
    let timely = |kind| matches!(kind, FactKind::Date | FactKind::Time | FactKind::Duration);
    let typed = &scene.field.typed;
    let first = typed.partition_point(|t| t.from < from);
    let any = typed[first..]
        .iter()
        .take_while(|t| t.from < to)
        .any(|t| timely(t.kind))
        || scene.list_in(list::PROMISE_CONDITION, from, to).is_some();
    let soon = || {
        [list::PROMISE_NOW, list::TIME_VAGUE]
            .into_iter()
            .any(|list| scene.list_in(list, from, to).is_some())
    };
    if !any && !says_when(scene, (from, to), &[]) && !soon() {
        return Vec::new();
    }
    let mut found: Vec<Plain> = Vec::new();
    let mut bare_before = true;
    for clause in clauses(scene, from, to) {
        let free = taken
            .iter()
            .all(|(a, b)| clause.to <= *a || clause.from >= *b);
        if clause.under || !free {
            bare_before = false;
            continue;
        }
        let bare = verbless(scene, clause.from, clause.to, bare_before);
        // "2. New filter: tomorrow": the number of a list is nothing that opens it.
        let says = (clause.from..clause.to).any(|i| scene.text().tokens[i].kind == Kind::Word);
        bare_before &= bare.is_some() || !says;
        let promise = bare.or_else(|| plain(scene, from, clause.from, clause.to));
        // "It clears customs tonight and rolls onto your drive on Friday".
        let ends = |end: usize| end <= clause.from && clause.from <= end + 2;
        let carried =
            taken.iter().any(|(_, b)| ends(*b)) || found.last().is_some_and(|f| ends(f.to));
        let promise = promise.or_else(|| {
            carried
                .then(|| goes_on(scene, from, clause.from, clause.to))
                .flatten()
        });
        found.extend(promise);
    }
    found
}

/// Who the clause is about, as far as its words show.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    /// I or we.
    Own,
    /// One of ours, by office or as somebody: "the fitter", "someone", "she".
    Ours,
    /// Something of theirs, or a new one for them: "your parcel", "a fresh filter".
    Moved,
    /// Several of ours, as they do it for everybody: "our drivers deliver between 7 and 11".
    Many,
    /// A name or another thing: ours only where they are named as well.
    Other,
}

/// The promise of one clause with a verb in the present.
fn plain(scene: &Scene<'_>, sentence: usize, from: usize, to: usize) -> Option<Plain> {
    let text = scene.text();
    if (from..to).any(|i| text.tokens[i].masked) || is_none(scene, sentence, from, to) {
        return None;
    }
    let start = subject_at(scene, from, to)?;
    if scene.list_at(list::PROMISE_THEIRS, start).is_some() {
        return None;
    }
    let who = who(scene, start, to)?;
    let verb = verb(scene, start, to, who)?;
    let typed = &scene.field.typed;
    let mut dates = times_in(scene, from, to);
    // "Our Thursday choir sings" names no day on which it does.
    dates.retain(|t| {
        let inside = (start + 1..verb.at).contains(&typed[*t].from);
        // "Confirmed under today's list" says nothing of when; "in tonight's post" does.
        let owned = text
            .tokens
            .get(typed[*t].to)
            .is_some_and(|t| t.word == CLITIC_S)
            && scene.list_in(list::PROMISE_SENT, from, to).is_none();
        goes_with(scene, *t, &[]) && !inside && !owned
    });
    // "I'm putting it through now"; "we're on it now" tells how busy we are.
    let doing = match verb.kind {
        Verb::Is => verb.at + 1,
        Verb::Does => verb.at,
    };
    let now = who == Who::Own
        && is_doing(scene, doing)
        && scene.list_in(list::PROMISE_NOW, verb.at, to).is_some();
    let timed = now || says_when(scene, (verb.at, to), &dates);
    let soon = matches!(who, Who::Own | Who::Ours) && is_vague(scene, from, to);
    // "Once it is here, we send another"; of things, only those that go somewhere.
    let hangs = scene
        .list_in(list::PROMISE_CONDITION, sentence, from)
        .is_some_and(|(at, _)| !scene.in_list(at, list::PROMISE_EVER));
    let acts = match verb.kind {
        Verb::Does => {
            who == Who::Own && (timed || given(scene, verb.at, to))
                || scene.list_at(list::PROMISE_DOES, verb.at).is_some()
        }
        Verb::Is => is_past(scene, verb.at + 1) && (who != Who::Other || timed),
    };
    let hangs = hangs && acts;
    let starts = who == Who::Own && scene.in_list(verb.at, list::PROMISE_START);
    if !(timed || soon || hangs) || !starts && is_idle(scene, verb.at) {
        return None;
    }
    let theirs = (verb.at..to).any(|i| scene.in_list(i, list::PROMISE_THEM));
    // An hour alone is a timetable's: "it leaves at 10.06", "we finish at six".
    let by = (verb.at..to).any(|i| scene.in_list(i, list::PROMISE_BY) && starts_time(scene, i + 1));
    let days = dates.iter().any(|t| typed[*t].kind == FactKind::Date);
    let sent = (verb.at..to).any(|i| scene.list_at(list::PROMISE_SENT, i).is_some())
        || scene.in_list(verb.at + 1, list::BEING_WORD) && !is_idle(scene, verb.at + 2);
    let ours = match who {
        Who::Own | Who::Ours | Who::Moved => theirs || by || days || soon || now || hangs,
        // "The glass is cut on Monday".
        Who::Other if scene.in_list(start, list::PROMISE_NP) && days => {
            theirs || hangs || matches!(verb.kind, Verb::Is) && is_past(scene, verb.at + 1)
        }
        Who::Many | Who::Other => theirs || hangs,
    } || sent;
    let moves = match verb.kind {
        Verb::Does => true,
        // "The van is with you", "the lift is back on by noon".
        Verb::Is => is_set(scene, verb.at + 1, to, who, theirs),
    };
    (ours && moves).then(|| Plain {
        from: start,
        to: end(scene, start, to),
        dates,
    })
}

/// A clause that leaves its subject to the one before it.
fn goes_on(scene: &Scene<'_>, sentence: usize, from: usize, to: usize) -> Option<Plain> {
    let text = scene.text();
    if (from..to).any(|i| text.tokens[i].masked) || is_none(scene, sentence, from, to) {
        return None;
    }
    let verb = (from..to).find(|i| !scene.in_list(*i, list::PROMISE_PLAIN_SKIP))?;
    let dates = times_in(scene, from, to);
    let does = ends_in(text.written(verb), "s")
        && !scene.in_list(verb, list::FUNCTION_WORDS)
        && !scene.in_list(verb, list::PROMISE_PLURAL_NOUN)
        && !is_idle(scene, verb);
    let is = scene.in_list(verb, list::PROMISE_IS) && is_set(scene, verb + 1, to, Who::Moved, true);
    (says_when(scene, (from, to), &dates) && (does || is)).then(|| Plain {
        from: verb,
        to: end(scene, verb, to),
        dates,
    })
}

/// Whether they, or something new, stand in what is done.
fn given(scene: &Scene<'_>, verb: usize, to: usize) -> bool {
    (verb..to).any(|i| scene.in_list(i, list::PROMISE_THEM) || scene.in_list(i, list::PROMISE_NEW))
}

/// Whether the clause is asked, denied, retold, a habit or behind us.
fn is_none(scene: &Scene<'_>, sentence: usize, from: usize, to: usize) -> bool {
    let end = scene.text().tokens.len();
    // "8 May" denies nothing.
    let denied = |i: usize| {
        !clauses::inside_time(scene, i) && scene.list_at(list::PROMISE_PLAIN_NOT, i).is_some()
    };
    (from..to).any(|i| scene.in_list(i, list::PROMISE_HAS) || denied(i))
        || scene.list_in(list::PROMISE_HABIT, from, to).is_some()
        || (sentence.max(from.saturating_sub(REPORTED_MAX))..to).any(|i| {
            // "As promised, it goes out tonight".
            let kept = i > sentence && scene.in_list(i - 1, list::AS_WORD);
            !kept && scene.list_at(list::PROMISE_REPORTED, i).is_some()
        })
        || (to..end.min(to + 3)).any(|i| scene.list_at(list::PROMISE_RETOLD_BEHIND, i).is_some())
}

/// Where the subject begins, behind a time, an adverb, a greeting.
fn subject_at(scene: &Scene<'_>, from: usize, to: usize) -> Option<usize> {
    let text = scene.text();
    let mut at = from;
    while at < to {
        if let Some(end) = time_at(scene, at) {
            at = end;
            continue;
        }
        let led = scene.in_list(at, list::PROMISE_TIME_LEAD) && starts_time(scene, at + 1);
        let token = &text.tokens[at];
        if !led && token.kind == Kind::Word && !scene.in_list(at, list::PROMISE_PLAIN_SKIP) {
            return Some(behind_preposition(scene, at, to).unwrap_or(at));
        }
        at += 1;
    }
    None
}

/// "Until this time we put two heaters in", "for the chairs I send a van": where "we" stands behind what the sentence opens with.
fn behind_preposition(scene: &Scene<'_>, at: usize, to: usize) -> Option<usize> {
    if !scene.in_list(at, list::PROMISE_TIME_LEAD) {
        return None;
    }
    let own =
        (at + 1..to.min(at + SUBJECT_WORDS_MAX)).find(|i| scene.in_list(*i, list::PROMISE_WE))?;
    let bare = (at..own).all(|i| !scene.in_list(i, list::PROMISE_THEIR_SELF) && !is_past(scene, i));
    bare.then_some(own)
}

fn who(scene: &Scene<'_>, start: usize, to: usize) -> Option<Who> {
    let text = scene.text();
    // "Sending someone round now": I am.
    if is_sending(scene, start, to) {
        return Some(Who::Own);
    }
    if scene.in_list(start, list::PROMISE_WE) {
        return Some(Who::Own);
    }
    if scene.in_list(start, list::PROMISE_SOMEBODY) {
        return Some(Who::Ours);
    }
    // "Nobody", "you": theirs, or none at all.
    if scene.in_list(start, list::PROMISE_THEIR_SELF) {
        return None;
    }
    let until = to.min(start + SUBJECT_WORDS_MAX);
    let head_of = |list| {
        (start..until)
            .take_while(|i| !scene.in_list(*i, list::PROMISE_IS))
            .any(|i| scene.list_at(list, i).is_some())
    };
    let many = !scene.in_list(start, list::PROMISE_YOURS)
        && (start..until)
            .take_while(|i| !scene.in_list(*i, list::PROMISE_IS))
            .any(|i| scene.in_list(i + 1, list::PROMISE_BASE) && ends_in(text.written(i), "s"));
    if many && !scene.in_list(start, list::PROMISE_NP) {
        return Some(Who::Many);
    }
    if scene.in_list(start, list::PROMISE_PLAIN_OURS) {
        return Some(Who::Moved);
    }
    if head_of(list::PROMISE_MOVER) {
        return Some(Who::Ours);
    }
    if head_of(list::PROMISE_NEW) {
        return Some(Who::Moved);
    }
    let named = text.tokens[start].capital || scene.in_list(start, list::PROMISE_NP);
    named.then_some(Who::Other)
}

fn end(scene: &Scene<'_>, start: usize, to: usize) -> usize {
    let tokens = &scene.text().tokens;
    let last = (start..to)
        .rfind(|i| !matches!(tokens[*i].kind, Kind::Newline | Kind::Emoji) && !tokens[*i].skip);
    last.map_or(to, |last| last + 1)
}

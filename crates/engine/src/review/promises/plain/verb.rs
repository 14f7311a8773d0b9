//! The verb of a plain clause: the first in the present behind its subject, and what it does or is.

use super::Who;
use super::clauses::{inside_time, starts_time};
use crate::list;
use crate::scene::Scene;
use crate::text::Kind;
use crate::words::CLITIC_S;

/// "The tech who handles these": a subject's verb is looked for so many words behind where it begins.
const SUBJECT_WORDS_MAX: usize = 6;

pub(super) enum Verb {
    Does,
    Is,
}

pub(super) struct Found {
    pub at: usize,
    pub kind: Verb,
}

/// The first verb in the present behind the subject's first word.
pub(super) fn verb(scene: &Scene<'_>, start: usize, to: usize, who: Who) -> Option<Found> {
    let text = scene.text();
    let word = |i: usize| {
        i < to
            && text.tokens[i].kind == Kind::Word
            && !inside_time(scene, i)
            && !starts_time(scene, i)
    };
    if is_sending(scene, start, to) {
        return Some(Found {
            at: start,
            kind: Verb::Does,
        });
    }
    if who == Who::Own {
        // "We finally got it".
        let beside =
            |i: usize| scene.in_list(i, list::PROMISE_ADVERB) || ends_in(text.written(i), "ly");
        let at = (start + 1..to).find(|i| !beside(*i))?;
        if scene.in_list(at, list::PROMISE_IS) {
            return Some(Found { at, kind: Verb::Is });
        }
        let past = scene
            .field
            .sets
            .is_past(text.written(at), text.tokens[at].word);
        let little = scene.in_list(at, list::FUNCTION_WORDS) && !scene.in_list(at, list::DO_WORD);
        let base = word(at) && !past && !little;
        return base.then_some(Found {
            at,
            kind: Verb::Does,
        });
    }
    let pronoun = scene.in_list(start, list::PROMISE_SOMEBODY);
    for at in start..to.min(start + SUBJECT_WORDS_MAX + 1) {
        let token = &text.tokens[at];
        if token.word == CLITIC_S && at > start {
            let is = at + 1 < to
                && (is_doing(scene, at + 1)
                    || scene.in_list(at + 1, list::BEING_WORD)
                    || is_past(scene, at + 1)
                    || scene.list_at(list::PROMISE_SET, at + 1).is_some());
            if is {
                return Some(Found { at, kind: Verb::Is });
            }
            continue;
        }
        if at > start && scene.in_list(at, list::PROMISE_IS) {
            return Some(Found { at, kind: Verb::Is });
        }
        if at == start || !word(at) || scene.in_list(at, list::PROMISE_ADVERB) {
            continue;
        }
        let written = text.written(at);
        let plural_before =
            ends_in(text.written(at - 1), "s") || scene.in_list(at - 1, list::PROMISE_PLURAL);
        let base = plural_before && scene.in_list(at, list::PROMISE_BASE);
        // "A replacement left us at three"; "the chairs you hired" go on, and "our men come" is no past form.
        let behind = scene.in_list(at - 1, list::FUNCTION_WORDS);
        if is_past(scene, at) && !base && !behind && at > start + 1 {
            return None;
        }
        if pronoun {
            return ends_in(text.written(at), "s").then_some(Found {
                at,
                kind: Verb::Does,
            });
        }
        // "Your keys go back": a noun in the plural has no ending's verb behind it, and stands behind its determiner.
        let behind_noun = at > start + 1
            || !scene.in_list(start, list::PROMISE_NP)
                && !scene.in_list(start, list::PROMISE_PLAIN_OURS);
        let third = ends_in(written, "s")
            && behind_noun
            && !behind
            && !scene.in_list(at, list::FUNCTION_WORDS)
            && !scene.in_list(at, list::PROMISE_PLURAL_NOUN)
            && !scene.in_list(at + 1, list::PROMISE_IS)
            && !scene.in_list(at + 1, list::PROMISE_BASE);
        if base || third {
            return Some(Found {
                at,
                kind: Verb::Does,
            });
        }
    }
    None
}

/// What is being done, arranged or in its place: "coming", "being posted", "booked", "with you", "back by noon".
pub(super) fn is_set(scene: &Scene<'_>, at: usize, to: usize, who: Who, theirs: bool) -> bool {
    let at = (at..to)
        .find(|i| {
            !scene.in_list(*i, list::PROMISE_ADVERB) && !scene.in_list(*i, list::PROMISE_SET_ADVERB)
        })
        .unwrap_or(to);
    if at >= to || is_idle(scene, at) {
        return false;
    }
    let by = (at..to).any(|i| scene.in_list(i, list::PROMISE_BY) && starts_time(scene, i + 1));
    is_doing(scene, at)
        || who != Who::Own && is_past(scene, at)
        || scene.list_at(list::PROMISE_SET, at).is_some() && (theirs || by)
        || scene.list_at(list::PROMISE_SENT, at).is_some()
}

pub(super) fn is_idle(scene: &Scene<'_>, at: usize) -> bool {
    scene.in_list(at, list::PROMISE_HAS) || scene.list_at(list::PROMISE_IDLE, at).is_some()
}

pub(super) fn is_doing(scene: &Scene<'_>, at: usize) -> bool {
    const LETTERS_MIN: usize = 5;
    let text = scene.text();
    if at >= text.tokens.len() {
        return false;
    }
    let written = text.written(at);
    written.len() >= LETTERS_MIN
        && (ends_in(written, "ing") || ends_in(written, "in'"))
        && !scene.in_list(at, list::PROMISE_NOT_DOING)
}

/// An act with no subject, and something or somebody that it is done to.
pub(super) fn is_sending(scene: &Scene<'_>, start: usize, to: usize) -> bool {
    let done_to = scene.in_list(start + 1, list::PROMISE_AND_OBJECT)
        || scene.in_list(start, list::PROMISE_DOING)
            && (start + 1 >= to
                || starts_time(scene, start + 1)
                || scene.list_at(list::PROMISE_NOW, start + 1).is_some());
    is_doing(scene, start) && done_to && !(start..to).any(|i| scene.in_list(i, list::PROMISE_IS))
}

pub(super) fn is_past(scene: &Scene<'_>, at: usize) -> bool {
    let text = scene.text();
    let token = text.tokens.get(at);
    token.is_some_and(|token| scene.field.sets.is_past(text.written(at), token.word))
}

/// Whether a word of some length ends so; "bus" and "press" do not end in an "s" of their own.
pub(in crate::review::promises) fn ends_in(written: &str, ending: &str) -> bool {
    const LETTERS_BEFORE_MIN: usize = 2;
    let Some(cut) = written.len().checked_sub(ending.len()) else {
        return false;
    };
    let has = |tail: &str| {
        let from = written.len().checked_sub(tail.len());
        from.and_then(|from| written.get(from..))
            .is_some_and(|end| end.eq_ignore_ascii_case(tail))
    };
    cut >= LETTERS_BEFORE_MIN
        && has(ending)
        && !(ending == "s" && (has("ss") || has("us") || has("is")))
}

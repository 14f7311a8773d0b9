//! One sentence's promise cut into the acts that "and" joins, each with the words that are its own.

use super::due::times_in;
use super::plain::{ends_in, goes_on_with_time};
use crate::FactKind;
use crate::list;
use crate::scene::Scene;
use crate::text::Kind;

/// "And our own fitter will": so many words of a subject are looked through for their verb.
const NEW_SUBJECT_WORDS_MAX: usize = 4;

/// One promise, or several that "and" joins: "ring the depot at 8 and write to you by 9".
pub fn cut(scene: &Scene<'_>, start: usize, verb: usize, to: usize) -> Vec<(usize, usize)> {
    let text = scene.text();
    let mut pieces = Vec::new();
    let mut from = start;
    let mut at = verb;
    let mut end = to;
    while at < to {
        let inside_typed = scene.field.typed.iter().any(|t| t.from < at && at < t.to);
        if !inside_typed {
            let token = &text.tokens[at];
            let mark = token.kind == Kind::Punct
                && !token.skip
                && !matches!(
                    text.written(at),
                    "\"" | "'"
                        | "’"
                        | "“"
                        | "”"
                        | "£"
                        | "$"
                        | "€"
                        | "#"
                        | "%"
                        | "/"
                        | "+"
                        | "-"
                        | "&"
                );
            let hinge = scene.in_list(at, list::PROMISE_HINGE)
                || (scene.in_list(at, list::IF_WORD) && at > verb)
                || (scene.in_list(at, list::EVEN_WORD) && scene.in_list(at + 1, list::EVEN_BEHIND));
            // "on 1 October, 9 to 12, and take the old one away": a time, or "and" with a verb, goes on behind the comma.
            let goes_on = mark
                && text.written(at) == ","
                && (scene.field.typed.iter().any(|t| {
                    t.from == at + 1 && matches!(t.kind, FactKind::Time | FactKind::Date)
                }) || goes_on_with_time(scene, at + 1)
                    || scene.in_list(at + 1, list::PROMISE_AND)
                        && carried(scene, at + 2).is_some());
            if goes_on {
                at += 1;
                continue;
            }
            let act = mark
                && text.written(at) == ","
                && at > verb
                && scene.list_at(list::PROMISE_VERB, at + 1).is_some()
                && !scene.in_list(at + 2, list::PROMISE_US);
            // "I'll cancel the old one, place a new one and waive the postage": an act among several, not "…, call us".
            let among = || {
                scene.in_list(at + 2, list::PROMISE_THEM)
                    || (at + 2..to).any(|i| {
                        scene.in_list(i, list::PROMISE_AND) && carried(scene, i + 1).is_some()
                    })
            };
            // "I'll frame it on Monday, pour the pad on Tuesday": an act each, with a day each.
            let timed = || {
                let next = (at + 1..to)
                    .find(|i| text.tokens[*i].kind == Kind::Punct && !text.tokens[*i].skip)
                    .unwrap_or(to);
                !times_in(scene, from, at).is_empty() && !times_in(scene, at + 1, next).is_empty()
            };
            if act && (among() || timed()) {
                pieces.push((from, at));
                from = at + 1;
                at += 1;
                continue;
            }
            if mark
                || hinge
                || token.kind == Kind::Newline
                    && text
                        .tokens
                        .get(at + 1)
                        .is_none_or(|n| n.sentence != token.sentence)
            {
                end = at;
                break;
            }
            if scene.in_list(at, list::PROMISE_AND) && at > verb {
                let next = carried(scene, at + 1).unwrap_or(at + 1);
                // "Come and measure" is one act.
                // "It'll be strung and set up" is done at once.
                let past = |i: usize| {
                    scene
                        .field
                        .sets
                        .is_past(text.written(i), text.tokens[i].word)
                };
                let one = past(at - 1) && next < to && past(next);
                let own = !one
                    && (carried(scene, at + 1).is_some()
                        || both_timed(scene, (from, at), (at + 1, to)))
                    && !scene.in_list(at - 1, list::PROMISE_COME);
                let ranged =
                    scene.field.typed.iter().any(|t| {
                        t.from == at + 1 && matches!(t.kind, FactKind::Time | FactKind::Date)
                    }) && scene.field.typed.iter().any(|t| t.to == at);
                if !ranged && own {
                    pieces.push((from, at));
                    from = next;
                } else if !ranged && new_subject(scene, next) {
                    end = at;
                    break;
                }
            }
        }
        at += 1;
    }
    while end > from
        && (matches!(text.tokens[end - 1].kind, Kind::Newline | Kind::Emoji)
            || text.tokens[end - 1].skip)
    {
        end -= 1;
    }
    pieces.push((from, end.max(from + 1)));
    pieces
}

/// "… and she will ring you", "… and the fitter will come": somebody else's thought.
fn new_subject(scene: &Scene<'_>, at: usize) -> bool {
    scene.in_list(at, list::PROMISE_NEW_SUBJECT)
        || (at + 1..=at + NEW_SUBJECT_WORDS_MAX)
            .take_while(|i| !scene.in_list(*i, list::PROMISE_AND))
            .any(|i| scene.in_list(i, list::WILL_WORD))
}

/// The verb that carries a promise on behind "and", its adverbs and "will" stepped over: where it begins.
fn carried(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let mut next = at;
    let mut will = false;
    while scene.in_list(next, list::PROMISE_AND_ADVERB) {
        will |= scene.in_list(next, list::WILL_WORD);
        next += 1;
    }
    let verb = scene.list_at(list::PROMISE_VERB, next).is_some()
        || takes_object(scene, next)
        || will
            && scene.list_at(list::PROMISE_NOT, next).is_none()
            && scene
                .text()
                .tokens
                .get(next)
                .is_some_and(|token| token.kind == Kind::Word);
    verb.then_some(next)
}

/// "It clears customs tonight and rolls onto your drive on Friday": a verb of the same subject, with a time of its own.
fn both_timed(scene: &Scene<'_>, before: (usize, usize), behind: (usize, usize)) -> bool {
    let verb = behind.0;
    if verb >= behind.1 {
        return false;
    }
    let does = scene.in_list(verb, list::PROMISE_IS)
        || ends_in(scene.text().written(verb), "s")
            && !scene.in_list(verb, list::FUNCTION_WORDS)
            && !scene.in_list(verb, list::PROMISE_PLURAL_NOUN);
    let timed = |(from, to): (usize, usize)| !times_in(scene, from, to).is_empty();
    does && scene.in_list(verb - 1, list::PROMISE_AND) && timed(before) && timed(behind)
}

/// A word that takes an object as an act does, and is no preposition, name or past form: "and ping you", "and waive the fee".
fn takes_object(scene: &Scene<'_>, at: usize) -> bool {
    let text = scene.text();
    text.tokens.get(at).is_some_and(|token| {
        token.kind == Kind::Word
            && !token.capital
            && !scene.in_list(at, list::FUNCTION_WORDS)
            && !scene.in_list(at, list::PROMISE_NOT_ACT)
            && !scene.field.sets.is_past(text.written(at), token.word)
    }) && scene.in_list(at + 1, list::PROMISE_AND_OBJECT)
}

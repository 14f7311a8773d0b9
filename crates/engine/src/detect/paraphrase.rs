//! Saying it back: a sentence near the start of the draft that holds two or more of the customer's own content words.

use super::hit;
use crate::deck::Hit;
use crate::list;
use crate::pattern::Match;
use crate::review::echo::{self, Theirs};
use crate::scene::Scene;
use crate::sense::Sense;
use crate::text::Kind;
use std::cell::OnceCell;

/// Words that have to be shared with the message.
const SHARED_MIN: usize = 2;
/// Without a message at hand: telling words, or typed things, in a sentence that tells what happened.
const TELLING_MIN: usize = 3;
/// Only what stands before the answer says back; the answer itself comes soon.
const SENTENCES_MAX: usize = 4;

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    let text = scene.text();
    let theirs = echo::theirs(scene);
    let in_what_they_tell = OnceCell::new();
    let own = text
        .sentences
        .iter()
        .filter(|s| !s.masked)
        .take(SENTENCES_MAX);
    let mut first = true;
    for sentence in own {
        let from = (sentence.from..sentence.to).find(|at| {
            matches!(text.tokens[*at].kind, Kind::Word | Kind::Number) && !text.tokens[*at].masked
        });
        let Some(from) = from else { continue };
        // A sentence in quotation marks is theirs still.
        if from > sentence.from && matches!(text.written(from - 1), "\"" | "“" | "„" | "«" | "‘")
        {
            continue;
        }
        let whole = Match {
            from,
            to: sentence.to,
            show: (from, sentence.to),
        };
        let denies = Sense::named("reported").is_some_and(|sense| sense.holds(scene, whole));
        let logs = scene
            .list_in(list::BRICK_LOGS, from, sentence.to)
            .is_some_and(|(at, _)| !scene.in_list(at, list::YOU_WORD));
        // What blames says nothing back, unless their side was said first.
        let blames = scene
            .list_in(list::BLAME, from, sentence.to)
            .is_some_and(|(at, _)| {
                theirs.is_none_or(|theirs| shared(scene, theirs, from, at) < SHARED_MIN)
            });
        if denies || logs || blames {
            continue;
        }
        let to = (from..sentence.to)
            .rev()
            .find(|at| !matches!(text.tokens[*at].kind, Kind::Punct | Kind::Newline))
            .map_or(from, |at| at + 1);
        let back = match theirs {
            Some(theirs) => {
                let said = shared(scene, theirs, from, to);
                said >= SHARED_MIN
                    && !sentence_acts(scene, from, to)
                    && (first && nearly_all(scene, theirs, from, to)
                        || is_of_them(scene, said, from, to, first) && {
                            let told = in_what_they_tell.get_or_init(|| echo::told(scene));
                            shared(scene, told, from, to) >= SHARED_MIN
                        })
            }
            None => {
                opens(scene, from)
                    && told(scene, from, to) >= TELLING_MIN
                    && !(sentence.question
                        && scene.list_at(list::SAY_BACK_QUESTION, from).is_none())
            }
        };
        if back {
            return vec![hit(from, to)];
        }
        first &= text.salutation.is_some_and(|(_, end)| from < end);
    }
    Vec::new()
}

/// Whether a sentence begins as one that says back.
fn opens(scene: &Scene<'_>, from: usize) -> bool {
    scene.list_at(list::SAY_BACK, from).is_some()
        && scene.list_at(list::SAY_BACK_NOT, from).is_none()
}

/// Whether a sentence that holds so many of their words tells what happened to them: it opens as such a sentence does, is sorry or sees
/// why, speaks of what is theirs, or comes first; and it tells of what was, mostly in their words. "The large room is booked one day
/// ahead" answers, and so does what we, or they, can or will do.
fn is_of_them(scene: &Scene<'_>, said: usize, from: usize, to: usize, first: bool) -> bool {
    let any = |list| (from..to).any(|at| scene.in_list(at, list));
    let has = |list| scene.list_in(list, from, to).is_some();
    let mostly = 2 * said >= told(scene, from, to);
    let tells = has(list::PAST_TENSE);
    if (tells || mostly) && (has(list::EMPATHY) || has(list::ACK)) {
        return true;
    }
    if opens(scene, from) && scene.list_at(list::SAY_BACK_PLAIN, from).is_some() {
        return true;
    }
    let of_them = any(list::YOU_WORD) || any(list::PROMISE_YOURS);
    // What is ours as well has to be theirs, and come first.
    let place = match any(list::PROMISE_WE) {
        true => of_them && first,
        false => of_them || first,
    };
    place && tells && mostly && !any(list::WILL_WORD) && !any(list::CAN_WORD)
}

/// Whether a sentence, or what stands before its colon, holds hardly a word that is not theirs.
fn nearly_all(scene: &Scene<'_>, theirs: &Theirs, from: usize, to: usize) -> bool {
    let to = (from..to)
        .find(|at| scene.text().written(*at) == ":")
        .unwrap_or(to);
    let shared = shared(scene, theirs, from, to);
    shared > SHARED_MIN && 4 * shared >= 3 * told(scene, from, to)
}

/// A sentence about what we do or will do answers; it does not say back.
fn sentence_acts(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    scene.in_list(from, list::OWN_ACT_OPENER)
        && scene.list_at(list::SAY_BACK, from).is_none()
        && scene.list_in(list::REPAIR_ACT, from, to).is_some()
}

/// How many different words of theirs stand in tokens `from..to`; words of one family count where the draft's own are.
fn shared(scene: &Scene<'_>, theirs: &Theirs, from: usize, to: usize) -> usize {
    different((from..to).filter_map(|at| {
        echo::content(scene, scene.text(), at)
            .filter(|stem| theirs.meet(scene, at, *stem).is_some())
    }))
}

fn told(scene: &Scene<'_>, from: usize, to: usize) -> usize {
    different((from..to).filter_map(|at| echo::content(scene, scene.text(), at)))
}

fn different(stems: impl Iterator<Item = u64>) -> usize {
    let mut stems: Vec<u64> = stems.collect();
    stems.sort_unstable();
    stems.dedup();
    stems.len()
}

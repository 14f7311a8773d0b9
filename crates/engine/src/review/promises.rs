//! Promises in a draft: who, what, by when, vague or conditional.

pub(crate) mod due;
mod pieces;

use crate::list;
use crate::scene::Scene;
use crate::text::Kind;
use crate::{FactKind, Promise};
use due::{due, times_in};
use pieces::cut;

/// A subject is seldom longer.
const SUBJECT_WORDS_MAX: usize = 6;
/// More promises than these in one draft are not followed.
const PROMISES_MAX: usize = 24;

/// One promise as it is read: tokens and the times that belong to it.
struct Made {
    from: usize,
    to: usize,
    sentence: (usize, usize),
    /// Carried on by "and" from the one before.
    joined: bool,
    /// "I can have it ready": it hangs on their wish.
    offered: bool,
    dates: Vec<usize>,
}

/// The promises of the scene's text, in its order.
pub fn find(scene: &Scene<'_>) -> Vec<Promise> {
    let text = scene.text();
    let mut made: Vec<Made> = Vec::new();
    for sentence in &text.sentences {
        if sentence.masked || sentence.question {
            continue;
        }
        in_sentence(scene, sentence.from, sentence.to, &mut made);
    }
    made.truncate(PROMISES_MAX);
    let mut promises: Vec<Promise> = Vec::new();
    for index in 0..made.len() {
        let own = &made[index];
        // "I'll call and write tomorrow": the first shares the time of the second.
        let shared = if own.dates.is_empty() {
            made.get(index + 1)
                .filter(|next| next.joined && next.sentence == own.sentence)
                .map(|next| &next.dates)
        } else {
            None
        };
        let dates = shared.unwrap_or(&own.dates);
        let day_before = (own.joined && index > 0)
            .then(|| {
                made[index - 1]
                    .dates
                    .iter()
                    .find(|t| scene.field.typed[**t].kind == FactKind::Date)
            })
            .flatten();
        let due = scene
            .context
            .now
            .and_then(|now| due(scene, dates, day_before.copied(), now));
        let (from, to) = own.sentence;
        let conditional = scene
            .list_in(list::PROMISE_CONDITION, from, to)
            .is_some_and(|(at, _)| {
                // "I'll write to know if it is gone" wonders.
                if at > from && scene.in_list(at - 1, list::PROMISE_WONDER) {
                    return false;
                }
                // "…, and if nobody answers I'll try again": the condition is the next one's.
                let next = made.get(index + 1).filter(|n| n.sentence == own.sentence);
                let of_next = at >= own.to
                    && next.is_some_and(|n| at < n.from)
                    && scene.in_list(at.saturating_sub(1), list::PROMISE_JOINT);
                !of_next && (at < own.from || at < own.to + 8)
            })
            && scene.list_in(list::PROMISE_ANYWAY, from, to).is_none();
        let (who, what) = who_and_what(scene, own.from, own.to);
        promises.push(Promise {
            span: text.span(own.from, own.to),
            who,
            what,
            due: due.map(|d| due::written(&d)),
            vague: dates.is_empty() && is_vague(scene, own.from, own.to),
            conditional: conditional || own.offered,
        });
    }
    promises
}

fn in_sentence(scene: &Scene<'_>, from: usize, to: usize, made: &mut Vec<Made>) {
    let text = scene.text();
    let mut at = from;
    let mut free = from;
    while at < to {
        let token = &text.tokens[at];
        let (lead, timed) = if token.masked || token.skip {
            (None, false)
        } else {
            match scene.list_at(list::PROMISE_LEAD, at) {
                Some(end) => (Some(end), false),
                None => (scene.list_at(list::PROMISE_LEAD_TIMED, at), true),
            }
        };
        let Some(verb) = lead.filter(|end| *end <= to) else {
            at += 1;
            continue;
        };
        let offered = scene.list_at(list::PROMISE_OFFER, at).is_some();
        let continuous = scene.in_list(at, list::PROMISE_WE)
            && scene.in_list(at + 1, list::PROMISE_AM)
            && !scene.in_list(verb - 1, list::TO_WORD);
        let start = subject(scene, free, at);
        let retold = (free..start)
            .rev()
            .take(3)
            .any(|i| scene.list_at(list::PROMISE_REPORTED, i).is_some());
        let theirs = scene.list_at(list::PROMISE_THEIRS, start).is_some();
        // "I can't promise it will come on Friday" promises nothing.
        let denied = (free..at).rev().take(5).any(|i| {
            scene.in_list(i, list::NEVER_WORD) && scene.in_list(i + 1, list::PROMISE_DENIED_VERB)
        });
        if retold
            || theirs
            || denied
            || scene.list_at(list::PROMISE_NOT, verb).is_some()
            || scene.in_list(verb, list::NEVER_WORD)
        {
            at = verb.max(at + 1);
            continue;
        }
        let mut pieces = cut(scene, start, verb, to);
        // What stands behind a semicolon is another thought.
        let since = (free..start)
            .rev()
            .find(|i| text.written(*i) == ";")
            .map_or(free, |i| i + 1);
        let last = pieces.last().map_or(verb, |p| p.1);
        let vague = timed && is_vague(scene, start, last);
        // A time right behind the comma, or before the subject, belongs to it.
        for (index, piece) in pieces.iter_mut().enumerate() {
            let mut dates = times_in(scene, piece.0, piece.1);
            if dates.is_empty() && piece.1 == last {
                let behind = times_in(scene, piece.1, (piece.1 + 8).min(to));
                if let Some(first) = behind.first().map(|t| &scene.field.typed[*t])
                    && first.from <= piece.1 + 3
                    && text
                        .tokens
                        .get(piece.1)
                        .is_some_and(|t| t.kind == Kind::Punct)
                {
                    piece.1 = first.to;
                    dates = times_in(scene, piece.0, piece.1);
                }
            }
            if index == 0 {
                // "On Thursday Ana will visit"; "Tomorrow at 4 I'll ring": what stands before goes with what is inside.
                // The day of a condition is its own: "If you send it today, I'll order the part on Friday".
                let hangs = scene
                    .list_in(list::PROMISE_CONDITION, since, piece.0)
                    .is_some();
                if !hangs || dates.is_empty() {
                    let mut fronted = times_in(scene, since, piece.0);
                    fronted.extend(dates);
                    dates = fronted;
                }
            }
            // "I'm ringing the depot and will come back to you": the second piece has a "will" of its own.
            let own_will = index > 0 && scene.in_list(piece.0.saturating_sub(1), list::WILL_WORD);
            if continuous && dates.is_empty() && !own_will {
                continue;
            }
            // Some words promise only beside a time: "the fitter comes on Friday", not "the bus comes".
            let hangs = scene
                .list_in(list::PROMISE_CONDITION, since, piece.0)
                .is_some_and(|(at, _)| (at..piece.0).any(|i| text.written(i) == ","));
            if timed && index == 0 && dates.is_empty() && !hangs && !vague {
                break;
            }
            // "I can send it" is an offer; "if you want, I can send it on Monday" waits for a word of theirs.
            if offered && scene.list_in(list::PROMISE_CONDITION, from, to).is_none() {
                break;
            }
            made.push(Made {
                from: piece.0,
                to: piece.1,
                sentence: (from, to),
                joined: index > 0,
                offered,
                dates,
            });
        }
        at = pieces.last().map_or(verb, |p| p.1).max(verb).max(at + 1);
        free = at;
    }
}

/// The subject of a lead that begins with its verb: "Your refund" in "Your refund will be with you", "Ana" in "Ana will visit".
fn subject(scene: &Scene<'_>, free: usize, at: usize) -> usize {
    if !scene.in_list(at, list::PROMISE_BARE_LEAD) {
        return at;
    }
    let text = scene.text();
    let mut start = at;
    for i in (free..at).rev().take(SUBJECT_WORDS_MAX) {
        let typed =
            scene.field.typed.iter().any(|t| {
                t.from <= i && i < t.to && matches!(t.kind, FactKind::Date | FactKind::Time)
            });
        if typed
            || matches!(text.tokens[i].kind, Kind::Punct | Kind::Newline) && !text.tokens[i].skip
            || scene.in_list(i, list::PROMISE_SUBJECT_STOP)
        {
            break;
        }
        start = i;
    }
    start
}

/// Who will do it, where the words name somebody, and what: "our engineer" and "call you at nine".
pub(crate) fn who_and_what(
    scene: &Scene<'_>,
    from: usize,
    to: usize,
) -> (Option<crate::Span>, crate::Span) {
    let text = scene.text();
    let helper = (from..to).find(|at| scene.in_list(*at, list::PROMISE_AUX));
    let Some(helper) = helper.filter(|at| at - from <= SUBJECT_WORDS_MAX) else {
        return (None, text.span(from, to));
    };
    let verb = (helper..to)
        .find(|at| {
            !scene.in_list(*at, list::PROMISE_AUX) && !scene.in_list(*at, list::PROMISE_ADVERB)
        })
        .unwrap_or(helper);
    let who = (from..helper)
        .find(|at| text.tokens[*at].kind == Kind::Word)
        .filter(|at| !scene.in_list(*at, list::PROMISE_NOBODY))
        .map(|at| text.span(at, helper));
    (who, text.span(verb, to))
}

/// Whether tokens `from..to` promise at a time that is none ("soon"), or to be in touch at no time at all.
pub(crate) fn is_vague(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    scene.list_in(list::TIME_VAGUE, from, to).is_some()
        || scene.list_in(list::PROMISE_IN_TOUCH, from, to).is_some()
}

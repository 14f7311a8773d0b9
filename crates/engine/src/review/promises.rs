//! Promises in a draft: who, what, by when, vague or conditional.

pub(crate) mod anchor;
pub(crate) mod due;
pub(crate) mod pieces;
pub(crate) mod plain;
mod zone;

use crate::learned::ActSpans;
use crate::list;
use crate::scene::Scene;
use crate::text::Kind;
use crate::words::CLITIC_S;
use crate::{FactKind, Promise};
use due::{due, says_when, times_in};
use pieces::cut;

/// A subject is seldom longer.
const SUBJECT_WORDS_MAX: usize = 6;
/// "They told us it will come", "they told us on Sunday that it will come": so many tokens are looked through for the telling.
const REPORTED_MAX: usize = 3;
const REPORTED_THAT_MAX: usize = 8;
/// An aside between commas is at most so many words.
const ASIDE_MAX: usize = 5;
/// A condition further behind a promise is not its own.
const CONDITION_BEHIND_MAX: usize = 8;
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

/// The promises of the scene's text, in its order. `places`: where a reader hears one, and where it hears none. What it alone hears
/// is one of those very words.
pub fn find(scene: &Scene<'_>, places: &ActSpans) -> Vec<Promise> {
    let text = scene.text();
    let mut made: Vec<Made> = Vec::new();
    for sentence in &text.sentences {
        if sentence.masked || sentence.question && !is_tag(scene, sentence.to) {
            continue;
        }
        let before = made.len();
        in_sentence(scene, sentence.from, sentence.to, &mut made);
        let taken: Vec<(usize, usize)> = made[before..].iter().map(|m| (m.from, m.to)).collect();
        for found in plain::find(scene, sentence.from, sentence.to, &taken) {
            made.push(Made {
                from: found.from,
                to: found.to,
                sentence: (sentence.from, sentence.to),
                joined: false,
                offered: false,
                dates: found.dates,
            });
        }
        let bytes = |own: &Made| text.bytes(own.from, own.to);
        let mut shown = made.split_off(before);
        shown.retain(|own| places.leave(bytes(own)));
        let spans: Vec<_> = shown.iter().map(bytes).collect();
        let own = text.bytes(sentence.from, sentence.to);
        let beside = places.beside(own, &spans);
        shown.extend(beside.map(|span| of_words(scene, span, (sentence.from, sentence.to))));
        shown.sort_by_key(|m| m.from);
        made.extend(shown);
    }
    made.truncate(PROMISES_MAX);
    let mut promises: Vec<Promise> = Vec::new();
    for index in 0..made.len() {
        let own = &made[index];
        // "I'll call and write tomorrow": the first shares the time of the second.
        let now = scene.list_in(list::PROMISE_NOW, own.from, own.to).is_some();
        let shared = if own.dates.is_empty() && !now {
            made.get(index + 1)
                .filter(|next| next.joined && next.sentence == own.sentence)
                .map(|next| &next.dates)
        } else {
            None
        };
        let dates = shared.unwrap_or(&own.dates);
        let words = (own.from, own.to);
        let day_before = day_before(scene, own, index.checked_sub(1).map(|before| &made[before]));
        let due = scene
            .context
            .now
            .and_then(|now| due(scene, words, dates, day_before, now));
        let next = made.get(index + 1).filter(|n| n.sentence == own.sentence);
        let (who, what) = who_and_what(scene, own.from, own.to);
        promises.push(Promise {
            span: text.span(own.from, own.to),
            who,
            what,
            due: due.map(|d| due::written(&d)),
            vague: !says_when(scene, words, dates) && is_vague(scene, own.from, own.to),
            conditional: own.offered || hangs(scene, own, next),
        });
    }
    promises
}

/// Words, as bytes, that promise in a way of their own.
fn of_words(scene: &Scene<'_>, (start, end): (usize, usize), sentence: (usize, usize)) -> Made {
    let text = scene.text();
    let from = text.token_at(start).clamp(sentence.0, sentence.1 - 1);
    let to = (text.token_at(end - 1) + 1).clamp(from + 1, sentence.1);
    let mut dates = times_in(scene, from, to);
    if dates.is_empty() {
        dates = times_in(scene, sentence.0, from);
        dates.retain(|t| goes_with(scene, *t, &[]));
    }
    Made {
        from,
        to,
        sentence,
        joined: (from.saturating_sub(2)..from).any(|i| scene.in_list(i, list::PROMISE_JOINT)),
        offered: false,
        dates,
    }
}

/// "Someone will ring you, okay?": a statement for all its mark.
fn is_tag(scene: &Scene<'_>, to: usize) -> bool {
    let text = scene.text();
    let mark = (0..to).rev().find(|i| text.written(*i) == "?");
    mark.is_some_and(|mark| {
        mark > 1 && scene.in_list(mark - 1, list::QUESTION_TAG) && text.written(mark - 2) == ","
    })
}

/// The day that holds on for a promise: the one of the promise that it is joined to, or the one named last where it says
/// "that same afternoon", "the day before".
fn day_before(scene: &Scene<'_>, own: &Made, before: Option<&Made>) -> Option<usize> {
    let typed = &scene.field.typed;
    let says = |list| scene.list_in(list, own.from, own.to).is_some();
    if [list::SAME_DAY, list::NEXT_DAY, list::DAY_AHEAD]
        .into_iter()
        .any(says)
    {
        return (0..typed.len())
            .rfind(|t| typed[*t].kind == FactKind::Date && typed[*t].to <= own.from);
    }
    let joined = before.filter(|_| own.joined)?;
    let mut dates = joined.dates.iter().copied();
    dates.find(|t| typed[*t].kind == FactKind::Date)
}

/// Whether a promise hangs on something that its sentence names.
fn hangs(scene: &Scene<'_>, own: &Made, next: Option<&Made>) -> bool {
    let (from, to) = own.sentence;
    if scene.list_in(list::PROMISE_ANYWAY, from, to).is_some() {
        return false;
    }
    let mut after = from;
    while let Some((at, end)) = scene.list_in(list::PROMISE_CONDITION, after, to) {
        after = end.max(at + 1);
        // "I'll write to know if it is gone" wonders; "as soon as I can" is a time, if a vague one.
        let wonders = at > from && scene.in_list(at - 1, list::PROMISE_WONDER);
        if wonders || scene.list_at(list::TIME_VAGUE, at).is_some() {
            continue;
        }
        // "…, and if nobody answers I'll try again": the condition is the next one's.
        let of_next = at >= own.to
            && next.is_some_and(|n| at < n.from)
            && scene.in_list(at.saturating_sub(1), list::PROMISE_JOINT);
        if !of_next && at < own.to + CONDITION_BEHIND_MAX {
            return true;
        }
    }
    false
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
            && !scene.in_list(verb - 1, list::TO_WORD)
            && scene.list_at(list::PROMISE_GIVING, at).is_none();
        let start = subject(scene, free, at);
        let that = start > free && scene.in_list(start - 1, list::THAT_WORD);
        let retold = (start..at).any(|i| {
            scene.in_list(i, list::WAS_WORD) || scene.list_at(list::PROMISE_REPORTED, i).is_some()
        }) || (free..start)
            .rev()
            .take(if that {
                REPORTED_THAT_MAX
            } else {
                REPORTED_MAX
            })
            .take_while(|i| !scene.in_list(*i, list::PROMISE_JOINT))
            .any(|i| {
                // "As promised, it goes out tonight".
                let kept = i > from && scene.in_list(i - 1, list::AS_WORD);
                !kept && scene.list_at(list::PROMISE_REPORTED, i).is_some()
            });
        // "You will bring it", "your bank will write": theirs to promise. What they will get is ours, and has leads of its own.
        let theirs = (free.max(start.saturating_sub(1))..=start)
            .any(|i| scene.list_at(list::PROMISE_THEIRS, i).is_some())
            || start < at && scene.in_list(start, list::PROMISE_THEIR_SELF);
        // "I can't promise it will come on Friday" promises nothing.
        let denied = (free..at).rev().take(5).any(|i| {
            scene.in_list(i, list::NEVER_WORD) && scene.in_list(i + 1, list::PROMISE_DENIED_VERB)
        });
        // "When he returns at three": what others wait for. "If they're in Dr Shah will phone" has lost its comma.
        let under = start > free
            && scene.in_list(start - 1, list::PROMISE_UNDER)
            && !scene.in_list(start - 1, list::WHICH_WORD)
            && is_bare(scene, at)
            && !scene.in_list(at, list::WILL_WORD);
        if retold
            || theirs
            || under
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
        let thought = (since..start)
            .rev()
            .find(|i| scene.in_list(*i, list::PROMISE_JOINT))
            .map_or(since, |i| i + 1);
        // "Refunds are usually paid within five days" tells what is so as a rule.
        // "Your courier is collecting it on Friday, you wrote" repeats what others said.
        if scene.list_in(list::PROMISE_HABIT, thought, last).is_some()
            || (last..to.min(last + 3))
                .any(|i| scene.list_at(list::PROMISE_RETOLD_BEHIND, i).is_some())
        {
            at = last.max(at + 1);
            free = at;
            continue;
        }
        // "I'm taking it off and ringing them, both before noon": the time is that of both.
        let shared = pieces.len() > 1
            && !pieces[1..]
                .iter()
                .any(|piece| scene.in_list(piece.0 - 1, list::WILL_WORD))
            && !times_in(scene, pieces[1].0, (last + 2 * ASIDE_MAX).min(to)).is_empty();
        let vague = timed && is_vague(scene, start, last);
        let pieces_many = pieces.len() > 1;
        let before = made.len();
        // A time right behind the comma, or before the subject, belongs to it.
        for (index, piece) in pieces.iter_mut().enumerate() {
            let mut dates = times_in(scene, piece.0, piece.1);
            if dates.is_empty() && piece.1 == last {
                let behind = times_in(scene, piece.1, to);
                // "You'll have it, good or bad, by noon."
                let aside =
                    (piece.1 + 1..piece.1 + ASIDE_MAX).any(|i| i < to && text.written(i) == ",");
                if let Some(first) = behind.first().map(|t| &scene.field.typed[*t])
                    && first.from <= piece.1 + if aside { 2 * ASIDE_MAX } else { 3 }
                    && text
                        .tokens
                        .get(piece.1)
                        .is_some_and(|t| t.kind == Kind::Punct)
                {
                    // "17.00 on Thursday" is one time in two.
                    piece.1 =
                        behind
                            .iter()
                            .map(|t| &scene.field.typed[*t])
                            .fold(
                                first.to,
                                |end, t| if t.from <= end + 2 { t.to } else { end },
                            );
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
                    let mut fronted = times_in(scene, thought, piece.0);
                    if fronted.is_empty() {
                        fronted = times_in(scene, since, piece.0);
                    }
                    fronted.retain(|t| goes_with(scene, *t, &dates));
                    fronted.extend(dates);
                    dates = fronted;
                }
            }
            // "I'm ringing the depot and will come back to you": the second piece has a "will" of its own.
            let own_will = index > 0 && scene.in_list(piece.0.saturating_sub(1), list::WILL_WORD);
            if continuous && !says_when(scene, *piece, &dates) && !own_will && !shared {
                continue;
            }
            // Some words promise only beside a time: "the fitter comes on Friday", not "the bus comes".
            let hangs = scene
                .list_in(list::PROMISE_CONDITION, since, piece.0)
                .is_some_and(|(at, _)| (at..piece.0).any(|i| text.written(i) == ","));
            let said = says_when(scene, *piece, &dates);
            // "Let me ask the depot and come back to you by noon" promises both.
            let lets = pieces_many && scene.in_list(at, list::PROMISE_LET);
            if timed && index == 0 && !said && !hangs && !vague && !lets {
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
        // What was none may hold one: "as soon as it arrives we'll ship yours".
        if made.len() == before {
            at = verb.max(at + 1);
            continue;
        }
        at = pieces.last().map_or(verb, |p| p.1).max(verb).max(at + 1);
        free = at;
    }
}

/// Whether a time before the subject goes with the promise's own: it names what they do not, and no day behind us ("we got
/// it on Monday and will reply by noon").
fn goes_with(scene: &Scene<'_>, fronted: usize, own: &[usize]) -> bool {
    let typed = &scene.field.typed;
    let kind = typed[fronted].kind;
    let today = scene.context.now.map(jiff::Zoned::date);
    let day = typed[fronted].value.as_deref();
    let day = day.and_then(|value| value.parse::<jiff::civil::Date>().ok());
    let behind = kind == FactKind::Date && today.zip(day).is_some_and(|(today, day)| day < today);
    !behind && !own.iter().any(|t| typed[*t].kind == kind)
}

/// Whether a lead leaves its subject before it, as "will" does, and the "'s" of "Ana's coming".
fn is_bare(scene: &Scene<'_>, at: usize) -> bool {
    scene.in_list(at, list::PROMISE_BARE_LEAD) || scene.text().tokens[at].word == CLITIC_S
}

/// The subject of a lead that begins with its verb: "Your refund" in "Your refund will be with you", "Ana" in "Ana will visit".
fn subject(scene: &Scene<'_>, free: usize, at: usize) -> usize {
    if !is_bare(scene, at) {
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

//! What they say that we said or promised: the words, who, and the day it was to be.

mod due;
mod quoted;

use crate::Promise;
use crate::learned::ActSpans;
use crate::list::{self, ListId};
use crate::review::promises::{is_vague, pieces, plain, who_and_what};
use crate::scene::Scene;
use crate::text::{Kind, Text};

/// What somebody says that we said is shown up to so many tokens.
const TOLD_TOKENS_MAX: usize = 24;
/// Who told it stands at most so many tokens before the telling.
const TELLER_TOKENS_MAX: usize = 10;
/// "None of your staff told me": nobody stands at most so many tokens before the telling.
const NOBODY_TOKENS_MAX: usize = 4;
/// More than these in one message are not followed.
const TOLD_MAX: usize = 16;

/// From the words that tell it to the end of what is told.
pub fn span(text: &Text<'_>, show: (usize, usize)) -> crate::Span {
    let end = end_of(
        text,
        show.1.max(show.0 + 1),
        text.sentence_of(show.0).to,
        show.0,
    );
    text.span(show.0, end)
}

/// How something is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// The verb itself undertakes: "promised", "guaranteed", "swore".
    Undertaken,
    /// What follows may lie ahead or not: "said", "told me".
    Said,
    /// Nobody is named who said it: "it was meant to arrive", "the refund was due".
    Due,
    /// "Nobody rang as agreed".
    Agreed,
    /// "He goes: “…”": only words between quotation marks can tell.
    Quoting,
}

/// One telling, in tokens: where its clause begins, where the telling does, and what is told.
struct Telling {
    way: Way,
    from: usize,
    verb: usize,
    told: usize,
    to: usize,
    /// What is told: behind the telling, or before it ("it'd be here by nine, you said").
    content: (usize, usize),
}

/// What they say that we promised, in the text's order. `places`: where a reader hears such a telling, and where it hears none. What
/// it alone hears tells in those very words.
pub fn find(scene: &Scene<'_>, places: &ActSpans) -> Vec<Promise> {
    let text = scene.text();
    let ways = WAYS.map(|(list, way)| scene.may_hold(list).then_some((list, way)));
    if ways.iter().all(Option::is_none) && places.is_empty() {
        return Vec::new();
    }
    let mut past = None;
    let mut found: Vec<Promise> = Vec::new();
    for sentence in text.sentences.iter().filter(|s| !s.masked) {
        let before = found.len();
        let mut at = sentence.from;
        while at < sentence.to && found.len() < TOLD_MAX {
            let goes_on = found.len() > before;
            let telling = telling(scene, &ways, at, (sentence.from, sentence.to), goes_on);
            let Some(telling) = telling else {
                at += 1;
                continue;
            };
            at = telling.told.max(at + 1);
            if !is_ours(scene, &telling, sentence.question) {
                continue;
            }
            let past = *past.get_or_insert_with(|| due::is_past(scene));
            if let Some(quoted) = quoted::promise(scene, &telling, past) {
                found.push(quoted);
            } else if undertakes(scene, &telling) {
                found.extend(acts(scene, &telling).map(|act| promise(scene, &act, past)));
            } else {
                continue;
            }
            at = at.max(telling.to);
        }
        let mut shown = found.split_off(before);
        shown.retain(|own| places.leave(own.span.start..own.span.end));
        let spans: Vec<_> = shown
            .iter()
            .map(|own| own.span.start..own.span.end)
            .collect();
        for (start, end) in places.beside(text.bytes(sentence.from, sentence.to), &spans) {
            let from = text.token_at(start).clamp(sentence.from, sentence.to - 1);
            let to = (text.token_at(end - 1) + 1).clamp(from + 1, sentence.to);
            let telling = Telling {
                way: Way::Said,
                from,
                verb: from,
                told: from,
                to,
                content: (from, to),
            };
            let past = *past.get_or_insert_with(|| due::is_past(scene));
            shown.push(promise(scene, &telling, past));
        }
        shown.sort_by_key(|own| own.span.start);
        found.extend(shown);
    }
    found.truncate(TOLD_MAX);
    found
}

/// By which list each way is known, the surest first.
const WAYS: [(ListId, Way); 5] = [
    (list::TOLD_UNDERTAKEN, Way::Undertaken),
    (list::TOLD_SAID, Way::Said),
    (list::TOLD_DUE, Way::Due),
    (list::TOLD_AGREED, Way::Agreed),
    (list::TOLD_QUOTING, Way::Quoting),
];

/// The telling that begins at token `at`. `goes_on`: something was told before it in its sentence.
fn telling(
    scene: &Scene<'_>,
    ways: &[Option<(ListId, Way)>],
    at: usize,
    (from, to): (usize, usize),
    goes_on: bool,
) -> Option<Telling> {
    let text = scene.text();
    let token = text.tokens.get(at)?;
    if goes_on
        && !token.masked
        && let Some(told) = more_told(scene, at)
    {
        let end = until_more(scene, told, end_of(text, told, to, at).max(told));
        return Some(Telling {
            way: Way::Said,
            from: told,
            verb: told,
            told,
            to: end,
            content: (told, end),
        });
    }
    if token.masked || token.skip || token.kind != Kind::Word {
        return None;
    }
    let (way, told) = ways
        .iter()
        .flatten()
        .find_map(|(list, way)| Some((*way, scene.list_at(*list, at)?)))?;
    let start = (from.max(at.saturating_sub(TELLER_TOKENS_MAX))..at)
        .rev()
        .find(|i| {
            let mark = matches!(text.tokens[*i].kind, Kind::Punct | Kind::Newline);
            mark && !text.tokens[*i].skip || scene.in_list(*i, list::TOLD_JOINT)
        })
        .map_or(from.max(at.saturating_sub(TELLER_TOKENS_MAX)), |i| i + 1);
    let end = end_of(text, told, to, at).max(told);
    let nothing = (told..end).all(|i| matches!(text.tokens[i].kind, Kind::Punct | Kind::Newline));
    // "A week on Tuesday, your foreman said, when I saw him".
    let aside =
        end > told && text.written(told) == "," && start > from && text.written(start - 1) == ",";
    let end = if aside {
        told
    } else {
        until_more(scene, told, end)
    };
    let before = (nothing || aside) && way == Way::Said && start > from;
    Some(Telling {
        way,
        from: start,
        verb: at,
        told,
        to: end,
        content: if before { (from, start) } else { (told, end) },
    })
}

/// ", and that you'd reseed the lawn": where what is told there begins.
fn more_told(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let end = scene.list_at(list::TOLD_GOES_ON, at)?;
    (at..end)
        .rfind(|i| scene.in_list(*i, list::THAT_WORD))
        .map(|i| i + 1)
}

/// Tokens `from..to` up to where more is told.
fn until_more(scene: &Scene<'_>, from: usize, to: usize) -> usize {
    (from..to)
        .find(|i| more_told(scene, *i).is_some())
        .unwrap_or(to)
}

/// Whether it was one of ours who told: not they themselves, nobody at all, a friend or another house; and told, not supposed.
fn is_ours(scene: &Scene<'_>, telling: &Telling, question: bool) -> bool {
    let Telling {
        way,
        from,
        verb,
        told,
        to,
        ..
    } = *telling;
    let supposed = scene.list_in(list::TOLD_SUPPOSED, from, told).is_some()
        || question && scene.list_at(list::TOLD_ASKED, from).is_some();
    let any = |list| (from..verb).any(|i| scene.in_list(i, list));
    let theirs = matches!(way, Way::Undertaken | Way::Said | Way::Quoting)
        && any(list::TOLD_MY)
        && !any(list::TOLD_YOUR);
    // "My husband was told Tuesday": by us.
    let received = verb > from
        && (scene.in_list(verb - 1, list::WAS_WORD) || scene.in_list(verb - 1, list::BEEN_WORD));
    let stranger =
        !received && (theirs || scene.list_in(list::TOLD_STRANGER, from, told).is_some());
    // "I told", "we had promised", but "I was told", "we were promised".
    let own = !scene.in_list(verb, list::TOLD_RECEIVED)
        && (from..verb)
            .rev()
            .find(|i| !scene.in_list(*i, list::TOLD_BESIDE))
            .is_some_and(|i| scene.in_list(i, list::PROMISE_WE));
    let by_others = scene.list_in(list::TOLD_BY_OTHERS, told, to).is_some();
    !supposed
        && !stranger
        && !own
        && !by_others
        && (way == Way::Agreed
            || scene.in_list(verb, list::TOLD_THING)
            || !is_nobody(scene, from, verb))
}

/// "You never said", "nobody told me", not "I have not had the refund you promised".
fn is_nobody(scene: &Scene<'_>, from: usize, verb: usize) -> bool {
    (from.max(verb.saturating_sub(NOBODY_TOKENS_MAX))..verb)
        .rev()
        .take_while(|i| !scene.in_list(*i, list::TOLD_SUBJECT))
        .any(|i| scene.in_list(i, list::TOLD_NOBODY))
}

/// Whether what is told is something that we were to do or they were to get.
fn undertakes(scene: &Scene<'_>, telling: &Telling) -> bool {
    let Telling {
        way,
        from,
        verb,
        content: (told, to),
        ..
    } = *telling;
    if scene.list_at(list::TOLD_OWN_ACT, told).is_some() {
        return false;
    }
    match way {
        Way::Quoting => false,
        Way::Undertaken => true,
        // "It should have been here on Saturday"; without a day it only says how things ought to be.
        Way::Due if scene.list_at(list::TOLD_TIMED, verb).is_some() => {
            due::is_timed(scene, told, to)
        }
        Way::Due => true,
        Way::Agreed => (from..verb).any(|i| scene.in_list(i, list::TOLD_NOBODY)),
        // "You told me to restart it".
        Way::Said if scene.list_at(list::TOLD_INSTRUCTED, told).is_some() => false,
        Way::Said => {
            scene.list_in(list::TOLD_AHEAD, told, to).is_some()
                || due::opens_with_time(scene, told, to)
                // "According to your email, the replacement ships today".
                || !plain::find(scene, told, to, &[]).is_empty()
        }
    }
}

/// "She said she'd look into it and phone me on Monday" tells two.
fn acts(scene: &Scene<'_>, telling: &Telling) -> impl Iterator<Item = Telling> {
    let Telling {
        way,
        from,
        verb,
        told,
        to,
        content,
    } = *telling;
    let mut pieces = match way {
        Way::Undertaken | Way::Said | Way::Due if content.0 == told => {
            pieces::cut(scene, from, told, to)
        }
        _ => vec![(from, to)],
    };
    // Where it is not several, it is what it was.
    if let Some(last) = pieces.last_mut() {
        last.1 = to;
    }
    pieces.into_iter().enumerate().map(move |(index, (a, b))| {
        let (verb, told) = if index == 0 { (verb, told) } else { (a, a) };
        Telling {
            way,
            from: a,
            verb,
            told,
            to: b,
            content: match index {
                0 if content.0 != told => content,
                0 => (told, b),
                _ => (a, b),
            },
        }
    })
}

fn promise(scene: &Scene<'_>, telling: &Telling, past: bool) -> Promise {
    let text = scene.text();
    let (from, to) = (telling.from.min(telling.content.0), telling.to);
    let (who, what) = who_and_what(scene, from, to);
    let due = due::due(scene, telling, past);
    let timed = due::is_timed(scene, from, to);
    Promise {
        span: text.span(from, to),
        who,
        what,
        vague: due.is_none() && !timed && is_vague(scene, from, to),
        due: due.map(|due| crate::review::promises::due::written(&due)),
        conditional: false,
    }
}

/// Where what is told ends that goes on from token `at` of a sentence that ends at `to`.
fn end_of(text: &Text<'_>, at: usize, to: usize, from: usize) -> usize {
    let mut end = at;
    while end < to && end - from < TOLD_TOKENS_MAX {
        let token = &text.tokens[end];
        let new_thought = matches!(token.kind, Kind::Punct)
            && !token.skip
            && matches!(
                text.written(end),
                "." | "!" | "?" | ";" | "…" | "—" | "–" | "(" | ")"
            );
        let turns = ["but", "and"]
            .iter()
            .any(|joint| text.written(end).eq_ignore_ascii_case(joint))
            && end > 0
            && text.written(end - 1) == ",";
        if new_thought || turns {
            break;
        }
        end += 1;
    }
    while end > at && matches!(text.tokens[end - 1].kind, Kind::Punct | Kind::Newline) {
        end -= 1;
    }
    end
}

//! Asked against answered: which sentence of the draft answers which ask.
//!
//! A sentence answers an ask when it is about the same matter (shared word families and stems) and has the form of an
//! answer to that kind of question: a time for "when", a yes or no for "can I", something done for a request. A short
//! sentence about nothing else ("It left us on Monday.") answers by its form alone. Approximate, so never loud.

use super::families::Matter;
use crate::list;
use crate::scene::Scene;
use crate::text::{Kind, NameWords, Text};
use crate::{Ask, AskKind, AskState, FactKind, Span};
use std::cell::OnceCell;

/// A draft longer than this many sentences is matched only so far.
const SENTENCES_MAX: usize = 120;

/// Each ask of the message, ticked with the words that answer it, or open.
pub fn of_scene<'s>(scene: &'s Scene<'_>) -> &'s [AskState] {
    scene
        .asked
        .get_or_init(|| match_asks(scene, &scene.context.asks))
}

/// What an ask wants to know.
struct Wanted {
    kind: AskKind,
    matters: Vec<Matter>,
    /// The numbers in it, as written: "I need a 42" wants a 42.
    numbers: Vec<String>,
    /// None of its matters tells it apart from others: "please help".
    general: bool,
    /// Asks whether one may or can, which a plain statement about the thing does not settle.
    permission: bool,
}

/// What one sentence of the draft offers.
struct Said {
    from: usize,
    to: usize,
    matters: Vec<Matter>,
    /// How many matters it has beside times, amounts and what is general.
    own: usize,
    /// Only thanks or says back.
    ack: bool,
    /// Where what counts begins.
    start: usize,
    asks: bool,
    forms: OnceCell<Forms>,
}

impl Said {
    /// Its forms, looked for only where its matter makes them worth it.
    fn forms(&self, scene: &Scene<'_>) -> &Forms {
        self.forms
            .get_or_init(|| forms(scene, self.start, self.to, self.asks))
    }
}

#[derive(Default)]
struct Forms {
    yes: bool,
    modal: bool,
    time: bool,
    place: bool,
    cause: bool,
    way: bool,
    amount: bool,
    person: bool,
    done: bool,
    commits: bool,
    refuses: bool,
    asks: bool,
    /// Speaks of "it", "that", "one": the thing is named before.
    pronoun: bool,
    imperative: bool,
    /// Speaks of what "you" get or do.
    you: bool,
}

fn match_asks(scene: &Scene<'_>, asks: &[Ask]) -> Vec<AskState> {
    if asks.is_empty() {
        return Vec::new();
    }
    let said = sentences(scene);
    let wanted: Vec<Wanted> = asks.iter().map(|ask| wanted(scene, ask)).collect();
    // First the sentences about the same matter, then those that answer by their form alone, each of them once.
    let mut by: Vec<Option<usize>> = wanted
        .iter()
        .map(|want| said.iter().position(|said| about(scene, want, said)))
        .collect();
    let alone = wanted.iter().filter(|w| !w.general).count() <= 1;
    let mut spent: Vec<(usize, AskKind)> = Vec::new();
    for (index, want) in wanted.iter().enumerate() {
        if by[index].is_none() {
            let found = said.iter().position(|s| {
                bare(scene, want, s, alone)
                    && !spent.contains(&(s.from, want.kind))
                    && !bare_taken(want, s, &by, &wanted, &said)
            });
            if let Some(found) = found {
                spent.push((said[found].from, want.kind));
                by[index] = Some(found);
            }
        }
    }
    in_order(scene, &said, &mut by);
    if !scene.context.one_language {
        in_turn(&said, &mut by);
    }
    asks.iter()
        .zip(by)
        .map(|(ask, by)| AskState {
            text: ask.span.text.clone(),
            answered: by.is_some(),
            by: by.map(|i| span(scene, &said[i])),
        })
        .collect()
}

/// Where words cannot be compared, since the languages differ or are unknown, each sentence may answer one ask.
fn in_turn(said: &[Said], by: &mut [Option<usize>]) {
    let spent: Vec<usize> = by.iter().flatten().copied().collect();
    let mut free = (0..said.len()).filter(|i| !spent.contains(i));
    for by in by.iter_mut().filter(|by| by.is_none()) {
        *by = free.next();
    }
}

/// A draft that numbers as many points as were asked answers them in their order.
fn in_order(scene: &Scene<'_>, said: &[Said], by: &mut [Option<usize>]) {
    let text = scene.text();
    let numbered = |s: &Said| {
        let first = (s.from..s.to).find(|at| text.tokens[*at].kind != Kind::Newline);
        first.is_some_and(|at| {
            text.tokens[at].kind == Kind::Number
                && text
                    .tokens
                    .get(at + 1)
                    .is_some_and(|_| matches!(text.written(at + 1), "." | ")"))
        })
    };
    let points: Vec<usize> = (0..said.len()).filter(|i| numbered(&said[*i])).collect();
    if points.len() < 2 || points.len() != by.len() {
        return;
    }
    for (by, point) in by.iter_mut().zip(points) {
        if by.is_none() && !said[point].ack {
            *by = Some(point);
        }
    }
}

/// A sentence that already answers an ask of the same kind by its matter is not spent twice on form alone.
fn bare_taken(
    want: &Wanted,
    said: &Said,
    by: &[Option<usize>],
    wanted: &[Wanted],
    all: &[Said],
) -> bool {
    !want.general
        && by.iter().zip(wanted).any(|(by, other)| {
            by.is_some_and(|i| all[i].from == said.from)
                && other.kind == want.kind
                && !other.general
        })
}

fn span(scene: &Scene<'_>, said: &Said) -> Span {
    let text = scene.text();
    let (mut from, mut to) = (said.from, said.to);
    while to > from && text.tokens[to - 1].kind == Kind::Newline {
        to -= 1;
    }
    while from < to && text.tokens[from].kind == Kind::Newline {
        from += 1;
    }
    text.span(from, to)
}

fn wanted(scene: &Scene<'_>, ask: &Ask) -> Wanted {
    let text = Text::new(&ask.span.text, scene.words, &NameWords::default());
    let matters = scene.families.matters(&text, 0, text.tokens.len());
    let general =
        ask.kind == AskKind::Request && matters.iter().all(|m| scene.families.is_general(*m));
    let first = text
        .tokens
        .first()
        .map(|t| {
            text.written(0)
                .get(..(t.end - t.start) as usize)
                .unwrap_or("")
                .to_lowercase()
        })
        .unwrap_or_default();
    let lower = ask.span.text.to_lowercase();
    let permission = !lower.contains(" if ")
        && !lower.contains(" whether ")
        && ask.kind == AskKind::YesNo
        && [
            "can", "could", "may", "should", "shall", "would", "any", "is", "ca",
        ]
        .contains(&first.as_str())
        && (first != "is" || lower.contains("possible") || lower.contains("there any"));
    const NUMBER_MIN: usize = 2;
    let numbers = text
        .tokens
        .iter()
        .enumerate()
        .filter(|(_, t)| t.kind == Kind::Number)
        .map(|(at, _)| text.written(at).to_string())
        .filter(|n| n.len() >= NUMBER_MIN)
        .collect();
    Wanted {
        kind: ask.kind,
        matters,
        numbers,
        general,
        permission,
    }
}

fn sentences(scene: &Scene<'_>) -> Vec<Said> {
    let text = scene.text();
    text.sentences
        .iter()
        .take(SENTENCES_MAX)
        .filter(|s| !s.masked || (s.from..s.to).any(|at| text.tokens[at].kind == Kind::Url))
        .map(|s| {
            let first = (s.from..s.to)
                .find(|at| {
                    matches!(
                        text.tokens[*at].kind,
                        Kind::Word | Kind::Number | Kind::Code
                    ) && !in_greeting(scene, *at)
                })
                .unwrap_or(s.from);
            let mut from = (s.from..first)
                .find(|at| text.tokens[*at].kind != Kind::Newline && !in_greeting(scene, *at))
                .unwrap_or(first);
            let mut ack = false;
            if scene.list_at(list::ANSWER_ACK, first).is_some() {
                // "Thanks for the photos, the refund went out today": what counts stands behind the mark.
                match (first + 1..s.to).find(|at| {
                    text.tokens[*at].kind == Kind::Punct
                        && matches!(text.written(*at), "," | ";" | ":" | "—" | "–")
                        || scene.in_list(*at, list::BUT_WORD)
                }) {
                    Some(at) => from = at + 1,
                    None => ack = true,
                }
            }
            let matters = scene.families.matters(text, from, s.to);
            let typed: Vec<Matter> = scene
                .field
                .typed
                .iter()
                .filter(|t| t.from >= from && t.to <= s.to)
                .flat_map(|t| scene.families.matters(text, t.from, t.to))
                .collect();
            let own = matters
                .iter()
                .filter(|m| !scene.families.is_general(**m) && !typed.contains(m))
                .count();
            Said {
                from: s.from,
                to: s.to,
                matters,
                own,
                ack,
                start: from,
                asks: s.question,
                forms: OnceCell::new(),
            }
        })
        .collect()
}

fn in_greeting(scene: &Scene<'_>, at: usize) -> bool {
    scene
        .text()
        .salutation
        .is_some_and(|(from, to)| (from..to).contains(&at))
}

fn forms(scene: &Scene<'_>, from: usize, to: usize, asks: bool) -> Forms {
    let text = scene.text();
    let has = |list: &str| scene.list_in(list, from, to).is_some();
    let typed = |kinds: &[FactKind]| {
        scene
            .field
            .typed
            .iter()
            .any(|t| t.from >= from && t.to <= to && kinds.contains(&t.kind))
    };
    let clause_starts = |at: usize| {
        at == from
            || matches!(
                text.written(at - 1),
                "," | ":" | ";" | "—" | "–" | "." | ")" | "-"
            )
            || scene.in_list(at - 1, list::ANSWER_JOINT)
    };
    let first = (from..to)
        .find(|at| text.tokens[*at].kind == Kind::Word)
        .unwrap_or(from);
    let yes = (from..to).any(|at| {
        (at == first || clause_starts(at))
            && text.tokens[at].kind == Kind::Word
            && scene.list_at(list::ANSWER_YES, at).is_some()
    });
    let capital = |at: usize| {
        text.tokens[at].capital
            && text.tokens[at].kind == Kind::Word
            && text.written(at) != "I"
            && !text.written(at).starts_with("I'")
    };
    let place_word = (from..to.saturating_sub(1)).any(|at| {
        scene.in_list(at, list::PLACE_WORD)
            && capital(at + 1)
            && !scene.field.typed.iter().any(|t| t.from == at + 1)
    });
    let url = (from..to).any(|at| matches!(text.tokens[at].kind, Kind::Url));
    Forms {
        yes,
        modal: has("answer-modal"),
        time: typed(&[FactKind::Date, FactKind::Time, FactKind::Duration]) || has("answer-when"),
        place: place_word || url || has("answer-where"),
        cause: has("answer-why"),
        way: url || scene.list_at(list::ANSWER_HOW, first).is_some() || has("answer-how"),
        amount: typed(&[FactKind::Amount, FactKind::Count]) || has("answer-much"),
        person: typed(&[FactKind::Email, FactKind::Phone])
            || has("answer-who")
            || (first + 1..to).any(capital),
        done: has("answer-done") || has("repair-act"),
        commits: has("answer-commit"),
        refuses: has("answer-refuse"),
        asks,
        // "You will have £36 by Thursday" leaves the thing unnamed as well.
        pronoun: (from..to).any(|at| {
            scene.in_list(at, list::ANSWER_PRONOUN)
                || (scene.in_list(at, list::YOU_WORD)
                    && scene.in_list(at + 1, list::ANSWER_YOU_MODAL)
                    && scene.in_list(at + 2, list::ANSWER_YOU_VERB))
        }),
        you: (from..to).any(|at| scene.in_list(at, list::YOU_WORD)),
        imperative: scene.list_at(list::ANSWER_HOW, first).is_some()
            || scene.in_list(first, list::PLEASE_OPENER),
    }
}

/// Whether a sentence about the same matter answers.
fn about(scene: &Scene<'_>, want: &Wanted, said: &Said) -> bool {
    let numbers = want
        .numbers
        .iter()
        .filter(|n| (said.from..said.to).any(|at| scene.text().written(at) == n.as_str()))
        .count();
    let shared = numbers
        + want
            .matters
            .iter()
            .filter(|m| !scene.families.is_general(**m) && said.matters.binary_search(m).is_ok())
            .count();
    if shared == 0 || said.ack {
        return false;
    }
    let forms = said.forms(scene);
    // A commitment to find out, or a question about the very thing, counts as taking it up.
    if forms.commits || forms.asks {
        return true;
    }
    match want.kind {
        AskKind::When => forms.time || forms.refuses,
        AskKind::Where => forms.place || forms.refuses,
        AskKind::Why => forms.cause || forms.refuses,
        AskKind::How => forms.way || forms.done || forms.refuses,
        AskKind::HowMuch => forms.amount || forms.refuses,
        AskKind::Who => forms.person || forms.refuses,
        AskKind::Request => {
            forms.done
                || forms.refuses
                || forms.yes
                || forms.amount
                || forms.place
                || forms.time
                || forms.way
                || (forms.modal && shared >= 2)
        }
        AskKind::YesNo if want.permission => {
            forms.yes || forms.modal || forms.refuses || forms.done || forms.you
        }
        AskKind::YesNo => {
            forms.yes
                || forms.modal
                || forms.refuses
                || forms.done
                || shared >= 2
                || !forms.imperative
        }
        AskKind::What | AskKind::Which => true,
    }
}

/// Whether a sentence answers by its form alone: it speaks of nothing else.
fn bare(scene: &Scene<'_>, want: &Wanted, said: &Said, alone: bool) -> bool {
    if said.ack {
        return false;
    }
    let forms = said.forms(scene);
    if want.general {
        return forms.done || forms.commits || forms.asks || forms.way || forms.yes;
    }
    // "I can't answer that one, but our nurse can: she will call you."
    if alone && forms.refuses && forms.commits && forms.pronoun {
        return true;
    }
    let little = said.own <= 1;
    let points = forms.pronoun || said.own == 0;
    match want.kind {
        AskKind::When => forms.time && points,
        AskKind::Where => forms.place && (points || (alone && little)),
        AskKind::Why => {
            (forms.cause && (points || alone))
                || (want.matters.is_empty() && !forms.imperative && !forms.asks && said.own >= 1)
        }
        AskKind::HowMuch => forms.amount && points,
        AskKind::Who => forms.person && little,
        AskKind::How => {
            (forms.way && alone && (points || forms.imperative)) || (forms.imperative && points)
        }
        AskKind::Request => {
            (forms.done && points)
                || (forms.commits && forms.pronoun && alone)
                || (forms.yes && little)
        }
        AskKind::YesNo => {
            forms.yes
                || (!want.permission
                    && forms.pronoun
                    && forms.modal
                    && said.own == 0
                    && !forms.imperative
                    && !forms.asks)
                || (alone
                    && !forms.imperative
                    && !forms.asks
                    && ((forms.modal && little)
                        || (!want.permission
                            && forms.pronoun
                            && little
                            && (forms.time || forms.place))))
        }
        AskKind::What | AskKind::Which => {
            alone
                && !forms.imperative
                && !forms.asks
                && (points || forms.done || forms.commits || forms.time)
        }
    }
}

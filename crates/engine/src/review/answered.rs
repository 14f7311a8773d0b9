//! Asked against answered: which words of the draft answer which ask.

mod said;
mod wanted;
mod weigh;

use crate::list;
use crate::scene::Scene;
use crate::text::Kind;
use crate::{Answer, Ask, AskKind, AskState, Span};
use said::Clause;
use weigh::Around;

/// Each ask of the message, ticked with the words that answer it, or open.
pub fn of_scene<'s>(scene: &'s Scene<'_>) -> &'s [AskState] {
    scene
        .asked
        .get_or_init(|| match_asks(scene, &scene.context.asks))
}

/// One sentence answers one ask of its kind, unless it plainly does two: a second one has to outweigh this.
const SPENT: f32 = 1.0;

fn match_asks(scene: &Scene<'_>, asks: &[Ask]) -> Vec<AskState> {
    if asks.is_empty() {
        return Vec::new();
    }
    let (clauses, ranks) = said::clauses(scene);
    let wanted = wanted::read_all(scene, asks);
    let around = Around {
        clauses: &clauses,
        wanted: &wanted,
        ranks,
        asks: wanted.last().map_or(0, |last| last.rank + 1),
    };
    // The surest pairs first.
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for ask in 0..asks.len() {
        for at in (0..clauses.len()).filter(|at| !clauses[*at].idle) {
            let weight = weigh::weigh(&around, ask, at);
            if weight > 0.0 {
                pairs.push((weight, ask, at));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut by: Vec<Option<usize>> = vec![None; asks.len()];
    for (weight, ask, at) in pairs {
        if by[ask].is_some() {
            continue;
        }
        let spent = (0..asks.len()).any(|other| {
            by[other] == Some(at)
                && wanted[other].wants == wanted[ask].wants
                && wanted[other].rank != wanted[ask].rank
        });
        // "I've refunded the £12 and deleted your account" speaks of both.
        let named = weigh::shared(&wanted[ask].matters, &clauses[at].matters) > 0;
        if !spent || named || weight > SPENT {
            by[ask] = Some(at);
        }
    }
    // An ask that is said again is answered where it was first.
    for ask in 0..asks.len() {
        let first =
            (0..asks.len()).find(|o| wanted[*o].rank == wanted[ask].rank && by[*o].is_some());
        by[ask] = by[ask].or(first.and_then(|first| by[first]));
    }
    in_order(scene, &clauses, &mut by);
    in_steps(scene, asks, &clauses, &mut by);
    if !scene.context.one_language {
        in_turn(&clauses, &mut by);
    }
    heard(scene, &clauses, &mut by);
    asks.iter()
        .zip(by)
        .map(|(ask, by)| AskState {
            text: ask.span.text.clone(),
            answered: by.is_some(),
            by: by.map(|at| span(scene, &clauses[at])),
        })
        .collect()
}

/// What our own signs weigh beside another reader's, in its log-odds.
const OWN: f32 = 0.3;

/// Another reader and our own signs decide together; where it says so, the words that it shows answer.
fn heard(scene: &Scene<'_>, clauses: &[Clause], by: &mut [Option<usize>]) {
    for (by, answer) in by.iter_mut().zip(scene.context.answers) {
        let Some(answer) = answer else { continue };
        let own = if by.is_some() { OWN } else { -OWN };
        if answer.strength + own <= 0.0 {
            *by = None;
        } else if !by.is_some_and(|at| shared(scene, &clauses[at], answer) > 0) {
            *by = clause_of(scene, clauses, answer);
        }
    }
}

/// How many bytes of the words it shows lie in a clause.
fn shared(scene: &Scene<'_>, clause: &Clause, answer: &Answer) -> usize {
    let span = scene.text().span(clause.from, clause.to);
    let (start, end) = (answer.start.max(span.start), answer.end.min(span.end));
    end.saturating_sub(start)
}

/// The clause that holds most of the words it shows.
fn clause_of(scene: &Scene<'_>, clauses: &[Clause], answer: &Answer) -> Option<usize> {
    (0..clauses.len())
        .rev()
        .max_by_key(|at| shared(scene, &clauses[*at], answer))
}

/// Where words cannot be compared, since the languages differ or are unknown, each sentence may answer one ask.
fn in_turn(clauses: &[Clause], by: &mut [Option<usize>]) {
    let spent: Vec<usize> = by
        .iter()
        .flatten()
        .map(|at| clauses[*at].sentence)
        .collect();
    let begins = |at: &usize| *at == 0 || clauses[at - 1].sentence != clauses[*at].sentence;
    let mut free =
        (0..clauses.len()).filter(|at| begins(at) && !spent.contains(&clauses[*at].sentence));
    for by in by.iter_mut().filter(|by| by.is_none()) {
        *by = free.next();
    }
}

/// The clauses that begin with their number: "1. Hold the button".
fn points(scene: &Scene<'_>, clauses: &[Clause]) -> Vec<usize> {
    let text = scene.text();
    let numbered = |clause: &Clause| {
        text.tokens[clause.from].kind == Kind::Number
            && text
                .tokens
                .get(clause.from + 1)
                .is_some_and(|_| matches!(text.written(clause.from + 1), "." | ")"))
    };
    (0..clauses.len())
        .filter(|at| numbered(&clauses[*at]))
        .collect()
}

/// Numbered steps answer whoever asked how, or for the steps.
fn in_steps(scene: &Scene<'_>, asks: &[Ask], clauses: &[Clause], by: &mut [Option<usize>]) {
    const STEPS_MIN: usize = 3;
    let points = points(scene, clauses);
    if points.len() < STEPS_MIN {
        return;
    }
    let wants_steps = |ask: &Ask| {
        ask.kind == AskKind::How
            || ask
                .span
                .text
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| scene.lists_written(list::STEP_ASKED, &word.to_lowercase()))
    };
    for (ask, by) in asks.iter().zip(by) {
        if by.is_none() && wants_steps(ask) {
            *by = points.first().copied();
        }
    }
}

/// A draft that numbers as many points as were asked answers them in their order.
fn in_order(scene: &Scene<'_>, clauses: &[Clause], by: &mut [Option<usize>]) {
    let points = points(scene, clauses);
    if points.len() < 2 || points.len() != by.len() {
        return;
    }
    for (by, point) in by.iter_mut().zip(points) {
        if by.is_none() && !clauses[point].idle {
            *by = Some(point);
        }
    }
}

fn span(scene: &Scene<'_>, clause: &Clause) -> Span {
    scene.text().span(clause.from, clause.to)
}

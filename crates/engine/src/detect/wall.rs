//! The wall: at least two kinds of bricks (a fault of theirs, how the system is, being right) and nothing kind before them.

use super::hit;
use crate::deck::Hit;
use crate::list::{self, ListId};
use crate::pattern::Match;
use crate::scene::Scene;
use crate::sense::Sense;

/// The kinds of bricks, each a word list.
const KINDS: [ListId; 3] = [list::BLAME, list::BRICK_SYSTEM, list::BRICK_RIGHT];
/// Their fault in the records' mouth is the first kind as well.
const LOGS: ListId = list::BRICK_LOGS;
/// What they did, with no word for a fault: a brick of that kind too, where nothing is offered, asked or put right.
const DEED: ListId = list::DID_BY_YOU;

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    let mut bricks: Vec<(usize, usize, usize)> = Vec::new();
    for (kind, list) in KINDS.into_iter().enumerate().rev() {
        // Their fault alone is no wall.
        if kind == 0 && bricks.is_empty() {
            return Vec::new();
        }
        lay(scene, kind, list, &mut bricks);
    }
    lay(scene, 0, LOGS, &mut bricks);
    bricks.sort_by_key(|brick| brick.1);
    if !stacked(scene, &bricks) {
        if helps(scene) {
            return Vec::new();
        }
        lay(scene, 0, DEED, &mut bricks);
        bricks.sort_by_key(|brick| brick.1);
        if !stacked(scene, &bricks) {
            return Vec::new();
        }
    }
    let Some(first) = bricks.first().filter(|first| !kindness(scene, first.1)) else {
        return Vec::new();
    };
    let last = bricks.iter().map(|brick| brick.2).max().unwrap_or(first.2);
    vec![hit(first.1, last)]
}

/// Adds the bricks of one list: its kind, and the tokens it lies on.
fn lay(scene: &Scene<'_>, kind: usize, list: ListId, bricks: &mut Vec<(usize, usize, usize)>) {
    let mut from = 0;
    while let Some((at, to)) = scene.list_in(list, from, scene.text().tokens.len()) {
        let place = Match {
            from: at,
            to,
            show: (at, to),
        };
        if laid(scene, kind, place) {
            bricks.push((kind, at, to));
        }
        from = at + 1;
    }
}

/// Whether two bricks of different kinds lie in different sentences, or side by side: "because you" gives a reason, it is no
/// second brick.
fn stacked(scene: &Scene<'_>, bricks: &[(usize, usize, usize)]) -> bool {
    let text = scene.text();
    let apart = |a: &(usize, usize, usize), b: &(usize, usize, usize)| {
        text.tokens[a.1].sentence != text.tokens[b.1].sentence
            || (a.2..b.1).any(|at| {
                matches!(text.written(at), ";" | "." | "—" | "–")
                    || scene.in_list(at, list::AND_WORD)
            })
    };
    bricks
        .iter()
        .enumerate()
        .any(|(i, a)| bricks[i + 1..].iter().any(|b| a.0 != b.0 && apart(a, b)))
}

/// Whether it is a brick and not somebody else's words, a question or a way out.
fn laid(scene: &Scene<'_>, kind: usize, at: Match) -> bool {
    let text = scene.text();
    let sentence = text.sentence_of(at.from);
    let off = ["reported", "conditional", "question"];
    !text.tokens[at.from].masked
        && !off
            .iter()
            .any(|name| Sense::named(name).is_some_and(|sense| sense.holds(scene, at)))
        && (kind > 0
            || scene
                .list_in(list::EXCULPATION, sentence.from, sentence.to)
                .is_none())
}

/// Whether the draft offers, asks or puts right anything at all.
fn helps(scene: &Scene<'_>) -> bool {
    let text = scene.text();
    let count = text.tokens.len();
    let kind = [
        list::ACK,
        list::OWN_FAULT,
        list::REPAIR_ACT,
        list::OPTION_MARK,
        list::APOLOGY,
    ];
    kind.iter()
        .any(|list| scene.list_in(*list, 0, count).is_some())
        || text.sentences.iter().any(|s| s.question && !s.masked)
}

/// An acknowledgement before the first brick, or ownership with a repair anywhere: then it is a reply, not a wall.
fn kindness(scene: &Scene<'_>, first: usize) -> bool {
    let text = scene.text();
    let count = text.tokens.len();
    let start = text.sentence_of(first).from;
    let acknowledged = [list::ACK, list::OWN_FAULT, list::REPAIR_ACT]
        .iter()
        .any(|list| scene.list_in(*list, 0, start).is_some());
    let repaired = scene.list_in(list::REPAIR_ACT, 0, count).is_some()
        && (scene.list_in(list::APOLOGY, 0, count).is_some()
            || scene.list_in(list::OWN_FAULT, 0, count).is_some());
    acknowledged
        || repaired
        || text
            .sentences
            .iter()
            .take_while(|s| s.from < start)
            .any(|s| s.question && !s.masked)
}

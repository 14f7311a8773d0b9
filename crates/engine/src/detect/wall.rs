//! The wall: at least two kinds of bricks (a fault of theirs, how the system is, being right) and nothing kind before them.

use super::hit;
use crate::deck::Hit;
use crate::list;
use crate::pattern::Match;
use crate::scene::Scene;
use crate::sense::Sense;

/// The kinds of bricks, each a word list.
const KINDS: [&str; 3] = ["blame", "brick-system", "brick-right"];
/// Their fault in the records' mouth is the first kind as well.
const LOGS: &str = "brick-logs";

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    let text = scene.text();
    let mut bricks: Vec<(usize, usize, usize)> = Vec::new();
    for (kind, list) in KINDS.iter().chain([&LOGS]).enumerate() {
        let kind = if *list == LOGS { 0 } else { kind };
        let mut from = 0;
        while let Some((at, to)) = scene.list_in(list, from, text.tokens.len()) {
            if laid(
                scene,
                kind,
                Match {
                    from: at,
                    to,
                    show: (at, to),
                },
            ) {
                bricks.push((kind, at, to));
            }
            from = at + 1;
        }
    }
    bricks.sort_by_key(|brick| brick.1);
    let Some(first) = bricks.first().copied() else {
        return Vec::new();
    };
    if !stacked(scene, &bricks) || kindness(scene, first.1) {
        return Vec::new();
    }
    let last = bricks.iter().map(|brick| brick.2).max().unwrap_or(first.2);
    vec![hit(first.1, last)]
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

/// An acknowledgement before the first brick, or ownership with a repair anywhere: then it is a reply, not a wall.
fn kindness(scene: &Scene<'_>, first: usize) -> bool {
    let text = scene.text();
    let count = text.tokens.len();
    let start = text.sentence_of(first).from;
    let acknowledged = ["ack", "own-fault", "repair-act"]
        .iter()
        .any(|list| scene.list_in(list, 0, start).is_some());
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

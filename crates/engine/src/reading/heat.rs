//! Heat as a word, by transparent points (EVIDENCE 6.4), that recovers when the customer cools.

use crate::deck::{Deck, Hit};
use crate::learned;
use crate::list;
use crate::scene::Scene;
use crate::{Earlier, From, Heat};

/// Points to words: below 1 quiet, 1 warm, 2 and 3 hot, from 4 on very hot.
fn word(points: i32) -> Heat {
    match points {
        i32::MIN..=0 => Heat::Quiet,
        1 => Heat::Warm,
        2..=3 => Heat::Hot,
        _ => Heat::VeryHot,
    }
}

fn one_step_cooler(heat: Heat) -> Heat {
    match heat {
        Heat::VeryHot => Heat::Hot,
        Heat::Hot => Heat::Warm,
        _ => Heat::Quiet,
    }
}

/// The heat of a message from the hits of its cues, and from those that only a leaning gives reason for: where no card
/// of its own adds heat, one of these adds a single point, so that a leaning alone makes warm and never hot.
pub fn of_hits(deck: &Deck, hits: &[Hit], leaning: &[Hit], scene: &Scene<'_>) -> Heat {
    let mut seen: Vec<usize> = Vec::new();
    let (mut heating, mut cooling) = (0i32, 0i32);
    for hit in hits {
        if seen.contains(&hit.card) {
            continue;
        }
        let points = i32::from(deck.cards[hit.card].card.front.points);
        // What is not shown makes no heat.
        if points > 0 && !learned::believed(deck, hit, scene) {
            continue;
        }
        seen.push(hit.card);
        if points >= 0 {
            heating += points
        } else {
            cooling -= points
        }
    }
    let points = |hit: &Hit| deck.cards[hit.card].card.front.points;
    if heating == 0 && leaning.iter().any(|hit| points(hit) > 0) {
        heating = 1;
    }
    let has = |code: &str| {
        seen.iter()
            .any(|card| deck.cards[*card].card.front.code == code)
    };
    // Ironic thanks are no courtesy.
    if has("C28") || (!has("C06") && courteous(scene)) {
        cooling += 1;
    }
    let mut heat = word(heating - cooling.min(2));
    if has("C30") {
        heat = one_step_cooler(heat);
    }
    heat
}

/// What is left of an earlier heat: one step less each turn, nothing once the customer cools or thanks.
pub fn carried(
    earlier: &[Earlier],
    own: Heat,
    cooled: bool,
    read: impl Fn(&str) -> (Heat, bool),
) -> Heat {
    if cooled {
        return own;
    }
    let Some(before) = earlier.iter().rev().find(|e| e.from == From::Customer) else {
        return own;
    };
    let (heat, eased) = read(&before.text);
    if eased {
        own
    } else {
        own.max(one_step_cooler(heat))
    }
}

/// A greeting, a "please": words that cool.
fn courteous(scene: &Scene<'_>) -> bool {
    // "Hello???" calls rather than greets.
    let greets = scene
        .text()
        .salutation
        .is_some_and(|(_, to)| to > 0 && scene.text().written(to - 1) != "?");
    greets
        || scene
            .list_in(list::COURTESY, 0, scene.text().tokens.len())
            .is_some()
}

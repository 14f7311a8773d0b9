//! A full apology: regret, our part in it, and a repair, once, with nothing asked in return.

use super::hit;
use crate::deck::Hit;
use crate::list;
use crate::scene::Scene;

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    let text = scene.text();
    let count = text.tokens.len();
    let (Some(regret), Some(own), Some(repair)) = (
        scene.list_in("apology", 0, count),
        scene.list_in("own-fault", 0, count),
        last_repair(scene),
    ) else {
        return Vec::new();
    };
    // "I'm sorry if we got it wrong" owns nothing.
    let hedged = (regret.0..(regret.1 + 2).min(count)).any(|at| scene.in_list(at, list::IF_WORD));
    if hedged || scene.list_in("forgiveness", 0, count).is_some() || text.tokens[regret.0].masked {
        return Vec::new();
    }
    let from = regret.0.min(own.0);
    let to = repair.1.max(regret.1).max(own.1);
    vec![hit(from, to)]
}

/// The first repair that is not the very words of the fault ("we sent the wrong form").
fn last_repair(scene: &Scene<'_>) -> Option<(usize, usize)> {
    let count = scene.text().tokens.len();
    let mut from = 0;
    while let Some((at, to)) = scene.list_in("repair-act", from, count) {
        let fault = scene.list_at("own-fault", at).is_some();
        if !fault && !scene.text().tokens[at].masked {
            return Some((at, to));
        }
        from = at + 1;
    }
    scene
        .list_in("repair-coming", 0, count)
        .filter(|(at, _)| !scene.text().tokens[*at].masked)
}

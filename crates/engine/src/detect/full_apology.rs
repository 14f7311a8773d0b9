//! A full apology: regret, our part in it, and a repair, once, with nothing asked in return.

use super::hit;
use crate::deck::Hit;
use crate::list;
use crate::scene::Scene;
use crate::text::Kind;

/// "I'm sorry." and no more words than these: what it is about stands in the next sentence.
const BARE_WORDS_MAX: usize = 6;

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    let text = scene.text();
    let count = text.tokens.len();
    let Some(regret) = scene.list_in(list::APOLOGY, 0, count) else {
        return Vec::new();
    };
    // "I'm sorry if we got it wrong" owns nothing.
    let hedged = (regret.0..(regret.1 + 2).min(count)).any(|at| scene.in_list(at, list::IF_WORD));
    if hedged
        || scene.list_in(list::FORGIVENESS, 0, count).is_some()
        || text.tokens[regret.0].masked
    {
        return Vec::new();
    }
    let Some(own) = scene
        .list_in(list::OWN_FAULT, 0, count)
        .or_else(|| owned(scene, regret))
    else {
        return Vec::new();
    };
    let Some(repair) = repair(scene, regret, own) else {
        return Vec::new();
    };
    let from = regret.0.min(own.0);
    let to = repair.1.max(regret.1).max(own.1);
    vec![hit(from, to)]
}

/// An act of ours told beside the regret: in its sentence, or, where that says nothing else, in the one before or behind it.
fn owned(scene: &Scene<'_>, regret: (usize, usize)) -> Option<(usize, usize)> {
    let text = scene.text();
    let index = text.tokens[regret.0].sentence as usize;
    let sentence = text.sentences[index];
    let words = (sentence.from..sentence.to)
        .filter(|at| text.tokens[*at].kind == Kind::Word)
        .count();
    let bare = words <= BARE_WORDS_MAX;
    let near = if bare {
        let before = text.sentences[index.saturating_sub(1)].from;
        let behind = text.sentences[(index + 1).min(text.sentences.len() - 1)].to;
        (before, behind)
    } else {
        (sentence.from, sentence.to)
    };
    let mut from = near.0;
    while let Some((at, to)) = scene.list_in(list::OWN_PAST, from, near.1) {
        let own = !text.tokens[at].masked && scene.list_at(list::REPAIR_ACT, at).is_none();
        let regrets = (regret.0..regret.1).contains(&at);
        if own && !regrets {
            return Some((at, to));
        }
        from = at + 1;
    }
    None
}

/// The first repair that is not the very words of the regret or of the fault ("we sent the wrong form").
fn repair(
    scene: &Scene<'_>,
    regret: (usize, usize),
    own: (usize, usize),
) -> Option<(usize, usize)> {
    let text = scene.text();
    ["repair-act", "repair-coming"]
        .into_iter()
        .find_map(|list| {
            let mut from = 0;
            while let Some((at, to)) = scene.list_in(list, from, text.tokens.len()) {
                let fault = scene.list_at(list::OWN_FAULT, at).is_some()
                    || (own.0..own.1).contains(&at)
                    || (at..to).contains(&own.0)
                    || (regret.0..regret.1).contains(&at);
                if !fault && !text.tokens[at].masked {
                    return Some((at, to));
                }
                from = at + 1;
            }
            None
        })
}

//! An apology with nothing in it: no named wrong, no ownership, no repair, no question.

use super::hit;
use crate::deck::Hit;
use crate::list;
use crate::scene::Scene;
use crate::text::Kind;
use crate::{FactKind, Weight};

/// A wrong is named when a telling word stands this close to the apology, in tokens.
const NEAR: usize = 12;
/// With more words of substance than this around it, an apology is no longer the reply.
const OTHER_WORDS_WHOLE: usize = 3;
/// A reply that says this much is about something else, even where the apology is thin.
const OTHER_WORDS_MAX: usize = 16;

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    let text = scene.text();
    let count = text.tokens.len();
    let Some((from, to)) = apology(scene) else {
        return Vec::new();
    };
    let repaired = scene.list_in(list::REPAIR_ACT, 0, count).is_some()
        || scene.list_in(list::OWN_FAULT, 0, count).is_some();
    let offered = scene.list_in(list::TWO_OPTIONS, 0, count).is_some();
    let told = scene.field.typed.iter().any(|t| {
        matches!(
            t.kind,
            FactKind::Date
                | FactKind::Time
                | FactKind::Amount
                | FactKind::Reference
                | FactKind::Duration
        ) && !text.tokens[t.from].masked
    });
    if repaired || offered || told || crate::sense::asks_something(scene) {
        return Vec::new();
    }
    let telling = |at: usize| {
        let token = text.tokens[at];
        matches!(token.kind, Kind::Word | Kind::Code)
            && !token.masked
            && text.written(at).len() > 2
            && scene.list_at(list::GENERIC_WORDS, at).is_none()
            && scene.list_at(list::FUNCTION_WORDS, at).is_none()
    };
    let near = (from.saturating_sub(NEAR)..(to + NEAR).min(count))
        .filter(|at| telling(*at))
        .count();
    let all = (0..count).filter(|at| telling(*at)).count();
    if near > 0 || all > OTHER_WORDS_MAX {
        return Vec::new();
    }
    let mut found = hit(from, to);
    found.weight = Some(if all <= OTHER_WORDS_WHOLE {
        Weight::LookAgain
    } else {
        Weight::Quiet
    });
    vec![found]
}

/// The first apology of ours, up to the end of what it says it is about.
fn apology(scene: &Scene<'_>) -> Option<(usize, usize)> {
    let text = scene.text();
    let mut from = 0;
    while let Some((at, to)) = scene.list_in(list::APOLOGY, from, text.tokens.len()) {
        let masked = text.tokens[at..to].iter().any(|t| t.masked);
        let before = at.saturating_sub(4).max(text.sentence_of(at).from)..at;
        let theirs = before
            .clone()
            .any(|i| scene.in_list(i, list::APOLOGY_NOT_OURS));
        let stands_off = scene.list_at(list::APOLOGY_STANDS_OFF, to).is_some();
        if !masked && !theirs && !stands_off {
            let sentence = text.sentence_of(at);
            let start = (at..to)
                .find(|i| text.tokens[*i].kind == Kind::Word)
                .unwrap_or(at);
            let mut end = to;
            while end < sentence.to
                && matches!(text.tokens[end].kind, Kind::Word)
                && (scene.list_at(list::GENERIC_WORDS, end).is_some()
                    || scene.list_at(list::FUNCTION_WORDS, end).is_some())
                && end - at < NEAR
            {
                end += 1;
            }
            return Some((start, end));
        }
        from = at + 1;
    }
    None
}

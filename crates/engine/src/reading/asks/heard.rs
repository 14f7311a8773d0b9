//! What another reader hears beside the word lists: an ask that they miss, and one that they see where nobody asks.

use super::{ASKS_MAX, QUESTION_WORDS};
use crate::learned::{ASK, Lean, NO_ASK};
use crate::scene::Scene;
use crate::text::Sentence;
use crate::{Ask, AskKind};

/// An ask shows at least so many words.
const WORDS_MIN: usize = 2;

/// Adds the asks that are heard where none is seen, and takes away those of sentences that ask nothing to the other reader.
pub fn join(scene: &Scene<'_>, asks: &mut Vec<Ask>) {
    let leans = scene.context.asks_heard;
    if leans.is_empty() {
        return;
    }
    let overlap = |lean: &Lean, ask: &Ask| lean.start < ask.span.end && ask.span.start < lean.end;
    asks.retain(|ask| {
        !leans
            .iter()
            .any(|lean| lean.act == NO_ASK && overlap(lean, ask))
    });
    let seen = asks.len();
    for lean in leans.iter().filter(|lean| lean.act == ASK) {
        if asks.len() >= ASKS_MAX || asks[..seen].iter().any(|ask| overlap(lean, ask)) {
            continue;
        }
        asks.extend(ask_of(scene, lean));
    }
    asks.sort_by_key(|ask| ask.span.start);
}

fn ask_of(scene: &Scene<'_>, lean: &Lean) -> Option<Ask> {
    let text = scene.text();
    let within = |at: &usize| {
        let token = &text.tokens[*at];
        lean.start <= token.start as usize && token.end as usize <= lean.end && !token.masked
    };
    let sentence: &Sentence = text
        .sentences
        .iter()
        .find(|s| (s.from..s.to).any(|at| within(&at)))?;
    let from = (sentence.from..sentence.to).find(within)?;
    let to = (from..sentence.to).rev().find(within)? + 1;
    if to - from < WORDS_MIN {
        return None;
    }
    let question = QUESTION_WORDS
        .iter()
        .find(|(words, _)| scene.list_at(*words, from).is_some());
    let kind = match question {
        Some((_, kind)) => *kind,
        None if sentence.question => AskKind::YesNo,
        None => AskKind::Request,
    };
    Some(Ask {
        kind,
        span: text.span(from, to),
    })
}

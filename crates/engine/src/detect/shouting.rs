//! "shouting": marks that repeat, or ordinary words in a row in capitals, unless capitals are the writer's habit.

use super::hit;
use crate::deck::Hit;
use crate::list;
use crate::scene::Scene;
use crate::text::Kind;
use crate::words::{MASKED, UNKNOWN};

/// Below so many letters, a few shouted words would pass for a habit.
const HABIT_LETTERS_MIN: u32 = 40;

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    let text = scene.text();
    let mut hits = Vec::new();
    let habit = capitals_are_a_habit(scene);
    let mut at = 0;
    while at < text.tokens.len() {
        let token = text.tokens[at];
        if token.word == MASKED {
            at += 1;
            continue;
        }
        if token.kind == Kind::Punct && matches!(text.written(at), "!" | "?" | "！" | "？") {
            let from = at;
            let (mut exclaims, mut asks) = (0, 0);
            while at < text.tokens.len()
                && text.tokens[at].kind == Kind::Punct
                && (at == from || text.tokens[at].start == text.tokens[at - 1].end)
            {
                match text.written(at) {
                    "!" | "！" => exclaims += 1,
                    "?" | "？" => asks += 1,
                    _ => break,
                }
                at += 1;
            }
            let raised = exclaims >= 2 || (exclaims >= 1 && asks >= 1) || asks >= 3;
            if raised && !glad(scene, from) {
                hits.push(hit(from, at));
            }
            at = at.max(from + 1);
            continue;
        }
        if token.kind == Kind::Word && token.caps && !habit {
            let (to, ordinary) = run_of_capitals(scene, at);
            if ordinary >= 2 && !glad(scene, at) {
                hits.push(hit(at, to));
            }
            at = to;
            continue;
        }
        at += 1;
    }
    hits
}

/// Where a run of capitals ends, and how many ordinary words are in it.
fn run_of_capitals(scene: &Scene<'_>, from: usize) -> (usize, usize) {
    let text = scene.text();
    let (mut to, mut ordinary) = (from, 0);
    let mut at = from;
    while at < text.tokens.len() {
        let token = text.tokens[at];
        let bridge = token.skip
            || (token.kind == Kind::Word && matches!(text.written(at), "I" | "A"))
            || matches!(text.written(at), "," | "'" | "’");
        if token.kind == Kind::Word && token.caps && token.word != MASKED {
            let known = token.word != UNKNOWN;
            let short_form = scene.in_list(at, list::EVERYDAY_SHORT_FORM)
                || scene.in_list(at, list::INSIDE_SHORT_FORM);
            ordinary += usize::from(known && !short_form);
            to = at + 1;
        } else if !bridge {
            break;
        }
        at += 1;
    }
    (to.max(from + 1), ordinary)
}

/// Whether four letters in five are capitals; thanks and courtesies in small letters do not change a habit, nor does a name.
fn capitals_are_a_habit(scene: &Scene<'_>) -> bool {
    let text = scene.text();
    if !text.tokens.iter().any(|t| t.caps) {
        return false;
    }
    let (mut upper, mut letters) = (0u32, 0u32);
    for sentence in &text.sentences {
        let shouts = (sentence.from..sentence.to).any(|i| text.tokens[i].caps);
        if !shouts
            && scene
                .list_in(list::COURTESY, sentence.from, sentence.to)
                .is_some()
        {
            continue;
        }
        for at in (sentence.from..sentence.to).filter(|at| text.tokens[*at].word != MASKED) {
            for c in text.written(at).chars().filter(|c| c.is_alphabetic()) {
                letters += 1;
                upper += u32::from(c.is_uppercase());
            }
        }
    }
    letters > HABIT_LETTERS_MIN && upper * 5 > letters * 4
}

/// Whether the sentence is glad: nobody is hurt by "Thank you so much!!".
fn glad(scene: &Scene<'_>, at: usize) -> bool {
    let sentence = scene.text().sentence_of(at);
    scene
        .list_in(list::GLAD, sentence.from, sentence.to)
        .is_some()
        && scene
            .list_in(list::TROUBLE, sentence.from, sentence.to)
            .is_none()
}

//! "short-forms": terms of the house's glossary, and all-capital tokens that are no everyday short forms, that the customer did not write, and that nothing explains.

use super::hit;
use crate::deck::Hit;
use crate::list;
use crate::pattern::Match;
use crate::scene::Scene;
use crate::sense::{explained, said_by_them};
use crate::text::Kind;
use crate::words::UNKNOWN;
use crate::{Fix, Term, Trust};

/// A word in capitals that is longer and that no list knows is a name or a raised voice.
const LETTERS_MAX: usize = 5;

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    let text = scene.text();
    let mut seen: Vec<&str> = Vec::new();
    let mut hits = Vec::new();
    let mut at = 0;
    while at < text.tokens.len() {
        if let Some((to, term)) = scene.term_at(at) {
            hits.extend(house_term(scene, at, to, term));
            at = to;
            continue;
        }
        if let Some(letters) = short_form(scene, at)
            && !seen.contains(&letters)
            && !said_by_them(scene, letters)
        {
            seen.push(letters);
            if !explained(scene, place(at, at + 1)) && !explained_later(scene, at, letters) {
                hits.push(hit(at, at + 1));
            }
        }
        at += 1;
    }
    hits
}

/// A term of the house that is not theirs and not explained, with the glossary's plain words.
fn house_term(scene: &Scene<'_>, from: usize, to: usize, term: &Term) -> Option<Hit> {
    let text = scene.text();
    let theirs = (from..to)
        .filter(|at| {
            matches!(
                text.tokens[*at].kind,
                Kind::Word | Kind::Code | Kind::Number
            )
        })
        .all(|at| said_by_them(scene, text.written(at)));
    (!theirs && !explained(scene, place(from, to))).then(|| Hit {
        instead: Some(vec![term.plain.clone()]),
        // The words around it may have to change with it.
        fix: Some(Fix {
            start: text.tokens[from].start as usize,
            end: text.tokens[to - 1].end as usize,
            with: term.plain.clone(),
            trust: Trust::Choose,
        }),
        ..hit(from, to)
    })
}

fn place(from: usize, to: usize) -> Match {
    Match {
        from,
        to,
        show: (from, to),
    }
}

/// The capitals of token `at` without the "s" of several, where they are a short form that only insiders know.
fn short_form<'a>(scene: &Scene<'a>, at: usize) -> Option<&'a str> {
    let text = scene.text();
    let token = text.tokens[at];
    if text.all_caps || token.masked || token.kind != Kind::Word {
        return None;
    }
    let letters = text.written(at).trim_end_matches('s');
    let count = letters.chars().count();
    if count < 2 || !letters.chars().all(char::is_uppercase) || roman(letters) {
        return None;
    }
    let word = scene.words.get(letters.to_lowercase().as_bytes());
    if scene.lists_id(list::EVERYDAY_SHORT_FORM, word) {
        return None;
    }
    if scene.lists_id(list::INSIDE_SHORT_FORM, word) {
        return Some(letters);
    }
    // "Flight XK 418": letters before a number are its name.
    let numbered = text
        .tokens
        .get(at + 1)
        .is_some_and(|next| next.kind == Kind::Number);
    // An ordinary word in capitals is a raised voice, and so are capitals side by side.
    let raised = |other: Option<usize>| {
        other.is_some_and(|i| {
            text.tokens.get(i).is_some_and(|t| {
                t.caps
                    && t.sentence == token.sentence
                    && t.word != UNKNOWN
                    && !scene.in_list(i, list::EVERYDAY_SHORT_FORM)
                    && !scene.in_list(i, list::INSIDE_SHORT_FORM)
            })
        })
    };
    (word == UNKNOWN
        && count <= LETTERS_MAX
        && !numbered
        && !raised(at.checked_sub(1))
        && !raised(Some(at + 1)))
    .then_some(letters)
}

/// Whether the draft explains the same letters in another place.
fn explained_later(scene: &Scene<'_>, at: usize, letters: &str) -> bool {
    let text = scene.text();
    (at + 1..text.tokens.len()).any(|i| {
        text.written(i).trim_end_matches('s') == letters && explained(scene, place(i, i + 1))
    })
}

fn roman(letters: &str) -> bool {
    letters.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

//! Plain steps: numbered, one act each, in words that say what to do or what will be seen.

use super::hit;
use crate::deck::Hit;
use crate::list;
use crate::scene::Scene;
use crate::text::{Kind, Text};

/// "1. Restart." leaves the rest to be guessed.
const WORDS_MIN: usize = 3;
/// A longer step holds more than one.
const WORDS_MAX: usize = 45;
/// So many joints ("then", "and then") make several acts of one step.
const JOINTS_MAX: usize = 1;
/// A list of more than this many steps wants a letter of its own.
const NUMBER_DIGITS_MAX: usize = 2;

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    let text = scene.text();
    let starts: Vec<(usize, usize)> = (0..text.tokens.len())
        .filter_map(|at| marker(scene, text, at).map(|body| (at, body)))
        .collect();
    let mut found = Vec::new();
    for (index, (at, body)) in starts.iter().enumerate() {
        let next = starts
            .get(index + 1)
            .map_or(text.tokens.len(), |next| next.0);
        let to = (*body..next)
            .find(|at| text.tokens[*at].kind == Kind::Newline)
            .unwrap_or(next);
        if plain(scene, text, *body, to) {
            let last = (*body..to)
                .rev()
                .find(|at| !matches!(text.tokens[*at].kind, Kind::Punct | Kind::Newline));
            found.push(hit(*at, last.map_or(to, |last| last + 1)));
        }
    }
    found
}

/// Where the words of a step begin, when token `at` is its number.
fn marker(scene: &Scene<'_>, text: &Text<'_>, at: usize) -> Option<usize> {
    let begins = at == 0
        || text.tokens[at - 1].kind == Kind::Newline
        || matches!(
            text.written(at - 1),
            "." | "!" | "?" | ":" | ";" | "-" | "*" | "•"
        );
    if !begins || text.tokens[at].masked {
        return None;
    }
    let named = scene.list_at(list::STEP_MARK, at);
    let number = named.unwrap_or(at);
    let token = text.tokens.get(number)?;
    let written = text.written(number);
    let digits = written.trim_end_matches(['.', ')', ':']);
    let counts = matches!(token.kind, Kind::Number | Kind::Code)
        && digits.len() <= NUMBER_DIGITS_MAX
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !digits.is_empty();
    let spoken = named.is_some() && scene.list_at(list::STEP_ORDINAL, number).is_some();
    if !(counts || spoken) {
        return None;
    }
    let mark = digits.len() < written.len()
        || text
            .tokens
            .get(number + 1)
            .is_some_and(|_| matches!(text.written(number + 1), "." | ")" | ":" | "-" | "–" | "—"));
    if !mark && named.is_none() {
        return None;
    }
    Some(if mark && digits.len() == written.len() {
        number + 2
    } else {
        number + 1
    })
}

/// Whether tokens `from..to` tell one act, or what will be seen.
fn plain(scene: &Scene<'_>, text: &Text<'_>, from: usize, to: usize) -> bool {
    let word = |at: usize| {
        matches!(text.tokens[at].kind, Kind::Word | Kind::Number | Kind::Code)
            && !text.tokens[at].masked
    };
    let words = (from..to).filter(|at| word(*at)).count();
    if !(WORDS_MIN..=WORDS_MAX).contains(&words) {
        return false;
    }
    let Some(first) = (from..to).find(|at| word(*at)) else {
        return false;
    };
    if scene.list_in(list::STEP_VAGUE, first, to).is_some() {
        return false;
    }
    let acts = scene.list_at(list::STEP_ACT, first).is_some();
    let shows = scene.list_in(list::STEP_SIGHT, first, to).is_some();
    let joints = (first..to)
        .filter(|at| scene.list_at(list::STEP_JOINT, *at).is_some())
        .count();
    (acts || shows) && joints <= JOINTS_MAX
}

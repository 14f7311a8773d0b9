//! Saying it back: a sentence near the start of the draft that holds two or more of the customer's own content words.

use super::hit;
use crate::deck::Hit;
use crate::list;
use crate::pattern::Match;
use crate::scene::Scene;
use crate::sense::Sense;
use crate::text::{Kind, Text};

/// Words that have to be shared with the message.
const SHARED_MIN: usize = 2;
/// Without a message at hand: telling words, or typed things, in a sentence that tells what happened.
const TELLING_MIN: usize = 3;
/// Only what stands before the answer says back; the answer itself comes soon.
const SENTENCES_MAX: usize = 4;

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    let text = scene.text();
    let theirs: Option<Vec<String>> = scene
        .context
        .message
        .as_ref()
        .map(|m| stems(scene, &m.text, 0, m.text.tokens.len()));
    let own = text
        .sentences
        .iter()
        .filter(|s| !s.masked)
        .take(SENTENCES_MAX);
    for sentence in own {
        let from = (sentence.from..sentence.to).find(|at| {
            matches!(text.tokens[*at].kind, Kind::Word | Kind::Number) && !text.tokens[*at].masked
        });
        let Some(from) = from else { continue };
        let whole = Match {
            from,
            to: sentence.to,
            show: (from, sentence.to),
        };
        let denies = Sense::named("reported").is_some_and(|sense| sense.holds(scene, whole));
        let logs = scene
            .list_in("brick-logs", from, sentence.to)
            .is_some_and(|(at, _)| !scene.in_list(at, list::YOU_WORD));
        if denies || logs || scene.list_in("blame", from, sentence.to).is_some() {
            continue;
        }
        let to = (from..sentence.to)
            .rev()
            .find(|at| !matches!(text.tokens[*at].kind, Kind::Punct | Kind::Newline))
            .map_or(from, |at| at + 1);
        let mut said = stems(scene, text, from, to);
        said.sort();
        said.dedup();
        let told = scene.list_at("say-back", from).is_some();
        let back = match &theirs {
            Some(theirs) => {
                let shared = said.iter().filter(|stem| theirs.contains(stem)).count();
                shared >= SHARED_MIN && !sentence_acts(scene, from, to)
            }
            None => {
                told && said.len() >= TELLING_MIN
                    && scene.list_at("say-back-not", from).is_none()
                    && !(sentence.question && scene.list_at("say-back-question", from).is_none())
            }
        };
        if back {
            return vec![hit(from, to)];
        }
    }
    Vec::new()
}

/// A sentence about what we do or will do answers; it does not say back.
fn sentence_acts(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    scene.in_list(from, list::OWN_ACT_OPENER)
        && scene.list_at("say-back", from).is_none()
        && scene.list_in("repair-act", from, to).is_some()
}

/// Content words of tokens `from..to`, cut to their first letters so that "parcels" and "parcel" meet, and numbers whole.
fn stems(scene: &Scene<'_>, text: &Text<'_>, from: usize, to: usize) -> Vec<String> {
    (from..to)
        .filter(|at| {
            let token = text.tokens[*at];
            !token.masked
                && matches!(token.kind, Kind::Word | Kind::Number | Kind::Code)
                && !empty(scene, text, *at)
        })
        .map(|at| stem(text.written(at)))
        .collect()
}

fn empty(scene: &Scene<'_>, text: &Text<'_>, at: usize) -> bool {
    let written = text.written(at);
    if text.tokens[at].kind != Kind::Word {
        return false;
    }
    // The message is another text than the scene's, so its words are looked up by what is written.
    let lower = written.to_lowercase();
    lower.chars().count() < 3
        || written.starts_with(['\'', '’'])
        || scene.lists_word("generic-words", &lower)
        || scene.lists_word("function-words", &lower)
}

fn stem(word: &str) -> String {
    const SPOKEN: &[&str] = &[
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    let lower = word.to_lowercase();
    // "2 tickets" are "two tickets".
    if let Some(index) = SPOKEN.iter().position(|spoken| *spoken == lower) {
        return (index + 2).to_string();
    }
    if lower.chars().any(|c| c.is_ascii_digit()) {
        return lower
            .trim_end_matches(|c: char| c.is_alphabetic())
            .to_string();
    }
    let cut = ["ing", "ed", "es", "s", "ly"].iter().find_map(|end| {
        lower
            .strip_suffix(end)
            .filter(|rest| rest.chars().count() >= 3)
    });
    cut.unwrap_or(&lower).trim_end_matches('e').to_string()
}

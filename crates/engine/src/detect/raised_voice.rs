//! "raised-voice": words in capitals and marks that repeat where the sentence also refuses, orders or accuses, or where the
//! moment is warm. A cheerful "ON ITS WAY!" and a warning on a lid stay what they are.

use super::hit;
use crate::deck::Hit;
use crate::list;
use crate::scene::Scene;
use crate::sense::said_by_them;
use crate::text::Kind;
use crate::words::UNKNOWN;
use crate::{Heat, Weight};

/// Shorter capitals are short forms as often as not.
const LETTERS_MIN: u32 = 3;
/// So many ordinary words in a row are raised, whichever they are.
const RUN_MIN: usize = 3;

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    let text = scene.text();
    let mut hits = Vec::new();
    let mut at = 0;
    while at < text.tokens.len() {
        let token = text.tokens[at];
        if token.masked {
            at += 1;
        } else if token.kind == Kind::Word && token.caps {
            let (to, raised) = capitals(scene, at);
            if raised && adverse(scene, at, true) {
                let mut found = hit(at, to);
                // A single word may be no more than stressed: outside a warm moment it is worth a look, no breath.
                if to == at + 1 && scene.context.heat < Heat::Warm {
                    found.weight = Some(Weight::LookAgain);
                }
                hits.push(found);
            }
            at = to;
        } else if text.written(at) == "!" {
            let to = marks_end(scene, at);
            if to - at >= 2 && adverse(scene, at, false) {
                hits.push(hit(at, to));
            }
            at = to;
        } else {
            at += 1;
        }
    }
    hits
}

/// Where a run of capitals ends, and whether it is a raised voice: one of the words that are raised in anger, many ordinary
/// words in a row, or any ordinary word where the moment is warm.
fn capitals(scene: &Scene<'_>, from: usize) -> (usize, bool) {
    let text = scene.text();
    let warm = scene.context.heat >= Heat::Warm;
    let (mut to, mut sharp, mut ordinary) = (from, false, 0);
    for at in from..text.tokens.len() {
        let token = text.tokens[at];
        if token.kind == Kind::Word && token.caps && !token.masked {
            let long =
                token.end - token.start >= LETTERS_MIN || scene.in_list(at, list::RAISED_WORD);
            let known = long
                && token.word != UNKNOWN
                && !is_a_mark(text.source, token.start as usize, token.end as usize)
                && can_be_spoken(text.written(at))
                && !scene.in_list(at, list::EVERYDAY_SHORT_FORM)
                && !scene.in_list(at, list::INSIDE_SHORT_FORM)
                && !wrote_in_capitals(scene, text.written(at));
            ordinary += usize::from(known);
            sharp |= known && (warm || token.contracted || scene.in_list(at, list::RAISED_WORD));
            to = at + 1;
        } else if !(token.skip || matches!(text.written(at), "I" | "A" | "'" | "’" | ",")) {
            break;
        }
    }
    (to.max(from + 1), sharp || ordinary >= RUN_MIN)
}

/// A word with a low line at it is part of a code (`NOT_FOUND`), one in square brackets a tag (`[EXTERNAL]`).
fn is_a_mark(source: &str, start: usize, end: usize) -> bool {
    let (before, behind) = (&source[..start], &source[end..]);
    before.ends_with('_')
        || behind.starts_with('_')
        || before.ends_with('[') && behind.starts_with(']')
}

/// Letters without a vowel are a short form.
fn can_be_spoken(written: &str) -> bool {
    written.contains(|c: char| "AEIOUY".contains(c) || !c.is_ascii_alphabetic())
}

/// Whether the customer wrote this very word in capitals: then it is their word, taken up.
fn wrote_in_capitals(scene: &Scene<'_>, written: &str) -> bool {
    let message = scene.context.message.as_ref();
    message.is_some_and(|message| message.text.source.contains(written))
        && said_by_them(scene, written)
}

fn marks_end(scene: &Scene<'_>, from: usize) -> usize {
    let text = scene.text();
    let mut to = from;
    while to < text.tokens.len()
        && matches!(text.written(to), "!" | "?")
        && (to == from || text.tokens[to].start == text.tokens[to - 1].end)
    {
        to += 1;
    }
    to
}

/// Whether the sentence turns against somebody, or the moment is warm and the sentence is not glad.
fn adverse(scene: &Scene<'_>, at: usize, capitals: bool) -> bool {
    let text = scene.text();
    let sentence = text.sentence_of(at);
    let in_sentence = |list: &str| scene.list_in(list, sentence.from, sentence.to).is_some();
    if ["glad", "apology", "exculpation", "should-not-have"]
        .iter()
        .any(|list| in_sentence(list))
    {
        return false;
    }
    // "If you are NOT signed in" tells a case apart, nobody off.
    let cases = capitals && in_sentence("case-told");
    // "Do NOT open the lid": a warning about a thing is no raised voice.
    let warns = capitals && in_sentence("warning");
    let warm = scene.context.heat >= Heat::Warm && !in_sentence("repair-act");
    !warns && !cases && (in_sentence("adverse") || warm)
}

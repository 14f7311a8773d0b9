//! "their word": all telling words of the hit stand in what the customer wrote, so it is theirs and not ours.

use crate::From;
use crate::list;
use crate::pattern::Match;
use crate::scene::Scene;
use crate::text::Kind;

pub fn holds(scene: &Scene<'_>, hit: Match) -> bool {
    let text = scene.text();
    let mut telling = (hit.show.0..hit.show.1)
        .filter(|at| {
            matches!(text.tokens[*at].kind, Kind::Word | Kind::Code)
                && scene.list_at(list::FUNCTION_WORDS, *at).is_none()
        })
        .map(|at| text.written(at))
        .peekable();
    telling.peek().is_some() && telling.all(|word| said(scene, word))
}

/// Whether the customer wrote this word, in this message or an earlier one; one of it or several.
pub fn said(scene: &Scene<'_>, word: &str) -> bool {
    let now = scene.context.message.iter().map(|m| m.text.source);
    let earlier = scene
        .context
        .earlier
        .iter()
        .filter(|e| e.from == From::Customer)
        .map(|e| e.text.as_str());
    let word = one(word.as_bytes());
    let is_word = |theirs: &[u8]| one(theirs).eq_ignore_ascii_case(word);
    // Nearly every text is plain, and bytes are told apart sooner than letters.
    now.chain(earlier).any(|source| match source.is_ascii() {
        true => source
            .as_bytes()
            .split(|byte| !byte.is_ascii_alphanumeric())
            .any(is_word),
        false => source
            .split(|c: char| !c.is_alphanumeric())
            .any(|theirs| is_word(theirs.as_bytes())),
    })
}

/// The word without the "s" of several.
fn one(word: &[u8]) -> &[u8] {
    match word {
        [rest @ .., b's' | b'S'] if rest.len() >= 2 => rest,
        _ => word,
    }
}

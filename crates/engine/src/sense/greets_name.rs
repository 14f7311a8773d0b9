//! "greets a name": the hit is a person's name in a greeting, not "there" or "customer".

use crate::list;
use crate::pattern::Match;
use crate::scene::Scene;
use crate::text::Kind;
use crate::words::UNKNOWN;

pub fn holds(scene: &Scene<'_>, hit: Match) -> bool {
    let text = scene.text();
    let last = hit.show.1.saturating_sub(1);
    text.tokens[last].capital
        && !scene.in_list(last, list::NOT_A_NAME)
        && (in_greeting(scene, hit, last) || called(scene, hit, last))
        // A name that is not theirs is no virtue.
        && crate::detect::names::wrong(scene).is_empty()
}

/// "Dear Ms Osei,"
fn in_greeting(scene: &Scene<'_>, hit: Match, last: usize) -> bool {
    scene
        .text()
        .salutation
        .is_some_and(|(from, to)| from <= hit.from && last < to)
}

/// "Fatima, your pass is ready", "Good afternoon, Dr Chen": in the first words of the text, behind a greeting or a name by
/// itself, which is a word that no card knows.
fn called(scene: &Scene<'_>, hit: Match, last: usize) -> bool {
    let text = scene.text();
    let first = text
        .tokens
        .iter()
        .position(|token| matches!(token.kind, Kind::Word));
    let token = &text.tokens[last];
    first == Some(hit.from)
        && token.kind == Kind::Word
        && !token.caps
        && (token.word == UNKNOWN || hit.show.0 < last || hit.from < hit.show.0)
}

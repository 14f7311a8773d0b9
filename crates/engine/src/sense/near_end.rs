//! "near the end": the hit lies in one of the last sentences of the writer's own words, where a letter closes.

use crate::pattern::Match;
use crate::scene::Scene;

/// A close is seldom longer.
const SENTENCES_MAX: usize = 3;

pub fn holds(scene: &Scene<'_>, hit: Match) -> bool {
    let text = scene.text();
    let index = text.tokens[hit.from].sentence as usize;
    text.sentences[index + 1..]
        .iter()
        .filter(|sentence| !sentence.masked)
        .count()
        < SENTENCES_MAX
}

//! "known fact": a checked fact is about what the hit's sentence says, so it may be said with certainty.

use crate::FactState;
use crate::pattern::Match;
use crate::scene::Scene;
use crate::text::{NameWords, Text};

pub fn holds(scene: &Scene<'_>, hit: Match) -> bool {
    let text = scene.text();
    let sentence = text.sentence_of(hit.from);
    let said = scene.families.matters(text, sentence.from, sentence.to);
    scene
        .context
        .facts
        .iter()
        .filter(|fact| fact.state == FactState::Checked)
        .any(|fact| {
            let known = Text::new(&fact.text, scene.words, &NameWords::default());
            let matters = scene.families.matters(&known, 0, known.tokens.len());
            !matters.is_empty()
                && 2 * matters.iter().filter(|m| said.contains(m)).count() >= matters.len()
        })
}

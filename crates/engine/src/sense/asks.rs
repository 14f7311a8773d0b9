//! "asks": somewhere the draft asks the customer a real question, not "anything else?".

use crate::list;
use crate::pattern::Match;
use crate::scene::Scene;

pub fn holds(scene: &Scene<'_>, _hit: Match) -> bool {
    asks(scene)
}

/// Whether any sentence asks something that moves things on.
pub fn asks(scene: &Scene<'_>) -> bool {
    let text = scene.text();
    text.sentences.iter().any(|s| {
        s.question
            && !s.masked
            && scene
                .list_in(list::FORMULA_QUESTION, s.from, s.to)
                .is_none()
    }) || scene
        .list_in(list::INDIRECT_QUESTION, 0, text.tokens.len())
        .is_some()
}

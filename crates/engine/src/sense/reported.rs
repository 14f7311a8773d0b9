//! "reported": somebody else's words retold ("you wrote", "he told you", "according to").

use crate::pattern::Match;
use crate::scene::Scene;

const TELLING: &[&str] = &[
    "said",
    "say",
    "says",
    "wrote",
    "write",
    "writes",
    "told",
    "tells",
    "mentioned",
    "mention",
    "claimed",
    "stated",
    "asked",
    "reported",
    "heard",
    "described",
    "according",
];
const WHO: &[&str] = &[
    "you",
    "he",
    "she",
    "they",
    "who",
    "customer",
    "driver",
    "colleague",
    "someone",
    "somebody",
    "to",
];

pub fn holds(scene: &Scene<'_>, hit: Match) -> bool {
    let text = scene.text();
    let sentence = text.sentence_of(hit.from);
    (sentence.from..hit.from).any(|at| {
        scene.word_is_any(at, TELLING)
            && (scene.word_is(at, "according")
                || (at > 0
                    && (at.saturating_sub(2)..at).any(|i| {
                        scene.word_is_any(i, WHO)
                            || (i > sentence.from
                                && text.written(i) != "I"
                                && text.written(i).starts_with(char::is_uppercase))
                    })))
    })
}

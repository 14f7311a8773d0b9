//! "reported": somebody else's words retold ("you wrote", "he told you", "according to").

use crate::list;
use crate::pattern::Match;
use crate::scene::Scene;

pub fn holds(scene: &Scene<'_>, hit: Match) -> bool {
    let text = scene.text();
    let sentence = text.sentence_of(hit.from);
    (sentence.from..hit.from).any(|at| {
        scene.in_list(at, list::TELLING_VERB)
            && (scene.in_list(at, list::ACCORDING_WORD)
                || (at > 0
                    && (at.saturating_sub(2)..at).any(|i| {
                        scene.in_list(i, list::TELLING_WHO)
                            || (i > sentence.from
                                && text.written(i) != "I"
                                && text.written(i).starts_with(char::is_uppercase))
                    })))
    })
}

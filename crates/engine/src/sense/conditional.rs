//! "conditional": the hit hangs on an "if", "when" or their like right before it ("If you forgot your password, …").

use crate::list;
use crate::pattern::Match;
use crate::scene::Scene;
use crate::text::Kind;

const WORDS_BEFORE: usize = 3;

pub fn holds(scene: &Scene<'_>, hit: Match) -> bool {
    let text = scene.text();
    let sentence = text.sentence_of(hit.from);
    for at in (sentence.from..hit.from).rev().take(WORDS_BEFORE) {
        if text.tokens[at].kind == Kind::Punct && !text.tokens[at].skip {
            return false;
        }
        if scene.in_list(at, list::CONDITION_WORD) {
            return true;
        }
        if scene.in_list(at, list::CASE_WORD)
            && at > sentence.from
            && scene.in_list(at - 1, list::IN_WORD)
        {
            return true;
        }
        if scene.in_list(at, list::CONDITION_STOP) {
            return false;
        }
    }
    false
}

//! "conditional": the hit hangs on an "if", "when" or their like right before it ("If you forgot your password, …").

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
        if scene.word_is_any(
            at,
            &[
                "if", "when", "whenever", "whether", "unless", "until", "once", "should",
                "wherever", "after", "before", "what", "which", "who",
            ],
        ) {
            return true;
        }
        if scene.word_is(at, "case") && at > sentence.from && scene.word_is(at - 1, "in") {
            return true;
        }
        if scene.word_is_any(at, &["but", "because", "that"]) {
            return false;
        }
    }
    false
}

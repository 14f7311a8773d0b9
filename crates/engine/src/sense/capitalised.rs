//! "capitalised": written with a capital in the middle of a sentence, as names of things are ("our Calm Down blanket").

use crate::pattern::Match;
use crate::scene::Scene;
use crate::text::Kind;

/// Words of so many letters are often small in titles.
const SHORT_WORD_LEN: usize = 2;
/// So many capitals around a phrase are a habit of the writer's.
const HABIT_WORDS_MIN: usize = 2;

pub fn holds(scene: &Scene<'_>, hit: Match) -> bool {
    let text = scene.text();
    let sentence = text.sentence_of(hit.from);
    let first_word = (sentence.from..sentence.to).find(|at| text.tokens[*at].kind == Kind::Word);
    let words: Vec<usize> = (hit.from..hit.to)
        .filter(|at| text.tokens[*at].kind == Kind::Word)
        .collect();
    // Who writes Every Word Like This names nothing by it.
    let long = |at: &usize| {
        text.tokens[*at].kind == Kind::Word && text.written(*at).len() > SHORT_WORD_LEN
    };
    let mut around = (sentence.from..sentence.to)
        .filter(long)
        .filter(|at| *at < hit.from || *at >= hit.to);
    if around.clone().count() >= HABIT_WORDS_MIN && around.all(|at| text.tokens[at].capital) {
        return false;
    }
    let shouted = words.iter().all(|at| text.tokens[*at].caps);
    !shouted
        && words
            .iter()
            .filter(|at| Some(**at) != first_word)
            .any(|at| {
                text.tokens[*at].capital
                    && !text.written(*at).starts_with("I'")
                    && text.written(*at) != "I"
            })
        && words
            .iter()
            .skip(1)
            .all(|at| text.tokens[*at].capital || text.written(*at).len() <= 2)
}

//! "goal-missing": a problem told without any request, question or wanted outcome.

use super::hit;
use crate::deck::Hit;
use crate::list;
use crate::scene::Scene;
use crate::text::Kind;

const WORDS_MIN: usize = 3;
/// A long letter that asks for nothing is a story, and its goal is not merely missing.
const WORDS_MAX: usize = 160;

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    let text = scene.text();
    let end = text.tokens.len();
    if text.sentences.iter().any(|s| s.question)
        || !(WORDS_MIN..=WORDS_MAX).contains(&text.word_count())
    {
        return Vec::new();
    }
    if scene.list_in(list::REQUEST, 0, end).is_some()
        || scene.list_in(list::GLAD, 0, end).is_some()
        || scene.list_in(list::SETTLED, 0, end).is_some()
        || !scene.own_asks().is_empty()
    {
        return Vec::new();
    }
    for sentence in text.sentences.iter().filter(|s| !s.masked) {
        let own = |at: &usize| {
            matches!(
                text.tokens[*at].kind,
                Kind::Word | Kind::Number | Kind::Code
            ) && !text.tokens[*at].masked
        };
        let Some(mut first) = (sentence.from..sentence.to).find(own) else {
            continue;
        };
        while scene.in_list(first, list::GOAL_OPENER) && first + 1 < sentence.to {
            first += 1;
        }
        let words = (sentence.from..sentence.to).filter(own).count();
        let last = (sentence.from..sentence.to)
            .rev()
            .find(own)
            .unwrap_or(first);
        let trouble = scene
            .list_in(list::TROUBLE, sentence.from, sentence.to)
            .is_some();
        if words >= WORDS_MIN
            && (trouble
                || (scene.in_list(first, list::REPORT_START)
                    && words >= 4
                    && scene
                        .list_in(list::HAPPENED, sentence.from, sentence.to)
                        .is_some()))
        {
            return vec![hit(first, last + 1)];
        }
    }
    Vec::new()
}

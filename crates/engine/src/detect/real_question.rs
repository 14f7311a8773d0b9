//! A question that moves things on: open or well aimed, shown from its first word to its mark.

use super::hit;
use crate::deck::Hit;
use crate::list;
use crate::scene::Scene;
use crate::text::Kind;

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    let text = scene.text();
    let mut found = Vec::new();
    for sentence in text.sentences.iter().filter(|s| !s.masked) {
        let indirect = || {
            (sentence.from..sentence.to)
                .find(|at| scene.list_at(list::INDIRECT_QUESTION, *at).is_some())
        };
        let from = if sentence.question {
            // "I can swap it: which size would fit?" asks behind the mark.
            let marks = (sentence.from..sentence.to)
                .rfind(|at| matches!(text.written(*at), ":" | ";" | "—" | "–"));
            marks.map_or(sentence.from, |at| at + 1)
        } else if let Some(at) = indirect() {
            at
        } else {
            continue;
        };
        let word = |at: &usize| {
            matches!(
                text.tokens[*at].kind,
                Kind::Word | Kind::Number | Kind::Code
            ) && !text.tokens[*at].masked
        };
        let (Some(from), Some(last)) = (
            (from..sentence.to).find(word),
            (from..sentence.to).rev().find(word),
        ) else {
            continue;
        };
        // One word with a question mark asks for little ("Really?").
        if last > from + 1 {
            found.push(hit(from, last + 1));
        }
    }
    found
}

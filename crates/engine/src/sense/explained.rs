//! "explained": the hit's words come with plain ones, in brackets, in an apposition, or by "means" and its like; or they stand
//! in brackets behind what they are short for.

use crate::list;
use crate::pattern::Match;
use crate::scene::Scene;
use crate::text::Kind;

/// A word that explains stands at most so many tokens behind the hit.
const NEAR: usize = 3;
/// In so many tokens before a hit in brackets stand the words it is short for.
const SHORT_FOR: usize = 4;

pub fn holds(scene: &Scene<'_>, hit: Match) -> bool {
    let text = scene.text();
    let sentence = text.sentence_of(hit.from);
    let words_in = |from: usize, to: usize| {
        (from..to)
            .filter(|at| matches!(text.tokens[*at].kind, Kind::Word | Kind::Number))
            .count()
    };
    let mut behind = hit.show.1;
    // "RMA number (the code on the label)": a noun may stand between.
    if text
        .tokens
        .get(behind)
        .is_some_and(|t| t.kind == Kind::Word)
        && behind + 1 < sentence.to
        && text.written(behind + 1) == "("
    {
        behind += 1;
    }
    if behind < sentence.to && text.written(behind) == "(" {
        let close = (behind..sentence.to).find(|at| text.written(*at) == ")");
        return words_in(behind, close.unwrap_or(sentence.to)) >= 2;
    }
    // "return authorisation (RMA)", "a remote restart (power cycle)".
    if hit.show.0 > sentence.from && text.written(hit.show.0 - 1) == "(" {
        let from = hit.show.0.saturating_sub(SHORT_FOR).max(sentence.from);
        return words_in(from, hit.show.0 - 1) >= 2;
    }
    let end = (hit.show.1 + NEAR).min(sentence.to);
    (hit.show.1..end).any(|at| scene.list_at(list::SAYS_WHAT_IT_IS, at).is_some())
        || scene
            .list_in(list::IS_CALLED, sentence.from, hit.show.0)
            .is_some_and(|(_, to)| to + NEAR >= hit.show.0)
}

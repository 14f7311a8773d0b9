//! "little else": beside the hit and what follows it in its sentence the draft says next to nothing, so the hit is the answer.

use crate::list;
use crate::pattern::Match;
use crate::scene::Scene;
use crate::text::Kind;

/// With more telling words than this elsewhere, or a date, time or sum, the draft says something of its own.
const TELLING_WORDS_MAX: usize = 3;

pub fn holds(scene: &Scene<'_>, hit: Match) -> bool {
    let text = scene.text();
    let own = text.sentence_of(hit.from);
    let telling = |at: &usize| {
        let token = text.tokens[*at];
        matches!(token.kind, Kind::Word | Kind::Code)
            && !token.masked
            && token.end - token.start > 2
            && scene.list_at(list::GENERIC_WORDS, *at).is_none()
            && scene.list_at(list::FUNCTION_WORDS, *at).is_none()
    };
    let mut elsewhere = text
        .sentences
        .iter()
        .filter(|s| s.from != own.from && !s.masked)
        // How to reach us is no answer either.
        .filter(|s| scene.list_in(list::REACH_US, s.from, s.to).is_none())
        .map(|s| (s.from, s.to))
        .chain([(own.from, hit.from)]);
    let mut count = 0;
    !elsewhere.any(|(from, to)| {
        count += (from..to).filter(telling).count();
        count > TELLING_WORDS_MAX
            || scene
                .field
                .typed
                .iter()
                .any(|t| from <= t.from && t.to <= to)
    })
}

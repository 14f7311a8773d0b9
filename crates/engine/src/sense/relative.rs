//! "relative": the hit hangs on a noun right before it ("the things you have not tried", "the letter you forgot").

use crate::list;
use crate::pattern::Match;
use crate::scene::Scene;
use crate::text::Kind;

pub fn holds(scene: &Scene<'_>, hit: Match) -> bool {
    let text = scene.text();
    if !scene.in_list(hit.from, list::YOU_WORD) {
        return false;
    }
    let sentence = text.sentence_of(hit.from);
    let Some(before) = hit.from.checked_sub(1).filter(|at| *at >= sentence.from) else {
        return false;
    };
    let token = text.tokens[before];
    token.kind == Kind::Word
        && !token.masked
        && scene.list_at(list::CLAUSE_OPENER, before).is_none()
}

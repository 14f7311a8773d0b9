//! "names somebody": behind the hit its sentence names a person or the writer ("passed to Ana", "with me"), not a department.

use crate::list;
use crate::pattern::Match;
use crate::scene::Scene;
use crate::text::Kind;

pub fn holds(scene: &Scene<'_>, hit: Match) -> bool {
    let text = scene.text();
    let sentence = text.sentence_of(hit.from);
    (hit.to..sentence.to).any(|at| {
        let token = text.tokens[at];
        token.kind == Kind::Word
            && !token.masked
            && token.capital
            && !token.caps
            && scene.list_at(list::OTHER_DESK, at).is_none()
            && scene.list_at(list::DAY, at).is_none()
            && scene.list_at(list::FUNCTION_WORDS, at).is_none()
            && !text.tokens.get(at + 1).is_some_and(|next| {
                next.capital && scene.list_at(list::OTHER_DESK, at + 1).is_some()
            })
    })
}

//! "somebody acts": the hit begins with who does it, or with a "will" or "shall" that stands behind a name.

use crate::list;
use crate::pattern::Match;
use crate::scene::Scene;
use crate::text::Kind;

pub fn holds(scene: &Scene<'_>, hit: Match) -> bool {
    let text = scene.text();
    if !scene.in_list(hit.from, list::WILL_WORD) {
        return true;
    }
    let sentence = text.sentence_of(hit.from);
    let Some(before) = hit.from.checked_sub(1).filter(|at| *at >= sentence.from) else {
        return false;
    };
    let token = text.tokens[before];
    if token.kind != Kind::Word || !token.capital || token.caps {
        return false;
    }
    // At the start of a sentence every word has a capital, things as well as names.
    before > sentence.from || scene.list_at(list::THING_SUBJECT, before).is_none()
}

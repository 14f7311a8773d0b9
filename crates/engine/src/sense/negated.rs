//! "negated": a negation in the five words before the hit, within its clause ("I won't ask you to calm down").

use crate::list;
use crate::pattern::Match;
use crate::scene::Scene;
use crate::text::Kind;

const WORDS_BEFORE: usize = 5;

pub fn holds(scene: &Scene<'_>, hit: Match) -> bool {
    let text = scene.text();
    // A hit that begins with a mark begins a clause.
    if text.tokens[hit.from].kind == Kind::Punct {
        return false;
    }
    let sentence = text.sentence_of(hit.from);
    let mut words = 0;
    for at in (sentence.from..hit.from).rev() {
        match text.tokens[at].kind {
            Kind::Punct
                if !text.tokens[at].skip
                    && !matches!(text.written(at), "'" | "\"" | "“" | "”" | "‘" | "’") =>
            {
                return false;
            }
            Kind::Punct | Kind::Newline => continue,
            _ => {}
        }
        if scene.in_list(at, list::NEGATION) {
            return true;
        }
        if scene.in_list(at, list::NEGATION_STOP) {
            return false;
        }
        words += 1;
        if words == WORDS_BEFORE {
            return false;
        }
    }
    false
}

//! "way on": somewhere the draft offers something that can still be done, or says who carries it on.

use crate::list;
use crate::pattern::Match;
use crate::scene::Scene;
use crate::text::Kind;

/// "Nothing we can do" offers nothing: how many words before an offer a "nothing" may stand.
const WORDS_BEFORE: usize = 4;

pub fn holds(scene: &Scene<'_>, hit: Match) -> bool {
    within(scene, 0, scene.text().tokens.len(), hit)
}

/// Whether tokens `from..end` offer something, outside the words of the hit.
pub fn within(scene: &Scene<'_>, mut from: usize, end: usize, hit: Match) -> bool {
    let text = scene.text();
    while let Some((at, to)) = scene.list_in(list::OPTION_MARK, from, end) {
        let sentence = text.sentence_of(at).from;
        // "The system won't let me, but Rae can": a denial ends with its clause.
        let denied = (at.saturating_sub(WORDS_BEFORE).max(sentence)..at)
            .rev()
            .take_while(|i| text.tokens[*i].kind != Kind::Punct || text.tokens[*i].skip)
            .any(|i| scene.in_list(i, list::OPTION_DENIED));
        let inside = at < hit.show.1 && to > hit.show.0;
        if !denied && !inside && !text.tokens[at].masked {
            return true;
        }
        from = at + 1;
    }
    false
}

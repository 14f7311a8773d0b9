//! "empathy before": an apology or a piece of empathy stands before the hit, in its sentence or in the one before when the
//! hit begins a sentence ("I'm sorry about the wait. However, …").

use crate::list;
use crate::pattern::Match;
use crate::scene::Scene;

pub fn holds(scene: &Scene<'_>, hit: Match) -> bool {
    let text = scene.text();
    let sentence = text.sentence_of(hit.from);
    if scene
        .list_in(list::EMPATHY, sentence.from, hit.to)
        .is_some()
    {
        return true;
    }
    let opens = text.tokens[sentence.from..hit.from].iter().all(|t| {
        matches!(
            t.kind,
            crate::text::Kind::Newline | crate::text::Kind::Punct
        )
    });
    let index = text.tokens[hit.from].sentence as usize;
    let Some(before) = index
        .checked_sub(1)
        .filter(|_| opens)
        .map(|i| text.sentences[i])
    else {
        return false;
    };
    !before.question
        && scene
            .list_in(list::EMPATHY, before.from, before.to)
            .is_some()
}

//! "undercut after": what follows in the sentence is a no, a rule or a fault of theirs, and no way on comes with it. Behind a
//! plain "but", whatever is neither done, asked, found nor good takes the kindness back as well ("but the lease runs till May").

use crate::list;
use crate::pattern::Match;
use crate::scene::Scene;
use crate::text::Kind;

/// How many words behind the joint are looked at before the clause must have shown its colours.
const WORDS_MAX: usize = 12;

pub fn holds(scene: &Scene<'_>, hit: Match) -> bool {
    let text = scene.text();
    let sentence = text.sentence_of(hit.from);
    let from = if opens_clause(scene, hit) {
        after_comma(scene, hit.to, sentence.to)
    } else {
        hit.show.1
    };
    let mut words = 0;
    let to = (from..sentence.to)
        .find(|at| {
            words += usize::from(text.tokens[*at].kind == Kind::Word);
            words > WORDS_MAX
        })
        .unwrap_or(sentence.to);
    let Some((undercut, _)) = scene.list_in(list::UNDERCUT, from, to) else {
        return words > 1 && plainly_against(scene, hit, from, to);
    };
    // Before the undercut stands good news ("but I have asked Rae, who can"): then it is none.
    if scene.list_in(list::REPAIR_ACT, from, undercut).is_some() {
        return false;
    }
    let index = text.tokens[hit.from].sentence as usize;
    let end = text.sentences[(index + 2).min(text.sentences.len() - 1)].to;
    let option = super::way_on::within(scene, undercut, end, hit);
    let blames = scene.list_in(list::BLAME, from, to).is_some()
        || scene.list_in(list::POLICY_NOUN, from, to).is_some();
    blames || !option
}

/// Whether a joint that only sets against is followed by nothing kind, in its clause and the two sentences behind.
fn plainly_against(scene: &Scene<'_>, hit: Match, from: usize, to: usize) -> bool {
    let text = scene.text();
    let sentence = text.sentence_of(hit.from);
    let index = text.tokens[hit.from].sentence as usize;
    let end = text.sentences[(index + 2).min(text.sentences.len() - 1)].to;
    scene.in_list(hit.show.0, list::SETS_AGAINST)
        && !sentence.question
        && scene.list_in(list::KIND_BEHIND_BUT, from, to).is_none()
        && !super::way_on::within(scene, from, end, hit)
        && scene.list_in(list::REPAIR_ACT, from, end).is_none()
}

/// Whether the hit is a "while I understand" that the main clause answers.
fn opens_clause(scene: &Scene<'_>, hit: Match) -> bool {
    scene.in_list(hit.show.0, list::UNDERCUT_OPENER)
        || (hit.to > hit.show.1 && scene.in_list(hit.show.0, list::UNDERCUT_ALTHOUGH))
}

fn after_comma(scene: &Scene<'_>, from: usize, to: usize) -> usize {
    (from..to)
        .find(|at| scene.text().written(*at) == ",")
        .map_or(to, |at| at + 1)
}

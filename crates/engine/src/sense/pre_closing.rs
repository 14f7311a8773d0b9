//! "pre-closing": a bare thank-you behind a request or a problem, which closes the letter and thanks for nothing in particular.

use crate::list;
use crate::pattern::Match;
use crate::scene::Scene;
use crate::text::Kind;

pub fn holds(scene: &Scene<'_>, hit: Match) -> bool {
    let text = scene.text();
    let sentence = text.sentence_of(hit.from);
    let own = |at: &usize| {
        matches!(
            text.tokens[*at].kind,
            Kind::Word | Kind::Number | Kind::Code
        )
    };
    // Thanks for something, or with more to say than the thanks, are meant.
    let words = (sentence.from..sentence.to).filter(own).count();
    let begins = (sentence.from..sentence.to).find(own);
    let thanks = begins.is_some_and(|at| scene.in_list(at, list::THANKS_OPENER));
    if !thanks {
        return false;
    }
    let before = (0..sentence.from).filter(own).count();
    let greeting = text
        .salutation
        .map_or(0, |(from, to)| (from..to).filter(own).count());
    if before <= greeting {
        return false;
    }
    let bare = words <= 5
        && !(sentence.from..sentence.to).any(|at| scene.in_list(at, list::THANKS_FOR_SOMETHING));
    let courtesy = (sentence.from..sentence.to).any(|at| scene.in_list(at, list::THANKS_COURTESY));
    if !(bare || (courtesy && words <= 10)) {
        return false;
    }
    // Behind good news it is said in earnest.
    let glad = scene.list_in(list::GLAD, 0, sentence.from).is_some()
        || scene.list_in(list::SETTLED, 0, sentence.from).is_some();
    !glad
}

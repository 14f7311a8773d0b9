//! "their word": all telling words of the hit stand in what the customer wrote, so it is theirs and not ours.

use crate::From;
use crate::list;
use crate::pattern::Match;
use crate::scene::Scene;
use crate::text::Kind;

pub fn holds(scene: &Scene<'_>, hit: Match) -> bool {
    let text = scene.text();
    let mut telling = (hit.show.0..hit.show.1)
        .filter(|at| {
            matches!(text.tokens[*at].kind, Kind::Word | Kind::Code)
                && scene.list_at(list::FUNCTION_WORDS, *at).is_none()
        })
        .map(|at| text.written(at))
        .peekable();
    telling.peek().is_some() && telling.all(|word| said(scene, word))
}

/// Whether the customer wrote this word, in this message or an earlier one; one of it or several.
pub fn said(scene: &Scene<'_>, word: &str) -> bool {
    let now = scene.context.message.iter().map(|m| m.text.source);
    let earlier = scene
        .context
        .earlier
        .iter()
        .filter(|e| e.from == From::Customer)
        .map(|e| e.text.as_str());
    now.chain(earlier).any(|source| {
        source
            .split(|c: char| !c.is_alphanumeric())
            .any(|theirs| alike(theirs, word))
    })
}

fn alike(a: &str, b: &str) -> bool {
    let one = |word| -> &str {
        let word: &str = word;
        word.strip_suffix(['s', 'S'])
            .filter(|rest| rest.len() >= 2)
            .unwrap_or(word)
    };
    one(a).eq_ignore_ascii_case(one(b))
}

//! "cheer": emoji that smile, and exclamation marks in a row or two and more of them. Whether cheer fits is for the card to say.

use super::hit;
use crate::deck::Hit;
use crate::list;
use crate::scene::Scene;
use crate::text::Kind;

/// From so many exclamation marks on, a letter sounds cheerful.
const EXCLAIMS_MIN: usize = 2;

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    let text = scene.text();
    let mut hits = Vec::new();
    let mut exclaims = 0;
    for at in 0..text.tokens.len() {
        let token = text.tokens[at];
        let greeting = text
            .salutation
            .is_some_and(|(from, to)| (from..to).contains(&at));
        if token.masked && !greeting {
            continue;
        }
        let written = text.written(at);
        if token.kind == Kind::Emoji {
            let first = &written[..written.chars().next().map_or(0, char::len_utf8)];
            if scene.lists_id(list::CHEERFUL_EMOJI, scene.words.get(first.as_bytes())) {
                hits.push(hit(at, at + 1));
            }
        } else if matches!(written, "!" | "！") {
            exclaims += 1;
            if exclaims == EXCLAIMS_MIN {
                hits.push(hit(at, at + 1));
            }
        } else if let Some(to) = smile(scene, at) {
            hits.push(hit(at, to));
        }
    }
    hits
}

/// Where a smile made of marks ends, ":)" or ";-)", that begins at token `at`.
fn smile(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let text = scene.text();
    if !matches!(text.written(at), ":" | ";" | "=") {
        return None;
    }
    let joined = |i: usize| {
        text.tokens
            .get(i)
            .is_some_and(|t| t.start == text.tokens[i - 1].end)
    };
    let mut mouth = at + 1;
    if joined(mouth) && text.written(mouth) == "-" {
        mouth += 1;
    }
    (joined(mouth) && matches!(text.written(mouth), ")" | "D")).then_some(mouth + 1)
}

//! "starred-swearing": a swear word with its middle starred out ("f***ing router").

use super::hit;
use crate::deck::Hit;
use crate::list;
use crate::scene::Scene;
use crate::text::Kind;
use crate::words::MASKED;

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    let text = scene.text();
    let mut hits = Vec::new();
    for at in 0..text.tokens.len() {
        let token = text.tokens[at];
        let star = |i: usize| {
            text.tokens
                .get(i)
                .is_some_and(|t| t.kind == Kind::Punct && t.start == text.tokens[i - 1].end)
                && matches!(text.written(i), "*" | "#" | "@" | "$")
        };
        if token.kind != Kind::Word
            || token.word == MASKED
            || !star(at + 1)
            || (at > 0 && text.written(at - 1) == "*" && text.tokens[at - 1].end == token.start)
        {
            continue;
        }
        if !scene.in_list(at, list::SWEAR_BEGINNING) {
            continue;
        }
        let mut to = at + 2;
        while star(to) {
            to += 1;
        }
        let tail = text
            .tokens
            .get(to)
            .is_some_and(|t| t.kind == Kind::Word && t.start == text.tokens[to - 1].end);
        if tail || to > at + 2 {
            hits.push(hit(at, to + usize::from(tail)));
        }
    }
    hits
}

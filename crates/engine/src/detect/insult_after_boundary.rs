//! "insult-after-boundary": an insult although we have said, earlier in the thread, that we help without insults.

use super::hit;
use crate::deck::Hit;
use crate::scene::Scene;

const BOUNDARY: &[&str] = &[
    "without insults",
    "without the insults",
    "without being insulted",
    "without abuse",
    "stop the insults",
    "if the insults",
    "abusive language",
    "insults go on",
    "insults continue",
];

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    let set = scene.context.agent_texts().any(|text| {
        let lower = text.to_lowercase();
        BOUNDARY.iter().any(|words| lower.contains(words))
    });
    if !set {
        return Vec::new();
    }
    let text = scene.text();
    (0..text.tokens.len())
        .filter(|at| !text.tokens[*at].masked)
        .find_map(|at| {
            scene
                .list_at("insult-noun", at)
                .or_else(|| scene.list_at("insult-word", at))
                .map(|to| vec![hit(at, to)])
        })
        .unwrap_or_default()
}

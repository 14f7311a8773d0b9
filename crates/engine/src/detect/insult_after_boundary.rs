//! "insult-after-boundary": an insult although we have said, earlier in the thread, that we help without insults.

use super::hit;
use crate::deck::Hit;
use crate::list;
use crate::pattern::Field;
use crate::scene::Scene;
use crate::text::{NameWords, Text};

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    // Most threads hold nothing of ours yet.
    if scene.context.agent_texts().next().is_none() {
        return Vec::new();
    }
    let text = scene.text();
    let insult = (0..text.tokens.len())
        .filter(|at| !text.tokens[*at].masked)
        .find_map(|at| {
            let noun = scene.list_at(list::INSULT_NOUN, at);
            noun.or_else(|| scene.list_at(list::INSULT_WORD, at))
                .map(|to| (at, to))
        });
    match insult {
        Some((from, to)) if boundary_set(scene) => vec![hit(from, to)],
        _ => Vec::new(),
    }
}

/// Whether something of ours in the thread says where the line is.
fn boundary_set(scene: &Scene<'_>) -> bool {
    let Some(boundary) = scene.lists.get(list::INSULT_BOUNDARY) else {
        return false;
    };
    scene.context.agent_texts().any(|said| {
        let text = Text::new(said, scene.words, &NameWords::default());
        let field = Field {
            text: &text,
            sets: scene.field.sets,
            typed: &[],
        };
        boundary.first_in(0, text.tokens.len(), &field).is_some()
    })
}

//! A sum or a number in a draft that stands neither among the facts nor in the message: all that can be told of a statement
//! in a language that we do not know.

use super::hit;
use crate::deck::Hit;
use crate::pattern::Typed;
use crate::scene::Scene;
use crate::text::{NameWords, Text};
use crate::{FactKind, Weight};

/// A draft with more values than these has been said enough about.
const NOTES_MAX: usize = 4;

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    // With nothing to hold a value against, every value would be one to look at.
    let Some(message) = &scene.context.message else {
        return Vec::new();
    };
    let facts = scene.context.facts.iter().flat_map(|fact| {
        let text = Text::new(&fact.text, scene.words, &NameWords::default());
        crate::typed::find(
            &text,
            scene.words,
            scene.single_words,
            scene.context.now,
            scene.month_first,
        )
    });
    let known: Vec<Typed> = facts.chain(message.typed.iter().cloned()).collect();
    scene
        .field
        .typed
        .iter()
        .filter(|t| matches!(t.kind, FactKind::Amount | FactKind::Reference))
        .filter(|t| !known.iter().any(|k| k.kind == t.kind && k.value == t.value))
        .take(NOTES_MAX)
        .map(|t| Hit {
            weight: Some(Weight::Quiet),
            ..hit(t.from, t.to)
        })
        .collect()
}

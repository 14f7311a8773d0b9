//! Words of theirs said back: a paraphrase, and no claim of ours.

use super::first_word;
use super::known::Looked;
use super::said::Said;
use super::value::{Value, Valued};
use crate::list;
use crate::review::families::Matter;
use crate::text::Sentence;

/// Says back what the customer wrote, values and all: a paraphrase, not a claim of ours.
pub fn repeats_the_customer(
    looked: &Looked<'_, '_>,
    sentence: Sentence,
    (from, to): (usize, usize),
) -> bool {
    let scene = looked.scene;
    let told = looked.told();
    if told.is_empty() {
        return false;
    }
    let said = Said::of(scene, scene.text(), scene.field.typed, from, sentence.to);
    let alone = scene.context.facts.is_empty();
    let of_them = scene.in_list(from, list::YOU_WORD);
    let of_us = scene.in_list(first_word(scene, from, sentence.to), list::WE_WORD);
    let values = || {
        let small = |v: &&Value| {
            alone
                && matches!(
                    v.is,
                    Valued::Number(..) | Valued::Times(_) | Valued::Name(..) | Valued::Length(_)
                )
        };
        said.values
            .iter()
            .filter(move |v| !matches!(v.is, Valued::One(..)) && !small(v))
    };
    let same_values = values().all(|v| told.iter().any(|t| t.holds(&v.is)));
    let valued = values().next().is_some();
    // "We've credited £18" says more than their "You owe me £18".
    if !same_values || of_us || (alone && !valued && !of_them) {
        return false;
    }
    if valued && alone {
        return true;
    }
    // "You were charged twice" to somebody who wrote that they were. Beside facts, what they say has happened has to be told.
    let is_told = |m: &Matter| told.iter().any(|t| t.matters.binary_search(m).is_ok());
    if valued {
        return said.told.iter().all(|t| !t.happened || is_told(&t.matter));
    }
    let matters: Vec<Matter> = scene.families.matters(scene.text(), from, to);
    !matters.is_empty() && matters.iter().all(is_told)
}

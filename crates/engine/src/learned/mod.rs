//! The learned reader beside the cards: what a sentence leans towards, with the words that make it so.
//!
//! A card may name an act it is about (`learned = "upset"`). Where the card's own patterns are silent and a reader leans
//! far enough, the card speaks with the words that weigh most as its evidence; its `not`, `unless` and `only` hold as
//! ever. A leaning alone makes a message warm, never hot, and no number or name of an act is shown to anybody.
//!
//! One reader is built in ([`Learned`], a table of weights under `cards/LANGUAGE/learned/`); another, such as the encoder
//! of `unruffled-reader`, hands its leanings in with the message. Each works on single sentences, so that what is added
//! to a message takes nothing away from what was there.

mod features;
mod hits;
mod table;

pub(crate) use hits::{listeners, of_leans, stretches};
pub use table::{Learned, LearnedFault};

/// What one sentence leans towards, far enough to be a hint.
#[derive(Debug, Clone, PartialEq)]
pub struct Lean {
    /// The act, as a card's `learned` names it.
    pub act: String,
    /// Log-odds beyond what a hint needs; above 0.
    pub beyond: f32,
    /// The words that weigh most: bytes of the text that was read.
    pub start: usize,
    pub end: usize,
}

/// Something that has learned to tell what a sentence does.
pub trait Reader {
    /// Adds what `sentence` leans towards; spans are bytes of `sentence`.
    fn lean(&self, sentence: &str, leans: &mut Vec<Lean>);
}

/// What `reader` says of each stretch of `text`; spans are bytes of `text`.
pub(crate) fn lean_all(
    reader: &dyn Reader,
    text: &str,
    stretches: impl Iterator<Item = (usize, usize)>,
) -> Vec<Lean> {
    let mut leans = Vec::new();
    for (start, end) in stretches {
        let known = leans.len();
        reader.lean(&text[start..end], &mut leans);
        for lean in &mut leans[known..] {
            lean.start += start;
            lean.end += start;
        }
    }
    leans
}

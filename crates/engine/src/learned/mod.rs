//! The learned reader beside the cards: what a sentence leans towards, with the words that make it so.
//!
//! A card may name an act it is about (`learned = "upset"`). Where the card's own patterns are silent and a reader leans
//! far enough, the card speaks with the words that weigh most as its evidence; its `not`, `unless` and `only` hold as
//! ever. A leaning alone makes a message warm, never hot, and no number or name of an act is shown to anybody.
//!
//! Two readers are built in, tables of weights under `cards/LANGUAGE/learned/`: [`Learned`] hears acts that several cards may be
//! about, [`Wordings`] what each single code is about, and doubts a card where nothing of the sentence speaks for it. Another,
//! such as the encoder of `unruffled-reader`, hands its leanings in with the message. Each works on single sentences, so that what is added
//! to a message takes nothing away from what was there.

use crate::text::Text;
use crate::words::Words;
use crate::{From, KnownFact};

mod features;
mod hits;
mod spelled;
mod table;
mod whole;
mod wordings;

pub(crate) use hits::{ActSpans, believed, listeners, of_codes, of_leans, stretches, words};
use spelled::Spelled;
pub use table::{Learned, LearnedFault};
use whole::Whole;
pub(crate) use wordings::Strengths;
pub use wordings::Wordings;

/// What one sentence leans towards, far enough to be a hint.
#[derive(Debug, Clone, PartialEq)]
pub struct Lean {
    /// The act, as a card's `learned` names it, or the code of a card.
    pub act: String,
    /// Log-odds beyond what a hint needs; above 0.
    pub beyond: f32,
    /// The words that weigh most: bytes of the text that was read.
    pub start: usize,
    pub end: usize,
}

/// Whether a draft answers an ask, and by which words.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Log-odds that it does.
    pub strength: f32,
    /// Bytes of the draft.
    pub start: usize,
    pub end: usize,
}

/// What one word of a draft states of the case, held against what is on file.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated {
    /// Log-odds that it is part of a statement that no checked fact shows.
    pub questioned: f32,
    /// Log-odds that, where it is so, a checked fact says otherwise.
    pub denied: f32,
    /// The fact that it is about: its place among those on file.
    pub fact: Option<usize>,
    /// Bytes of the draft.
    pub start: usize,
    pub end: usize,
}

/// The acts of a [`Lean`] that say where something is asked, and that a sentence asks nothing. No card listens for them:
/// they go to the asks themselves.
pub const ASK: &str = "ask";
pub const NO_ASK: &str = "no-ask";

/// The acts of a [`Lean`] that say that a draft undertakes something, and that a customer tells of an undertaking.
pub const PROMISE: &str = "promise";
pub const TOLD: &str = "told";

/// Before a code, the act of a [`Lean`] that says: whatever its card's patterns found here, it is not there.
pub const NOT: &str = "not ";

/// Something that has learned to tell what a sentence does.
pub trait Reader {
    /// Adds what `sentence` leans towards; spans are bytes of `sentence`. Of a draft also where it undertakes something ([`PROMISE`]); of
    /// a customer's message where it tells of an undertaking ([`TOLD`]), where it asks something ([`ASK`]), or that it asks nothing ([`NO_ASK`]).
    fn lean(&self, sentence: &str, from: From, leans: &mut Vec<Lean>);

    /// Adds which codes of what-ifs a customer's message leans towards. `words`: those of it that are known, in small letters.
    fn what_ifs(&self, words: &str, leans: &mut Vec<Lean>) {
        let _ = (words, leans);
    }

    /// Of each word of `draft`, whether it states what no checked one of `facts` shows; nothing where the reader cannot tell.
    fn statements(&self, facts: &[KnownFact], draft: &str) -> Vec<Stated> {
        let _ = (facts, draft);
        Vec::new()
    }

    /// Of each ask, in the customer's words, whether `draft` answers it; none where the reader cannot tell.
    fn answers(&self, asks: &[&str], draft: &str) -> Vec<Option<Answer>> {
        let _ = draft;
        vec![None; asks.len()]
    }
}

/// The words that are shown weigh at least this part of the one that weighs most, with at most so many lighter ones
/// between two of them.
const SHARE_MIN: f32 = 0.4;
const GAP_WORDS_MAX: usize = 1;

/// Of words in their order, each with what it weighs, the one that weighs most with those neighbours that weigh nearly as
/// much; none where nothing weighs.
pub fn heaviest(words: &[(usize, usize, f32)]) -> Option<(usize, usize)> {
    let top = words.iter().map(|word| word.2).fold(0.0, f32::max);
    let at = words
        .iter()
        .position(|word| word.2 > 0.0 && word.2 >= top)?;
    let weighs = |at: usize| words.get(at).is_some_and(|word| word.2 >= top * SHARE_MIN);
    let steps = 1..=GAP_WORDS_MAX + 1;
    let (mut first, mut last) = (at, at);
    while let Some(step) = steps.clone().rfind(|by| first >= *by && weighs(first - by)) {
        first -= step;
    }
    while let Some(step) = steps.clone().rfind(|by| weighs(last + by)) {
        last += step;
    }
    Some((words[first].0, words[last].1))
}

/// What `reader` says of each stretch of `text`, spelled as `words` read it, and, of a customer's message, of all its words that
/// `known` knows; spans are bytes of the text.
pub(crate) fn lean_all(
    reader: &dyn Reader,
    text: &Text<'_>,
    words: Option<&Words>,
    stretches: impl Iterator<Item = (usize, usize)>,
    from: From,
    known: Option<&Wordings>,
) -> Vec<Lean> {
    let mut leans = Vec::new();
    let mut whole = Whole::default();
    for stretch in stretches {
        let spelled = Spelled::new(text, words, stretch);
        let before = leans.len();
        reader.lean(&spelled.text, from, &mut leans);
        if from == From::Customer {
            whole.add(&spelled, known);
        }
        for lean in &mut leans[before..] {
            lean.start = spelled.written_from(lean.start);
            lean.end = spelled.written(lean.end);
        }
    }
    leans.extend(whole.what_ifs(reader));
    leans
}

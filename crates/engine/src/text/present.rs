//! Which words of the vocabulary a text holds, and which of them near each place, so that only what can match is tried.

use super::{Kind, Text, Token};
use crate::pattern::{Sets, Width};
use crate::words::{UNKNOWN, WordId};
use std::cell::OnceCell;
use std::ops::Range;

/// Words as bits, several words to a bit: a word whose bit is missing is not there.
pub type Sketch = u128;

/// The bit of a word.
#[inline]
pub fn sketch(word: WordId) -> Sketch {
    1 << (word.wrapping_mul(0x9e37_79b9) >> 25)
}

/// So many words from a place on are near it, in two measures.
const FEW_WORDS: u16 = 8;
const SOME_WORDS: u16 = 16;

/// The words of one text.
#[derive(Debug, Default)]
pub struct Present {
    /// Open addressing over a power of two, never more than half full; `UNKNOWN` is an empty slot.
    slots: Vec<WordId>,
    distinct: Vec<WordId>,
    sketch: Sketch,
    /// For each token, the words near behind it, worked out once; in a short text all words are.
    near: OnceCell<Vec<[Sketch; 2]>>,
    /// The word lists that may match, worked out once; see [`Text::may_hold`].
    lists: OnceCell<Vec<u64>>,
    /// Worked out once; see [`Text::places`].
    places: OnceCell<Places>,
}

impl Present {
    /// Gathers the words of `tokens`.
    pub(super) fn new(tokens: &[Token]) -> Present {
        let mut present = Present {
            slots: vec![UNKNOWN; (tokens.len() * 2 + 1).next_power_of_two()],
            distinct: Vec::with_capacity(tokens.len()),
            ..Present::default()
        };
        for token in tokens {
            let at = present.slot(token.word);
            if present.slots[at] != token.word {
                present.slots[at] = token.word;
                present.distinct.push(token.word);
                present.sketch |= sketch(token.word);
            }
        }
        present
    }

    /// The slot of `word`, or the empty one where it would go.
    #[inline]
    fn slot(&self, word: WordId) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = word.wrapping_mul(0x9e37_79b9) as usize >> 7 & mask;
        while self.slots[at] != word && self.slots[at] != UNKNOWN {
            at = (at + 1) & mask;
        }
        at
    }

    #[inline]
    pub fn has(&self, word: WordId) -> bool {
        self.sketch & sketch(word) != 0 && self.slots[self.slot(word)] == word
    }

    /// All words.
    #[inline]
    pub fn sketch(&self) -> Sketch {
        self.sketch
    }

    /// Each word that is known, once.
    #[inline]
    pub fn distinct(&self) -> &[WordId] {
        &self.distinct
    }
}

impl Text<'_> {
    /// At least the words of the `count` words from token `at` on, and of the marks between them.
    #[inline]
    pub fn near(&self, at: usize, count: u16) -> Sketch {
        if count > SOME_WORDS || self.tokens.len() <= usize::from(SOME_WORDS) {
            return self.present.sketch;
        }
        let near = self.present.near.get_or_init(|| near(&self.tokens));
        match near.get(at) {
            Some(near) if count <= FEW_WORDS => near[0],
            Some(near) => near[1],
            None => self.present.sketch,
        }
    }

    /// Whether the word list with this index may match anywhere.
    #[inline]
    pub fn may_hold(&self, list: u32, sets: &Sets) -> bool {
        has(self.lists(sets), 0, list, sets)
    }

    /// Whether the word list with this index may match within tokens `from..to`.
    #[inline]
    pub fn may_hold_in(&self, list: u32, from: usize, to: usize, sets: &Sets) -> bool {
        let (Some(first), Some(last)) =
            (self.tokens.get(from), self.tokens.get(to.wrapping_sub(1)))
        else {
            return false;
        };
        let row = match first.sentence == last.sentence {
            true => 1 + first.sentence as usize,
            false => 0,
        };
        has(self.lists(sets), row, list, sets)
    }

    /// Its tokens by how many words stand before them.
    #[inline]
    pub fn places(&self) -> &Places {
        self.present.places.get_or_init(|| Places::of(&self.tokens))
    }

    /// The word lists that may match in the text, then those that may in each of its sentences.
    fn lists(&self, sets: &Sets) -> &[u64] {
        self.present.lists.get_or_init(|| {
            let width = sets.lists_width();
            let mut lists = vec![0; width * (1 + self.sentences.len())];
            let (all, each) = lists.split_at_mut(width);
            let mut room = vec![0; width * 2];
            let distinct = self.present.distinct.iter().copied();
            sets.lists_of(distinct, all, &mut room);
            for (row, sentence) in each.chunks_mut(width).zip(&self.sentences) {
                let tokens = &self.tokens[sentence.from..sentence.to];
                sets.lists_of(tokens.iter().map(|token| token.word), row, &mut room);
            }
            lists
        })
    }
}

/// Whether a list's bit is set in this row.
#[inline]
fn has(lists: &[u64], row: usize, list: u32, sets: &Sets) -> bool {
    lists[row * sets.lists_width() + list as usize / 64] & (1 << (list % 64)) != 0
}

/// The tokens of a text by how many words stand before them; marks are no words.
#[derive(Debug)]
pub struct Places {
    /// For each token.
    words_before: Vec<u32>,
    /// For each number of words, the first token that has so many before it.
    first: Vec<u32>,
}

impl Places {
    fn of(tokens: &[Token]) -> Places {
        let count = tokens.len();
        let mut places = Places {
            words_before: Vec::with_capacity(count),
            first: Vec::with_capacity(count + 1),
        };
        places.first.push(0);
        for (at, token) in (1..).zip(tokens) {
            places.words_before.push(places.first.len() as u32 - 1);
            if !is_mark(token) {
                places.first.push(at);
            }
        }
        places
    }

    /// The tokens that the one at `place` stands so many words behind.
    pub fn before(&self, place: usize, words: Width) -> Range<usize> {
        let before = self.words_before[place] as usize;
        match before.checked_sub(usize::from(words.least)) {
            Some(last) => {
                let from = before.saturating_sub(usize::from(words.most));
                self.first(from)..self.first(last + 1).min(place + 1)
            }
            None => 0..0,
        }
    }

    /// The tokens that stand so many words behind the one at `place`.
    #[inline]
    pub fn behind(&self, place: usize, words: Width) -> Range<usize> {
        let before = self.words_before[place] as usize;
        let from = self.first(before + usize::from(words.least));
        let to = self.first(before + usize::from(words.most) + 1);
        from.max(place)..to
    }

    /// The first token that has so many words before it, or where the text ends.
    #[inline]
    fn first(&self, words: usize) -> usize {
        let at = self.first.get(words).map(|at| *at as usize);
        at.unwrap_or(self.words_before.len())
    }
}

#[inline]
fn is_mark(token: &Token) -> bool {
    matches!(token.kind, Kind::Punct | Kind::Newline)
}

/// For each token, the words that are near behind it. Marks are not counted and go with the token before them.
fn near(tokens: &[Token]) -> Vec<[Sketch; 2]> {
    // Word by word, each with the marks behind it; what stands before the first word goes with it.
    let mut words: Vec<Sketch> = Vec::with_capacity(tokens.len() + 1);
    words.push(0);
    for token in tokens {
        match words.last_mut() {
            Some(word) if is_mark(token) => *word |= sketch(token.word),
            _ => words.push(sketch(token.word)),
        }
    }
    let mut widened = words.clone();
    let mut width = 1;
    let mut near = vec![[0; 2]; tokens.len()];
    for (measure, words_near) in [FEW_WORDS, SOME_WORDS].into_iter().enumerate() {
        while width < usize::from(words_near) {
            for at in width..widened.len() {
                widened[at - width] |= widened[at];
            }
            width *= 2;
        }
        let mut word = 0;
        for (near, token) in near.iter_mut().zip(tokens) {
            word += usize::from(!is_mark(token));
            // From a mark on, the words behind it are near, and the mark itself.
            near[measure] = match is_mark(token) {
                true => words[word] | widened.get(word + 1).unwrap_or(&0),
                false => widened[word],
            };
        }
    }
    near
}

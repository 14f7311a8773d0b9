//! Which words of the vocabulary a text holds, and where, so that only what can match is tried.

use super::Token;
use crate::pattern::Sets;
use crate::words::WordId;
use std::cell::OnceCell;

/// No token: the end of a chain of places.
pub const NOWHERE: u32 = u32::MAX;

/// A word of the text with its first place.
#[derive(Debug, Clone, Copy)]
pub struct Distinct {
    pub word: WordId,
    /// Its first token; the others hang on `Token::next`.
    pub first: u32,
}

/// Up to so many different words are gone through; from there on they are counted into place.
const GONE_THROUGH_MAX: usize = 32;

/// The words of one text.
#[derive(Debug, Default)]
pub struct Present {
    /// One bit for each word of the vocabulary.
    bits: Vec<u64>,
    /// How many words of the text come before each part of `bits`, where it has many.
    before: Vec<u32>,
    distinct: Vec<Distinct>,
    /// The word lists that may match, worked out once.
    lists: OnceCell<Vec<u64>>,
}

impl Present {
    /// Gathers the words of `tokens` and chains their places. `vocabulary`: how many words there are.
    pub(super) fn new(tokens: &mut [Token], vocabulary: usize) -> Present {
        let mut present = Present {
            bits: vec![0; vocabulary / 64 + 1],
            ..Present::default()
        };
        present.distinct.reserve(tokens.len());
        for token in tokens.iter() {
            let (at, bit) = (token.word as usize / 64, 1 << (token.word % 64));
            if present.bits[at] & bit == 0 {
                present.bits[at] |= bit;
                present.distinct.push(Distinct {
                    word: token.word,
                    first: NOWHERE,
                });
            }
        }
        if present.distinct.len() > GONE_THROUGH_MAX {
            present.distinct.sort_unstable_by_key(|d| d.word);
            let mut count = 0;
            present.before = present
                .bits
                .iter()
                .map(|bits| {
                    count += bits.count_ones();
                    count - bits.count_ones()
                })
                .collect();
        }
        for (at, token) in tokens.iter_mut().enumerate().rev() {
            let rank = present.rank(token.word);
            token.next = std::mem::replace(&mut present.distinct[rank].first, at as u32);
        }
        present
    }

    /// Where a word that the text holds stands in `distinct`.
    #[inline]
    fn rank(&self, word: WordId) -> usize {
        let Some(before) = self.before.get(word as usize / 64) else {
            let rank = self.distinct.iter().position(|d| d.word == word);
            return rank.unwrap_or_default();
        };
        let below = self.bits[word as usize / 64] & ((1 << (word % 64)) - 1);
        (before + below.count_ones()) as usize
    }

    #[inline]
    pub fn has(&self, word: WordId) -> bool {
        self.bits[word as usize / 64] & (1 << (word % 64)) != 0
    }

    /// Whether the word list with this index may match anywhere.
    #[inline]
    pub fn may_hold(&self, list: u32, sets: &Sets) -> bool {
        let lists = self.lists.get_or_init(|| sets.lists_of(self));
        lists[list as usize / 64] & (1 << (list % 64)) != 0
    }

    /// Each word once.
    #[inline]
    pub fn distinct(&self) -> &[Distinct] {
        &self.distinct
    }

    /// The first token of `word`, or `NOWHERE`.
    #[inline]
    pub fn first(&self, word: WordId) -> u32 {
        if self.has(word) {
            self.distinct[self.rank(word)].first
        } else {
            NOWHERE
        }
    }
}

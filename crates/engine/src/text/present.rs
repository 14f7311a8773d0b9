//! Which words of the vocabulary a text holds, and where, so that only what can match is tried.

use super::Token;
use crate::words::WordId;

/// No token: the end of a chain of places.
pub const NOWHERE: u32 = u32::MAX;

/// A word of the text with its first place.
#[derive(Debug, Clone, Copy)]
pub struct Distinct {
    pub word: WordId,
    /// Its first token; the others hang on `Token::next`.
    pub first: u32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Block {
    bits: u64,
    /// How many words the blocks before hold.
    before: u32,
}

/// The words of one text.
#[derive(Debug, Default)]
pub struct Present {
    blocks: Vec<Block>,
    distinct: Vec<Distinct>,
}

impl Present {
    /// Gathers the words of `tokens` and chains their places. `vocabulary`: how many words there are.
    pub(super) fn new(tokens: &mut [Token], vocabulary: usize) -> Present {
        let mut blocks = vec![Block::default(); vocabulary / 64 + 1];
        for token in tokens.iter() {
            blocks[token.word as usize / 64].bits |= 1 << (token.word % 64);
        }
        let mut distinct = Vec::with_capacity(tokens.len());
        for (index, block) in blocks.iter_mut().enumerate() {
            block.before = distinct.len() as u32;
            let mut bits = block.bits;
            while bits != 0 {
                distinct.push(Distinct {
                    word: index as u32 * 64 + bits.trailing_zeros(),
                    first: NOWHERE,
                });
                bits &= bits - 1;
            }
        }
        let mut present = Present { blocks, distinct };
        for (at, token) in tokens.iter_mut().enumerate().rev() {
            let rank = present.rank(token.word);
            token.next = std::mem::replace(&mut present.distinct[rank].first, at as u32);
        }
        present
    }

    #[inline]
    fn rank(&self, word: WordId) -> usize {
        let block = self.blocks[word as usize / 64];
        let below = block.bits & ((1 << (word % 64)) - 1);
        (block.before + below.count_ones()) as usize
    }

    #[inline]
    pub fn has(&self, word: WordId) -> bool {
        self.blocks[word as usize / 64].bits & (1 << (word % 64)) != 0
    }

    /// Each word once, in order of their numbers.
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

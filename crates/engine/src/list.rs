//! Word lists by number: each file of `cards/*/words/` has a constant here, so that a detector names a list that exists and
//! asks with one look at a bitmap whether a word stands in it.

use crate::pattern::Sets;
use crate::words::{CLITIC_D, WordId, Words};

/// A word list's number; the constants are made from the files' names (`words/ask-lead.txt` is `ASK_LEAD`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListId(u16);

impl ListId {
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

#[allow(dead_code)]
mod numbers {
    use super::ListId;
    include!(concat!(env!("OUT_DIR"), "/lists.rs"));
}

pub use numbers::*;

/// The single words of each list, as bitmaps over the vocabulary.
#[derive(Debug, Default)]
pub struct SingleWords {
    /// 64-bit words per list.
    width: usize,
    bits: Vec<u64>,
}

impl SingleWords {
    /// Gathers them once the vocabulary is complete. A list that a language does not have holds no word.
    pub fn new(sets: &Sets, words: &Words) -> SingleWords {
        let width = words.len() / 64 + 1;
        let mut bits = vec![0u64; width * NAMES.len()];
        for (number, name) in NAMES.iter().enumerate() {
            for id in sets.single_words(name) {
                // "'s" may be a possessive as well as an "is": a pattern may take it so, a bare word may not.
                if *id > CLITIC_D {
                    bits[number * width + *id as usize / 64] |= 1 << (id % 64);
                }
            }
        }
        SingleWords { width, bits }
    }

    #[inline]
    pub fn has(&self, list: ListId, word: WordId) -> bool {
        let at = word as usize / 64;
        at < self.width
            && self.bits[usize::from(list.0) * self.width + at] & (1 << (word % 64)) != 0
    }
}

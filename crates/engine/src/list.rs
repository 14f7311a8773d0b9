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

/// The single words of all lists: a row a word, with a bit for each list, since one word is asked for many lists.
#[derive(Debug, Default)]
pub struct SingleWords {
    rows: Vec<[u64; WIDTH]>,
}

/// How many numbers hold a bit for each list.
const WIDTH: usize = NAMES.len().div_ceil(64);

impl SingleWords {
    /// Gathers them once the vocabulary is complete. A list that a language does not have holds no word.
    pub fn new(sets: &Sets, words: &Words) -> SingleWords {
        let mut rows = vec![[0; WIDTH]; words.len()];
        for (number, name) in NAMES.iter().enumerate() {
            for id in sets.single_words(name) {
                // "'s" may be a possessive as well as an "is": a pattern may take it so, a bare word may not.
                if *id > CLITIC_D {
                    rows[*id as usize][number / 64] |= 1 << (number % 64);
                }
            }
        }
        SingleWords { rows }
    }

    #[inline]
    pub fn has(&self, list: ListId, word: WordId) -> bool {
        let (at, bit) = (list.index() / 64, 1 << (list.0 % 64));
        self.rows
            .get(word as usize)
            .is_some_and(|row| row[at] & bit != 0)
    }
}

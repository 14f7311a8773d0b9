//! Words that cannot both be so of one thing: "open" and "closed", "sent" and "held back".

use super::families::Families;
use crate::text::Text;
use crate::words::Words;

/// Pairs of sides, numbered 0 and 1, 2 and 3, and so on: the opposite of a side is the other of its pair.
#[derive(Debug, Default)]
pub struct Opposites(Families);

impl Opposites {
    /// Adds one line of `opposites.txt`: two sides with a bar between, commas inside them.
    pub fn add(&mut self, line: &str, words: &mut Words) {
        let (left, right) = line.split_once('|').unwrap_or((line, ""));
        self.0.add(left.trim(), words);
        self.0.add(right.trim(), words);
    }

    /// Calls back with each side that a word or a phrase beginning at token `at` is on.
    pub fn at(&self, text: &Text<'_>, at: usize, mut side: impl FnMut(u16)) {
        let longest = self.0.phrases_at(text, at).map(|(words, _)| words).max();
        match longest {
            Some(longest) => self
                .0
                .phrases_at(text, at)
                .filter(|(words, _)| *words == longest)
                .for_each(|(_, phrase)| side(phrase)),
            None => self
                .0
                .of_word(text.tokens[at].word)
                .iter()
                .for_each(|word| side(*word)),
        }
    }
}

//! Words that cannot both be so of one thing: "open" and "closed", "sent" and "held back"; and of a kind of which one thing
//! has only one: colours, carriers, floors.

use super::families::Families;
use crate::text::Text;
use crate::words::Words;

/// Two sides of one matter, and several of one kind.
#[derive(Debug, Default)]
pub struct Opposites {
    /// Pairs of sides, numbered 0 and 1, 2 and 3, and so on: the opposite of a side is the other of its pair.
    sides: Families,
    /// The several of each kind, numbered through.
    several: Families,
    /// The kind of each of them.
    kinds: Vec<u16>,
}

impl Opposites {
    /// Adds one line of `opposites.txt`: two sides, or several of a kind, with bars between and commas inside them.
    pub fn add(&mut self, line: &str, words: &mut Words) {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        if parts.len() > 2 {
            let kind = self.kinds.last().map_or(0, |last| last + 1);
            for part in parts {
                self.several.add(part, words);
                self.kinds.push(kind);
            }
            return;
        }
        self.sides.add(parts.first().copied().unwrap_or(""), words);
        self.sides.add(parts.get(1).copied().unwrap_or(""), words);
    }

    /// Calls back with each side that a word or a phrase beginning at token `at` is on.
    pub fn at(&self, text: &Text<'_>, at: usize, side: impl FnMut(u16)) {
        named(&self.sides, text, at, side);
    }

    /// Calls back with each kind that a word or a phrase beginning at token `at` is one of, and which.
    pub fn one_at(&self, text: &Text<'_>, at: usize, mut one: impl FnMut(u16, u16)) {
        named(&self.several, text, at, |which| {
            if let Some(kind) = self.kinds.get(usize::from(which)) {
                one(*kind, which);
            }
        });
    }
}

/// The families of the longest phrase that begins at token `at`, or else of its word.
fn named(families: &Families, text: &Text<'_>, at: usize, mut family: impl FnMut(u16)) {
    let longest = families.phrases_at(text, at).map(|(words, _)| words).max();
    match longest {
        Some(longest) => families
            .phrases_at(text, at)
            .filter(|(words, _)| *words == longest)
            .for_each(|(_, phrase)| family(phrase)),
        None => families
            .of_word(text.tokens[at].word)
            .iter()
            .for_each(|word| family(*word)),
    }
}

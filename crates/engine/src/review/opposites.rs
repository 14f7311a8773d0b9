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

    /// The sides that words and phrases of tokens `from..to` are on, each with its token.
    pub fn sides(&self, text: &Text<'_>, from: usize, to: usize) -> Vec<(u16, usize)> {
        all(&self.sides, text, (from, to), |side| Some(side / 2))
    }

    /// The several that tokens `from..to` name, each with its kind and its token.
    pub fn several(&self, text: &Text<'_>, from: usize, to: usize) -> Vec<(u16, u16, usize)> {
        let kind = |which: u16| self.kinds.get(usize::from(which)).copied();
        all(&self.several, text, (from, to), kind)
            .into_iter()
            .filter_map(|(which, at)| Some((kind(which)?, which, at)))
            .collect()
    }
}

/// What tokens `from..to` name, each with its token. A word within a phrase says nothing of the phrase's own `matter`: "left to pay"
/// is not "pay".
fn all(
    families: &Families,
    text: &Text<'_>,
    (from, to): (usize, usize),
    matter: impl Fn(u16) -> Option<u16>,
) -> Vec<(u16, usize)> {
    let mut found = Vec::new();
    let mut phrases: Vec<(Option<u16>, usize)> = Vec::new();
    for at in from..to {
        let longest = families.phrases_at(text, at).map(|(words, _)| words).max();
        if let Some(longest) = longest {
            for (_, family) in families
                .phrases_at(text, at)
                .filter(|(words, _)| *words == longest)
            {
                found.push((family, at));
                phrases.push((matter(family), at + longest));
            }
            continue;
        }
        for family in families.of_word(text.tokens[at].word) {
            let inside = |(of, end): &(Option<u16>, usize)| at < *end && *of == matter(*family);
            if !phrases.iter().any(inside) {
                found.push((*family, at));
            }
        }
    }
    found
}

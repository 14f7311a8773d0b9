//! The organisation's glossary: words that only the house knows, each with the plain words for it.

use crate::text::{Text, intern_words};
use crate::words::{MASKED, Quick, WordId, Words};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

/// A term of the house ("RMA") and what it is called outside ("return number").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub term: String,
    pub plain: String,
}

/// What stands behind a term's first word, and the term.
type Rest = (Vec<WordId>, Term);

/// All terms by their first word.
#[derive(Debug, Default)]
pub struct Glossary {
    by_word: HashMap<WordId, Vec<Rest>, BuildHasherDefault<Quick>>,
}

/// For a text in another language than the house's.
pub static NONE: LazyLock<Glossary> = LazyLock::new(Glossary::default);

impl Glossary {
    pub fn new(terms: impl IntoIterator<Item = Term>, words: &mut Words) -> Glossary {
        let mut glossary = Glossary::default();
        for term in terms {
            let ids: Vec<WordId> = term
                .term
                .to_lowercase()
                .split(|c: char| c.is_whitespace() || c == '-')
                .filter(|word| !word.is_empty())
                .flat_map(|word| intern_words(word, words))
                .collect();
            if let [first, rest @ ..] = ids.as_slice() {
                let same = glossary.by_word.entry(*first).or_default();
                same.push((rest.to_vec(), term));
                // The longest first: "SIM swap" before "SIM".
                same.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
            }
        }
        glossary
    }

    /// The term that begins at token `at`, and one past its last token.
    pub fn at(&self, text: &Text<'_>, at: usize) -> Option<(usize, &Term)> {
        let first = text
            .tokens
            .get(at)
            .filter(|t| t.word != MASKED && !t.masked)?;
        let candidates = self.by_word.get(&first.word)?;
        candidates.iter().find_map(|(rest, term)| {
            let mut to = at + 1;
            for word in rest {
                while text.tokens.get(to).is_some_and(|t| t.skip) {
                    to += 1;
                }
                if text.tokens.get(to)?.word != *word {
                    return None;
                }
                to += 1;
            }
            Some((to, term))
        })
    }
}

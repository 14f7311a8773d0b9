//! Families of words that mean the same thing at a desk, so that "money back" is answered by "refunded".

use crate::text::{Text, intern_words};
use crate::words::{MASKED, Quick, UNKNOWN, WORD_BYTES_MAX, WordId, Words};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// By a word's number.
type ByWord<T> = HashMap<WordId, Vec<T>, BuildHasherDefault<Quick>>;

/// What a word is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// A family, by its line.
    Family(u16),
    /// A word of no family, by the hash of its stem.
    Stem(u64),
}

/// All families; built once with the cards.
#[derive(Debug, Default)]
pub struct Families {
    /// By word: the families it belongs to.
    by_word: ByWord<u16>,
    /// Phrases by their first word: the words behind it and the family.
    phrases: ByWord<(Vec<WordId>, u16)>,
    /// Words that carry no matter.
    plain: Vec<WordId>,
    /// Families too general to be told apart by.
    general: Vec<u16>,
    count: u16,
}

impl Families {
    /// Adds one line of `families.txt`.
    pub fn add(&mut self, line: &str, words: &mut Words) {
        let (plain, general) = (line.starts_with("- "), line.starts_with("* "));
        let line = line.trim_start_matches(['-', '*', ' ']);
        let family = self.count;
        if !plain {
            self.count += 1;
            if general {
                self.general.push(family);
            }
        }
        for phrase in line.split(',').map(str::trim).filter(|p| !p.is_empty()) {
            if let Some(lemma) = phrase.strip_prefix('~') {
                for form in words.forms(lemma) {
                    let id = words.intern(&form);
                    self.by_word.entry(id).or_default().push(family);
                }
                continue;
            }
            let ids: Vec<WordId> = phrase
                .split(' ')
                .flat_map(|word| intern_words(word, words))
                .collect();
            match ids.as_slice() {
                [] => {}
                [one] if plain => self.plain.push(*one),
                [one] => self.by_word.entry(*one).or_default().push(family),
                [first, rest @ ..] => self
                    .phrases
                    .entry(*first)
                    .or_default()
                    .push((rest.to_vec(), family)),
            }
        }
        if plain {
            self.plain.sort_unstable();
        }
    }

    /// Whether the word carries no matter.
    pub fn is_plain(&self, word: WordId) -> bool {
        self.plain.binary_search(&word).is_ok()
    }

    pub fn is_general(&self, matter: Matter) -> bool {
        matches!(matter, Matter::Family(f) if self.is_general_family(f))
    }

    pub fn is_general_family(&self, family: u16) -> bool {
        self.general.contains(&family)
    }

    /// The families of one word.
    pub fn of_word(&self, word: WordId) -> &[u16] {
        self.by_word.get(&word).map_or(&[], Vec::as_slice)
    }

    /// The phrases that begin at token `at`: how many words each has, and its family.
    pub fn phrases_at<'a>(
        &'a self,
        text: &'a Text<'_>,
        at: usize,
    ) -> impl Iterator<Item = (usize, u16)> + 'a {
        let phrases = self.phrases.get(&text.tokens[at].word);
        phrases
            .into_iter()
            .flatten()
            .filter(move |(rest, _)| {
                rest.iter()
                    .enumerate()
                    .all(|(i, id)| text.tokens.get(at + 1 + i).is_some_and(|t| t.word == *id))
            })
            .map(|(rest, family)| (rest.len() + 1, *family))
    }

    /// What the tokens `from..to` are about, each matter once, in order of their numbers.
    pub fn matters(&self, text: &Text<'_>, from: usize, to: usize) -> Vec<Matter> {
        let mut all: Vec<Matter> = self
            .by_word(text, from, to)
            .into_iter()
            .map(|(_, matter)| matter)
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The numbers among the tokens `from..to`, as matters: "I need a 42" is answered by a 42.
    pub fn numbers(text: &Text<'_>, from: usize, to: usize) -> impl Iterator<Item = Matter> {
        const DIGITS_MIN: usize = 2;
        (from..to)
            .filter(|at| text.tokens[*at].kind == crate::text::Kind::Number)
            .map(|at| text.written(at))
            .filter(|number| number.len() >= DIGITS_MIN)
            .map(|number| Matter::Stem(stem(number)))
    }

    /// What each of the tokens `from..to` is about, in order of the tokens.
    pub fn by_word(&self, text: &Text<'_>, from: usize, to: usize) -> Vec<(usize, Matter)> {
        let mut all = Vec::new();
        for at in from..to {
            let token = &text.tokens[at];
            if token.skip
                || !matches!(
                    token.kind,
                    crate::text::Kind::Word | crate::text::Kind::Number | crate::text::Kind::Code
                )
            {
                continue;
            }
            all.extend(
                self.phrases_at(text, at)
                    .map(|(_, family)| (at, Matter::Family(family))),
            );
            if token.word != UNKNOWN && token.word != MASKED {
                if self.plain.binary_search(&token.word).is_ok() {
                    continue;
                }
                if let Some(families) = self.by_word.get(&token.word) {
                    all.extend(families.iter().map(|f| (at, Matter::Family(*f))));
                    continue;
                }
            }
            if token.kind == crate::text::Kind::Number {
                continue;
            }
            if token.end - token.start >= 3 {
                all.push((at, Matter::Stem(stem(text.written(at)))));
            }
        }
        all
    }
}

/// The hash of a word without its endings.
pub(crate) fn stem(word: &str) -> u64 {
    // Nearly every word is plain and short: no string is made of it.
    let mut plain = [0; WORD_BYTES_MAX];
    match plain.get_mut(..word.len()) {
        Some(plain) if word.is_ascii() => {
            plain.copy_from_slice(word.as_bytes());
            plain.make_ascii_lowercase();
            stem_of(std::str::from_utf8(plain).unwrap_or(""))
        }
        _ => stem_of(&word.to_lowercase()),
    }
}

/// The same of a word in lower case.
fn stem_of(lower: &str) -> u64 {
    let mut stem = lower;
    // All of the endings end in one of these letters.
    let ends = lower.ends_with(['e', 'y', 's', 'g', 'd']);
    for ending in [
        "able", "ible", "ingly", "ings", "ing", "edly", "ied", "ies", "ed", "es", "ly", "s", "e",
        "y",
    ] {
        if !ends {
            break;
        }
        if let Some(cut) = stem.strip_suffix(ending)
            && cut.chars().count() >= 3
        {
            stem = cut;
            break;
        }
    }
    // "running" and "run".
    let bytes = stem.as_bytes();
    if bytes.len() > 3
        && bytes[bytes.len() - 1].is_ascii()
        && bytes[bytes.len() - 1] == bytes[bytes.len() - 2]
    {
        stem = &stem[..stem.len() - 1];
    }
    stem.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

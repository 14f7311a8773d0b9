//! The vocabulary: every word that any card mentions, as a small number, so that a text is compared by number.

mod table;

use crate::grammar::{Grammar, Part};
use crate::typed::{CURRENCIES, Class, MARKS};
use std::hash::Hasher;
use table::Table;

/// A word's number. `UNKNOWN` is every word that no card mentions.
pub type WordId = u32;

pub const UNKNOWN: WordId = 0;
/// What a masked token turns into: it matches nothing but a gap.
pub const MASKED: WordId = 1;
/// The clitic `'s`, which may be "is", "has" or a possessive.
pub const CLITIC_S: WordId = 2;
/// The clitic `'d`, which may be "would" or "had".
pub const CLITIC_D: WordId = 3;

/// Longest word that is looked up, in bytes; longer ones are unknown anyway.
pub const WORD_BYTES_MAX: usize = 40;

/// For short keys of our own cards, such as the names of word lists: eight bytes at a time.
#[derive(Default)]
pub struct Quick(u64);

impl Hasher for Quick {
    #[inline]
    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let number = match chunk {
                [a, b, c, d, e, f, g, h] => u64::from_le_bytes([*a, *b, *c, *d, *e, *f, *g, *h]),
                short => short
                    .iter()
                    .rev()
                    .fold(0, |number, byte| number << 8 | u64::from(*byte)),
            };
            self.write_u64(number);
        }
    }
    #[inline]
    fn write_u8(&mut self, number: u8) {
        self.write_u64(u64::from(number));
    }
    #[inline]
    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }
    #[inline]
    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }
    #[inline]
    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// Words to numbers and back, with the grammar that a text is taken apart by.
#[derive(Debug, Clone)]
pub struct Words {
    table: Table,
    /// How often each word stands in a million words of texts, by its number; those behind are rare.
    frequencies: Vec<u32>,
    /// What part a word can play in typed things, by its number less `FIRST`.
    classes: Vec<Class>,
    /// What a word can be in a letter, as bits, by its number.
    parts: Vec<u8>,
    /// The number of the first contraction; the others follow.
    first_contraction: WordId,
    contractions: Vec<Contracted>,
    pub clitics: Clitics,
    /// Words that somebody's own name follows, those that it may follow, and those that may stand behind it.
    pub names_follow: Vec<Vec<WordId>>,
    pub names_may_follow: Vec<Vec<WordId>>,
    pub behind_names: Vec<WordId>,
    /// Whether English rules give the forms of a word.
    english: bool,
    pub grammar: Grammar,
}

/// A contraction by the numbers of its words.
#[derive(Debug, Clone, Copy)]
pub struct Contracted {
    /// Where the first word ends, in bytes; none where one word is written for another.
    pub cut: Option<u8>,
    pub first: WordId,
    pub second: WordId,
}

/// Words that a clitic may stand for, with the clitic; and the last of them.
#[derive(Debug, Clone, Default)]
pub struct Clitics {
    pairs: Vec<(WordId, WordId)>,
    last: WordId,
}

impl Clitics {
    /// The clitic that may stand for this word: "'s" for "is" and "has", "'d" for "would" and "had".
    #[inline]
    pub fn of(&self, word: WordId) -> Option<WordId> {
        // The grammar's words have the first numbers: most words are behind them.
        if word > self.last {
            return None;
        }
        let mut pairs = self.pairs.iter();
        pairs
            .find(|(stands, _)| *stands == word)
            .map(|(_, clitic)| *clitic)
    }
}

/// How often a word that no list calls common stands in a million words.
const FREQUENCY_OF_RARE: u32 = 10;
/// The first number of a word of typed things; the four built-in words come before.
const FIRST: WordId = 4;

impl Words {
    /// A vocabulary that begins with the grammar's own words.
    pub fn new(grammar: Grammar, english: bool) -> Words {
        let mut words = Words {
            table: Table::default(),
            frequencies: Vec::new(),
            classes: Vec::new(),
            parts: Vec::new(),
            first_contraction: UNKNOWN,
            contractions: Vec::new(),
            clitics: Clitics::default(),
            names_follow: Vec::new(),
            names_may_follow: Vec::new(),
            behind_names: Vec::new(),
            english,
            grammar: Grammar::default(),
        };
        for (id, word) in [
            (UNKNOWN, "\0"),
            (MASKED, "\u{1}"),
            (CLITIC_S, "'s"),
            (CLITIC_D, "'d"),
        ] {
            let given = words.intern(word);
            debug_assert_eq!(given, id);
        }
        // Right behind them, so that each is known by its number alone.
        let codes = CURRENCIES
            .iter()
            .enumerate()
            .map(|(index, code)| (code.to_lowercase(), Class::Money(index as u8, 100)));
        let marks = MARKS
            .iter()
            .map(|(mark, class)| ((*mark).to_string(), *class));
        for (word, class) in marks.chain(codes).chain(grammar.vocabulary.iter().cloned()) {
            let id = words.intern(&word).saturating_sub(FIRST) as usize;
            if id >= words.classes.len() {
                words.classes.push(class);
            } else {
                words.classes[id] = class;
            }
        }
        let known = words.len() as WordId;
        words.first_contraction = known;
        let own: Vec<_> = grammar
            .contractions
            .iter()
            .filter(|c| words.intern(&c.whole) >= known)
            .collect();
        for contraction in own {
            let second = match contraction.second.as_str() {
                "" => UNKNOWN,
                second => words.intern(second),
            };
            let first = words.intern(&contraction.first);
            words.contractions.push(Contracted {
                cut: contraction.cut.map(|cut| cut as u8),
                first,
                second,
            });
        }
        for (_, stands) in &grammar.clitics {
            words.intern(stands);
        }
        for (word, clitic) in &grammar.may_stand {
            let pair = (words.intern(word), words.intern(clitic));
            words.clitics.pairs.push(pair);
            words.clitics.last = words.clitics.last.max(pair.0);
        }
        for (word, part) in &grammar.parts {
            let id = words.intern(word) as usize;
            if words.parts.len() <= id {
                words.parts.resize(id + 1, 0);
            }
            words.parts[id] |= part.0;
        }
        for (word, frequency) in &grammar.common {
            let id = words.intern(word) as usize;
            if words.frequencies.len() <= id {
                words.frequencies.resize(id + 1, FREQUENCY_OF_RARE);
            }
            words.frequencies[id] = *frequency;
        }
        words.names_follow = words.numbers(&grammar.names_follow);
        words.names_may_follow = words.numbers(&grammar.names_may_follow);
        words.behind_names = words.numbers(&grammar.behind_names).concat();
        words.grammar = grammar;
        words
    }

    /// Phrases by the numbers of their words.
    fn numbers(&mut self, phrases: &[String]) -> Vec<Vec<WordId>> {
        let numbers = |phrase: &String| phrase.split(' ').map(|word| self.intern(word)).collect();
        phrases.iter().map(numbers).collect()
    }

    /// What part a word can play in a typed thing.
    #[inline]
    pub fn class(&self, word: WordId) -> Class {
        self.classes
            .get(word.wrapping_sub(FIRST) as usize)
            .copied()
            .unwrap_or(Class::Plain)
    }

    /// Whether a word can be this in a letter.
    #[inline]
    pub fn is_part(&self, word: WordId, part: Part) -> bool {
        self.parts
            .get(word as usize)
            .is_some_and(|bits| bits & part.0 != 0)
    }

    /// The words that a contraction is read as.
    #[inline]
    pub fn contraction(&self, word: WordId) -> Option<Contracted> {
        let at = word.wrapping_sub(self.first_contraction) as usize;
        self.contractions.get(at).copied()
    }

    /// All forms of a word, as the language makes them.
    pub fn forms(&self, lemma: &str) -> Vec<String> {
        self.grammar.forms_of(lemma, self.english)
    }

    /// The number of `word`, which is given one if it has none yet.
    pub fn intern(&mut self, word: &str) -> WordId {
        self.table.intern(word.as_bytes())
    }

    /// The same for a word that was looked up just now: `known` is `UNKNOWN` where it has no number yet.
    pub fn intern_unless(&mut self, known: WordId, word: &str) -> WordId {
        match known {
            UNKNOWN => self.intern(word),
            known => known,
        }
    }

    /// The number of a word that is already in lower case.
    #[inline]
    pub fn get(&self, word: &[u8]) -> WordId {
        self.table.get(word)
    }

    /// The same, where the word is filled up with zeros behind its `length` bytes.
    #[inline]
    pub fn get_padded(&self, word: &[u8; WORD_BYTES_MAX], length: usize) -> WordId {
        self.table.get_padded(word, length)
    }

    /// The word of this number.
    pub fn word(&self, id: WordId) -> &[u8] {
        self.table.word(id)
    }

    /// Whether it is a mark and no word.
    pub fn is_mark(&self, word: WordId) -> bool {
        let written = self.table.word(word);
        let is_one = |mark: &str| {
            let mut chars = mark.chars();
            chars.next().is_some_and(|first| !first.is_alphanumeric()) && chars.next().is_none()
        };
        match written {
            [first, ..] if first.is_ascii_alphanumeric() => false,
            _ => std::str::from_utf8(written).is_ok_and(is_one),
        }
    }

    /// How often one of these words stands in a million words of texts, about.
    pub fn frequency(&self, ids: &[WordId]) -> u64 {
        let each = ids.iter().map(|id| {
            let known = self.frequencies.get(*id as usize);
            u64::from(known.copied().unwrap_or(FREQUENCY_OF_RARE))
        });
        each.sum()
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.table.len()
    }
}

/// The forms of an English word: `call` gives call, calls, called, calling. Rules make more than English has, which is harmless.
pub fn forms(lemma: &str, irregular: &[String]) -> Vec<String> {
    let mut all = vec![lemma.to_string()];
    all.extend(irregular.iter().cloned());
    let irregular_past = all.len() > 1;
    let last = lemma.chars().last().unwrap_or('x');
    let before = lemma.chars().rev().nth(1).unwrap_or('x');
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let stem = match last {
        'e' => &lemma[..lemma.len() - 1],
        _ => lemma,
    };
    if last == 'y' && !vowel(before) {
        let cut = &lemma[..lemma.len() - 1];
        all.extend([
            format!("{cut}ies"),
            format!("{cut}ied"),
            format!("{lemma}ing"),
        ]);
    } else {
        let sibilant = matches!(last, 's' | 'x' | 'z')
            || lemma.ends_with("ch")
            || lemma.ends_with("sh")
            || last == 'o';
        all.push(if sibilant {
            format!("{lemma}es")
        } else {
            format!("{lemma}s")
        });
        let third = lemma.chars().rev().nth(2).unwrap_or('a');
        let doubles =
            !vowel(last) && !matches!(last, 'w' | 'x' | 'y') && vowel(before) && !vowel(third);
        if doubles {
            all.extend([format!("{lemma}{last}ed"), format!("{lemma}{last}ing")]);
        }
        all.push(format!("{stem}ing"));
        if last == 'e' && before == 'i' {
            all.push(format!("{}ying", &lemma[..lemma.len() - 2]));
        }
        if !irregular_past {
            all.push(format!("{stem}ed"));
        }
    }
    all.sort();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::forms;

    #[test]
    fn forms_follow_the_rules() {
        for (lemma, form) in [
            ("call", "called"),
            ("stop", "stopping"),
            ("try", "tried"),
            ("fix", "fixes"),
            ("write", "writing"),
            ("lie", "lying"),
            ("wait", "waiting"),
            ("charge", "charged"),
        ] {
            assert!(
                forms(lemma, &[]).iter().any(|f| f == form),
                "{lemma} lacks {form}: {:?}",
                forms(lemma, &[])
            );
        }
    }
}

//! Sets of words, shared by all patterns, and the word lists that patterns name.

use super::emit::Buffers;
use super::parse::ReadBuffers;
use super::{Begins, Branches, Needed, Node, Pattern, Width};
use crate::text::Present;
use crate::words::{Clitics, Quick, WordId, Words};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// Sets of more words than these have a bit in the row of each word, smaller ones are gone through.
const GONE_THROUGH_MAX: usize = 16;
/// Our own cards make so many.
const SETS_USUAL: usize = 30_000;
const NO_COLUMN: u32 = u32::MAX;
const NO_SET: SetId = SetId::MAX;

/// A set of words, by its number.
pub type SetId = u32;

#[derive(Debug, Clone, Copy)]
struct Set {
    start: u32,
    end: u32,
    /// Its bit in the row of each word, where it is a large one.
    column: u32,
    /// One bit for each word, several words to a bit: most words are not in most sets, and this tells at once.
    sketch: u64,
}

/// The bit of a word in a set's sketch.
#[inline]
pub fn sketched(word: WordId) -> u64 {
    1 << (word.wrapping_mul(0x9e37_79b9) >> 26)
}

/// A word list, compiled once for all patterns that name it.
#[derive(Debug, Clone)]
pub(super) struct ListProgram {
    /// Its phrases in order, each a pattern of its own.
    pub(super) phrases: Vec<Pattern>,
    pub(super) branches: Branches,
    /// Its single words, as a set.
    pub(super) words: Option<SetId>,
    pub(super) begins: Begins,
    /// Words of which a match holds at least one, chosen to be rare.
    pub(super) needs: Option<Needed>,
    /// How many words a match covers.
    pub(super) width: Width,
}

/// Sets of words, shared by all patterns.
#[derive(Debug, Clone, Default)]
pub struct Sets {
    /// What all patterns mean; see [`Node`].
    pub(super) nodes: Vec<Node>,
    pub(super) clitics: Clitics,
    /// While compiling.
    pub(super) buffers: Buffers,
    pub(super) read: ReadBuffers,
    /// The words of all sets, one set after the other.
    pool: Vec<WordId>,
    sets: Vec<Set>,
    /// A row a word, with a bit for each large set: one word is asked for many sets.
    rows: Vec<u64>,
    rows_width: usize,
    /// How many words there were when the rows were made.
    vocabulary: u32,
    /// While compiling: sets by the hash of their words, forms by lemma.
    known: HashMap<u64, SetId, BuildHasherDefault<Quick>>,
    lemmas: HashMap<Box<str>, SetId, BuildHasherDefault<Quick>>,
    /// The set of each word that is one by itself.
    ones: Vec<SetId>,
    pub(super) past: Option<SetId>,
    /// Words that end like a past form and are none.
    pub(super) past_not: Option<SetId>,
    pub(super) past_endings: Vec<String>,
    pub(super) lists: Vec<ListProgram>,
    /// For each word, the lists that may match where it stands in a text, then those that it may begin, as bits.
    lists_by_word: Vec<u64>,
    /// Lists that may match in any text, then those that anything may begin.
    lists_anyway: Vec<u64>,
    pub(super) list_of: HashMap<String, u32, BuildHasherDefault<Quick>>,
}

impl Sets {
    /// The set of this one word.
    pub(super) fn one(&mut self, id: WordId, words: &Words) -> SetId {
        if let Some(known) = self.ones.get(id as usize).filter(|known| **known != NO_SET) {
            return *known;
        }
        let set = self.add(&mut vec![id], words);
        if self.ones.len() <= id as usize {
            self.ones.resize(words.len().max(id as usize + 1), NO_SET);
        }
        self.ones[id as usize] = set;
        set
    }

    /// The set of these words, of which there is mostly one.
    pub(super) fn of(&mut self, ids: &mut Vec<WordId>, words: &Words) -> SetId {
        match ids[..] {
            [one] => self.one(one, words),
            _ => self.add(ids, words),
        }
    }

    /// The set of these words; a clitic that may stand for one of them belongs to it as well. Puts them in order.
    pub(super) fn add(&mut self, ids: &mut Vec<WordId>, words: &Words) -> SetId {
        for at in 0..ids.len() {
            ids.extend(words.clitics.of(ids[at]));
        }
        ids.sort_unstable();
        ids.dedup();
        self.add_in_order(ids)
    }

    /// The same, where the words are in order, each once, and clitics are among them.
    pub(super) fn add_in_order(&mut self, ids: &[WordId]) -> SetId {
        let mut hash = ids.iter().fold(ids.len() as u64, |hash, id| {
            (hash.rotate_left(5) ^ u64::from(*id)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        });
        let index = self.sets.len() as SetId;
        while let Some(known) = self.known.get(&hash) {
            if self.words(*known) == ids {
                return *known;
            }
            hash = hash.wrapping_add(1);
        }
        if self.known.is_empty() {
            self.known.reserve(SETS_USUAL);
        }
        self.known.insert(hash, index);
        let start = self.pool.len() as u32;
        let sketch = ids.iter().fold(0, |sketch, id| sketch | sketched(*id));
        self.pool.extend_from_slice(ids);
        self.sets.push(Set {
            start,
            end: self.pool.len() as u32,
            column: NO_COLUMN,
            sketch,
        });
        index
    }

    /// Whether a word is a past form, by its ending or by the language's own list.
    pub fn is_past(&self, written: &str, word: WordId) -> bool {
        self.past.is_some_and(|past| self.has(past, word)) || self.ends_in_past(written, word)
    }

    /// Whether a word shows by its ending that it is a past form.
    pub(super) fn ends_in_past(&self, written: &str, word: WordId) -> bool {
        const LETTERS_BEFORE_MIN: usize = 2;
        let shows = self.past_endings.iter().any(|ending| {
            let Some(cut) = written.len().checked_sub(ending.len()) else {
                return false;
            };
            cut >= LETTERS_BEFORE_MIN
                && written
                    .get(cut..)
                    .is_some_and(|tail| tail.eq_ignore_ascii_case(ending))
        });
        shows && !self.past_not.is_some_and(|not| self.has(not, word))
    }

    /// All forms of a word.
    pub(super) fn forms(&mut self, lemma: &str, words: &mut Words) -> SetId {
        if let Some(known) = self.lemmas.get(lemma) {
            return *known;
        }
        let mut ids = words
            .forms(lemma)
            .iter()
            .map(|form| words.intern(form))
            .collect();
        let set = self.add(&mut ids, words);
        self.lemmas.insert(lemma.into(), set);
        set
    }

    /// Makes the rows of the words once the vocabulary is complete.
    pub fn seal(&mut self, words: &Words) {
        self.vocabulary = words.len() as u32;
        let large = |set: &Set| (set.end - set.start) as usize > GONE_THROUGH_MAX;
        let count = self.sets.iter().filter(|set| large(set)).count();
        self.rows_width = count.div_ceil(64);
        self.rows = vec![0; self.rows_width * words.len()];
        let large = self.sets.iter_mut().filter(|set| large(set));
        for (set, column) in large.zip(0..) {
            set.column = column;
            for id in &self.pool[set.start as usize..set.end as usize] {
                self.rows[*id as usize * self.rows_width + column as usize / 64] |=
                    1 << (column % 64);
            }
        }
        self.seal_lists();
        self.clitics = words.clitics.clone();
        self.buffers = Buffers::default();
        self.read = ReadBuffers::default();
        self.known = HashMap::default();
        self.lemmas = HashMap::default();
        self.ones = Vec::new();
        self.nodes.shrink_to_fit();
        self.pool.shrink_to_fit();
        self.sets.shrink_to_fit();
    }

    fn seal_lists(&mut self) {
        let width = self.lists.len() / 64 + 1;
        self.lists_anyway = vec![0; width * 2];
        self.lists_by_word = vec![0; width * 2 * self.vocabulary as usize];
        for (index, list) in self.lists.iter().enumerate() {
            let bit = 1 << (index % 64);
            let needs = list.needs.as_ref().map(|need| need.set);
            let begins = (!list.begins.others.any()).then_some(list.begins.words);
            for (at, set) in [(0, needs), (width, begins)] {
                let at = at + index / 64;
                let Some(set) = set else {
                    self.lists_anyway[at] |= bit;
                    continue;
                };
                let set = self.sets[set as usize];
                for word in &self.pool[set.start as usize..set.end as usize] {
                    self.lists_by_word[*word as usize * width * 2 + at] |= bit;
                }
            }
        }
    }

    /// How many numbers it takes to hold a bit for each list.
    pub fn lists_width(&self) -> usize {
        self.lists_anyway.len() / 2
    }

    /// The lists that may match in words of which these are all, as bits in `lists`.
    /// `all` is room for twice as many.
    pub fn lists_of(
        &self,
        words: impl Iterator<Item = WordId>,
        lists: &mut [u64],
        all: &mut [u64],
    ) {
        let width = lists.len();
        all.copy_from_slice(&self.lists_anyway);
        for word in words {
            let from = word as usize * width * 2;
            let of_word = self.lists_by_word.get(from..from + width * 2);
            for (bits, more) in all.iter_mut().zip(of_word.unwrap_or_default()) {
                *bits |= more;
            }
        }
        let (held, begun) = all.split_at(width);
        for ((bits, held), begun) in lists.iter_mut().zip(held).zip(begun) {
            *bits = held & begun;
        }
    }

    /// The single words of the word list `name`.
    pub fn single_words(&self, name: &str) -> &[WordId] {
        self.list_of
            .get(name)
            .and_then(|index| self.lists[*index as usize].words)
            .map_or(&[], |set| self.words(set))
    }

    /// The words of a set as bits, see [`sketched`].
    pub(super) fn sketch(&self, set: SetId) -> u64 {
        self.sets[set as usize].sketch
    }

    /// The words of a set, in order of their numbers.
    #[inline]
    pub fn words(&self, set: SetId) -> &[WordId] {
        let set = self.sets[set as usize];
        &self.pool[set.start as usize..set.end as usize]
    }

    /// Whether the text holds a word of the set.
    #[inline]
    pub fn meets(&self, set: SetId, present: &Present) -> bool {
        let ids = self.words(set);
        if ids.len() > GONE_THROUGH_MAX && present.distinct().len() < ids.len() {
            return present.distinct().iter().any(|word| self.has(set, *word));
        }
        ids.iter().any(|id| present.has(*id))
    }

    #[inline]
    pub fn has(&self, set: SetId, word: WordId) -> bool {
        let set = &self.sets[set as usize];
        set.sketch & sketched(word) != 0 && self.holds(set, word)
    }

    /// The same, where the sketch leaves it open.
    fn holds(&self, set: &Set, word: WordId) -> bool {
        if set.column == NO_COLUMN {
            return self.pool[set.start as usize..set.end as usize].contains(&word);
        }
        // Words that came behind the vocabulary of the cards are in no set.
        word < self.vocabulary
            && self.rows[word as usize * self.rows_width + set.column as usize / 64]
                & (1 << (set.column % 64))
                != 0
    }
}

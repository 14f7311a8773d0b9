//! The pattern language of the cards: words, forms, alternatives, gaps and typed things, matched over tokens.
//!
//! | written | matches |
//! | --- | --- |
//! | `get back to you` | these words; hyphens between them do not matter, contractions are written out |
//! | `~call` | any form: call, calls, called, calling |
//! | `(soon\|as soon as possible)` | one of these |
//! | `please?` or `(very much)?` | there or not |
//! | `<neg-eval>` | a word or phrase of the list `cards/en/words/neg-eval.txt` |
//! | `<time>`, `<date>`, `<duration>`, `<amount>`, `<reference>`, `<when>`, `<phone>`, `<email>`, `<count>` | a typed thing |
//! | `..` / `...` | up to 3 words within the clause / up to 8 words within the sentence |
//! | `*` / `#` | any one word / any number |
//! | `<past>` | any word in a past form: "called", "sent", "broken" |
//! | `^` / `$` | where the sentence starts / ends |
//! | `!(but\|however)` | not followed by one of these |
//! | `[ ... ]` | the part to show; without it, all of the match |
//! | ` , ` ` ? ` | the mark itself, standing alone |

mod emit;
mod parse;
mod run;

use crate::FactKind;
use crate::text::{Kind, Text};
use crate::words::{ByNumber, Words};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// Words skipped by `..` and `...`.
const GAP_SHORT_WORDS: u8 = 3;
const GAP_LONG_WORDS: u8 = 8;
/// So many sets of needed words are kept for a pattern: the smallest ones rule out nearly everything.
const NEEDS_MAX: usize = 3;

/// A set of kinds of facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FactSet(u16);

impl FactSet {
    pub fn of(kinds: &[FactKind]) -> FactSet {
        FactSet(kinds.iter().fold(0, |set, kind| set | 1 << (*kind as u16)))
    }
    pub fn has(self, kind: FactKind) -> bool {
        self.0 & (1 << (kind as u16)) != 0
    }
    fn named(name: &str) -> Option<FactSet> {
        use FactKind::*;
        Some(match name {
            "time" => FactSet::of(&[Time]),
            "date" => FactSet::of(&[Date]),
            "when" => FactSet::of(&[Date, Time]),
            "duration" => FactSet::of(&[Duration]),
            "amount" => FactSet::of(&[Amount]),
            "reference" => FactSet::of(&[Reference]),
            "email" => FactSet::of(&[Email]),
            "phone" => FactSet::of(&[Phone]),
            "count" => FactSet::of(&[Count]),
            _ => return None,
        })
    }
}

/// A typed thing in a text, found before the cards are matched: tokens `from..to`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    pub kind: FactKind,
    pub from: usize,
    pub to: usize,
    /// Normalised value, where there is one.
    pub value: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
enum Op {
    Word(u32),
    Set(u32),
    Any,
    Number,
    /// A past form: one of this set, or anything that ends in "ed".
    Past(u32),
    Fact(FactSet),
    /// A phrase of a shared word list.
    List(u32),
    /// Try those branches that the next word can begin, in order.
    Switch(u32),
    /// Try the first, then the second.
    Split(u32, u32),
    Jump(u32),
    /// Fails when the program from the next op up to `Accept` matches here; goes on at the target.
    Not(u32),
    Accept,
    SentenceStart,
    SentenceEnd,
    Open,
    Close,
    Gap {
        words: u8,
        marks: bool,
    },
}

/// One compiled pattern.
#[derive(Debug, Clone)]
pub struct Pattern {
    ops: Vec<Op>,
    /// The set of words that can begin it; `None` when anything can.
    begins: Option<u32>,
    /// For each `Op::Switch`, its branches.
    switches: Vec<Switch>,
    /// Sets of which the text has to hold a word each, else there is no need to try.
    needs: Vec<u32>,
    /// The set of words of which the second has to be one, where the first is a single word.
    seconds: Option<u32>,
}

/// Branches by the word that can begin them.
#[derive(Debug, Clone, Default)]
struct Switch {
    by_word: HashMap<u32, Vec<u32>, BuildHasherDefault<ByNumber>>,
    /// Branches that anything, or nothing, can begin.
    anything: Vec<u32>,
}

/// A word list, compiled once for all patterns that name it.
#[derive(Debug, Clone)]
struct ListProgram {
    /// Its phrases in order, each a pattern of its own.
    phrases: Vec<Pattern>,
    by_word: HashMap<u32, Vec<u32>, BuildHasherDefault<ByNumber>>,
    anything: Vec<u32>,
    /// Its single words, as a set.
    words: Option<u32>,
    firsts: Firsts,
}

/// Where a pattern matched: tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// First token of the whole match.
    pub from: usize,
    /// One past its last token.
    pub to: usize,
    /// The part to show.
    pub show: (usize, usize),
}

/// Sets of words, shared by all patterns.
#[derive(Debug, Clone, Default)]
pub struct Sets {
    sets: Vec<Vec<u32>>,
    bits: Vec<Vec<u64>>,
    known: HashMap<Vec<u32>, u32>,
    lists: Vec<ListProgram>,
    list_of: HashMap<String, u32>,
}

/// Which words of the vocabulary a text holds.
#[derive(Debug)]
pub struct Present(Vec<u64>);

impl Present {
    pub fn new(text: &Text<'_>, words: &Words) -> Present {
        let mut bits = vec![0u64; words.len() / 64 + 1];
        for token in &text.tokens {
            bits[token.word as usize / 64] |= 1 << (token.word % 64);
        }
        Present(bits)
    }
}

impl Sets {
    fn add(&mut self, mut ids: Vec<u32>, words: &Words) -> u32 {
        let clitics: Vec<u32> = ids.iter().filter_map(|id| words.clitic_of(*id)).collect();
        ids.extend(clitics);
        ids.sort_unstable();
        ids.dedup();
        if let Some(index) = self.known.get(&ids) {
            return *index;
        }
        let index = self.sets.len() as u32;
        self.known.insert(ids.clone(), index);
        self.sets.push(ids);
        index
    }

    /// Turns the sets into bitmaps once the vocabulary is complete.
    pub fn seal(&mut self, words: &Words) {
        let width = words.len() / 64 + 1;
        self.bits = self
            .sets
            .iter()
            .map(|ids| {
                let mut bits = vec![0u64; width];
                for id in ids {
                    bits[*id as usize / 64] |= 1 << (id % 64);
                }
                bits
            })
            .collect();
    }

    /// The single words of the word list `name`.
    pub fn single_words(&self, name: &str) -> &[u32] {
        self.list_of
            .get(name)
            .and_then(|index| self.lists[*index as usize].words)
            .map_or(&[], |set| &self.sets[set as usize])
    }

    fn meets(&self, set: u32, present: &Present) -> bool {
        let ids = &self.sets[set as usize];
        if ids.len() <= 8 {
            return ids
                .iter()
                .any(|id| present.0[*id as usize / 64] & (1 << (id % 64)) != 0);
        }
        self.bits[set as usize]
            .iter()
            .zip(&present.0)
            .any(|(a, b)| a & b != 0)
    }

    #[inline]
    fn has(&self, set: u32, word: u32) -> bool {
        self.bits[set as usize]
            .get(word as usize / 64)
            .is_some_and(|bits| bits & (1 << (word % 64)) != 0)
    }
}

/// Word lists by name, each an alternative of phrases as written in patterns.
pub type Lists = HashMap<String, Vec<String>>;

#[derive(Debug, Clone)]
enum Node {
    /// One of these words.
    Words(Vec<u32>),
    Any,
    Number,
    Past(Vec<u32>),
    Fact(FactSet),
    List(u32, Firsts),
    Seq(Vec<Node>),
    Alt(Vec<Node>),
    Maybe(Box<Node>),
    Not(Box<Node>),
    Show(Box<Node>),
    Start,
    End,
    Gap(bool),
}

/// What can begin a match, so that a pattern is only tried where it may succeed.
#[derive(Debug, Default, Clone)]
pub struct Firsts {
    pub words: Vec<u32>,
    /// Begins with a number, a typed thing, a gap or any word: tried at every token.
    pub anything: bool,
}

impl Pattern {
    /// Compiles `source`; says in words what is wrong with it.
    pub fn compile(
        source: &str,
        words: &mut Words,
        sets: &mut Sets,
        lists: &Lists,
    ) -> Result<(Pattern, Firsts), String> {
        let node = parse::parse(source, words, sets, lists, 0)?;
        Pattern::of(&node, source, words, sets)
    }

    fn of(
        node: &Node,
        source: &str,
        words: &mut Words,
        sets: &mut Sets,
    ) -> Result<(Pattern, Firsts), String> {
        let mut firsts = Firsts::default();
        if emit::first_of(node, &mut firsts) {
            return Err(format!(
                "`{source}` can match nothing at all; name at least one word"
            ));
        }
        let mut program = emit::Program {
            ops: Vec::new(),
            switches: Vec::new(),
        };
        emit::emit(node, &mut program, words, sets);
        program.ops.push(Op::Accept);
        let mut needs = Vec::new();
        emit::needed(node, &mut needs);
        needs.sort_by_key(Vec::len);
        needs.truncate(NEEDS_MAX);
        let needs = needs.into_iter().map(|ids| sets.add(ids, words)).collect();
        let seconds = emit::second_words(node).map(|ids| sets.add(ids, words));
        let mut first_words = firsts.words.clone();
        first_words.extend(firsts.words.iter().filter_map(|id| words.clitic_of(*id)));
        first_words.sort_unstable();
        first_words.dedup();
        firsts.words = first_words;
        let begins = (!firsts.anything).then(|| sets.add(firsts.words.clone(), words));
        Ok((
            Pattern {
                ops: program.ops,
                begins,
                switches: program.switches,
                needs,
                seconds,
            },
            firsts,
        ))
    }

    /// Whether the text holds what a match cannot do without.
    pub fn may_match(&self, sets: &Sets, present: &Present) -> bool {
        self.needs.iter().all(|set| sets.meets(*set, present))
    }

    /// Where it matches first within tokens `from..to`; tried only at words that can begin it.
    pub fn first_in(&self, from: usize, to: usize, field: &Field<'_>) -> Option<Match> {
        (from..to)
            .filter(|at| self.may_begin(field.text.tokens[*at].word, field.sets))
            .find_map(|at| self.matches(at, field).filter(|m| m.to <= to))
    }

    #[inline]
    pub fn may_begin(&self, word: u32, sets: &Sets) -> bool {
        self.begins.is_none_or(|set| sets.has(set, word))
    }

    /// Matches from token `at` on; the first alternative that fits wins, gaps are as short as they can be.
    pub fn matches(&self, at: usize, scene: &Field<'_>) -> Option<Match> {
        if let Some(set) = self.seconds {
            let tokens = &scene.text.tokens;
            let second = tokens.get(at + 1)?;
            // A mark that is stepped over hides the second word: only then is it worth the way.
            let hidden = second.skip
                || second.kind == Kind::Newline
                || tokens[at].skip
                || tokens[at].kind == Kind::Newline;
            if !hidden && !scene.sets.has(set, second.word) {
                return None;
            }
        }
        let mut run = run::Run {
            pattern: self,
            field: scene,
            steps: 0,
            show: (usize::MAX, usize::MAX),
        };
        let to = run.go(0, at)?;
        let show = if run.show.0 == usize::MAX {
            (at, to)
        } else {
            (
                run.show.0,
                if run.show.1 == usize::MAX {
                    to
                } else {
                    run.show.1
                },
            )
        };
        Some(Match { from: at, to, show })
    }
}

/// What a pattern is matched against.
pub struct Field<'a> {
    pub text: &'a Text<'a>,
    pub sets: &'a Sets,
    /// Typed things in order of their first token.
    pub typed: &'a [Typed],
}

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
mod sets;

use crate::FactKind;
use crate::text::{Kind, Sketch, Text, sketch};
use crate::words::{UNKNOWN, WordId, Words};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

pub use sets::{SetId, Sets, sketched};

/// Words skipped by `..` and `...`.
const GAP_SHORT_WORDS: u8 = 3;
const GAP_LONG_WORDS: u8 = 8;
/// So many sets of needed words are kept for a pattern: the rarest ones rule out nearly everything.
const NEEDS_MAX: usize = 6;
/// So many of them are looked for where they have to stand, each within so many words.
const CLOSE_MAX: usize = 3;
const CLOSE_WORDS_MAX: u16 = 4;
/// A set of more words than these rules out too little for the time that it takes, unless it is the rarest.
const NEED_WORDS_MAX: usize = 12;

/// A set of kinds of facts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FactSet(u16);

impl FactSet {
    pub fn of(kinds: &[FactKind]) -> FactSet {
        FactSet(kinds.iter().fold(0, |set, kind| set | 1 << (*kind as u16)))
    }
    pub fn has(self, kind: FactKind) -> bool {
        self.0 & (1 << (kind as u16)) != 0
    }
    fn or(self, other: FactSet) -> FactSet {
        FactSet(self.0 | other.0)
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
    /// A word, or the clitic that may stand for it.
    Either(u32, u32),
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
    /// Something optional that only a word of these branches can begin: without one, go on at the target.
    Maybe(u32, u32),
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
    node: Node,
    /// Written when it is first run: most patterns never are.
    program: OnceLock<Box<emit::Program>>,
    begins: Begins,
    /// It begins where a sentence does.
    opens: bool,
    /// The rarest set of words of which a match holds one: it is tried only around these.
    rarest: Option<Needed>,
    /// More such sets, each with its words as a sketch.
    needs: Box<[(Sketch, SetId)]>,
    /// Some of all these sets, each where a match holds one of its words.
    close: [Option<Close>; CLOSE_MAX],
    /// All single words that a match cannot do without, and how many words it covers at most.
    words: Sketch,
    covers: u16,
    /// It is nothing but this word list.
    list: Option<u32>,
    /// Typed things of which the text has to hold one.
    needs_fact: Option<FactSet>,
    /// The set of words of which the second has to be one, where the first is a single word.
    seconds: Option<SetId>,
}

/// At least and at most so many words; marks between them are not counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Width {
    pub least: u16,
    pub most: u16,
}

impl Width {
    const NONE: Width = Width { least: 0, most: 0 };
    const ONE: Width = Width { least: 1, most: 1 };

    /// One behind the other.
    fn and(self, other: Width) -> Width {
        Width {
            least: self.least.saturating_add(other.least),
            most: self.most.saturating_add(other.most),
        }
    }

    /// One or the other.
    fn or(self, other: Width) -> Width {
        Width {
            least: self.least.min(other.least),
            most: self.most.max(other.most),
        }
    }
}

/// A set of words of which a match holds one, and how far behind its beginning that stands.
#[derive(Debug, Clone)]
pub struct Needed {
    pub set: SetId,
    behind: Width,
    /// Where the set was gathered from alternatives: of each of its words, in their order, what holds where it is the one.
    each: Option<Arc<[Anchor]>>,
}

impl Needed {
    /// Of each word of the set, in their order, what holds where it is the one.
    pub fn anchors(&self, sets: &Sets) -> impl Iterator<Item = (WordId, Anchor)> {
        let behind = self.behind;
        let words = sets.words(self.set).iter().copied().enumerate();
        words.map(move |(at, word)| {
            let own = self
                .each
                .as_ref()
                .map_or(Anchor::default(), |each| each[at]);
            let anchor = Anchor {
                behind: behind.and(own.behind),
                ..own
            };
            (word, anchor)
        })
    }
}

/// A set of words of which one stands so far behind a match's beginning.
#[derive(Debug, Clone, Copy)]
struct Close {
    set: SetId,
    behind: Width,
}

impl Close {
    /// Where the words of a set stand, if that is in one small place. What begins a match is looked at anyway.
    fn of(need: &Needed) -> Option<Close> {
        let own = need.each.iter().flat_map(|each| each.iter());
        let own = own.map(|anchor| anchor.behind).reduce(Width::or);
        let behind = need.behind.and(own.unwrap_or(Width::NONE));
        let close = behind.most - behind.least < CLOSE_WORDS_MAX && behind.most > 0;
        let set = need.set;
        close.then_some(Close { set, behind })
    }

    /// Whether one stands there, where a match begins at token `at`.
    #[inline]
    fn stands(self, at: usize, field: &Field<'_>) -> bool {
        let there = field.text.places().behind(at, self.behind);
        let mut there = field.text.tokens[there].iter();
        there.any(|token| field.sets.has(self.set, token.word))
    }
}

/// How far behind a match's beginning a word stands, and the single words that the match holds beside it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Anchor {
    pub behind: Width,
    pub beside: Sketch,
}

impl Anchor {
    /// One or the other.
    fn or(self, other: Anchor) -> Anchor {
        Anchor {
            behind: self.behind.or(other.behind),
            beside: self.beside & other.beside,
        }
    }
}

/// Branches by the word that can begin them.
#[derive(Debug, Clone, Default)]
struct Branches {
    /// Bucket by bucket of the words' hashes; those of one word in the order of the branches.
    by_word: Box<[Branch]>,
    /// Where each bucket begins, and where the last one ends; there is a power of two of them.
    buckets: Box<[u32]>,
    /// Branches that anything, or nothing, can begin.
    anything: Box<[u32]>,
    /// All words of `by_word`, as in the sketch of a set.
    begins: u64,
}

#[derive(Debug, Clone, Copy, Default)]
struct Branch {
    word: WordId,
    to: u32,
    /// The words of which the second has to be one, as in the sketch of their set.
    seconds: u64,
}

/// Any word may be the second.
const ANY_SECOND: u64 = u64::MAX;

impl Branches {
    /// `by_word` holds each branch once a word, in the order of the branches.
    fn new(by_word: &[Branch], anything: &[u32]) -> Branches {
        let count = by_word.len().next_power_of_two();
        let mut buckets = vec![0; count + 1];
        for branch in by_word {
            buckets[bucket(branch.word, count)] += 1;
        }
        // Counts to ends, and from the ends, filled from behind, to beginnings.
        let mut end = 0;
        for start in &mut buckets {
            end += *start;
            *start = end;
        }
        let mut sorted = vec![Branch::default(); by_word.len()];
        for branch in by_word.iter().rev() {
            let start = &mut buckets[bucket(branch.word, count)];
            *start -= 1;
            sorted[*start as usize] = *branch;
        }
        let begins = by_word.iter().map(|branch| sets::sketched(branch.word));
        Branches {
            begins: begins.fold(0, |all, word| all | word),
            by_word: sorted.into(),
            buckets: buckets.into(),
            anything: anything.into(),
        }
    }

    /// The branches that token `at` can begin, in order, then those that anything can.
    #[inline]
    fn at(&self, at: usize, text: &Text<'_>) -> impl Iterator<Item = u32> {
        let word = text.tokens.get(at).map_or(UNKNOWN, |token| token.word);
        let of_word = match self.begins & sets::sketched(word) {
            0 => &[],
            _ => self.bucket(word),
        };
        let next = match text.tokens.get(at + 1) {
            _ if of_word.is_empty() => 0,
            Some(next) if next.step => ANY_SECOND,
            Some(next) => sets::sketched(next.word),
            None => 0,
        };
        of_word
            .iter()
            .filter(move |known| known.word == word)
            .filter(move |known| known.seconds & next != 0 || known.seconds == ANY_SECOND)
            .map(|known| known.to)
            .chain(self.anything.iter().copied())
    }

    /// Whether the word can begin one of them.
    #[inline]
    fn has(&self, word: WordId) -> bool {
        self.begins & sets::sketched(word) != 0
            && self.bucket(word).iter().any(|branch| branch.word == word)
    }

    /// The branches of this word, and of those that share its hash.
    #[inline]
    fn bucket(&self, word: WordId) -> &[Branch] {
        let at = bucket(word, self.buckets.len() - 1);
        &self.by_word[self.buckets[at] as usize..self.buckets[at + 1] as usize]
    }
}

/// The bucket of a word, of `count`, a power of two.
#[inline]
fn bucket(word: WordId, count: usize) -> usize {
    (word.wrapping_mul(0x9e37_79b9) >> 7) as usize & (count - 1)
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

/// Word lists by name, each an alternative of phrases as written in patterns.
pub type Lists<'a> = HashMap<&'a str, Vec<&'a str>>;

/// What a pattern means. What lies in a node lies side by side in `Sets::nodes`.
#[derive(Debug, Clone, Copy)]
enum Node {
    Word(WordId),
    /// One of these words, of which some may be a mark.
    Words {
        set: SetId,
        marks: bool,
    },
    /// A word of this set: the forms of one word.
    Set(SetId),
    Any,
    Number,
    Past(SetId),
    Fact(FactSet),
    List(u32),
    Seq(Inside),
    Alt(Inside),
    Maybe(Inside),
    Not(Inside),
    Show(Inside),
    Start,
    End,
    Gap(bool),
}

/// Nodes side by side: where they begin, and where they end.
#[derive(Debug, Clone, Copy)]
struct Inside {
    from: u32,
    to: u32,
}

impl Inside {
    fn of(self, nodes: &[Node]) -> &[Node] {
        &nodes[self.from as usize..self.to as usize]
    }
}

/// What can begin a match, while it is gathered.
#[derive(Debug, Clone, Default)]
struct Firsts {
    words: Vec<WordId>,
    others: Others,
}

impl Firsts {
    fn clear(&mut self) {
        self.words.clear();
        self.others = Others::default();
    }

    fn begins(&mut self, words: &Words, sets: &mut Sets) -> Begins {
        Begins {
            words: sets.of(&mut self.words, words),
            others: self.others,
        }
    }
}

/// What can begin a match beside a word that it names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Others {
    facts: FactSet,
    number: bool,
    anything: bool,
}

impl Others {
    const ANYTHING: Others = Others {
        facts: FactSet(0),
        number: false,
        anything: true,
    };

    fn or(self, other: Others) -> Others {
        Others {
            facts: self.facts.or(other.facts),
            number: self.number || other.number,
            anything: self.anything || other.anything,
        }
    }

    /// Whether there are any.
    #[inline]
    fn any(self) -> bool {
        self != Others::default()
    }
}

/// What can begin a match, so that a pattern is only tried where it may succeed.
#[derive(Debug, Clone, Copy)]
struct Begins {
    words: SetId,
    others: Others,
}

impl Begins {
    /// Whether it may begin at token `at`, no mark to step over.
    #[inline]
    fn at(self, at: usize, field: &Field<'_>) -> bool {
        let Some(token) = field.text.tokens.get(at) else {
            return true;
        };
        let Others {
            facts,
            number,
            anything,
        } = self.others;
        anything
            || field.sets.has(self.words, token.word)
            || number && token.kind == Kind::Number
            || facts != FactSet(0) && field.facts_at(at).any(|typed| facts.has(typed.kind))
    }
}

impl Pattern {
    /// Compiles `source`; says in words what is wrong with it.
    pub fn compile(
        source: &str,
        words: &mut Words,
        sets: &mut Sets,
        lists: &Lists<'_>,
    ) -> Result<Pattern, String> {
        let node = parse::parse(source, words, sets, lists, 0)?;
        Pattern::of(&node, source, words, sets)
    }

    fn of(node: &Node, source: &str, words: &Words, sets: &mut Sets) -> Result<Pattern, String> {
        let mut buffers = std::mem::take(&mut sets.buffers);
        let nodes = std::mem::take(&mut sets.nodes);
        let emit::Buffers {
            firsts,
            needs,
            gather,
        } = &mut buffers;
        needs.clear();
        let width = emit::needed(node, &nodes, Width::NONE, words, sets, needs, gather);
        let seconds = emit::second_words(node, &nodes, sets, firsts);
        let seconds = seconds.then(|| sets.of(&mut firsts.words, words));
        firsts.clear();
        if emit::first_of(node, &nodes, sets, firsts) {
            sets.nodes = nodes;
            return Err(format!(
                "`{source}` can match nothing at all; name at least one word"
            ));
        }
        let mut pattern = Pattern {
            node: *node,
            program: OnceLock::new(),
            begins: firsts.begins(words, sets),
            opens: emit::opens(node, &nodes),
            rarest: None,
            needs: Box::default(),
            close: [None; CLOSE_MAX],
            words: 0,
            covers: width.most,
            list: match node {
                Node::List(index) => Some(*index),
                _ => None,
            },
            needs_fact: emit::needed_fact(node, &nodes),
            seconds,
        };
        pattern.need(needs, words, sets);
        sets.buffers = buffers;
        sets.nodes = nodes;
        Ok(pattern)
    }

    /// Keeps the rarest of the sets of needed words.
    fn need(&mut self, needs: &mut Vec<Needed>, words: &Words, sets: &Sets) {
        needs.sort_by_cached_key(|need| words.frequency(sets.words(need.set)));
        needs.dedup_by_key(|need| need.set);
        self.words = single_words(needs, sets);
        self.rarest = needs.first().cloned();
        let close = needs.iter().filter_map(Close::of);
        self.close
            .iter_mut()
            .zip(close)
            .for_each(|(place, close)| *place = Some(close));
        self.needs = needs
            .iter()
            .skip(1)
            .map(|need| (sets.words(need.set), need.set))
            .filter(|(words, _)| (2..=NEED_WORDS_MAX).contains(&words.len()))
            .map(|(words, set)| (words.iter().fold(0, |all, word| all | sketch(*word)), set))
            .take(NEEDS_MAX)
            .collect();
    }

    /// The set of words of which a match holds one, the rarest there is.
    pub fn rarest(&self) -> Option<&Needed> {
        self.rarest.as_ref()
    }

    /// All single words that a match cannot do without.
    pub fn words(&self) -> Sketch {
        self.words
    }

    /// How many words a match may cover, from the first place where it may begin when a word of it stands `behind` its beginning.
    pub fn reach(&self, behind: Width) -> u16 {
        self.covers.saturating_add(behind.most - behind.least)
    }

    /// The words that can begin it, as in the sketch of a set.
    pub fn begins_sketched(&self, sets: &Sets) -> u64 {
        match self.begins_anywhere() {
            true => u64::MAX,
            false => sets.sketch(self.begins.words),
        }
    }

    /// Whether something else than a word that it names can begin it.
    #[inline]
    pub fn begins_anywhere(&self) -> bool {
        self.begins.others.any()
    }

    /// Whether the text holds what a match cannot do without.
    #[inline]
    pub fn may_match(&self, field: &Field<'_>) -> bool {
        if let Some(list) = self.list {
            return field.text.may_hold(list, field.sets);
        }
        self.rarest
            .as_ref()
            .is_none_or(|need| field.sets.meets(need.set, &field.text.present))
            && self.needs_met(field)
    }

    /// Whether the sentence of token `at` holds what a word list cannot do without, the text what another pattern cannot.
    #[inline]
    pub fn may_match_from(&self, at: usize, field: &Field<'_>) -> bool {
        match self.list {
            Some(list) => field.text.may_hold_in(list, at, at + 1, field.sets),
            None => self.may_match(field),
        }
    }

    /// The same, where the rarest is known to be there.
    #[inline]
    pub fn needs_met(&self, field: &Field<'_>) -> bool {
        let present = &field.text.present;
        let meets = |need: &(Sketch, SetId)| field.sets.meets(need.1, present);
        self.held_by(present.sketch())
            && self.needs.iter().all(meets)
            && self
                .needs_fact
                .is_none_or(|facts| field.typed.iter().any(|t| facts.has(t.kind)))
    }

    /// Whether these words may hold all that a match needs.
    #[inline]
    fn held_by(&self, words: Sketch) -> bool {
        self.words & !words == 0 && self.needs.iter().all(|(need, _)| need & words != 0)
    }

    /// Whether the words from token `at` on may hold all that a match needs.
    #[inline]
    fn held_near(&self, at: usize, text: &Text<'_>) -> bool {
        self.held_by(text.near(at, self.covers))
    }

    /// Where it matches first within tokens `from..to`; a word list is looked for only in sentences that hold what it needs.
    pub fn first_in(&self, from: usize, to: usize, field: &Field<'_>) -> Option<Match> {
        let text = field.text;
        let Some(list) = self.list else {
            let may = self.may_match(field);
            return may.then(|| self.first_begun(from..to, to, field))?;
        };
        if !text.may_hold_in(list, from, to, field.sets) {
            return None;
        }
        let (first, last) = (text.tokens[from].sentence, text.tokens[to - 1].sentence);
        text.sentences[first as usize..=last as usize]
            .iter()
            .map(|sentence| sentence.from.max(from)..sentence.to.min(to))
            .filter(|at| first == last || text.may_hold_in(list, at.start, at.end, field.sets))
            .find_map(|at| self.first_begun(at, to, field))
    }

    /// Where it begins first at one of these tokens and ends before `to`; tried only at words that can begin it.
    fn first_begun(&self, at: Range<usize>, to: usize, field: &Field<'_>) -> Option<Match> {
        at.filter(|at| self.may_begin(field.text.tokens[*at].word, field.sets))
            .find_map(|at| self.matches(at, field).filter(|m| m.to <= to))
    }

    #[inline]
    pub fn may_begin(&self, word: u32, sets: &Sets) -> bool {
        self.begins_anywhere() || sets.has(self.begins.words, word)
    }

    /// Whether what stands at token `at` can begin it, where that is more than a word.
    fn opens_at(&self, at: usize, field: &Field<'_>) -> bool {
        let here = run::land(at, field.text);
        let tokens = &field.text.tokens;
        (!self.opens || tokens.get(here).is_none_or(|token| token.opens))
            && self.begins.at(here, field)
    }

    /// Whether it is worth being tried at token `at`, where a word of it stands that can begin it.
    #[inline]
    pub fn may_match_at(&self, at: usize, field: &Field<'_>) -> bool {
        (!(self.opens || self.begins_anywhere()) || self.opens_at(at, field))
            && self.held_near(at, field.text)
    }

    /// Matches from token `at` on; the first alternative that fits wins, gaps are as short as they can be.
    #[inline]
    pub fn matches(&self, at: usize, field: &Field<'_>) -> Option<Match> {
        match self.may_match_at(at, field) {
            true => self.tried(at, field),
            false => None,
        }
    }

    /// The same, where it is known to be worth it.
    pub fn tried(&self, at: usize, scene: &Field<'_>) -> Option<Match> {
        if let Some(list) = self.list {
            let to = run::list_end(list, at, scene)?;
            let show = (at, to);
            return Some(Match { from: at, to, show });
        }
        if let Some(set) = self.seconds {
            let tokens = &scene.text.tokens;
            // A mark that is stepped over hides the word: only then is it worth the way.
            let second = tokens.get(at + 1)?;
            if !second.step && !tokens[at].step && !scene.sets.has(set, second.word) {
                return None;
            }
        }
        let close = self.close.iter().flatten();
        if !close.copied().all(|close| close.stands(at, scene)) {
            return None;
        }
        let program = || Box::new(emit::Program::of(&self.node, scene.sets));
        let mut run = run::Run {
            program: self.program.get_or_init(program),
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

/// Those of the needed words that have no other beside them in their set.
fn single_words(needs: &[Needed], sets: &Sets) -> Sketch {
    let one = |need: &Needed| match sets.words(need.set) {
        [word] => Some(sketch(*word)),
        _ => None,
    };
    needs.iter().filter_map(one).fold(0, |all, word| all | word)
}

/// What a pattern is matched against.
pub struct Field<'a> {
    pub text: &'a Text<'a>,
    pub sets: &'a Sets,
    /// Typed things in order of their first token.
    pub typed: &'a [Typed],
}

impl Field<'_> {
    /// The typed things that begin at token `at`.
    #[inline]
    fn facts_at(&self, at: usize) -> impl Iterator<Item = &Typed> {
        let first = self.typed.partition_point(|t| t.from < at);
        self.typed[first..].iter().take_while(move |t| t.from == at)
    }
}

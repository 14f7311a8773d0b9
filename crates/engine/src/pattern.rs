//! The pattern language of the cards: words, forms, alternatives, gaps and typed things, matched over tokens.
//!
//! | written | matches |
//! | --- | --- |
//! | `get back to you` | these words; hyphens between them do not matter, contractions are written out |
//! | `~call` | any form: call, calls, called, calling |
//! | `(soon\|as soon as possible)` | one of these |
//! | `please?` or `(very much)?` | there or not |
//! | `<neg-eval>` | a word or phrase of the list `cards/words/neg-eval.txt` |
//! | `<time>`, `<date>`, `<duration>`, `<amount>`, `<reference>`, `<when>`, `<phone>`, `<email>`, `<count>` | a typed thing |
//! | `..` / `...` | up to 3 words within the clause / up to 8 words within the sentence |
//! | `*` / `#` | any one word / any number |
//! | `<past>` | any word in a past form: "called", "sent", "broken" |
//! | `^` / `$` | where the sentence starts / ends |
//! | `!(but\|however)` | not followed by one of these |
//! | `[ ... ]` | the part to show; without it, all of the match |
//! | ` , ` ` ? ` | the mark itself, standing alone |

use crate::FactKind;
use crate::text::{Kind, Text};
use crate::words::{ByNumber, CLITIC_S, UNKNOWN, Words, forms};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// Words skipped by `..` and `...`.
const GAP_SHORT_WORDS: u8 = 3;
const GAP_LONG_WORDS: u8 = 8;
/// A match tries at most this many steps, so that no text can make it slow.
const STEPS_MAX: u32 = 4_000;
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

struct Parser<'a> {
    chars: Vec<char>,
    at: usize,
    words: &'a mut Words,
    sets: &'a mut Sets,
    lists: &'a Lists,
    depth: usize,
}

impl Pattern {
    /// Compiles `source`; says in words what is wrong with it.
    pub fn compile(
        source: &str,
        words: &mut Words,
        sets: &mut Sets,
        lists: &Lists,
    ) -> Result<(Pattern, Firsts), String> {
        let node = parse(source, words, sets, lists, 0)?;
        Pattern::of(&node, source, words, sets)
    }

    fn of(
        node: &Node,
        source: &str,
        words: &mut Words,
        sets: &mut Sets,
    ) -> Result<(Pattern, Firsts), String> {
        let mut firsts = Firsts::default();
        if first_of(node, &mut firsts) {
            return Err(format!(
                "`{source}` can match nothing at all; name at least one word"
            ));
        }
        let mut program = Program {
            ops: Vec::new(),
            switches: Vec::new(),
        };
        emit(node, &mut program, words, sets);
        program.ops.push(Op::Accept);
        let mut needs = Vec::new();
        needed(node, &mut needs);
        needs.sort_by_key(Vec::len);
        needs.truncate(NEEDS_MAX);
        let needs = needs.into_iter().map(|ids| sets.add(ids, words)).collect();
        let seconds = second_words(node).map(|ids| sets.add(ids, words));
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

    /// Whether the word by itself is a match, as in a list of words.
    pub fn is_word(&self, word: u32, sets: &Sets) -> bool {
        self.may_begin(word, sets)
            && self.ops.iter().enumerate().any(|(at, op)| {
                let alone = matches!(self.ops.get(at + 1), Some(Op::Accept | Op::Jump(_)))
                    && (at == 0 || !matches!(self.ops[at - 1], Op::Word(_) | Op::Set(_) | Op::Any));
                alone
                    && match op {
                        Op::Word(id) => *id == word,
                        Op::Set(set) => sets.has(*set, word),
                        Op::List(index) => {
                            let list = &sets.lists[*index as usize];
                            list.words.is_some_and(|set| sets.has(set, word))
                                || list.phrases.iter().any(|phrase| phrase.is_word(word, sets))
                        }
                        _ => false,
                    }
            })
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
        let mut run = Run {
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

struct Run<'a> {
    pattern: &'a Pattern,
    field: &'a Field<'a>,
    steps: u32,
    show: (usize, usize),
}

impl Run<'_> {
    /// Steps over marks that do not count, such as hyphens inside a word and wrapped lines.
    fn land(&self, mut at: usize) -> usize {
        let tokens = &self.field.text.tokens;
        while let Some(token) = tokens.get(at) {
            let wrapped = token.kind == Kind::Newline
                && at > 0
                && tokens
                    .get(at + 1)
                    .is_some_and(|n| n.sentence == tokens[at - 1].sentence);
            if token.skip || wrapped {
                at += 1;
            } else {
                break;
            }
        }
        at
    }

    fn go(&mut self, mut pc: usize, mut at: usize) -> Option<usize> {
        let text = self.field.text;
        loop {
            self.steps += 1;
            if self.steps > STEPS_MAX {
                return None;
            }
            match &self.pattern.ops[pc] {
                Op::Accept => return Some(at),
                Op::Word(id) => {
                    let here = self.land(at);
                    if text.tokens.get(here)?.word != *id {
                        return None;
                    }
                    at = here + 1;
                    pc += 1;
                }
                Op::Set(set) => {
                    let here = self.land(at);
                    if !self.field.sets.has(*set, text.tokens.get(here)?.word) {
                        return None;
                    }
                    at = here + 1;
                    pc += 1;
                }
                Op::Any => {
                    let here = self.land(at);
                    let token = text.tokens.get(here)?;
                    if matches!(token.kind, Kind::Punct | Kind::Newline) {
                        return None;
                    }
                    at = here + 1;
                    pc += 1;
                }
                Op::Number => {
                    let here = self.land(at);
                    if text.tokens.get(here)?.kind != Kind::Number {
                        return None;
                    }
                    at = here + 1;
                    pc += 1;
                }
                Op::Past(irregular) => {
                    let here = self.land(at);
                    let token = text.tokens.get(here)?;
                    let regular = || {
                        token.kind == Kind::Word && !token.masked && ends_in_ed(text.written(here))
                    };
                    if !self.field.sets.has(*irregular, token.word) && !regular() {
                        return None;
                    }
                    at = here + 1;
                    pc += 1;
                }
                Op::Fact(set) => {
                    let here = self.land(at);
                    let first = self.field.typed.partition_point(|t| t.from < here);
                    let found = self.field.typed[first..]
                        .iter()
                        .take_while(|t| t.from == here)
                        .filter(|t| set.has(t.kind))
                        .map(|t| t.to)
                        .max()?;
                    at = found;
                    pc += 1;
                }
                Op::List(index) => {
                    let here = self.land(at);
                    let token = text.tokens.get(here)?;
                    let list = &self.field.sets.lists[*index as usize];
                    let by_word = list.by_word.get(&token.word).map_or(&[][..], Vec::as_slice);
                    for phrase in by_word.iter().chain(&list.anything) {
                        let Some(found) = list.phrases[*phrase as usize].matches(here, self.field)
                        else {
                            continue;
                        };
                        let shown = self.show;
                        if let Some(end) = self.go(pc + 1, found.to) {
                            return Some(end);
                        }
                        self.show = shown;
                    }
                    if !list
                        .words
                        .is_some_and(|set| self.field.sets.has(set, token.word))
                    {
                        return None;
                    }
                    at = here + 1;
                    pc += 1;
                }
                Op::Switch(index) => {
                    let here = self.land(at);
                    let word = text.tokens.get(here).map_or(UNKNOWN, |token| token.word);
                    let switch = &self.pattern.switches[*index as usize];
                    let by_word = switch.by_word.get(&word).map_or(&[][..], Vec::as_slice);
                    for branch in by_word.iter().chain(&switch.anything) {
                        let shown = self.show;
                        if let Some(end) = self.go(*branch as usize, at) {
                            return Some(end);
                        }
                        self.show = shown;
                    }
                    return None;
                }
                Op::Jump(to) => pc = *to as usize,
                Op::Split(first, second) => {
                    let shown = self.show;
                    if let Some(end) = self.go(*first as usize, at) {
                        return Some(end);
                    }
                    self.show = shown;
                    pc = *second as usize;
                }
                Op::Not(target) => {
                    let shown = self.show;
                    let hit = self.go(pc + 1, at).is_some();
                    self.show = shown;
                    if hit {
                        return None;
                    }
                    pc = *target as usize;
                }
                Op::SentenceStart => {
                    let here = self.land(at);
                    let sentence = text.sentence_of(here.min(text.tokens.len().checked_sub(1)?));
                    let quiet = |t: &crate::text::Token| {
                        matches!(t.kind, Kind::Punct | Kind::Newline | Kind::Emoji) || t.skip
                    };
                    if !(sentence.from..here)
                        .all(|i| quiet(&text.tokens[i]) || in_salutation(text, i))
                    {
                        return None;
                    }
                    pc += 1;
                }
                Op::SentenceEnd => {
                    let here = self.land(at);
                    let done = match text.tokens.get(here) {
                        None => true,
                        Some(token) => {
                            at > 0 && text.tokens[at - 1].sentence != token.sentence
                                || (here..text.sentence_of(here).to).all(|i| {
                                    matches!(
                                        text.tokens[i].kind,
                                        Kind::Punct | Kind::Newline | Kind::Emoji
                                    )
                                })
                        }
                    };
                    if !done {
                        return None;
                    }
                    pc += 1;
                }
                Op::Open => {
                    self.show.0 = self.land(at);
                    pc += 1;
                }
                Op::Close => {
                    self.show.1 = at;
                    pc += 1;
                }
                Op::Gap { words, marks } => {
                    let (mut left, marks) = (*words, *marks);
                    let sentence = at.checked_sub(1).map(|i| text.tokens[i].sentence);
                    loop {
                        let shown = self.show;
                        if let Some(end) = self.go(pc + 1, at) {
                            return Some(end);
                        }
                        self.show = shown;
                        let here = self.land(at);
                        let token = text.tokens.get(here)?;
                        if sentence.is_some_and(|s| s != token.sentence) {
                            return None;
                        }
                        match token.kind {
                            Kind::Newline => return None,
                            Kind::Punct
                                if !marks
                                    && !matches!(
                                        text.written(here),
                                        "'" | "\""
                                            | "’"
                                            | "“"
                                            | "”"
                                            | "‘"
                                            | "%"
                                            | "£"
                                            | "$"
                                            | "€"
                                            | "&"
                                            | "#"
                                            | "/"
                                    ) =>
                            {
                                return None;
                            }
                            Kind::Punct => {}
                            _ => {
                                if left == 0 {
                                    return None;
                                }
                                left -= 1;
                            }
                        }
                        at = here + 1;
                    }
                }
            }
        }
    }
}

/// Past forms that no ending shows. "Read", "put" and their like are past or present; the words around them decide.
const PAST_FORMS: &str = "been become became begun began bent bit bitten bought bound broke broken brought built burnt came caught chose chosen come cost \
    cut dealt did done drawn drew driven drove eaten fallen fed fell felt flown forgot forgotten found fought froze frozen gave given gone got gotten \
    grew grown heard held hidden hit hung hurt kept knew known laid learnt led left lent let lost made meant met mistaken mistook misread misunderstood \
    overlooked paid put quit ran rang read ridden rode risen rose run rung said sat saw seen sent set shaken shown shook shut slept sold sought spent split spoke spoken spread \
    stolen stole stood stuck swore sworn taken taught thought threw thrown told took torn typed understood undone went woken won wore worn withdrawn written wrote";

fn ends_in_ed(written: &str) -> bool {
    let length = written.len();
    length >= 4
        && written.is_char_boundary(length - 2)
        && written[length - 2..].eq_ignore_ascii_case("ed")
        && ![
            "need", "feed", "seed", "speed", "weed", "indeed", "exceed", "proceed", "succeed",
            "hundred", "limited", "red", "shed", "sped", "breed", "bleed",
        ]
        .iter()
        .any(|w| w.eq_ignore_ascii_case(written))
}

fn in_salutation(text: &Text<'_>, token: usize) -> bool {
    text.salutation
        .is_some_and(|(from, to)| (from..to).contains(&token))
}

fn parse(
    source: &str,
    words: &mut Words,
    sets: &mut Sets,
    lists: &Lists,
    depth: usize,
) -> Result<Node, String> {
    if depth > 4 {
        return Err("a word list names itself".into());
    }
    let mut parser = Parser {
        chars: source.chars().collect(),
        at: 0,
        words,
        sets,
        lists,
        depth,
    };
    let node = parser.alternatives()?;
    if parser.at < parser.chars.len() {
        return Err(format!(
            "`{source}` has a `{}` too many",
            parser.chars[parser.at]
        ));
    }
    Ok(node)
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn spaces(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn alternatives(&mut self) -> Result<Node, String> {
        let mut all = vec![self.sequence()?];
        while self.peek() == Some('|') {
            self.at += 1;
            all.push(self.sequence()?);
        }
        Ok(if all.len() == 1 {
            all.remove(0)
        } else {
            merge(all)
        })
    }

    fn sequence(&mut self) -> Result<Node, String> {
        let mut all = Vec::new();
        loop {
            self.spaces();
            let Some(c) = self.peek() else { break };
            if matches!(c, '|' | ')' | ']') {
                break;
            }
            let atom = self.atom(c)?;
            if self.peek() == Some('?')
                && !self
                    .chars
                    .get(self.at.wrapping_sub(1))
                    .is_some_and(|c| c.is_whitespace())
            {
                self.at += 1;
                all.push(Node::Maybe(Box::new(atom)));
            } else {
                all.push(atom);
            }
        }
        Ok(if all.len() == 1 {
            all.remove(0)
        } else {
            Node::Seq(all)
        })
    }

    fn group(&mut self, close: char) -> Result<Node, String> {
        self.at += 1;
        let node = self.alternatives()?;
        if self.peek() != Some(close) {
            return Err(format!(
                "`{}` lacks a `{close}`",
                self.chars.iter().collect::<String>()
            ));
        }
        self.at += 1;
        Ok(node)
    }

    fn word_chars(&mut self) -> String {
        let mut word = String::new();
        while let Some(c) = self.peek() {
            if c.is_alphanumeric()
                || c == '\''
                || (c == '.'
                    && !word.is_empty()
                    && self
                        .chars
                        .get(self.at + 1)
                        .is_some_and(|n| n.is_alphanumeric()))
            {
                word.extend(c.to_lowercase());
                self.at += 1;
            } else {
                break;
            }
        }
        word
    }

    fn atom(&mut self, c: char) -> Result<Node, String> {
        match c {
            '(' => self.group(')'),
            '[' => Ok(Node::Show(Box::new(self.group(']')?))),
            '!' if self.chars.get(self.at + 1) == Some(&'(') => {
                self.at += 1;
                Ok(Node::Not(Box::new(self.group(')')?)))
            }
            '<' => {
                let end = (self.at..self.chars.len())
                    .find(|i| self.chars[*i] == '>')
                    .ok_or("a `<` lacks its `>`")?;
                let name: String = self.chars[self.at + 1..end].iter().collect();
                self.at = end + 1;
                if name == "past" {
                    return Ok(Node::Past(
                        PAST_FORMS
                            .split_whitespace()
                            .map(|form| self.words.intern(form))
                            .collect(),
                    ));
                }
                if let Some(set) = FactSet::named(&name) {
                    return Ok(Node::Fact(set));
                }
                let index = self.list(&name)?;
                Ok(Node::List(
                    index,
                    self.sets.lists[index as usize].firsts.clone(),
                ))
            }
            '~' => {
                self.at += 1;
                let word = self.word_chars();
                if word.is_empty() {
                    return Err("a `~` stands before no word".into());
                }
                Ok(Node::Words(
                    forms(&word)
                        .iter()
                        .map(|form| {
                            if form == "'s" {
                                CLITIC_S
                            } else {
                                self.words.intern(form)
                            }
                        })
                        .collect(),
                ))
            }
            '.' if self.chars[self.at..].starts_with(&['.', '.', '.']) => {
                self.at += 3;
                Ok(Node::Gap(true))
            }
            '.' if self.chars[self.at..].starts_with(&['.', '.']) => {
                self.at += 2;
                Ok(Node::Gap(false))
            }
            '…' => {
                self.at += 1;
                Ok(Node::Gap(true))
            }
            '*' => {
                self.at += 1;
                Ok(Node::Any)
            }
            '#' => {
                self.at += 1;
                Ok(Node::Number)
            }
            '^' => {
                self.at += 1;
                Ok(Node::Start)
            }
            '$' => {
                self.at += 1;
                Ok(Node::End)
            }
            c if c.is_alphanumeric() || c == '\'' => {
                let word = self.word_chars();
                let ids = crate::text::intern_words(&word, self.words);
                Ok(match ids.as_slice() {
                    [one] => Node::Words(vec![*one]),
                    many => Node::Seq(many.iter().map(|id| Node::Words(vec![*id])).collect()),
                })
            }
            '-' => {
                // A hyphen between words is stepped over in the text, so it is not part of the pattern.
                self.at += 1;
                Ok(Node::Seq(Vec::new()))
            }
            mark => {
                self.at += 1;
                let id = self.words.intern(&mark.to_string());
                Ok(Node::Words(vec![id]))
            }
        }
    }
}

impl Parser<'_> {
    /// The word list `name`, compiled once.
    fn list(&mut self, name: &str) -> Result<u32, String> {
        if let Some(index) = self.sets.list_of.get(name) {
            return Ok(*index);
        }
        let phrases = self
            .lists
            .get(name)
            .ok_or_else(|| format!("there is no word list `{name}`"))?;
        let (mut single, mut patterns, mut firsts) = (Vec::new(), Vec::new(), Firsts::default());
        let mut by_word: HashMap<u32, Vec<u32>, BuildHasherDefault<ByNumber>> = HashMap::default();
        let mut anything = Vec::new();
        for phrase in phrases {
            let mut node = parse(phrase, self.words, self.sets, self.lists, self.depth + 1)?;
            if let Node::Alt(branches) = &mut node
                && let Some(Node::Words(ids)) = branches.last()
            {
                single.extend(ids.clone());
                branches.pop();
            }
            if let Node::Words(ids) = node {
                single.extend(ids);
                continue;
            }
            let (pattern, begins) = Pattern::of(&node, phrase, self.words, self.sets)?;
            let index = patterns.len() as u32;
            if begins.anything {
                anything.push(index);
            } else {
                for word in &begins.words {
                    by_word.entry(*word).or_default().push(index);
                }
            }
            firsts.words.extend(begins.words);
            firsts.anything |= begins.anything;
            patterns.push(pattern);
        }
        if single.is_empty() && patterns.is_empty() {
            return Err(format!("the word list `{name}` is empty"));
        }
        firsts.words.extend(&single);
        firsts.words.sort_unstable();
        firsts.words.dedup();
        let words = (!single.is_empty()).then(|| self.sets.add(single, self.words));
        let index = self.sets.lists.len() as u32;
        self.sets.lists.push(ListProgram {
            phrases: patterns,
            by_word,
            anything,
            words,
            firsts,
        });
        self.sets.list_of.insert(name.to_string(), index);
        Ok(index)
    }
}

/// Alternatives that are single words become one set.
fn merge(all: Vec<Node>) -> Node {
    let mut single = Vec::new();
    let mut rest = Vec::new();
    for node in all {
        match node {
            Node::Words(ids) => single.extend(ids),
            Node::Alt(inner) => {
                for node in inner {
                    match node {
                        Node::Words(ids) => single.extend(ids),
                        other => rest.push(other),
                    }
                }
            }
            other => rest.push(other),
        }
    }
    if rest.is_empty() {
        return Node::Words(single);
    }
    // Phrases come first, so that the longest reading wins over its first word.
    if !single.is_empty() {
        rest.push(Node::Words(single));
    }
    Node::Alt(rest)
}

/// Collects what can begin `node`; true when it can match nothing.
fn first_of(node: &Node, firsts: &mut Firsts) -> bool {
    match node {
        Node::Words(ids) => {
            firsts.words.extend(ids);
            false
        }
        Node::Any | Node::Number | Node::Past(_) | Node::Fact(_) => {
            firsts.anything = true;
            false
        }
        Node::List(_, of_list) => {
            firsts.words.extend(&of_list.words);
            firsts.anything |= of_list.anything;
            false
        }
        Node::Gap(_) => {
            firsts.anything = true;
            true
        }
        Node::Seq(all) => all.iter().all(|node| first_of(node, firsts)),
        Node::Alt(all) => {
            let mut empty = false;
            for node in all {
                empty |= first_of(node, firsts);
            }
            empty
        }
        Node::Maybe(node) => {
            first_of(node, firsts);
            true
        }
        Node::Not(_) | Node::Start | Node::End => true,
        Node::Show(node) => first_of(node, firsts),
    }
}

/// A pattern's program while it is written.
struct Program {
    ops: Vec<Op>,
    switches: Vec<Switch>,
}

/// The words of which the second of a match has to be one; `None` where that cannot be said.
fn second_words(node: &Node) -> Option<Vec<u32>> {
    let mut flat = Vec::new();
    flatten(node, &mut flat);
    let first = flat
        .iter()
        .position(|node| !matches!(node, Node::Start | Node::Not(_)))?;
    if !matches!(flat[first], Node::Words(_)) {
        return None;
    }
    let mut firsts = Firsts::default();
    let empty = flat[first + 1..]
        .iter()
        .all(|node| first_of(node, &mut firsts));
    (!empty && !firsts.anything).then_some(firsts.words)
}

/// The elements of a sequence, brackets that only show left away.
fn flatten<'n>(node: &'n Node, flat: &mut Vec<&'n Node>) {
    match node {
        Node::Seq(all) => all.iter().for_each(|node| flatten(node, flat)),
        Node::Show(inner) => flatten(inner, flat),
        other => flat.push(other),
    }
}

/// Collects sets of words of which a match holds at least one each.
fn needed(node: &Node, needs: &mut Vec<Vec<u32>>) {
    match node {
        Node::Words(ids) => needs.push(ids.clone()),
        Node::List(_, firsts) if !firsts.anything => needs.push(firsts.words.clone()),
        Node::Seq(all) => all.iter().for_each(|node| needed(node, needs)),
        Node::Show(node) => needed(node, needs),
        Node::Alt(all) => {
            let mut union = Vec::new();
            for node in all {
                let mut own = Vec::new();
                needed(node, &mut own);
                match own.into_iter().min_by_key(Vec::len) {
                    Some(ids) => union.extend(ids),
                    None => return,
                }
            }
            needs.push(union);
        }
        _ => {}
    }
}

fn emit(node: &Node, program: &mut Program, words: &mut Words, sets: &mut Sets) {
    let ops = &mut program.ops;
    match node {
        Node::Words(ids) => {
            let clitic = ids.iter().any(|id| words.is_clitic(*id));
            match ids.as_slice() {
                [one] if !clitic => ops.push(Op::Word(*one)),
                many => {
                    let set = sets.add(many.to_vec(), words);
                    ops.push(Op::Set(set));
                }
            }
        }
        Node::Any => ops.push(Op::Any),
        Node::Number => ops.push(Op::Number),
        Node::Past(ids) => {
            let set = sets.add(ids.clone(), words);
            ops.push(Op::Past(set));
        }
        Node::Fact(set) => ops.push(Op::Fact(*set)),
        Node::List(index, _) => ops.push(Op::List(*index)),
        Node::Gap(long) => ops.push(Op::Gap {
            words: if *long {
                GAP_LONG_WORDS
            } else {
                GAP_SHORT_WORDS
            },
            marks: *long,
        }),
        Node::Seq(all) => all.iter().for_each(|node| emit(node, program, words, sets)),
        Node::Alt(all) => {
            let index = program.switches.len();
            program.switches.push(Switch::default());
            program.ops.push(Op::Switch(index as u32));
            let mut jumps = Vec::new();
            for node in all {
                let branch = program.ops.len() as u32;
                let mut firsts = Firsts::default();
                let empty = first_of(node, &mut firsts);
                let clitics: Vec<u32> = firsts
                    .words
                    .iter()
                    .filter_map(|id| words.clitic_of(*id))
                    .collect();
                firsts.words.extend(clitics);
                firsts.words.sort_unstable();
                firsts.words.dedup();
                emit(node, program, words, sets);
                jumps.push(program.ops.len());
                program.ops.push(Op::Jump(0));
                let switch = &mut program.switches[index];
                if empty || firsts.anything {
                    switch.anything.push(branch);
                } else {
                    for word in firsts.words {
                        switch.by_word.entry(word).or_default().push(branch);
                    }
                }
            }
            let end = program.ops.len() as u32;
            for jump in jumps {
                program.ops[jump] = Op::Jump(end);
            }
        }
        Node::Maybe(node) => {
            let split = program.ops.len();
            program.ops.push(Op::Split(0, 0));
            emit(node, program, words, sets);
            program.ops[split] = Op::Split(split as u32 + 1, program.ops.len() as u32);
        }
        Node::Not(node) => {
            let not = program.ops.len();
            program.ops.push(Op::Not(0));
            emit(node, program, words, sets);
            program.ops.push(Op::Accept);
            program.ops[not] = Op::Not(program.ops.len() as u32);
        }
        Node::Show(node) => {
            program.ops.push(Op::Open);
            emit(node, program, words, sets);
            program.ops.push(Op::Close);
        }
        Node::Start => ops.push(Op::SentenceStart),
        Node::End => ops.push(Op::SentenceEnd),
    }
}

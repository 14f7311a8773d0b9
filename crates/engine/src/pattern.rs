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
use crate::words::{CLITIC_D, CLITIC_S, Words, forms};
use std::collections::HashMap;

/// Words skipped by `..` and `...`.
const GAP_SHORT_WORDS: u8 = 3;
const GAP_LONG_WORDS: u8 = 8;
/// A match tries at most this many steps, so that no text can make it slow.
const STEPS_MAX: u32 = 4_000;

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
    Gap { words: u8, marks: bool },
}

/// One compiled pattern.
#[derive(Debug, Clone)]
pub struct Pattern {
    ops: Vec<Op>,
    /// Words that can begin it, sorted; `None` when anything can.
    begins: Option<Vec<u32>>,
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
}

impl Sets {
    fn add(&mut self, mut ids: Vec<u32>, words: &mut Words) -> u32 {
        let (is, has, would, had) = (words.intern("is"), words.intern("has"), words.intern("would"), words.intern("had"));
        if ids.contains(&is) || ids.contains(&has) {
            ids.push(CLITIC_S);
        }
        if ids.contains(&would) || ids.contains(&had) {
            ids.push(CLITIC_D);
        }
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

    #[inline]
    fn has(&self, set: u32, word: u32) -> bool {
        self.bits[set as usize].get(word as usize / 64).is_some_and(|bits| bits & (1 << (word % 64)) != 0)
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
    lists: &'a Lists,
    depth: usize,
}

impl Pattern {
    /// Compiles `source`; says in words what is wrong with it.
    pub fn compile(source: &str, words: &mut Words, sets: &mut Sets, lists: &Lists) -> Result<(Pattern, Firsts), String> {
        let node = parse(source, words, lists, 0)?;
        let mut firsts = Firsts::default();
        if first_of(&node, &mut firsts) {
            return Err(format!("`{source}` can match nothing at all; name at least one word"));
        }
        let mut ops = Vec::new();
        emit(&node, &mut ops, words, sets);
        ops.push(Op::Accept);
        let with_clitics = |id: &u32, words: &mut Words| {
            let mut all = vec![*id];
            if *id == words.intern("is") || *id == words.intern("has") {
                all.push(CLITIC_S);
            }
            if *id == words.intern("would") || *id == words.intern("had") {
                all.push(CLITIC_D);
            }
            all
        };
        let mut first_words: Vec<u32> = firsts.words.iter().flat_map(|id| with_clitics(id, words)).collect();
        first_words.sort_unstable();
        first_words.dedup();
        firsts.words = first_words;
        let begins = (!firsts.anything).then(|| firsts.words.clone());
        Ok((Pattern { ops, begins }, firsts))
    }

    /// Where it matches first within tokens `from..to`; tried only at words that can begin it.
    pub fn first_in(&self, from: usize, to: usize, field: &Field<'_>) -> Option<Match> {
        (from..to).filter(|at| self.may_begin(field.text.tokens[*at].word)).find_map(|at| self.matches(at, field).filter(|m| m.to <= to))
    }

    #[inline]
    pub fn may_begin(&self, word: u32) -> bool {
        self.begins.as_ref().is_none_or(|words| words.binary_search(&word).is_ok())
    }

    /// Matches from token `at` on; the first alternative that fits wins, gaps are as short as they can be.
    pub fn matches(&self, at: usize, scene: &Field<'_>) -> Option<Match> {
        let mut run = Run { ops: &self.ops, field: scene, steps: 0, show: (usize::MAX, usize::MAX) };
        let to = run.go(0, at)?;
        let show = if run.show.0 == usize::MAX { (at, to) } else { (run.show.0, if run.show.1 == usize::MAX { to } else { run.show.1 }) };
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
    ops: &'a [Op],
    field: &'a Field<'a>,
    steps: u32,
    show: (usize, usize),
}

impl Run<'_> {
    /// Steps over marks that do not count, such as hyphens inside a word and wrapped lines.
    fn land(&self, mut at: usize) -> usize {
        let tokens = &self.field.text.tokens;
        while let Some(token) = tokens.get(at) {
            let wrapped = token.kind == Kind::Newline && at > 0 && tokens.get(at + 1).is_some_and(|n| n.sentence == tokens[at - 1].sentence);
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
            match &self.ops[pc] {
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
                    let regular = || token.kind == Kind::Word && !token.masked && ends_in_ed(text.written(here));
                    if !self.field.sets.has(*irregular, token.word) && !regular() {
                        return None;
                    }
                    at = here + 1;
                    pc += 1;
                }
                Op::Fact(set) => {
                    let here = self.land(at);
                    let first = self.field.typed.partition_point(|t| t.from < here);
                    let found = self.field.typed[first..].iter().take_while(|t| t.from == here).filter(|t| set.has(t.kind)).map(|t| t.to).max()?;
                    at = found;
                    pc += 1;
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
                    let quiet = |t: &crate::text::Token| matches!(t.kind, Kind::Punct | Kind::Newline | Kind::Emoji) || t.skip;
                    if !(sentence.from..here).all(|i| quiet(&text.tokens[i]) || in_salutation(text, i)) {
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
                                || (here..text.sentence_of(here).to).all(|i| matches!(text.tokens[i].kind, Kind::Punct | Kind::Newline | Kind::Emoji))
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
                            Kind::Punct if !marks && !matches!(text.written(here), "'" | "\"" | "’" | "“" | "”" | "‘" | "%" | "£" | "$" | "€" | "&" | "#" | "/") => return None,
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
        && !["need", "feed", "seed", "speed", "weed", "indeed", "exceed", "proceed", "succeed", "hundred", "limited", "red", "shed", "sped", "breed", "bleed"].iter().any(|w| w.eq_ignore_ascii_case(written))
}

fn in_salutation(text: &Text<'_>, token: usize) -> bool {
    text.salutation.is_some_and(|(from, to)| (from..to).contains(&token))
}

fn parse(source: &str, words: &mut Words, lists: &Lists, depth: usize) -> Result<Node, String> {
    if depth > 4 {
        return Err("a word list names itself".into());
    }
    let mut parser = Parser { chars: source.chars().collect(), at: 0, words, lists, depth };
    let node = parser.alternatives()?;
    if parser.at < parser.chars.len() {
        return Err(format!("`{source}` has a `{}` too many", parser.chars[parser.at]));
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
        Ok(if all.len() == 1 { all.remove(0) } else { merge(all) })
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
            if self.peek() == Some('?') && !self.chars.get(self.at.wrapping_sub(1)).is_some_and(|c| c.is_whitespace()) {
                self.at += 1;
                all.push(Node::Maybe(Box::new(atom)));
            } else {
                all.push(atom);
            }
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Node::Seq(all) })
    }

    fn group(&mut self, close: char) -> Result<Node, String> {
        self.at += 1;
        let node = self.alternatives()?;
        if self.peek() != Some(close) {
            return Err(format!("`{}` lacks a `{close}`", self.chars.iter().collect::<String>()));
        }
        self.at += 1;
        Ok(node)
    }

    fn word_chars(&mut self) -> String {
        let mut word = String::new();
        while let Some(c) = self.peek() {
            if c.is_alphanumeric() || c == '\'' || (c == '.' && !word.is_empty() && self.chars.get(self.at + 1).is_some_and(|n| n.is_alphanumeric())) {
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
                let end = (self.at..self.chars.len()).find(|i| self.chars[*i] == '>').ok_or("a `<` lacks its `>`")?;
                let name: String = self.chars[self.at + 1..end].iter().collect();
                self.at = end + 1;
                if name == "past" {
                    return Ok(Node::Past(PAST_FORMS.split_whitespace().map(|form| self.words.intern(form)).collect()));
                }
                if let Some(set) = FactSet::named(&name) {
                    return Ok(Node::Fact(set));
                }
                let list = self.lists.get(&name).ok_or_else(|| format!("there is no word list `{name}`"))?;
                let mut all = Vec::new();
                for phrase in list {
                    all.push(parse(phrase, self.words, self.lists, self.depth + 1)?);
                }
                if all.is_empty() {
                    return Err(format!("the word list `{name}` is empty"));
                }
                Ok(merge(all))
            }
            '~' => {
                self.at += 1;
                let word = self.word_chars();
                if word.is_empty() {
                    return Err("a `~` stands before no word".into());
                }
                Ok(Node::Words(forms(&word).iter().map(|form| if form == "'s" { CLITIC_S } else { self.words.intern(form) }).collect()))
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
        Node::Gap(_) => {
            firsts.anything = true;
            true
        }
        Node::Seq(all) => all.iter().all(|node| first_of(node, firsts)),
        Node::Alt(all) => all.iter().fold(false, |empty, node| first_of(node, firsts) || empty),
        Node::Maybe(node) => {
            first_of(node, firsts);
            true
        }
        Node::Not(_) | Node::Start | Node::End => true,
        Node::Show(node) => first_of(node, firsts),
    }
}

fn emit(node: &Node, ops: &mut Vec<Op>, words: &mut Words, sets: &mut Sets) {
    match node {
        Node::Words(ids) => {
            let clitic = ids.iter().any(|id| [words.intern("is"), words.intern("has"), words.intern("would"), words.intern("had")].contains(id));
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
        Node::Gap(long) => ops.push(Op::Gap { words: if *long { GAP_LONG_WORDS } else { GAP_SHORT_WORDS }, marks: *long }),
        Node::Seq(all) => all.iter().for_each(|node| emit(node, ops, words, sets)),
        Node::Alt(all) => {
            let mut jumps = Vec::new();
            for (index, node) in all.iter().enumerate() {
                if index + 1 == all.len() {
                    emit(node, ops, words, sets);
                } else {
                    let split = ops.len();
                    ops.push(Op::Split(0, 0));
                    emit(node, ops, words, sets);
                    jumps.push(ops.len());
                    ops.push(Op::Jump(0));
                    ops[split] = Op::Split(split as u32 + 1, ops.len() as u32);
                }
            }
            let end = ops.len() as u32;
            for jump in jumps {
                ops[jump] = Op::Jump(end);
            }
        }
        Node::Maybe(node) => {
            let split = ops.len();
            ops.push(Op::Split(0, 0));
            emit(node, ops, words, sets);
            ops[split] = Op::Split(split as u32 + 1, ops.len() as u32);
        }
        Node::Not(node) => {
            let not = ops.len();
            ops.push(Op::Not(0));
            emit(node, ops, words, sets);
            ops.push(Op::Accept);
            ops[not] = Op::Not(ops.len() as u32);
        }
        Node::Show(node) => {
            ops.push(Op::Open);
            emit(node, ops, words, sets);
            ops.push(Op::Close);
        }
        Node::Start => ops.push(Op::SentenceStart),
        Node::End => ops.push(Op::SentenceEnd),
    }
}

//! Reading: a pattern as written, to what it means.

use super::sets::ListProgram;
use super::{
    ANY_SECOND, Branch, Branches, FactSet, Firsts, Inside, Lists, Node, Pattern, Sets, emit,
};
use crate::words::{WordId, Words};

struct Parser<'a> {
    source: &'a str,
    /// The byte that is read next.
    at: usize,
    words: &'a mut Words,
    sets: &'a mut Sets,
    lists: &'a Lists<'a>,
    depth: usize,
    read: ReadBuffers,
}

/// What reading needs for a moment, kept from one pattern to the next.
#[derive(Debug, Clone, Default)]
pub(super) struct ReadBuffers {
    /// The last word read, in lower case.
    word: String,
    /// The single words of all alternatives that are being read, the innermost last; and those of one.
    single: Vec<WordId>,
    own: Vec<WordId>,
    /// The parts of all sequences and alternatives that are being read, the innermost last.
    parts: Vec<Node>,
}

pub(super) fn parse(
    source: &str,
    words: &mut Words,
    sets: &mut Sets,
    lists: &Lists<'_>,
    depth: usize,
) -> Result<Node, String> {
    if depth > 4 {
        return Err("a word list names itself".into());
    }
    let mut parser = Parser {
        source,
        at: 0,
        words,
        read: std::mem::take(&mut sets.read),
        sets,
        lists,
        depth,
    };
    let node = parser.alternatives()?;
    if let Some(c) = parser.peek() {
        return Err(format!("`{source}` has a `{c}` too many"));
    }
    sets.read = parser.read;
    Ok(node)
}

impl<'a> Parser<'a> {
    #[inline]
    fn peek(&self) -> Option<char> {
        match self.source.as_bytes().get(self.at)? {
            byte if byte.is_ascii() => Some(char::from(*byte)),
            _ => self.source[self.at..].chars().next(),
        }
    }

    fn starts(&self, with: &str) -> bool {
        self.source.as_bytes()[self.at..].starts_with(with.as_bytes())
    }

    fn spaces(&mut self) {
        while let Some(c) = self.peek().filter(|c| c.is_whitespace()) {
            self.at += c.len_utf8();
        }
    }

    fn alternatives(&mut self) -> Result<Node, String> {
        let mut merged = Merged {
            single: self.read.single.len(),
            rest: self.read.parts.len(),
            marks: false,
        };
        loop {
            match self.word_alone() {
                Some(word) => self.read.single.push(word),
                None => {
                    let next = self.sequence()?;
                    let is_first = self.read.parts.len() == merged.rest
                        && self.read.single.len() == merged.single;
                    if is_first && self.peek() != Some('|') {
                        return Ok(next);
                    }
                    self.merge(next, &mut merged);
                }
            }
            if self.peek() != Some('|') {
                return Ok(self.merged(merged));
            }
            self.at += 1;
        }
    }

    fn merge(&mut self, node: Node, merged: &mut Merged) {
        match node {
            Node::Alt(inner) => (inner.from..inner.to)
                .for_each(|at| self.merge_one(self.sets.nodes[at as usize], merged)),
            other => self.merge_one(other, merged),
        }
    }

    fn merge_one(&mut self, node: Node, merged: &mut Merged) {
        merged.marks |= match node {
            Node::Word(id) => self.words.is_mark(id),
            Node::Words { marks, .. } => marks,
            _ => false,
        };
        if !take_single(&node, self.sets, &mut self.read.single) {
            self.read.parts.push(node);
        }
    }

    fn merged(&mut self, merged: Merged) -> Node {
        let words = match self.read.single[merged.single..] {
            [] => None,
            [word] => Some(Node::Word(word)),
            _ => {
                self.read.own.clear();
                self.read
                    .own
                    .extend(self.read.single.drain(merged.single..));
                Some(Node::Words {
                    marks: merged.marks,
                    set: self.sets.add(&mut self.read.own, self.words),
                })
            }
        };
        self.read.single.truncate(merged.single);
        match words {
            Some(words) if self.read.parts.len() == merged.rest => words,
            words => {
                // Phrases come first, so that the longest reading wins over its first word.
                self.read.parts.extend(words);
                Node::Alt(self.keep(merged.rest))
            }
        }
    }

    /// Lays the parts from `from` on side by side.
    fn keep(&mut self, from: usize) -> Inside {
        let nodes = &mut self.sets.nodes;
        let start = nodes.len() as u32;
        nodes.extend(self.read.parts.drain(from..));
        Inside {
            from: start,
            to: nodes.len() as u32,
        }
    }

    fn keep_one(&mut self, node: Node) -> Inside {
        self.read.parts.push(node);
        self.keep(self.read.parts.len() - 1)
    }

    /// Most alternatives are nothing but a plain word: its number.
    fn word_alone(&mut self) -> Option<WordId> {
        let rest = &self.source.as_bytes()[self.at..];
        let length = rest.iter().position(|byte| !byte.is_ascii_lowercase())?;
        if length == 0 || !matches!(rest[length], b'|' | b')') {
            return None;
        }
        let word = &self.source[self.at..self.at + length];
        let known = self.words.get(word.as_bytes());
        if self.words.contraction(known).is_some() {
            return None;
        }
        self.at += length;
        Some(self.words.intern_unless(known, word))
    }

    fn sequence(&mut self) -> Result<Node, String> {
        let from = self.read.parts.len();
        loop {
            self.spaces();
            let Some(c) = self.peek() else { break };
            if matches!(c, '|' | ')' | ']') {
                break;
            }
            let mut atom = self.atom(c)?;
            if self.peek() == Some('?') && !self.source[..self.at].ends_with(char::is_whitespace) {
                self.at += 1;
                atom = Node::Maybe(self.keep_one(atom));
            }
            self.read.parts.push(atom);
        }
        match self.read.parts[from..] {
            [one] => {
                self.read.parts.truncate(from);
                Ok(one)
            }
            _ => Ok(Node::Seq(self.keep(from))),
        }
    }

    fn group(&mut self, close: char) -> Result<Node, String> {
        self.at += 1;
        let node = self.alternatives()?;
        if self.peek() != Some(close) {
            return Err(format!("`{}` lacks a `{close}`", self.source));
        }
        self.at += 1;
        Ok(node)
    }

    /// Nearly all words are plain and in lower case already.
    fn plain_word(&mut self) -> Option<&'a str> {
        let rest = &self.source[self.at..];
        let plain = |byte: &u8| byte.is_ascii_lowercase() || *byte == b'\'';
        let length = rest.bytes().take_while(plain).count();
        let ends = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric() && *byte != b'.';
        if length == 0 || !rest.as_bytes().get(length).is_none_or(ends) {
            return None;
        }
        self.at += length;
        Some(&rest[..length])
    }

    /// Reads a word into `self.read.word`.
    fn read_word(&mut self) {
        self.read.word.clear();
        while let Some(c) = self.peek() {
            let inner_dot = c == '.'
                && !self.read.word.is_empty()
                && self.source[self.at + 1..].starts_with(char::is_alphanumeric);
            if c.is_ascii_alphanumeric() || c == '\'' || inner_dot {
                self.read.word.push(c.to_ascii_lowercase());
            } else if c.is_alphanumeric() {
                self.read.word.extend(c.to_lowercase());
            } else {
                break;
            }
            self.at += c.len_utf8();
        }
    }

    fn atom(&mut self, c: char) -> Result<Node, String> {
        match c {
            '(' => self.group(')'),
            '[' => {
                let shown = self.group(']')?;
                Ok(Node::Show(self.keep_one(shown)))
            }
            '!' if self.starts("!(") => {
                self.at += 1;
                let not = self.group(')')?;
                Ok(Node::Not(self.keep_one(not)))
            }
            '<' => {
                let length = self.source[self.at..]
                    .find('>')
                    .ok_or("a `<` lacks its `>`")?;
                let name = &self.source[self.at + 1..self.at + length];
                self.at += length + 1;
                if name == "past" {
                    return Ok(Node::Past(self.past()));
                }
                if let Some(set) = FactSet::named(name) {
                    return Ok(Node::Fact(set));
                }
                Ok(Node::List(self.list(name)?))
            }
            '~' => {
                self.at += 1;
                self.read_word();
                if self.read.word.is_empty() {
                    return Err("a `~` stands before no word".into());
                }
                Ok(Node::Set(self.sets.forms(&self.read.word, self.words)))
            }
            '.' if self.starts("...") => {
                self.at += 3;
                Ok(Node::Gap(true))
            }
            '.' if self.starts("..") => {
                self.at += 2;
                Ok(Node::Gap(false))
            }
            '…' => {
                self.at += c.len_utf8();
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
                let read = match self.plain_word() {
                    Some(word) => crate::text::intern_word(word, self.words),
                    None => {
                        self.read_word();
                        crate::text::intern_word(&self.read.word, self.words)
                    }
                };
                Ok(match read {
                    (one, None) => Node::Word(one),
                    (first, Some(second)) => {
                        let from = self.read.parts.len();
                        self.read.parts.extend([first, second].map(Node::Word));
                        Node::Seq(self.keep(from))
                    }
                })
            }
            '-' => {
                // A hyphen between words is stepped over in the text, so it is not part of the pattern.
                self.at += 1;
                Ok(Node::Seq(self.keep(self.read.parts.len())))
            }
            mark => {
                self.at += mark.len_utf8();
                let mut buffer = [0; 4];
                Ok(Node::Word(self.words.intern(mark.encode_utf8(&mut buffer))))
            }
        }
    }

    /// Past forms that no ending shows, as a set.
    fn past(&mut self) -> u32 {
        if let Some(known) = self.sets.past {
            return known;
        }
        let listed = self.words.grammar.past.clone();
        let mut forms = listed.iter().map(|form| self.words.intern(form)).collect();
        let set = self.sets.add(&mut forms, self.words);
        self.sets.past = Some(set);
        let not = self.words.grammar.past_not.clone();
        let mut not = not.iter().map(|form| self.words.intern(form)).collect();
        self.sets.past_not = Some(self.sets.add(&mut not, self.words));
        self.sets.past_endings = self.words.grammar.past_endings.clone();
        set
    }

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
        let (mut by_word, mut anything) = (Vec::new(), Vec::new());
        let mut nodes = Vec::new();
        for phrase in phrases {
            let mut node = parse(phrase, self.words, self.sets, self.lists, self.depth + 1)?;
            if let Node::Alt(branches) = &mut node
                && let Some(last) = branches.of(&self.sets.nodes).last()
                && take_single(last, self.sets, &mut single)
            {
                branches.to -= 1;
            }
            if take_single(&node, self.sets, &mut single) {
                continue;
            }
            let pattern = Pattern::of(&node, phrase, self.words, self.sets)?;
            let index = patterns.len() as u32;
            let begins = self.sets.words(pattern.begins.words);
            firsts.words.extend(begins);
            firsts.others = firsts.others.or(pattern.begins.others);
            if pattern.begins_anywhere() {
                anything.push(index);
            } else {
                let seconds = pattern
                    .seconds
                    .map_or(ANY_SECOND, |set| self.sets.sketch(set));
                by_word.extend(begins.iter().map(|word| Branch {
                    word: *word,
                    to: index,
                    seconds,
                }));
            }
            patterns.push(pattern);
            nodes.push(node);
        }
        if single.is_empty() && patterns.is_empty() {
            return Err(format!("the word list `{name}` is empty"));
        }
        firsts.words.extend(&single);
        let begins = firsts.begins(self.words, self.sets);
        let words = (!single.is_empty()).then(|| self.sets.add(&mut single, self.words));
        nodes.extend(words.map(|set| {
            Node::Words {
                set,
                marks: self
                    .sets
                    .words(set)
                    .iter()
                    .any(|id| self.words.is_mark(*id)),
            }
        }));
        let mut buffers = std::mem::take(&mut self.sets.buffers);
        let inside = std::mem::take(&mut self.sets.nodes);
        let emit::Buffers { needs, gather, .. } = &mut buffers;
        needs.clear();
        let (needs, width) =
            emit::needed_of_any(&nodes, &inside, self.words, self.sets, needs, gather);
        self.sets.buffers = buffers;
        self.sets.nodes = inside;
        let index = self.sets.lists.len() as u32;
        self.sets.lists.push(ListProgram {
            phrases: patterns,
            branches: Branches::new(&by_word, &anything),
            words,
            begins,
            needs,
            width,
        });
        self.sets.list_of.insert(name.to_string(), index);
        Ok(index)
    }
}

/// Adds the words of a node that is a single word to `single`; false when it is something else.
fn take_single(node: &Node, sets: &Sets, single: &mut Vec<WordId>) -> bool {
    match node {
        Node::Word(id) => single.push(*id),
        Node::Words { set, .. } | Node::Set(set) => single.extend(sets.words(*set)),
        _ => return false,
    }
    true
}

/// Alternatives, of which those that are single words become one set.
struct Merged {
    /// Where the single words begin among those of the parser, and where the others do among its parts.
    single: usize,
    rest: usize,
    /// One of them is a mark.
    marks: bool,
}

//! Reading: a pattern as written, to what it means.

use super::sets::ListProgram;
use super::{Branches, FactSet, Firsts, Lists, Node, Pattern, Sets, emit};
use crate::words::{WordId, Words};

struct Parser<'a> {
    source: &'a str,
    /// The byte that is read next.
    at: usize,
    /// The last word read, in lower case.
    word: String,
    words: &'a mut Words,
    sets: &'a mut Sets,
    lists: &'a Lists,
    depth: usize,
}

pub(super) fn parse(
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
        source,
        at: 0,
        word: String::new(),
        words,
        sets,
        lists,
        depth,
    };
    let node = parser.alternatives()?;
    match parser.peek() {
        Some(c) => Err(format!("`{source}` has a `{c}` too many")),
        None => Ok(node),
    }
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        match self.source.as_bytes().get(self.at) {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
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
        let first = self.sequence()?;
        if self.peek() != Some('|') {
            return Ok(first);
        }
        let mut all = vec![first];
        while self.peek() == Some('|') {
            self.at += 1;
            all.push(self.sequence()?);
        }
        Ok(merge(all, self.sets))
    }

    fn sequence(&mut self) -> Result<Node, String> {
        let mut only: Option<Node> = None;
        let mut all = Vec::new();
        loop {
            self.spaces();
            let Some(c) = self.peek() else { break };
            if matches!(c, '|' | ')' | ']') {
                break;
            }
            let mut atom = self.atom(c)?;
            let spaced = self.source[..self.at].ends_with(char::is_whitespace);
            if self.peek() == Some('?') && !spaced {
                self.at += 1;
                atom = Node::Maybe(Box::new(atom));
            }
            match only.take() {
                Some(first) => all = vec![first, atom],
                None if all.is_empty() => only = Some(atom),
                None => all.push(atom),
            }
        }
        Ok(only.unwrap_or(Node::Seq(all)))
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

    /// Reads a word into `self.word`.
    fn read_word(&mut self) {
        self.word.clear();
        while let Some(c) = self.peek() {
            let inner_dot = c == '.'
                && !self.word.is_empty()
                && self.source[self.at + 1..].starts_with(char::is_alphanumeric);
            if c.is_ascii_alphanumeric() || c == '\'' || inner_dot {
                self.word.push(c.to_ascii_lowercase());
            } else if c.is_alphanumeric() {
                self.word.extend(c.to_lowercase());
            } else {
                break;
            }
            self.at += c.len_utf8();
        }
    }

    fn atom(&mut self, c: char) -> Result<Node, String> {
        match c {
            '(' => self.group(')'),
            '[' => Ok(Node::Show(Box::new(self.group(']')?))),
            '!' if self.starts("!(") => {
                self.at += 1;
                Ok(Node::Not(Box::new(self.group(')')?)))
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
                if self.word.is_empty() {
                    return Err("a `~` stands before no word".into());
                }
                Ok(Node::Set(self.sets.forms(&self.word, self.words)))
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
                self.read_word();
                Ok(match crate::text::intern_word(&self.word, self.words) {
                    (one, None) => Node::Word(one),
                    (first, Some(second)) => Node::Seq(vec![Node::Word(first), Node::Word(second)]),
                })
            }
            '-' => {
                // A hyphen between words is stepped over in the text, so it is not part of the pattern.
                self.at += 1;
                Ok(Node::Seq(Vec::new()))
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
        let forms = listed.iter().map(|form| self.words.intern(form)).collect();
        let set = self.sets.add(forms, self.words);
        self.sets.past = Some(set);
        let not = self.words.grammar.past_not.clone();
        let not = not.iter().map(|form| self.words.intern(form)).collect();
        self.sets.past_not = Some(self.sets.add(not, self.words));
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
                && branches
                    .last()
                    .is_some_and(|last| take_single(last, self.sets, &mut single))
            {
                branches.pop();
            }
            if take_single(&node, self.sets, &mut single) {
                continue;
            }
            let pattern = Pattern::of(&node, phrase, self.words, self.sets)?;
            let index = patterns.len() as u32;
            match pattern.begins {
                Some(set) => {
                    let begins = self.sets.words(set);
                    by_word.extend(begins.iter().map(|word| (*word, index)));
                    firsts.words.extend(begins);
                }
                None => {
                    anything.push(index);
                    firsts.anything = true;
                }
            }
            patterns.push(pattern);
            nodes.push(node);
        }
        if single.is_empty() && patterns.is_empty() {
            return Err(format!("the word list `{name}` is empty"));
        }
        firsts.words.extend(&single);
        let begins = (!firsts.anything).then(|| self.sets.add(firsts.words, self.words));
        let words = (!single.is_empty()).then(|| self.sets.add(single.clone(), self.words));
        nodes.push(Node::Words(single));
        let needs = emit::needed_of_any(nodes.iter(), self.words, self.sets);
        let reach = nodes.iter().map(|node| emit::reach(node, self.sets));
        let reach = reach.max().unwrap_or(0);
        let index = self.sets.lists.len() as u32;
        self.sets.lists.push(ListProgram {
            phrases: patterns,
            branches: Branches::new(by_word, anything),
            words,
            begins,
            needs,
            reach,
        });
        self.sets.list_of.insert(name.to_string(), index);
        Ok(index)
    }
}

/// Adds the words of a node that is a single word to `single`; false when it is something else.
fn take_single(node: &Node, sets: &Sets, single: &mut Vec<WordId>) -> bool {
    match node {
        Node::Word(id) => single.push(*id),
        Node::Words(ids) => single.extend(ids),
        Node::Set(set) => single.extend(sets.words(*set)),
        _ => return false,
    }
    true
}

/// Alternatives that are single words become one set.
fn merge(all: Vec<Node>, sets: &Sets) -> Node {
    let mut single = Vec::new();
    let mut rest = Vec::new();
    let mut sort = |node: Node| {
        if !take_single(&node, sets, &mut single) {
            rest.push(node);
        }
    };
    for node in all {
        match node {
            Node::Alt(inner) => inner.into_iter().for_each(&mut sort),
            other => sort(other),
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

//! Reading: a pattern as written, to what it means.

use super::{FactSet, Firsts, ListProgram, Lists, Node, Pattern, Sets};
use crate::words::{ByNumber, CLITIC_S, Words, forms};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// Past forms that no ending shows. "Read", "put" and their like are past or present; the words around them decide.
const PAST_FORMS: &str = "been become became begun began bent bit bitten bought bound broke broken brought built burnt came caught chose chosen come cost \
    cut dealt did done drawn drew driven drove eaten fallen fed fell felt flown forgot forgotten found fought froze frozen gave given gone got gotten \
    grew grown heard held hidden hit hung hurt kept knew known laid learnt led left lent let lost made meant met mistaken mistook misread misunderstood \
    overlooked paid put quit ran rang read ridden rode risen rose run rung said sat saw seen sent set shaken shown shook shut slept sold sought spent split spoke spoken spread \
    stolen stole stood stuck swore sworn taken taught thought threw thrown told took torn typed understood undone went woken won wore worn withdrawn written wrote";

struct Parser<'a> {
    chars: Vec<char>,
    at: usize,
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

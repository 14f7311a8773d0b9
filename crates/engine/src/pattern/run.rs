//! Matching: a small machine that walks a pattern's program over tokens, and gives up before a text can make it slow.

use super::emit::Program;
use super::{Field, Op};
use crate::text::{Kind, Text};

/// A match tries at most this many steps, so that no text can make it slow.
const STEPS_MAX: u32 = 4_000;

pub(super) struct Run<'a> {
    pub(super) program: &'a Program,
    pub(super) field: &'a Field<'a>,
    pub(super) steps: u32,
    pub(super) show: (usize, usize),
}

impl Run<'_> {
    #[inline]
    fn land(&self, at: usize) -> usize {
        land(at, self.field.text)
    }

    /// Whether the word at `at` may be what the program wants at `pc`; a look, before it is tried in earnest.
    #[inline]
    fn may_go(&self, pc: usize, at: usize) -> bool {
        let word = || Some(self.field.text.tokens.get(self.land(at))?.word);
        match &self.program.ops[pc] {
            Op::Word(id) => word() == Some(*id),
            Op::Either(id, clitic) => word().is_some_and(|word| word == *id || word == *clitic),
            Op::Set(set) => word().is_some_and(|word| self.field.sets.has(*set, word)),
            _ => true,
        }
    }

    pub(super) fn go(&mut self, mut pc: usize, mut at: usize) -> Option<usize> {
        let text = self.field.text;
        loop {
            self.steps += 1;
            if self.steps > STEPS_MAX {
                return None;
            }
            match &self.program.ops[pc] {
                Op::Accept => return Some(at),
                Op::Word(id) => {
                    let here = self.land(at);
                    if text.tokens.get(here)?.word != *id {
                        return None;
                    }
                    at = here + 1;
                    pc += 1;
                }
                Op::Either(id, clitic) => {
                    let here = self.land(at);
                    let word = text.tokens.get(here)?.word;
                    if word != *id && word != *clitic {
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
                        token.kind == Kind::Word
                            && !token.masked
                            && self.field.sets.ends_in_past(text.written(here), token.word)
                    };
                    if !self.field.sets.has(*irregular, token.word) && !regular() {
                        return None;
                    }
                    at = here + 1;
                    pc += 1;
                }
                Op::Fact(set) => {
                    let here = self.land(at);
                    let found = self
                        .field
                        .facts_at(here)
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
                    if !list.begins.at(here, self.field) {
                        return None;
                    }
                    for phrase in list.branches.at(here, text) {
                        let Some(found) = list.phrases[phrase as usize].matches(here, self.field)
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
                    let switch = &self.program.switches[*index as usize];
                    for branch in switch.at(here, text) {
                        let shown = self.show;
                        if let Some(end) = self.go(branch as usize, at) {
                            return Some(end);
                        }
                        self.show = shown;
                    }
                    return None;
                }
                Op::Jump(to) => pc = *to as usize,
                Op::Maybe(begins, behind) => {
                    let begins = &self.program.switches[*begins as usize];
                    let next = text.tokens.get(self.land(at));
                    if next.is_some_and(|token| begins.has(token.word)) {
                        let shown = self.show;
                        if let Some(end) = self.go(pc + 1, at) {
                            return Some(end);
                        }
                        self.show = shown;
                    }
                    pc = *behind as usize;
                }
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
                    let opens = match text.tokens.get(self.land(at)) {
                        Some(token) => token.opens,
                        None => text.ends_unsaid(),
                    };
                    if !opens {
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
                        if self.may_go(pc + 1, at)
                            && let Some(end) = self.go(pc + 1, at)
                        {
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

/// Where the first phrase of a word list that fits at token `at` ends: what the machine does for a pattern that is nothing else.
#[inline]
pub(super) fn list_end(list: u32, at: usize, field: &Field<'_>) -> Option<usize> {
    let here = land(at, field.text);
    let word = field.text.tokens.get(here)?.word;
    let list = &field.sets.lists[list as usize];
    for phrase in list.branches.at(here, field.text) {
        if let Some(found) = list.phrases[phrase as usize].matches(here, field) {
            return Some(found.to);
        }
    }
    let single = list.words.is_some_and(|set| field.sets.has(set, word));
    single.then_some(here + 1)
}

/// Steps over marks that do not count, such as hyphens inside a word and wrapped lines.
#[inline]
pub(super) fn land(mut at: usize, text: &Text<'_>) -> usize {
    while text.tokens.get(at).is_some_and(|token| token.step) {
        at += 1;
    }
    at
}

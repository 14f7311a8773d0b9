//! Compiling: what a pattern means, to a program, and what a text has to hold for it to be worth trying.

use super::{Branches, FactSet, Firsts, GAP_LONG_WORDS, GAP_SHORT_WORDS, Node, Op, SetId, Sets};
use crate::words::{WordId, Words};

/// Collects what can begin `node`; true when it can match nothing.
pub(super) fn first_of(node: &Node, sets: &Sets, firsts: &mut Firsts) -> bool {
    match node {
        Node::Word(id) => {
            firsts.words.push(*id);
            false
        }
        Node::Words(ids) => {
            firsts.words.extend(ids);
            false
        }
        Node::Set(set) => {
            firsts.words.extend(sets.words(*set));
            false
        }
        Node::Any | Node::Number | Node::Past(_) | Node::Fact(_) => {
            firsts.anything = true;
            false
        }
        Node::List(index) => {
            match sets.lists[*index as usize].begins {
                Some(set) => firsts.words.extend(sets.words(set)),
                None => firsts.anything = true,
            }
            false
        }
        Node::Gap(_) => {
            firsts.anything = true;
            true
        }
        Node::Seq(all) => all.iter().all(|node| first_of(node, sets, firsts)),
        Node::Alt(all) => {
            let mut empty = false;
            for node in all {
                empty |= first_of(node, sets, firsts);
            }
            empty
        }
        Node::Maybe(node) => {
            first_of(node, sets, firsts);
            true
        }
        Node::Not(_) | Node::Start | Node::End => true,
        Node::Show(node) => first_of(node, sets, firsts),
    }
}

/// A pattern's program while it is written.
#[derive(Default)]
pub(super) struct Program {
    pub(super) ops: Vec<Op>,
    pub(super) switches: Vec<Branches>,
}

/// The words of which the second of a match has to be one; `None` where that cannot be said.
pub(super) fn second_words(node: &Node, sets: &Sets) -> Option<Vec<WordId>> {
    let mut flat = Vec::new();
    flatten(node, &mut flat);
    let first = flat
        .iter()
        .position(|node| !matches!(node, Node::Start | Node::Not(_)))?;
    if !matches!(flat[first], Node::Word(_) | Node::Words(_) | Node::Set(_)) {
        return None;
    }
    let mut firsts = Firsts::default();
    let empty = flat[first + 1..]
        .iter()
        .all(|node| first_of(node, sets, &mut firsts));
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
pub(super) fn needed(node: &Node, words: &Words, sets: &mut Sets, needs: &mut Vec<SetId>) {
    match node {
        Node::Word(id) => needs.push(sets.add(vec![*id], words)),
        Node::Words(ids) => needs.push(sets.add(ids.clone(), words)),
        Node::Set(set) => needs.push(*set),
        Node::List(index) => needs.extend(sets.lists[*index as usize].needs),
        Node::Seq(all) => {
            for node in all {
                needed(node, words, sets, needs);
            }
        }
        Node::Show(node) => needed(node, words, sets, needs),
        Node::Alt(all) => needs.extend(needed_of_any(all.iter(), words, sets)),
        _ => {}
    }
}

/// The words of which a match of any one of `nodes` holds at least one: of each node the rarest that it needs.
pub(super) fn needed_of_any<'n>(
    nodes: impl Iterator<Item = &'n Node>,
    words: &Words,
    sets: &mut Sets,
) -> Option<SetId> {
    let mut union: Vec<WordId> = Vec::new();
    for node in nodes {
        match node {
            Node::Word(id) => union.push(*id),
            Node::Words(ids) => union.extend(ids),
            _ => {
                let mut own = Vec::new();
                needed(node, words, sets, &mut own);
                let rarest = own
                    .into_iter()
                    .min_by_key(|set| words.mentions(sets.words(*set)))?;
                union.extend(sets.words(rarest));
            }
        }
    }
    Some(sets.add(union, words))
}

/// Typed things of which a match holds at least one.
pub(super) fn needed_fact(node: &Node) -> Option<FactSet> {
    match node {
        Node::Fact(set) => Some(*set),
        Node::Seq(all) => all.iter().find_map(needed_fact),
        Node::Show(node) => needed_fact(node),
        _ => None,
    }
}

pub(super) fn emit(node: &Node, program: &mut Program, words: &Words, sets: &mut Sets) {
    let ops = &mut program.ops;
    match node {
        Node::Word(id) if !words.is_clitic(*id) => ops.push(Op::Word(*id)),
        Node::Word(id) => ops.push(Op::Set(sets.add(vec![*id], words))),
        Node::Words(ids) => ops.push(Op::Set(sets.add(ids.clone(), words))),
        Node::Set(set) => ops.push(Op::Set(*set)),
        Node::Any => ops.push(Op::Any),
        Node::Number => ops.push(Op::Number),
        Node::Past(set) => ops.push(Op::Past(*set)),
        Node::Fact(set) => ops.push(Op::Fact(*set)),
        Node::List(index) => ops.push(Op::List(*index)),
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
            program.switches.push(Branches::default());
            program.ops.push(Op::Switch(index as u32));
            let (mut by_word, mut anything) = (Vec::new(), Vec::new());
            let mut jumps = Vec::new();
            for node in all {
                let branch = program.ops.len() as u32;
                let mut firsts = Firsts::default();
                let empty = first_of(node, sets, &mut firsts);
                if empty || firsts.anything {
                    anything.push(branch);
                } else {
                    let set = sets.add(firsts.words, words);
                    by_word.extend(sets.words(set).iter().map(|word| (*word, branch)));
                }
                emit(node, program, words, sets);
                jumps.push(program.ops.len());
                program.ops.push(Op::Jump(0));
            }
            program.switches[index] = Branches::new(by_word, anything);
            let end = program.ops.len() as u32;
            for jump in jumps {
                program.ops[jump] = Op::Jump(end);
            }
        }
        Node::Maybe(node) => {
            let split = program.ops.len();
            program.ops.push(Op::Split(0, 0));
            emit(node, program, words, sets);
            let mut firsts = Firsts::default();
            let open = first_of(node, sets, &mut firsts) || firsts.anything;
            let behind = program.ops.len() as u32;
            program.ops[split] = if open {
                Op::Split(split as u32 + 1, behind)
            } else {
                Op::Maybe(sets.add(firsts.words, words), behind)
            };
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

/// Marks and line breaks that are stepped over lengthen a match; more than this for each word is no text.
const STEPS_PER_WORD: usize = 2;
/// The longest typed thing: "between half past nine and a quarter to eleven on Monday the 4th of May 2026".
const FACT_TOKENS_MAX: usize = 24;

/// How many tokens a match of `node` covers at most.
pub(super) fn reach(node: &Node, sets: &Sets) -> u16 {
    fn words(node: &Node, sets: &Sets) -> usize {
        match node {
            Node::Word(_)
            | Node::Words(_)
            | Node::Set(_)
            | Node::Any
            | Node::Number
            | Node::Past(_) => 1,
            Node::Fact(_) => FACT_TOKENS_MAX,
            Node::List(index) => usize::from(sets.lists[*index as usize].reach),
            Node::Seq(all) => all.iter().map(|node| words(node, sets)).sum(),
            Node::Alt(all) => all.iter().map(|node| words(node, sets)).max().unwrap_or(0),
            Node::Maybe(node) | Node::Show(node) => words(node, sets),
            Node::Not(_) | Node::Start | Node::End => 0,
            Node::Gap(long) => usize::from(if *long {
                GAP_LONG_WORDS
            } else {
                GAP_SHORT_WORDS
            }),
        }
    }
    let covered = words(node, sets).saturating_mul(1 + STEPS_PER_WORD);
    u16::try_from(covered).unwrap_or(u16::MAX)
}

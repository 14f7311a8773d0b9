//! Compiling: what a pattern means, to a program, and what a text has to hold for it to be worth trying.

use super::{Firsts, GAP_LONG_WORDS, GAP_SHORT_WORDS, Node, Op, Sets, Switch};
use crate::words::Words;

/// Collects what can begin `node`; true when it can match nothing.
pub(super) fn first_of(node: &Node, firsts: &mut Firsts) -> bool {
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
pub(super) struct Program {
    pub(super) ops: Vec<Op>,
    pub(super) switches: Vec<Switch>,
}

/// The words of which the second of a match has to be one; `None` where that cannot be said.
pub(super) fn second_words(node: &Node) -> Option<Vec<u32>> {
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
pub(super) fn needed(node: &Node, needs: &mut Vec<Vec<u32>>) {
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

pub(super) fn emit(node: &Node, program: &mut Program, words: &mut Words, sets: &mut Sets) {
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

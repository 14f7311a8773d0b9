//! Compiling: what a pattern means, to a program, and what a text has to hold for it to be worth trying.

use super::{
    ANY_SECOND, Anchor, Branch, Branches, FactSet, Firsts, GAP_LONG_WORDS, GAP_SHORT_WORDS, Needed,
    Node, Op, SetId, Sets, Width,
};
use crate::words::{WordId, Words};

/// Collects what can begin `node`; true when it can match nothing.
pub(super) fn first_of(node: &Node, sets: &Sets, firsts: &mut Firsts) -> bool {
    match node {
        Node::Word(id) => {
            firsts.words.push(*id);
            false
        }
        Node::Words { set, .. } | Node::Set(set) => {
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
pub(super) struct Program {
    pub(super) ops: Vec<Op>,
    pub(super) switches: Vec<Branches>,
}

impl Program {
    /// With room for most.
    pub(super) fn new() -> Program {
        Program {
            ops: Vec::with_capacity(32),
            switches: Vec::new(),
        }
    }
}

/// The words of which the second of a match has to be one; `None` where that cannot be said.
pub(super) fn second_words(node: &Node, sets: &Sets) -> Option<Vec<WordId>> {
    let mut flat = Vec::new();
    flatten(node, &mut flat);
    let first = flat
        .iter()
        .position(|node| !matches!(node, Node::Start | Node::Not(_)))?;
    if !matches!(
        flat[first],
        Node::Word(_) | Node::Words { .. } | Node::Set(_)
    ) {
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

/// Collects sets of words of which a match of `node` holds at least one each; `node` begins `behind` the match's beginning.
/// Gives back how many words it covers.
pub(super) fn needed(
    node: &Node,
    behind: Width,
    words: &Words,
    sets: &mut Sets,
    needs: &mut Vec<Needed>,
) -> Width {
    let mut need = |set: SetId| {
        needs.push(Needed {
            set,
            behind,
            each: None,
        });
    };
    match node {
        Node::Word(id) => need(sets.one(*id, words)),
        Node::Words { set, .. } | Node::Set(set) => need(*set),
        Node::List(index) => {
            let own = sets.lists[*index as usize].needs.as_ref();
            needs.extend(own.map(|own| Needed {
                behind: behind.and(own.behind),
                ..own.clone()
            }));
        }
        Node::Seq(all) => {
            let mut covered = Width::NONE;
            for node in all {
                covered = covered.and(needed(node, behind.and(covered), words, sets, needs));
            }
            return covered;
        }
        Node::Show(node) => return needed(node, behind, words, sets, needs),
        Node::Alt(all) => {
            let (need, covered) = needed_of_any(all.iter(), words, sets);
            needs.extend(need.map(|need| Needed { behind, ..need }));
            return covered;
        }
        _ => {}
    }
    width(node, words, sets)
}

/// Most alternatives hang on no more words.
const ANCHORS_USUAL: usize = 16;

/// The words of which a match of any one of `nodes` holds at least one: of each node the rarest that it needs; and how
/// many words it covers.
pub(super) fn needed_of_any<'n>(
    nodes: impl Iterator<Item = &'n Node>,
    words: &Words,
    sets: &mut Sets,
) -> (Option<Needed>, Width) {
    let mut anchors: Vec<(WordId, Anchor)> = Vec::with_capacity(ANCHORS_USUAL);
    let mut widths: Option<Width> = None;
    let mut each_needs = true;
    let mut own = Vec::new();
    for node in nodes {
        let covered = match node {
            Node::Word(id) => {
                let set = sets.one(*id, words);
                anchors.extend(sets.words(set).iter().map(|id| (*id, Anchor::default())));
                width(node, words, sets)
            }
            Node::Words { set, .. } => {
                anchors.extend(sets.words(*set).iter().map(|id| (*id, Anchor::default())));
                width(node, words, sets)
            }
            _ => {
                own.clear();
                let covered = needed(node, Width::NONE, words, sets, &mut own);
                let beside = super::single_words(&own, sets);
                let mentioned = |need: &&Needed| words.mentions(sets.words(need.set));
                match own.iter().min_by_key(mentioned) {
                    Some(rarest) => {
                        anchors.extend(rarest.anchors(sets).map(|(word, anchor)| {
                            let beside = anchor.beside | beside;
                            (word, Anchor { beside, ..anchor })
                        }));
                    }
                    None => each_needs = false,
                }
                covered
            }
        };
        widths = Some(widths.map_or(covered, |known| known.or(covered)));
    }
    let need = (each_needs && !anchors.is_empty()).then(|| any_of(&anchors, sets));
    (need, widths.unwrap_or(Width::NONE))
}

/// One of these words.
fn any_of(anchors: &[(WordId, Anchor)], sets: &mut Sets) -> Needed {
    // In order of the words: word above, place below, so that only numbers are moved.
    let mut order: Vec<u64> = (0..)
        .zip(anchors)
        .map(|(at, (word, _))| u64::from(*word) << 32 | at)
        .collect();
    order.sort_unstable();
    let mut ids: Vec<WordId> = Vec::with_capacity(order.len());
    let mut each: Vec<Anchor> = Vec::with_capacity(order.len());
    for at in order {
        let (word, anchor) = anchors[at as u32 as usize];
        match each.last_mut() {
            Some(known) if ids.last() == Some(&word) => *known = known.or(anchor),
            _ => {
                ids.push(word);
                each.push(anchor);
            }
        }
    }
    Needed {
        set: sets.add_in_order(&ids),
        behind: Width::NONE,
        each: Some(each.into()),
    }
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
        Node::Word(id) => ops.push(Op::Set(sets.one(*id, words))),
        Node::Words { set, .. } | Node::Set(set) => ops.push(Op::Set(*set)),
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
            let mut jumps = Vec::with_capacity(all.len());
            let mut firsts = Firsts::default();
            for node in all {
                let branch = program.ops.len() as u32;
                firsts.words.clear();
                firsts.anything = false;
                let empty = first_of(node, sets, &mut firsts);
                if empty || firsts.anything {
                    anything.push(branch);
                } else {
                    for at in 0..firsts.words.len() {
                        firsts.words.extend(words.clitic_of(firsts.words[at]));
                    }
                    firsts.words.sort_unstable();
                    firsts.words.dedup();
                    by_word.extend(firsts.words.iter().map(|word| Branch {
                        word: *word,
                        to: branch,
                        seconds: ANY_SECOND,
                    }));
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
                Op::Maybe(sets.of(firsts.words, words), behind)
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

/// The longest typed thing: "between half past nine and a quarter to eleven on Monday the 4th of May 2026".
const FACT_WORDS_MAX: u16 = 24;

/// How many words a match of `node` covers.
pub(super) fn width(node: &Node, words: &Words, sets: &Sets) -> Width {
    let one = |marks: bool| Width {
        least: u16::from(!marks),
        most: 1,
    };
    match node {
        Node::Word(id) => one(words.is_mark(*id)),
        Node::Words { marks, .. } => one(*marks),
        Node::Set(_) | Node::Any | Node::Number | Node::Past(_) => Width::ONE,
        Node::Fact(_) => Width {
            least: 1,
            most: FACT_WORDS_MAX,
        },
        Node::List(index) => sets.lists[*index as usize].width,
        Node::Seq(all) => all.iter().fold(Width::NONE, |covered, node| {
            covered.and(width(node, words, sets))
        }),
        Node::Alt(all) => all
            .iter()
            .map(|node| width(node, words, sets))
            .reduce(Width::or)
            .unwrap_or(Width::NONE),
        Node::Maybe(node) => width(node, words, sets).or(Width::NONE),
        Node::Show(node) => width(node, words, sets),
        Node::Not(_) | Node::Start | Node::End => Width::NONE,
        Node::Gap(long) => {
            let words = if *long {
                GAP_LONG_WORDS
            } else {
                GAP_SHORT_WORDS
            };
            Width {
                least: 0,
                most: u16::from(words),
            }
        }
    }
}

//! Compiling: what a pattern means, to a program, and what a text has to hold for it to be worth trying.

use super::{
    ANY_SECOND, Anchor, Branch, Branches, FactSet, Firsts, GAP_LONG_WORDS, GAP_SHORT_WORDS, Needed,
    Node, Op, Others, SetId, Sets, Width,
};
use crate::words::{WordId, Words};

/// Collects what can begin `node`; true when it can match nothing.
pub(super) fn first_of(node: &Node, nodes: &[Node], sets: &Sets, firsts: &mut Firsts) -> bool {
    match node {
        Node::Word(id) => {
            firsts.words.push(*id);
            false
        }
        Node::Words { set, .. } | Node::Set(set) => {
            firsts.words.extend(sets.words(*set));
            false
        }
        Node::Any | Node::Past(_) => {
            firsts.others = Others::ANYTHING;
            false
        }
        Node::Number => {
            firsts.others.number = true;
            false
        }
        Node::Fact(facts) => {
            firsts.others.facts = firsts.others.facts.or(*facts);
            false
        }
        Node::List(index) => {
            let begins = &sets.lists[*index as usize].begins;
            firsts.words.extend(sets.words(begins.words));
            firsts.others = firsts.others.or(begins.others);
            false
        }
        Node::Gap(_) => {
            firsts.others = Others::ANYTHING;
            true
        }
        Node::Seq(all) => all
            .of(nodes)
            .iter()
            .all(|node| first_of(node, nodes, sets, firsts)),
        Node::Alt(all) => {
            let mut empty = false;
            for node in all.of(nodes) {
                empty |= first_of(node, nodes, sets, firsts);
            }
            empty
        }
        Node::Maybe(inner) => {
            first_of(&inner.of(nodes)[0], nodes, sets, firsts);
            true
        }
        Node::Not(_) | Node::Start | Node::End => true,
        Node::Show(inner) => first_of(&inner.of(nodes)[0], nodes, sets, firsts),
    }
}

/// Whether `node` begins only where a sentence does.
pub(super) fn opens(node: &Node, nodes: &[Node]) -> bool {
    match node {
        Node::Start => true,
        Node::Seq(all) => {
            let mut all = all
                .of(nodes)
                .iter()
                .skip_while(|node| matches!(node, Node::Not(_)));
            all.next().is_some_and(|node| opens(node, nodes))
        }
        Node::Alt(all) => all.of(nodes).iter().all(|node| opens(node, nodes)),
        Node::Show(inner) => opens(&inner.of(nodes)[0], nodes),
        _ => false,
    }
}

/// A pattern's program, as the machine walks it.
#[derive(Debug, Clone)]
pub(super) struct Program {
    pub(super) ops: Box<[Op]>,
    /// For each `Op::Switch`, its branches; for each `Op::Maybe`, what can begin it.
    pub(super) switches: Box<[Branches]>,
}

impl Program {
    pub(super) fn of(node: &Node, sets: &Sets) -> Program {
        let mut writer = Writer::default();
        emit(node, &mut writer, sets);
        writer.ops.push(Op::Accept);
        Program {
            ops: writer.ops.into(),
            switches: writer.switches.into(),
        }
    }
}

/// A program while it is written.
#[derive(Debug, Default)]
struct Writer {
    ops: Vec<Op>,
    switches: Vec<Branches>,
    /// The branches of all alternatives that are being written, the innermost last.
    by_word: Vec<Branch>,
    anything: Vec<u32>,
    /// What can begin the node that is written just now.
    firsts: Firsts,
}

impl Writer {
    /// Adds a branch for each word that can begin the node; false where something else can, or nothing has to.
    fn branch(&mut self, node: &Node, to: u32, sets: &Sets) -> bool {
        let firsts = &mut self.firsts;
        firsts.clear();
        if first_of(node, &sets.nodes, sets, firsts) || firsts.others.any() {
            return false;
        }
        for at in 0..firsts.words.len() {
            firsts.words.extend(sets.clitics.of(firsts.words[at]));
        }
        firsts.words.sort_unstable();
        firsts.words.dedup();
        let branches = firsts.words.iter().map(|word| Branch {
            word: *word,
            to,
            seconds: ANY_SECOND,
        });
        self.by_word.extend(branches);
        true
    }
}

/// What compiling needs for a moment, kept from one pattern to the next.
#[derive(Debug, Clone, Default)]
pub(super) struct Buffers {
    pub(super) firsts: Firsts,
    pub(super) needs: Vec<Needed>,
    pub(super) gather: Gather,
}

/// Where [`second_words`] is on its way through a sequence.
#[derive(PartialEq)]
enum Seek {
    First,
    Second,
    /// All that can be second is known.
    Found,
    Never,
}

/// Collects the words of which the second of a match has to be one; `false` where that cannot be said.
pub(super) fn second_words(node: &Node, nodes: &[Node], sets: &Sets, firsts: &mut Firsts) -> bool {
    firsts.clear();
    seek(node, nodes, Seek::First, sets, firsts) == Seek::Found && !firsts.others.any()
}

fn seek(node: &Node, nodes: &[Node], at: Seek, sets: &Sets, firsts: &mut Firsts) -> Seek {
    match (node, at) {
        (_, Seek::Found) => Seek::Found,
        (_, Seek::Never) => Seek::Never,
        (Node::Seq(all), at) => all
            .of(nodes)
            .iter()
            .fold(at, |at, node| seek(node, nodes, at, sets, firsts)),
        (Node::Show(inner), at) => seek(&inner.of(nodes)[0], nodes, at, sets, firsts),
        (Node::Start | Node::Not(_), Seek::First) => Seek::First,
        (Node::Word(_) | Node::Words { .. } | Node::Set(_), Seek::First) => Seek::Second,
        (_, Seek::First) => Seek::Never,
        (other, Seek::Second) if first_of(other, nodes, sets, firsts) => Seek::Second,
        (_, Seek::Second) => Seek::Found,
    }
}

/// Collects sets of words of which a match of `node` holds at least one each; `node` begins `behind` the match's beginning.
/// Gives back how many words it covers.
pub(super) fn needed(
    node: &Node,
    nodes: &[Node],
    behind: Width,
    words: &Words,
    sets: &mut Sets,
    needs: &mut Vec<Needed>,
    gather: &mut Gather,
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
            for node in all.of(nodes) {
                let behind = behind.and(covered);
                covered = covered.and(needed(node, nodes, behind, words, sets, needs, gather));
            }
            return covered;
        }
        Node::Show(inner) => {
            return needed(
                &inner.of(nodes)[0],
                nodes,
                behind,
                words,
                sets,
                needs,
                gather,
            );
        }
        Node::Alt(all) => {
            let (need, covered) = needed_of_any(all.of(nodes), nodes, words, sets, needs, gather);
            needs.extend(need.map(|need| Needed { behind, ..need }));
            return covered;
        }
        _ => {}
    }
    width(node, nodes, words, sets)
}

/// What alternatives hang on while it is gathered.
#[derive(Debug, Clone, Default)]
pub(super) struct Gather {
    /// Those of all alternatives that are being looked at, the innermost last.
    anchors: Vec<(WordId, Anchor)>,
    order: Vec<u64>,
    ids: Vec<WordId>,
    each: Vec<Anchor>,
}

impl Gather {
    /// Each word of a set, by itself.
    fn words(&mut self, set: SetId, sets: &Sets) {
        let ids = sets.words(set).iter();
        self.anchors.extend(ids.map(|id| (*id, Anchor::default())));
    }
}

/// The words of which a match of any one of these holds at least one: of each node the rarest that it needs; and how
/// many words it covers. Leaves `needs` as they were.
pub(super) fn needed_of_any(
    any: &[Node],
    nodes: &[Node],
    words: &Words,
    sets: &mut Sets,
    needs: &mut Vec<Needed>,
    gather: &mut Gather,
) -> (Option<Needed>, Width) {
    let (from, before) = (gather.anchors.len(), needs.len());
    let mut widths: Option<Width> = None;
    let mut each_needs = true;
    for node in any {
        let covered = match node {
            Node::Word(id) => {
                let set = sets.one(*id, words);
                gather.words(set, sets);
                width(node, nodes, words, sets)
            }
            Node::Words { set, .. } => {
                gather.words(*set, sets);
                width(node, nodes, words, sets)
            }
            _ => {
                let covered = needed(node, nodes, Width::NONE, words, sets, needs, gather);
                let own = &needs[before..];
                let beside = super::single_words(own, sets);
                let frequency = |need: &&Needed| words.frequency(sets.words(need.set));
                match own.iter().min_by_key(frequency) {
                    Some(rarest) => {
                        let anchors = rarest.anchors(sets).map(|(word, anchor)| {
                            let beside = anchor.beside | beside;
                            (word, Anchor { beside, ..anchor })
                        });
                        gather.anchors.extend(anchors);
                    }
                    None => each_needs = false,
                }
                needs.truncate(before);
                covered
            }
        };
        widths = Some(widths.map_or(covered, |known| known.or(covered)));
    }
    let need = (each_needs && gather.anchors.len() > from).then(|| any_of(from, sets, gather));
    gather.anchors.truncate(from);
    (need, widths.unwrap_or(Width::NONE))
}

/// One of the words of the anchors that lie behind `from`.
fn any_of(from: usize, sets: &mut Sets, gather: &mut Gather) -> Needed {
    let Gather {
        anchors,
        order,
        ids,
        each,
    } = gather;
    let anchors = &anchors[from..];
    // In order of the words: word above, place below, so that only numbers are moved.
    order.clear();
    let numbers = (0..).zip(anchors);
    order.extend(numbers.map(|(at, (word, _))| u64::from(*word) << 32 | at));
    order.sort_unstable();
    ids.clear();
    each.clear();
    for at in order {
        let (word, anchor) = anchors[*at as u32 as usize];
        match each.last_mut() {
            Some(known) if ids.last() == Some(&word) => *known = known.or(anchor),
            _ => {
                ids.push(word);
                each.push(anchor);
            }
        }
    }
    Needed {
        set: sets.add_in_order(ids),
        behind: Width::NONE,
        each: Some(each[..].into()),
    }
}

/// Typed things of which a match holds at least one.
pub(super) fn needed_fact(node: &Node, nodes: &[Node]) -> Option<FactSet> {
    match node {
        Node::Fact(set) => Some(*set),
        Node::Seq(all) => all
            .of(nodes)
            .iter()
            .find_map(|node| needed_fact(node, nodes)),
        Node::Show(inner) => needed_fact(&inner.of(nodes)[0], nodes),
        _ => None,
    }
}

fn emit(node: &Node, program: &mut Writer, sets: &Sets) {
    let nodes = &sets.nodes;
    let ops = &mut program.ops;
    match node {
        Node::Word(id) => ops.push(match sets.clitics.of(*id) {
            Some(clitic) => Op::Either(*id, clitic),
            None => Op::Word(*id),
        }),
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
        Node::Seq(all) => all
            .of(nodes)
            .iter()
            .for_each(|node| emit(node, program, sets)),
        Node::Alt(all) => {
            let index = program.switches.len();
            program.switches.push(Branches::default());
            program.ops.push(Op::Switch(index as u32));
            let (by_word, anything) = (program.by_word.len(), program.anything.len());
            // Each jump to the end holds the place of the one before it until the end is known.
            let mut last = u32::MAX;
            for node in all.of(nodes) {
                let branch = program.ops.len() as u32;
                if !program.branch(node, branch, sets) {
                    program.anything.push(branch);
                }
                emit(node, program, sets);
                let jump = program.ops.len() as u32;
                program.ops.push(Op::Jump(last));
                last = jump;
            }
            let branches = (&program.by_word[by_word..], &program.anything[anything..]);
            program.switches[index] = Branches::new(branches.0, branches.1);
            program.by_word.truncate(by_word);
            program.anything.truncate(anything);
            let end = program.ops.len() as u32;
            while let Some(jump) = program.ops.get_mut(last as usize) {
                let Op::Jump(before) = std::mem::replace(jump, Op::Jump(end)) else {
                    break;
                };
                last = before;
            }
        }
        Node::Maybe(inner) => {
            let node = &inner.of(nodes)[0];
            let split = program.ops.len();
            program.ops.push(Op::Split(0, 0));
            emit(node, program, sets);
            let behind = program.ops.len() as u32;
            let by_word = program.by_word.len();
            program.ops[split] = match program.branch(node, 0, sets) {
                true => {
                    let begins = Branches::new(&program.by_word[by_word..], &[]);
                    program.by_word.truncate(by_word);
                    program.switches.push(begins);
                    Op::Maybe(program.switches.len() as u32 - 1, behind)
                }
                false => Op::Split(split as u32 + 1, behind),
            };
        }
        Node::Not(inner) => {
            let node = &inner.of(nodes)[0];
            let not = program.ops.len();
            program.ops.push(Op::Not(0));
            emit(node, program, sets);
            program.ops.push(Op::Accept);
            program.ops[not] = Op::Not(program.ops.len() as u32);
        }
        Node::Show(inner) => {
            let node = &inner.of(nodes)[0];
            program.ops.push(Op::Open);
            emit(node, program, sets);
            program.ops.push(Op::Close);
        }
        Node::Start => ops.push(Op::SentenceStart),
        Node::End => ops.push(Op::SentenceEnd),
    }
}

/// The longest typed thing: "between half past nine and a quarter to eleven on Monday the 4th of May 2026".
const FACT_WORDS_MAX: u16 = 24;

/// How many words a match of `node` covers.
pub(super) fn width(node: &Node, nodes: &[Node], words: &Words, sets: &Sets) -> Width {
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
        Node::Seq(all) => all.of(nodes).iter().fold(Width::NONE, |covered, node| {
            covered.and(width(node, nodes, words, sets))
        }),
        Node::Alt(all) => all
            .of(nodes)
            .iter()
            .map(|node| width(node, nodes, words, sets))
            .reduce(Width::or)
            .unwrap_or(Width::NONE),
        Node::Maybe(inner) => width(&inner.of(nodes)[0], nodes, words, sets).or(Width::NONE),
        Node::Show(inner) => width(&inner.of(nodes)[0], nodes, words, sets),
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

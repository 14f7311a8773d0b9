//! `statements.int8`: a third body, which reads what is on file and a draft as one text and says of each word of the draft
//! whether it states something that no checked fact shows. A sentence by itself says which of its words undertake something,
//! or tell of an undertaking.

use crate::answers::{DRAFT_MAX, DRAFT_PIECES_MAX, parts};
use crate::body::{Body, LookHead, Map, WordTable};
use crate::bytes::{Bytes, ModelFault};
use crate::layer::{mean, states};
use crate::numbers::{dot_real, dots};
use crate::pieces::{Beside, CLS, Piece, SEP};
use unruffled_engine::{FactState, From, KnownFact, Lean, NOT, PROMISE, Stated, TOLD};

const MAGIC: &[u8] = b"unruffled statements 1\n";
/// Pieces that mark a fact as checked, claimed or disputed: no text has them.
const CHECKED: u32 = 2;
const CLAIMED: u32 = 3;
const DISPUTED: u32 = 4;
/// What a piece is of: the draft or a fact, and whether its word stands in the other, too.
const DRAFT: usize = 1;
const FACT: usize = 2;
const DRAFT_BOTH: usize = 3;
const FACT_BOTH: usize = 4;
const KINDS: usize = 5;
/// So many pieces of what is on file are read at once, in so many parts at most; and so many of a sentence.
const GROUPS_MAX: usize = 4;
const FACTS_MAX: usize = 170;
const SENTENCE_MAX: usize = 170;
const FRAME: usize = 3;
/// Nothing, known, contradicted, unchecked, attributed.
const VERDICTS: usize = 5;
const CONTRADICTED: usize = 2;
const UNCHECKED: usize = 3;
/// Outside of any stretch, its first word, its others.
const PLACES: usize = 3;
const OUTSIDE: usize = 0;
const FIRST: usize = 1;
const INSIDE: usize = 2;
/// What going into a stretch or out of it costs, in log-odds.
const TURN: f32 = 1.5;

/// A stretch is heard where its words together are so surely part of one, in log-odds, and there are as many of them; it is denied where
/// each is so far from it.
struct Cuts {
    heard: f32,
    denied: f32,
}

const PROMISE_CUTS: Cuts = Cuts {
    heard: 3.5,
    denied: -6.0,
};
const TOLD_CUTS: Cuts = Cuts {
    heard: 2.5,
    denied: -6.0,
};
const HEARD_WORDS_MIN: usize = 3;

#[derive(Debug)]
pub struct Statements {
    body: Body,
    verdict: Map,
    promise: Map,
    told: Map,
    /// `look` rows each.
    says: Vec<f32>,
    facts: Vec<f32>,
}

impl Statements {
    pub fn load(file: &[u8], words: &WordTable) -> Result<Statements, ModelFault> {
        let mut bytes = Bytes::after(MAGIC, file)?;
        let head = LookHead::load(&mut bytes, words, FACTS_MAX + DRAFT_MAX + FRAME)?;
        let shape = head.shape;
        const SAYS: &str = "what words say";
        const LOOKS: &str = "how words look at facts";
        let statements = Statements {
            body: Body::load(&mut bytes, shape, KINDS)?,
            verdict: Map::load(&mut bytes, shape.width, VERDICTS, SAYS)?,
            promise: Map::load(&mut bytes, shape.width, PLACES, SAYS)?,
            told: Map::load(&mut bytes, shape.width, PLACES, SAYS)?,
            says: bytes.real(head.look * shape.width, LOOKS)?,
            facts: bytes.real(head.look * shape.width, LOOKS)?,
        };
        bytes.end()?;
        Ok(statements)
    }

    /// What each word of `draft` states, held against `facts`.
    pub fn of(&self, words: &WordTable, facts: &[KnownFact], draft: &str) -> Vec<Stated> {
        let mut theirs = Beside::default();
        facts.iter().for_each(|fact| theirs.add(&fact.text));
        let mut own = Beside::default();
        own.add(draft);
        let mut said = Vec::new();
        words.pieces.add_beside(
            draft,
            &theirs,
            (DRAFT, DRAFT_BOTH),
            DRAFT_PIECES_MAX,
            &mut said,
        );
        let mut found: Vec<Stated> = Vec::new();
        let mut next = 0;
        for _ in 0..GROUPS_MAX {
            let first = next;
            let mut known = vec![Piece::frame(CLS)];
            let mut spans: Vec<(usize, usize)> = Vec::new();
            while let Some(fact) = facts.get(next) {
                let before = known.len();
                add(words, fact, &own, &mut known);
                if known.len() > FACTS_MAX + 1 && !spans.is_empty() {
                    known.truncate(before);
                    break;
                }
                known.truncate(FACTS_MAX + 1);
                spans.push((before, known.len()));
                next += 1;
            }
            known.push(Piece::frame(SEP));
            let beside = self.beside(words, &known, &spans, &said);
            join(&mut found, beside, first);
            if next >= facts.len() {
                return found;
            }
        }
        // What was not looked at may show any of it.
        Vec::new()
    }

    /// What each word states beside these facts alone.
    fn beside(
        &self,
        words: &WordTable,
        known: &[Piece],
        spans: &[(usize, usize)],
        said: &[Piece],
    ) -> Vec<Stated> {
        let mut found: Vec<Stated> = Vec::new();
        for part in parts(said) {
            self.of_part(words, known, spans, part, &mut found);
        }
        found
    }

    /// Adds what is not among `found` yet: what overlaps was said with more of what stands before it.
    fn of_part(
        &self,
        words: &WordTable,
        known: &[Piece],
        spans: &[(usize, usize)],
        part: &[Piece],
        found: &mut Vec<Stated>,
    ) {
        let mut pieces = known.to_vec();
        pieces.extend_from_slice(part);
        pieces.push(Piece {
            kind: DRAFT,
            ..Piece::frame(SEP)
        });
        let width = self.body.shape.width;
        let last = states(words, &self.body, &pieces).last;
        let state = |at: usize| &last[at * width..(at + 1) * width];
        let facts: Vec<Vec<f32>> = spans
            .iter()
            .map(|(from, to)| dots(&self.facts, &mean(&last[from * width..to * width], width)))
            .collect();
        let since = found.last().map_or(0, |word| word.end);
        for word in in_words(part).filter(|word| part[word.0].start >= since) {
            let mut said = [0.0; VERDICTS];
            for at in word.0..word.1 {
                let of_piece: [f32; VERDICTS] = self.verdict.of(state(known.len() + at));
                said.iter_mut().zip(of_piece).for_each(|(a, b)| *a += b);
            }
            let by = 1.0 / (word.1 - word.0) as f32;
            said.iter_mut().for_each(|x| *x *= by);
            let own = dots(&self.says, state(known.len() + word.0));
            let mut nearest = facts.iter().map(|fact| dot_real(fact, &own)).enumerate();
            let first = nearest.next();
            let fact =
                first.map(|first| nearest.fold(first, |a, b| if b.1 > a.1 { b } else { a }).0);
            found.push(Stated {
                questioned: odds(&said, &[CONTRADICTED, UNCHECKED]),
                denied: said[CONTRADICTED] - said[UNCHECKED],
                fact,
                start: part[word.0].start,
                end: part[word.0].end,
            });
        }
    }

    /// The stretches of a sentence that undertake something, or that tell of an undertaking where it is a customer's; and what is far from it.
    pub fn promises(&self, words: &WordTable, sentence: &str, from: From, leans: &mut Vec<Lean>) {
        let (head, act, cuts) = match from {
            From::Agent => (&self.promise, PROMISE, PROMISE_CUTS),
            From::Customer => (&self.told, TOLD, TOLD_CUTS),
        };
        let pieces = words.pieces.of(sentence, SENTENCE_MAX);
        let width = self.body.shape.width;
        let last = states(words, &self.body, &pieces).last;
        let inner = &pieces[1..pieces.len() - 1];
        // Of each word: its bytes, and the log-chance of each place.
        let said: Vec<(usize, usize, [f32; PLACES])> = in_words(inner)
            .map(|(at, _)| {
                let places = head.of(&last[(at + 1) * width..(at + 2) * width]);
                (inner[at].start, inner[at].end, shares(places))
            })
            .collect();
        let places: Vec<[f32; PLACES]> = said.iter().map(|word| word.2).collect();
        let way = likeliest(&places);
        let mut from = 0;
        while from < said.len() {
            let heard = way[from] != OUTSIDE;
            let goes_on = |at: &usize| match heard {
                true => way[*at] != INSIDE,
                false => way[*at] != OUTSIDE,
            };
            let to = (from + 1..said.len()).find(goes_on).unwrap_or(said.len());
            let strengths = said[from..to]
                .iter()
                .map(|word| odds(&word.2, &[FIRST, INSIDE]));
            let (beyond, act) = match heard {
                true => (
                    strengths.sum::<f32>() / (to - from) as f32 - cuts.heard,
                    act.to_owned(),
                ),
                false => (
                    cuts.denied - strengths.fold(f32::MIN, f32::max),
                    format!("{NOT}{act}"),
                ),
            };
            if beyond > 0.0 && (!heard || to - from >= HEARD_WORDS_MIN) {
                leans.push(Lean {
                    act,
                    beyond,
                    start: said[from].0,
                    end: said[to - 1].1,
                });
            }
            from = to;
        }
    }
}

/// The likeliest places of words in a row, where going in or out costs something.
fn likeliest(said: &[[f32; PLACES]]) -> Vec<usize> {
    let cost = |before: usize, place: usize| match (before, place) {
        (FIRST | INSIDE, INSIDE) | (OUTSIDE, OUTSIDE) => 0.0,
        (OUTSIDE, INSIDE) => 2.0 * TURN,
        _ => TURN,
    };
    let mut best: Vec<[f32; PLACES]> = Vec::new();
    let mut before: Vec<[usize; PLACES]> = Vec::new();
    for word in said {
        let mut now = *word;
        let mut from = [OUTSIDE; PLACES];
        if let Some(last) = best.last() {
            for place in 0..PLACES {
                let of = |at: &usize| last[*at] - cost(*at, place);
                let most = (0..PLACES).max_by(|a, b| of(a).total_cmp(&of(b)));
                from[place] = most.unwrap_or(OUTSIDE);
                now[place] += of(&from[place]);
            }
        }
        best.push(now);
        before.push(from);
    }
    let Some(end) = best.last() else {
        return Vec::new();
    };
    let mut place = (0..PLACES)
        .max_by(|a, b| end[*a].total_cmp(&end[*b]))
        .unwrap_or(OUTSIDE);
    let mut way = vec![OUTSIDE; said.len()];
    for at in (0..said.len()).rev() {
        way[at] = place;
        place = before[at][place];
    }
    way
}

/// As logarithms of chances.
fn shares(said: [f32; PLACES]) -> [f32; PLACES] {
    let most = said.iter().copied().fold(f32::MIN, f32::max);
    let all = said.iter().map(|x| (x - most).exp()).sum::<f32>().ln() + most;
    said.map(|x| x - all)
}

/// A fact behind its mark.
fn add(words: &WordTable, fact: &KnownFact, draft: &Beside, known: &mut Vec<Piece>) {
    let mark = match fact.state {
        FactState::Checked => CHECKED,
        FactState::Claimed => CLAIMED,
        FactState::Disputed => DISPUTED,
    };
    known.push(Piece {
        kind: FACT,
        ..Piece::frame(mark)
    });
    let kinds = (FACT, FACT_BOTH);
    words
        .pieces
        .add_beside(&fact.text, draft, kinds, FACTS_MAX + 2, known);
}

/// What one part of the facts shows is shown, and what one denies most is denied. `first`: where that part begins.
fn join(found: &mut Vec<Stated>, beside: Vec<Stated>, first: usize) {
    let moved = beside.into_iter().map(|word| Stated {
        fact: word.fact.map(|at| at + first),
        ..word
    });
    if found.is_empty() {
        found.extend(moved);
        return;
    }
    for (own, other) in found.iter_mut().zip(moved) {
        own.questioned = own.questioned.min(other.questioned);
        if other.denied > own.denied {
            (own.denied, own.fact) = (other.denied, other.fact);
        }
    }
}

/// Where the pieces of each word begin and end.
fn in_words(pieces: &[Piece]) -> impl Iterator<Item = (usize, usize)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let first = pieces.get(from)?;
        let to = (from..pieces.len())
            .find(|at| pieces[*at].start != first.start)
            .unwrap_or(pieces.len());
        let word = (from, to);
        from = to;
        Some(word)
    })
}

/// The log-odds that it is one of `which`, of the log-chances of each.
fn odds(said: &[f32], which: &[usize]) -> f32 {
    let most = said.iter().copied().fold(f32::MIN, f32::max);
    let (mut yes, mut no) = (0f32, 0f32);
    for (at, said) in said.iter().enumerate() {
        let share = (said - most).exp();
        if which.contains(&at) {
            yes += share;
        } else {
            no += share;
        }
    }
    (yes.max(f32::MIN_POSITIVE) / no.max(f32::MIN_POSITIVE)).ln()
}

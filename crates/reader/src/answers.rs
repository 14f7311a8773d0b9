//! `answers.int8`: a second body, which reads an ask and a draft as one text and says whether the one answers the other.
//!
//! The mean state of the ask's pieces says whether it is answered; how that looks at the pieces of the draft says by which. A
//! sentence of a message by itself says which of its words ask.

use crate::body::{Body, LookHead, Map, WordTable};
use crate::bytes::{Bytes, ModelFault};
use crate::layer::{mean, states};
use crate::numbers::{dot_real, dots};
use crate::pieces::{CLS, Piece, SEP};
use unruffled_engine::{ASK, Answer, Lean, NO_ASK};

const MAGIC: &[u8] = b"unruffled answers 1\n";
/// The piece that marks an ask: one that no text has.
const MARK: u32 = 1;
/// Pieces of the draft, and of an ask, are of kinds of their own.
const DRAFT: usize = 1;
const ASKED: usize = 2;
const KINDS: usize = 3;
/// So many pieces of an ask, and of a sentence that may ask, are read.
const ASK_MAX: usize = 170;
/// So many pieces of a draft are read at once, as in training; a longer one in parts that overlap, and no further than about a
/// thousand words.
pub const DRAFT_MAX: usize = 220;
const DRAFT_STEP: usize = 160;
pub const DRAFT_PIECES_MAX: usize = 1_340;
const FRAME: usize = 3;

#[derive(Debug)]
pub struct Answers {
    body: Body,
    answered: Map,
    /// `look` rows each.
    asks: Vec<f32>,
    says: Vec<f32>,
    says_bias: f32,
    /// How far a piece of a message is part of an ask.
    asked: Map,
}

/// Words that are part of an ask are so at least, in log-odds; all of a stretch together so much, and there are as many of them.
const WORD_MIN: f32 = 0.0;
const ASK_MIN: f32 = 1.5;
const ASK_WORDS_MIN: usize = 3;
/// So many lighter words may stand within an ask.
const GAP_WORDS_MAX: usize = 1;
/// A sentence asks nothing where each of its words is so far from it.
const NO_ASK_MAX: f32 = -2.0;

impl Answers {
    pub fn load(file: &[u8], words: &WordTable) -> Result<Answers, ModelFault> {
        let mut bytes = Bytes::after(MAGIC, file)?;
        let head = LookHead::load(&mut bytes, words, ASK_MAX + DRAFT_MAX + FRAME)?;
        let shape = head.shape;
        const ASKS: &str = "how asks look";
        let answers = Answers {
            body: Body::load(&mut bytes, shape, KINDS)?,
            answered: Map::load(&mut bytes, shape.width, 1, ASKS)?,
            asks: bytes.real(head.look * shape.width, ASKS)?,
            says: bytes.real(head.look * shape.width, ASKS)?,
            says_bias: bytes.real(1, ASKS)?[0],
            asked: Map::load(&mut bytes, shape.width, 1, ASKS)?,
        };
        bytes.end()?;
        Ok(answers)
    }

    /// The stretches of a sentence that ask, or that it asks nothing.
    pub fn asks(&self, words: &WordTable, sentence: &str, leans: &mut Vec<Lean>) {
        let pieces = words.pieces.of(sentence, ASK_MAX);
        let states = states(words, &self.body, &pieces).last;
        let rows = states.chunks_exact(self.body.shape.width);
        // A word is as strong as its strongest piece.
        let mut strong: Vec<(usize, usize, f32)> = Vec::new();
        for (piece, row) in pieces.iter().zip(rows).filter(|(piece, _)| piece.end > 0) {
            let [weight] = self.asked.of(row);
            match strong.last_mut() {
                Some(word) if word.0 == piece.start => word.2 = word.2.max(weight),
                _ => strong.push((piece.start, piece.end, weight)),
            }
        }
        let mut add = |act: &str, beyond, start, end| {
            leans.push(Lean {
                act: act.to_owned(),
                beyond,
                start,
                end,
            });
        };
        let most = strong.iter().map(|word| word.2).fold(f32::MIN, f32::max);
        if most < NO_ASK_MAX && !strong.is_empty() {
            return add(NO_ASK, NO_ASK_MAX - most, 0, sentence.len());
        }
        for (from, to) in stretches(&strong) {
            let mean = strong[from..to].iter().map(|word| word.2).sum::<f32>() / (to - from) as f32;
            if to - from >= ASK_WORDS_MIN && mean > ASK_MIN {
                add(ASK, mean - ASK_MIN, strong[from].0, strong[to - 1].1);
            }
        }
    }

    /// Of each ask, whether `draft` answers it.
    pub fn of(&self, words: &WordTable, asks: &[&str], draft: &str) -> Vec<Option<Answer>> {
        let mut said = Vec::new();
        words.pieces.add(draft, DRAFT, DRAFT_PIECES_MAX, &mut said);
        asks.iter()
            .map(|ask| {
                let ask = asked(words, ask);
                parts(&said)
                    .map(|part| self.of_part(words, &ask, part))
                    .max_by(|a, b| a.strength.total_cmp(&b.strength))
            })
            .collect()
    }

    fn of_part(&self, words: &WordTable, ask: &[Piece], part: &[Piece]) -> Answer {
        let mut pieces = ask.to_vec();
        pieces.push(Piece::frame(SEP));
        let from = pieces.len();
        pieces.extend_from_slice(part);
        pieces.push(Piece {
            kind: DRAFT,
            ..Piece::frame(SEP)
        });
        let states = states(words, &self.body, &pieces).last;
        let width = self.body.shape.width;
        // The first piece frames the text.
        let asked = mean(&states[width..ask.len() * width], width);
        let asks = dots(&self.asks, &asked);
        let by = 1.0 / (asks.len() as f32).sqrt();
        let weights: Vec<f32> = states[from * width..(from + part.len()) * width]
            .chunks_exact(width)
            .map(|state| dot_real(&asks, &dots(&self.says, state)) * by + self.says_bias)
            .collect();
        let (start, end) = stretch(part, &weights);
        Answer {
            strength: self.answered.of::<1>(&asked)[0],
            start,
            end,
        }
    }
}

/// The ask behind its mark.
fn asked(words: &WordTable, ask: &str) -> Vec<Piece> {
    let mark = Piece {
        kind: ASKED,
        ..Piece::frame(MARK)
    };
    let mut pieces = vec![Piece::frame(CLS), mark];
    words.pieces.add(ask, ASKED, ASK_MAX + 1, &mut pieces);
    pieces.truncate(ASK_MAX + 1);
    pieces
}

/// A draft in parts that overlap; one, of nothing, where there is none.
pub fn parts(said: &[Piece]) -> impl Iterator<Item = &[Piece]> {
    let last = said.len().saturating_sub(DRAFT_MAX).div_ceil(DRAFT_STEP);
    (0..=last).map(|at| {
        let from = at * DRAFT_STEP;
        &said[from..said.len().min(from + DRAFT_MAX)]
    })
}

/// Where words that are part of an ask stand together, from and to.
fn stretches(words: &[(usize, usize, f32)]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if word.2 < WORD_MIN {
            continue;
        }
        match found.last_mut() {
            Some(last) if at - last.1 <= GAP_WORDS_MAX => last.1 = at + 1,
            _ => found.push((at, at + 1)),
        }
    }
    found
}

/// The piece that says it most, with its neighbours that say it too: bytes of the draft.
fn stretch(part: &[Piece], weights: &[f32]) -> (usize, usize) {
    let most = weights
        .iter()
        .enumerate()
        .max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)));
    let Some((most, _)) = most else {
        return (0, 0);
    };
    let first = (0..most).rev().take_while(|at| weights[*at] > 0.0).last();
    let last = (most + 1..part.len())
        .take_while(|at| weights[*at] > 0.0)
        .last();
    (
        part[first.unwrap_or(most)].start,
        part[last.unwrap_or(most)].end,
    )
}

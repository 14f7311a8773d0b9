//! What may be asked of the encoder: how strong each act is in a text, and what a sentence leans towards.

use crate::answers::Answers;
use crate::bytes::ModelFault;
use crate::layer::{States, mean, states};
use crate::model::Model;
use crate::numbers::dot_real;
use crate::pieces::Piece;
use crate::statements::Statements;
use std::path::Path;
use unruffled_engine::{Answer, From, KnownFact, Lean, NOT, Reader, Stated, heaviest};

/// The name that means the weights that come with this crate.
pub const BUILT_IN: &str = "built-in";
/// The name that means none.
pub const OFF: &str = "off";

/// The fine-tuned encoder. Loading may fail, using it cannot.
#[derive(Debug)]
pub struct Encoder {
    model: Model,
    answers: Option<Answers>,
    statements: Option<Statements>,
}

/// A text as its pieces, and what the first body makes of them.
struct Heard {
    pieces: Vec<Piece>,
    states: States,
    /// Of the first states, then of the last.
    means: Vec<f32>,
}

impl Encoder {
    /// From the bytes of a file that `eval/train/train.py` made.
    pub fn load(file: &[u8]) -> Result<Encoder, ModelFault> {
        Ok(Encoder {
            model: Model::load(file)?,
            answers: None,
            statements: None,
        })
    }

    /// The weights that come with this crate; see `model/NOTICE.md`.
    pub fn built_in() -> Result<Encoder, ModelFault> {
        Encoder::load(include_bytes!("../model/reader.int8"))?
            .with_answers(include_bytes!("../model/answers.int8"))?
            .with_statements(include_bytes!("../model/statements.int8"))
    }

    /// With the second body, from the bytes of a file that `eval/train/answers.py` made.
    pub fn with_answers(mut self, file: &[u8]) -> Result<Encoder, ModelFault> {
        self.answers = Some(Answers::load(file, &self.model.words)?);
        Ok(self)
    }

    /// With the third body, from the bytes of a file that `eval/train/statements.py` made.
    pub fn with_statements(mut self, file: &[u8]) -> Result<Encoder, ModelFault> {
        self.statements = Some(Statements::load(file, &self.model.words)?);
        Ok(self)
    }

    /// The encoder that a setting or an option names: none for nothing or [`OFF`], [`BUILT_IN`], or a file.
    pub fn named(name: &Path) -> Result<Option<Encoder>, ModelFault> {
        match name.to_str() {
            Some("" | OFF) => Ok(None),
            Some(BUILT_IN) => Encoder::built_in().map(Some),
            _ => Encoder::open(name).map(Some),
        }
    }

    /// The file at `path`, and `answers.int8` and `statements.int8` beside it where there are such.
    pub fn open(path: &Path) -> Result<Encoder, ModelFault> {
        let beside = |name| match std::fs::read(path.with_file_name(name)) {
            Ok(file) => Ok(Some(file)),
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(why) => Err(ModelFault::from(why)),
        };
        let mut encoder = Encoder::load(&std::fs::read(path)?)?;
        if let Some(file) = beside("answers.int8")? {
            encoder = encoder.with_answers(&file)?;
        }
        if let Some(file) = beside("statements.int8")? {
            encoder = encoder.with_statements(&file)?;
        }
        Ok(encoder)
    }

    /// The acts it knows: those that cards name, and the emotions of GoEmotions for measuring.
    pub fn acts(&self) -> impl Iterator<Item = &str> {
        self.model.acts.iter().map(|act| act.name.as_str())
    }

    /// How strong each act is in `text`, in the order of [`Encoder::acts`]: log-odds, or for politeness and receptiveness
    /// the standardised number. For measuring, never for showing.
    pub fn strengths(&self, text: &str) -> Vec<f32> {
        let heard = self.heard(text);
        (0..self.model.acts.len())
            .map(|act| self.strength(&heard, act))
            .collect()
    }

    /// Where an act stands in [`Encoder::acts`].
    pub fn place(&self, act: &str) -> Option<usize> {
        self.acts().position(|known| known == act)
    }

    fn heard(&self, text: &str) -> Heard {
        let (words, body) = (&self.model.words, &self.model.body);
        let pieces = words.pieces.of(text, body.shape.pieces_max);
        let states = states(words, body, &pieces);
        let mut means = mean(&states.first, body.shape.width);
        means.extend(mean(&states.last, body.shape.width));
        Heard {
            pieces,
            states,
            means,
        }
    }

    fn strength(&self, heard: &Heard, act: usize) -> f32 {
        let (weights, bias) = self.model.says.row(act);
        dot_real(&heard.means, weights) + bias
    }

    /// Adds what the acts that `is_wanted` lean to.
    fn add(&self, text: &str, is_wanted: impl Fn(&str) -> bool, leans: &mut Vec<Lean>) {
        let heard = self.heard(text);
        for (at, act) in self.model.acts.iter().enumerate() {
            if (act.hint.is_none() && act.doubt.is_none()) || !is_wanted(&act.name) {
                continue;
            }
            let strength = self.strength(&heard, at);
            if act.doubt.is_some_and(|doubt| strength < doubt) {
                leans.push(Lean {
                    act: format!("{NOT}{}", act.name),
                    beyond: act.doubt.unwrap_or_default() - strength,
                    start: 0,
                    end: text.len(),
                });
            }
            let Some(hint) = act.hint.filter(|hint| strength > *hint) else {
                continue;
            };
            let mut words: Vec<(usize, usize, f32)> = Vec::new();
            for (piece, share) in heard.pieces.iter().zip(self.shares(&heard, at)) {
                match words.last_mut() {
                    Some(word) if word.0 == piece.start && word.1 == piece.end => word.2 += share,
                    _ => words.push((piece.start, piece.end, share)),
                }
            }
            words.retain(|word| text[word.0..word.1].contains(char::is_alphanumeric));
            if let Some((start, end)) = heaviest(&words) {
                leans.push(Lean {
                    act: act.name.clone(),
                    beyond: strength - hint,
                    start,
                    end,
                });
            }
        }
    }

    /// What each piece adds to an act's strength, times their number: the head is linear over the means, so it falls apart into the
    /// pieces without a rest.
    fn shares<'a>(&'a self, heard: &'a Heard, act: usize) -> impl Iterator<Item = f32> + 'a {
        let width = self.model.body.shape.width;
        let (first, last) = self.model.says.row(act).0.split_at(width);
        let States { first: a, last: b } = &heard.states;
        let rows = a.chunks_exact(width).zip(b.chunks_exact(width));
        rows.map(move |(a, b)| dot_real(a, first) + dot_real(b, last))
    }
}

/// What-ifs are about a message as a whole, everything else about a sentence.
fn is_what_if(act: &str) -> bool {
    act.starts_with('H')
}

impl Reader for Encoder {
    fn lean(&self, sentence: &str, from: From, leans: &mut Vec<Lean>) {
        self.add(sentence, |act| !is_what_if(act), leans);
        if let Some(statements) = &self.statements {
            statements.promises(&self.model.words, sentence, from, leans);
        }
        if let (Some(answers), From::Customer) = (&self.answers, from) {
            answers.asks(&self.model.words, sentence, leans);
        }
    }

    fn what_ifs(&self, words: &str, leans: &mut Vec<Lean>) {
        self.add(words, is_what_if, leans);
    }

    fn statements(&self, facts: &[KnownFact], draft: &str) -> Vec<Stated> {
        self.statements
            .as_ref()
            .map_or_else(Vec::new, |own| own.of(&self.model.words, facts, draft))
    }

    fn answers(&self, asks: &[&str], draft: &str) -> Vec<Option<Answer>> {
        let Some(answers) = &self.answers else {
            return vec![None; asks.len()];
        };
        answers.of(&self.model.words, asks, draft)
    }
}

//! The built-in reader: a table of rows, each fourteen weights and two bytes that tell its feature from strangers.

use super::features::{self, Made};
use super::{Lean, Reader, heaviest};
use crate::From;
use serde::Deserialize;
use std::borrow::Cow;
use std::fmt;

const MAGIC: &[u8] = b"unruffled words 1\n";
/// Bytes of a row: a weight for each act, and the mark.
const ROW: usize = 16;
const ACTS_MAX: usize = ROW - 2;
/// A table has at most 2 to the power of this many rows: 16 MB, far above what is worth its time.
const ROWS_LOG2_MAX: u32 = 20;

/// What may be wrong with a file of weights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LearnedFault(pub String);

impl fmt::Display for LearnedFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for LearnedFault {}

#[derive(Debug, Clone, Deserialize)]
struct Act {
    name: String,
    scale: f32,
    bias: f32,
    /// How strong it has to be before it may show; never without one.
    hint: Option<f32>,
}

#[derive(Debug, Deserialize)]
struct Head {
    rows_log2: u32,
    act: Vec<Act>,
}

/// A reader of weighed words: one look into a table for each word and each pair of words.
#[derive(Clone)]
pub struct Learned {
    acts: Vec<Act>,
    rows: Cow<'static, [u8]>,
    mask: u64,
}

impl fmt::Debug for Learned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Learned")
            .field("acts", &self.acts.len())
            .field("bytes", &self.rows.len())
            .finish()
    }
}

/// Sums over the features of one sentence.
struct Sums {
    totals: [i32; ROW],
    known: u32,
}

impl Learned {
    /// Reads a file of weights, which `eval/train/train.py` makes. The rows are not copied where they can be borrowed.
    pub fn load(file: impl Into<Cow<'static, [u8]>>) -> Result<Learned, LearnedFault> {
        let file: Cow<'static, [u8]> = file.into();
        let fault = |says: &str| LearnedFault(says.to_owned());
        let rest = file
            .strip_prefix(MAGIC)
            .ok_or_else(|| fault("this is no file of learned words of this version"))?;
        let short = || fault("the file of learned words ends too early");
        let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(short)?;
        let length = u32::from_le_bytes(*length) as usize;
        let head = rest.get(..length).ok_or_else(short)?;
        let head = std::str::from_utf8(head).map_err(|_| fault("its head is not text"))?;
        let head: Head =
            toml::from_str(head).map_err(|why| LearnedFault(format!("its head: {why}")))?;
        if head.rows_log2 > ROWS_LOG2_MAX || head.act.len() > ACTS_MAX {
            return Err(fault("it says that it is larger than any such file may be"));
        }
        let numbers = head.act.iter().flat_map(|act| [act.scale, act.bias]);
        if !numbers.into_iter().all(f32::is_finite) {
            return Err(fault("a scale or a bias in its head is not a number"));
        }
        let from = MAGIC.len() + 4 + length;
        if file.len() - from != ROW << head.rows_log2 {
            return Err(LearnedFault(format!(
                "its head promises {} bytes of rows, and there are {}",
                ROW << head.rows_log2,
                file.len() - from
            )));
        }
        let rows = match file {
            Cow::Borrowed(file) => Cow::Borrowed(&file[from..]),
            Cow::Owned(mut file) => Cow::Owned(file.split_off(from)),
        };
        Ok(Learned {
            acts: head.act,
            rows,
            mask: (1 << head.rows_log2) - 1,
        })
    }

    /// The acts it knows, as cards name them.
    pub fn acts(&self) -> impl Iterator<Item = &str> {
        self.acts.iter().map(|act| act.name.as_str())
    }

    /// How strongly the words of `text`, taken as one sentence, do this act, in log-odds; for measuring, never for showing.
    pub fn strength(&self, act: &str, text: &str) -> Option<f32> {
        let at = self.acts.iter().position(|known| known.name == act)?;
        Some(self.strength_of(at, &self.sums(text)))
    }

    fn strength_of(&self, act: usize, sums: &Sums) -> f32 {
        let Act { scale, bias, .. } = self.acts[act];
        bias + scale * sums.totals[act] as f32 / (sums.known.max(1) as f32).sqrt()
    }

    /// The weights of a feature, if it was seen in training.
    #[inline]
    fn row(&self, hash: u64) -> Option<&[u8; ROW]> {
        let mark = match (hash >> 48) as u16 {
            0 => 1,
            mark => mark,
        };
        let rows = self.rows.as_chunks::<ROW>().0;
        rows.get((hash & self.mask) as usize)
            .filter(|row| row[ACTS_MAX..] == mark.to_le_bytes())
    }

    fn sums(&self, sentence: &str) -> Sums {
        let mut sums = Sums {
            totals: [0; ROW],
            known: 0,
        };
        features::of(sentence, |feature| {
            if let Some(row) = self.row(feature.hash) {
                sums.known += 1;
                for (total, weight) in sums.totals.iter_mut().zip(row) {
                    *total += i32::from(*weight as i8);
                }
            }
        });
        sums
    }

    /// The words that make the sentence lean towards `act`: the one that weighs most, and its neighbours that weigh
    /// nearly as much.
    fn shown(&self, act: usize, sentence: &str) -> Option<(usize, usize)> {
        let mut words: Vec<(usize, usize, f32)> = Vec::new();
        features::of(sentence, |feature| {
            let weight = self.row(feature.hash).map_or(0, |row| row[act] as i8);
            let weight = f32::from(weight);
            match (feature.made, &mut words[..]) {
                (Made::Word, _) => words.push((feature.start, feature.end, weight)),
                (Made::Pair, [.., before, own]) => {
                    before.2 += weight / 2.0;
                    own.2 += weight / 2.0;
                }
                (_, [.., own]) => own.2 += weight,
                (_, []) => {}
            }
        });
        // A mark may weigh, but it shows nothing.
        words.retain(|word| !matches!(&sentence[word.0..word.1], "?" | "!"));
        heaviest(&words)
    }
}

impl Reader for Learned {
    fn lean(&self, sentence: &str, _: From, leans: &mut Vec<Lean>) {
        let sums = self.sums(sentence);
        if sums.known == 0 {
            return;
        }
        for (at, act) in self.acts.iter().enumerate() {
            let Some(hint) = act.hint else { continue };
            let beyond = self.strength_of(at, &sums) - hint;
            if beyond > 0.0
                && let Some((start, end)) = self.shown(at, sentence)
            {
                leans.push(Lean {
                    act: act.name.clone(),
                    beyond,
                    start,
                    end,
                });
            }
        }
    }
}

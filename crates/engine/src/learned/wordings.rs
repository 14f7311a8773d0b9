//! How strongly a sentence does what single codes of the practice are about: every word, and every pair of neighbours, adds its
//! weight for each code.
//!
//! A code's `hint` is how strong a sentence has to be before the code's card may speak where its own patterns are silent; its
//! `doubt` how weak it has to be before the card is not believed although a pattern matched. A name weighs nothing: no word is known
//! that people mostly write with a capital. `eval/train/wordings.py` makes the file and hears a sentence as it is done here.

use super::features::{self, Made};
use super::{Lean, LearnedFault, Reader, heaviest};
use crate::From;
use serde::Deserialize;
use std::borrow::Cow;
use std::fmt;

const MAGIC: &[u8] = b"unruffled wordings 2\n";
/// More words and pairs than any vocabulary of ours has.
const ROWS_MAX: usize = 60_000;
const CODES_MAX: usize = 256;

#[derive(Debug, Clone, Deserialize)]
struct Code {
    code: String,
    scale: f32,
    bias: f32,
    hint: Option<f32>,
    doubt: Option<f32>,
}

#[derive(Debug, Deserialize)]
struct Head {
    rows: usize,
    #[serde(default)]
    code: Vec<Code>,
}

/// A table of weights: a row a word or pair, a column a code.
#[derive(Clone)]
pub struct Wordings {
    codes: Vec<Code>,
    /// Of each code, side by side; what never hints does so from infinity on.
    scales: Vec<f32>,
    biases: Vec<f32>,
    hints: Vec<f32>,
    /// What each word or pair hashes to, in order of the rows.
    hashes: Vec<u32>,
    /// Open addressing from hashes to rows, from 1; never more than half full.
    slots: Vec<u16>,
    file: Cow<'static, [u8]>,
    /// Where the rows begin in the file.
    rows: usize,
}

impl fmt::Debug for Wordings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wordings")
            .field("codes", &self.codes.len())
            .field("rows", &self.hashes.len())
            .finish()
    }
}

/// How strongly each sentence of a text does what each code is about.
#[derive(Debug, Default)]
pub struct Strengths {
    /// The sentences, as bytes of the text.
    spans: Vec<(usize, usize)>,
    /// A row a sentence.
    values: Vec<f32>,
    /// Of each code, whether any sentence is strong enough for a hint.
    hinted: Vec<bool>,
}

impl Strengths {
    /// Whether any sentence is strong enough for a hint at the code at `place`.
    pub fn hint(&self, place: usize) -> bool {
        self.hinted.get(place).is_some_and(|hinted| *hinted)
    }
}

impl Wordings {
    /// Whether the file is one of these and not another of the learned ones.
    pub fn is_one(file: &[u8]) -> bool {
        file.starts_with(MAGIC)
    }

    /// Reads the file that `eval/train/train.py` makes. The rows are not copied where they can be borrowed.
    pub fn load(file: impl Into<Cow<'static, [u8]>>) -> Result<Wordings, LearnedFault> {
        let file: Cow<'static, [u8]> = file.into();
        let fault = |says: &str| LearnedFault(says.to_owned());
        let rest = file
            .strip_prefix(MAGIC)
            .ok_or_else(|| fault("this is no file of learned wordings of this version"))?;
        let short = || fault("the file of learned wordings ends too early");
        let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(short)?;
        let length = u32::from_le_bytes(*length) as usize;
        let (head, rest) = rest.split_at_checked(length).ok_or_else(short)?;
        let head = std::str::from_utf8(head).map_err(|_| fault("its head is not text"))?;
        let head: Head =
            toml::from_str(head).map_err(|why| LearnedFault(format!("its head: {why}")))?;
        if head.rows > ROWS_MAX || head.code.len() > CODES_MAX {
            return Err(fault("it says that it is larger than any such file may be"));
        }
        let numbers = head.code.iter().flat_map(|code| [code.scale, code.bias]);
        if !numbers.into_iter().all(f32::is_finite) {
            return Err(fault("a scale or a bias in its head is not a number"));
        }
        let (hashes, weights) = rest.split_at_checked(head.rows * 4).ok_or_else(short)?;
        if weights.len() != head.rows * head.code.len() {
            return Err(LearnedFault(format!(
                "its head promises {} weights, and there are {}",
                head.rows * head.code.len(),
                weights.len()
            )));
        }
        let rows = file.len() - weights.len();
        let hashes: Vec<u32> = hashes
            .as_chunks::<4>()
            .0
            .iter()
            .map(|bytes| u32::from_le_bytes(*bytes))
            .collect();
        let mut slots = vec![0; (hashes.len() * 2 + 1).next_power_of_two()];
        let mask = slots.len() - 1;
        for (row, hash) in (1..).zip(&hashes) {
            let mut at = *hash as usize & mask;
            while slots[at] != 0 {
                at = (at + 1) & mask;
            }
            slots[at] = row;
        }
        Ok(Wordings {
            scales: head.code.iter().map(|code| code.scale).collect(),
            biases: head.code.iter().map(|code| code.bias).collect(),
            hints: head
                .code
                .iter()
                .map(|code| code.hint.unwrap_or(f32::INFINITY))
                .collect(),
            codes: head.code,
            hashes,
            slots,
            file,
            rows,
        })
    }

    /// The codes it knows.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.codes.iter().map(|code| code.code.as_str())
    }

    /// The place of a code among those it knows.
    pub fn place(&self, code: &str) -> Option<usize> {
        self.codes.iter().position(|known| known.code == code)
    }

    /// Whether it knows this word, given as [`features::words`] gives it.
    pub(super) fn knows(&self, letters: &[u8]) -> bool {
        self.find(features::hash(letters)).is_some()
    }

    /// How strongly `sentence` does what `code` is about, in log-odds; for measuring, never for showing.
    pub fn strength(&self, code: &str, sentence: &str) -> Option<f32> {
        let at = self.place(code)?;
        let mut strengths = Strengths::default();
        self.hear(sentence, (0, sentence.len()), &mut strengths);
        strengths.values.get(at).copied()
    }

    /// The strengths of these sentences of a text.
    pub(crate) fn strengths(
        &self,
        text: &str,
        sentences: impl Iterator<Item = (usize, usize)>,
    ) -> Strengths {
        let mut strengths = Strengths::default();
        for span in sentences {
            self.hear(&text[span.0..span.1], span, &mut strengths);
        }
        strengths
    }

    fn hear(&self, sentence: &str, span: (usize, usize), strengths: &mut Strengths) {
        let width = self.codes.len();
        let mut totals = [0i32; CODES_MAX];
        let totals = &mut totals[..width];
        let mut known = 0;
        self.rows(sentence, |row, made, _, _| {
            known += usize::from(made == Made::Word);
            for (total, weight) in totals.iter_mut().zip(self.row(row)) {
                *total += i32::from(*weight as i8);
            }
        });
        let share = 1.0 / (known.max(1) as f32).sqrt();
        strengths.spans.push(span);
        let codes = self.biases.iter().zip(&self.scales).zip(totals);
        let values = codes.map(|((bias, scale), total)| bias + scale * *total as f32 * share);
        let from = strengths.values.len();
        strengths.values.extend(values);
        strengths.hinted.resize(width, false);
        let own = strengths.values[from..].iter().zip(&self.hints);
        for (hinted, (strength, hint)) in strengths.hinted.iter_mut().zip(own) {
            *hinted |= strength > hint;
        }
    }

    /// Whether the card of the code at `place` is not to be believed about the bytes `start..end`.
    pub(crate) fn doubts(
        &self,
        place: usize,
        strengths: &Strengths,
        start: usize,
        end: usize,
    ) -> bool {
        let Some(doubt) = self.codes[place].doubt else {
            return false;
        };
        let width = self.codes.len();
        let mut touched = strengths
            .spans
            .iter()
            .enumerate()
            .filter(|(_, span)| span.0 < end && start < span.1)
            .map(|(at, _)| strengths.values[at * width + place])
            .peekable();
        touched.peek().is_some() && touched.all(|strength| strength < doubt)
    }

    /// What the sentences of `text` are about beyond a hint, each with the words that weigh most.
    pub(crate) fn leans(&self, place: usize, text: &str, strengths: &Strengths) -> Vec<Lean> {
        let Some(hint) = self.codes[place].hint else {
            return Vec::new();
        };
        let width = self.codes.len();
        let mut leans = Vec::new();
        for (at, span) in strengths.spans.iter().enumerate() {
            let beyond = strengths.values[at * width + place] - hint;
            if beyond > 0.0
                && let Some((start, end)) = self.shown(place, &text[span.0..span.1])
            {
                leans.push(Lean {
                    act: self.codes[place].code.clone(),
                    beyond,
                    start: span.0 + start,
                    end: span.0 + end,
                });
            }
        }
        leans
    }

    fn shown(&self, place: usize, sentence: &str) -> Option<(usize, usize)> {
        let mut words: Vec<(usize, usize, f32)> = Vec::new();
        self.rows(sentence, |row, made, start, end| {
            let weight = f32::from(self.row(row)[place] as i8);
            match (made, words.last_mut()) {
                (Made::Pair, Some(word)) if word.1 == end => word.2 += weight,
                _ => words.push((start, end, weight)),
            }
        });
        words.retain(|word| !matches!(&sentence[word.0..word.1], "?" | "!"));
        heaviest(&words)
    }

    #[inline]
    fn row(&self, row: usize) -> &[u8] {
        let width = self.codes.len();
        let from = self.rows + row * width;
        &self.file[from..from + width]
    }

    /// Calls `each` with the row of every known word, and of every known pair by the word that closes it, and where that word
    /// lies in the sentence.
    fn rows(&self, sentence: &str, mut each: impl FnMut(usize, Made, usize, usize)) {
        let mut before = features::EDGE;
        let mut last = (0, 0);
        features::words(sentence, |letters, start, end| {
            let own = features::hash(letters);
            if let Some(row) = self.find(own) {
                each(row, Made::Word, start, end);
            }
            if let Some(row) = self.find(features::pair(before, own)) {
                each(row, Made::Pair, start, end);
            }
            (before, last) = (own, (start, end));
        });
        if let Some(row) = self.find(features::pair(before, features::EDGE)) {
            each(row, Made::Pair, last.0, last.1);
        }
    }

    #[inline]
    fn find(&self, hash: u64) -> Option<usize> {
        let hash = folded(hash);
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let row = usize::from(self.slots[at]).checked_sub(1)?;
            if self.hashes[row] == hash {
                return Some(row);
            }
            at = (at + 1) & mask;
        }
    }
}

impl Reader for Wordings {
    fn lean(&self, sentence: &str, _: From, leans: &mut Vec<Lean>) {
        let mut strengths = Strengths::default();
        self.hear(sentence, (0, sentence.len()), &mut strengths);
        for place in 0..self.codes.len() {
            leans.extend(self.leans(place, sentence, &strengths));
        }
    }
}

#[inline]
fn folded(hash: u64) -> u32 {
    (hash ^ (hash >> 32)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file that knows these words and pairs, each with its weight for one code.
    fn file(words: &[(&str, i8)]) -> Vec<u8> {
        let hash = |letters: &str| features::hash(letters.as_bytes());
        let hash_of = |written: &str| match written.split_once(' ') {
            Some((before, word)) => folded(features::pair(hash(before), hash(word))),
            None => folded(hash(written)),
        };
        let head = format!(
            "rows = {}\n[[code]]\ncode = \"C16\"\nscale = 0.1\nbias = -1.0\nhint = 0.5\ndoubt = -0.5\n",
            words.len()
        );
        let mut file = MAGIC.to_vec();
        file.extend((head.len() as u32).to_le_bytes());
        file.extend(head.as_bytes());
        file.extend(
            words
                .iter()
                .flat_map(|(word, _)| hash_of(word).to_le_bytes()),
        );
        file.extend(words.iter().map(|(_, weight)| *weight as u8));
        file
    }

    fn wordings() -> Wordings {
        let words = [("friday", 50), ("by", 20), ("don't", -5)];
        Wordings::load(file(&words)).expect("it loads")
    }

    #[test]
    fn the_words_of_a_sentence_add_up() {
        let strength = |sentence| wordings().strength("C16", sentence).expect("it is known");
        // 50 + 20 over two known words, a tenth each, from -1.
        assert!((strength("by friday, Zürich") - (7.0 / 2f32.sqrt() - 1.0)).abs() < 1e-5);
        assert_eq!(strength("BY Friday"), strength("by friday"));
        assert_eq!(strength("Zürich"), -1.0);
        assert_eq!(wordings().strength("C99", "by"), None);
    }

    #[test]
    fn a_pair_weighs_only_where_its_words_are_neighbours() {
        let wordings = Wordings::load(file(&[("not", 0), ("again", 0), ("not again", 60)]));
        let wordings = wordings.expect("it loads");
        let strength = |sentence| wordings.strength("C16", sentence).expect("it is known");
        assert!((strength("not again") - (6.0 / 2f32.sqrt() - 1.0)).abs() < 1e-5);
        assert_eq!(strength("again not"), -1.0);
        assert_eq!(strength("not now, again"), -1.0);
    }

    #[test]
    fn a_hint_shows_the_words_that_weigh_most() {
        let wordings = wordings();
        let text = "Hello. I want it by friday.";
        let strengths = wordings.strengths(text, [(0, 6), (7, 27)].into_iter());
        let leans = wordings.leans(0, text, &strengths);
        let shown: Vec<&str> = leans.iter().map(|l| &text[l.start..l.end]).collect();
        assert_eq!(shown, ["by friday"]);
    }

    #[test]
    fn a_weak_sentence_is_doubted_and_words_outside_every_sentence_are_not() {
        let wordings = wordings();
        let text = "Don't. By friday.";
        let strengths = wordings.strengths(text, [(0, 6), (7, 17)].into_iter());
        assert!(wordings.doubts(0, &strengths, 0, 5));
        assert!(!wordings.doubts(0, &strengths, 7, 16));
        assert!(
            !wordings.doubts(0, &strengths, 0, 17),
            "one of two is enough"
        );
        assert!(!wordings.doubts(0, &Strengths::default(), 0, 5));
    }

    #[test]
    fn a_broken_file_is_refused_in_a_sentence() {
        let whole = file(&[("by", 20)]);
        for cut in [0, 5, MAGIC.len(), MAGIC.len() + 3, whole.len() - 1] {
            assert!(Wordings::load(whole[..cut].to_vec()).is_err(), "{cut}");
        }
        let mut long = whole;
        long.push(0);
        assert!(Wordings::load(long).is_err());
    }
}

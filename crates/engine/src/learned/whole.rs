//! A message as a whole, in plain words: which what-if comes first is heard in all of it together, and in nothing that somebody's
//! name, capitals or points would change.

use super::spelled::Spelled;
use super::wordings::Wordings;
use super::{Lean, Reader, features};

/// The known words of a message and its question marks, in small letters. `eval/train/rows.py` does the same.
#[derive(Default)]
pub struct Whole {
    text: String,
    /// Of each word: where it begins and ends here, and where in the message.
    words: Vec<[usize; 4]>,
}

impl Whole {
    /// Adds a stretch of the message.
    pub fn add(&mut self, stretch: &Spelled<'_>, known: Option<&Wordings>) {
        features::words(&stretch.text, |letters, start, end| {
            let is_known = letters == b"?"
                || letters != b"!" && known.is_none_or(|known| known.knows(letters));
            let Some(word) = std::str::from_utf8(letters).ok().filter(|_| is_known) else {
                return;
            };
            if !self.text.is_empty() {
                self.text.push(' ');
            }
            let from = self.text.len();
            self.text.push_str(word);
            self.words.push([
                from,
                self.text.len(),
                stretch.written_from(start),
                stretch.written(end),
            ]);
        });
    }

    /// What `reader` says of the what-ifs, with spans of the message.
    pub fn what_ifs(&self, reader: &dyn Reader) -> Vec<Lean> {
        let mut leans = Vec::new();
        if !self.words.is_empty() {
            reader.what_ifs(&self.text, &mut leans);
        }
        for lean in &mut leans {
            let first = self.words.partition_point(|word| word[1] <= lean.start);
            let last = self.words.partition_point(|word| word[0] < lean.end);
            let word = |at: usize| self.words.get(at).or(self.words.last());
            lean.start = word(first).map_or(0, |word| word[2]);
            lean.end = word(last.max(1) - 1).map_or(0, |word| word[3]);
        }
        leans
    }
}

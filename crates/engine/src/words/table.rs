//! The table from words to numbers: one look at sixteen bytes settles a word of up to eight letters.

use super::{UNKNOWN, WORD_BYTES_MAX, WordId};

/// A word by its first eight bytes.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    head: u64,
    /// Number plus one; zero is an empty slot.
    id: u32,
    length: u32,
}

/// Open addressing over a power of two, never more than half full.
#[derive(Debug, Clone, Default)]
pub struct Table {
    slots: Vec<Slot>,
    /// The bytes of all words, one after the other, and where each begins.
    bytes: Vec<u8>,
    starts: Vec<u32>,
}

/// Room for the words of our own cards.
const SLOTS_FIRST: usize = 1 << 15;

impl Table {
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// The number of `word`; `UNKNOWN` when it has none.
    #[inline]
    pub fn get(&self, word: &[u8]) -> WordId {
        if self.slots.is_empty() {
            return UNKNOWN;
        }
        self.number(word, head_of(word))
    }

    /// The same, where the word is filled up with zeros behind its `length` bytes.
    #[inline]
    pub fn get_padded(&self, word: &[u8; WORD_BYTES_MAX], length: usize) -> WordId {
        match word.first_chunk() {
            Some(head) if !self.slots.is_empty() => {
                self.number(&word[..length], u64::from_le_bytes(*head))
            }
            _ => UNKNOWN,
        }
    }

    #[inline]
    fn number(&self, word: &[u8], head: u64) -> WordId {
        match self.slots[self.find(word, head)].id {
            0 => UNKNOWN,
            id => id - 1,
        }
    }

    /// The word of this number.
    pub fn word(&self, id: WordId) -> &[u8] {
        let start = self.starts[id as usize] as usize;
        let end = self.starts.get(id as usize + 1);
        let end = end.map_or(self.bytes.len(), |end| *end as usize);
        &self.bytes[start..end]
    }

    /// The number of `word`, which is given one if it has none yet.
    pub fn intern(&mut self, word: &[u8]) -> WordId {
        if self.slots.len() < (self.len() + 1) * 2 {
            self.grow();
        }
        let head = head_of(word);
        let at = self.find(word, head);
        if self.slots[at].id != 0 {
            return self.slots[at].id - 1;
        }
        let id = self.len() as u32;
        self.starts.push(self.bytes.len() as u32);
        self.bytes.extend_from_slice(word);
        self.slots[at] = Slot {
            head,
            id: id + 1,
            length: word.len() as u32,
        };
        id
    }

    /// The slot of `word`, or the empty one where it would go.
    #[inline]
    fn find(&self, word: &[u8], head: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = spread(word, head) as usize & mask;
        loop {
            let slot = self.slots[at];
            let same = slot.head == head
                && slot.length as usize == word.len()
                && (word.len() <= 8 || self.written(slot.id - 1, word.len()) == word);
            if slot.id == 0 || same {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    fn written(&self, id: u32, length: usize) -> &[u8] {
        let start = self.starts[id as usize] as usize;
        &self.bytes[start..start + length]
    }

    fn grow(&mut self) {
        let wider = (self.slots.len() * 2).max(SLOTS_FIRST);
        let before = std::mem::replace(&mut self.slots, vec![Slot::default(); wider]);
        for slot in before.into_iter().filter(|slot| slot.id != 0) {
            let word = self.written(slot.id - 1, slot.length as usize);
            let mut at = spread(word, slot.head) as usize & (wider - 1);
            while self.slots[at].id != 0 {
                at = (at + 1) & (wider - 1);
            }
            self.slots[at] = slot;
        }
    }
}

/// The first eight bytes as a number, shorter words filled up with zeros.
#[inline]
fn head_of(word: &[u8]) -> u64 {
    match word {
        [a, b, c, d, e, f, g, h, ..] => u64::from_le_bytes([*a, *b, *c, *d, *e, *f, *g, *h]),
        short => short
            .iter()
            .rev()
            .fold(0, |head, byte| head << 8 | u64::from(*byte)),
    }
}

/// No attacker gains by collisions, since the table is built from our own cards and a text is only looked up.
#[inline]
fn spread(word: &[u8], head: u64) -> u64 {
    let mut hash = (head ^ (word.len() as u64) << 56).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    if word.len() > 8 {
        for chunk in word[8..].chunks(8) {
            hash = (hash.rotate_left(23) ^ head_of(chunk)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }
    hash >> 32
}

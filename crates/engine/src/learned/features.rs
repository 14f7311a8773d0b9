//! A sentence as features: each word, each pair of neighbours, and the beginning and ending of longer words that are not
//! written as names are, all hashed.
//! `eval/train/hashed.py` does the same, step by step.

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;
const STIR: u64 = 0xff51_afd7_ed55_8ccd;
/// Stands before the first word and behind the last.
pub(super) const EDGE: u64 = 0x9e37_79b9_7f4a_7c15;
/// The sorts of features.
const WORD: u64 = 1;
const PAIR: u64 = 2;
const HEAD: u64 = 3;
const TAIL: u64 = 4;
/// A word has a beginning and an ending of its own from this many bytes on.
const LONG_BYTES_MIN: usize = 5;
const HEAD_BYTES: usize = 4;
const TAIL_BYTES: usize = 3;
/// Longer words are pasted keys and addresses: their first bytes tell as much.
const WORD_BYTES_MAX: usize = 64;

/// What a feature is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// The word itself.
    Word,
    /// The word and the one before it.
    Pair,
    /// A part of the word, or the word at the sentence's edge.
    Part,
}

/// One feature, and the word that it is made of or closes, as bytes of the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature {
    pub hash: u64,
    pub made: Made,
    pub start: usize,
    pub end: usize,
}

/// Calls `each` for every feature of `sentence`; each word comes before what else is made of it.
pub fn of(sentence: &str, mut each: impl FnMut(Feature)) {
    let mut before = EDGE;
    let (mut start, mut end) = (0, 0);
    words(sentence, |letters, from, to| {
        (start, end) = (from, to);
        let own = hash(letters);
        let mut add = |hash, made| {
            each(Feature {
                hash,
                made,
                start,
                end,
            });
        };
        add(stir(own, WORD), Made::Word);
        let made = if before == EDGE {
            Made::Part
        } else {
            Made::Pair
        };
        add(pair(before, own), made);
        if letters.len() >= LONG_BYTES_MIN && !is_titled(&sentence.as_bytes()[from..to]) {
            let head = letters[..HEAD_BYTES].iter().fold(FNV_START, fnv);
            let tail = letters[letters.len() - TAIL_BYTES..].iter();
            add(stir(head, HEAD), Made::Part);
            add(stir(tail.fold(FNV_START, fnv), TAIL), Made::Part);
        }
        before = own;
    });
    if before != EDGE {
        each(Feature {
            hash: pair(before, EDGE),
            made: Made::Part,
            start,
            end,
        });
    }
}

/// Written as names are: a capital and then a small letter. Parts of names are parts of many words.
#[inline]
fn is_titled(word: &[u8]) -> bool {
    word[0].is_ascii_uppercase() && word[1].is_ascii_lowercase()
}

/// What a whole word hashes to.
#[inline]
pub(super) fn hash(letters: &[u8]) -> u64 {
    letters.iter().fold(FNV_START, fnv)
}

/// What two neighbours hash to, from what each of them does.
#[inline]
pub(super) fn pair(before: u64, own: u64) -> u64 {
    stir(before.rotate_left(23) ^ own, PAIR)
}

#[inline]
fn fnv(value: u64, byte: &u8) -> u64 {
    (value ^ u64::from(*byte)).wrapping_mul(FNV_PRIME)
}

#[inline]
fn stir(value: u64, sort: u64) -> u64 {
    let value = (value ^ sort).wrapping_mul(STIR);
    value ^ (value >> 32)
}

/// Calls `each` with the letters of every word and where it lies: ASCII in lower case, a run of digits as one 0, curly
/// apostrophes straight. "?" and "!" are words too; other marks are not.
pub(super) fn words(sentence: &str, mut each: impl FnMut(&[u8], usize, usize)) {
    let bytes = sentence.as_bytes();
    let mut letters = [0u8; WORD_BYTES_MAX];
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let mut length = 0;
        while let Some((letter, bytes_read)) = letter(bytes, at, length > 0) {
            if length < WORD_BYTES_MAX {
                letters[length] = letter;
                length += 1;
            }
            at += bytes_read;
        }
        if at > start {
            each(&letters[..length], start, at);
            continue;
        }
        if matches!(bytes[at], b'?' | b'!') {
            each(&bytes[at..=at], at, at + 1);
        }
        at += if is_mark(bytes, at) { 3 } else { 1 };
    }
}

/// The letter at `at`, as it is hashed, and how many bytes it takes; none where a word ends. `inside`: a word has begun.
#[inline]
fn letter(bytes: &[u8], at: usize, inside: bool) -> Option<(u8, usize)> {
    Some(match *bytes.get(at)? {
        letter @ b'a'..=b'z' => (letter, 1),
        letter @ b'A'..=b'Z' => (letter | 0x20, 1),
        b'0'..=b'9' => {
            let digits = bytes[at..].iter().take_while(|b| b.is_ascii_digit());
            (b'0', digits.count())
        }
        // An apostrophe between letters; another ends the word.
        b'\'' if inside && may_go_on(bytes, at + 1) => (b'\'', 1),
        0xe2 if is_mark(bytes, at) => {
            let apostrophe =
                bytes[at + 1] == 0x80 && matches!(bytes.get(at + 2), Some(0x98 | 0x99));
            if !(apostrophe && inside && may_go_on(bytes, at + 3)) {
                return None;
            }
            (b'\'', 3)
        }
        letter @ 0x80.. => (letter, 1),
        _ => return None,
    })
}

/// Whether a character of the block of dashes, quotation marks and dots stands at `at`.
#[inline]
fn is_mark(bytes: &[u8], at: usize) -> bool {
    bytes[at] == 0xe2 && matches!(bytes.get(at + 1), Some(0x80 | 0x81))
}

/// Whether a word goes on at `at`, behind an apostrophe.
#[inline]
fn may_go_on(bytes: &[u8], at: usize) -> bool {
    bytes
        .get(at)
        .is_some_and(|byte| byte.is_ascii_alphanumeric() || (*byte >= 0x80 && !is_mark(bytes, at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_of(sentence: &str) -> Vec<String> {
        let mut found = Vec::new();
        words(sentence, |letters, start, end| {
            assert!(sentence.is_char_boundary(start) && sentence.is_char_boundary(end));
            found.push(String::from_utf8_lossy(letters).into_owned());
        });
        found
    }

    #[test]
    fn words_are_lower_case_with_digits_as_one_nought() {
        assert_eq!(
            words_of("Don’t SHOUT at 88213, 'please'… Café42b!?"),
            ["don't", "shout", "at", "0", "please", "café0b", "!", "?"]
        );
    }

    #[test]
    fn nothing_is_no_word_and_a_lone_mark_breaks_nothing() {
        for sentence in ["", "’", "''", "—", "“”", "\u{2019}\u{2019}a'", "é'"] {
            words_of(sentence);
            of(sentence, |_| {});
        }
        assert_eq!(words_of("'’“"), Vec::<String>::new());
    }

    #[test]
    fn a_word_comes_before_what_else_is_made_of_it() {
        let sentence = "So broken";
        let mut made = Vec::new();
        of(sentence, |f| made.push((&sentence[f.start..f.end], f.made)));
        assert_eq!(
            made,
            [
                ("So", Made::Word),
                ("So", Made::Part),
                ("broken", Made::Word),
                ("broken", Made::Pair),
                ("broken", Made::Part),
                ("broken", Made::Part),
                ("broken", Made::Part),
            ]
        );
    }
}

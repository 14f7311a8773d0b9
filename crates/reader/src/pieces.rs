//! A text as word pieces: BERT's uncased vocabulary, with digit runs as one "0", straight apostrophes, and accents taken off by
//! a short table. `eval/train/pieces.py` does the same.

use std::collections::{HashMap, HashSet};

pub const CLS: u32 = 101;
pub const SEP: u32 = 102;
const UNKNOWN: u32 = 100;
const WORD_CHARS_MAX: usize = 100;

const ACCENTED: &[(char, &str)] = &[
    ('a', "àáâãäåā"),
    ('c', "çčć"),
    ('e', "èéêëēė"),
    ('g', "ğ"),
    ('i', "ìíîïīı"),
    ('l', "ł"),
    ('n', "ñńň"),
    ('o', "òóôõöōø"),
    ('r', "ř"),
    ('s', "šśşș"),
    ('t', "ţț"),
    ('u', "ùúûüū"),
    ('y', "ýÿ"),
    ('z', "žźż"),
];

/// One piece, and the bytes of the word or mark that it is part of; empty for those that frame a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    pub id: u32,
    pub start: usize,
    pub end: usize,
    /// Which row of [`Body::kinds`](crate::body::Body::kinds) joins it.
    pub kind: usize,
}

impl Piece {
    pub fn frame(id: u32) -> Piece {
        Piece {
            id,
            start: 0,
            end: 0,
            kind: 0,
        }
    }
}

/// The words of a text, for another that stands beside it, each with the digits that its "0"s stand for.
#[derive(Debug, Default)]
pub struct Beside {
    words: HashSet<(String, String)>,
    digits: HashSet<String>,
}

impl Beside {
    pub fn add(&mut self, text: &str) {
        in_words(text, |word, digits, _, _| {
            self.words.insert((word.to_owned(), digits.to_owned()));
            self.digits.insert(digits.to_owned());
            true
        });
    }

    fn has(&self, word: &str, digits: &str) -> bool {
        self.words.contains(&(word.to_owned(), digits.to_owned()))
    }
}

#[derive(Debug)]
pub struct Pieces {
    ids: HashMap<Box<str>, u32>,
}

impl Pieces {
    /// `vocabulary`: one piece a line, in the order of their ids.
    pub fn new(vocabulary: &str) -> Pieces {
        let lines = vocabulary.lines().zip(0u32..);
        Pieces {
            ids: lines.map(|(piece, id)| (piece.into(), id)).collect(),
        }
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// At most `pieces_max` pieces, the frame included.
    pub fn of(&self, text: &str, pieces_max: usize) -> Vec<Piece> {
        let mut found = vec![Piece::frame(CLS)];
        self.add(text, 0, pieces_max, &mut found);
        found.truncate(pieces_max - 1);
        found.push(Piece::frame(SEP));
        found
    }

    /// Adds the pieces of `text` until there are `pieces_max` or more.
    pub fn add(&self, text: &str, kind: usize, pieces_max: usize, found: &mut Vec<Piece>) {
        let begun = found.len();
        in_words(text, |word, _, start, end| {
            self.word(word, start, end, found);
            found.len() < pieces_max
        });
        found[begun..]
            .iter_mut()
            .for_each(|piece| piece.kind = kind);
    }

    /// Adds the pieces of a text that stands beside another: words that stand in the other, too, are of the second kind, and digits that
    /// do not are "1" instead of "0".
    pub fn add_beside(
        &self,
        text: &str,
        other: &Beside,
        (own, both): (usize, usize),
        pieces_max: usize,
        found: &mut Vec<Piece>,
    ) {
        in_words(text, |word, digits, start, end| {
            let begun = found.len();
            match digits.is_empty() || other.digits.contains(digits) {
                true => self.word(word, start, end, found),
                false => self.word(&word.replace('0', "1"), start, end, found),
            }
            let kind = if other.has(word, digits) { both } else { own };
            found[begun..]
                .iter_mut()
                .for_each(|piece| piece.kind = kind);
            found.len() < pieces_max
        });
    }

    /// The longest known beginning, again and again; a word that cannot be made of pieces is one unknown piece.
    fn word(&self, word: &str, start: usize, end: usize, found: &mut Vec<Piece>) {
        if word.is_empty() {
            return;
        }
        let known = found.len();
        let piece_of = |id| Piece {
            id,
            start,
            end,
            kind: 0,
        };
        let mut add = |id| found.push(piece_of(id));
        if let Some(id) = self.ids.get(word) {
            add(*id);
            return;
        }
        let mut from = 0;
        let mut piece = String::new();
        while from < word.len() && word.chars().count() <= WORD_CHARS_MAX {
            let ends = word[from..]
                .char_indices()
                .map(|(at, c)| from + at + c.len_utf8());
            let longest = ends.rev().find_map(|to| {
                piece.clear();
                if from > 0 {
                    piece.push_str("##");
                }
                piece.push_str(&word[from..to]);
                self.ids.get(piece.as_str()).map(|id| (*id, to))
            });
            let Some((id, to)) = longest else { break };
            add(id);
            from = to;
        }
        if from < word.len() {
            found.truncate(known);
            found.push(piece_of(UNKNOWN));
        }
    }
}

/// Hands over each word and mark of `text` with the digits that its "0"s stand for and its bytes, as long as `each` wants more.
fn in_words(text: &str, mut each: impl FnMut(&str, &str, usize, usize) -> bool) {
    let (mut word, mut digits) = (String::new(), String::new());
    let (mut start, mut end) = (0, 0);
    for (at, letter) in text.char_indices() {
        let after = at + letter.len_utf8();
        for lower in letter.to_lowercase() {
            let Some(plain) = plain(lower) else { continue };
            let is_digit = plain.is_ascii_digit();
            if is_digit {
                digits.push(plain);
                if word.ends_with('0') {
                    end = after;
                    continue;
                }
            }
            if plain.is_alphanumeric() {
                if word.is_empty() {
                    start = at;
                }
                word.push(if is_digit { '0' } else { plain });
                end = after;
                continue;
            }
            if !word.is_empty() && !each(&word, &digits, start, end) {
                return;
            }
            word.clear();
            digits.clear();
            if !plain.is_whitespace() && !plain.is_ascii_control() {
                let mut mark = [0; 4];
                if !each(plain.encode_utf8(&mut mark), "", at, after) {
                    return;
                }
            }
        }
    }
    if !word.is_empty() {
        each(&word, &digits, start, end);
    }
}

/// Without its accent; none for a mark that only says where a word may break.
fn plain(letter: char) -> Option<char> {
    Some(match letter {
        '\u{20}'..='\u{7e}' => letter,
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        '\u{ad}' => return None,
        _ => ACCENTED
            .iter()
            .find(|(_, accented)| accented.contains(letter))
            .map_or(letter, |(plain, _)| *plain),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<u32> {
        let mut vocabulary: Vec<String> = (0..103).map(|n| format!("[{n}]")).collect();
        vocabulary.extend(["don", "'", "t", "0", "cafe", "un", "##calm", "!"].map(String::from));
        Pieces::new(&vocabulary.join("\n"))
            .of(text, 12)
            .iter()
            .map(|p| p.id)
            .collect()
    }

    #[test]
    fn words_fall_into_known_pieces() {
        assert_eq!(
            said("Don’t 88213 Café uncalm!"),
            [101, 103, 104, 105, 106, 107, 108, 109, 110, 102]
        );
        assert_eq!(said("xyz"), [101, UNKNOWN, 102]);
        assert_eq!(said(""), [101, 102]);
        assert_eq!(said(&"! ".repeat(50)).len(), 12);
    }

    #[test]
    fn a_piece_lies_where_its_word_does() {
        let pieces = Pieces::new("a\nb");
        let text = "— É1234é: x";
        for piece in pieces.of(text, 20) {
            assert!(text.is_char_boundary(piece.start) && text.is_char_boundary(piece.end));
        }
    }
}

//! Which language a text is in, told cheaply from that text alone: by its letters and by its little words.
//!
//! The desk's own language has the benefit of the doubt: a short text, one full of typing slips or of codes counts as the
//! desk's unless its letters or its little words say otherwise. Where no known language fits, the text is read only by
//! what does not depend on language.

use crate::card::CardFault;
use crate::text::{Kind, Text};
use crate::words::{MASKED, UNKNOWN, WordId, Words};
use serde::{Serialize, Serializer};
use std::collections::HashSet;
use std::fmt;

/// So many words are looked at; a language shows long before.
const WORDS_READ_MAX: usize = 200;
/// Up to so many words count as the desk's language unless all that can be told says otherwise.
const WORDS_FEW: usize = 3;
/// From so many words on, a text of which next to nothing is known is not in that language.
const WORDS_TELLING_MIN: usize = 6;

/// A language by its code, such as `en`: the name of its folder under `cards/`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Language([u8; 5]);

impl Language {
    pub const ENGLISH: Language = Language(*b"en\0\0\0");

    /// From a code of two letters, or two and two ("pt-br").
    pub fn of_code(code: &str) -> Option<Language> {
        let bytes = code.as_bytes();
        let shaped = match bytes {
            [a, b] => a.is_ascii_lowercase() && b.is_ascii_lowercase(),
            [a, b, b'-', c, d] => [a, b, c, d].iter().all(|x| x.is_ascii_lowercase()),
            _ => false,
        };
        let mut own = [0; 5];
        own.get_mut(..bytes.len())?.copy_from_slice(bytes);
        shaped.then_some(Language(own))
    }

    pub fn code(&self) -> &str {
        let end = self.0.iter().position(|b| *b == 0).unwrap_or(self.0.len());
        std::str::from_utf8(&self.0[..end]).unwrap_or("")
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// The letters that a language is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Letters {
    name: &'static str,
    ranges: &'static [(u32, u32)],
}

const LATIN: Letters = Letters {
    name: "latin",
    ranges: &[(0x41, 0x24f), (0x1e00, 0x1eff), (0xff21, 0xff5a)],
};

const LETTERS: &[Letters] = &[
    LATIN,
    Letters {
        name: "greek",
        ranges: &[(0x370, 0x3ff), (0x1f00, 0x1fff)],
    },
    Letters {
        name: "cyrillic",
        ranges: &[(0x400, 0x52f)],
    },
    Letters {
        name: "armenian",
        ranges: &[(0x530, 0x58f)],
    },
    Letters {
        name: "hebrew",
        ranges: &[(0x590, 0x5ff)],
    },
    Letters {
        name: "arabic",
        ranges: &[
            (0x600, 0x6ff),
            (0x750, 0x77f),
            (0xfb50, 0xfdff),
            (0xfe70, 0xfeff),
        ],
    },
    Letters {
        name: "devanagari",
        ranges: &[(0x900, 0x97f)],
    },
    Letters {
        name: "bengali",
        ranges: &[(0x980, 0x9ff)],
    },
    Letters {
        name: "tamil",
        ranges: &[(0xb80, 0xbff)],
    },
    Letters {
        name: "thai",
        ranges: &[(0xe00, 0xe7f)],
    },
    Letters {
        name: "georgian",
        ranges: &[(0x10a0, 0x10ff)],
    },
    Letters {
        name: "hangul",
        ranges: &[(0x1100, 0x11ff), (0xac00, 0xd7af)],
    },
    Letters {
        name: "japanese",
        ranges: &[(0x3040, 0x30ff), (0x4e00, 0x9fff)],
    },
    Letters {
        name: "han",
        ranges: &[(0x3400, 0x9fff)],
    },
];

impl Letters {
    fn has(&self, c: char) -> bool {
        let c = u32::from(c);
        self.ranges
            .iter()
            .any(|(from, to)| (*from..=*to).contains(&c))
    }
}

/// What tells a language from others.
#[derive(Debug)]
pub struct Telltale {
    pub language: Language,
    /// What the language calls itself in the desk's words: "English".
    pub name: String,
    letters: Letters,
    /// Its little words, as a bitmap over its own vocabulary.
    own: Vec<u64>,
    /// The same words by their hash, for texts that were read with another vocabulary.
    tells: HashSet<u64>,
    /// Its own words are written without accents, so that an accent is strange.
    unaccented: bool,
    /// Little words of other languages that it does not share, by their hash.
    others: HashSet<u64>,
}

/// What is counted in a text.
#[derive(Debug, Default)]
struct Count {
    words: usize,
    numbers: usize,
    /// Little words of the language.
    tells: usize,
    /// Words that any of its cards and lists mention.
    known: usize,
    /// Little words of other languages.
    others: usize,
    /// Unknown words with a letter that the language's plain alphabet lacks.
    marked: usize,
    /// Letters of its writing, and of any other.
    letters: usize,
    strange: usize,
}

impl Telltale {
    /// Nothing is known of the language but its code: every text is taken for it.
    pub fn unknown(language: Language) -> Telltale {
        Telltale {
            language,
            name: language.code().to_string(),
            letters: LATIN,
            own: Vec::new(),
            tells: HashSet::new(),
            unaccented: true,
            others: HashSet::new(),
        }
    }

    /// Reads `grammar/language.txt`: `name = …` and `letters = …`.
    pub fn describe(&mut self, file: &str, source: &str, faults: &mut Vec<CardFault>) {
        for (line, text) in lines(source) {
            let mut fault = |says: String| {
                faults.push(CardFault {
                    file: file.to_string(),
                    line,
                    says,
                })
            };
            match text
                .split_once('=')
                .map(|(key, value)| (key.trim(), value.trim()))
            {
                Some(("name", name)) if !name.is_empty() => self.name = name.to_string(),
                Some(("letters", name)) => match LETTERS.iter().find(|l| l.name == name) {
                    Some(letters) => self.letters = *letters,
                    None => fault(format!(
                        "there are no letters `{name}`; there are: {}",
                        LETTERS
                            .iter()
                            .map(|l| l.name)
                            .collect::<Vec<_>>()
                            .join(", ")
                    )),
                },
                _ => fault(format!("`{text}` is neither `name = …` nor `letters = …`")),
            }
        }
    }

    /// Reads `grammar/tells.txt`: the little words of the language.
    pub fn tell(&mut self, source: &str, words: &mut Words) {
        for word in little_words(source) {
            let id = words.intern(word) as usize;
            if self.own.len() <= id / 64 {
                self.own.resize(id / 64 + 1, 0);
            }
            self.own[id / 64] |= 1 << (id % 64);
            self.unaccented &= word.is_ascii();
            self.tells.insert(hash(word));
        }
    }

    /// Reads `grammar/others.txt`: little words of other languages.
    pub fn beside(&mut self, source: &str) {
        self.others.extend(little_words(source).map(hash));
    }

    /// Takes what tells `other` for what tells against this one.
    pub fn apart_from(&mut self, other: &Telltale) {
        self.others.extend(other.tells.iter().copied());
    }

    /// Once all is read: what both say tells nothing.
    pub fn settle(&mut self) {
        let tells = &self.tells;
        self.others.retain(|word| !tells.contains(word));
    }

    fn has(&self, word: WordId) -> bool {
        self.own
            .get(word as usize / 64)
            .is_some_and(|bits| bits & (1 << (word % 64)) != 0)
    }

    /// Whether the text, read with this language's vocabulary, may be in it; in doubt it is.
    pub fn fits(&self, text: &Text<'_>) -> bool {
        if self.tells.is_empty() {
            return true;
        }
        let count = self.count(text);
        // A script that is written without spaces says more with a letter.
        if count.strange * 2 > count.letters {
            return false;
        }
        let foreign = count.others * 2 + count.marked;
        // An address, a form filled in: many numbers and names, few words.
        let listing = count.numbers * 3 >= count.words;
        if count.words <= WORDS_FEW {
            return !(foreign >= 2 && count.known == 0 && count.numbers == 0);
        }
        let clearly = foreign >= 4 && foreign > count.tells * 2;
        let hardly = !listing && foreign >= 2 && count.tells == 0 && count.known * 2 < count.words;
        let nothing = !listing
            && count.words >= WORDS_TELLING_MIN
            && count.tells == 0
            && count.known * 5 <= count.words;
        !(clearly || hardly || nothing)
    }

    /// How many little words of this language stand in a text that was read with another one's vocabulary.
    pub fn told_in(&self, text: &Text<'_>) -> usize {
        own_words(text)
            .filter(|at| self.tells.contains(&hash(text.written(*at))))
            .count()
    }

    fn count(&self, text: &Text<'_>) -> Count {
        let mut count = Count {
            numbers: text
                .tokens
                .iter()
                .take(WORDS_READ_MAX)
                .filter(|t| matches!(t.kind, Kind::Number | Kind::Code))
                .count(),
            ..Count::default()
        };
        for at in own_words(text) {
            let word = text.tokens[at].word;
            count.words += 1;
            if word != UNKNOWN {
                count.known += 1;
                count.tells += usize::from(self.has(word));
                count.letters += (text.tokens[at].end - text.tokens[at].start) as usize;
                continue;
            }
            let written = text.written(at);
            // "LAS", "DEN": short forms are the same everywhere.
            if text.tokens[at].caps && !text.all_caps {
                count.letters += written.len();
                continue;
            }
            let mut beyond = false;
            for c in written.chars() {
                if self.letters.has(c) {
                    count.letters += 1;
                    beyond |= !c.is_ascii();
                } else if c.is_alphabetic() {
                    count.strange += 1;
                }
            }
            if self.others.contains(&hash(written)) {
                count.others += 1;
            } else if beyond && self.unaccented {
                count.marked += 1;
            }
        }
        count
    }
}

/// The writer's own words, as far as a language needs to be told.
fn own_words<'t>(text: &'t Text<'_>) -> impl Iterator<Item = usize> + 't {
    text.tokens
        .iter()
        .enumerate()
        .filter(|(_, t)| t.kind == Kind::Word && t.word != MASKED && !t.contracted)
        .map(|(at, _)| at)
        .take(WORDS_READ_MAX)
}

/// Lines that say something, with their numbers from 1.
fn lines(source: &str) -> impl Iterator<Item = (usize, &str)> {
    source
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

fn little_words(source: &str) -> impl Iterator<Item = &str> {
    lines(source).flat_map(|(_, line)| line.split_whitespace())
}

/// A word by its letters in lower case, with plain apostrophes.
fn hash(word: &str) -> u64 {
    let letters = word.chars().flat_map(char::to_lowercase);
    letters.fold(0xcbf2_9ce4_8422_2325, |hash, c| {
        let c = if c == '’' { '\'' } else { c };
        (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3)
    })
}

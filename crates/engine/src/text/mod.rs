//! A text as tokens and sentences, with what must not be read as the writer's own words masked. Offsets always hold.

mod lex;
mod mask;
mod person;
mod present;
mod sentence;

use crate::words::{MASKED, WordId, Words};
use std::ops::Range;

pub use lex::{intern_word, intern_words};
pub use mask::NameWords;
pub use present::{Present, Sketch, sketch};

/// Texts are read up to this many bytes; what lies behind is left unread. A pasted book must not stall a keystroke,
/// and nothing that a person writes to a desk is longer.
pub const TEXT_BYTES_MAX: usize = 256 * 1024;

/// Capitals are a habit in more letters than these, five words or so.
const CAPITALS_LETTERS_MIN: usize = 40;

/// What sort of token it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Word,
    /// Digits, with inner dots, commas, colons or slashes: `42.10`, `10:20`, `3/5`, `5th`.
    Number,
    /// Letters and digits mixed, as in `R-7719` or `ABCD-QXTZ`.
    Code,
    Email,
    Url,
    Punct,
    Emoji,
    /// A line break.
    Newline,
}

/// One token. Spans are bytes of the text that was given.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    pub start: u32,
    pub end: u32,
    /// The word's number; clitics are set apart and written out ("don't" is "do" and "not").
    pub word: WordId,
    pub kind: Kind,
    /// Written all in capitals, two letters or more.
    pub caps: bool,
    /// Begins with a capital letter.
    pub capital: bool,
    /// Quoted, code, a signature and the like: not the writer's own running words.
    pub masked: bool,
    /// A mark that patterns step over: a hyphen inside a word, an asterisk for emphasis.
    pub skip: bool,
    /// A part of a contraction: read otherwise than it is written ("n't" is "not").
    pub contracted: bool,
    /// Patterns step over it: a mark to skip, or a line break inside a sentence.
    pub step: bool,
    /// Nothing but marks and the greeting stands before it in its sentence.
    pub opens: bool,
    /// Which sentence it belongs to.
    pub sentence: u32,
}

/// A run of tokens up to a full stop, a question mark, an exclamation mark or a paragraph's end.
#[derive(Debug, Clone, Copy)]
pub struct Sentence {
    /// First token.
    pub from: usize,
    /// One past the last token, its end mark included.
    pub to: usize,
    /// Ends in a question mark.
    pub question: bool,
    /// Nothing in it is the writer's own words.
    pub masked: bool,
}

/// A text, taken apart.
#[derive(Debug)]
pub struct Text<'a> {
    pub source: &'a str,
    pub tokens: Vec<Token>,
    pub sentences: Vec<Sentence>,
    /// Tokens of the greeting line ("Hi Jo,"), if there is one.
    pub salutation: Option<(usize, usize)>,
    /// Tokens of the closing ("Kind regards, Ana"), if there is one.
    pub signature: Option<(usize, usize)>,
    /// Share of letters that are capitals is above four fifths: a habit, not shouting.
    pub all_caps: bool,
    /// Its words, each once.
    pub present: Present,
}

impl<'a> Text<'a> {
    /// Takes `source` apart. Never fails; what lies behind `TEXT_BYTES_MAX` is not read.
    pub fn new(source: &'a str, words: &Words, names: &NameWords) -> Text<'a> {
        let mut cut = source.len().min(TEXT_BYTES_MAX);
        while !source.is_char_boundary(cut) {
            cut -= 1;
        }
        let mut text = Text {
            source,
            tokens: lex::tokens(&source[..cut], words),
            sentences: Vec::new(),
            salutation: None,
            signature: None,
            all_caps: false,
            present: Present::default(),
        };
        let own_names = mask::mask(&mut text, words, names);
        text.all_caps = mostly_capitals(text.but(&own_names, cut));
        sentence::split(&mut text, words);
        text.mark_steps();
        text.mark_openings();
        text.present = Present::new(&text.tokens);
        text
    }

    /// What is written up to byte `end`, without these tokens.
    fn but(&self, apart: &[Range<usize>], end: usize) -> impl Iterator<Item = &'a str> {
        let ends = apart
            .iter()
            .map(|tokens| self.tokens[tokens.start].start as usize);
        let begins = apart
            .iter()
            .map(|tokens| self.tokens[tokens.end - 1].end as usize);
        let stretches = std::iter::once(0).chain(begins).zip(ends.chain([end]));
        stretches.map(|(from, to)| self.source.get(from..to).unwrap_or_default())
    }

    fn mark_steps(&mut self) {
        let tokens = &mut self.tokens;
        for at in 0..tokens.len() {
            let wrapped = tokens[at].kind == Kind::Newline
                && at > 0
                && tokens
                    .get(at + 1)
                    .is_some_and(|next| next.sentence == tokens[at - 1].sentence);
            tokens[at].step = tokens[at].skip || wrapped;
        }
    }

    fn mark_openings(&mut self) {
        let greeting = self.salutation;
        let (mut opens, mut sentence) = (true, 0);
        for (at, token) in self.tokens.iter_mut().enumerate() {
            token.opens = opens || token.sentence != sentence;
            sentence = token.sentence;
            opens = token.opens && is_quiet(at, token, greeting);
        }
    }

    /// Whether nothing but marks and the greeting stands in its last sentence.
    pub fn ends_unsaid(&self) -> bool {
        let last = self.tokens.iter().enumerate().next_back();
        last.is_some_and(|(at, token)| token.opens && is_quiet(at, token, self.salutation))
    }

    /// The words of one token, as written.
    #[inline]
    pub fn written(&self, token: usize) -> &'a str {
        let t = &self.tokens[token];
        &self.source[t.start as usize..t.end as usize]
    }

    /// The words from token `from` up to, not including, token `to`, as written.
    pub fn written_span(&self, from: usize, to: usize) -> &'a str {
        &self.source[self.bytes(from, to)]
    }

    /// The span of tokens `from..to` with its words.
    pub fn span(&self, from: usize, to: usize) -> crate::Span {
        let bytes = self.bytes(from, to);
        crate::Span {
            start: bytes.start,
            end: bytes.end,
            text: self.source[bytes].to_string(),
        }
    }

    /// Where tokens `from..to` lie in the source.
    pub fn bytes(&self, from: usize, to: usize) -> std::ops::Range<usize> {
        if from >= to || to > self.tokens.len() {
            return 0..0;
        }
        self.tokens[from].start as usize..self.tokens[to - 1].end as usize
    }

    /// The sentence that token `token` belongs to.
    pub fn sentence_of(&self, token: usize) -> Sentence {
        self.sentences[self.tokens[token].sentence as usize]
    }

    /// The token at or after byte `offset`.
    pub fn token_at(&self, offset: usize) -> usize {
        self.tokens.partition_point(|t| (t.end as usize) <= offset)
    }

    /// How many of the writer's own words there are.
    pub fn word_count(&self) -> usize {
        self.tokens
            .iter()
            .filter(|t| matches!(t.kind, Kind::Word | Kind::Number | Kind::Code) && !t.masked)
            .count()
    }

    /// Covers tokens `from..to`: they match nothing but a gap.
    pub(crate) fn cover(&mut self, from: usize, to: usize) {
        for token in &mut self.tokens[from..to] {
            token.masked = true;
            token.word = MASKED;
        }
    }
}

/// Whether a token says nothing yet: a mark, or a part of the greeting.
fn is_quiet(at: usize, token: &Token, greeting: Option<(usize, usize)>) -> bool {
    matches!(token.kind, Kind::Punct | Kind::Newline | Kind::Emoji)
        || token.skip
        || greeting.is_some_and(|(from, to)| (from..to).contains(&at))
}

fn mostly_capitals<'a>(written: impl Iterator<Item = &'a str>) -> bool {
    let (mut upper, mut letters) = (0, 0);
    for part in written {
        if part.is_ascii() {
            // So few at a time that a byte can count them, and many can be counted at once.
            for bytes in part.as_bytes().chunks(usize::from(u8::MAX)) {
                let count = |is: fn(&u8) -> bool| bytes.iter().map(|b| u8::from(is(b))).sum::<u8>();
                letters += usize::from(count(u8::is_ascii_alphabetic));
                upper += usize::from(count(u8::is_ascii_uppercase));
            }
        } else {
            for c in part.chars().filter(|c| c.is_alphabetic()) {
                letters += 1;
                upper += usize::from(c.is_uppercase());
            }
        }
    }
    // Below that, one shouted word would pass for a habit.
    letters > CAPITALS_LETTERS_MIN && upper * 5 > letters * 4
}

//! A text as words, numbers and marks, each with what its place says about a capital letter.

use crate::lists;

/// So many words, all in capitals, are a raised voice: capitals say nothing then.
const LOUD_WORDS_MIN: usize = 3;
/// So many words of three letters or more that nearly all begin with a capital are a habit or a title.
const TITLE_WORDS_MIN: usize = 5;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Word,
    Number,
    Mark,
    Line,
}

#[derive(Debug, Clone)]
pub struct Token {
    pub start: usize,
    /// One past the last byte; a possessive "'s" is left out.
    pub end: usize,
    pub sort: Sort,
    /// In small letters, with a straight apostrophe.
    pub lower: String,
    /// Begins with a capital.
    pub capital: bool,
    /// More than one letter, and all of them capitals.
    pub caps: bool,
    /// Begins a sentence, a line of its own or a quotation, so that its capital says nothing.
    pub opens: bool,
    /// Every word around it has a capital.
    pub loud: bool,
}

impl Token {
    pub fn is(&self, word: &str) -> bool {
        self.lower == word
    }

    pub fn word(&self) -> bool {
        self.sort == Sort::Word
    }
}

/// Takes a text apart.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut all: Vec<Token> = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((start, first)) = letters.next() {
        if first.is_whitespace() && first != '\n' {
            continue;
        }
        let mut end = start + first.len_utf8();
        let sort = match first {
            '\n' => Sort::Line,
            c if c.is_alphabetic() => Sort::Word,
            c if c.is_ascii_digit() => Sort::Number,
            _ => Sort::Mark,
        };
        if matches!(sort, Sort::Word | Sort::Number) {
            while let Some((at, c)) = letters.peek().copied() {
                let inside = c.is_alphanumeric()
                    || is_combining(c)
                    || (matches!(c, '\'' | '’' | '-' | '‐')
                        && text[at + c.len_utf8()..]
                            .chars()
                            .next()
                            .is_some_and(char::is_alphanumeric));
                if !inside {
                    break;
                }
                letters.next();
                end = at + c.len_utf8();
            }
        }
        let mut written = &text[start..end];
        if sort == Sort::Word {
            for mark in ["'s", "’s", "'S", "’S"] {
                if let Some(bare) = written.strip_suffix(mark) {
                    written = bare;
                    break;
                }
            }
        }
        let count = written.chars().filter(|c| c.is_alphabetic()).count();
        all.push(Token {
            start,
            end: start + written.len(),
            sort,
            lower: written.to_lowercase().replace('’', "'"),
            capital: first.is_uppercase(),
            caps: count > 1 && written.chars().all(|c| !c.is_lowercase()),
            opens: false,
            loud: false,
        });
    }
    open(text, &mut all);
    raise(&mut all);
    all
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Marks the words whose capital comes from their place.
fn open(text: &str, all: &mut [Token]) {
    let mut opens = true;
    for at in 0..all.len() {
        match all[at].sort {
            Sort::Line => {
                let line = text[..all[at].start].rsplit('\n').next().unwrap_or("");
                // A long line was wrapped, and goes on; a short one ended.
                opens |= line.trim().chars().count() < 48
                    || line.trim_end().ends_with(['.', '!', '?', ':']);
            }
            Sort::Mark => {
                let mark = &text[all[at].start..all[at].end];
                let title = at > 0 && mark == "." && lists::is_short_title(&all[at - 1].lower);
                let initial = at > 0
                    && mark == "."
                    && all[at - 1].capital
                    && all[at - 1].end - all[at - 1].start == 1
                    && !all[at - 1].is("i");
                match mark {
                    "." if title || initial => {}
                    "." | "!" | "?" | "…" | ":" | "“" | "\"" | "‘" | "„" | "«" | ">" | "*"
                    | "•" | "–" | "—" | "-" | "(" | "|" => opens = true,
                    _ => {}
                }
            }
            Sort::Word | Sort::Number => {
                all[at].opens = opens;
                opens = false;
            }
        }
    }
}

/// Marks the sentences in which every word has a capital.
fn raise(all: &mut [Token]) {
    let mut from = 0;
    for at in 0..=all.len() {
        let ends = at == all.len() || all[at].word() && all[at].opens && at > from;
        if !ends {
            continue;
        }
        let words = all[from..at]
            .iter()
            .filter(|token| token.word() && token.lower.chars().count() > 2);
        let (mut count, mut high) = (0, 0);
        for word in words {
            count += 1;
            high += usize::from(word.capital);
        }
        let shouted = all[from..at].iter().filter(|token| token.word());
        let shouts = shouted.clone().count() >= LOUD_WORDS_MIN
            && shouted
                .clone()
                .all(|token| token.caps || token.end - token.start == 1);
        if shouts || count >= TITLE_WORDS_MIN && high * 10 >= count * 8 {
            for token in &mut all[from..at] {
                token.loud = true;
            }
        }
        from = at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_is_told_from_the_start_of_a_sentence() {
        let of = |text: &str| -> Vec<(String, bool)> {
            tokens(text)
                .into_iter()
                .filter(|t| t.word() && t.capital)
                .map(|t| (t.lower, t.opens))
                .collect()
        };
        assert_eq!(
            of("Then Dr. Haddad came. He's Tom's friend,\nAnna"),
            [
                ("then".into(), true),
                ("dr".into(), false),
                ("haddad".into(), false),
                ("he".into(), true),
                ("tom".into(), false),
                ("anna".into(), true)
            ]
        );
    }

    #[test]
    fn a_raised_voice_says_nothing_by_its_capitals() {
        assert!(tokens("WHERE IS MY PARCEL").iter().all(|t| t.loud));
        assert!(!tokens("Where is my Parcel, Tom").iter().any(|t| t.loud));
    }
}

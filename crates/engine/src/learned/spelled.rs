//! A stretch of text as its words are read: "it wis telt" as "it was told", so that a reader from outside hears the same of whoever
//! writes it.

use crate::text::{Kind, Text};
use crate::words::{UNKNOWN, WordId, Words};
use std::borrow::Cow;

/// The stretch, and where each word stands in the text that was written.
pub struct Spelled<'a> {
    pub text: Cow<'a, str>,
    /// Where the stretch begins in the text.
    start: usize,
    anew: Vec<Anew>,
}

/// A word that is spelled anew: where it stands here, and where in the text.
struct Anew {
    from: usize,
    to: usize,
    start: usize,
    end: usize,
}

impl<'a> Spelled<'a> {
    /// As it is written, where no `words` say how it is read.
    pub fn new(
        text: &Text<'a>,
        words: Option<&Words>,
        (start, end): (usize, usize),
    ) -> Spelled<'a> {
        let mut spelled = Spelled {
            text: Cow::Borrowed(&text.source[start..end]),
            start,
            anew: Vec::new(),
        };
        let Some(words) = words else {
            return spelled;
        };
        let mut made = String::new();
        let mut done = start;
        let first = text
            .tokens
            .partition_point(|token| (token.start as usize) < start);
        let last = text
            .tokens
            .partition_point(|token| (token.start as usize) < end);
        for at in first..last {
            let token = &text.tokens[at];
            let Some(read) = otherwise(text, words, at) else {
                continue;
            };
            made.push_str(&text.source[done..token.start as usize]);
            // "Dinnae" is two words, and so are "do not".
            if made.ends_with(char::is_alphabetic) {
                made.push(' ');
            }
            let from = made.len();
            made.push_str(read);
            done = token.end as usize;
            spelled.anew.push(Anew {
                from,
                to: made.len(),
                start: token.start as usize,
                end: done,
            });
        }
        if !spelled.anew.is_empty() {
            made.push_str(&text.source[done..end]);
            spelled.text = Cow::Owned(made);
        }
        spelled
    }

    /// Where what begins at byte `at` of the stretch begins in the text.
    pub fn written_from(&self, at: usize) -> usize {
        let before = self.anew.partition_point(|word| word.from <= at);
        match self.anew[..before].last() {
            Some(word) if at < word.to => word.start,
            Some(word) => word.end + (at - word.to),
            None => self.start + at,
        }
    }

    /// Where what ends at byte `at` of the stretch ends in the text.
    pub fn written(&self, at: usize) -> usize {
        let before = self.anew.partition_point(|word| word.from < at);
        match self.anew[..before].last() {
            Some(word) if at <= word.to => word.end,
            Some(word) => word.end + (at - word.to),
            None => self.start + at,
        }
    }
}

/// How the word of token `at` is read, where it is written otherwise. What is short for more than one word is left as it is, and so is
/// a capital inside a sentence: "Mr Ye" is nobody's "you".
fn otherwise<'w>(text: &Text<'_>, words: &'w Words, at: usize) -> Option<&'w str> {
    let token = &text.tokens[at];
    let apostrophe = |at: usize| text.written(at).contains(['\'', '’']);
    let next_is_part = text
        .tokens
        .get(at + 1)
        .is_some_and(|next| next.start == token.end);
    if token.kind != Kind::Word
        || token.word == UNKNOWN
        || token.capital && !token.opens
        || apostrophe(at)
        || next_is_part && apostrophe(at + 1)
    {
        return None;
    }
    let read = word(words, token.word)?;
    (!read.eq_ignore_ascii_case(text.written(at))).then_some(read)
}

fn word(words: &Words, id: WordId) -> Option<&str> {
    std::str::from_utf8(words.word(id)).ok()
}

#[cfg(test)]
mod tests {
    use crate::Engine;
    use crate::learned::Reader;
    use crate::{From, Lean};
    use std::cell::RefCell;

    /// Hears every sentence, and shows its last word.
    #[derive(Default)]
    struct Echo(RefCell<Vec<String>>);

    impl Reader for Echo {
        fn lean(&self, sentence: &str, _: From, leans: &mut Vec<Lean>) {
            self.0.borrow_mut().push(sentence.to_owned());
            let start = sentence.rfind(' ').map_or(0, |at| at + 1);
            leans.push(Lean {
                act: "C01".into(),
                beyond: 1.0,
                start,
                end: sentence.len(),
            });
        }
    }

    fn heard(text: &str) -> (Vec<String>, Vec<String>) {
        let echo = Echo::default();
        let leans = Engine::embedded().leans(&echo, text, From::Customer);
        let shown = leans
            .iter()
            .map(|lean| text[lean.start..lean.end].to_owned());
        (shown.collect(), echo.0.into_inner())
    }

    #[test]
    fn a_reader_hears_each_word_as_it_is_read_and_shows_it_as_it_is_written() {
        let (shown, said) = heard("I wis telt it wid be here. They dinnae ken");
        assert_eq!(said, ["I was told it would be here.", "They do not ken"]);
        assert_eq!(shown, ["here.", "ken"]);
        let (shown, said) = heard("That is whit ye telt");
        assert_eq!(said, ["That is what you told"]);
        assert_eq!(shown, ["telt"]);
    }

    #[test]
    fn what_is_written_as_it_is_read_stays() {
        for text in [
            "I won't wait, and I can't.",
            "We've paid in full",
            "It was Mr Ye who paid",
        ] {
            assert_eq!(heard(text).1, [text]);
        }
    }
}

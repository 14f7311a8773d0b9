//! Whether a reply takes up what was asked: by an answer, or by an honest time at which there will be one.

use super::{Around, Heard, apart};
use crate::deed::Deed;
use crate::story::Ask;
use unruffled_engine::{AskKind, DraftInput, Engine, MessageInput, Reading, Review, Span};

/// Two words said in common are no accident.
const TOLD_WORDS_MIN: usize = 2;
/// Words that could be an answer to more than a yes or a no.
const ANSWER_WORDS_MIN: usize = 3;
/// Shorter sentences are said by two people without copying.
const COPIED_WORDS_MIN: usize = 4;
/// Says plainly what cannot be done or is not known.
const LIMIT: &str = "G19";

impl Around<'_> {
    /// What becomes of every open ask.
    pub(super) fn asks(
        &self,
        input: &DraftInput<'_>,
        review: &Review,
        unkind: &[(usize, usize)],
        heard: &mut Heard,
    ) {
        let harsh = heard.is_harsh();
        for (at, ask) in self.open.iter().enumerate() {
            if let Some(span) = self.takes_up(input, ask, unkind, harsh) {
                heard.taken_up.push(at);
                heard.add(Deed::Answered, span.as_ref(), None);
            }
        }
        // "I don't know yet, and I'll write to you by four" leaves nobody waiting without an end.
        let says_the_limit = review
            .virtues
            .iter()
            .any(|v| v.code == LIMIT && apart(unkind, &v.span));
        if says_the_limit && heard.does(Deed::PromisedTime) && !harsh {
            for at in 0..self.open.len() {
                if !heard.taken_up.contains(&at) {
                    heard.taken_up.push(at);
                    heard.held_over.push(at);
                    heard.add(Deed::Answered, None, None);
                }
            }
        }
        if heard.taken_up.len() < self.open.len() {
            heard.add(Deed::LeftOpen, None, None);
        }
    }

    /// Whether the reply takes up an ask, and by which words: it tells what answers it, or the engine finds an answer, a
    /// question about the very thing or a time by which it will be known, outside of what makes it worse.
    fn takes_up(
        &self,
        input: &DraftInput<'_>,
        ask: &Ask,
        unkind: &[(usize, usize)],
        harsh: bool,
    ) -> Option<Option<Span>> {
        let told = ask
            .answers
            .iter()
            .map(|answer| telling(self.engine, input.draft, answer, &ask.words))
            .max()
            .unwrap_or(Telling::Silent);
        // One word of the answer is enough where nothing in the reply puts them off.
        if told == Telling::Told || (unkind.is_empty() && told == Telling::Touched) {
            return Some(None);
        }
        if harsh {
            return None;
        }
        let alone = self.engine.review(&DraftInput {
            message: Some(&ask.words),
            earlier: &[],
            ..*input
        });
        let all_answered = !alone.asks.is_empty() && alone.asks.iter().all(|ask| ask.answered);
        let by = alone.asks.iter().find_map(|ask| ask.by.clone())?;
        let brushed = unkind.iter().any(|(from, to)| {
            let (from, to) = sentence(input.draft, *from, *to);
            by.start < to && from < by.end
        });
        // "Ok" answers what can be answered by it.
        let bare = by.text.split_whitespace().count() < ANSWER_WORDS_MIN
            && !takes_a_yes(self.engine, &ask.words);
        (all_answered && !brushed && !bare).then_some(Some(by))
    }
}

/// Whether a yes or a no answers it.
fn takes_a_yes(engine: &Engine, ask: &str) -> bool {
    let read = engine.read(&MessageInput {
        text: ask,
        ..Default::default()
    });
    read.asks
        .iter()
        .all(|ask| matches!(ask.kind, AskKind::YesNo | AskKind::Request))
}

/// Sentences that only give the letter's own words back, as they stand there: nobody is answered or heard by a copy.
pub(super) fn parroted(draft: &str, wrote: &str) -> Vec<(usize, usize)> {
    let plain = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ").to_lowercase()
    };
    let theirs = plain(wrote);
    let mut copies = Vec::new();
    let mut from = 0;
    for piece in draft.split_inclusive(['.', '!', '?', '\n']) {
        let words = plain(piece);
        if words.split(' ').count() >= COPIED_WORDS_MIN && theirs.contains(&words) {
            copies.push((from, from + piece.len()));
        }
        from += piece.len();
    }
    copies
}

/// How much of a statement a text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Telling {
    Silent,
    /// Half of what is new in it, in a single word.
    Touched,
    /// Half of what is new in it, and two words at least where it has two.
    Told,
}

/// How much a text says of what a statement adds to what is known: whoever answers "Where are my messages?" need not say
/// "messages" again. Words and forms of words, as the engine knows them.
fn telling(engine: &Engine, text: &str, statement: &str, known: &str) -> Telling {
    let nothing_read = Reading::default();
    let said_back = |message: &str| -> Vec<Span> {
        let review = engine.review(&DraftInput {
            draft: statement,
            message: Some(message),
            reading: Some(&nothing_read),
            ..Default::default()
        });
        review.echo.map_or_else(Vec::new, |echo| echo.words)
    };
    let old = match known {
        "" => Vec::new(),
        known => said_back(known),
    };
    let is_new = |span: &&Span| !old.contains(span);
    let told = said_back(text).iter().filter(is_new).count();
    let new = said_back(statement).iter().filter(is_new).count();
    match told {
        0 => Telling::Silent,
        told if told * 2 < new => Telling::Silent,
        told if told >= TOLD_WORDS_MIN.min(new) => Telling::Told,
        _ => Telling::Touched,
    }
}

/// Whether a text says what a statement says, with nothing known before.
pub(crate) fn tells(engine: &Engine, text: &str, statement: &str) -> bool {
    telling(engine, text, statement, "") == Telling::Told
}

/// Which of these lines answers something that the reply asks.
pub(crate) fn fitting<'l>(engine: &Engine, draft: &str, lines: &'l [String]) -> Option<&'l String> {
    lines.iter().find(|line| {
        let review = engine.review(&DraftInput {
            draft: line,
            message: Some(draft),
            ..Default::default()
        });
        review.asks.iter().any(|ask| ask.answered)
    })
}

/// The sentence around some bytes of a text.
fn sentence(text: &str, from: usize, to: usize) -> (usize, usize) {
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '\n');
    let from = text[..from].rfind(ends).map_or(0, |at| at + 1);
    let to = text[to..].find(ends).map_or(text.len(), |at| to + at + 1);
    (from, to)
}

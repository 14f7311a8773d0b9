//! Tokens to sentences: end marks, paragraphs, list lines; abbreviations and decimals do not end one.

use super::{Kind, Sentence, Text};
use crate::grammar::Part;
use crate::words::Words;

/// A line shorter than this that ends without a mark was ended by the writer, not by a mail program's wrapping.
const WRAPPED_LINE_BYTES_MIN: usize = 56;

pub(super) fn split(text: &mut Text<'_>, words: &Words) {
    let mut sentences = Vec::with_capacity(text.tokens.len() / 8 + 1);
    let count = text.tokens.len();
    let mut from = 0;
    let mut line_start = 0usize;
    let mut at = 0;
    while at < count {
        let kind = text.tokens[at].kind;
        let mut end = None;
        if kind == Kind::Newline {
            let line_bytes = text.tokens[at].start as usize - line_start;
            line_start = text.tokens[at].end as usize;
            let next = text.tokens.get(at + 1);
            let blank = next.is_none_or(|t| t.kind == Kind::Newline);
            if blank || line_bytes < WRAPPED_LINE_BYTES_MIN || begins_item(text, at + 1) {
                end = Some(at + 1);
            }
        } else if kind == Kind::Punct && ends_sentence(text, words, at) {
            let mut to = at + 1;
            while to < count
                && text.tokens[to].start == text.tokens[to - 1].end
                && matches!(
                    text.written(to),
                    "." | "!" | "?" | "…" | "\"" | "”" | "’" | ")" | "'" | "؟"
                )
            {
                to += 1;
            }
            at = to - 1;
            end = Some(to);
        } else if kind == Kind::Emoji && text.tokens.get(at + 1).is_some_and(|t| t.capital) {
            end = Some(at + 1);
        }
        if let Some(to) = end {
            push(text, &mut sentences, from, to);
            from = to;
        }
        at += 1;
    }
    push(text, &mut sentences, from, count);
    if sentences.is_empty() {
        sentences.push(Sentence {
            from: 0,
            to: count,
            question: false,
            masked: true,
        });
    }
    for (index, sentence) in sentences.iter().enumerate() {
        for token in &mut text.tokens[sentence.from..sentence.to] {
            token.sentence = index as u32;
        }
    }
    text.sentences = sentences;
}

fn push(text: &Text<'_>, sentences: &mut Vec<Sentence>, from: usize, to: usize) {
    if from >= to {
        return;
    }
    let tokens = &text.tokens[from..to];
    let speaks = tokens
        .iter()
        .any(|t| !matches!(t.kind, Kind::Newline | Kind::Punct));
    if !speaks {
        // A stray mark or an empty line belongs to the sentence before it.
        match sentences.last_mut() {
            Some(last) => {
                last.to = to;
                last.question |= (from..to).any(|i| is_question_mark(text, i));
            }
            None => sentences.push(Sentence {
                from,
                to,
                question: false,
                masked: true,
            }),
        }
        return;
    }
    let question = (from..to)
        .rev()
        .take_while(|i| !matches!(text.tokens[*i].kind, Kind::Word | Kind::Number | Kind::Code))
        .any(|i| is_question_mark(text, i));
    let masked = tokens
        .iter()
        .all(|t| t.masked || matches!(t.kind, Kind::Newline | Kind::Punct));
    sentences.push(Sentence {
        from,
        to,
        question,
        masked,
    });
}

fn is_question_mark(text: &Text<'_>, token: usize) -> bool {
    matches!(text.written(token), "?" | "？" | "؟") && !text.tokens[token].masked
}

fn ends_sentence(text: &Text<'_>, words: &Words, at: usize) -> bool {
    let token = text.tokens[at];
    let after = text.source[token.end as usize..].chars().next();
    match text.written(at) {
        "!" | "?" | "…" | "。" | "？" | "！" | "؟" => true,
        "." => {
            if after.is_some_and(char::is_alphanumeric) {
                return false;
            }
            let Some(before) = at.checked_sub(1) else {
                return true;
            };
            let word = text.written(before);
            if text.tokens[before].end != token.start {
                return true;
            }
            let next_capital = text
                .tokens
                .get(at + 1)
                .is_none_or(|t| t.capital || t.kind == Kind::Newline);
            if word.chars().count() == 1 && word.chars().all(char::is_alphabetic) {
                // "a.m." or an initial.
                return before > 0 && text.written(before - 1) == "." && next_capital;
            }
            let id = text.tokens[before].word;
            let before_name = words.is_part(id, Part::SHORT_BEFORE_NAME);
            if before_name || words.is_part(id, Part::SHORT) {
                return text
                    .tokens
                    .get(at + 1)
                    .is_none_or(|t| t.kind == Kind::Newline)
                    || (!before_name && next_capital);
            }
            // "On 17.09. and": a day and a month with a point behind each, and the sentence goes on.
            let month = word.split_once('.').filter(|_| word.len() == 5);
            let month = month.and_then(|(_, month)| month.parse::<u8>().ok());
            if month.is_some_and(|month| (1..=12).contains(&month))
                && text
                    .tokens
                    .get(at + 1)
                    .is_some_and(|next| next.kind == Kind::Word && !next.capital)
            {
                return false;
            }
            // "1." at the start of a line numbers an item.
            !(text.tokens[before].kind == Kind::Number && begins_line(text, before))
        }
        _ => false,
    }
}

fn begins_line(text: &Text<'_>, token: usize) -> bool {
    token == 0 || text.tokens[token - 1].kind == Kind::Newline
}

fn begins_item(text: &Text<'_>, token: usize) -> bool {
    let Some(first) = text.tokens.get(token) else {
        return true;
    };
    let written = text.written(token);
    match first.kind {
        Kind::Punct => matches!(written, "-" | "*" | "•" | "–" | "—" | ">" | "·"),
        Kind::Number => text
            .tokens
            .get(token + 1)
            .is_some_and(|_| matches!(text.written(token + 1), "." | ")")),
        _ => false,
    }
}

//! What is not the writer's own running words: quotations, quoted history, code, addresses, product names, greeting, signature, and
//! who the writer says they are.

use super::{Kind, Text, person};
use crate::grammar::Part;
use crate::words::Words;
use std::collections::HashMap;
use std::ops::Range;

/// Longest text between quotation marks that is taken for a quotation, in tokens.
const QUOTATION_TOKENS_MAX: usize = 60;
/// A signature is at most this many tokens; anything longer is a letter.
const SIGNATURE_TOKENS_MAX: usize = 40;

/// The organisation's own names ("Calm Down blanket"), as words in lower case.
#[derive(Debug, Clone, Default)]
pub struct NameWords(HashMap<String, Vec<Vec<String>>>);

impl NameWords {
    /// Adds names to those that are known.
    pub fn extend<S: AsRef<str>>(&mut self, names: impl IntoIterator<Item = S>) {
        for name in names {
            let mut words = name.as_ref().split_whitespace().map(str::to_lowercase);
            if let Some(first) = words.next() {
                self.0.entry(first).or_default().push(words.collect());
            }
        }
    }
}

/// Masks it; gives back the tokens of the writer's own name, each time it is said, in order.
pub(super) fn mask(text: &mut Text<'_>, words: &Words, names: &NameWords) -> Vec<Range<usize>> {
    if text.tokens.is_empty() {
        return Vec::new();
    }
    let lines = lines(text);
    history(text, words, &lines);
    quotations(text);
    code(text);
    for at in 0..text.tokens.len() {
        if matches!(text.tokens[at].kind, Kind::Email | Kind::Url) {
            text.cover(at, at + 1);
        }
    }
    product_names(text, names);
    salutation(text, words);
    signature(text, words, &lines);
    let mut own = person::introduced(text, words);
    for name in &own {
        text.cover(name.start, name.end);
    }
    own.extend(text.signature.map(|(from, to)| from..to));
    own
}

/// The tokens of each line, without the break.
fn lines(text: &Text<'_>) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let mut from = 0;
    for (at, token) in text.tokens.iter().enumerate() {
        if token.kind == Kind::Newline {
            all.push((from, at));
            from = at + 1;
        }
    }
    all.push((from, text.tokens.len()));
    all
}

fn history(text: &mut Text<'_>, words: &Words, lines: &[(usize, usize)]) {
    for &(from, to) in lines {
        if from == to {
            continue;
        }
        if text.written(from) == ">" {
            text.cover(from, to);
            continue;
        }
        let grammar = &words.grammar;
        let opens = text.written(from);
        let may = grammar.attributions.iter().any(|(begins, _)| {
            begins
                .split(' ')
                .next()
                .is_some_and(|word| opens.eq_ignore_ascii_case(word))
        });
        if !may && opens != "-" {
            continue;
        }
        let line = text.written_span(from, to).trim();
        let lower_start: String = line.chars().take(24).collect::<String>().to_lowercase();
        let attribution = from > 0
            && line.ends_with(':')
            && grammar.attributions.iter().any(|(begins, ends)| {
                lower_start
                    .strip_prefix(begins.as_str())
                    .is_some_and(|rest| rest.starts_with(' '))
                    && line.to_lowercase().ends_with(ends.as_str())
            });
        let original = grammar
            .quoted
            .iter()
            .any(|begins| lower_start.starts_with(begins.as_str()));
        if (attribution || original) && from > 0 {
            let end = text.tokens.len();
            text.cover(from, end);
            return;
        }
    }
}

fn quotations(text: &mut Text<'_>) {
    let count = text.tokens.len();
    let mut at = 0;
    while at < count {
        if text.tokens[at].kind != Kind::Punct {
            at += 1;
            continue;
        }
        let open = text.written(at);
        let close: &[&str] = match open {
            "\"" => &["\""],
            "“" | "„" => &["”", "“", "\""],
            "«" => &["»"],
            "‘" | "'" if opens(text, at) => &["’", "'"],
            _ => {
                at += 1;
                continue;
            }
        };
        let single = matches!(open, "‘" | "'");
        let mut found = None;
        for end in at + 1..count.min(at + QUOTATION_TOKENS_MAX) {
            if text.tokens[end].kind == Kind::Newline
                && text
                    .tokens
                    .get(end + 1)
                    .is_some_and(|t| t.kind == Kind::Newline)
            {
                break;
            }
            if close.contains(&text.written(end)) && (!single || closes(text, end)) {
                found = Some(end);
                break;
            }
        }
        match found {
            // A text that is nothing but one quotation is the writer's own.
            Some(end) if !(at == 0 && end + 1 >= count) => {
                text.cover(at + 1, end);
                at = end + 1;
            }
            Some(end) => at = end + 1,
            None => at += 1,
        }
    }
}

fn opens(text: &Text<'_>, at: usize) -> bool {
    let start = text.tokens[at].start as usize;
    let before = text.source[..start].chars().next_back();
    let after = text.source[text.tokens[at].end as usize..].chars().next();
    before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ':'))
        && after.is_some_and(char::is_alphanumeric)
}

fn closes(text: &Text<'_>, at: usize) -> bool {
    let after = text.source[text.tokens[at].end as usize..].chars().next();
    after.is_none_or(|c| !c.is_alphanumeric())
}

fn code(text: &mut Text<'_>) {
    let mut open: Option<usize> = None;
    for at in 0..text.tokens.len() {
        if text.tokens[at].kind != Kind::Punct || text.written(at) != "`" {
            continue;
        }
        match open.take() {
            Some(from) => text.cover(from, at + 1),
            None => open = Some(at),
        }
    }
}

fn product_names(text: &mut Text<'_>, names: &NameWords) {
    if names.0.is_empty() {
        return;
    }
    let written = |text: &Text<'_>, at: usize| text.written(at).to_lowercase();
    for at in 0..text.tokens.len() {
        if !text.tokens[at].capital {
            continue;
        }
        let Some(same) = names.0.get(&written(text, at)) else {
            continue;
        };
        let ends = same.iter().filter(|rest| {
            at + rest.len() < text.tokens.len()
                && rest
                    .iter()
                    .enumerate()
                    .all(|(i, word)| written(text, at + 1 + i) == *word)
        });
        if let Some(words) = ends.map(|rest| rest.len() + 1).max() {
            text.cover(at, at + words);
        }
    }
}

fn salutation(text: &mut Text<'_>, words: &Words) {
    let Some(first) = text
        .tokens
        .iter()
        .position(|t| t.kind != Kind::Newline && !t.masked)
    else {
        return;
    };
    let greeting = text.tokens[first].word;
    if !words.is_part(greeting, Part::GREETING) {
        return;
    }
    let mut count = 0;
    for at in first..text.tokens.len() {
        let written = text.written(at);
        let token = text.tokens[at];
        if at == first && words.is_part(greeting, Part::GOOD) {
            let next = text.tokens.get(first + 1).map(|t| t.word);
            if !next.is_some_and(|next| words.is_part(next, Part::DAY)) {
                return;
            }
        }
        // "Hi Mr. Jones" goes on behind its point; "Hi." has ended.
        let short = written == "."
            && at > first + 1
            && text.written(at - 1).len() <= 3
            && text.tokens[at - 1].capital
            && count <= 2
            && text.tokens.get(at + 1).is_some_and(|t| t.capital);
        // "hi where is it": the letter has begun.
        if at > first && token.kind == Kind::Word && words.is_part(token.word, Part::BEGINS) {
            for t in &mut text.tokens[first..at] {
                t.masked = true;
            }
            text.salutation = Some((first, at));
            return;
        }
        let ends = token.kind == Kind::Newline
            || (token.kind == Kind::Punct
                && !token.skip
                && !short
                && !matches!(
                    written,
                    "'" | "’" | "{" | "}" | "[" | "]" | "<" | ">" | "%" | "_"
                ));
        if ends || count > 6 {
            if count > 6 {
                return;
            }
            let to = at + usize::from(token.kind != Kind::Newline);
            for t in &mut text.tokens[first..to] {
                t.masked = true;
            }
            text.salutation = Some((first, to));
            return;
        }
        count += usize::from(token.kind == Kind::Word);
    }
    if count <= 4 {
        let to = text.tokens.len();
        for t in &mut text.tokens[first..to] {
            t.masked = true;
        }
        text.salutation = Some((first, to));
    }
}

fn signature(text: &mut Text<'_>, words: &Words, lines: &[(usize, usize)]) {
    let full = || lines.iter().filter(|(from, to)| from < to);
    // The closing stands behind at least one line of letter, and near the end.
    let behind_first = full().count().saturating_sub(1);
    let mut last_line = true;
    for &(from, to) in full().rev().take(behind_first.min(8)) {
        let tail = text.tokens.len() - from;
        if tail > SIGNATURE_TOKENS_MAX {
            break;
        }
        let written = text.written_span(from, to);
        let line = written
            .trim()
            .trim_end_matches([',', '.', '!', '-', '–', ' '])
            .to_lowercase();
        let dashes = matches!(written.trim(), "--" | "-- " | "—" | "__");
        let grammar = &words.grammar;
        let thanks = grammar.thanks.contains(&line);
        if dashes || thanks || grammar.closings.contains(&line) {
            if thanks && last_line && !written.trim().ends_with(',') {
                // "Thank you." on a line of its own is said, not signed.
                return;
            }
            sign(text, from, to);
            return;
        }
        last_line = false;
    }
    // "Kind regards, Ana" at the end of a line or as the last sentence.
    let count = text.tokens.len();
    let mut last_mark = None;
    for at in (0..count.saturating_sub(1)).rev().take(8) {
        if matches!(text.written(at), "." | "!" | "?") {
            last_mark = Some(at + 1);
            break;
        }
    }
    let last_line = lines.iter().rfind(|(from, to)| from < to);
    let line_start = last_line.map(|(from, _)| *from).filter(|from| *from > 0);
    let closes = |from: &usize| {
        let tail = text.written_span(*from, count).trim().to_lowercase();
        let closing = &words.grammar.closing_sentences;
        closing.iter().any(|c| tail.starts_with(c.as_str()))
    };
    let begins = [last_mark, line_start].into_iter().flatten();
    if let Some(from) = begins.filter(|from| *from < count).find(closes) {
        let comma = (from..count).find(|at| text.written(*at) == ",");
        sign(text, from, comma.unwrap_or(count));
    } else if let Some(from) = last_line.and_then(|line| person::signed(text, words, *line)) {
        sign(text, from, from);
    }
}

/// The letter ends with what stands from token `from` on, with the writer's name from `name` on: that says nothing.
fn sign(text: &mut Text<'_>, from: usize, name: usize) {
    let count = text.tokens.len();
    for t in &mut text.tokens[from..] {
        t.masked = true;
    }
    for at in name..count {
        if text.tokens[at].kind == Kind::Word {
            text.cover(at, at + 1);
        }
    }
    text.signature = Some((from, count));
}

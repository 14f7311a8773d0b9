//! One part: everything in it that would tell who it was, with the bytes it covers.

use crate::introduced;
use crate::people::{self, Run};
use crate::shapes::{self, Shape};
use crate::token::{Token, tokens};
use crate::{Added, Kind, Known, Part};
use std::collections::BTreeMap;
use unruffled_engine::{Engine, FactKind, MessageInput};

/// A stretch that is to be replaced, apart from names: those are settled across the whole moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    /// What makes it the same thing as another one.
    pub key: String,
}

/// What was found in one part.
#[derive(Debug, Default)]
pub struct Found {
    pub tokens: Vec<Token>,
    /// Not overlapping, in no order.
    pub spans: Vec<Span>,
    pub runs: Vec<Run>,
    /// Names that whoever writes gives themselves, and those they greet, in small letters.
    pub own: Vec<String>,
    pub greeted: Vec<String>,
    pub unread: bool,
    claims: Claims,
}

impl Found {
    /// Looks for names once more, now that the other parts have said some.
    pub fn look_again(&mut self, text: &str, known: &[String]) {
        let free = |start: usize, end: usize| self.claims.free(start, end);
        self.runs = people::runs(&self.tokens, text, known, &self.own, self.unread, &free);
        join_addresses(text, self);
    }

    /// Words that stand for a person here.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let persons = self.runs.iter().filter(|run| run.is_persons());
        persons.flat_map(|run| run.words.iter().map(String::as_str))
    }
}

/// Where something is claimed already: where each claim begins, and where it ends.
#[derive(Debug, Default)]
struct Claims(BTreeMap<usize, usize>);

impl Claims {
    fn free(&self, start: usize, end: usize) -> bool {
        // Claims never overlap, so the last that begins before this end is the only one that can reach into it.
        self.0
            .range(..end)
            .next_back()
            .is_none_or(|(_, to)| *to <= start)
    }

    fn take(&mut self, start: usize, end: usize) -> bool {
        let free = start < end && self.free(start, end);
        if free {
            self.0.insert(start, end);
        }
        free
    }
}

pub fn in_part(engine: &Engine, part: &Part<'_>, known: &Known<'_>, added: &[Added]) -> Found {
    let text = part.text;
    let tokens = tokens(text);
    let mut claims = Claims::default();
    let mut spans: Vec<Span> = Vec::new();
    // What a person asked for goes before everything that was found.
    for wanted in added {
        for (start, end) in standing(&tokens, &wanted.words) {
            if claims.take(start, end) {
                let key = wanted.words.trim().to_lowercase();
                spans.push(Span {
                    start,
                    end,
                    kind: Kind::ByHand,
                    key,
                });
            }
        }
    }
    for name in known.left {
        for (start, end) in standing(&tokens, name) {
            claims.take(start, end);
        }
    }
    for name in known.firm {
        for (start, end) in standing(&tokens, name) {
            if claims.take(start, end) {
                spans.push(Span {
                    start,
                    end,
                    kind: Kind::OurFirm,
                    key: String::new(),
                });
            }
        }
    }
    let mut shaped = |claims: &mut Claims, all: Vec<Shape>| {
        for shape in all {
            let (start, end) = (shape.start, shape.end);
            if claims.take(start, end) {
                let key = same(&text[start..end]);
                spans.push(Span {
                    start,
                    end,
                    kind: shape.kind,
                    key,
                });
            }
        }
    };
    shaped(&mut claims, shapes::shapes(text));
    let bare = unquoted(text);
    let reading = engine.read(&MessageInput {
        text: &bare,
        ..Default::default()
    });
    let mut by_engine = Vec::new();
    for fact in &reading.facts {
        let (start, end) = (fact.span.start, fact.span.end);
        let kind = match fact.kind {
            FactKind::Amount => Kind::Amount,
            FactKind::Reference if is_fault_code(&tokens, start) => continue,
            FactKind::Reference => Kind::Reference,
            FactKind::Email => Kind::Email,
            FactKind::Phone => Kind::Phone,
            FactKind::Date if is_a_day(&text[start..end]) => Kind::Date,
            FactKind::Time | FactKind::Duration | FactKind::Count => {
                claims.take(start, end);
                continue;
            }
            FactKind::Date | FactKind::WeSaid => continue,
        };
        if claims.take(start, end) {
            let value = fact.value.as_deref().unwrap_or(&text[start..end]);
            by_engine.push(Span {
                start,
                end,
                kind,
                key: same(value),
            });
        }
    }
    shaped(&mut claims, shapes::numbers(text));
    spans.extend(by_engine);
    let free = |start: usize, end: usize| claims.free(start, end);
    let (own, greeted) = introduced::introduced(&tokens, text, &free);
    let unread = reading.language.is_none() && text.split_whitespace().count() > 5;
    let words = people::known_words(known);
    let runs = people::runs(&tokens, text, &words, &own, unread, &free);
    let mut found = Found {
        tokens,
        spans,
        runs,
        own,
        greeted,
        unread,
        claims,
    };
    join_addresses(text, &mut found);
    found
}

/// The key of what was written: "R-7719" is "r7719".
fn same(written: &str) -> String {
    let plain: String = written
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '.' | '@' | '+'))
        .flat_map(char::to_lowercase)
        .collect();
    plain.trim_end_matches('.').to_owned()
}

/// Where these words stand, whatever their capitals.
pub fn standing(tokens: &[Token], words: &str) -> Vec<(usize, usize)> {
    let wanted: Vec<String> = crate::token::tokens(words)
        .into_iter()
        .filter(|token| token.sort != crate::token::Sort::Line)
        .map(|token| token.lower)
        .collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    (0..tokens.len().saturating_sub(wanted.len() - 1))
        .filter(|at| {
            wanted
                .iter()
                .enumerate()
                .all(|(i, word)| tokens[at + i].lower == *word)
        })
        .map(|at| (tokens[at].start, tokens[at + wanted.len() - 1].end))
        .collect()
}

/// The same bytes with the marks of quotations and signatures as blanks, so that the engine reads what is below them too.
fn unquoted(text: &str) -> String {
    text.split_inclusive('\n')
        .map(|line| {
            let bare = line.trim_start_matches(['>', ' ', '|']);
            let head = line.len() - bare.len();
            match bare.trim_end() {
                "--" | "-- " | "—" | "___" => {
                    " ".repeat(line.trim_end_matches('\n').len())
                        + if line.ends_with('\n') { "\n" } else { "" }
                }
                _ => " ".repeat(head) + bare,
            }
        })
        .collect()
}

/// "Error E-1041" and "model X200" are about a thing and tell of nobody.
fn is_fault_code(tokens: &[Token], start: usize) -> bool {
    let at = tokens.partition_point(|token| token.start < start);
    tokens[at.saturating_sub(3)..at].iter().any(|token| {
        matches!(
            token.lower.as_str(),
            "error" | "fault" | "model" | "version" | "firmware" | "bug" | "isbn"
        )
    })
}

/// A day of the calendar; "Friday" and "in March" are many days.
fn is_a_day(written: &str) -> bool {
    written.bytes().any(|b| b.is_ascii_digit())
        && (written.contains(['/', '.', '-'])
            || written
                .split(|c: char| !c.is_alphabetic())
                .any(|word| is_month(&word.to_lowercase())))
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    word.len() >= 3
        && MONTHS
            .iter()
            .any(|month| month.starts_with(word) || word == "sept")
}

/// A street, its town and its code are one address where only commas and line ends stand between them.
fn join_addresses(text: &str, found: &mut Found) {
    found.spans.sort_by_key(|span| span.start);
    let near = |from: usize, to: usize| {
        from <= to
            && text.get(from..to).is_some_and(|between| {
                between.len() <= 4 && between.chars().all(|c| c == ',' || c.is_whitespace())
            })
    };
    let mut at = 0;
    while at < found.spans.len() {
        if found.spans[at].kind != Kind::Address {
            at += 1;
            continue;
        }
        loop {
            let (start, end) = (found.spans[at].start, found.spans[at].end);
            // The town behind it, or a name of a house before it.
            let run = found.runs.iter().position(|run| {
                run.in_one_line(text)
                    && !run.is_persons()
                    && (near(end, run.start)
                        || run.end <= start && near(run.end, start) && run.is_place())
                    && text[run.end.min(end)..run.start.max(start)].len() <= 4
            });
            if let Some(run) = run {
                let run = found.runs.remove(run);
                found.spans[at].start = start.min(run.start);
                found.spans[at].end = end.max(run.end);
                continue;
            }
            let next = found.spans.get(at + 1);
            if next.is_some_and(|next| {
                matches!(next.kind, Kind::Address | Kind::Place | Kind::Reference)
                    && near(end, next.start)
                    && (next.kind != Kind::Reference || next.end - next.start <= 6)
            }) {
                found.spans[at].end = found.spans.remove(at + 1).end;
                continue;
            }
            break;
        }
        let span = &mut found.spans[at];
        span.key = same(&text[span.start..span.end]);
        at += 1;
    }
}

//! The side of a conversation: one what-if, what they ask, by when, what they say was tried and promised.

use super::when::due;
use crate::sheets::{DraftSheet, ReadingSheet};
use unruffled_engine::{FactKind, Reading, Span, WhatIf};

#[derive(Default)]
pub struct Side<'a> {
    pub hot: bool,
    /// Said where the message is in no language that the desk reads.
    pub unread: Option<String>,
    /// The languages that it reads.
    pub languages: &'a str,
    pub what_ifs: Vec<WhatIfView<'a>>,
    pub asks: Vec<AskView<'a>>,
    pub by_when: Option<ByWhen<'a>>,
    pub told: Vec<Told<'a>>,
}

pub struct WhatIfView<'a> {
    pub code: &'a str,
    pub says: &'a str,
    pub words: Vec<&'a str>,
    pub ask: &'a str,
    pub respond: &'a str,
}

pub struct AskView<'a> {
    pub text: &'a str,
    pub ticked: bool,
}

pub struct ByWhen<'a> {
    pub words: &'a str,
    pub value: Option<String>,
}

pub struct Told<'a> {
    pub label: &'static str,
    pub words: Vec<&'a str>,
}

impl<'a> Side<'a> {
    /// Quiet words bring what they ask and nothing else; a risk to somebody silences the rest.
    pub fn of(sheet: Option<&'a ReadingSheet>, draft: &DraftSheet) -> Self {
        let Some(sheet) = sheet else {
            return Self::default();
        };
        let reading = &sheet.reading;
        if reading.safety.is_some() {
            return Self::default();
        }
        let asks = reading
            .asks
            .iter()
            .enumerate()
            .map(|(index, ask)| AskView {
                text: &ask.span.text,
                ticked: draft.ticks.contains(&index),
            })
            .collect();
        Self {
            hot: sheet.hot,
            unread: reading.language.is_none().then(|| {
                format!(
                    "This message is not in {}: only what does not depend on language was looked at.",
                    sheet.languages
                )
            }),
            languages: &sheet.languages,
            what_ifs: if sheet.hot {
                what_ifs(reading)
            } else {
                Vec::new()
            },
            asks,
            by_when: reading.deadline.as_ref().map(|deadline| ByWhen {
                words: &deadline.span.text,
                value: deadline.value.as_deref().and_then(due),
            }),
            told: if sheet.hot { told(reading) } else { Vec::new() },
        }
    }
}

fn what_ifs(reading: &Reading) -> Vec<WhatIfView<'_>> {
    reading
        .what_if
        .iter()
        .chain(&reading.other_what_ifs)
        .map(view)
        .collect()
}

fn view(what_if: &WhatIf) -> WhatIfView<'_> {
    WhatIfView {
        code: &what_if.code,
        says: &what_if.says,
        words: distinct(what_if.evidence.iter().collect(), 3),
        ask: &what_if.ask,
        respond: &what_if.respond,
    }
}

fn told(reading: &Reading) -> Vec<Told<'_>> {
    let cue = |code: &str| {
        reading
            .cues
            .iter()
            .filter(|cue| cue.code == code)
            .flat_map(|cue| &cue.evidence)
            .collect::<Vec<_>>()
    };
    let mut promised: Vec<&Span> = reading
        .facts
        .iter()
        .filter(|fact| fact.kind == FactKind::WeSaid)
        .map(|fact| &fact.span)
        .collect();
    promised.extend(cue("C10"));
    [
        ("They say we said", promised),
        ("They have tried", cue("C18")),
    ]
    .into_iter()
    .map(|(label, spans)| Told {
        label,
        words: distinct(spans, 3),
    })
    .filter(|told| !told.words.is_empty())
    .collect()
}

/// The longest of overlapping spans and each wording once, in the order of the letter, `most` at the most.
fn distinct(mut spans: Vec<&Span>, most: usize) -> Vec<&str> {
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut kept: Vec<&Span> = Vec::new();
    for span in spans {
        let apart = kept.last().is_none_or(|last| span.start >= last.end);
        if apart && kept.iter().all(|other| other.text != span.text) {
            kept.push(span);
        }
    }
    kept.into_iter()
        .take(most)
        .map(|span| span.text.as_str())
        .collect()
}

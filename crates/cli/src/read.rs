//! `unruffled read`: what a customer's message says.

use crate::door::{Format, Read};
use crate::failure::Failure;
use crate::page::{Mark, Page};
use crate::paper::{self, Paper};
use crate::shapes::{self, ReadIn, ReadOut};
use crate::{reader, when};
use serde_json::Value;
use std::io::Write;
use std::process::ExitCode;
use unruffled_engine::{Engine, FactKind, Heat, MessageInput, Reading, Safety, Span, WhatIf};

pub fn run(order: &Read) -> Result<ExitCode, Failure> {
    let engine = reader::engine(&order.engine)?;
    let encoder = reader::encoder(&order.reader)?;
    let read = move |engine: &Engine, input: MessageInput<'_>| {
        engine.read_with(reader::heard(&encoder), &input)
    };
    if order.engine.jsonl {
        let told = when::told(order.engine.now.as_deref())?;
        return reader::stream(&order.message, order.engine.jobs, move |line| {
            shapes::answer(line, |input: ReadIn| {
                let message = MessageInput {
                    text: &input.text,
                    earlier: &input.earlier,
                    now: input.now.as_ref().or(told.as_ref()),
                    leans: &[],
                };
                let reading = read(&engine, message);
                shapes::to_json(&ReadOut {
                    id: &input.id,
                    text: None,
                    reading: &reading,
                })
            })
        });
    }
    let paper = paper::open(&order.message)?;
    let now = reader::now(&order.engine, paper.letter.as_ref())?;
    let message = MessageInput {
        text: &paper.text,
        earlier: &reader::earlier(order.earlier.as_deref())?,
        now: Some(&now),
        leans: &[],
    };
    let reading = read(&engine, message);
    match order.engine.format {
        Format::Text => show(&paper, &reading, &reader::languages(&engine))?,
        Format::Json => {
            let id = paper.name.as_deref().map_or(Value::Null, Value::from);
            let text = paper.letter.as_ref().map(|_| paper.text.as_str());
            let json = shapes::to_json(&ReadOut {
                id: &id,
                text,
                reading: &reading,
            });
            writeln!(std::io::stdout(), "{json}")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What is said of a text in no language that the engine knows.
pub fn unread(what: &str, languages: &str) -> String {
    format!(
        "This {what} is not in {languages}: only what does not depend on language was looked at."
    )
}

fn show(paper: &Paper, reading: &Reading, languages: &str) -> std::io::Result<()> {
    let mut page = Page::stdout();
    let marks: Vec<Mark> = reading
        .cues
        .iter()
        .flat_map(|cue| {
            cue.evidence.iter().map(|span| Mark {
                start: span.start,
                end: span.end,
                label: format!("{} ({})", cue.card.replace('-', " "), cue.code),
                below: Vec::new(),
            })
        })
        .collect();
    page.text(&paper.text, &marks)?;
    page.gap()?;
    if reading.language.is_none() {
        page.list("Language", &[unread("message", languages)])?;
    }
    if let Some(safety) = reading.safety {
        page.list("First", &[first(safety).to_owned()])?;
    }
    page.list("Heat", &[heat(reading.heat).to_owned()])?;
    page.list(
        "They ask",
        &each(&reading.asks, |ask| format!("· {}", ask.span.text)),
    )?;
    let by = reading
        .deadline
        .iter()
        .map(|d| valued(&d.span, d.value.as_deref()));
    page.list("By when", &by.collect::<Vec<_>>())?;
    let told = |f: &unruffled_engine::Fact| {
        format!(
            "· {}: {}",
            kind(f.kind),
            valued(&f.span, f.value.as_deref())
        )
    };
    page.list("They say", &each(&reading.facts, told))?;
    if let Some(what_if) = &reading.what_if {
        page.list("What if", &possibility(what_if))?;
    }
    let behind = |w: &WhatIf| format!("· {} ({})", w.says, w.code);
    page.list("Or perhaps", &each(&reading.other_what_ifs, behind))
}

/// The words, and what they come to where that can be worked out.
pub fn valued(span: &Span, value: Option<&str>) -> String {
    match value {
        Some(value) if value != span.text => format!("“{}” = {value}", span.text),
        _ => format!("“{}”", span.text),
    }
}

fn possibility(what_if: &WhatIf) -> Vec<String> {
    let because = each(&what_if.evidence, |span| format!("“{}”", span.text));
    vec![
        format!("{} ({})", what_if.says, what_if.code),
        format!("because of {}", because.join(", ")),
        format!("ask: {}", what_if.ask),
        format!("then: {}", what_if.respond),
    ]
}

pub fn each<T>(things: &[T], words: impl FnMut(&T) -> String) -> Vec<String> {
    things.iter().map(words).collect()
}

fn heat(heat: Heat) -> &'static str {
    match heat {
        Heat::Quiet => "quiet",
        Heat::Warm => "warm",
        Heat::Hot => "hot",
        Heat::VeryHot => "very hot",
    }
}

fn first(safety: Safety) -> &'static str {
    match safety {
        Safety::Risk => {
            "Somebody may be in danger. A person and your procedure come before everything else."
        }
        Safety::Abuse => {
            "These words threaten or abuse. Your procedure comes first; nobody has to take this alone."
        }
    }
}

fn kind(kind: FactKind) -> &'static str {
    match kind {
        FactKind::Date => "date",
        FactKind::Time => "time",
        FactKind::Duration => "how long",
        FactKind::Amount => "amount",
        FactKind::Reference => "reference",
        FactKind::Email => "e-mail",
        FactKind::Phone => "telephone",
        FactKind::Count => "how many",
        FactKind::WeSaid => "what we said",
    }
}

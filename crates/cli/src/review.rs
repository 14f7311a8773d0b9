//! `unruffled review`: what a draft reply does well and what it leaves out.

use crate::door::{Format, Review as Order};
use crate::failure::Failure;
use crate::page::{Mark, Page};
use crate::paper::{self, Paper};
use crate::read::{each, unread};
use crate::shapes::{self, FactIn, ReviewIn, ReviewOut};
use crate::{reader, when};
use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use unruffled_engine::{
    AskState, DraftInput, Engine, Fix, KnownFact, Note, Promise, Review, Trust, Virtue, Weight,
};

pub fn run(order: &Order) -> Result<ExitCode, Failure> {
    let engine = reader::engine(&order.engine)?;
    let encoder = reader::encoder(&order.reader)?;
    let reviewed = move |engine: &Engine, input: DraftInput<'_>| {
        engine.review_with(reader::heard(&encoder), &input)
    };
    if order.engine.jsonl {
        let told = when::told(order.engine.now.as_deref())?;
        return reader::stream(&order.draft, order.engine.jobs, move |line| {
            shapes::answer(line, |input: ReviewIn| {
                let facts: Vec<KnownFact> = input.facts.into_iter().map(KnownFact::from).collect();
                let review = reviewed(
                    &engine,
                    DraftInput {
                        draft: &input.draft,
                        message: input.message.as_deref(),
                        reading: None,
                        earlier: &input.earlier,
                        facts: &facts,
                        customer_name: input.customer_name.as_deref(),
                        now: input.now.as_ref().or(told.as_ref()),
                        leans: &[],
                        answers: &[],
                        statements: &[],
                    },
                );
                shapes::to_json(&ReviewOut {
                    id: &input.id,
                    text: None,
                    review: &review,
                })
            })
        });
    }
    if order.draft == Path::new("-") && order.replying_to.as_deref() == Some(Path::new("-")) {
        return Err(Failure::wrong_use(
            "Only one of the draft and the message can come from standard input.",
        ));
    }
    let draft = paper::open(&order.draft)?;
    let message = order.replying_to.as_deref().map(paper::open).transpose()?;
    let signed = message
        .as_ref()
        .and_then(|m| m.letter.as_ref())
        .and_then(|l| l.from_name.as_deref());
    // A draft is written now, whatever the date of the letter that it answers.
    let now = reader::now(&order.engine, None)?;
    let review = reviewed(
        &engine,
        DraftInput {
            draft: &draft.text,
            message: message.as_ref().map(|m| m.text.as_str()),
            reading: None,
            earlier: &reader::earlier(order.earlier.as_deref())?,
            facts: &facts(order.facts.as_deref())?,
            customer_name: order.customer_name.as_deref().or(signed),
            now: Some(&now),
            leans: &[],
            answers: &[],
            statements: &[],
        },
    );
    match order.engine.format {
        Format::Text => show(&draft, &review, &reader::languages(&engine))?,
        Format::Json => {
            let id = draft.name.as_deref().map_or(Value::Null, Value::from);
            let text = draft.letter.as_ref().map(|_| draft.text.as_str());
            let json = shapes::to_json(&ReviewOut {
                id: &id,
                text,
                review: &review,
            });
            writeln!(std::io::stdout(), "{json}")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A JSON list, or one fact a line.
fn facts(file: Option<&Path>) -> Result<Vec<KnownFact>, Failure> {
    let Some(file) = file else {
        return Ok(Vec::new());
    };
    let text = paper::text(file)?;
    if !text.trim_start().starts_with('[') {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        return Ok(lines
            .map(|line| FactIn::Sentence(line.to_owned()).into())
            .collect());
    }
    let facts: Vec<FactIn> = serde_json::from_str(&text)
        .map_err(|why| Failure::says(format!("{}: {}", file.display(), shapes::says(&why))))?;
    Ok(facts.into_iter().map(KnownFact::from).collect())
}

fn show(draft: &Paper, review: &Review, languages: &str) -> std::io::Result<()> {
    let mut page = Page::stdout();
    let marks: Vec<Mark> = review.notes.iter().map(mark).collect();
    page.text(&draft.text, &marks)?;
    page.gap()?;
    if review.language.is_none() {
        page.list("Language", &[unread("draft", languages)])?;
    }
    if review.notes.is_empty() {
        page.list("Notes", &["Nothing to look at again.".to_owned()])?;
    }
    page.list("They ask", &each(&review.asks, ask))?;
    page.list("You say", &each(&review.promises, promise))?;
    let virtue = |v: &Virtue| {
        format!(
            "· {} ({}): “{}”",
            v.card.replace('-', " "),
            v.code,
            v.span.text
        )
    };
    page.list("Already here", &each(&review.virtues, virtue))
}

fn mark(note: &Note) -> Mark {
    let mut below = vec![note.says.clone()];
    // Without a repair that fits, these are somebody else's sentences.
    let fits = |fix: &Fix| fix.trust != Trust::DisplayOnly;
    let lead = match note.fix.as_ref().is_some_and(fits) {
        true => "Instead",
        false => "For example",
    };
    below.extend(note.instead.iter().map(|words| format!("{lead}: {words}")));
    if let Some(fix) = &note.fix {
        let how = match fix.trust {
            Trust::Safe => "Repair",
            Trust::Choose => "Repair, to be filled in",
            Trust::DisplayOnly => "For example",
        };
        let with = if fix.with.is_empty() {
            "leave it out".to_owned()
        } else {
            format!("“{}”", fix.with)
        };
        below.push(format!("{how}: {with}"));
    }
    Mark {
        start: note.span.start,
        end: note.span.end,
        label: format!(
            "{} ({}, {})",
            note.card.replace('-', " "),
            note.code,
            weight(note.weight)
        ),
        below,
    }
}

fn weight(weight: Weight) -> &'static str {
    match weight {
        Weight::Quiet => "quiet",
        Weight::LookAgain => "look again",
        Weight::Pause => "a pause here",
    }
}

fn ask(ask: &AskState) -> String {
    match (&ask.by, ask.answered) {
        (Some(by), true) => format!("✓ {} by “{}”", ask.text, by.text),
        (None, true) => format!("✓ {}", ask.text),
        _ => format!("· {} (open)", ask.text),
    }
}

fn promise(promise: &Promise) -> String {
    let when = match (&promise.due, promise.vague) {
        (Some(due), _) => format!(" = {due}"),
        (None, true) => " (at no time)".to_owned(),
        (None, false) => String::new(),
    };
    let hangs = if promise.conditional {
        " (if something else holds)"
    } else {
        ""
    };
    format!("· “{}”{when}{hangs}", promise.span.text)
}

//! `unruffled cards test FOLDER`: an organisation's own cards and words, loaded, and the cards held to their own examples.

use crate::door::{Cards, CardsVerb};
use crate::failure::{Failure, NOT_ALL_WELL, reason};
use crate::when;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use unruffled_engine::{Card, CardFault, CardKind, DraftInput, Engine, Example, MessageInput};

pub fn run(order: &Cards) -> Result<ExitCode, Failure> {
    let CardsVerb::Test { folder } = &order.verb;
    let (engine, own) = load(folder)?;
    let mut out = std::io::stdout().lock();
    let (mut cards, mut examples) = (0, 0);
    let mut faults = Vec::new();
    for card in engine.cards() {
        let Some(file) = own.iter().find(|file| is_of(file, card)) else {
            continue; // One of the built-in cards, which have a test of their own.
        };
        cards += 1;
        examples += card.fires.len() + card.stays_quiet.len();
        faults.extend(prove(&engine, card, file));
    }
    for fault in &faults {
        writeln!(out, "{fault}")?;
    }
    let well = examples - faults.len().min(examples);
    writeln!(
        out,
        "{cards} cards, {examples} examples, {well} as they say, {} not",
        faults.len()
    )?;
    Ok(if faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(NOT_ALL_WELL)
    })
}

/// The engine with a folder's cards beside the built-in ones, and which files those were.
pub fn load(folder: &Path) -> Result<(Engine, Vec<String>), Failure> {
    let files = files(folder)?;
    let engine = Engine::load(
        files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str())),
    );
    let engine = engine.map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(|fault| format!("  {fault}")).collect();
        Failure::says(format!(
            "These cards and words cannot be used as they are:\n{}",
            lines.join("\n")
        ))
    })?;
    Ok((engine, files.into_iter().map(|(path, _)| path).collect()))
}

/// Every card, every list of phrases and the house's own words, by path, sorted so that faults come in a steady order.
fn files(folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    let files = match unruffled_server::own_files(folder) {
        Ok(files) => files,
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(why) => {
            return Err(Failure::says(format!(
                "{} could not be read: {}.",
                folder.display(),
                reason(&why)
            )));
        }
    };
    if files.is_empty() {
        return Err(Failure::says(format!(
            "{} holds no cards and no words: cards are .md files in cues, checks, virtues, what-ifs or prompts, words are \
             glossary.txt, names.txt and house.txt.",
            folder.display(),
        )));
    }
    Ok(files)
}

fn is_of(file: &str, card: &Card) -> bool {
    Path::new(file)
        .file_stem()
        .is_some_and(|stem| stem == card.id.as_str())
}

/// Runs a card's own examples; what comes back are those that do not hold.
fn prove(engine: &Engine, card: &Card, file: &str) -> Vec<CardFault> {
    let fires = card.fires.iter().map(|example| {
        let found = found(engine, card, example);
        if found.is_empty() {
            (example, Some("this should fire and stays quiet"))
        } else if example.marked.iter().all(|mark| found.contains(mark)) {
            (example, None)
        } else {
            (
                example,
                Some("this fires, but not on the words under the carets"),
            )
        }
    });
    let quiet = card.stays_quiet.iter().map(|example| {
        let fired = !found(engine, card, example).is_empty();
        (example, fired.then_some("this should stay quiet and fires"))
    });
    let faults = fires.chain(quiet).filter_map(|(example, fault)| {
        Some(CardFault {
            file: file.to_owned(),
            line: example.line,
            says: format!("{}: “{}”", fault?, example.text),
        })
    });
    faults.collect()
}

/// Where this card speaks up in an example.
fn found(engine: &Engine, card: &Card, example: &Example) -> Vec<(usize, usize)> {
    let now = example
        .now
        .as_deref()
        .and_then(|words| when::parse(words).ok());
    let message = MessageInput {
        text: &example.text,
        earlier: &example.earlier,
        now: now.as_ref(),
        ..Default::default()
    };
    let draft = DraftInput {
        draft: &example.text,
        message: example.customer.as_deref(),
        reading: None,
        earlier: &example.earlier,
        facts: &example.facts,
        customer_name: example.name.as_deref(),
        now: now.as_ref(),
        leans: &[],
        answers: &[],
        statements: &[],
    };
    let place = |span: &unruffled_engine::Span| (span.start, span.end);
    match card.kind {
        CardKind::Cue => {
            let reading = engine.read(&message);
            let cues = reading.cues.iter().filter(|cue| cue.card == card.id);
            cues.flat_map(|cue| cue.evidence.iter().map(place))
                .collect()
        }
        CardKind::Check => {
            let review = engine.review(&draft);
            review
                .notes
                .iter()
                .filter(|n| n.card == card.id)
                .map(|n| place(&n.span))
                .collect()
        }
        CardKind::Virtue => {
            let review = engine.review(&draft);
            review
                .virtues
                .iter()
                .filter(|v| v.card == card.id)
                .map(|v| place(&v.span))
                .collect()
        }
        CardKind::WhatIf => {
            let reading = engine.read(&message);
            let chosen = reading.what_if.iter().filter(|w| w.card == card.id);
            chosen.flat_map(|w| w.evidence.iter().map(place)).collect()
        }
        // A message is offered something by itself, a draft where the example gives the message it answers.
        CardKind::Prompt => {
            let prompts = match example.customer {
                Some(_) => engine.review(&draft).prompts,
                None => engine.read(&message).prompts,
            };
            let offered = prompts.iter().filter(|prompt| prompt.card == card.id);
            offered
                .flat_map(|prompt| prompt.evidence.iter().map(place))
                .collect()
        }
    }
}

//! Whole messages with whole drafts: a snapshot of every finding under its line, and good replies that must stay silent.
//!
//! A letter is one Markdown file: `name:`, `fact:`, `now:` and `agent:` lines if there are any, the customer's message, a line
//! `---`, our draft.

use std::fmt::Write;
use std::path::Path;
use unruffled_engine::{DraftInput, Earlier, Engine, From, KnownFact, Review, Weight};

#[derive(Default)]
struct Letter {
    name: Option<String>,
    facts: Vec<KnownFact>,
    earlier: Vec<Earlier>,
    now: Option<jiff::Zoned>,
    message: String,
    draft: String,
}

fn open(path: &Path) -> Letter {
    let text = std::fs::read_to_string(path).expect("a letter can be read");
    let (head, draft) = text
        .split_once("\n---\n")
        .unwrap_or_else(|| panic!("{} has no line `---`", path.display()));
    let mut letter = Letter {
        draft: draft.trim().to_string(),
        ..Letter::default()
    };
    let mut lines = head.lines().peekable();
    while let Some((label, value)) = lines
        .peek()
        .and_then(|line| line.split_once(": "))
        .filter(|(label, _)| matches!(*label, "name" | "fact" | "now" | "agent"))
    {
        let value = value.trim().to_string();
        match label {
            "name" => letter.name = Some(value),
            "fact" => letter.facts.push(KnownFact {
                text: value,
                state: Default::default(),
                source: None,
            }),
            "agent" => letter.earlier.push(Earlier {
                from: From::Agent,
                text: value,
            }),
            _ => letter.now = Some(format!("{value}[UTC]").parse().expect("a time with a zone")),
        }
        lines.next();
    }
    letter.message = lines.collect::<Vec<_>>().join("\n").trim().to_string();
    letter
}

fn review(engine: &Engine, letter: &Letter) -> Review {
    engine.review(&DraftInput {
        draft: &letter.draft,
        message: Some(&letter.message),
        reading: None,
        earlier: &letter.earlier,
        facts: &letter.facts,
        customer_name: letter.name.as_deref(),
        now: letter.now.as_ref(),
        leans: &[],
        answers: &[],
        statements: &[],
    })
}

fn letters(folder: &str) -> Vec<std::path::PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/letters")
        .join(folder);
    let mut all: Vec<_> = std::fs::read_dir(root)
        .expect("the letters are there")
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "md"))
        .collect();
    all.sort();
    all
}

/// The draft, each line followed by what was found in it.
fn findings(draft: &str, review: &Review) -> String {
    let mut out = String::new();
    let mut start = 0;
    for line in draft.split_inclusive('\n') {
        let end = start + line.len();
        let _ = writeln!(out, "| {}", line.trim_end());
        let here = |at: usize| (start..end).contains(&at) || (end == draft.len() && at >= end);
        let mut found: Vec<(usize, String)> = Vec::new();
        for note in review.notes.iter().filter(|n| here(n.span.start)) {
            let weight = match note.weight {
                Weight::Quiet => "quiet",
                Weight::LookAgain => "look again",
                Weight::Pause => "pause",
            };
            let fix = note
                .fix
                .as_ref()
                .map(|f| format!(" -> `{}`", f.with))
                .unwrap_or_default();
            found.push((
                note.span.start,
                format!(
                    "    {} {weight}: `{}` {}{fix}",
                    note.code, note.span.text, note.says
                ),
            ));
        }
        for virtue in review.virtues.iter().filter(|v| here(v.span.start)) {
            found.push((
                virtue.span.start,
                format!("    {} `{}`", virtue.code, virtue.span.text),
            ));
        }
        found.sort();
        for (_, line) in found {
            let _ = writeln!(out, "{line}");
        }
        start = end;
    }
    for ask in &review.asks {
        let _ = writeln!(
            out,
            "{} {}",
            if ask.answered {
                "answered:"
            } else {
                "open:    "
            },
            ask.text
        );
    }
    out
}

#[test]
fn every_finding_of_every_letter_stands_under_its_line() {
    let engine = Engine::embedded();
    for path in letters("") {
        let letter = open(&path);
        let heat = engine
            .read(&unruffled_engine::MessageInput {
                text: &letter.message,
                ..Default::default()
            })
            .heat;
        let text = format!(
            "heat: {heat:?}\n\n{}",
            findings(&letter.draft, &review(&engine, &letter))
        );
        insta::assert_snapshot!(
            path.file_stem()
                .and_then(|s| s.to_str())
                .unwrap_or("letter"),
            text
        );
    }
}

#[test]
fn a_good_reply_is_left_alone() {
    let engine = Engine::embedded();
    let all = letters("good");
    assert!(all.len() >= 15, "there are only {} good replies", all.len());
    let mut faults = Vec::new();
    for path in all {
        let letter = open(&path);
        let found = review(&engine, &letter);
        for note in found.notes.iter().filter(|n| n.weight >= Weight::LookAgain) {
            faults.push(format!(
                "{}: {} `{}` {}",
                path.file_stem().and_then(|s| s.to_str()).unwrap_or(""),
                note.code,
                note.span.text,
                note.says
            ));
        }
    }
    assert!(
        faults.is_empty(),
        "{} notes on good replies:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

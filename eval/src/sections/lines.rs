//! One line each: does the code fire where it should, and only there?

use super::with_and_without;
use crate::figure::Out;
use crate::score::share;
use serde::Deserialize;
use unruffled_engine::{DraftInput, Earlier, Engine, KnownFact, MessageInput, Reader, Reading};

#[derive(Deserialize)]
struct Line {
    id: String,
    code: String,
    text: String,
    fires: bool,
    message: Option<String>,
    #[serde(default)]
    earlier: Vec<Earlier>,
    #[serde(default)]
    facts: Vec<KnownFact>,
    name: Option<String>,
}

const KINDS: [(char, &str); 4] = [
    ('C', "cues"),
    ('V', "checks"),
    ('G', "virtues"),
    ('H', "hypotheses"),
];

pub fn measure(engine: &Engine, out: &mut Out) {
    with_and_without(out, |reader, with, out| {
        measure_with(engine, reader, with, out)
    });
}

fn measure_with(engine: &Engine, reader: Option<&dyn Reader>, with: &str, out: &mut Out) {
    for half in out.sets.parts() {
        let lines: Vec<Line> = match out.sets.items(half, "lines") {
            Ok(lines) => lines,
            Err(why) => {
                out.leave_out(why);
                continue;
            }
        };
        for (letter, kind) in KINDS {
            let of_kind: Vec<&Line> = lines
                .iter()
                .filter(|line| line.code.starts_with(letter))
                .collect();
            let right = of_kind
                .iter()
                .filter(|line| {
                    let right = fires(engine, reader, line) == line.fires;
                    if !right {
                        let expected = if line.fires {
                            "should fire"
                        } else {
                            "should stay quiet"
                        };
                        out.wrong_in(
                            half,
                            format!("{} {}{with} {expected}: {}", line.id, line.code, line.text),
                        );
                    }
                    right
                })
                .count();
            out.at_least(
                &format!("{kind}, {half} half{with}"),
                share(right, of_kind.len()),
                of_kind.len(),
                0.95,
                "issue",
            );
        }
    }
}

fn fires(engine: &Engine, reader: Option<&dyn Reader>, line: &Line) -> bool {
    let code = line.code.as_str();
    match code.chars().next() {
        Some('C') => read(engine, reader, line)
            .cues
            .iter()
            .any(|cue| cue.code == code),
        Some('H') => read(engine, reader, line)
            .what_if
            .is_some_and(|what_if| what_if.code == code),
        _ => {
            let draft = DraftInput {
                draft: &line.text,
                message: line.message.as_deref(),
                earlier: &line.earlier,
                facts: &line.facts,
                customer_name: line.name.as_deref(),
                ..Default::default()
            };
            let review = engine.review_with(reader, &draft);
            review.notes.iter().any(|note| note.code == code)
                || review.virtues.iter().any(|virtue| virtue.code == code)
        }
    }
}

fn read(engine: &Engine, reader: Option<&dyn Reader>, line: &Line) -> Reading {
    let message = MessageInput {
        text: &line.text,
        earlier: &line.earlier,
        ..Default::default()
    };
    engine.read_with(reader, &message)
}

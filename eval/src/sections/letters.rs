//! Whole letters, in which two readers said by themselves which codes are there: how much of what is heard is so, and
//! how much of what is so is heard. What only one of them listed, or either called arguable, counts neither way.

use super::with_and_without;
use crate::figure::Out;
use crate::score::Calls;
use crate::sets;
use serde::Deserialize;
use std::collections::BTreeSet;
use unruffled_engine::{DraftInput, Earlier, Engine, MessageInput, Reader};

/// These have figures of their own, with what was asked and what is known beside the letter; V24 counts words, and nobody who reads
/// a letter does.
const ELSEWHERE: [&str; 5] = ["V18", "V19", "V20", "V24", "V30"];

/// Of what is heard so much should be there, and of what is there so much heard.
const AIM: f64 = 0.8;

const KINDS: [(char, &str); 3] = [('C', "cues"), ('V', "checks"), ('G', "virtues")];

/// A letter, a draft in answer, and the codes that both readers found in them.
#[derive(Deserialize)]
struct Letter {
    id: String,
    message: String,
    #[serde(default)]
    earlier: Vec<Earlier>,
    draft: String,
    there: BTreeSet<String>,
    /// Not to be counted: one of them found it, or held it to be arguable.
    open: BTreeSet<String>,
}

pub fn measure(engine: &Engine, out: &mut Out) {
    for (part, whose) in [
        (sets::HARD, "short letters"),
        (sets::ORDINARY, "everyday letters"),
        (sets::DIFFICULT, "difficult moments"),
    ] {
        if !out.sets.parts_and(&[part]).contains(&part) {
            continue;
        }
        let letters: Vec<Letter> = match out.sets.items(part, "letters") {
            Ok(letters) => letters,
            Err(why) => {
                out.leave_out(why);
                continue;
            }
        };
        with_and_without(out, |reader, with, out| {
            let calls = counted(engine, reader, &letters, part, out);
            for ((_, kind), calls) in KINDS.into_iter().zip(calls) {
                let name = |what: &str| format!("{kind}, {what}, {whose}{with}");
                let heard = calls.hits + calls.false_alarms;
                out.at_least(&name("precision"), calls.precision(), heard, AIM, "ours");
                let there = calls.hits + calls.misses;
                out.at_least(&name("recall"), calls.recall(), there, AIM, "ours");
            }
        });
    }
}

/// Right and wrong calls, by [`KINDS`].
fn counted(
    engine: &Engine,
    reader: Option<&dyn Reader>,
    letters: &[Letter],
    part: &str,
    out: &Out,
) -> [Calls; KINDS.len()] {
    let mut calls = [Calls::default(); KINDS.len()];
    for letter in letters {
        let heard = heard(engine, reader, letter);
        for code in heard.union(&letter.there) {
            let kind = KINDS.iter().position(|(kind, _)| code.starts_with(*kind));
            let Some(kind) = kind.filter(|_| !ELSEWHERE.contains(&code.as_str())) else {
                continue;
            };
            if letter.open.contains(code) {
                continue;
            }
            let (said, so) = (heard.contains(code), letter.there.contains(code));
            calls[kind].add(said, so);
            if said != so && part == sets::HARD {
                let of_message = code.starts_with('C');
                let text = if of_message {
                    &letter.message
                } else {
                    &letter.draft
                };
                let what = if said { "not there" } else { "not heard" };
                out.wrong(format!(
                    "{} {code} {what}: {}",
                    letter.id,
                    text.replace('\n', " ")
                ));
            }
        }
    }
    calls
}

fn heard(engine: &Engine, reader: Option<&dyn Reader>, letter: &Letter) -> BTreeSet<String> {
    let message = MessageInput {
        text: &letter.message,
        earlier: &letter.earlier,
        ..Default::default()
    };
    let reading = engine.read_with(reader, &message);
    let draft = DraftInput {
        draft: &letter.draft,
        message: Some(&letter.message),
        earlier: &letter.earlier,
        ..Default::default()
    };
    let review = engine.review_with(reader, &draft);
    let cues = reading.cues.iter().map(|cue| cue.code.to_string());
    let notes = review.notes.iter().map(|note| note.code.to_string());
    let virtues = review.virtues.iter().map(|virtue| virtue.code.to_string());
    cues.chain(notes).chain(virtues).collect()
}

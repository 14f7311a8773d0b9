//! The shared taxonomy: each line that should fire fires, each that must not does not.
//!
//! The fixtures lie beside the repository, not in it; without them this says so and passes, unless
//! `UNRUFFLED_ALL_TESTS=1` asks that nothing be left out.

use serde_json::Value;
use unruffled_engine::{DraftInput, Earlier, Engine, KnownFact, MessageInput};

fn taxonomy() -> Option<Value> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/taxonomy/taxonomy.json"
    );
    match std::fs::read_to_string(path) {
        Ok(text) => Some(serde_json::from_str(&text).expect("the taxonomy is JSON")),
        Err(_) => {
            println!("left out: the shared taxonomy is not beside the repository");
            assert!(
                std::env::var("UNRUFFLED_ALL_TESTS").is_err(),
                "the shared taxonomy is missing at {path}"
            );
            None
        }
    }
}

fn codes_known(engine: &Engine) -> Vec<String> {
    engine.cards().map(|c| c.front.code.clone()).collect()
}

/// A fixture's situation, given in words, as the input it stands for.
#[derive(Default)]
struct Situation {
    message: Option<String>,
    earlier: Vec<Earlier>,
    facts: Vec<KnownFact>,
    name: Option<String>,
}

fn situation(code: &str, text: &str, context: &str, gloss: &str) -> Situation {
    let mut found = Situation::default();
    if let Some(quoted) = context
        .split_once('\'')
        .and_then(|(_, rest)| rest.rsplit_once('\''))
        .map(|(q, _)| q)
    {
        found.message = Some(quoted.to_string());
    }
    match (code, context) {
        ("V20", "given above") => {
            found.message = Some("My order number is 88213 and the lamp is broken.".into())
        }
        ("V27", "to a bereavement") => {
            found.message = Some("My father died on Sunday. How do I close his account?".into())
        }
        ("V27", "third complaint") => {
            found.message =
                Some("This is my third complaint about the same bill. Nobody answers.".into())
        }
        ("V27", "relief") => {
            found.message = Some("Oh, I'm so relieved, thank you for sorting it.".into())
        }
        ("V30", "first ask open") => {
            found.message = Some("Where is my parcel? And may I still add a lamp to it?".into())
        }
        ("V30", "all asks ticked") => {
            found.message = Some("That answers all of it, thank you.".into())
        }
        ("V31", "open ask") => found.message = Some("Where is my parcel?".into()),
        ("V31", "resolved") => found.message = Some("It works again, thank you very much!".into()),
        ("V32", "customer wrote it first") => {
            found.message = Some("Merry Christmas! Is the pool open on the 27th?".into())
        }
        ("V24", _) if gloss.contains("to '") => {
            found.message = gloss.split('\'').nth(1).map(str::to_string)
        }
        ("V24", _) if gloss.contains("asked for by the customer") => {
            found.message = Some("How do I clean it? Could you send me the steps, please?".into())
        }
        ("V28", "customer: Karen") => {
            found.message = Some("The lamp came without its plug.\n\nKaren".into())
        }
        ("V28", c) if c.starts_with("signed 'Jo'") => {
            found.message = Some("The lamp came without its plug.\n\nJo".into());
            found.name = Some("Joanna".into());
        }
        _ => {}
    }
    if code == "V19" && gloss.contains("checked") {
        found.facts.push(KnownFact {
            text: text.to_string(),
            state: Default::default(),
            source: None,
        });
    }
    if code == "V19" && gloss.contains("their claim") {
        found.message = Some("It cost £42.10.".into());
    }
    // These checks speak up only when the customer is warm: the fixtures are written for that moment.
    if matches!(code, "V04" | "V09" | "V03") && found.message.is_none() {
        found.message = Some("This is a complete joke of a service.".into());
    }
    found
}

/// So many words in sentences of `each`.
fn prose(words: usize, each: usize) -> String {
    let mut all: Vec<String> = Vec::new();
    for number in 0..words {
        let word = ["the", "small", "lamp", "stands", "beside", "a", "door"][number % 7];
        all.push(match (number % each, (number + 1) % each) {
            (0, _) => format!("{}{}", word[..1].to_uppercase(), &word[1..]),
            (_, 0) => format!("{word}."),
            _ => word.to_string(),
        });
    }
    format!("{}.", all.join(" ").trim_end_matches('.'))
}

/// A fixture that is only described, written out; `None` where nobody can know what it says.
fn described(gloss: &str) -> Option<String> {
    Some(match gloss {
        "one 130-word paragraph" => prose(130, 13),
        "a 41-word sentence with three conditions" => {
            "If the lamp was bought in our shop after the first of May, and if the foot of it is still whole, \
             and if you have the small paper from the box at hand, the money goes back to you."
                .into()
        }
        "180 words to 'Refund. Order 7781.'" => {
            [prose(60, 12), prose(60, 12), prose(60, 12)].join("\n\n")
        }
        "180 words in numbered steps asked for by the customer" => (1..=15)
            .map(|number| format!("{number}. {}", prose(11, 11)))
            .collect::<Vec<_>>()
            .join("\n"),
        "a long quotation of the customer" => {
            format!("You wrote: “{}” I've changed it.", prose(120, 40))
        }
        "legal text in the footer" => format!(
            "The lamp left us today.\n\nKind regards,\nIna\n\nThis email and any attachments are confidential. {}",
            prose(150, 50)
        ),
        _ => return None,
    })
}

fn fires(engine: &Engine, code: &str, text: &str, s: &Situation) -> bool {
    match code.as_bytes()[0] {
        b'C' => engine
            .read(&MessageInput {
                text,
                ..Default::default()
            })
            .cues
            .iter()
            .any(|c| c.code == code),
        _ => {
            let review = engine.review(&DraftInput {
                draft: text,
                message: s.message.as_deref(),
                reading: None,
                earlier: &s.earlier,
                facts: &s.facts,
                customer_name: s.name.as_deref(),
                now: None,
            });
            review.notes.iter().any(|n| n.code == code)
                || review.virtues.iter().any(|v| v.code == code)
        }
    }
}

fn lines(entry: &Value, key: &str) -> Vec<(String, String, String)> {
    let text = |v: &Value, k: &str| v[k].as_str().unwrap_or("").to_string();
    entry[key]
        .as_array()
        .into_iter()
        .flatten()
        .map(|line| match line.as_str() {
            // Virtues are plain strings with the gloss in brackets at their end.
            Some(plain) => match plain.rsplit_once(" (") {
                Some((said, gloss)) if plain.ends_with(')') => (
                    said.to_string(),
                    gloss.trim_end_matches(')').to_string(),
                    String::new(),
                ),
                _ => (plain.to_string(), String::new(), String::new()),
            },
            None if line["described_only"].as_bool() == Some(true) => (
                described(&text(line, "gloss")).unwrap_or_default(),
                text(line, "gloss"),
                text(line, "context"),
            ),
            None => (
                text(line, "text"),
                text(line, "gloss"),
                text(line, "context"),
            ),
        })
        .filter(|(said, _, _)| {
            !said.is_empty()
                && !said.starts_with('(')
                && !said.starts_with("A pasted")
                && !said.starts_with("An automatic")
                && !said.starts_with("Quoting abuse")
        })
        .collect()
}

#[test]
fn the_shared_fixtures_hold() {
    let Some(taxonomy) = taxonomy() else { return };
    let engine = Engine::embedded();
    let known = codes_known(&engine);
    let only = std::env::var("CARD").ok();
    let (mut right, mut faults) = (0, Vec::new());
    for (list, yes, no) in [
        ("cues", "fires", "must_not_fire"),
        ("violations", "fires", "must_not_fire"),
        ("virtues", "counts", "does_not_count"),
    ] {
        for entry in taxonomy[list].as_array().into_iter().flatten() {
            let code = entry["id"].as_str().unwrap_or("");
            if !known.iter().any(|k| k == code) || only.as_ref().is_some_and(|o| o != code) {
                continue;
            }
            for (key, expected) in [(yes, true), (no, false)] {
                for (text, gloss, context) in lines(entry, key) {
                    let s = situation(code, &text, &context, &gloss);
                    if fires(&engine, code, &text, &s) == expected {
                        right += 1;
                    } else {
                        faults.push(format!(
                            "{code} {}: {text} [{context}] ({gloss})",
                            if expected {
                                "should fire"
                            } else {
                                "must stay quiet"
                            }
                        ));
                    }
                }
            }
        }
    }
    println!("{right} fixture lines hold, {} do not", faults.len());
    assert!(
        faults.is_empty(),
        "{} of {} fixture lines do not hold:\n{}",
        faults.len(),
        right + faults.len(),
        faults.join("\n")
    );
}

#[test]
fn each_hypothesis_is_chosen_for_its_example() {
    let Some(taxonomy) = taxonomy() else { return };
    let engine = Engine::embedded();
    let known = codes_known(&engine);
    let mut faults = Vec::new();
    for entry in taxonomy["hypotheses"].as_array().into_iter().flatten() {
        let code = entry["id"].as_str().unwrap_or("");
        if !known.iter().any(|k| k == code) {
            continue;
        }
        let text = entry["example_message"].as_str().unwrap_or("");
        let reading = engine.read(&MessageInput {
            text,
            ..Default::default()
        });
        let chosen = reading.what_if.map(|w| w.code);
        if chosen.as_deref() != Some(code) {
            faults.push(format!("{code}: `{text}` gives {chosen:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

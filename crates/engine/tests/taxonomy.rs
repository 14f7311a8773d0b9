//! The shared taxonomy: each line that should fire fires, each that must not does not.
//!
//! The fixtures lie beside the repository, not in it; without them this says so and passes, unless
//! `UNRUFFLED_ALL_TESTS=1` asks that nothing be left out.

mod fixtures;

use fixtures::{Situation, lines, situation, taxonomy};
use unruffled_engine::{DraftInput, Engine, MessageInput};

fn codes_known(engine: &Engine) -> Vec<String> {
    engine.cards().map(|c| c.front.code.clone()).collect()
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
                leans: &[],
                answers: &[],
                statements: &[],
            });
            review.notes.iter().any(|n| n.code == code)
                || review.virtues.iter().any(|v| v.code == code)
        }
    }
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

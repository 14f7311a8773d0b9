//! What one check offers, and what it leaves alone, raises no pause and no look-again note of any check.

mod fixtures;

use fixtures::{Situation, lines, situation, taxonomy};
use unruffled_engine::{CardKind, DraftInput, Engine, FactState, KnownFact, Weight};

/// A moment that a rewrite is written for: warm, and nothing is asked that a single line would have to answer.
const WARM: &str = "This is a complete joke of a service.";

/// Lines that may raise another check than their own, and the reason beside each.
const EXEMPT: &[(&str, &str)] = &[
    // A plain no without an option, given as the near miss of "that's impossible": the taxonomy itself points to V14.
    (
        "V09",
        "It's not possible to change the name after check-in.",
    ),
];

/// The louder notes on a line. What an invented line states ("the refund went out at 10:14") is known to nobody, so it is
/// handed in as checked: whether a fact is known is for V19's own fixtures to show.
fn loud(engine: &Engine, line: &str, s: &Situation) -> Vec<String> {
    let mut facts = s.facts.clone();
    facts.push(KnownFact {
        text: line.to_string(),
        state: FactState::Checked,
        source: None,
    });
    engine
        .review(&DraftInput {
            draft: line,
            message: s.message.as_deref(),
            earlier: &s.earlier,
            facts: &facts,
            customer_name: s.name.as_deref(),
            ..Default::default()
        })
        .notes
        .iter()
        .filter(|note| note.weight >= Weight::LookAgain)
        .map(|note| format!("{} `{}`", note.code, note.span.text))
        .collect()
}

fn told(faults: &[String]) {
    assert!(
        faults.is_empty(),
        "{} lines raise a note:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn what_a_check_offers_instead_raises_no_note() {
    let engine = Engine::embedded();
    let mut faults = Vec::new();
    for card in engine.cards().filter(|c| c.kind == CardKind::Check) {
        for instead in &card.instead {
            // A placeholder in braces stands for what the agent fills in.
            let line = instead.replace(['{', '}'], "");
            for found in loud(&engine, &line, &Situation::default()) {
                faults.push(format!("{} offers `{line}`: {found}", card.id));
            }
        }
    }
    told(&faults);
}

#[test]
fn no_rewrite_of_the_taxonomy_raises_a_note() {
    let Some(taxonomy) = taxonomy() else { return };
    let engine = Engine::embedded();
    let mut faults = Vec::new();
    for entry in taxonomy["violations"].as_array().into_iter().flatten() {
        let code = entry["id"].as_str().unwrap_or("");
        let afters = entry["rewrites"].as_array().into_iter().flatten();
        for line in afters
            .filter_map(|r| r["after"].as_str())
            .filter(|line| !line.starts_with(['(', '[']))
        {
            for message in [None, Some(WARM.to_string())] {
                let moment = Situation {
                    message,
                    ..Situation::default()
                };
                for found in loud(&engine, line, &moment) {
                    faults.push(format!(
                        "{code} `{line}` ({:?}): {found}",
                        moment.message.as_deref().unwrap_or("")
                    ));
                }
            }
        }
    }
    told(&faults);
}

#[test]
fn nothing_that_must_not_fire_raises_another_note() {
    let Some(taxonomy) = taxonomy() else { return };
    let engine = Engine::embedded();
    let mut faults = Vec::new();
    for entry in taxonomy["violations"].as_array().into_iter().flatten() {
        let code = entry["id"].as_str().unwrap_or("");
        for (text, gloss, context) in lines(entry, "must_not_fire") {
            if EXEMPT.iter().any(|(c, l)| *c == code && *l == text) {
                continue;
            }
            let s = situation(code, &text, &context, &gloss);
            for found in loud(&engine, &text, &s) {
                faults.push(format!("{code} `{text}` [{context}]: {found}"));
            }
        }
    }
    told(&faults);
}

//! Every card proves itself: what stands under "Fires" fires, with the words under the carets, and what stands under
//! "Stays quiet" does not.

use unruffled_engine::{Card, CardKind, DraftInput, Engine, Example, MessageInput, Weight};

/// The words a card finds in an example; `None` when it stays quiet.
fn found(engine: &Engine, card: &Card, example: &Example) -> Option<Vec<(usize, usize)>> {
    let now = example.now.as_deref().map(|now| {
        jiff::Timestamp::strptime("%Y-%m-%dT%H:%M:%S%:z", now)
            .expect(now)
            .to_zoned(jiff::tz::TimeZone::UTC)
    });
    let earlier = &example.earlier;
    let spans: Vec<(usize, usize)> = match card.kind {
        CardKind::Cue => {
            let reading = engine.read(&MessageInput {
                text: &example.text,
                earlier,
                now: now.as_ref(),
                ..Default::default()
            });
            reading
                .cues
                .iter()
                .filter(|c| c.card == card.id)
                .flat_map(|c| &c.evidence)
                .map(|s| (s.start, s.end))
                .collect()
        }
        CardKind::WhatIf => {
            let reading = engine.read(&MessageInput {
                text: &example.text,
                earlier,
                now: now.as_ref(),
                ..Default::default()
            });
            reading
                .what_if
                .iter()
                .filter(|w| w.card == card.id)
                .flat_map(|w| &w.evidence)
                .map(|s| (s.start, s.end))
                .collect()
        }
        // A message is offered something by itself, a draft where the example gives the message it answers.
        CardKind::Prompt => {
            let prompts = match &example.customer {
                Some(customer) => {
                    engine
                        .review(&DraftInput {
                            draft: &example.text,
                            message: Some(customer),
                            earlier,
                            facts: &example.facts,
                            now: now.as_ref(),
                            ..Default::default()
                        })
                        .prompts
                }
                None => {
                    engine
                        .read(&MessageInput {
                            text: &example.text,
                            earlier,
                            now: now.as_ref(),
                            ..Default::default()
                        })
                        .prompts
                }
            };
            let offered = prompts.iter().filter(|prompt| prompt.card == card.id);
            offered
                .flat_map(|prompt| &prompt.evidence)
                .map(|span| (span.start, span.end))
                .collect()
        }
        CardKind::Check | CardKind::Virtue => {
            let review = engine.review(&DraftInput {
                draft: &example.text,
                message: example.customer.as_deref(),
                reading: None,
                earlier,
                facts: &example.facts,
                customer_name: example.name.as_deref(),
                now: now.as_ref(),
                leans: &[],
                answers: &[],
                statements: &[],
            });
            let notes = review
                .notes
                .iter()
                .filter(|n| n.card == card.id)
                .map(|n| (n.span.start, n.span.end));
            notes
                .chain(
                    review
                        .virtues
                        .iter()
                        .filter(|v| v.card == card.id)
                        .map(|v| (v.span.start, v.span.end)),
                )
                .collect()
        }
    };
    (!spans.is_empty()).then_some(spans)
}

#[test]
fn every_example_of_every_card_holds() {
    let engine = Engine::embedded();
    let only = std::env::var("CARD").ok();
    let mut faults = Vec::new();
    for card in engine.cards().filter(|c| {
        only.as_ref()
            .is_none_or(|id| *id == c.id || *id == c.front.code)
    }) {
        for example in &card.fires {
            match found(&engine, card, example) {
                None => faults.push(format!(
                    "{}:{} should fire: {}",
                    card.id, example.line, example.text
                )),
                Some(spans) => {
                    for marked in &example.marked {
                        if !spans.contains(marked) {
                            let words: Vec<_> =
                                spans.iter().map(|s| &example.text[s.0..s.1]).collect();
                            faults.push(format!(
                                "{}:{} should mark `{}`, marked {words:?}",
                                card.id,
                                example.line,
                                &example.text[marked.0..marked.1]
                            ));
                        }
                    }
                }
            }
        }
        for example in &card.stays_quiet {
            if let Some(spans) = found(&engine, card, example) {
                let words: Vec<_> = spans.iter().map(|s| &example.text[s.0..s.1]).collect();
                faults.push(format!(
                    "{}:{} should stay quiet: {} (found {words:?})",
                    card.id, example.line, example.text
                ));
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} examples do not hold:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

/// A way to say it instead must not need one itself.
#[test]
fn what_a_card_offers_instead_passes_every_check() {
    let engine = Engine::embedded();
    let mut faults = Vec::new();
    for card in engine.cards() {
        for instead in &card.instead {
            for note in engine
                .review(&DraftInput {
                    draft: instead,
                    ..Default::default()
                })
                .notes
            {
                if note.weight >= Weight::LookAgain && !matches!(note.code.as_str(), "V19" | "V28")
                {
                    faults.push(format!(
                        "{} offers `{instead}`, and {} says: {}",
                        card.id, note.code, note.says
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

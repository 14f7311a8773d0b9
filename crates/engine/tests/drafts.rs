//! What the checks and virtues say about single lines, and what their repairs leave behind.

use unruffled_engine::{DraftInput, Earlier, Engine, From, KnownFact, Note, Trust, Weight};

fn review(engine: &Engine, draft: &str) -> Vec<Note> {
    engine
        .review(&DraftInput {
            draft,
            ..Default::default()
        })
        .notes
}

/// The lines of `tests/lines/CODE.txt`: `+` has to be noticed, `-` has to stay quiet, some with the message they answer.
#[test]
fn every_line_of_every_card_is_noticed_or_left_alone() {
    let engine = Engine::embedded();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/lines");
    let (mut right, mut faults) = (0, Vec::new());
    for entry in std::fs::read_dir(folder)
        .expect("tests/lines is there")
        .flatten()
    {
        let code = entry
            .path()
            .file_stem()
            .and_then(|s| s.to_str())
            .unwrap_or("")
            .to_string();
        for line in std::fs::read_to_string(entry.path())
            .expect("a list of lines can be read")
            .lines()
        {
            let Some((wanted, draft)) = line
                .split_at_checked(2)
                .filter(|(mark, _)| matches!(*mark, "+ " | "- "))
            else {
                continue;
            };
            // "draft || the message it answers || fact: … || name: … || agent: what was sent before", with \n for a line break.
            let mut parts = draft.split(" || ").map(|part| part.replace("\\n", "\n"));
            let written = parts.next().unwrap_or_default();
            let (mut message, mut name) = (None, None);
            let (mut facts, mut earlier) = (Vec::new(), Vec::new());
            for part in parts {
                if let Some(fact) = part.strip_prefix("fact: ") {
                    facts.push(KnownFact {
                        text: fact.to_string(),
                        state: Default::default(),
                        source: None,
                    });
                } else if let Some(known) = part.strip_prefix("name: ") {
                    name = Some(known.to_string());
                } else if let Some(sent) = part.strip_prefix("agent: ") {
                    earlier.push(Earlier {
                        from: From::Agent,
                        text: sent.to_string(),
                    });
                } else {
                    message = Some(part);
                }
            }
            let review = engine.review(&DraftInput {
                draft: &written,
                message: message.as_deref(),
                customer_name: name.as_deref(),
                facts: &facts,
                earlier: &earlier,
                ..Default::default()
            });
            let noticed = review.notes.iter().any(|n| n.code == code)
                || review.virtues.iter().any(|v| v.code == code);
            if noticed == (wanted == "+ ") {
                right += 1;
            } else {
                faults.push(format!(
                    "{code} {} {draft}",
                    if noticed { "fires on" } else { "misses" }
                ));
            }
        }
    }
    println!("{right} lines hold, {} do not", faults.len());
    assert!(
        faults.is_empty(),
        "{} of {} lines do not hold:\n{}",
        faults.len(),
        right + faults.len(),
        faults.join("\n")
    );
}

fn with_fix(draft: &str, note: &Note) -> Option<String> {
    let fix = note.fix.as_ref()?;
    Some(format!(
        "{}{}{}",
        &draft[..fix.start],
        fix.with,
        &draft[fix.end..]
    ))
}

/// Each repair, taken, reads as it should and leaves the note behind.
#[test]
fn a_repair_leaves_whole_sentences_and_no_note_of_its_kind() {
    let engine = Engine::embedded();
    for (code, draft, after) in [
        (
            "V16",
            "We will get back to you as soon as possible.",
            "We will get back to you by 16:00 today.",
        ),
        (
            "V16",
            "We'll be in touch.",
            "We'll be in touch by 16:00 today.",
        ),
        (
            "V16",
            "We will shortly send you a new card.",
            "We will send you a new card by 16:00 today.",
        ),
        (
            "V16",
            "I'm looking into it.",
            "I'm looking into it and will write to you by 16:00 today.",
        ),
        (
            "V16",
            "I will look into the gate, and that is all for now.",
            "I will look into the gate and will write to you by 16:00 today, and that is all for now.",
        ),
        (
            "V16",
            "Your refund will be processed shortly.",
            "Your refund will be processed by 16:00 today.",
        ),
        (
            "V16",
            "It will be looked into in due course, thank you.",
            "It will be looked into by 16:00 today, thank you.",
        ),
        (
            "V04",
            "I'm sorry about the delay, however you did order late.",
            "I'm sorry about the delay. You did order late.",
        ),
        (
            "V04",
            "I understand you're upset, but that's our policy.",
            "I understand you're upset. That's our policy.",
        ),
        (
            "V04",
            "I'm sorry about the delay. However, you ordered after the cut-off.",
            "I'm sorry about the delay. You ordered after the cut-off.",
        ),
        (
            "V04",
            "While I understand that this is annoying, we do not make exceptions.",
            "I understand that this is annoying. We do not make exceptions.",
        ),
        (
            "V04",
            "Sorry about that but it's not our fault.",
            "Sorry about that. It's not our fault.",
        ),
        (
            "V04",
            "I hear you — but that is how the system works.",
            "I hear you. That is how the system works.",
        ),
        (
            "V24",
            "I've looked at both of your bills and found that the second one counts the month of May again, so I have taken it off and sent you a new one.",
            "I've looked at both of your bills and found that the second one counts the month of May again. So I have taken it off and sent you a new one.",
        ),
        (
            "V26",
            "Difficult customer, be careful.",
            "Difficult moment, be careful.",
        ),
        (
            "V28",
            "Hi {first_name}, thanks for the photo.",
            "Hi, thanks for the photo.",
        ),
    ] {
        let notes = review(&engine, draft);
        let note = notes
            .iter()
            .find(|n| n.code == code && n.fix.is_some())
            .unwrap_or_else(|| panic!("{code} offers no repair for `{draft}`: {notes:?}"));
        let repaired = with_fix(draft, note).expect("the note has a fix");
        assert_eq!(repaired, after);
        assert!(
            !review(&engine, &repaired)
                .iter()
                .any(|n| n.code == code && n.card == note.card),
            "`{repaired}` still carries {code}"
        );
    }
}

/// A placeholder is filled with the name the customer signs with.
#[test]
fn a_placeholder_takes_the_customers_name() {
    let engine = Engine::embedded();
    let draft = "Hi {first_name},\nthe plug is in the post.";
    let review = engine.review(&DraftInput {
        draft,
        message: Some("The lamp came without its plug.\n\nKaren"),
        ..Default::default()
    });
    let note = review
        .notes
        .iter()
        .find(|n| n.code == "V28")
        .expect("the placeholder is seen");
    assert_eq!(note.weight, Weight::Pause);
    assert_eq!(note.fix.as_ref().map(|f| f.trust), Some(Trust::Safe));
    assert_eq!(
        with_fix(draft, note).as_deref(),
        Some("Hi Karen,\nthe plug is in the post.")
    );
}

/// Every repair of every example of every card cuts between characters, changes something and shrinks no other sentence.
#[test]
fn every_repair_of_every_example_lies_inside_the_draft() {
    let engine = Engine::embedded();
    for card in engine.cards() {
        for example in &card.fires {
            let input = DraftInput {
                draft: &example.text,
                message: example.customer.as_deref(),
                customer_name: example.name.as_deref(),
                ..Default::default()
            };
            for note in engine.review(&input).notes {
                let Some(fix) = &note.fix else { continue };
                assert!(
                    example.text.is_char_boundary(fix.start)
                        && example.text.is_char_boundary(fix.end)
                        && fix.start <= fix.end,
                    "{}: {:?}",
                    card.id,
                    fix
                );
                let after = with_fix(&example.text, &note).expect("there is a fix");
                assert_ne!(after, example.text, "{} changes nothing", card.id);
                assert!(
                    !after.contains("  ")
                        && !after.contains(" ,")
                        && !after.contains(" .")
                        && !after.contains(".."),
                    "{}: `{after}` is broken",
                    card.id
                );
            }
        }
    }
}

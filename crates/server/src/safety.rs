//! Risk and abuse: the organisation's procedure and a person in the place of everything else.
//!
//! Where a message, a draft or a listening card says that somebody may be at risk (C31), nothing is
//! coached any more. Where words cross a line (C32), whoever reads them may stop.

use unruffled_engine::{MessageInput, Reading, Review, Safety, Span};

use crate::Desk;
use crate::sheets::backup::SafetySheet;

/// So many of the words that are the reason are shown.
const WORDS_MAX: usize = 2;

/// What a text of ours or theirs says, read by itself: a draft, what was heard on the telephone.
pub fn of_text(desk: &Desk, text: &str) -> Reading {
    desk.engine().read(&MessageInput {
        text,
        ..Default::default()
    })
}

/// What is shown for a reading; none where all is well.
pub fn sheet(desk: &Desk, reading: &Reading, number: Option<i64>) -> Option<SafetySheet> {
    let safety = reading.safety?;
    let code = match safety {
        Safety::Risk => "C31",
        Safety::Abuse => "C32",
    };
    let words = reading
        .cues
        .iter()
        .filter(|cue| cue.code == code)
        .flat_map(|cue| &cue.evidence);
    Some(SafetySheet {
        // Words that cross a line are not set out again for whoever has just read them.
        words: match safety {
            Safety::Risk => apart(words.collect()),
            Safety::Abuse => Vec::new(),
        },
        ..of_kind(desk, safety, number)
    })
}

/// The procedure by itself.
pub fn of_kind(desk: &Desk, safety: Safety, number: Option<i64>) -> SafetySheet {
    let words = &desk.settings().safety;
    let risk = safety == Safety::Risk;
    SafetySheet {
        risk,
        words: Vec::new(),
        steps: steps(if risk {
            &words.risk_procedure
        } else {
            &words.abuse_procedure
        }),
        call: words.risk_call.trim().to_owned(),
        emergency: words.emergency_number.trim().to_owned(),
        boundary: words.boundary_wording.trim().to_owned(),
        number,
    }
}

/// Where a person and a procedure come first, a draft hears nothing about its style.
pub fn quiet(review: &mut Review) {
    review.notes.clear();
    review.virtues.clear();
    review.prompts.clear();
    review.echo = None;
}

/// A step a line; where the text has no lines of its own, a step a sentence.
fn steps(text: &str) -> Vec<String> {
    let text = text.trim();
    let lines: Vec<&str> = if text.contains('\n') {
        text.lines().collect()
    } else {
        text.split_inclusive(". ").collect()
    };
    lines
        .into_iter()
        .map(|step| step.trim().to_owned())
        .filter(|step| !step.is_empty())
        .collect()
}

fn apart(mut spans: Vec<&Span>) -> Vec<String> {
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut end = 0;
    let mut words: Vec<String> = Vec::new();
    for span in spans {
        if (span.start >= end || words.is_empty()) && !words.contains(&span.text) {
            end = span.end;
            words.push(span.text.clone());
        }
    }
    words.truncate(WORDS_MAX);
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Settings;
    use unruffled_engine::{DraftInput, Engine};

    #[test]
    fn a_procedure_is_read_step_by_step() {
        assert_eq!(
            steps("Stay with it. Call Mara.\n"),
            ["Stay with it.", "Call Mara."]
        );
        assert_eq!(
            steps("1. Stay with it. Now.\n\n2. Call Mara."),
            ["1. Stay with it. Now.", "2. Call Mara."]
        );
    }

    #[test]
    fn our_own_boundary_wording_meets_our_own_checks() {
        let settings = Settings::default();
        let engine = Engine::embedded();
        let review = engine.review(&DraftInput {
            draft: &settings.safety.boundary_wording,
            ..Default::default()
        });
        assert_eq!(review.notes, []);
        let codes: Vec<&str> = review.virtues.iter().map(|it| it.code.as_str()).collect();
        assert!(codes.contains(&"G21"), "a kind limit: {codes:?}");
    }

    #[test]
    fn our_own_words_about_abuse_are_none() {
        let settings = Settings::default();
        let engine = Engine::embedded();
        for text in [
            &settings.safety.abuse_procedure,
            &settings.safety.boundary_wording,
        ] {
            let reading = engine.read(&MessageInput {
                text,
                ..Default::default()
            });
            assert_eq!(reading.safety, None, "{text}");
        }
    }
}

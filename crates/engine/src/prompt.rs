//! Prompts: what the practice offers at a moment (EVIDENCE 7e). A card names the words that make it an offer; what depends
//! on time or on the person has a card with its rule, and nobody here offers it.

use crate::card::CardKind;
use crate::deck::{Deck, packed};
use crate::engine::{ABUSE, RISK};
use crate::{Heat, Note, Prompt, Reading, Span};

/// What makes a prompt an offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Occasion {
    /// The message is at least this warm.
    Heat(Heat),
    /// The message carries this cue; codes are packed, as in [`packed`].
    Cue(u32),
    /// The draft has this note.
    Check(u32),
    /// This what-if was chosen for the message.
    WhatIf(u32),
    /// Any what-if was chosen.
    AnyWhatIf,
}

impl Occasion {
    /// Reads one entry of `offer`; says in words what is wrong with it.
    pub fn parse(source: &str) -> Result<Occasion, String> {
        match source {
            "warm" => return Ok(Occasion::Heat(Heat::Warm)),
            "hot" => return Ok(Occasion::Heat(Heat::Hot)),
            "very hot" => return Ok(Occasion::Heat(Heat::VeryHot)),
            "what-if" => return Ok(Occasion::AnyWhatIf),
            _ => {}
        }
        let number = source.get(1..).unwrap_or("");
        let code = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        match source.as_bytes().first() {
            Some(b'C') if code => Ok(Occasion::Cue(packed(source))),
            Some(b'V') if code => Ok(Occasion::Check(packed(source))),
            Some(b'H') if code => Ok(Occasion::WhatIf(packed(source))),
            _ => Err(format!(
                "`{source}` offers nothing: `offer` names a heat (warm, hot), a cue (C10), a check (V19), a what-if (H8) or `what-if`"
            )),
        }
    }

    /// The words of the message that make it an offer; `None` when it is none. `cues` are the codes of its cues, packed.
    fn in_reading(&self, reading: &Reading, cues: &[u32], hottest: &[Span]) -> Option<Vec<Span>> {
        match self {
            Occasion::Heat(least) => (reading.heat >= *least).then(|| hottest.to_vec()),
            Occasion::Cue(code) => {
                let at = cues.iter().position(|cue| cue == code)?;
                Some(reading.cues[at].evidence.clone())
            }
            Occasion::WhatIf(code) => reading
                .what_if
                .as_ref()
                .filter(|what_if| packed(&what_if.code) == *code)
                .map(|what_if| what_if.evidence.clone()),
            Occasion::AnyWhatIf => reading
                .what_if
                .as_ref()
                .map(|what_if| what_if.evidence.clone()),
            Occasion::Check(_) => None,
        }
    }

    /// The words of the draft that make it an offer; `None` when it is none.
    fn in_notes(&self, notes: &[Note]) -> Option<Vec<Span>> {
        let Occasion::Check(code) = self else {
            return None;
        };
        let spans: Vec<Span> = notes
            .iter()
            .filter(|note| packed(&note.code) == *code)
            .map(|note| note.span.clone())
            .collect();
        (!spans.is_empty()).then_some(spans)
    }
}

/// What a message makes an offer. Where somebody may be at risk or is abused, only what the card names for that stays:
/// people and procedures, no coaching.
pub fn for_message(deck: &Deck, reading: &Reading) -> Vec<Prompt> {
    if reading.cues.is_empty() && reading.what_if.is_none() && reading.heat == Heat::Quiet {
        return Vec::new();
    }
    // Hardly any message is hot: only there are its hottest words gathered.
    let hottest: Vec<Span> = reading
        .cues
        .iter()
        .filter(|cue| reading.heat > Heat::Quiet && deck.points(&cue.card) > 0)
        .flat_map(|cue| cue.evidence.iter().cloned())
        .collect();
    let cues: Vec<u32> = reading.cues.iter().map(|cue| packed(&cue.code)).collect();
    let guarded = |occasions: &[Occasion]| {
        reading.safety.is_some()
            && !occasions.iter().any(
                |occasion| matches!(occasion, Occasion::Cue(code) if [RISK, ABUSE].map(packed).contains(code)),
            )
    };
    offers(deck, |occasions| {
        if guarded(occasions) {
            return Vec::new();
        }
        occasions
            .iter()
            .filter_map(|occasion| occasion.in_reading(reading, &cues, &hottest))
            .collect()
    })
}

/// What a draft makes an offer.
pub fn for_draft(deck: &Deck, reading: &Reading, notes: &[Note]) -> Vec<Prompt> {
    if reading.safety.is_some() {
        return Vec::new();
    }
    offers(deck, |occasions| {
        occasions
            .iter()
            .filter_map(|occasion| occasion.in_notes(notes))
            .collect()
    })
}

/// The prompts whose occasions are found, each with the words of all of them.
fn offers(deck: &Deck, found: impl Fn(&[Occasion]) -> Vec<Vec<Span>>) -> Vec<Prompt> {
    deck.of_kind(CardKind::Prompt)
        .filter_map(|(_, compiled)| {
            let spans = found(&compiled.occasions);
            if spans.is_empty() {
                return None;
            }
            let mut evidence: Vec<Span> = Vec::new();
            for span in spans.into_iter().flatten() {
                if !span.text.is_empty() && !evidence.contains(&span) {
                    evidence.push(span);
                }
            }
            Some(Prompt {
                code: compiled.card.front.code.clone(),
                card: compiled.card.id.clone(),
                says: compiled.card.front.says.clone(),
                evidence,
            })
        })
        .collect()
}

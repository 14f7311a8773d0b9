//! Choosing one what-if: evidence from the cues, fear and pressure first on a tie, nothing when nothing shows it.

use crate::card::CardKind;
use crate::deck::{Deck, Hit, packed};
use crate::text::Text;
use crate::{Heat, Span, WhatIf};

/// On a tie: fear first, then pressure.
const TIE_ORDER: [&str; 8] = ["H6", "H3", "H4", "H1", "H8", "H7", "H2", "H5"];

/// The what-ifs that the hits give reason for, the best first. `exact_deadline`: a date is given, so there is nothing to ask.
pub fn choose(
    deck: &Deck,
    hits: &[&Hit],
    text: &Text<'_>,
    heat: Heat,
    exact_deadline: bool,
) -> Vec<WhatIf> {
    let code_of = |hit: &Hit| deck.cards[hit.card].card.front.code.as_str();
    let seen: Vec<u32> = hits.iter().map(|hit| packed(code_of(hit))).collect();
    let present = |code: &&u32| seen.contains(code);
    let mut scored: Vec<(u32, usize, WhatIf)> = Vec::new();
    if hits.is_empty() {
        return Vec::new();
    }
    for (_, compiled) in deck.of_kind(CardKind::WhatIf) {
        let (front, by) = (&compiled.card.front, &compiled.evidence);
        if by.silenced_by.iter().any(|code| present(&code)) {
            continue;
        }
        let strong = by.strong.iter().filter(present).count() as u32;
        let weak = by.weak.iter().filter(present).count() as u32;
        let mut score = strong * 2 + weak;
        if score > 0 {
            score += by.supporting.iter().filter(present).count() as u32;
        }
        if score == 0 {
            continue;
        }
        let codes: Vec<&String> = front
            .strong
            .iter()
            .chain(&front.weak)
            .chain(&front.supporting)
            .collect();
        let mut evidence: Vec<Span> = Vec::new();
        for code in codes {
            for hit in hits.iter().filter(|hit| code_of(hit) == code) {
                let span = text.span(hit.found.show.0, hit.found.show.1);
                if !span.text.is_empty() && !evidence.contains(&span) {
                    evidence.push(span);
                }
            }
        }
        if evidence.is_empty() {
            continue;
        }
        let tie = TIE_ORDER
            .iter()
            .position(|code| *code == front.code)
            .unwrap_or(TIE_ORDER.len());
        scored.push((score, tie, what_if(compiled, evidence, exact_deadline)));
    }
    scored.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut chosen: Vec<WhatIf> = scored.into_iter().map(|(_, _, what_if)| what_if).collect();
    if chosen.is_empty() && heat >= Heat::Warm {
        let goals = deck
            .of_kind(CardKind::WhatIf)
            .find(|(_, c)| c.card.front.code == "H1");
        let hottest = hits
            .iter()
            .filter(|hit| deck.cards[hit.card].card.front.points > 0)
            .map(|hit| text.span(hit.found.show.0, hit.found.show.1))
            .find(|span| !span.text.is_empty());
        if let (Some((_, compiled)), Some(span)) = (goals, hottest)
            && !compiled
                .evidence
                .silenced_by
                .iter()
                .any(|code| present(&code))
        {
            chosen.push(what_if(compiled, vec![span], false));
        }
    }
    chosen
}

fn what_if(compiled: &crate::deck::Compiled, evidence: Vec<Span>, exact_deadline: bool) -> WhatIf {
    let front = &compiled.card.front;
    // A date that is given is shown, not asked for.
    let ask = if exact_deadline && front.code == "H3" {
        String::new()
    } else {
        front.ask.clone()
    };
    WhatIf {
        code: front.code.clone(),
        card: compiled.card.id.clone(),
        says: front.says.clone(),
        evidence,
        ask,
        respond: front.respond.clone(),
    }
}

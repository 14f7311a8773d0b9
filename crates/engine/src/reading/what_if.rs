//! Choosing one what-if: evidence from the cues and from a reader of the message as a whole, fear and pressure first on a tie,
//! nothing when nothing shows it.

use crate::card::CardKind;
use crate::deck::{Deck, Hit, packed};
use crate::learned::{self, Lean, NOT};
use crate::text::Text;
use crate::{Heat, Span, WhatIf};

/// What the evidence of one weak cue weighs against a reader's log-odds; of one strong cue, twice that.
const EVIDENCE: f32 = 2.0;

/// On a tie: fear first, then pressure.
const TIE_ORDER: [&str; 8] = ["H6", "H3", "H4", "H1", "H8", "H7", "H2", "H5"];

/// A what-if that may be shown.
struct Possible {
    what_if: WhatIf,
    /// What the cues give for it.
    points: usize,
    /// The same with what a reader leans to.
    score: f32,
    tie: usize,
}

/// The what-ifs that there is reason for, the best first: the first by the hits and `leans` (those of a reader from outside) together,
/// the others by the hits alone. `exact_deadline`: a date is given, so there is nothing to ask.
pub fn choose(
    deck: &Deck,
    hits: &[&Hit],
    leans: &[Lean],
    text: &Text<'_>,
    heat: Heat,
    exact_deadline: bool,
) -> Vec<WhatIf> {
    let code_of = |hit: &Hit| deck.cards[hit.card].card.front.code.as_str();
    let seen: Vec<u32> = hits.iter().map(|hit| packed(code_of(hit))).collect();
    let present = |code: &&u32| seen.contains(code);
    let mut possible: Vec<Possible> = Vec::new();
    if hits.is_empty() && leans.is_empty() {
        return Vec::new();
    }
    for (_, compiled) in deck.of_kind(CardKind::WhatIf) {
        let (front, by) = (&compiled.card.front, &compiled.evidence);
        if by.silenced_by.iter().any(|code| present(&code)) {
            continue;
        }
        let strong = by.strong.iter().filter(present).count();
        let weak = by.weak.iter().filter(present).count();
        let mut points = strong * 2 + weak;
        if points > 0 {
            points += by.supporting.iter().filter(present).count();
        }
        let (lean, words) = leaning(leans, &front.code, text);
        let score = points as f32 * EVIDENCE + lean;
        if score <= 0.0 && points == 0 {
            continue;
        }
        let codes = front
            .strong
            .iter()
            .chain(&front.weak)
            .chain(&front.supporting);
        let of_code = |code| hits.iter().filter(move |hit| code_of(hit) == code);
        let shown = codes
            .flat_map(of_code)
            .map(|hit| text.span(hit.found.show.0, hit.found.show.1));
        let mut evidence: Vec<Span> = Vec::new();
        for span in shown.chain(words) {
            if !span.text.is_empty() && !evidence.contains(&span) {
                evidence.push(span);
            }
        }
        if evidence.is_empty() {
            continue;
        }
        let tie = TIE_ORDER
            .iter()
            .position(|code| *code == front.code)
            .unwrap_or(TIE_ORDER.len());
        possible.push(Possible {
            what_if: what_if(compiled, evidence, exact_deadline),
            points,
            score,
            tie,
        });
    }
    let first = (0..possible.len())
        .filter(|at| possible[*at].score > 0.0)
        .max_by(|a, b| {
            let (a, b) = (&possible[*a], &possible[*b]);
            a.score.total_cmp(&b.score).then(b.tie.cmp(&a.tie))
        });
    let mut chosen = Vec::new();
    if let Some(first) = first {
        chosen.push(possible.swap_remove(first).what_if);
        possible.retain(|other| other.points > 0);
        possible.sort_by_key(|other| (std::cmp::Reverse(other.points), other.tie));
        chosen.extend(possible.into_iter().map(|other| other.what_if));
    }
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

/// How far a reader leans towards a what-if, below 0 where away from it, and the words that weigh most for it.
fn leaning(leans: &[Lean], code: &str, text: &Text<'_>) -> (f32, Option<Span>) {
    let of_code = |lean: &&Lean| lean.act.strip_prefix(NOT).unwrap_or(&lean.act) == code;
    match leans.iter().find(of_code) {
        Some(lean) if lean.act.starts_with(NOT) => (-lean.beyond, None),
        Some(lean) => (lean.beyond, learned::words(text, lean)),
        None => (0.0, None),
    }
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

//! From hits to notes: how loud, what to say instead, which repair; the more specific card wins on the same words.

use crate::deck::{Compiled, Deck, Hit};
use crate::engine::any;
use crate::scene::Scene;
use crate::{Fix, Note, Span, Trust, Weight};

/// The notes for a draft, loudest first, then in the draft's order.
pub fn write(deck: &Deck, hits: Vec<Hit>, scene: &Scene<'_>) -> Vec<Note> {
    let mut kept: Vec<(Weight, Hit)> = Vec::new();
    for hit in hits {
        let compiled = &deck.cards[hit.card];
        if hit.found.from < scene.text().tokens.len() && any(&compiled.silent_when, scene, &hit) {
            continue;
        }
        kept.push((weight(compiled, scene, &hit), hit));
    }
    let beaten: Vec<bool> = kept.iter().map(|(_, hit)| kept.iter().any(|(_, other)| beats(deck, other, hit))).collect();
    let mut notes: Vec<Note> = kept
        .iter()
        .zip(beaten)
        .filter(|(_, beaten)| !beaten)
        .map(|((weight, hit), _)| {
            let card = &deck.cards[hit.card].card;
            let fixed = hit.fix.clone().or_else(|| card.front.fix.as_deref().and_then(|fix| repair(fix, scene, hit)));
            Note {
                code: card.front.code.clone(),
                card: card.id.clone(),
                weight: *weight,
                span: span(scene, hit),
                says: hit.says.clone().unwrap_or_else(|| card.front.says.clone()),
                instead: hit.instead.clone().unwrap_or_else(|| card.instead.clone()),
                fix: fixed,
            }
        })
        .collect();
    notes.sort_by(|a, b| b.weight.cmp(&a.weight).then(a.span.start.cmp(&b.span.start)));
    notes
}

/// The words of a hit; a hit about the text as a whole has an empty span at its end.
fn span(scene: &Scene<'_>, hit: &Hit) -> Span {
    let text = scene.text();
    if hit.found.show.0 >= text.tokens.len() || hit.found.show.0 == hit.found.show.1 {
        let end = text.source.trim_end().len();
        return Span { start: end, end, text: String::new() };
    }
    text.span(hit.found.show.0, hit.found.show.1)
}

fn weight(compiled: &Compiled, scene: &Scene<'_>, hit: &Hit) -> Weight {
    let base = compiled.card.front.weight.unwrap_or(Weight::Quiet);
    if hit.found.from >= scene.text().tokens.len() {
        return base;
    }
    if any(&compiled.pause_when, scene, hit) {
        Weight::Pause
    } else if any(&compiled.quiet_when, scene, hit) {
        Weight::Quiet
    } else if any(&compiled.look_again_when, scene, hit) {
        Weight::LookAgain
    } else {
        base
    }
}

/// Whether `other` is more specific about the same words, or the same sentence, than `hit`.
fn beats(deck: &Deck, other: &Hit, hit: &Hit) -> bool {
    let beats = &deck.cards[other.card].card.front.beats;
    let code = &deck.cards[hit.card].card.front.code;
    beats.contains(code) && other.found.from <= hit.found.to && hit.found.from <= other.found.to
}

fn repair(fix: &str, scene: &Scene<'_>, hit: &Hit) -> Option<Fix> {
    let text = scene.text();
    let shown = text.span(hit.found.show.0, hit.found.show.1);
    if let Some(with) = fix.strip_prefix("replace:") {
        return Some(Fix { start: shown.start, end: shown.end, with: with.trim().to_string(), trust: Trust::Safe });
    }
    match fix {
        // ", but X" becomes ". X": the fact stays, the taking back goes.
        "full-stop" => {
            let joint = (hit.found.from..hit.found.to).rev().find(|at| scene.word_is_any(*at, &["but", "however", "although", "though", "yet"]))?;
            let before = (0..joint).rev().find(|at| !matches!(text.written(*at), ","))?;
            let mut next = joint + 1;
            while text.tokens.get(next).is_some_and(|_| text.written(next) == ",") {
                next += 1;
            }
            let first = text.written(next);
            let mut capital = String::new();
            let mut chars = first.chars();
            capital.extend(chars.next()?.to_uppercase());
            capital.push_str(chars.as_str());
            Some(Fix { start: text.tokens[before].end as usize, end: text.tokens[next].end as usize, with: format!(". {capital}"), trust: Trust::Safe })
        }
        // A time to fill in: the person chooses which.
        "time" => Some(Fix { start: shown.start, end: shown.end, with: "by 16:00 today".into(), trust: Trust::Choose }),
        _ => None,
    }
}

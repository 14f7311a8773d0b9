//! Leanings as hits of the cards that listen for them.

use super::{Lean, lean_all};
use crate::card::CardKind;
use crate::deck::{Compiled, Deck, Hit};
use crate::pattern::Match;
use crate::scene::Scene;
use crate::text::Text;

/// The cards that name an act, by their place in the deck.
pub fn listeners(cards: &[Compiled]) -> Vec<usize> {
    let listens = |at: &usize| !cards[*at].card.front.learned.is_empty();
    (0..cards.len()).filter(listens).collect()
}

/// Hits of cards of `kind` whose own patterns were silent, where a leaning and the card's conditions agree. `given` are
/// leanings of a reader from outside, with spans of the same text.
pub fn of_leans(
    deck: &Deck,
    kind: CardKind,
    scene: &Scene<'_>,
    given: &[Lean],
    hits: &[Hit],
) -> Vec<Hit> {
    let mut found: Vec<Hit> = Vec::new();
    let mut listening = deck
        .listeners
        .iter()
        .copied()
        .filter(|at| deck.cards[*at].card.kind == kind && !hits.iter().any(|hit| hit.card == *at))
        .peekable();
    if listening.peek().is_none() {
        return found;
    }
    let text = scene.text();
    let mut leans = deck
        .learned
        .as_ref()
        .map_or_else(Vec::new, |own| lean_all(own, text.source, stretches(text)));
    leans.extend_from_slice(given);
    if leans.is_empty() {
        return found;
    }
    for card in listening {
        for lean in &leans {
            let front = &deck.cards[card].card.front;
            let (from, to) = (
                text.token_at(lean.start),
                text.token_at(lean.end.max(1) - 1) + 1,
            );
            // Leanings from outside may be of another text: what lies beyond this one shows nothing.
            let shows = from < to && to <= text.tokens.len() && !text.tokens[from].masked;
            if !shows || !front.learned.contains(&lean.act) {
                continue;
            }
            let place = Match {
                from,
                to,
                show: (from, to),
            };
            if deck.stands(card, place, scene)
                && !found
                    .iter()
                    .any(|hit| hit.card == card && hit.found.show == place.show)
            {
                found.push(Hit {
                    card,
                    found: place,
                    says: None,
                    instead: None,
                    fix: None,
                    weight: None,
                });
            }
        }
    }
    found
}

/// The writer's own words, sentence by sentence, as bytes: without greeting, signature, and what is quoted or masked.
pub fn stretches<'a>(text: &'a Text<'_>) -> impl Iterator<Item = (usize, usize)> + 'a {
    let aside = |at: usize| {
        let inside =
            |part: Option<(usize, usize)>| part.is_some_and(|(from, to)| from <= at && at < to);
        text.tokens[at].masked || inside(text.salutation) || inside(text.signature)
    };
    let sentences = text.sentences.iter().filter(|sentence| !sentence.masked);
    sentences.flat_map(move |sentence| {
        let mut at = sentence.from;
        std::iter::from_fn(move || {
            while at < sentence.to && aside(at) {
                at += 1;
            }
            let from = at;
            while at < sentence.to && !aside(at) {
                at += 1;
            }
            let to = at;
            (from < to).then(|| (text.tokens[from], text.tokens[to - 1]))
        })
        .map(|(first, last)| (first.start as usize, last.end as usize))
        .filter(|(start, end)| text.source[*start..*end].contains(char::is_alphanumeric))
    })
}

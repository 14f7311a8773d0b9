//! Leanings as hits of the cards that listen for them.

use super::{Lean, NOT, lean_all};
use crate::card::CardKind;
use crate::deck::{Compiled, Deck, Hit};
use crate::pattern::Match;
use crate::scene::Scene;
use crate::text::{Kind, Text};
use crate::{From, Span};
use std::ops::Range;

/// The cards that name an act, by their place in the deck.
pub fn listeners(cards: &[Compiled]) -> Vec<usize> {
    let listens = |at: &usize| !cards[*at].card.front.learned.is_empty();
    (0..cards.len()).filter(listens).collect()
}

/// Whether what the hit's sentence says leaves room for believing its card: to the reader of single codes, and to another whose
/// leanings came with the text.
pub fn believed(deck: &Deck, hit: &Hit, scene: &Scene<'_>) -> bool {
    if denied(deck, hit, scene) {
        return false;
    }
    let (Some(wordings), Some(place)) = (&deck.wordings, deck.cards[hit.card].wording) else {
        return true;
    };
    let (from, to) = hit.found.show;
    let span = scene.text().bytes(from, to);
    !wordings.doubts(place, scene.strengths(wordings), span.start, span.end)
}

/// Whether a leaning that came with the text says that the hit's card is not about its sentence.
fn denied(deck: &Deck, hit: &Hit, scene: &Scene<'_>) -> bool {
    let code = deck.cards[hit.card].card.front.code.as_str();
    let (from, to) = hit.found.show;
    let span = scene.text().bytes(from, to);
    scene.context.leans.iter().any(|lean| {
        lean.act.strip_prefix(NOT) == Some(code) && touch((lean.start, lean.end), &span)
    })
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
    let listening = deck.listeners.iter().copied();
    let mut listening = listening
        .filter(|at| is_silent(deck, *at, kind, hits))
        .peekable();
    if listening.peek().is_none() {
        return found;
    }
    let text = scene.text();
    let mut leans = deck.learned.as_ref().map_or_else(Vec::new, |own| {
        lean_all(own, text, None, stretches(text), From::Agent, None)
    });
    leans.extend_from_slice(given);
    for card in listening {
        let acts = &deck.cards[card].card.front.learned;
        let heard = leans.iter().filter(|lean| acts.contains(&lean.act));
        heard.for_each(|lean| add(deck, card, lean, scene, &mut found));
    }
    found
}

/// Hits of cards of `kind` that the reader of single codes, or another whose leanings came with the text, hears where their
/// patterns were silent. They say what a text is about and no more: they weigh neither on heat nor on a what-if, and a check says
/// them quietly.
pub fn of_codes(deck: &Deck, kind: CardKind, scene: &Scene<'_>, hits: &[Hit]) -> Vec<Hit> {
    let mut found: Vec<Hit> = Vec::new();
    let text = scene.text();
    let own = deck
        .wordings
        .as_ref()
        .map(|own| (own, scene.strengths(own)));
    let given = scene.context.leans;
    for (card, compiled) in deck.of_kind(kind) {
        let code = compiled.card.front.code.as_str();
        // Most sentences hint at nothing.
        let own = own
            .zip(compiled.wording)
            .filter(|((_, strengths), place)| strengths.hint(*place));
        let mut given = given.iter().filter(|lean| lean.act == code).peekable();
        if own.is_none() && given.peek().is_none() {
            continue;
        }
        // Several cards may be of one code: one that speaks is enough.
        let code_of = |hit: &Hit| deck.cards[hit.card].card.front.code.as_str();
        if hits.iter().chain(&found).any(|hit| code_of(hit) == code) {
            continue;
        }
        let own = own.map(|((own, strengths), place)| own.leans(place, text.source, strengths));
        let leans = own.iter().flatten().chain(given);
        for lean in leans.filter(|lean| says_enough(text, lean)) {
            add(deck, card, lean, scene, &mut found);
        }
    }
    found.retain(|hit| !denied(deck, hit, scene));
    found
}

/// "AGAIN." by itself says too little for any code: that is for patterns, which know what it stands beside.
fn says_enough(text: &Text<'_>, lean: &Lean) -> bool {
    tokens(text, lean).is_some_and(|(from, _)| {
        let sentence = text.sentence_of(from);
        let words = text.tokens[sentence.from..sentence.to].iter();
        words.filter(|token| token.kind == Kind::Word).count() > 1
    })
}

/// Where a reader whose leanings came with the text hears one act, and where it hears none; in bytes.
#[derive(Debug, Default)]
pub struct ActSpans {
    heard: Vec<(usize, usize)>,
    denied: Vec<(usize, usize)>,
}

impl ActSpans {
    pub fn of(act: &str, leans: &[Lean]) -> ActSpans {
        let mut places = ActSpans::default();
        for lean in leans {
            match lean.act.strip_prefix(NOT) {
                Some(denied) if denied == act => places.denied.push((lean.start, lean.end)),
                None if lean.act == act => places.heard.push((lean.start, lean.end)),
                _ => {}
            }
        }
        places
    }

    pub fn is_empty(&self) -> bool {
        self.heard.is_empty()
    }

    /// Whether what the words show at `own` stays: it is not all where nothing is heard.
    pub fn leave(&self, own: Range<usize>) -> bool {
        let denied = |span: &(usize, usize)| span.0 <= own.start && own.end <= span.1;
        !self.denied.iter().any(denied)
    }

    /// What is heard within `sentence` beside what the words show there.
    pub fn beside<'a>(
        &'a self,
        sentence: Range<usize>,
        shown: &'a [Range<usize>],
    ) -> impl Iterator<Item = (usize, usize)> + 'a {
        let heard = self.heard.iter().copied();
        heard.filter(move |span| {
            touch(*span, &sentence) && !shown.iter().any(|own| touch(*span, own))
        })
    }
}

fn touch((start, end): (usize, usize), own: &Range<usize>) -> bool {
    start < own.end && own.start < end
}

fn is_silent(deck: &Deck, card: usize, kind: CardKind, hits: &[Hit]) -> bool {
    deck.cards[card].card.kind == kind && !hits.iter().any(|hit| hit.card == card)
}

/// The tokens of a leaning's words, where they are the writer's own.
fn tokens(text: &Text<'_>, lean: &Lean) -> Option<(usize, usize)> {
    let (from, to) = (
        text.token_at(lean.start),
        text.token_at(lean.end.max(1) - 1) + 1,
    );
    // Leanings from outside may be of another text: what lies beyond this one shows nothing.
    (from < to && to <= text.tokens.len() && !text.tokens[from].masked).then_some((from, to))
}

/// A leaning's words, where they are the writer's own.
pub fn words(text: &Text<'_>, lean: &Lean) -> Option<Span> {
    tokens(text, lean).map(|(from, to)| text.span(from, to))
}

/// The leaning as a hit of the card, where its words are the writer's own and the card's conditions hold.
fn add(deck: &Deck, card: usize, lean: &Lean, scene: &Scene<'_>, found: &mut Vec<Hit>) {
    let Some((from, to)) = tokens(scene.text(), lean) else {
        return;
    };
    let place = Match {
        from,
        to,
        show: (from, to),
    };
    let is_known = |hit: &Hit| hit.card == card && hit.found.show == place.show;
    if deck.stands(card, place, scene) && !found.iter().any(is_known) {
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

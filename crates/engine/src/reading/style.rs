//! The style of one message, for a reply to meet: its length, how formal it is, whether it greets, and where it discloses
//! that plain steps would help. From the words of this message alone; never a type, an age, a culture or a state of health.

use crate::deck::{Deck, Hit};
use crate::list;
use crate::scene::Scene;
use crate::text::Kind;
use crate::{Formality, Length, Span, Style};

/// Words of the writer's own, greeting and closing left out. Half of the openers that customers write are between these.
const SHORT_WORDS_MAX: usize = 12;
const LONG_WORDS_MIN: usize = 120;
/// One formal phrase may be a habit; two, or one beside a formal greeting, are a tone.
const FORMAL_MARKS_MIN: usize = 2;
/// So many words are shown; more would be noise.
const SHOWN_MAX: usize = 6;
/// The cue of somebody who says what makes reading, seeing or computers hard for them (C23).
const DISCLOSED: &str = "C23";

pub fn find(deck: &Deck, scene: &Scene<'_>, hits: &[Hit]) -> Style {
    let text = scene.text();
    let words = text.word_count();
    let length = match words {
        ..=SHORT_WORDS_MAX => Length::Short,
        LONG_WORDS_MIN.. => Length::Long,
        _ => Length::Usual,
    };
    let marks = formal_marks(scene);
    let plain = scene
        .list_in(list::PLAIN_MARK, 0, text.tokens.len())
        .is_some();
    let formal = marks.len() >= FORMAL_MARKS_MIN && !plain;
    let greets = text.salutation.map(|(from, to)| {
        let last = (from..to)
            .rev()
            .find(|at| !matches!(text.tokens[*at].kind, Kind::Punct | Kind::Newline));
        text.span(from, last.map_or(to, |last| last + 1))
    });
    let disclosed = hits
        .iter()
        .filter(|hit| deck.cards[hit.card].card.front.code == DISCLOSED)
        .map(|hit| text.span(hit.found.show.0, hit.found.show.1))
        .collect();
    Style {
        length,
        words,
        formality: if formal {
            Formality::Formal
        } else {
            Formality::Plain
        },
        formal_words: if formal { marks } else { Vec::new() },
        greets: greets.filter(|span| !span.text.is_empty()),
        asks_for_plain_steps: disclosed,
    }
}

/// Formal phrases, greeting and closing included.
fn formal_marks(scene: &Scene<'_>) -> Vec<Span> {
    let text = scene.text();
    let mut marks = Vec::new();
    let mut from = 0;
    while marks.len() < SHOWN_MAX {
        let Some((at, to)) = scene.list_in(list::FORMAL_MARK, from, text.tokens.len()) else {
            break;
        };
        marks.push(text.span(at, to));
        from = to.max(at + 1);
    }
    marks
}

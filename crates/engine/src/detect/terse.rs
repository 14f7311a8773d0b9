//! "terse": up to eight words, no greeting, an imperative or a bare noun phrase; a style, not an attack.

use super::hit;
use crate::deck::Hit;
use crate::list;
use crate::scene::Scene;
use crate::text::Kind;
use crate::words::CLITIC_S;

const WORDS_MAX: usize = 8;

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    let text = scene.text();
    // The answer to our question is as short as it should be.
    let answers = scene
        .context
        .earlier
        .last()
        .is_some_and(|last| last.from == crate::From::Agent && last.text.contains('?'));
    if text.salutation.is_some() || answers {
        return Vec::new();
    }
    let own = |at: &usize| {
        matches!(
            text.tokens[*at].kind,
            Kind::Word | Kind::Number | Kind::Code
        ) && text.signature.is_none_or(|(from, _)| *at < from)
    };
    let mut words = (0..text.tokens.len()).filter(own);
    let Some(first) = words.next() else {
        return Vec::new();
    };
    let mut rest = Vec::with_capacity(WORDS_MAX);
    rest.extend(words.take(WORDS_MAX));
    // A reference beside the word for it ("order 7781") counts as spelled.
    if rest.len() + 1 > WORDS_MAX
        || text.tokens[first].masked
        || text.tokens[first].kind != Kind::Word
    {
        return Vec::new();
    }
    let last = rest.last().copied().unwrap_or(first);
    let whole = std::iter::once(first).chain(rest.iter().copied());
    let full_sentence = whole
        .clone()
        .any(|at| scene.in_list(at, list::TERSE_NOT) || text.tokens[at].word == CLITIC_S);
    let you_or_thing = scene.in_list(first, list::TERSE_OPENER_NOT);
    if full_sentence
        || you_or_thing
        || scene.list_in(list::GLAD, 0, text.tokens.len()).is_some()
        || scene
            .list_in(list::NEG_EVAL, 0, text.tokens.len())
            .is_some()
        || scene.list_in(list::SWEAR, 0, text.tokens.len()).is_some()
    {
        return Vec::new();
    }
    // "Just need the invoice", "Refund.", "Invoice for May, please": something wanted, or a thing named.
    let wanted = scene
        .list_in(list::BARE_REQUEST, 0, text.tokens.len())
        .is_some();
    // "Two adults, one child, Sunday", "Height of the blue shelf?", "Broken lift, Block C": a thing named by its number or its day,
    // after a bare question, or with what is wrong with it, asks for it.
    let named = || {
        whole
            .clone()
            .any(|at| text.tokens[at].kind != Kind::Word || scene.in_list(at, list::DAY_WORD))
    };
    let asks = || text.sentences.iter().any(|s| s.question) && rest.len() > 1;
    // "My boiler don spoil" is a sentence in many an English: what begins as a report does is told rather than named.
    let told = rest.is_empty() || scene.in_list(first, list::REPORT_START);
    let thing = match scene.list_in(list::TROUBLE, 0, text.tokens.len()) {
        Some(_) => !told,
        None => named() || !told && asks(),
    };
    if !wanted && !thing {
        return Vec::new();
    }
    vec![hit(first, last + 1)]
}

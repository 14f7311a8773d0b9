//! Concrete words: the customer's nouns and measures, where a reply could have said "your issue" or "the item".

use super::hit;
use crate::deck::Hit;
use crate::list;
use crate::pattern::Typed;
use crate::review::echo::{self, Meets, Theirs};
use crate::scene::Scene;
use crate::text::Kind;
use crate::typed::Class;
use crate::words::CLITIC_S;
use crate::{FactKind, text::Text};

/// A name of a thing is seldom longer.
const WORDS_MAX: usize = 6;
/// "a kettle" names less than "the kettle": behind "a" there has to be this much.
const WORDS_BEHIND_A_MIN: usize = 2;
/// More would be noise: the virtue is shown, not counted.
const FOUND_MAX: usize = 3;

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    let text = scene.text();
    let theirs = echo::theirs(scene);
    let named_there: Vec<u64> = match &scene.context.message {
        Some(message) => things(scene, &message.text, &message.typed),
        None => Vec::new(),
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.tokens.len() && found.len() < FOUND_MAX {
        match thing(scene, at) {
            Some((from, to)) if meets(scene, theirs, from, to) => {
                found.push(hit(at, to));
                at = to;
            }
            _ => {
                // A bare noun counts where they named it as a thing.
                if theirs.is_some()
                    && echo::content(scene, text, at)
                        .is_some_and(|stem| named_there.binary_search(&stem).is_ok())
                    && text.tokens[at].kind == Kind::Word
                    && (at == 0 || !scene.lists_id(list::ARTICLE, text.tokens[at - 1].word))
                    && !scene.lists_id(list::VAGUE_NOUN, text.tokens[at].word)
                {
                    found.push(hit(at, at + 1));
                }
                at += 1;
            }
        }
    }
    found
}

/// The thing named from token `at` on: a determiner, a number or a measure with telling words behind it, no vague one
/// among them. Gives back where the telling words begin and where the name ends.
fn thing(scene: &Scene<'_>, at: usize) -> Option<(usize, usize)> {
    let text = scene.text();
    let token = &text.tokens[at];
    if token.masked {
        return None;
    }
    let typed = |at: usize| {
        scene
            .field
            .typed
            .iter()
            .find(|t| t.from == at && !matches!(t.kind, FactKind::Count))
    };
    let (lead, article) = lead(scene, text, at)?;
    // "3 to 5 days" and "Monday" say when; they name nothing.
    if typed(at).is_some_and(|t| t.kind != FactKind::Amount) {
        return None;
    }
    let (from, to, vague) = name(scene, text, scene.field.typed, lead);
    let measure = typed(lead).filter(|t| names(t));
    let to = measure.map_or(to, |t| t.to.max(to));
    let words = (from..to)
        .filter(|at| echo::content(scene, text, *at).is_some())
        .count();
    let enough = words >= if article { WORDS_BEHIND_A_MIN } else { 1 };
    (!vague && to > from && (enough || measure.is_some())).then_some((from, to))
}

/// A typed thing that tells one thing from another: "the 7:40", "the £42".
fn names(typed: &Typed) -> bool {
    matches!(
        typed.kind,
        FactKind::Time | FactKind::Amount | FactKind::Reference
    )
}

/// Where the words of a name begin behind a determiner or a number, and whether it was "a".
fn lead(scene: &Scene<'_>, text: &Text<'_>, at: usize) -> Option<(usize, bool)> {
    let token = &text.tokens[at];
    if scene.lists_id(list::DETERMINER, token.word) {
        return Some((at + 1, false));
    }
    if scene.lists_id(list::ARTICLE, token.word) {
        return Some((at + 1, true));
    }
    // "Bruno's stitches": "'s" behind a name may be an "is", so only their own words behind it will count.
    let owner = token.word == CLITIC_S
        && scene.context.message.is_some()
        && at > 0
        && text.tokens[at - 1].capital;
    if owner {
        return Some((at + 1, false));
    }
    if scene.lists_id(list::NUMBERED_THING, token.word)
        && text.tokens.get(at + 1).is_some_and(|next| {
            matches!(next.kind, Kind::Number | Kind::Code)
                || matches!(scene.words.class(next.word), Class::Number(_))
                || (next.caps || next.capital) && next.end - next.start == 1
        })
    {
        return Some((at, false));
    }
    let counts = token.kind == Kind::Number
        || matches!(scene.words.class(token.word), Class::Number(number) if number > 1);
    (counts && !text.written(at).contains([':', '/'])).then_some((at + 1, false))
}

/// The run of words that a name may be made of, from `lead` on, and whether a vague noun is among them.
/// `typed` are the typed things of that text.
fn name(scene: &Scene<'_>, text: &Text<'_>, typed: &[Typed], lead: usize) -> (usize, usize, bool) {
    let mut from = lead;
    while text
        .tokens
        .get(from)
        .is_some_and(|t| scene.lists_id(list::VAGUE_WORD, t.word))
    {
        from += 1;
    }
    let mut to = from;
    let mut vague = false;
    while to < text.tokens.len() && to - from < WORDS_MAX {
        let token = &text.tokens[to];
        let part = matches!(token.kind, Kind::Word | Kind::Number | Kind::Code)
            && !token.masked
            && !scene.lists_id(list::FUNCTION_WORDS, token.word)
            && !scene.lists_id(list::NAME_ENDS, token.word);
        if !(part || token.skip) || (token.contracted && to > from) {
            break;
        }
        // "the Monday evening class": what says when is no vague noun.
        let when = typed
            .iter()
            .find(|t| t.from == to && t.kind == FactKind::Date);
        if let Some(when) = when {
            to = when.to.max(to + 1);
            continue;
        }
        vague |= scene.lists_id(list::VAGUE_NOUN, token.word);
        to += 1;
    }
    (from, to, vague)
}

/// Whether the name is theirs; without a message every concrete one is.
fn meets(scene: &Scene<'_>, theirs: Option<&Theirs>, from: usize, to: usize) -> bool {
    let Some(theirs) = theirs else { return true };
    let text = scene.text();
    let said = (from..to).any(|at| {
        echo::content(scene, text, at)
            .is_some_and(|stem| theirs.meet(scene, at, stem) == Some(Meets::Word))
    });
    said || scene
        .field
        .typed
        .iter()
        .any(|t| (from..to).contains(&t.from) && names(t))
}

/// Stems of what a message names as things, in order.
fn things(scene: &Scene<'_>, text: &Text<'_>, typed: &[Typed]) -> Vec<u64> {
    let mut stems = Vec::new();
    for at in 0..text.tokens.len() {
        let Some((lead, _)) = lead(scene, text, at) else {
            continue;
        };
        let (from, to, vague) = name(scene, text, typed, lead);
        if !vague {
            stems.extend((from..to).filter_map(|at| echo::content(scene, text, at)));
        }
    }
    stems.sort_unstable();
    stems
}

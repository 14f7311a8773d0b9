//! Echo: which of the customer's own words a draft says back, and whether it names their situation before it explains.

use super::families::{Families, stem};
use crate::list;
use crate::scene::Scene;
use crate::text::{Kind, Text};
use crate::typed::Class;
use crate::{Echo, Span};

/// One word said back names a situation only beside an apology or an acknowledgement; two do so by themselves.
const NAMING_WORDS_MIN: usize = 2;
/// What comes later is no longer said before the explanation.
const NAMING_SENTENCES_MAX: usize = 4;
/// Shorter words tell nothing.
const WORD_CHARS_MIN: usize = 3;

/// The content words of a message: worked out once for all who ask.
#[derive(Debug, Default)]
pub struct Theirs {
    /// Hashes of stems and of numbers, in order.
    stems: Vec<u64>,
    /// Families that are not too general, in order.
    families: Vec<u16>,
}

/// How a word of a draft meets the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meets {
    /// The same word, or a form of it.
    Word,
    /// Another word of the same family.
    Family,
}

impl Theirs {
    fn of(scene: &Scene<'_>, text: &Text<'_>, tokens: impl Iterator<Item = usize>) -> Theirs {
        let mut theirs = Theirs::default();
        for at in tokens {
            if let Some(stem) = content(scene, text, at) {
                theirs.stems.push(stem);
                theirs.families.extend(families(scene.families, text, at));
            }
        }
        theirs.stems.sort_unstable();
        theirs.families.sort_unstable();
        theirs
    }

    /// Whether token `at` of the scene's text, whose stem is given, is one of theirs.
    pub fn meet(&self, scene: &Scene<'_>, at: usize, stem: u64) -> Option<Meets> {
        if self.stems.binary_search(&stem).is_ok() {
            return Some(Meets::Word);
        }
        families(scene.families, scene.text(), at)
            .any(|family| self.families.binary_search(&family).is_ok())
            .then_some(Meets::Family)
    }
}

/// The content words of the message that the scene's draft answers; `None` without one.
pub fn theirs<'s>(scene: &'s Scene<'_>) -> Option<&'s Theirs> {
    let message = scene.context.message.as_ref()?;
    Some(
        scene
            .theirs
            .get_or_init(|| Theirs::of(scene, &message.text, 0..message.text.tokens.len())),
    )
}

/// Those of what the message tells: what stands in its questions is answered, not said back.
pub fn told(scene: &Scene<'_>) -> Theirs {
    let Some(message) = &scene.context.message else {
        return Theirs::default();
    };
    let tells = message.text.sentences.iter().filter(|part| !part.question);
    Theirs::of(
        scene,
        &message.text,
        tells.flat_map(|part| part.from..part.to),
    )
}

/// The stem of a content word or a number, hashed; `None` for a word that tells nothing.
pub fn content(scene: &Scene<'_>, text: &Text<'_>, at: usize) -> Option<u64> {
    if !std::ptr::eq(text, scene.text()) {
        return read(scene, text, at);
    }
    let all = || {
        (0..text.tokens.len())
            .map(|at| read(scene, text, at))
            .collect()
    };
    scene.contents.get_or_init(all)[at]
}

fn read(scene: &Scene<'_>, text: &Text<'_>, at: usize) -> Option<u64> {
    let token = &text.tokens[at];
    if token.masked || token.skip || token.contracted {
        return None;
    }
    match token.kind {
        // "2 tickets" are "two tickets".
        Kind::Number => {
            let written = text.written(at);
            Some(stem(written.trim_end_matches(char::is_alphabetic)))
        }
        Kind::Code => Some(stem(text.written(at))),
        Kind::Word => {
            if let Class::Number(number) = scene.words.class(token.word)
                && number > 1
            {
                return Some(stem(&number.to_string()));
            }
            let written = text.written(at);
            let tells = written.chars().nth(WORD_CHARS_MIN - 1).is_some()
                && !scene.lists_id(list::FUNCTION_WORDS, token.word)
                && !scene.lists_id(list::GENERIC_WORDS, token.word);
            tells.then(|| stem(written))
        }
        _ => None,
    }
}

fn families<'a>(
    families: &'a Families,
    text: &Text<'_>,
    at: usize,
) -> impl Iterator<Item = u16> + 'a {
    families
        .of_word(text.tokens[at].word)
        .iter()
        .copied()
        .filter(|family| !families.is_general_family(*family))
}

/// What the draft says back; `None` when there is no message to say back, or not in the same language.
pub fn find(scene: &Scene<'_>) -> Option<Echo> {
    if !scene.context.one_language {
        return None;
    }
    let theirs = theirs(scene)?;
    let text = scene.text();
    let mut seen: Vec<u64> = Vec::new();
    let mut words: Vec<Span> = Vec::new();
    for at in 0..text.tokens.len() {
        let Some(stem) = content(scene, text, at) else {
            continue;
        };
        if !seen.contains(&stem) && theirs.meet(scene, at, stem) == Some(Meets::Word) {
            seen.push(stem);
            words.push(text.span(at, at + 1));
        }
    }
    Some(Echo {
        words,
        named_before_explaining: named(scene, theirs),
    })
}

/// The sentence that names their situation, when nothing was explained before it.
fn named(scene: &Scene<'_>, theirs: &Theirs) -> Option<Span> {
    let text = scene.text();
    let own = text.sentences.iter().filter(|sentence| !sentence.masked);
    for sentence in own.take(NAMING_SENTENCES_MAX) {
        let explains = scene.list_in(list::EXPLAINS, sentence.from, sentence.to);
        let until = explains.map_or(sentence.to, |(at, _)| at);
        let mut said: Vec<u64> = (sentence.from..until)
            .filter_map(|at| {
                content(scene, text, at).filter(|stem| theirs.meet(scene, at, *stem).is_some())
            })
            .collect();
        said.sort_unstable();
        said.dedup();
        let acknowledges = || {
            ["apology", "ack", "own-fault", "feeling-word"]
                .iter()
                .any(|list| scene.list_in(list, sentence.from, until).is_some())
        };
        if said.len() >= NAMING_WORDS_MIN || (!said.is_empty() && acknowledges()) {
            let word = |at: &usize| {
                !matches!(text.tokens[*at].kind, Kind::Punct | Kind::Newline)
                    && !text.tokens[*at].masked
            };
            let from = (sentence.from..sentence.to).find(word)?;
            let last = (from..sentence.to).rev().find(word)?;
            return Some(text.span(from, last + 1));
        }
        if explains.is_some() {
            return None;
        }
    }
    None
}
